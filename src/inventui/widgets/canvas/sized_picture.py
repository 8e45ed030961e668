"""A widget that shows the content a function gives for its present size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable


class SizedPicture(Widget):
    """Calls for what it shows whenever it is painted, with its width and height in cells."""

    DEFAULT_CSS = """
    SizedPicture { height: 1fr; width: 1fr; }
    """

    def __init__(self, *, classes: str | None = None, id: str | None = None) -> None:
        self._draw: Callable[[int, int], Content] = lambda _width, _height: Content("")
        super().__init__(classes=classes, id=id)

    def show(self, draw: Callable[[int, int], Content]) -> None:
        """Show this from now on."""
        self._draw = draw
        self.refresh()

    def render(self) -> Content:
        """The drawing for the present size."""
        return self._draw(*self.content_size)
