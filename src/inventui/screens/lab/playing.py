"""Economies played by a program of its own, so that the game goes on and can end it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.content.layers import Layer

_DONE = re.compile(r"([0-9,]+) of [0-9,]+ runs are done")


@dataclass(frozen=True, slots=True)
class EconomyWanted:
    """Which economies are played; `personas` is the path of a file, or empty.

    Attributes:
        packs: ids of the world's packs that are played, in its order; none are all.
    """

    days: int
    runs: int
    seed: str
    personas: str
    packs: tuple[str, ...] = ()

    def command(self) -> list[str]:
        """The command that plays them, without its packs."""
        command = [
            "run", "--jobs=1", f"--days={self.days}", f"--runs={self.runs}", f"--seed={self.seed}",
        ]  # fmt: skip
        if self.personas:
            command.append(f"--personas={os.path.abspath(os.path.expanduser(self.personas))}")
        return command


PROPERTIES = ("properties",)
"""The command that measures what the base economy promises."""


class EconomyProgram:
    """A program that plays economies."""

    def __init__(self) -> None:
        self._program: subprocess.Popen[str] | None = None
        self._ended = Event()

    @property
    def stopped(self) -> bool:
        """Whether it was to end."""
        return self._ended.is_set()

    def stop(self) -> None:
        """End it."""
        self._ended.set()
        if self._program is not None:
            self._program.kill()

    def play(
        self, wanted: Sequence[str], layers: Sequence[Layer], progress: Callable[[int], object]
    ) -> dict[str, Any] | Refusal | None:
        """What a command of `economy` answers; None if it was stopped. Blocks: for a thread.

        Args:
            wanted: the command, without its packs.
            layers: the packs whose items there are.
            progress: is told from another thread how many economies are done.
        """
        with TemporaryDirectory(prefix="inventui-lab-") as folder:
            packs = []
            for number, layer in enumerate(layers):
                packs.append(Path(folder, f"{number}-{layer.title}"))
                for file in layer.files:
                    path = packs[-1] / file.name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(file.data)
            return self._run([*wanted, *(f"--pack={pack}" for pack in packs)], folder, progress)

    def _run(
        self, arguments: Sequence[str], folder: str, progress: Callable[[int], object]
    ) -> dict[str, Any] | Refusal | None:
        command = [sys.executable, "-m", "inventui", "economy", *arguments, "--json"]
        with subprocess.Popen(  # noqa: S603 – this program itself
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", cwd=folder,
        ) as self._program:  # fmt: skip
            program = self._program
            if self._ended.is_set():
                program.kill()
            listener = Thread(target=_listen, args=(program, progress), daemon=True)
            listener.start()
            assert program.stdout is not None
            answer = program.stdout.read()
            listener.join()
        return None if self._ended.is_set() else _answer(answer)


def _listen(program: subprocess.Popen[str], progress: Callable[[int], object]) -> None:
    assert program.stderr is not None
    for line in program.stderr:
        found = _DONE.search(line)
        if found is not None:
            progress(int(found[1].replace(",", "")))


def _answer(text: str) -> dict[str, Any] | Refusal:
    try:
        found = json.loads(text)
    except ValueError:
        found = {}
    if isinstance(found, dict) and found and "error" not in found:
        return found
    told = found.get("error") if isinstance(found, dict) else None
    message = str((told or {}).get("message") or "The economies could not be played.")
    return Refusal(Reason.INVALID_FILE, message)
