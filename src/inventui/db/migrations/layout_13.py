"""Layout 13: a shift says what rest it was paid under, a robbery how often its loot was halved."""

import sqlite3

STATEMENTS = (
    "ALTER TABLE shift ADD COLUMN rest INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE robbery ADD COLUMN halved INTEGER",
    "DROP INDEX robbery_succeeded",
    "CREATE INDEX robbery_succeeded ON robbery (robber_id, victim_id, at) WHERE success = 1",
)


def step(connection: sqlite3.Connection) -> None:
    """Add what layout 12 lacks; no shift of before was paid for rest."""
    for statement in STATEMENTS:
        connection.execute(statement)
