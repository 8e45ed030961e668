"""Draws a collection of player items in each of the collection layouts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import parse
from inventui.widgets.canvas.canvas import Canvas, clusters
from inventui.widgets.colour import Pen, Runs, ink_on, mix, run
from inventui.widgets.items.card import Face
from inventui.widgets.player.card_facts import rarity_colour
from inventui.widgets.text import cut_words, fitting_words, name_lines
from inventui.widgets.theme import RARITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inventui.engine.inventory.models import ItemLine
    from inventui.widgets.canvas.appearance import Appearance
    from inventui.widgets.canvas.sprite import Pixels

TILE = 18
"""Fewest cells of a tile of the grid."""

PICTURE = 14
"""Cells that a picture takes in the gallery and on the shelf."""

LOW_CARD = 5
"""Lines of a card of the grid with a halved picture."""

TWO = 2 * PICTURE
"""Cells that two pictures take: where not even these fit, pictures are halved."""

FULL = 8
"""Lines from which pictures have their full size; below it they are halved."""

HANGING = 6
"""Lines of a picture that are seen in the gallery and on the shelf; half of them if halved."""

PLATE = 2
"""Lines of a name there."""

NOTHING_YET = "Nothing on show yet."
NOTHING_YET_BUT = f"{NOTHING_YET} Finds out of cases stand here, the dearest first."


def faces_of_items(items: Iterable[ItemLine]) -> tuple[Face, ...]:
    """Player items of the inventory as faces."""
    return tuple(
        Face(item.name, item.value, item.rarity, item.sprite, item.emoji) for item in items
    )


def draw_collection(
    canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance, phase: float = 0.0
) -> None:
    """Draw a collection in a region of a page.

    Args:
        canvas: the page.
        box: where.
        faces: the player items, the best first.
        look: how the page looks.
        phase: how far a ticker has run, 0.0 to 1.0.
    """
    if box.width < 4 or box.height < 1:
        return
    if not faces:
        faint = mix(ink_on(look.page), look.page, 0.45)
        canvas.put(box.x, box.y, fitting_words(box.width, NOTHING_YET_BUT, NOTHING_YET), Pen(faint))
        return
    sheet = Canvas(box.width, box.height, look.page)
    where = Region(0, 0, *box.size)
    match look[Category.COLLECTION_LAYOUT].word:
        case "list":
            _list(sheet, where, faces, look)
        case "compact":
            _compact(sheet, where, faces, look)
        case "gallery":
            _gallery(sheet, where, faces, look)
        case "shelf":
            _shelf(sheet, where, faces, look)
        case "ticker":
            _ticker(sheet, where, faces, look, phase)
        case _:
            _grid(sheet, where, faces, look)
    canvas.paste(sheet, box.x, box.y)


def _mark(face: Face, look: Appearance) -> Runs:
    known = RARITY[face.rarity]
    return (run(f"{known.shape} {known.letter} ", _colour(face.rarity, look)),)


def _colour(rarity: Rarity, look: Appearance) -> str:
    return rarity_colour(rarity, look, look.page)


def _inks(look: Appearance) -> tuple[str, str]:
    plain = ink_on(look.page)
    return plain, mix(plain, look.page, 0.4)


def _grid(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """Cards with picture and name, an edge in the rarity's colour; where it is low, words."""
    if box.height < LOW_CARD:
        _grid_of_words(canvas, box, faces, look)
        return
    plain, _ = _inks(look)
    full = box.height >= FULL + 1 and box.width >= TWO
    wide, high = PICTURE + 2 if full else PICTURE + 1, FULL + 1 if full else LOW_CARD
    columns = max(1, (box.width + 1) // wide)
    tile = mix(look.page, plain, 0.07)
    for index, face in enumerate(faces):
        x, y = box.x + index % columns * wide, box.y + index // columns * high
        if y + high > box.bottom + (not full):
            break
        canvas.fill(Region(x, y, wide - 1, high - full), tile)
        for line in range(y, y + high - full):
            canvas.put(x, line, "▌", Pen(_colour(face.rarity, look)))
        names = name_lines(face.name, wide - 2)
        picture = Region(x + 1, y, wide - 2, high - full - len(names))
        draw_picture(canvas, picture, face, plain, full=full)
        for line, name in enumerate(names, picture.bottom):
            canvas.put(x + 1 + (wide - 2 - cell_len(name)) // 2, line, name, Pen(plain))


def _grid_of_words(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """Tiles of two lines."""
    plain, faint = _inks(look)
    columns = max(1, box.width // TILE)
    wide = box.width // columns
    tile = mix(look.page, plain, 0.07)
    for index, face in enumerate(faces):
        y = box.y + index // columns * 3
        x = box.x + index % columns * wide
        if y + 2 > box.bottom:
            break
        canvas.fill(Region(x, y, wide - 1, 2), tile)
        for line in (y, y + 1):
            canvas.put(x, line, "▌", Pen(_colour(face.rarity, look)))
        canvas.put(x + 2, y, cut_words(face.name, wide - 4), Pen(plain))
        canvas.write(x + 2, y + 1, (*_mark(face, look), run(f"{face.value:,}", faint)), clear=False)


def _list(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """A line each: mark, name, value."""
    plain, faint = _inks(look)
    wide = min(box.width, 48)
    for y, face in enumerate(faces[: box.height], box.y):
        value = f"{face.value:,}"
        canvas.write(box.x, y, _mark(face, look), clear=False)
        canvas.put(box.x + 4, y, cut_words(face.name, wide - len(value) - 6), Pen(plain))
        canvas.put(box.x + wide - len(value), y, value, Pen(faint))


def _compact(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """Names one after another, as closely as they stand."""
    plain, _ = _inks(look)
    x, y = box.x, box.y
    for face in faces:
        name = cut_words(face.name, box.width - 3)
        taken = cell_len(name) + 2
        if x > box.x and x + taken > box.right:
            x, y = box.x, y + 1
        if y >= box.bottom:
            break
        canvas.put(x, y, RARITY[face.rarity].shape, Pen(_colour(face.rarity, look)))
        canvas.put(x + 2, y, name, Pen(plain))
        x += taken + 2


def _gallery(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """Pictures in frames, of which only the corners are seen where it is low, and their names."""
    plain, _ = _inks(look)
    full = box.height >= FULL + 1 and box.width >= TWO
    wide, seen = (PICTURE + 2, HANGING) if full else (PICTURE, HANGING // 2)
    framed = box.height >= seen + 2 + PLATE
    frame = seen + 2 if framed else max(1, min(seen, box.height - PLATE))
    wall = mix(look.page, plain, 0.05)
    for index, face in enumerate(faces):
        row, column = divmod(index, max(1, box.width // (wide + 1)))
        x, y = box.x + column * (wide + 1), box.y + row * (frame + PLATE)
        if row and y + frame + PLATE > box.bottom:
            break
        pen, across = Pen(_colour(face.rarity, look)), ("━" if framed else " ") * (wide - 2)
        canvas.fill(Region(x, y, wide, frame), wall)
        for line in range(y, y + frame):
            canvas.put(x, line, "┃", pen)
            canvas.put(x + wide - 1, line, "┃", pen)
        if frame > 1:
            canvas.put(x, y, f"┏{across}┓", pen)
            canvas.put(x, y + frame - 1, f"┗{across}┛", pen)
        inside = Region(x + 1, y + framed, wide - 2, frame - 2 * framed)
        draw_picture(canvas, inside, face, pen.front, full=full)
        _plate(canvas, Region(x, y + frame, wide, PLATE), face, Pen(plain))


def _shelf(canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance) -> None:
    """Pictures that stand on boards; where it is low, their names are on the boards."""
    plain, faint = _inks(look)
    full = box.height >= FULL + 1 and box.width >= TWO
    wide, seen = (PICTURE + 1, HANGING) if full else (PICTURE, HANGING // 2)
    beside = box.height > seen + PLATE
    seen = max(1, min(seen, box.height - PLATE))
    board, edge = "#8a5a2f", "#5a3a1c"
    high, columns = seen + beside + PLATE, max(1, box.width // wide)
    for row in range(max(1, box.height // high)):
        y = box.y + row * high
        if not beside:
            canvas.fill(Region(box.x, y + seen, box.width, PLATE), edge)
        for column, face in enumerate(faces[row * columns : (row + 1) * columns]):
            x = box.x + column * wide
            picture = Region(x, y, wide - 1, seen)
            draw_picture(canvas, picture, face, plain, full=full, floor=True)
            ink = plain if face.rarity.rank >= Rarity.EPIC.rank else faint
            pen = Pen(ink) if beside else Pen(ink_on(edge))
            _plate(canvas, Region(x, y + seen + beside, wide - 1, PLATE), face, pen)
        if beside:
            canvas.put(box.x, y + seen, "▀" * box.width, Pen(board, edge))


def _plate(canvas: Canvas, box: Region, face: Face, pen: Pen) -> None:
    for y, name in enumerate(name_lines(face.name, box.width), box.y):
        canvas.put(box.x + (box.width - cell_len(name)) // 2, y, name, pen)


def _ticker(
    canvas: Canvas, box: Region, faces: Sequence[Face], look: Appearance, phase: float
) -> None:
    """One line that runs by, between two rules."""
    plain, faint = _inks(look)
    words: list[tuple[str, Pen]] = []
    for face in faces:
        colour = _colour(face.rarity, look)
        parts = ((RARITY[face.rarity].shape, colour), (f" {face.name} ", plain))
        for text, ink in (*parts, (f"{face.value:,}   ", faint)):
            words += [(letter, Pen(ink)) for letter, _ in clusters(text)]
    start = int(phase * len(words)) % len(words)
    line = Canvas(box.width, 1, mix(look.page, plain, 0.06))
    x, place = 0, start
    while x < box.width and place < start + 3 * len(words) + box.width:
        text, pen = words[place % len(words)]
        x = line.put(x, 0, text, pen)
        place += 1
    y = box.y + min(1, box.height - 1)
    canvas.paste(line, box.x, y)
    for rule in (y - 1, y + 1):
        if box.y <= rule < box.bottom and rule != y:
            canvas.put(box.x, rule, "┄" * box.width, Pen(faint))


def draw_picture(
    canvas: Canvas, box: Region, face: Face, ink: str, *, full: bool, floor: bool = False,
    shadow: str = "",
) -> None:  # fmt: skip
    """A player item's picture in the middle of a region, or standing on its floor.

    With a `shadow` only its outline is seen, filled with that colour.
    """
    pixels = _pixels(face.drawn, full)
    if shadow:
        pixels = tuple(tuple(shadow if pixel else None for pixel in row) for row in pixels)
    if not pixels:
        sign = "?" if shadow else face.emoji or RARITY[face.rarity].shape
        middle = box.y + box.height // 2
        canvas.put(box.x + (box.width - cell_len(sign)) // 2, middle, sign, Pen(ink))
        return
    wide, high = len(pixels[0]), len(pixels) // 2
    x = box.x + (box.width - wide) // 2
    y = box.y + (box.height - high if floor else (box.height - high) // 2)
    canvas.pixels(max(box.x, x), max(box.y, y), pixels[: 2 * box.height])


@lru_cache(maxsize=256)
def _pixels(sprite: str, full: bool) -> Pixels:
    try:
        rows = parse(sprite).rows
    except ValueError:
        return ()
    if full or not rows:
        return rows
    halved = tuple(
        tuple(_seen(rows, x, y) for x in range(0, len(rows[0]) - 1, 2))
        for y in range(0, len(rows) - 1, 2)
    )
    return halved if len(halved) % 2 == 0 else (*halved, (None,) * len(halved[0]))


def _seen(rows: Pixels, x: int, y: int) -> str | None:
    """What is seen of four pixels from afar: the colour that most of them have."""
    four = [rows[y][x], rows[y][x + 1], rows[y + 1][x], rows[y + 1][x + 1]]
    painted = [pixel for pixel in four if pixel is not None]
    return max(painted, key=painted.count) if len(painted) >= 2 else None
