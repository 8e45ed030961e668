"""Asking and changing the world without holding up the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual._compositor import Compositor
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.widget import Widget

from inventui.rules.core.refusal import OUTDATED, Refusal
from inventui.widgets.errors import plain_sentence
from inventui.widgets.session import EVERYTHING, Changes, Session, WorldChanged, session_of

if TYPE_CHECKING:
    from textual._compositor import ReflowResult
    from textual.dom import DOMNode
    from textual.geometry import Size
    from textual.timer import Timer
    from textual.worker import Worker

    _Base = Widget
else:
    _Base = object

Answer = TypeVar("Answer")


OPENING = "opening"
"""Group of the questions whose answer opens a window, or decides what a key does: keys wait for
it, but for those that are typed into a field."""


class Opened(Message):
    """Such a question was answered."""


def background(
    node: DOMNode,
    job: Callable[[], Coroutine[Any, Any, None]],
    *,
    group: str,
    exclusive: bool = False,
) -> Worker[None]:
    """Start a job that belongs to a node.

    The function is handed over, not its coroutine: a job that is cancelled before it
    began would leave one behind that nobody awaits.
    """
    worker: Worker[None] = node.run_worker(cast("Any", job), group=group, exclusive=exclusive)
    return worker


class WholeCompositor(Compositor):
    """A compositor that draws whatever has changed since it last laid out all of a screen.

    Textual lays out anew when somebody asks meanwhile where a widget is, and compares with that:
    what came by then would neither be drawn nor told that it is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self._laid_out = self._full_map

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out; what is hidden, shown and resized since the last time."""
        self._full_map = self._laid_out
        result = super().reflow(parent, size)
        self._laid_out = self._full_map
        return result


class Working(_Base):
    """Mixin for screens: engine calls in a thread, answers back on the screen's own loop.

    `ask` and `act` take plain functions that may block; `then` runs on the screen and may
    touch widgets. A screen that has gone by then hears nothing.
    """

    _dismissed = False

    once = False
    """Whether a key that is held down is at work: it has done already what it does."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("Any", self)._compositor = WholeCompositor()

    @property
    def session(self) -> Session:
        """World, player and settings."""
        return session_of(self)

    def set_interval(
        self, interval: float, callback: Callable[..., Any] | None = None, **options: Any
    ) -> Timer:
        """Do something again and again, until the widgets that it needs are taken down."""

        def again() -> Any:
            return callback() if callback is not None and self._is_there() else None

        return super().set_interval(interval, again, **options)

    def ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], object],
        *,
        group: str = "ask",
    ) -> Worker[None]:
        """Read something; a newer question of the same group makes an older answer void.

        So does another player. What `then` changes, a key that is held down does not change again.
        """
        asker, once = self.session.player, self.once

        async def work() -> None:
            try:
                answer = await asyncio.to_thread(question)
            except Exception as error:
                self.say_world_error(error)
                return
            now = self.session.player
            if self._is_there() and (asker is None or now is None or asker.id == now.id):
                before, self.once = self.once, once
                try:
                    then(answer)
                finally:
                    self.once = before
            if group == OPENING:
                self.app.post_message(Opened())

        return background(self, work, group=group, exclusive=True)

    def act(
        self,
        operation: Callable[[], Answer | Refusal],
        then: Callable[[Answer], object] | None = None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        group: str = "act",
        changes: Changes = EVERYTHING,
    ) -> bool:
        """Change something; False (and nothing happens) while the last operation still runs.

        Nor does a key that is held down change anything again.

        A refusal goes to `refused`, or becomes a toast; where it says that what was on show is
        not so any more, the whole app asks again. Success tells the whole app what
        of the world may have changed, after `then`; of no changes it is not told.
        """
        if self.once:
            session_of(self).withheld = True
            return False
        if self.acting(group):
            return False

        async def work() -> None:
            try:
                outcome = await asyncio.to_thread(operation)
            except Exception as error:
                self.say_world_error(error)
                return
            if isinstance(outcome, Refusal):
                if self._is_there():
                    (refused or self.say_refusal)(outcome)
                if outcome.reason in OUTDATED:
                    self.look_again()
                return
            if then is not None and self._is_there():
                then(outcome)
            if changes:
                self.app.post_message(WorldChanged(changes, outcome))

        background(self, work, group=f"act-{group}")
        return True

    def acting(self, group: str = "act") -> bool:
        """Whether an operation of this group is under way."""
        return any(
            worker.group == f"act-{group}" and not worker.is_finished
            for worker in self.workers
            if worker.node is self
        )

    @property
    def is_loading(self) -> bool:
        """Whether the answer to a question is still to come, the screen's or one of its lists'."""
        return any(
            not worker.is_finished
            and not worker.group.startswith("act-")
            and isinstance(worker.node, Widget)
            and worker.node.screen is cast("object", self)
            for worker in self.workers
        )

    def look_again(self) -> None:
        """The world may not be as it is shown: let the whole app ask again."""
        self.app.post_message(WorldChanged())

    def enter_room(self, slug: str, part: str | None = None) -> None:
        """Go to a room; to a part of it, the first if `part` is empty, else the last shown."""
        self.app.call_later(self.app.run_action, f"room({slug!r}, {part!r})")

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close with a result, once: an answer may come when a key has closed it already."""
        again, self._dismissed = self._dismissed, True
        closed: AwaitComplete = (
            cast("Any", AwaitComplete).nothing() if again else cast("Any", super()).dismiss(result)
        )
        return closed

    def _is_there(self) -> bool:
        """Whether there still is someone to answer: not closing, not closed."""
        return self.app.is_running and self.is_attached and self.display

    def say_world_error(self, error: Exception) -> None:
        """A broken machine is told in its own words; a bug goes on to the log."""
        said = plain_sentence(error)
        if said is None:
            raise error
        self.app.notify(said, severity="error", markup=False)

    def say_refusal(self, refusal: Refusal) -> None:
        """Show why something was refused, and what would help."""
        self.app.notify(refusal.message, severity="warning", markup=False)
