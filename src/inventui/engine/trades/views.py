"""Trades as their two players see them: sides, pages, and how one ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.models import Balance
from inventui.engine.inventory.pages import line_of
from inventui.engine.trades.checks import check_acceptance
from inventui.engine.trades.models import TradeEnded, TradePage, TradeSide, TradeView
from inventui.engine.trades.notify import names_of
from inventui.engine.trades.state import DEAL, TradeRecord, other_side, with_player_items
from inventui.rules.trades.trades import Side, TradeState, state_at

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

MOST_ON_A_PAGE = 1_000

_OF = "SELECT id FROM trade WHERE {side}_id = :me AND id < :before ORDER BY id DESC LIMIT :limit"
_OPEN = "SELECT id FROM trade WHERE {side}_id = :me AND state = 'open' AND until > :at"


class _PageRow(NamedTuple):
    id: int
    operation_id: int
    proposer_id: int
    partner_id: int
    proposer_oranges: int
    partner_oranges: int
    message: str
    at: int
    until: int
    state: str
    answer: str
    ended_by: int | None
    counter_of: int | None
    proposer: str
    partner: str
    proposer_neighbour: int
    partner_neighbour: int


_PAGE = Statement(
    "{deal} WHERE t.id IN (SELECT * FROM ({proposer})"
    " UNION ALL SELECT * FROM ({partner})) ORDER BY t.id DESC LIMIT :limit",
    _PageRow,
    deal=DEAL,
    proposer=_OF.format(side="proposer"),
    partner=_OF.format(side="partner"),
)


_OPEN_PAGE = Statement(
    "{deal} WHERE t.id < :before AND t.id IN ({proposer}"
    " UNION ALL {partner}) ORDER BY t.id DESC LIMIT :limit",
    _PageRow,
    deal=DEAL,
    proposer=_OPEN.format(side="proposer"),
    partner=_OPEN.format(side="partner"),
)
_WAITING = Statement(
    "SELECT count(*) FROM trade WHERE partner_id = :me AND state = 'open' AND until > :at", int
)
_AT = Statement("SELECT at FROM operation WHERE id = :operation", int)


_RECEIVED = Statement(
    "SELECT n.id FROM trade_thing h JOIN player_item n ON n.origin_id = h.player_item_id"
    " WHERE h.trade_id = :trade AND h.side = :side ORDER BY h.id",
    int,
)


def side_of(
    world: Context,
    connection: Connection,
    name: str,
    neighbour: bool,
    player_items: Sequence[Any],
    oranges: int,
) -> TradeSide:
    """What one side gives, with what it comes to."""
    catalogue = world.catalogue
    lines = tuple(line_of(row, catalogue.item(connection, row.item_id)) for row in player_items)
    return TradeSide(name, neighbour, lines, oranges, oranges + sum(line.value for line in lines))


def view_of(
    world: Context, connection: Connection, me: int, deal: TradeRecord, now: int
) -> TradeView:
    """An offer as one of its players sees it at a time."""
    row, mine = deal.row, deal.side_of(me)
    state = state_at(TradeState(row.state), row.until, now)
    sides = {
        side: side_of(
            world,
            connection,
            deal.name(side),
            deal.is_neighbour(side),
            deal.player_items[side],
            deal.oranges(side),
        )
        for side in Side
    }
    ended_at = None
    if row.ended_by is not None:
        ended_at = int(connection.execute(_AT, {"operation": row.ended_by}).one())
    elif state is TradeState.EXPIRED:
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
            check_acceptance(world, connection, deal, purse_of(connection, me).oranges)
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
        view_of(world, connection, me, with_player_items(connection, row), now)
        for row in rows[:limit]
    )
    return TradePage(views, views[-1].id if len(rows) > limit else None)


def waiting_for(connection: Connection, me: int, now: int) -> int:
    """How many offers wait for a player's answer."""
    return int(connection.execute(_WAITING, {"me": me, "at": now}).one())


def ended_for(
    world: Context, connection: Connection, me: int, deal: TradeRecord
) -> TradeEnded | None:
    """How an offer ended, as one of its players sees it; None while it is open."""
    row, mine = deal.row, deal.side_of(me)
    state = TradeState(row.state)
    if state is TradeState.OPEN:
        return None
    theirs = other_side(mine)
    received: tuple[int, ...] = ()
    if state is TradeState.ACCEPTED:
        found = connection.execute(_RECEIVED, {"trade": deal.id, "side": str(theirs)})
        received = tuple(found)
    at = int(connection.execute(_AT, {"operation": row.ended_by}).one())
    return ended(
        world,
        connection,
        deal,
        mine,
        int(row.ended_by),
        at,
        state,
        received,
        str(row.answer),
        purse_of(connection, me).balance,
    )


def ended(
    world: Context,
    connection: Connection,
    deal: TradeRecord,
    mine: Side,
    operation: int,
    at: int,
    state: TradeState,
    received: tuple[int, ...],
    answer: str,
    balance: Balance,
) -> TradeEnded:
    """The outcome of an end; nothing went over unless it was accepted."""
    theirs = other_side(mine)
    over = state is TradeState.ACCEPTED
    return TradeEnded(
        operation=operation,
        trade=deal.id,
        state=state,
        other=deal.name(theirs),
        received=received,
        got=names_of(world, connection, deal.player_items[theirs]) if over else (),
        gave=names_of(world, connection, deal.player_items[mine]) if over else (),
        got_oranges=deal.oranges(theirs) if over else 0,
        gave_oranges=deal.oranges(mine) if over else 0,
        answer=answer,
        balance=balance,
        at=at,
    )
