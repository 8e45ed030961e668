"""A program in a terminal of its own: what it writes there, and how it leaves it."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from rich.cells import cell_len

from tests.cli.conftest import WITH_SMALL_PACK

COLUMNS, LINES = 80, 24

_TOKEN = re.compile(
    r"\x1b\[(\d*);?(\d*)H|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*\x1b\\|\x1b.|.", re.DOTALL
)

# Opened by the leader of a session that has no terminal yet, it becomes that one's terminal.
_IN_TERMINAL = 'tty=$1; shift; exec "$@" <$tty >$tty 2>&1'

PATIENCE = 60.0
"""Seconds after which what never comes is a fault."""

ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
"""The alternate screen."""

MODES = (b"1000", b"1003", b"1006", b"2004", b"1004")
"""What is reported besides keys: mouse, pastes, focus."""


def game(database: Path) -> list[str]:
    """The command line of the game, played by ana."""
    return [
        sys.executable, "-c", WITH_SMALL_PACK, "--database", str(database), "--player", "ana"
    ]  # fmt: skip


def screen(output: bytes) -> str:
    """What a terminal of 80×24 shows after such an output."""
    rows = [[" "] * COLUMNS for _ in range(LINES)]
    x = y = 0
    for token in _TOKEN.finditer(output.decode(errors="ignore")):
        character = token[0]
        if token[1] is not None:
            y, x = int(token[1] or 1) - 1, int(token[2] or 1) - 1
        elif character == "\r":
            x = 0
        elif character == "\n":
            y += 1
        elif character == ENTERED.decode():
            rows = [[" "] * COLUMNS for _ in range(LINES)]
        elif character >= " " and y < LINES and x < COLUMNS:
            cells = cell_len(character)
            rows[y][x : x + cells] = [character] + [""] * (cells - 1) if cells else []
            x += cells
    return "\n".join("".join(row) for row in rows)


class RealTerminal:
    """A program with a terminal of 80×24, whose other end is here."""

    def __init__(self, command: Sequence[str], *, ignore_hangups: bool = False) -> None:
        self.fd, self._child = os.openpty()
        fcntl.ioctl(self._child, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.modes = termios.tcgetattr(self._child)
        self.output = b""

        script = ("trap '' HUP; " if ignore_hangups else "") + _IN_TERMINAL
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.program = subprocess.Popen(
            ["sh", "-c", script, "sh", os.ttyname(self._child), *command],
            env=environment, start_new_session=True,
            # Whoever runs the tests may ignore hangups, as `nohup` does.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509
        )  # fmt: skip

    def until(self, wanted: bytes, since: int = 0) -> int:
        """Read until it was written; where it ends."""
        end = monotonic() + PATIENCE
        while (found := self.output.find(wanted, since)) < 0:
            assert self._read(end - monotonic()), (wanted, self.output[-2000:])
        return found + len(wanted)

    def until_shown(self, words: str) -> None:
        """Read until the words stand on the screen."""
        end = monotonic() + PATIENCE
        while words not in (shown := screen(self.output)):
            assert self._read(end - monotonic()), f"{words}\n{shown}"

    def type(self, keys: bytes) -> int:
        """Send it; the place in the output from which an answer can come."""
        place = len(self.output)
        os.write(self.fd, keys)
        return place

    def ended(self) -> int:
        """Read all that comes until the program ends; its exit status."""
        os.close(self._child)
        self._child = -1
        while self._read(PATIENCE):
            pass
        return self.program.wait(PATIENCE)

    def hang_up(self) -> None:
        """The terminal is no more."""
        os.close(self.fd)
        self.fd = -1

    def _read(self, seconds: float) -> bool:
        if not select.select([self.fd], [], [], max(0, seconds))[0]:
            return False
        try:
            read = os.read(self.fd, 65536)
        except OSError:
            return False
        self.output += read
        return bool(read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.program.kill()
        self.program.wait()
        for end in (self.fd, self._child):
            if end >= 0:
                os.close(end)
