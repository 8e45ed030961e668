"""Whole economies, played many times by personas in towns, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from inventui.content.loader import load_packs
from inventui.content.numbers import changed
from inventui.lab.days import play_days
from inventui.lab.personas.model import Persona
from inventui.lab.processes import spread
from inventui.lab.report import gini
from inventui.lab.town.actor import TownActor
from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.people import Townsman
from inventui.lab.town.town import Town
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import FAUCETS
from inventui.rules.core.ranks import RANKS
from inventui.rules.core.refusal import Reason, Refusal

FIRST_DAY = 20_500
"""The day, since 1970, on which every economy begins."""

MOST_DAYS, MOST_RUNS = 3_650, 100_000


@dataclass(frozen=True, slots=True)
class EconomySetting:
    """What is played.

    Attributes:
        packs: the folders or files of the packs, in their order.
        personas: who plays.
        days: how long.
        seed: the same seed plays the same.
        numbers: numbers of the economy that are changed, whatever the packs say of them.
    """

    packs: tuple[Path, ...]
    personas: tuple[Persona, ...]
    days: int
    seed: str
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Played:
    """One economy that was played.

    Attributes:
        wealth: persona → for each player, for each day, oranges and the value of what they have.
        tiers: persona → for each player, tier → the day on which it was reached, from 1.
        faucets, sinks: for each day, kind → oranges.
        supply: for each day, oranges in the players' purses.
        gini: for each day, of the players' wealth.
        gems: kind → gems that the house paid on all days; less than none were paid to it.
        sales: for each day, what sales in the bazaar cost, and what was sold is worth, in oranges.
    """

    wealth: dict[str, list[list[int]]] = field(default_factory=dict)
    tiers: dict[str, list[dict[str, int]]] = field(default_factory=dict)
    faucets: list[dict[str, int]] = field(default_factory=list)
    sinks: list[dict[str, int]] = field(default_factory=list)
    supply: list[int] = field(default_factory=list)
    gini: list[float] = field(default_factory=list)
    gems: dict[str, int] = field(default_factory=dict)
    sales: list[tuple[int, int]] = field(default_factory=list)


def check_run(days: int, runs: int) -> Refusal | None:
    """None if an economy may be played for so many days, so many times."""
    for what, asked, most in (("days", days, MOST_DAYS), ("runs", runs, MOST_RUNS)):
        if not 1 <= asked <= most:
            return Refusal(
                Reason.INVALID_COUNT,
                f"An economy is played for 1 to {most:,} {what}, not {asked:,}.",
                {"count": asked, "least": 1, "most": most},
            )
    return None


def play_economies(
    setting: EconomySetting, runs: int, jobs: int, progress: Callable[[int], object] | None = None
) -> list[Played]:
    """Play an economy so many times, each with seeds of its own.

    After a progress of False, those that are done so far are all.
    """
    played = []
    with spread(partial(_play, setting), range(runs), jobs) as found:
        for one in found:
            played.append(one)
            if progress is not None and progress(len(played)) is False:
                break
    return played


@lru_cache(maxsize=2)
def _loaded(packs: tuple[Path, ...]) -> tuple[TownCatalogue, Mapping[str, int]]:
    pack = load_packs(packs)
    return TownCatalogue(pack), pack.numbers


def seed_of(*parts: object) -> str:
    """A seed that follows from some words."""
    return sha256(":".join(map(str, parts)).encode()).hexdigest()


def _play(setting: EconomySetting, run: int) -> Played:
    catalogue, numbers = _loaded(setting.packs)
    with changed({**numbers, **dict(setting.numbers)}):
        return _play_changed(setting, run, catalogue)


def _play_changed(setting: EconomySetting, run: int, catalogue: TownCatalogue) -> Played:
    first = FIRST_DAY * DAY
    town = Town(catalogue, seed_of(setting.seed, run, "world"), first)
    cast: list[tuple[Persona, TownActor]] = []
    people: list[tuple[str, Townsman]] = []
    for persona in setting.personas:
        for number in range(persona.weight):
            name = f"{persona.name}-{number + 1}"
            person = town.add_player(
                name,
                seed_of(setting.seed, run, name, "server"),
                seed_of(setting.seed, run, name)[:16],
            )
            cast.append((persona, TownActor(town, person)))
            people.append((persona.name, person))
    town.move_in()
    played = Played(
        wealth={persona.name: [] for persona in setting.personas},
        tiers={persona.name: [] for persona in setting.personas},
    )
    curves: list[list[int]] = []
    reached: list[dict[str, int]] = []
    for name, _ in people:
        curves.append([])
        reached.append({})
        played.wealth[name].append(curves[-1])
        played.tiers[name].append(reached[-1])
    businesses = catalogue.for_sale(Category.BUSINESS)
    dearest = businesses[-1].slug if businesses else ""

    def set_clock(at: int) -> None:
        town.at = at

    def day_is_over(day: int) -> None:
        town.at = max(town.at, first + (day + 1) * DAY - 1)
        for (_, person), curve, tiers in zip(people, curves, reached, strict=True):
            curve.append(worth(person))
            for tier in _tiers(person, dearest):
                tiers.setdefault(tier, day + 1)
        now = [curve[-1] for curve in curves]
        played.gini.append(gini(now))
        played.supply.append(sum(person.oranges for _, person in people))

    play_days(cast, catalogue, first, setting.days, set_clock, day_is_over)
    # Only now: a period of the bazaar that ended late on a day may be written on the next one.
    for day in range(FIRST_DAY, FIRST_DAY + setting.days):
        flows = {kind: oranges for (on, kind), oranges in town.flows.items() if on == day}
        played.faucets.append({str(k): o for k, o in flows.items() if k in FAUCETS})
        played.sinks.append({str(k): -o for k, o in flows.items() if k not in FAUCETS})
        played.sales.append(town.sold[day])
    played.gems = {str(kind): gems for kind, gems in town.gem_flows.items() if gems}
    return played


def worth(person: Townsman) -> int:
    """What somebody has: oranges, and the value of their items."""
    return person.oranges + sum(piece.item.value for piece in person.pieces.values())


def _tiers(person: Townsman, dearest: str) -> list[str]:
    found = [name for name, least in RANKS[1:] if person.experience >= least]
    business = person.worn(Category.BUSINESS)
    if business is not None:
        found.append(f"{business.item.rarity} business")
        if business.item.slug == dearest:
            found.append("dearest business")
    return found
