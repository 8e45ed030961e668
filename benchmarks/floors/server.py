"""The same opening by hand on a server: psycopg alone, one statement after the other."""

from pathlib import Path
from typing import Any

import psycopg

from benchmarks.floors.opening import HandOpening


class _LikeSqlite:
    """A connection that takes the statements written for `sqlite3`."""

    def __init__(self, address: str) -> None:
        self._driver = psycopg.connect(address, autocommit=True)
        self.execute("SET synchronous_commit = on")

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> Any:
        if sql == "BEGIN IMMEDIATE":
            sql = "BEGIN; SELECT 1 FROM inventui_world FOR UPDATE"
        numbered = sql.startswith(("INSERT INTO operation", "INSERT INTO player_item"))
        returning = " RETURNING id" if numbered else ""
        cursor = self._driver.execute((sql.replace("?", "%s") + returning).encode(), values or None)
        return _Written(cursor) if numbered else cursor

    def close(self) -> None:
        self._driver.close()


class _Written:
    """What an INSERT wrote."""

    def __init__(self, cursor: Any) -> None:
        (self.lastrowid,) = cursor.fetchone()


class HandServerOpening(HandOpening):
    """Opens one case of one player over and over, in a world on a server."""

    def __init__(self, address: str, player: str, case: str) -> None:
        self._address = address
        super().__init__(Path(), player, case)

    def _connect(self, path: Path) -> Any:
        del path
        return _LikeSqlite(self._address)

    def _required(self) -> list[str]:
        """The columns of a player item that must have a value."""
        found = self.connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'player_item'"
            " AND table_schema = current_schema() AND is_nullable = 'NO' AND column_name <> 'id'"
        )
        return [name for (name,) in found]
