"""Eight programs that open cases on one file at once: how long each one waits for its turn."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks import worlds
from benchmarks.harness import Effort, Row
from inventui.engine.cases.models import Opening
from inventui.engine.world import World

PROGRAMS = 8


def waiting(folder: Path, effort: Effort) -> Iterator[Row]:
    """The slow openings against the usual ones, and these against those of one program alone."""
    path = folder / "world.db"
    worlds.make(path)
    alone = sorted(_openings(path, 1, effort(200, 40)))
    taken = sorted(_openings(path, PROGRAMS, effort(100, 20)))
    slow, usual = quantiles(taken, n=20)[-1], median(taken)
    yield Row(
        f"p95 of an opening · its median, {PROGRAMS} programs at once",
        slow,
        usual,
        slow / usual,
        None,
        20,
    )
    yield Row(
        f"median of an opening, {PROGRAMS} programs at once · one program",
        usual,
        median(alone),
        usual / median(alone),
        None,
        None,
    )


def _openings(path: Path, programs: int, times: int) -> list[float]:
    """Seconds that each opening took."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.waiting", str(path), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(programs)
    ]
    for program in running:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in running:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    return [second for program in running for second in json.loads(program.communicate()[0])]


def _open(path: Path, times: int) -> None:
    """Open so many cases once told to, and print the seconds of each."""
    taken = []
    with World.open(path, daily_backup=False, busy_seconds=120) as world:
        player = worlds.player_of(world)
        case = world.catalogue.cases()[0].id
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(times):
            start = perf_counter()
            opening = player.cases.open(case)
            taken.append(perf_counter() - start)
            assert isinstance(opening, Opening), opening
    print(json.dumps(taken))


if __name__ == "__main__":
    _open(Path(sys.argv[1]), int(sys.argv[2]))
