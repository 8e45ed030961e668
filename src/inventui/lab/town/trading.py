"""Trades of a town: offers, what they hold, and how they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from inventui.content.pack import PackNeighbour
from inventui.lab.town.people import OpenTrade, Piece, Townsman
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency, can_pay
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.npc.valuation import Nature, weigh
from inventui.rules.trades.checks import (
    Party,
    Pledge,
    check_give,
    check_owned,
    check_room,
)
from inventui.rules.trades.trades import DURATION, Terms, check_terms


def write_trade(
    town: Town,
    proposer: Townsman,
    partner: Townsman,
    give: tuple[Piece, ...],
    give_oranges: int,
    ask: tuple[Piece, ...],
    ask_oranges: int,
) -> OpenTrade:
    """Propose a trade in the operation under way: what it gives is held from now on."""
    for piece in give:
        piece.status, piece.since = Status.OFFERED, town.at
    if give_oranges:
        town.hold(proposer, give_oranges)
    number, until = town.next_number("trade"), town.at + DURATION
    trade = OpenTrade(number, proposer, partner, give, give_oranges, ask, ask_oranges, until)
    proposer.proposed[number] = trade
    return trade


def expire_trades(town: Town, proposer: Townsman) -> None:
    """Give back what the trades hold that nobody answered in time."""
    for trade in [one for one in proposer.proposed.values() if one.until <= town.at]:
        give_back(town, trade)


def give_back(town: Town, trade: OpenTrade) -> None:
    """End a trade in the operation under way, without an exchange."""
    del trade.proposer.proposed[trade.id]
    for piece in trade.give:
        piece.status, piece.since = Status.OWNED, town.at
    if trade.give_oranges:
        town.hold(trade.proposer, -trade.give_oranges)


def waiting_trades(town: Town, me: Townsman) -> list[OpenTrade]:
    """The trades that wait for somebody's answer, the one that ends first before the others."""
    found = (
        trade
        for person in town.people.values()
        for trade in person.proposed.values()
        if trade.partner is me and trade.until > town.at
    )
    return sorted(found, key=lambda trade: (trade.until, trade.id))


def answer(town: Town, me: Townsman, trade: OpenTrade, *, yes: bool) -> Refusal | None:
    """Accept or decline a trade that waits for somebody's answer."""
    if trade.id not in trade.proposer.proposed:
        return Refusal(Reason.ENDED, "That offer is over.")
    if not yes:
        town.begin("trade_decline", me)
        give_back(town, trade)
        return None
    refusal = _check_acceptance(trade)
    if refusal is not None:
        return refusal
    town.begin("trade_accept", me)
    proposer = trade.proposer
    del proposer.proposed[trade.id]
    for piece in trade.give:
        town.hand_on(piece, proposer, me)
    for piece in trade.ask:
        town.hand_on(piece, me, proposer)
    if trade.give_oranges:
        me.oranges += trade.give_oranges
        town.line("trade", Currency.ORANGES, trade.give_oranges)
    town.hand_over("trade", trade.ask_oranges, me, proposer)
    proposer.tally[Condition.TRADES] += 1
    me.tally[Condition.TRADES] += 1
    return None


def sell_to_neighbour(
    town: Town, me: Townsman, neighbour: Townsman, piece: Piece, oranges: int
) -> Refusal | None:
    """Offer a neighbour a player item for oranges; the refusal, or what it is declined with."""
    give = _pledges([piece])
    here, there = _party(me, "", give, ()), _party(neighbour, neighbour.name, (), give)
    refusal = (
        check_terms(Terms(1, 0, 0, oranges, ""))
        or check_give(give[0])
        or check_owned(here)
        or check_owned(there)
        or check_room(here)
    )
    if refusal is not None:
        return refusal
    town.begin("trade", me)
    trade = write_trade(town, me, neighbour, (piece,), 0, (), oranges)
    assert neighbour.neighbour is not None
    verdict = weigh(nature_of(neighbour.neighbour), [piece.item.valued], 0, [], oranges)
    if _check_acceptance(trade) is None and verdict.yes:
        return answer(town, neighbour, trade, yes=True)
    answer(town, neighbour, trade, yes=False)
    return Refusal(Reason.ENDED, "Declined.")


def nature_of(neighbour: PackNeighbour) -> Nature:
    """What a neighbour is like, as a trader."""
    nature = neighbour.nature
    return Nature(frozenset(nature.taste), nature.favourite_rarity, nature.generosity)


def _check_acceptance(trade: OpenTrade) -> Refusal | None:
    """None if the partner of a trade can accept it now."""
    if any(piece.id not in trade.partner.pieces for piece in trade.ask):
        return Refusal(Reason.ENDED, "What is asked for is gone.")
    given, asked = _pledges(trade.give), _pledges(trade.ask)
    here = _party(trade.partner, "", asked, given)
    there = _party(trade.proposer, trade.proposer.name, given, asked)
    refusals = (
        *(check_give(pledge) for pledge in asked),
        check_owned(here),
        check_owned(there),
        check_room(here),
        check_room(there),
        can_pay(trade.ask_oranges, trade.partner.oranges, Currency.ORANGES),
    )
    return next((refusal for refusal in refusals if refusal is not None), None)


def _pledges(pieces: Iterable[Piece]) -> tuple[Pledge, ...]:
    return tuple(
        Pledge(p.item.number, p.item.name, p.item.category, p.status, False, p.item.default)
        for p in pieces
    )


def _party(person: Townsman, name: str, gives: Sequence[Pledge], gets: Sequence[Pledge]) -> Party:
    held = Counter(piece.item.number for piece in person.pieces.values())
    return Party(name, person.gear_held(), held, tuple(gives), tuple(gets))
