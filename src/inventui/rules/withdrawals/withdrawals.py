"""Withdrawals: taking a player item out of the world, against a certificate."""

from enum import StrEnum

from inventui.rules.core.enums import Event, Status
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import faults_of_text
from inventui.rules.inventory.inventory import check_move

LEAST_VALUE = 10_000
"""The least value that can be withdrawn, in oranges."""

DETAILS_LENGTH = 500
"""Most characters of the delivery details."""


class WithdrawalState(StrEnum):
    """The states of a withdrawal: its certificate is still to be written, or written."""

    PENDING = "pending"
    DELIVERED = "delivered"


def check_details(details: str) -> Refusal | None:
    """None if delivery details fit: at most 500 characters, none that hides."""
    faults = faults_of_text(details, DETAILS_LENGTH)
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_MESSAGE,
        f"That text can't be kept: {faults[0]}. Take up to {DETAILS_LENGTH} characters in "
        "one line.",
        {"longest": DETAILS_LENGTH, "length": len(details)},
    )


def check_withdraw(name: str, value: int, status: Status, *, locked: bool) -> Refusal | None:
    """None if a player item may be withdrawn: owned, not locked, worth 10,000 oranges or more."""
    refusal = check_move(name, status, Event.WITHDRAW, locked=locked)
    if refusal is not None:
        return refusal
    if value < LEAST_VALUE:
        return Refusal(
            Reason.TOO_CHEAP,
            f"{name} is worth {money_words(value, Currency.ORANGES)}. Only things worth "
            f"{LEAST_VALUE:,} or more can be withdrawn.",
            {"value": value, "least": LEAST_VALUE},
        )
    return None
