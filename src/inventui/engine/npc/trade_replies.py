"""Neighbours' answers to trades: decided by `rules.npc.valuation`, each an operation of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.prices import shop_price
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.settings import neighbours_away
from inventui.engine.trades.actions import end
from inventui.engine.trades.checks import check_acceptance
from inventui.engine.trades.models import TradeEnded, TradeOffer
from inventui.engine.trades.state import StoredTrade, TradeRecord, find_trade
from inventui.engine.trades.trades import Trades
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
from inventui.rules.trades.trades import DURATION, Side, TradeEvent, TradeState

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player
    from inventui.engine.core.people import Person
    from inventui.engine.inventory.player_items import ListedColumns

_DETAILS = Statement("SELECT details FROM neighbour WHERE player_id = :player AND active = 1", str)
_UNANSWERED = Statement(
    "SELECT t.id FROM trade t JOIN neighbour n ON n.player_id = t.partner_id AND n.active = 1"
    " WHERE t.proposer_id = :me AND t.state = 'open' AND t.until > :at ORDER BY t.id",
    int,
)


def trades(handle: Player) -> Trades:
    """What a player trades, where neighbours answer."""
    return Trades(handle, NeighbourReplies(handle))


class NeighbourReplies:
    """Answers `engine.trades.trades.Replies`: what neighbours say to a player's offers."""

    def __init__(self, handle: Player) -> None:
        """Answer the player of `handle`."""
        self._handle = handle

    def at_once(self, number: int) -> TradeEnded | None:
        """Let a trade's partner answer it, if it is a neighbour; see `answer_at_once`."""
        return answer_at_once(self._handle, number)

    def mood(
        self,
        connection: Connection,
        neighbour: Person,
        give: Sequence[ListedColumns],
        ask: Sequence[ListedColumns],
        offer: TradeOffer,
        answered: TradeRecord | None,
    ) -> str:
        """What a neighbour would say to a trade that is not proposed yet; see `mood_of`."""
        handle = self._handle
        return mood_of(handle, connection, neighbour, give, ask, offer, answered)


def answer_waiting(handle: Player) -> None:
    """Let neighbours answer the player's trades that still wait for them.

    There are some if the neighbours were away, or if a program died after a proposal.
    """
    world = handle.world
    asked = {"me": handle.id, "at": world.clock.now()}
    with world.store.read() as connection:
        waiting = connection.execute(_UNANSWERED, asked).all()
    for number in waiting:
        answer_at_once(handle, number)


def answer_at_once(handle: Player, number: int) -> TradeEnded | None:
    """Let a trade's partner accept or decline it, if it is a neighbour.

    Returns:
        How it ended, as its proposer sees it; None if its partner is a person, or if the
        neighbours are away.
    """
    world, me = handle.world, handle.id
    with world.store.read() as connection:
        trade = find_trade(connection, me, number)
        if isinstance(trade, Refusal) or not trade.is_neighbour(Side.PARTNER):
            return None
        ended = ended_for(world, connection, me, trade)
        nature = _nature(connection, trade.player(Side.PARTNER))
        if ended is not None or nature is None:
            return ended
        verdict = _verdict(world, connection, nature, trade)
    _answer(world, trade, verdict)
    with world.store.read() as connection:
        after = find_trade(connection, me, number)
        return None if isinstance(after, Refusal) else ended_for(world, connection, me, after)


def _answer(world: Context, trade: TradeRecord, verdict: OfferVerdict) -> None:
    neighbour, words = trade.player(Side.PARTNER), verdict.words
    if verdict.yes:
        accepted = end(world, neighbour, trade.id, TradeEvent.ACCEPT, words)
        if not isinstance(accepted, Refusal):
            return
        words = cannot_words(accepted)
    # Where somebody ended it meanwhile, that is refused, and nothing is left to answer.
    end(world, neighbour, trade.id, TradeEvent.DECLINE, words)


def mood_of(
    handle: Player,
    connection: Connection,
    neighbour: Person,
    give: Sequence[ListedColumns],
    ask: Sequence[ListedColumns],
    offer: TradeOffer,
    answered: TradeRecord | None,
) -> str:
    """What a neighbour would say to a trade that could be proposed.

    Args:
        handle: who would propose it.
        connection: reads.
        neighbour: who would answer it.
        give: what would be given.
        ask: what would be asked for.
        offer: the same by numbers, with the oranges.
        answered: the neighbour's own trade that would end with it, if any.
    """
    world, now = handle.world, handle.world.clock.now()
    nature = _nature(connection, neighbour.id)
    if nature is None:
        return away_words(neighbour.name)
    # As it would be written, but for its number.
    row = StoredTrade(
        id=0,
        proposer_id=handle.id,
        partner_id=neighbour.id,
        proposer_oranges=offer.give_oranges,
        partner_oranges=offer.ask_oranges,
        message=offer.message,
        at=now,
        until=now + DURATION,
        state=TradeState.OPEN,
        answer="",
        ended_by=None,
        counter_of=None if answered is None else answered.id,
        proposer=handle.name,
        partner=neighbour.name,
        proposer_neighbour=0,
        partner_neighbour=1,
    )
    trade = TradeRecord(row, {Side.PROPOSER: give, Side.PARTNER: ask})
    return _verdict(world, connection, nature, trade, answered).words


def _verdict(
    world: Context,
    connection: Connection,
    nature: Nature,
    trade: TradeRecord,
    answered: TradeRecord | None = None,
) -> OfferVerdict:
    oranges = purse_of(connection, trade.player(Side.PARTNER)).oranges
    if answered is not None:
        oranges += answered.oranges(Side.PROPOSER)
    refusal = check_acceptance(world, connection, trade, oranges, answered)
    if refusal is not None:
        return OfferVerdict(False, cannot_words(refusal), 0)
    return weigh(
        nature,
        _pieces(world, connection, trade.player_items[Side.PROPOSER]),
        trade.oranges(Side.PROPOSER),
        _pieces(world, connection, trade.player_items[Side.PARTNER]),
        trade.oranges(Side.PARTNER),
    )


def _nature(connection: Connection, player: int) -> Nature | None:
    """What a neighbour is like; None if it is no neighbour of this pack, or away."""
    row = connection.execute(_DETAILS, {"player": player}).first()
    if row is None or neighbours_away(connection):
        return None
    details = json.loads(row)
    return Nature(
        taste=frozenset(map(Category, details.get("taste", ()))),
        favourite=Rarity(details.get("favourite_rarity", Rarity.COMMON)),
        generosity=int(details.get("generosity", 0)),
    )


def _pieces(
    world: Context, connection: Connection, rows: Sequence[ListedColumns]
) -> list[ValuedItem]:
    items = [world.catalogue.item(connection, row.item_id) for row in rows]
    return [
        ValuedItem(item.category, item.rarity, item.value, *shop_price(connection, item))
        for item in items
    ]
