"""Trades and what is held for them, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.players import AccountRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.trades import TradeItemRow, TradeRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    PAYEE,
    PAYER,
    begun_at,
    begun_by,
    columns_of,
    payments,
    records,
    rows,
    set_backs,
)

_MINE, _THEIRS = "proposer", "partner"
_ENDED_BY = {
    "accepted": ("trade_accept", _THEIRS),
    "declined": ("trade_decline", _THEIRS),
    "countered": ("trade_counter", _THEIRS),
    "taken_back": ("trade_take_back", _MINE),
}

_Moves = Mapping[tuple[int | None, int | None], set[str]]
"""What happened to a player item in an operation."""


_NEXT = aliased(PlayerItemRow)


class _Item(NamedTuple):
    trade_id: int = TradeItemRow.trade_id
    operation_id: int = TradeItemRow.operation_id
    side: str = TradeItemRow.side
    id: int | None = maybe(PlayerItemRow.id)
    player_id: int | None = maybe(PlayerItemRow.player_id)
    status: str | None = PlayerItemRow.status
    next_owner: int | None = maybe(_NEXT.player_id)
    next_acquisition: str | None = maybe(_NEXT.acquisition)
    handed_on_by: int | None = begun_by(_NEXT.id)


_ITEMS = (
    columns_of(_Item)
    .select_from(TradeItemRow)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == TradeItemRow.player_item_id)
    .outerjoin(
        _NEXT,
        and_(
            col(_NEXT.origin_id) == PlayerItemRow.id,
            col(_NEXT.status).is_distinct_from("returned"),
        ),
    )
    .order_by(col(TradeItemRow.id))
)


_END = aliased(OperationRow)
_COUNTERED = aliased(TradeRow)


class _Trade(NamedTuple):
    id: int = TradeRow.id
    operation_id: int = TradeRow.operation_id
    proposer_id: int = TradeRow.proposer_id
    partner_id: int = TradeRow.partner_id
    proposer_oranges: int = TradeRow.proposer_oranges
    partner_oranges: int = TradeRow.partner_oranges
    at: int = TradeRow.at
    until: int = TradeRow.until
    state: str = TradeRow.state
    ended_by: int | None = TradeRow.ended_by
    counter_of: int | None = TradeRow.counter_of
    written: int | None = maybe(OperationRow.at)
    ended_at: int | None = maybe(_END.at)
    ended_player: int | None = _END.player_id
    ended_kind: str | None = maybe(_END.kind)
    was_proposer: int | None = maybe(_COUNTERED.proposer_id)
    was_partner: int | None = maybe(_COUNTERED.partner_id)
    was: str | None = maybe(_COUNTERED.state)
    was_ended: int | None = _COUNTERED.ended_by


_TRADES = (
    columns_of(_Trade)
    .select_from(TradeRow)
    .outerjoin(OperationRow, col(OperationRow.id) == TradeRow.operation_id)
    .outerjoin(_END, col(_END.id) == TradeRow.ended_by)
    .outerjoin(_COUNTERED, col(_COUNTERED.id) == TradeRow.counter_of)
    .order_by(col(TradeRow.id))
)


def check_trades(connection: Connection) -> Iterator[str]:
    """What is offered is held; an end moves everything, or gives everything back."""
    player_items: dict[tuple[int, str], list[_Item]] = defaultdict(list)
    for player_item in records(connection, _Item, _ITEMS):
        player_items[player_item.trade_id, player_item.side].append(player_item)
    moves: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    for moved, operation, event in rows(
        connection,
        select(MoveRow.player_item_id, MoveRow.operation_id, MoveRow.event).where(
            col(MoveRow.event).in_(("offer", "take_back", "trade"))
        ),
    ):
        moves[moved, operation].add(event)
    held: Counter[int | None] = Counter()
    traded: Counter[int | None] = Counter()
    economy, backs = economy_of(connection), set_backs(connection)
    for trade in records(connection, _Trade, _TRADES):
        what = f"trade {trade.id}"
        mine, theirs = player_items[trade.id, _MINE], player_items[trade.id, _THEIRS]
        numbers = economy.at(trade.operation_id)
        begun = begun_at(backs, trade.operation_id, trade.written, trade.ended_by)
        if (trade.at, trade.until) != (begun, trade.at + numbers["trades.duration"]):
            yield f"{what} is not of the moment of its operation, or not for its time"
        yield from _check_offer(what, trade, mine, theirs, moves, numbers)
        yield from _check_counter(what, trade)
        if trade.state == "open":
            held.update(player_item.id for player_item in mine)
        elif trade.state == "accepted":
            traded.update(player_item.id for player_item in (*mine, *theirs))
            yield from _check_swap(what, trade, mine, theirs, moves)
        else:
            for player_item in mine:
                if "take_back" not in moves[player_item.id, trade.ended_by]:
                    yield f"{what} is {trade.state}, but thing {player_item.id} was not given back"
        yield from _check_end(what, trade)
    yield from _check_held(connection, held, traded)


def _check_offer(
    what: str,
    trade: _Trade,
    mine: list[_Item],
    theirs: list[_Item],
    moves: _Moves,
    numbers: Mapping[str, Any],
) -> Iterator[str]:
    """An offer names player items of both sides, and holds the proposer's."""
    if trade.proposer_id == trade.partner_id:
        yield f"{what} is with oneself"
    for player_items, oranges in ((mine, trade.proposer_oranges), (theirs, trade.partner_oranges)):
        if (
            len(player_items) > numbers["trades.most_things"]
            or not (player_items or oranges)
            or oranges < 0
        ):
            yield f"{what} has {len(player_items)} things and {oranges} oranges on one side"
    for player_items, owner in ((mine, trade.proposer_id), (theirs, trade.partner_id)):
        for player_item in player_items:
            offered = (player_item.player_id, player_item.operation_id)
            if offered != (owner, trade.operation_id):
                yield f"{what} names thing {player_item.id}, which was not of its side"
    for player_item in mine:
        if "offer" not in moves[player_item.id, trade.operation_id]:
            yield f"{what} does not hold thing {player_item.id}"


def _check_counter(what: str, trade: _Trade) -> Iterator[str]:
    """A counter-offer turns the roles of the one that it ended."""
    if trade.counter_of is None:
        return
    turned = (trade.was_proposer, trade.was_partner, trade.was, trade.was_ended)
    if turned != (trade.partner_id, trade.proposer_id, "countered", trade.operation_id):
        yield f"{what} does not answer trade {trade.counter_of}"


def _check_swap(
    what: str, trade: _Trade, mine: list[_Item], theirs: list[_Item], moves: _Moves
) -> Iterator[str]:
    """Every player item of both sides went over, by the operation that accepted."""
    for player_items, owner in ((mine, trade.partner_id), (theirs, trade.proposer_id)):
        for player_item in player_items:
            went = (
                player_item.status,
                player_item.next_owner,
                player_item.next_acquisition,
                player_item.handed_on_by,
            )
            if went != ("traded", owner, "trade", trade.ended_by):
                yield f"{what} was accepted, but thing {player_item.id} did not go over"
            if "trade" not in moves[player_item.id, trade.ended_by]:
                yield (
                    f"{what} was accepted by another operation than moved thing {player_item.id}"
                )


def _check_end(what: str, trade: _Trade) -> Iterator[str]:
    """An end is its player's to make, and within its time."""
    if trade.state == "open":
        return
    ended_at = trade.ended_at or 0
    if trade.state == "expired":
        if ended_at < trade.until:
            yield f"{what} ended before its time"
        return
    kind, side = _ENDED_BY[trade.state]
    who = trade.proposer_id if side == _MINE else trade.partner_id
    if (trade.ended_player, trade.ended_kind) != (who, kind):
        yield f"{what} is {trade.state} by player {trade.ended_player}, by {trade.ended_kind}"
    if trade.state == "accepted" and ended_at >= trade.until:
        yield f"{what} was accepted after its time"


def _check_held(
    connection: Connection, held: Counter[int | None], traded: Counter[int | None]
) -> Iterator[str]:
    """Each offered player item is held by one open trade, each traded one went with one."""
    for status, known in (("offered", held), ("traded", traded)):
        found = {
            player_item
            for (player_item,) in rows(
                connection, select(PlayerItemRow.id).where(PlayerItemRow.status == status)
            )
        }
        for player_item in found | known.keys():
            if (player_item in found, known[player_item]) != (True, 1):
                yield f"thing {player_item} is {status} in {known[player_item]} trades"
    origin = aliased(PlayerItemRow)
    for (player_item,) in rows(
        connection,
        select(PlayerItemRow.id)
        .outerjoin(origin, col(origin.id) == PlayerItemRow.origin_id)
        .where(
            PlayerItemRow.acquisition == "trade",
            col(origin.status).is_distinct_from("traded"),
        ),
    ):
        yield f"thing {player_item} is said to be traded, but comes from no trade"


def check_holds(connection: Connection) -> Iterator[str]:
    """What the house holds is what open trades offer; it is paid back, or on, when they end."""
    due: dict[tuple[int | None, str, int | None], int] = defaultdict(int)
    total = 0
    for operation, end, state, proposer, partner, oranges in rows(
        connection,
        select(
            TradeRow.operation_id,
            TradeRow.ended_by,
            TradeRow.state,
            TradeRow.proposer_id,
            TradeRow.partner_id,
            TradeRow.proposer_oranges,
        ).where(col(TradeRow.proposer_oranges) > 0),
    ):
        due[operation, "in", proposer] += oranges
        if state == "open":
            total += oranges
        else:
            due[end, "out", partner if state == "accepted" else proposer] += oranges
    moved: dict[tuple[int | None, str, int | None], int] = defaultdict(int)
    for line in payments(
        connection, or_(col(PAYER.house) == "trade_hold", col(PAYEE.house) == "trade_hold")
    ):
        side = "in" if line.payee is None else "out"
        player = line.payer if line.payee is None else line.payee
        moved[line.operation_id, side, player] += line.amount
    for place in due.keys() | moved.keys():
        if due[place] != moved[place]:
            operation_id, side, player = place
            yield (
                f"operation {operation_id}: {due[place]} oranges of player {player} were to go "
                f"{side}, {moved[place]} did"
            )
    for currency, balance in rows(
        connection,
        select(AccountRow.currency, AccountRow.balance).where(AccountRow.house == "trade_hold"),
    ):
        if balance != (total if currency == "oranges" else 0):
            yield f"the house holds {balance} {currency} for trades, {total} oranges are due"


def check_trade_money(connection: Connection) -> Iterator[str]:
    """What a partner paid is what the accepted trade asked for."""
    due: Counter[tuple[int | None, int | None, int | None]] = Counter()
    for end, partner, proposer, oranges in rows(
        connection,
        select(
            TradeRow.ended_by, TradeRow.partner_id, TradeRow.proposer_id, TradeRow.partner_oranges
        ).where(TradeRow.state == "accepted", col(TradeRow.partner_oranges) > 0),
    ):
        due[end, partner, proposer] += oranges
    moved: Counter[tuple[int | None, int | None, int | None]] = Counter()
    for line in payments(
        connection,
        TransferRow.kind == "trade",
        col(PAYER.player_id).is_not(None),
        col(PAYEE.player_id).is_not(None),
    ):
        moved[line.operation_id, line.payer, line.payee] += line.amount
    for place in due.keys() | moved.keys():
        if due[place] != moved[place]:
            operation, payer, payee = place
            yield (
                f"operation {operation}: player {payer} owed player {payee} {due[place]} oranges "
                f"for a trade, {moved[place]} moved"
            )
