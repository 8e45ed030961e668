"""Trades: player items and oranges of one player against those of another.

A trade is `open` from the moment it is proposed until it ends, once and for ever: its partner
accepts, declines or counters it, its proposer takes it back, or it expires after 48 h
(`rules.trades.trades.TRADE_ENDS` is the whole table; a pair that is not in it is refused). A
counter-offer is a trade of its own, proposed by the partner of the one that it ends. What must
hold:

- What the proposer gives is held while the trade is open: player items as `offered`, oranges in
  the house's `trade_hold`; nobody can use either meanwhile, and each end but accepting gives all
  of it back (`tests/engine/test_trade_holds.py`, `test_trade_ends.py`).
- What they ask for is not held: its player has agreed to nothing yet. So accepting
  checks everything again, and may be refused while the trade stays open
  (`test_what_became_of_the_asked_thing_is_named_and_the_offer_stands`).
- Accepting moves everything of both sides in one operation, or nothing
  (`test_a_trade_happens_whole_or_not_at_all_wherever_the_machine_breaks`).
- A trade ends at its time however late anybody looks: catching up with the proposer's time ends
  it, and both sides' time is caught up with before either ends it
  (`test_an_offer_that_ran_out_ended_at_its_time_however_late_one_looks`).
- A neighbour answers in an operation of its own, after the proposal is committed: a program that
  dies in between leaves an open trade, which is answered at the next look.

`actions` holds the operations, `state` what they write, `checks` what they ask of the rules,
`views` the read models. Neighbours are above the rooms, so their answers are handed in
(`Replies`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from inventui.engine.core.context import Look
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Intent, perform
from inventui.engine.core.people import find_person
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, StackLine
from inventui.engine.inventory.pages import InventoryPages
from inventui.engine.inventory.stacks import ItemStacks
from inventui.engine.people.friends import Friends
from inventui.engine.people.models import FriendLine
from inventui.engine.trades import actions
from inventui.engine.trades.checks import check_proposal, named_player_items
from inventui.engine.trades.models import (
    TradeEnded,
    TradeMade,
    TradeOffer,
    TradePage,
    TradeQuote,
    TradeView,
)
from inventui.engine.trades.state import TradeRecord, find_trade
from inventui.engine.trades.views import page_of, side_of, view_of, waiting_for
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.players import name_key, normal_name
from inventui.rules.trades.trades import TradeEvent, check_terms

if TYPE_CHECKING:
    from inventui.db.statements import Connection
    from inventui.engine.core.catalogue_item import CatalogueItem
    from inventui.engine.core.context import Player
    from inventui.engine.core.operation import Draft
    from inventui.engine.core.people import Person
    from inventui.engine.inventory.player_items import ListedColumns

PAGE = 50


class Replies(Protocol):
    """What neighbours answer to the trades that a player proposes."""

    def at_once(self, number: int) -> TradeEnded | None:
        """Let a trade's partner answer it, if it is a neighbour; None if it is still open."""

    def mood(
        self,
        connection: Connection,
        neighbour: Person,
        give: Sequence[ListedColumns],
        ask: Sequence[ListedColumns],
        offer: TradeOffer,
        answered: TradeRecord | None,
    ) -> str:
        """What a neighbour would say to a trade that is not proposed yet."""


class Trades:
    """One player's trades."""

    def __init__(self, handle: Player, replies: Replies) -> None:
        """Act for the player of `handle`, to whom neighbours reply."""
        self._handle = handle
        self._world = handle.world
        self._replies = replies

    def partners(self) -> tuple[FriendLine, ...]:
        """Everybody with whom one may trade, friends first."""
        return Friends(self._handle).list()

    def quote(
        self, other: str, offer: TradeOffer, answers: int | None = None
    ) -> TradeQuote | Refusal:
        """What a trade would come to; nothing is changed.

        Args:
            other: the partner's name.
            offer: what for what.
            answers: the number of the trade that it would answer; what that holds comes back
                first.

        Returns:
            A refusal if there is no such partner, player item or trade; any other refusal stands
            in the quote.
        """
        world, me = self._world, self._handle.id
        world.before_look(Look.NEIGHBOURS)
        with world.store.read() as connection:
            found = actions.find_partner(connection, me, other)
            if isinstance(found, Refusal):
                return found
            give = named_player_items(connection, me, offer.give)
            ask = named_player_items(connection, found.id, offer.ask, found.name)
            if isinstance(give, Refusal):
                return give
            if isinstance(ask, Refusal):
                return ask
            answered = actions.find_answered(world, connection, me, answers)
            if isinstance(answered, Refusal):
                return answered
            refusal = check_terms(actions.terms_of(offer)) or check_proposal(
                world,
                connection,
                me,
                found.id,
                found.name,
                give,
                ask,
                offer.give_oranges,
                purse_of(connection, me).oranges,
                answered,
            )
            mood = ""
            if found.neighbour and refusal is None:
                mood = self._replies.mood(connection, found, give, ask, offer, answered)
            return TradeQuote(
                side_of(world, connection, self._handle.name, False, give, offer.give_oranges),
                side_of(
                    world, connection, found.name, bool(found.neighbour), ask, offer.ask_oranges
                ),
                refusal,
                mood,
            )

    def propose(self, other: str, offer: TradeOffer, key: str | None = None) -> TradeMade | Refusal:
        """Propose a trade to another player; what is offered is held until it ends."""
        self._world.before_look(Look.NEIGHBOURS, wait=True)
        request = {"player": name_key(normal_name(other)), **_request(offer)}
        return self._make(
            Intent("trade", request, self._handle.id, _key(key)),
            partial(actions.propose, self._world, self._handle.id, other, offer),
        )

    def counter(
        self, trade_id: int, offer: TradeOffer, key: str | None = None
    ) -> TradeMade | Refusal:
        """Answer a trade with another one: the first ends, and its proposer is the new partner."""
        request = {"trade": trade_id, **_request(offer)}
        return self._make(
            Intent("trade_counter", request, self._handle.id, _key(key)),
            partial(actions.counter, self._world, self._handle.id, trade_id, offer),
        )

    def accept(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Accept a trade: everything of both sides is exchanged, or nothing is."""
        return self.end(trade_id, TradeEvent.ACCEPT, key)

    def decline(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Decline a trade; its proposer has everything back."""
        return self.end(trade_id, TradeEvent.DECLINE, key)

    def take_back(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Take a trade back that the player proposed, with everything that it held."""
        return self.end(trade_id, TradeEvent.TAKE_BACK, key)

    def end(
        self, trade_id: int, event: TradeEvent, key: str | None = None, answer: str = ""
    ) -> TradeEnded | Refusal:
        """Accept, decline or take back a trade, with an answer to go with it."""
        return actions.end(self._world, self._handle.id, trade_id, event, answer, key)

    def list(
        self, open_only: bool = False, before: int | None = None, limit: int = PAGE
    ) -> TradePage:
        """The trades that the player proposed or was proposed, the newest first."""
        self._world.before_look(Look.TRADES, self._handle)
        now = self._world.clock.now()
        with self._world.store.read() as connection:
            return page_of(
                self._world,
                connection,
                self._handle.id,
                now,
                open_only=open_only,
                before=before,
                limit=limit,
            )

    def view(self, trade_id: int) -> TradeView | Refusal:
        """One of the player's trades."""
        now = self._world.clock.now()
        with self._world.store.read() as connection:
            trade = find_trade(connection, self._handle.id, trade_id)
            if isinstance(trade, Refusal):
                return trade
            return view_of(self._world, connection, self._handle.id, trade, now)

    def waiting(self) -> int:
        """How many open trades wait for the player's answer."""
        now = self._world.clock.now()
        with self._world.store.read() as connection:
            return waiting_for(connection, self._handle.id, now)

    def wares(
        self, other: str, query: InventoryQuery, after: int | None = None, limit: int = PAGE
    ) -> InventoryPage | Refusal:
        """A page of somebody's wares, the player items that may go into a trade; also one's own."""
        pages = self._wares(other)
        return pages if isinstance(pages, Refusal) else pages.page(query, after, limit)

    def wares_stacks(self, other: str, query: InventoryQuery) -> tuple[StackLine, ...] | Refusal:
        """All of somebody's wares, equal ones as one line with its oldest pieces."""
        found = self._owner(other)
        if isinstance(found, Refusal):
            return found
        return ItemStacks(self._world, found.id, _is_ware).lines(query, oldest=True)

    def _owner(self, other: str) -> Person | Refusal:
        self._world.before_look(Look.NEIGHBOURS)
        with self._world.store.read() as connection:
            return find_person(connection, self._handle.id, other)

    def _wares(self, other: str) -> InventoryPages | Refusal:
        found = self._owner(other)
        if isinstance(found, Refusal):
            return found
        return InventoryPages(self._world, found.id, free=_is_ware)

    def _make(
        self, intent: Intent, decide: Callable[[Draft], TradeMade | Refusal]
    ) -> TradeMade | Refusal:
        made = perform(self._world, intent, decide, TradeMade)
        if isinstance(made, Refusal):
            return made
        return replace(made, answer=self._replies.at_once(made.trade))


def _is_ware(item: CatalogueItem) -> bool:
    return not item.is_default


def _key(key: str | None) -> str:
    return uuid4().hex if key is None else key


def _request(offer: TradeOffer) -> Mapping[str, object]:
    return {
        "give": list(offer.give),
        "give_oranges": offer.give_oranges,
        "ask": list(offer.ask),
        "ask_oranges": offer.ask_oranges,
        "message": offer.message,
    }
