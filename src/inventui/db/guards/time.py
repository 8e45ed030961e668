"""Guards of what is had once a period: rotations, gear shops, shifts, robberies, income, upkeep."""

from inventui.db.guards.sql import (
    Trigger,
    append_only,
    changed,
    journal_guards,
    no_delete,
    once,
    refuse,
    trigger,
    words,
)
from inventui.rules.core.enums import Acquisition
from inventui.rules.notifications import Tone
from inventui.rules.property import UpkeepState

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"
_PLAYER_ITEM = (
    "EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id AND player_id = NEW.{})"
)


def market_guards() -> list[Trigger]:
    """A rotation is drawn once, its stalls with it; a piece leaves a stall while there is one."""
    return [
        *journal_guards("market_rotation", ("number",), "NEW.number >= 0"),
        *append_only("market_rotation"),
        *journal_guards(
            "market_stall",
            ("rotation_id", "item_id"),
            "NEW.sold IS 0 AND NEW.stock > 0 AND NEW.price > 0 AND NEW.full_price >= NEW.price"
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
                + ") AND NEW.sold BETWEEN 0 AND NEW.stock AND NEW.sold IS"
                " (SELECT count(*) FROM stall_sale WHERE stall_id = NEW.id)",
            ),
        ),
        no_delete("market_stall"),
        *journal_guards(
            "stall_sale",
            ("player_item_id",),
            "EXISTS (SELECT 1 FROM market_stall s JOIN player_item p ON p.item_id = s.item_id"
            " WHERE s.id = NEW.stall_id AND s.sold < s.stock AND p.id = NEW.player_item_id"
            f" AND p.acquisition IS '{Acquisition.PURCHASE}')",
            then="  UPDATE market_stall SET sold = sold + 1 WHERE id = NEW.stall_id;",
        ),
        *append_only("stall_sale"),
        *journal_guards(
            "gear_shop",
            ("player_id", "day", "rerolls"),
            f"{_PLAYER.format('player_id')} AND NEW.rerolls IS (SELECT count(*) FROM gear_shop"
            " WHERE player_id = NEW.player_id AND day = NEW.day)",
        ),
        *append_only("gear_shop"),
    ]


def street_guards() -> list[Trigger]:
    """A shift and a bonus are had once; a robbery has one roll, a neighbour's one period."""
    return [
        trigger(
            "neighbour_guard",
            "BEFORE INSERT ON neighbour",
            once("neighbour", "id"),
            once("neighbour", "slug"),
            refuse("neighbour: it has yet to move in", "NEW.player_id IS NULL"),
        ),
        trigger(
            "neighbour_no_update",
            "BEFORE UPDATE ON neighbour",
            refuse(
                "neighbour: it moves in once, as a player of its own",
                f"NOT ({changed('id slug')}) AND (NEW.player_id IS OLD.player_id"
                f" OR (OLD.player_id IS NULL AND {_PLAYER.format('player_id')} AND NOT EXISTS"
                " (SELECT 1 FROM neighbour WHERE player_id = NEW.player_id)))",
            ),
        ),
        no_delete("neighbour"),
        *journal_guards(
            "shift",
            ("player_id", "day", "number"),
            f"{_PLAYER.format('player_id')} AND NEW.skill BETWEEN 0 AND 100 AND NEW.number IS"
            " 1 + (SELECT count(*) FROM shift WHERE player_id = NEW.player_id AND day = NEW.day)"
            f" AND (NEW.player_item_id IS NULL OR {_PLAYER_ITEM.format('player_id')})",
        ),
        *append_only("shift"),
        *journal_guards(
            "daily_bonus",
            ("player_id", "day"),
            f"{_PLAYER.format('player_id')} AND NEW.streak > 0",
        ),
        *append_only("daily_bonus"),
        *journal_guards(
            "robbery",
            ("id",),
            f"{_PLAYER.format('robber_id')} AND {_PLAYER.format('victim_id')}"
            " AND NEW.robber_id IS NOT NEW.victim_id AND NEW.chance BETWEEN 0 AND 100"
            " AND (NEW.success IS 0 OR NEW.success IS 1) AND NEW.oranges >= 0"
            " AND (NEW.stolen_id IS NULL OR EXISTS (SELECT 1 FROM player_item n JOIN player_item o"
            " ON o.id = n.origin_id WHERE n.id = NEW.stolen_id AND n.player_id = NEW.robber_id"
            " AND o.player_id = NEW.victim_id))"
            " AND ((NEW.period IS NULL AND EXISTS (SELECT 1 FROM roll r JOIN seed_pair s"
            " ON s.id = r.seed_pair_id WHERE r.id = NEW.roll_id AND s.player_id = NEW.robber_id"
            " AND r.operation_id = NEW.operation_id) AND NOT EXISTS (SELECT 1 FROM robbery"
            " WHERE roll_id = NEW.roll_id)) OR (NEW.roll_id IS NULL AND NEW.period IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM neighbour WHERE player_id = NEW.robber_id)"
            " AND NOT EXISTS (SELECT 1 FROM robbery WHERE victim_id = NEW.victim_id"
            " AND period = NEW.period)))",
        ),
        *append_only("robbery"),
    ]


def property_guards() -> list[Trigger]:
    """Each period pays once, each day is due once, and settled time is never settled again."""
    return [
        *journal_guards(
            "settlement",
            ("player_id", "until"),
            f"{_PLAYER.format('player_id')} AND NOT EXISTS (SELECT 1 FROM settlement"
            " WHERE player_id = NEW.player_id AND until >= NEW.until)",
        ),
        *append_only("settlement"),
        *journal_guards(
            "income",
            ("player_id", "period"),
            f"{_PLAYER_ITEM.format('player_id')} AND NEW.revenue >= 0 AND NEW.cost >= 0",
        ),
        *append_only("income"),
        *journal_guards(
            "upkeep",
            ("player_id", "day"),
            f"{_PLAYER_ITEM.format('player_id')} AND NEW.due > 0"
            f" AND NEW.state IN {words(UpkeepState)}"
            f" AND (NEW.state IS '{UpkeepState.DUE}') = (NEW.ended_by IS NULL)"
            " AND (NEW.ended_by IS NULL OR NEW.ended_by IS NEW.operation_id)",
        ),
        trigger(
            "upkeep_no_update",
            "BEFORE UPDATE ON upkeep",
            refuse(
                "upkeep: it is ended once, by the operation under way",
                f"NOT ({changed('id operation_id player_id day player_item_id due')})"
                f" AND OLD.state IS '{UpkeepState.DUE}' AND NEW.state IN"
                f" {words([UpkeepState.PAID, UpkeepState.EVICTED])} AND NEW.ended_by IS NOT NULL"
                " AND NEW.ended_by IS (SELECT id FROM operation ORDER BY id DESC LIMIT 1)",
            ),
        ),
        no_delete("upkeep"),
    ]


def people_guards() -> list[Trigger]:
    """A notification never changes but for being seen; an achievement is reached once."""
    return [
        *journal_guards(
            "notification",
            ("id",),
            f"{_PLAYER.format('player_id')} AND NEW.seen IS 0 AND NEW.tone IN {words(Tone)}",
        ),
        trigger(
            "notification_no_update",
            "BEFORE UPDATE ON notification",
            refuse(
                "notification: it is only seen",
                "NOT ("
                + changed("id operation_id player_id at kind tone message place player_item_id")
                + ") AND NEW.seen IS 1",
            ),
        ),
        no_delete("notification"),
        trigger(
            "achievement_guard",
            "BEFORE INSERT ON achievement",
            once("achievement", "id"),
            once("achievement", "slug"),
        ),
        trigger(
            "achievement_no_update",
            "BEFORE UPDATE ON achievement",
            refuse("achievement: number and slug never change", f"NOT ({changed('id slug')})"),
        ),
        no_delete("achievement"),
        *journal_guards(
            "achieved",
            ("player_id", "achievement_id"),
            f"{_PLAYER.format('player_id')}"
            " AND EXISTS (SELECT 1 FROM achievement WHERE id = NEW.achievement_id)",
        ),
        *append_only("achieved"),
    ]
