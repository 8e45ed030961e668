"""What the server says to who runs it."""

from __future__ import annotations

import asyncio
import resource
import socket
from pathlib import Path

import pytest

from inventui.db.backup_files import backups_of
from inventui.rules.core.clock import FrozenClock
from inventui.serve import server
from inventui.serve.context import ServerOptions
from inventui.serve.limits import limits_for
from inventui.serve.server import Listeners, ways
from tests.builders import NOW, a_world


@pytest.mark.parametrize(
    ("listens", "ssh", "web"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("::1", "::1", "[::1]"),
        ("0.0.0.0", socket.gethostname(), socket.gethostname()),
        ("::", socket.gethostname(), socket.gethostname()),
    ],
)
def test_where_players_come_in_is_said_by_an_address_that_they_can_use(
    listens: str, ssh: str, web: str
) -> None:
    listeners = Listeners()
    listeners.ssh, listeners.web = 2222, 8080
    options = ServerOptions("", ssh=2222, host=listens, web=8080, web_host=listens)
    assert ways(options, listeners) == [
        f"By SSH: ssh -p 2222 NAME@{ssh}",
        f"In a browser: http://{web}:8080/",
    ]


async def test_a_server_that_runs_for_days_backs_its_world_up_on_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "BACKUP_SECONDS", 0.01)
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "world.db", clock=clock) as world:
        work = asyncio.ensure_future(server._back_up(world, str(world.path)))
        async with asyncio.timeout(30):
            for day in (1, 2, 3):
                while len(backups_of(world.path)) < day:
                    await asyncio.sleep(0.01)
                clock.advance(24 * 60 * 60 * 1000)
        work.cancel()
        await asyncio.wait([work])
    assert not await server._back_up(world, "postgresql:///club")  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("soft", "hard", "sessions", "had"),
    [
        (256, 4096, 40, 1080),
        (1024, 1024, 40, None),
        (1024, 1 << 20, 1000, 6200),
        (-1, -1, 40, None),
    ],
)
def test_a_server_may_have_open_what_its_bounds_allow(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, sessions: int, had: int | None
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: asked.append(both))
    limits = limits_for(sessions)
    assert limits.sessions == sessions
    assert limits.connections >= 2 * sessions
    server._have_files(limits)
    assert asked == ([] if had is None else [(had, hard)])
