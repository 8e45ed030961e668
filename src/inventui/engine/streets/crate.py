"""The crate that some shifts bring: what falls from it, into escrow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement
from inventui.engine.core.item_grants import Receipt, drop_item
from inventui.engine.core.operation import Operation
from inventui.engine.streets.models import (
    Crate,
)
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Rarity
from inventui.rules.inventory import escrow
from inventui.rules.streets.crates import Cell, crate_item, crate_kind, has_crate

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _CrateItem(NamedTuple):
    slug: str
    category: str
    rarity: str


# Limited editions are counted, so none falls from a crate; nor does a cosmetic owned already.
_POOL = Statement(
    "SELECT i.slug, i.category, i.rarity FROM item i WHERE i.active = 1"
    " AND coalesce(CAST(json_extract(i.details, '$.default') AS BIGINT), 0) = 0"
    " AND json_extract(i.details, '$.stock_limit') IS NULL"
    " AND json_extract(i.details, '$.available_from') IS NULL"
    " AND json_extract(i.details, '$.available_until') IS NULL"
    " AND (i.category IN ('weapon', 'armor', 'business', 'housing', 'collectible')"
    " OR NOT EXISTS (SELECT 1 FROM holding h WHERE h.player_id = :player AND h.item_id = i.id"
    " AND h.held + h.escrowed > 0)) ORDER BY i.value, i.slug",
    _CrateItem,
)


def drop_crate(
    world: Context, operation: Operation, player: int, worked: int, rank: str
) -> Crate | None:
    """Drop the item of this shift's crate into escrow, if there is a crate."""
    connection = operation.connection
    if not has_crate(world.seed, player, worked):
        return None
    pool: dict[Cell, list[str]] = defaultdict(list)
    for row in connection.execute(_POOL, {"player": player}):
        kind = crate_kind(Category(row.category))
        if kind is not None:
            pool[kind, Rarity(row.rarity)].append(row.slug)
    slug = crate_item(world.seed, player, worked, rank, pool)
    if slug is None:
        return None
    item = world.catalogue.by_slug(connection, slug)
    receipt = Receipt(player, Acquisition.DROP, 0, "a crate")
    number = drop_item(connection, operation, receipt, item)
    return Crate(
        number, item.slug, item.name, item.category, item.rarity, operation.at + escrow.DROP_HELD
    )
