"""Outcomes of operations that no screen and no command shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayerAdded:
    """A player was made; the commitments are those of the first two seed pairs."""

    operation: int
    player: int
    repeat: bool = False
    commitments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """A player was renamed."""

    operation: int
    player: int
    name: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Visited:
    """A player visited another's drawer."""

    operation: int
    host: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Outfitted:
    """A player was given default items that they lacked."""

    operation: int
    items: tuple[int, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class MovedIn:
    """A neighbour became a player of its own."""

    operation: int
    player: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class NeighbourSettled:
    """A neighbour's time was caught up with: what it earned, and the gear that it got back."""

    operation: int
    until: int
    earned: int
    items: tuple[str, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """A withdrawal's certificate was written."""

    operation: int
    withdrawal: int
    repeat: bool = False
