"""Fixtures of the database's tests."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.attack import bare, busy_world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A world in which everything has happened once."""
    return busy_world(tmp_path / "world.db")


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection to it."""
    with bare(path) as connection:
        yield connection
