"""Seed pairs as they are made."""

from __future__ import annotations

from inventui.db.statements import Connection, Statement
from inventui.rules.cases.fairness import commitment
from inventui.rules.core.enums import SeedState

_NEW_PAIR = Statement(
    "INSERT INTO seed_pair (player_id, number, state, server_seed, server_seed_hash, client_seed,"
    " nonce) VALUES (:player, :number, :state, :seed, :hash, :client_seed, 0)"
)


def new_pair(
    connection: Connection,
    player: int,
    number: int,
    state: SeedState,
    server_seed: str,
    client_seed: str,
) -> None:
    """Write a seed pair, whose hash is the commitment to its server seed."""
    connection.execute(
        _NEW_PAIR,
        {
            "player": player,
            "number": number,
            "state": str(state),
            "seed": server_seed,
            "hash": commitment(server_seed),
            "client_seed": client_seed,
        },
    )
