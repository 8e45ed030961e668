"""What the players of a trade are told of it, and the end of offers that ran out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from inventui.db.statements import Connection
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.engine.trades.state import TradeRecord, give_back, other_side, with_player_items
from inventui.rules.notifications import Tone
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
"""The room where there is more."""


def expire_trades(world: Context, operation: Operation, rows: Sequence[Any]) -> tuple[str, ...]:
    """End offers of a player that have run out, and tell both sides; who did not answer."""
    for row in rows:
        deal = with_player_items(operation.connection, row)
        give_back(world, operation, deal, TradeState.EXPIRED)
        given = said(world, operation.connection, deal, Side.PROPOSER)
        back = home_words(deal.name(Side.PARTNER), given)
        if not row.proposer_neighbour:
            notify(operation, row.proposer_id, "trade_expired", Tone.INFO, back, PLACE)
        tell_of_end(world, operation, deal, TradeState.EXPIRED, Side.PARTNER)
    return tuple(row.partner for row in rows)


_TOLD = {
    TradeState.ACCEPTED: ("trade_accept", Tone.SUCCESS),
    TradeState.DECLINED: ("trade_decline", Tone.INFO),
    TradeState.TAKEN_BACK: ("trade_take_back", Tone.INFO),
    TradeState.EXPIRED: ("trade_expired", Tone.INFO),
}
"""Of which kind and tone the other side is told of an end."""


def tell_of_end(
    world: Context,
    operation: Operation,
    deal: TradeRecord,
    state: TradeState,
    told: Side,
    answer: str = "",
    item: int | None = None,
) -> None:
    """Tell one side of an offer's end, if it is a person."""
    if deal.is_neighbour(told):
        return
    kind, tone = _TOLD[state]
    given, asked = (said(world, operation.connection, deal, side) for side in Side)
    words = ended_words(state, deal.name(other_side(told)), given, asked, answer)
    notify(operation, deal.player(told), kind, tone, words, PLACE, item)


def tell_of_offer(world: Context, operation: Operation, deal: TradeRecord) -> None:
    """Tell the partner of an offer or counter-offer, if it is a person."""
    if deal.is_neighbour(Side.PARTNER):
        return
    counter = deal.row.counter_of is not None
    given, asked = (said(world, operation.connection, deal, side) for side in Side)
    words = offer_words(deal.name(Side.PROPOSER), given, asked, deal.row.message, counter=counter)
    kind = "trade_counter" if counter else "trade_offer"
    notify(operation, deal.row.partner_id, kind, Tone.INFO, words, PLACE)


def said(world: Context, connection: Connection, deal: TradeRecord, side: Side) -> str:
    """What a side gives, in words."""
    names = names_of(world, connection, deal.player_items[side])
    return item_list_words(names, deal.oranges(side))


def names_of(
    world: Context, connection: Connection, player_items: Sequence[Any]
) -> tuple[str, ...]:
    """What player items are called."""
    return tuple(
        world.catalogue.item(connection, player_item.item_id).name for player_item in player_items
    )
