"""Serving by SSH and browser: first screens after sign-in, keys of eight who play, memory."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter

import asyncssh
from aiohttp import ClientSession, CookieJar

from benchmarks import worlds
from benchmarks.harness import Effort, Row, compare
from benchmarks.terminal import _ESCAPES, PATIENCE, Terminal, environment, game
from inventui.engine.world import World

PHRASE = "open sesame"
PAINTED = "What next"
MANY, PLAYING = 30, 8
MOST_MEMORY = 45 * 2**20
PAUSE = 0.3
"""Seconds between two keys of one who plays."""


def serving(folder: Path, effort: Effort) -> Iterator[Row]:
    """The first screen with no other session and with thirty, keys, and memory."""
    env = environment(folder / "home")
    database = folder / "home" / "data" / "world.db"
    worlds.make(database, 300, oranges=worlds.MODEST)
    with World.open(database, daily_backup=False) as world:
        for name in (worlds.PLAYER, *(f"guest {number}" for number in range(MANY))):
            world.invitations.join(name, PHRASE)
        world.passphrases.change(worlds.player_of(world).id, PHRASE)
    # Who plays here says no passphrase.
    local_env = env | {"INVENTUI_PASSPHRASE": PHRASE}
    loop = asyncio.new_event_loop()

    def local() -> float:
        with Terminal(game(database, worlds.PLAYER), local_env) as terminal:
            return terminal.wait_for(PAINTED)

    with _served(database, env) as (server, port, web):
        there = Crowd(loop, port)
        alone = compare("first screen after SSH sign-in, alone · local start",
                        there.first_screen, local, effort(15, 3), 1.5)  # fmt: skip
        # What the server computes is not seen from here.
        yield replace(alone, processor=None)
        tab = Tab(f"http://127.0.0.1:{web}")
        browser = compare("first screen on the page, alone · local start",
                          lambda: loop.run_until_complete(tab.first_screen()), local,
                          effort(15, 3), 1.5)  # fmt: skip
        yield replace(browser, processor=None)
        loop.run_until_complete(tab.close())
        there.come(PLAYING)
        slow = quantiles(there.keys(effort(60, 20)), n=20)[-1]
        yield Row(f"p95 of a key by SSH, {PLAYING} playing · 100 ms",
                  slow, 0.1, slow / 0.1, None, 1)  # fmt: skip
        there.come(MANY - PLAYING)
        among = compare(f"first screen after SSH sign-in, with {MANY} others · local start",
                        there.first_screen, local, effort(10, 3), 3)  # fmt: skip
        yield replace(among, processor=None)
        each = _memory(server)
        yield Row(f"memory (PSS) of a session, mean of {len(each)} · 45 MiB",
                  mean(each), MOST_MEMORY, mean(each) / MOST_MEMORY, None, 1, unit="B")  # fmt: skip
        there.leave()
    loop.close()


class Crowd:
    """Guests of a server, all in this program."""

    def __init__(self, loop: asyncio.AbstractEventLoop, port: int) -> None:
        self._loop, self._port = loop, port
        self._stack = AsyncExitStack()
        self._guests: list[Guest] = []
        self._first: asyncssh.SSHClientConnection | None = None

    def first_screen(self) -> float:
        """Seconds from the wish to play, once signed in, to the first screen."""

        async def play() -> float:
            if self._first is None:
                self._first = await self._connect(worlds.PLAYER)
            start = perf_counter()
            guest = await Guest.of(self._first)
            await guest.wait_for(PAINTED)
            took = perf_counter() - start
            guest.process.close()
            await guest.process.wait_closed()
            return took

        return self._run(play())

    def come(self, guests: int) -> None:
        """More of them sign in, and are at Home."""

        async def arrive() -> None:
            for _ in range(guests):
                name = f"guest {len(self._guests)}"
                guest = await Guest.of(await self._connect(name))
                await guest.wait_for(PAINTED)
                self._guests.append(guest)

        self._run(arrive())

    def keys(self, times: int) -> list[float]:
        """Seconds from each of so many keys of everybody to the first of what it draws."""

        async def play() -> list[float]:
            await asyncio.gather(*(guest.rest() for guest in self._guests))
            taken = await asyncio.gather(*(guest.keys(times) for guest in self._guests))
            return [each for one in taken for each in one]

        return self._run(play())

    def leave(self) -> None:
        """Close all connections."""
        self._run(self._stack.aclose())

    async def _connect(self, name: str) -> asyncssh.SSHClientConnection:
        return await self._stack.enter_async_context(
            asyncssh.connect(
                "127.0.0.1", self._port, username=name, password=PHRASE, known_hosts=None,
                client_keys=None, config=None, preferred_auth="password",
            )
        )  # fmt: skip

    def _run(self, deed: Awaitable[object]) -> object:
        return self._loop.run_until_complete(deed)


class Guest:
    """One who plays by SSH."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes]) -> None:
        self.process = process
        self._output = b""

    @classmethod
    async def of(cls, connection: asyncssh.SSHClientConnection) -> "Guest":
        """Begin to play on a connection that has signed in."""
        return cls(
            await connection.create_process(
                term_type="xterm-256color", term_size=(80, 24), encoding=None
            )
        )

    async def wait_for(self, text: str) -> None:
        """Wait until a text was drawn."""
        while text.encode() not in _ESCAPES.sub(b"", self._output):
            await self._read(PATIENCE)

    async def rest(self) -> None:
        """Wait until nothing is drawn for a second."""
        try:
            while True:
                await self._read(1.0)
        except TimeoutError:
            return

    async def keys(self, times: int) -> list[float]:
        """Walk down and up in the list of Home; seconds until each key is answered."""
        taken = []
        for number in range(times):
            await asyncio.sleep(PAUSE)
            self.process.stdin.write(b"k" if number % 2 else b"j")
            start = perf_counter()
            await self._read(PATIENCE)
            taken.append(perf_counter() - start)
            try:
                while True:
                    await self._read(0.05)
            except TimeoutError:
                pass
        return taken

    async def _read(self, seconds: float) -> None:
        data = await asyncio.wait_for(self.process.stdout.read(65536), seconds)
        if not data:
            raise RuntimeError(f"it ended:\n{self._output[-2000:]!r}")
        self._output += data


class Tab:
    """What a browser does, without drawing."""

    def __init__(self, page: str) -> None:
        self._page, self._client = page, None

    async def first_screen(self) -> float:
        """Seconds from opening the terminal, once signed in, to the first screen."""
        headers = {"Origin": self._page}
        if self._client is None:
            self._client = ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers)
            said = {"name": worlds.PLAYER, "passphrase": PHRASE}
            await (await self._client.post(f"{self._page}/sign-in", data=said)).read()
        start, drawn = perf_counter(), b""
        async with self._client.ws_connect(f"{self._page}/play?width=80&height=24") as socket:
            while PAINTED.encode() not in _ESCAPES.sub(b"", drawn):
                drawn += await socket.receive_bytes(timeout=PATIENCE)
            return perf_counter() - start

    async def close(self) -> None:
        """Be gone."""
        await self._client.close()


def _memory(server: int) -> list[int]:
    """Bytes that each session keeps, what several share being parted among them."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = stat.read_text().rpartition(")")[2].split()
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    sessions = [one for spawner in children.get(server, ()) for one in children.get(spawner, ())]
    kept = []
    for process in sessions:
        # One that has just ended has none any more.
        with suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            kept += [int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")]
    return kept


@contextmanager
def _served(database: Path, env: dict[str, str]) -> Iterator[tuple[int, int, int]]:
    """A server without bounds of addresses: its process and ports."""
    program = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serving", str(database)],
        stdout=subprocess.PIPE, text=True,
        env=env | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert program.stdout is not None
    try:
        yield program.pid, *json.loads(program.stdout.readline())
    finally:
        program.terminate()
        program.wait(10)


def _serve(database: str) -> None:
    from inventui.serve.context import ServerOptions
    from inventui.serve.limits import Limits
    from inventui.serve.server import Listeners, serve

    limits = Limits(per_address=100, connections_per_address=100)

    def ready(listeners: Listeners) -> None:
        print(json.dumps([listeners.ssh, listeners.web]), flush=True)

    asyncio.run(serve(ServerOptions(database, ssh=0, web=0, limits=limits), ready))


if __name__ == "__main__":
    _serve(sys.argv[1])
