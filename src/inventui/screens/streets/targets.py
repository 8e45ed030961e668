"""Whom to rob: a list of everybody, and what is known of the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from inventui.rules.streets.robbery import ChancePart
from inventui.screens.streets.text import (
    halved_words,
    loot_words,
    percent_words,
    standing_words,
    wait_words,
)
from inventui.widgets.canvas.sprite import picture_lines, sprite_size
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.text import padded
from inventui.widgets.theme import DIM, MARKER, ORANGE, money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.engine.streets.models import TargetView

FACE = 12
"""Cells across a face."""

WIDE_ROW = 52
"""Cells from which a row has room to say how long somebody is safe."""

LOOT, WAIT = 15, 12
"""Cells of the columns at the right."""

CHANCE_BAR = 20


class TargetList(RowList["TargetView"]):
    """Everybody who lives here, a row each."""

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:
        super().__init__(lambda target: target.name, id=id)
        self.time = now

    def point_at(self, name: str) -> None:
        """Put the cursor on somebody, if they are here."""
        index = self.find(name)
        if index is not None:
            self.move_to(index)

    def draw_row(self, row: TargetView, width: int, *, current: bool) -> Sequence[Content]:
        """Marker, face, name, the chance or why there is none, loot, and where it fits a wait."""
        free = row.refusal is None
        chance = f"{row.chance} %" if free else "safe" if row.free_at else "poor"
        right = Content.assemble((f"{chance:>4}", "bold" if free else DIM))
        if width >= WIDE_ROW:
            wait = wait_words(row.free_at - self.time()) if row.free_at else ""
            right += Content.styled(f" {wait:>{WAIT}}", DIM)
        loot = loot_words(row)
        right += " " * (LOOT - cell_len(loot)) + Content.styled(loot, "" if free else DIM) + " "
        face = row.emoji or ("🙂" if not row.neighbour else "  ")
        left = Content.assemble((f"{MARKER if current else ' '}", "$primary"), padded(face, 2), " ")
        name = Content(padded(row.name, width - left.cell_length - right.cell_length - 1))
        return (left + (name if free else name.stylize(DIM)) + " " + right,)


def chance_bar(chance: int, cells: int) -> Content:
    """A chance in percent as a bar: full where it succeeds."""
    full = round(cells * chance / 100)
    return Content.assemble(("█" * full, "$text-success"), ("░" * (cells - full), DIM))


class TargetFacts(Widget):
    """What is known of somebody: face, words, the chance in its parts, loot and fine."""

    DEFAULT_CSS = """
    TargetFacts { height: 1fr; background: $surface; padding: 0 1; }
    """

    ALLOW_SELECT = False

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.now = now
        self.target: TargetView | None = None
        self.empty = Content("")

    def show(self, target: TargetView | None, empty: Content) -> None:
        """Show somebody, or in their place why there is nobody."""
        self.target, self.empty = target, empty
        self.refresh()

    def render(self) -> Content:
        """The lines for the present size."""
        if self.target is None:
            return self.empty
        width, height = self.content_size
        lines = facts_lines(self.target, self.now(), width, face=height >= 16)
        return Content("\n").join(lines[:height])


def facts_lines(target: TargetView, now: int, width: int, *, face: bool) -> list[Content]:
    """Everything that is known of somebody, a line each."""
    pictured = face and target.sprite
    lines = _portrait(target, width) if pictured else _heading(target, width)
    lines.append(Content(""))
    base, *parts = target.parts
    lines.append(_apart(Content.styled(base.label, DIM), Content(f"{base.percent} %"), width))
    lines += [_part(part, width) for part in parts]
    chance = Content.styled(f"{target.chance} %", "bold")
    bar = chance_bar(target.chance, min(CHANCE_BAR, width - 14))
    lines.append(_apart(Content.assemble("chance ", bar), chance, width))
    insured = f"{target.insurance} % insured" if target.insurance else ""
    less = [words for words in (insured, halved_words(target)) if words]
    lines += [
        Content(""),
        _apart(Content("success takes"), Content(loot_words(target)), width),
        _apart(Content("failure costs"), Content.styled(
            f"{ORANGE} {target.fine:,}", "$text-error"), width),
    ]  # fmt: skip
    lines[-1:-1] = [_apart(Content(""), Content.styled(words, DIM), width) for words in less]
    standing = standing_words(target, now)
    if target.refusal is None:
        lines.append(Content.assemble(("enter ", "bold $primary"), "robs, after a question"))
    else:
        lines.append(Content.styled(f"✗ {standing}", "$text-error"))
    return lines


def _heading(target: TargetView, width: int) -> list[Content]:
    name = Content.styled(target.name, "bold").truncate(width, ellipsis=True)
    lines = [name, _apart(Content.styled(_kind(target), DIM), money(target.oranges), width)]
    if target.line:
        lines.append(Content.styled(f"“{target.line}”", "italic").truncate(width, ellipsis=True))
    return lines


def _kind(target: TargetView) -> str:
    return "neighbour" if target.neighbour else "player"


def _portrait(target: TargetView, width: int) -> list[Content]:
    """The face, and beside it who they are and what they say."""
    rows = max(6, sprite_size(target.sprite)[1])
    picture = picture_lines(target.sprite, target.emoji, FACE, rows)
    room = max(8, width - FACE - 2)
    words = [
        Content.styled(target.name, "bold").truncate(room, ellipsis=True),
        Content.styled(_kind(target), DIM),
        money(target.oranges),
    ]
    if target.line:
        words += Content.styled(f"“{target.line}”", "italic").wrap(room)
    words += [Content("")] * rows
    return [line + "  " + said for line, said in zip(picture, words, strict=False)]


def _part(part: ChancePart, width: int) -> Content:
    style = "$text-success" if part.percent > 0 else "$text-error"
    return _apart(
        Content.styled(part.label, DIM), Content.styled(percent_words(part.percent), style), width
    )


def _apart(left: Content, right: Content, width: int) -> Content:
    """One at the left edge, the other at the right."""
    left = left.truncate(max(1, width - right.cell_length - 1), ellipsis=True)
    return left + " " * (width - left.cell_length - right.cell_length) + right
