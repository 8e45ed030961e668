"""What is to be said of a thing for sale: price, limit, contents and words."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual

from inventui.rules.enums import GEAR
from inventui.rules.shop import Price, quote_bundle
from inventui.widgets.gear_words import Rack, gear_words
from inventui.widgets.item_words import category_words
from inventui.widgets.kept_lines import KeptLines
from inventui.widgets.look import RARITY, rarity_word
from inventui.widgets.session import session_of
from inventui.widgets.shop_words import (
    TIERS,
    badge,
    can_afford,
    discount_words,
    figure_badge,
    price_words,
    sold_again,
)
from inventui.widgets.try_on import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.geometry import Size

    from inventui.engine.models import PlayerCard, ShopLine

DIM = "$foreground 60%"

AIRY = 12
"""Lines from which gear's figures stand apart."""


def subject_of(line: ShopLine, lines: Mapping[str, ShopLine]) -> Subject:
    """What a preview needs of a line; the parts of a bundle are looked up among the others."""
    parts = tuple(
        subject_of(lines[part.slug], {}) for part in line.offer.contents if part.slug in lines
    )
    return Subject(line.category, line.style, line.sprite, line.emoji, parts)


def price_parts(line: ShopLine, card: PlayerCard | None) -> list[Content]:
    """The price, red where the purse is too light; of a bundle first what it is in full."""
    if not sold_again(line):
        return []
    style = "bold" if can_afford(line.price, card) else "bold $text-error"
    parts = [Content.styled(price_words(line.price), style)]
    if line.full_price != line.price:
        parts.insert(0, Content.styled(price_words(line.full_price), f"strike {DIM}"))
    return parts


def missing_line(line: ShopLine, card: PlayerCard | None) -> Content:
    """What is missing, or what would be left; of a bundle what is saved."""
    if not sold_again(line) or card is None:
        return Content("")
    lack = Price(max(0, line.price.oranges - card.oranges), max(0, line.price.gems - card.gems))
    if not lack.free:
        return Content.styled(f"{price_words(lack)} short", "$text-error")
    saved = line.full_price - line.price
    if not saved.free:
        return Content.styled(
            f"saves {price_words(saved)} · {line.offer.discount} %", "$text-success"
        )
    return Content("")


def content_lines(line: ShopLine, lines: Mapping[str, ShopLine], width: int) -> list[Content]:
    """What is in a bundle: what one has already is marked and costs nothing."""
    wanted = {part.slug for part in quote_bundle(line.offer, line.parts_held).wanted}
    found = []
    for part in line.offer.contents:
        known = lines.get(part.slug)
        have = part.slug not in wanted
        mark = Content.styled("✓ ", "$text-success")
        if not have:
            look = RARITY[known.rarity] if known is not None else None
            mark = Content.styled(f"{look.shape} ", look.style) if look else Content("· ")
        price = "yours" if have else price_words(part.price, tight=True)
        right = Content.styled(price, "$text-success" if have else DIM)
        name = Content(part.name).truncate(max(4, width - right.cell_length - 3), ellipsis=True)
        left = mark + (name.stylize(DIM) if have else name)
        found.append(left + " " * max(1, width - left.cell_length - right.cell_length) + right)
    return found


def words_of(line: ShopLine, lines: Mapping[str, ShopLine], width: int) -> list[Content]:
    """What is in it and what is said of it."""
    words = content_lines(line, lines, width)
    said = Content(line.description).wrap(width) if line.description else []
    words += [Content(""), *said] if words and said else said
    if line.flavour:
        words += Content.styled(f"“{line.flavour}”", f"italic {DIM}").wrap(width)
    return words


class ShopFacts(KeptLines):
    """Kind, price, limit, contents and words of a line, drawn in one go.

    Args:
        free: as high as it all is, instead of cut to the widget's height.

    Attributes:
        rack: the player's gear, that what is for sale is compared with.
    """

    DEFAULT_CSS = """
    ShopFacts { width: 1fr; height: 1fr; color: $foreground; }
    ShopFacts.-free { height: auto; }
    """

    def __init__(self, *, free: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-free" if free else None)
        self.free = free
        self.line: ShopLine | None = None
        self.rack: Rack | None = None
        self._lines: Mapping[str, ShopLine] = {}
        self._strips: list[Strip] = []
        self._limit = 0
        self._said = ""

    def show(self, line: ShopLine | None, lines: Mapping[str, ShopLine]) -> None:
        """Show a line of these."""
        self.line, self._lines = line, lines
        before = self._strips
        self._draw()
        if self.free:
            self.refresh(layout=True)
            return
        for y, (old, new) in enumerate(zip_longest(before, self._strips)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def tick(self) -> None:
        """Draw the countdown anew if it has moved on: one line and no more."""
        if self.line is None or not self._strips or self._limit < 0:
            return
        if badge(self.line, session_of(self).now()).text != self._said:
            self._strips[self._limit] = self._strip(self._badge_line(self.line))
            self.refresh(Region(0, self._limit, self.size.width, 1))

    def _badge_line(self, line: ShopLine) -> Content:
        found = badge(line, session_of(self).now())
        self._said = found.text
        return Content.styled(found.text, found.style)

    def _words(self, line: ShopLine, width: int) -> list[Content]:
        card = session_of(self).card
        kind = Content.styled(category_words(line.category), DIM)
        found = badge(line, session_of(self).now())
        # On its own it is named by the dialog that it stands in.
        named = [] if self.free else [Content.styled(line.name, "bold")]
        head = [*named, rarity_word(line.rarity) + "  " + kind]
        prices = price_parts(line, card)
        if sum(part.cell_length for part in prices) + 1 <= width:
            prices = [Content(" ").join(prices)] if prices else []
        missing = missing_line(line, card)
        gap = width - prices[-1].cell_length - missing.cell_length if prices else 0
        if missing and gap >= 2:
            prices[-1] += " " * gap + missing
        elif missing:
            prices.append(missing)
        head += prices
        about = len(named)
        gap = width - head[about].cell_length - len(found.text)
        saving = found.text == discount_words(line) and can_afford(line.price, card)
        if saving or found == figure_badge(line):
            # It is said in full below.
            self._limit = -1
        elif found in TIERS.values() and gap >= 2:
            head[about] += " " * gap + self._badge_line(line)
            self._limit = about
        else:
            self._limit = len(head)
            head.append(self._badge_line(line))
        gear = []
        if self.rack is not None and line.category in GEAR:
            gear = gear_words(line, self.rack, session_of(self).now(), width)
            if self.free or self.size.height >= AIRY:
                gear = [Content(""), *gear, Content("")]
        return [*head, *gear, *words_of(line, self._lines, width)]

    def _draw(self) -> None:
        width = self.size.width
        self._strips = []
        if self.line is not None and width >= 8:
            words = self._words(self.line, width)
            high = len(words) if self.free else self.size.height
            if len(words) > high > 0:
                words[high - 1] = Content.assemble(
                    ("space", "bold $primary"), (" … all of it", DIM)
                )
            self._strips = [self._strip(content) for content in words[:high]]

    def _strip(self, content: Content) -> Strip:
        width, style = self.size.width, self.visual_style
        strips = Visual.to_strips(self, content.truncate(width, ellipsis=True), width, 1, style)
        return strips[0].adjust_cell_length(width, style.rich_style)

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that all of it takes."""
        return 0 if self.line is None else len(self._words(self.line, width))

    def on_resize(self) -> None:
        """Another size."""
        self._draw()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        if self.is_attached:
            self._draw()
