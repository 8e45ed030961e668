"""The part of the app that meets the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cached_cell_len
from textual import on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.notifications import Notify

from inventui.app.repaint import Repaint, Shown
from inventui.widgets.frame.actions import EVERYWHERE
from inventui.widgets.frame.taking_keys import TakesKeys
from inventui.widgets.frame.toasts import MOST_TOASTS, toast_time

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

DRAWN = (
    StylesCache.get_inner_outer, ANSIToTruecolor.truecolor_style, cached_cell_len,
    Region.overlaps, Region.contains_region, Region.translate, Region.grow, Region.shrink,
    Region.intersection, Region.union,
)  # fmt: skip
"""Textual's and Rich's caches of what the screens of late were drawn with, 1.5 MiB after ten rooms.
The first holds on to the widgets' own caches, and so to all lines of the last thousand widgets."""


class Driven(TakesKeys):
    """An app that is driven in our way, and goes to the shell and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+z",
            "suspend_process",
            "To the shell",
            show=False,
            priority=True,
            id=f"{EVERYWHERE}.to-shell",
        ),
        Binding(
            "ctrl+l",
            "draw_anew",
            "Draw anew",
            show=False,
            priority=True,
            id=f"{EVERYWHERE}.draw-anew",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown = Shown()
        self._toasts_said: dict[str, tuple[tuple[str, str], int]] = {}
        """What the toasts say that stand there, and how often it was said, by their identity."""

    def get_driver_class(self) -> type[Driver]:
        """Our own driver where Textual would take the one that it is made of."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from inventui.app.terminal import TerminalDriver

        return TerminalDriver

    def action_suspend_process(self) -> None:
        """Go to the shell until it brings the game back."""
        if self._driver is not None and self._driver.can_suspend:
            super().action_suspend_process()
        else:
            self.notify("There is no shell here to go back to.", markup=False)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen that is shown."""
        closed = super().pop_screen()
        self.forget_drawn()
        return closed

    def forget_drawn(self) -> None:
        """Keep nothing of what was drawn for widgets that are gone or hidden."""
        for kept in DRAWN:
            kept.cache_clear()

    def on_mount(self) -> None:
        """Where there is a terminal, write only what differs from what it shows."""
        if not self.is_headless:
            setattr(self, "_display", self._display_changes)  # noqa: B010

    def _display_changes(self, screen: Screen[object], update: RenderableType | None) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            update = cast("RenderableType", Repaint(self._shown, update))
        super()._display(screen, update)

    def _on_notify(self, event: Notify) -> None:
        """What is said already is counted instead, and the oldest of many make room."""
        seconds = self.session.settings.toast_seconds
        event.notification.timeout = toast_time(event.notification.timeout, seconds)
        new, standing = event.notification, list(self._notifications)
        words = new.message, new.title
        said = {shown.identity: self._toasts_said[shown.identity] for shown in standing}
        times = 1 + sum(count for told, count in said.values() if told == words)
        others = [shown for shown in standing if said[shown.identity][0] != words]
        for shown in standing:
            if shown not in others[1 - MOST_TOASTS :]:
                del self._notifications[shown]
        self._toasts_said = {**said, new.identity: (words, times)}
        if times > 1:
            counted = "title" if new.title else "message"
            setattr(new, counted, f"{getattr(new, counted)} ×{times}")

    def on_resize(self) -> None:
        """The terminal has another size, or is only now ours: nobody knows what it shows."""
        self._shown.forget()

    @on(Driver.SignalResume)
    def _come_back(self) -> None:
        # The shell has written on all of it, while a resize draws only what has another place.
        self.action_draw_anew()

    def action_draw_anew(self) -> None:
        """Draw the whole screen, where something else has written on it."""
        self._shown.forget()
        self.screen.refresh()
