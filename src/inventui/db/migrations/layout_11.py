"""Layout 11: a line of time that was caught up with says since when, too."""

import sqlite3

STATEMENTS = (
    # Until now a line began where the one before had ended, the first when its player was made.
    """
    CREATE TEMP TABLE kept_settlement AS SELECT s.id, s.operation_id, s.player_id,
    coalesce(lag(s.until) OVER (PARTITION BY s.player_id ORDER BY s.id),
    min(p.created_at, s.until)) AS since, s.until FROM settlement s
    JOIN player p ON p.id = s.player_id ORDER BY s.id
    """,
    """
    DROP TABLE settlement
    """,
    """
    CREATE TABLE settlement ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (id),
    CONSTRAINT settlement_span CHECK (since <= until), FOREIGN KEY(operation_id) REFERENCES
    operation (id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    INSERT INTO settlement (id, operation_id, player_id, since, until)
    SELECT id, operation_id, player_id, since, until FROM kept_settlement
    """,
    """
    DROP TABLE kept_settlement
    """,
    """
    CREATE INDEX settlement_of_player ON settlement (player_id, id)
    """,
    """
    CREATE INDEX settlement_until ON settlement (player_id, until)
    """,
)


def step(connection: sqlite3.Connection) -> None:
    """Make the table anew with the column, and its indexes."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
