"""Guards of things and their moves, from the lifecycle table."""

from inventui.db.guards.words import (
    Trigger,
    append_only,
    changed,
    no_delete,
    no_replace,
    refuse,
    trigger,
    words,
)
from inventui.rules.enums import Status
from inventui.rules.lifecycle import ENDS, HELD, LOCK_FORBIDS, TRANSITIONS


def _is(column: str, word: str | None) -> str:
    return f"{column} IS NULL" if word is None else f"{column} IS '{word}'"


def _lifecycle(line: str) -> str:
    """The condition that a move is a line of the lifecycle table."""
    return "\n    OR ".join(
        f"({_is(f'{line}.from_status', start)} AND {line}.event IS '{event}'"
        f" AND {line}.to_status IS '{end}')"
        for (start, event), end in TRANSITIONS.items()
    )


def things_guards() -> list[Trigger]:
    """Triggers of player items, moves and counts."""
    held, locks = words(HELD), words(LOCK_FORBIDS)
    follows = (
        "EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id"
        " AND NEW.version IS p.version + 1 AND p.status IS NEW.from_status"
        f" AND NOT (p.locked AND NEW.event IN {locks}))"
    )
    justified = (
        "(NEW.version IS OLD.version AND NEW.status IS OLD.status)"
        " OR (NEW.version IS OLD.version + 1 AND EXISTS (SELECT 1 FROM move m"
        " WHERE m.player_item_id = NEW.id AND m.version = NEW.version"
        " AND m.from_status IS OLD.status AND m.to_status IS NEW.status))"
    )
    count = (
        f"held = held + (NEW.to_status IN {held}) - (coalesce(NEW.from_status, '') IN {held}),"
        f" escrowed = escrowed + (NEW.to_status IS '{Status.ESCROWED}')"
        f" - (NEW.from_status IS '{Status.ESCROWED}')"
    )
    row = "FROM player_item WHERE id = NEW.player_item_id"
    return [
        trigger(
            "move_guard",
            "BEFORE INSERT ON move",
            no_replace("move"),
            refuse("move: not in the lifecycle table", _lifecycle("NEW")),
            refuse("move: it does not follow the last one, or the thing is locked", follows),
            refuse(
                "move: it belongs to no operation",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id)",
            ),
        ),
        trigger(
            "move_apply",
            "AFTER INSERT ON move",
            "  UPDATE player_item SET status = NEW.to_status, version = NEW.version"
            " WHERE id = NEW.player_item_id;",
            f"  INSERT INTO holding (player_id, item_id, held, escrowed) SELECT player_id,"
            f" item_id, 0, 0 {row} AND NEW.from_status IS NULL AND NOT EXISTS (SELECT 1 FROM"
            " holding h WHERE h.player_id = player_item.player_id"
            " AND h.item_id = player_item.item_id);",
            f"  UPDATE holding SET {count} WHERE (player_id, item_id) ="
            f" (SELECT player_id, item_id {row});",
        ),
        *append_only("move"),
        trigger(
            "player_item_guard",
            "BEFORE INSERT ON player_item",
            no_replace("player_item"),
            refuse(
                "player_item: a thing begins without a status",
                "NEW.status IS NULL AND NEW.version IS 0 AND NEW.locked IS 0",
            ),
            refuse(
                "player_item: no such player, item or category",
                "EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS"
                " (SELECT 1 FROM item WHERE id = NEW.item_id AND category IS NEW.category)",
            ),
            refuse(
                "player_item: its origin lives on or was handed on already",
                "NEW.origin_id IS NULL OR (EXISTS (SELECT 1 FROM player_item o WHERE"
                f" o.id = NEW.origin_id AND o.status IN {words(ENDS)}) AND NOT EXISTS"
                " (SELECT 1 FROM player_item o WHERE o.origin_id = NEW.origin_id))",
            ),
        ),
        trigger(
            "player_item_no_update",
            "BEFORE UPDATE ON player_item",
            refuse(
                "player_item: whose, what and whence never change",
                "NOT ("
                + changed(
                    "id player_id item_id category acquired_at acquisition price_paid source"
                    " origin_id"
                )
                + ")",
            ),
            refuse("player_item: only a move changes a status", justified),
            refuse("player_item: locked is 0 or 1", "NEW.locked IS 0 OR NEW.locked IS 1"),
            refuse(
                "player_item: what has ended is not locked",
                f"NEW.locked IS OLD.locked OR OLD.status NOT IN {words(ENDS)}",
            ),
            refuse(
                "player_item: one thing a slot",
                f"NEW.status IS NOT '{Status.EQUIPPED}' OR NOT EXISTS (SELECT 1 FROM player_item o"
                " WHERE o.player_id = NEW.player_id AND o.category = NEW.category"
                f" AND o.status = '{Status.EQUIPPED}' AND o.id <> NEW.id)",
            ),
        ),
        no_delete("player_item"),
    ]
