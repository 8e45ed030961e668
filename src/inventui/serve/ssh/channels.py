"""What a client opens on a connection by SSH: a terminal, or a transfer of files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncssh

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

RESIZE_SECONDS = 0.05
"""A terminal that changes its size more often is looked at so often."""

TOLD = b"COLORTERM"
"""The variable that a client may tell."""

LONGEST_TOLD = 100


class _FewVariables(dict[bytes, bytes]):
    """What a client told of its environment: nothing bounds how much it sends."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        if name == TOLD:
            super().__setitem__(name, value[:LONGEST_TOLD])


def keep_few_variables(channel: asyncssh.SSHServerChannel[bytes]) -> None:
    """Drop what a client tells of its environment, but for what is asked for."""
    channel._env = _FewVariables()


class GuestProcess(asyncssh.SSHServerProcess[bytes]):
    """A terminal or a transfer of files, which keeps nothing without bound.

    Args:
        play: begins the game.
        files: makes what answers a transfer of files.
        closed: is told when the channel is gone.
    """

    def __init__(
        self,
        play: Callable[[Any], Awaitable[None]],
        files: Callable[[Any], asyncssh.SFTPServer],
        closed: Callable[[], None],
    ) -> None:
        super().__init__(play, files, 3, allow_scp=False)
        self._closed = closed
        self._resize: Callable[[int, int], None] | None = None
        self._resizing = False

    def on_size(self, resize: Callable[[int, int], None]) -> None:
        """Tell sizes of the terminal from now on, the present one first."""
        self._resize = resize
        self._tell_size()

    def terminal_size_changed(
        self,
        width: int,  # noqa: ARG002
        height: int,  # noqa: ARG002
        pixwidth: int,  # noqa: ARG002
        pixheight: int,  # noqa: ARG002
    ) -> None:
        """Look at the size soon, however often it changes meanwhile."""
        if self._resize is not None and not self._resizing:
            self._resizing = True
            asyncio.get_running_loop().call_later(RESIZE_SECONDS, self._tell_size)

    def break_received(self, msec: int) -> bool:  # noqa: ARG002
        """A break is no key of the game."""
        return True

    def signal_received(self, signal: str) -> None:
        """Nobody signals a game from elsewhere."""

    async def read(self, datatype: Any, n: int, exact: bool) -> bytes:
        """What was sent.

        A transfer of files alone reads exact lengths: it waits until its answers are read.
        """
        if exact:
            await self.drain(None)
        said: bytes = await super().read(datatype, n, exact)
        return said

    def connection_lost(self, exc: Exception | None) -> None:
        """The channel is gone."""
        self._closed()
        super().connection_lost(exc)

    def _tell_size(self) -> None:
        self._resizing = False
        if self._resize is not None:
            self._resize(*self.term_size[:2])


def address_of(conn: Any) -> str:
    """Where a connection comes from."""
    peer = conn.get_extra_info("peername")
    return str(peer[0]) if peer else ""
