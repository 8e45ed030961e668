"""Guards of seed pairs, rolls and odds tables."""

from inventui.db.guards.words import (
    Trigger,
    append_only,
    changed,
    no_delete,
    no_replace,
    refuse,
    trigger,
)
from inventui.rules.enums import SeedState


def rolls_guards() -> list[Trigger]:
    """Triggers of rolls and what they stand on."""
    active, upcoming, retired = SeedState.ACTIVE, SeedState.NEXT, SeedState.RETIRED
    return [
        trigger(
            "roll_guard",
            "BEFORE INSERT ON roll",
            no_replace("roll"),
            refuse("roll: a ticket is 0 to 999999", "NEW.ticket BETWEEN 0 AND 999999"),
            refuse(
                "roll: not the next nonce of an active pair of the operation''s player",
                "EXISTS (SELECT 1 FROM seed_pair s JOIN operation o"
                " ON o.id = NEW.operation_id AND o.player_id = s.player_id"
                f" WHERE s.id = NEW.seed_pair_id AND s.state = '{active}'"
                " AND s.nonce IS NEW.nonce)",
            ),
            refuse(
                "roll: its odds table is kept",
                "EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)",
            ),
            refuse(
                "roll: one thing comes from one roll",
                "NEW.player_item_id IS NULL OR NOT EXISTS (SELECT 1 FROM roll"
                " WHERE player_item_id = NEW.player_item_id)",
            ),
        ),
        trigger(
            "roll_apply",
            "AFTER INSERT ON roll",
            "  UPDATE seed_pair SET nonce = NEW.nonce + 1 WHERE id = NEW.seed_pair_id;",
        ),
        *append_only("roll"),
        trigger(
            "seed_pair_guard",
            "BEFORE INSERT ON seed_pair",
            no_replace("seed_pair"),
            refuse(
                "seed_pair: a pair begins unused, one active and one next a player",
                f"NEW.nonce IS 0 AND NEW.state IN ('{active}', '{upcoming}') AND NOT EXISTS"
                " (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id"
                " AND (state = NEW.state OR number = NEW.number))",
            ),
        ),
        trigger(
            "seed_pair_no_update",
            "BEFORE UPDATE ON seed_pair",
            refuse(
                "seed_pair: a commitment never changes",
                f"NOT ({changed('id player_id number server_seed server_seed_hash')})",
            ),
            refuse(
                "seed_pair: it goes from next to active to retired",
                f"NEW.state IS OLD.state OR (OLD.state = '{upcoming}' AND NEW.state IS '{active}')"
                f" OR (OLD.state = '{active}' AND NEW.state IS '{retired}')",
            ),
            refuse(
                "seed_pair: a client seed is set when the pair becomes active",
                "NEW.client_seed IS OLD.client_seed"
                f" OR (OLD.state = '{upcoming}' AND NEW.state IS '{active}')",
            ),
            refuse(
                "seed_pair: only a roll moves the nonce",
                "NEW.nonce IS OLD.nonce OR (NEW.nonce IS OLD.nonce + 1 AND EXISTS (SELECT 1"
                " FROM roll WHERE seed_pair_id = NEW.id AND nonce = OLD.nonce))",
            ),
        ),
        no_delete("seed_pair"),
        trigger(
            "odds_table_guard",
            "BEFORE INSERT ON odds_table",
            no_replace("odds_table"),
            refuse(
                "odds_table: it is kept already",
                "NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = NEW.hash)",
            ),
        ),
        *append_only("odds_table"),
    ]
