"""Outcomes that no floor above reads as they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayerAdded:
    """A player was made."""

    operation: int
    player: int
    repeat: bool = False
