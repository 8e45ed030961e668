"""What a server's errors mean to who plays."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from inventui.db.errors import Trouble, WorldError


@contextmanager
def translated(name: str, seconds: float) -> Iterator[None]:
    """Turn errors about the server into `WorldError`.

    Args:
        name: what the world is called.
        seconds: how long a write waits for another.
    """
    try:
        yield
    except psycopg.Error as error:
        trouble = _trouble(error, name, seconds)
        if trouble is None:
            raise
        raise trouble from error


def _trouble(error: Exception, name: str, seconds: float) -> WorldError | None:
    said = str(error).strip().splitlines()[0] if str(error).strip() else "it does not answer"
    if isinstance(error, errors.LockNotAvailable):
        return WorldError(
            Trouble.BUSY,
            f"{name} is being written by another program, which did not finish within "
            f"{seconds:g} seconds. Nothing was changed; wait for it or close it, "
            "then try again.",
        )
    if isinstance(error, errors.DiskFull):
        return WorldError(
            Trouble.FULL,
            f"The disk of {name} is full. Nothing was changed; make room and try again.",
        )
    if isinstance(error, errors.ReadOnlySqlTransaction | errors.InsufficientPrivilege):
        return WorldError(
            Trouble.READ_ONLY,
            f"{name} can't be written ({said}). Nothing was changed; use a role that may, "
            "or name another place with --database.",
        )
    if isinstance(error, errors.DataCorrupted | errors.IndexCorrupted):
        return WorldError(
            Trouble.DAMAGED,
            f"{name} is damaged ({said}). It was left as it is; bring back a dump of it.",
        )
    if isinstance(error, psycopg.OperationalError | errors.InvalidSchemaName):
        return WorldError(
            Trouble.UNREACHABLE,
            f"{name} can't be reached ({said}). Look after the server and the address, "
            "then try again.",
        )
    return None
