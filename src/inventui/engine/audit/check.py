"""What the checks of the audit share: how they read, and what they all ask of the journals."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.journal import MoveRow, TransferRow
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import scalar, select, value

R = TypeVar("R")
Ts = TypeVarTuple("Ts")

Check = Callable[[Connection], Iterator[str]]
"""Yields each fault in words."""


def rows(connection: Connection, statement: Select[*Ts]) -> Iterator[tuple[*Ts]]:
    """The rows of a statement, a few hundred in memory at a time."""
    yield from connection.execution_options(yield_per=500).execute(statement)


def records(
    connection: Connection, kind: Callable[[*Ts], R], statement: Select[*Ts]
) -> Iterator[R]:
    """The rows of a statement as records of a kind, whose fields are its columns in order."""
    return (kind(*row) for row in rows(connection, statement))


def begun_by(player_item: int | None) -> int | None:
    """A column: the operation that a player item began with."""
    began = select(MoveRow.operation_id)
    return scalar(began.where(MoveRow.player_item_id == player_item, MoveRow.version == 1))


def moved_by(event: str, player_item: int) -> int | None:
    """A column: the last operation in which an event happened to a player item."""
    moved = select(value(func.max(col(MoveRow.operation_id))))
    return scalar(moved.where(MoveRow.player_item_id == player_item, MoveRow.event == event))


def moved_in(event: str, player_item: int, operation: int | None) -> bool:
    """A column: whether an event happened to a player item in an operation."""
    moved = select(MoveRow.id).where(
        MoveRow.player_item_id == player_item,
        MoveRow.event == event,
        MoveRow.operation_id == operation,
    )
    return value(moved.exists())


PAYER = aliased(AccountRow)
PAYEE = aliased(AccountRow)


class Payment(NamedTuple):
    """A transfer, with whose account it left and whose it reached: a player's or the house's."""

    operation_id: int
    kind: str
    currency: str
    amount: int
    payer: int | None
    payer_house: str | None
    payee: int | None
    payee_house: str | None


_PAYMENTS = (
    select(
        TransferRow.operation_id,
        TransferRow.kind,
        TransferRow.currency,
        TransferRow.amount,
        PAYER.player_id,
        PAYER.house,
        PAYEE.player_id,
        PAYEE.house,
    )
    .select_from(TransferRow)
    .join(PAYER, col(PAYER.id) == TransferRow.from_account_id)
    .join(PAYEE, col(PAYEE.id) == TransferRow.to_account_id)
)


def payments(connection: Connection, *where: ColumnElement[bool] | bool) -> Iterator[Payment]:
    """The transfers that fulfil conditions on `TransferRow`, `PAYER` and `PAYEE`."""
    return records(connection, Payment, _PAYMENTS.where(*where))
