"""TOML files that a player may write, and on which of their lines something stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inventui.system import read_regular

LARGEST = 256 * 1024
"""Bytes of which a file is read that a player may write."""

_HEADER = re.compile(r"""\s*\[\s*["']?([^"'\]]*?)["']?\s*\]""")
_KEY = re.compile(r"""\s*["']?([^"'=\s]+)["']?\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A TOML file that a player may write.

    Attributes:
        path: where it lies.
        tables: what stands in it; nothing of a file that is none.
        text: for the lines of it.
        fault: the sentence why it can't be read, or an empty text.
    """

    path: Path
    tables: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    fault: str = ""

    def at(self, key: str, table: str = "") -> str:
        """Name and line of a key, as a sentence about it begins: `keys.toml, line 3`."""
        inside = ""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                inside = header[1]
            elif inside == table and (found := _KEY.match(line)) and found[1] == key:
                return f"{self.path.name}, line {number:,}"
        return self.path.name

    def at_table(self, table: str) -> str:
        """Name and line of a table."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            header = _HEADER.match(line)
            if header and header[1] == table:
                return f"{self.path.name}, line {number:,}"
        return self.at(table)


def read_toml(path: Path) -> HandWritten:
    """What a player wrote into a file; one that is missing is empty."""
    import tomllib

    try:
        text = read_regular(path, LARGEST).decode()
    except FileNotFoundError:
        return HandWritten(path)
    except (OSError, ValueError) as error:
        return HandWritten(path, fault=f"{path.name} can't be read: {error}.")
    try:
        return HandWritten(path, tomllib.loads(text), text)
    except (ValueError, RecursionError) as error:
        said = str(error)
        line = _AT_LINE.search(said)
        where = f"{path.name}, line {line[1]}" if line else path.name
        said = _AT_LINE.sub("", said).strip()
        return HandWritten(path, fault=f"{where}: this is no TOML: {said}.")
