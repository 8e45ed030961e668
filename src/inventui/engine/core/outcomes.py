"""Outcomes that no floor above reads as they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayerAdded:
    """A player was made."""

    operation: int
    player: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    """A player was given another name."""

    operation: int
    player: int
    name: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Visited:
    """A drawer was looked into."""

    operation: int
    host: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Outfitted:
    """A player was given the defaults that they lacked."""

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
    """A neighbour's time was made up for: what it earned, and the gear that it got again."""

    operation: int
    until: int
    earned: int
    items: tuple[str, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """A certificate was written."""

    operation: int
    withdrawal: int
    repeat: bool = False
