"""Read models and outcomes of withdrawals."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.withdrawals.withdrawals import WithdrawalState


@dataclass(frozen=True, slots=True)
class WithdrawalLine:
    """A withdrawal.

    Attributes:
        id: its number.
        item_id: the player item's number.
        path: where the certificate lies, or an empty text while it is pending.
    """

    id: int
    item_id: int
    name: str
    category: Category
    rarity: Rarity
    value: int
    at: int
    details: str
    state: WithdrawalState
    path: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The outcome of withdrawing; the certificate is written next.

    Attributes:
        withdrawal: the withdrawal's number.
        rotated: whether the player's seed pair was retired, so that its roll can be proved.
    """

    operation: int
    withdrawal: int
    item_id: int
    name: str
    value: int
    rotated: bool
    at: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of writing the certificate of one pending withdrawal.

    Attributes:
        path: where the certificate lies, or an empty text if it could not be written.
        trouble: why not, in one sentence, or an empty text.
        unproved: whether its roll can't be proved yet: the seed is an earlier owner's secret.
    """

    withdrawal: int
    name: str
    path: str
    trouble: str
    unproved: bool = False
