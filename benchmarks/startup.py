"""Starting: until something is seen, until Home answers keys, and what that takes of memory."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import worlds
from benchmarks.harness import Effort, Row, Side, compare, timed
from benchmarks.terminal import Terminal, environment, game

FLOORS = Path(__file__).parent / "floors"

THINGS = 300
"""What a player owns after some evenings."""

SETTLED = 1.0
"""Seconds without output after which an app has nothing left to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """How an app is started and what it writes.

    Attributes:
        arguments: its command line.
        painted: text of its first full screen.
        drawn: text that is there when all has been read from the database.
        key: what is typed then.
        answer: text that the key makes it write.
    """

    arguments: Sequence[str]
    painted: str
    drawn: str
    key: str
    answer: str


def startup(folder: Path, effort: Effort) -> Iterator[Row]:
    """Starts, first paints, `--version` and memory."""
    env = environment(folder / "home")
    database = folder / "home" / "data" / "world.db"
    worlds.make(database, THINGS, oranges=worlds.MODEST)
    home = Program(game(database, worlds.PLAYER), "What next", " worth ", "j", "▸ Set ready")
    bare = Program([sys.executable, str(FLOORS / "bare_app.py")], "hello", "hello", "x", "answered")
    bare_database = Program(
        [sys.executable, str(FLOORS / "bare_database_app.py"), str(folder / "bare.db")],
        "opening", "ana has", "x", "answered",
    )  # fmt: skip
    yield compare(
        "start to Home drawn and answering keys · bare Textual app with SQLModel",
        _answers(home, env),
        _answers(bare_database, env),
        effort(25, 4),
        1.25,
    )
    yield compare(
        "first paint · bare Textual app",
        _paints(home, env),
        _paints(bare, env),
        effort(25, 4),
        1.3,
    )
    script = Path(sys.executable).with_name("inventui")
    yield compare(
        "inventui --version · python -c pass",
        _runs([str(script), "--version"], env),
        _runs([sys.executable, "-c", "pass"], env),
        effort(100, 15),
        4,
    )
    for command in (["cases"], ["open", "citrus-crate"], ["inventory"]):
        yield compare(
            f"inventui {' '.join(command)} · python -c pass",
            _runs(
                [str(script), "--database", str(database), "--player", worlds.PLAYER, *command],
                env,
            ),
            _runs([sys.executable, "-c", "pass"], env),
            effort(30, 5),
            None,
        )
    yield compare(
        "memory on Home · bare Textual app with SQLModel",
        _keeps(home, env),
        _keeps(bare_database, env),
        effort(7, 2),
        1.4,
        warm=0,
        unit="B",
    )


def _answers(program: Program, env: Mapping[str, str]) -> Side:
    """Seconds from the start until all is drawn and a key is answered."""

    def side() -> float:
        with Terminal(program.arguments, env) as terminal:
            terminal.wait_for(program.drawn)
            return terminal.wait_for(program.answer, terminal.press(program.key))

    return side


def _paints(program: Program, env: Mapping[str, str]) -> Side:
    """Seconds from the start until the first full screen is drawn."""

    def side() -> float:
        with Terminal(program.arguments, env) as terminal:
            return terminal.wait_for(program.painted)

    return side


def _keeps(program: Program, env: Mapping[str, str]) -> Side:
    """Bytes of memory once all is drawn and nothing happens any more."""

    def side() -> float:
        with Terminal(program.arguments, env) as terminal:
            terminal.wait_for(program.drawn)
            terminal.quiet(SETTLED)
            return terminal.memory()

    return side


def _runs(arguments: Sequence[str], env: Mapping[str, str]) -> Side:
    """Seconds from the start of a program to its end."""
    return timed(lambda: subprocess.run(arguments, env=env, stdout=subprocess.DEVNULL, check=True))
