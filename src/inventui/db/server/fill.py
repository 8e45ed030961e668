"""A new world in an empty database of a PostgreSQL server."""

from contextlib import closing
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from inventui.db.errors import Trouble, WorldError
from inventui.db.schema import Filling
from inventui.db.server import schema
from inventui.db.server.connection import connect
from inventui.db.server.trouble import translated


def name_of(address: str) -> str:
    """What to call the database at an address: never with its password."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise WorldError(
            Trouble.UNREACHABLE,
            f"That is no address of a PostgreSQL database: {str(error).splitlines()[0]}.",
        ) from error
    return f"{parts.get('dbname') or 'the database'} on {parts.get('host') or 'this machine'}"


def of_others(name: str) -> WorldError:
    """That a database is another program's."""
    return WorldError(
        Trouble.FOREIGN,
        f"{name} holds tables of another program. It was left as it is; name an empty database, or "
        "another schema of it.",
    )


def lay_out(driver: psycopg.Connection[Any], filling: Filling) -> None:
    """Make the tables, fill them, and make the guards, in one transaction."""
    with driver.transaction(), driver.cursor() as cursor:
        for statement in schema.tables():
            driver.execute(statement.encode())
        for table, columns, rows in filling:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        for statement in schema.guards():
            driver.execute(statement.encode())
        driver.execute("ANALYZE")


def fill(address: str, filling: Filling) -> None:
    """Lay out a world with these rows in an empty database.

    Raises:
        WorldError: it is not empty, or it fails.
    """
    name = name_of(address)
    with translated(name, 10), closing(connect(address, 10)) as driver:
        found = driver.execute(schema.TABLES.encode()).fetchone()
        if found is not None and found[0]:
            if not found[1]:
                raise of_others(name)
            raise WorldError(
                Trouble.UNREACHABLE,
                f"A world is in {name} already, and nothing is replaced. Name another database.",
            )
        lay_out(driver, filling)
