"""Serving by SSH and browser: first screens after sign-in, keys of eight who play, memory."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import Any

import asyncssh

from benchmarks import worlds
from benchmarks.guests import PAINTED, PHRASE, Guest, SshGuest, Tab
from benchmarks.harness import Effort, Row, compare
from benchmarks.terminal import Terminal, environment, game
from inventui.engine.world import World

FEW, MANY, PLAYING = 10, 30, 8
MOST_MEMORY = 45 * 2**20


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
        there.come(1)
        yield _memory(server)
        there.come(PLAYING - 1)
        yield _slowest_key("SSH", there, effort)
        there.leave_game()
        there.come(PLAYING, f"http://127.0.0.1:{web}")
        yield _slowest_key("the web", there, effort)
        there.come(FEW - PLAYING)
        yield _memory(server)
        there.come(MANY - FEW)
        among = compare(f"first screen after SSH sign-in, with {MANY} others · local start",
                        there.first_screen, local, effort(10, 3), 3)  # fmt: skip
        yield replace(among, processor=None)
        yield _memory(server)
        there.play()
        yield _memory(server, "that opened a case and was in ten rooms")
        there.walk()
        yield replace(_memory(server, "that was in every room"), reach=None)
        there.leave()
    loop.close()


def _slowest_key(way: str, there: "Crowd", effort: Effort) -> Row:
    slow = quantiles(there.keys(effort(60, 20)), n=20)[-1]
    return Row(f"p95 of a key by {way}, {PLAYING} playing · 100 ms", slow, 0.1, slow / 0.1, None, 1)


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
            guest = await SshGuest.of(self._first)
            await guest.wait_for(PAINTED)
            took = perf_counter() - start
            await guest.leave()
            return took

        return self._run(play())

    def come(self, guests: int, page: str = "") -> None:
        """More of them sign in, by SSH or on a page, and are at Home."""

        async def arrive() -> None:
            for _ in range(guests):
                name = f"guest {len(self._guests)}"
                if page:
                    guest: Guest = await Tab(page, name).play()
                else:
                    guest = await SshGuest.of(await self._connect(name))
                await guest.wait_for(PAINTED)
                self._guests.append(guest)

        self._run(arrive())

    def leave_game(self) -> None:
        """Everybody who plays leaves."""
        self._all(lambda guest: guest.leave())
        self._guests.clear()

    def play(self) -> None:
        """Everybody opens a case and looks into ten rooms."""
        self._all(lambda guest: guest.play())

    def walk(self) -> None:
        """Everybody looks into all rooms and into dialogs."""
        self._all(lambda guest: guest.walk())

    def keys(self, times: int) -> list[float]:
        """Seconds from each of so many keys of everybody to the first of what it draws."""
        self._all(lambda guest: guest.rest())
        taken = self._all(lambda guest: guest.keys(times))
        return [each for one in taken for each in one]

    def leave(self) -> None:
        """Close all connections."""
        self.leave_game()
        self._run(self._stack.aclose())

    async def _connect(self, name: str) -> asyncssh.SSHClientConnection:
        return await self._stack.enter_async_context(
            asyncssh.connect(
                "127.0.0.1", self._port, username=name, password=PHRASE, known_hosts=None,
                client_keys=None, config=None, preferred_auth="password",
            )
        )  # fmt: skip

    def _all(self, deed: Callable[[Guest], Awaitable[Any]]) -> list[Any]:
        async def together() -> list[Any]:
            return await asyncio.gather(*map(deed, self._guests))

        return self._run(together())

    def _run(self, deed: Awaitable[object]) -> object:
        return self._loop.run_until_complete(deed)


def _memory(server: int, who: str = "") -> Row:
    """What each session keeps, what several share being parted among them and their parent."""
    each = _kept(server)
    what = f"memory (PSS) of a session {who}, mean of {len(each)} · 45 MiB".replace(" ,", ",")
    return Row(what, mean(each), MOST_MEMORY, mean(each) / MOST_MEMORY, None, 1, unit="B")


def _kept(server: int) -> list[int]:
    """Bytes that each session keeps."""
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
