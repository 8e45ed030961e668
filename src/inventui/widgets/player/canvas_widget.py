"""`CanvasWidget`: a widget that shows one picture and draws only its changed lines.

Textual draws all of a widget that is refreshed. A card whose name shimmers 8 times a second,
or sparks that fly at 24 frames a second, would send the whole picture each time, and bytes are
what a terminal over a network waits for. So every frame is painted as a whole on a canvas, its
strips are compared with those on screen, and only the lines that differ are refreshed; a line
that is equal keeps its old strip, with what Textual has cached for it.

What moves has two clocks: `phase` goes round in 3 s for styles that always move, and stands
while another screen is on top; `celebrate` and `enter` play once and end by themselves.
Without motion both show their last moment at once.

What must hold: `paint` depends on the size and on what the widget was told, and returns a
canvas that nobody paints on afterwards (it may be one that is kept elsewhere); what changes a
picture calls `repaint`, never `refresh`.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from textual.geometry import Region
from textual.strip import Strip

from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.canvas.celebration import CONFETTI, MANY, SECONDS, celebrate
from inventui.widgets.line_cache import KeptLines
from inventui.widgets.player import entrance

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from inventui.rules.core.style import Style

STILL_FRAMES = 8
"""Frames a second of what moves all the time, such as a shimmering name."""

QUICK_FRAMES = 24
"""Frames a second of what moves for a moment."""

ROUND_SECONDS = 3.0
"""How long what moves all the time takes to come round."""


_STRIPS: WeakKeyDictionary[Canvas, list[Strip]] = WeakKeyDictionary()


def strips_of(canvas: Canvas) -> list[Strip]:
    """The lines of a canvas that is not painted on any more, made once."""
    strips = _STRIPS.get(canvas)
    if strips is None:
        strips = _STRIPS[canvas] = canvas.strips()
    return list(strips)


class CanvasWidget(KeptLines):
    """A picture. A subclass writes `paint`, and calls `repaint` when it has something new.

    Attributes:
        phase: where what moves all the time stands, 0.0 to 1.0.
        page_back: what is seen where the picture is not yet, while it enters.
    """

    DEFAULT_CSS = """
    CanvasWidget { width: 1fr; height: 1fr; }
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.phase = 0.0
        self.page_back = "#000000"
        self._strips: list[Strip] = []
        self._moving = False
        self._steady: Timer | None = None
        self._quick: Timer | None = None
        self._party: tuple[Style, str, float] | None = None
        self._coming: tuple[str, float] | None = None

    def paint(self, width: int, height: int) -> Canvas:
        """The picture in so many cells; it is not painted on again."""
        return Canvas(width, height)

    def repaint(self) -> None:
        """Paint anew, and draw the lines that have changed."""
        width, height = self.content_size
        if not width or not height:
            return
        canvas = self.paint(width, height)
        if self._party is not None:
            over = Canvas(width, height)
            over.paste(canvas, 0, 0)
            style, seed, moment = self._party
            celebrate(over, style, seed, moment, MANY * max(1, width * height // 900))
            canvas = over
        strips = strips_of(canvas)
        if self._coming is not None:
            strips = entrance.entering(strips, *self._coming, self.page_back)
        old, self._strips = self._strips, strips
        if len(old) != len(strips) or (old and old[0].cell_length != strips[0].cell_length):
            self.refresh()
            return
        changed = []
        for y, (before, after) in enumerate(zip(old, strips, strict=True)):
            if before == after:
                # What the terminal is sent for it is known already.
                strips[y] = before
            else:
                changed.append(Region(0, y, width, 1))
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if not self._strips:
            self.repaint()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def on_resize(self) -> None:
        """Another size."""
        self.repaint()

    # What moves

    def keep_moving(self, moving: bool) -> None:
        """Let `phase` run round, or hold it at 0.0."""
        self._moving = moving
        if moving and self._steady is None and self.is_attached:
            self._steady = self.set_interval(1 / STILL_FRAMES, self._step)
        elif not moving and self._steady is not None:
            self._steady.stop()
            self._steady = None
            self.phase = 0.0

    def on_mount(self) -> None:
        """What was told to move before there was a screen moves now."""
        self.keep_moving(self._moving)

    def _step(self) -> None:
        if self.screen.is_current:
            self.phase = round((self.phase + 1 / STILL_FRAMES / ROUND_SECONDS) % 1.0, 3)
            self.repaint()

    def celebrate(self, style: Style, seed: str, *, motion: bool) -> None:
        """Let a celebration fly over the picture; without motion it stands still.

        Args:
            style: the one that the player wears; nothing flies as confetti.
            seed: the same seed flies the same way.
            motion: whether anything may move.
        """
        style = CONFETTI if style.word not in SECONDS else style
        self._play(SECONDS[style.word], motion, lambda moment: self._fly(style, seed, moment))

    def _fly(self, style: Style, seed: str, moment: float) -> None:
        self._party = (style, seed, moment)

    def enter(self, word: str, *, motion: bool) -> None:
        """Let the picture come in as an entrance does; without motion it is simply there."""
        moving = motion and word in entrance.WORDS
        self._play(entrance.SECONDS, moving, lambda moment: self._come(word, moment))

    def _come(self, word: str, moment: float) -> None:
        self._coming = (word, moment) if moment < 1 else None

    def rest(self) -> None:
        """End what plays, and show the picture alone."""
        if self._quick is not None:
            self._quick.stop()
            self._quick = None
        self._party = self._coming = None

    def _play(self, seconds: float, motion: bool, show: Callable[[float], None]) -> None:
        self.rest()
        if not motion:
            show(1.0)
            self.repaint()
            return
        began = monotonic()

        def frame() -> None:
            moment = min(1.0, (monotonic() - began) / seconds)
            show(moment)
            self.repaint()
            if moment >= 1 and self._quick is not None:
                self._quick.stop()
                self._quick = None

        frame()
        self._quick = self.set_interval(1 / QUICK_FRAMES, frame)
