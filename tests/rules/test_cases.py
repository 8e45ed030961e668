"""Cases: 1 to 100 at once, if they can be paid for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.cases import affordable, check_count, check_open
from inventui.rules.core.refusal import Reason, Refusal


@pytest.mark.parametrize("count", [1, 2, 99, 100])
def test_one_to_a_hundred_may_be_opened_at_once(count: int) -> None:
    assert check_count(count) is None


@pytest.mark.parametrize("count", [0, -1, -100, 101, 10**9])
def test_any_other_number_is_refused(count: int) -> None:
    refusal = check_count(count)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_COUNT
    assert refusal.figures == {"count": count, "least": 1, "most": 100}
    assert str(count) in refusal.message


def test_all_of_them_must_be_paid_for() -> None:
    assert check_open(150, 10, 1_500) is None
    refusal = check_open(150, 10, 1_499)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INSUFFICIENT_FUNDS
    assert (refusal.figures["required"], refusal.figures["missing"]) == (1_500, 1)


def test_a_wrong_count_is_told_before_missing_money() -> None:
    refusal = check_open(150, 101, 0)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_COUNT


@given(st.integers(1, 10_000), st.integers(-5, 10**7))
def test_what_is_affordable_can_be_opened_and_one_more_can_t(price: int, oranges: int) -> None:
    most = affordable(price, oranges)
    assert 0 <= most <= 100
    if most:
        assert check_open(price, most, oranges) is None
    assert check_open(price, most + 1, oranges) is not None
