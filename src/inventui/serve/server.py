"""The server: opens a world, lets players in, and shows a plain page of who is there."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from typing import TYPE_CHECKING

from inventui.db.errors import WorldError
from inventui.db.location import on_server
from inventui.engine.world import World
from inventui.rules.core.text import printable
from inventui.serve.context import ServerContext, ServerOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from asyncssh import SSHAcceptor

    from inventui.serve.limits import Limits
    from inventui.serve.web.server import WebListener

PAGE_SECONDS = 1.0
FILES = 200
"""Files that are open besides: the world's, the log, what is read."""

BACKUP_SECONDS = 600.0
"""How often it is looked whether a new day has begun."""

CLOSING = "The server closes. What you did is kept: come again."


class Listeners:
    """The ways in that are open.

    Attributes:
        ssh: the port for SSH; None if nobody comes by it.
        web: the port for browsers, likewise.
    """

    def __init__(self) -> None:
        self.ssh: int | None = None
        self.web: int | None = None
        self._acceptor: SSHAcceptor | None = None
        self._listener: WebListener | None = None

    async def open(self, context: ServerContext, options: ServerOptions) -> None:
        """Open those that are asked for.

        Raises:
            OSError: nobody can listen there.
        """
        if options.ssh is not None:
            from inventui.serve.ssh import server as ssh

            self._acceptor = await ssh.listen(context, options.host, options.ssh)
            self.ssh = self._acceptor.get_port()
        if options.web is not None:
            from inventui.serve.web.server import listen

            self._listener = await listen(context, options.web_host, options.web, options.url)
            self.web = self._listener.port

    def stop(self) -> None:
        """Let nobody else in."""
        if self._acceptor is not None:
            self._acceptor.close()
        if self._listener is not None:
            self._listener.stop()

    async def close(self) -> None:
        """End all connections."""
        if self._listener is not None:
            await self._listener.close()


async def serve(options: ServerOptions, ready: Callable[[Listeners], object] | None = None) -> None:
    """Serve a world until a signal ends it.

    Args:
        options: what, and where.
        ready: is told once guests may come.

    Raises:
        WorldError: the world can't be used.
        OSError: nobody can listen there.
    """
    _have_files(options.limits)
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, over.set)
    world = await asyncio.to_thread(World.open, options.database, daily_backup=True)
    try:
        context, listeners = ServerContext(world, options), Listeners()
        await context.sessions.begin()
        backups = asyncio.ensure_future(_back_up(world, options.database))
        try:
            await listeners.open(context, options)
            page = asyncio.ensure_future(_page(context, options, listeners))
            if ready is not None:
                ready(listeners)
            await over.wait()
            for task in (page, backups):
                task.cancel()
        finally:
            listeners.stop()
            await context.sessions.close(CLOSING)
            # Who was told has a moment to read it before the connection closes.
            await asyncio.sleep(0.2)
            await listeners.close()
    finally:
        world.close()


def _have_files(limits: Limits) -> None:
    """Have as many files open as connections and sessions at once take, if the system allows it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * limits.connections + 2 * limits.sessions + FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


async def _page(context: ServerContext, options: ServerOptions, listeners: Listeners) -> None:
    """Show who is there as long as there is a terminal, else log alone."""
    loop = asyncio.get_running_loop()
    last, at, rate = await _operations(context), loop.time(), 0.0
    while sys.stdout.isatty():
        done, now = await _operations(context), loop.time()
        if done is not None and last is not None:
            rate = (done - last) / max(now - at, 0.001)
        last, at = done, now
        sys.stdout.write("\x1b[H\x1b[2J" + page(context, options, listeners, rate, now))
        sys.stdout.flush()
        await asyncio.sleep(PAGE_SECONDS)


async def _back_up(world: World, database: str) -> None:
    """Make each day's backup of a world in a file: a server runs for many days."""
    while not on_server(database):
        await asyncio.sleep(BACKUP_SECONDS)
        await asyncio.to_thread(world.back_up_today)


async def _operations(context: ServerContext) -> int | None:
    """How many there are; None while the world can't be read."""
    try:
        return await asyncio.to_thread(context.world.version_token)
    except WorldError:
        return None


def page(
    context: ServerContext, options: ServerOptions, listeners: Listeners, rate: float, now: float
) -> str:
    """The page: where to come in, who is there, how much is done, and the log's last lines."""
    there = sorted(context.sessions.active.values(), key=lambda session: session.since)
    rows = [
        f"  {printable(s.guest.name):<20.20} {s.guest.way:<4} {s.guest.address:<24}"
        f" {int(now - s.since) // 60:>4} min, idle {int(now - s.used):>4} s"
        for s in there[:20]
    ]
    if len(there) > len(rows):
        rows.append(f"  and {len(there) - len(rows)} more")
    return "\n".join(
        [
            f"{options.database} is open.",
            *ways(options, listeners),
            f"{len(there)} of {context.limits.sessions} sessions, {rate:.1f} operations a second",
            *rows,
            "",
            *context.lines,
            "ctrl+c closes.",
            "",
        ]
    )


def ways(options: ServerOptions, listeners: Listeners) -> list[str]:
    """How players come in, a line each."""
    found = []
    if listeners.ssh is not None:
        found.append(f"By SSH: ssh -p {listeners.ssh} NAME@{_host_name(options.host)}")
    if listeners.web is not None:
        host = _host_name(options.web_host)
        host = f"[{host}]" if ":" in host else host
        listens = f"http://{host}:{listeners.web}/"
        found.append(
            f"In a browser: {options.url}/, by a proxy to {listens}"
            if options.url
            else f"In a browser: {listens}"
        )
    return found


def _host_name(address: str) -> str:
    """What others call the machine that listens at an address; its name where it is every one."""
    return socket.gethostname() if address in ("", "0.0.0.0", "::") else address  # noqa: S104
