"""What an export holds of a player's balances and transfers."""

from sqlalchemy import Executable, union_all
from sqlmodel import col

from inventui.db.tables.journal import OperationRow, TransferRow
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, label

_ACCOUNTS = select(AccountRow.id).where(AccountRow.player_id == ME)
_LINES = union_all(
    select(
        TransferRow.id,
        TransferRow.operation_id,
        TransferRow.kind,
        TransferRow.currency,
        label(-TransferRow.amount, "amount"),
        label(TransferRow.from_balance, "balance"),
    ).where(col(TransferRow.from_account_id).in_(_ACCOUNTS)),
    select(
        TransferRow.id,
        TransferRow.operation_id,
        TransferRow.kind,
        TransferRow.currency,
        TransferRow.amount,
        TransferRow.to_balance,
    ).where(col(TransferRow.to_account_id).in_(_ACCOUNTS)),
).subquery()

SECTIONS: dict[str, Executable] = {
    "balances": select(AccountRow.currency, AccountRow.balance, AccountRow.spent)
    .where(AccountRow.player_id == ME)
    .order_by(col(AccountRow.id)),
    "transfers": select(
        _LINES.c.id,
        _LINES.c.operation_id,
        OperationRow.at,
        _LINES.c.kind,
        _LINES.c.currency,
        _LINES.c.amount,
        _LINES.c.balance,
    )
    .select_from(_LINES)
    .join(OperationRow, col(OperationRow.id) == _LINES.c.operation_id)
    .order_by(_LINES.c.id),
}
