"""Layout 19: an operation may take another back; what was returned has a status of its own."""

import re
import sqlite3
from collections.abc import Mapping
from typing import Any

TABLES: Mapping[str, tuple[str, ...]] = {
    "player_item": (
        """
        CREATE TABLE player_item ( id INTEGER NOT NULL, player_id INTEGER NOT NULL,
        item_id INTEGER NOT NULL, category TEXT NOT NULL, status TEXT, version INTEGER
        NOT NULL, locked INTEGER NOT NULL, acquired_at INTEGER NOT NULL, acquisition
        TEXT NOT NULL, price_paid INTEGER NOT NULL, source TEXT NOT NULL, origin_id
        INTEGER, gems_paid INTEGER NOT NULL, uses INTEGER, durability INTEGER, condition
        INTEGER NOT NULL, held_until INTEGER, PRIMARY KEY (id), CONSTRAINT status_word
        CHECK (status IN ('owned', 'equipped', 'escrowed', 'listed', 'offered', 'sold',
        'withdrawn', 'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed',
        'expired', 'returned')), CONSTRAINT acquisition_word CHECK (acquisition IN
        ('case', 'purchase', 'bundle', 'gift', 'achievement', 'starter', 'drop',
        'theft', 'bazaar', 'trade', 'workshop', 'admin')), CONSTRAINT locked_flag CHECK
        (locked IN (0, 1)), CONSTRAINT durability_range CHECK (durability >= 0),
        CONSTRAINT uses_range CHECK (uses >= 0), CONSTRAINT status_has_a_move CHECK
        ((status IS NULL) = (version = 0)), FOREIGN KEY(player_id) REFERENCES player
        (id), FOREIGN KEY(item_id) REFERENCES item (id), FOREIGN KEY(origin_id)
        REFERENCES player_item (id) ) STRICT
        """,
        """
        CREATE INDEX player_item_bought ON player_item (item_id) WHERE acquisition IN
        ('bundle', 'purchase')
        """,
        """
        CREATE INDEX player_item_gear ON player_item (player_id, id) WHERE category IN
        ('armor', 'business', 'housing', 'weapon') AND status IN ('equipped', 'owned')
        """,
        """
        CREATE INDEX player_item_held ON player_item (player_id, id) WHERE status IN
        ('equipped', 'listed', 'offered', 'owned')
        """,
        """
        CREATE INDEX player_item_held_of_item ON player_item (player_id, item_id, id)
        WHERE status IN ('equipped', 'listed', 'offered', 'owned')
        """,
        """
        CREATE INDEX player_item_locked ON player_item (player_id, item_id) WHERE status
        = 'owned' AND locked = 1
        """,
        """
        CREATE INDEX player_item_origin ON player_item (origin_id) WHERE origin_id IS
        NOT NULL
        """,
        """
        CREATE INDEX player_item_status ON player_item (player_id, status, id)
        """,
        """
        CREATE UNIQUE INDEX player_item_heir ON player_item (origin_id) WHERE origin_id
        IS NOT NULL AND status <> 'returned'
        """,
        """
        CREATE UNIQUE INDEX player_item_slot ON player_item (player_id, category) WHERE
        status = 'equipped'
        """,
    ),
    "move": (
        """
        CREATE TABLE move ( id INTEGER NOT NULL, player_item_id INTEGER NOT NULL,
        version INTEGER NOT NULL, event TEXT NOT NULL, from_status TEXT, to_status TEXT
        NOT NULL, operation_id INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT event_word
        CHECK (event IN ('acquire', 'drop', 'claim', 'expire', 'equip', 'unequip',
        'sell', 'withdraw', 'gift', 'use_up', 'list', 'delist', 'offer', 'take_back',
        'trade', 'fuse', 'steal', 'break', 'evict', 'discard', 'undo', 'return')),
        CONSTRAINT from_status_word CHECK (from_status IN ('owned', 'equipped',
        'escrowed', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed',
        'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), CONSTRAINT
        to_status_word CHECK (to_status IN ('owned', 'equipped', 'escrowed', 'listed',
        'offered', 'sold', 'withdrawn', 'gifted', 'consumed', 'traded', 'fused',
        'stolen', 'destroyed', 'expired', 'returned')), CONSTRAINT version_range CHECK
        (version > 0), FOREIGN KEY(player_item_id) REFERENCES player_item (id), FOREIGN
        KEY(operation_id) REFERENCES operation (id) ) STRICT
        """,
        """
        CREATE INDEX move_of_operation ON move (operation_id)
        """,
        """
        CREATE UNIQUE INDEX move_number ON move (player_item_id, version)
        """,
    ),
    "counter": (
        """
        CREATE TABLE counter ( player_id INTEGER NOT NULL, what TEXT NOT NULL, entry
        INTEGER NOT NULL, number INTEGER NOT NULL, last_id INTEGER NOT NULL, PRIMARY KEY
        (player_id, what, entry), CONSTRAINT what_word CHECK (what IN ('won', 'batch',
        'items_sold', 'gear_broken', 'shifts', 'revenue', 'costs', 'friends', 'visits',
        'bazaar_sales', 'bazaar_earned', 'bazaar_fees', 'items_given', 'oranges_given',
        'gems_given', 'items_received', 'oranges_received', 'gems_received', 'held',
        'equipped', 'listed', 'offered', 'sold', 'withdrawn', 'gifted', 'consumed',
        'traded', 'fused', 'stolen', 'destroyed', 'expired', 'returned')), CONSTRAINT
        count_range CHECK (number >= 0), FOREIGN KEY(player_id) REFERENCES player (id) )
        STRICT
        """,
    ),
    "undo": (
        """
        CREATE TABLE undo ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
        undone_id INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (operation_id), FOREIGN
        KEY(operation_id) REFERENCES operation (id), UNIQUE (undone_id), FOREIGN
        KEY(undone_id) REFERENCES operation (id) ) STRICT
        """,
    ),
}
WIDENED = ("player_item", "move", "counter")
STATEMENTS = (
    "ALTER TABLE notification ADD COLUMN shown INTEGER DEFAULT 0 NOT NULL",
    "DROP INDEX gift_given",
    "CREATE INDEX gift_given ON gift (given_id) WHERE given_id IS NOT NULL",
    "CREATE UNIQUE INDEX gift_received ON gift (received_id) WHERE received_id IS NOT NULL",
    # Things given and got are counted by their moves from here on.
    "UPDATE counter SET last_id = (SELECT coalesce(max(id), 0) FROM move)"
    " WHERE what IN ('items_given', 'items_received')",
)


_WORDS = re.compile(r"CONSTRAINT\s+(\w+_word)\s+CHECK\s+(\([^()]*\([^()]*\)\))")
"""A condition on words in the text of a table."""


def step(connection: sqlite3.Connection) -> None:
    """Widen the words of items, moves and counts, and make the table of what is taken back."""
    on: Any = connection
    if isinstance(on, sqlite3.Connection):
        for table in WIDENED:
            connection.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM main.{table}")
            connection.execute(f"DROP TABLE main.{table}")
            for statement in TABLES[table]:
                connection.execute(statement.strip())
            found = connection.execute(f"SELECT * FROM pragma_table_info('{table}')").fetchall()
            columns = ", ".join(column[1] for column in found)
            connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM temp.kept_{table}"
            )
            connection.execute(f"DROP TABLE temp.kept_{table}")
    else:
        # A server changes a condition where it stands; other tables point to these.
        for table in WIDENED:
            for name, words in _WORDS.findall(TABLES[table][0]):
                connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK {words}")
        connection.execute("DROP INDEX player_item_origin")
        for index in TABLES["player_item"][1:]:
            if "player_item_origin" in index or "player_item_heir" in index:
                connection.execute(index.strip())
    connection.execute(TABLES["undo"][0].strip())
    for statement in STATEMENTS:
        connection.execute(statement)
