"""Guards of stock, conditions, effects and visits."""

from inventui.db.guards.words import (
    BOUGHT_SQL,
    Trigger,
    append_only,
    changed,
    no_delete,
    no_replace,
    refuse,
    trigger,
)


def shop_guards() -> list[Trigger]:
    """Triggers of what the shop and the drawer keep."""
    operation = "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id)"
    line = (
        "EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id"
        " AND NEW.number IS p.condition + 1"
        " AND ((NEW.uses IS p.uses - 1 AND NEW.uses >= 0 AND NEW.durability IS p.durability)"
        " OR (NEW.uses IS p.uses AND p.durability IS NOT NULL"
        " AND typeof(NEW.durability) = 'integer' AND NEW.durability >= 0)))"
    )
    return [
        trigger(
            "stock_guard",
            "BEFORE INSERT ON stock",
            refuse(
                "stock: it begins unsold, once an item",
                "NEW.sold IS 0 AND NEW.first BETWEEN 0 AND NEW.edition AND NOT EXISTS"
                " (SELECT 1 FROM stock WHERE item_id = NEW.item_id)",
            ),
        ),
        trigger(
            "stock_apply",
            f"AFTER INSERT ON player_item WHEN NEW.{BOUGHT_SQL}",
            "  UPDATE stock SET sold = sold + 1 WHERE item_id = NEW.item_id;",
        ),
        trigger(
            "stock_no_update",
            "BEFORE UPDATE ON stock",
            refuse(
                "stock: only a purchase counts it down, and not below zero",
                "NEW.item_id IS OLD.item_id AND NEW.sold BETWEEN 0 AND NEW.first"
                " AND NEW.first <= NEW.edition AND (NEW.sold IS OLD.sold OR NEW.sold IS"
                " (SELECT count(*) FROM player_item WHERE item_id = NEW.item_id"
                f" AND {BOUGHT_SQL}))",
            ),
        ),
        trigger(
            "stock_no_delete",
            "BEFORE DELETE ON stock",
            "  SELECT RAISE(ABORT, 'stock: nothing is ever deleted');",
        ),
        trigger(
            "condition_guard",
            "BEFORE INSERT ON condition",
            no_replace("condition"),
            refuse("condition: it belongs to no operation", operation),
            refuse("condition: it does not follow the last line", line),
        ),
        trigger(
            "condition_apply",
            "AFTER INSERT ON condition",
            "  UPDATE player_item SET uses = NEW.uses, durability = NEW.durability,"
            " condition = NEW.number WHERE id = NEW.player_item_id;",
        ),
        *append_only("condition"),
        trigger(
            "effect_guard",
            "BEFORE INSERT ON effect",
            no_replace("effect"),
            refuse("effect: it begins with an operation", f"NEW.ended_by IS NULL AND {operation}"),
        ),
        trigger(
            "effect_no_update",
            "BEFORE UPDATE ON effect",
            refuse(
                "effect: it is ended once, by an operation",
                f"NOT ({changed('id operation_id player_id by_player_id kind until')})"
                " AND OLD.ended_by IS NULL"
                " AND EXISTS (SELECT 1 FROM operation WHERE id = NEW.ended_by)",
            ),
        ),
        no_delete("effect"),
        trigger(
            "visit_guard",
            "BEFORE INSERT ON visit",
            no_replace("visit"),
            refuse(
                "visit: it is the operation of its visitor, once",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id"
                " AND player_id = NEW.visitor_id) AND NOT EXISTS (SELECT 1 FROM visit"
                " WHERE operation_id = NEW.operation_id)",
            ),
        ),
        *append_only("visit"),
    ]
