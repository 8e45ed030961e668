"""What the checks of the audit share: how they read, and what they all ask of the journals."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar, TypeVarTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.sql.expression import Select

from inventui.db.tables.catalogue import OddsTableRow
from inventui.db.tables.journal import MoveRow, OperationRow, TransferRow
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import scalar, select, value
from inventui.db.tables.trades import TradeRow
from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.money import MOST

K = TypeVar("K")
N = TypeVar("N", bound=NamedTuple)
Ts = TypeVarTuple("Ts")

Check = Callable[[Connection], Iterator[str]]
"""Yields each fault in words."""


def rows(connection: Connection, statement: Select[*Ts]) -> Iterator[tuple[*Ts]]:
    """The rows of a statement, a few hundred in memory at a time."""
    # Rows are taken apart by place: what finds values by the statement's columns is not needed.
    options = {"yield_per": 500, "_result_disable_adapt_to_context": True}
    yield from connection.execution_options(**options).execute(statement)


def set_backs(connection: Connection) -> list[tuple[int, int]]:
    """The operations in which the clock was set back, and to when."""
    clock = select(OperationRow.id, OperationRow.at).where(OperationRow.kind == "clock")
    return [*rows(connection, clock.order_by(col(OperationRow.id)))]


def begun_at(
    backs: list[tuple[int, int]], operation: int, written: int | None, ended_by: int | None
) -> int | None:
    """When something counts as begun that an operation began: earlier, if the clock went back.

    Args:
        backs: see `set_backs`.
        operation: the operation's number.
        written: when it was, by the clock of then.
        ended_by: the operation that ended it, if it is not open.
    """
    for back, at in backs:
        if written is not None and operation < back < (ended_by or back + 1):
            written = min(written, at)
    return written


def columns_of(kind: type[N]) -> Select[N]:
    """A SELECT of the columns that the fields of a record have as defaults."""
    columns: dict[str, Any] = kind._field_defaults
    return cast("Select[N]", select(*columns.values()))


def records(connection: Connection, kind: type[N], statement: Select[N]) -> Iterator[N]:
    """The rows of a statement that began with `columns_of(kind)`, as records."""
    return (kind._make(row) for row in rows(connection, statement))


def told(text: str | None) -> Mapping[str, Any]:
    """What a JSON object says; nothing where a text is none, which `check_operations` names."""
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def once_a_look(read: Callable[[Connection], K]) -> Callable[[Connection], K]:
    """Read once in a look what many checks ask for: nothing changes meanwhile."""
    known: WeakKeyDictionary[Connection, K] = WeakKeyDictionary()

    def reading(connection: Connection) -> K:
        if connection not in known:
            known[connection] = read(connection)
        return known[connection]

    return reading


@once_a_look
def odds_tables(connection: Connection) -> Mapping[int, OddsTable | None]:
    """Every odds table by its number; None for one that is no table, which `check_awards` names."""
    found: dict[int, OddsTable | None] = {}
    for table, canonical in rows(connection, select(OddsTableRow.id, OddsTableRow.canonical)):
        found[table] = None
        with suppress(ValueError):
            found[table] = from_canonical(canonical)
    return found


def whole(found: object) -> int:
    """A whole number of a JSON value; 0 where it is none."""
    return found if type(found) is int else 0


def numbers_of(found: object) -> list[int]:
    """The whole numbers of a JSON list; none where it is no such list."""
    if not isinstance(found, list) or any(type(each) is not int for each in found):
        return []
    return found


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


def status_after(player_item: int, operation: int) -> str | None:
    """A column: the status that a player item had after an operation."""
    last = (
        select(MoveRow.to_status)
        .where(MoveRow.player_item_id == player_item, col(MoveRow.operation_id) <= operation)
        .order_by(col(MoveRow.version).desc())
        .limit(1)
    )
    return scalar(last)


PAYER = aliased(AccountRow)
PAYEE = aliased(AccountRow)


class Payment(NamedTuple):
    """A transfer, with whose account it left and whose it reached: a player's or the house's."""

    operation_id: int = TransferRow.operation_id
    kind: str = TransferRow.kind
    currency: str = TransferRow.currency
    amount: int = TransferRow.amount
    payer: int | None = PAYER.player_id
    payer_house: str | None = PAYER.house
    payee: int | None = PAYEE.player_id
    payee_house: str | None = PAYEE.house


_PAYMENTS = (
    columns_of(Payment)
    .select_from(TransferRow)
    .join(PAYER, col(PAYER.id) == TransferRow.from_account_id)
    .join(PAYEE, col(PAYEE.id) == TransferRow.to_account_id)
)


def payments(connection: Connection, *where: ColumnElement[bool] | bool) -> Iterator[Payment]:
    """The transfers that fulfil conditions on `TransferRow`, `PAYER` and `PAYEE`."""
    return records(connection, Payment, _PAYMENTS.where(*where))


def is_due(connection: Connection, operation: int, currency: str, paid: int, due: int) -> bool:
    """Whether the house paid what was due to an operation's player, or all that they could have."""
    if paid >= due:
        return paid == due
    account, player = next(
        rows(
            connection,
            select(AccountRow.id, OperationRow.player_id)
            .select_from(OperationRow)
            .join(AccountRow, col(AccountRow.player_id) == OperationRow.player_id)
            .where(OperationRow.id == operation, AccountRow.currency == currency),
        ),
        (None, None),
    )
    held = 0
    if currency == "oranges":
        offered = select(TradeRow.proposer_oranges).where(
            TradeRow.proposer_id == player,
            col(TradeRow.operation_id) <= operation,
            or_(col(TradeRow.ended_by).is_(None), col(TradeRow.ended_by) >= operation),
        )
        held = sum(oranges for (oranges,) in rows(connection, offered))
    lines = rows(
        connection,
        select(
            TransferRow.operation_id,
            TransferRow.to_account_id,
            TransferRow.from_balance,
            TransferRow.to_balance,
        )
        .where(
            or_(
                col(TransferRow.from_account_id) == account,
                col(TransferRow.to_account_id) == account,
            ),
            col(TransferRow.operation_id) <= operation,
        )
        .order_by(col(TransferRow.id).desc()),
    )
    for line, payee, from_balance, to_balance in lines:
        if (to_balance if payee == account else from_balance) + held >= MOST:
            return True
        if line != operation:
            return False
    return False
