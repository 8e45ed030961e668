"""Shows a player item as a card: picture, value, texts, and how it was got."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from inventui.rules.core.sprite import drawn
from inventui.rules.shop import countdown
from inventui.widgets.canvas.sprite import picture_lines, sprite_size
from inventui.widgets.entries import sign
from inventui.widgets.items.item_figures import figure_rows
from inventui.widgets.items.item_text import (
    STANDS,
    category_words,
    got_words,
    odds_words,
    short_hash,
)
from inventui.widgets.lists.columns import number
from inventui.widgets.lists.item_columns import LOCKED, STATUS_BADGES
from inventui.widgets.session import session_of
from inventui.widgets.theme import DIM, ORANGE, ago, exact, rarity_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

    from inventui.engine.inventory.models import ItemDetail

LARGE = 40
"""Cells from which the picture stands alone, twice as large."""

WINDOW = 8
"""Lines of the terminal that a window around a whole card does not leave to it."""

SHORT = 10
"""Lines below which a card without a picture leaves out where the player item came from."""

LABEL = 6
"""Cells of the labels of a card, at least."""


def badge_words(detail: ItemDetail) -> Content:
    """What is special about a player item: `🔒 locked  ⚑ worn`; empty if nothing is."""
    line = detail.line
    words = []
    if line.locked:
        words.append(f"{LOCKED} locked")
    if line.status in STANDS:
        words.append(f"{STATUS_BADGES[line.status]} {STANDS[line.status]}")
    return Content.styled("  ".join(words), "$warning")


def provenance(detail: ItemDetail, now: int, cells: int) -> list[tuple[str, str]]:
    """Where a player item came from, as labels and values of so many cells at best."""
    line = detail.line
    got = got_words(detail.acquisition, detail.source, cells)
    facts = [("from", detail.case_name or got)]
    if detail.nonce is not None and detail.ticket is not None:
        facts.append(("roll", f"{detail.nonce:,} · ticket {detail.ticket:,}"))
    if detail.odds_parts is not None:
        facts.append(("odds", odds_words(detail.odds_parts)))
    facts.append(("paid", f"{ORANGE} {detail.price_paid:,}" if detail.price_paid else "nothing"))
    if detail.seed_hash:
        facts.append(("seed", short_hash(detail.seed_hash)))
    facts.append(("got", when_words(line.acquired_at, now, cells)))
    return facts


def when_words(at: int, now: int, cells: int) -> str:
    """When something was, as exactly as there is room for."""
    passed = ago(at, now)
    date = exact(at)[:16]
    if " " not in passed:
        return "just now" if passed == "now" else date
    words = f"{passed} ago · {date}"
    return words if len(words) <= cells else f"{passed} ago"


def facts_lines(
    facts: Sequence[tuple[str, str | Content]], width: int, cells: int = LABEL
) -> list[Content]:
    """Labels of so many cells and their values, a line each."""
    return [
        Content.assemble((label.ljust(cells), DIM), value).truncate(width, ellipsis=True)
        for label, value in facts
    ]


def figures_that_fit(
    detail: ItemDetail, worn: ItemDetail | None, cells: int
) -> list[tuple[str, Content]]:
    """The figures of a player item; that nothing is worn is left out where it would be cut."""
    rows = figure_rows(detail, worn)
    if worn is not None:
        return rows
    alone = figure_rows(detail, detail)
    return [
        full if full[1].cell_length <= cells else short
        for full, short in zip(rows, alone, strict=True)
    ]


def words_lines(detail: ItemDetail, width: int, most: int) -> list[Content]:
    """Description and flavour in at most so many lines; the flavour gives way first."""
    said = Content(detail.description).wrap(width) if detail.description else []
    flavour = []
    if detail.flavour:
        flavour = Content.styled(f"“{detail.flavour}”", f"italic {DIM}").wrap(width)
    if len(said) + len(flavour) <= most:
        return [*said, *flavour]
    if len(said) > most:
        said = said[:most]
        if said:
            last = said[-1].plain.rstrip()
            said[-1] = Content(last + " …").truncate(width, ellipsis=True)
    return said


def plain_top(detail: ItemDetail, width: int) -> list[Content]:
    """The head of a card whose picture is drawn elsewhere: what it is, what is special."""
    head = rarity_word(detail.line.rarity) + "  "
    head += Content.styled(category_words(detail.line.category), DIM)
    badges = badge_words(detail)
    gap = width - head.cell_length - badges.cell_length
    if badges and gap < 2:
        return [head, badges]
    return [head + " " * max(0, gap) + badges]


def card_lines(
    detail: ItemDetail, width: int, height: int | None, now: int, *, high: int,
    worn: ItemDetail | None = None, pictured: bool = True, claims: str = "c",
) -> list[Content]:  # fmt: skip
    """The whole card.

    Args:
        detail: the player item.
        width: cells of each line at most.
        height: lines at most; None for as many as it takes.
        now: the time that `2 h ago` counts from.
        high: lines that are seen; decides how large the picture is.
        worn: what is in its slot now, for gear.
        pictured: whether its picture belongs to it.
        claims: the key that claims it.
    """
    line = detail.line
    blank = Content("")
    worth = Content.assemble((f"{ORANGE} {number(line.value, 12)}", "bold"))
    kind = Content.styled(category_words(line.category), DIM)
    badges = badge_words(detail)
    held = Content.styled(f"you hold {detail.same_held:,}" if detail.same_held > 1 else "", DIM)
    told = figures_that_fit(detail, worn, width - LABEL - 1)
    if line.held_until is not None:
        waits = Content.styled(f"{countdown(line.held_until - now)} left", "$text-warning")
        claim = waits + Content.styled(f"  {claims} claims it", DIM)
        told.insert(0, ("waits", claim if LABEL + claim.cell_length < width else waits))
    cells = max(LABEL, *(len(label) + 1 for label, _ in told)) if told else LABEL
    figures = facts_lines(told, width, cells)
    facts = figures + facts_lines(provenance(detail, now, width - cells), width, cells)
    if not pictured and height is not None and height < SHORT:
        # Where it came from is told by the whole card; what it is matters more.
        facts = figures
    sprite = drawn(line.sprite, line.emoji, line.rarity)
    columns, rows = sprite_size(sprite)
    large = width >= LARGE and rows > 0 and high >= 2 * rows + len(facts) + 8
    if not pictured:
        top = plain_top(detail, width)
    elif large:
        top = picture_lines(sprite, line.emoji, width, 2 * rows, 2)
        beside = rarity_word(line.rarity) + "  " + kind
        gap = width - beside.cell_length - worth.cell_length
        top += [blank, beside + " " * max(2, gap) + worth]
        under = badges + ("  " if badges and held else "") + held
        top += [under] if under else []
    else:
        columns, rows = max(columns, 2), max(rows, 5)
        picture = picture_lines(sprite, line.emoji, columns, rows)
        beside_lines = [rarity_word(line.rarity), worth, kind, badges, held]
        above = max(0, (rows - len(beside_lines)) // 2)
        beside_lines = [blank] * above + beside_lines + [blank] * rows
        top = [
            (left + "  " + right).truncate(width, ellipsis=True)
            for left, right in zip(picture, beside_lines, strict=False)
        ]
    most = 99 if height is None else height - len(top) - len(facts) - 2
    words = words_lines(detail, width, max(0, most))
    lines = [*top, blank, *words] if words else list(top)
    lines += [blank, *facts] if facts else []
    return lines if height is None else lines[:height]


class CardPreview(Widget):
    """Shows a player item, as large as there is room; `detail` None shows nothing.

    Args:
        free: as high as the card is, instead of cut to the widget's height.
    """

    DEFAULT_CSS = """
    CardPreview { width: 1fr; height: 1fr; color: $foreground; }
    CardPreview.-free { height: auto; }
    """

    detail: reactive[ItemDetail | None] = reactive(None, layout=False)

    def __init__(
        self, detail: ItemDetail | None = None, *, free: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id, classes="-free" if free else None)
        self.free = free
        self.worn: ItemDetail | None = None
        """What is in the slot of a piece of gear now."""
        self.pictured = True
        """Whether the player item's picture is shown here, and not elsewhere."""
        self.set_reactive(CardPreview.detail, detail)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that the whole card takes."""
        return len(self._lines(width, None))

    def _lines(self, width: int, height: int | None) -> list[Content]:
        if self.detail is None:
            return []
        high = self.app.size.height - WINDOW if height is None else height
        session = session_of(self)
        claims = sign(session.own.keymap.get("inventory.claim", "c").split(",")[0])
        return card_lines(
            self.detail, width, height, session.now(), high=high,
            worn=self.worn, pictured=self.pictured, claims=claims,
        )  # fmt: skip

    def render(self) -> Content:
        """The card."""
        width, height = self.content_size
        return Content("\n").join(self._lines(width, None if self.free else height))
