"""Collections: what completing one gives, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.collections import check_complete, reward
from inventui.rules.core.refusal import Reason, Refusal


def refused(refusal: Refusal | None, reason: Reason) -> Refusal:
    """`refusal`, which must be one for this reason."""
    assert refusal is not None
    assert refusal.reason is reason
    assert refusal.message.endswith(".")
    return refusal


@pytest.mark.parametrize(
    ("values", "oranges", "experience"),
    [
        ([], 100, 10),
        ([500, 509], 100, 10),
        ([1_009], 100, 10),
        ([1_010], 101, 10),
        ([1_999, 1], 200, 20),
        ([40, 120, 700, 2_400, 15_000], 1_826, 182),
    ],
)
def test_the_reward_is_a_tenth_of_the_pieces_rounded_down_at_least_100(
    values: list[int], oranges: int, experience: int
) -> None:
    given_ = reward(values)
    assert (given_.oranges, given_.gems, given_.experience) == (oranges, 10, experience)
    assert given_.item == ""


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_a_dearer_set_never_gives_less(values: list[int]) -> None:
    assert reward([*values, 1]).oranges >= reward(values).oranges


@pytest.mark.parametrize(("held", "pieces"), [(0, 1), (4, 5), (0, 12)])
def test_a_set_with_a_piece_missing_is_refused_with_figures(held: int, pieces: int) -> None:
    refusal = refused(
        check_complete("Crate", held, 0, pieces, done=False, shrunk=False), Reason.NOT_COMPLETE
    )
    assert refusal.figures == {"held": held, "pieces": pieces, "missing": pieces - held}


def test_a_whole_set_is_complete_once() -> None:
    assert check_complete("Crate", 5, 5, 5, done=False, shrunk=False) is None
    refused(check_complete("Crate", 5, 0, 5, done=True, shrunk=False), Reason.ENDED)
    refused(check_complete("Crate", 2, 2, 5, done=True, shrunk=False), Reason.ENDED)


@pytest.mark.parametrize(("counting", "counted"), [(0, 5), (4, 1)])
def test_pieces_that_counted_for_a_reward_make_no_set_whole(counting: int, counted: int) -> None:
    refusal = refused(
        check_complete("Crate", 5, counting, 5, done=False, shrunk=False), Reason.NOT_COMPLETE
    )
    assert refusal.figures == {"held": 5, "pieces": 5, "missing": 0, "counted": counted}


def test_a_case_that_lost_pieces_completes_no_set_by_that_alone() -> None:
    refusal = refused(
        check_complete("Crate", 3, 3, 3, done=False, shrunk=True), Reason.NOT_COMPLETE
    )
    assert "one more" in refusal.message
    assert refusal.figures == {"held": 3, "pieces": 3, "missing": 0}
