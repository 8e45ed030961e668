"""A listing in words: price, seller, what the player item does, what such player items went for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.rules.core.refusal import Reason
from inventui.rules.core.sprite import drawn
from inventui.rules.shop import countdown
from inventui.screens.bazaar.text import against_words, price_rows, seller_words
from inventui.widgets.canvas.price_chart import price_plot
from inventui.widgets.items.card_preview import LABEL, facts_lines, figures_that_fit, words_lines
from inventui.widgets.items.item_figures import payback_rows
from inventui.widgets.items.item_text import category_words
from inventui.widgets.player.try_on import Subject
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM, money, rarity_word

if TYPE_CHECKING:
    from textual.geometry import Size

    from inventui.engine.bazaar.models import ListingDetail, ListingLine, PriceHistory
    from inventui.engine.inventory.models import ItemDetail


CHART = 8
"""Lines of the chart in a window."""

ROOMY = 12
"""Lines from which the parts of the facts stand apart."""


def subject_of(line: ListingLine) -> Subject:
    """What a preview needs of a listing."""
    item = line.player_item
    sprite = drawn(item.sprite, item.emoji, item.rarity)
    return Subject(item.category, item.style, sprite, item.emoji)


def plot_of(prices: PriceHistory, width: int, height: int) -> Content:
    """The past prices of an item as a chart, with its median and what is asked now."""
    points = [(sale.at, sale.price) for sale in prices.sales]
    return price_plot(points, width, height, median=prices.median, now=prices.cheapest)


def price_line(detail: ListingDetail, oranges: int | None, width: int) -> Content:
    """The price, red where the purse is too light; beside it what is missing, or its worth."""
    line = detail.line
    lack = 0 if oranges is None or line.mine else line.price - oranges
    price = money(line.price).stylize("bold $text-error" if lack > 0 else "bold")
    beside = against_words(line.price, line.player_item.value)
    if lack > 0:
        beside = Content.styled(f"{lack:,} short", "$text-error")
    gap = width - price.cell_length - beside.cell_length
    return price + " " * gap + beside if beside and gap > 1 else price


def facts_of_listing(
    detail: ListingDetail, width: int, height: int | None, now: int, *,
    oranges: int | None = None, worn: ItemDetail | None = None, named: bool = True,
) -> list[Content]:  # fmt: skip
    """All that is said of a listing.

    Args:
        detail: the listing.
        width: cells of each line at most.
        height: lines at most; None for as many as it takes, with the chart.
        now: the time that its end is counted from.
        oranges: what the player has, or None if it is not known.
        worn: what is in the slot of a piece of gear now.
        named: whether its name stands above.
    """
    line = detail.line
    blank = [Content("")] if height is None or height >= ROOMY else []
    kind = Content.styled(category_words(line.player_item.category), DIM)
    head = [Content.styled(line.player_item.name, "bold")] if named else []
    head += [rarity_word(line.player_item.rarity) + "  " + kind, price_line(detail, oranges, width)]
    facts = [("from", Content(seller_words(line)))]
    facts.append(("ends", Content(f"in {countdown(line.until - now)}")))
    if line.held and not line.mine:
        facts.append(("have", Content(f"{line.held:,} of it already")))
    told = figures_that_fit(detail.detail, worn, width - LABEL - 1)
    if not line.mine:
        told += payback_rows(line.player_item.category, detail.detail.figures, line.price)
    cells = max(LABEL, *(len(label) + 1 for label, _ in told)) if told else LABEL
    lines = [*head, *blank, *facts_lines(facts + told, width, cells)]
    refusal = line.refusal
    if refusal is not None and not line.mine and refusal.reason is not Reason.INSUFFICIENT_FUNDS:
        # What is missing of the price stands beside it.
        lines += Content.styled(f"✗ {refusal.message}", "$text-error").wrap(width)
    lines += [*blank, *facts_lines(price_rows(detail.prices, width - cells), width, cells)]
    if height is None and (chart := plot_of(detail.prices, width, CHART)):
        lines += [*blank, *chart.split("\n")]
    words = words_lines(detail.detail, width, 99)
    lines += [*blank, *words] if words else []
    if height is not None and len(lines) > height > 0:
        lines[height - 1 :] = [
            Content.assemble(("space", "bold $primary"), (" shows the rest", DIM))
        ]
    return lines


class ListingFacts(Widget):
    """Shows a listing; `None` shows nothing.

    Args:
        free: as high as it all is, with the chart, instead of cut to the height.
    """

    DEFAULT_CSS = """
    ListingFacts { width: 1fr; height: 1fr; color: $foreground; }
    ListingFacts.-free { height: auto; }
    """

    def __init__(self, *, free: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-free" if free else None)
        self.free = free
        self.detail: ListingDetail | None = None
        self.worn: ItemDetail | None = None
        self._said = ""

    def show(self, detail: ListingDetail | None, worn: ItemDetail | None = None) -> None:
        """Show a listing, its figures compared with what is worn now."""
        self.detail, self.worn = detail, worn
        self.refresh(layout=self.free)

    def tick(self) -> None:
        """Draw the time that is left anew if other words tell it now."""
        if self._left() != self._said:
            self.refresh()

    def _left(self) -> str:
        """How long the listing still stands, as it is told."""
        if self.detail is None:
            return ""
        return countdown(self.detail.line.until - session_of(self).now())

    def _lines(self, width: int, height: int | None) -> list[Content]:
        self._said = self._left()
        if self.detail is None:
            return []
        session = session_of(self)
        return facts_of_listing(
            self.detail, width, height, session.now(), worn=self.worn, named=not self.free,
            oranges=None if session.card is None else session.card.oranges,
        )  # fmt: skip

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that all of it takes."""
        return len(self._lines(width, None))

    def render(self) -> Content:
        """The facts in the present size."""
        width, height = self.content_size
        return Content("\n").join(self._lines(width, None if self.free else height))


class PriceChart(Widget):
    """The chart of an item's past prices in the pane; says so where there is nothing to draw."""

    DEFAULT_CSS = """
    PriceChart { width: 1fr; height: 8; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._prices: PriceHistory | None = None

    def show(self, prices: PriceHistory | None) -> None:
        """Show these prices."""
        self._prices = prices
        self.refresh()

    def render(self) -> Content:
        """The chart in the present size."""
        if self._prices is None:
            return Content("")
        width, height = self.content_size
        chart = plot_of(self._prices, width, height)
        if chart or len(self._prices.sales) >= 2:
            return chart
        return Content.styled("A chart of past prices stands here after two sales.", DIM)
