"""Seeds, rolls and what they gave, checked."""

import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, OddsTableRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow
from inventui.db.tables.players import PlayerRow, SeedPairRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.streets import NeighbourRow
from inventui.engine.audit.check import columns_of, records, rows


class _Roll(NamedTuple):
    id: int = RollRow.id
    nonce: int = RollRow.nonce
    ticket: int = RollRow.ticket
    seed_pair_id: int = RollRow.seed_pair_id
    server_seed: str = SeedPairRow.server_seed
    client_seed: str = SeedPairRow.client_seed
    owner: int = SeedPairRow.player_id
    roller: int | None = OperationRow.player_id


class _Award(NamedTuple):
    roll: int = RollRow.id
    ticket: int = RollRow.ticket
    entry: int = RollRow.entry
    purpose: str = RollRow.purpose
    odds_table_id: int = RollRow.odds_table_id
    player_item_id: int | None = RollRow.player_item_id
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)
    acquired_at: int | None = maybe(PlayerItemRow.acquired_at)
    slug: str | None = maybe(ItemRow.slug)
    roller: int | None = OperationRow.player_id
    at: int = OperationRow.at


def check_commitments(connection: Connection) -> Iterator[str]:
    """Each server seed is the one committed to; one active and one next pair a person."""
    states: dict[int, list[str]] = defaultdict(list)
    for pair, player, state, seed, commitment in rows(
        connection,
        select(
            SeedPairRow.id,
            SeedPairRow.player_id,
            SeedPairRow.state,
            SeedPairRow.server_seed,
            SeedPairRow.server_seed_hash,
        ).order_by(col(SeedPairRow.player_id), col(SeedPairRow.number)),
    ):
        states[player].append(state)
        if sha256(seed.encode()).hexdigest() != commitment:
            yield f"seed pair {pair} does not match its commitment"
    # Neighbours roll nothing: what they do is drawn from the world's seed.
    for (player,) in rows(
        connection,
        select(PlayerRow.id)
        .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == PlayerRow.id)
        .where(col(NeighbourRow.id).is_(None)),
    ):
        found = states.get(player, [])
        if found[-2:] != ["active", "next"] or set(found[:-2]) - {"retired"}:
            yield f"player {player} has seed pairs in the states {', '.join(found) or 'none'}"


def check_rolls(connection: Connection) -> Iterator[str]:
    """Each roll's ticket follows from its seeds, with nonces from 0 without gaps."""
    last: dict[int, int] = {}
    for roll in records(
        connection,
        _Roll,
        columns_of(_Roll)
        .select_from(RollRow)
        .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .order_by(col(RollRow.seed_pair_id), col(RollRow.nonce)),
    ):
        message = f"{roll.client_seed}:{roll.nonce}:0".encode()
        drawn = hmac.digest(roll.server_seed.encode(), message, "sha256")[:4]
        due = int.from_bytes(drawn, "big") * 1_000_000 // 2**32
        if roll.ticket != due:
            yield f"roll {roll.id} has ticket {roll.ticket}, its seeds give {due}"
        if roll.nonce != last.get(roll.seed_pair_id, -1) + 1:
            yield f"seed pair {roll.seed_pair_id} has a gap before nonce {roll.nonce}"
        if roll.owner != roll.roller:
            yield f"roll {roll.id} used another player's seeds"
        last[roll.seed_pair_id] = roll.nonce
    for pair, nonce in rows(connection, select(SeedPairRow.id, SeedPairRow.nonce)):
        if nonce != last.get(pair, -1) + 1:
            yield f"seed pair {pair} stands at nonce {nonce}, its rolls say otherwise"


def check_awards(connection: Connection) -> Iterator[str]:
    """Each roll gave what its ticket wins in the odds table of its hash, to its player, once."""
    tables: dict[int, Any] = {}
    for table, digest, canonical in rows(
        connection, select(OddsTableRow.id, OddsTableRow.hash, OddsTableRow.canonical)
    ):
        if sha256(canonical.encode()).hexdigest() != digest:
            yield f"odds table {table} does not match its hash"
        tables[table] = json.loads(canonical)
    for award in records(
        connection,
        _Award,
        columns_of(_Award)
        .select_from(RollRow)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(col(RollRow.purpose).in_(("case", "workshop"))),
    ):
        entries = tables[award.odds_table_id]["entries"] if award.odds_table_id in tables else []
        upto, won = 0, None
        for index, entry in enumerate(entries):
            upto += entry["parts_per_million"]
            if award.ticket < upto:
                won = index
                break
        if won is None or won != award.entry:
            yield f"roll {award.roll} took entry {award.entry}, ticket {award.ticket} wins {won}"
            continue
        item = entries[won]["item"]
        if (award.slug, award.roller, award.acquisition) != (item, award.owner, award.purpose):
            yield f"roll {award.roll} won {item}, thing {award.player_item_id} is {award.slug}"
        elif award.acquired_at != award.at:
            yield (f"roll {award.roll} and thing {award.player_item_id} are not of the same moment")
