"""The game's terminal in a browser, at the other end of a websocket.

What the game draws goes out as it is, in binary messages. What comes in is JSON in text, as
textual.js writes it: `["stdin", text]`, `["resize", {"width": …, "height": …}]`, `["ping", …]`.
What is said beside the game, by play.js, goes out as `["told", text]`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from inventui.rules.core.text import printable
from inventui.serve.play_session import OVER

if TYPE_CHECKING:
    from inventui.serve.limits import Limits
    from inventui.serve.play_session import PlaySession

BURST_SECONDS = 5.0
"""Messages of so many seconds may come at once."""

ALIVE_SECONDS = 30.0
"""After which a browser that says nothing is asked whether it is there."""

TOO_FAST = "Not pasted: the game still reads what came before."
CLOSING_SECONDS = 0.5
LONGEST_PING = 64


class TooMuchError(Exception):
    """More was sent than may be."""


class Terminal:
    """A session's terminal in a browser.

    Args:
        socket: where the browser is.
        session: what it shows.
        limits: how much it may send.
    """

    def __init__(self, socket: web.WebSocketResponse, session: PlaySession, limits: Limits) -> None:
        self._socket, self._session, self._limits = socket, session, limits
        self._loop = asyncio.get_running_loop()
        self._typed = bytearray()
        self._any = asyncio.Event()
        self._allowed, self._at = limits.messages * BURST_SECONDS, self._loop.time()

    async def run(self) -> None:
        """Play until the game or the browser is gone."""
        tasks = [
            asyncio.ensure_future(work()) for work in (self._listen, self._draw, self._hand_on)
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            self._session.hang_up()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _draw(self) -> None:
        """Send what the game draws, and at its end why it has ended."""
        session = self._session
        with contextlib.suppress(ConnectionError):
            while data := await session.read():
                await self._socket.send_bytes(data)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(session.gone.wait(), self._limits.closing_seconds + 1)
            words = f"{OVER}\r\n{printable(session.farewell)}\r\n" if session.farewell else OVER
            await self._socket.send_bytes(words.encode())
            await self._socket.close()

    async def _listen(self) -> None:
        """Take in what the browser sends until it is gone or sends too much."""
        try:
            async for message in self._socket:
                self._count()
                if message.type is WSMsgType.PING:
                    await self._socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    await self._take(message)
        except TooMuchError:
            with contextlib.suppress(ConnectionError):
                await self._socket.close(
                    code=WSCloseCode.POLICY_VIOLATION, message=b"too many messages"
                )
        except ConnectionError:
            pass

    async def _hand_on(self) -> None:
        """Hand on what was typed, as fast as the game reads it."""
        while True:
            await self._any.wait()
            self._any.clear()
            data = bytes(self._typed)
            self._typed.clear()
            await self._session.write(data)

    async def _take(self, message: WSMessage) -> None:
        kind, value = _parsed(message.data)
        if kind == "stdin" and isinstance(value, str):
            data = value.encode("utf-8", "replace")
            if len(self._typed) + len(data) > self._limits.message:
                await self._socket.send_json(["told", TOO_FAST])
                return
            self._typed += data
            self._any.set()
        elif kind == "resize" and isinstance(value, dict):
            width, height = value.get("width"), value.get("height")
            if type(width) is int and type(height) is int:
                self._session.resize(width, height)
        elif kind == "ping" and isinstance(value, str):
            await self._socket.send_json(["pong", value[:LONGEST_PING]])

    def _count(self) -> None:
        """Count a message.

        Raises:
            TooMuchError: more came than may.
        """
        now, rate = self._loop.time(), self._limits.messages
        self._allowed = min(rate * BURST_SECONDS, self._allowed + (now - self._at) * rate)
        self._at = now
        self._allowed -= 1
        if self._allowed < 0:
            raise TooMuchError


def new_socket(limits: Limits) -> web.WebSocketResponse:
    """A websocket that takes no longer messages than may be, and leaves answering pings to us."""
    return web.WebSocketResponse(
        max_msg_size=limits.message,
        heartbeat=ALIVE_SECONDS,
        autoping=False,
        timeout=CLOSING_SECONDS,
    )


def _parsed(text: str) -> tuple[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return "", None
    if not isinstance(said, list) or len(said) != 2 or not isinstance(said[0], str):
        return "", None
    return said[0], said[1]
