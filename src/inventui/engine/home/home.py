"""Home: one look at everything that waits for a player, whichever room it is in.

What each room knows is asked for in one read, from counters and indexes, so that it costs as much
in a large world as in a small one (`tests/engine/test_cost.py`). In which order the lines stand is
for `rules.home` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import GEAR_SQL, words
from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.achievements import Achievements
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.people import neighbour_bonds
from inventui.engine.core.situation import unpaid
from inventui.engine.home.models import NextSteps
from inventui.engine.home.quests import Quests
from inventui.engine.streets.streets import Streets
from inventui.engine.streets.targets import robbery_targets
from inventui.engine.workshop.collections import Collections
from inventui.engine.workshop.pools import cheap_fusions
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.enums import Status, Tone
from inventui.rules.home import rank_opens
from inventui.rules.home_lines import lines_of
from inventui.rules.home_state import AtHome
from inventui.rules.property import paid_back
from inventui.rules.streets.robbery import mean_wear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.core.context import Player
    from inventui.engine.core.models import CaseSummary

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
    item_id: int
    price: int


_GEAR = Statement(
    "SELECT p.id, i.name, p.category, p.status, i.id AS item_id,"
    " CASE WHEN i.price_oranges > 0 THEN i.price_oranges ELSE i.value END AS price"
    " FROM player_item p INDEXED BY player_item_gear JOIN item i ON i.id = p.item_id"
    " WHERE p.player_id = :player AND p.{gear}"
    " ORDER BY i.value DESC, p.id",
    _Gear,
    gear=GEAR_SQL,
)


class _Find(NamedTuple):
    id: int
    item_id: int


# Of the latest only: enough to say that there is something to sell, or to fuse.
_FINDS = Statement(
    "SELECT id, item_id FROM (SELECT id, item_id, category, locked FROM player_item"
    " WHERE player_id = :player AND status = 'owned' ORDER BY id DESC LIMIT 100) p"
    " WHERE category = 'collectible' AND locked = 0",
    _Find,
)
_CHEAPEST_BUSINESS = Statement.maybe(
    "SELECT min(price_oranges) FROM item WHERE category = 'business' AND active = 1"
    " AND price_oranges > 0",
    int,
)


class _Home(NamedTuple):
    id: int
    price: int


_CHEAPEST_HOME = Statement(
    "SELECT id, price_oranges AS price FROM item WHERE category = 'housing' AND active = 1"
    " AND price_oranges > 0 ORDER BY price_oranges, id LIMIT 1",
    _Home,
)


class _ForGems(NamedTuple):
    slug: str
    name: str
    gems: int


# Limited editions are left out: they may be sold out, or not be there yet.
_FOR_GEMS = Statement(
    "SELECT i.slug, i.name, i.price_gems AS gems FROM item i WHERE i.active = 1"
    " AND i.price_oranges = 0 AND i.price_gems BETWEEN 1 AND :gems AND i.category IN {cosmetics}"
    " AND json_extract(i.details, '$.available_from') IS NULL"
    " AND json_extract(i.details, '$.available_until') IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.item_id = i.id)"
    " AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.player_id = :player AND h.item_id = i.id"
    " AND h.held + h.escrowed > 0) ORDER BY i.price_gems DESC, i.slug LIMIT 1",
    _ForGems,
    cosmetics=words(COSMETICS),
)


class _Open(NamedTuple):
    listings: int
    offers: int


# Whether there is one is enough to know.
_OPEN = Statement(
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM listing INDEXED BY listing_own"
    " WHERE seller_id = :player AND state = 'open' LIMIT 1) l) AS listings,"
    " (SELECT count(*) FROM (SELECT 1 FROM trade INDEXED BY trade_due"
    " WHERE proposer_id = :player AND state = 'open' LIMIT 1) t) AS offers",
    _Open,
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
            open_ = connection.execute(_OPEN, me).one()
            item = self._world.catalogue.item
            finds = [
                (find.id, item(connection, find.item_id)) for find in connection.execute(_FINDS, me)
            ]
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
                gear=[piece[:4] for piece in gear],
                cheapest_business=None
                if any(piece.category == Category.BUSINESS for piece in gear)
                else connection.execute(_CHEAPEST_BUSINESS).one(),
                cheapest_home=self._cheapest_home(connection, gear),
                for_gems=connection.execute(_FOR_GEMS, me | {"gems": purse.gems}).first(),
                finds=(len(finds), sum(item.value for _, item in finds)),
                robbery_targets=robbery_targets(self._handle, connection, now),
                robbery_wear=self._robbery_wear(connection, gear),
                fusions=cheap_fusions(self._world, connection, finds),
                goals=Achievements(self._handle).within_reach(connection),
                bonds=neighbour_bonds(connection, self._handle.id),
                listings=open_.listings,
                offers=open_.offers,
                sets=[
                    (ready.slug, ready.name, ready.oranges)
                    for ready in Collections(self._handle).ready(connection)
                ],
                quest=next((quest for quest in quests if quest.ended_at is None), None),
                case=None if cheapest is None else _case(cheapest),
            )
        return NextSteps(lines_of(home), rank_opens(purse.experience), now)

    def _cheapest_home(
        self, connection: Connection, gear: Sequence[_Gear]
    ) -> tuple[int, int] | None:
        if any(piece.category == Category.HOUSING for piece in gear):
            return None
        home = connection.execute(_CHEAPEST_HOME).first()
        if home is None:
            return None
        days = paid_back(home.price, self._world.catalogue.item(connection, home.id).figures)
        return None if days is None else (home.price, days)

    def _robbery_wear(self, connection: Connection, gear: Sequence[_Gear]) -> int:
        worn = (
            mean_wear(piece.price, self._world.catalogue.item(connection, piece.item_id).durability)
            for piece in gear
            if (piece.category, piece.status) == (Category.WEAPON, Status.EQUIPPED)
        )
        return next(worn, 0)


def _case(case: CaseSummary) -> tuple[str, str, int, int]:
    """A case with what an opening loses in the mean."""
    return case.id, case.name, case.price, case.price - int(case.return_to_player * case.price)
