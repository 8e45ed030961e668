"""Counts through a player's life, checked: they are what the journals say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.bazaar import ListingRow
from inventui.db.tables.counters import BroughtRow, CounterRow
from inventui.db.tables.journal import (
    MoveRow,
    OperationRow,
    PlayerItemRow,
    RollRow,
    TransferRow,
    VisitRow,
)
from inventui.db.tables.people import FriendshipRow, GiftRow
from inventui.db.tables.players import AccountRow, SeedPairRow
from inventui.db.tables.property import IncomeRow
from inventui.db.tables.select import maybe, select, value
from inventui.db.tables.streets import ShiftRow
from inventui.db.tables.undo import UndoRow
from inventui.engine.audit.check import rows
from inventui.rules.core.counters import BY_STATUS, Counted, entry_key
from inventui.rules.history import BROUGHT

_Counts = dict[tuple[int, str, int], int]
"""A player, what is counted, and of which entry → how much."""


def check_counters(connection: Connection) -> Iterator[str]:
    """Every count of a player's life is what the lines of its journal come to."""
    due: _Counts = defaultdict(int)
    for count in (_openings, _moves, _statuses, _lines, _friends, _gifts):
        count(connection, due)
    for player, what, entry, number in rows(
        connection,
        select(CounterRow.player_id, CounterRow.what, CounterRow.entry, CounterRow.number),
    ):
        counted = due.pop((player, what, entry), 0)
        if counted != number:
            yield f"player {player} is counted to have {number} {what} ({entry}), not {counted}"
    for (player, what, entry), counted in due.items():
        if counted:
            yield f"player {player} has {counted} {what} ({entry}) uncounted"


def _openings(connection: Connection, due: _Counts) -> None:
    for player, operation_table, entry, number in rows(
        connection,
        select(SeedPairRow.player_id, RollRow.odds_table_id, RollRow.entry, value(func.count()))
        .select_from(RollRow)
        .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
        .where(RollRow.purpose == "case")
        .group_by(col(SeedPairRow.player_id), col(RollRow.odds_table_id), col(RollRow.entry)),
    ):
        due[player, Counted.WON, entry_key(operation_table, entry)] = number
    for player, _, number in rows(
        connection,
        select(SeedPairRow.player_id, RollRow.operation_id, value(func.count()))
        .select_from(RollRow)
        .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
        .where(RollRow.purpose == "case")
        .group_by(col(SeedPairRow.player_id), col(RollRow.operation_id)),
    ):
        due[player, Counted.BATCH, 0] = max(due[player, Counted.BATCH, 0], number)


def _moves(connection: Connection, due: _Counts) -> None:
    for player, event, start, number in rows(
        connection,
        select(PlayerItemRow.player_id, MoveRow.event, MoveRow.from_status, value(func.count()))
        .select_from(MoveRow)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .where(col(MoveRow.event).in_(("sell", "break", "undo")))
        .group_by(col(PlayerItemRow.player_id), col(MoveRow.event), col(MoveRow.from_status)),
    ):
        if event == "break":
            due[player, Counted.GEAR_BROKEN, 0] += number
        elif event == "sell" and start == "owned":
            due[player, Counted.ITEMS_SOLD, 0] += number
        elif event == "undo" and start == "sold":
            due[player, Counted.ITEMS_SOLD, 0] -= number


def _statuses(connection: Connection, due: _Counts) -> None:
    for player, status, item, number in rows(
        connection,
        select(
            PlayerItemRow.player_id,
            PlayerItemRow.status,
            PlayerItemRow.item_id,
            value(func.count()),
        )
        .where(col(PlayerItemRow.status).in_(BY_STATUS))
        .group_by(
            col(PlayerItemRow.player_id), col(PlayerItemRow.status), col(PlayerItemRow.item_id)
        ),
    ):
        due[player, str(status), item] = number


def _lines(connection: Connection, due: _Counts) -> None:
    for player, number, prices, fees in rows(
        connection,
        select(
            ListingRow.seller_id,
            value(func.count()),
            value(func.sum(col(ListingRow.price))),
            value(func.sum(col(ListingRow.fee))),
        )
        .where(ListingRow.state == "sold")
        .group_by(col(ListingRow.seller_id)),
    ):
        due[player, Counted.BAZAAR_SALES, 0] = number
        due[player, Counted.BAZAAR_EARNED, 0] = prices - fees
        due[player, Counted.BAZAAR_FEES, 0] = fees
    for what, player_column in (
        (Counted.SHIFTS, ShiftRow.player_id),
        (Counted.VISITS, VisitRow.host_id),
    ):
        for player, number in rows(
            connection,
            select(player_column, value(func.count())).group_by(col(player_column)),
        ):
            due[player, what, 0] = number
    for player, business, revenue, costs in rows(
        connection,
        select(
            IncomeRow.player_id,
            IncomeRow.player_item_id,
            value(func.sum(col(IncomeRow.revenue))),
            value(func.sum(col(IncomeRow.cost))),
        ).group_by(col(IncomeRow.player_id), col(IncomeRow.player_item_id)),
    ):
        due[player, Counted.REVENUE, business] = revenue
        due[player, Counted.COSTS, business] = costs


def _friends(connection: Connection, due: _Counts) -> None:
    friends: set[tuple[int, int]] = set()
    for low, high, event in rows(
        connection,
        select(FriendshipRow.low_id, FriendshipRow.high_id, FriendshipRow.event).order_by(
            col(FriendshipRow.low_id), col(FriendshipRow.high_id), col(FriendshipRow.number)
        ),
    ):
        if event == "accept":
            friends.add((low, high))
        elif event == "remove":
            friends.discard((low, high))
    for pair in friends:
        for player in pair:
            due[player, Counted.FRIENDS, 0] += 1


def _gifts(connection: Connection, due: _Counts) -> None:
    for side, done in ((GiftRow.giver_id, "given"), (GiftRow.receiver_id, "received")):
        for player, *sums in rows(
            connection,
            select(
                side,
                value(func.count(case((col(UndoRow.id).is_(None), GiftRow.given_id)))),
                value(func.sum(col(GiftRow.oranges))),
                value(func.sum(col(GiftRow.gems))),
            )
            .select_from(GiftRow)
            .outerjoin(UndoRow, col(UndoRow.undone_id) == GiftRow.operation_id)
            .group_by(col(side)),
        ):
            for what, number in zip(("items", "oranges", "gems"), sums, strict=True):
                due[player, Counted(f"{what}_{done}"), 0] = number


def check_brought(connection: Connection) -> Iterator[str]:
    """What the feed knows of an operation's money and player items is what they moved."""
    due: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    payer, payee = aliased(AccountRow), aliased(AccountRow)
    for operation, kind, asked, *players in rows(
        connection,
        select(
            OperationRow.id,
            OperationRow.kind,
            OperationRow.player_id,
            maybe(payer.player_id),
            maybe(payee.player_id),
        )
        .select_from(TransferRow)
        .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
        .outerjoin(payer, col(payer.id) == TransferRow.from_account_id)
        .outerjoin(payee, col(payee.id) == TransferRow.to_account_id)
        .where(col(OperationRow.kind).in_(BROUGHT)),
    ):
        for player in _concerned(kind, asked, players):
            due[player, operation][0] = 1
    for operation, kind, asked, owner in rows(
        connection,
        select(
            OperationRow.id,
            OperationRow.kind,
            OperationRow.player_id,
            maybe(PlayerItemRow.player_id),
        )
        .select_from(MoveRow)
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .where(col(OperationRow.kind).in_(BROUGHT)),
    ):
        for player in _concerned(kind, asked, (owner,)):
            due[player, operation][1] = 1
    for player, operation, kind, of, money, items in rows(
        connection,
        select(
            BroughtRow.player_id,
            BroughtRow.operation_id,
            BroughtRow.kind,
            maybe(OperationRow.kind),
            BroughtRow.money,
            BroughtRow.items,
        ).outerjoin(OperationRow, col(OperationRow.id) == BroughtRow.operation_id),
    ):
        if kind != of or [money, items] != due.pop((player, operation), [0, 0]):
            yield f"operation {operation} brought player {player} something else than is noted"
    for player, operation in due:
        yield f"operation {operation} brought player {player} what is not noted"


def _concerned(kind: str, asked: int | None, owners: Iterable[int | None]) -> set[int]:
    """Who is told of an operation; of a span of time only the player whose it is."""
    players = {asked} if kind == "settle" else {asked, *owners}
    return {player for player in players if player is not None}
