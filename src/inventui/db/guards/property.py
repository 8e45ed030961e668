"""Guards of business and home: each period of income and each day of upkeep once."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    journal_triggers,
    no_delete,
    refuse,
    trigger,
    words,
)
from inventui.rules.property import UpkeepState

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


_PLAYER_ITEM = (
    "EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.{})"
)


_SET_BACK = (
    "coalesce((SELECT id FROM operation WHERE player_id IS NULL AND kind = 'clock'"
    " ORDER BY id DESC LIMIT 1), 0)"
)


def property_guards() -> list[Trigger]:
    """Each period pays once, each day is due once, and settled time is never settled again."""
    return [
        *journal_triggers(
            "settlement",
            ("id",),
            f"{_PLAYER.format('player_id')} AND NEW.since <= NEW.until"
            # No span is reckoned twice, unless the clock was set back in between.
            " AND NOT EXISTS (SELECT 1 FROM settlement WHERE player_id = NEW.player_id"
            f" AND until > NEW.since AND operation_id > {_SET_BACK})",
        ),
        *append_only("settlement"),
        *journal_triggers(
            "income",
            ("player_id", "period"),
            f"{_PLAYER_ITEM.format('player_id')} AND NEW.revenue >= 0 AND NEW.cost >= 0",
        ),
        *append_only("income"),
        *journal_triggers(
            "upkeep",
            ("player_id", "day"),
            f"{_PLAYER_ITEM.format('player_id')} AND NEW.due > 0"
            f" AND NEW.state IN {words(UpkeepState)}"
            f" AND (NEW.state == '{UpkeepState.DUE}') = (NEW.ended_by IS NULL)"
            " AND (NEW.ended_by IS NULL OR NEW.ended_by == NEW.operation_id)",
        ),
        trigger(
            "upkeep_no_update",
            "BEFORE UPDATE ON upkeep",
            refuse(
                "upkeep: it is ended once, by the operation under way",
                f"NOT ({changed('id operation_id player_id day player_item_id due')})"
                f" AND OLD.state == '{UpkeepState.DUE}' AND NEW.state IN"
                f" {words([UpkeepState.PAID, UpkeepState.EVICTED])} AND NEW.ended_by IS NOT NULL"
                " AND NEW.ended_by == (SELECT id FROM operation ORDER BY id DESC LIMIT 1)",
            ),
        ),
        no_delete("upkeep"),
    ]
