"""Copying a world whole, from a file to a server or back: every row of every table.

The rows go in before there are any guards, in the order in which tables point to each other; so
no right is needed but to make tables, and the guards that are then made are those of a new world.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from inventui.db import schema
from inventui.db.errors import Trouble, WorldError
from inventui.db.location import on_server, open_store
from inventui.db.store import Store
from inventui.db.tables import metadata
from inventui.db.world_file import file_of
from inventui.system import private_file


def copy_world(source: str | Path, target: str | Path) -> None:
    """Copy the world at one place to another, where nothing may be yet.

    Raises:
        WorldError: there is no world at the one, something at the other, or either fails.
    """
    if not on_server(source) and not file_of(source).exists():
        raise WorldError(Trouble.MISSING, f"There is no world at {source}. Name one that is there.")
    with closing(open_store(source, busy_seconds=10, look_seconds=1, make=False)) as store:
        if on_server(target):
            from inventui.db.server.fill import fill

            fill(os.fspath(target), _everything(store))
        else:
            _fill_file(file_of(target), _everything(store))


def _everything(store: Store) -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[Any, ...]]]]:
    with store.select() as connection:
        for table in metadata.sorted_tables:
            columns = tuple(column.name for column in table.columns)
            found = connection.execution_options(yield_per=500).execute(_ordered(table))
            yield table.name, columns, map(tuple, found)


def _ordered(table: Table) -> Any:
    # A row that points to another of its table came after it.
    return select(*table.columns).order_by(*table.primary_key.columns)


def _fill_file(path: Path, filling: schema.Filling) -> None:
    if os.path.lexists(path):
        raise WorldError(
            Trouble.UNREACHABLE, f"{path} is there already, and nothing is replaced. Name another."
        )
    partial = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        private_file(partial)
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            schema.create(connection, filling)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.rename(partial, path)
    except (OSError, sqlite3.Error) as error:
        raise WorldError(
            Trouble.READ_ONLY, f"The world can't be copied to {path}: {error}."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
