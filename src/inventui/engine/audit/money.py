"""Money, keys, references and guards, checked."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from inventui.db.guards import missing_guards, strange_triggers
from inventui.engine.audit.check import rows
from inventui.rules.core.money import FAUCETS, HOLDS


def check_balances(connection: Connection) -> Iterator[str]:
    """A balance is the sum of its lines, each line's balances follow, none is below zero."""
    running: dict[int, int] = defaultdict(int)
    spent: dict[int, int] = defaultdict(int)
    accounts = {row.id: row for row in rows(connection, "SELECT * FROM account")}
    for line in rows(connection, "SELECT * FROM transfer ORDER BY id"):
        payer, payee = accounts.get(line.from_account_id), accounts.get(line.to_account_id)
        if payer is None or payee is None:
            yield f"transfer {line.id} names an account that is not there"
            continue
        if line.amount <= 0 or {payer.currency, payee.currency} != {line.currency}:
            yield f"transfer {line.id} moves {line.amount} {line.currency} between wrong accounts"
        running[payer.id] -= line.amount
        running[payee.id] += line.amount
        if payee.player_id is None and payee.house not in HOLDS:
            spent[payer.id] += line.amount
        for account, after in ((payer, line.from_balance), (payee, line.to_balance)):
            if running[account.id] != after:
                yield (
                    f"transfer {line.id} leaves account {account.id} with {after}, "
                    f"its lines sum to {running[account.id]}"
                )
            if account.player_id is not None and running[account.id] < 0:
                yield f"transfer {line.id} takes account {account.id} below zero"
    for account in accounts.values():
        if account.balance != running[account.id]:
            yield (
                f"account {account.id} shows {account.balance}, "
                f"its lines sum to {running[account.id]}"
            )
        if account.spent != spent[account.id]:
            yield f"account {account.id} shows {account.spent} spent, not {spent[account.id]}"


def check_supply(connection: Connection) -> Iterator[str]:
    """What players have is what the faucets gave less what the sinks took."""
    by_currency: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(
        connection,
        "SELECT currency, house, sum(balance) AS total FROM account GROUP BY currency, house",
    ):
        by_currency[row.currency][row.house or "players"] = row.total
    for currency, totals in by_currency.items():
        if sum(totals.values()):
            yield f"all accounts of {currency} sum to {sum(totals.values())}, not to zero"
        for house, total in totals.items():
            if house != "players" and (total > 0 if house in FAUCETS else total < 0):
                yield f"the house's {house} account of {currency} stands at {total}"


def check_keys(connection: Connection) -> Iterator[str]:
    """Every operation has a key of its own, and every change belongs to an operation."""
    for row in rows(
        connection,
        "SELECT scope, key, count(*) AS number FROM operation GROUP BY scope, key"
        " HAVING count(*) > 1",
    ):
        yield f"key {row.key!r} of player {row.scope} was used {row.number} times"
    for row in rows(
        connection,
        "SELECT id FROM operation WHERE scope <> coalesce(player_id, 0)"
        " OR (outcome IS NULL AND kind <> 'open')",
    ):
        yield f"operation {row.id} has no outcome, or a key of another player"
    for table in ("transfer", "move", "roll"):
        for row in rows(
            connection,
            f"SELECT j.id FROM {table} j LEFT JOIN operation o ON o.id = j.operation_id"
            " WHERE o.id IS NULL",
        ):
            yield f"{table} {row.id} belongs to no operation"


def check_references(connection: Connection) -> Iterator[str]:
    """Nothing points to a row that is not there."""
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there"


def check_guards(connection: Connection) -> Iterator[str]:
    """The database's own guards are the ones that the rules generate."""
    found = {
        row.name: row.sql
        for row in rows(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    }
    for name in missing_guards(found):
        yield f"the guard {name} is gone or differs"
    for name in strange_triggers(found):
        yield f"the trigger {name} is none of the game's"
