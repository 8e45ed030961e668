"""A session that runs: a process on a terminal whose other end is here."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import struct
import termios
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from inventui.serve.limits import Limits, bounded_size

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK = 64 * 1024

OVER = "\x1b[?1049l\x1b[?25h\x1b[0m"
"""Leaves the alternate screen, should the game not have done so."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who has signed in, and from where."""

    player: int
    name: str
    address: str
    way: str


class Signals(Protocol):
    """Who reaches the processes of sessions."""

    limits: Limits

    def signal(self, session: int, number: int) -> None:
        """Signal a session's process, if it runs."""


class PlaySession:
    """A session that runs.

    Attributes:
        guest: who plays.
        since: when it began, by the loop's clock.
        used: when something was typed last.
        farewell: what its player is told once it has ended.
    """

    def __init__(self, number: int, guest: Guest, master: int, sessions: Signals) -> None:
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
