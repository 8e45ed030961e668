"""Guards of the bazaar: a listing is put up once and ends once, its money and item with it."""

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
    no_replace,
    paid_each,
    refuse,
    trigger,
    words,
)
from inventui.rules.bazaar import ListingState
from inventui.rules.core.counters import BLOCK
from inventui.rules.core.enums import Event, Status

_PLAYER = "EXISTS (SELECT 1 FROM player WHERE id = NEW.{})"


def bazaar_guards() -> list[Trigger]:
    """A listed player item has one open listing, which ends once: sold, taken back or expired."""
    buyer, seller = "player_id = NEW.buyer_id", "player_id = OLD.seller_id"
    player_item = ("OLD.player_item_id", "OLD.seller_id")
    gone = (
        f"listing o WHERE o.state = '{ListingState.SOLD}' AND o.seller_id = OLD.seller_id"
        f" AND o.ended_by = {LATEST}"
    )
    bought = f"{gone} AND o.buyer_id = NEW.buyer_id"
    sold = (
        f"(NEW.state == '{ListingState.SOLD}' AND NEW.buyer_id IS NOT NULL"
        f" AND NEW.buyer_id != OLD.seller_id"
        f" AND {moved(*player_item, Event.SELL, Status.SOLD, LATEST)}"
        " AND EXISTS (SELECT 1 FROM player_item n WHERE n.id = NEW.bought_id"
        " AND n.origin_id = OLD.player_item_id AND n.player_id = NEW.buyer_id)"
        f" AND {paid_each('OLD.price', 'price', bought, buyer, seller, LATEST)}"
        f" AND {paid_each('OLD.fee', 'fee', gone, seller, house('bazaar_fee'), LATEST)})"
    )
    home = (
        f"(NEW.state IN {words((ListingState.TAKEN_BACK, ListingState.EXPIRED))}"
        " AND NEW.buyer_id IS NULL AND NEW.bought_id IS NULL"
        f" AND {moved(*player_item, Event.DELIST, Status.OWNED, LATEST)})"
    )
    step = f"(m.to_status == '{Status.LISTED}') - (m.from_status == '{Status.LISTED}')"
    sale = f"(m.from_status == '{Status.LISTED}' AND m.to_status == '{Status.SOLD}')"
    item = "(SELECT item_id FROM player_item WHERE id = NEW.player_item_id)"
    return [
        *journal_triggers(
            "listing",
            ("id",),
            f"NEW.state == '{ListingState.OPEN}' AND NEW.ended_by IS NULL AND NEW.buyer_id IS NULL"
            " AND NEW.bought_id IS NULL AND NEW.price > 0 AND NEW.fee BETWEEN 0 AND NEW.price"
            " AND NEW.until > NEW.at"
            " AND EXISTS (SELECT 1 FROM player_item WHERE id = NEW.player_item_id"
            " AND item_id = NEW.item_id) AND "
            + moved(
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
                + changed("id operation_id seller_id player_item_id item_id price fee")
                + f") AND OLD.state == '{ListingState.OPEN}' AND ((NOT ({changed('at until')})"
                f" AND NEW.ended_by == {LATEST} AND ({sold} OR {home}))"
                f" OR (NOT ({changed('state ended_by buyer_id bought_id')}) AND {BEGINS_NOW}))",
            ),
        ),
        no_delete("listing"),
        trigger(
            "listing_count_apply",
            f"AFTER INSERT ON move WHEN NEW.to_status == '{Status.LISTED}'"
            f" OR NEW.from_status == '{Status.LISTED}'",
            "INSERT INTO listing_count (item_id, listed, sold, last_move_id)"
            f" SELECT {item}, 0, 0, 0 WHERE NOT EXISTS"
            f" (SELECT 1 FROM listing_count WHERE item_id = {item})",
            f"UPDATE listing_count SET listed = listed + {step.replace('m.', 'NEW.')},"
            f" sold = sold + {sale.replace('m.', 'NEW.')},"
            f" last_move_id = NEW.id WHERE item_id = {item}",
        ),
        trigger(
            "listing_count_guard",
            "BEFORE INSERT ON listing_count",
            refuse(
                "listing_count: counting begins at nothing, once an item",
                "NEW.listed == 0 AND NEW.sold == 0 AND NEW.last_move_id == 0"
                " AND EXISTS (SELECT 1 FROM item"
                " WHERE id = NEW.item_id) AND NOT EXISTS (SELECT 1 FROM listing_count"
                " WHERE item_id = NEW.item_id)",
            ),
        ),
        trigger(
            "listing_count_no_update",
            "BEFORE UPDATE ON listing_count",
            refuse(
                "listing_count: only a move changes a count",
                "NEW.item_id == OLD.item_id AND NEW.last_move_id > OLD.last_move_id"
                " AND EXISTS (SELECT 1 FROM move m JOIN player_item p ON p.id = m.player_item_id"
                " WHERE m.id = NEW.last_move_id AND p.item_id == NEW.item_id"
                f" AND '{Status.LISTED}' IN (m.from_status, m.to_status)"
                f" AND NEW.listed == OLD.listed + {step} AND NEW.sold == OLD.sold + {sale})",
            ),
        ),
        no_delete("listing_count"),
        *_blocks(),
        *journal_triggers("bazaar_turn", ("number",), "NEW.number >= 0"),
        *append_only("bazaar_turn"),
    ]


def _blocks() -> list[Trigger]:
    """Open listings are counted by block of their numbers, each as it begins and as it ends."""
    # What ends is still open when its player item moves.
    ended = (
        "(SELECT l.id FROM listing l WHERE l.player_item_id = {0}.player_item_id"
        f" AND l.state = '{ListingState.OPEN}' AND l.operation_id < {{0}}.operation_id) / {BLOCK}"
    )
    begun = (
        f"NEW.listed == OLD.listed + 1 AND NEW.last_listing_id / {BLOCK} == NEW.block"
        " AND NEW.last_listing_id > OLD.last_listing_id AND NEW.last_move_id == OLD.last_move_id"
        " AND EXISTS (SELECT 1 FROM listing WHERE id = NEW.last_listing_id)"
    )
    over = (
        "NEW.listed == OLD.listed - 1 AND NEW.last_listing_id == OLD.last_listing_id"
        " AND NEW.last_move_id > OLD.last_move_id AND EXISTS (SELECT 1 FROM move m"
        f" WHERE m.id = NEW.last_move_id AND m.from_status == '{Status.LISTED}'"
        f" AND {ended.format('m')} == NEW.block)"
    )
    return [
        trigger(
            "listing_block_begin",
            "AFTER INSERT ON listing",
            "INSERT INTO listing_block (block, listed, last_listing_id, last_move_id)"
            f" SELECT NEW.id / {BLOCK}, 0, 0, 0 WHERE NOT EXISTS"
            f" (SELECT 1 FROM listing_block WHERE block = NEW.id / {BLOCK})",
            "UPDATE listing_block SET listed = listed + 1, last_listing_id = NEW.id"
            f" WHERE block = NEW.id / {BLOCK}",
        ),
        trigger(
            "listing_block_end",
            f"AFTER INSERT ON move WHEN NEW.from_status == '{Status.LISTED}'",
            "UPDATE listing_block SET listed = listed - 1, last_move_id = NEW.id"
            f" WHERE block = {ended.format('NEW')}",
        ),
        trigger(
            "listing_block_guard",
            "BEFORE INSERT ON listing_block",
            no_replace("listing_block", "block"),
            refuse(
                "listing_block: counting begins at nothing",
                "NEW.listed == 0 AND NEW.last_listing_id == 0 AND NEW.last_move_id == 0"
                " AND EXISTS (SELECT 1 FROM listing WHERE"
                f" id BETWEEN NEW.block * {BLOCK} AND NEW.block * {BLOCK} + {BLOCK - 1})",
            ),
        ),
        trigger(
            "listing_block_no_update",
            "BEFORE UPDATE ON listing_block",
            refuse(
                "listing_block: only a listing that begins or ends changes a count",
                f"NEW.block == OLD.block AND (({begun}) OR ({over}))",
            ),
        ),
        no_delete("listing_block"),
    ]
