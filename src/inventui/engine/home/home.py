"""Home: one look at everything that waits for a player, whichever room it is in.

What each room knows is asked for in one read, from counters and indexes, so that it costs as much
in a large world as in a small one (`tests/engine/test_cost.py`). In which order the lines stand is
for `rules.home` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import GEAR_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.situation import unpaid
from inventui.engine.home.models import NextSteps
from inventui.engine.home.quests import Quests
from inventui.engine.streets.streets import Streets
from inventui.engine.workshop.collections import Collections
from inventui.rules.achievements import PART_OF, Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.enums import Status, Tone
from inventui.rules.core.ranks import standing
from inventui.rules.home import Kind, Waiting, ordered, rank_opens
from inventui.rules.market.black_market import begins, rotation_at
from inventui.rules.property import EVICTION_DAYS, GRACE_DAYS, period_at, period_ends
from inventui.rules.streets.shifts import SHIFT_PAUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inventui.engine.core.context import Player

MOST = 3
"""Most lines of one kind."""


class _Trade(NamedTuple):
    id: int
    name: str
    until: int
    worth: int


_VALUE = (
    "coalesce((SELECT sum(i.value) FROM trade_thing h JOIN player_item p ON p.id = h.player_item_id"
    " JOIN item i ON i.id = p.item_id WHERE h.trade_id = t.id AND h.side = '{}'), 0)"
)
_TRADES = Statement(
    "SELECT t.id, p.name, t.until, t.proposer_oranges + {get} - t.partner_oranges - {give} AS worth"
    " FROM trade t JOIN player p ON p.id = t.proposer_id WHERE t.partner_id = :player"
    " AND t.state = 'open' AND t.until > :at ORDER BY t.until, t.id LIMIT {most}",
    _Trade,
    get=_VALUE.format("proposer"),
    give=_VALUE.format("partner"),
    most=MOST,
)
# The latest events are looked at: who asked before them waits in People.
_ASKED = (
    "SELECT f.id, f.by_id FROM (SELECT id, low_id, high_id, number, by_id, event FROM friendship"
    " INDEXED BY friendship_{side} WHERE {side}_id = :player ORDER BY id DESC LIMIT 100) f"
    " WHERE f.event = 'request' AND f.by_id <> :player AND NOT EXISTS (SELECT 1 FROM friendship n"
    " WHERE n.low_id = f.low_id AND n.high_id = f.high_id AND n.number > f.number)"
)
_FRIENDS = Statement(
    "SELECT p.name FROM ({low} UNION ALL {high}) a JOIN player p ON p.id = a.by_id"
    " ORDER BY a.id DESC LIMIT {most}",
    str,
    low=_ASKED.format(side="low"),
    high=_ASKED.format(side="high"),
    most=MOST,
)


class _Escrowed(NamedTuple):
    id: int
    name: str
    value: int
    until: int | None


_ESCROW = Statement(
    "SELECT p.id, i.name, i.value, p.held_until AS until FROM player_item p"
    " JOIN item i ON i.id = p.item_id WHERE p.player_id = :player AND p.status = 'escrowed'"
    " ORDER BY p.held_until, p.id LIMIT {most}",
    _Escrowed,
    most=MOST,
)
_GIFTS = Statement(
    "SELECT count(*) FROM (SELECT tone FROM notification INDEXED BY notification_unseen"
    " WHERE player_id = :player AND seen = 0 LIMIT 200) u WHERE u.tone = '{gift}'",
    int,
    gift=Tone.GIFT,
)


class _Gear(NamedTuple):
    id: int
    name: str
    category: str
    status: str


_GEAR = Statement(
    "SELECT p.id, i.name, p.category, p.status FROM player_item p INDEXED BY player_item_gear"
    " JOIN item i ON i.id = p.item_id WHERE p.player_id = :player AND p.{gear}"
    " ORDER BY i.value DESC, p.id",
    _Gear,
    gear=GEAR_SQL,
)
PUT_ON = {Category.BUSINESS: "Run", Category.HOUSING: "Move into"}
"""How Home says that a piece of gear is put on; `Wear` for any other."""


class _Sellable(NamedTuple):
    number: int
    value: int


# Of the latest only: enough to say that there is something to sell.
_SELLABLE = Statement(
    "SELECT count(*) AS number, coalesce(sum(i.value), 0) AS value FROM (SELECT item_id, category,"
    " locked FROM player_item WHERE player_id = :player AND status = 'owned'"
    " ORDER BY id DESC LIMIT 100) p JOIN item i ON i.id = p.item_id"
    " WHERE p.category = 'collectible' AND p.locked = 0",
    _Sellable,
)
_CHEAPEST_BUSINESS = Statement.maybe(
    "SELECT min(price_oranges) FROM item WHERE category = 'business' AND active = 1"
    " AND price_oranges > 0",
    int,
)


class WhatNext:
    """What waits for one player."""

    def __init__(self, handle: Player) -> None:
        """Look for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def look(self) -> NextSteps:
        """Everything that waits, the first thing to mind first."""
        now = self._world.clock.now()
        cases = self._world.catalogue.cases()
        cheapest = min(cases, key=lambda case: case.price, default=None)
        with self._world.store.read() as connection:
            purse = purse_of(connection, self._handle.id)
            lines = [
                *self._ending(connection, now),
                *self._people(connection),
                *self._streets(connection, now),
                *self._property(connection, now),
            ]
            if cheapest is None or purse.oranges < cheapest.price:
                lines += self._sales(connection)
            for ready in Collections(self._handle).ready(connection):
                lines.append(
                    Waiting(
                        Kind.SET,
                        f"Set ready: {ready.name}",
                        "collections",
                        ready.oranges,
                        target=ready.slug,
                    )
                )
            quests = Quests(self._handle).list_in(connection)
        quest = next((quest for quest in quests if quest.ended_at is None), None)
        if quest is not None:
            what = f"Quest {quest.number}/{quest.total}: {quest.name}"
            costs = {Condition.OPENINGS: cheapest.price if cheapest else 0}
            business = [line.cost for line in lines if line.kind is Kind.BUSINESS]
            costs[Condition.BUSINESS_REVENUE] = sum(business)
            cost = costs.get(quest.condition, 0)
            part = PART_OF.get(quest.condition, "")
            lines.append(
                Waiting(Kind.QUEST, what, quest.room, quest.oranges, None, cost, quest.slug, part)
            )
            if quest.condition is Condition.SHIFTS:
                lines = [line for line in lines if line.kind is not Kind.SHIFT]
        if cheapest is not None and (quest is None or quest.condition is not Condition.OPENINGS):
            lines.append(
                Waiting(
                    Kind.CASE,
                    f"Open a {cheapest.name}",
                    "cases",
                    cost=cheapest.price,
                    target=cheapest.id,
                )
            )
        turns = begins(rotation_at(now) + 1)
        if turns - now <= HOUR:
            lines.append(Waiting(Kind.MARKET, "The market turns", "black_market", until=turns))
        opens = rank_opens(purse.experience)
        ceiling = standing(purse.experience).ceiling
        if ceiling is not None:
            rank = opens.partition(":")[0]
            missing = f"{ceiling - purse.experience:,} xp to {rank}"
            lines.append(Waiting(Kind.RANK, missing, "achievements"))
        return NextSteps(ordered(lines, purse.oranges, now), opens, now)

    def _ending(self, connection: Connection, now: int) -> Iterator[Waiting]:
        """What somebody else, or escrow, holds for the player for a time."""
        player = self._handle.id
        for trade in connection.execute(_TRADES, {"player": player, "at": now}):
            yield Waiting(
                Kind.TRADE,
                f"Trade: answer {trade.name}",
                "trades",
                max(0, trade.worth),
                trade.until,
                target=str(trade.id),
            )
        for held in connection.execute(_ESCROW, {"player": player}):
            yield Waiting(
                Kind.ESCROW,
                f"Claim {held.name}",
                "inventory",
                held.value,
                held.until,
                target=str(held.id),
            )

    def _people(self, connection: Connection) -> Iterator[Waiting]:
        for name in connection.execute(_FRIENDS, {"player": self._handle.id}):
            yield Waiting(Kind.FRIEND, f"{name} asks to be friends", "people", target=name)
        gifts = connection.execute(_GIFTS, {"player": self._handle.id}).one()
        if gifts:
            what = "A gift is unread" if gifts == 1 else f"{gifts} gifts are unread"
            yield Waiting(Kind.GIFTS, what, "notifications")

    def _streets(self, connection: Connection, now: int) -> Iterator[Waiting]:
        streets = Streets(self._handle).view_in(connection, now)
        midnight = (now // DAY + 1) * DAY
        if streets.bonus_ready:
            worth, part = streets.bonus_oranges, PART_OF[Condition.DAILY_STREAK]
            yield Waiting(Kind.BONUS, "Take the daily bonus", "streets", worth, midnight, part=part)
        if streets.shifts_left and streets.next_shift_at - now <= SHIFT_PAUSE:
            left = streets.shifts_left
            what = f"Work one of {left} shifts" if left > 1 else "Work the day's last shift"
            pay = (streets.pay_least + streets.pay_most) // 2
            yield Waiting(Kind.SHIFT, what, "streets", pay, part=PART_OF[Condition.SHIFTS])
        elif not streets.shifts_left and not streets.bonus_ready:
            yield Waiting(Kind.DAY, "New shifts and a bonus", "streets", until=midnight)

    def _property(self, connection: Connection, now: int) -> Iterator[Waiting]:
        player = {"player": self._handle.id}
        owed = unpaid(connection, self._handle.id)
        if owed:
            ends = [(owed[0].day + days) * DAY for days in (GRACE_DAYS, EVICTION_DAYS)]
            until = next((end for end in ends if end > now), None)
            due = sum(day.due for day in owed)
            yield Waiting(Kind.UPKEEP, "Pay your upkeep", "property", due, until, due)
        gear = connection.execute(_GEAR, player).all()
        worn = {piece.category: piece for piece in gear if piece.status == Status.EQUIPPED}
        idle = next((piece for piece in gear if piece.category not in worn), None)
        if idle is not None:
            verb = PUT_ON.get(Category(idle.category), "Wear")
            yield Waiting(Kind.WEAR, f"{verb} {idle.name}", "inventory", target=str(idle.id))
        if Category.BUSINESS in worn:
            pays = period_ends(period_at(now))
            name = worn[Category.BUSINESS].name
            yield Waiting(Kind.TILL, f"{name} pays", "property", until=pays)
        elif all(piece.category != Category.BUSINESS for piece in gear):
            cheapest = connection.execute(_CHEAPEST_BUSINESS).one()
            if cheapest is not None:
                yield Waiting(Kind.BUSINESS, "Find a business", "shop", cost=cheapest)

    def _sales(self, connection: Connection) -> Iterator[Waiting]:
        found = connection.execute(_SELLABLE, {"player": self._handle.id}).one()
        if found.value:
            what = "Sell your find" if found.number == 1 else f"Sell your {found.number} finds"
            yield Waiting(Kind.SELL, what, "inventory", found.value)
