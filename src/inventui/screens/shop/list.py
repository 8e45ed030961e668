"""The list of the shop: rarity, name, badge, price; a countdown moves while it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from inventui.rules.shop import Seller
from inventui.screens.shop.text import (
    FIGURE,
    GONE,
    SHORT,
    SOLD_OUT,
    badge,
    can_afford,
    price_words,
    sold_again,
)
from inventui.widgets.items.item_figures import brings_words
from inventui.widgets.lists.columns import Column, Part, rarity_part
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.page_cache import KnownRows
from inventui.widgets.theme import FAINT

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.shop.models import ShopLine
    from inventui.widgets.items.refusal_badges import Badge

ROOMY = 62
"""Cells from which badges are written in full."""

WITH_BRINGS = 52
"""Cells from which a shelf of gear says what each piece brings, beside its badge."""

NARROW = 21
"""Cells of badge and price where the list is narrower."""


def _brings(line: ShopLine) -> Part:
    first = next(iter(line.figures.items()), None)
    return (brings_words(*first), "$foreground 80%") if first else ("", "")


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
        Binding("enter", "screen.do('buy')", "Buy"),
        Binding("space", "screen.do('closer')", "Look"),
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
        self._gear = False

    def _number(self, line: ShopLine) -> int:
        """A number for each player item, the same as long as the list lives."""
        return self._numbers.setdefault(line.slug, len(self._numbers))

    def offer(self, lines: Sequence[ShopLine], *, keep: bool, at: int = 0) -> None:
        """Show these lines; `keep` stays at the cursor's player item, else it goes to line `at`."""
        gear = bool(lines) and all(line.figures and line.seller is Seller.SHOP for line in lines)
        if gear is not self._gear:
            self._gear = gear
            self.fit_anew()
        self.show(KnownRows(lines), keep=keep, at=at)

    def tick(self) -> None:
        """Draw the badges that have changed by themselves since they were drawn."""
        now, top = self._now(), self.scroll_offset.y
        for index in range(top, min(self.count, top + self.high)):
            line = self.pages.row(index)
            if line is not None and self._drawn.get(line.slug) not in (None, badge(line, now)):
                self.redraw_row(index)

    def columns_for(self, width: int) -> tuple[Column[ShopLine], ...]:
        """Rarity, name, badge, price; on a shelf of gear also what each brings, if it fits."""
        if self._gear and width >= WITH_BRINGS:
            return (
                Column(lambda line: rarity_part(line.rarity), 3),
                Column(self._titled, 12, stretch=True),
                Column(_brings, FIGURE, right=True, narrow=lambda _, __: ("", "")),
                Column(self._short_badge, SHORT, narrow=self._badge_within),
                Column(self._tight_price, NARROW - SHORT, right=True, narrow=self._price_within),
            )
        roomy, cells = width >= ROOMY, self.badge_cells
        said = (self._long_badge, 20) if roomy else (self._short_badge, cells)
        price = (self._price, 15) if roomy else (self._tight_price, NARROW - cells)
        return (
            Column(lambda line: rarity_part(line.rarity), 3),
            Column(self._titled, 12, stretch=True),
            Column(*said, rank=1, narrow=self._badge_within),
            Column(*price, right=True, narrow=self._price_within),
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

    def _badge_within(self, line: ShopLine, cells: int) -> Part:
        found = self._badge(line)
        return found.within(cells), found.style

    def _price(self, line: ShopLine, *, tight: bool = False) -> Part:
        if not sold_again(line):
            return "", ""
        open_ = self._badge(line) not in (SOLD_OUT, GONE)
        bright = open_ and can_afford(line.price, self._card())
        return price_words(line.price, tight=tight), "" if bright else FAINT

    def _price_within(self, line: ShopLine, cells: int) -> Part:
        """Without the blank after a coin's sign where there is no room for it."""
        text, style = self._price(line, tight=True)
        return (text if cell_len(text) <= cells else text.replace(" ", "")), style

    def _tight_price(self, line: ShopLine) -> Part:
        return self._price(line, tight=True)
