"""Time: whole milliseconds, there and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.clock import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    FrozenClock,
    from_datetime,
    to_datetime,
    to_iso,
)

TIMES = st.integers(-(10**13), 10**14)


def test_units_are_milliseconds() -> None:
    assert (SECOND, MINUTE, HOUR, DAY) == (1_000, 60_000, 3_600_000, 86_400_000)


@pytest.mark.parametrize(
    ("at", "iso"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1_795_197_600_000, "2026-11-20T18:00:00Z"),
        (1_795_197_600_999, "2026-11-20T18:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
    ],
)
def test_a_time_is_told_in_utc_with_its_seconds_rounded_down(at: int, iso: str) -> None:
    assert to_iso(at) == iso


@given(TIMES)
def test_a_time_comes_back_to_the_millisecond(at: int) -> None:
    when = to_datetime(at)
    assert when.utcoffset() == timedelta(0)
    assert from_datetime(when) == at


@given(TIMES, TIMES)
def test_later_is_later(one: int, other: int) -> None:
    assert (to_datetime(one) < to_datetime(other)) is (one < other)


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    here = datetime(2026, 11, 20, 20, 30, tzinfo=timezone(timedelta(hours=2, minutes=30)))
    assert from_datetime(here) == from_datetime(datetime(2026, 11, 20, 18, 0, tzinfo=UTC))


def test_parts_of_a_millisecond_are_dropped() -> None:
    assert from_datetime(to_datetime(5) + timedelta(microseconds=999)) == 5


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        from_datetime(datetime(2026, 11, 20))  # noqa: DTZ001


def test_a_frozen_clock_moves_only_when_it_is_moved() -> None:
    clock = FrozenClock(1_000)
    assert [clock.now(), clock.now()] == [1_000, 1_000]
    clock.advance(500)
    assert clock.now() == 1_500
    clock.advance(-2_000)
    assert clock.now() == -500


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (2**63 - 1, "9999-12-31T23:59:59Z"),
        (0, "1970-01-01T00:00:00Z"),
    ],
)
def test_a_time_that_no_calendar_has_is_told_as_the_nearest_one(at: int, said: str) -> None:
    assert to_iso(at) == said
    assert to_datetime(-(2**63)).year == 1
