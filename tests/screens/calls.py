"""Counts what an app calls of ours: files and functions, in the screen's thread and in others."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import get_ident
from types import FrameType
from typing import Any

import inventui

ROOT = Path(inventui.__file__).parent


@dataclass
class Calls:
    """What was called, by file and function.

    Attributes:
        counts: how often each function was called, by the file's path below the package and the
            function's qualified name.
        files_here: the files of which anything was called in the screen's own thread.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    files_here: set[str] = field(default_factory=set)

    @property
    def files(self) -> set[str]:
        """The files of which anything was called."""
        return {file for file, _ in self.counts}

    def of(self, name: str) -> int:
        """How often functions of this qualified name were called."""
        return sum(count for (_, function), count in self.counts.items() if function == name)


@contextmanager
def counted() -> Iterator[Calls]:
    """Count the calls of this thread, and of what is asked in others with `asyncio.to_thread`."""
    calls, prefix = Calls(), f"{ROOT}/"
    in_thread, here = asyncio.to_thread, get_ident()

    def hook(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(prefix):
            file = code.co_filename.removeprefix(prefix)
            calls.counts[file, code.co_qualname] += 1
            if get_ident() == here:
                calls.files_here.add(file)

    async def counting(function: Callable[..., Any], /, *args: Any) -> Any:
        def run() -> Any:
            sys.setprofile(hook)
            try:
                return function(*args)
            finally:
                sys.setprofile(None)

        return await in_thread(run)

    before = sys.getprofile()
    asyncio.to_thread = counting  # type: ignore[assignment]
    sys.setprofile(hook)
    try:
        yield calls
    finally:
        sys.setprofile(before)
        asyncio.to_thread = in_thread
