"""Guards of withdrawals: what left the world, and its certificate."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    changed,
    journal_triggers,
    no_delete,
    refuse,
    trigger,
)
from inventui.rules.core.enums import Event
from inventui.rules.withdrawals.withdrawals import WithdrawalState


def withdrawal_guards() -> list[Trigger]:
    """A player item is withdrawn once, and its certificate delivered once."""
    return [
        *journal_triggers(
            "withdrawal",
            ("player_item_id",),
            f"NEW.state == '{WithdrawalState.PENDING}' AND NEW.delivered_by IS NULL"
            " AND NEW.path == '' AND EXISTS (SELECT 1 FROM player_item p JOIN move m"
            " ON m.player_item_id = p.id AND m.operation_id = NEW.operation_id"
            f" AND m.event = '{Event.WITHDRAW}' WHERE p.id = NEW.player_item_id"
            " AND p.player_id = NEW.player_id)",
        ),
        trigger(
            "withdrawal_no_update",
            "BEFORE UPDATE ON withdrawal",
            refuse(
                "withdrawal: it is delivered once, by the operation under way",
                f"NOT ({changed('id operation_id player_id player_item_id at details')})"
                f" AND OLD.state == '{WithdrawalState.PENDING}'"
                f" AND NEW.state == '{WithdrawalState.DELIVERED}' AND NEW.path != ''"
                " AND NEW.delivered_by IS NOT NULL AND NEW.delivered_by =="
                " (SELECT id FROM operation ORDER BY id DESC LIMIT 1)",
            ),
        ),
        no_delete("withdrawal"),
    ]
