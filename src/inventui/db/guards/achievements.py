"""Guards of achievements: each is reached once by each player."""

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


_QUEST = refuse("achievement: it is a quest or is none", "NEW.quest IN (0, 1)")


def achievement_guards() -> list[Trigger]:
    """An achievement keeps its number and slug, and is reached once by each player."""
    return [
        trigger(
            "achievement_guard",
            "BEFORE INSERT ON achievement",
            once("achievement", "id"),
            once("achievement", "slug"),
            _QUEST,
        ),
        trigger(
            "achievement_no_update",
            "BEFORE UPDATE ON achievement",
            refuse("achievement: number and slug never change", f"NOT ({changed('id slug')})"),
            _QUEST,
        ),
        no_delete("achievement"),
        *journal_triggers(
            "achieved",
            ("player_id", "achievement_id"),
            f"{_PLAYER.format('player_id')}"
            " AND EXISTS (SELECT 1 FROM achievement WHERE id = NEW.achievement_id)",
        ),
        *append_only("achieved"),
    ]
