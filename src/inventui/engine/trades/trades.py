"""Trades: offers between two players, and their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Intent, perform
from inventui.engine.core.people import find_person
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine
from inventui.engine.inventory.pages import InventoryPages
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
from inventui.engine.trades.state import TradeRecord, deal_of
from inventui.engine.trades.views import page_of, side_of, view_of, waiting_for
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.players import name_key, normal_name
from inventui.rules.trades.trades import TradeEvent, check_terms

if TYPE_CHECKING:
    from inventui.db.statements import Connection
    from inventui.engine.core.context import Player

PAGE = 50


class Replies(Protocol):
    """What neighbours answer; they are above the rooms, and handed in."""

    def waiting(self) -> None:
        """Let neighbours answer what they have not yet."""

    def at_once(self, number: int) -> TradeEnded | None:
        """Let the neighbour who was offered a trade answer; None where none has answered."""

    def mood(
        self,
        connection: Connection,
        other: Any,
        give: Sequence[Any],
        ask: Sequence[Any],
        offer: TradeOffer,
        answered: TradeRecord | None,
    ) -> str:
        """What a neighbour would say to an offer."""


class Trades:
    """What one player trades."""

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
        """What an offer would come to; nothing is changed.

        A refusal where there is no such player or player item, else it stands in the quote.

        Args:
            other: whom it would go to.
            offer: what for what.
            answers: number of the offer that it would answer, whose player items come back first.
        """
        world, me = self._world, self._handle.id
        world.hooks.move_in(world)
        with world.store.read() as connection:
            found = actions.partner_of(connection, me, other)
            if isinstance(found, Refusal):
                return found
            give = named_player_items(connection, me, offer.give)
            ask = named_player_items(connection, found.id, offer.ask, found.name)
            if isinstance(give, Refusal):
                return give
            if isinstance(ask, Refusal):
                return ask
            answered = actions.answered_with(world, connection, me, answers)
            if isinstance(answered, Refusal):
                return answered
            refusal = check_terms(actions.terms_of(offer)) or check_proposal(
                world,
                connection,
                me,
                found,
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
        """Offer another player a trade; what is offered is held until it ends."""
        self._world.hooks.move_in(self._world)
        request = {"player": name_key(normal_name(other)), **_request(offer)}
        return self._make(
            Intent("trade", request, self._handle.id, _key(key)),
            partial(actions.propose, self._world, self._handle.id, other, offer),
        )

    def counter(
        self, trade_id: int, offer: TradeOffer, key: str | None = None
    ) -> TradeMade | Refusal:
        """Answer an offer with another one: the first ends, and the other side is asked."""
        request = {"trade": trade_id, **_request(offer)}
        return self._make(
            Intent("trade_counter", request, self._handle.id, _key(key)),
            partial(actions.counter, self._world, self._handle.id, trade_id, offer),
        )

    def accept(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Accept an offer: everything of both sides goes over, or nothing does."""
        return self.end(trade_id, TradeEvent.ACCEPT, key)

    def decline(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Decline an offer; its proposer has everything back."""
        return self.end(trade_id, TradeEvent.DECLINE, key)

    def take_back(self, trade_id: int, key: str | None = None) -> TradeEnded | Refusal:
        """Take one's own offer back, with everything that it held."""
        return self.end(trade_id, TradeEvent.TAKE_BACK, key)

    def end(
        self, trade_id: int, event: TradeEvent, key: str | None = None, answer: str = ""
    ) -> TradeEnded | Refusal:
        """End an offer by accepting, declining or taking it back, with words to go with it."""
        return actions.end(self._world, self._handle.id, trade_id, event, answer, key)

    def list(
        self, open_only: bool = False, before: int | None = None, limit: int = PAGE
    ) -> TradePage:
        """The player's trades, made and got, the newest first."""
        self._world.hooks.visit_bazaar(self._world)
        self._replies.waiting()
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
            deal = deal_of(connection, self._handle.id, trade_id)
            if isinstance(deal, Refusal):
                return deal
            return view_of(self._world, connection, self._handle.id, deal, now)

    def waiting(self) -> int:
        """How many offers wait for the player's answer."""
        now = self._world.clock.now()
        with self._world.store.read() as connection:
            return waiting_for(connection, self._handle.id, now)

    def wares(
        self, other: str, query: InventoryQuery, after: int | None = None, limit: int = PAGE
    ) -> InventoryPage | Refusal:
        """What of somebody's player items may go into a trade; one's own by one's own name."""
        pages = self._wares(other)
        return pages if isinstance(pages, Refusal) else pages.page(query, after, limit)

    def wares_count(self, other: str, query: InventoryQuery) -> int | Refusal:
        """How many of somebody's wares match."""
        pages = self._wares(other)
        return pages if isinstance(pages, Refusal) else pages.count(query)

    def wares_window(
        self,
        other: str,
        query: InventoryQuery,
        start: int,
        limit: int,
        anchor: tuple[int, int] | None = None,
    ) -> tuple[ItemLine, ...] | Refusal:
        """Somebody's wares from place `start` on; a known (place, id) near it is quicker."""
        pages = self._wares(other)
        return pages if isinstance(pages, Refusal) else pages.window(query, start, limit, anchor)

    def wares_matching(
        self, other: str, query: InventoryQuery, among: Iterable[int]
    ) -> frozenset[int] | Refusal:
        """Which of these numbers are wares of somebody's that the query shows."""
        pages = self._wares(other)
        return pages if isinstance(pages, Refusal) else pages.matching(query, among)

    def _wares(self, other: str) -> InventoryPages | Refusal:
        self._world.hooks.move_in(self._world)
        with self._world.store.read() as connection:
            found = find_person(connection, self._handle.id, other)
        if isinstance(found, Refusal):
            return found
        return InventoryPages(self._world, found.id, free=lambda item: not item.is_default)

    def _make(self, intent: Intent, decide: Any) -> TradeMade | Refusal:
        made = perform(self._world, intent, decide, TradeMade)
        if isinstance(made, Refusal):
            return made
        return replace(made, answer=self._replies.at_once(made.trade))


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
