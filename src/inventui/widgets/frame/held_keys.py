"""Which presses come from a key that is held down: those change nothing a second time.

Terminals send a held key as the same key again and again: after a first pause, then quickly.
Nothing else tells it from one that is pressed anew, so what comes a second time is doubtful until
it is known whether a third follows.
"""

from __future__ import annotations

FIRST = 0.7
"""Seconds before a held key begins to repeat, at most."""

NEXT = 0.2
"""Seconds between two of its repeats, at most."""

MOVING = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab",
     "h", "j", "k", "l", "g", "G", "backspace", "delete"}
)  # fmt: skip
"""Keys that may be held down anywhere: they move, or take back what was typed."""


class HeldKeys:
    """Judges presses by their times.

    Attributes:
        doubtful: whether the last press counts as a repeat, but was pressed anew if no other
            comes within `NEXT` seconds.
    """

    doubtful = False

    def __init__(self) -> None:
        self._key, self._time, self._held = "", 0.0, False

    def press(self, key: str, time: float) -> bool:
        """Whether a press, at a time in seconds, is a repeat of one that is held down."""
        pause = NEXT if self._held else FIRST
        held = key == self._key and time - self._time <= pause
        self.doubtful = held and not self._held
        self._key, self._time, self._held = key, time, held
        return held
