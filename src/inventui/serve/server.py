"""The server: opens a world, lets players in, and shows a plain page of who is there."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from inventui.engine.world import World
from inventui.rules.core.text import printable
from inventui.serve.house import House, Serving

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_SECONDS = 1.0
CLOSING = "The server closes. What you did is kept: come again."


async def serve(serving: Serving, ready: Callable[[House, int], object] | None = None) -> None:
    """Serve a world until a signal ends it.

    Args:
        serving: what, and where.
        ready: is told once guests may come, with the port for SSH.

    Raises:
        WorldError: the world can't be used.
        OSError: nobody can listen there.
    """
    from inventui.serve import ssh

    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, over.set)
    world = await asyncio.to_thread(World.open, serving.database, daily_backup=True)
    try:
        house = House(world, serving)
        await house.sessions.begin()
        acceptor = await ssh.listen(house, serving.host, serving.ssh)
        page = asyncio.ensure_future(_page(house, serving))
        try:
            if ready is not None:
                ready(house, acceptor.get_port())
            await over.wait()
        finally:
            page.cancel()
            acceptor.close()
            await house.sessions.close(CLOSING)
            # Who was told has a moment to read it before the connection closes.
            await asyncio.sleep(0.2)
    finally:
        world.close()


async def _page(house: House, serving: Serving) -> None:
    """Show who is there as long as there is a terminal, else log alone."""
    last, at = house.world.version_token(), asyncio.get_running_loop().time()
    while sys.stdout.isatty():
        now, loop_time = house.world.version_token(), asyncio.get_running_loop().time()
        rate = (now - last) / max(loop_time - at, 0.001)
        last, at = now, loop_time
        sys.stdout.write("\x1b[H\x1b[2J" + page(house, serving, rate, loop_time))
        sys.stdout.flush()
        await asyncio.sleep(PAGE_SECONDS)


def page(house: House, serving: Serving, rate: float, now: float) -> str:
    """The page: where to come in, who is there, how much is done, and the log's last lines."""
    there = sorted(house.sessions.active.values(), key=lambda session: session.since)
    rows = [
        f"  {printable(s.guest.name):<20.20} {s.guest.way:<4} {s.guest.address:<24}"
        f" {int(now - s.since) // 60:>4} min, idle {int(now - s.used):>4} s"
        for s in there[:20]
    ]
    if len(there) > len(rows):
        rows.append(f"  and {len(there) - len(rows)} more")
    return "\n".join(
        [
            f"{serving.database} is open: ssh -p {serving.ssh} NAME@{serving.host}",
            f"{len(there)} of {house.limits.sessions} sessions, {rate:.1f} operations a second",
            *rows,
            "",
            *house.lines,
            "ctrl+c closes.",
            "",
        ]
    )
