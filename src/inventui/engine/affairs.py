"""Affairs: how things stand with a player, as time will find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from inventui.engine.accounts import Purse
from inventui.rules.away import Affairs, Armour, Business, Home, Raider
from inventui.rules.enums import Category
from inventui.rules.property import Arrears, arrears
from inventui.rules.streets import NEW

if TYPE_CHECKING:
    from inventui.engine.world import World

_GEAR = text(
    "SELECT id, item_id, category, status, durability FROM player_item WHERE player_id = :player"
    " AND category IN ('weapon', 'armor', 'business', 'housing')"
    " AND status IN ('equipped', 'owned') ORDER BY id"
)
_SINCE = text(
    "SELECT o.at FROM move m JOIN operation o ON o.id = m.operation_id"
    " WHERE m.player_item_id = :thing ORDER BY m.version DESC LIMIT 1"
)
_UNPAID = text(
    "SELECT day, due, id FROM upkeep WHERE player_id = :player AND state = 'due' ORDER BY day"
)
_RAIDERS = text(
    "SELECT n.player_id, p.name, p.created_at,"
    " coalesce(json_extract(n.details, '$.mischief'), 0) AS mischief,"
    " (SELECT max(json_extract(i.details, '$.rob_bonus')) FROM json_each(n.details, '$.gear') g"
    " JOIN item i ON i.slug = g.value AND i.category = 'weapon') AS bonus"
    " FROM neighbour n JOIN player p ON p.id = n.player_id WHERE n.active ORDER BY n.slug"
)
_CREATED = text("SELECT created_at FROM player WHERE id = :player")


def created_at(connection: Connection, player: int) -> int:
    """When a player began."""
    return int(connection.execute(_CREATED, {"player": player}).scalar_one())


def unpaid(connection: Connection, player: int) -> list[Any]:
    """Rows (day, due, id) of upkeep that a player owes, the oldest first."""
    return list(connection.execute(_UNPAID, {"player": player}))


def arrears_of(connection: Connection, player: int, day: int) -> Arrears:
    """What a player's unpaid upkeep does on a day."""
    owed = unpaid(connection, player)
    return arrears(owed[0].day if owed else None, day)


def affairs_of(world: World, connection: Connection, player: int, purse: Purse) -> Affairs:
    """How things stand with a player inside a transaction."""
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
                _since(connection, row.id),
            )
        elif row.category == Category.HOUSING:
            home = Home(
                row.id,
                int(details.get("upkeep", 0)),
                int(details.get("insurance", 0)),
                _since(connection, row.id),
            )
    return Affairs(
        seed=world.seed,
        player=player,
        oranges=purse.oranges,
        safe_until=created_at(connection, player) + NEW,
        business=business,
        home=home,
        armour=armour,
        unpaid=tuple((row.day, row.due) for row in unpaid(connection, player)),
        spare=tuple(spare),
        raiders=tuple(
            Raider(row.player_id, row.name, int(row.mischief), int(row.bonus or 0), row.created_at)
            for row in connection.execute(_RAIDERS)
        ),
    )


def _since(connection: Connection, thing: int) -> int:
    return int(connection.execute(_SINCE, {"thing": thing}).scalar_one())
