"""Pages of a server for tests, whose games are terminals alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from inventui.engine.world import World
from inventui.rules.people.register import Register
from inventui.serve.context import ServerContext, ServerOptions
from inventui.serve.limits import Limits
from inventui.serve.play_session import Guest, PlaySession, set_size
from inventui.serve.sessions import FullError
from inventui.serve.web.server import listen
from tests.serve.conftest import PHRASE

PROXIED = "https://play.example"
LIMITS = Limits(connections=20, connections_per_address=10, message=4096, messages=20)


class Games:
    """Stands for the sessions of a server: each is a terminal without a game."""

    def __init__(self, context: ServerContext) -> None:
        self.began: list[tuple[PlaySession, int]] = []
        self.limits, self._documents = context.limits, context.sessions.documents
        self.full = False

    def documents(self, player: int) -> Path:
        return self._documents(player)

    def signal(self, session: int, number: int) -> None:
        self.began[session][0].gone.set()

    async def open(
        self, guest: Guest, term: str, truecolor: bool, size: tuple[int, int]
    ) -> PlaySession:
        if self.full:
            raise FullError("No room.")
        master, terminal = os.openpty()
        set_size(terminal, *size)
        os.set_blocking(master, False)
        session = PlaySession(len(self.began), guest, master, self)
        self.began.append((session, terminal))
        return session


class Site:
    """A server of pages, and clients that come to it."""

    def __init__(self, context: ServerContext, games: Games, port: int, url: str) -> None:
        self.context, self.games, self.url = context, games, url
        self.base = f"http://127.0.0.1:{port}"
        self.origin = url or self.base

    async def post(
        self, client: ClientSession, path: str, origin: str | None = "", **fields: str
    ) -> ClientResponse:
        headers = {} if origin is None else {"Origin": origin or self.origin}
        return await client.post(self.base + path, data=fields, headers=headers)

    async def get(self, client: ClientSession, path: str) -> str:
        async with client.get(self.base + path) as answer:
            return await answer.text()

    async def sign_in(self, client: ClientSession, name: str, phrase: str = PHRASE) -> str:
        answer = await self.post(client, "/sign-in", name=name, passphrase=phrase)
        return await answer.text()

    async def play(
        self, client: ClientSession, query: str = "?width=80&height=24"
    ) -> ClientWebSocketResponse:
        before = len(self.games.began)
        socket = await client.ws_connect(
            f"{self.base}/play{query}", headers={"Origin": self.origin}, autoping=False
        )
        # The server opens the game once it has answered.
        while len(self.games.began) == before and not self.games.full:
            await asyncio.sleep(0.01)
        return socket


@asynccontextmanager
async def opened(
    world: World, *, url: str = "", register: Register = Register.CLOSED, limits: Limits = LIMITS
) -> AsyncIterator[Site]:
    options = ServerOptions("", register=register, limits=limits)
    context = ServerContext(world, options)
    games = Games(context)
    context.sessions = games  # type: ignore[assignment]
    listener = await listen(context, "127.0.0.1", 0, url)
    try:
        yield Site(context, games, listener.port, url)
    finally:
        listener.stop()
        await listener.close()


@asynccontextmanager
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


async def ended(socket: ClientWebSocketResponse) -> int | None:
    """The code with which the server closes a websocket."""
    async with asyncio.timeout(30):
        while (await socket.receive()).type not in (
            WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR
        ):  # fmt: skip
            pass
    return socket.close_code
