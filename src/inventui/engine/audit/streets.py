"""Shifts, daily bonuses and robberies, checked."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.catalogue import OddsTableRow
from inventui.db.tables.journal import (
    EffectRow,
    OperationRow,
    PlayerItemRow,
    RollRow,
    TransferRow,
)
from inventui.db.tables.people import GiftRow
from inventui.db.tables.property import SettlementRow
from inventui.db.tables.select import maybe, scalar, select, value
from inventui.db.tables.streets import DailyBonusRow, NeighbourRow, RobberyRow, ShiftRow
from inventui.engine.audit.audited_numbers import Economy
from inventui.engine.audit.check import (
    PAYEE,
    PAYER,
    begun_by,
    columns_of,
    is_due,
    payments,
    records,
    rows,
    told,
)
from inventui.rules.core.clock import DAY


class _Shift(NamedTuple):
    id: int = ShiftRow.id
    operation_id: int = ShiftRow.operation_id
    player_id: int = ShiftRow.player_id
    day: int = ShiftRow.day
    number: int = ShiftRow.number
    at: int = ShiftRow.at
    skill: int = ShiftRow.skill
    pay: int = ShiftRow.pay
    fed: int = ShiftRow.fed
    player_item_id: int | None = ShiftRow.player_item_id
    written: int = OperationRow.at
    worker: int | None = OperationRow.player_id
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)
    dropped_by: int | None = begun_by(ShiftRow.player_item_id)
    meals: int | None = scalar(
        select(value(func.count())).where(
            EffectRow.player_id == ShiftRow.player_id,
            EffectRow.kind == "fed",
            EffectRow.ended_by == ShiftRow.operation_id,
        )
    )


_SHIFTS = (
    columns_of(_Shift)
    .select_from(ShiftRow)
    .join(OperationRow, col(OperationRow.id) == ShiftRow.operation_id)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == ShiftRow.player_item_id)
    .order_by(col(ShiftRow.id))
)


def check_shifts(connection: Connection) -> Iterator[str]:
    """Numbered, not too many a day nor too soon, paid by skill; a crate drops a player item."""
    paid = {line.operation_id: line.amount for line in payments(connection, PAYER.house == "play")}
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    last: dict[int, int] = {}
    economy = Economy(connection)
    for shift in records(connection, _Shift, _SHIFTS):
        what = f"shift {shift.id} of player {shift.player_id}"
        day = (shift.player_id, shift.day)
        now = economy.at(shift.operation_id)
        numbers[day] += 1
        if shift.number != numbers[day] or shift.number > now["streets.shifts_a_day"]:
            yield f"{what} has the number {shift.number}, it is the day's {numbers[day]}."
        moment = (shift.written, shift.written // DAY, shift.worker)
        if (shift.at, shift.day, shift.player_id) != moment:
            yield f"{what} is not of the moment and player of its operation"
        before = last.get(shift.player_id)
        if before is not None and before <= shift.at < before + now["streets.shift_pause"]:
            yield f"{what} began {shift.at - before} ms after the last one"
        last[shift.player_id] = shift.at
        least, most = now["streets.shift_least"], now["streets.shift_most"]
        times, parts = now["consumables.donut_pay"] if shift.fed else (1, 1)
        due = (least + (most - least) * shift.skill // 100) * times // parts
        pay = paid.pop(shift.operation_id, 0)
        if pay != shift.pay or not is_due(connection, shift.operation_id, "oranges", pay, due):
            yield f"{what} paid {shift.pay}, its skill is worth {due}"
        if shift.meals != shift.fed:
            yield f"{what} used up {shift.meals} meals, not {shift.fed}"
        crate = (shift.owner, shift.acquisition, shift.dropped_by)
        dropped = (shift.player_id, "drop", shift.operation_id)
        if shift.player_item_id is not None and crate != dropped:
            yield f"{what} has a crate with thing {shift.player_item_id}, which did not drop then"
    # Neighbours earn by other work, and what they give away.
    for earned in (
        select(SettlementRow.operation_id).join(
            NeighbourRow, col(NeighbourRow.player_id) == SettlementRow.player_id
        ),
        select(GiftRow.operation_id).join(
            NeighbourRow, col(NeighbourRow.player_id) == GiftRow.giver_id
        ),
    ):
        for (operation,) in rows(connection, earned):
            paid.pop(operation, None)
    for operation, amount in paid.items():
        yield f"operation {operation} paid {amount} for no shift"


def check_bonuses(connection: Connection) -> Iterator[str]:
    """One daily bonus a day, each the day of its streak, paid as its day says."""
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in payments(connection, PAYER.house == "daily_bonus"):
        paid[line.operation_id][line.currency] += line.amount
    taken: dict[tuple[int, int], int] = {}
    economy = Economy(connection)
    for bonus, operation, player, day, streak, at, taker in rows(
        connection,
        select(
            DailyBonusRow.id,
            DailyBonusRow.operation_id,
            DailyBonusRow.player_id,
            DailyBonusRow.day,
            DailyBonusRow.streak,
            OperationRow.at,
            OperationRow.player_id,
        )
        .select_from(DailyBonusRow)
        .join(OperationRow, col(OperationRow.id) == DailyBonusRow.operation_id)
        .order_by(col(DailyBonusRow.player_id), col(DailyBonusRow.id)),
    ):
        what = f"daily bonus {bonus} of player {player}"
        if (player, day) in taken or (day, player) != (at // DAY, taker):
            yield f"{what} is of day {day}, which is taken, or not that of its operation"
        reached = taken.get((player, day - 1), 0)
        now = economy.at(operation)
        longest = now["streets.streak"]
        due = reached + 1 if 0 < reached < longest else 1
        if streak != due:
            yield f"{what} is day {streak} of its streak, not day {due}"
        taken[player, day] = streak
        found = paid.pop(operation, {})
        gems = now["streets.daily_gems"] if streak == longest else 0
        owed = {"oranges": now["streets.daily_step"] * streak, "gems": gems}
        if not all(
            is_due(connection, operation, currency, found.get(currency, 0), due)
            for currency, due in owed.items()
        ):
            yield f"{what} paid {dict(found)}, not {owed['oranges']} + {gems}"
    for operation in paid:
        yield f"operation {operation} paid a daily bonus that nobody took"


class _Robbery(NamedTuple):
    id: int = RobberyRow.id
    operation_id: int = RobberyRow.operation_id
    robber_id: int = RobberyRow.robber_id
    victim_id: int = RobberyRow.victim_id
    at: int = RobberyRow.at
    chance: int = RobberyRow.chance
    success: int = RobberyRow.success
    oranges: int = RobberyRow.oranges
    stolen_id: int | None = RobberyRow.stolen_id
    roll_id: int | None = RobberyRow.roll_id
    written: int = OperationRow.at
    actor: int | None = OperationRow.player_id
    neighbour: int | None = maybe(NeighbourRow.id)
    rolled_by: int | None = maybe(RollRow.operation_id)
    ticket: int | None = maybe(RollRow.ticket)
    entry: int | None = maybe(RollRow.entry)
    purpose: str | None = maybe(RollRow.purpose)
    won: int | None = maybe(RollRow.player_item_id)
    canonical: str | None = maybe(OddsTableRow.canonical)


_ROBBERIES = (
    columns_of(_Robbery)
    .select_from(RobberyRow)
    .join(OperationRow, col(OperationRow.id) == RobberyRow.operation_id)
    .outerjoin(RollRow, col(RollRow.id) == RobberyRow.roll_id)
    .outerjoin(OddsTableRow, col(OddsTableRow.id) == RollRow.odds_table_id)
    .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == RobberyRow.robber_id)
    .order_by(col(RobberyRow.id))
)


def check_robberies(connection: Connection) -> Iterator[str]:
    """A robbery is its roll, or its period's draw, and moved what it says, item and oranges."""
    # What its rows say went from whom to whom, None for the house, in each operation.
    due: dict[tuple[int, int | None, int | None], int] = defaultdict(int)
    stolen: dict[int, int] = {}
    economy = Economy(connection)
    for robbery in records(connection, _Robbery, _ROBBERIES):
        what = f"robbery {robbery.id}"
        now = economy.at(robbery.operation_id)
        if not now["streets.least_chance"] <= robbery.chance <= now["streets.most_chance"]:
            yield f"{what} had a chance of {robbery.chance} %"
        if robbery.success:
            payer, payee = robbery.victim_id, robbery.robber_id
            due[robbery.operation_id, payer, payee] += robbery.oranges
        else:
            due[robbery.operation_id, robbery.robber_id, None] += robbery.oranges
        if robbery.stolen_id is not None:
            stolen[robbery.stolen_id] = robbery.id
            if not robbery.success:
                yield f"{what} failed, but took thing {robbery.stolen_id}"
        if robbery.roll_id is not None:
            yield from _check_roll(what, robbery)
        elif (
            robbery.neighbour is None
            or robbery.actor != robbery.victim_id
            or robbery.at > robbery.written
        ):
            yield f"{what} has no roll, and is no neighbour's of a time that was settled"
    yield from _check_moved(connection, due)
    yield from _check_stolen(connection, stolen)
    for (roll,) in rows(
        connection,
        select(RollRow.id)
        .outerjoin(RobberyRow, col(RobberyRow.roll_id) == RollRow.id)
        .where(RollRow.purpose == "robbery", col(RobberyRow.id).is_(None)),
    ):
        yield f"roll {roll} decided a robbery that is not there"


def _check_roll(what: str, robbery: _Robbery) -> Iterator[str]:
    decided = (robbery.purpose, robbery.rolled_by, robbery.won)
    if decided != ("robbery", robbery.operation_id, None) or robbery.ticket is None:
        yield f"{what} was not decided by roll {robbery.roll_id}"
        return
    if (robbery.actor, robbery.at) != (robbery.robber_id, robbery.written):
        yield f"{what} is not of the moment and player of its operation"
    below = robbery.chance * 10_000
    if robbery.success != (robbery.ticket < below):
        yield (
            f"{what}: ticket {robbery.ticket} against {robbery.chance} % is no {robbery.success}"
        )
    entries = told(robbery.canonical).get("entries")
    found = [
        (entry.get("item"), entry.get("parts_per_million"))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]
    if found != [("success", below), ("failure", 1_000_000 - below)]:
        yield f"{what} was rolled with other odds than {robbery.chance} %"
    elif robbery.entry != 1 - robbery.success:
        yield f"{what} took entry {robbery.entry} of its odds"


def _check_moved(
    connection: Connection, due: dict[tuple[int, int | None, int | None], int]
) -> Iterator[str]:
    moved: dict[tuple[int, int | None, int | None], int] = defaultdict(int)
    for line in payments(
        connection, or_(col(TransferRow.kind) == "robbery", col(PAYEE.house) == "fine")
    ):
        moved[line.operation_id, line.payer, line.payee] += line.amount
    for key in sorted(due.keys() | moved.keys(), key=str):
        if due.get(key, 0) != moved.get(key, 0):
            operation, payer, payee = key
            yield (
                f"operation {operation} moved {moved.get(key, 0)} oranges from player {payer} to "
                f"{'the house' if payee is None else f'player {payee}'}, its robberies say "
                f"{due.get(key, 0)}"
            )


def _check_stolen(connection: Connection, stolen: dict[int, int]) -> Iterator[str]:
    origin = aliased(PlayerItemRow)
    for player_item, owner, victim, robber_id, victim_id in rows(
        connection,
        select(
            PlayerItemRow.id,
            PlayerItemRow.player_id,
            maybe(origin.player_id),
            maybe(RobberyRow.robber_id),
            maybe(RobberyRow.victim_id),
        )
        .select_from(PlayerItemRow)
        .outerjoin(origin, col(origin.id) == PlayerItemRow.origin_id)
        .outerjoin(RobberyRow, col(RobberyRow.stolen_id) == PlayerItemRow.id)
        .where(PlayerItemRow.acquisition == "theft"),
    ):
        stolen.pop(player_item, None)
        if (owner, victim) != (robber_id, victim_id):
            yield f"thing {player_item} was stolen in no robbery, or from somebody else"
    for player_item, robbery in stolen.items():
        yield f"robbery {robbery} took thing {player_item}, which nobody stole"
