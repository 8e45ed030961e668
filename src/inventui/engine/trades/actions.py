"""Deeds of a trade: offering, answering with another offer, ending, decided and written."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from inventui.db.statements import Connection
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.people import find_person
from inventui.engine.trades.checks import check_acceptance, check_proposal, named_player_items
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.trades.notify import tell_of_end, tell_of_offer
from inventui.engine.trades.state import (
    NewDeal,
    TradeRecord,
    across,
    deal_of,
    give_back,
    hand_over,
    other_side,
    write_deal,
)
from inventui.engine.trades.views import ended
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.people import check_message
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
    """How much an offer is about; a player item that is named twice counts once."""
    return Terms(
        len(set(offer.give)),
        offer.give_oranges,
        len(set(offer.ask)),
        offer.ask_oranges,
        offer.message,
    )


def partner_of(connection: Connection, me: int, name: str) -> Any:
    """The row of whom an offer is to go to, or why it can't."""
    found = find_person(connection, me, name)
    if isinstance(found, Refusal):
        return found
    return check_partner(myself=found.id == me) or found


def answered_with(
    world: Context, connection: Connection, me: int, number: int | None
) -> TradeRecord | Refusal | None:
    """The offer that another one would answer, if any; what it holds comes back with that."""
    if number is None:
        return None
    deal = deal_of(connection, me, number)
    if isinstance(deal, Refusal):
        return deal
    mine, row = deal.side_of(me), deal.row
    refusal = check_end(
        mine,
        TradeEvent.COUNTER,
        TradeState(row.state),
        row.until,
        world.clock.now(),
        deal.name(other_side(mine)),
    )
    return refusal or deal


def propose(
    world: Context, me: int, other: str, offer: TradeOffer, draft: Draft
) -> TradeMade | Refusal:
    """Decide an offer, and hold what is offered."""
    found = check_terms(terms_of(offer)) or partner_of(draft.connection, me, other)
    if isinstance(found, Refusal):
        return found
    draft.settle(found.id)
    return _write(world, me, found, offer, None, draft)


def counter(
    world: Context, me: int, number: int, offer: TradeOffer, draft: Draft
) -> TradeMade | Refusal:
    """Decide a counter-offer: the offer that it answers ends, and the roles are turned."""
    deal = _deal(me, number, TradeEvent.COUNTER, draft)
    if isinstance(deal, Refusal):
        return deal
    refusal = check_terms(terms_of(offer))
    if refusal is not None:
        return refusal
    other = SimpleNamespace(id=deal.row.proposer_id, name=deal.row.proposer)
    return _write(world, me, other, offer, deal, draft)


def _write(
    world: Context,
    me: int,
    other: Any,
    offer: TradeOffer,
    answered: TradeRecord | None,
    draft: Draft,
) -> TradeMade | Refusal:
    connection = draft.connection
    give = named_player_items(connection, me, offer.give)
    if isinstance(give, Refusal):
        return give
    ask = named_player_items(connection, other.id, offer.ask, other.name)
    if isinstance(ask, Refusal):
        return ask
    current = purse_of(connection, me).oranges
    refusal = check_proposal(
        world, connection, me, other, give, ask, offer.give_oranges, current, answered
    )
    if refusal is not None:
        return refusal
    operation = draft.begin()
    if answered is not None:
        give_back(world, operation, answered, TradeState.COUNTERED)
    new = NewDeal(
        proposer=me,
        partner=other.id,
        give=[row.id for row in give],
        give_oranges=offer.give_oranges,
        ask=[row.id for row in ask],
        ask_oranges=offer.ask_oranges,
        message=offer.message,
        counter_of=None if answered is None else answered.id,
    )
    number = write_deal(world, operation, new)
    deal = deal_of(connection, me, number)
    assert isinstance(deal, TradeRecord)
    tell_of_offer(world, operation, deal)
    return TradeMade(
        operation=operation.id,
        trade=number,
        other=other.name,
        until=deal.row.until,
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
    """End an offer as one of its players, with words to go with it."""
    refusal = check_message(answer)
    if refusal is not None:
        return refusal
    request = {"trade": number, "answer": answer}
    intent = Intent(f"trade_{event}", request, me, uuid4().hex if key is None else key)
    return perform(world, intent, partial(_end, world, me, number, event, answer), TradeEnded)


def _end(
    world: Context, me: int, number: int, event: TradeEvent, answer: str, draft: Draft
) -> TradeEnded | Refusal:
    """Decide the end of an offer: everything goes over, or what was held goes back."""
    connection = draft.connection
    deal = _deal(me, number, event, draft)
    if isinstance(deal, Refusal):
        return deal
    mine = deal.side_of(me)
    theirs = other_side(mine)
    state = TRADE_ENDS[mine, event]
    purse = purse_of(connection, me)
    oranges = purse.oranges
    received: tuple[int, ...] = ()
    arrived: int | None = None
    if state is TradeState.ACCEPTED:
        refusal = check_acceptance(world, connection, deal, oranges)
        if refusal is not None:
            return refusal
        purses = {mine: purse, theirs: purse_of(connection, deal.player(theirs))}
        operation = draft.begin()
        new = hand_over(world, operation, deal, purses, answer)
        received = tuple(new[mine])
        arrived = next(iter(new[theirs]), None)
        oranges += deal.oranges(theirs) - deal.oranges(mine)
    else:
        operation = draft.begin()
        give_back(world, operation, deal, state, answer)
        oranges += deal.oranges(mine) * (mine is Side.PROPOSER)
    tell_of_end(world, operation, deal, state, theirs, answer, arrived)
    balance = Balance(oranges, purse.gems)
    return ended(
        world, connection, deal, mine, operation.id, operation.at, state, received, answer, balance
    )


def _deal(me: int, number: int, event: TradeEvent, draft: Draft) -> TradeRecord | Refusal:
    """An offer that a player may end like this, with both sides' time made up for."""
    connection = draft.connection
    other = across(connection, me, number)
    if other is not None:
        # Time may end the offer, or take a player item of either side.
        draft.settle(other)
    deal = deal_of(connection, me, number)
    if isinstance(deal, Refusal):
        return deal
    row, mine = deal.row, deal.side_of(me)
    refusal = check_end(
        mine,
        event,
        TradeState(row.state),
        row.until,
        draft.at,
        deal.name(other_side(mine)),
    )
    return deal if refusal is None else refusal
