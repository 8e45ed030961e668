"""The part of the app that meets the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from textual.driver import Driver


class Driven(App[None]):
    """An app that is driven in our way, and goes to the shell and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "To the shell", show=False, priority=True),
    ]

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
