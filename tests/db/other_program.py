"""Another program on the same world: started, watched, killed."""

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.builders import SMALL_PACK

PREAMBLE = f"""
import json, os, signal, sqlite3, sys
from pathlib import Path
from inventui.db.errors import WorldError
from inventui.engine.world import World
from inventui.rules.core.clock import FrozenClock
place = Path(sys.argv[1])
def open_world(path=place):
    return World.open(path, pack=Path({str(SMALL_PACK)!r}), daily_backup=False, busy_seconds=20)
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def start(program: str, place: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a program of these lines; `place` is its first argument."""
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, str(place), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a program printed; it must have ended well."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()


@contextmanager
def running(program: str, place: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that has printed `ready` and goes on until it is killed."""
    process = start(program + "\nprint('ready', flush=True)\nsys.stdin.read()\n", place)
    try:
        assert process.stdout is not None
        says, _, _ = select.select([process.stdout], [], [], 60)
        line = process.stdout.readline() if says else ""
        if line != "ready\n":
            assert process.stderr is not None
            process.kill()
            raise AssertionError(process.stderr.read())
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)
