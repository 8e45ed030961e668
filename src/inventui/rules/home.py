"""Home: what waits for a player, in the order in which it is worth minding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inventui.rules.core import ranks
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR
from inventui.rules.core.ranks import RANKS, standing
from inventui.rules.market.gear_shop import RARITIES, SIZES

SOON = 3 * HOUR
"""What is lost within this time comes first."""


class Kind(StrEnum):
    """What kind of thing waits."""

    TRADE = "trade"
    ESCROW = "escrow"
    UPKEEP = "upkeep"
    BONUS = "bonus"
    SET = "set"
    SHIFT = "shift"
    QUEST = "quest"
    FRIEND = "friend"
    GIFTS = "gifts"
    WEAR = "wear"
    SELL = "sell"
    ROB = "rob"
    FUSE = "fuse"
    GOAL = "goal"
    BUSINESS = "business"
    HOME = "home"
    GEMS = "gems"
    CASE = "case"
    MARKET = "market"
    TILL = "till"
    DAY = "day"
    RANK = "rank"


SHOWN = 6
"""Most lines that Home shows of what waits."""

NEWS = frozenset({Kind.MARKET, Kind.TILL, Kind.DAY, Kind.RANK})
"""What is to know, and asks for nothing: it stands below what can be done."""

LED = frozenset({Kind.QUEST})
"""What leads the first evening: it stands below nothing but what is lost soon."""

PUT_ON = {Category.BUSINESS: "Run", Category.HOUSING: "Move into"}
"""How Home says that a piece of gear is put on; `Wear` for any other."""

SPENDING = frozenset({Kind.CASE, Kind.BUSINESS, Kind.HOME, Kind.GEMS})
"""What spends for its own sake: it stands below what brings something."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of what waits.

    Attributes:
        kind: what kind it is.
        what: the line, as a player reads it.
        room: slug of the room that it leads to.
        worth: what it brings, or what is at stake, in oranges; 0 if that can't be said.
        until: when it ends or happens, or None.
        cost: what it asks for, in oranges.
        target: what of the room it is about: a trade's number, a case's slug, a name.
        part: slug of the part of the room that it leads to, or empty.
        why: name of the goal that it is for, or empty.
        gems: what it asks for, in gems.
    """

    kind: Kind
    what: str
    room: str
    worth: int = 0
    until: int | None = None
    cost: int = 0
    target: str = ""
    part: str = ""
    why: str = ""
    gems: int = 0

    @property
    def id(self) -> str:
        """What tells a line from others while its figures change."""
        return f"{self.kind}:{self.target or self.why}"

    @property
    def is_quest(self) -> bool:
        """Whether it is the quest of the moment."""
        return self.kind is Kind.QUEST or (self.kind is Kind.TILL and bool(self.target))


def ordered(lines: Iterable[Waiting], oranges: int, now: int) -> tuple[Waiting, ...]:
    """Lines in their order: what is lost soon, the quest, the worthiest, spending, and news.

    What asks for more than the purse holds stands last, so that nobody is led to what they
    can't pay.
    """
    return tuple(sorted(lines, key=lambda line: _rank(line, oranges, now)))


def _rank(line: Waiting, oranges: int, now: int) -> tuple[int, int, int, str]:
    ends = 2**62 if line.until is None else line.until
    worthiest = -line.worth
    if line.cost > oranges:
        return (6, line.cost, ends, line.what)
    if line.kind in NEWS:
        return (5, list(Kind).index(line.kind), ends, line.what)
    if line.kind in SPENDING:
        return (4, worthiest, ends, line.what)
    if ends - now <= SOON:
        return (0, ends, worthiest, line.what)
    if line.kind in LED:
        return (1, 0, 0, line.what)
    return (2 if line.worth else 3, worthiest, ends, line.what)


def shown(lines: Sequence[Waiting]) -> Sequence[Waiting]:
    """The lines that Home shows: the first, the last of them the quest if it stands below."""
    first, quest = lines[:SHOWN], [line for line in lines[SHOWN:] if line.is_quest]
    return [*first[: SHOWN - len(quest)], *quest]


def rank_opens(experience: int) -> str:
    """What the next rank opens, as `Associate: uncommon gear, 10 gems`; empty at the top."""
    level = standing(experience).level
    if level + 1 == len(RANKS):
        return ""
    rank, following = RANKS[level][0], RANKS[level + 1][0]
    fresh = [str(rarity) for rarity in RARITIES[following] if rarity not in RARITIES[rank]]
    more = SIZES[following] - SIZES[rank]
    opened = [f"{' and '.join(fresh)} gear"] if fresh else []
    if not fresh and more:
        opened = ["more gear"]
    return f"{following}: {', '.join([*opened, f'{ranks.RANK_UP_GEMS} gems'])}"


def tip(lines: Sequence[Waiting], passed: int) -> Waiting | None:
    """The line that BigPulp speaks of, of those that ask for something.

    He speaks of the top line first, and then of each in turn.

    Args:
        lines: in their order.
        passed: how often he has spoken before.
    """
    asking = [line for line in lines if line.kind not in NEWS]
    return asking[passed % len(asking)] if asking else None
