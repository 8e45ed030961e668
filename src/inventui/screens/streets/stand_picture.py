"""The juice stand as a picture: awning, taps, three glasses, and BigPulp behind the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.rules.streets.shift_game import BROAD, FULL, Flow, PourVerdict
from inventui.screens.streets.stand_text import FLOWS, verdict_words
from inventui.widgets.bigpulp.picture import WIDTH as PULP
from inventui.widgets.canvas.canvas import Canvas, cut_runs, runs_length
from inventui.widgets.colour import Pen, Runs, TextRun, ink_on, legible, mix, run
from inventui.widgets.player.page import draw_pulp

if TYPE_CHECKING:
    from inventui.rules.streets.shift_game import Course
    from inventui.widgets.canvas.appearance import Appearance

ROWS = 10
"""Lines of a glass: a tenth of it each, so that every line of the game lies in one's middle."""

INNER = 8
"""Cells across the inside of a glass."""

SLOT = INNER + 4
"""Cells of a glass with its walls and the arrows that point at its line."""

EIGHTHS = " ▁▂▃▄▅▆▇█"
JUICES = ("#ff9a2e", "#f5c451", "#ff6b5e")
"""Orange, lemon, blood orange."""

LEAST_JUICE = 2.2
"""Contrast of juice to what lies behind the glass."""

SPARKS = ((1, 1, "✦"), (5, 0, "✦"), (6, 2, "·"), (3, 2, "✦"), (2, 3, "·"), (5, 3, "✦"))
"""What flies out of a perfect glass, as far as there is room above the juice."""

ORANGE, GOOD, BAD = "#ff9a2e", "#8fce6b", "#ff6b5e"


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours that are read well on what lies behind."""

    back: str
    plain: str
    faint: str
    accent: str
    good: str
    bad: str

    @classmethod
    def on(cls, back: str) -> Inks:
        """The inks for a ground, `#rrggbb`."""
        plain = ink_on(back)
        return cls(
            back, plain, legible(mix(plain, back, 0.45), back), legible(ORANGE, back),
            legible(GOOD, back), legible(BAD, back),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass as it is just now.

    Attributes:
        level: thousandths of it that are full.
        line: where to stop.
        broad: whether its line is a broad one.
        flow: how the juice comes.
        open: whether its tap is.
        verdict: what was said of it, once it is poured.
        score: what it is worth then.
    """

    level: int
    line: int
    broad: bool
    flow: Flow
    open: bool = False
    verdict: PourVerdict | None = None
    score: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What is seen of the stand.

    Attributes:
        head: what stands above at the left.
        tail: what stands above at the right.
        glasses: the glasses, from the left; none where one works by choice.
        choices: lines in their place.
        foot: lines below, the most important first.
        words: what BigPulp says.
        juice: which of the juices flows.
    """

    head: Runs = ()
    tail: Runs = ()
    glasses: tuple[Glass, ...] = ()
    choices: tuple[Runs, ...] = ()
    foot: tuple[Runs, ...] = ()
    words: str = ""
    juice: int = 0


def glasses_of(course: Course, now: int) -> tuple[Glass, ...]:
    """The glasses of a shift so long after its beginning."""
    verdicts, scores = course.verdicts, course.scores
    return tuple(
        Glass(
            course.level(index, now),
            pour.line,
            pour.perfect >= BROAD,
            pour.flow,
            index == len(verdicts) and course.open_at(now),
            verdicts[index] if index < len(verdicts) else None,
            scores[index] if index < len(scores) else 0,
        )
        for index, pour in enumerate(course.pours)
    )


def stand_canvas(scene: Scene, look: Appearance, back: str, width: int, height: int) -> Canvas:
    """The scene in so many cells."""
    canvas, inks = Canvas(width, height, back), Inks.on(back)
    room = width - 3 - runs_length(scene.tail)
    canvas.write(1, 0, scene.head if runs_length(scene.head) <= room else scene.head[:1])
    canvas.write(width - 1 - runs_length(scene.tail), 0, scene.tail)
    foot = scene.foot[: max(1, height - ROWS - 3)]
    top = 1
    free = height - top - ROWS - 2 - len(foot)
    if free > 0:
        _draw_awning(canvas, top, inks)
        top += 1
        free -= 1
    middle = max(0, free // 2)
    shelf = width if width < 3 * SLOT + PULP else width - max(PULP + 2, width - 3 * (SLOT + 3))
    if scene.glasses:
        _draw_glasses(canvas, top + middle, scene, shelf, inks)
    for y, line in enumerate(scene.choices, top + middle + 1):
        canvas.write(1, y, cut_runs(line, shelf - 2))
    if shelf < width:
        box = Region(shelf, top, width - shelf, height - top - len(foot) - (free > 1))
        # He stands to the right of the glasses, wherever he stands elsewhere.
        dressed = look.wearing(
            {
                Category.PAGE_BACKGROUND: Style("colour", (back,)),
                Category.BIGPULP_POSITION: Style("right"),
            }
        )
        draw_pulp(canvas, box, dressed, scene.words)
    for y, line in enumerate(foot, height - len(foot)):
        canvas.write(1, y, line)
    return canvas


def _draw_awning(canvas: Canvas, y: int, inks: Inks) -> None:
    stripes = (legible(ORANGE, inks.back, 2.0), mix(inks.plain, inks.back, 0.2))
    for x in range(0, canvas.width, 3):
        canvas.put(x, y, "▀▀▀", Pen(stripes[x // 3 % 2]))


def _draw_glasses(canvas: Canvas, y: int, scene: Scene, shelf: int, inks: Inks) -> None:
    pitch = max(SLOT, min(SLOT + 4, shelf // max(1, len(scene.glasses))))
    turn = next((i for i, glass in enumerate(scene.glasses) if glass.verdict is None), None)
    for index, glass in enumerate(scene.glasses):
        juice = legible(JUICES[(scene.juice + index) % len(JUICES)], inks.back, LEAST_JUICE)
        _draw_glass(canvas, index * pitch, y, glass, juice, inks, turn=index == turn)


def _draw_glass(
    canvas: Canvas, x: int, y: int, glass: Glass, juice: str, inks: Inks, *, turn: bool
) -> None:
    """One glass with its line, its juice, and what is said of it."""
    wall = Pen(inks.plain if turn or glass.verdict is not None else inks.faint)
    mark = Pen(inks.good, manner="bold")
    eighths = glass.level * ROWS * 8 // FULL
    left = x + 2
    for row in range(ROWS):
        line_y = y + ROWS - 1 - row
        full = max(0, min(8, eighths - 8 * row))
        marked = row == glass.line * ROWS // FULL
        canvas.put(x + 1, line_y, "│", wall)
        canvas.put(left + INNER, line_y, "│", wall)
        sign = "━" if glass.broad else "─"
        if marked and full in (0, 8):
            pen = mark if full == 0 else Pen("#1a1410", juice, "bold")
            canvas.put(left, line_y, sign * INNER, pen)
        else:
            canvas.put(left, line_y, EIGHTHS[full] * INNER, Pen(juice))
        if glass.open and full == 0:
            canvas.put(left + INNER // 2, line_y, "┃", Pen(juice))
        if marked:
            canvas.put(x, line_y, "▸", mark)
            canvas.put(left + INNER + 1, line_y, "◂", mark)
    base = y + ROWS
    canvas.put(x + 1, base, "╰" + "─" * INNER + "╯", wall)
    if glass.verdict is PourVerdict.PERFECT:
        for dx, dy, spark in SPARKS:
            if y + dy < base - glass.line * ROWS // FULL - 1:
                canvas.put(left + dx, y + dy, spark, Pen(inks.accent, manner="bold"))
    if glass.verdict is PourVerdict.SPILT:
        canvas.put(x, base, "≈", Pen(juice, manner="bold"))
        canvas.put(left + INNER + 1, base, "≈", Pen(juice, manner="bold"))
    words = _below(glass, inks)
    canvas.put(x + 1 + (INNER + 2 - cell_len(words.text)) // 2, base + 1, *words)


def _below(glass: Glass, inks: Inks) -> TextRun:
    if glass.verdict is None:
        return run(FLOWS[glass.flow], inks.plain if glass.open else inks.faint)
    words = verdict_words(glass.verdict, glass.score)
    match glass.verdict:
        case PourVerdict.PERFECT:
            return run(words, inks.accent, "bold")
        case PourVerdict.GOOD:
            return run(words, inks.good)
        case PourVerdict.SPILT:
            return run(words, inks.bad, "bold")
        case _:
            return run(words, inks.plain)
