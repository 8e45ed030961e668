"""Guards of the workshop: fusions and completed collections."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    house,
    journal_triggers,
    moved,
    paid,
    words,
)
from inventui.rules.core.enums import Event, Rarity, Status
from inventui.rules.workshop import PURPOSE

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


def workshop_guards() -> list[Trigger]:
    """A fusion has one roll and all its inputs, which ended in it; a set is completed once."""
    return [
        *journal_triggers(
            "fusion",
            ("roll_id",),
            f"NEW.rarity IN {words(set(Rarity) - {Rarity.LEGENDARY})} AND NEW.fee > 0"
            " AND NEW.inputs > 0 AND EXISTS"
            " (SELECT 1 FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id"
            " WHERE r.id = NEW.roll_id AND r.operation_id = NEW.operation_id"
            f" AND r.purpose == '{PURPOSE}' AND r.player_item_id IS NOT NULL"
            " AND s.player_id = NEW.player_id) AND "
            + paid(
                "NEW.fee",
                "player_id = NEW.player_id",
                house("workshop_fee"),
                "NEW.operation_id",
            ),
        ),
        *append_only("fusion"),
        *journal_triggers(
            "fusion_input",
            ("player_item_id",),
            "EXISTS (SELECT 1 FROM fusion f WHERE f.id = NEW.fusion_id"
            " AND f.operation_id = NEW.operation_id AND (SELECT count(*) FROM fusion_input"
            " WHERE fusion_id = NEW.fusion_id) < f.inputs AND "
            + moved(
                "NEW.player_item_id", "f.player_id", Event.FUSE, Status.FUSED, "NEW.operation_id"
            )
            + ")",
        ),
        *append_only("fusion_input"),
        *journal_triggers(
            "completion",
            ("player_id", "case_id"),
            f"{_PLAYER.format('player_id')} AND NEW.oranges >= 0 AND NEW.gems >= 0"
            " AND EXISTS (SELECT 1 FROM case_box WHERE id = NEW.case_id)",
        ),
        *append_only("completion"),
    ]
