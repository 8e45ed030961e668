"""What an export holds of how a player comes in from elsewhere."""

from sqlalchemy import Executable
from sqlmodel import col

from inventui.db.tables.admission import InvitationUseRow, PlayerKeyRow, PlayerLockRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, own

SECTIONS: dict[str, Executable] = {
    "invitation": select(
        InvitationUseRow.operation_id, InvitationUseRow.invitation_id, InvitationUseRow.number
    ).where(InvitationUseRow.player_id == ME),
    "public_keys": own(PlayerKeyRow),
    "locked_out": select(PlayerLockRow.locked, PlayerLockRow.at).where(
        col(PlayerLockRow.player_id) == ME
    ),
}
