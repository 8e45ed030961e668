"""Seed pairs and their rolls, checked."""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.journal import OperationRow, RollRow
from inventui.db.tables.players import PlayerRow, SeedPairRow
from inventui.db.tables.select import select
from inventui.db.tables.streets import NeighbourRow
from inventui.engine.audit.check import columns_of, records, rows, told, whole


class _Roll(NamedTuple):
    id: int = RollRow.id
    nonce: int = RollRow.nonce
    ticket: int = RollRow.ticket
    seed_pair_id: int = RollRow.seed_pair_id
    server_seed: str = SeedPairRow.server_seed
    client_seed: str = SeedPairRow.client_seed
    owner: int = SeedPairRow.player_id
    roller: int | None = OperationRow.player_id


def check_commitments(connection: Connection) -> Iterator[str]:
    """Each server seed is the one committed to; one active and one next pair a person."""
    states: dict[int, list[str]] = defaultdict(list)
    hashes: dict[int, list[str]] = defaultdict(list)
    for pair, player, number, state, seed, commitment in rows(
        connection,
        select(
            SeedPairRow.id,
            SeedPairRow.player_id,
            SeedPairRow.number,
            SeedPairRow.state,
            SeedPairRow.server_seed,
            SeedPairRow.server_seed_hash,
        ).order_by(col(SeedPairRow.player_id), col(SeedPairRow.number)),
    ):
        states[player].append(state)
        hashes[player].append(commitment)
        if sha256(seed.encode()).hexdigest() != commitment:
            yield f"seed pair {pair} does not match its commitment"
        if number != len(states[player]):
            yield f"seed pair {pair} is number {number} of its player, not {len(states[player])}"
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
    yield from _check_rotations(connection, hashes)


class _Rotation(NamedTuple):
    id: int = OperationRow.id
    kind: str = OperationRow.kind
    player_id: int | None = OperationRow.player_id
    outcome: str | None = OperationRow.outcome
    at: int = OperationRow.at


def _check_rotations(connection: Connection, hashes: dict[int, list[str]]) -> Iterator[str]:
    """Pairs follow each other by rotations, and are those whose commitments were on show."""
    retired: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for owner, at, seed in rows(
        connection,
        select(SeedPairRow.player_id, SeedPairRow.retired_at, SeedPairRow.client_seed)
        .where(SeedPairRow.state == "retired")
        .order_by(col(SeedPairRow.player_id), col(SeedPairRow.number)),
    ):
        retired[owner].append((at, seed))
    turned: Counter[int] = Counter()
    for rotation in records(
        connection,
        _Rotation,
        columns_of(_Rotation)
        .where(col(OperationRow.kind).in_(("player", "rotate", "withdraw")))
        .order_by(col(OperationRow.id)),
    ):
        answer = told(rotation.outcome)
        if rotation.kind == "player":
            # Worlds of before know no commitments of the first two pairs.
            shown: Any = answer.get("commitments") or None
            made = whole(answer.get("player"))
            if shown is not None and shown != hashes.get(made, [])[:2]:
                yield f"player {made} was shown other commitments than those of their pairs"
            continue
        player, withdrawn = rotation.player_id, rotation.kind == "withdraw"
        # What is withdrawn takes the proof of its roll along, so its pair is revealed.
        if player is None or (withdrawn and answer.get("rotated") is not True):
            continue
        place = turned[player]
        turned[player] += 1
        ended = retired[player][place : place + 1]
        if [at for at, _ in ended] != [rotation.at]:
            yield f"operation {rotation.id} of player {player} retired no pair"
        if withdrawn:
            continue
        told_of = answer.get("retired")
        client: Any = told_of.get("client_seed") if isinstance(told_of, dict) else None
        if [each for _, each in ended] != [client]:
            yield f"rotation {rotation.id} of player {player} showed another client seed"
        shown = [
            _hash(answer.get("retired")),
            _hash(answer.get("active")),
            answer.get("next_server_seed_hash"),
        ]
        if shown != hashes[player][place : place + 3]:
            yield f"rotation {rotation.id} of player {player} showed other commitments"
    for who, pairs in retired.items():
        if turned[who] != len(pairs):
            yield f"player {who} has retired {len(pairs)} pairs in {turned[who]} rotations"


def _hash(pair: object) -> object:
    return pair.get("server_seed_hash") if isinstance(pair, dict) else None


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
