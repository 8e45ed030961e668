"""Guards of trades: what is offered is held until the trade ends, and goes over whole."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    BEGINS_NOW,
    LATEST,
    append_only,
    changed,
    house,
    journal_triggers,
    moved,
    no_delete,
    paid,
    paid_each,
    refuse,
    trigger,
    words,
)
from inventui.rules.core.enums import Event, Status
from inventui.rules.trades.trades import Side, TradeState

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


def trade_guards() -> list[Trigger]:
    """What is offered is held; an offer ends once, and then nothing of it is held."""
    hold = house("trade_hold")
    mine = f"t.trade_id = OLD.id AND t.side = '{Side.PROPOSER}'"
    player_item = "SELECT 1 FROM trade_thing t JOIN player_item p ON p.id = t.player_item_id WHERE"
    handed = (
        f"NOT EXISTS ({player_item} t.trade_id = OLD.id AND (p.status != '{Status.TRADED}'"
        " OR NOT EXISTS (SELECT 1 FROM move m WHERE m.player_item_id = p.id"
        f" AND m.version = p.version AND m.operation_id = {LATEST})"
        " OR NOT EXISTS (SELECT 1 FROM player_item n WHERE n.origin_id = p.id"
        f" AND n.status != '{Status.RETURNED}' AND n.player_id"
        f" == (CASE t.side WHEN '{Side.PROPOSER}' THEN OLD.partner_id ELSE OLD.proposer_id"
        " END))))"
    )
    accepted = (
        f"(NEW.state == '{TradeState.ACCEPTED}' AND {handed}"
        " AND NOT EXISTS (SELECT 1 FROM trade o WHERE o.partner_id = OLD.partner_id"
        f" AND o.state = '{TradeState.ACCEPTED}' AND o.ended_by = {LATEST})"
        f" AND {paid('OLD.proposer_oranges', hold, 'player_id = OLD.partner_id', LATEST)} AND "
        + paid(
            "OLD.partner_oranges",
            "player_id = OLD.partner_id",
            "player_id = OLD.proposer_id",
            LATEST,
        )
        + ")"
    )
    ends = set(TradeState) - {TradeState.OPEN, TradeState.ACCEPTED}
    held, mine_again = "OLD.proposer_oranges", "player_id = OLD.proposer_id"
    over = (
        f"trade o WHERE o.proposer_id = OLD.proposer_id AND o.state IN {words(ends)}"
        f" AND o.ended_by = {LATEST}"
    )
    back = (
        f"(NEW.state IN {words(ends)} AND NOT EXISTS ({player_item} {mine}"
        " AND NOT "
        + moved("p.id", "OLD.proposer_id", Event.TAKE_BACK, Status.OWNED, LATEST)
        + f") AND {paid_each(held, 'proposer_oranges', over, hold, mine_again, LATEST)})"
    )
    offered = moved(
        "NEW.player_item_id", "t.proposer_id", Event.OFFER, Status.OFFERED, "NEW.operation_id"
    )
    return [
        *journal_triggers(
            "trade",
            ("id",),
            f"NEW.state == '{TradeState.OPEN}' AND NEW.ended_by IS NULL AND NEW.answer == ''"
            " AND NEW.proposer_id != NEW.partner_id AND NEW.until > NEW.at"
            f" AND {_PLAYER.format('proposer_id')} AND {_PLAYER.format('partner_id')}"
            " AND NEW.proposer_oranges >= 0 AND NEW.partner_oranges >= 0 AND "
            + paid_each(
                "NEW.proposer_oranges",
                "proposer_oranges",
                # The plus keeps SQLite from going through all trades of the proposer.
                "trade o WHERE +o.proposer_id = NEW.proposer_id"
                f" AND o.state = '{TradeState.OPEN}' AND o.operation_id = NEW.operation_id",
                "player_id = NEW.proposer_id",
                hold,
                "NEW.operation_id",
            )
            + " AND (NEW.counter_of IS NULL OR EXISTS (SELECT 1 FROM trade c"
            " WHERE c.id = NEW.counter_of AND c.proposer_id = NEW.partner_id"
            " AND c.partner_id = NEW.proposer_id"
            f" AND c.state = '{TradeState.COUNTERED}' AND c.ended_by = NEW.operation_id))",
        ),
        trigger(
            "trade_no_update",
            "BEFORE UPDATE ON trade",
            refuse(
                "trade: it ends once, and then nothing of it is held",
                "NOT ("
                + changed(
                    "id operation_id proposer_id partner_id proposer_oranges partner_oranges"
                    " message counter_of"
                )
                + f") AND OLD.state == '{TradeState.OPEN}' AND ((NOT ({changed('at until')})"
                f" AND NEW.ended_by == {LATEST} AND NEW.ended_by != OLD.operation_id"
                f" AND ({accepted} OR {back}))"
                f" OR (NOT ({changed('state answer ended_by')}) AND {BEGINS_NOW}))",
            ),
        ),
        no_delete("trade"),
        *journal_triggers(
            "trade_thing",
            ("trade_id", "player_item_id"),
            "EXISTS (SELECT 1 FROM trade t WHERE t.id = NEW.trade_id"
            " AND t.operation_id = NEW.operation_id"
            f" AND ((NEW.side == '{Side.PROPOSER}' AND {offered})"
            f" OR (NEW.side == '{Side.PARTNER}' AND EXISTS (SELECT 1 FROM player_item p"
            " WHERE p.id = NEW.player_item_id AND p.player_id = t.partner_id"
            f" AND p.status = '{Status.OWNED}'))))",
        ),
        *append_only("trade_thing"),
    ]
