"""Layout 5: lines keep the numbers they were done under; categories are rows of a table."""

import json
import sqlite3
from collections.abc import Mapping

TABLES: Mapping[str, tuple[str, ...]] = {
    "category": (
        """
        CREATE TABLE category ( name TEXT NOT NULL, PRIMARY KEY (name) ) STRICT
        """,
    ),
    "item": (
        """
        CREATE TABLE item ( id INTEGER NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL,
        description TEXT NOT NULL, flavour TEXT NOT NULL, category TEXT NOT NULL, rarity
        TEXT NOT NULL, rarity_rank INTEGER NOT NULL, tier TEXT NOT NULL, price_oranges
        INTEGER NOT NULL, price_gems INTEGER NOT NULL, value INTEGER NOT NULL, emoji TEXT
        NOT NULL, sprite TEXT NOT NULL, style TEXT NOT NULL, image_url TEXT NOT NULL,
        details TEXT NOT NULL, active INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT
        rarity_word CHECK (rarity IN ('common', 'uncommon', 'rare', 'epic', 'legendary')),
        CONSTRAINT tier_word CHECK (tier IN ('free', 'basic', 'premium')), CONSTRAINT
        value_range CHECK (value >= 0), UNIQUE (slug), FOREIGN KEY(category) REFERENCES
        category (name) ) STRICT
        """,
        """
        CREATE INDEX item_by_name_and_value ON item (name, value)
        """,
    ),
    "player_item": (
        """
        CREATE TABLE player_item ( id INTEGER NOT NULL, player_id INTEGER NOT NULL, item_id
        INTEGER NOT NULL, category TEXT NOT NULL, status TEXT, version INTEGER NOT NULL,
        locked INTEGER NOT NULL, acquired_at INTEGER NOT NULL, acquisition TEXT NOT NULL,
        price_paid INTEGER NOT NULL, source TEXT NOT NULL, origin_id INTEGER, gems_paid
        INTEGER NOT NULL, uses INTEGER, durability INTEGER, condition INTEGER NOT NULL,
        held_until INTEGER, PRIMARY KEY (id), CONSTRAINT status_word CHECK (status IN
        ('owned', 'equipped', 'escrowed', 'listed', 'offered', 'sold', 'withdrawn',
        'gifted', 'consumed', 'traded', 'fused', 'stolen', 'destroyed', 'expired')),
        CONSTRAINT acquisition_word CHECK (acquisition IN ('case', 'purchase', 'bundle',
        'gift', 'achievement', 'starter', 'drop', 'theft', 'bazaar', 'trade', 'workshop',
        'admin')), CONSTRAINT locked_flag CHECK (locked IN (0, 1)), CONSTRAINT
        durability_range CHECK (durability >= 0), CONSTRAINT uses_range CHECK (uses >= 0),
        CONSTRAINT status_has_a_move CHECK ((status IS NULL) = (version = 0)), FOREIGN
        KEY(player_id) REFERENCES player (id), FOREIGN KEY(item_id) REFERENCES item (id),
        FOREIGN KEY(origin_id) REFERENCES player_item (id) ) STRICT
        """,
        """
        CREATE INDEX player_item_held ON player_item (player_id, id) WHERE status IN
        ('equipped', 'listed', 'offered', 'owned')
        """,
        """
        CREATE INDEX player_item_bought ON player_item (item_id) WHERE acquisition IN
        ('bundle', 'purchase')
        """,
        """
        CREATE UNIQUE INDEX player_item_slot ON player_item (player_id, category) WHERE
        status = 'equipped'
        """,
        """
        CREATE UNIQUE INDEX player_item_origin ON player_item (origin_id) WHERE origin_id IS
        NOT NULL
        """,
        """
        CREATE INDEX player_item_held_of_item ON player_item (player_id, item_id, id) WHERE
        status IN ('equipped', 'listed', 'offered', 'owned')
        """,
        """
        CREATE INDEX player_item_locked ON player_item (player_id, item_id) WHERE status =
        'owned' AND locked = 1
        """,
        """
        CREATE INDEX player_item_status ON player_item (player_id, status, id)
        """,
    ),
    "economy_numbers": (
        """
        CREATE TABLE economy_numbers ( after_operation INTEGER NOT NULL, numbers TEXT NOT
        NULL, PRIMARY KEY (after_operation) ) STRICT
        """,
    ),
    "listing": (
        """
        CREATE TABLE listing ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, seller_id
        INTEGER NOT NULL, player_item_id INTEGER NOT NULL, item_id INTEGER NOT NULL, price
        INTEGER NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, state TEXT NOT NULL,
        ended_by INTEGER, buyer_id INTEGER, bought_id INTEGER, fee INTEGER NOT NULL, PRIMARY
        KEY (id), CONSTRAINT state_word CHECK (state IN ('open', 'sold', 'taken_back',
        'expired')), CONSTRAINT price_range CHECK (price > 0), CONSTRAINT fee_range CHECK
        (fee BETWEEN 0 AND price), CONSTRAINT ended_once CHECK ((state = 'open') = (ended_by
        IS NULL)), CONSTRAINT sold_to_somebody CHECK ((state = 'sold') = (buyer_id IS NOT
        NULL)), CONSTRAINT bought_something CHECK ((buyer_id IS NULL) = (bought_id IS
        NULL)), FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(seller_id)
        REFERENCES player (id), FOREIGN KEY(player_item_id) REFERENCES player_item (id),
        FOREIGN KEY(item_id) REFERENCES item (id), FOREIGN KEY(ended_by) REFERENCES
        operation (id), FOREIGN KEY(buyer_id) REFERENCES player (id), FOREIGN KEY(bought_id)
        REFERENCES player_item (id) ) STRICT
        """,
        """
        CREATE INDEX listing_open_price ON listing (price, id, item_id) WHERE state = 'open'
        """,
        """
        CREATE INDEX listing_open_item_until ON listing (item_id, until, id) WHERE state =
        'open'
        """,
        """
        CREATE INDEX listing_open_item ON listing (item_id, id) WHERE state = 'open'
        """,
        """
        CREATE INDEX listing_open ON listing (id, item_id) WHERE state = 'open'
        """,
        """
        CREATE INDEX listing_open_item_price ON listing (item_id, price, id) WHERE state =
        'open'
        """,
        """
        CREATE UNIQUE INDEX listing_open_thing ON listing (player_item_id) WHERE state =
        'open'
        """,
        """
        CREATE INDEX listing_sold_item ON listing (item_id, ended_by) WHERE state = 'sold'
        """,
        """
        CREATE INDEX listing_sold ON listing (seller_id, ended_by, price, fee) WHERE state =
        'sold'
        """,
        """
        CREATE INDEX listing_due ON listing (seller_id, until, id) WHERE state = 'open'
        """,
        """
        CREATE INDEX listing_of_seller ON listing (seller_id, ended_by, id)
        """,
        """
        CREATE INDEX listing_of_thing ON listing (player_item_id, id)
        """,
        """
        CREATE INDEX listing_of_buyer ON listing (buyer_id, ended_by, id) WHERE state =
        'sold'
        """,
        """
        CREATE INDEX listing_open_until ON listing (until, id, item_id) WHERE state = 'open'
        """,
    ),
    "fusion": (
        """
        CREATE TABLE fusion ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, player_id
        INTEGER NOT NULL, rarity TEXT NOT NULL, fee INTEGER NOT NULL, roll_id INTEGER NOT
        NULL, inputs INTEGER NOT NULL, PRIMARY KEY (id), CONSTRAINT rarity_word CHECK
        (rarity IN ('common', 'uncommon', 'rare', 'epic', 'legendary')), CONSTRAINT
        fee_range CHECK (fee > 0), CONSTRAINT inputs_range CHECK (inputs > 0), FOREIGN
        KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES
        player (id), FOREIGN KEY(roll_id) REFERENCES roll (id) ) STRICT
        """,
        """
        CREATE INDEX fusion_of_player ON fusion (player_id, id)
        """,
        """
        CREATE UNIQUE INDEX fusion_roll ON fusion (roll_id)
        """,
    ),
    "daily_bonus": (
        """
        CREATE TABLE daily_bonus ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL,
        player_id INTEGER NOT NULL, day INTEGER NOT NULL, streak INTEGER NOT NULL, PRIMARY
        KEY (id), CONSTRAINT streak_range CHECK (streak > 0), FOREIGN KEY(operation_id)
        REFERENCES operation (id), FOREIGN KEY(player_id) REFERENCES player (id) ) STRICT
        """,
        """
        CREATE UNIQUE INDEX daily_bonus_of_day ON daily_bonus (player_id, day)
        """,
    ),
    "robbery": (
        """
        CREATE TABLE robbery ( id INTEGER NOT NULL, operation_id INTEGER NOT NULL, robber_id
        INTEGER NOT NULL, victim_id INTEGER NOT NULL, at INTEGER NOT NULL, chance INTEGER
        NOT NULL, success INTEGER NOT NULL, oranges INTEGER NOT NULL, stolen_id INTEGER,
        roll_id INTEGER, period INTEGER, PRIMARY KEY (id), CONSTRAINT two_players CHECK
        (robber_id <> victim_id), CONSTRAINT chance_range CHECK (chance BETWEEN 0 AND 100),
        CONSTRAINT success_flag CHECK (success IN (0, 1)), CONSTRAINT oranges_range CHECK
        (oranges >= 0), CONSTRAINT one_chance CHECK ((roll_id IS NULL) <> (period IS NULL)),
        FOREIGN KEY(operation_id) REFERENCES operation (id), FOREIGN KEY(robber_id)
        REFERENCES player (id), FOREIGN KEY(victim_id) REFERENCES player (id), FOREIGN
        KEY(stolen_id) REFERENCES player_item (id), FOREIGN KEY(roll_id) REFERENCES roll
        (id) ) STRICT
        """,
        """
        CREATE INDEX robbery_by ON robbery (robber_id, victim_id, id)
        """,
        """
        CREATE INDEX robbery_of ON robbery (victim_id, id)
        """,
        """
        CREATE UNIQUE INDEX robbery_roll ON robbery (roll_id) WHERE roll_id IS NOT NULL
        """,
        """
        CREATE UNIQUE INDEX robbery_of_period ON robbery (victim_id, period) WHERE period IS
        NOT NULL
        """,
    ),
}
"""Tables as they were laid out then, each with its indexes."""

NUMBERS = {
    "bazaar.duration": 604800000,
    "bazaar.fee_percent": 5,
    "bazaar.least_fee": 1,
    "bazaar.most_price": 1000000000,
    "black_market.counts": {"common": [3, 5], "rare": [2, 3], "uncommon": [3, 5]},
    "black_market.featured_discount": 25,
    "black_market.legendary_chance": 30,
    "black_market.stocks": {
        "common": [10, 20],
        "legendary": [1, 3],
        "rare": [3, 8],
        "uncommon": [5, 10],
    },
    "consumables.donut_pay": [3, 2],
    "gear.revenue": {
        "common": [2000, 5000],
        "legendary": [40000, 80000],
        "rare": [18000, 35000],
        "uncommon": [6000, 15000],
    },
    "gear_shop.first_reroll": 5,
    "gear_shop.sizes": {
        "Associate": 7,
        "Captain": 9,
        "Kingpin": 10,
        "Rookie": 6,
        "Soldier": 8,
        "Underboss": 10,
    },
    "lifecycle.escrow_room": 3,
    "lifecycle.gear_room": 10,
    "property.debuff": 20,
    "property.spread": 20,
    "ranks.ranks": [
        ["Rookie", 0],
        ["Associate", 1000],
        ["Soldier", 5000],
        ["Captain", 20000],
        ["Underboss", 75000],
        ["Kingpin", 250000],
    ],
    "streets.daily_gems": 10,
    "streets.daily_step": 100,
    "streets.least_chance": 5,
    "streets.most_chance": 95,
    "streets.shift_least": 20,
    "streets.shift_most": 120,
    "streets.shift_pause": 30000,
    "streets.shifts_a_day": 40,
    "streets.streak": 7,
    "trades.duration": 172800000,
    "trades.most_things": 8,
    "withdrawals.least_value": 10000,
    "workshop.inputs": 5,
}
"""The numbers under which every world before was played."""


CATEGORIES = """
weapon armor business housing frame title background name_effect celebration emoji_badge
bigpulp_hat bigpulp_mood bigpulp_accessory bigpulp_position font_color font_style
font_family avatar_glow avatar_size page_background dialogue_style collection_layout
card_style entrance_animation stats_style tabs_style visitor_counter consumable collectible
bundle
"""
"""The categories that there were."""

FEE = "max(1, price * 5 / 100)"
"""What the house kept of a price; what did not sell would have paid it."""

INPUTS = 5
"""How many player items went into a fusion."""


def step(connection: sqlite3.Connection) -> None:
    """Let lines carry their numbers, and keep those that hold for all others."""
    added = {
        "listing": {"fee": f"CASE WHEN state = 'sold' THEN fee ELSE {FEE} END"},
        "fusion": {"inputs": str(INPUTS)},
    }
    for table, (create, *indexes) in TABLES.items():
        rows = connection.execute(f"SELECT * FROM pragma_table_info('{table}')").fetchall()
        old = [column[1] for column in rows]
        if old:
            connection.execute(f"CREATE TEMP TABLE before AS SELECT * FROM main.{table}")
            connection.execute(f"DROP TABLE main.{table}")
        connection.execute(create.strip())
        if old:
            values = dict(zip(old, old, strict=True)) | added.get(table, {})
            connection.execute(
                f"INSERT INTO {table} ({', '.join(values)})"
                f" SELECT {', '.join(values.values())} FROM temp.before ORDER BY id"
            )
            connection.execute("DROP TABLE temp.before")
        for index in indexes:
            connection.execute(index.strip())
    connection.executemany(
        "INSERT INTO category (name) VALUES (?)", [(name,) for name in CATEGORIES.split()]
    )
    connection.execute(
        "INSERT INTO economy_numbers (after_operation, numbers) VALUES (0, ?)",
        (json.dumps(NUMBERS, sort_keys=True),),
    )
