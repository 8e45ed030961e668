"""The juice stand: draws a shift, takes the moments at which a key was pressed."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from inventui.rules.streets.shift_game import Course, pours_of
from inventui.rules.streets.shifts import ShiftStyle
from inventui.screens.streets.stand_picture import Inks, Scene, stand_canvas
from inventui.screens.streets.stand_scene import State, scene_of
from inventui.screens.streets.stand_text import run_after
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Click
    from textual.timer import Timer

    from inventui.engine.streets.models import ShiftPaid, StreetsView
    from inventui.widgets.canvas.canvas import Canvas

FRAMES_A_SECOND = 30
COUNT_SECONDS = 0.8
"""How long a pay takes to be counted up."""


class Stand(CanvasWidget, can_focus=True):
    """The stand as it is now; asks for a press of the key with `Pressed`.

    Attributes:
        timer: the seconds that the game is timed by.
        by_choice: whether one works by choice instead of by timing.
        waiting: a line about what waits in escrow, or "".
        said: what BigPulp says instead of his remarks, or "".
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Up", show=False),
        Binding("k", "choose(-1)", "Up", show=False, id="everywhere.up"),
        Binding("down", "choose(1)", "Down", show=False),
        Binding("j", "choose(1)", "Down", show=False, id="everywhere.down"),
    ]

    DEFAULT_CSS = """
    Stand { background: $surface; }
    """

    class Pressed(Message):
        """The stand was clicked: the same as the key."""

    class Opened(Message):
        """The first tap of a shift is open: it counts from now on."""

    class Poured(Message):
        """Every glass is filled; `skill` is what it was worth."""

        def __init__(self, skill: int) -> None:
            self.skill = skill
            super().__init__()

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.now = now
        self.timer: Callable[[], float] = monotonic
        self.view: StreetsView | None = None
        self.by_choice = False
        self.waiting = ""
        self.perfects = 0
        self._style = list(ShiftStyle).index(ShiftStyle.STEADY)
        self._course: Course | None = None
        self._shift = 0
        self._elapsed = 0
        self._began = 0.0
        self._opened = False
        self._paid: ShiftPaid | None = None
        self._counted = 0
        self._run: Timer | None = None
        self.said = ""

    # What is going on

    @property
    def playing(self) -> bool:
        """Whether a shift is being poured."""
        return self._course is not None and not self._course.done

    @property
    def style(self) -> ShiftStyle:
        """The way to work that is chosen."""
        return list(ShiftStyle)[self._style]

    def show(self, view: StreetsView) -> None:
        """The streets are so now."""
        self.view = view
        self.repaint()

    def forget(self) -> None:
        """Somebody else stands here now."""
        self._drop()
        self.view = self._paid = self._course = None
        self.perfects, self.waiting = 0, ""

    def tick(self) -> None:
        """A second has passed."""
        if not self.playing:
            self.repaint()

    def say(self, words: str) -> None:
        """Let BigPulp say something, until there is something else to be said."""
        self.said = words
        self.repaint()

    def action_choose(self, by: int) -> None:
        """Another way to work."""
        if self.by_choice:
            self._style = max(0, min(len(ShiftStyle) - 1, self._style + by))
            self.repaint()

    # A shift

    def begin(self, player: int) -> None:
        """Set up the glasses of the next shift; the first tap opens in a moment."""
        if self.view is None or self.playing:
            return
        self._stop()
        self._paid, self.said = None, ""
        self._shift = self.view.shift_number
        self._course = Course(pours_of(player, self._shift))
        self._elapsed, self._began, self._opened = 0, self.timer(), False
        self._run = self.set_interval(1 / FRAMES_A_SECOND, self.frame)
        self.repaint()

    def press(self) -> None:
        """Close the tap that is open."""
        if self._course is not None and self.playing:
            self._elapsed = round((self.timer() - self._began) * 1000)
            self._go_on(self._course.close_tap(self._elapsed))

    def frame(self) -> None:
        """Let the juice flow on until now."""
        if self._course is not None and self.playing:
            self._elapsed = round((self.timer() - self._began) * 1000)
            self._go_on(self._course.at(self._elapsed))

    def _go_on(self, course: Course) -> None:
        self._course = course
        if not self._opened and (course.ends or course.open_at(self._elapsed)):
            self._opened = True
            self.post_message(self.Opened())
        if course.done:
            self._stop()
            self.perfects = run_after(self.perfects, course.verdicts)
            self.post_message(self.Poured(course.skill))
        self.repaint()

    def leave(self) -> None:
        """Walk away from a shift: once a tap was opened it counts, with what was poured."""
        skill = self.poured()
        if self.playing:
            self._drop()
        if skill is not None:
            self.perfects = 0
            self.post_message(self.Poured(skill))

    def poured(self) -> int | None:
        """The skill of a shift that is left just now, or None if no tap was opened."""
        if self._course is None or not self.playing:
            return None
        self._elapsed = round((self.timer() - self._began) * 1000)
        course = self._course.close_tap(self._elapsed)
        return course.skill if course.ends else None

    def _drop(self) -> None:
        """Take the glasses away."""
        self._stop()
        self._course = None
        self.repaint()

    def pay(self, paid: ShiftPaid, *, motion: bool) -> None:
        """Show what a shift paid."""
        self._stop()
        self._paid, self.said = paid, ""
        if self.by_choice or paid.abandoned:
            self._course = None
        self._counted = 0 if motion else paid.pay
        if motion:
            began = self.timer()

            def count() -> None:
                share = min(1.0, (self.timer() - began) / COUNT_SECONDS)
                self._counted = round(paid.pay * share)
                if share >= 1:
                    self._stop()
                self.repaint()

            self._run = self.set_interval(1 / FRAMES_A_SECOND, count)
        self.repaint()

    def not_paid(self) -> None:
        """The shift was refused: the glasses are taken away."""
        self._course = None
        self.repaint()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None

    # The picture

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._strips = []

    def paint(self, width: int, height: int) -> Canvas:
        """The stand in so many cells."""
        back = self.background_colors[1].hex6.lower()
        state = self.state()
        scene = Scene() if state is None else scene_of(state, Inks.on(back))
        return stand_canvas(scene, session_of(self).appearance, back, width, height)

    def state(self) -> State | None:
        """How it stands now, or None until anything is known."""
        if self.view is None:
            return None
        return State(
            view=self.view,
            now=self.now(),
            motion=session_of(self).motion,
            course=self._course,
            elapsed=self._elapsed,
            shift=self._shift,
            paid=self._paid,
            counted=self._counted,
            by_choice=self.by_choice,
            style=self.style,
            perfects=self.perfects,
            waiting=self.waiting,
            said=self.said,
        )

    async def _on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Pressed())
