"""What the base economy promises, each with what the lab measures of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean, median

from inventui.content.loader import load_packs
from inventui.content.numbers import changed
from inventui.lab.economy import FIRST_DAY, EconomySetting, play_economies, seed_of
from inventui.lab.loops import find_loops
from inventui.lab.measure import EconomyFigures, measure
from inventui.lab.personas.actions import session
from inventui.lab.personas.home import can_do
from inventui.lab.personas.model import Persona, PersonaAction
from inventui.lab.town.actor import TownActor
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.town import Town
from inventui.rules import property as property_rules
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE
from inventui.rules.core.enums import Rarity
from inventui.rules.property import WORKED, leaves_a_day
from inventui.rules.streets import shifts
from inventui.rules.streets.robbery import fine, mean_loot, rob_chance
from inventui.rules.streets.shifts import shift_pay

STAKE = 5_000
"""Oranges of the robber whose tries are measured."""

FOLLOWER = Persona(name="newcomer", actions=(PersonaAction.NEXT,))
"""Who does what Home says first."""

FOLLOWERS = 15
EVENING, MOST_EVENINGS = 18 * HOUR, 30

BUSINESS_FIGURES = ("revenue", "operating_cost")
DAYS = 35


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: what is measured, of what and in which unit, and between what it has to be."""

    name: str
    measured: tuple[float, ...]
    least: float | None
    most: float | None
    unit: str

    @property
    def holds(self) -> bool:
        """Whether everything that was measured lies where it has to."""
        return all(
            (self.least is None or figure >= self.least)
            and (self.most is None or figure <= self.most)
            for figure in self.measured
        ) and bool(self.measured)

    @property
    def measured_words(self) -> str:
        """The least and the most of what was measured, as text."""
        if not self.measured:
            return "not reached"
        ends = dict.fromkeys(map(_figure_words, (min(self.measured), max(self.measured))))
        words = " to ".join(ends)
        return f"day {words}" if self.unit == "day" else f"{words} {self.unit}".strip()

    @property
    def wanted_words(self) -> str:
        """Where it has to lie, as text."""
        if self.least is None:
            return f"at most {_figure_words(self.most or 0)}"
        return " to ".join(dict.fromkeys(map(_figure_words, (self.least, self.most or 0))))


def _figure_words(figure: float) -> str:
    return (f"{figure:,.4g}" if math.isfinite(figure) else "never").replace("-", "−")


def properties(
    setting: EconomySetting, runs: int, jobs: int, progress: Callable[[int], object] | None = None
) -> list[Promise]:
    """Measure every promise.

    Args:
        setting: the pack, who plays, and the seed; it is played for so many days as it says.
        runs: how often.
        jobs: how many processes.
        progress: see `play_economies`.
    """
    pack = load_packs(setting.packs)
    catalogue = TownCatalogue(pack)
    figures = measure(play_economies(setting, runs, jobs, progress), setting.seed)
    loops = find_loops(pack)
    with changed(pack.numbers):
        return [
            Promise("cycles of actions that earn", (float(len(loops)),), 0, 0, "cycles"),
            *_robbing(catalogue),
            *_investments(catalogue),
            *_played(catalogue, figures, setting.seed),
        ]


def _robbing(catalogue: TownCatalogue) -> Iterator[Promise]:
    rare = [w for w in catalogue.for_sale(Category.WEAPON) if w.rarity is Rarity.RARE]
    bonus = fmean(weapon.figure("rob_bonus") for weapon in rare) if rare else 0.0
    for name, with_bonus, least, most in (
        ("robbing a neighbour, bare", 0, -60, -20),
        ("robbing a neighbour, with a rare weapon", round(bonus), 20, 150),
    ):
        tries = [_try(catalogue, number, with_bonus) for number in range(len(catalogue.neighbours))]
        mean = (fmean(tries),) if tries else ()
        yield Promise(name, mean, least, most, "oranges a try")


def _try(catalogue: TownCatalogue, number: int, bonus: int) -> float:
    """What a try at a neighbour brings in the mean, who has what it starts with."""
    nature = catalogue.neighbours[number].nature
    worn: dict[Category, TownItem] = {}
    for slug in nature.gear:
        worn.setdefault(catalogue.items[slug].category, catalogue.items[slug])
    armour, home = worn.get(Category.ARMOR), worn.get(Category.HOUSING)
    chance = rob_chance(bonus, armour.figure("defence_bonus") if armour else 0)
    taken = mean_loot(nature.oranges, home.figure("insurance") if home else 0)
    return (chance * taken - (100 - chance) * fine(STAKE)) / 100


def _investments(catalogue: TownCatalogue) -> Iterator[Promise]:
    days = []
    for home in catalogue.for_sale(Category.HOUSING):
        figures = {"rest": property_rules.REST.get(home.rarity, 0), "upkeep": home.figure("upkeep")}
        days.append(_payback(home, leaves_a_day(figures)))
    yield Promise(f"homes pay for {WORKED} shifts a day", tuple(days), None, 14, "days")
    paid = tuple(
        _payback(item, leaves_a_day({name: item.figure(name) for name in BUSINESS_FIGURES}))
        for item in catalogue.for_sale(Category.BUSINESS)
    )
    yield Promise("businesses are paid back", paid, 4, 9, "days")


def _payback(item: TownItem, a_day: int) -> float:
    return item.offer.price.oranges / a_day if a_day > 0 else float("inf")


def _played(catalogue: TownCatalogue, figures: EconomyFigures, seed: str) -> Iterator[Promise]:
    followed = [_follow(catalogue, f"{seed}:{number}") for number in range(FOLLOWERS)]
    first = median(minutes for minutes, _ in followed)
    name = "the first business of who follows Home"
    yield Promise(name, (first,), 45, 90, "minutes")
    waits = (max(wait for _, wait in followed), *_from_nothing(catalogue))
    name = "with nothing to do or to afford"
    yield Promise(name, waits, None, 2, "minutes")
    dearest = [
        float(tier.days[1])
        for persona in figures.personas
        if persona.name == "worker"
        for tier in persona.tiers
        if tier.tier == "dearest business"
    ]
    yield Promise("the dearest business of the worker", tuple(dearest), 15, 25, "day")
    ratio = () if figures.ratio_later is None else (figures.ratio_later,)
    yield Promise("faucets over sinks after the first week", ratio, 1.0, 1.3, "")


def _from_nothing(catalogue: TownCatalogue) -> Iterator[float]:
    """The minutes until an empty purse can pay for some case."""
    if catalogue.cases:
        cheapest = min(odds.price for odds in catalogue.cases.values())
        yield (
            shifts.SHIFT_PAUSE
            / MINUTE
            * -(-cheapest // shift_pay(shifts.MEAN_SKILL, fed=False, rest=0))
        )


def _follow(catalogue: TownCatalogue, seed: str) -> tuple[float, float]:
    """Play an evening a day by what Home says first, until a business is there.

    Returns:
        The minutes that were played, and the longest of them in which there was nothing to do. Both
        have no end if no business came in time; the second has none if an evening ends where Home
        names nothing that can be done.
    """
    evening = FIRST_DAY * DAY + EVENING
    town = Town(catalogue, seed_of(seed, "world"), evening)
    me = town.add_player(FOLLOWER.name, seed_of(seed, "server"), seed_of(seed, "client")[:16])
    town.move_in()
    actor = TownActor(town, me)
    played = longest = 0
    for day in range(MOST_EVENINGS):
        town.at = evening + day * DAY
        for wait in session(FOLLOWER, actor, catalogue):
            town.at += wait
            played += wait
            longest = max(longest, wait)
            if me.worn(Category.BUSINESS) is not None:
                return played / MINUTE, longest / MINUTE
        if not can_do(actor):
            break
    return math.inf, math.inf
