"""What an export holds of a player's player items, their moves and conditions."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import ConditionRow, MoveRow, PlayerItemRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, label

SECTIONS: dict[str, Executable] = {
    "things": select(
        PlayerItemRow.id,
        label(ItemRow.slug, "item"),
        ItemRow.name,
        PlayerItemRow.category,
        ItemRow.rarity,
        ItemRow.value,
        PlayerItemRow.status,
        PlayerItemRow.locked,
        PlayerItemRow.acquired_at,
        PlayerItemRow.acquisition,
        PlayerItemRow.source,
        PlayerItemRow.price_paid,
        PlayerItemRow.gems_paid,
        PlayerItemRow.origin_id,
        PlayerItemRow.uses,
        PlayerItemRow.durability,
        PlayerItemRow.held_until,
    )
    .select_from(PlayerItemRow)
    .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(PlayerItemRow.id)),
    "moves": select(
        MoveRow.player_item_id,
        MoveRow.version,
        MoveRow.event,
        MoveRow.from_status,
        MoveRow.to_status,
        MoveRow.operation_id,
    )
    .select_from(PlayerItemRow)
    .join(MoveRow, col(MoveRow.player_item_id) == PlayerItemRow.id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(PlayerItemRow.id), col(MoveRow.version)),
    "conditions": select(
        ConditionRow.player_item_id,
        ConditionRow.number,
        ConditionRow.uses,
        ConditionRow.durability,
        ConditionRow.operation_id,
    )
    .select_from(PlayerItemRow)
    .join(ConditionRow, col(ConditionRow.player_item_id) == PlayerItemRow.id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(PlayerItemRow.id), col(ConditionRow.number)),
}
