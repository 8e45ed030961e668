"""The sessions of a server: each is a process on a terminal whose other end is here."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inventui.db.errors import WorldError
from inventui.db.location import on_server
from inventui.serve.gate import LOCKED_OUT
from inventui.serve.limits import Limits, bounded_size, site_of
from inventui.serve.spawner import COMMAND, Spec, message, start_message
from inventui.system import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHUNK = 64 * 1024
WATCH_SECONDS = 2.0
"""Seconds between two looks at who is idle, and who was locked out."""

OVER = "\x1b[?1049l\x1b[?25h\x1b[0m"
"""Leaves the alternate screen, should the game not have done so."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who has signed in, and from where."""

    player: int
    name: str
    address: str
    way: str


class FullError(Exception):
    """There is no room for another session; the text says why."""


class PlaySession:
    """A session that runs.

    Attributes:
        guest: who plays.
        since: when it began, by the loop's clock.
        used: when something was typed last.
        farewell: what its player is told once it has ended.
    """

    def __init__(self, number: int, guest: Guest, master: int, sessions: Sessions) -> None:
        self.number, self.guest = number, guest
        self._master, self._sessions = master, sessions
        self._loop = asyncio.get_running_loop()
        self.since = self.used = self._loop.time()
        self.farewell = ""
        self.gone = asyncio.Event()
        self.ended: asyncio.Future[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    async def read(self) -> bytes:
        """What the game has drawn; nothing once it has ended."""
        while self._master >= 0:
            try:
                data = os.read(self._master, CHUNK)
            except BlockingIOError:
                await self._ready(self._loop.add_reader, self._loop.remove_reader)
                continue
            except OSError:
                return b""
            # Others have their turn, however much one session draws.
            await asyncio.sleep(0)
            return data
        return b""

    async def write(self, data: bytes) -> None:
        """Hand on what was typed; waits as long as the game does not read."""
        self.used = self._loop.time()
        while data and self._master >= 0:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                await self._ready(self._loop.add_writer, self._loop.remove_writer)
            except OSError:
                return

    def resize(self, columns: int, lines: int) -> None:
        """The terminal has another size."""
        if self._master >= 0:
            set_size(self._master, columns, lines)

    def end(self, words: str) -> None:
        """Let the game finish what it does; its player is told why."""
        self.farewell = self.farewell or words
        self._sessions.signal(self.number, signal.SIGTERM)
        self._loop.call_later(self._sessions.limits.closing_seconds, self.kill)

    def kill(self) -> None:
        """End the game now, if it has not ended."""
        if not self.gone.is_set():
            self._sessions.signal(self.number, signal.SIGKILL)

    def hang_up(self) -> None:
        """The terminal is gone: the game ends, and whoever waits for it waits no more."""
        if self._master >= 0:
            for remove in (self._loop.remove_reader, self._loop.remove_writer):
                remove(self._master)
            os.close(self._master)
            self._master = -1
        for future in self._waiting:
            _settle(future)
        self._loop.call_later(self._sessions.limits.closing_seconds, self.kill)

    async def _ready(self, add: Callable[..., object], remove: Callable[[int], object]) -> None:
        future: asyncio.Future[None] = self._loop.create_future()
        descriptor = self._master
        add(descriptor, _settle, future)
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
            if self._master == descriptor:
                remove(descriptor)


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def set_size(terminal: int, columns: int, lines: int) -> None:
    """Tell a terminal its size, as far as it is drawn for."""
    columns, lines = bounded_size(columns, lines)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


class Sessions:
    """All sessions of a server.

    Args:
        database: path or URL of the world.
        folder: where what is the server's own lies.
        limits: the bounds.
        locked: the numbers of players who may not play.

    Attributes:
        active: those that run, by number.
    """

    def __init__(
        self,
        database: str,
        folder: Path,
        limits: Limits,
        locked: Callable[[], frozenset[int]] = frozenset,
    ) -> None:
        self.limits, self._locked = limits, locked
        self.active: dict[int, PlaySession] = {}
        self._database, self._folder = database, folder
        self._last = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def begin(self) -> None:
        """Start the process that sessions are forked from, and wait until it is warm."""
        ours, theirs = socket.socketpair()
        with theirs:
            told = (json.dumps(sys.path), str(theirs.fileno()), str(int(on_server(self._database))))
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", COMMAND, *told],
                pass_fds=[theirs.fileno()],
                env=base_environment(),
                stdin=subprocess.DEVNULL,
            )
        reader, self._writer = await asyncio.open_connection(sock=ours)
        if not await reader.readline():
            raise OSError("sessions can't be started here")
        self._spawn(self._hear(reader))
        self._spawn(self._watch())

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
        assert self._writer is not None
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
        master, terminal = os.openpty()
        try:
            set_size(terminal, *size)
            os.set_blocking(master, False)
            self._last += 1
            session = PlaySession(self._last, guest, master, self)
            self.active[session.number] = session
            # The transport owns the socket; messages are short, so it has written them already.
            raw = self._writer.get_extra_info("socket")
            with socket.socket(fileno=os.dup(raw.fileno())) as copy:
                socket.send_fds(copy, [start_message(session.number, spec)], [terminal])
        finally:
            os.close(terminal)
        return session

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
        while line := await reader.readline():
            said = json.loads(line)
            if "ended" in said:
                self._ended(said["ended"], said["status"])
        for number in list(self.active):
            self._ended(number, 1)

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
