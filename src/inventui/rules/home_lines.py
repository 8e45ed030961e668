"""The lines of Home: what follows, for a player, from what each room knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from inventui.rules import property as property_rules
from inventui.rules.achievements import PART_OF, ROOM_OF, Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.enums import Status
from inventui.rules.core.ranks import standing
from inventui.rules.home import PUT_ON, Kind, Waiting, ordered, rank_opens
from inventui.rules.home_goals import goal_lines
from inventui.rules.home_state import AtHome, QuestLike
from inventui.rules.market.black_market import begins, rotation_at
from inventui.rules.property import period_at, period_ends
from inventui.rules.streets import shifts as shifts_rules


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
    goals = list(goal_lines(home))
    if any(line.part == PART_OF[Condition.SHIFTS] for line in goals):
        lines = [line for line in lines if line.kind is not Kind.SHIFT]
    lines += goals
    openings = home.quest is not None and home.quest.condition is Condition.OPENINGS
    if home.case is not None and not openings:
        slug, name, price, _ = home.case
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
    if home.shifts_left and home.next_shift_at - home.now <= shifts_rules.SHIFT_PAUSE:
        left, part = home.shifts_left, PART_OF[Condition.SHIFTS]
        what = f"Work one of {left} shifts" if left > 1 else "Work the day's last shift"
        if home.quest is None or home.quest.condition is not Condition.SHIFTS:
            yield Waiting(Kind.SHIFT, what, "streets", home.shift_pay, part=part)
    elif not home.shifts_left and home.bonus is None:
        yield Waiting(Kind.DAY, "New shifts and a bonus", "streets", until=midnight)


def _property(home: AtHome) -> Iterator[Waiting]:
    if home.unpaid:
        ends = [
            (home.unpaid[0][0] + days) * DAY
            for days in (property_rules.GRACE_DAYS, property_rules.EVICTION_DAYS)
        ]
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
        cost, missing = home.cheapest_business, home.cheapest_business - home.oranges
        what = "Find a business"
        if missing > 0:
            shifts = -(-missing // home.shift_pay)
            what = f"A business in {f'~{shifts:,} shifts' if shifts > 1 else 'one shift'}"
        yield Waiting(Kind.BUSINESS, what, "shop", cost=cost)


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
    sells = quest.condition in (Condition.ITEMS_SOLD, Condition.LISTINGS)
    if sells and not home.finds[0] and home.case is not None:
        what, room, cost = f"{_number(quest)}: Win a find first", "cases", home.case[2]
    yield Waiting(Kind.QUEST, what, room, quest.oranges, None, cost, quest.slug, part)
