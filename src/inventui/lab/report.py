"""The economy of a world, as its ledger tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.store import Store
from inventui.db.tables.bazaar import ListingRow
from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import HoldingRow, MoveRow, OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.players import AccountRow, PlayerRow
from inventui.db.tables.select import select, value
from inventui.db.tables.streets import NeighbourRow
from inventui.lab.economy import gini, tier_names
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, to_iso
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.money import FAUCETS, HOLDS, Currency
from inventui.rules.core.ranks import RANKS


@dataclass(frozen=True, slots=True)
class DayFlows:
    """What came into the world and left it on a day, by kind; `day` is its date."""

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
    """After how many hours in the world players reached a tier: how many, and the middle one."""

    tier: str
    players: int
    hours: float


@dataclass(frozen=True, slots=True)
class EconomyReport:
    """The economy of a world.

    Attributes:
        days: what came in and went out, the oldest day first.
        gems: the same of gems.
        supply: oranges of all players and neighbours, with what trades hold.
        gini: of what persons have, oranges and the value of their items.
        wealth: the same at the end of each of the days, by what items are worth now.
        purses: that of oranges alone.
        reconciles: whether faucets less sinks are the supply, and all accounts sum to zero.
        prices: of the bazaar.
        tiers: how long ranks took, and businesses by rarity.
    """

    days: tuple[DayFlows, ...]
    gems: tuple[DayFlows, ...]
    supply: int
    gini: float
    wealth: tuple[float, ...]
    purses: tuple[float, ...]
    reconciles: bool
    prices: tuple[PriceDay, ...]
    tiers: tuple[TierHours, ...]


def report(store: Store) -> EconomyReport:
    """Read the economy of a world from its ledger."""
    with store.select() as connection:
        flows = _flows(connection, Currency.ORANGES)
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
        persons = set(_persons(connection))
        dates = [day.day for day in flows]
        earned, got = _oranges_by_day(connection), _items_by_day(connection)
        return EconomyReport(
            days=flows,
            gems=_flows(connection, Currency.GEMS),
            supply=supply,
            gini=gini(_wealth(connection)),
            wealth=_gini_by_day(dates, persons, [*earned, *got]),
            purses=_gini_by_day(dates, persons, earned),
            reconciles=came == supply and sum(held.values()) == 0,
            prices=_prices(connection),
            tiers=_tiers(connection),
        )


def date_of(day: int) -> str:
    """The date of a day that is numbered since 1970."""
    return to_iso(day * DAY)[:10]


def _flows(connection: Connection, currency: Currency) -> tuple[DayFlows, ...]:
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
        .where(TransferRow.currency == currency)
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


Change = tuple[str, int, int]
"""A date, a player's number, and by how many oranges something of theirs changed on it."""


def _gini_by_day(
    dates: Sequence[str], persons: Collection[int], changes: Iterable[Change]
) -> tuple[float, ...]:
    """The Gini coefficient of these persons at the end of each of these days."""
    changed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for date, player, amount in changes:
        if player in persons:
            changed[date].append((player, amount))
    held: dict[int, int] = {}
    found = []
    for date in dates:
        for player, amount in changed[date]:
            held[player] = held.get(player, 0) + amount
        found.append(gini(list(held.values())))
    return tuple(found)


def _oranges_by_day(connection: Connection) -> list[Change]:
    """What went into purses and out of them."""
    day = col(OperationRow.at) // DAY
    found: list[Change] = []
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
        found += [(date_of(int(on)), int(who or 0), sign * int(sum_)) for on, who, sum_ in lines]
    return found


def _items_by_day(connection: Connection) -> list[Change]:
    """What the player items are worth that came to players and left them."""
    day = col(OperationRow.at) // DAY
    came, went = (
        case((col(status).in_(list(HELD)), ItemRow.value), else_=0)
        for status in (MoveRow.to_status, MoveRow.from_status)
    )
    lines = connection.execute(
        select(value(day.label("day")), PlayerItemRow.player_id, value(func.sum(came - went)))
        .select_from(MoveRow)
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .group_by(day, col(PlayerItemRow.player_id))
    )
    return [(date_of(int(on)), who, int(sum_)) for on, who, sum_ in lines]


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
    """How long ranks took, and the first business of each rarity."""
    times: dict[str, list[int]] = {}
    for name, least in RANKS[1:]:
        reached = connection.execute(
            select(value(func.min(OperationRow.at) - col(PlayerRow.created_at)))
            .select_from(TransferRow)
            .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
            .join(AccountRow, col(AccountRow.id) == TransferRow.to_account_id)
            .join(PlayerRow, col(PlayerRow.id) == AccountRow.player_id)
            .where(TransferRow.currency == Currency.EXPERIENCE, TransferRow.to_balance >= least)
            .group_by(col(PlayerRow.id), col(PlayerRow.created_at))
        )
        times[name] = [int(time) for (time,) in reached]
    persons = set(_persons(connection))
    run = connection.execute(
        select(
            ItemRow.rarity,
            PlayerRow.id,
            value(func.min(OperationRow.at) - col(PlayerRow.created_at)),
        )
        .select_from(MoveRow)
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .join(PlayerRow, col(PlayerRow.id) == PlayerItemRow.player_id)
        .where(ItemRow.category == Category.BUSINESS, MoveRow.to_status == Status.EQUIPPED)
        .group_by(ItemRow.rarity, col(PlayerRow.id), col(PlayerRow.created_at))
    )
    for rarity, player, time in run:
        if player in persons:
            times.setdefault(f"{rarity} business", []).append(int(time))
    return tuple(
        TierHours(tier, len(times[tier]), sorted(times[tier])[len(times[tier]) // 2] / HOUR)
        for tier in tier_names()
        if times.get(tier)
    )
