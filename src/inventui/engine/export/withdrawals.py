"""What an export holds of a player's withdrawals."""

from sqlalchemy import Executable

from inventui.db.tables.withdrawals import WithdrawalRow
from inventui.engine.export.section import own

SECTIONS: dict[str, Executable] = {
    "withdrawals": own(WithdrawalRow),
}
