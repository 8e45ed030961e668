"""Layout 15: counts by status and by block of numbers, so that no page reads what it skips."""

import sqlite3

COUNTER = """
CREATE TABLE counter ( player_id INTEGER NOT NULL, what TEXT NOT NULL, entry INTEGER NOT NULL,
number INTEGER NOT NULL, last_id INTEGER NOT NULL, PRIMARY KEY (player_id, what, entry),
CONSTRAINT what_word CHECK (what IN ('won', 'batch', 'items_sold', 'gear_broken', 'shifts',
'revenue', 'costs', 'friends', 'visits', 'bazaar_sales', 'bazaar_earned', 'bazaar_fees',
'items_given', 'oranges_given', 'gems_given', 'items_received', 'oranges_received',
'gems_received', 'held', 'equipped', 'listed', 'offered', 'sold', 'withdrawn', 'gifted',
'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired')), CONSTRAINT count_range CHECK
(number >= 0), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
"""
LISTING_BLOCK = """
CREATE TABLE listing_block ( block INTEGER NOT NULL, listed INTEGER NOT NULL, last_listing_id
INTEGER NOT NULL, last_move_id INTEGER NOT NULL, PRIMARY KEY (block), CONSTRAINT count_range
CHECK (listed >= 0) ) STRICT
"""
STATEMENTS = (
    "CREATE TEMP TABLE kept_counter AS SELECT * FROM counter",
    "DROP TABLE counter",
    COUNTER.strip(),
    "INSERT INTO counter (player_id, what, entry, number, last_id)"
    " SELECT player_id, what, entry, number, last_id FROM temp.kept_counter",
    "DROP TABLE temp.kept_counter",
    LISTING_BLOCK.strip(),
    "DROP INDEX listing_due",
    "CREATE INDEX listing_due ON listing (seller_id, until, id, item_id) WHERE state = 'open'",
    "CREATE INDEX listing_own ON listing (seller_id, id, item_id) WHERE state = 'open'",
    "CREATE INDEX listing_own_price ON listing (seller_id, price, id, item_id)"
    " WHERE state = 'open'",
    "CREATE INDEX listing_own_item ON listing (seller_id, item_id, price, id) WHERE state = 'open'",
    "CREATE INDEX trade_of_operation ON trade (operation_id)",
    "CREATE INDEX operation_here ON operation (player_id, id)"
    " WHERE kind = 'settle' AND substr(request, 3, 4) = 'here'",
)


def step(connection: sqlite3.Connection) -> None:
    """Widen the counts, add the indexes, and count what there is."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(
        f"{_INTO} 'held', id / 4096, count(*), {_LATEST} FROM player_item"
        " WHERE status IN ('equipped', 'listed', 'offered', 'owned') GROUP BY 1, 3"
    )
    count(connection)


_INTO = "INSERT INTO counter (player_id, what, entry, number, last_id) SELECT player_id,"
_LATEST = "(SELECT coalesce(max(id), 0) FROM move)"


def count(connection: sqlite3.Connection) -> None:
    """Count by status and listings by block; each says that it has counted every line so far."""
    connection.execute(
        f"{_INTO} status, item_id, count(*), {_LATEST} FROM player_item WHERE status IS NOT NULL"
        " AND status NOT IN ('owned', 'escrowed') GROUP BY 1, 2, 3"
    )
    connection.execute(
        "INSERT INTO listing_block (block, listed, last_listing_id, last_move_id)"
        f" SELECT id / 4096, sum(state = 'open'), max(id), {_LATEST} FROM listing GROUP BY 1"
    )
