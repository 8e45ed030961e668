"""Layout 14: a world keeps its packs; of the one it has from before, only the digest is known."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE pack_layer ( id INTEGER NOT NULL, pack TEXT NOT NULL, plain INTEGER NOT NULL,
    version TEXT NOT NULL, digest TEXT NOT NULL, files TEXT NOT NULL, position INTEGER NOT NULL,
    active INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (pack) ) STRICT
    """,
    """
    INSERT INTO pack_layer (id, pack, plain, version, digest, files, position, active)
    SELECT 1, 'base', 1, '', value, '{}', 1, 1 FROM world_setting WHERE name = 'pack'
    """,
)


def step(connection: sqlite3.Connection) -> None:
    """Make the table, and keep that the world has the base pack."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
