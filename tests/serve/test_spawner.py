"""What sessions share: all that is played with, and nothing that only the owner uses."""

from __future__ import annotations

import subprocess
import sys

import pytest

_WARMED = """
import sys
from inventui.serve.spawner import warm
warm(on_server={on_server})
print(*(name for name in ("sqlalchemy", "pydantic", "psycopg") if name in sys.modules))
print("inventui.screens.workshop.screen" in sys.modules)
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
