"""Neighbours' answers to offers: weighed by their nature, given as operations of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.settings import neighbours_away
from inventui.engine.trades.actions import end
from inventui.engine.trades.checks import check_acceptance
from inventui.engine.trades.models import TradeEnded, TradeOffer
from inventui.engine.trades.state import TradeRecord, deal_of
from inventui.engine.trades.views import ended_for
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.npc.valuation import (
    Nature,
    OfferVerdict,
    ValuedItem,
    away_words,
    cannot_words,
    weigh,
)
from inventui.rules.trades.trades import Side, TradeEvent

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player


_DETAILS = Statement("SELECT details FROM neighbour WHERE player_id = :player AND active", str)


class _PriceRow(NamedTuple):
    price_oranges: int
    price_gems: int


_PRICES = Statement("SELECT price_oranges, price_gems FROM item WHERE id = :item", _PriceRow)
_UNANSWERED = Statement(
    "SELECT t.id FROM trade t JOIN neighbour n ON n.player_id = t.partner_id AND n.active"
    " WHERE t.proposer_id = :me AND t.state = 'open' AND t.until > :at ORDER BY t.id",
    int,
)


class NeighbourReplies:
    """Answers `engine.trades.trades.Replies`: what neighbours say to a player's offers."""

    def __init__(self, handle: Player) -> None:
        """Answer the player of `handle`."""
        self._handle = handle

    def waiting(self) -> None:
        """Let neighbours answer what they have not yet: they were away, or a program died."""
        answer_waiting(self._handle)

    def at_once(self, number: int) -> TradeEnded | None:
        """Let the neighbour who was offered a trade answer it; see `answer_at_once`."""
        return answer_at_once(self._handle, number)

    def mood(
        self,
        connection: Connection,
        other: Any,
        give: Sequence[Any],
        ask: Sequence[Any],
        offer: TradeOffer,
        answered: TradeRecord | None,
    ) -> str:
        """What a neighbour would say to an offer that can be made, and may answer its own."""
        handle = self._handle
        return mood_of(handle.world, connection, handle.id, other, give, ask, offer, answered)


def answer_waiting(handle: Player) -> None:
    """Let neighbours answer what they have not yet: they were away, or a program died."""
    world = handle.world
    asked = {"me": handle.id, "at": world.clock.now()}
    with world.store.read() as connection:
        waiting = connection.execute(_UNANSWERED, asked).all()
    for number in waiting:
        answer_at_once(handle, number)


def answer_at_once(handle: Player, number: int) -> TradeEnded | None:
    """Let the neighbour who was offered a trade accept or decline it, if one was.

    Returns:
        How it ended, as its proposer sees it; None where a person has yet to answer, or
        where the neighbours are away.
    """
    world, me = handle.world, handle.id
    with world.store.read() as connection:
        deal = deal_of(connection, me, number)
        if isinstance(deal, Refusal) or not deal.is_neighbour(Side.PARTNER):
            return None
        ended = ended_for(world, connection, me, deal)
        nature = _nature(connection, deal.player(Side.PARTNER))
        if ended is not None or nature is None:
            return ended
        verdict = _verdict(world, connection, nature, deal)
    _answer(world, deal, verdict)
    with world.store.read() as connection:
        after = deal_of(connection, me, number)
        return None if isinstance(after, Refusal) else ended_for(world, connection, me, after)


def _answer(world: Context, deal: TradeRecord, verdict: OfferVerdict) -> None:
    neighbour, words = deal.player(Side.PARTNER), verdict.words
    if verdict.yes:
        accepted = end(world, neighbour, deal.id, TradeEvent.ACCEPT, words)
        if not isinstance(accepted, Refusal):
            return
        words = cannot_words(accepted)
    # Where somebody ended it meanwhile, that is refused, and nothing is left to answer.
    end(world, neighbour, deal.id, TradeEvent.DECLINE, words)


def mood_of(
    world: Context,
    connection: Connection,
    me: int,
    other: Any,
    give: Sequence[Any],
    ask: Sequence[Any],
    offer: TradeOffer,
    answered: TradeRecord | None,
) -> str:
    """What a neighbour would say to an offer that can be made, and may answer its own."""
    nature = _nature(connection, other.id)
    if nature is None:
        return away_words(other.name)
    row = SimpleNamespace(
        proposer_id=me,
        partner_id=other.id,
        proposer="",
        proposer_oranges=offer.give_oranges,
        partner_oranges=offer.ask_oranges,
    )
    deal = TradeRecord(row, {Side.PROPOSER: give, Side.PARTNER: ask})
    return _verdict(world, connection, nature, deal, answered).words


def _verdict(
    world: Context,
    connection: Connection,
    nature: Nature,
    deal: TradeRecord,
    answered: TradeRecord | None = None,
) -> OfferVerdict:
    oranges = purse_of(connection, deal.player(Side.PARTNER)).oranges
    if answered is not None:
        oranges += answered.oranges(Side.PROPOSER)
    refusal = check_acceptance(world, connection, deal, oranges, answered)
    if refusal is not None:
        return OfferVerdict(False, cannot_words(refusal), 0)
    return weigh(
        nature,
        _pieces(world, connection, deal.player_items[Side.PROPOSER]),
        deal.oranges(Side.PROPOSER),
        _pieces(world, connection, deal.player_items[Side.PARTNER]),
        deal.oranges(Side.PARTNER),
    )


def _nature(connection: Connection, player: int) -> Nature | None:
    """What a neighbour is like; None for one that answers nobody."""
    row = connection.execute(_DETAILS, {"player": player}).first()
    if row is None or neighbours_away(connection):
        return None
    details = json.loads(row)
    return Nature(
        taste=frozenset(map(Category, details.get("taste", ()))),
        favourite=Rarity(details.get("favourite_rarity", Rarity.COMMON)),
        generosity=int(details.get("generosity", 0)),
    )


def _pieces(world: Context, connection: Connection, rows: Sequence[Any]) -> list[ValuedItem]:
    pieces = []
    for row in rows:
        item = world.catalogue.item(connection, row.item_id)
        price = connection.execute(_PRICES, {"item": item.id}).one()
        pieces.append(
            ValuedItem(
                item.category, item.rarity, item.value, price.price_oranges, price.price_gems
            )
        )
    return pieces
