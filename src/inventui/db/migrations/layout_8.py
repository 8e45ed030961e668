"""Layout 8: which pieces counted for a reward, and a guard of the world's key."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE counted_piece ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
    completion_id INTEGER NOT NULL, player_item_id INTEGER NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(completion_id)
    REFERENCES completion (id), FOREIGN KEY(player_item_id) REFERENCES player_item (id) )
    STRICT
    """,
    """
    CREATE INDEX counted_piece_of_completion ON counted_piece (completion_id, id)
    """,
    """
    CREATE UNIQUE INDEX counted_piece_once ON counted_piece (player_item_id)
    """,
    # Nobody knows which pieces the collections of before were completed with.
    """
    INSERT INTO world_setting (name, value)
    SELECT 'completed_before', CAST(max(id) AS TEXT) FROM completion HAVING max(id) > 0
    """,
)


def step(connection: sqlite3.Connection) -> None:
    """Make the table that layout 7 lacks, and keep how many collections it does not tell of."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
