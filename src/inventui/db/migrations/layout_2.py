"""Layout 2: the black market and gear shops, streets, property, notifications, achievements."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE achievement (id INTEGER NOT NULL, slug TEXT NOT NULL, position INTEGER NOT
    NULL, name TEXT NOT NULL, description TEXT NOT NULL, emoji TEXT NOT NULL, condition TEXT NOT
    NULL, threshold INTEGER NOT NULL, oranges INTEGER NOT NULL, gems INTEGER NOT NULL,
    experience INTEGER NOT NULL, item_id INTEGER, active INTEGER NOT NULL, PRIMARY KEY (id),
    CONSTRAINT threshold_range CHECK (threshold > 0), CONSTRAINT reward_range CHECK (oranges >=
    0 AND gems >= 0 AND experience >= 0), UNIQUE (slug), FOREIGN KEY(item_id) REFERENCES item
    (id) ) STRICT
    """,
    """
    CREATE TABLE neighbour (id INTEGER NOT NULL, slug TEXT NOT NULL, position INTEGER NOT NULL,
    details TEXT NOT NULL, active INTEGER NOT NULL, player_id INTEGER, PRIMARY KEY (id), UNIQUE
    (slug), UNIQUE (player_id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    CREATE TABLE market_rotation (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, number
    INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(operation_id) REFERENCES operation (id) )
    STRICT
    """,
    """
    CREATE UNIQUE INDEX market_rotation_number ON market_rotation (number)
    """,
    """
    CREATE TABLE gear_shop (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, day INTEGER NOT NULL, rerolls INTEGER NOT NULL, rank TEXT NOT NULL, items
    TEXT NOT NULL, PRIMARY KEY (id), CONSTRAINT rerolls_range CHECK (rerolls >= 0), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES player (id) )
    STRICT
    """,
    """
    CREATE UNIQUE INDEX gear_shop_of_day ON gear_shop (player_id, day, rerolls)
    """,
    """
    CREATE TABLE notification (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, tone TEXT NOT NULL, message TEXT
    NOT NULL, place TEXT NOT NULL, player_item_id INTEGER, seen INTEGER NOT NULL, PRIMARY KEY
    (id), CONSTRAINT tone_word CHECK (tone IN ('success', 'error', 'info', 'gift')), CONSTRAINT
    seen_flag CHECK (seen IN (0, 1)), FOREIGN KEY(operation_id) REFERENCES operation (id),
    FOREIGN KEY(player_id) REFERENCES player (id), FOREIGN KEY(player_item_id) REFERENCES
    player_item (id) ) STRICT
    """,
    """
    CREATE INDEX notification_unseen ON notification (player_id) WHERE seen = 0
    """,
    """
    CREATE INDEX notification_of_player ON notification (player_id, id)
    """,
    """
    CREATE TABLE achieved (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id INTEGER
    NOT NULL, achievement_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES player (id),
    FOREIGN KEY(achievement_id) REFERENCES achievement (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX achieved_once ON achieved (player_id, achievement_id)
    """,
    """
    CREATE TABLE settlement (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(operation_id)
    REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX settlement_of_player ON settlement (player_id, until)
    """,
    """
    CREATE TABLE income (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id INTEGER
    NOT NULL, period INTEGER NOT NULL, player_item_id INTEGER NOT NULL, revenue INTEGER NOT
    NULL, cost INTEGER NOT NULL, reduced INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT
    income_range CHECK (revenue >= 0 AND cost >= 0), FOREIGN KEY(operation_id) REFERENCES
    operation (id), FOREIGN KEY(player_id) REFERENCES player (id), FOREIGN KEY(player_item_id)
    REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX income_of_period ON income (player_id, period)
    """,
    """
    CREATE TABLE upkeep (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id INTEGER
    NOT NULL, day INTEGER NOT NULL, player_item_id INTEGER NOT NULL, due INTEGER NOT NULL, state
    TEXT NOT NULL, ended_by INTEGER, PRIMARY KEY (id), CONSTRAINT state_word CHECK (state IN
    ('due', 'paid', 'evicted')), CONSTRAINT due_range CHECK (due > 0), CONSTRAINT
    ended_by_an_operation CHECK ((state = 'due') = (ended_by IS NULL)), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES player (id),
    FOREIGN KEY(player_item_id) REFERENCES player_item (id), FOREIGN KEY(ended_by) REFERENCES
    operation (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX upkeep_of_day ON upkeep (player_id, day)
    """,
    """
    CREATE INDEX upkeep_state ON upkeep (player_id, state, day)
    """,
    """
    CREATE TABLE shift (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id INTEGER
    NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, skill INTEGER
    NOT NULL, pay INTEGER NOT NULL, fed INTEGER NOT NULL, player_item_id INTEGER, PRIMARY KEY
    (id), CONSTRAINT skill_range CHECK (skill BETWEEN 0 AND 100), CONSTRAINT number_range CHECK
    (number > 0), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id)
    REFERENCES player (id), FOREIGN KEY(player_item_id) REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX shift_of_day ON shift (player_id, day, number)
    """,
    """
    CREATE TABLE daily_bonus (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, day INTEGER NOT NULL, streak INTEGER NOT NULL, PRIMARY KEY (id),
    CONSTRAINT streak_range CHECK (streak BETWEEN 1 AND 7), FOREIGN KEY(operation_id) REFERENCES
    operation (id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX daily_bonus_of_day ON daily_bonus (player_id, day)
    """,
    """
    CREATE TABLE market_stall (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, rotation_id
    INTEGER NOT NULL, item_id INTEGER NOT NULL, full_price INTEGER NOT NULL, price INTEGER NOT
    NULL, discount INTEGER NOT NULL, stock INTEGER NOT NULL, sold INTEGER NOT NULL, PRIMARY KEY
    (id), CONSTRAINT price_range CHECK (price > 0), CONSTRAINT discount_range CHECK (discount
    BETWEEN 0 AND 99), CONSTRAINT stock_range CHECK (stock > 0 AND sold BETWEEN 0 AND stock),
    FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(rotation_id) REFERENCES
    market_rotation (id), FOREIGN KEY(item_id) REFERENCES item (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX market_stall_item ON market_stall (rotation_id, item_id)
    """,
    """
    CREATE TABLE robbery (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, robber_id INTEGER
    NOT NULL, victim_id INTEGER NOT NULL, at INTEGER NOT NULL, chance INTEGER NOT NULL, success
    INTEGER NOT NULL, oranges INTEGER NOT NULL, stolen_id INTEGER, roll_id INTEGER, period
    INTEGER, PRIMARY KEY (id), CONSTRAINT two_players CHECK (robber_id <> victim_id), CONSTRAINT
    chance_range CHECK (chance BETWEEN 5 AND 95), CONSTRAINT success_flag CHECK (success IN (0,
    1)), CONSTRAINT oranges_range CHECK (oranges >= 0), CONSTRAINT one_chance CHECK ((roll_id IS
    NULL) <> (period IS NULL)), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN
    KEY(robber_id) REFERENCES player (id), FOREIGN KEY(victim_id) REFERENCES player (id),
    FOREIGN KEY(stolen_id) REFERENCES player_item (id), FOREIGN KEY(roll_id) REFERENCES roll
    (id) ) STRICT
    """,
    """
    CREATE INDEX robbery_of ON robbery (victim_id, id)
    """,
    """
    CREATE UNIQUE INDEX robbery_of_period ON robbery (victim_id, period) WHERE period IS NOT
    NULL
    """,
    """
    CREATE UNIQUE INDEX robbery_roll ON robbery (roll_id) WHERE roll_id IS NOT NULL
    """,
    """
    CREATE INDEX robbery_by ON robbery (robber_id, victim_id, id)
    """,
    """
    CREATE TABLE stall_sale (id INTEGER NOT NULL, operation_id INTEGER NOT NULL, stall_id
    INTEGER NOT NULL, player_item_id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(stall_id) REFERENCES market_stall
    (id), FOREIGN KEY(player_item_id) REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE INDEX stall_sale_of_stall ON stall_sale (stall_id, id)
    """,
    """
    CREATE UNIQUE INDEX stall_sale_item ON stall_sale (player_item_id)
    """,
)
"""Every new table and index, as it was laid out then."""


def step(connection: sqlite3.Connection) -> None:
    """Make the tables and indexes that layout 1 lacks."""
    for statement in STATEMENTS:
        connection.execute(statement.strip())
