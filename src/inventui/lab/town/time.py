"""Catching up with a townsman's time, as `engine.time` and `engine.npc.periods` do in a world."""

from __future__ import annotations

from inventui.lab.town.bazaar import expire_listings
from inventui.lab.town.friends import note_gift
from inventui.lab.town.neighbours import players_listings, trade_in_period, trade_proposers
from inventui.lab.town.people import Townsman
from inventui.lab.town.town import Town
from inventui.lab.town.trading import expire_trades
from inventui.rules.achievements import Condition
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.npc.bazaar_period import due_periods
from inventui.rules.npc.neighbours import PERIOD as PAY_PERIOD
from inventui.rules.npc.neighbours import earnings
from inventui.rules.people.friends import FriendshipState
from inventui.rules.property import FULL_TILL, PERIOD
from inventui.rules.streets.robbery import AN_ABSENCE, NEW, STOLEN_HELD, fine
from inventui.rules.time.catch_up import elapse
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.rules.time.situation import (
    Armour,
    Business,
    Elapsed,
    Home,
    NeighbourVisit,
    Situation,
    VisitKind,
)
from inventui.rules.trades.trades import DURATION as TRADE_DURATION


def look_at_bazaar(town: Town) -> None:
    """Do what is due before somebody looks at the bazaar; the very first period, too."""
    _run_due_periods(town, first=True)
    overdue = {
        (listing.until, person.id)
        for person in town.people.values()
        for listing in person.listings.values()
        if listing.until <= town.at
    }
    for until, seller in sorted(overdue):
        with town.then(until):
            settle(town, town.people[seller], here=False)


def settle(town: Town, person: Townsman, *, here: bool) -> None:
    """Catch up with somebody's time until now; `here` is whether they came themselves."""
    _run_due_periods(town)
    if person.neighbour is not None:
        _settle_neighbour(town, person)
        return
    if person.listings or person.proposed:
        for moment in sorted({until for until in person.ends() if until <= town.at}):
            # What comes home does so at its own moment, and can be stolen from then on.
            with town.then(moment):
                _settle_until(town, person, here=False, home=True)
    _settle_until(town, person, here=here)


def _run_due_periods(town: Town, *, first: bool = False) -> None:
    last, current = town.bazaar_period, town.at // BAZAAR_PERIOD
    if town.in_period or not (first if last is None else last < current):
        return
    now = town.at
    town.in_period = True
    for number in due_periods(last, now):
        moment = now if last is None else number * BAZAAR_PERIOD
        with town.then(moment):
            # An offer that would have run out by now is not made.
            offers = now < moment + TRADE_DURATION
            proposers = trade_proposers(town, number) if offers else {}
            listings = players_listings(town)
            if listings or proposers:
                concerned = {listing.seller.id for listing in listings}
                for player in sorted(concerned | {person.id for person in proposers}):
                    settle(town, town.people[player], here=False)
                for neighbour in town.neighbours:
                    _earn(town, neighbour)
            trade_in_period(town, number, proposers, first=last is None)
    town.in_period = False
    town.bazaar_period = current


def _settle_until(town: Town, person: Townsman, *, here: bool, home: bool = False) -> None:
    """Catch up until a moment; at it what was listed or offered comes home, or escrow lets go."""
    at = town.at
    late = [] if home else [piece for piece in person.escrowed() if piece.held_until <= at]
    until = at // PERIOD * PERIOD
    since = person.settled_until
    business = person.worn(Category.BUSINESS) if at >= person.seen_at + FULL_TILL else None
    full = business is not None and here
    if until <= since and not late and not full and not home:
        return
    span = elapse(_situation(town, person), since, max(until, since))
    last = until // VISIT_PERIOD - 1
    passed = last >= since // VISIT_PERIOD and any(
        neighbour.since <= last * VISIT_PERIOD for neighbour in person.nearby
    )
    if late or home or passed or full or span.incomes or span.upkeep:
        _write(town, person, span, until, here=here)
        for piece in late:
            person.pieces.pop(piece.id, None)
        if home:
            expire_listings(town, person)
            expire_trades(town, person)


def _situation(town: Town, person: Townsman) -> Situation:
    worn = {
        category: person.worn(category)
        for category in (Category.BUSINESS, Category.HOUSING, Category.ARMOR)
    }
    business, home, armour = worn.values()
    return Situation(
        seed=town.seed,
        player=person.id,
        oranges=person.oranges,
        safe_until=person.created_at + NEW,
        business=None
        if business is None
        else Business(
            business.id,
            business.item.figure("revenue"),
            business.item.figure("operating_cost"),
            business.since,
        ),
        home=None
        if home is None
        else Home(home.id, home.item.figure("upkeep"), home.item.figure("insurance"), home.since),
        armour=None
        if armour is None
        else Armour(armour.id, armour.item.figure("defence_bonus"), armour.durability),
        unpaid=person.unpaid,
        spare=tuple(piece.id for piece in person.spare_gear()),
        neighbours=person.nearby,
        presents=town.catalogue.presents,
        away_since=person.seen_at,
        robbed=person.robbed_away[-AN_ABSENCE:],
    )


def _write(town: Town, person: Townsman, span: Elapsed, until: int, *, here: bool) -> None:
    neighbours = {neighbour.player: neighbour for neighbour in person.nearby}
    town.begin("settle", person, here=False)
    since = person.settled_until
    if until > since and (neighbours or span.incomes or span.upkeep or here):
        person.settled_until = until
    for visit in span.visits:
        _receive(town, person, town.people[visit.neighbour.player], visit)
    town.pay(person, HouseAccount.BUSINESS, span.revenue)
    person.tally[Condition.BUSINESS_REVENUE] += span.revenue
    town.charge(person, HouseAccount.OPERATING_COST, span.cost)
    town.charge(person, HouseAccount.UPKEEP, span.upkeep_paid)
    for robbery in span.robberies:
        robber = town.people[robbery.neighbour.player]
        if robbery.success:
            town.hand_over("robbery", robbery.oranges, person, robber)
        else:
            town.charge(robber, HouseAccount.FINE, fine(robber.oranges))
            person.tally[Condition.ROBBERIES_FOILED] += 1
        if robbery.stolen is not None:
            town.hand_on(person.pieces[robbery.stolen], person, robber, STOLEN_HELD)
        if robbery.armour is not None:
            town.wear_down(person, person.pieces[robbery.armour], robbery.wear)
    if span.evicted is not None:
        del person.pieces[span.evicted]
    person.unpaid = span.situation.unpaid
    if here:
        person.seen_at, person.robbed_away = town.at, ()
    else:
        robbed = tuple(robbery.period for robbery in span.robberies)
        person.robbed_away = (*person.robbed_away, *robbed)


_BONDS = {
    VisitKind.REQUEST: FriendshipState.WAITING,
    VisitKind.ACCEPT: FriendshipState.FRIENDS,
    VisitKind.DECLINE: FriendshipState.NONE,
}


def _receive(town: Town, person: Townsman, visitor: Townsman, visit: NeighbourVisit) -> None:
    """Write a neighbour's visit: a word of friendship, or a present."""
    if visit.kind in _BONDS:
        person.befriend(visitor, _BONDS[visit.kind])
        return
    if visit.item:
        (piece,) = town.give(visitor, [town.catalogue.items[visit.item]])
        town.hand_on(piece, visitor, person)
    else:
        town.pay(visitor, HouseAccount.PLAY, visit.oranges)
        town.hand_over("gift", visit.oranges, visitor, person)
    note_gift(visitor, person)


def settle_neighbours(town: Town) -> None:
    """Catch up with the time of every neighbour for whom a period of pay has ended."""
    until = town.at // PAY_PERIOD * PAY_PERIOD
    for person in town.people.values():
        if person.neighbour is not None and person.settled_until < until:
            settle(town, person, here=False)


def _settle_neighbour(town: Town, person: Townsman) -> None:
    _earn(town, person)
    if any(until <= town.at for until in person.ends()):
        town.begin("neighbour_settle", person, here=False)
        expire_listings(town, person)
        expire_trades(town, person)


def _earn(town: Town, person: Townsman) -> None:
    until = town.at // PAY_PERIOD * PAY_PERIOD
    if person.settled_until >= until:
        return
    assert person.neighbour is not None
    nature = person.neighbour.nature
    earned, _ = earnings(
        town.seed,
        person.neighbour.id,
        person.settled_until,
        until,
        person.oranges,
        nature.oranges,
    )
    town.begin("neighbour_settle", person)
    person.settled_until = town.at
    town.pay(person, HouseAccount.PLAY, earned)
    there = {piece.item.slug for piece in person.pieces.values()}
    lost: list[str] = []
    for slug in nature.gear:
        category = town.catalogue.items[slug].category
        if category in (Category.WEAPON, Category.ARMOR) and slug not in {*there, *lost}:
            lost.append(slug)
    town.arm(person, lost[: max(0, lifecycle.GEAR_ROOM - person.gear_held())])
    room = max(0, lifecycle.GEAR_ROOM - person.gear_held())
    waiting = person.escrowed()
    for piece in waiting[:room]:
        piece.status, piece.since = Status.OWNED, town.at
    for piece in waiting[room:]:
        del person.pieces[piece.id]
