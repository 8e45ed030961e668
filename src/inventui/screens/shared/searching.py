"""A line to search in for rooms whose whole list is known: it opens with / and narrows the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.widget import Widget
from textual.widgets import Input

from inventui.rules.core.search import Search, parse_search
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.field import SearchInput


class SearchLine(SearchInput):
    """The line; it is seen while something is looked for.

    Args:
        placeholder: what may be typed.
        changed: shows what is found now.
        listed: the list that was narrowed; the focus goes on to it.

    Attributes:
        sought: what is looked for, or an empty text.
    """

    DEFAULT_CSS = """
    SearchLine {
        display: none; width: 1fr; height: 1; padding: 0 1; background: $panel;
    }
    SearchLine.-open { display: block; }
    """

    def __init__(
        self, placeholder: str, changed: Callable[[], object], listed: type[Widget]
    ) -> None:
        super().__init__(placeholder, id="search", compact=True)
        self.sought = ""
        self._changed, self._listed = changed, listed

    @property
    def search(self) -> Search:
        """What is looked for, read."""
        return parse_search(self.sought)

    def open(self) -> None:
        """Type what to look for."""
        self.add_class("-open")
        # At once: `focus()` comes later, and what is typed meanwhile would be keys of the room.
        self.screen.set_focus(self)

    def close(self) -> bool:
        """Look for nothing any more; False if nothing was looked for."""
        if not self.has_class("-open"):
            return False
        self.remove_class("-open")
        self.value = ""
        self._look_for("")
        self.screen.query_one(self._listed).focus()
        return True

    def _look_for(self, sought: str) -> None:
        if sought != self.sought:
            self.sought = sought
            self._changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while one types."""
        event.stop()
        self._look_for(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to what was found."""
        event.stop()
        self.screen.query_one(self._listed).focus()
        if not self.sought:
            self.close()


SEARCH: Action[Any] = Action(
    "search", "slash", "Search", "Show what words find, also cat:weapon r:rare <5000",
    lambda room: room.query_one(SearchLine).open(), group="List",
)  # fmt: skip
"""Opens the line."""
