"""The way in by a browser: connections, as many as may be."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from inventui.serve.web.routes import Web

if TYPE_CHECKING:
    from inventui.serve.context import ServerContext

KEPT_OPEN_SECONDS = 30.0
"""How long a connection that asks nothing stays."""

CLOSING_SECONDS = 0.5


class _Connection(web.RequestHandler):
    """A connection that is counted, or let go where there are too many."""

    __slots__ = ("_context", "_counted_for", "_proxied")

    def __init__(
        self,
        server: web.Server,
        loop: asyncio.AbstractEventLoop,
        context: ServerContext,
        proxied: bool,
    ) -> None:
        logger = logging.getLogger(__name__)
        # What is wrong with what others send is nobody's concern.
        logger.setLevel(logging.CRITICAL + 1)
        super().__init__(
            server, loop=loop, keepalive_timeout=KEPT_OPEN_SECONDS, access_log=logger, logger=logger
        )
        self._context, self._proxied = context, proxied
        self._counted_for: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        # All come from a proxy's address: of these, only all are counted.
        address = "" if self._proxied or not peer else str(peer[0])
        if not self._context.connect(address):
            assert isinstance(transport, asyncio.Transport)
            transport.abort()
            return
        self._counted_for = address
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._counted_for is None:
            return
        self._context.disconnect(self._counted_for)
        super().connection_lost(exc)


class WebListener:
    """Listens for browsers until it is closed."""

    def __init__(self, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._runner, self._server = runner, server
        self.port: int = server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Let nobody else in."""
        self._server.close()

    async def close(self) -> None:
        """End all connections."""
        await self._runner.cleanup()


async def listen(context: ServerContext, host: str, port: int, url: str) -> WebListener:
    """Let players in by browsers.

    Raises:
        OSError: nobody can listen there.
    """
    runner = web.AppRunner(
        Web(context, url).app(), access_log=None, shutdown_timeout=CLOSING_SECONDS
    )
    await runner.setup()
    loop, server = asyncio.get_running_loop(), runner.server
    assert server is not None
    listening = await loop.create_server(
        lambda: _Connection(server, loop, context, bool(url)), host, port, reuse_address=True
    )
    return WebListener(runner, listening)
