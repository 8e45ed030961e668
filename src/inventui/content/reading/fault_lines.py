"""Lines of faults: where in a file stands what a fault names. TOML parsers don't tell.

It reads headers, ids and field names by their looks. Where something is written in a way that it
does not see (an inline table over several lines), the line of what is around it is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from inventui.content.faults import AGAIN, Fault

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_TOLD = re.compile(r"\(at line (\d+), column \d+\)")
"""How the parser says where a file is no TOML."""

_AT_END = "(at end of document)"

_LIST_ENDS = re.compile(r"^\s*(?:\]|\[|\w+\s*=)")
"""A line on which no table of a list stands any more."""

_NAMES = ("id", "item", "table", "extends")
"""Fields that a table of a list is called by, see `faults.label`."""

_CALLED = re.compile(rf"^\s*({'|'.join(_NAMES)})\s*=\s*[\"'](?:[\w-]+:)?([^\"':]*)[\"']")
"""Such a field on a line of its own; an entry in a list may name the same id."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A header with the lines up to the next one; the first line counts from 0."""

    name: str
    first: int
    lines: list[str]


class FaultLines:
    """Finds the lines of one file's faults; what is found by its id is looked through once."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._tops: dict[str, int | None] = {}

    def line_of(self, fault: Fault) -> int | None:
        """The line, from 1, that a fault of this file is about; None if it is about the file."""
        kind, *path = fault.table.split(".") if fault.table else [fault.field]
        if not kind:
            told = _TOLD.search(fault.message)
            last = len(self._lines) if fault.message.endswith(_AT_END) else None
            return int(told[1]) if told else last
        within = self._by_kind.get(kind)
        if within is None:
            return self._top(kind)
        if kind == "numbers":
            return _number(within[0], fault.field)
        # Of two tables of the same id it is the later one that is too many.
        which = -1 if AGAIN in fault.message else 0
        block = self._named(within, kind, path[0], which) if path else within[0]
        if block is None:
            return within[0].first + 1
        lines, first = block.lines, block.first
        for name, label in zip(path[1::2], path[2::2], strict=False):
            place = _row(lines, f"{block.name}.{name}", label, first)
            if place is None:
                break
            lines, first = lines[place - 1 - first :], place - 1
            if not _HEADER.match(lines[0]) and not lines[0].lstrip().startswith(_NAMES):
                return place
        field = re.escape(fault.field.split("[")[0].split(".")[0])
        return (_first(lines, rf"^\s*{field}\s*=", first) if field else None) or first + 1

    @cached_property
    def _by_kind(self) -> dict[str, list[_Block]]:
        found = defaultdict[str, list[_Block]](list)
        for block in _blocks(self._lines):
            found[block.name.split(".")[0]].append(block)
        return dict(found)

    def _top(self, kind: str) -> int | None:
        """The line of a list or table that is written without a header."""
        if kind not in self._tops:
            self._tops[kind] = _first(self._lines, rf"^\s*{re.escape(kind)}\s*=", 0)
        return self._tops[kind]

    def _named(self, blocks: list[_Block], kind: str, label: str, which: int) -> _Block | None:
        """The block of a list's table by its id, or by its place `#3`."""
        if label.startswith("#"):
            rows = [block for block in blocks if block.name == kind]
            number = int(label[1:]) if label[1:].isdecimal() else 0
            return rows[number - 1] if 0 < number <= len(rows) else None
        found = self._by_name.get((kind, label.rpartition(":")[2]))
        return found[which] if found else (blocks[0] if kind in {"sprites", "palette"} else None)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[_Block]]:
        """The blocks of each name of each list; of a sound pack it is one."""
        found = defaultdict[tuple[str, str], list[_Block]](list)
        for kind, blocks in self._by_kind.items():
            for block in (block for block in blocks if block.name == kind):
                called = _name_of(block)
                if called is not None:
                    found[kind, called].append(block)
        return found


def _name_of(block: _Block) -> str | None:
    """What faults call a table of a list, without the pack."""
    own = takewhile(lambda line: not _HEADER.match(line), block.lines[1:])
    names = {called[1]: called[2] for line in own if (called := _CALLED.match(line))}
    return next((names[field] for field in _NAMES if field in names), None)


def _number(block: _Block, name: str) -> int:
    """The line of a number, which is named whole, or within a table of its room."""
    written = "|".join(map(re.escape, (name, name.rpartition(".")[2])))
    return _first(block.lines, rf"^\s*\"?(?:{written})\"?\s*=", block.first) or block.first + 1


def _calls(label: str) -> str:
    # Inside its pack an id is written without the pack.
    short = re.escape(label.rpartition(":")[2])
    return rf"(?:{'|'.join(_NAMES)})\s*=\s*[\"'](?:[\w-]+:)?{short}[\"']"


def _row(lines: list[str], header: str, label: str, above: int) -> int | None:
    """The line of a row of an inner list by what it is called, or by its place `#3`."""
    if not label.startswith("#"):
        return _first(lines, rf"(?:^|[{{,\s]){_calls(label)}", above)
    rows = [n for n, line in enumerate(lines, 1) if (m := _HEADER.match(line)) and m[1] == header]
    if not rows:
        # A list that has each of its tables on a line of its own.
        begins = _first(lines, rf"^\s*{re.escape(header.rpartition('.')[2])}\s*=", 0) or 0
        inside = takewhile(lambda line: not _LIST_ENDS.match(line), lines[begins:])
        rows = [begins + n for n, line in enumerate(inside, 1) if line.lstrip().startswith("{")]
    number = int(label[1:]) if label[1:].isdecimal() else 0
    return above + rows[number - 1] if 0 < number <= len(rows) else None


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The blocks of a file; a header below another (`cases.entries`) is part of its block."""
    name, first, held = "", 0, list[str]()
    for number, line in enumerate(lines):
        header = _HEADER.match(line)
        if header and not (name and header[1].startswith(f"{name}.")):
            yield _Block(name, first, held)
            name, first, held = header[1], number, []
        held.append(line)
    yield _Block(name, first, held)


def _first(lines: list[str], pattern: str, above: int) -> int | None:
    """The line, from 1 in the file, of the first one that a pattern is found in."""
    wanted = re.compile(pattern)
    return next((above + n for n, line in enumerate(lines, 1) if wanted.search(line)), None)
