"""The sessions of a server: each is a process on a terminal whose other end is here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from inventui.db.errors import WorldError
from inventui.db.location import on_server
from inventui.serve.gate import LOCKED_OUT
from inventui.serve.limits import Limits, site_of
from inventui.serve.play_session import Guest, PlaySession, set_size
from inventui.serve.spawner import COMMAND, Spec, message, start_message
from inventui.system import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WATCH_SECONDS = 2.0
"""Seconds between two looks at who is idle, and who was locked out."""

ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""What lets the threads of a session fill one heap: their own would each be half empty."""

NOT_NOW = "No game can begin just now. Try again in a moment."
AGAIN_SECONDS = 1.0
"""After which another process for sessions is started where the last one has ended."""


class FullError(Exception):
    """There is no room for another session; the text says why."""


class Sessions:
    """All sessions of a server.

    Args:
        database: path or URL of the world.
        folder: where what is the server's own lies.
        limits: the bounds.
        locked: the numbers of players who may not play.
        log: takes a line of what happened.

    Attributes:
        active: those that run, by number.
    """

    def __init__(
        self,
        database: str,
        folder: Path,
        limits: Limits,
        locked: Callable[[], frozenset[int]] = frozenset,
        log: Callable[[str], None] = print,
    ) -> None:
        self.limits, self._locked, self._log = limits, locked, log
        self.active: dict[int, PlaySession] = {}
        self._database, self._folder = database, folder
        self._last = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def begin(self) -> None:
        """Start the process that sessions are forked from, and wait until it is warm.

        Raises:
            OSError: sessions can't be started here.
        """
        self._spawn(self._hear(await self._start()))
        self._spawn(self._watch())

    async def _start(self) -> asyncio.StreamReader:
        ours, theirs = socket.socketpair()
        with theirs:
            told = (json.dumps(sys.path), str(theirs.fileno()), str(int(on_server(self._database))))
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", COMMAND, *told],
                pass_fds=[theirs.fileno()],
                env=base_environment() | ONE_HEAP,
                stdin=subprocess.DEVNULL,
            )
        reader, writer = await asyncio.open_connection(sock=ours)
        if not await reader.readline():
            raise OSError("sessions can't be started here")
        self._writer = writer
        return reader

    def documents(self, player: int) -> Path:
        """The folder of what a player takes home."""
        return self._folder / "players" / str(player) / "documents"

    async def open(
        self, guest: Guest, term: str, truecolor: bool, size: tuple[int, int]
    ) -> PlaySession:
        """Begin a session.

        Raises:
            FullError: one of the bounds is reached.
        """
        self._check_room(guest)
        folder = self._folder / "players" / str(guest.player)
        private_folder(folder / "documents")
        environment = base_environment() | {
            "TERM": term,
            "HOME": str(folder),
            "INVENTUI_HOME": ".",
            **({"COLORTERM": "truecolor"} if truecolor else {}),
        }
        spec = Spec(
            self._database, guest.name, guest.player, str(folder), environment,
            self.limits.memory, self.limits.processor_seconds, self.limits.files,
        )  # fmt: skip
        self._last += 1
        try:
            session = self._begun(self._last, spec, guest, size)
        except OSError:
            raise FullError(NOT_NOW) from None
        self.active[session.number] = session
        return session

    def _begun(self, number: int, spec: Spec, guest: Guest, size: tuple[int, int]) -> PlaySession:
        if self._writer is None:
            raise OSError("the process that sessions come from is not there")
        master, terminal = os.openpty()
        try:
            set_size(terminal, *size)
            os.set_blocking(master, False)
            # The transport owns the socket; messages are short, so it has written them already.
            raw = self._writer.get_extra_info("socket")
            with socket.socket(fileno=os.dup(raw.fileno())) as copy:
                socket.send_fds(copy, [start_message(number, spec)], [terminal])
        except OSError:
            os.close(master)
            raise
        finally:
            os.close(terminal)
        return PlaySession(number, guest, master, self)

    def signal(self, session: int, number: int) -> None:
        """Signal a session's process, if it runs."""
        if self._writer is not None and session in self.active:
            self._writer.write(message({"session": session, "signal": int(number)}))

    async def close(self, words: str) -> None:
        """End all sessions, each told why, and the process that they come from."""
        self._closing = True
        for session in list(self.active.values()):
            session.end(words)
        waits = [asyncio.ensure_future(s.gone.wait()) for s in list(self.active.values())]
        if waits:
            await asyncio.wait(waits, timeout=self.limits.closing_seconds + 0.5)
        for task in (*waits, *self._tasks):
            task.cancel()
        if self._writer is not None:
            self._writer.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, 5)

    def _check_room(self, guest: Guest) -> None:
        limits, active = self.limits, [session.guest for session in self.active.values()]
        site = site_of(guest.address)
        if self._closing:
            raise FullError("This server is closing.")
        if len(active) >= limits.sessions:
            raise FullError("As many play here as there is room for. Try again later.")
        if sum(site_of(other.address) == site for other in active) >= limits.per_address:
            raise FullError("As many play from your address as may. Try again later.")
        if sum(other.player == guest.player for other in active) >= limits.per_player:
            raise FullError("You play here already, as often as one may.")

    def _spawn(self, work: Any) -> None:
        self._tasks.add(asyncio.ensure_future(work))

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        while True:
            while line := await reader.readline():
                said = json.loads(line)
                if "ended" in said:
                    self._ended(said["ended"], said["status"])
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            for number, session in list(self.active.items()):
                # Its own process may live on: without a terminal it ends.
                self._ended(number, 1)
                session.hang_up()
            if self._closing:
                return
            self._log("the process that games come from has ended, and is started anew")
            reader = await self._started_anew()

    async def _started_anew(self) -> asyncio.StreamReader:
        while True:
            if self._process is not None:
                await asyncio.to_thread(self._process.wait)
            with contextlib.suppress(OSError):
                return await self._start()
            await asyncio.sleep(AGAIN_SECONDS)

    def _ended(self, number: int, status: int) -> None:
        session = self.active.pop(number, None)
        if session is None:
            return
        if status not in (0, 143, 129) and not session.farewell:
            session.farewell = "The game ended unexpectedly. What was done is kept."
        session.gone.set()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = asyncio.get_running_loop().time()
            locked: frozenset[int] = frozenset()
            # A world that can't be read just now ends no session.
            with contextlib.suppress(WorldError):
                locked = await asyncio.to_thread(self._locked) if self.active else locked
            for session in list(self.active.values()):
                if session.guest.player in locked and not session.farewell:
                    session.end(LOCKED_OUT)
                elif now - session.used > self.limits.idle_seconds and not session.farewell:
                    session.end("Nothing was typed for long, so the game ended. Come again.")


def base_environment() -> dict[str, str]:
    """What of the environment every session has: a language, and how to reach a server."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    return {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", **kept}
