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


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Row_co]):
    """Rows that follow each other, as a source that is too long to count found them.

    Attributes:
        rows: in order.
        shift: what must be added to the index that was asked for to be that of the first row;
            if `linked`, to all indexes that follow from the anchor's. Nothing stands before 0.
        linked: whether they were found by following the order from the anchor.
        about: whether the indexes are only about right.
    """

    rows: Sequence[Row_co]
    shift: int = 0
    linked: bool = False
    about: bool = False


class Source(Protocol[Row_co]):
    """Where the rows of a list come from. Both are called in a thread and may block."""

    def count(self) -> int:
        """How many rows there are."""
        ...

    def window(
        self, start: int, limit: int, anchor: Anchor | None
    ) -> Sequence[Row_co] | Stretch[Row_co]:
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
    """The loaded pages of a list, those not seen for longest dropped first.

    Attributes:
        count: how many rows there are.
        about: whether the rows follow each other, but stand only about where they are kept.
    """

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self.about = False
        self._base = 0
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def span(self, page: int) -> range:
        """The indexes of a page."""
        start = self._base + page * PAGE
        return range(max(0, start), max(0, min(start + PAGE, self.count)))

    def row(self, index: int) -> Row | None:
        """The row at an index, or None while it is not loaded."""
        page = self._page_of(index)
        rows, offset = self._pages.get(page, ()), index - self.span(page).start
        return rows[offset] if 0 <= offset < len(rows) else None

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Keep a page. One that came short means that the list has become shorter."""
        self._pages[page] = tuple(rows)
        self._pages.move_to_end(page)
        due = self.span(page)
        if len(rows) < len(due):
            self.count = due.start + len(rows)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def take(self, page: int, found: Sequence[Row] | Stretch[Row]) -> tuple[bool, int]:
        """Keep what a source found of a page, unless it turns out to stand elsewhere.

        Returns:
            Whether all other rows were dropped, for what is between is not known, and by how
            many places the rows have moved.
        """
        if not isinstance(found, Stretch):
            found = Stretch(found)
        jumped = not found.linked and bool(self.about or found.about or found.shift)
        if jumped:
            self._pages.clear()
        self.about = found.about
        self._base += found.shift
        if not found.shift:
            self.put(page, found.rows)
        return jumped, found.shift

    def _page_of(self, index: int) -> int:
        return (index - self._base) // PAGE

    def missing(self, top: int, height: int, cursor: int, *, around: bool = True) -> list[int]:
        """Pages to load for a view: what is seen, the cursor's, then one page either side."""
        if not self.count:
            return []
        first, last = self._page_of(0), self._page_of(self.count - 1)
        first_seen = min(self._page_of(top), last)
        last_seen = min(self._page_of(top + max(0, height - 1)), last)
        seen = range(first_seen, last_seen + 1)
        wanted = [*seen, min(self._page_of(cursor), last)]
        if around:
            wanted += [last_seen + 1, first_seen - 1]
        for page in wanted:
            if page in self._pages:
                self._pages.move_to_end(page)
        return [
            page
            for page in dict.fromkeys(wanted)
            if first <= page <= last and page not in self._pages
        ]

    def nearest(self, start: int) -> tuple[int, Row] | None:
        """The loaded row that lies nearest to an index, with its own."""
        filled = [page for page, rows in self._pages.items() if rows]
        if not filled:
            return None
        page = min(filled, key=lambda page: abs(self.span(page).start - start))
        first, rows = self.span(page).start, self._pages[page]
        offset = 0 if start <= first else min(start - first, len(rows) - 1)
        return first + offset, rows[offset]

    def find(self, identity: int, near: int, identify: Callable[[Row], int]) -> int | None:
        """The index of a row with an id among the loaded ones, that nearest to `near`."""
        found = [
            self.span(page).start + offset
            for page, rows in self._pages.items()
            for offset, row in enumerate(rows)
            if identify(row) == identity
        ]
        return min(found, key=lambda index: abs(index - near), default=None)


@dataclass(frozen=True, slots=True)
class SeenRows:
    """What of a list is seen: the first row, how many, and the cursor's; by index."""

    top: int
    high: int
    cursor: int


def read_view(
    source: Source[Row],
    view: SeenRows,
    identify: Callable[[Row], int],
    known: Sequence[Anchor] = (),
) -> tuple[PageCache[Row], int]:
    """A list as far as it is seen. May block: for a thread.

    Args:
        source: where its rows come from.
        view: what is seen.
        identify: a row's id.
        known: rows that were seen before, to stay near them in a list too long to count.

    Returns:
        Its pages, and by how many places its rows turned out to stand elsewhere.
    """
    pages: PageCache[Row] = PageCache(source.count())
    moved, top = 0, max(0, min(view.top, pages.count - view.high))
    cursor = min(view.cursor, pages.count - 1)
    for page in pages.missing(top, view.high, cursor, around=False):
        # A page that turned out to stand elsewhere is read there.
        for _ in range(3):
            span = pages.span(page)
            near = [(index + moved, number) for index, number in known]
            if loaded := pages.nearest(span.start):
                near.append((loaded[0], identify(loaded[1])))
            anchor = min(near, key=lambda known: abs(known[0] - span.start), default=None)
            _, shift = pages.take(page, source.window(span.start, len(span), anchor))
            moved += shift
            if not shift:
                break
    return pages, moved
