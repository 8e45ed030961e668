"""What the tests of the command line stand on: a world of their own, and two ways to run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from inventui.cli.start import run as run_program
from inventui.engine.world import World
from inventui.rules.clock import FrozenClock
from tests.builders import NOW, SMALL_PACK, a_player, a_world, opened

WITH_SMALL_PACK = (
    "import sys, pathlib, inventui.content.source as source;"
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


@cache
def _lived_in() -> Path:
    """A world in which ana has opened six cases and bob one; copied for each test."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "lived-in.db"
    world = a_world(path)
    ana, bob = a_player(world, "ana"), a_player(world, "bob")
    for player, count in ((ana, 6), (bob, 1)):
        opening = opened(player, "crate", count)
        player.cases.revealed(opening.operation)
    world.close()
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data, settings and documents of this test alone; the small pack; no daily backups."""
    for name in tuple(os.environ):
        if name.startswith("INVENTUI_") or name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    monkeypatch.setattr("inventui.engine.world.base_pack", lambda: SMALL_PACK)
    monkeypatch.setattr(World, "_daily_backup", lambda world: None)
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
    path.parent.mkdir()
    shutil.copyfile(_lived_in(), path)
    return path


@pytest.fixture
def world(database: Path) -> Iterator[World]:
    """The same world, open."""
    world = a_world(database)
    yield world
    world.close()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line here: quick, with the streams captured."""

    def nobody_plays(start: object) -> int:
        raise AssertionError(f"the game began: {start}")

    def run(*arguments: object, player: str | None = "ana") -> Ran:
        if player is not None:
            monkeypatch.setenv("INVENTUI_PLAYER", player)
        else:
            monkeypatch.delenv("INVENTUI_PLAYER", raising=False)
        capsys.readouterr()
        status = run_program([str(argument) for argument in arguments], nobody_plays)
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


def _argument(argument: object) -> str | bytes:
    return argument if isinstance(argument, bytes) else str(argument)
