"""Wrong passphrases: who guesses waits, and nobody else does."""

from __future__ import annotations

import json
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.serve.limits import site_of
from inventui.system import private_open

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FREE, FREE_OF_ADDRESS = 5, 20
"""Wrong ones after which one waits: for a name, and from an address for whatever names."""

LONGEST_WAIT = 60.0
REMEMBERED = 10_000
"""Of more names and addresses the oldest are forgotten."""

FORGOTTEN = 3600.0
"""Seconds after the last wrong one after which it counts no more."""


@dataclass(slots=True)
class _Count:
    failures: int = 0
    at: float = 0.0


class Attempts:
    """Counts of wrong passphrases by name, by address, and by both together.

    A name that has come from an address before is slowed there by that pair's own count alone,
    so nobody elsewhere can keep its player out.

    Args:
        file: in which the addresses that names have come from are kept, a line each, if they are.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._counts: OrderedDict[tuple[str, str], _Count] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._file = file
        if file is not None:
            self._known.update(dict.fromkeys(_read(file)))
            # What came twice, and what is forgotten, is written no more.
            with suppress(OSError):
                replaced = file.with_suffix(".new")
                replaced.unlink(missing_ok=True)
                _append(replaced, self._known)
                replaced.replace(file)

    def wait(self, name: str, address: str, now: float) -> float:
        """Seconds until another try counts."""
        waits = [self._wait(key, free, now) for key, free in self._keys(name, address)]
        return max(waits)

    def failed(self, name: str, address: str, now: float) -> None:
        """Count a wrong one, or one that is being looked at."""
        for key in (("", address), (name, ""), (name, address)):
            count = self._counts.setdefault(key, _Count())
            count.failures += 1
            count.at = now
            self._counts.move_to_end(key)
        while len(self._counts) > REMEMBERED:
            self._counts.popitem(last=False)

    def passed(self, name: str, address: str) -> None:
        """It was right: that one does not count."""
        for key in (("", address), (name, "")):
            if key in self._counts:
                self._counts[key].failures -= 1
        self._counts.pop((name, address), None)

    def know(self, name: str, address: str) -> None:
        """A name has come from an address: it is slowed there by that pair's own count alone."""
        if (name, address) not in self._known and self._file is not None:
            with suppress(OSError):
                _append(self._file, [(name, address)])
        self._known[name, address] = None
        self._known.move_to_end((name, address))
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def knows(self, name: str, address: str) -> bool:
        """Whether a name has come from an address."""
        return (name, address) in self._known

    def knows_address(self, address: str) -> bool:
        """Whether any name has come from an address."""
        return any(known == address for _, known in self._known)

    def _keys(self, name: str, address: str) -> list[tuple[tuple[str, str], int]]:
        if self.knows(name, address):
            return [((name, address), FREE)]
        return [(("", address), FREE_OF_ADDRESS), ((name, ""), FREE), ((name, address), FREE)]

    def _wait(self, key: tuple[str, str], free: int, now: float) -> float:
        count = self._counts.get(key)
        if count is None or count.failures < free or now - count.at > FORGOTTEN:
            return 0.0
        return max(0.0, count.at + min(LONGEST_WAIT, 2.0 ** min(count.failures - free, 10)) - now)


def _read(file: Path) -> list[tuple[str, str]]:
    """The pairs that a file keeps, the latest at its end; what can't be read is forgotten."""
    found: list[tuple[str, str]] = []
    with suppress(OSError), file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError):
                name, address = json.loads(line)
                if isinstance(name, str) and isinstance(address, str):
                    found.append((name, site_of(address)))
    return found[-REMEMBERED:]


def _append(file: Path, pairs: Iterable[tuple[str, str]]) -> None:
    with private_open(file, "a") as lines:
        lines.writelines(json.dumps(pair) + "\n" for pair in pairs)
