"""The bazaar's lists: what stands there now, and what became of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from inventui.rules.core.clock import DAY, HOUR
from inventui.screens.bazaar.text import badge_of, end_row, seller_words
from inventui.widgets.items.refusal_badges import BADGE_CELLS
from inventui.widgets.lists.columns import Column, Part, cut, number, rarity_part, rest
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.page_cache import Stretch
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.text import fitting_words
from inventui.widgets.theme import DIM, FAINT, ORANGE

if TYPE_CHECKING:
    from textual.content import Content

    from inventui.engine.bazaar.models import BazaarQuery, ListingEnd, ListingLine
    from inventui.engine.world import PlayerHandle


ROOMY = 52
"""Cells from which badges are written in full."""

WIDE = 84
"""Cells from which most names of sellers are written in full."""

SOON = 6 * HOUR
"""A listing that ends before is shown in another colour."""


@dataclass(frozen=True, slots=True)
class Listings:
    """The rows of the list: which listings a query shows."""

    player: PlayerHandle
    query: BazaarQuery

    def count(self) -> int:
        """How many."""
        return self.player.bazaar.count(self.query)

    def window(
        self, start: int, limit: int, anchor: tuple[int, int] | None
    ) -> Stretch[ListingLine]:
        """Those from `start` on."""
        found = self.player.bazaar.window(self.query, start, limit, anchor)
        return Stretch(found.lines, found.shift, found.linked, found.about)


def left_words(until: int, now: int) -> str:
    """How long a listing still stands, in at most six cells: `6 d`, `23 h`, `5 min`."""
    left = until - now
    return f"{left // DAY} d" if left >= 2 * DAY else rest(until, now)


class ListingList(ItemList["ListingLine"]):
    """Listings under a cursor; what can't be bought is faint, with a badge that says why.

    Args:
        now: the world's time.
    """

    # A double click looks closer; it never buys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.do('buy')", "Buy"),
        Binding("space", "screen.do('closer')", "Look"),
    ]

    def __init__(self, now: Callable[[], int], *, id: str) -> None:
        super().__init__((), lambda line: line.id, markable=False, id=id)
        self._now = now

    def columns_for(self, width: int) -> tuple[Column[ListingLine], ...]:
        """Rarity, name, badge, price, value, seller, time left; the last but one goes first."""
        roomy = width >= ROOMY
        return (
            Column(lambda line: rarity_part(line.player_item.rarity), 3),
            Column(_name, 12, stretch=True),
            Column(_badge if roomy else _sign, BADGE_CELLS if roomy else 1),
            Column(_price, 12, right=True),
            Column(_value, 8, right=True, rank=2),
            Column(_seller, 11 if width < WIDE else 20, rank=3, narrow=_seller_within),
            Column(self._left, 6, right=True, rank=1, narrow=lambda _, __: ("", "")),
        )

    def _left(self, line: ListingLine) -> Part:
        now = self._now()
        return left_words(line.until, now), "$text-warning" if line.until - now < SOON else DIM


def _faint(line: ListingLine) -> bool:
    return line.refusal is not None and not line.mine


def _name(line: ListingLine) -> Part:
    return line.player_item.name, FAINT if _faint(line) else ""


def _badge(line: ListingLine) -> Part:
    badge = badge_of(line)
    return badge.short, badge.style


def _sign(line: ListingLine) -> Part:
    badge = badge_of(line)
    return badge.sign, badge.style


def _price(line: ListingLine) -> Part:
    return f"{ORANGE} {number(line.price, 9)}", FAINT if _faint(line) else ""


def _value(line: ListingLine) -> Part:
    # What the house does not buy has no value to compare with.
    return number(line.player_item.value, 8) if line.player_item.value else "", DIM


def _seller_within(line: ListingLine, cells: int) -> Part:
    first, *others = line.seller.split()
    if not line.neighbour or line.mine or not others:
        return cut(seller_words(line), cells), DIM
    # Each neighbour is known by the first name, too.
    short = (f"🏠 {first} {others[-1][0]}.", f"🏠 {first}")
    return fitting_words(cells, seller_words(line), *short), DIM


def _seller(line: ListingLine) -> Part:
    return seller_words(line), DIM


class EndList(PagedRows["ListingEnd"]):
    """What became of one's listings and of what one bought, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda end: (end.id, end.bought), id=id)

    def draw_row(self, row: ListingEnd, width: int, *, current: bool) -> Sequence[Content]:
        """What, what became of it, what it brought, when."""
        return (end_row(row, self.now, width, current=current),)
