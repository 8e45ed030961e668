"""What is to be said of a player item for sale: price, limit, contents and words."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from inventui.rules.core.categories import GEAR
from inventui.rules.core.sprite import drawn
from inventui.rules.shop import Price, quote_bundle
from inventui.screens.shop.gear_text import Rack, gear_words
from inventui.screens.shop.text import (
    TIERS,
    badge,
    can_afford,
    discount_words,
    figure_badge,
    price_words,
    sold_again,
)
from inventui.widgets.items.item_text import category_words
from inventui.widgets.line_cache import KeptLines
from inventui.widgets.player.try_on import Subject
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM, RARITY, rarity_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.shop.models import ShopLine
    from inventui.widgets.items.refusal_badges import Badge


AIRY = 12
"""Lines from which gear's figures stand apart."""


DRAWN = 64
"""Lines kept as they were drawn."""


def subject_of(line: ShopLine, lines: Mapping[str, ShopLine]) -> Subject:
    """What a preview needs of a line; the parts of a bundle are looked up among the others."""
    parts = tuple(
        subject_of(lines[part.slug], {}) for part in line.offer.contents if part.slug in lines
    )
    sprite = drawn(line.sprite, line.emoji, line.rarity)
    return Subject(line.category, line.style, sprite, line.emoji, parts)


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


class DrawnLine(NamedTuple):
    """What is said of a line, as it was drawn.

    Attributes:
        of: the line, the others, who looked and the gear that they had.
        limit: the number of the line that moves by itself; -1 for none.
        said: what that one said.
    """

    of: tuple[object, ...]
    size: Size
    strips: list[Strip]
    limit: int
    said: str


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
        self._drawn: LRUCache[str, DrawnLine] = LRUCache(DRAWN)
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
        pairs = enumerate(zip_longest(before, self._strips))
        changed = [Region(0, y, self.size.width, 1) for y, (old, new) in pairs if old != new]
        if changed:
            self.refresh(*changed)

    def prepare(self, line: ShopLine, lines: Mapping[str, ShopLine]) -> None:
        """Draw a line of these that is likely to be shown next."""
        if not self.free and self.size:
            for strip in self._drawn_of(line, lines).strips:
                self.put_together(strip)

    def tick(self) -> None:
        """Draw the countdown anew if it has moved on: one line and no more."""
        if self.line is None or not self._strips or self._limit < 0:
            return
        found = badge(self.line, session_of(self).now())
        if found.text != self._said:
            self._said = found.text
            self._strips[self._limit] = self._strip(Content.styled(found.text, found.style))
            self.refresh(Region(0, self._limit, self.size.width, 1))

    def _words(
        self, line: ShopLine, lines: Mapping[str, ShopLine], found: Badge, width: int
    ) -> tuple[list[Content], int]:
        """What is said, and the number of the line that moves by itself; -1 for none."""
        card = session_of(self).card
        kind = Content.styled(category_words(line.category), DIM)
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
        badge_words = Content.styled(found.text, found.style)
        saving = found.text == discount_words(line) and can_afford(line.price, card)
        if saving or found == figure_badge(line):
            # It is said in full below.
            limit = -1
        elif found in TIERS.values() and gap >= 2:
            head[about] += " " * gap + badge_words
            limit = about
        else:
            limit = len(head)
            head.append(badge_words)
        gear = []
        if self.rack is not None and line.category in GEAR:
            gear = gear_words(line, self.rack, session_of(self).now(), width)
            if self.free or self.size.height >= AIRY:
                gear = [Content(""), *gear, Content("")]
        return [*head, *gear, *words_of(line, lines, width)], limit

    def _draw(self) -> None:
        self._strips = []
        if self.line is not None and self.size.width >= 8:
            drawn = self._drawn_of(self.line, self._lines)
            self._strips, self._limit, self._said = list(drawn.strips), drawn.limit, drawn.said

    def _drawn_of(self, line: ShopLine, lines: Mapping[str, ShopLine]) -> DrawnLine:
        """A line of these as it is drawn now."""
        found = badge(line, session_of(self).now())
        of = (line, lines, session_of(self).card, self.rack)
        drawn = self._drawn.get(line.slug)
        if (
            drawn is None
            or (drawn.size, drawn.said) != (self.size, found.text)
            or any(kept is not now for kept, now in zip(drawn.of, of, strict=True))
        ):
            width, height = self.size
            words, limit = self._words(line, lines, found, width)
            if not self.free and len(words) > height > 0:
                words[height - 1 :] = [
                    Content.assemble(("space", "bold $primary"), (" shows the rest", DIM))
                ]
            drawn = DrawnLine(
                of, self.size, [self._strip(each) for each in words], limit, found.text
            )
            self._drawn[line.slug] = drawn
        return drawn

    def _strip(self, content: Content) -> Strip:
        width, style = self.size.width, self.visual_style
        segments = content.truncate(width, ellipsis=True).render_segments(style)
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that all of it takes."""
        if self.line is None:
            return 0
        found = badge(self.line, session_of(self).now())
        return len(self._words(self.line, self._lines, found, width)[0])

    def on_resize(self) -> None:
        """Another size."""
        self._draw()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._drawn.clear()
        if self.is_attached:
            self._draw()
