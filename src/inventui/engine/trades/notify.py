"""Notifications of trades, and ending the trades that have run out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inventui.db.statements import Connection
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.engine.inventory.player_items import ListedColumns
from inventui.engine.trades.state import (
    StoredTrade,
    TradeRecord,
    give_back,
    other_side,
    record_of,
)
from inventui.rules.core.enums import Tone
from inventui.rules.trades.trades import (
    Side,
    TradeState,
    ended_words,
    home_words,
    item_list_words,
    offer_words,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

PLACE = "trades"
"""The room that notifications of trades lead to."""


def expire_trades(
    world: Context, operation: Operation, rows: Sequence[StoredTrade]
) -> tuple[str, ...]:
    """End a player's trades that have run out and notify both sides; the partners' names."""
    for row in rows:
        trade = record_of(operation.connection, row)
        give_back(world, operation, trade, TradeState.EXPIRED)
        given = side_words(world, operation.connection, trade, Side.PROPOSER)
        back = home_words(trade.name(Side.PARTNER), given)
        if not row.proposer_neighbour:
            notify(operation, row.proposer_id, "trade_expired", Tone.INFO, back, PLACE)
        notify_end(world, operation, trade, TradeState.EXPIRED, Side.PARTNER)
    return tuple(row.partner for row in rows)


_NOTIFICATIONS = {
    TradeState.ACCEPTED: ("trade_accept", Tone.SUCCESS),
    TradeState.DECLINED: ("trade_decline", Tone.INFO),
    TradeState.TAKEN_BACK: ("trade_take_back", Tone.INFO),
    TradeState.EXPIRED: ("trade_expired", Tone.INFO),
}
"""The kind and tone of the notification of each end."""


def notify_end(
    world: Context,
    operation: Operation,
    trade: TradeRecord,
    state: TradeState,
    told: Side,
    answer: str = "",
    item: int | None = None,
) -> None:
    """Notify one side of a trade's end, if a person plays it; `item` is one that it got."""
    if trade.is_neighbour(told):
        return
    kind, tone = _NOTIFICATIONS[state]
    given, asked = (side_words(world, operation.connection, trade, side) for side in Side)
    words = ended_words(state, trade.name(other_side(told)), given, asked, answer)
    notify(operation, trade.player(told), kind, tone, words, PLACE, item)


def notify_offer(world: Context, operation: Operation, trade: TradeRecord) -> None:
    """Notify the partner of a new trade, if a person plays them."""
    if trade.is_neighbour(Side.PARTNER):
        return
    counter = trade.row.counter_of is not None
    given, asked = (side_words(world, operation.connection, trade, side) for side in Side)
    words = offer_words(trade.name(Side.PROPOSER), given, asked, trade.row.message, counter=counter)
    kind = "trade_counter" if counter else "trade_offer"
    notify(operation, trade.row.partner_id, kind, Tone.INFO, words, PLACE)


def side_words(world: Context, connection: Connection, trade: TradeRecord, side: Side) -> str:
    """What a side gives, as a text."""
    names = names_of(world, connection, trade.player_items[side])
    return item_list_words(names, trade.oranges(side))


def names_of(
    world: Context, connection: Connection, player_items: Sequence[ListedColumns]
) -> tuple[str, ...]:
    """The names of player items."""
    return tuple(
        world.catalogue.item(connection, player_item.item_id).name for player_item in player_items
    )
