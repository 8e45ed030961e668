"""Layout 4: the bazaar, trades, the workshop, collections, and what the house holds."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE listing_count ( item_id INTEGER NOT NULL, listed INTEGER NOT NULL, last_move_id
    INTEGER NOT NULL, PRIMARY KEY (item_id), CONSTRAINT count_range CHECK (listed >= 0), FOREIGN
    KEY(item_id) REFERENCES item (id) ) STRICT
    """,
    """
    CREATE TABLE listing ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, seller_id INTEGER
    NOT NULL, player_item_id INTEGER NOT NULL, item_id INTEGER NOT NULL, price INTEGER NOT NULL,
    at INTEGER NOT NULL, until INTEGER NOT NULL, state TEXT NOT NULL, ended_by INTEGER, buyer_id
    INTEGER, bought_id INTEGER, fee INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT state_word
    CHECK (state IN ('open', 'sold', 'taken_back', 'expired')), CONSTRAINT price_range CHECK
    (price > 0), CONSTRAINT fee_range CHECK (fee >= 0), CONSTRAINT ended_once CHECK ((state =
    'open') = (ended_by IS NULL)), CONSTRAINT sold_to_somebody CHECK ((state = 'sold') =
    (buyer_id IS NOT NULL)), CONSTRAINT bought_something CHECK ((buyer_id IS NULL) = (bought_id
    IS NULL)), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(seller_id)
    REFERENCES player (id), FOREIGN KEY(player_item_id) REFERENCES player_item (id), FOREIGN
    KEY(item_id) REFERENCES item (id), FOREIGN KEY(ended_by) REFERENCES operation (id), FOREIGN
    KEY(buyer_id) REFERENCES player (id), FOREIGN KEY(bought_id) REFERENCES player_item (id) )
    STRICT
    """,
    """
    CREATE UNIQUE INDEX listing_open_thing ON listing (player_item_id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_of_buyer ON listing (buyer_id, ended_by, id) WHERE state = 'sold'
    """,
    """
    CREATE INDEX listing_open_item_price ON listing (item_id, price, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_sold_item ON listing (item_id, ended_by) WHERE state = 'sold'
    """,
    """
    CREATE INDEX listing_sold ON listing (seller_id, ended_by, price, fee) WHERE state = 'sold'
    """,
    """
    CREATE INDEX listing_open_item ON listing (item_id, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_open_until ON listing (until, id, item_id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_open_item_until ON listing (item_id, until, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_of_thing ON listing (player_item_id, id)
    """,
    """
    CREATE INDEX listing_open_price ON listing (price, id, item_id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_of_seller ON listing (seller_id, ended_by, id)
    """,
    """
    CREATE INDEX listing_due ON listing (seller_id, until, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX listing_open ON listing (id, item_id) WHERE state = 'open'
    """,
    """
    CREATE TABLE bazaar_turn ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, number
    INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(operation_id) REFERENCES operation (id) )
    STRICT
    """,
    """
    CREATE UNIQUE INDEX bazaar_turn_number ON bazaar_turn (number)
    """,
    """
    CREATE TABLE trade ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, proposer_id INTEGER
    NOT NULL, partner_id INTEGER NOT NULL, proposer_oranges INTEGER NOT NULL, partner_oranges
    INTEGER NOT NULL, message TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, state
    TEXT NOT NULL, answer TEXT NOT NULL, ended_by INTEGER, counter_of INTEGER, PRIMARY KEY (id),
    CONSTRAINT state_word CHECK (state IN ('open', 'accepted', 'declined', 'taken_back',
    'countered', 'expired')), CONSTRAINT two_players CHECK (proposer_id <> partner_id),
    CONSTRAINT sum_range CHECK (proposer_oranges >= 0 AND partner_oranges >= 0), CONSTRAINT
    ended_once CHECK ((state = 'open') = (ended_by IS NULL)), FOREIGN KEY(operation_id)
    REFERENCES operation (id), FOREIGN KEY(proposer_id) REFERENCES player (id), FOREIGN
    KEY(partner_id) REFERENCES player (id), FOREIGN KEY(ended_by) REFERENCES operation (id),
    FOREIGN KEY(counter_of) REFERENCES trade (id) ) STRICT
    """,
    """
    CREATE INDEX trade_of_proposer ON trade (proposer_id, id)
    """,
    """
    CREATE INDEX trade_due ON trade (proposer_id, until, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX trade_waiting ON trade (partner_id, until, id) WHERE state = 'open'
    """,
    """
    CREATE INDEX trade_of_partner ON trade (partner_id, id)
    """,
    """
    CREATE INDEX trade_ended_of_proposer ON trade (proposer_id, state, ended_by) WHERE ended_by IS
    NOT NULL
    """,
    """
    CREATE INDEX trade_ended_of_partner ON trade (partner_id, state, ended_by) WHERE ended_by IS
    NOT NULL
    """,
    """
    CREATE TABLE completion ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
    INTEGER NOT NULL, case_id INTEGER NOT NULL, at INTEGER NOT NULL, oranges INTEGER NOT NULL,
    gems INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT reward_range CHECK (oranges >= 0 AND
    gems >= 0), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id)
    REFERENCES player (id), FOREIGN KEY(case_id) REFERENCES case_box (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX completion_once ON completion (player_id, case_id)
    """,
    """
    CREATE TABLE trade_thing ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, trade_id
    INTEGER NOT NULL, side TEXT NOT NULL, player_item_id INTEGER NOT NULL, PRIMARY KEY (id),
    CONSTRAINT side_word CHECK (side IN ('proposer', 'partner')), FOREIGN KEY(operation_id)
    REFERENCES operation (id), FOREIGN KEY(trade_id) REFERENCES trade (id), FOREIGN
    KEY(player_item_id) REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE INDEX trade_thing_of_thing ON trade_thing (player_item_id, id)
    """,
    """
    CREATE UNIQUE INDEX trade_thing_once ON trade_thing (trade_id, player_item_id)
    """,
    """
    CREATE TABLE fusion ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id INTEGER
    NOT NULL, rarity TEXT NOT NULL, fee INTEGER NOT NULL, roll_id INTEGER NOT NULL, PRIMARY KEY
    (id), CONSTRAINT rarity_word CHECK (rarity IN ('common', 'uncommon', 'rare', 'epic',
    'legendary')), CONSTRAINT fee_range CHECK (fee > 0), FOREIGN KEY(operation_id) REFERENCES
    operation (id), FOREIGN KEY(player_id) REFERENCES player (id), FOREIGN KEY(roll_id)
    REFERENCES roll (id) ) STRICT
    """,
    """
    CREATE INDEX fusion_of_player ON fusion (player_id, id)
    """,
    """
    CREATE UNIQUE INDEX fusion_roll ON fusion (roll_id)
    """,
    """
    CREATE TABLE fusion_input ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, fusion_id
    INTEGER NOT NULL, player_item_id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN
    KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(fusion_id) REFERENCES fusion (id),
    FOREIGN KEY(player_item_id) REFERENCES player_item (id) ) STRICT
    """,
    """
    CREATE UNIQUE INDEX fusion_input_thing ON fusion_input (player_item_id)
    """,
    """
    CREATE INDEX fusion_input_of_fusion ON fusion_input (fusion_id, id)
    """,
    """
    CREATE INDEX player_item_locked ON player_item (player_id, item_id) WHERE status = 'owned' AND
    locked = 1
    """,
)
"""Every new table and index, as it was laid out then."""

ACCOUNTS = """
    INSERT INTO account (player_id, house, currency, balance, spent, last_transfer_id)
    SELECT NULL, 'trade_hold', currency, 0, 0, 0 FROM account WHERE house = 'start' ORDER BY id
"""
"""What the house holds of open trades, in each currency."""


def step(connection: sqlite3.Connection) -> None:
    """Make the tables, indexes and accounts that layout 3 lacks."""
    for statement in (*STATEMENTS, ACCOUNTS):
        connection.execute(statement.strip())
