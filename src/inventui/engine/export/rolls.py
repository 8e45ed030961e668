"""What an export holds of a player's seed pairs, rolls and odds tables."""

from sqlalchemy import Executable, case
from sqlmodel import col

from inventui.db.tables.catalogue import OddsTableRow
from inventui.db.tables.journal import RollRow
from inventui.db.tables.players import SeedPairRow
from inventui.db.tables.select import select
from inventui.engine.export.section import ME, label

SECTIONS: dict[str, Executable] = {
    "seed_pairs": select(
        SeedPairRow.number,
        SeedPairRow.state,
        case((col(SeedPairRow.state) == "retired", col(SeedPairRow.server_seed))).label(
            "server_seed"
        ),
        SeedPairRow.server_seed_hash,
        SeedPairRow.client_seed,
        SeedPairRow.nonce,
        SeedPairRow.retired_at,
    )
    .where(SeedPairRow.player_id == ME)
    .order_by(col(SeedPairRow.number)),
    "rolls": select(
        label(SeedPairRow.number, "pair"),
        RollRow.nonce,
        RollRow.operation_id,
        RollRow.purpose,
        RollRow.ticket,
        RollRow.entry,
        label(OddsTableRow.hash, "odds_hash"),
        RollRow.player_item_id,
    )
    .select_from(SeedPairRow)
    .join(RollRow, col(RollRow.seed_pair_id) == SeedPairRow.id)
    .join(OddsTableRow, col(OddsTableRow.id) == RollRow.odds_table_id)
    .where(SeedPairRow.player_id == ME)
    .order_by(col(SeedPairRow.number), col(RollRow.nonce)),
    "odds_tables": select(OddsTableRow.hash, label(OddsTableRow.canonical, "odds"))
    .where(
        col(OddsTableRow.id).in_(
            select(RollRow.odds_table_id)
            .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
            .where(SeedPairRow.player_id == ME)
        )
    )
    .order_by(col(OddsTableRow.id)),
}
