"""Fixtures of the database's tests."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.db.attack import bare, busy_world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A world in which everything has happened once."""
    return busy_world(tmp_path / "world.db")


@pytest.fixture
def own_db(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection to it."""
    with bare(path) as connection:
        yield connection


class Shared:
    """One such world for many tests: each is undone when it is over."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "world.db"
        self.stack = ExitStack()
        self.renew()

    def renew(self) -> None:
        """Begin with a fresh copy."""
        self.stack.close()
        self.connection = self.stack.enter_context(bare(busy_world(self.path)))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    world = Shared(tmp_path_factory.mktemp("shared"))
    yield world
    world.stack.close()


@pytest.fixture
def db(shared: Shared) -> Iterator[sqlite3.Connection]:
    """A bare connection in a transaction that is undone after the test."""
    shared.connection.execute("BEGIN")
    yield shared.connection
    if shared.connection.in_transaction:
        shared.connection.execute("ROLLBACK")
    else:
        # OR ROLLBACK has ended it, so what came after was kept.
        shared.renew()
