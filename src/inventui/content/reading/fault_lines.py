"""Lines of faults: where in a file stands what a fault names. TOML parsers don't tell.

It reads headers, ids and field names by their looks. Where something is written in a way that it
does not see (an inline table over several lines), the line of what is around it is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inventui.content.faults import Fault

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_TOLD = re.compile(r"\(at line (\d+), column \d+\)")
"""How the parser says where a file is no TOML."""

_NAMES = ("id", "item", "table", "extends")
"""Fields that a table of a list is called by, see `faults.label`."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A header with the lines up to the next one; the first line counts from 0."""

    name: str
    first: int
    lines: list[str]


def line_of(text: str, fault: Fault) -> int | None:
    """The line, from 1, that a fault of this file is about; None if it is about the file."""
    kind, *path = fault.table.split(".") if fault.table else [fault.field]
    if not kind:
        told = _TOLD.search(fault.message)
        return int(told[1]) if told else None
    within = [block for block in _blocks(text) if block.name.split(".")[0] == kind]
    if not within:
        return _first(text.splitlines(), rf"^\s*{re.escape(kind)}\s*=", 0)
    block = _named(within, kind, path[0]) if path else within[0]
    if block is None:
        return within[0].first + 1
    lines, first = block.lines, block.first
    for label in path[2::2]:
        place = _first(lines, _calls(label), first)
        if place is None:
            break
        lines, first = lines[place - 1 - first :], place - 1
        if not _HEADER.match(lines[0]) and not lines[0].lstrip().startswith(_NAMES):
            return place
    field = re.escape(fault.field.split("[")[0].split(".")[0])
    return (_first(lines, rf"^\s*{field}\s*=", first) if field else None) or first + 1


def _calls(label: str) -> str:
    # Inside its pack an id is written without the pack.
    short = re.escape(label.rpartition(":")[2])
    return rf"(?:^|[{{,\s])(?:{'|'.join(_NAMES)})\s*=\s*[\"'](?:[\w-]+:)?{short}[\"']"


def _named(blocks: list[_Block], kind: str, label: str) -> _Block | None:
    """The block of a list's table by its id, or by its place `#3`."""
    rows = [block for block in blocks if block.name == kind]
    if label.startswith("#"):
        number = int(label[1:]) if label[1:].isdecimal() else 0
        return rows[number - 1] if 0 < number <= len(rows) else None
    found = [b for b in rows if _first(b.lines, _calls(label), 0) is not None]
    return found[0] if found else (blocks[0] if kind in {"sprites", "palette"} else None)


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks of a file; a header below another (`cases.entries`) is part of its block."""
    name, first, lines = "", 0, list[str]()
    for number, line in enumerate(text.splitlines()):
        header = _HEADER.match(line)
        if header and not (name and header[1].startswith(f"{name}.")):
            yield _Block(name, first, lines)
            name, first, lines = header[1], number, []
        lines.append(line)
    yield _Block(name, first, lines)


def _first(lines: list[str], pattern: str, above: int) -> int | None:
    """The line, from 1 in the file, of the first one that a pattern is found in."""
    wanted = re.compile(pattern)
    return next((above + n for n, line in enumerate(lines, 1) if wanted.search(line)), None)
