"""The economy of a world, as its ledger tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.store import Store
from inventui.db.tables.bazaar import ListingRow
from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import HoldingRow, OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.players import AccountRow, PlayerRow
from inventui.db.tables.select import select, value
from inventui.db.tables.streets import NeighbourRow
from inventui.lab.economy import gini
from inventui.rules.core.clock import DAY, HOUR, to_iso
from inventui.rules.core.money import FAUCETS, HOLDS, Currency
from inventui.rules.core.ranks import RANKS


@dataclass(frozen=True, slots=True)
class DayFlows:
    """Oranges that came into the world and left it on a day, by kind; `day` is its date."""

    day: str
    faucets: dict[str, int]
    sinks: dict[str, int]


@dataclass(frozen=True, slots=True)
class PriceDay:
    """What the bazaar's sales of a day cost, in percent of the worth of what was sold."""

    day: str
    sales: int
    index: float


@dataclass(frozen=True, slots=True)
class TierHours:
    """After how many hours in the world players reached a rank: how many, and the middle one."""

    tier: str
    players: int
    hours: float


@dataclass(frozen=True, slots=True)
class EconomyReport:
    """The economy of a world.

    Attributes:
        days: what came in and went out, the oldest day first.
        supply: oranges of all players and neighbours, with what trades hold.
        gini: of what persons have, oranges and the value of their items.
        purses: the same of oranges alone, at the end of each of the days.
        reconciles: whether faucets less sinks are the supply, and all accounts sum to zero.
        prices: of the bazaar.
        tiers: how long ranks took.
    """

    days: tuple[DayFlows, ...]
    supply: int
    gini: float
    purses: tuple[float, ...]
    reconciles: bool
    prices: tuple[PriceDay, ...]
    tiers: tuple[TierHours, ...]


def report(store: Store) -> EconomyReport:
    """Read the economy of a world from its ledger."""
    with store.select() as connection:
        flows = _flows(connection)
        balances = [
            *connection.execute(
                select(AccountRow.house, value(func.sum(AccountRow.balance)))
                .where(AccountRow.currency == Currency.ORANGES)
                .group_by(col(AccountRow.house))
            )
        ]
        held = {house: int(total) for house, total in balances}
        supply = sum(oranges for house, oranges in held.items() if house is None or house in HOLDS)
        came = sum(sum(day.faucets.values()) - sum(day.sinks.values()) for day in flows)
        return EconomyReport(
            days=flows,
            supply=supply,
            gini=gini(_wealth(connection)),
            purses=_purses(connection, [day.day for day in flows]),
            reconciles=came == supply and sum(held.values()) == 0,
            prices=_prices(connection),
            tiers=_tiers(connection),
        )


def date_of(day: int) -> str:
    """The date of a day that is numbered since 1970."""
    return to_iso(day * DAY)[:10]


def _flows(connection: Connection) -> tuple[DayFlows, ...]:
    payer, payee = aliased(AccountRow), aliased(AccountRow)
    day = col(OperationRow.at) // DAY
    lines = connection.execute(
        select(
            value(day.label("day")),
            payer.house,
            payee.house,
            value(func.sum(TransferRow.amount)),
        )
        .select_from(TransferRow)
        .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
        .join(payer, col(payer.id) == TransferRow.from_account_id)
        .join(payee, col(payee.id) == TransferRow.to_account_id)
        .where(TransferRow.currency == Currency.ORANGES)
        .group_by(day, col(payer.house), col(payee.house))
    )
    days: dict[int, tuple[dict[str, int], dict[str, int]]] = defaultdict(lambda: ({}, {}))
    for on, of, to, amount in lines:
        faucets, sinks = days[int(on)]
        if of is not None and of in FAUCETS:
            faucets[of] = faucets.get(of, 0) + int(amount)
        # What a sink pays back, as an undo does, is less that it took.
        elif of is not None and of not in HOLDS:
            sinks[of] = sinks.get(of, 0) - int(amount)
        if to is not None and to in FAUCETS:
            faucets[to] = faucets.get(to, 0) - int(amount)
        elif to is not None and to not in HOLDS:
            sinks[to] = sinks.get(to, 0) + int(amount)
    return tuple(DayFlows(date_of(on), *days[on]) for on in sorted(days))


def _persons(connection: Connection) -> list[int]:
    """Everybody but neighbours."""
    persons = (
        select(PlayerRow.id)
        .join(NeighbourRow, col(NeighbourRow.player_id) == PlayerRow.id, isouter=True)
        .where(col(NeighbourRow.id).is_(None))
    )
    return [player for (player,) in connection.execute(persons)]


def _purses(connection: Connection, days: Sequence[str]) -> tuple[float, ...]:
    """The Gini coefficient of the persons' oranges at the end of each of these days."""
    persons = set(_persons(connection))
    gained: dict[str, list[tuple[int, int]]] = defaultdict(list)
    day = col(OperationRow.at) // DAY
    for account, sign in ((TransferRow.to_account_id, 1), (TransferRow.from_account_id, -1)):
        lines = connection.execute(
            select(
                value(day.label("day")), AccountRow.player_id, value(func.sum(TransferRow.amount))
            )
            .select_from(TransferRow)
            .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
            .join(AccountRow, col(AccountRow.id) == account)
            .where(TransferRow.currency == Currency.ORANGES, col(AccountRow.player_id).is_not(None))
            .group_by(day, col(AccountRow.player_id))
        )
        for on, player, amount in lines:
            if player is not None and player in persons:
                gained[date_of(int(on))].append((player, sign * int(amount)))
    purses: dict[int, int] = {}
    found = []
    for date in days:
        for player, amount in gained[date]:
            purses[player] = purses.get(player, 0) + amount
        found.append(gini(list(purses.values())))
    return tuple(found)


def _wealth(connection: Connection) -> list[int]:
    """What each person has."""
    wealth = dict.fromkeys(_persons(connection), 0)
    oranges = select(AccountRow.player_id, AccountRow.balance).where(
        AccountRow.currency == Currency.ORANGES
    )
    items = (
        select(HoldingRow.player_id, value(func.sum(HoldingRow.held * ItemRow.value)))
        .join(ItemRow, col(ItemRow.id) == HoldingRow.item_id)
        .group_by(col(HoldingRow.player_id))
    )
    for statement in (oranges, items):
        for player, worth in connection.execute(statement):
            if player in wealth:
                wealth[player] += int(worth)
    return list(wealth.values())


def _prices(connection: Connection) -> tuple[PriceDay, ...]:
    day = col(OperationRow.at) // DAY
    worth = case(
        (col(ItemRow.value) > col(ItemRow.price_oranges), ItemRow.value),
        else_=ItemRow.price_oranges,
    )
    sales = connection.execute(
        select(
            value(day.label("day")),
            value(func.count()),
            value(func.sum(ListingRow.price)),
            value(func.sum(worth)),
        )
        .select_from(ListingRow)
        .join(OperationRow, col(OperationRow.id) == ListingRow.ended_by)
        .join(PlayerItemRow, col(PlayerItemRow.id) == ListingRow.player_item_id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(ListingRow.state == "sold")
        .group_by(day)
        .order_by(day)
    )
    return tuple(
        PriceDay(date_of(int(on)), int(count), 100 * int(paid) / int(worth))
        for on, count, paid, worth in sales
        if worth
    )


def _tiers(connection: Connection) -> tuple[TierHours, ...]:
    found = []
    for name, least in RANKS[1:]:
        reached = connection.execute(
            select(
                value(func.min(OperationRow.at) - col(PlayerRow.created_at)),
            )
            .select_from(TransferRow)
            .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
            .join(AccountRow, col(AccountRow.id) == TransferRow.to_account_id)
            .join(PlayerRow, col(PlayerRow.id) == AccountRow.player_id)
            .where(TransferRow.currency == Currency.EXPERIENCE, TransferRow.to_balance >= least)
            .group_by(col(PlayerRow.id), col(PlayerRow.created_at))
        )
        times = sorted(int(time) for (time,) in reached)
        if times:
            found.append(TierHours(name, len(times), times[len(times) // 2] / HOUR))
    return tuple(found)
