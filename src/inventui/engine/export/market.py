"""What an export holds of a player's gear shops and what stalls sold."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.journal import PlayerItemRow
from inventui.db.tables.market import GearShopRow, StallSaleRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, own

SECTIONS: dict[str, Executable] = {
    "gear_shops": own(GearShopRow),
    "stall_sales": select(
        StallSaleRow.operation_id, StallSaleRow.stall_id, StallSaleRow.player_item_id
    )
    .join(PlayerItemRow, col(PlayerItemRow.id) == StallSaleRow.player_item_id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(StallSaleRow.id)),
}
