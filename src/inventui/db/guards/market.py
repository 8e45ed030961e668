"""Guards of the black market and the gear shop: drawn once a period, sold while there is stock."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    journal_triggers,
    no_delete,
    refuse,
    trigger,
)
from inventui.rules.core.enums import Acquisition

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


_PLAYER_ITEM = (
    "EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.{})"
)


def market_guards() -> list[Trigger]:
    """A rotation is drawn once, its stalls with it; a piece leaves a stall while there is one."""
    return [
        *journal_triggers("market_rotation", ("number",), "NEW.number >= 0"),
        *append_only("market_rotation"),
        *journal_triggers(
            "market_stall",
            ("rotation_id", "item_id"),
            "NEW.sold == 0 AND NEW.stock > 0 AND NEW.price > 0 AND NEW.full_price >= NEW.price"
            " AND NEW.discount BETWEEN 0 AND 99"
            " AND EXISTS (SELECT 1 FROM item WHERE id = NEW.item_id)"
            " AND EXISTS (SELECT 1 FROM market_rotation WHERE id = NEW.rotation_id"
            " AND operation_id = NEW.operation_id)",
        ),
        trigger(
            "market_stall_no_update",
            "BEFORE UPDATE ON market_stall",
            refuse(
                "market_stall: only a sale counts it down, and not below zero",
                "NOT ("
                + changed("id operation_id rotation_id item_id full_price price discount stock")
                + ") AND NEW.sold BETWEEN 0 AND NEW.stock AND NEW.sold =="
                " (SELECT count(*) FROM stall_sale WHERE stall_id = NEW.id)",
            ),
        ),
        no_delete("market_stall"),
        *journal_triggers(
            "stall_sale",
            ("player_item_id",),
            "EXISTS (SELECT 1 FROM market_stall s JOIN player_item p ON p.item_id = s.item_id"
            " WHERE s.id = NEW.stall_id AND s.sold < s.stock AND p.id = NEW.player_item_id"
            f" AND p.acquisition == '{Acquisition.PURCHASE}')",
            then="UPDATE market_stall SET sold = sold + 1 WHERE id = NEW.stall_id",
        ),
        *append_only("stall_sale"),
        *journal_triggers(
            "gear_shop",
            ("player_id", "day", "rerolls"),
            f"{_PLAYER.format('player_id')} AND NEW.rerolls == (SELECT count(*) FROM gear_shop"
            " WHERE player_id = NEW.player_id AND day = NEW.day)",
        ),
        *append_only("gear_shop"),
    ]
