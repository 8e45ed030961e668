"""Claiming what waits in escrow."""

import pytest

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import ENDS, GEAR_ROOM, HELD
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.escrow import check_claim

NOW = 1_000_000


def claim(
    status: Status = Status.ESCROWED,
    *,
    category: Category = Category.WEAPON,
    held_until: int | None = NOW + 1,
    gear_held: int = 0,
) -> Refusal | None:
    return check_claim("Spoon", category, status, held_until, gear_held, NOW)


def reason(refusal: Refusal | None) -> Reason | None:
    return None if refusal is None else refusal.reason


def test_what_waits_can_be_claimed_until_its_millisecond() -> None:
    assert claim(held_until=NOW + 1) is None
    assert reason(claim(held_until=NOW)) is Reason.EXPIRED
    assert claim(held_until=None) is None


@pytest.mark.parametrize("status", sorted(HELD))
def test_what_is_held_already_does_not_wait(status: Status) -> None:
    assert reason(claim(status)) is Reason.WRONG_STATUS
    assert reason(claim(status, held_until=NOW)) is Reason.WRONG_STATUS


@pytest.mark.parametrize("status", sorted(ENDS))
def test_what_is_gone_can_t_be_claimed_and_what_expired_says_so(status: Status) -> None:
    due = Reason.EXPIRED if status is Status.EXPIRED else Reason.ENDED
    assert reason(claim(status)) is due


def test_gear_needs_room_and_nothing_else_does() -> None:
    assert claim(gear_held=GEAR_ROOM - 1) is None
    refusal = claim(gear_held=GEAR_ROOM)
    assert refusal is not None
    assert refusal.reason is Reason.NO_ROOM
    assert refusal.figures == {"room": 10, "held": 10}
    assert claim(category=Category.FRAME, gear_held=GEAR_ROOM) is None


def test_being_too_late_comes_before_having_no_room() -> None:
    assert reason(claim(held_until=NOW, gear_held=GEAR_ROOM)) is Reason.EXPIRED
