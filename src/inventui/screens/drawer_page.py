"""A drawer as one picture: card and BigPulp above, the collection and what is worn below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.rules.core.sprite import parse
from inventui.rules.shop import countdown
from inventui.widgets.bigpulp.picture import figure
from inventui.widgets.bigpulp.speech import DOWN, bubble
from inventui.widgets.canvas.canvas import Canvas, runs_length
from inventui.widgets.colour import Pen, Runs, ink_on, legible, mix, run
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.player.card_facts import rarity_colour
from inventui.widgets.player.collection import draw_collection
from inventui.widgets.player.page import NARROW, page_canvas, places
from inventui.widgets.text import counted, cut
from inventui.widgets.theme import ORANGE, RARITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inventui.engine.drawer.models import Splat
    from inventui.engine.wardrobe.models import WornItem
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.items.card import Face
    from inventui.widgets.player.card_facts import CardFacts

TALL = 30
"""Lines from which a drawer has a heading, and free lines between its parts."""

WIDE = 110
"""Cells across from which the worn player items stand in a column beside the card."""

COLUMN = 30
"""Cells of that column."""

HIGH = 46
"""Lines from which the collection has two rows of pictures."""

LOW_SHELF, SHELF = 5, 9
"""Lines of the collection where it is low, and where a row of pictures has its full size."""

SPLAT = parse("""s=#6b4423 l=#8a5a2f d=#4a2e17 h=#a9713d
.....s...s......
...ssss.sss..s..
..sslssssss.....
.ssllhlssssss...
..slhhllssssds..
.sssllssssssss..
..sssssssdsss...
...s.ssd.ss.s...
.....s.s..s.....
.......s..s.....
.......d........
................
""").rows
"""What a thrown player item leaves, 16 × 12 pixels."""

MOST_SPLATS = 6
"""So many are seen at once; the rest is counted."""


@dataclass(frozen=True, slots=True)
class DrawerPicture:
    """All that a drawer shows.

    Attributes:
        heading: whose it is.
        facts: who they are, in figures.
        look: how the page looks.
        words: what BigPulp says: the first of these that there is room for.
        faces: the best of the collection, best first.
        worn: what is worn, defaults left out.
        splats: what was thrown at it, newest first, with the time that is left in words.
    """

    heading: str
    facts: CardFacts
    look: Appearance
    words: tuple[str, ...]
    faces: tuple[Face, ...]
    worn: tuple[WornItem, ...] = ()
    splats: tuple[tuple[str, str], ...] = ()


def splat_words(splats: tuple[Splat, ...], now: int) -> tuple[tuple[str, str], ...]:
    """Who threw, and how long it is still seen."""
    return tuple((splat.thrower, countdown(splat.until - now)) for splat in splats)


@lru_cache(maxsize=16)
def drawer_canvas(picture: DrawerPicture, width: int, height: int, phase: float = 0.0) -> Canvas:
    """A drawer in so many cells. Don't paint on it: it is kept."""
    look = picture.look
    canvas = Canvas(width, height, look.page)
    tall = int(height >= TALL)
    column = COLUMN if width >= WIDE and tall and picture.worn else 0
    worn = [] if column else _worn_lines(picture, width - 4, 1 + 2 * tall)
    shelf = LOW_SHELF if not tall else SHELF if height < HIGH else 2 * SHELF
    top = height - shelf - 1 - len(worn) - tall * (1 + bool(worn))
    if tall:
        _heading(canvas, picture, width)
    if column:
        _worn_column(canvas, Region(2, 2, column - 3, top - 3), picture)
    where = Region(column, tall, width - column, top - tall)
    words = _fitting(picture, where.width, where.height)
    page = page_canvas(picture.facts, look, *where.size, words, phase)
    canvas.paste(page, where.x, where.y)
    _rule(canvas, top, picture, width, heading=not tall)
    region = Region(2, top + 1 + tall, width - 4, shelf)
    draw_collection(canvas, region, picture.faces, look, phase)
    for y, line in enumerate(worn, height - len(worn)):
        canvas.write(2, y, line, clear=False)
    shown = picture.splats[:MOST_SPLATS]
    for number, splat in enumerate(shown):
        slot = width // len(shown)
        _splat(canvas, Region(number * slot, 0, slot, top), splat, number)
    return canvas


def _fitting(picture: DrawerPicture, width: int, height: int) -> str:
    """The first of his lines that fits above him, where they stand there; else the last."""
    look = picture.look
    box = places(look, width, height).pulp
    if box.width >= NARROW:
        return picture.words[0]
    room = box.height - len(figure(look)) // 2
    for words in picture.words:
        if bubble(words, look, box.width - 1, tail=DOWN).height <= room:
            return words
    return picture.words[-1]


def _inks(look: Appearance) -> tuple[str, str]:
    plain = ink_on(look.page)
    return plain, legible(mix(plain, look.page, 0.4), look.page)


def _heading(canvas: Canvas, picture: DrawerPicture, width: int) -> None:
    """Whose drawer it is, and what was thrown at it."""
    plain, _ = _inks(picture.look)
    end = canvas.put(2, 0, cut(picture.heading, width - 4), Pen(plain, manner="bold"))
    _thrown(canvas, 0, picture, end + 2, width - 2)


def _thrown(canvas: Canvas, y: int, picture: DrawerPicture, left: int, right: int) -> None:
    """Who threw what, at the right end of a line."""
    if not picture.splats:
        return
    thrower, lasts = picture.splats[0]
    more = f" and {len(picture.splats) - 1} more" if len(picture.splats) > 1 else ""
    said = cut(f" 💩 {thrower}, for {lasts}{more} ", right - left)
    canvas.put(right - cell_len(said), y, said, Pen(_inks(picture.look)[1]))


def _rule(canvas: Canvas, y: int, picture: DrawerPicture, width: int, *, heading: bool) -> None:
    """A line with what the collection comes to; where it is low also the heading."""
    plain, faint = _inks(picture.look)
    canvas.put(2, y, "─" * (width - 4), Pen(mix(picture.look.page, plain, 0.22)))
    title = picture.heading if heading else "Best of the collection"
    end = canvas.put(4, y, f" {cut(title, width - 12)} ", Pen(plain))
    if heading and picture.splats:
        _thrown(canvas, y, picture, end + 1, width - 4)
        return
    facts = picture.facts
    said = f" {counted(facts.player_items, 'thing')} · worth {ORANGE} {facts.worth:,} "
    if width - 4 - cell_len(said) > end:
        canvas.put(width - 4 - cell_len(said), y, said, Pen(faint))


def _by_rarity(worn: Iterable[WornItem]) -> list[WornItem]:
    return sorted(worn, key=lambda item: (-item.rarity.rank, item.name))


def _worn_column(canvas: Canvas, box: Region, picture: DrawerPicture) -> None:
    """What is worn, a line each, the rarest first."""
    look = picture.look
    plain, faint = _inks(look)
    worn = _by_rarity(picture.worn)
    canvas.put(box.x, box.y, "Worn", Pen(faint))
    lines = box.height - 2
    shown = worn if len(worn) <= lines else worn[: max(0, lines - 1)]
    for y, item in enumerate(shown, box.y + 2):
        known = RARITY[item.rarity]
        colour = rarity_colour(item.rarity, look, look.page)
        canvas.put(box.x, y, f"{known.shape} {known.letter}", Pen(colour))
        canvas.put(box.x + 4, y, cut(item.name, box.width - 4), Pen(plain))
    if len(shown) < len(worn):
        more = f"and {len(worn) - len(shown)} more"
        canvas.put(box.x + 4, box.y + 2 + len(shown), more, Pen(faint))


def _worn_lines(picture: DrawerPicture, width: int, most: int) -> list[Runs]:
    """The names of what is worn, with their rarity, in at most so many lines."""
    look = picture.look
    plain, faint = _inks(look)
    if not picture.worn:
        return []
    lines: list[Runs] = []
    line: Runs = (run("wears ", faint),)
    left = len(picture.worn)
    for item in _by_rarity(picture.worn):
        known = RARITY[item.rarity]
        part: Runs = (
            run(f"{known.shape} ", rarity_colour(item.rarity, look, look.page)),
            run(cut(item.name, max(4, width - 20)), plain), run("  "),
        )  # fmt: skip
        more = f"+{left}" if len(lines) == most - 1 and left > 1 else ""
        if runs_length((*line, *part)) + len(more) > width:
            if len(lines) == most - 1:
                line = (*line, run(f"+{left}", faint))
                break
            lines.append(line)
            line = (run("      "),)
        line = (*line, *part)
        left -= 1
    return [*lines, line]


def _splat(canvas: Canvas, box: Region, splat: tuple[str, str], number: int) -> None:
    """One splat at a place that is its own, with the name of who threw it."""
    wide, high = len(SPLAT[0]), len(SPLAT) // 2
    seed = sha256(f"{splat[0]}:{number}".encode("utf-8", "replace")).digest()
    x = box.x + seed[0] * max(1, box.width - wide) // 256
    y = box.y + seed[1] * max(1, box.height - high) // 256
    canvas.pixels(x, y, SPLAT)
    name = cut(f" {splat[0]} ", wide)
    at = x + (wide - cell_len(name)) // 2
    canvas.put(at, y + high - 1, name, Pen("#f4ebdb", "#4a2e17"))


class DrawerPage(CanvasWidget):
    """A drawer as one widget."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picture: DrawerPicture | None = None

    def show(self, picture: DrawerPicture, *, motion: bool) -> None:
        """Show a drawer."""
        self.picture = picture
        self.page_back = picture.look.page
        ticker = (
            picture.look[Category.COLLECTION_LAYOUT].word == "ticker" and len(picture.faces) > 0
        )
        self.keep_moving(motion and (picture.look.moving or ticker))
        self.repaint()

    def paint(self, width: int, height: int) -> Canvas:
        """The drawer for the present size."""
        if self.picture is None:
            return Canvas(width, height, self.page_back)
        return drawer_canvas(self.picture, width, height, self.phase)
