"""What the ways in have in common: the world, its gate, its sessions, the log."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from inventui import config
from inventui.db.errors import WorldError
from inventui.rules.core.text import printable
from inventui.rules.people.register import Register
from inventui.serve.gate import LOCKED_OUT, NOT_NOW, Gate
from inventui.serve.limits import Limits, site_of
from inventui.serve.play_session import Guest, PlaySession
from inventui.serve.sessions import FullError, Sessions
from inventui.system import private_folder, private_open

if TYPE_CHECKING:
    from inventui.engine.world import World

LINES_KEPT = 12
LONGEST_LOG = 1_000_000


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """What is to be served, and where.

    Attributes:
        database: path or URL of the world.
        host: address to listen at.
        ssh: port for SSH; 0 for any that is free, None for no SSH.
        web: port for browsers, likewise.
        web_host: address to listen at for browsers.
        url: where players find the page, where a proxy with TLS stands before it.
        register: who may become a player.
        limits: the bounds.
    """

    database: str
    ssh: int | None = None
    host: str = "127.0.0.1"
    web: int | None = None
    web_host: str = "127.0.0.1"
    url: str = ""
    register: Register = Register.CLOSED
    limits: Limits = field(default_factory=Limits)


class ServerContext:
    """What the ways in have in common."""

    def __init__(self, world: World, options: ServerOptions) -> None:
        self.world, self.limits = world, options.limits
        digest = sha256(world.seed.encode()).hexdigest()[:12]
        self.folder = config.data_dir().absolute() / "serve" / digest
        private_folder(self.folder)
        self.gate = Gate(world, options.register, self.folder / "known.jsonl", self.log)
        self.sessions = Sessions(
            options.database, self.folder, options.limits, world.locks.locked, self.log
        )
        self.lines: deque[str] = deque(maxlen=LINES_KEPT)
        self.opened_files: Counter[int] = Counter()
        """By player, those that are being read by sftp."""
        self._connected: Counter[str] = Counter()

    def connect(self, address: str) -> bool:
        """Count a connection; False if there are too many.

        Of those from an empty address only all are counted.
        """
        limits, address = self.limits, site_of(address)
        there = self._connected.total()
        if there >= limits.connections + limits.reserved:
            return False
        if there >= limits.connections and not self.gate.is_known(address):
            return False
        if address and self._connected[address] >= limits.connections_per_address:
            return False
        self._connected[address] += 1
        return True

    def disconnect(self, address: str) -> None:
        """A connection that was counted is gone."""
        address = site_of(address)
        self._connected[address] -= 1
        if not self._connected[address]:
            del self._connected[address]

    async def open(
        self, guest: Guest, term: str, truecolor: bool, size: tuple[int, int]
    ) -> PlaySession:
        """Begin a session, and log it.

        Raises:
            FullError: one of the bounds is reached, the player is locked out, or the world
                can't be read.
        """
        try:
            locked = await asyncio.to_thread(self.world.locks.locked)
        except WorldError as error:
            self.log(f"{guest.name} could not play: {error}")
            raise FullError(NOT_NOW) from None
        if guest.player in locked:
            raise FullError(LOCKED_OUT)
        session = await self.sessions.open(guest, term, truecolor, size)
        self.log(f"{guest.name} plays by {guest.way} from {guest.address}")

        async def ended() -> None:
            await session.gone.wait()
            self.log(f"{guest.name} has left")

        session.ended = asyncio.ensure_future(ended())
        return session

    def log(self, words: str) -> None:
        """Keep a line, on the page and in a file."""
        line = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {printable(words)}"
        self.lines.append(line)
        path = self.folder / "serve.log"
        with contextlib.suppress(OSError):
            if path.exists() and path.stat().st_size > LONGEST_LOG:
                path.replace(config.former_log(path))
            with private_open(path, "a", errors="backslashreplace") as log:
                log.write(line + "\n")
