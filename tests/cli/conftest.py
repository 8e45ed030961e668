"""What the tests of the command line stand on: a world of their own, and two ways to run."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from select import select
from time import monotonic
from typing import Any

import pytest
import typer.main

import inventui
from inventui.cli.core import documents
from inventui.cli.core.documents import FORMS
from inventui.cli.start import _words
from inventui.cli.start import run as run_program
from inventui.engine.world import PlayerHandle, World
from inventui.rooms import ROOMS
from inventui.rules.core.clock import FrozenClock
from tests.builders import NOW, SMALL_PACK, a_player, a_world, lived_in, opened

SOURCE = Path(inventui.__file__).parent

# Whoever runs the tests may ignore interrupts; a program of a test does not.
WITH_SMALL_PACK = (
    "import signal, sys, pathlib, inventui.content.source as source;"
    "signal.signal(signal.SIGINT, signal.default_int_handler);"
    f"source.base_pack = lambda: pathlib.Path({str(SMALL_PACK)!r});"
    "from inventui.__main__ import main; sys.exit(main())"
)


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        assert self.err == ""
        assert self.out.endswith("\n")
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    def answered(self) -> Any:
        """The object of a command that was done."""
        assert self.status == 0, self
        return self.json

    def refused(self, reason: str, status: int = 1) -> Any:
        """The error of a command that was refused."""
        assert self.status == status, self
        error = self.json["error"]
        assert error["reason"] == reason, error
        assert error["message"]
        assert set(self.json) == {"error"}
        return error

    def said(self, status: int) -> str:
        """The one plain sentence for a person, and nothing else."""
        assert self.status == status, self
        assert self.out == ""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert self.err.isprintable() or self.err[:-1].isprintable(), self.err
        return self.err.strip()


Run = Callable[..., Ran]

commands_of = cache(typer.main.get_command)
"""The tree of commands: reading it off the functions takes longer than a command does."""


def usual_world(path: Path) -> int:
    """A world in which ana has opened six cases and bob one."""
    with a_world(path) as world:
        for name, count in (("ana", 6), ("bob", 1)):
            player = a_player(world, name)
            opening = opened(player, "crate", count)
            player.reveals.revealed(opening.operation)
    return NOW


def handle_of(world: World, name: str) -> PlayerHandle:
    """The handle of a player who lives there."""
    handle = world.player(name)
    assert isinstance(handle, PlayerHandle)
    return handle


SHAPE_OF_OUTPUT = (
    "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE"
)  # fmt: skip
"""What changes how a page is drawn; whoever runs the tests may have set it."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data, settings and documents of this test alone; the small pack; no daily backups."""
    for name in tuple(os.environ):
        if name.startswith("INVENTUI_") or name in SHAPE_OF_OUTPUT:
            monkeypatch.delenv(name)
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: SMALL_PACK)
    monkeypatch.setattr("inventui.cli.lab.tables.base_pack", lambda: SMALL_PACK)
    monkeypatch.setattr(World, "back_up_today", lambda world: None)
    monkeypatch.setattr(typer.main, "get_command", commands_of)
    return tmp_path


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """The time of every world that a command opens here; it passes when a test says so."""
    clock = FrozenClock(NOW)
    monkeypatch.setattr("inventui.engine.world.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def database(home: Path) -> Path:
    """The usual world of this test: ana has six things, bob has one."""
    path = home / "data" / "world.db"
    path.parent.mkdir(0o700)
    lived_in(path, usual_world)
    return path


@pytest.fixture
def world(database: Path) -> Iterator[World]:
    """The same world, open."""
    world = a_world(database)
    yield world
    world.close()


@cache
def describers() -> dict[str, str]:
    """Which module describes a dataclass, by the name of that."""
    found = {}
    for file in (SOURCE / "cli").rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
        found |= dict.fromkeys(
            re.findall(r"^describe\(\s*(\w+)", file.read_text("utf-8"), re.M), module
        )
    return found


@cache
def imported_by(module: str) -> frozenset[str]:
    """The modules of commands that one imports, with it."""
    file = SOURCE.parent / f"{module.replace('.', '/')}.py"
    if not file.exists():
        return frozenset()
    found = {module}
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("inventui.cli"):
            found |= imported_by(str(node.module))
            found = found.union(*(imported_by(f"{node.module}.{each.name}") for each in node.names))
    return frozenset(found)


def not_imported(word: str, printed: Iterable[type]) -> set[type]:
    """What a command prints that is described by modules which it does not import."""
    modules = [
        f"inventui.cli.{module.partition(':')[0]}"
        for room in ROOMS
        for module, words in room.commands.items()
        if word in words.split()
    ]
    known = frozenset().union(*map(imported_by, modules), imported_by(documents.__name__))
    return {kind for kind in printed if kind in FORMS and describers()[kind.__name__] not in known}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line here: quick, with the streams captured."""

    def nobody_plays(start: object) -> int:
        raise AssertionError(f"the game began: {start}")

    printed: set[type] = set()
    form_of = documents.form_of

    def recorded(kind: type) -> documents.Form:
        printed.add(kind)
        return form_of(kind)

    def run(*arguments: object, player: str | None = "ana") -> Ran:
        if player is not None:
            monkeypatch.setenv("INVENTUI_PLAYER", player)
        else:
            monkeypatch.delenv("INVENTUI_PLAYER", raising=False)
        capsys.readouterr()
        words = [str(argument) for argument in arguments]
        with monkeypatch.context() as patch:
            patch.setattr(documents, "form_of", recorded)
            status = run_program(words, nobody_plays)
        # Here all commands were imported before: in a program those of one module are.
        assert not_imported(next(_words(words), ""), printed) == set()
        printed.clear()
        captured = capsys.readouterr()
        return Ran(int(status), captured.out, captured.err)

    return run


@pytest.fixture
def spawn(home: Path) -> Run:
    """Run a command line in a process of its own."""

    def spawn(*arguments: object, **options: Any) -> Ran:
        done = subprocess.run(
            [sys.executable, "-c", WITH_SMALL_PACK, *map(_argument, arguments)],
            capture_output=True,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            env={**os.environ, "PYTHONFAULTHANDLER": "1", **options.pop("env", {})},
            check=False,
            timeout=60,
            **options,
        )
        return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode())

    return spawn


def read_until(terminal: int, words: bytes | None = None, seconds: float = 60) -> bytes:
    """What programs write to a terminal until these words, or until their end."""
    drawn, end = b"", monotonic() + seconds
    while words is None or words not in drawn:
        assert select([terminal], [], [], max(end - monotonic(), 0))[0], drawn
        try:
            more = os.read(terminal, 4096)
        except OSError:  # nobody has its other end any more
            more = b""
        if not more:
            assert words is None, drawn
            break
        drawn += more
    return drawn


def _argument(argument: object) -> str | bytes:
    return argument if isinstance(argument, bytes) else str(argument)
