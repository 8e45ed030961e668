"""A terminal on a POSIX system: what it sends, that it goes away, and the end by a signal."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize

from inventui.app.pastes import PAUSE, PasteParser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message import Message

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
"""Signals that end the game in good order; its exit status is then 128 and their number."""

LOOK = 0.1
"""Seconds after which the input is looked at though nothing came."""

AT_ONCE = 4096
"""Bytes that are read at once."""


class Output:
    """The terminal's end of writing, which may be gone: then nothing is written any more."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write it."""
        try:
            self._file.write(text)
        except OSError:
            self._let_go()

    def flush(self) -> None:
        """Write what waits."""
        try:
            self._file.flush()
        except OSError:
            self._let_go()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def _let_go(self) -> None:
        """What waits to be written, at the interpreter's end too, finds somewhere to go."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)


class TerminalDriver(LinuxDriver):
    """Textual's driver, for a terminal that may go away, paste anything, or be signalled."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if sys.__stderr__ is not None:
            self._file = cast("Any", Output(sys.__stderr__))

    @property
    def can_suspend(self) -> bool:
        """Whether there is a shell of the same session that could bring it back."""
        try:
            return os.getsid(os.getppid()) == os.getsid(0)
        except OSError:
            return False

    def start_application_mode(self) -> None:
        """Take the terminal, and heed the signals that end a program."""
        cast("Any", super()).start_application_mode()
        loop = asyncio.get_running_loop()
        for number in ENDING:
            # Who started the game without hangups meant it.
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self._leave, number)

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the game ends, or the terminal is gone."""
        try:
            self._read_on()
        except Exception as error:
            # Textual would show a traceback, which names files of this machine.
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def _read_on(self) -> None:
        parser = PasteParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(PAUSE if parser.ending else LOOK):
                    data = self._read()
                    if not data:
                        self._loop.call_soon_threadsafe(self._leave, signal.SIGHUP)
                        return
                    if text := decode(data):
                        self._pass_on(parser.feed(text))
                self._pass_on(parser.tick())

    def _read(self) -> bytes:
        """What was sent; nothing if there is no terminal any more."""
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError:
            return b""

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(self._bounded(message) if isinstance(message, Resize) else message)

    def _bounded(self, resize: Resize) -> Resize:
        """A size that the terminal itself told, as far as it is drawn for."""
        columns, lines = resize.size
        most = getattr(self._app, "largest", resize.size)
        size = max(1, min(columns, most[0])), max(1, min(lines, most[1]))
        return Resize.from_dimensions(size, resize.pixel_size)

    def _leave(self, number: signal.Signals) -> None:
        """End the game as if its player had left."""
        self._app.exit(return_code=128 + number)
