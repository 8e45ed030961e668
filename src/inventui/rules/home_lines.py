"""The lines of Home: what follows, for a player, from what each room knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from inventui.rules.achievements import PART_OF, ROOM_OF, Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.enums import Status
from inventui.rules.core.ranks import standing
from inventui.rules.home import PUT_ON, Kind, Waiting, ordered, rank_opens
from inventui.rules.market.black_market import begins, rotation_at
from inventui.rules.property import EVICTION_DAYS, GRACE_DAYS, period_at, period_ends
from inventui.rules.streets.shifts import SHIFT_PAUSE


@dataclass(frozen=True, slots=True)
class AtHome:
    """What the rooms know of a player, from which the lines of Home follow.

    Attributes:
        oranges, experience: what the player has.
        trades: (number, other's name, until, what it brings) of those that wait for an answer.
        escrowed: (number, name, value, until) of what waits in escrow.
        friends: names of those who ask to be friends.
        gifts: how many are unread.
        bonus: oranges of the day's bonus, or None if it was had.
        shifts_left, next_shift_at, shift_pay: how many, when, and for how many oranges in the mean.
        unpaid: (day, oranges) of the upkeep that is due, the oldest first.
        gear: (number, name, category, status) of what is owned or worn, the dearest first.
        cheapest_business: what the cheapest one costs; None to who has one, or if there is none.
        finds: number and value of what the house would buy.
        sets: (case, name, oranges) of those whose reward may be taken.
        quest: the first one that is not done.
        case: (slug, name, price) of the cheapest one, or None.
    """

    now: int
    oranges: int
    experience: int
    trades: Sequence[tuple[int, str, int, int]]
    escrowed: Sequence[tuple[int, str, int, int | None]]
    friends: Sequence[str]
    gifts: int
    bonus: int | None
    shifts_left: int
    next_shift_at: int
    shift_pay: int
    unpaid: Sequence[tuple[int, int]]
    gear: Sequence[tuple[int, str, str, str]]
    cheapest_business: int | None
    finds: tuple[int, int]
    sets: Sequence[tuple[str, str, int]]
    quest: QuestLike | None
    case: tuple[str, str, int] | None


class QuestLike(Protocol):
    """A quest that is on show."""

    @property
    def slug(self) -> str:
        """Its name in the pack."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def condition(self) -> Condition:
        """What is counted."""

    @property
    def oranges(self) -> int:
        """The reward."""

    @property
    def number(self) -> int:
        """Its place, from 1 on."""

    @property
    def total(self) -> int:
        """How many quests there are."""


def lines_of(home: AtHome) -> tuple[Waiting, ...]:
    """Everything that waits for a player, in its order."""
    lines = [*_ending(home), *_people(home), *_streets(home), *_property(home)]
    if (home.case is None or home.oranges < home.case[2]) and home.finds[1]:
        number, value = home.finds
        what = "Sell your find" if number == 1 else f"Sell your {number} finds"
        lines.append(Waiting(Kind.SELL, what, "inventory", value))
    for slug, name, oranges in home.sets:
        ready = Waiting(Kind.SET, f"Set ready: {name}", "collections", oranges, target=slug)
        lines.append(ready)
    lines += _quest(home)
    openings = home.quest is not None and home.quest.condition is Condition.OPENINGS
    if home.case is not None and not openings:
        slug, name, price = home.case
        lines.append(Waiting(Kind.CASE, f"Open a {name}", "cases", cost=price, target=slug))
    turns = begins(rotation_at(home.now) + 1)
    if turns - home.now <= HOUR:
        lines.append(Waiting(Kind.MARKET, "The market turns", "black_market", until=turns))
    ceiling = standing(home.experience).ceiling
    if ceiling is not None:
        rank = rank_opens(home.experience).partition(":")[0]
        missing = f"{ceiling - home.experience:,} xp to {rank}"
        lines.append(Waiting(Kind.RANK, missing, "achievements"))
    return ordered(lines, home.oranges, home.now)


def _ending(home: AtHome) -> Iterator[Waiting]:
    """What somebody else, or escrow, holds for the player for a time."""
    for number, other, until, brings in home.trades:
        what = f"Trade: answer {other}"
        yield Waiting(Kind.TRADE, what, "trades", max(0, brings), until, target=str(number))
    for number, name, value, held_until in home.escrowed:
        what = f"Claim {name}"
        yield Waiting(Kind.ESCROW, what, "inventory", value, held_until, target=str(number))


def _people(home: AtHome) -> Iterator[Waiting]:
    for name in home.friends:
        yield Waiting(Kind.FRIEND, f"{name} asks to be friends", "people", target=name)
    if home.gifts:
        what = "A gift is unread" if home.gifts == 1 else f"{home.gifts} gifts are unread"
        yield Waiting(Kind.GIFTS, what, "notifications")


def _streets(home: AtHome) -> Iterator[Waiting]:
    midnight = (home.now // DAY + 1) * DAY
    if home.bonus is not None:
        part = PART_OF[Condition.DAILY_STREAK]
        what = "Take the daily bonus"
        yield Waiting(Kind.BONUS, what, "streets", home.bonus, midnight, part=part)
    if home.shifts_left and home.next_shift_at - home.now <= SHIFT_PAUSE:
        left, part = home.shifts_left, PART_OF[Condition.SHIFTS]
        what = f"Work one of {left} shifts" if left > 1 else "Work the day's last shift"
        if home.quest is None or home.quest.condition is not Condition.SHIFTS:
            yield Waiting(Kind.SHIFT, what, "streets", home.shift_pay, part=part)
    elif not home.shifts_left and home.bonus is None:
        yield Waiting(Kind.DAY, "New shifts and a bonus", "streets", until=midnight)


def _property(home: AtHome) -> Iterator[Waiting]:
    if home.unpaid:
        ends = [(home.unpaid[0][0] + days) * DAY for days in (GRACE_DAYS, EVICTION_DAYS)]
        until = next((end for end in ends if end > home.now), None)
        due = sum(oranges for _, oranges in home.unpaid)
        yield Waiting(Kind.UPKEEP, "Pay your upkeep", "property", due, until, due)
    worn = {category: name for _, name, category, status in home.gear if status == Status.EQUIPPED}
    idle = next((piece for piece in home.gear if piece[2] not in worn), None)
    if idle is not None:
        number, name, category, _ = idle
        what = f"{PUT_ON.get(Category(category), 'Wear')} {name}"
        yield Waiting(Kind.WEAR, what, "inventory", target=str(number))
    if Category.BUSINESS in worn:
        pays, quest = period_ends(period_at(home.now)), home.quest
        till = Waiting(Kind.TILL, f"{worn[Category.BUSINESS]} pays", "property", until=pays)
        if quest is not None and quest.condition is Condition.BUSINESS_REVENUE:
            # Nothing is left to do for the quest but to wait.
            what = f"{_number(quest)}: {till.what}"
            till = replace(till, what=what, worth=quest.oranges, target=quest.slug)
        yield till
    elif home.cheapest_business is not None:
        cost = home.cheapest_business
        yield Waiting(Kind.BUSINESS, "Find a business", "shop", cost=cost)


def _number(quest: QuestLike) -> str:
    return f"Quest {quest.number}/{quest.total}"


def _quest(home: AtHome) -> Iterator[Waiting]:
    quest, cost = home.quest, 0
    runs = any(piece[2:] == (Category.BUSINESS, Status.EQUIPPED) for piece in home.gear)
    if quest is None or (runs and quest.condition is Condition.BUSINESS_REVENUE):
        return
    if quest.condition is Condition.OPENINGS and home.case is not None:
        cost = home.case[2]
    if quest.condition is Condition.BUSINESS_REVENUE:
        cost = home.cheapest_business or 0
    what = f"{_number(quest)}: {quest.name}"
    room, part = ROOM_OF[quest.condition], PART_OF.get(quest.condition, "")
    yield Waiting(Kind.QUEST, what, room, quest.oranges, None, cost, quest.slug, part)
