"""Where a world is: a file, or a database of a server."""

import os
from importlib.util import find_spec
from pathlib import Path

from inventui.db.errors import Trouble, WorldError
from inventui.db.progress import Tell, untold
from inventui.db.store import Store
from inventui.db.world_file import SERVERS, file_of


def on_server(location: str | Path) -> bool:
    """Whether an address is one of a server."""
    return os.fspath(location).startswith(SERVERS)


def open_store(
    location: str | Path,
    *,
    busy_seconds: float,
    look_seconds: float,
    make: bool = True,
    tell: Tell = untold,
) -> Store:
    """The store of the world at a path, a `sqlite:///` or a `postgresql://` URL.

    Args:
        location: where it is.
        busy_seconds: how long a write waits for another program.
        look_seconds: how long what is due before a look waits.
        tell: hears of a file that is brought up to date.
        make: whether a world is made on a server where there is none; a file always is.

    Raises:
        WorldError: it can't be opened, or names no place of a world.
    """
    if not on_server(location):
        return Store(
            file_of(location), busy_seconds=busy_seconds, look_seconds=look_seconds, tell=tell
        )
    need_driver()
    from inventui.db.server.store import ServerStore

    return ServerStore(
        os.fspath(location), busy_seconds=busy_seconds, look_seconds=look_seconds, make=make
    )


def need_driver() -> None:
    """Make sure that a server can be spoken to.

    Raises:
        WorldError: its library is not installed.
    """
    if find_spec("psycopg") is None:
        raise WorldError(
            Trouble.UNREACHABLE,
            "A world on PostgreSQL needs psycopg: pip install 'inventui[postgres]'.",
        )
