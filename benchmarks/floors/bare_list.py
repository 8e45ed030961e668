"""The least list: a bare OptionList of as many lines as the shop has."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class BareList(App[None]):
    """Moves a cursor.

    Args:
        length: lines of the list.
    """

    BINDINGS = [("j", "move", "Down")]

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield OptionList(*(f"line number {number}" for number in range(self.length)))

    def action_move(self) -> None:
        """Down by a line; from the last one to the first."""
        self.query_one(OptionList).action_cursor_down()


if __name__ == "__main__":
    BareList(int(sys.argv[1])).run()
