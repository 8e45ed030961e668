"""Read models and outcomes of the black market and the daily gear shop."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.engine.core.models import Balance
from inventui.engine.shop.models import GearLine
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class MarketView:
    """A rotation of the black market, as one player sees it.

    Attributes:
        number: whole periods of 6 h since 1970-01-01 UTC.
        begins: when it began.
        ends: when the next rotation begins; from then on ask again.
        stalls: the featured one first, then by rarity, the rarest first.
        at: the time of asking.
    """

    number: int
    begins: int
    ends: int
    stalls: tuple[GearLine, ...]
    at: int


@dataclass(frozen=True, slots=True)
class RaritySimulation:
    """What many rotations had of one rarity.

    Attributes:
        stalls: how many in all.
        pieces: how many pieces stood on them.
        value: what all pieces cost together, in oranges, after the discount.
        expected_stalls: how many the rules expect in all.
        expected_pieces: how many the rules expect on each stall.
    """

    rarity: Rarity
    stalls: int
    pieces: int
    value: int
    expected_stalls: float
    expected_pieces: float


@dataclass(frozen=True, slots=True)
class MarketSimulation:
    """Many rotations of the black market, drawn as the game draws them.

    Attributes:
        legendary: how many of the rotations had a legendary.
        expected_legendary: how many the rules expect.
        rarities: the rarest first.
    """

    seed: str
    rolls: int
    legendary: int
    expected_legendary: float
    rarities: tuple[RaritySimulation, ...]

    @property
    def value(self) -> int:
        """What all pieces of all rotations cost together, in oranges."""
        return sum(found.value for found in self.rarities)


@dataclass(frozen=True, slots=True)
class GearShopView:
    """A player's gear shop of a day.

    Attributes:
        day: whole days since 1970-01-01 UTC.
        ends: when it closes; from then on ask again.
        rank: the rank that it was drawn for.
        rerolls: how often it was rerolled today.
        reroll_price: gems for the next reroll.
        reroll_refusal: why the player can't reroll now, or None.
        offers: in the order in which they were drawn.
        at: the time of asking.
    """

    day: int
    ends: int
    rank: str
    rerolls: int
    reroll_price: int
    reroll_refusal: Refusal | None
    offers: tuple[GearLine, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Reroll:
    """The outcome of a reroll.

    Attributes:
        day: of the shop.
        rerolls: how often it was rerolled on that day, this one included.
        gems_paid: for this one.
        items: slugs of what is offered now.
    """

    operation: int
    day: int
    rerolls: int
    gems_paid: int
    items: tuple[str, ...]
    balance: Balance
    repeat: bool = False
