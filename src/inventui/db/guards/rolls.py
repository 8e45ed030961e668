"""Guards of rolls: a nonce is used once, a commitment and an odds table never change."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    no_delete,
    no_replace,
    numbered,
    refuse,
    trigger,
    under_way,
)
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.enums import SeedState

_ACTIVE, _NEXT, _RETIRED = SeedState.ACTIVE, SeedState.NEXT, SeedState.RETIRED


def roll_guards() -> list[Trigger]:
    """A roll takes the next nonce of its player's active pair, and gives that player an item."""
    return [
        trigger(
            "roll_guard",
            "BEFORE INSERT ON roll",
            no_replace("roll"),
            refuse(
                f"roll: a ticket is 0 to {TICKETS - 1}", f"NEW.ticket BETWEEN 0 AND {TICKETS - 1}"
            ),
            refuse(
                "roll: not the next nonce of an active pair of the operation''s player",
                "EXISTS (SELECT 1 FROM seed_pair s JOIN operation o"
                " ON o.id = NEW.operation_id AND o.player_id = s.player_id"
                f" WHERE s.id = NEW.seed_pair_id AND s.state = '{_ACTIVE}'"
                " AND s.nonce == NEW.nonce)",
            ),
            under_way("roll"),
            refuse("roll: its counts begin at 0", "NEW.draw >= 0 AND NEW.since >= 0"),
            refuse(
                "roll: its odds table is kept",
                "NEW.entry >= 0 AND EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)",
            ),
            refuse(
                "roll: one thing of the player comes from one roll",
                "NEW.player_item_id IS NULL OR (NOT EXISTS (SELECT 1 FROM roll"
                " WHERE player_item_id = NEW.player_item_id) AND EXISTS (SELECT 1"
                " FROM player_item p JOIN operation o ON o.player_id = p.player_id"
                " WHERE p.id = NEW.player_item_id AND o.id = NEW.operation_id))",
            ),
        ),
        trigger(
            "roll_apply",
            "AFTER INSERT ON roll",
            numbered("roll"),
            "UPDATE seed_pair SET nonce = NEW.nonce + 1 WHERE id = NEW.seed_pair_id",
        ),
        *append_only("roll"),
    ]


def seed_pair_guards() -> list[Trigger]:
    """A seed pair goes from next to active to retired, and its server seed never changes."""
    mine = "FROM seed_pair WHERE player_id = NEW.player_id"
    becomes_active = f"(OLD.state = '{_NEXT}' AND NEW.state == '{_ACTIVE}')"
    retires = f"(OLD.state = '{_ACTIVE}' AND NEW.state == '{_RETIRED}')"
    return [
        trigger(
            "seed_pair_guard",
            "BEFORE INSERT ON seed_pair",
            no_replace("seed_pair"),
            refuse(
                "seed_pair: no such player",
                "EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)",
            ),
            refuse(
                "seed_pair: a pair begins unused, as the next one; a player''s first is active",
                "NEW.nonce == 0 AND NEW.retired_at IS NULL"
                f" AND ((NEW.number == 1 AND NEW.state == '{_ACTIVE}')"
                f" OR (NEW.state == '{_NEXT}' AND NEW.number > 1 AND EXISTS"
                f" (SELECT 1 {mine} AND number = NEW.number - 1)))",
            ),
            refuse(
                "seed_pair: one active and one next a player, each number once",
                " AND ".join(
                    f"NOT EXISTS (SELECT 1 {mine} AND {same})"
                    for same in (
                        "number = NEW.number",
                        *(
                            f"state = '{word}' AND NEW.state = '{word}'"
                            for word in (_ACTIVE, _NEXT)
                        ),
                    )
                ),
            ),
        ),
        trigger("seed_pair_numbered", "AFTER INSERT ON seed_pair", numbered("seed_pair")),
        trigger(
            "seed_pair_no_update",
            "BEFORE UPDATE ON seed_pair",
            refuse(
                "seed_pair: a commitment never changes",
                f"NOT ({changed('id player_id number server_seed server_seed_hash')})",
            ),
            refuse(
                "seed_pair: it goes from next to active to retired",
                f"NEW.state == OLD.state OR {becomes_active} OR {retires}",
            ),
            refuse(
                "seed_pair: one active pair a player",
                f"NOT {becomes_active} OR NOT EXISTS (SELECT 1 {mine} AND state = '{_ACTIVE}')",
            ),
            refuse(
                "seed_pair: a client seed is set when the pair becomes active",
                f"NEW.client_seed == OLD.client_seed OR {becomes_active}",
            ),
            refuse(
                "seed_pair: it has a time of retiring when it retires",
                f"({retires} AND NEW.retired_at IS NOT NULL)"
                f" OR (NOT {retires} AND NEW.retired_at == OLD.retired_at)",
            ),
            refuse(
                "seed_pair: only a roll moves the nonce",
                "NEW.nonce == OLD.nonce OR (NEW.nonce == OLD.nonce + 1 AND EXISTS (SELECT 1"
                " FROM roll WHERE seed_pair_id = NEW.id AND nonce = OLD.nonce))",
            ),
        ),
        no_delete("seed_pair"),
    ]


def odds_table_guards() -> list[Trigger]:
    """An odds table is never changed or deleted."""
    return [
        trigger(
            "odds_table_guard",
            "BEFORE INSERT ON odds_table",
            no_replace("odds_table"),
            refuse(
                "odds_table: it is kept already",
                "NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = NEW.hash)",
            ),
        ),
        trigger("odds_table_numbered", "AFTER INSERT ON odds_table", numbered("odds_table")),
        *append_only("odds_table"),
    ]
