"""Read models and outcomes of cases: rolls, openings, simulations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from inventui.engine.core.models import Balance
from inventui.rules.core.enums import Rarity


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll and what it won.

    Attributes:
        entry: the winning entry's name.
        entry_index: its place in the odds table.
        item_id: the player item that it gave; None if it gave nothing.
        server_seed_hash: the commitment to the server seed, on show before the roll.
        since: rolls since the guarantee's last hit before it, which its chances followed.
    """

    nonce: int
    ticket: int
    entry: str
    entry_index: int
    value: int
    rarity: Rarity
    item_id: int | None
    server_seed_hash: str
    client_seed: str
    odds_hash: str
    since: int = 0


@dataclass(frozen=True, slots=True)
class MissCount:
    """How many rolls of a case have missed what its guarantee promises, on the active pair."""

    case: str
    case_name: str
    since: int


@dataclass(frozen=True, slots=True)
class Opening:
    """The outcome of opening a case once or up to 100 times; a fusion is shown as one too.

    Attributes:
        fused: whether it is a fusion, which a reveal offers no repeat of.
    """

    operation: int
    case: str
    case_name: str
    paid: int
    rolls: tuple[Roll, ...]
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False
    fused: bool = False

    @property
    def won(self) -> int:
        """Total value of what was won."""
        return sum(roll.value for roll in self.rolls)


@dataclass(frozen=True, slots=True)
class SimulationEntry:
    """One entry of a simulation: how often the odds expect it, and how often it was drawn."""

    name: str
    rarity: Rarity
    value: int
    expected: float
    seen: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """Many rolls of one case, compared with its odds.

    `chi_square` has `degrees` degrees of freedom; `p_value` is the chance of a value as
    large or larger if the odds hold. They mean nothing of fewer rolls than `rolls_needed`.

    Attributes:
        rolls: how often it was opened.
        percentiles: percent → what so many percent of the openings don't exceed, in oranges.
        guaranteed: whether a guarantee ties each roll to those before it.
    """

    case: str
    seed: str
    rolls: int
    entries: tuple[SimulationEntry, ...]
    chi_square: float
    degrees: int
    p_value: float
    rolls_needed: int
    paid: int
    won: int
    expected_return: Fraction = field(default_factory=Fraction)
    percentiles: Mapping[int, int] = field(default_factory=dict)
    guaranteed: bool = False
