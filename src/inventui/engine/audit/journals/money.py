"""Money, keys, references and guards, checked."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, String, and_, column, func, or_, table
from sqlalchemy import select as sql_select
from sqlmodel import col

from inventui.db.guards import missing_guards, strange_triggers
from inventui.db.tables import metadata
from inventui.db.tables.journal import MoveRow, OperationRow, RollRow, TransferRow
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import select, value
from inventui.engine.audit.check import columns_of, records, rows
from inventui.rules.core.money import FAUCETS, MOST, SINKS


class _Account(NamedTuple):
    id: int = AccountRow.id
    player_id: int | None = AccountRow.player_id
    house: str | None = AccountRow.house
    currency: str = AccountRow.currency
    balance: int = AccountRow.balance
    spent: int = AccountRow.spent
    lines: int = AccountRow.lines


class _Line(NamedTuple):
    id: int = TransferRow.id
    currency: str = TransferRow.currency
    amount: int = TransferRow.amount
    from_account_id: int = TransferRow.from_account_id
    to_account_id: int = TransferRow.to_account_id
    from_balance: int = TransferRow.from_balance
    to_balance: int = TransferRow.to_balance


def check_balances(connection: Connection) -> Iterator[str]:
    """A balance is the sum of its lines, which each line follows, and none is out of bounds."""
    running: dict[int, int] = defaultdict(int)
    spent: dict[int, int] = defaultdict(int)
    lines: dict[int, int] = defaultdict(int)
    accounts = {
        account.id: account
        for account in records(
            connection,
            _Account,
            columns_of(_Account),
        )
    }
    for line in records(
        connection,
        _Line,
        columns_of(_Line).order_by(col(TransferRow.id)),
    ):
        payer, payee = accounts.get(line.from_account_id), accounts.get(line.to_account_id)
        if payer is None or payee is None:
            yield f"transfer {line.id} names an account that is not there"
            continue
        if line.amount <= 0 or {payer.currency, payee.currency} != {line.currency}:
            yield f"transfer {line.id} moves {line.amount} {line.currency} between wrong accounts"
        running[payer.id] -= line.amount
        running[payee.id] += line.amount
        if payee.player_id is None and payee.house in SINKS:
            spent[payer.id] += line.amount
        for account, after in ((payer, line.from_balance), (payee, line.to_balance)):
            lines[account.id] += 1
            if running[account.id] != after:
                yield (
                    f"transfer {line.id} leaves account {account.id} with {after}, "
                    f"its lines sum to {running[account.id]}"
                )
            if account.player_id is not None and running[account.id] < 0:
                yield f"transfer {line.id} takes account {account.id} below zero"
    for account in accounts.values():
        most = max(account.balance, running[account.id])
        if account.player_id is not None and most > MOST:
            yield (f"account {account.id} has {most}, more than the {MOST} that anybody can have")
        if account.balance != running[account.id]:
            yield (
                f"account {account.id} shows {account.balance}, "
                f"its lines sum to {running[account.id]}"
            )
        if account.spent != spent[account.id]:
            yield f"account {account.id} shows {account.spent} spent, not {spent[account.id]}"
        if account.lines != lines[account.id]:
            yield f"account {account.id} shows {account.lines} lines, not {lines[account.id]}"


def check_supply(connection: Connection) -> Iterator[str]:
    """What players have is what the faucets gave less what the sinks took."""
    by_currency: dict[str, dict[str, int]] = defaultdict(dict)
    # Summed here: the sum of forged balances may be larger than the database can count.
    for currency, house, balance in rows(
        connection, select(AccountRow.currency, AccountRow.house, AccountRow.balance)
    ):
        totals = by_currency[currency]
        totals[house or "players"] = totals.get(house or "players", 0) + balance
    for currency, totals in by_currency.items():
        if sum(totals.values()):
            yield f"all accounts of {currency} sum to {sum(totals.values())}, not to zero"
        for house, total in totals.items():
            if house != "players" and (total > 0 if house in FAUCETS else total < 0):
                yield f"the house's {house} account of {currency} stands at {total}"


def check_keys(connection: Connection) -> Iterator[str]:
    """Every operation has a key of its own, and every change belongs to an operation."""
    for scope, key, number in rows(
        connection,
        select(OperationRow.scope, OperationRow.key, value(func.count()))
        .group_by(col(OperationRow.scope), col(OperationRow.key))
        .having(func.count() > 1),
    ):
        yield f"key {key!r} of player {scope} was used {number} times"
    for (operation,) in rows(
        connection,
        select(OperationRow.id).where(
            or_(
                col(OperationRow.scope) != func.coalesce(col(OperationRow.player_id), 0),
                and_(col(OperationRow.outcome).is_(None), col(OperationRow.kind) != "open"),
            )
        ),
    ):
        yield f"operation {operation} has no outcome, or a key of another player"
    journals: tuple[type[TransferRow | MoveRow | RollRow], ...] = (TransferRow, MoveRow, RollRow)
    for journal in journals:
        for (line,) in rows(
            connection,
            select(journal.id)
            .outerjoin(OperationRow, col(OperationRow.id) == journal.operation_id)
            .where(col(OperationRow.id).is_(None)),
        ):
            yield f"{journal.__tablename__} {line} belongs to no operation"


def check_references(connection: Connection) -> Iterator[str]:
    """Nothing points to a row that is not there."""
    if connection.dialect.name != "sqlite":
        yield from _dangling(connection)
        return
    # SQLite looks at every foreign key at once: a select would be needed for each of a hundred.
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there"


def _dangling(connection: Connection) -> Iterator[str]:
    for referring in metadata.sorted_tables:
        for key in referring.foreign_keys:
            there = key.column.table.alias()
            for (number,) in connection.execute(
                sql_select(key.parent)
                .outerjoin(there, there.c[key.column.name] == key.parent)
                .where(key.parent.is_not(None), there.c[key.column.name].is_(None))
            ):
                yield (
                    f"{key.parent.name} {number} of {referring.name} points to a row of"
                    f" {key.column.table.name} that is not there"
                )


_SCHEMA = table(
    "sqlite_master", column("type", String), column("name", String), column("sql", String)
)


def check_guards(connection: Connection) -> Iterator[str]:
    """The database's own guards are the ones that the rules generate."""
    if connection.dialect.name != "sqlite":
        from inventui.db.server.schema import faults_of_triggers

        for fault in faults_of_triggers(lambda sql: map(tuple, connection.exec_driver_sql(sql))):
            yield f"the {fault}"
        return
    found = dict(
        rows(
            connection,
            select(value(_SCHEMA.c.name), value(_SCHEMA.c.sql)).where(_SCHEMA.c.type == "trigger"),
        )
    )
    for name in missing_guards(found):
        yield f"the guard {name} is gone or differs"
    for name in strange_triggers(found):
        yield f"the trigger {name} is none of the game's"
