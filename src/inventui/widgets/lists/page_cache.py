"""What of a long list is loaded: a bounded number of pages, and where they come from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)

PAGE = 100
"""Rows that are loaded at once."""

KEPT = 24
"""Pages held at most; more than any terminal shows at once."""

Anchor = tuple[int, int]
"""A known row: its index and its id."""


class Source(Protocol[Row_co]):
    """Where the rows of a list come from. Both are called in a thread and may block."""

    def count(self) -> int:
        """How many rows there are."""
        ...

    def window(self, start: int, limit: int, anchor: Anchor | None) -> Sequence[Row_co]:
        """The rows from index `start`, at most `limit`; `anchor` is a known row nearby."""
        ...


@dataclass(frozen=True, slots=True)
class KnownRows(Generic[Row]):
    """Rows that are known already, as the source of a list."""

    rows: Sequence[Row]

    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def window(self, start: int, limit: int, anchor: Anchor | None) -> Sequence[Row]:  # noqa: ARG002
        """Those from `start` on."""
        return self.rows[start : start + limit]


class PageCache(Generic[Row]):
    """The loaded pages of a list, those not seen for longest dropped first."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def row(self, index: int) -> Row | None:
        """The row at an index, or None while it is not loaded."""
        page = self._pages.get(index // PAGE)
        offset = index % PAGE
        return page[offset] if page is not None and 0 <= offset < len(page) else None

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Keep a page. One that came short means that the list has become shorter."""
        self._pages[page] = tuple(rows)
        self._pages.move_to_end(page)
        due = min(PAGE, self.count - page * PAGE)
        if len(rows) < due:
            self.count = page * PAGE + len(rows)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def missing(self, top: int, height: int, cursor: int, *, around: bool = True) -> list[int]:
        """Pages to load for a view: what is seen, the cursor's, then one page either side."""
        if not self.count:
            return []
        last = (self.count - 1) // PAGE
        first_seen = min(top // PAGE, last)
        last_seen = min((top + max(0, height - 1)) // PAGE, last)
        seen = range(first_seen, last_seen + 1)
        wanted = [*seen, min(cursor // PAGE, last)]
        if around:
            wanted += [last_seen + 1, first_seen - 1]
        for page in wanted:
            if page in self._pages:
                self._pages.move_to_end(page)
        return [
            page for page in dict.fromkeys(wanted) if 0 <= page <= last and page not in self._pages
        ]

    def nearest(self, start: int) -> tuple[int, Row] | None:
        """The loaded row that lies nearest to an index, with its own."""
        filled = [page for page, rows in self._pages.items() if rows]
        if not filled:
            return None
        page = min(filled, key=lambda page: abs(page * PAGE - start))
        rows = self._pages[page]
        offset = 0 if start <= page * PAGE else min(start - page * PAGE, len(rows) - 1)
        return page * PAGE + offset, rows[offset]

    def find(self, identity: int, near: int, identify: Callable[[Row], int]) -> int | None:
        """The index of a row with an id among the loaded ones, that nearest to `near`."""
        found = [
            page * PAGE + offset
            for page, rows in self._pages.items()
            for offset, row in enumerate(rows)
            if identify(row) == identity
        ]
        return min(found, key=lambda index: abs(index - near), default=None)
