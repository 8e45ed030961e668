"""Read models of trades: a side, a trade as one of its players sees it, a page, an end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.models import Balance
from inventui.engine.inventory.player_items import ListedColumns, line_of
from inventui.engine.trades.checks import check_acceptance
from inventui.engine.trades.models import TradeEnded, TradePage, TradeSide, TradeView
from inventui.engine.trades.notify import names_of
from inventui.engine.trades.state import TRADES, StoredTrade, TradeRecord, other_side, record_of
from inventui.rules.trades.trades import Side, TradeState, state_at

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

MOST_ON_A_PAGE = 1_000

_OF = "SELECT id FROM trade WHERE {side}_id = :me AND id < :before ORDER BY id DESC LIMIT :limit"
_OPEN = "SELECT id FROM trade WHERE {side}_id = :me AND state = 'open' AND until > :at"


# One subquery a side, for each has an index of its own in the order of the page.
_PAGE = Statement(
    "{trades} WHERE t.id IN (SELECT * FROM ({proposer}) mine"
    " UNION ALL SELECT * FROM ({partner}) theirs) ORDER BY t.id DESC LIMIT :limit",
    StoredTrade,
    trades=TRADES,
    proposer=_OF.format(side="proposer"),
    partner=_OF.format(side="partner"),
)
_OPEN_PAGE = Statement(
    "{trades} WHERE t.id < :before AND t.id IN ({proposer}"
    " UNION ALL {partner}) ORDER BY t.id DESC LIMIT :limit",
    StoredTrade,
    trades=TRADES,
    proposer=_OPEN.format(side="proposer"),
    partner=_OPEN.format(side="partner"),
)
_WAITING = Statement(
    "SELECT count(*) FROM trade WHERE partner_id = :me AND state = 'open' AND until > :at", int
)
_AT = Statement("SELECT at FROM operation WHERE id = :operation", int)
_RECEIVED = Statement(
    "SELECT n.id FROM trade_thing h JOIN player_item n ON n.origin_id = h.player_item_id"
    " AND n.status <> 'returned'"
    " WHERE h.trade_id = :trade AND h.side = :side ORDER BY h.id",
    int,
)


def side_of(
    world: Context,
    connection: Connection,
    name: str,
    neighbour: bool,
    player_items: Sequence[ListedColumns],
    oranges: int,
) -> TradeSide:
    """What one side gives, with the value of all of it."""
    catalogue = world.catalogue
    lines = tuple(line_of(row, catalogue.item(connection, row.item_id)) for row in player_items)
    return TradeSide(name, neighbour, lines, oranges, oranges + sum(line.value for line in lines))


def view_of(
    world: Context, connection: Connection, me: int, trade: TradeRecord, now: int
) -> TradeView:
    """A trade as one of its players sees it at a time."""
    row, mine = trade.row, trade.side_of(me)
    state = state_at(TradeState(row.state), row.until, now)
    sides = {
        side: side_of(
            world,
            connection,
            trade.name(side),
            trade.is_neighbour(side),
            trade.player_items[side],
            trade.oranges(side),
        )
        for side in Side
    }
    ended_at = None
    if row.ended_by is not None:
        ended_at = connection.execute(_AT, {"operation": row.ended_by}).one()
    elif state is TradeState.EXPIRED:
        # Its proposer's time has not been caught up with yet; it ended all the same.
        ended_at = row.until
    waits = state is TradeState.OPEN and mine is Side.PARTNER
    return TradeView(
        id=row.id,
        state=state,
        mine=mine is Side.PROPOSER,
        give=sides[mine],
        get=sides[other_side(mine)],
        message=row.message,
        answer=row.answer,
        at=row.at,
        until=row.until,
        ended_at=ended_at,
        counter_of=row.counter_of,
        refusal=(
            check_acceptance(world, connection, trade, purse_of(connection, me).oranges)
            if waits
            else None
        ),
    )


def page_of(
    world: Context,
    connection: Connection,
    me: int,
    now: int,
    *,
    open_only: bool,
    before: int | None,
    limit: int,
) -> TradePage:
    """A player's trades, the newest first."""
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    bound = 2**63 - 1 if before is None else max(0, min(before, 2**63 - 1))
    asked = {"me": me, "before": bound, "limit": limit + 1}
    if open_only:
        rows = connection.execute(_OPEN_PAGE, {**asked, "at": now}).all()
    else:
        rows = connection.execute(_PAGE, asked).all()
    views = tuple(
        view_of(world, connection, me, record_of(connection, row), now) for row in rows[:limit]
    )
    return TradePage(views, views[-1].id if len(rows) > limit else None)


def waiting_for(connection: Connection, me: int, now: int) -> int:
    """How many open trades wait for a player's answer."""
    return connection.execute(_WAITING, {"me": me, "at": now}).one()


def ended_for(
    world: Context, connection: Connection, me: int, trade: TradeRecord
) -> TradeEnded | None:
    """How a trade ended, as one of its players sees it; None while it is open."""
    row, mine = trade.row, trade.side_of(me)
    state = TradeState(row.state)
    if row.ended_by is None:
        return None
    theirs = other_side(mine)
    received: tuple[int, ...] = ()
    if state is TradeState.ACCEPTED:
        found = connection.execute(_RECEIVED, {"trade": trade.id, "side": str(theirs)})
        received = tuple(found)
    at = connection.execute(_AT, {"operation": row.ended_by}).one()
    return ended(
        world,
        connection,
        trade,
        mine,
        row.ended_by,
        at,
        state,
        received,
        row.answer,
        purse_of(connection, me).balance,
    )


def ended(
    world: Context,
    connection: Connection,
    trade: TradeRecord,
    mine: Side,
    operation: int,
    at: int,
    state: TradeState,
    received: tuple[int, ...],
    answer: str,
    balance: Balance,
) -> TradeEnded:
    """The outcome of ending a trade; nothing was exchanged unless it was accepted."""
    theirs = other_side(mine)
    over = state is TradeState.ACCEPTED
    return TradeEnded(
        operation=operation,
        trade=trade.id,
        state=state,
        other=trade.name(theirs),
        received=received,
        got=names_of(world, connection, trade.player_items[theirs]) if over else (),
        gave=names_of(world, connection, trade.player_items[mine]) if over else (),
        got_oranges=trade.oranges(theirs) if over else 0,
        gave_oranges=trade.oranges(mine) if over else 0,
        answer=answer,
        balance=balance,
        at=at,
    )
