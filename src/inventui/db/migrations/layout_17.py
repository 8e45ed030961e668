"""Layout 17: invitations, public keys, and who is locked out."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE invitation ( id INTEGER NOT NULL, hash TEXT NOT NULL, uses INTEGER NOT NULL,
    made_at INTEGER NOT NULL, until INTEGER NOT NULL, revoked_at INTEGER, PRIMARY KEY (id),
    CONSTRAINT uses_range CHECK (uses >= 1), CONSTRAINT invitation_span CHECK (made_at < until),
    UNIQUE (hash) ) STRICT
    """,
    """
    CREATE TABLE invitation_use ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
    invitation_id INTEGER NOT NULL, number INTEGER NOT NULL, player_id INTEGER NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN
    KEY(invitation_id) REFERENCES invitation (id), UNIQUE (player_id), FOREIGN KEY(player_id)
    REFERENCES player (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX invitation_use_number ON invitation_use (invitation_id, number)
    """,
    """
    CREATE TABLE player_key ( id INTEGER NOT NULL, player_id INTEGER NOT NULL, fingerprint TEXT
    NOT NULL, "key" TEXT NOT NULL, note TEXT NOT NULL, added_at INTEGER NOT NULL, removed_at
    INTEGER, PRIMARY KEY (id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX player_key_live ON player_key (player_id, fingerprint) WHERE removed_at IS
    NULL
    """,
    """
    CREATE TABLE player_lock ( player_id INTEGER NOT NULL, locked INTEGER NOT NULL, at INTEGER NOT
    NULL, PRIMARY KEY (player_id), CONSTRAINT locked_flag CHECK (locked IN (0, 1)), FOREIGN
    KEY(player_id) REFERENCES player (id) ) STRICT
    """,
)


def step(connection: sqlite3.Connection) -> None:
    """Make the tables, in which there is nothing yet."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
