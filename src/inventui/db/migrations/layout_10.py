"""Layout 10: counts that follow from the journals are kept, with the indexes that reads need."""

import sqlite3
from collections.abc import Mapping

TABLES: Mapping[str, tuple[str, ...]] = {
    "account": (
        """
        CREATE TABLE account ( id INTEGER NOT NULL, player_id INTEGER, house TEXT, currency
        TEXT NOT NULL, balance INTEGER NOT NULL, spent INTEGER NOT NULL, last_transfer_id
        INTEGER NOT NULL, lines INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT currency_word
        CHECK (currency IN ('oranges', 'gems', 'experience')), CONSTRAINT one_owner CHECK
        ((player_id IS NULL) <> (house IS NULL)), CONSTRAINT never_below_zero CHECK
        (player_id IS NULL OR balance >= 0), FOREIGN KEY(player_id) REFERENCES player (id) )
        STRICT
        """,
        """
        CREATE UNIQUE INDEX account_of_player ON account (player_id, currency)
        """,
        """
        CREATE UNIQUE INDEX account_of_house ON account (house, currency)
        """,
    ),
    "listing_count": (
        """
        CREATE TABLE listing_count ( item_id INTEGER NOT NULL, listed INTEGER NOT NULL, sold
        INTEGER NOT NULL, last_move_id INTEGER NOT NULL, PRIMARY KEY (item_id), CONSTRAINT
        count_range CHECK (listed >= 0 AND sold >= 0), FOREIGN KEY(item_id) REFERENCES item
        (id) ) STRICT
        """,
    ),
    "counter": (
        """
        CREATE TABLE counter ( player_id INTEGER NOT NULL, what TEXT NOT NULL, entry INTEGER
        NOT NULL, number INTEGER NOT NULL, last_id INTEGER NOT NULL, PRIMARY KEY (player_id,
        what, entry), CONSTRAINT what_word CHECK (what IN ('won', 'batch', 'items_sold',
        'gear_broken', 'shifts', 'revenue', 'costs', 'friends', 'visits', 'bazaar_sales',
        'bazaar_earned', 'bazaar_fees', 'items_given', 'oranges_given', 'gems_given',
        'items_received', 'oranges_received', 'gems_received')), CONSTRAINT count_range
        CHECK (number >= 0), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
        """,
    ),
    "brought": (
        """
        CREATE TABLE brought ( player_id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
        kind TEXT NOT NULL, money INTEGER NOT NULL, items INTEGER NOT NULL, PRIMARY KEY
        (player_id, operation_id), CONSTRAINT flags CHECK (money IN (0, 1) AND items IN (0,
        1)), FOREIGN KEY(player_id) REFERENCES player (id), FOREIGN KEY(operation_id)
        REFERENCES operation (id) ) STRICT
        """,
        """
        CREATE INDEX brought_money ON brought (player_id, kind, operation_id) WHERE money =
        1
        """,
        """
        CREATE INDEX brought_items ON brought (player_id, kind, operation_id) WHERE items =
        1
        """,
    ),
}
"""Tables as they were laid out then, each with its indexes."""

INDEXES = (
    """
    CREATE INDEX operation_told ON operation (player_id, id) WHERE kind <> 'settle'
    """,
    """
    CREATE INDEX player_item_gear ON player_item (player_id, id) WHERE category IN
    ('armor', 'business', 'housing', 'weapon') AND status IN ('equipped', 'owned')
    """,
    """
    CREATE INDEX transfer_sale ON transfer (to_account_id, amount) WHERE kind = 'sale'
    """,
    """
    CREATE INDEX effect_until ON effect (player_id, kind, until)
    """,
    """
    CREATE INDEX effect_fed ON effect (player_id) WHERE kind = 'fed' AND ended_by IS
    NULL
    """,
    """
    CREATE INDEX gift_items_to ON gift (receiver_id, id) WHERE given_id IS NOT NULL
    """,
    """
    CREATE INDEX gift_money_to ON gift (receiver_id, id) WHERE given_id IS NULL
    """,
    """
    CREATE INDEX income_of_business ON income (player_item_id, period)
    """,
    """
    CREATE INDEX daily_bonus_streak ON daily_bonus (player_id, streak)
    """,
    """
    CREATE INDEX shift_of_player ON shift (player_id, id)
    """,
    """
    CREATE INDEX withdrawal_pending ON withdrawal (player_id, id) WHERE state =
    'pending'
    """,
    """
    CREATE INDEX robbery_succeeded ON robbery (robber_id) WHERE success = 1
    """,
    """
    CREATE INDEX robbery_foiled ON robbery (victim_id) WHERE success = 0
    """,
)
"""Indexes that other tables have from then on."""

_OWNER = "JOIN player_item p ON p.id = m.player_item_id"
_BETWEEN = "JOIN listing l ON l.player_item_id = p.id AND l.state = 'sold'"
_SOLD = f"move m {_OWNER} {_BETWEEN} WHERE m.event = 'sell' AND m.from_status = 'listed'"
_ROLLS = "roll r JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.purpose = 'case'"
_GIFTS = {
    f"{what}_{done}": (f"g.{who}_id", number, "g.id", f"gift g WHERE {number} > 0")
    for done, who in (("given", "giver"), ("received", "receiver"))
    for what, number in (
        ("items", "(g.given_id IS NOT NULL)"),
        ("oranges", "g.oranges"),
        ("gems", "g.gems"),
    )
}
COUNTED: Mapping[str, tuple[str, str, str, str]] = {
    "items_sold": (
        "p.player_id",
        "1",
        "m.id",
        f"move m {_OWNER} WHERE m.event = 'sell' AND m.from_status = 'owned'",
    ),
    "gear_broken": ("p.player_id", "1", "m.id", f"move m {_OWNER} WHERE m.event = 'break'"),
    "shifts": ("h.player_id", "1", "h.id", "shift h"),
    "visits": ("v.host_id", "1", "v.id", "visit v"),
    "bazaar_sales": ("p.player_id", "1", "m.id", _SOLD),
    "bazaar_earned": ("p.player_id", "l.price - l.fee", "m.id", _SOLD),
    "bazaar_fees": ("p.player_id", "l.fee", "m.id", _SOLD),
    **_GIFTS,
}
"""A count → whose it is, what a line adds, the line's number, and the lines."""


def step(connection: sqlite3.Connection) -> None:
    """Count what there was so far."""
    numbers = {
        "account": {
            "lines": "(SELECT count(*) FROM transfer WHERE from_account_id = b.id)"
            " + (SELECT count(*) FROM transfer WHERE to_account_id = b.id)"
        },
        "listing_count": {
            "sold": "(SELECT count(*) FROM listing WHERE state = 'sold' AND item_id = b.item_id)"
        },
    }
    for table, (create, *indexes) in TABLES.items():
        columns = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
        if columns:
            connection.execute(f"CREATE TEMP TABLE before AS SELECT * FROM main.{table}")
            connection.execute(f"DROP TABLE main.{table}")
        connection.execute(create.strip())
        if columns:
            values = {name: f"b.{name}" for (name,) in columns} | numbers[table]
            connection.execute(
                f"INSERT INTO {table} ({', '.join(values)})"
                f" SELECT {', '.join(values.values())} FROM temp.before b ORDER BY 1"
            )
            connection.execute("DROP TABLE temp.before")
        for index in indexes:
            connection.execute(index.strip())
    for index in INDEXES:
        connection.execute(index.strip())
    count(connection)
    brought(connection)


def count(connection: sqlite3.Connection) -> None:
    """Fill in the counts of everybody's life."""
    into = "INSERT INTO counter (player_id, what, entry, number, last_id)"
    for what, (player, number, line, lines) in COUNTED.items():
        connection.execute(
            f"{into} SELECT {player}, '{what}', 0, sum({number}), max({line}) FROM {lines}"
            " GROUP BY 1"
        )
    for what, number in (("revenue", "revenue"), ("costs", "cost")):
        connection.execute(
            f"{into} SELECT player_id, '{what}', player_item_id, sum({number}), max(id)"
            " FROM income GROUP BY 1, 3"
        )
    connection.execute(
        f"{into} SELECT s.player_id, 'won', r.odds_table_id * 1000000 + r.entry, count(*),"
        f" max(r.id) FROM {_ROLLS} GROUP BY 1, 3"
    )
    connection.execute(
        f"{into} SELECT player_id, 'batch', 0, max(number), max(last) FROM (SELECT s.player_id,"
        f" count(*) AS number, max(r.id) AS last FROM {_ROLLS} GROUP BY r.operation_id) GROUP BY 1"
    )
    # Whoever was a friend once, and how many still are.
    connection.execute(
        f"{into} SELECT player, 'friends', 0, sum(event = 'accept'), max(id) FROM"
        " (SELECT f.*, f.low_id AS player FROM friendship f UNION ALL"
        " SELECT f.*, f.high_id FROM friendship f) f WHERE event = 'accept' AND NOT EXISTS"
        " (SELECT 1 FROM friendship g WHERE g.low_id = f.low_id AND g.high_id = f.high_id"
        " AND g.number > f.number) GROUP BY 1"
    )


def brought(connection: sqlite3.Connection) -> None:
    """Fill in what operations brought."""
    kinds = (
        "('gift', 'grant', 'player', 'settle', 'trade', 'trade_accept', 'trade_counter',"
        " 'trade_decline', 'trade_take_back')"
    )
    account = "SELECT player_id FROM account WHERE id = t.{}_account_id"
    line = f"o ON o.id = {{}}.operation_id AND o.kind IN {kinds}"
    transfer = f"SELECT {{}}, o.id, o.kind, 1, 0 FROM transfer t JOIN operation {line.format('t')}"
    move = f"SELECT {{}}, o.id, o.kind, 0, 1 FROM move m JOIN operation {line.format('m')}"
    owner = "(SELECT player_id FROM player_item WHERE id = m.player_item_id)"
    others = " WHERE o.kind <> 'settle'"
    lines = " UNION ALL ".join(
        (
            transfer.format("o.player_id"),
            transfer.format(f"({account.format('from')})") + others,
            transfer.format(f"({account.format('to')})") + others,
            move.format("o.player_id"),
            move.format(owner) + others,
        )
    )
    connection.execute(
        "INSERT INTO brought (player_id, operation_id, kind, money, items)"
        f" SELECT player, id, kind, max(money), max(items) FROM"
        f" (SELECT NULL AS player, NULL AS id, NULL AS kind, 0 AS money, 0 AS items WHERE 0"
        f" UNION ALL {lines}) WHERE player IS NOT NULL GROUP BY 1, 2"
    )
