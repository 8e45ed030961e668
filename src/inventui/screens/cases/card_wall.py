"""A wall of cards that are turned one after another, the best last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from inventui.widgets.canvas.celebration import Celebrating
from inventui.widgets.items.card import (
    TILE_LINES,
    CardSize,
    Face,
    card_down,
    card_size,
    card_up,
    tile_down,
    tile_up,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

TURN_SECONDS = 0.16
"""Time for one card where there are few."""
ALL_SECONDS = 2.6
"""Most time for all of them."""
FRAMES_A_SECOND = 30
LEAST_TILE, MOST_TILE = 25, 30


@dataclass(frozen=True, slots=True)
class Grid:
    """How the cards are laid out.

    Attributes:
        tiles: small cards instead of whole ones.
        columns: cards side by side.
        width: cells of a card.
        height: lines of a card.
        indent: cells before the first one.
        top: lines above the first one.
        gap: lines between two rows.
    """

    tiles: bool
    columns: int
    width: int
    height: int
    indent: int = 0
    top: int = 0
    gap: int = 1

    @property
    def pitch(self) -> int:
        """Lines from a row to the next."""
        return self.height + self.gap

    def lines(self, count: int) -> int:
        """Lines that so many cards take."""
        rows = -(-count // self.columns)
        return max(0, rows * self.pitch - self.gap)


def lay_out(count: int, card: CardSize, width: int, height: int) -> Grid:
    """Whole cards where all of them can be seen, else small ones."""
    columns = max(1, min(count, (width + 1) // (card.width + 1)))
    # As many in the last row as in the others, if that is possible.
    rows = max(1, -(-count // columns))
    for gap in (1, 0):
        whole = Grid(False, max(1, -(-count // rows)), card.width, card.height, gap=gap)
        if whole.lines(count) <= height:
            return _centred(whole, count, width, height)
    columns = max(1, min(count, (width + 1) // (LEAST_TILE + 1)))
    tile = min(MOST_TILE, (width + 1) // columns - 1)
    return _centred(Grid(True, columns, tile, TILE_LINES), count, width, height)


def _centred(grid: Grid, count: int, width: int, height: int) -> Grid:
    used = grid.columns * (grid.width + 1) - 1
    left, above = (width - used) // 2, (height - grid.lines(count)) // 2
    return replace(grid, indent=max(0, left), top=max(0, above))


class CardWall(Celebrating, ScrollView, can_focus=True):
    """Cards in rows; scrolls when they are many. What is dear is celebrated over them."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "scroll_up", show=False, id="everywhere.up"),
        Binding("j", "scroll_down", show=False, id="everywhere.down"),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False, id="everywhere.last"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-wall--card", "card-wall--gone"}

    DEFAULT_CSS = """
    CardWall {
        height: 1fr; background: $background; color: $foreground; padding: 0 1;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        & > .card-wall--card { background: $surface; }
        & > .card-wall--gone { background: $background; color: $foreground; }
    }
    """

    class Turned(Message):
        """Every card has been turned."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.faces: tuple[Face, ...] = ()
        self.turned = 0
        self.gone: frozenset[int] = frozenset()
        self.grid = Grid(False, 1, 1, 1)
        self._card = CardSize(0, 0)
        self._drawn: dict[tuple[int, bool, bool], list[Strip]] = {}

    def load(self, faces: Sequence[Face]) -> None:
        """Put up other cards, all of them turned down."""
        self.put_out()
        self.faces, self.turned, self.gone = tuple(faces), 0, frozenset()
        self._card = card_size(self.faces)
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def play(self) -> None:
        """Turn them one after another; `Turned` follows."""
        self.stop()
        count = len(self.faces)
        frames = max(1.0, min(TURN_SECONDS, ALL_SECONDS / count) * FRAMES_A_SECOND)
        step = 0.0

        def frame() -> None:
            nonlocal step
            step += 1
            self.turn(int(step / frames))
            if self.turned == count:
                self.stop()
                self.post_message(self.Turned())

        self._timer = self.set_interval(1 / FRAMES_A_SECOND, frame)

    def stop(self) -> None:
        """Turn no more by itself."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def turn(self, count: int) -> None:
        """Show the first so many cards face up."""
        count = min(count, len(self.faces))
        if count != self.turned:
            self.turned = count
            self.refresh()
            self._follow()

    def _follow(self) -> None:
        """Keep the card that was turned last in sight."""
        row = max(0, self.turned - 1) // self.grid.columns
        region = Region(0, row * self.grid.pitch, 1, self.grid.height)
        self.scroll_to_region(region, animate=False, force=True)

    def turn_all(self) -> None:
        """Show every card face up."""
        self.stop()
        self.turn(len(self.faces))

    def mark_gone(self, indexes: frozenset[int]) -> None:
        """These cards, and no others, are the player's no more."""
        self.gone = indexes
        self.refresh()

    # Drawing

    def _lay_out(self) -> None:
        self._drawn.clear()
        count, region = len(self.faces), self.size
        self.grid = lay_out(count, self._card, max(1, region.width), max(1, region.height))
        lines = self.grid.lines(count)
        if lines > region.height:
            # The scroll bar takes a column.
            self.grid = lay_out(count, self._card, max(1, region.width - 1), region.height)
            lines = self.grid.lines(count)
        self.virtual_size = Size(region.width, lines)
        self.refresh()

    def on_resize(self) -> None:
        """Another size."""
        self._lay_out()
        self.call_after_refresh(self._follow)

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._drawn.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.with_sparks(self._cards_line(y), y)

    def _cards_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        width, grid = self.size.width, self.grid
        row, line = divmod(self.scroll_offset.y + y - grid.top, grid.pitch)
        first = row * grid.columns
        indexes = range(max(0, first), min(first + grid.columns, len(self.faces)))
        if line >= grid.height or not indexes:
            return Strip.blank(width, base)
        pieces = [Strip.blank(grid.indent, base)]
        for index in indexes:
            pieces += [self._card_strips(index)[line], Strip.blank(1, base)]
        return Strip.join(pieces).adjust_cell_length(width, base)

    def _card_strips(self, index: int) -> list[Strip]:
        up, gone = index < self.turned, index in self.gone
        key = (index, up, gone)
        strips = self._drawn.get(key)
        if strips is None:
            style = self.get_visual_style("card-wall--gone" if gone else "card-wall--card")
            strips = [
                Visual.to_strips(self, line, self.grid.width, 1, style, pad=True)[0]
                for line in self._lines(index, up, gone)
            ]
            self._drawn[key] = strips
        return strips

    def _lines(self, index: int, up: bool, gone: bool) -> tuple[Content, ...]:
        grid = self.grid
        if not up:
            return tile_down(grid.width) if grid.tiles else card_down(self._card)
        face = self.faces[index]
        lines = tile_up(face, grid.width) if grid.tiles else card_up(face, self._card)
        if gone:
            lines = tuple(line.stylize("dim") for line in lines)
        return lines
