"""Details of one player item: its item, its provenance, and what is left of it."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.inventory.models import ItemDetail
from inventui.engine.inventory.player_items import ListedColumns, line_of
from inventui.rules.core.enums import Acquisition


class _Provenance(NamedTuple):
    acquisition: str
    price_paid: int
    source: str
    case_name: str | None
    nonce: int | None
    ticket: int | None
    entry: int | None
    odds_table_id: int | None
    server_seed_hash: str | None
    held: int
    uses: int | None


_PROVENANCE = Statement(
    "SELECT p.acquisition, p.price_paid, p.source, c.name AS case_name, r.nonce, r.ticket, r.entry,"
    " r.odds_table_id, s.server_seed_hash, h.held, p.uses"
    " FROM player_item p LEFT JOIN roll r ON r.player_item_id = p.id"
    " LEFT JOIN seed_pair s ON s.id = r.seed_pair_id LEFT JOIN case_box c ON c.slug = p.source"
    " LEFT JOIN holding h ON h.player_id = p.player_id AND h.item_id = p.item_id"
    " WHERE p.id = :id",
    _Provenance,
)


def detail_of(catalogue: Catalogue, connection: Connection, row: ListedColumns) -> ItemDetail:
    """Everything about a player item; `same_held` counts what its player holds of its item."""
    item = catalogue.item(connection, row.item_id)
    whence = connection.execute(_PROVENANCE, {"id": row.id}).one()
    rolled = whence.odds_table_id is not None
    parts = None
    if whence.odds_table_id is not None and whence.entry is not None:
        parts = catalogue.odds(connection, whence.odds_table_id).entries[whence.entry].parts
    return ItemDetail(
        line=line_of(row, item),
        slug=item.slug,
        description=item.description,
        flavour=item.flavour,
        image_url=item.image_url,
        acquisition=Acquisition(whence.acquisition),
        price_paid=whence.price_paid,
        source=whence.source,
        case_name=whence.case_name if rolled else None,
        nonce=whence.nonce,
        ticket=whence.ticket,
        odds_parts=parts,
        seed_hash=whence.server_seed_hash,
        same_held=whence.held or 0,
        figures=item.figures,
        durability=row.durability,
        most_durability=item.durability,
        kind=item.kind,
        uses=whence.uses,
    )
