"""The first frame: what Textual would do twice, or leave out, before anything is seen."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from inventui.app.display import Driven

SOURCES = 1_024
"""Style sheets that are kept as read: more than all screens and widgets together have."""


class KeptStylesheet(Stylesheet):
    """A style sheet that reads each of its sources once for the variables of a theme.

    Textual reads all of them anew for each screen with a file of its own, and for each room that is
    entered for the first time; and once there are more than 64, for each new kind of widget.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache: LRUCache[tuple[Any, ...], Any] = LRUCache(SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """What was read stays valid for the same variables."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what was not read with the variables of now."""
        self.parse()


class FirstFrame(Driven):
    """An app whose first frame is quick and whole."""

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = KeptStylesheet(self.stylesheet._variables)

    def forget_theme(self) -> None:
        """The name of the theme, or the page background under it, is not what it was."""
        self.__dict__.pop("current_theme", None)

    def begin_with(self, theme: str) -> None:
        """Take a theme while nothing has a style yet.

        Told as a change, Textual would read every style once more before the first frame.
        """
        before = self.current_theme
        self.forget_theme()
        self.set_reactive(App.theme, theme)
        now = self.current_theme
        if (now.dark, now.ansi) != (before.dark, before.ansi):
            # The terminal's own colours are translated by another table: that is a change.
            self.forget_theme()
            self.set_reactive(App.theme, before.name)
            self.theme = theme
            return
        self.add_class(f"-theme-{now.name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())
