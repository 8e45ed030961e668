"""Card styles: where picture, name, rank and figures stand on a player's card."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from textual.geometry import Region, Size

from inventui.rules.core.categories import Category
from inventui.widgets.canvas.canvas import clusters, runs_length
from inventui.widgets.colour import Pen, Runs, legible, mix, run
from inventui.widgets.player.card_sheet import CENTRE, Sheet
from inventui.widgets.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def default(sheet: Sheet) -> None:
    """The picture at the left, words beside it, figures below."""
    x, y, width, height = sheet.inner
    room = Size(width - 12, height - (2 if sheet.stats and height >= 6 else 0))
    size = sheet.picture_size(room)
    beside = x + size.width + (2 if size.width else 0)
    words = sheet.about(x + width - beside, max(size.height, min(4, height)))
    top = max(size.height, len(words))
    gap = 1 if height - top >= 3 else 0
    figures = sheet.figures(width, height - top - gap)
    # As if there were four figures, so that the picture stays where it is in every style.
    kept = min(4, height - top - gap) if sheet.stats else 0
    spare = height - top - gap - max(len(figures), kept)
    ruled = spare >= 2 and bool(figures)
    y += (spare - 2 * ruled) // 2
    sheet.picture(x, y, room)
    sheet.column(beside, y + (top - len(words)) // 2, x + width - beside, words)
    if ruled:
        sheet.rule(x, y + top + 1, width, "─", 0.75)
    sheet.column(x, y + top + gap + 2 * ruled, width, figures)


def centred(sheet: Sheet) -> None:
    """Everything in the middle, one below the other."""
    x, y, width, height = sheet.inner
    room = Size(width, max(2, height - 4))
    size = sheet.picture_size(room)
    words = sheet.about(width, height - size.height - sheet.stats)
    left = height - size.height - len(words)
    figures = sheet.figures(width, left - (left > 2))
    used = size.height + len(words) + len(figures)
    gaps = min(2, max(0, height - used))
    at = y + (height - used - gaps) // 2
    sheet.picture(x + (width - size.width) // 2, at, room)
    at += size.height + (gaps == 2)
    sheet.column(x, at, width, words, CENTRE)
    sheet.block(at + len(words) + (gaps >= 1), figures)


def banner(sheet: Sheet) -> None:
    """The name on a band of colour, the picture hanging from it at the right."""
    canvas, look = sheet.canvas, sheet.look
    x, y, width, height = sheet.inner
    titled = bool(look[Category.TITLE].word) and height > 3
    high = 3 if height >= 10 else 1 + titled
    band = mix(look.ground, look.ink, 0.3)
    # The band runs from edge to edge, up to the frame.
    top = sheet.box.y
    canvas.fill(Region(sheet.box.x, top, sheet.box.width, high + y - top), band)
    room = Size(width - 12, height - 1)
    size = sheet.picture_size(room)
    sheet.picture(x + width - size.width, y if height < 10 else y + 1, room)
    cells = width - size.width - 2
    sheet.place(x, y + (high == 3 and not titled), cells, sheet.name(cells, back=band))
    if titled:
        ink = legible(mix(look.ink, "#ffffff", 0.4), band)
        title = tuple(run(text, ink, pen.manner) for text, pen in look.title_runs(cells))
        sheet.place(x, y + 1, cells, title)
    words = [line for line in (sheet.rank(cells), sheet.purse(cells)) if line]
    at = y + high + (1 if height >= 8 else 0)
    sheet.column(x, at, cells, words)
    at += len(words) + (1 if height >= 12 else 0)
    cells = width if at >= y + size.height + 1 else cells
    sheet.column(x, at, cells, sheet.figures(cells, y + height - at))


def ticket(sheet: Sheet) -> None:
    """A ticket: at the right of a dotted line the picture and a code."""
    canvas, look = sheet.canvas, sheet.look
    x, y, width, height = sheet.inner
    room = Size(max(8, width // 2 - 2), height)
    size = sheet.picture_size(room)
    stub = max(8, size.width)
    tear = x + width - stub - 2
    line = mix(look.plain, look.ground, 0.55)
    for row in range(sheet.box.y, sheet.box.bottom):
        canvas.clear(tear, row, 1)
        canvas.put(tear, row, "┊", Pen(line))
    left = tear + 2 + (stub - size.width) // 2
    sheet.picture(left, y, room)
    bars = _code(sheet.facts.name, stub)
    free = height - size.height
    if free >= 2:
        for row in range(min(2, free - 1)):
            sheet.place(tear + 2, y + height - 2 - row, stub, (run(bars, look.plain),))
        number = f"No {_number(sheet.facts.name)}"
        sheet.place(tear + 2, y + height - 1, stub, (run(number, look.faint),), CENTRE)
    cells = tear - x - 1
    head = "ADMIT ONE" if cells < 26 else "NIGHT MARKET · ADMIT ONE"
    lines: list[Runs] = [(run(cut(head, cells), look.faint),)] if height >= 4 else []
    lines += sheet.about(cells, height - len(lines))
    if height - len(lines) >= 4:
        lines.insert(1, ())
    figures = sheet.figures(cells, height - len(lines) - (height - len(lines) >= 3))
    sheet.column(x, y, cells, lines)
    sheet.column(x, y + height - len(figures), cells, figures)


def _code(name: str, cells: int) -> str:
    """A bar code made from the name."""
    seed = sha256(name.encode("utf-8", "replace")).digest()
    return "".join("▌▐│║┃█▏▎"[byte % 8] for byte in (seed * 3)[:cells])


def _number(name: str) -> str:
    return f"{int.from_bytes(sha256(name.encode('utf-8', 'replace')).digest()[:4]) % 10_000:04}"


def poster(sheet: Sheet) -> None:
    """A poster: bars above and below, the name in spaced capitals."""
    canvas, look = sheet.canvas, sheet.look
    x, y, width, height = sheet.inner
    box = sheet.box
    ink = mix(look.ink, look.ground, 0.15)
    for row, glyph in ((box.y, "▀"), (box.bottom - 1, "▄")):
        canvas.put(box.x, row, glyph * box.width, Pen(ink))
    # The bars take the first and the last line where the margin does not.
    if y == box.y:
        y, height = y + 1, height - 2
    room = Size(width, max(2, height - 3))
    size = sheet.picture_size(room)
    head = "THE NIGHT MARKET PRESENTS" if width >= 27 else "NOW ON STAGE"
    headed = height - size.height >= 5
    lines: list[Runs] = [(run(head, look.faint, "italic"),)] if headed else []
    name = _spaced_name(sheet, width)
    words = [name, look.title_runs(width), sheet.rank(width), sheet.purse(width)]
    most = height - size.height - len(lines) - sheet.stats
    words = [line for line in words if line][: max(1, most)]
    figures = sheet.figures(width, height - size.height - len(lines) - len(words))
    used = len(lines) + size.height + len(words) + len(figures)
    gap = 1 if height - used >= 1 else 0
    at = y + (height - used - gap) // 2
    sheet.column(x, at, width, lines, CENTRE)
    at += len(lines)
    sheet.picture(x + (width - size.width) // 2, at, room)
    # Rays to both sides of the picture.
    middle = at + size.height // 2
    arm = (width - size.width) // 2 - 3
    for side in (x + 1, x + (width + size.width) // 2 + 2):
        sheet.rule(side, middle, arm, "═", 0.4)
    at += size.height
    sheet.column(x, at, width, words, CENTRE)
    sheet.block(at + len(words) + gap, figures)


def _spaced_name(sheet: Sheet, width: int) -> Runs:
    """The name in capitals, spaced where there is room for that."""
    runs = sheet.name(width, capitals=True)
    spaced = [
        part._replace(text=" ".join(letter for letter, _ in clusters(part.text)))
        for part in runs
        if part.text.strip()
    ]
    joined: Runs = ()
    for part in spaced:
        joined = (*joined, run(" "), part) if joined else (part,)
    return joined if runs_length(joined) <= width else runs


def minimal(sheet: Sheet) -> None:
    """Name, a thin line, a few words; the picture small at the right."""
    x, y, width, height = sheet.inner
    room = Size(max(4, width // 2 - 2), max(2, height - 2))
    size = sheet.picture_size(room)
    cells = width - size.width - 3
    at = y + max(0, (height - size.height) // 3 if height > 8 else 0)
    sheet.picture(x + width - size.width, at, room)
    sheet.place(x, at, cells, sheet.name(cells))
    sheet.rule(x, at + 1, cells, "─", 0.55)
    title = sheet.look.title_runs(cells)
    words = [
        line for line in (title, (run(cut(sheet.facts.rank, cells), sheet.look.faint),)) if line
    ]
    sheet.column(x, at + 2, cells, words[: max(0, height - 2)])
    below = at + 2 + len(words) + (1 if height >= 8 else 0)
    cells = width if below >= at + size.height else cells
    figures = sheet.figures(cells, y + height - below)
    sheet.column(x, y + height - len(figures), cells, figures)


LAYOUTS: Mapping[str, Callable[[Sheet], None]] = {
    "default": default,
    "centred": centred,
    "banner": banner,
    "ticket": ticket,
    "poster": poster,
    "minimal": minimal,
}
"""How each card style lays out a card."""
