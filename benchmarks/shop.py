"""The shop: a key that moves its cursor, the thing under it tried on in the same frame."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import worlds
from benchmarks.harness import Effort, Row, compare
from benchmarks.terminal import Terminal, environment, game

GOODS = 168
"""Lines of the base pack's shop."""

DRAWN = 0.05
"""Seconds without output after which a preview counts as drawn."""


def shop(folder: Path, effort: Effort) -> Iterator[Row]:
    """Moving in the shop, where each line is tried on at once, against moving in a list."""
    world = folder / "home" / "data" / "world.db"
    worlds.make(world)
    with (
        Terminal(game(world, worlds.PLAYER), environment(folder / "home")) as here,
        Terminal(
            [sys.executable, "-m", "benchmarks.floors.bare_list", str(GOODS)],
            environment(folder / "bare"),
        ) as there,
    ):
        here.wait_for(" worth ")
        here.quiet(1)
        place = here.press("4")
        here.wait_for("PREMIUM", place)
        here.quiet(1)
        there.wait_for("line number 1")
        there.quiet(1)
        yield compare(
            f"a key in the shop, its preview drawn · an OptionList of {GOODS}",
            lambda: here.key("j", DRAWN),
            lambda: there.key("j", DRAWN),
            effort(150, 30),
            1.3,
            warm=3,
        )
