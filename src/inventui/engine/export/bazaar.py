"""What an export holds of a player's listings."""

from sqlalchemy import Executable, case, or_
from sqlmodel import col

from inventui.db.tables.bazaar import ListingRow
from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, flag, label

SECTIONS: dict[str, Executable] = {
    "listings": select(
        ListingRow.id,
        ListingRow.operation_id,
        ListingRow.at,
        ListingRow.until,
        flag(ListingRow.seller_id == ME, "mine"),
        label(ItemRow.slug, "item"),
        case(
            (col(ListingRow.seller_id) == ME, col(ListingRow.player_item_id)),
            else_=ListingRow.bought_id,
        ).label("item_id"),
        ListingRow.price,
        ListingRow.fee,
        ListingRow.state,
        ListingRow.ended_by,
    )
    .select_from(ListingRow)
    .join(ItemRow, col(ItemRow.id) == ListingRow.item_id)
    .where(or_(col(ListingRow.seller_id) == ME, col(ListingRow.buyer_id) == ME))
    .order_by(col(ListingRow.id)),
}
