"""Read models that every room knows: players, their money, and cases of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Rarity
from inventui.rules.core.ranks import Standing, neighbour_standing, standing


@dataclass(frozen=True, slots=True)
class Balance:
    """A player's money."""

    oranges: int
    gems: int


@dataclass(frozen=True, slots=True)
class PlayerCard:
    """A player's name, experience and money."""

    id: int
    name: str
    experience: int
    oranges: int
    gems: int

    @property
    def standing(self) -> Standing:
        """Rank and progress."""
        return standing(self.experience)


@dataclass(frozen=True, slots=True)
class NeighbourCard(PlayerCard):
    """The card of a neighbour, whose rank is that of what it owns.

    Attributes:
        worth: what its player items are worth, in oranges.
    """

    worth: int

    @property
    def standing(self) -> Standing:
        """Rank and progress."""
        return neighbour_standing(self.worth)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A line of the list of cases."""

    id: str
    name: str
    price: int
    return_to_player: Fraction
    best_name: str
    best_value: int
    best_rarity: Rarity


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case with everything that is known before opening it.

    `sprites` and `emoji` follow the order of `odds.entries`.
    """

    id: str
    name: str
    description: str
    price: int
    sprite: str
    odds: OddsTable
    sprites: tuple[str, ...]
    emoji: tuple[str, ...]
