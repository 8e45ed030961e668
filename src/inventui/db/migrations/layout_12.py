"""Layout 12: a roll says which of its opening it is, and where the guarantee of its case stood."""

import sqlite3

STATEMENTS = (
    "ALTER TABLE roll ADD COLUMN draw INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE roll ADD COLUMN since INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE roll ADD COLUMN promised_case TEXT",
    "CREATE INDEX roll_promised ON roll (seed_pair_id, promised_case, nonce)"
    " WHERE promised_case IS NOT NULL",
)


def step(connection: sqlite3.Connection) -> None:
    """Add what layout 11 lacks; every roll of before is the only one of its opening."""
    for statement in STATEMENTS:
        connection.execute(statement)
