"""The daily bonus: seven boxes, one of them lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message

from inventui.rules.core.categories import Category
from inventui.rules.core.style import Style
from inventui.rules.streets import daily_bonus as daily_bonus_rules
from inventui.rules.streets.daily_bonus import daily_bonus
from inventui.screens.streets.stand_picture import Inks
from inventui.screens.streets.text import wait_words
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen, Runs, legible, run
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.player.page import draw_pulp
from inventui.widgets.session import session_of
from inventui.widgets.theme import GEM, ORANGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click

    from inventui.engine.streets.models import StreetsView
    from inventui.widgets.canvas.appearance import Appearance

BOX_LINES = 6
WIDEST_BOX = 10
PULP_LINES = 6
"""Lines below the words from which BigPulp has room there; one more shows him whole."""

GOLD = "#ffd34d"


def taken(view: StreetsView) -> int:
    """How many days of the streak are taken."""
    return view.bonus_day - 1 if view.bonus_ready else view.streak


def words_of(view: StreetsView, now: int, inks: Inks) -> tuple[Runs, ...]:
    """What there is to take, and when there is more."""
    bonus = f"{ORANGE} {view.bonus_oranges}"
    if view.bonus_gems:
        bonus += f" and {GEM} {view.bonus_gems}"
    last, gems = daily_bonus(daily_bonus_rules.STREAK)
    rule = (
        run(
            f"Day {daily_bonus_rules.STREAK} brings {ORANGE} {last} and {GEM} {gems}. ", inks.faint
        ),
    )
    missed = (run("A day missed begins the seven anew.", inks.faint),)
    if view.bonus_ready or view.bonus_at <= now:
        return (
            (run(f"Day {view.bonus_day}: ", inks.plain), run(bonus, inks.accent, "bold"),
             run(" are yours. ", inks.plain), run("d ", inks.accent, "bold"),
             run("takes them.", inks.plain)),
            rule, missed,
        )  # fmt: skip
    return (
        (run("Today's bonus is taken.", inks.good),),
        (run(f"Day {view.bonus_day}, {bonus}, in ", inks.plain),
         run(wait_words(view.bonus_at - now), inks.plain, "bold"),
         run(", at 00:00 UTC.", inks.plain)),
        rule, missed,
    )  # fmt: skip


def pulp_words(view: StreetsView) -> str:
    """What BigPulp says to it."""
    if not view.bonus_ready:
        if view.streak == daily_bonus_rules.STREAK:
            return "Seven days! I had this gem polished for you."
        return "Come back tomorrow. I count days, not excuses."
    if view.bonus_day == daily_bonus_rules.STREAK:
        return "Day seven! Take it before I change my mind."
    if view.bonus_day == 1:
        return "A new week of mornings. The first is on me."
    return "You came back. I like customers who come back."


def week_canvas(
    view: StreetsView, now: int, look: Appearance, back: str, width: int, height: int
) -> Canvas:
    """The boxes and the words in so many cells."""
    canvas, inks = Canvas(width, height, back), Inks.on(back)
    box = min(WIDEST_BOX, width // daily_bonus_rules.STREAK)
    gap = 1 if daily_bonus_rules.STREAK * (box + 1) - 1 <= width else 0
    left = (width - daily_bonus_rules.STREAK * (box + gap) + gap) // 2
    lines, airy = words_of(view, now, inks), height > BOX_LINES + 5
    # The line above the boxes is BigPulp's where he lacks no more than one.
    lacks_one = height - BOX_LINES - len(lines) - 2 == PULP_LINES
    top = int(airy and not lacks_one)
    for day in range(1, daily_bonus_rules.STREAK + 1):
        _draw_box(canvas, Region(left + (day - 1) * (box + gap), top, box, BOX_LINES), day, view,
                  inks)  # fmt: skip
    y = top + BOX_LINES + airy
    for line in lines:
        canvas.write(left + 1, y, line)
        y += 1
    if height - y >= PULP_LINES:
        dressed = look.wearing(
            {
                Category.PAGE_BACKGROUND: Style("colour", (back,)),
                Category.BIGPULP_POSITION: Style("left"),
            }
        )
        draw_pulp(canvas, Region(left, y, width - 2 * left, height - y), dressed, pulp_words(view))
    return canvas


def _draw_box(canvas: Canvas, box: Region, day: int, view: StreetsView, inks: Inks) -> None:
    """One day: taken ones have a tick, today's is lit, the last one is gold."""
    have, here = day <= taken(view), view.bonus_ready and day == view.bonus_day
    oranges, gems = daily_bonus(day)
    edge = inks.accent if here else inks.faint
    glyphs = "┏━┓┃┗┛" if here else "╭─╮│╰╯"
    pen = Pen(edge, manner="bold" if here else "")
    across = box.width - 2
    canvas.put(box.x, box.y, glyphs[0] + glyphs[1] * across + glyphs[2], pen)
    canvas.put(box.x, box.bottom - 1, glyphs[4] + glyphs[1] * across + glyphs[5], pen)
    for y in range(box.y + 1, box.bottom - 1):
        canvas.put(box.x, y, glyphs[3], pen)
        canvas.put(box.right - 1, y, glyphs[3], pen)
    tight = across < 6
    gold = legible(GOLD, inks.back)
    worth = inks.faint if have else gold if day == daily_bonus_rules.STREAK else inks.plain
    lines = (
        (f"day {day}", inks.plain if here else inks.faint),
        (f"{ORANGE}{'' if tight else ' '}{oranges}", worth),
        (f"{GEM}{'' if tight else ' '}{gems}" if gems else "", worth),
        ("✓" if have else "today" if here else "", inks.good if have else inks.accent),
    )
    for y, (words, front) in enumerate(lines, box.y + 1):
        line = (run(words, front, "bold" if here else ""),)
        cells = sum(2 if glyph in (ORANGE, GEM) else 1 for glyph in words)
        canvas.write(box.x + 1 + (across - cells) // 2, y, line, clear=False)


class Week(CanvasWidget, can_focus=True):
    """The bonus as it stands now; a click asks for it with `Pressed`."""

    DEFAULT_CSS = """
    Week { background: $surface; }
    """

    class Pressed(Message):
        """The boxes were clicked."""

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.now = now
        self.view: StreetsView | None = None

    def show(self, view: StreetsView | None) -> None:
        """The bonus stands so now."""
        self.view = view
        self.repaint()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._strips = []

    def paint(self, width: int, height: int) -> Canvas:
        """The week in so many cells."""
        back = self.background_colors[1].hex6.lower()
        if self.view is None:
            return Canvas(width, height, back)
        return week_canvas(self.view, self.now(), session_of(self).appearance, back, width, height)

    async def _on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Pressed())
