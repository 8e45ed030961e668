"""Where a world is: a file, or a database of a server."""

import os
from importlib.util import find_spec
from pathlib import Path

from inventui.db.errors import Trouble, WorldError
from inventui.db.store import SERVERS, Store, file_of


def on_server(location: str | Path) -> bool:
    """Whether an address is one of a server."""
    return os.fspath(location).startswith(SERVERS)


def open_store(location: str | Path, *, busy_seconds: float, look_seconds: float) -> Store:
    """The store of the world at a path, a `sqlite:///` or a `postgresql://` URL.

    Raises:
        WorldError: it can't be opened, or names no place of a world.
    """
    if not on_server(location):
        return Store(file_of(location), busy_seconds=busy_seconds, look_seconds=look_seconds)
    if find_spec("psycopg") is None:
        raise WorldError(
            Trouble.UNREACHABLE,
            "A world on PostgreSQL needs psycopg: pip install 'inventui[postgres]'.",
        )
    from inventui.db.server.store import ServerStore

    return ServerStore(os.fspath(location), busy_seconds=busy_seconds, look_seconds=look_seconds)
