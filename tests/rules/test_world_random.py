"""The world's own draws."""

import hashlib
import hmac
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.world_random import Draws


def test_the_first_numbers_are_those_of_the_hmac() -> None:
    block = hmac.new(b"seed", b"market:7:0", hashlib.sha256).digest()
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 32, 4)]
    draws = Draws("seed", "market", 7)
    # 2**32 is a multiple of 256, so nothing is drawn again.
    assert [draws.below(256) for _ in range(8)] == [word % 256 for word in words]


def test_draws_depend_on_seed_purpose_and_index_alone() -> None:
    def some(*key: str) -> list[int]:
        draws = Draws(*key)
        return [draws.below(1_000) for _ in range(20)]

    assert some("a", "b", "1") == some("a", "b", "1")
    assert (
        len(
            {
                tuple(some(*key))
                for key in (("a", "b", "1"), ("x", "b", "1"), ("a", "c", "1"), ("a", "b", "2"))
            }
        )
        == 4
    )


@given(st.integers(1, 2**32), st.integers(0, 1_000))
def test_a_draw_is_below_its_limit(limit: int, index: int) -> None:
    assert 0 <= Draws("s", "p", index).below(limit) < limit


@pytest.mark.parametrize("limit", [0, -1, 2**32 + 1])
def test_a_limit_that_can_t_be_drawn_fairly_is_an_error(limit: int) -> None:
    with pytest.raises(ValueError, match="below"):
        Draws("s", "p", 0).below(limit)


def test_numbers_of_the_incomplete_range_are_drawn_again() -> None:
    # With three quarters of all numbers allowed, a quarter must be drawn again.
    limit = 3 * 2**30
    counts = Counter(Draws("s", "p", i).below(limit) * 3 // limit for i in range(6_000))
    assert all(1_850 < counts[third] < 2_150 for third in range(3))


def test_both_ends_of_a_range_are_drawn() -> None:
    draws = Draws("s", "p", 0)
    assert {draws.between(2, 4) for _ in range(100)} == {2, 3, 4}


@given(st.integers(0, 200), st.integers(0, 12))
def test_a_sample_has_different_ones_and_no_more_than_there_are(index: int, count: int) -> None:
    choices = list("abcdefgh")
    drawn = Draws("s", "p", index).sample(choices, count)
    assert len(drawn) == len(set(drawn)) == min(count, 8)
    assert set(drawn) <= set(choices)
    assert choices == list("abcdefgh")
