"""Guards of the markets between players: listings, trades, fusions and collections."""

from inventui.db.guards.sql import (
    Trigger,
    append_only,
    changed,
    journal_guards,
    no_delete,
    refuse,
    trigger,
    words,
)
from inventui.rules.bazaar import ListingState
from inventui.rules.core.enums import Currency, Event, Rarity, Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.trades.trades import Side, TradeState
from inventui.rules.workshop import PURPOSE

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"
_LATEST = "(SELECT id FROM operation ORDER BY id DESC LIMIT 1)"


def _paid(amount: str, payer: str, payee: str, operation: str) -> str:
    """The condition that oranges moved from one owner to another in an operation."""
    return (
        f"({amount} IS 0 OR EXISTS (SELECT 1 FROM transfer t"
        " JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        f" WHERE t.operation_id = {operation} AND t.currency = '{Currency.ORANGES}'"
        f" AND t.amount = {amount} AND f.{payer} AND r.{payee}))"
    )


def _paid_each(amount: str, column: str, like: str, payer: str, payee: str, operation: str) -> str:
    """The same for an operation that pays for several lines with one sum."""
    return (
        f"({amount} IS 0 OR {amount} + (SELECT coalesce(sum(o.{column}), 0) FROM {like})"
        " = (SELECT coalesce(sum(t.amount), 0) FROM transfer t"
        " JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        f" WHERE t.operation_id = {operation} AND t.currency = '{Currency.ORANGES}'"
        f" AND f.{payer} AND r.{payee}))"
    )


def _moved(player_item: str, owner: str, event: Event, status: Status, operation: str) -> str:
    """The condition that somebody's player item came to a status in an operation."""
    return (
        "EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id"
        f" AND m.version = p.version WHERE p.id = {player_item} AND p.player_id = {owner}"
        f" AND p.status = '{status}' AND m.event = '{event}' AND m.operation_id = {operation})"
    )


def bazaar_guards() -> list[Trigger]:
    """A listed player item has one open listing, which ends once: sold, taken back or expired."""
    buyer, seller = "player_id = NEW.buyer_id", "player_id = OLD.seller_id"
    player_item = ("OLD.player_item_id", "OLD.seller_id")
    gone = (
        f"listing o WHERE o.state = '{ListingState.SOLD}' AND o.seller_id = OLD.seller_id"
        f" AND o.ended_by = {_LATEST}"
    )
    bought = f"{gone} AND o.buyer_id = NEW.buyer_id"
    sold = (
        f"(NEW.state IS '{ListingState.SOLD}' AND NEW.buyer_id IS NOT NULL"
        f" AND NEW.buyer_id IS NOT OLD.seller_id"
        f" AND {_moved(*player_item, Event.SELL, Status.SOLD, _LATEST)}"
        " AND EXISTS (SELECT 1 FROM player_item n WHERE n.id = NEW.bought_id"
        " AND n.origin_id = OLD.player_item_id AND n.player_id = NEW.buyer_id)"
        f" AND {_paid_each('OLD.price', 'price', bought, buyer, seller, _LATEST)}"
        f" AND {_paid_each('OLD.fee', 'fee', gone, seller, _house('bazaar_fee'), _LATEST)})"
    )
    home = (
        f"(NEW.state IN {words((ListingState.TAKEN_BACK, ListingState.EXPIRED))}"
        " AND NEW.buyer_id IS NULL AND NEW.bought_id IS NULL"
        f" AND {_moved(*player_item, Event.DELIST, Status.OWNED, _LATEST)})"
    )
    step = f"(m.to_status IS '{Status.LISTED}') - (m.from_status IS '{Status.LISTED}')"
    item = "(SELECT item_id FROM player_item WHERE id = NEW.player_item_id)"
    return [
        *journal_guards(
            "listing",
            ("id",),
            f"NEW.state IS '{ListingState.OPEN}' AND NEW.ended_by IS NULL AND NEW.buyer_id IS NULL"
            " AND NEW.bought_id IS NULL AND NEW.price > 0 AND NEW.fee BETWEEN 0 AND NEW.price"
            " AND NEW.until > NEW.at"
            " AND EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id"
            " AND item_id = NEW.item_id) AND "
            + _moved(
                "NEW.player_item_id",
                "NEW.seller_id",
                Event.LIST,
                Status.LISTED,
                "NEW.operation_id",
            )
            + " AND NOT EXISTS (SELECT 1 FROM listing WHERE player_item_id = NEW.player_item_id"
            f" AND state = '{ListingState.OPEN}')",
        ),
        trigger(
            "listing_no_update",
            "BEFORE UPDATE ON listing",
            refuse(
                "listing: it ends once, by a sale or by coming home",
                "NOT ("
                + changed("id operation_id seller_id player_item_id item_id price fee at until")
                + f") AND OLD.state IS '{ListingState.OPEN}' AND NEW.ended_by IS {_LATEST}"
                f" AND ({sold} OR {home})",
            ),
        ),
        no_delete("listing"),
        trigger(
            "listing_count_apply",
            f"AFTER INSERT ON move WHEN NEW.to_status IS '{Status.LISTED}'"
            f" OR NEW.from_status IS '{Status.LISTED}'",
            "  INSERT INTO listing_count (item_id, listed, last_move_id)"
            f" SELECT {item}, 0, 0 WHERE NOT EXISTS"
            f" (SELECT 1 FROM listing_count WHERE item_id = {item});",
            f"  UPDATE listing_count SET listed = listed + {step.replace('m.', 'NEW.')},"
            f" last_move_id = NEW.id WHERE item_id = {item};",
        ),
        trigger(
            "listing_count_guard",
            "BEFORE INSERT ON listing_count",
            refuse(
                "listing_count: counting begins at nothing, once an item",
                "NEW.listed IS 0 AND NEW.last_move_id IS 0 AND EXISTS (SELECT 1 FROM item"
                " WHERE id = NEW.item_id) AND NOT EXISTS (SELECT 1 FROM listing_count"
                " WHERE item_id = NEW.item_id)",
            ),
        ),
        trigger(
            "listing_count_no_update",
            "BEFORE UPDATE ON listing_count",
            refuse(
                "listing_count: only a move changes a count",
                "NEW.item_id IS OLD.item_id AND NEW.last_move_id > OLD.last_move_id"
                " AND EXISTS (SELECT 1 FROM move m JOIN player_item p ON p.id = m.player_item_id"
                " WHERE m.id = NEW.last_move_id AND p.item_id IS NEW.item_id"
                f" AND '{Status.LISTED}' IN (m.from_status, m.to_status)"
                f" AND NEW.listed IS OLD.listed + {step})",
            ),
        ),
        no_delete("listing_count"),
        *journal_guards("bazaar_turn", ("number",), "NEW.number >= 0"),
        *append_only("bazaar_turn"),
    ]


def _house(account: str) -> str:
    return f"house = '{HouseAccount(account)}'"


def trade_guards() -> list[Trigger]:
    """What is offered is held; an offer ends once, and then nothing of it is held."""
    hold = _house("trade_hold")
    mine = f"t.trade_id = OLD.id AND t.side = '{Side.PROPOSER}'"
    player_item = "SELECT 1 FROM trade_thing t JOIN player_item p ON p.id = t.player_item_id WHERE"
    handed = (
        f"NOT EXISTS ({player_item} t.trade_id = OLD.id AND (p.status IS NOT '{Status.TRADED}'"
        " OR NOT EXISTS (SELECT 1 FROM move m WHERE m.player_item_id = p.id"
        f" AND m.version = p.version AND m.operation_id = {_LATEST})"
        " OR NOT EXISTS (SELECT 1 FROM player_item n WHERE n.origin_id = p.id AND n.player_id"
        f" IS (CASE t.side WHEN '{Side.PROPOSER}' THEN OLD.partner_id ELSE OLD.proposer_id"
        " END))))"
    )
    accepted = (
        f"(NEW.state IS '{TradeState.ACCEPTED}' AND {handed}"
        " AND NOT EXISTS (SELECT 1 FROM trade o WHERE o.partner_id = OLD.partner_id"
        f" AND o.state = '{TradeState.ACCEPTED}' AND o.ended_by = {_LATEST})"
        f" AND {_paid('OLD.proposer_oranges', hold, 'player_id = OLD.partner_id', _LATEST)} AND "
        + _paid(
            "OLD.partner_oranges",
            "player_id = OLD.partner_id",
            "player_id = OLD.proposer_id",
            _LATEST,
        )
        + ")"
    )
    ends = set(TradeState) - {TradeState.OPEN, TradeState.ACCEPTED}
    held, mine_again = "OLD.proposer_oranges", "player_id = OLD.proposer_id"
    over = (
        f"trade o WHERE o.proposer_id = OLD.proposer_id AND o.state IN {words(ends)}"
        f" AND o.ended_by = {_LATEST}"
    )
    back = (
        f"(NEW.state IN {words(ends)} AND NOT EXISTS ({player_item} {mine}"
        " AND NOT "
        + _moved("p.id", "OLD.proposer_id", Event.TAKE_BACK, Status.OWNED, _LATEST)
        + f") AND {_paid_each(held, 'proposer_oranges', over, hold, mine_again, _LATEST)})"
    )
    offered = _moved(
        "NEW.player_item_id", "t.proposer_id", Event.OFFER, Status.OFFERED, "NEW.operation_id"
    )
    return [
        *journal_guards(
            "trade",
            ("id",),
            f"NEW.state IS '{TradeState.OPEN}' AND NEW.ended_by IS NULL AND NEW.answer IS ''"
            " AND NEW.proposer_id IS NOT NEW.partner_id AND NEW.until > NEW.at"
            f" AND {_PLAYER.format('proposer_id')} AND {_PLAYER.format('partner_id')}"
            " AND NEW.proposer_oranges >= 0 AND NEW.partner_oranges >= 0 AND "
            + _paid_each(
                "NEW.proposer_oranges",
                "proposer_oranges",
                "trade o WHERE o.proposer_id = NEW.proposer_id"
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
                    " message at until counter_of"
                )
                + f") AND OLD.state IS '{TradeState.OPEN}' AND NEW.ended_by IS {_LATEST}"
                f" AND NEW.ended_by IS NOT OLD.operation_id AND ({accepted} OR {back})",
            ),
        ),
        no_delete("trade"),
        *journal_guards(
            "trade_thing",
            ("trade_id", "player_item_id"),
            "EXISTS (SELECT 1 FROM trade t WHERE t.id = NEW.trade_id"
            " AND t.operation_id = NEW.operation_id"
            f" AND ((NEW.side IS '{Side.PROPOSER}' AND {offered})"
            f" OR (NEW.side IS '{Side.PARTNER}' AND EXISTS (SELECT 1 FROM player_item p"
            " WHERE p.id = NEW.player_item_id AND p.player_id = t.partner_id"
            f" AND p.status = '{Status.OWNED}'))))",
        ),
        *append_only("trade_thing"),
    ]


def workshop_guards() -> list[Trigger]:
    """A fusion has one roll and all its inputs, which ended in it; a set is completed once."""
    return [
        *journal_guards(
            "fusion",
            ("roll_id",),
            f"NEW.rarity IN {words(set(Rarity) - {Rarity.LEGENDARY})} AND NEW.fee > 0"
            " AND NEW.inputs > 0 AND EXISTS"
            " (SELECT 1 FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id"
            " WHERE r.id = NEW.roll_id AND r.operation_id = NEW.operation_id"
            f" AND r.purpose IS '{PURPOSE}' AND r.player_item_id IS NOT NULL"
            " AND s.player_id = NEW.player_id) AND "
            + _paid(
                "NEW.fee",
                "player_id = NEW.player_id",
                _house("workshop_fee"),
                "NEW.operation_id",
            ),
        ),
        *append_only("fusion"),
        *journal_guards(
            "fusion_input",
            ("player_item_id",),
            "EXISTS (SELECT 1 FROM fusion f WHERE f.id = NEW.fusion_id"
            " AND f.operation_id = NEW.operation_id AND (SELECT count(*) FROM fusion_input"
            " WHERE fusion_id = NEW.fusion_id) < f.inputs AND "
            + _moved(
                "NEW.player_item_id", "f.player_id", Event.FUSE, Status.FUSED, "NEW.operation_id"
            )
            + ")",
        ),
        *append_only("fusion_input"),
        *journal_guards(
            "completion",
            ("player_id", "case_id"),
            f"{_PLAYER.format('player_id')} AND NEW.oranges >= 0 AND NEW.gems >= 0"
            " AND EXISTS (SELECT 1 FROM case_box WHERE id = NEW.case_id)",
        ),
        *append_only("completion"),
    ]
