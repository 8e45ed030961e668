"""Card styles: where picture, name, rank and figures stand on a player's card."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from textual.geometry import Region, Size

from inventui.rules.style import Style
from inventui.widgets.avatar import avatar, avatar_cells, avatar_pixels
from inventui.widgets.canvas import clusters, cut, runs_length
from inventui.widgets.card_facts import stats_lines
from inventui.widgets.look import GEM, ORANGE
from inventui.widgets.paint import Pen, Runs, legible, mix, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inventui.widgets.canvas import Canvas
    from inventui.widgets.card_facts import CardFacts
    from inventui.widgets.style import Outlook

BAR = 10
"""Most cells of the bar that shows the way to the next rank."""

NO_GLOW = Style("none")

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card in the making.

    Attributes:
        box: what is inside the frame.
        inner: the same without the margin that text keeps.
        phase: where a moving name stands.
        stats: whether the figures belong on it.
    """

    canvas: Canvas
    facts: CardFacts
    look: Outlook
    box: Region
    inner: Region
    phase: float = 0.0
    stats: bool = True

    def glow(self, room: Size) -> Style:
        """The glow that is worn, unless it would leave no room for the picture."""
        look = self.look
        fits = avatar_cells(
            look.avatar_size.word, look.avatar_glow.word, room, self.box.height
        ).width  # fmt: skip
        return look.avatar_glow if fits else NO_GLOW

    def picture_size(self, room: Size) -> Size:
        """Cells of the avatar with its glow, in so much room at most."""
        word = self.look.avatar_size.word
        return avatar_cells(word, self.glow(room).word, room, self.box.height)

    def picture(self, x: int, y: int, room: Size) -> None:
        """Paint the avatar, its corner at (x, y)."""
        glow = self.glow(room)
        width, height = avatar_pixels(
            self.look.avatar_size.word, glow.word, room, self.box.height
        )  # fmt: skip
        if width:
            ground = self.canvas.back_at(x, y)
            self.canvas.pixels(x, y, avatar(self.facts.name, width, height, glow, ground))

    def place(self, x: int, y: int, width: int, runs: Runs, at: float = LEFT) -> None:
        """Write a line within `width` cells from x on, left, in the middle or right."""
        if runs:
            self.canvas.write(x + int((width - runs_length(runs)) * at), y, runs)

    def column(self, x: int, y: int, width: int, lines: Sequence[Runs], at: float = LEFT) -> None:
        """Write lines one below the other."""
        for number, runs in enumerate(lines):
            self.place(x, y + number, width, runs, at)

    def block(self, y: int, lines: Sequence[Runs]) -> None:
        """Write lines in the middle of the card, but keep their edge, so that columns stay."""
        widest = max((runs_length(line) for line in lines), default=0)
        self.column(self.inner.x + (self.inner.width - widest) // 2, y, widest, lines)

    # Words

    def name(self, cells: int, *, capitals: bool = False, back: str = "") -> Runs:
        """Name and badge."""
        badge = self.look.badge_runs()
        taken = runs_length(badge) + 1 if badge else 0
        if taken + 4 > cells:
            badge, taken = (), 0
        text = self.facts.name.upper() if capitals else self.facts.name
        runs = self.look.name_runs(text, cells - taken, self.phase, back)
        return (*runs, run(" "), *badge) if badge else runs

    def rank(self, cells: int) -> Runs:
        """The rank with the way to the next one, as much of it as there is room for."""
        facts, look = self.facts, self.look
        room = cells - len(facts.rank) - 1
        if room < 3:
            return (run(cut(facts.rank, cells), look.plain),)
        bar = min(BAR, room)
        if room >= BAR // 2 + 2 + len(facts.points):
            bar = min(BAR, room - len(facts.points) - 1)
        full = min(bar, int(facts.progress * bar))
        runs: Runs = (
            run(f"{facts.rank} ", look.plain), run("▰" * full, look.ink),
            run("▱" * (bar - full), mix(look.ink, look.ground, 0.5)),
        )  # fmt: skip
        if room - bar > len(facts.points):
            runs = (*runs, run(f" {facts.points}", look.faint))
        return runs

    def purse(self, cells: int) -> Runs:
        """The balances, if they are to be seen."""
        facts, look = self.facts, self.look
        if facts.oranges is None or facts.gems is None:
            return ()
        both = (
            run(f"{ORANGE} "), run(f"{facts.oranges:,}", look.plain, "bold"), run(f"  {GEM} "),
            run(f"{facts.gems:,}", look.plain, "bold"),
        )  # fmt: skip
        if runs_length(both) <= cells:
            return both
        return both[:2] if runs_length(both[:2]) <= cells else ()

    def about(self, cells: int, most: int) -> list[Runs]:
        """Who it is, in at most so many lines, the most important first."""
        lines = [
            self.name(cells), self.look.title_runs(cells), self.rank(cells), self.purse(cells)
        ]  # fmt: skip
        return [line for line in lines if line][: max(0, most)]

    def figures(self, cells: int, most: int) -> list[Runs]:
        """The figures in their style."""
        return stats_lines(self.facts, self.look, cells, most) if self.stats else []

    def rule(self, x: int, y: int, width: int, glyph: str = "─", share: float = 0.6) -> None:
        """A line across."""
        if width > 0:
            colour = mix(self.look.ink, self.look.ground, share)
            self.canvas.put(x, y, glyph * width, Pen(colour))


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
    spare = height - top - gap - max(len(figures), min(4, height - top - gap))
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
    titled = bool(look.title) and height > 3
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
    """A stub torn along a line at the right, with the picture and a code on it."""
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
    """Bars that are the name's own."""
    seed = sha256(name.encode("utf-8", "replace")).digest()
    return "".join("▌▐│║┃█▏▎"[byte % 8] for byte in (seed * 3)[:cells])


def _number(name: str) -> str:
    return f"{int.from_bytes(sha256(name.encode('utf-8', 'replace')).digest()[:4]) % 10_000:04}"


def poster(sheet: Sheet) -> None:
    """A bill on a wall: bars above and below, the name in spaced capitals."""
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
