"""Guards of undo: an operation is taken back once, by its own player."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import append_only, journal_triggers, words
from inventui.rules.undo import Undoable


def undo_guards() -> list[Trigger]:
    """A line names an operation under way that takes an earlier one of its player back."""
    return [
        *journal_triggers(
            "undo",
            ("undone_id",),
            "NOT EXISTS (SELECT 1 FROM undo WHERE operation_id = NEW.operation_id)"
            " AND EXISTS (SELECT 1 FROM operation n JOIN operation o ON o.player_id = n.player_id"
            " WHERE n.id = NEW.operation_id AND n.kind = 'undo' AND o.id = NEW.undone_id"
            f" AND o.id < n.id AND o.kind IN {words(Undoable)})",
        ),
        *append_only("undo"),
    ]
