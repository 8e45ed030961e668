"""What time brought, checked: each period and each day once, and paid as the lines say."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import HouseAccount
from inventui.rules.property import PERIOD, PERIODS_A_DAY, UpkeepState


def check_income(connection: Connection) -> Iterator[str]:
    """A business pays once a period, within its range, and only for time that is settled."""
    lines: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    seen: Counter[tuple[int, int]] = Counter()
    until = {
        row.operation_id: row.until
        for row in rows(connection, "SELECT operation_id, until FROM settlement")
    }
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT n.*, i.category, i.rarity, p.player_id AS owner FROM income n"
        " JOIN player_item p ON p.id = n.player_item_id JOIN item i ON i.id = p.item_id"
        " ORDER BY n.id",
    ):
        revenue, cost = lines[row.operation_id]
        lines[row.operation_id] = (revenue + row.revenue, cost + row.cost)
        seen[row.player_id, row.period] += 1
        what = f"income {row.id} of player {row.player_id}"
        if row.owner != row.player_id or row.category != Category.BUSINESS:
            yield f"{what} is of a thing that is no business of theirs"
            continue
        now = economy.at(row.operation_id)
        if (row.period + 1) * PERIOD > until.get(row.operation_id, 0):
            yield f"{what} is for a period that was not over"
        known = now["gear.revenue"].get(row.rarity)
        if known is None:
            yield f"{what} is of a {row.rarity} business, which there is not"
            continue
        least, most = known
        spread, debuff = now["property.spread"], now["property.debuff"]
        least = least * (100 - spread) * (100 - debuff) // 10_000 // PERIODS_A_DAY
        if not least - 1 <= row.revenue <= most * (100 + spread) // 100 // PERIODS_A_DAY:
            yield f"{what} brought {row.revenue}, which no {row.rarity} business can"
        if row.cost > row.revenue:
            yield f"{what} cost more than it brought"
    for (player, period), number in seen.items():
        if number > 1:
            yield f"player {player} was paid {number} times for the period {period}"
    yield from _compare(connection, HouseAccount.BUSINESS, {o: r for o, (r, _) in lines.items()})
    yield from _compare(
        connection, HouseAccount.OPERATING_COST, {o: c for o, (_, c) in lines.items()}
    )


def check_upkeep(connection: Connection) -> Iterator[str]:
    """Each day's upkeep is due once; it was paid, or ended with the home, or is due still."""
    paid: dict[int, int] = defaultdict(int)
    seen: Counter[tuple[int, int]] = Counter()
    for row in rows(
        connection,
        "SELECT u.*, p.player_id AS owner, p.category, p.status, o.at AS written,"
        " EXISTS (SELECT 1 FROM move m WHERE m.player_item_id = p.id AND m.event = 'evict'"
        " AND m.operation_id = u.ended_by) AS evicted FROM upkeep u"
        " JOIN player_item p ON p.id = u.player_item_id JOIN operation o ON o.id = u.operation_id",
    ):
        seen[row.player_id, row.day] += 1
        what = f"upkeep of player {row.player_id} for day {row.day}"
        if row.owner != row.player_id or row.category != Category.HOUSING:
            yield f"{what} is of a thing that is no home of theirs"
        if row.day * DAY > row.written:
            yield f"{what} was due before that day began"
        if row.state == UpkeepState.PAID:
            paid[row.ended_by] += row.due
        elif row.state == UpkeepState.EVICTED and not row.evicted:
            yield f"{what} ended with an eviction that did not happen"
        elif row.state == UpkeepState.DUE and row.status != "equipped":
            yield f"{what} is due for a home that is {row.status}"
    for (player, day), number in seen.items():
        if number > 1:
            yield f"player {player} was charged {number} times for day {day}"
    yield from _compare(connection, HouseAccount.UPKEEP, paid)


def check_settlements(connection: Connection) -> Iterator[str]:
    """Settled time only grows, and no operation settles what has yet to come."""
    last: dict[int, int] = {}
    for row in rows(
        connection,
        "SELECT s.player_id, s.until, o.at, o.player_id AS whose FROM settlement s"
        " JOIN operation o ON o.id = s.operation_id ORDER BY s.id",
    ):
        if row.until <= last.get(row.player_id, -1):
            yield f"player {row.player_id} was settled until {row.until} again"
        if row.until > row.at:
            yield f"player {row.player_id} was settled until {row.until}, at {row.at}"
        last[row.player_id] = row.until


def _compare(connection: Connection, house: HouseAccount, lines: dict[int, int]) -> Iterator[str]:
    """What moved to or from an account of the house is what the lines sum to."""
    moved: dict[int, int] = defaultdict(int)
    for row in rows(
        connection,
        "SELECT t.operation_id, t.amount FROM transfer t JOIN account a"
        f" ON a.id IN (t.from_account_id, t.to_account_id) WHERE a.house = '{house}'"
        " AND t.currency = 'oranges'",
    ):
        moved[row.operation_id] += row.amount
    for operation in sorted(moved.keys() | lines.keys()):
        if moved[operation] != lines.get(operation, 0):
            yield (
                f"operation {operation} moved {moved[operation]} as {house}, "
                f"its lines say {lines.get(operation, 0)}"
            )
