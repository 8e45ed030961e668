"""How every check of the audit reads."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, text

Check = Callable[[Connection], Iterator[str]]
"""Yields each fault in words."""


def rows(connection: Connection, sql: str) -> Iterator[Any]:
    """The rows of a query, a few thousand in memory at a time."""
    yield from connection.execution_options(yield_per=5_000).execute(text(sql))
