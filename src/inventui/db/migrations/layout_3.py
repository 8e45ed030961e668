"""Layout 3: friends, gifts, withdrawals, passphrases; operations by their kind."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE passphrase (player_id INTEGER NOT NULL, hash TEXT NOT NULL, failures INTEGER
    NOT NULL, failed_at INTEGER NOT NULL, PRIMARY KEY (player_id), CONSTRAINT failures_range
    CHECK (failures >= 0), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    CREATE TABLE friendship (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, low_id INTEGER
    NOT NULL, high_id INTEGER NOT NULL, number INTEGER NOT NULL, by_id INTEGER NOT NULL, event
    TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT event_word CHECK (event IN
    ('request', 'accept', 'decline', 'remove')), CONSTRAINT two_players CHECK (low_id <
    high_id), CONSTRAINT one_of_them CHECK (by_id IN (low_id, high_id)), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(low_id) REFERENCES player (id),
    FOREIGN KEY(high_id) REFERENCES player (id), FOREIGN KEY(by_id) REFERENCES player (id) )
    STRICT
    """,
    """
    CREATE INDEX friendship_high ON friendship (high_id, id)
    """,
    """
    CREATE INDEX friendship_low ON friendship (low_id, id)
    """,
    """
    CREATE UNIQUE INDEX friendship_number ON friendship (low_id, high_id, number)
    """,
    """
    CREATE TABLE gift (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, giver_id INTEGER NOT
    NULL, receiver_id INTEGER NOT NULL, at INTEGER NOT NULL, given_id INTEGER, received_id
    INTEGER, oranges INTEGER NOT NULL, gems INTEGER NOT NULL, message TEXT NOT NULL, PRIMARY KEY
    (id), CONSTRAINT two_players CHECK (giver_id <> receiver_id), CONSTRAINT one_kind CHECK
    ((given_id IS NOT NULL) + (oranges > 0) + (gems > 0) = 1), CONSTRAINT both_rows CHECK
    ((given_id IS NULL) = (received_id IS NULL)), FOREIGN KEY(operation_id) REFERENCES operation
    (id), FOREIGN KEY(giver_id) REFERENCES player (id), FOREIGN KEY(receiver_id) REFERENCES
    player (id), FOREIGN KEY(given_id) REFERENCES player_item (id), FOREIGN KEY(received_id)
    REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX gift_given ON gift (given_id) WHERE given_id IS NOT NULL
    """,
    """
    CREATE INDEX gift_from ON gift (giver_id, id)
    """,
    """
    CREATE INDEX gift_to ON gift (receiver_id, id)
    """,
    """
    CREATE TABLE withdrawal (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, player_item_id INTEGER NOT NULL, at INTEGER NOT NULL, details TEXT NOT
    NULL, state TEXT NOT NULL, path TEXT NOT NULL, delivered_by INTEGER, PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('pending', 'delivered')), CONSTRAINT delivered_once
    CHECK ((state = 'pending') = (delivered_by IS NULL)), FOREIGN KEY(operation_id) REFERENCES
    operation (id), FOREIGN KEY(player_id) REFERENCES player (id), FOREIGN KEY(player_item_id)
    REFERENCES player_item (id), FOREIGN KEY(delivered_by) REFERENCES operation (id) ) STRICT
    """,
    """
    CREATE INDEX withdrawal_of_player ON withdrawal (player_id, id)
    """,
    """
    CREATE UNIQUE INDEX withdrawal_thing ON withdrawal (player_item_id)
    """,
    """
    CREATE INDEX operation_of_kind ON operation (player_id, kind, id)
    """,
)
"""Every new table and index, as it was laid out then."""


def step(connection: sqlite3.Connection) -> None:
    """Make the tables and indexes that layout 2 lacks."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
