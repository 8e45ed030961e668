"""A terminal for a program under measurement: what it writes, when, and what stands there then."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType

from rich.cells import cell_len

COLUMNS, LINES = 80, 24
PATIENCE = 60.0
"""Seconds after which a program counts as stuck."""

LOOK = 0.02
"""Seconds without output after which what stands there is looked at."""

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_=>78])"
)
_TOKEN = re.compile(
    r"\x1b\[(?P<y>\d+);(?P<x>\d+)H|\x1b\[(?P<column>\d+)G|\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|.",
    re.DOTALL,
)
_ANSWERS = {
    # Whole frames are wanted, as a good terminal draws them; resizing in band is not.
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
_LONGEST = max(map(len, _ANSWERS))


def environment(home: Path) -> dict[str, str]:
    """The present environment, with nothing in it that changes how a program starts or draws."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("INVENTUI_", "TEXTUAL", "PYTHON")) and name != "NO_COLOR"
    }
    return kept | {
        "INVENTUI_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def screen(output: bytes, columns: int, lines: int) -> str:
    """What a terminal of this size shows after such an output."""
    rows = [[" "] * columns for _ in range(lines)]
    x = y = 0
    for token in _TOKEN.finditer(output.decode(errors="ignore")):
        character = token[0]
        if token["y"]:
            y, x = int(token["y"]) - 1, int(token["x"]) - 1
        elif token["column"]:
            x = int(token["column"]) - 1
        elif character == "\r":
            x = 0
        elif character == "\n":
            y += 1
        elif character >= " " and y < lines and x < columns and (cells := cell_len(character)):
            rows[y][x : x + cells] = [character] + [""] * (cells - 1)
            x += cells
    return "\n".join("".join(row[:columns]) for row in rows)


class Terminal:
    """A program in a terminal of its own; times are seconds since it was started."""

    def __init__(
        self,
        arguments: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (COLUMNS, LINES),
    ) -> None:
        """Start the program."""
        self._fd, child = os.openpty()
        self._size = columns, lines = size
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._output = bytearray()
        self._answered = 0
        self.started = perf_counter()
        self._process = subprocess.Popen(
            arguments, stdin=child, stdout=child, stderr=child, env=env, start_new_session=True
        )
        os.close(child)

    def wait_for(self, text: str, since: int = 0) -> float:
        """The time at which `text` stood there, by whatever came after place `since`."""
        wanted, end = text.encode(), perf_counter() + PATIENCE
        last = perf_counter()
        while wanted not in _ESCAPES.sub(b"", self._output[since:]):
            # What was there in part is not written again: once there is time, one looks.
            written = len(self._output) > since and not self._ready(LOOK)
            if written and text in screen(self._output, *self._size):
                return last - self.started
            if perf_counter() > end or not self._read(1.0):
                raise RuntimeError(f"{text!r} never came:\n{self.text[-2000:]}")
            last = perf_counter()
        return perf_counter() - self.started

    def quiet(self, seconds: float) -> float:
        """Wait until nothing was written for so long; the time of the last byte."""
        last, end = perf_counter(), perf_counter() + PATIENCE
        while self._ready(seconds):
            if not self._read(0) or perf_counter() > end:
                raise RuntimeError(f"it never came to rest:\n{self.text[-2000:]}")
            last = perf_counter()
        return last - self.started

    def press(self, keys: str) -> int:
        """Type; the place in the output from which an answer can come."""
        os.write(self._fd, keys.encode())
        return len(self._output)

    def key(self, keys: str, rest: float) -> float:
        """Type, and wait until the answer is drawn; seconds to its last byte."""
        start = perf_counter() - self.started
        place = self.press(keys)
        while len(self._output) == place:
            if not self._read(PATIENCE):
                raise RuntimeError(f"{keys!r} was not answered:\n{self.text[-2000:]}")
        first = perf_counter() - self.started
        return max(first, self.quiet(rest) if self._ready(rest) else first) - start

    def bytes_of(self, keys: str, rest: float) -> int:
        """Type, and take what is written until it comes to rest; how many bytes that is."""
        place = self.press(keys)
        while self._ready(rest):
            if not self._read(0):
                raise RuntimeError(f"it ended by itself:\n{self.text[-2000:]}")
        return len(self._output) - place

    @property
    def text(self) -> str:
        """Everything written so far, without what steers the terminal."""
        return _ESCAPES.sub(b"", self._output).decode(errors="replace")

    def memory(self) -> int:
        """Bytes that the program keeps in memory."""
        status = Path(f"/proc/{self._process.pid}/status")
        if status.exists():
            line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS:"))
            return int(line.split()[1]) * 1024
        asked = ["ps", "-o", "rss=", "-p", str(self._process.pid)]
        return int(subprocess.check_output(asked)) * 1024

    def processor(self) -> float:
        """Seconds of processor time that the program has taken in all its threads."""
        stat = Path(f"/proc/{self._process.pid}/stat")
        if stat.exists():
            # The name in the brackets may hold spaces.
            fields = stat.read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        asked = ["ps", "-o", "time=", "-p", str(self._process.pid)]
        minutes, _, seconds = subprocess.check_output(asked, text=True).strip().rpartition(":")
        return int(minutes or 0) * 60 + float(seconds)

    def stand(self, seconds: float) -> float:
        """Let it be for so long, taking what it writes; the processor time that it took."""
        before, end = self.processor(), perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            if not self._read(left):
                raise RuntimeError(f"it ended by itself:\n{self.text[-2000:]}")
        return self.processor() - before

    def _ready(self, seconds: float) -> bool:
        return bool(select.select([self._fd], [], [], seconds)[0])

    def _read(self, seconds: float) -> bool:
        """Take what was written; False if there is nothing, or the program has ended."""
        if not self._ready(seconds):
            return self._process.poll() is None and seconds < PATIENCE
        try:
            self._output += os.read(self._fd, 65536)
        except OSError:
            return False
        # Only what is new is looked at: who writes much must not seem the slower for it.
        for question, answer in _ANSWERS.items():
            if self._output.find(question, self._answered) >= 0:
                os.write(self._fd, answer)
        cut = self._output.rfind(b"$p", self._answered)
        end = len(self._output) - _LONGEST + 1
        self._answered = max(self._answered, cut + 2, end)
        return True

    def close(self) -> None:
        """End the program, whatever it does."""
        self._process.kill()
        self._process.wait()
        os.close(self._fd)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def game(database: Path, player: str) -> list[str]:
    """The command line of the game."""
    return [
        sys.executable, "-m", "inventui", "--database", str(database), "--player", player
    ]  # fmt: skip
