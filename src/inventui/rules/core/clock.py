"""Time: whole milliseconds since 1970-01-01 UTC, and what asks for it.

The world never asks the machine itself: a `Clock` is handed to it, so that tests and
the demo can hold it still.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        ...

    def uptime(self) -> int:
        """Milliseconds since a moment in the past that no setting of the clock moves.

        All programs of a machine have the same one until it is started anew.
        """
        ...


@dataclass
class FrozenClock:
    """A clock that stands still until it is moved.

    Attributes:
        at: the time it shows, in milliseconds since 1970-01-01 UTC.
        up: how long it has been running, in milliseconds.
    """

    at: int
    up: int = 0

    def now(self) -> int:
        """The time it was set to."""
        return self.at

    def uptime(self) -> int:
        """How long it has been running; setting `at` changes nothing about that."""
        return self.up

    def advance(self, milliseconds: int) -> None:
        """Let time pass; a negative number sets it back."""
        self.at += milliseconds
        self.up += max(0, milliseconds)


_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)


def to_datetime(at: int) -> datetime:
    """A stored time as an aware datetime in UTC, kept within the years that a datetime has."""
    return _EPOCH + timedelta(milliseconds=max(_FIRST, min(at, _LAST)))


def to_iso(at: int) -> str:
    """A stored time as ISO 8601 with seconds, e.g. `2026-11-20T18:00:00Z`."""
    return to_datetime(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_datetime(when: datetime) -> int:
    """An aware datetime as a stored time."""
    return (when - _EPOCH) // timedelta(milliseconds=1)
