"""A server of its own for a test, and clients that come to it from outside."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

from inventui.engine.world import World
from tests.builders import a_player, a_world
from tests.cli.real_terminal import PATIENCE, screen

asyncssh = pytest.importorskip("asyncssh", reason="asyncssh is in inventui[serve]")
for name in ("aiohttp", "textual_serve"):
    pytest.importorskip(name, reason=f"{name} is in inventui[serve]")

PHRASE = "open sesame"
QUIET = 0.5


class Served:
    """A server that runs, with the world in which ana and bob play."""

    def __init__(self, home: Path, *options: str, bounds: dict[str, float] | None = None) -> None:
        self.home, self.database = home, home / "world.db"
        with a_world(self.database) as world:
            for name in ("ana", "bob"):
                player = a_player(world, name)
                assert world.passphrases.change(player.id, PHRASE) is None
            a_player(world, "nophrase")
        environment = os.environ | {"INVENTUI_HOME": str(home), "SECRET_OF_OWNER": "x"}
        served = ["inventui", "serve", "--ssh", "0", "--web", "0", *options,
                  "--database", str(self.database)]  # fmt: skip
        if bounds is not None:
            served = ["tests.serve.greedy", str(self.database), json.dumps(bounds)]
        self.program = subprocess.Popen(
            [sys.executable, "-m", *served],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        )  # fmt: skip
        assert self.program.stdout is not None
        said = self.program.stdout.readline() + self.program.stdout.readline()
        ports = re.search(r"ssh -p (\d+).*(http://\S+:(\d+))/", said, re.DOTALL)
        assert ports, said
        self.port, self.page = int(ports[1]), ports[2]

    @property
    def folder(self) -> Path:
        """Where the server keeps what is its own."""
        (found,) = (self.home / "data" / "serve").iterdir()
        return found

    @asynccontextmanager
    async def connected(
        self, name: str, phrase: str = PHRASE
    ) -> AsyncIterator[asyncssh.SSHClientConnection]:
        async with asyncssh.connect(
            "127.0.0.1", self.port, username=name, password=phrase, known_hosts=None,
            client_keys=None, config=None, preferred_auth="password",
        ) as connection:  # fmt: skip
            yield connection

    @asynccontextmanager
    async def connected_by_key(
        self, name: str, *keys: asyncssh.SSHKey
    ) -> AsyncIterator[asyncssh.SSHClientConnection]:
        async with asyncssh.connect(
            "127.0.0.1", self.port, username=name, known_hosts=None, client_keys=list(keys),
            config=None, agent_path=None, preferred_auth="publickey",
        ) as connection:  # fmt: skip
            yield connection


class Client:
    """A terminal of 80×24 at the other end of a connection."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes]) -> None:
        self.process = process
        self.output = b""

    @classmethod
    async def of(
        cls, connection: asyncssh.SSHClientConnection, size: tuple[int, int] = (80, 24)
    ) -> Client:
        process = await connection.create_process(
            term_type="xterm-256color", term_size=size, encoding=None
        )
        return cls(process)

    async def until_shown(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words not in (shown := screen(self.output)):
            assert await self._read(end - time.monotonic()), f"{words}\n{shown}"

    async def until_quiet(self) -> None:
        """Wait until nothing more is drawn for a moment, as somebody does who looks first."""
        with suppress(TimeoutError):
            while await self._read(QUIET):
                pass

    async def until(self, words: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while words not in self.output:
            assert await self._read(end - time.monotonic()), self.output[-2000:]

    async def ended(self) -> None:
        while await self._read(PATIENCE):
            pass

    def type(self, keys: str) -> None:
        self.process.stdin.write(keys.encode())

    async def _read(self, seconds: float) -> bytes:
        data = await asyncio.wait_for(self.process.stdout.read(65536), seconds)
        self.output += data
        return data


@contextmanager
def serving(home: Path, *options: str, bounds: dict[str, float] | None = None) -> Iterator[Served]:
    """A server that runs until it is left; with `bounds`, one whose sessions can be greedy."""
    server = Served(home, *options, bounds=bounds)
    try:
        yield server
    finally:
        server.program.terminate()
        server.program.wait(PATIENCE)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("served")
    with serving(home, "--register", "open", "--sessions", "6") as server:
        yield server


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait after wrong passphrases ends while they are looked at, however slow that is."""
    monkeypatch.setattr("inventui.serve.gate.monotonic", lambda: 0.0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path / "world.db") as world:
        yield world


@pytest.fixture
def players(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which ana and bob have a passphrase, and a home for who serves it."""
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    for name in ("ana", "bob"):
        assert world.passphrases.change(a_player(world, name).id, PHRASE) is None
    return world
