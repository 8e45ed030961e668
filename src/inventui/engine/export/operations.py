"""What an export holds of a player's operations."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.journal import OperationRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME

SECTIONS: dict[str, Executable] = {
    "operations": select(OperationRow.id, OperationRow.at, OperationRow.kind, OperationRow.request)
    .where(OperationRow.player_id == ME)
    .order_by(col(OperationRow.id)),
}
