"""The engine against hand-written `sqlite3`, and rolls against the bare HMAC loop."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks import worlds
from benchmarks.floors.buying import HandPurchase
from benchmarks.floors.opening import HandOpening
from benchmarks.floors.rolls import roll_bare
from benchmarks.floors.selling import HandSale
from benchmarks.harness import Effort, Row, Side, compare, timed
from inventui.engine.cases.models import Opening, Simulation
from inventui.engine.inventory.models import Sale
from inventui.engine.shop.models import Purchase
from inventui.engine.world import World

AT_ONCE = 100
SOLD_AT_ONCE = 10_000
STARTERS = 1_000
"""Among so many things are those that every player begins with, which can't be sold."""

SEED = "benchmark"
BOUGHT = "donut"


def engine(folder: Path, effort: Effort) -> Iterator[Row]:
    """Opening, buying, selling and simulating."""
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    worlds.make(ours)
    shutil.copyfile(ours, theirs)
    yield from _openings(ours, theirs, effort)
    yield _purchases(ours, theirs, effort)
    yield _sales(folder, effort)
    yield _rolls(ours, effort)


def _openings(ours: Path, theirs: Path, effort: Effort) -> Iterator[Row]:
    with World.open(ours, daily_backup=False) as world:
        player = worlds.player_of(world)
        case = world.catalogue.cases()[0].id

        def several(count: int) -> Side:
            def side() -> float:
                start = perf_counter()
                opening = player.cases.open(case, count)
                taken = perf_counter() - start
                assert isinstance(opening, Opening), opening
                return taken / count

            return side

        with closing(HandOpening(theirs, worlds.PLAYER, case)) as hand:
            yield compare(
                "one durable case opening · hand-written sqlite3",
                several(1),
                timed(hand.open),
                effort(600, 60),
                3,
                warm=20,
            )
        yield compare(
            f"opening {AT_ONCE} at once, per roll · one opening",
            several(AT_ONCE),
            several(1),
            effort(150, 20),
            0.2,
        )


def _purchases(ours: Path, theirs: Path, effort: Effort) -> Row:
    with (
        World.open(ours, daily_backup=False) as world,
        closing(HandPurchase(theirs, worlds.PLAYER, BOUGHT)) as hand,
    ):
        player = worlds.player_of(world)

        def buy() -> None:
            purchase = player.shop.buy(BOUGHT)
            assert isinstance(purchase, Purchase), purchase

        return compare(
            "one durable purchase · hand-written sqlite3",
            timed(buy),
            timed(hand.buy),
            effort(600, 60),
            3,
            warm=20,
        )


def _sales(folder: Path, effort: Effort) -> Row:
    pairs, warm = effort(30, 5), 1
    ours, theirs = folder / "sold.db", folder / "sold-by-hand.db"
    player_items = (pairs + warm) * SOLD_AT_ONCE
    worlds.make(ours, STARTERS + player_items)
    shutil.copyfile(ours, theirs)
    lots = [
        range(first, first + SOLD_AT_ONCE)
        for first in range(STARTERS + 1, STARTERS + player_items, SOLD_AT_ONCE)
    ]
    with (
        World.open(ours, daily_backup=False) as world,
        closing(HandSale(theirs, worlds.PLAYER)) as hand,
    ):
        player = worlds.player_of(world)
        ours_left, theirs_left = iter(lots), iter(lots)

        def sell() -> None:
            sale = player.inventory.sell(next(ours_left))
            assert isinstance(sale, Sale), sale
            assert sale.items_sold == SOLD_AT_ONCE

        return compare(
            f"selling {SOLD_AT_ONCE:,} at once · hand-written SQL",
            timed(sell),
            timed(lambda: hand.sell(next(theirs_left))),
            pairs,
            2,
            warm=warm,
        )


def _rolls(path: Path, effort: Effort) -> Row:
    rolls = effort(1_000_000, 100_000)
    with World.open(path, daily_backup=False) as world:
        case = world.catalogue.cases()[0].id

        def simulate() -> None:
            simulation = world.simulate(case, rolls, SEED)
            assert isinstance(simulation, Simulation), simulation

        return compare(
            f"{rolls:,} simulated rolls · the bare HMAC loop",
            timed(simulate),
            timed(lambda: roll_bare(SEED, rolls)),
            effort(11, 5),
            1.5,
            warm=1,
        )
