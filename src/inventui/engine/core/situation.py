"""A player's situation: everything that catching up with their time depends on.

It is read once, when a span of time begins; `rules.time` then computes what the span brings
without reading anything more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import GEAR_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse
from inventui.engine.core.set_back import done_at
from inventui.engine.core.settings import neighbours_away
from inventui.rules.core.categories import Category
from inventui.rules.people.friends import FriendEvent, friendship_state
from inventui.rules.property import Arrears, arrears
from inventui.rules.streets.robbery import NEW
from inventui.rules.time.situation import Armour, Business, Home, NearbyNeighbour, Situation

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Gear(NamedTuple):
    id: int
    item_id: int
    category: str
    status: str
    durability: int


_GEAR = Statement(
    "SELECT id, item_id, category, status, durability FROM player_item"
    " INDEXED BY player_item_gear WHERE player_id = :player AND {gear} ORDER BY id",
    _Gear,
    gear=GEAR_SQL,
)


class _Moved(NamedTuple):
    id: int
    at: int


_SINCE = Statement(
    "SELECT o.id, o.at FROM move m JOIN operation o ON o.id = m.operation_id"
    " WHERE m.player_item_id = :player_item ORDER BY m.version DESC LIMIT 1",
    _Moved,
)


class UnpaidDay(NamedTuple):
    """A day's upkeep that is due, in oranges; `id` is its line's number."""

    day: int
    due: int
    id: int


_UNPAID = Statement(
    "SELECT day, due, id FROM upkeep WHERE player_id = :player AND state = 'due' ORDER BY day",
    UnpaidDay,
)


class _Neighbour(NamedTuple):
    player_id: int
    name: str
    created_at: int
    mischief: int
    friendliness: int
    generosity: int
    last: str | None
    bonus: int | None


_NEIGHBOURS = Statement(
    "SELECT n.player_id, p.name, p.created_at,"
    " coalesce(CAST(json_extract(n.details, '$.mischief') AS BIGINT), 0) AS mischief,"
    " coalesce(CAST(json_extract(n.details, '$.friendliness') AS BIGINT), 0) AS friendliness,"
    " coalesce(CAST(json_extract(n.details, '$.generosity') AS BIGINT), 0) AS generosity,"
    " (SELECT f.event || ':' || f.by_id FROM friendship f WHERE f.low_id = min(p.id, :player)"
    " AND f.high_id = max(p.id, :player) ORDER BY f.number DESC LIMIT 1) AS last,"
    " (SELECT max(CAST(json_extract(i.details, '$.rob_bonus') AS BIGINT))"
    " FROM json_each(n.details, '$.gear') g JOIN item i ON i.slug = g.value"
    " AND i.category = 'weapon') AS bonus"
    " FROM neighbour n CROSS JOIN player p ON p.id = n.player_id WHERE n.active = 1"
    " ORDER BY n.slug",
    _Neighbour,
)


_PRESENTS = Statement(
    "SELECT slug FROM item WHERE active = 1 AND category = 'consumable'"
    " AND json_extract(details, '$.stock_limit') IS NULL ORDER BY slug",
    str,
)
_CREATED = Statement("SELECT created_at FROM player WHERE id = :player", int)


def created_at(connection: Connection, player: int) -> int:
    """When a player was made."""
    return int(connection.execute(_CREATED, {"player": player}).one())


def unpaid(connection: Connection, player: int) -> list[UnpaidDay]:
    """The upkeep that a player owes, the oldest day first."""
    return connection.execute(_UNPAID, {"player": player}).all()


def arrears_of(connection: Connection, player: int, day: int) -> Arrears:
    """What a player's unpaid upkeep does to them on a day."""
    owed = unpaid(connection, player)
    return arrears(owed[0].day if owed else None, day)


def situation_of(
    world: Context, connection: Connection, player: int, purse: Purse, now: int
) -> Situation:
    """A player's situation as of this transaction; `purse` is what they have in it.

    What is dated later than now is of a clock that ran ahead: it counts as there already.
    """
    business: Business | None = None
    home: Home | None = None
    armour: Armour | None = None
    spare = []
    for row in connection.execute(_GEAR, {"player": player}).all():
        if row.status == "owned":
            spare.append(row.id)
            continue
        details = world.catalogue.item(connection, row.item_id).details
        if row.category == Category.ARMOR:
            armour = Armour(row.id, int(details.get("defence_bonus", 0)), row.durability)
        elif row.category == Category.BUSINESS:
            business = Business(
                row.id,
                int(details.get("revenue", 0)),
                int(details.get("operating_cost", 0)),
                _since(connection, row.id, now),
            )
        elif row.category == Category.HOUSING:
            home = Home(
                row.id,
                int(details.get("upkeep", 0)),
                int(details.get("insurance", 0)),
                _since(connection, row.id, now),
            )
    made = created_at(connection, player)
    return Situation(
        seed=world.seed,
        player=player,
        oranges=purse.oranges,
        safe_until=made + NEW if made <= now else 0,
        business=business,
        home=home,
        armour=armour,
        unpaid=tuple((row.day, row.due) for row in unpaid(connection, player)),
        spare=tuple(spare),
        neighbours=_neighbours(connection, player, now),
        presents=tuple(connection.execute(_PRESENTS)),
    )


def _neighbours(connection: Connection, player: int, now: int) -> tuple[NearbyNeighbour, ...]:
    """The neighbours who may come by, with their friendship; none where they are sent away."""
    if neighbours_away(connection):
        return ()
    neighbours = []
    # `last` is the last event of friendship and who did it, as one column of one subquery.
    for row in connection.execute(_NEIGHBOURS, {"player": player}):
        event, _, by = (row.last or "").partition(":")
        neighbours.append(
            NearbyNeighbour(
                player=row.player_id,
                name=row.name,
                mischief=int(row.mischief),
                bonus=int(row.bonus or 0),
                since=row.created_at if row.created_at <= now else 0,
                friendliness=int(row.friendliness),
                generosity=int(row.generosity),
                bond=friendship_state(FriendEvent(event) if event else None, by == str(player)),
            )
        )
    return tuple(neighbours)


def _since(connection: Connection, player_item: int, now: int) -> int:
    operation, at = connection.execute(_SINCE, {"player_item": player_item}).one()
    return done_at(connection, operation, at, now)
