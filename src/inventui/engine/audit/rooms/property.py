"""What time brought, checked: each period and each day once, and paid as the lines say."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from heapq import merge
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_
from sqlmodel import col
from sqlmodel.sql.expression import Select

from inventui.db.tables.catalogue import ItemRow, WorldSettingRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.players import PlayerRow
from inventui.db.tables.property import IncomeRow, SettlementRow, UpkeepRow
from inventui.db.tables.select import select
from inventui.db.tables.streets import RobberyRow
from inventui.engine.audit.audited_numbers import catalogues_of, economy_of
from inventui.engine.audit.check import (
    PAYEE,
    PAYER,
    columns_of,
    is_due,
    moved_in,
    payments,
    records,
    rows,
    set_backs,
)
from inventui.rules.audited_numbers import numbers
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import HouseAccount
from inventui.rules.property import PERIOD, PERIODS_A_DAY, UpkeepState, takings
from inventui.rules.time.neighbour_calls import VISITS_A_DAY


class _Income(NamedTuple):
    id: int = IncomeRow.id
    operation_id: int = IncomeRow.operation_id
    player_id: int = IncomeRow.player_id
    period: int = IncomeRow.period
    revenue: int = IncomeRow.revenue
    cost: int = IncomeRow.cost
    category: str = ItemRow.category
    rarity: str = ItemRow.rarity
    owner: int = PlayerItemRow.player_id
    item_id: int = PlayerItemRow.item_id
    reduced: int = IncomeRow.reduced


class _Upkeep(NamedTuple):
    player_id: int = UpkeepRow.player_id
    day: int = UpkeepRow.day
    due: int = UpkeepRow.due
    state: str = UpkeepRow.state
    ended_by: int | None = UpkeepRow.ended_by
    owner: int = PlayerItemRow.player_id
    category: str = PlayerItemRow.category
    status: str | None = PlayerItemRow.status
    written: int = OperationRow.at
    evicted: bool = moved_in("evict", UpkeepRow.player_item_id, UpkeepRow.ended_by)


def check_income(connection: Connection) -> Iterator[str]:
    """A business pays once a period, within its range, and only for time that is settled."""
    lines: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    seen: Counter[tuple[int, int]] = Counter()
    until: dict[int, int] = dict(
        rows(connection, select(SettlementRow.operation_id, SettlementRow.until))
    )
    economy, catalogues = economy_of(connection), catalogues_of(connection)
    seeds = select(WorldSettingRow.value).where(WorldSettingRow.name == "seed")
    seed = next((seed for (seed,) in rows(connection, seeds)), "")
    in_force = numbers()
    for income in records(
        connection,
        _Income,
        columns_of(_Income)
        .select_from(IncomeRow)
        .join(PlayerItemRow, col(PlayerItemRow.id) == IncomeRow.player_item_id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .order_by(col(IncomeRow.id)),
    ):
        revenue, cost = lines[income.operation_id]
        lines[income.operation_id] = (revenue + income.revenue, cost + income.cost)
        seen[income.player_id, income.period] += 1
        what = f"income {income.id} of player {income.player_id}"
        if income.owner != income.player_id or income.category != Category.BUSINESS:
            yield f"{what} is of a thing that is no business of theirs"
            continue
        now = economy.at(income.operation_id)
        if (income.period + 1) * PERIOD > until.get(income.operation_id, 0):
            yield f"{what} is for a period that was not over"
        known = now["gear.revenue"].get(income.rarity)
        if known is None:
            yield f"{what} is of a {income.rarity} business, which there is not"
            continue
        least, most = known
        spread, debuff = now["property.spread"], now["property.debuff"]
        least = least * (100 - spread) * (100 - debuff) // 10_000 // PERIODS_A_DAY
        if not least - 1 <= income.revenue <= most * (100 + spread) // 100 // PERIODS_A_DAY:
            yield f"{what} brought {income.revenue}, which no {income.rarity} business can"
        prices = catalogues.at(income.operation_id)
        same = all(now[name] == in_force[name] for name in ("property.spread", "property.debuff"))
        if prices is not None and income.item_id in prices.items and same:
            details = prices.items[income.item_id][3]
            due = takings(
                seed,
                income.player_id,
                income.period,
                int(details.get("revenue", 0)),
                int(details.get("operating_cost", 0)),
                debuffed=bool(income.reduced),
            )
            if (income.revenue, income.cost) != (due.revenue, due.cost):
                yield f"{what} brought {income.revenue} less {income.cost}, not {due}"
        if income.cost > income.revenue:
            yield f"{what} cost more than it brought"
    for (player, period), number in seen.items():
        if number > 1:
            yield f"player {player} was paid {number} times for the period {period}"
    yield from _compare(connection, HouseAccount.BUSINESS, {o: r for o, (r, _) in lines.items()})
    yield from _compare(
        connection, HouseAccount.OPERATING_COST, {o: c for o, (_, c) in lines.items()}
    )


def check_absences(connection: Connection) -> Iterator[str]:
    """Who is away finds a till that is full, and was robbed by neighbours seldom enough.

    Only what was done since these numbers were kept is judged by them.
    """
    began_here = col(OperationRow.request).startswith('{"here')
    own = or_(col(OperationRow.kind) != "settle", began_here)
    seen = select(OperationRow.id, OperationRow.player_id, OperationRow.at).where(
        col(OperationRow.player_id).is_not(None), own
    )
    paid = select(IncomeRow.operation_id, IncomeRow.player_id, IncomeRow.period)
    robbed = select(RobberyRow.operation_id, RobberyRow.victim_id, RobberyRow.period).where(
        col(RobberyRow.period).is_not(None)
    )
    # In the order of operations; an operation by which somebody came ends the absence before it.
    ordered = (
        paid.order_by(col(IncomeRow.id)),
        robbed.order_by(col(RobberyRow.id)),
        seen.order_by(col(OperationRow.id)),
    )
    lines = merge(*(_of_kind(connection, kind, each) for kind, each in enumerate(ordered)))
    here: dict[int, int] = dict(rows(connection, select(PlayerRow.id, PlayerRow.created_at)))
    raids: dict[int, list[int]] = defaultdict(list)
    economy = economy_of(connection)
    for operation, kind, player, number in lines:
        if kind == 2:
            here[player] = number
            raids.pop(player, None)
            continue
        now = economy.at(operation)
        if kind == 0:
            full = now.get("property.full_till")
            if full is not None and (number + 1) * PERIOD > here[player] + full:
                yield f"player {player} was paid for period {number}, when the till was full"
            continue
        raids[player].append(number)
        today = sum(raid // VISITS_A_DAY == number // VISITS_A_DAY for raid in raids[player])
        often = len(raids[player]) > now.get("streets.an_absence", len(raids[player]))
        if often or today > now.get("streets.a_day_away", today):
            yield f"player {player} was robbed {len(raids[player])} times while away"


def _of_kind(
    connection: Connection, kind: int, statement: Select[Any, Any, Any]
) -> Iterator[tuple[int, int, int, int]]:
    """Lines as (operation, kind, player, number), which tells in which order they come."""
    for operation, player, number in rows(connection, statement):
        yield operation, kind, player, number


def check_upkeep(connection: Connection) -> Iterator[str]:
    """Each day's upkeep is due once; it was paid, or ended with the home, or is due still."""
    paid: dict[int, int] = defaultdict(int)
    seen: Counter[tuple[int, int]] = Counter()
    for upkeep in records(
        connection,
        _Upkeep,
        columns_of(_Upkeep)
        .select_from(UpkeepRow)
        .join(PlayerItemRow, col(PlayerItemRow.id) == UpkeepRow.player_item_id)
        .join(OperationRow, col(OperationRow.id) == UpkeepRow.operation_id)
        .order_by(col(UpkeepRow.id)),
    ):
        seen[upkeep.player_id, upkeep.day] += 1
        what = f"upkeep of player {upkeep.player_id} for day {upkeep.day}"
        if upkeep.owner != upkeep.player_id or upkeep.category != Category.HOUSING:
            yield f"{what} is of a thing that is no home of theirs"
        if upkeep.day * DAY > upkeep.written:
            yield f"{what} was due before that day began"
        if upkeep.state == UpkeepState.PAID and upkeep.ended_by is not None:
            paid[upkeep.ended_by] += upkeep.due
        elif upkeep.state == UpkeepState.EVICTED and not upkeep.evicted:
            yield f"{what} ended with an eviction that did not happen"
        elif upkeep.state == UpkeepState.DUE and upkeep.status != "equipped":
            yield f"{what} is due for a home that is {upkeep.status}"
    for (player, day), number in seen.items():
        if number > 1:
            yield f"player {player} was charged {number} times for day {day}"
    yield from _compare(connection, HouseAccount.UPKEEP, paid)


def check_settlements(connection: Connection) -> Iterator[str]:
    """Settled time only grows until the clock is set back, and nothing to come is settled."""
    back = [number for number, _ in set_backs(connection)]
    last: dict[int, tuple[int, int]] = {}
    for player, since, until, operation, at, kind, whose in rows(
        connection,
        select(
            SettlementRow.player_id,
            SettlementRow.since,
            SettlementRow.until,
            SettlementRow.operation_id,
            OperationRow.at,
            OperationRow.kind,
            OperationRow.player_id,
        )
        .select_from(SettlementRow)
        .join(OperationRow, col(OperationRow.id) == SettlementRow.operation_id)
        .order_by(col(SettlementRow.id)),
    ):
        run = bisect(back, operation)
        before, settled = last.get(player, (0, -1))
        if until < since or (run == before and since < settled):
            yield f"player {player} was settled until {until} again"
        if until > at:
            yield f"player {player} was settled until {until}, at {at}"
        if whose != player or kind not in ("settle", "neighbour_settle"):
            yield f"player {player} was settled by {kind} of player {whose}"
        last[player] = run, until


def _compare(connection: Connection, house: HouseAccount, lines: dict[int, int]) -> Iterator[str]:
    """What moved to or from an account of the house is what the lines sum to."""
    moved: dict[int, int] = defaultdict(int)
    for line in payments(
        connection,
        or_(col(PAYER.house) == house, col(PAYEE.house) == house),
        TransferRow.currency == "oranges",
    ):
        moved[line.operation_id] += line.amount
    for operation in sorted(moved.keys() | lines.keys()):
        if not is_due(connection, operation, "oranges", moved[operation], lines.get(operation, 0)):
            yield (
                f"operation {operation} moved {moved[operation]} as {house}, "
                f"its lines say {lines.get(operation, 0)}"
            )
