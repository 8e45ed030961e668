"""What sessions share: all that is played with, and nothing that only the owner uses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inventui.engine.world import World

_WARMED = """
import sys
from inventui.serve.spawner import warm
warm(on_server={on_server})
print(*(name for name in ("sqlalchemy", "pydantic", "psycopg") if name in sys.modules))
print("inventui.screens.workshop.screen" in sys.modules)
"""


_PLAYED = """
import asyncio, sys, textual.pilot, textual.drivers.headless_driver
from tests.screens.conftest import go
from inventui.screens.registry import ROOMS
from inventui.serve.spawner import warm
warm(on_server=False)
from inventui.serve.guest import GuestApp

async def play():
    app = GuestApp(sys.argv[1], "ana", 1, 60)
    async with app.run_test(size=(80, 24)) as pilot:
        while app.session.player is None:
            await pilot.pause(0.02)
        for entry in ROOMS:
            await go(pilot, f"@{entry.slug}", "question_mark", "escape", "ctrl+p", "escape")
        await go(pilot, "@cases", "enter")
        print(type(app.screen).__name__)

before = set(sys.modules)
asyncio.run(play())
print(*sorted(set(sys.modules) - before))
"""


def warmed(*, on_server: bool) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", _WARMED.format(on_server=on_server)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout.splitlines()


def test_what_only_the_owner_uses_is_in_no_session() -> None:
    assert warmed(on_server=False) == ["", "True"]


def test_a_session_of_a_world_on_a_server_has_its_driver_already() -> None:
    pytest.importorskip("psycopg", reason="psycopg is in inventui[postgres]")
    found, rooms = warmed(on_server=True)
    assert "psycopg" in found
    assert rooms == "True"


@pytest.mark.trust
def test_a_session_imports_nothing_in_all_its_rooms_and_dialogs_and_for_what_it_writes(
    players: World, tmp_path: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PLAYED, str(tmp_path / "world.db")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    screen, imported = ran.stdout.splitlines()
    assert screen == "RevealScreen"
    assert imported == ""
