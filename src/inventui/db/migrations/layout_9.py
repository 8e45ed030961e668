"""Layout 9: each name is kept with how it looks, so that no new one looks like it."""

import sqlite3

from inventui.db.confusables import look

PLAYER = """
CREATE TABLE player ( id INTEGER NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, look TEXT
NOT NULL, created_at INTEGER NOT NULL, revealed_operation_id INTEGER NOT NULL, PRIMARY KEY (id),
UNIQUE (name_key) ) STRICT
"""


def step(connection: sqlite3.Connection) -> None:
    """Add the look to each player; players whose names look the same keep them."""
    rows = connection.execute(
        "SELECT id, name, name_key, created_at, revealed_operation_id FROM player ORDER BY id"
    ).fetchall()
    connection.execute("DROP TABLE player")
    connection.execute(PLAYER.strip())
    connection.executemany(
        "INSERT INTO player VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, name, key, look(name), created_at, revealed)
            for number, name, key, created_at, revealed in rows
        ],
    )
    connection.execute("CREATE INDEX player_by_look ON player (look)")
