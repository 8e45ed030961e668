"""What an export holds of a player's fusions and collections."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.catalogue import CaseRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow
from inventui.db.tables.select import select
from inventui.db.tables.workshop import CompletionRow, CountedPieceRow, FusionInputRow, FusionRow
from inventui.engine.export.section import ME, label

SECTIONS: dict[str, Executable] = {
    "fusions": select(
        FusionRow.id,
        FusionRow.operation_id,
        OperationRow.at,
        FusionRow.rarity,
        FusionRow.fee,
        RollRow.player_item_id,
    )
    .select_from(FusionRow)
    .join(OperationRow, col(OperationRow.id) == FusionRow.operation_id)
    .join(RollRow, col(RollRow.id) == FusionRow.roll_id)
    .where(FusionRow.player_id == ME)
    .order_by(col(FusionRow.id)),
    "fusion_inputs": select(FusionInputRow.fusion_id, FusionInputRow.player_item_id)
    .join(PlayerItemRow, col(PlayerItemRow.id) == FusionInputRow.player_item_id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(FusionInputRow.id)),
    "collections": select(
        CompletionRow.operation_id,
        CompletionRow.at,
        label(CaseRow.slug, "collection"),
        CompletionRow.oranges,
        CompletionRow.gems,
    )
    .select_from(CompletionRow)
    .join(CaseRow, col(CaseRow.id) == CompletionRow.case_id)
    .where(CompletionRow.player_id == ME)
    .order_by(col(CompletionRow.id)),
    "counted_pieces": select(CountedPieceRow.operation_id, CountedPieceRow.player_item_id)
    .join(PlayerItemRow, col(PlayerItemRow.id) == CountedPieceRow.player_item_id)
    .where(PlayerItemRow.player_id == ME)
    .order_by(col(CountedPieceRow.id)),
}
