"""Guards of the workshop: fusions, completed collections, and pieces that counted."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    HELD_SQL,
    LATEST,
    append_only,
    house,
    journal_triggers,
    moved,
    paid,
    trigger,
    words,
)
from inventui.rules.core.enums import Event, Rarity, Status
from inventui.rules.workshop import PURPOSE

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


def workshop_guards() -> list[Trigger]:
    """A fusion has one roll and all its inputs, which ended in it; a set is completed once.

    A piece counts once through all its owners: the line goes on with whoever gets it.
    """
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
        *journal_triggers(
            "counted_piece",
            ("player_item_id",),
            "EXISTS (SELECT 1 FROM player_item p JOIN completion c ON c.id = NEW.completion_id"
            " WHERE p.id = NEW.player_item_id AND (EXISTS (SELECT 1 FROM counted_piece o"
            " WHERE o.player_item_id = p.origin_id AND o.completion_id = c.id)"
            " OR (c.operation_id = NEW.operation_id AND p.player_id = c.player_id"
            f" AND p.{HELD_SQL} AND NOT EXISTS (SELECT 1 FROM counted_piece o JOIN player_item q"
            " ON q.id = o.player_item_id WHERE o.completion_id = c.id"
            " AND q.item_id = p.item_id))))",
        ),
        *append_only("counted_piece"),
        trigger(
            "counted_piece_handed_on",
            "AFTER INSERT ON player_item",
            "INSERT INTO counted_piece (operation_id, completion_id, player_item_id)"
            f" SELECT {LATEST}, completion_id, NEW.id FROM counted_piece"
            " WHERE player_item_id = NEW.origin_id",
        ),
    ]
