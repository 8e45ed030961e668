"""Guards of players, packs, items, cases, settings and numbers of the economy."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    append_only,
    changed,
    no_delete,
    no_replace,
    numbered,
    refuse,
    trigger,
)
from inventui.rules.collections import COMPLETED_BEFORE

FACTS = ("seed", "created_at", "signing_key")
"""Settings that never change: what the world draws from, and what it signs with."""


def player_guards() -> list[Trigger]:
    """A player is never replaced, deleted or given another's name."""
    return [
        trigger(
            "player_guard",
            "BEFORE INSERT ON player",
            no_replace("player"),
            no_replace("player", "name_key"),
        ),
        trigger("player_numbered", "AFTER INSERT ON player", numbered("player")),
        trigger(
            "player_no_update",
            "BEFORE UPDATE ON player",
            refuse(
                "player: number and beginning never change",
                f"NOT ({changed('id created_at')})",
            ),
            refuse(
                "player: another has this name",
                "NOT EXISTS (SELECT 1 FROM player WHERE name_key == NEW.name_key AND id != NEW.id)",
            ),
        ),
        no_delete("player"),
    ]


def item_guards() -> list[Trigger]:
    """A player item points to its item for ever: it stays, under its slug, of its category."""
    return [
        trigger("category_guard", "BEFORE INSERT ON category", no_replace("category", "name")),
        *append_only("category"),
        trigger(
            "item_guard",
            "BEFORE INSERT ON item",
            no_replace("item"),
            no_replace("item", "slug"),
            refuse(
                "item: no such category",
                "EXISTS (SELECT 1 FROM category WHERE name == NEW.category)",
            ),
        ),
        trigger("item_numbered", "AFTER INSERT ON item", numbered("item")),
        trigger(
            "item_no_update",
            "BEFORE UPDATE ON item",
            refuse(
                "item: number, slug and category never change",
                f"NOT ({changed('id slug category')})",
            ),
        ),
        no_delete("item"),
    ]


def case_guards() -> list[Trigger]:
    """A case has a price and an odds table."""
    sound = refuse(
        "case_box: it has a price and an odds table that is kept",
        "NEW.price > 0 AND EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)",
    )
    return [
        trigger("case_box_guard", "BEFORE INSERT ON case_box", no_replace("case_box"), sound),
        trigger("case_box_numbered", "AFTER INSERT ON case_box", numbered("case_box")),
        trigger(
            "case_box_no_update",
            "BEFORE UPDATE ON case_box",
            refuse("case_box: number and slug never change", f"NOT ({changed('id slug')})"),
            sound,
        ),
        no_delete("case_box"),
    ]


def pack_guards() -> list[Trigger]:
    """A pack that a world has had keeps what its ids are called."""
    return [
        trigger(
            "pack_layer_guard",
            "BEFORE INSERT ON pack_layer",
            no_replace("pack_layer"),
            no_replace("pack_layer", "pack"),
            refuse("pack_layer: its files are kept", "NEW.files != '{}'"),
        ),
        trigger("pack_layer_numbered", "AFTER INSERT ON pack_layer", numbered("pack_layer")),
        trigger(
            "pack_layer_no_update",
            "BEFORE UPDATE ON pack_layer",
            refuse(
                "pack_layer: number, pack and what its ids are called never change",
                f"NOT ({changed('id pack plain')})",
            ),
            refuse(
                "pack_layer: its files are kept",
                "NEW.files != '{}' OR (OLD.files == '{}' AND NEW.digest == OLD.digest)",
            ),
        ),
        no_delete("pack_layer"),
    ]


def economy_guards() -> list[Trigger]:
    """Numbers of the economy hold from the next operation on; those of the past never change."""
    latest = "(SELECT coalesce(max(id), 0) FROM operation)"
    return [
        trigger(
            "economy_numbers_guard",
            "BEFORE INSERT ON economy_numbers",
            no_replace("economy_numbers", "after_operation"),
            refuse("economy_numbers: they hold from now on", f"NEW.after_operation == {latest}"),
        ),
        trigger(
            "economy_numbers_no_update",
            "BEFORE UPDATE ON economy_numbers",
            refuse(
                "economy_numbers: something was done under them",
                f"NEW.after_operation == OLD.after_operation AND OLD.after_operation == {latest}",
            ),
        ),
        no_delete("economy_numbers"),
    ]


def setting_guards() -> list[Trigger]:
    """The world's seed and beginning are set once."""
    fact = "name IN (" + ", ".join(f"'{fact}'" for fact in FACTS) + ")"
    return [
        trigger(
            "world_setting_guard",
            "BEFORE INSERT ON world_setting",
            no_replace("world_setting", "rowid"),
            refuse(
                "world_setting: it is set once",
                f"NOT (NEW.{fact} AND EXISTS (SELECT 1 FROM world_setting WHERE name == NEW.name))",
            ),
            refuse(
                "world_setting: only a migration says what was before it",
                f"NEW.name != '{COMPLETED_BEFORE}'",
            ),
        ),
        trigger(
            "world_setting_numbered",
            "AFTER INSERT ON world_setting",
            refuse("world_setting: a hidden number is above zero", "NEW.rowid > 0", hidden=True),
        ),
        trigger(
            "world_setting_no_update",
            "BEFORE UPDATE ON world_setting",
            refuse(
                "world_setting: it is set once",
                f"NOT ({changed('rowid name')} OR ((OLD.{fact} OR OLD.name"
                f" == '{COMPLETED_BEFORE}') AND NEW.value != OLD.value))",
            ),
        ),
        no_delete("world_setting"),
    ]
