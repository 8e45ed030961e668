"""What happened to player items, checked: each time by a cause that the rules know."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.journal import ConditionRow, MoveRow, OperationRow, PlayerItemRow
from inventui.db.tables.property import UpkeepRow
from inventui.db.tables.select import select, value
from inventui.engine.audit.check import numbers_of, rows, told
from inventui.engine.audit.journals.beginnings import WHOSE, who

_RECEIVING = (
    "achieve bazaar_buy bazaar_turn fuse gift grant move_in neighbour_settle open rob settle shift"
    " trade_accept"
)

_EVENTS: dict[tuple[str, str, str], str] = {
    # (Event, status before, whose) → kinds of the operation.
    ("claim", "escrowed", "own"): "claim neighbour_settle",
    ("expire", "escrowed", "own"): _RECEIVING,
    ("expire", "escrowed", "other"): _RECEIVING,
    ("equip", "owned", "own"): "equip unequip buy starter neighbour_settle",
    ("equip", "owned", "other"): "player move_in",
    ("unequip", "equipped", "own"): "equip unequip buy neighbour_settle",
    ("unequip", "equipped", "other"): "move_in",
    ("sell", "owned", "own"): "sell",
    ("sell", "listed", "other"): "bazaar_buy bazaar_turn",
    ("withdraw", "owned", "own"): "withdraw",
    ("gift", "owned", "own"): "gift",
    ("gift", "owned", "other"): "settle",
    ("use_up", "owned", "own"): "use",
    ("list", "owned", "own"): "list",
    ("list", "owned", "other"): "bazaar_turn",
    ("delist", "listed", "own"): "delist settle neighbour_settle undo",
    ("delist", "listed", "other"): "bazaar_turn",
    ("offer", "owned", "own"): "trade trade_counter trade_accept",
    ("offer", "owned", "other"): "bazaar_turn",
    ("take_back", "offered", "own"): "trade_take_back settle neighbour_settle",
    ("take_back", "offered", "other"): "trade_decline trade_counter settle bazaar_turn",
    ("trade", "offered", "own"): "trade_accept",
    ("trade", "offered", "other"): "trade_accept",
    ("fuse", "owned", "own"): "fuse",
    ("steal", "owned", "own"): "settle",
    ("steal", "owned", "other"): "rob",
    ("break", "owned", "own"): "rob settle",
    ("break", "equipped", "own"): "rob settle",
    ("break", "equipped", "other"): "rob",
    ("evict", "equipped", "own"): "settle",
    ("discard", "owned", "own"): "discard",
    ("undo", "sold", "own"): "undo",
    ("undo", "destroyed", "own"): "undo",
    ("undo", "gifted", "own"): "undo",
    ("return", "owned", "other"): "undo",
    ("return", "escrowed", "other"): "undo",
}

_MOVED = (
    select(MoveRow.player_item_id, MoveRow.operation_id, MoveRow.event)
    .select_from(MoveRow)
    .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
    .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
)


def check_events(connection: Connection) -> Iterator[str]:
    """What happens to a thing happens by an operation that does such, for what is written of it."""
    way: Any = (
        MoveRow.event,
        MoveRow.from_status,
        value(WHOSE),
        OperationRow.kind,
    )
    for event, before, whose, kind, number, first in rows(
        connection,
        select(*way, value(func.count()), value(func.min(col(MoveRow.player_item_id))))
        .select_from(MoveRow)
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .where(MoveRow.version > 1)
        .group_by(*way),
    ):
        if kind not in _EVENTS.get((event, str(before), str(whose)), "").split():
            yield (
                f"{number} times {event} for {who(whose)} in {kind}, first thing {first}: "
                "no rule does so"
            )
    for player_item, operation, event in rows(connection, _MOVED.where(_uncaused())):
        yield f"thing {player_item}: {event} in operation {operation} has no cause there"
    yield from _check_named(connection)


def _uncaused() -> ColumnElement[bool]:
    """The condition of a move without the line that it comes with."""
    heir, dropped = aliased(PlayerItemRow), aliased(PlayerItemRow)
    first = aliased(MoveRow)
    stolen = select(heir.id).where(
        col(heir.origin_id) == MoveRow.player_item_id, heir.acquisition == "theft"
    )
    broken = select(ConditionRow.id).where(
        col(ConditionRow.player_item_id) == MoveRow.player_item_id,
        col(ConditionRow.operation_id) == MoveRow.operation_id,
        ConditionRow.durability == 0,
    )
    used = select(ConditionRow.id).where(
        col(ConditionRow.player_item_id) == MoveRow.player_item_id,
        col(ConditionRow.operation_id) == MoveRow.operation_id,
        ConditionRow.uses == 0,
    )
    evicted = select(UpkeepRow.id).where(
        col(UpkeepRow.player_item_id) == MoveRow.player_item_id,
        col(UpkeepRow.ended_by) == MoveRow.operation_id,
        UpkeepRow.state == "evicted",
    )
    # Escrow lets go of what is overdue, and of the oldest where one more comes in; a neighbour's
    # also of what it has no room for.
    crowded = (
        select(dropped.id)
        .join(first, col(first.player_item_id) == dropped.id)
        .where(
            col(dropped.player_id) == PlayerItemRow.player_id,
            col(first.operation_id) == MoveRow.operation_id,
            first.event == "drop",
        )
    )
    event = col(MoveRow.event)
    return or_(
        and_(event == "steal", not_(stolen.exists())),
        and_(event == "break", not_(broken.exists())),
        and_(event == "use_up", not_(used.exists())),
        and_(event == "evict", not_(evicted.exists())),
        and_(
            event == "expire",
            col(OperationRow.kind) != "neighbour_settle",
            or_(
                col(PlayerItemRow.held_until).is_(None),
                col(PlayerItemRow.held_until) > OperationRow.at,
            ),
            not_(crowded.exists()),
        ),
    )


def _check_named(connection: Connection) -> Iterator[str]:
    """What a player did to one thing, they asked for it by its number."""
    named = {
        "claim": "claim", "discard": "discard", "equip": "equip", "use_up": "use",
        "withdraw": "withdraw", "list": "list", "gift": "gift",
    }  # fmt: skip
    for player_item, operation, event, kind, request in rows(
        connection,
        select(
            MoveRow.player_item_id,
            MoveRow.operation_id,
            MoveRow.event,
            OperationRow.kind,
            OperationRow.request,
        )
        .select_from(MoveRow)
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .where(col(MoveRow.event).in_(named), col(OperationRow.kind).in_(named.values())),
    ):
        if named[event] == kind and told(request).get("item") != player_item:
            yield f"operation {operation} was asked to {kind} another thing than {player_item}"
    sold: dict[int, set[int]] = {}
    for operation, player_item in rows(
        connection,
        select(MoveRow.operation_id, MoveRow.player_item_id)
        .select_from(MoveRow)
        .where(MoveRow.event == "sell", MoveRow.from_status == "owned"),
    ):
        sold.setdefault(operation, set()).add(player_item)
    for operation, request in rows(
        connection,
        select(OperationRow.id, OperationRow.request).where(OperationRow.kind == "sell"),
    ):
        asked_for = set(numbers_of(told(request).get("items")))
        for player_item in sorted(sold.get(operation, set()) - asked_for):
            yield f"operation {operation} was not asked to sell thing {player_item}"
