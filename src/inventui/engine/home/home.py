"""Home: one look at everything that waits for a player, whichever room it is in.

What each room knows is asked for in one read, from counters and indexes, so that it costs as much
in a large world as in a small one (`tests/engine/test_cost.py`). In which order the lines stand is
for `rules.home` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import GEAR_SQL
from inventui.db.statements import Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.situation import unpaid
from inventui.engine.home.models import NextSteps
from inventui.engine.home.quests import Quests
from inventui.engine.streets.streets import Streets
from inventui.engine.workshop.collections import Collections
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Tone
from inventui.rules.home import rank_opens
from inventui.rules.home_lines import AtHome, lines_of

if TYPE_CHECKING:
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
        now, me = self._world.clock.now(), {"player": self._handle.id}
        cases = self._world.catalogue.cases()
        cheapest = min(cases, key=lambda case: case.price, default=None)
        with self._world.store.read() as connection:
            purse = purse_of(connection, self._handle.id)
            streets = Streets(self._handle).view_in(connection, now)
            gear = connection.execute(_GEAR, me).all()
            poor = cheapest is None or purse.oranges < cheapest.price
            quests = Quests(self._handle).list_in(connection)
            home = AtHome(
                now=now,
                oranges=purse.oranges,
                experience=purse.experience,
                trades=connection.execute(_TRADES, me | {"at": now}).all(),
                escrowed=connection.execute(_ESCROW, me).all(),
                friends=connection.execute(_FRIENDS, me).all(),
                gifts=connection.execute(_GIFTS, me).one(),
                bonus=streets.bonus_oranges if streets.bonus_ready else None,
                shifts_left=streets.shifts_left,
                next_shift_at=streets.next_shift_at,
                shift_pay=(streets.pay_least + streets.pay_most) // 2,
                unpaid=[(row.day, row.due) for row in unpaid(connection, self._handle.id)],
                gear=gear,
                cheapest_business=None
                if any(piece.category == Category.BUSINESS for piece in gear)
                else connection.execute(_CHEAPEST_BUSINESS).one(),
                finds=connection.execute(_SELLABLE, me).one() if poor else (0, 0),
                sets=[
                    (ready.slug, ready.name, ready.oranges)
                    for ready in Collections(self._handle).ready(connection)
                ],
                quest=next((quest for quest in quests if quest.ended_at is None), None),
                case=None if cheapest is None else (cheapest.id, cheapest.name, cheapest.price),
            )
        return NextSteps(lines_of(home), rank_opens(purse.experience), now)
