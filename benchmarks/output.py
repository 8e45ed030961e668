"""What a key makes the game write, in bytes: over a slow line that is what one waits for."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import worlds
from benchmarks.harness import Effort, Row
from benchmarks.terminal import Terminal, environment, game

SIZE = (120, 40)
THINGS = 2_000

REST = 0.4
"""Seconds without output after which a key counts as answered."""

ARROW, SWITCH = 8_000, 40_000
"""The most that an arrow in the inventory and a switch of rooms may write."""

DOWN = "\x1b[B"
ROOMS = "1234567890n,"


def output(folder: Path, effort: Effort) -> Iterator[Row]:
    """An arrow in the inventory, and every room that has a key, against what they may write."""
    database = folder / "home" / "data" / "world.db"
    worlds.make(database, THINGS, oranges=worlds.MODEST)
    with Terminal(game(database, worlds.PLAYER), environment(folder / "home"), SIZE) as terminal:
        terminal.wait_for(" worth ")
        terminal.quiet(1)
        terminal.bytes_of("3", 1)
        arrows = [terminal.bytes_of(DOWN, REST) for _ in range(effort(30, 10))]
        yield _row("bytes of an arrow in the inventory", median(arrows), ARROW)
        switches = {key: terminal.bytes_of(key, 1) for key in ROOMS}
        yield _row("bytes of a switch of rooms, median", median(switches.values()), SWITCH)
        largest = max(switches, key=lambda key: switches[key])
        yield _row(f"bytes of the largest, to room {largest}", switches[largest], SWITCH)


def _row(what: str, written: float, most: int) -> Row:
    columns, lines = SIZE
    place = f"{columns}×{lines}"
    return Row(f"{what}, {place} · {most:,}", written, most, written / most, None, 1, "kB")
