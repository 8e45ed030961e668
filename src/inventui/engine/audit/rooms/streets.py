"""Shifts and daily bonuses, checked."""

from collections import defaultdict, deque
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from sqlalchemy import Connection, func
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import (
    EffectRow,
    MoveRow,
    OperationRow,
    PlayerItemRow,
)
from inventui.db.tables.people import GiftRow
from inventui.db.tables.property import SettlementRow, UpkeepRow
from inventui.db.tables.select import maybe, scalar, select, value
from inventui.db.tables.streets import DailyBonusRow, NeighbourRow, ShiftRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
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
    rest: int = ShiftRow.rest
    player_item_id: int | None = ShiftRow.player_item_id
    written: int = OperationRow.at
    request: str = OperationRow.request
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


def check_begun_shifts(connection: Connection) -> Iterator[str]:
    """A shift that was begun is the next one that is worked, or counts with skill 0."""
    begun = deque(
        rows(
            connection,
            select(OperationRow.id, OperationRow.player_id, OperationRow.key)
            .where(OperationRow.kind == "begin_shift")
            .order_by(col(OperationRow.id)),
        )
    )
    left: dict[int | None, str] = {}

    def begin_until(operation: float) -> Iterator[str]:
        while begun and begun[0][0] < operation:
            number, player, key = begun.popleft()
            if player in left:
                yield f"operation {number} begins a shift while another of player {player} is open"
            left[player] = key

    for shift in records(connection, _Shift, _SHIFTS):
        yield from begin_until(shift.operation_id)
        key = left.pop(shift.player_id, None)
        if key is not None and shift.skill and told(shift.request).get("begun") != key:
            yield (
                f"shift {shift.id} of player {shift.player_id} has skill {shift.skill}, though"
                " another was begun and left"
            )
    yield from begin_until(inf)


def check_shifts(connection: Connection) -> Iterator[str]:
    """Numbered, not too many a day nor too soon, paid by skill and rest; a crate drops an item."""
    paid = {line.operation_id: line.amount for line in payments(connection, PAYER.house == "play")}
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    last: dict[int, int] = {}
    economy = economy_of(connection)
    rested = _Rested(connection)
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
        worth = (least + (most - least) * shift.skill // 100) * (100 + shift.rest) // 100
        due = worth * times // parts
        pay = paid.pop(shift.operation_id, 0)
        if pay != shift.pay or not is_due(connection, shift.operation_id, "oranges", pay, due):
            yield f"{what} paid {shift.pay}, its skill is worth {due}"
        home = rested.at(shift.operation_id, shift.player_id)
        if shift.rest and shift.rest != now["property.rest"].get(home):
            yield f"{what} was paid for {shift.rest} % of rest in a paid home of rarity {home}"
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


class _Rested:
    """The rarity of the home that each player lives in and owes nothing for, by operation."""

    def __init__(self, connection: Connection) -> None:
        """Read the moves of homes, and the spans for which a day's upkeep was unpaid."""
        self._moves = list(
            rows(
                connection,
                select(
                    MoveRow.operation_id,
                    PlayerItemRow.player_id,
                    PlayerItemRow.id,
                    ItemRow.rarity,
                    MoveRow.to_status,
                )
                .select_from(MoveRow)
                .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
                .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
                .where(PlayerItemRow.category == "housing")
                .order_by(col(MoveRow.operation_id).desc(), col(MoveRow.id).desc()),
            )
        )
        self._owed: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
        for player, since, until in rows(
            connection, select(UpkeepRow.player_id, UpkeepRow.operation_id, UpkeepRow.ended_by)
        ):
            if since != until:
                self._owed[player].append((since, until))
        self._homes: dict[int, dict[int, str]] = defaultdict(dict)

    def at(self, operation: int, player: int) -> str | None:
        """The rarity as of an operation; operations must be asked for in their order."""
        while self._moves and self._moves[-1][0] < operation:
            _, owner, player_item, rarity, status = self._moves.pop()
            self._homes[owner].pop(player_item, None)
            if status == "equipped":
                self._homes[owner][player_item] = rarity
        owed = self._owed.get(player, ())
        if any(
            since < operation and (until is None or operation <= until) for since, until in owed
        ):
            return None
        return next(iter(self._homes[player].values()), None)


def check_bonuses(connection: Connection) -> Iterator[str]:
    """One daily bonus a day, each the day of its streak, paid as its day says."""
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in payments(connection, PAYER.house == "daily_bonus"):
        paid[line.operation_id][line.currency] += line.amount
    taken: dict[tuple[int, int], int] = {}
    economy = economy_of(connection)
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
