"""Player items and where they stand, checked."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import HANDED_ON, HELD, TRANSITIONS


def check_histories(connection: Connection) -> Iterator[str]:
    """Every status history is a path of the lifecycle table, numbered without gaps."""
    status: dict[int, str | None] = {}
    version: dict[int, int] = defaultdict(int)
    for move in rows(
        connection,
        "SELECT player_item_id, version, event, from_status, to_status FROM move"
        " ORDER BY player_item_id, version",
    ):
        player_item = move.player_item_id
        if move.version != version[player_item] + 1:
            yield f"thing {player_item} has a gap before its move {move.version}"
        start = status.get(player_item)
        try:
            due = TRANSITIONS.get((None if start is None else Status(start), Event(move.event)))
        except ValueError:
            due = None
        if move.from_status != start or due is None or due != move.to_status:
            yield (
                f"thing {player_item}, move {move.version}: {move.from_status} – {move.event} → "
                f"{move.to_status} is no step from {start}"
            )
        status[player_item], version[player_item] = move.to_status, move.version
    for row in rows(connection, "SELECT id, status, version FROM player_item"):
        if row.status != status.get(row.id) or row.version != version[row.id]:
            yield (
                f"thing {row.id} shows {row.status} after {row.version} moves, its journal says "
                f"{status.get(row.id)} after {version[row.id]}"
            )


def check_provenance(connection: Connection) -> Iterator[str]:
    """One row alive per player item: what was handed on has ended, and was handed on once."""
    ends = ", ".join(f"'{end}'" for end in HANDED_ON)
    for row in rows(
        connection,
        "SELECT p.id, p.origin_id, o.status, o.item_id AS was, p.item_id FROM player_item p"
        " LEFT JOIN player_item o ON o.id = p.origin_id WHERE p.origin_id IS NOT NULL"
        f" AND (o.id IS NULL OR o.status NOT IN ({ends}) OR o.item_id <> p.item_id)",
    ):
        yield f"thing {row.id} comes from {row.origin_id}, which is {row.status or 'not there'}"
    for row in rows(
        connection,
        "SELECT origin_id, count(*) AS number FROM player_item WHERE origin_id IS NOT NULL"
        " GROUP BY origin_id HAVING count(*) > 1",
    ):
        yield f"thing {row.origin_id} was handed on {row.number} times"
    for row in rows(
        connection,
        "SELECT p.id FROM player_item p LEFT JOIN roll r ON r.player_item_id = p.id"
        " WHERE p.acquisition IN ('case', 'workshop') AND r.id IS NULL",
    ):
        yield f"thing {row.id} is said to come from a roll, but no roll gave it"


def check_slots(connection: Connection) -> Iterator[str]:
    """One item per slot."""
    for row in rows(
        connection,
        "SELECT player_id, category, count(*) AS number FROM player_item"
        " WHERE status = 'equipped' GROUP BY player_id, category HAVING count(*) > 1",
    ):
        yield f"player {row.player_id} wears {row.number} things of category {row.category}"
    for row in rows(
        connection,
        "SELECT p.id FROM player_item p JOIN item i ON i.id = p.item_id"
        " WHERE p.category <> i.category",
    ):
        yield f"thing {row.id} is not of its item's category"


def check_room(connection: Connection) -> Iterator[str]:
    """No more gear held and no more player items in escrow than there ever was room for."""
    economy = Economy(connection)
    gear = ", ".join(f"'{category}'" for category in GEAR)
    held = ", ".join(f"'{status}'" for status in HELD)
    for row in rows(
        connection,
        f"SELECT player_id, count(*) AS number FROM player_item WHERE category IN ({gear})"
        f" AND status IN ({held}) GROUP BY player_id"
        f" HAVING count(*) > {economy.most('lifecycle.gear_room')}",
    ):
        yield f"player {row.player_id} holds {row.number} pieces of gear"
    for row in rows(
        connection,
        "SELECT player_id, count(*) AS number FROM player_item WHERE status = 'escrowed'"
        " GROUP BY player_id"
        f" HAVING count(*) > {economy.most('lifecycle.escrow_room')}",
    ):
        yield f"player {row.player_id} has {row.number} things in escrow"


def check_holdings(connection: Connection) -> Iterator[str]:
    """The counts that pages rely on are the numbers of rows."""
    held = ", ".join(f"'{status}'" for status in HELD)
    counted = {
        (row.player_id, row.item_id): (row.held, row.escrowed)
        for row in rows(
            connection,
            f"SELECT player_id, item_id, sum(status IN ({held})) AS held,"
            " sum(status = 'escrowed') AS escrowed FROM player_item"
            " WHERE status IS NOT NULL GROUP BY player_id, item_id",
        )
    }
    for row in rows(connection, "SELECT * FROM holding"):
        due = counted.pop((row.player_id, row.item_id), (0, 0))
        if due != (row.held, row.escrowed):
            yield (
                f"player {row.player_id} is counted to hold {row.held} + {row.escrowed} of item "
                f"{row.item_id}, not {due[0]} + {due[1]}"
            )
    for (player, item), due in counted.items():
        if due != (0, 0):
            yield f"player {player} holds item {item} uncounted"
