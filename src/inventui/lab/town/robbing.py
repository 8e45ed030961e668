"""Robberies in a town: whom somebody may rob, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.lab.town.people import Townsman
from inventui.lab.town.time import settle, settle_neighbours
from inventui.lab.town.town import Town
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.home_state import RobberyTarget
from inventui.rules.property import Arrears, arrears, reduced
from inventui.rules.streets import robbery
from inventui.rules.streets.robbery import (
    ON_GUARD,
    STOLEN_HELD,
    Target,
    check_rob,
    check_stake,
    fine,
    loot,
    mean_loot,
    rob_chance,
    robbery_draw,
    succeeds,
    takes_gear,
    wear,
    which_gear,
)


@dataclass(frozen=True, slots=True)
class Prospect:
    """Somebody who could be robbed now.

    Attributes:
        oranges: what they have.
        chance: of success, in percent.
        halved: how often what a success takes is halved.
    """

    name: str
    oranges: int
    chance: int
    halved: int


def prospects(town: Town, me: Townsman) -> list[Prospect]:
    """Everybody who may be robbed now: neighbours in the pack's order, then players by name."""
    bonus = figure_of(town, me, Category.WEAPON, "rob_bonus")
    found: list[Prospect] = []
    settle_neighbours(town)
    if check_stake(me.oranges) is not None:
        return found
    for person in sorted(
        town.people.values(),
        key=lambda p: (p.neighbour is None, p.id if p.neighbour is not None else 0, p.name),
    ):
        if check_rob(me.name, _target(me, person), town.at) is None:
            defence = figure_of(town, person, Category.ARMOR, "defence_bonus")
            chance, halved = rob_chance(bonus, defence), _halved(town, me, person)
            found.append(Prospect(person.name, person.oranges, chance, halved))
    return found


def robbery_targets(town: Town, me: Townsman) -> list[RobberyTarget]:
    """The neighbours who may be robbed now, as they were last seen."""
    if check_stake(me.oranges) is not None:
        return []
    bonus = figure_of(town, me, Category.WEAPON, "rob_bonus")
    return [
        RobberyTarget(
            person.name,
            rob_chance(bonus, figure_of(town, person, Category.ARMOR, "defence_bonus")),
            mean_loot(
                person.oranges,
                figure_of(town, person, Category.HOUSING, "insurance"),
                _halved(town, me, person),
            ),
        )
        for person in sorted(town.neighbours, key=lambda one: one.id)
        if check_rob(me.name, _target(me, person), town.at) is None
    ]


def rob(town: Town, me: Townsman, name: str) -> Refusal | None:
    """Rob somebody by name."""
    victim = next(person for person in town.people.values() if person.name == name)
    if victim is not me:
        settle(town, victim, here=False)
    refusal = check_rob(me.name, _target(me, victim), town.at) or check_stake(me.oranges)
    if refusal is not None:
        return refusal
    weapon, armour = me.worn(Category.WEAPON), victim.worn(Category.ARMOR)
    chance = rob_chance(
        figure_of(town, me, Category.WEAPON, "rob_bonus"),
        figure_of(town, victim, Category.ARMOR, "defence_bonus"),
    )
    insurance = figure_of(town, victim, Category.HOUSING, "insurance")
    pair = me.pair
    assert pair is not None
    draw = robbery_draw(pair.server_seed, pair.client_seed, pair.nonce)
    pair.nonce += 1
    success = succeeds(draw.ticket, chance)
    town.begin("rob", me)
    if success:
        taken_oranges = loot(victim.oranges, draw.loot, insurance, _halved(town, me, victim))
        town.hand_over("robbery", taken_oranges, victim, me)
        spare = list(victim.spare_gear())
        if spare and takes_gear(draw.gear):
            taken = spare[which_gear(draw.which, len(spare))]
            town.hand_on(taken, victim, me, STOLEN_HELD)
    else:
        town.charge(me, HouseAccount.FINE, fine(me.oranges))
    me.robbed[victim.id].append((town.at, success))
    me.tally[Condition.ROBBERIES_TRIED] += 1
    me.tally[Condition.ROBBERIES] += success
    victim.tally[Condition.ROBBERIES_FOILED] += not success
    if success:
        town.learn(me, robbery.ROBBERY_EXPERIENCE)
    town.wear_down(me, weapon, wear(draw.weapon_wear))
    town.wear_down(victim, armour, wear(draw.armour_wear))
    return None


def arrears_of(town: Town, person: Townsman) -> Arrears:
    """What somebody's unpaid upkeep does to them now."""
    oldest = person.unpaid[0][0] if person.unpaid else None
    return arrears(oldest, town.at // DAY)


def _halved(town: Town, me: Townsman, victim: Townsman) -> int:
    """How often what a success takes is halved."""
    since = town.at - ON_GUARD
    return sum(success and at > since for at, success in me.robbed.get(victim.id, ()))


def _target(me: Townsman, person: Townsman) -> Target:
    times = me.robbed.get(person.id)
    return Target(
        name=person.name,
        oranges=person.oranges,
        created_at=person.created_at,
        neighbour=person.neighbour is not None,
        last_robbed_by_me=times[-1][0] if times else None,
    )


def figure_of(town: Town, person: Townsman, category: Category, name: str) -> int:
    """A figure of what somebody wears, lowered by what they owe."""
    piece = person.worn(category)
    if piece is None:
        return 0
    figure = piece.item.figure(name)
    late = arrears_of(town, person) in (Arrears.DEBUFF, Arrears.EVICTION)
    return reduced(figure) if late else figure
