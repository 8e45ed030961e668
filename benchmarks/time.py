"""What turns with the clock: a year away, a rotation of the black market."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import worlds
from benchmarks.floors.settling import HandSettling
from benchmarks.floors.store import connect
from benchmarks.harness import Effort, Row, compare, timed
from inventui.engine.property.models import Settled
from inventui.engine.shop.models import Purchase
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.market.black_market import PERIOD

YEAR = 365 * DAY


def time(folder: Path, effort: Effort) -> Iterator[Row]:
    """Making up for a year away, against the same by hand; a rotation's first look."""
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    worlds.make(ours)
    with World.open(ours, daily_backup=False) as world:
        player = worlds.player_of(world)
        for category in (Category.BUSINESS, Category.HOUSING):
            bought = player.shop.buy(player.shop.lines(category)[0].slug)
            assert isinstance(bought, Purchase), bought
        now = world.clock.now()
    shutil.copyfile(ours, theirs)
    clock = FrozenClock(now)
    by_hand = FrozenClock(now)
    with (
        World.open(ours, clock=clock, daily_backup=False) as world,
        closing(HandSettling(theirs, worlds.PLAYER)) as hand,
    ):
        player = worlds.player_of(world)
        brought: tuple[list[int], list[int]] = ([], [])

        def catch_up() -> None:
            clock.advance(YEAR)
            settled = player.catch_up()
            assert isinstance(settled, Settled), settled
            brought[0].append(settled.revenue)

        def settle() -> None:
            by_hand.advance(YEAR)
            brought[1].append(hand.settle(by_hand.now()))

        yield compare(
            "a year away made up for · hand-written SQL",
            timed(catch_up),
            timed(settle),
            effort(25, 5),
            3,
        )
        assert brought[0] == brought[1]
        yield _rotations(world, clock, folder, effort)


def _rotations(world: World, clock: FrozenClock, folder: Path, effort: Effort) -> Row:
    """The first look at a rotation, which draws and keeps it; it may take 20 ms."""
    player = worlds.player_of(world)

    def look() -> None:
        clock.advance(PERIOD)
        assert player.black_market.rotation().begins <= clock.now()

    with closing(connect(folder / "bare.db")) as bare:
        bare.execute("CREATE TABLE kept (number INTEGER)")
        return compare(
            "a rotation, drawn and kept (20 ms at most) · one durable insert",
            timed(look),
            timed(lambda: bare.execute("INSERT INTO kept VALUES (1)")),
            effort(100, 20),
            None,
        )
