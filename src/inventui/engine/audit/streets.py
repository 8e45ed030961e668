"""Shifts, daily bonuses and robberies, checked."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.core.clock import DAY

_FAUCET = (
    "SELECT t.operation_id, t.currency, t.amount, p.player_id FROM transfer t"
    " JOIN account a ON a.id = t.from_account_id JOIN account p ON p.id = t.to_account_id"
    " WHERE a.house = '{}'"
)


def check_shifts(connection: Connection) -> Iterator[str]:
    """Numbered, not too many a day nor too soon, paid by skill; a crate drops a player item."""
    paid: dict[int, int] = {
        row.operation_id: row.amount for row in rows(connection, _FAUCET.format("play"))
    }
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    last: dict[int, int] = {}
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT s.*, o.at AS written, o.player_id AS worker, p.player_id AS owner, p.acquisition,"
        " (SELECT m.operation_id FROM move m WHERE m.player_item_id = p.id AND m.version = 1)"
        " AS dropped_by, (SELECT count(*) FROM effect e WHERE e.player_id = s.player_id"
        " AND e.kind = 'fed' AND e.ended_by = s.operation_id) AS meals"
        " FROM shift s JOIN operation o ON o.id = s.operation_id"
        " LEFT JOIN player_item p ON p.id = s.player_item_id ORDER BY s.id",
    ):
        what = f"shift {row.id} of player {row.player_id}"
        day = (row.player_id, row.day)
        now = economy.at(row.operation_id)
        numbers[day] += 1
        if row.number != numbers[day] or row.number > now["streets.shifts_a_day"]:
            yield f"{what} has the number {row.number}, it is the day's {numbers[day]}."
        if (row.at, row.day, row.player_id) != (row.written, row.written // DAY, row.worker):
            yield f"{what} is not of the moment and player of its operation"
        before = last.get(row.player_id)
        if before is not None and before <= row.at < before + now["streets.shift_pause"]:
            yield f"{what} began {row.at - before} ms after the last one"
        last[row.player_id] = row.at
        least, most = now["streets.shift_least"], now["streets.shift_most"]
        times, parts = now["consumables.donut_pay"] if row.fed else (1, 1)
        due = (least + (most - least) * row.skill // 100) * times // parts
        if (row.pay, paid.pop(row.operation_id, 0)) != (due, due):
            yield f"{what} paid {row.pay}, its skill is worth {due}"
        if row.meals != row.fed:
            yield f"{what} used up {row.meals} meals, not {row.fed}"
        crate = (row.owner, row.acquisition, row.dropped_by)
        if row.player_item_id is not None and crate != (row.player_id, "drop", row.operation_id):
            yield f"{what} has a crate with thing {row.player_item_id}, which did not drop then"
    # Neighbours earn by other work, and what they give away.
    earned = {
        row.operation_id
        for row in rows(
            connection,
            "SELECT s.operation_id FROM settlement s JOIN neighbour n ON n.player_id = s.player_id"
            " UNION SELECT g.operation_id FROM gift g JOIN neighbour n ON n.player_id = g.giver_id",
        )
    }
    for operation in paid.keys() - earned:
        yield f"operation {operation} paid {paid[operation]} for no shift"


def check_bonuses(connection: Connection) -> Iterator[str]:
    """One daily bonus a day, each the day of its streak, paid as its day says."""
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(connection, _FAUCET.format("daily_bonus")):
        paid[row.operation_id][row.currency] += row.amount
    last: dict[int, tuple[int, int]] = {}
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT b.*, o.at, o.player_id AS taker FROM daily_bonus b"
        " JOIN operation o ON o.id = b.operation_id ORDER BY b.player_id, b.id",
    ):
        what = f"daily bonus {row.id} of player {row.player_id}"
        day, streak = last.get(row.player_id, (-1, 0))
        if row.day <= day or (row.day, row.player_id) != (row.at // DAY, row.taker):
            yield f"{what} is of day {row.day}, after day {day}"
        now = economy.at(row.operation_id)
        longest = now["streets.streak"]
        due = streak + 1 if row.day == day + 1 and 0 < streak < longest else 1
        if row.streak != due:
            yield f"{what} is day {row.streak} of its streak, not day {due}"
        last[row.player_id] = (row.day, row.streak)
        found = paid.pop(row.operation_id, {})
        gems = now["streets.daily_gems"] if row.streak == longest else 0
        owed = (now["streets.daily_step"] * row.streak, gems)
        if (found.get("oranges", 0), found.get("gems", 0)) != owed:
            yield f"{what} paid {dict(found)}, not {owed[0]} + {owed[1]}"
    for operation in paid:
        yield f"operation {operation} paid a daily bonus that nobody took"


def check_robberies(connection: Connection) -> Iterator[str]:
    """A robbery is its roll, or its period's draw, and moved what it says, item and oranges."""
    # What its rows say went from whom to whom, None for the house, in each operation.
    due: dict[tuple[int, int, int | None], int] = defaultdict(int)
    stolen: dict[int, int] = {}
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT b.*, o.at AS written, o.player_id AS actor, r.operation_id AS rolled_by, r.ticket,"
        " r.entry, r.purpose, r.player_item_id AS won, t.canonical, n.id AS neighbour"
        " FROM robbery b JOIN operation o ON o.id = b.operation_id"
        " LEFT JOIN roll r ON r.id = b.roll_id LEFT JOIN odds_table t ON t.id = r.odds_table_id"
        " LEFT JOIN neighbour n ON n.player_id = b.robber_id ORDER BY b.id",
    ):
        what = f"robbery {row.id}"
        now = economy.at(row.operation_id)
        if not now["streets.least_chance"] <= row.chance <= now["streets.most_chance"]:
            yield f"{what} had a chance of {row.chance} %"
        payee = row.victim_id if row.success else row.robber_id
        due[row.operation_id, payee, row.robber_id if row.success else None] += row.oranges
        if row.stolen_id is not None:
            stolen[row.stolen_id] = row.id
            if not row.success:
                yield f"{what} failed, but took thing {row.stolen_id}"
        if row.roll_id is not None:
            yield from _check_roll(what, row)
        elif row.neighbour is None or row.actor != row.victim_id or row.at > row.written:
            yield f"{what} has no roll, and is no neighbour's of a time that was settled"
    yield from _check_moved(connection, due)
    yield from _check_stolen(connection, stolen)
    for row in rows(
        connection,
        "SELECT r.id FROM roll r LEFT JOIN robbery b ON b.roll_id = r.id"
        " WHERE r.purpose = 'robbery' AND b.id IS NULL",
    ):
        yield f"roll {row.id} decided a robbery that is not there"


def _check_roll(what: str, row: Any) -> Iterator[str]:
    if (row.purpose, row.rolled_by, row.won) != ("robbery", row.operation_id, None):
        yield f"{what} was not decided by roll {row.roll_id}"
        return
    if (row.actor, row.at) != (row.robber_id, row.written):
        yield f"{what} is not of the moment and player of its operation"
    below = row.chance * 10_000
    if row.success != (row.ticket < below):
        yield f"{what}: ticket {row.ticket} against {row.chance} % is no {row.success}"
    table = json.loads(row.canonical)
    found = [(e["item"], e["parts_per_million"]) for e in table["entries"]]
    if found != [("success", below), ("failure", 1_000_000 - below)]:
        yield f"{what} was rolled with other odds than {row.chance} %"
    elif row.entry != 1 - row.success:
        yield f"{what} took entry {row.entry} of its odds"


def _check_moved(
    connection: Connection, due: dict[tuple[int, int, int | None], int]
) -> Iterator[str]:
    moved: dict[tuple[int, int, int | None], int] = defaultdict(int)
    for row in rows(
        connection,
        "SELECT t.operation_id, t.amount, f.player_id AS payer, p.player_id AS payee"
        " FROM transfer t JOIN account f ON f.id = t.from_account_id"
        " JOIN account p ON p.id = t.to_account_id WHERE t.kind = 'robbery' OR p.house = 'fine'",
    ):
        moved[row.operation_id, row.payer, row.payee] += row.amount
    for key in sorted(due.keys() | moved.keys(), key=str):
        if due.get(key, 0) != moved.get(key, 0):
            operation, payer, payee = key
            yield (
                f"operation {operation} moved {moved.get(key, 0)} oranges from player {payer} to "
                f"{'the house' if payee is None else f'player {payee}'}, its robberies say "
                f"{due.get(key, 0)}"
            )


def _check_stolen(connection: Connection, stolen: dict[int, int]) -> Iterator[str]:
    for row in rows(
        connection,
        "SELECT p.id, p.player_id, v.player_id AS victim, b.id AS robbery, b.robber_id,"
        " b.victim_id FROM player_item p LEFT JOIN player_item v ON v.id = p.origin_id"
        " LEFT JOIN robbery b ON b.stolen_id = p.id WHERE p.acquisition = 'theft'",
    ):
        stolen.pop(row.id, None)
        if (row.player_id, row.victim) != (row.robber_id, row.victim_id):
            yield f"thing {row.id} was stolen in no robbery, or from somebody else"
    for player_item, robbery in stolen.items():
        yield f"robbery {robbery} took thing {player_item}, which nobody stole"
