"""Workshop: five collectibles of one rarity make one of the next, by a roll.

Each player item brings an equal share of the chance, which the collectibles of the next rarity
in its case divide in proportion to their own chances there. A player item whose case has none
can't be fused: it would be a filler beside the others, cheap and at no risk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from inventui.rules.cases.chances import parts_from_percents
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Event, Rarity, Status
from inventui.rules.core.money import Currency, can_pay
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_move

INPUTS = 5
"""How many player items go into a fusion."""

MOST_FILLERS = 0
"""How many of them may bring nothing: it was any number once."""

PURPOSE = "workshop"
"""The purpose of a fusion's roll, beside `case`."""

NAME = "Workshop"
"""What stands in the place of a case's name."""

FEE_PERCENT = 25
"""Percent of the expected value that the house takes: with less, opening cases and fusing what is
cheap would bring more than it costs."""

LEAST_FEE = 50
"""The least fee, in oranges."""

Pool = tuple[OddsEntry, ...]
"""The entries of one rarity in one case: what a player item brings to a fusion."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A player item that is to go into a fusion, and the pool that it brings."""

    name: str
    category: Category
    rarity: Rarity
    status: Status
    locked: bool
    pool: Pool = ()


def next_rarity(rarity: Rarity) -> Rarity | None:
    """The rarity that a fusion of this one gives; None for the highest."""
    return next((other for other in Rarity if other.rank == rarity.rank + 1), None)


def may_be_fused(category: Category, rarity: Rarity) -> bool:
    """Whether items of this category and rarity can go into a fusion at all."""
    return category is Category.COLLECTIBLE and next_rarity(rarity) is not None


def common_rarity(ingredients: Sequence[Ingredient]) -> Rarity | None:
    """The one rarity of all of these, or None if they have several or there are none."""
    rarities = {ingredient.rarity for ingredient in ingredients}
    return rarities.pop() if len(rarities) == 1 else None


def check_ingredient(player_item: Ingredient) -> Refusal | None:
    """None if a player item can go into a fusion: a collectible, owned, not locked."""
    refusal = check_move(
        player_item.name, player_item.status, Event.FUSE, locked=player_item.locked
    )
    if refusal is None and player_item.category is not Category.COLLECTIBLE:
        refusal = Refusal(
            Reason.NOT_USABLE,
            f"{player_item.name} can't be fused: the workshop takes collectibles only.",
            {"category": str(player_item.category)},
        )
    return refusal


def check_put(bench: Sequence[Rarity], rarity: Rarity) -> Refusal | None:
    """None if a player item can be put on the bench beside what is there.

    Args:
        bench: the rarities of what is there.
        rarity: of the player item.
    """
    if len(bench) >= INPUTS:
        return Refusal(
            Reason.WRONG_NUMBER,
            f"The bench is full: a fusion takes {INPUTS} things. Take one off first.",
            {"count": len(bench), "required": INPUTS},
        )
    if next_rarity(rarity) is None:
        return _at_the_top(rarity)
    if any(other is not rarity for other in bench):
        return Refusal(
            Reason.WRONG_RARITY,
            f"What lies on the bench is {bench[0]}, this is {rarity}: a fusion takes {INPUTS} "
            "things of one rarity.",
            {"rarities": sorted({str(rarity), *map(str, bench)})},
        )
    return None


def check_fuse(ingredients: Sequence[Ingredient], named: int, oranges: int) -> Refusal | None:
    """None if these player items can be fused.

    Args:
        ingredients: what was named, each player item once.
        named: how many were named, so that one named twice is noticed.
        oranges: what the player has.
    """
    for player_item in ingredients:
        refusal = check_ingredient(player_item)
        if refusal is not None:
            return refusal
    return (
        _check_number(len(ingredients), named)
        or _check_rarity(ingredients)
        or _check_pools(ingredients)
        or _check_funds(ingredients, oranges)
    )


def _check_funds(ingredients: Sequence[Ingredient], oranges: int) -> Refusal | None:
    odds = fusion_odds(ingredients[0].rarity, [player_item.pool for player_item in ingredients])
    return None if odds is None else can_pay(odds.price, oranges, Currency.ORANGES)


def _check_number(count: int, named: int) -> Refusal | None:
    if count == named == INPUTS:
        return None
    figures = {"count": count, "required": INPUTS}
    if count < named:
        return Refusal(
            Reason.WRONG_NUMBER,
            f"One thing was named twice: a fusion takes {INPUTS} different ones.",
            figures,
        )
    return Refusal(
        Reason.WRONG_NUMBER, f"A fusion takes {INPUTS} things, not {count or 'none'}.", figures
    )


def _check_rarity(ingredients: Sequence[Ingredient]) -> Refusal | None:
    rarity = common_rarity(ingredients)
    if rarity is None:
        found = sorted(
            {player_item.rarity for player_item in ingredients}, key=lambda rarity: rarity.rank
        )
        return Refusal(
            Reason.WRONG_RARITY,
            f"A fusion takes {INPUTS} things of one rarity, these are {' and '.join(found)}.",
            {"rarities": [str(rarity) for rarity in found]},
        )
    if next_rarity(rarity) is None:
        return _at_the_top(rarity)
    return None


def _at_the_top(rarity: Rarity) -> Refusal:
    return Refusal(
        Reason.WRONG_RARITY,
        f"Nothing is rarer than {rarity}: it can't be fused.",
        {"rarities": [str(rarity)]},
    )


def _check_pools(ingredients: Sequence[Ingredient]) -> Refusal | None:
    fillers = [each.name for each in ingredients if not each.pool]
    if len(fillers) <= MOST_FILLERS:
        return None
    name = fillers[0]
    rarity = ingredients[0].rarity
    return Refusal(
        Reason.NO_POOL,
        f"{name} can't be fused: it comes from no case that holds a collectible of the next "
        f"rarity, {next_rarity(rarity)}. Take another instead.",
        {"rarity": str(rarity), "name": name},
    )


def shares(pools: Sequence[Pool]) -> dict[str, Fraction]:
    """The chance of each item that can come out, by its slug; they sum to 1, or there are none.

    The chance of an item in several pools is the sum of what each of them gives it. Fusions of
    before took things with empty pools, too, whose share went to the others.
    """
    found: dict[str, Fraction] = {}
    bringing = [pool for pool in pools if pool]
    for pool in bringing:
        total = sum(entry.parts for entry in pool) * len(bringing)
        for entry in pool:
            found[entry.item] = found.get(entry.item, Fraction(0)) + Fraction(entry.parts, total)
    return found


def fusion_odds(rarity: Rarity, pools: Sequence[Pool]) -> OddsTable | None:
    """The odds table of a fusion, the same in whatever order the inputs are named.

    Args:
        rarity: the inputs'.
        pools: what each input brings; an empty one brings nothing.

    Returns:
        The table, its items from the least valuable up; None if every pool is empty.
    """
    chances = shares(pools)
    if not chances:
        return None
    entries = {entry.item: entry for pool in pools for entry in pool}
    wins = sorted(entries.values(), key=lambda entry: (entry.value, entry.item))
    parts = _parts([chances[entry.item] for entry in wins])
    value = sum(entry.value * part for entry, part in zip(wins, parts, strict=True))
    return OddsTable(
        table_name(rarity),
        fusion_fee(Fraction(value, TICKETS)),
        tuple(
            OddsEntry(entry.name, entry.value, entry.rarity, part, entry.item)
            for entry, part in zip(wins, parts, strict=True)
        ),
    )


def _parts(chances: Sequence[Fraction]) -> list[int]:
    """Chances as parts of 1,000,000, at least one each: whatever can come out has a ticket."""
    least = Fraction(1, TICKETS)
    if min(chances) < least:
        rest = 1 - len(chances) * least
        chances = [least + chance * rest for chance in chances]
    return parts_from_percents([chance * 100 for chance in chances])


def fusion_fee(mean: Fraction) -> int:
    """The fee of a fusion with this expected value: `FEE_PERCENT` of it, at least `LEAST_FEE`."""
    return max(LEAST_FEE, int(mean * FEE_PERCENT / 100))


def table_name(rarity: Rarity) -> str:
    """What stands for the case in the odds table of a fusion; no case has this slug."""
    return f"{PURPOSE}:{rarity}"


def is_fusion(odds: OddsTable) -> bool:
    """Whether an odds table is a fusion's."""
    return odds.case in {table_name(rarity) for rarity in Rarity}


def input_words(names: Sequence[str]) -> str:
    """The inputs of a fusion as a text: `Bent Straw ×3, Paper Boat, Glass Lemon`."""
    counts = {name: names.count(name) for name in names}
    return ", ".join(name + f" ×{count}" * (count > 1) for name, count in counts.items())
