"""Player items, checked: their histories, where they come from, and the counts of them."""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.sql.expression import Select

from inventui.db.guards.sql import HELD_SQL
from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import HoldingRow, MoveRow, PlayerItemRow, RollRow
from inventui.db.tables.select import maybe, select, value
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import rows
from inventui.rules.core.categories import GEAR
from inventui.rules.core.lifecycle import HANDED_ON, HELD, TRANSITIONS

_STEPS: dict[tuple[str | None, str], str] = {
    (status, event): after for (status, event), after in TRANSITIONS.items()
}


def check_histories(connection: Connection) -> Iterator[str]:
    """Every status history is a path of the lifecycle table, numbered without gaps."""
    status: dict[int, str | None] = {}
    version: dict[int, int] = {}
    for player_item, number, event, before, after in rows(
        connection,
        select(
            MoveRow.player_item_id,
            MoveRow.version,
            MoveRow.event,
            MoveRow.from_status,
            MoveRow.to_status,
        ).order_by(col(MoveRow.player_item_id), col(MoveRow.version)),
    ):
        if number != version.get(player_item, 0) + 1:
            yield f"thing {player_item} has a gap before its move {number}"
        start = status.get(player_item)
        if before != start or _STEPS.get((start, event)) != after:
            yield (
                f"thing {player_item}, move {number}: {before} – {event} → "
                f"{after} is no step from {start}"
            )
        status[player_item], version[player_item] = after, number
    for player_item, shown, number in rows(
        connection, select(PlayerItemRow.id, PlayerItemRow.status, PlayerItemRow.version)
    ):
        if shown != status.get(player_item) or number != version.get(player_item, 0):
            yield (
                f"thing {player_item} shows {shown} after {number} moves, its journal says "
                f"{status.get(player_item)} after {version.get(player_item, 0)}"
            )


def check_provenance(connection: Connection) -> Iterator[str]:
    """One row alive per player item: what was handed on has ended, and was handed on once."""
    origin = aliased(PlayerItemRow)
    for player_item, comes_from, status in rows(
        connection,
        select(PlayerItemRow.id, PlayerItemRow.origin_id, maybe(origin.status))
        .outerjoin(origin, col(origin.id) == PlayerItemRow.origin_id)
        .where(
            col(PlayerItemRow.origin_id).is_not(None),
            or_(
                col(origin.id).is_(None),
                # What was taken back before its friend had seen it goes on where it came from.
                and_(
                    col(origin.status).not_in(HANDED_ON),
                    col(PlayerItemRow.status).is_distinct_from("returned"),
                ),
                col(origin.item_id) != PlayerItemRow.item_id,
            ),
        ),
    ):
        yield f"thing {player_item} comes from {comes_from}, which is {status or 'not there'}"
    for comes_from, number in rows(
        connection,
        select(PlayerItemRow.origin_id, value(func.count()))
        .where(
            col(PlayerItemRow.origin_id).is_not(None),
            col(PlayerItemRow.status).is_distinct_from("returned"),
        )
        .group_by(col(PlayerItemRow.origin_id))
        .having(func.count() > 1),
    ):
        yield f"thing {comes_from} was handed on {number} times"
    for (player_item,) in rows(
        connection,
        select(PlayerItemRow.id)
        .outerjoin(RollRow, col(RollRow.player_item_id) == PlayerItemRow.id)
        .where(col(PlayerItemRow.acquisition).in_(("case", "workshop")), col(RollRow.id).is_(None)),
    ):
        yield f"thing {player_item} is said to come from a roll, but no roll gave it"


def check_slots(connection: Connection) -> Iterator[str]:
    """One item per slot."""
    for player, category, number in rows(
        connection,
        select(PlayerItemRow.player_id, PlayerItemRow.category, value(func.count()))
        .where(PlayerItemRow.status == "equipped")
        .group_by(col(PlayerItemRow.player_id), col(PlayerItemRow.category))
        .having(func.count() > 1),
    ):
        yield f"player {player} wears {number} things of category {category}"
    for (player_item,) in rows(
        connection,
        select(PlayerItemRow.id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(PlayerItemRow.category != ItemRow.category),
    ):
        yield f"thing {player_item} is not of its item's category"


def check_room(connection: Connection) -> Iterator[str]:
    """No more gear held and no more player items in escrow than there ever was room for."""
    economy = economy_of(connection)
    kept = (
        select(PlayerItemRow.player_id, value(func.count()))
        .group_by(col(PlayerItemRow.player_id))
        .order_by(col(PlayerItemRow.player_id))
    )
    for player, number in rows(
        connection,
        kept.where(
            col(PlayerItemRow.category).in_(GEAR), col(PlayerItemRow.status).in_(HELD)
        ).having(func.count() > economy.most("lifecycle.gear_room")),
    ):
        yield f"player {player} holds {number} pieces of gear"
    for player, number in rows(
        connection,
        kept.where(PlayerItemRow.status == "escrowed").having(
            func.count() > economy.most("lifecycle.escrow_room")
        ),
    ):
        yield f"player {player} has {number} things in escrow"


def check_holdings(connection: Connection) -> Iterator[str]:
    """The counts that pages rely on are the numbers of rows."""
    counted = (
        select(PlayerItemRow.player_id, PlayerItemRow.item_id, value(func.count()))
        .group_by(col(PlayerItemRow.player_id), col(PlayerItemRow.item_id))
        .order_by(col(PlayerItemRow.player_id), col(PlayerItemRow.item_id))
    )
    # Spelled as its index spells it, which has these groups in order.
    held = _by_item(connection, counted.where(text(HELD_SQL)))
    escrowed = _by_item(connection, counted.where(PlayerItemRow.status == "escrowed"))
    for player, item, as_held, as_escrowed in rows(
        connection,
        select(HoldingRow.player_id, HoldingRow.item_id, HoldingRow.held, HoldingRow.escrowed),
    ):
        due = (held.pop((player, item), 0), escrowed.pop((player, item), 0))
        if due != (as_held, as_escrowed):
            yield (
                f"player {player} is counted to hold {as_held} + {as_escrowed} of item "
                f"{item}, not {due[0]} + {due[1]}"
            )
    for player, item in held | escrowed:
        yield f"player {player} holds item {item} uncounted"


def _by_item(connection: Connection, counted: Select[int, int, int]) -> dict[tuple[int, int], int]:
    return {(player, item): number for player, item, number in rows(connection, counted)}
