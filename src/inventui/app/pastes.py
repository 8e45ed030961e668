"""What a terminal sends, read so that a paste is text to its end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.message import Message

LONGEST = 100_000
"""Characters of a paste that are kept: far more than any field takes."""

PAUSE = 0.03
"""Seconds of silence after which a paste that has ended is over."""

LATEST = 0.25
"""Seconds after its first end at which it is over, silence or not."""

ESCAPE = "\x1b"


class PasteParser(XTermParser):
    """Textual's parser, which is handed a paste without escapes.

    Textual's own takes any escape sequence within a paste as its end, and what follows as
    keys. A text may also hold the very sequence that ends a paste: what arrives without a
    pause up to the last such sequence is text.

    Args:
        debug: as for Textual's parser.
        now: the time in seconds.
    """

    def __init__(self, debug: bool = False, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._tail = ""
        self._paste: str | None = None
        self._end = -1
        self._first_end = self._last_data = 0.0
        super().__init__(debug)

    @property
    def ending(self) -> bool:
        """Whether a paste has ended unless more of it comes without a pause."""
        return self._end >= 0

    def feed(self, data: str) -> Iterator[Message]:
        """Read what has arrived; the keys, pastes and other messages in it."""
        if self._paste is None:
            read = self._tail + data
            start = read.find(BRACKETED_PASTE_START)
            if start < 0:
                self._tail = read[1 - len(BRACKETED_PASTE_START) :]
                yield from super().feed(data)
                return
            begun = start + len(BRACKETED_PASTE_START) - len(self._tail)
            # A sequence that arrives in two parts has begun there already: it goes on there.
            yield from super().feed(data[:begun])
            self._paste, data = "", data[begun:]
        yield from self._pasted(data)

    def tick(self) -> Iterator[Message]:
        """Look at the time: a sequence may have run out, a paste be over."""
        now = self._now()
        over = now - self._last_data >= PAUSE or now - self._first_end >= LATEST
        if self.ending and over:
            yield from self._finish()
        yield from super().tick()

    def parse_mouse_code(self, code: str) -> Message | None:
        """What the mouse did; in cells where the terminal's size in pixels makes no sense."""
        sizes = (self.terminal_size, self.terminal_pixel_size)
        if any(size is not None and not all(size) for size in sizes):
            self.terminal_pixel_size = None
        return super().parse_mouse_code(code)

    def _pasted(self, data: str) -> Iterator[Message]:
        """Put it to the paste."""
        before = self._paste or ""
        text = before + data
        self._last_data = self._now()
        since = max(0, len(before) - len(BRACKETED_PASTE_END) + 1, self._end)
        end = text.rfind(BRACKETED_PASTE_END, since)
        if self.ending or end >= 0:
            following = text.find(BRACKETED_PASTE_START, max(since, 0))
            if following >= 0:
                end = text.rfind(BRACKETED_PASTE_END, since, following)
            if not self.ending:
                self._first_end = self._last_data
            self._end = max(self._end, end)
            self._paste = text
            if following > self._end >= 0:
                yield from self._finish()
        elif len(text) > LONGEST + len(BRACKETED_PASTE_END):
            self._paste = text[:LONGEST] + text[1 - len(BRACKETED_PASTE_END) :]
        else:
            self._paste = text

    def _finish(self) -> Iterator[Message]:
        """Tell of the paste; what came after it is keys again."""
        paste, end = self._paste or "", self._end
        self._paste, self._end, self._tail = None, -1, ""
        text = paste[:end].replace(ESCAPE, "")[:LONGEST]
        yield from super().feed(text + BRACKETED_PASTE_END)
        if rest := paste[end + len(BRACKETED_PASTE_END) :]:
            yield from self.feed(rest)
