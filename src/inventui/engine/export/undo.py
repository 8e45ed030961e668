"""What an export holds of what a player took back."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.journal import OperationRow
from inventui.db.tables.select import select
from inventui.db.tables.undo import UndoRow
from inventui.engine.export.section import ME

SECTIONS: dict[str, Executable] = {
    "undos": select(UndoRow.operation_id, UndoRow.undone_id, OperationRow.at)
    .select_from(UndoRow)
    .join(OperationRow, col(OperationRow.id) == UndoRow.operation_id)
    .where(OperationRow.player_id == ME)
    .order_by(col(UndoRow.id)),
}
