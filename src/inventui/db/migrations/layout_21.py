"""Layout 21: what is held is no longer counted by block, since no list of it is read by place."""

import sqlite3
from typing import Any

WORDS = """
CHECK (what IN ('won', 'batch', 'items_sold', 'gear_broken', 'shifts', 'revenue', 'costs',
'friends', 'visits', 'bazaar_sales', 'bazaar_earned', 'bazaar_fees', 'items_given',
'oranges_given', 'gems_given', 'items_received', 'oranges_received', 'gems_received', 'equipped',
'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen',
'destroyed', 'expired', 'returned'))
"""
COUNTER = f"""
CREATE TABLE counter ( player_id INTEGER NOT NULL, what TEXT NOT NULL, entry INTEGER NOT NULL,
number INTEGER NOT NULL, last_id INTEGER NOT NULL, PRIMARY KEY (player_id, what, entry),
CONSTRAINT what_word {WORDS.strip()}, CONSTRAINT count_range CHECK (number >= 0),
FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
"""
MADE_ANEW = (
    "CREATE TEMP TABLE kept_counter AS SELECT * FROM counter WHERE what <> 'held'",
    "DROP TABLE counter",
    COUNTER.strip(),
    "INSERT INTO counter (player_id, what, entry, number, last_id)"
    " SELECT player_id, what, entry, number, last_id FROM temp.kept_counter",
    "DROP TABLE temp.kept_counter",
)
CHANGED = (
    "DELETE FROM counter WHERE what = 'held'",
    "ALTER TABLE counter DROP CONSTRAINT what_word",
    f"ALTER TABLE counter ADD CONSTRAINT what_word {WORDS.strip()}",
)
"""On a server, where a condition changes where it stands."""


def step(connection: sqlite3.Connection) -> None:
    """Take these counts away, and their word."""
    on: Any = connection
    for statement in MADE_ANEW if isinstance(on, sqlite3.Connection) else CHANGED:
        connection.execute(statement)
