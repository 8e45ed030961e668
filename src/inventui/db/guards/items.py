"""Guards of player items: a status changes by a move along the lifecycle table alone."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    LATEST,
    SALE_SQL,
    append_only,
    changed,
    no_delete,
    no_replace,
    numbered,
    refuse,
    trigger,
    under_way,
    words,
)
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.lifecycle import (
    ENDS,
    HANDED_ON,
    HELD,
    LOCK_FORBIDS,
    PROMISED,
    TRANSITIONS,
    UNDOING,
)


def _is(column: str, word: str | None) -> str:
    return f"{column} IS NULL" if word is None else f"{column} == '{word}'"


def _lifecycle(line: str) -> str:
    """The condition that a move is a line of the lifecycle table."""
    return "\n    OR ".join(
        f"({_is(f'{line}.from_status', start)} AND {line}.event == '{event}'"
        f" AND {line}.to_status == '{end}')"
        for (start, event), end in TRANSITIONS.items()
    )


def _step(line: str) -> tuple[str, str]:
    """What a move adds to the counts of what is held and what is in escrow."""
    start, end = f"{line}.from_status", f"{line}.to_status"
    held = words(HELD)
    return (
        f"({end} IN {held}) - ({start} IS NOT NULL AND {start} IN {held})",
        f"({end} == '{Status.ESCROWED}') - ({start} == '{Status.ESCROWED}')",
    )


def move_guards() -> list[Trigger]:
    """A move follows the last one of its player item, whose status it then sets."""
    held, escrowed = _step("NEW")
    row = "FROM player_item WHERE id = NEW.player_item_id"
    follows = (
        "EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id"
        " AND NEW.version == p.version + 1 AND p.status == NEW.from_status"
        f" AND (p.locked == 0 OR NEW.event NOT IN {words(LOCK_FORBIDS)}))"
    )
    undoes = (
        # SQLite evaluates every part of an OR, of a CASE only the one that counts.
        f"CASE WHEN NEW.event IN {words(UNDOING)} THEN (EXISTS (SELECT 1 FROM undo u JOIN move m"
        " ON m.operation_id = u.undone_id AND m.player_item_id = NEW.player_item_id"
        " AND m.version = NEW.version - 1 WHERE u.operation_id = NEW.operation_id)"
        " AND NOT EXISTS (SELECT 1 FROM player_item h WHERE h.origin_id = NEW.player_item_id"
        f" AND h.status != '{Status.RETURNED}') AND (NEW.from_status <> '{Status.SOLD}'"
        " OR NOT EXISTS (SELECT 1 FROM undo u JOIN transfer s ON s.operation_id = u.undone_id"
        f" AND s.{SALE_SQL} WHERE u.operation_id = NEW.operation_id)"
        " OR EXISTS (SELECT 1 FROM transfer b WHERE b.operation_id = NEW.operation_id"
        " AND b.kind = 'undo'))) ELSE TRUE END"
    )
    return [
        trigger(
            "move_guard",
            "BEFORE INSERT ON move",
            no_replace("move"),
            refuse("move: not in the lifecycle table", _lifecycle("NEW")),
            refuse("move: it does not follow the last one, or the thing is locked", follows),
            refuse("move: only what an operation did is taken back, once", undoes),
            under_way("move"),
        ),
        trigger(
            "move_apply",
            "AFTER INSERT ON move",
            numbered("move"),
            "UPDATE player_item SET status = NEW.to_status, version = NEW.version"
            " WHERE id = NEW.player_item_id",
            "INSERT INTO holding (player_id, item_id, held, escrowed, last_move_id)"
            f" SELECT player_id, item_id, 0, 0, 0 {row} AND NEW.from_status IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM holding h WHERE h.player_id = player_item.player_id"
            " AND h.item_id = player_item.item_id)",
            f"UPDATE holding SET held = held + {held}, escrowed = escrowed + {escrowed},"
            " last_move_id = NEW.id WHERE (player_id, item_id) ="
            f" (SELECT player_id, item_id {row})",
        ),
        *append_only("move"),
    ]


def player_item_guards() -> list[Trigger]:
    """A player item keeps its player for ever; its status follows its moves."""
    justified = (
        "(NEW.version == OLD.version AND NEW.status == OLD.status)"
        " OR (NEW.version == OLD.version + 1 AND EXISTS (SELECT 1 FROM move m"
        " WHERE m.player_item_id = NEW.id AND m.version = NEW.version"
        " AND m.from_status == OLD.status AND m.to_status == NEW.status))"
    )
    worn = (
        f"NOT ({changed('condition uses durability')})"
        " OR (NEW.condition == OLD.condition + 1 AND EXISTS (SELECT 1 FROM condition c"
        " WHERE c.player_item_id = NEW.id AND c.number = NEW.condition"
        " AND c.uses == NEW.uses AND c.durability == NEW.durability))"
    )
    return [
        trigger(
            "player_item_guard",
            "BEFORE INSERT ON player_item",
            no_replace("player_item"),
            refuse(
                "player_item: a thing begins without a status",
                "NEW.status IS NULL AND NEW.version == 0 AND NEW.condition == 0"
                " AND NEW.locked == 0",
            ),
            refuse(
                "player_item: no such player, item or category",
                "EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS"
                " (SELECT 1 FROM item WHERE id = NEW.item_id AND category == NEW.category)",
            ),
            refuse(
                "player_item: no such acquisition, price, uses or durability",
                f"NEW.acquisition IN {words(Acquisition)} AND NEW.price_paid >= 0"
                " AND NEW.gems_paid >= 0 AND (NEW.uses IS NULL OR NEW.uses >= 0)"
                " AND (NEW.durability IS NULL OR NEW.durability >= 0)",
            ),
            refuse(
                "player_item: its origin is not to be handed on, or was already",
                "NEW.origin_id IS NULL OR (EXISTS (SELECT 1 FROM player_item o WHERE"
                f" o.id = NEW.origin_id AND o.item_id == NEW.item_id AND o.status IN"
                f" {words(HANDED_ON)}) AND NOT EXISTS"
                " (SELECT 1 FROM player_item o WHERE o.origin_id = NEW.origin_id"
                f" AND o.status != '{Status.RETURNED}'))",
            ),
        ),
        trigger("player_item_numbered", "AFTER INSERT ON player_item", numbered("player_item")),
        trigger(
            "player_item_no_update",
            "BEFORE UPDATE ON player_item",
            refuse(
                "player_item: whose, what and whence never change",
                "NOT ("
                + changed(
                    "id player_id item_id category acquired_at acquisition price_paid gems_paid"
                    " source origin_id"
                )
                + ")",
            ),
            refuse(
                "player_item: until when it waits never changes, unless the clock is set back",
                "NEW.held_until == OLD.held_until OR (NEW.held_until < OLD.held_until"
                f" AND OLD.status == '{Status.ESCROWED}' AND EXISTS (SELECT 1 FROM operation o"
                f" WHERE o.id = {LATEST} AND o.kind = 'clock' AND OLD.acquired_at > o.at"
                " AND NEW.held_until > o.at))",
            ),
            refuse("player_item: only a move changes a status", justified),
            refuse("player_item: locked is 0 or 1", "NEW.locked == 0 OR NEW.locked == 1"),
            refuse(
                "player_item: what has ended, or is promised, is not locked",
                f"NEW.locked == OLD.locked OR OLD.status NOT IN {words(ENDS | PROMISED)}",
            ),
            refuse("player_item: only a condition line changes a condition", worn),
            refuse(
                "player_item: one thing a slot",
                f"NEW.status != '{Status.EQUIPPED}' OR NOT EXISTS (SELECT 1 FROM player_item o"
                " WHERE o.player_id = NEW.player_id AND o.category = NEW.category"
                f" AND o.status = '{Status.EQUIPPED}' AND o.id <> NEW.id)",
            ),
        ),
        no_delete("player_item"),
    ]


def holding_guards() -> list[Trigger]:
    """Counts of what is held follow from moves, each counted once."""
    held, escrowed = _step("m")
    counted = (
        "NEW.last_move_id > OLD.last_move_id AND EXISTS (SELECT 1 FROM move m JOIN player_item p"
        " ON p.id = m.player_item_id WHERE m.id = NEW.last_move_id"
        " AND p.player_id == NEW.player_id AND p.item_id == NEW.item_id"
        f" AND NEW.held == OLD.held + {held} AND NEW.escrowed == OLD.escrowed + {escrowed})"
    )
    return [
        trigger(
            "holding_guard",
            "BEFORE INSERT ON holding",
            no_replace("holding", "rowid"),
            refuse(
                "holding: it is counted already",
                "NOT EXISTS (SELECT 1 FROM holding WHERE player_id = NEW.player_id"
                " AND item_id = NEW.item_id)",
            ),
            refuse(
                "holding: counting begins at nothing, of a player and an item",
                "NEW.held == 0 AND NEW.escrowed == 0 AND NEW.last_move_id == 0"
                " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)"
                " AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id)",
            ),
        ),
        trigger(
            "holding_numbered",
            "AFTER INSERT ON holding",
            refuse("holding: a hidden number is above zero", "NEW.rowid > 0", hidden=True),
        ),
        trigger(
            "holding_no_update",
            "BEFORE UPDATE ON holding",
            refuse(
                "holding: whose and what never change",
                f"NOT ({changed('rowid player_id item_id')})",
            ),
            refuse("holding: only a move changes a count", counted),
        ),
        no_delete("holding"),
    ]
