"""Read models and outcomes of seed pairs and proofs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeedPair:
    """A seed pair as its player may see it: the server seed only once retired."""

    number: int
    server_seed_hash: str
    client_seed: str
    nonce: int
    server_seed: str | None = None
    retired_at: int | None = None


@dataclass(frozen=True, slots=True)
class FairnessState:
    """The active pair, the commitment of the next one, and the latest retired, newest first."""

    active: SeedPair
    next_server_seed_hash: str
    retired: tuple[SeedPair, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """The outcome of a rotation or of a new client seed."""

    operation: int
    retired: SeedPair
    active: SeedPair
    next_server_seed_hash: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ProofExport:
    """Where a proof file was written and what it proves."""

    path: str
    pairs: int
    rolls: int
