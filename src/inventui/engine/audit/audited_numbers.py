"""The numbers of the economy, and the catalogue, under which a line was written."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import EconomyNumbersRow
from inventui.db.tables.select import select
from inventui.engine.audit.check import once_a_look, rows, told
from inventui.rules.audited_numbers import BEFORE, numbers

CATALOGUE = "catalogue"
"""Where a set of numbers has the catalogue in brief; see `db.catalogue_state`."""


def like(found: object, known: object) -> bool:
    """Whether a JSON value has the shape of another: numbers where it has numbers."""
    if isinstance(found, dict) and isinstance(known, dict):
        return all(any(like(each, one) for one in known.values()) for each in found.values())
    if isinstance(found, list) and isinstance(known, list):
        return all(any(like(each, one) for one in known) for each in found)
    return type(found) is type(known)


class Economy:
    """What a world keeps of the numbers that it was played under."""

    def __init__(self, connection: Connection) -> None:
        """Read them all: a set for each time that they changed."""
        kept = sets_of(connection)
        now = numbers()
        self._after = [after for after, _ in kept]
        # A number that was not kept yet is taken as it was first known, or as it is now. One that
        # can't be read is not kept: `check_numbers` names it.
        self._sets: list[Mapping[str, Any]] = [now]
        for _, changed in reversed(kept):
            sound = {name: changed[name] for name in now if like(changed.get(name), now[name])}
            before = {name: BEFORE[name] for name in BEFORE.keys() - changed.keys()}
            self._sets.insert(0, {**self._sets[0], **before, **sound})

    def at(self, operation: int | None) -> Mapping[str, Any]:
        """The numbers in force in an operation, by `module.name` of the rules."""
        return self._sets[max(0, bisect_left(self._after, operation or 0) - 1)]

    def most(self, name: str) -> int:
        """The largest that a number ever was."""
        return max(int(each[name]) for each in self._sets[: max(1, len(self._after))])


@dataclass(frozen=True)
class Prices:
    """A catalogue in brief.

    Attributes:
        items: oranges, gems, value and details of each item that could be had, by number.
        cases: the hash of the odds in force of each case, by slug, in the pack's order.
        goals: oranges, gems, experience and number of an item of each achievement, by slug.
        neighbours: what each started with, by slug.
    """

    items: Mapping[int, tuple[int, int, int, Mapping[str, Any]]]
    cases: Mapping[str, str]
    goals: Mapping[str, tuple[int, int, int, int | None]]
    neighbours: Mapping[str, int]


class Catalogues:
    """What a world keeps of its catalogue of each time."""

    def __init__(self, connection: Connection) -> None:
        """Read them all."""
        self._after: list[int] = []
        self._known: list[Prices] = []
        for after, changed in sets_of(connection):
            known = _prices(changed.get(CATALOGUE))
            if known is not None:
                self._after.append(after)
                self._known.append(known)

    def at(self, operation: int | None) -> Prices | None:
        """The catalogue in force in an operation; None before the first that was kept."""
        place = bisect_left(self._after, operation or 0)
        return self._known[place - 1] if place else None

    def among(self, first: int, last: int) -> list[Prices] | None:
        """Every catalogue in force between two operations; None if one was not kept."""
        start = bisect_left(self._after, first)
        return self._known[start - 1 : bisect_left(self._after, last)] if start else None


def _prices(found: object) -> Prices | None:
    try:
        raw: Any = found
        return Prices(
            {
                int(number): (int(oranges), int(gems), int(value), dict(details))
                for number, (oranges, gems, value, details) in raw["items"].items()
            },
            {str(slug): str(digest) for slug, digest in raw["cases"]},
            {
                str(slug): (int(oranges), int(gems), int(experience), item)
                for slug, (oranges, gems, experience, item) in raw["goals"].items()
            },
            {str(slug): int(oranges) for slug, oranges in raw["neighbours"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


@once_a_look
def sets_of(connection: Connection) -> list[tuple[int, Mapping[str, Any]]]:
    """Every set that a world keeps, with the operation after which it held."""
    return [
        (after, told(text))
        for after, text in rows(
            connection,
            select(EconomyNumbersRow.after_operation, EconomyNumbersRow.numbers).order_by(
                col(EconomyNumbersRow.after_operation)
            ),
        )
    ]


economy_of = once_a_look(Economy)
catalogues_of = once_a_look(Catalogues)


def check_numbers(connection: Connection) -> Iterator[str]:
    """The numbers of the economy that a world was played under can be read."""
    now = numbers()
    for after, kept in sets_of(connection):
        what = f"the numbers after operation {after}"
        if not kept:
            yield f"{what} are no numbers"
        for name in sorted(kept.keys() & now.keys()):
            if not like(kept[name], now[name]):
                yield f"{what} have no {name}"
        if CATALOGUE in kept and _prices(kept[CATALOGUE]) is None:
            yield f"{what} have no catalogue"
