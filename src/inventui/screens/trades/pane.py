"""A trade in full: both sides beside or above each other, and all that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from inventui.screens.trades.text import before_words, difference_words, side_lines, when_words
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

    from inventui.engine.trades.models import TradeView

BESIDE = 58
"""Cells from which the sides stand beside each other."""

GIVE, GET = "You give", "You get"

MORE = Content.assemble(("enter", "bold $primary"), (" shows the rest", DIM))


def columns(trade: TradeView, width: int, most: int) -> list[Content]:
    """What one gives at the left, what one gets at the right."""
    cells = (width - 3) // 2
    give = side_lines(GIVE, trade.give, cells, most)
    get = side_lines(GET, trade.get, cells, most)
    rule = Content.styled(" │ ", "$foreground 30%")
    high = max(len(give), len(get))
    give += [Content(" " * cells)] * (high - len(give))
    get += [Content("")] * (high - len(get))
    return [_filled(left, cells) + rule + right for left, right in zip(give, get, strict=True)]


def _filled(content: Content, cells: int) -> Content:
    return content + " " * (cells - content.cell_length)


def question(trade: TradeView, width: int) -> Content:
    """What accepting means: both sides in full, and what they come to."""
    words = difference_words(trade.give.value, trade.get.value)
    return Content("\n").join([*columns(trade, width, 99), Content(""), words])


def said_lines(
    trade: TradeView, before: Sequence[TradeView], width: int, now: int
) -> list[Content]:
    """What the sides come to, what was said, whether it can be accepted, what it answers."""
    parts = [difference_words(trade.give.value, trade.get.value)]
    if trade.refusal is not None:
        parts.append(Content.styled(f"✗ {trade.refusal.message}", "$text-error"))
    # What can be done comes before what was said: long words may be cut.
    parts.append(when_words(trade, now))
    proposer = "You" if trade.mine else trade.other
    partner = trade.other if trade.mine else "You"
    for name, words in ((proposer, trade.message), (partner, trade.answer)):
        if words:
            spoken = Content.styled(f"“{words}”", "italic")
            parts.append(Content.styled(f"{name}: ", DIM) + spoken)
    parts += [before_words(earlier, now) for earlier in before]
    return [line for part in parts for line in part.wrap(width)]


def facts_of_trade(
    trade: TradeView, before: Sequence[TradeView], width: int, height: int | None, now: int
) -> list[Content]:
    """All that is said of a trade.

    Args:
        trade: the trade.
        before: the offers that it answers, the latest first.
        width: cells of each line at most.
        height: lines at most; None for as many as it takes.
        now: the time that its end is counted from.
    """
    said = said_lines(trade, before, width, now)
    beside = width >= BESIDE
    most = 99
    if height is not None:
        # What was said may be cut, but its first lines stand as long as the sides have room.
        room = max(4, height - min(len(said), max(3, height // 3)) - 1)
        most = room if beside else max(2, room // 2)
    if beside:
        sides = columns(trade, width, most)
    else:
        give = side_lines(GIVE, trade.give, width, most)
        # What the one side leaves is the other's.
        rest = most if height is None else max(2, 2 * most - len(give))
        get = side_lines(GET, trade.get, width, rest)
        if height is not None and len(get) < rest:
            give = side_lines(GIVE, trade.give, width, 2 * most - len(get))
        apart = height is None or len(give) + len(get) + len(said) + 2 <= height
        sides = [*give, *[Content("")] * apart, *get]
    lines = [*sides, Content(""), *said]
    if height is not None and len(lines) > height > 0:
        lines[height - 1 :] = [MORE]
    return lines


class TradeFacts(Widget):
    """Shows a trade; `None` shows nothing.

    Args:
        free: as high as it all is, instead of cut to the height.
    """

    DEFAULT_CSS = """
    TradeFacts { width: 1fr; height: 1fr; color: $foreground; }
    TradeFacts.-free { height: auto; }
    """

    def __init__(self, *, free: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-free" if free else None)
        self.free = free
        self.trade: TradeView | None = None
        self.before: tuple[TradeView, ...] = ()

    def show(self, trade: TradeView | None, before: Sequence[TradeView] = ()) -> None:
        """Show a trade with the offers that it answers."""
        self.trade, self.before = trade, tuple(before)
        self.refresh(layout=self.free)

    def _lines(self, width: int, height: int | None) -> list[Content]:
        if self.trade is None:
            return []
        return facts_of_trade(self.trade, self.before, width, height, session_of(self).now())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that all of it takes."""
        return len(self._lines(width, None))

    def render(self) -> Content:
        """The facts in the present size."""
        width, height = self.content_size
        return Content("\n").join(self._lines(width, None if self.free else height))
