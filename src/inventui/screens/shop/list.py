"""The list of the shop: rarity, name, badge, price; a countdown moves while it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from inventui.screens.shop.text import (
    GONE,
    SHORT,
    SOLD_OUT,
    badge,
    can_afford,
    price_words,
    sold_again,
)
from inventui.widgets.lists.columns import Column, Part
from inventui.widgets.lists.item_list import EDGE, ItemList
from inventui.widgets.theme import FAINT, RARITY

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.shop.models import ShopLine
    from inventui.widgets.items.refusal_text import Badge

ROOMY = 62
"""Cells from which badges are written in full."""

NARROW = 21
"""Cells of badge and price where the list is narrower."""


class ShopLines:
    """Lines for sale as the source of a list; nothing is asked of the world."""

    def __init__(self, lines: Sequence[ShopLine]) -> None:
        self.lines = lines

    def count(self) -> int:
        """How many."""
        return len(self.lines)

    def window(
        self, start: int, limit: int, anchor: tuple[int, int] | None  # noqa: ARG002
    ) -> Sequence[ShopLine]:  # fmt: skip
        """Those from `start` on."""
        return self.lines[start : start + limit]


class ShopList(ItemList["ShopLine"]):
    """Player items for sale under a cursor.

    Args:
        now: the world's time.
        card: who looks; a price that can't be paid is dim.
        badge_cells: how long badges are where the list is narrow; `FIGURE` if it is all gear,
            whose prices are shorter.
    """

    # A double click looks closer; it never buys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.buy", "Buy"),
        Binding("space", "screen.look", "Look"),
    ]

    def __init__(
        self, now: Callable[[], int], card: Callable[[], PlayerCard | None], *, id: str,
        badge_cells: int = SHORT,
    ) -> None:  # fmt: skip
        super().__init__((), self._number, markable=False, id=id)
        self.badge_cells = badge_cells
        self._now, self._card = now, card
        self._numbers: dict[str, int] = {}
        self._drawn: dict[str, Badge] = {}

    def _number(self, line: ShopLine) -> int:
        """A number for each player item, the same as long as the list lives."""
        return self._numbers.setdefault(line.slug, len(self._numbers))

    def offer(self, lines: Sequence[ShopLine], *, keep: bool) -> None:
        """Show these lines; `keep` stays at the cursor's player item."""
        self.show(ShopLines(lines), keep=keep)

    def tick(self) -> None:
        """Draw the badges that have changed by themselves since they were drawn."""
        now, top = self._now(), self.scroll_offset.y
        for index in range(top, min(self.count, top + self.high)):
            line = self.pages.row(index)
            if line is not None and self._drawn.get(line.slug) not in (None, badge(line, now)):
                self.redraw_row(index)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines that are seen."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self.columns = self._columns_for(width - EDGE)
        return super().render_lines(crop)

    # The columns

    def _columns_for(self, width: int) -> tuple[Column[ShopLine], ...]:
        roomy, cells = width >= ROOMY, self.badge_cells
        said = (self._long_badge, 20) if roomy else (self._short_badge, cells)
        price = (self._price, 15) if roomy else (self._tight_price, NARROW - cells)
        return (
            Column(_mark, 3),
            Column(self._titled, 12, stretch=True),
            Column(*said, rank=1),
            Column(*price, right=True),
        )

    def _badge(self, line: ShopLine) -> Badge:
        found = self._drawn[line.slug] = badge(line, self._now())
        return found

    def _titled(self, line: ShopLine) -> Part:
        return line.name, FAINT if self._badge(line) in (SOLD_OUT, GONE) else ""

    def _long_badge(self, line: ShopLine) -> Part:
        found = self._badge(line)
        return found.text, found.style

    def _short_badge(self, line: ShopLine) -> Part:
        found = self._badge(line)
        return found.short, found.style

    def _price(self, line: ShopLine, *, tight: bool = False) -> Part:
        if not sold_again(line):
            return "", ""
        open_ = self._badge(line) not in (SOLD_OUT, GONE)
        bright = open_ and can_afford(line.price, self._card())
        return price_words(line.price, tight=tight), "" if bright else FAINT

    def _tight_price(self, line: ShopLine) -> Part:
        return self._price(line, tight=True)


def _mark(line: ShopLine) -> Part:
    look = RARITY[line.rarity]
    return f"{look.shape} {look.letter}", look.style
