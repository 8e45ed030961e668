"""The one field that is typed and pasted into, and the one that looks for names."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.widgets import Input

from inventui.rules.core.text import visible

LONGEST = 4_096
"""Characters of a field that is not told how many: what a path may have."""


def one_line(text: str) -> str:
    """A text as one line: its lines joined by spaces, without what is not drawn."""
    lines = text.splitlines()
    joined = " ".join(filter(None, map(str.strip, lines))) if len(lines) > 1 else "".join(lines)
    return visible(joined.replace("\t", " "))


class Field(Input):
    """A line of text. A paste becomes one line; what does not fit is cut off, and said.

    Args:
        value: what stands there at first.
        max_length: how many characters fit.
        allowed: how many of them may be left once letters and their marks are joined; all by
            default.
        number: whether it is for a number: a letter that is typed is none of it.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = LONGEST,
        allowed: int | None = None,
        number: bool = False,
        password: bool = False,
        compact: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self.longest, self.number = max_length, number
        self.allowed = max_length if allowed is None else allowed
        super().__init__(
            value, placeholder, password=password, max_length=max_length, compact=compact,
            id=id, classes=classes,
        )  # fmt: skip
        self.cursor_blink = False

    def _on_key(self, event: Key) -> None:  # type: ignore[override]
        """A letter has no place in a number."""
        if self.number and event.character is not None and event.character.isalpha():
            event.stop()
            event.prevent_default()

    def _on_paste(self, event: Paste) -> None:
        """The terminal pastes."""
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied in the game."""
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        """Put it in place of what is selected."""
        text, selected = one_line(pasted), self.selection
        room = max(0, self.longest - len(self.value) + abs(selected.end - selected.start))
        if text[:room]:
            self.replace(text[:room], *selected)
        if (left_out := len(text) - room) > 0:
            self.app.notify(
                f"At most {self.allowed:,} characters fit here: the last {left_out:,} of the "
                "paste are left out.",
                severity="warning", markup=False,
            )  # fmt: skip


class SearchInput(Field):
    """The text to look for; arrow down goes on to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "submit", "To the list", show=False),
    ]

    def __init__(
        self, placeholder: str, *, id: str, classes: str | None = None, compact: bool = False
    ) -> None:
        super().__init__(placeholder=placeholder, id=id, classes=classes, compact=compact)
