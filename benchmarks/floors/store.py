"""A world's file as a careful program opens it with nothing but `sqlite3`."""

import sqlite3
from pathlib import Path

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "fullfsync = ON",
    "journal_size_limit = 4194304",
    "cache_size = -2000",
)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the game's pragmas, on which nothing begins by itself."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
