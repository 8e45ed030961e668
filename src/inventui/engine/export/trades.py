"""What an export holds of a player's trades and what was offered in them."""

from sqlalchemy import Executable, or_
from sqlmodel import col

from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import select
from inventui.db.tables.trades import TradeItemRow, TradeRow
from inventui.engine.export.section import ME, flag, label

SECTIONS: dict[str, Executable] = {
    "trades": select(
        TradeRow.id,
        TradeRow.operation_id,
        TradeRow.at,
        TradeRow.until,
        flag(TradeRow.proposer_id == ME, "mine"),
        label(PlayerRow.name, "other"),
        TradeRow.proposer_oranges,
        TradeRow.partner_oranges,
        TradeRow.message,
        TradeRow.state,
        TradeRow.answer,
        TradeRow.counter_of,
        TradeRow.ended_by,
    )
    .select_from(TradeRow)
    .join(PlayerRow, col(PlayerRow.id) == TradeRow.proposer_id + TradeRow.partner_id - ME)
    .where(or_(col(TradeRow.proposer_id) == ME, col(TradeRow.partner_id) == ME))
    .order_by(col(TradeRow.id)),
    "trade_things": select(TradeItemRow.trade_id, TradeItemRow.side, TradeItemRow.player_item_id)
    .join(TradeRow, col(TradeRow.id) == TradeItemRow.trade_id)
    .where(or_(col(TradeRow.proposer_id) == ME, col(TradeRow.partner_id) == ME))
    .order_by(col(TradeItemRow.id)),
}
