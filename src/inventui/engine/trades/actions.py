"""Trade operations: propose, counter, accept, decline, take back.

Each is decided and written inside one write transaction, after the time of both sides was caught
up with: time may have ended the trade, or taken a player item of either side.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.people import Person, find_person
from inventui.engine.trades.checks import check_acceptance, check_proposal, named_player_items
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.trades.notify import notify_end, notify_offer
from inventui.engine.trades.state import (
    NewTrade,
    TradeRecord,
    find_trade,
    give_back,
    hand_over,
    other_player,
    other_side,
    write_trade,
)
from inventui.engine.trades.views import ended
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.gifts import check_message
from inventui.rules.trades.trades import (
    TRADE_ENDS,
    Side,
    Terms,
    TradeEvent,
    TradeState,
    check_end,
    check_partner,
    check_terms,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


def terms_of(offer: TradeOffer) -> Terms:
    """How much is given and asked for; a player item that is named twice counts once."""
    return Terms(
        len(set(offer.give)),
        offer.give_oranges,
        len(set(offer.ask)),
        offer.ask_oranges,
        offer.message,
    )


def find_partner(connection: Connection, me: int, name: str) -> Person | Refusal:
    """Whom a trade is to be proposed to, or the refusal: unknown, or the player themselves."""
    found = find_person(connection, me, name)
    if isinstance(found, Refusal):
        return found
    return check_partner(myself=found.id == me) or found


def find_answered(
    world: Context, connection: Connection, me: int, number: int | None
) -> TradeRecord | Refusal | None:
    """The trade that a counter-offer would answer, if any, or why it can't be answered."""
    if number is None:
        return None
    trade = find_trade(connection, me, number)
    if isinstance(trade, Refusal):
        return trade
    mine, row = trade.side_of(me), trade.row
    refusal = check_end(
        mine,
        TradeEvent.COUNTER,
        TradeState(row.state),
        row.until,
        world.clock.now(),
        trade.name(other_side(mine)),
    )
    return refusal or trade


def propose(
    world: Context, me: int, other: str, offer: TradeOffer, draft: Draft
) -> TradeMade | Refusal:
    """Propose a trade, or refuse; what is offered is held from now on."""
    found = check_terms(terms_of(offer)) or find_partner(draft.connection, me, other)
    if isinstance(found, Refusal):
        return found
    draft.settle(found.id)
    return _write(world, me, found.id, found.name, offer, None, draft)


def counter(
    world: Context, me: int, number: int, offer: TradeOffer, draft: Draft
) -> TradeMade | Refusal:
    """Answer a trade with another one, or refuse: the first ends, and its partner proposes."""
    trade = _endable(me, number, TradeEvent.COUNTER, draft)
    if isinstance(trade, Refusal):
        return trade
    refusal = check_terms(terms_of(offer))
    if refusal is not None:
        return refusal
    return _write(world, me, trade.row.proposer_id, trade.row.proposer, offer, trade, draft)


def _write(
    world: Context,
    me: int,
    partner: int,
    partner_name: str,
    offer: TradeOffer,
    answered: TradeRecord | None,
    draft: Draft,
) -> TradeMade | Refusal:
    connection = draft.connection
    give = named_player_items(connection, me, offer.give)
    if isinstance(give, Refusal):
        return give
    ask = named_player_items(connection, partner, offer.ask, partner_name)
    if isinstance(ask, Refusal):
        return ask
    current = purse_of(connection, me).oranges
    refusal = check_proposal(
        world,
        connection,
        me,
        partner,
        partner_name,
        give,
        ask,
        offer.give_oranges,
        current,
        answered,
    )
    if refusal is not None:
        return refusal
    operation = draft.begin()
    if answered is not None:
        give_back(world, operation, answered, TradeState.COUNTERED)
    new = NewTrade(
        proposer=me,
        partner=partner,
        give=[row.id for row in give],
        give_oranges=offer.give_oranges,
        ask=[row.id for row in ask],
        ask_oranges=offer.ask_oranges,
        message=offer.message,
        counter_of=None if answered is None else answered.id,
    )
    number = write_trade(world, operation, new)
    trade = find_trade(connection, me, number)
    assert isinstance(trade, TradeRecord)
    notify_offer(world, operation, trade)
    return TradeMade(
        operation=operation.id,
        trade=number,
        other=partner_name,
        until=trade.row.until,
        balance=purse_of(connection, me).balance,
        counter_of=new.counter_of,
    )


def end(
    world: Context,
    me: int,
    number: int,
    event: TradeEvent,
    answer: str = "",
    key: str | None = None,
) -> TradeEnded | Refusal:
    """Accept, decline or take back a trade as one of its players, with an answer to go with it."""
    refusal = check_message(answer)
    if refusal is not None:
        return refusal
    request = {"trade": number, "answer": answer}
    intent = Intent(f"trade_{event}", request, me, uuid4().hex if key is None else key)
    return perform(world, intent, partial(_end, world, me, number, event, answer), TradeEnded)


def _end(
    world: Context, me: int, number: int, event: TradeEvent, answer: str, draft: Draft
) -> TradeEnded | Refusal:
    """End a trade, or refuse: everything of both sides is exchanged, or what was held goes back."""
    connection = draft.connection
    trade = _endable(me, number, event, draft)
    if isinstance(trade, Refusal):
        return trade
    mine = trade.side_of(me)
    theirs = other_side(mine)
    state = TRADE_ENDS[mine, event]
    purse = purse_of(connection, me)
    oranges = purse.oranges
    received: tuple[int, ...] = ()
    arrived: int | None = None
    if state is TradeState.ACCEPTED:
        refusal = check_acceptance(world, connection, trade, oranges)
        if refusal is not None:
            return refusal
        purses = {mine: purse, theirs: purse_of(connection, trade.player(theirs))}
        operation = draft.begin()
        new = hand_over(world, operation, trade, purses, answer)
        received = tuple(new[mine])
        arrived = next(iter(new[theirs]), None)
        oranges += trade.oranges(theirs) - trade.oranges(mine)
    else:
        operation = draft.begin()
        give_back(world, operation, trade, state, answer)
        oranges += trade.oranges(mine) * (mine is Side.PROPOSER)
    notify_end(world, operation, trade, state, theirs, answer, arrived)
    balance = Balance(oranges, purse.gems)
    return ended(
        world, connection, trade, mine, operation.id, operation.at, state, received, answer, balance
    )


def _endable(me: int, number: int, event: TradeEvent, draft: Draft) -> TradeRecord | Refusal:
    """A trade that a player may end like this, after both sides' time was caught up with."""
    connection = draft.connection
    other = other_player(connection, me, number)
    if other is not None:
        # Time may end the offer, or take a player item of either side.
        draft.settle(other)
    trade = find_trade(connection, me, number)
    if isinstance(trade, Refusal):
        return trade
    row, mine = trade.row, trade.side_of(me)
    refusal = check_end(
        mine,
        event,
        TradeState(row.state),
        row.until,
        draft.at,
        trade.name(other_side(mine)),
    )
    return trade if refusal is None else refusal
