"""Guards of stock, conditions, effects and visits."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    BOUGHT_SQL,
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
from inventui.rules.core.enums import EffectKind


def shop_guards() -> list[Trigger]:
    """A stock is counted down by purchases, a condition and an effect follow from their lines."""
    player = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"
    line = (
        "EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id"
        " AND NEW.number == p.condition + 1"
        " AND ((NEW.uses == p.uses - 1 AND NEW.uses >= 0 AND NEW.durability == p.durability)"
        " OR (NEW.uses == p.uses AND p.durability IS NOT NULL"
        " AND typeof(NEW.durability) = 'integer' AND NEW.durability >= 0)))"
    )
    return [
        trigger(
            "stock_guard",
            "BEFORE INSERT ON stock",
            refuse(
                "stock: it begins unsold, once an item",
                "NEW.sold == 0 AND NEW.first BETWEEN 0 AND NEW.edition AND NOT EXISTS"
                " (SELECT 1 FROM stock WHERE item_id = NEW.item_id)"
                " AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id)",
            ),
        ),
        trigger(
            "stock_apply",
            f"AFTER INSERT ON player_item WHEN NEW.{BOUGHT_SQL}",
            "UPDATE stock SET sold = sold + 1 WHERE item_id = NEW.item_id",
        ),
        trigger(
            "stock_no_update",
            "BEFORE UPDATE ON stock",
            refuse(
                "stock: only a purchase counts it down, and not below zero",
                f"NOT ({changed('item_id edition first')}) AND NEW.sold BETWEEN 0 AND NEW.first"
                " AND (NEW.sold == OLD.sold OR NEW.sold =="
                " (SELECT count(*) FROM player_item WHERE item_id = NEW.item_id"
                f" AND {BOUGHT_SQL}))",
            ),
        ),
        no_delete("stock"),
        trigger(
            "condition_guard",
            "BEFORE INSERT ON condition",
            no_replace("condition"),
            under_way("condition"),
            refuse("condition: it does not follow the last line", line),
        ),
        trigger(
            "condition_apply",
            "AFTER INSERT ON condition",
            numbered("condition"),
            "UPDATE player_item SET uses = NEW.uses, durability = NEW.durability,"
            " condition = NEW.number WHERE id = NEW.player_item_id",
        ),
        *append_only("condition"),
        trigger(
            "effect_guard",
            "BEFORE INSERT ON effect",
            no_replace("effect"),
            under_way("effect"),
            refuse(
                "effect: it begins, from one player on another",
                f"NEW.ended_by IS NULL AND NEW.kind IN {words(EffectKind)}"
                f" AND {player.format('player_id')} AND {player.format('by_player_id')}",
            ),
        ),
        trigger("effect_numbered", "AFTER INSERT ON effect", numbered("effect")),
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
            under_way("visit"),
            refuse(
                "visit: somebody visits somebody else",
                f"NEW.visitor_id != NEW.host_id AND {player.format('host_id')}",
            ),
            refuse(
                "visit: it is the operation of its visitor, once",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id"
                " AND player_id = NEW.visitor_id) AND NOT EXISTS (SELECT 1 FROM visit"
                " WHERE operation_id = NEW.operation_id)",
            ),
        ),
        trigger("visit_numbered", "AFTER INSERT ON visit", numbered("visit")),
        *append_only("visit"),
    ]
