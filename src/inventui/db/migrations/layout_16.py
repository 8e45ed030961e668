"""Layout 16: goals that are quests of the first evening."""

import sqlite3

STATEMENTS = ("ALTER TABLE achievement ADD COLUMN quest INTEGER DEFAULT '0' NOT NULL",)


def step(connection: sqlite3.Connection) -> None:
    """Add what layout 15 lacks; no goal of before was a quest."""
    for statement in STATEMENTS:
        connection.execute(statement)
