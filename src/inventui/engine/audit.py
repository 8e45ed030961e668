"""The audit: the whole world checked from its journals, without the engine's code paths.

Each check reads with SQL of its own and derives again what the triggers derived. It
shares the rules' tables with the engine, for they are the law, and nothing else.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text

from inventui.db.guards import missing_guards
from inventui.db.store import Store
from inventui.engine.models import AuditCheck, AuditReport
from inventui.rules.enums import GEAR, Event, Status
from inventui.rules.lifecycle import ENDS, ESCROW_ROOM, GEAR_ROOM, HELD, TRANSITIONS
from inventui.rules.money import FAUCETS

MOST_FAULTS = 20
"""Faults named one by one in each check; the rest are counted."""

Check = Callable[[Connection], Iterator[str]]


def audit(store: Store) -> AuditReport:
    """Run every check on one consistent view of the world."""
    checks = []
    with store.read() as connection:
        for name, check in CHECKS.items():
            faults: list[str] = []
            more = 0
            for fault in check(connection):
                if len(faults) < MOST_FAULTS:
                    faults.append(fault)
                else:
                    more += 1
            if more:
                faults.append(f"and {more:,} more")
            checks.append(AuditCheck(name, not faults, tuple(faults)))
    return AuditReport(tuple(checks))


def _rows(connection: Connection, sql: str) -> Iterator[Any]:
    result = connection.execution_options(yield_per=5_000).execute(text(sql))
    yield from result


def _balances(connection: Connection) -> Iterator[str]:
    """A balance is the sum of its lines, each line's balances follow, none is below zero."""
    running: dict[int, int] = defaultdict(int)
    spent: dict[int, int] = defaultdict(int)
    accounts = {row.id: row for row in _rows(connection, "SELECT * FROM account")}
    for line in _rows(connection, "SELECT * FROM transfer ORDER BY id"):
        payer, payee = accounts.get(line.from_account_id), accounts.get(line.to_account_id)
        if payer is None or payee is None:
            yield f"transfer {line.id} names an account that is not there"
            continue
        if line.amount <= 0 or {payer.currency, payee.currency} != {line.currency}:
            yield f"transfer {line.id} moves {line.amount} {line.currency} between wrong accounts"
        running[payer.id] -= line.amount
        running[payee.id] += line.amount
        if payee.player_id is None:
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


def _supply(connection: Connection) -> Iterator[str]:
    """What players have is what the faucets gave less what the sinks took."""
    by_currency: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _rows(
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


def _histories(connection: Connection) -> Iterator[str]:
    """Every status history is a path of the lifecycle table, numbered without gaps."""
    status: dict[int, str | None] = {}
    version: dict[int, int] = defaultdict(int)
    for move in _rows(
        connection,
        "SELECT player_item_id, version, event, from_status, to_status FROM move"
        " ORDER BY player_item_id, version",
    ):
        thing = move.player_item_id
        if move.version != version[thing] + 1:
            yield f"thing {thing} has a gap before its move {move.version}"
        start = status.get(thing)
        try:
            due = TRANSITIONS.get((None if start is None else Status(start), Event(move.event)))
        except ValueError:
            due = None
        if move.from_status != start or due is None or due != move.to_status:
            yield (
                f"thing {thing}, move {move.version}: {move.from_status} – {move.event} → "
                f"{move.to_status} is no step from {start}"
            )
        status[thing], version[thing] = move.to_status, move.version
    for row in _rows(connection, "SELECT id, status, version FROM player_item"):
        if row.status != status.get(row.id) or row.version != version[row.id]:
            yield (
                f"thing {row.id} shows {row.status} after {row.version} moves, its journal says "
                f"{status.get(row.id)} after {version[row.id]}"
            )


def _provenance(connection: Connection) -> Iterator[str]:
    """One row alive per thing: what was handed on has ended, and was handed on once."""
    ends = ", ".join(f"'{end}'" for end in ENDS)
    for row in _rows(
        connection,
        "SELECT p.id, p.origin_id, o.status, o.item_id AS was, p.item_id FROM player_item p"
        " LEFT JOIN player_item o ON o.id = p.origin_id WHERE p.origin_id IS NOT NULL"
        f" AND (o.id IS NULL OR o.status NOT IN ({ends}) OR o.item_id <> p.item_id)",
    ):
        yield f"thing {row.id} comes from {row.origin_id}, which is {row.status or 'not there'}"
    for row in _rows(
        connection,
        "SELECT origin_id, count(*) AS number FROM player_item WHERE origin_id IS NOT NULL"
        " GROUP BY origin_id HAVING count(*) > 1",
    ):
        yield f"thing {row.origin_id} was handed on {row.number} times"
    for row in _rows(
        connection,
        "SELECT p.id FROM player_item p LEFT JOIN roll r ON r.player_item_id = p.id"
        " WHERE p.acquisition = 'case' AND r.id IS NULL",
    ):
        yield f"thing {row.id} is said to come from a case, but no roll gave it"


def _slots(connection: Connection) -> Iterator[str]:
    """One item per slot."""
    for row in _rows(
        connection,
        "SELECT player_id, category, count(*) AS number FROM player_item"
        " WHERE status = 'equipped' GROUP BY player_id, category HAVING count(*) > 1",
    ):
        yield f"player {row.player_id} wears {row.number} things of category {row.category}"
    for row in _rows(
        connection,
        "SELECT p.id FROM player_item p JOIN item i ON i.id = p.item_id"
        " WHERE p.category <> i.category",
    ):
        yield f"thing {row.id} is not of its item's category"


def _room(connection: Connection) -> Iterator[str]:
    """At most 10 pieces of gear held, at most 3 things in escrow."""
    gear = ", ".join(f"'{category}'" for category in GEAR)
    held = ", ".join(f"'{status}'" for status in HELD)
    for row in _rows(
        connection,
        f"SELECT player_id, count(*) AS number FROM player_item WHERE category IN ({gear})"
        f" AND status IN ({held}) GROUP BY player_id HAVING count(*) > {GEAR_ROOM}",
    ):
        yield f"player {row.player_id} holds {row.number} pieces of gear"
    for row in _rows(
        connection,
        "SELECT player_id, count(*) AS number FROM player_item WHERE status = 'escrowed'"
        f" GROUP BY player_id HAVING count(*) > {ESCROW_ROOM}",
    ):
        yield f"player {row.player_id} has {row.number} things in escrow"


def _holdings(connection: Connection) -> Iterator[str]:
    """The counts that pages rely on are the numbers of rows."""
    held = ", ".join(f"'{status}'" for status in HELD)
    counted = {
        (row.player_id, row.item_id): (row.held, row.escrowed)
        for row in _rows(
            connection,
            f"SELECT player_id, item_id, sum(status IN ({held})) AS held,"
            " sum(status = 'escrowed') AS escrowed FROM player_item"
            " WHERE status IS NOT NULL GROUP BY player_id, item_id",
        )
    }
    for row in _rows(connection, "SELECT * FROM holding"):
        due = counted.pop((row.player_id, row.item_id), (0, 0))
        if due != (row.held, row.escrowed):
            yield (
                f"player {row.player_id} is counted to hold {row.held} + {row.escrowed} of item "
                f"{row.item_id}, not {due[0]} + {due[1]}"
            )
    for (player, item), due in counted.items():
        if due != (0, 0):
            yield f"player {player} holds item {item} uncounted"


def _commitments(connection: Connection) -> Iterator[str]:
    """Each server seed is the one committed to; one active and one next pair a player."""
    states: dict[int, list[str]] = defaultdict(list)
    for row in _rows(connection, "SELECT * FROM seed_pair ORDER BY player_id, number"):
        states[row.player_id].append(row.state)
        if sha256(row.server_seed.encode()).hexdigest() != row.server_seed_hash:
            yield f"seed pair {row.id} does not match its commitment"
    for row in _rows(connection, "SELECT id FROM player"):
        found = states.get(row.id, [])
        if found[-2:] != ["active", "next"] or set(found[:-2]) - {"retired"}:
            yield f"player {row.id} has seed pairs in the states {', '.join(found) or 'none'}"


def _rolls(connection: Connection) -> Iterator[str]:
    """Each roll's ticket follows from its seeds, with nonces from 0 without gaps."""
    last: dict[int, int] = {}
    for row in _rows(
        connection,
        "SELECT r.id, r.nonce, r.ticket, r.seed_pair_id, s.server_seed, s.client_seed,"
        " s.player_id, o.player_id AS roller FROM roll r"
        " JOIN seed_pair s ON s.id = r.seed_pair_id JOIN operation o ON o.id = r.operation_id"
        " ORDER BY r.seed_pair_id, r.nonce",
    ):
        message = f"{row.client_seed}:{row.nonce}:0".encode()
        drawn = hmac.digest(row.server_seed.encode(), message, "sha256")[:4]
        due = int.from_bytes(drawn, "big") * 1_000_000 // 2**32
        if row.ticket != due:
            yield f"roll {row.id} has ticket {row.ticket}, its seeds give {due}"
        if row.nonce != last.get(row.seed_pair_id, -1) + 1:
            yield f"seed pair {row.seed_pair_id} has a gap before nonce {row.nonce}"
        if row.player_id != row.roller:
            yield f"roll {row.id} used another player's seeds"
        last[row.seed_pair_id] = row.nonce
    for row in _rows(connection, "SELECT id, nonce FROM seed_pair"):
        if row.nonce != last.get(row.id, -1) + 1:
            yield f"seed pair {row.id} stands at nonce {row.nonce}, its rolls say otherwise"


def _awards(connection: Connection) -> Iterator[str]:
    """Each roll gave what its ticket wins in the odds table of its hash, to its player, once."""
    tables: dict[int, Any] = {}
    for row in _rows(connection, "SELECT id, hash, canonical FROM odds_table"):
        if sha256(row.canonical.encode()).hexdigest() != row.hash:
            yield f"odds table {row.id} does not match its hash"
        tables[row.id] = json.loads(row.canonical)
    for row in _rows(
        connection,
        "SELECT r.id, r.ticket, r.entry, r.odds_table_id, r.player_item_id, p.player_id, i.slug,"
        " i.name, i.value, p.acquired_at, o.at, o.player_id AS roller, p.acquisition FROM roll r"
        " JOIN operation o ON o.id = r.operation_id"
        " LEFT JOIN player_item p ON p.id = r.player_item_id LEFT JOIN item i ON i.id = p.item_id"
        " WHERE r.purpose = 'case'",
    ):
        entries = tables[row.odds_table_id]["entries"] if row.odds_table_id in tables else []
        upto, won = 0, None
        for index, entry in enumerate(entries):
            upto += entry["parts_per_million"]
            if row.ticket < upto:
                won = index
                break
        if won is None or won != row.entry:
            yield f"roll {row.id} took entry {row.entry}, ticket {row.ticket} wins {won}"
            continue
        entry = entries[won]
        if (row.slug, row.roller, row.acquisition) != (entry["item"], row.player_id, "case"):
            yield f"roll {row.id} won {entry['item']}, thing {row.player_item_id} is {row.slug}"
        elif row.acquired_at != row.at:
            yield f"roll {row.id} and thing {row.player_item_id} are not of the same moment"


def _keys(connection: Connection) -> Iterator[str]:
    """Every operation has a key of its own, and every change belongs to an operation."""
    for row in _rows(
        connection,
        "SELECT scope, key, count(*) AS number FROM operation GROUP BY scope, key"
        " HAVING count(*) > 1",
    ):
        yield f"key {row.key!r} of player {row.scope} was used {row.number} times"
    for row in _rows(
        connection,
        "SELECT id FROM operation WHERE scope <> coalesce(player_id, 0)"
        " OR (outcome IS NULL AND kind <> 'open')",
    ):
        yield f"operation {row.id} has no outcome, or a key of another player"
    for table in ("transfer", "move", "roll"):
        for row in _rows(
            connection,
            f"SELECT j.id FROM {table} j LEFT JOIN operation o ON o.id = j.operation_id"
            " WHERE o.id IS NULL",
        ):
            yield f"{table} {row.id} belongs to no operation"


def _references(connection: Connection) -> Iterator[str]:
    """Nothing points to a row that is not there."""
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there"


def _guards(connection: Connection) -> Iterator[str]:
    """The database's own guards are the ones that the rules generate."""
    found = {
        row.name: row.sql
        for row in _rows(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    }
    for name in missing_guards(found):
        yield f"the guard {name} is gone or differs"


CHECKS: dict[str, Check] = {
    "balances": _balances,
    "supply": _supply,
    "histories": _histories,
    "provenance": _provenance,
    "slots": _slots,
    "room": _room,
    "holdings": _holdings,
    "commitments": _commitments,
    "rolls": _rolls,
    "awards": _awards,
    "keys": _keys,
    "references": _references,
    "guards": _guards,
}
"""Every check by its name, in the order of the report."""
