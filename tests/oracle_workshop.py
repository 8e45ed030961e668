"""An independent model of the workshop and the collections.

As `tests.oracle_people`, on which it stands, it shares no code with the engine or the rules.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from tests.oracle_items import HELD, Thing
from tests.oracle_kinds import CASES, KINDS
from tests.oracle_people import PeopleOracle
from tests.oracle_streets import words

RARITIES = ("common", "uncommon", "rare", "epic", "legendary")


@dataclass(frozen=True)
class Fusion:
    """What went in and what came out, with the chances in parts of a million."""

    who: str
    inputs: tuple[int, ...]
    fee: int
    won: int
    ticket: int
    parts: tuple[tuple[str, int], ...]


class WorkshopOracle(PeopleOracle):
    """What players make of five, and what of a set they have."""

    def __init__(self) -> None:
        super().__init__()
        self.fusions: list[Fusion] = []
        self.completed: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.counted: set[int] = set()
        """Where the chains begin of the things that counted for a reward."""

    def pool(self, number: int) -> dict[str, int]:
        """What a thing brings: the next rarity of its case, in percent of that case."""
        player_item, first = self.player_items[number], self.player_items[self.chain(number)[0]]
        case = first.source if first.how == "case" else None
        case = case or next(
            (case for case, wins in CASES.items() if player_item.item in wins), None
        )
        place = RARITIES.index(player_item.kind.rarity) + 1
        return {
            item: percent
            for item, percent in CASES.get(case or "", {}).items()
            if KINDS[item].category == "collectible" and RARITIES.index(KINDS[item].rarity) == place
        }

    def odds(self, numbers: tuple[int, ...]) -> list[tuple[str, int]]:
        """The chances of five things in parts of a million, the least valuable first."""
        pools = [pool for pool in map(self.pool, numbers) if pool]
        chances: dict[str, Fraction] = {}
        for pool in pools:
            for item, percent in pool.items():
                share = Fraction(percent, sum(pool.values()) * len(pools))
                chances[item] = chances.get(item, Fraction(0)) + share
        wins = sorted(chances, key=lambda item: (KINDS[item].value, item))
        parts = {item: int(chances[item] * 1_000_000) for item in wins}
        rest = 1_000_000 - sum(parts.values())
        for item in sorted(wins, key=lambda item: parts[item] - chances[item] * 1_000_000)[:rest]:
            parts[item] += 1
        return list(parts.items())

    def fee(self, numbers: tuple[int, ...]) -> int:
        """A quarter of what comes out in the mean, and 50 at least."""
        mean = Fraction(
            sum(KINDS[item].value * parts for item, parts in self.odds(numbers)), 1_000_000
        )
        return max(50, int(mean / 4))

    def why_not_fuse(self, who: str, numbers: tuple[int, ...]) -> str | None:
        """Why these can't be fused."""
        mine = [self.mine(who, number) for number in numbers]
        refusal = next((found for found in mine if isinstance(found, str)), None)
        if refusal is not None:
            return refusal
        for number in numbers:
            player_item = self.free(who, number)
            if isinstance(player_item, str):
                return player_item
            if player_item.kind.category != "collectible":
                return "not_usable"
        if len(set(numbers)) != 5 or len(numbers) != 5:
            return "wrong_number"
        rarities = {self.player_items[number].kind.rarity for number in numbers}
        if len(rarities) > 1 or "legendary" in rarities:
            return "wrong_rarity"
        if not all(map(self.pool, numbers)):
            return "no_pool"
        return "insufficient_funds" if self.fee(numbers) > self.people[who].oranges else None

    def fuse(self, who: str, numbers: tuple[int, ...]) -> str | None:
        """Five things become one of the next rarity, rolled with the player's pair."""
        self.settle(who)
        refusal = self.why_not_fuse(who, numbers)
        if refusal is not None:
            return refusal
        person, odds = self.people[who], self.odds(numbers)
        fee = self.fee(numbers)
        person.oranges -= fee
        self.learn(person, fee // 10)
        pair, ticket = person.active, words(*self.seeds(person))[0] * 1_000_000 >> 32
        roll = (pair, pair.nonce)
        pair.nonce += 1
        tops = accumulate(parts for _, parts in odds)
        won = next(item for (item, _), top in zip(odds, tops, strict=True) if ticket < top)
        names = [self.player_items[number].kind.name for number in numbers]
        made_of = [
            name if names.count(name) == 1 else f"{name} ×{names.count(name)}"
            for name in dict.fromkeys(names)
        ]
        new = Thing(who, won, "workshop", ", ".join(made_of), fee, roll=roll)
        number = self.arrive(new)
        for player_item in numbers:
            self.player_items[player_item].step("fuse", self.now)
        self.fusions.append(Fusion(who, numbers, fee, number, ticket, tuple(odds)))
        return None

    def pieces(self, who: str, case: str) -> int:
        """How many different pieces of a set somebody has now."""
        return len({t.item for _, t in self.of(who, *HELD)} & set(CASES[case]))

    def why_not_complete(self, who: str, case: str) -> str | None:
        """Why the reward of a set can't be taken."""
        if (who, case) in self.completed:
            return "ended"
        return "not_complete" if len(self.counting(who, case)) < len(CASES[case]) else None

    def counting(self, who: str, case: str) -> dict[str, int]:
        """The first thing of each kind in a set that counted for no reward, by its beginning."""
        found: dict[str, int] = {}
        for number, thing in sorted(self.of(who, *HELD), key=lambda one: one[0]):
            first = self.chain(number)[0]
            if thing.item in CASES[case] and first not in self.counted:
                found.setdefault(thing.item, first)
        return found

    def complete(self, who: str, case: str) -> str | None:
        """A set's reward, once."""
        self.settle(who)
        refusal = self.why_not_complete(who, case) if case in CASES else "unknown_case"
        if refusal is not None:
            return refusal
        person = self.people[who]
        oranges = max(100, sum(KINDS[item].value for item in CASES[case]) * 10 // 100)
        person.oranges += oranges
        person.gems += 10
        self.learn(person, oranges // 10)
        self.completed[who, case] = (oranges, 10, self.now)
        self.counted.update(self.counting(who, case).values())
        return None
