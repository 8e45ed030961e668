"""Guards of the streets: shifts, bonuses and robberies."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    journal_triggers,
    no_delete,
    once,
    refuse,
    trigger,
)

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


_PLAYER_ITEM = (
    "EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.{})"
)


def street_guards() -> list[Trigger]:
    """A shift and a bonus are had once; a robbery has one roll, a neighbour's one period."""
    return [
        trigger(
            "neighbour_guard",
            "BEFORE INSERT ON neighbour",
            once("neighbour", "id"),
            once("neighbour", "slug"),
            refuse("neighbour: it has yet to move in", "NEW.player_id IS NULL"),
        ),
        trigger(
            "neighbour_no_update",
            "BEFORE UPDATE ON neighbour",
            refuse(
                "neighbour: it moves in once, as a player of its own",
                f"NOT ({changed('id slug')}) AND (NEW.player_id == OLD.player_id"
                f" OR (OLD.player_id IS NULL AND {_PLAYER.format('player_id')} AND NOT EXISTS"
                " (SELECT 1 FROM neighbour WHERE player_id = NEW.player_id)))",
            ),
        ),
        no_delete("neighbour"),
        *journal_triggers(
            "shift",
            ("player_id", "day", "number"),
            f"{_PLAYER.format('player_id')} AND NEW.skill BETWEEN 0 AND 100 AND NEW.rest >= 0"
            " AND NEW.number == 1 + (SELECT count(*) FROM shift WHERE player_id = NEW.player_id"
            " AND day = NEW.day)"
            f" AND (NEW.player_item_id IS NULL OR {_PLAYER_ITEM.format('player_id')})",
        ),
        *append_only("shift"),
        *journal_triggers(
            "daily_bonus",
            ("player_id", "day"),
            f"{_PLAYER.format('player_id')} AND NEW.streak > 0",
        ),
        *append_only("daily_bonus"),
        *journal_triggers(
            "robbery",
            ("id",),
            f"{_PLAYER.format('robber_id')} AND {_PLAYER.format('victim_id')}"
            " AND NEW.robber_id != NEW.victim_id AND NEW.chance BETWEEN 0 AND 100"
            " AND (NEW.success == 0 OR NEW.success == 1) AND NEW.oranges >= 0"
            " AND (NEW.halved IS NULL) == (NEW.roll_id IS NULL) AND coalesce(NEW.halved, 0) >= 0"
            " AND (NEW.stolen_id IS NULL OR EXISTS (SELECT 1 FROM player_item n JOIN player_item o"
            " ON o.id = n.origin_id WHERE n.id = NEW.stolen_id AND n.player_id = NEW.robber_id"
            " AND o.player_id = NEW.victim_id))"
            " AND ((NEW.period IS NULL AND EXISTS (SELECT 1 FROM roll r JOIN seed_pair s"
            " ON s.id = r.seed_pair_id WHERE r.id = NEW.roll_id AND s.player_id = NEW.robber_id"
            " AND r.operation_id = NEW.operation_id) AND NOT EXISTS (SELECT 1 FROM robbery"
            " WHERE roll_id = NEW.roll_id)) OR (NEW.roll_id IS NULL AND NEW.period IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM neighbour WHERE player_id = NEW.robber_id)"
            " AND NOT EXISTS (SELECT 1 FROM robbery WHERE victim_id = NEW.victim_id"
            " AND period = NEW.period)))",
        ),
        *append_only("robbery"),
    ]
