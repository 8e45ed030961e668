"""Guards of notifications: they are only ever shown and seen."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    changed,
    journal_triggers,
    no_delete,
    refuse,
    trigger,
    words,
)
from inventui.rules.core.enums import Tone

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


_PLAYER_ITEM = (
    "EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.{})"
)


def notification_guards() -> list[Trigger]:
    """A notification never changes but for being shown and seen."""
    return [
        *journal_triggers(
            "notification",
            ("id",),
            f"{_PLAYER.format('player_id')} AND NEW.seen == 0 AND NEW.shown == 0"
            f" AND NEW.tone IN {words(Tone)}",
        ),
        trigger(
            "notification_no_update",
            "BEFORE UPDATE ON notification",
            refuse(
                "notification: it is only shown and seen",
                "NOT ("
                + changed("id operation_id player_id at kind tone message place player_item_id")
                + ") AND NEW.seen IN (0, 1) AND NEW.seen >= OLD.seen AND NEW.shown IN (0, 1)"
                " AND NEW.shown >= OLD.shown AND NEW.seen + NEW.shown > OLD.seen + OLD.shown",
            ),
        ),
        no_delete("notification"),
    ]
