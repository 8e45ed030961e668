"""What Home says to a player of a town."""

from __future__ import annotations

from collections.abc import Iterable

from inventui.lab.town.achievements import within_reach
from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.people import OpenTrade, Piece, Townsman
from inventui.lab.town.robbing import robbery_targets
from inventui.lab.town.streets import rest_of
from inventui.lab.town.town import Town
from inventui.lab.town.trading import waiting_trades
from inventui.lab.town.workshop import cheap_fusions, check_set, set_reward
from inventui.rules import property as property_rules
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.home import Waiting
from inventui.rules.home_lines import lines_of
from inventui.rules.home_state import AtHome
from inventui.rules.people.friends import FriendshipState
from inventui.rules.property import paid_back
from inventui.rules.streets import shifts
from inventui.rules.streets.daily_bonus import daily_bonus, daily_streak
from inventui.rules.streets.robbery import mean_wear
from inventui.rules.streets.shifts import next_shift, shift_pay

MOST = 3
"""Most lines of one kind."""

WORN_OR_NOT = frozenset({Status.EQUIPPED, Status.OWNED})

LATEST = 100
"""How many of the latest player items are looked at for finds."""


def home_lines(town: Town, me: Townsman) -> tuple[Waiting, ...]:
    """Everything that waits for somebody, the first thing to mind first."""
    catalogue, at = town.catalogue, town.at
    day = at // DAY
    worked, resting = me.shifts_on(day), rest_of(town, me)
    pay = [shift_pay(skill, fed=me.fed, rest=resting) for skill in (0, 100)]
    bonus, _ = daily_bonus(daily_streak(me.bonus_day, me.streak, day))
    gear = sorted(
        (p for p in me.pieces.values() if p.item.gear and p.status in WORN_OR_NOT),
        key=lambda piece: (-piece.item.value, piece.id),
    )
    has_business = any(piece.item.category is Category.BUSINESS for piece in gear)
    businesses = [i for i in catalogue.items.values() if i.category is Category.BUSINESS]
    prices = [item.offer.price.oranges for item in businesses if not has_business]
    cheapest = min(catalogue.cases, key=lambda case: catalogue.cases[case].price, default=None)
    weapon = me.worn(Category.WEAPON)
    case = None if cheapest is None else catalogue.cases[cheapest]
    held = sorted(me.escrowed(), key=lambda piece: (piece.held_until, piece.id))
    finds = [p for p in me.owned()[-LATEST:] if p.item.category is Category.COLLECTIBLE]
    asking = [town.people[number] for number in reversed(me.askers)]
    friends = [other.name for other in asking if me.bond(other) is FriendshipState.WAITING]
    return lines_of(
        AtHome(
            now=at,
            oranges=me.oranges,
            experience=me.experience,
            trades=[
                (trade.id, trade.proposer.name, trade.until, brings(trade))
                for trade in waiting_trades(town, me)[:MOST]
            ],
            escrowed=[(p.id, p.item.name, p.item.value, p.held_until) for p in held[:MOST]],
            friends=friends[:MOST],
            gifts=me.unread,
            bonus=None if me.bonus_day == day else bonus,
            shifts_left=max(0, shifts.SHIFTS_A_DAY - worked),
            next_shift_at=next_shift(worked, me.last_shift_at, at),
            shift_pay=sum(pay) // 2,
            unpaid=me.unpaid,
            gear=[(p.id, p.item.name, p.item.category, p.status) for p in gear],
            cheapest_business=min((price for price in prices if price), default=None),
            cheapest_home=_cheapest_home(catalogue, gear),
            for_gems=_for_gems(catalogue, me),
            finds=(len(finds), sum(piece.item.value for piece in finds)),
            robbery_targets=robbery_targets(town, me),
            robbery_wear=0
            if weapon is None
            else mean_wear(
                weapon.item.offer.price.oranges or weapon.item.value, weapon.item.durability
            ),
            fusions=cheap_fusions(catalogue, finds),
            goals=within_reach(town, me),
            bonds=[
                (neighbour.name, me.bond(neighbour))
                for neighbour in sorted(town.neighbours, key=lambda one: one.id)
            ],
            listings=len(me.listings),
            offers=len(me.proposed),
            sets=[
                (case, catalogue.case_names[case], set_reward(catalogue, case).oranges)
                for case in catalogue.cases
                if check_set(catalogue, me, case)[0] is None
            ],
            quest=next((q for q in catalogue.quests if q.slug not in me.achieved), None),
            case=None
            if case is None
            else (
                case.case,
                catalogue.case_names[case.case],
                case.price,
                case.price - int(case.expected_value),
            ),
        )
    )


def _for_gems(catalogue: TownCatalogue, me: Townsman) -> tuple[str, str, int] | None:
    """The dearest that is to be had for gems alone, that these pay, and that they have not."""
    sold = (item for category in COSMETICS for item in catalogue.shop[category])
    wanted = [
        (-item.offer.price.gems, item.slug, item)
        for item in sold
        if not item.offer.price.oranges and item.offer.price.gems <= me.gems and not me.has(item)
    ]
    if not wanted:
        return None
    _, slug, item = min(wanted)
    return slug, item.name, item.offer.price.gems


def _cheapest_home(catalogue: TownCatalogue, gear: Iterable[Piece]) -> tuple[int, int] | None:
    """What the cheapest home costs and in how many days it is paid back, to who has none."""
    if any(piece.item.category is Category.HOUSING for piece in gear):
        return None
    homes = [i for i in catalogue.items.values() if i.category is Category.HOUSING]
    prices = [(i.offer.price.oranges, i.number, i) for i in homes if i.offer.price.oranges]
    if not prices:
        return None
    price, _, home = min(prices)
    figures = {"rest": property_rules.REST.get(home.rarity, 0), "upkeep": home.figure("upkeep")}
    days = paid_back(price, figures)
    return None if days is None else (price, days)


def brings(trade: OpenTrade) -> int:
    """By how much its partner gains by a trade, in oranges."""
    gets = trade.give_oranges + sum(piece.item.value for piece in trade.give)
    return gets - trade.ask_oranges - sum(piece.item.value for piece in trade.ask)
