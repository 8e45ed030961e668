"""Files of a pack as TOML: what is too much, too deep or no TOML is a fault."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from inventui.content.faults import Faults
from inventui.content.source import PackFile

MOST_TABLES = 20_000
"""Most items, cases, nested tables, achievements, quests and neighbours of a pack."""


TOO_MANY = f"the pack has more than {MOST_TABLES:,} tables"


_ROW = re.compile(
    rb"^[ \t]*\[\[[ \t]*(?:items|cases|tables|achievements|quests|neighbours)[ \t]*\]\]",
    re.MULTILINE,
)


DEEPEST = 50
"""Deepest that tables, lists and dotted keys of a file may be nested."""


_LONG = re.compile(rb"\d(?:_?\d){4299,}")
"""More digits than Python makes a number of."""

_DEPTH = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[][{}.,=\n]',
    re.DOTALL,
)
"""Texts and comments as a whole, and what opens, closes and parts tables and keys."""


def parse(file: PackFile, faults: Faults, within: str = "") -> Mapping[str, Any] | None:
    """The tables of one file, or None with a fault added if it is no TOML.

    Args:
        file: the file.
        faults: what is told of it, under its name after `within`.
        within: of several packs, the one that it belongs to.
    """
    name = f"{within}{file.name}"
    if file.fault is not None:
        faults.add(name, "", "", file.fault)
        return None
    try:
        # Some editors begin a file with a byte order mark.
        text = file.data.decode("utf-8-sig")
        if too_deep(text):
            raise RecursionError
        return tomllib.loads(text, parse_float=exact_number)
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        message = f"it is no UTF-8: byte {error.start + 1:,} can't be read; save it as UTF-8"
        faults.add(name, "", "", message, line)
    except RecursionError:
        faults.add(name, "", "", "its tables are nested too deeply")
    except ValueError as error:
        long = _LONG.search(file.data)
        if long is None:
            faults.add(name, "", "", f"it is no TOML: {error}")
        else:
            line = file.data.count(b"\n", 0, long.start()) + 1
            faults.add(name, "", "", f"it is no TOML: a number has {len(long[0]):,} digits", line)
    return None


def exact_number(text: str) -> Decimal:
    """A number as it was written, so that a percentage stays that; of none that fits, infinity."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("Infinity")


def readable(files: Iterable[PackFile]) -> tuple[PackFile, ...]:
    """The files of a pack, of which that with a table too many has a fault and is the last.

    The parser would take a minute for a million of them.
    """
    found: list[PackFile] = []
    rows = 0
    for file in files:
        rows += len(_ROW.findall(file.data))
        if rows > MOST_TABLES:
            return (*found, PackFile(file.name, fault=TOO_MANY))
        found.append(file)
    return tuple(found)


def too_deep(text: str) -> bool:
    """Whether a file nests tables or dotted keys deeper than any pack needs.

    The parser takes time with the square of the depth.
    """
    depth = dots = 0
    for token in _DEPTH.finditer(text):
        match token[0]:
            case "[" | "{":
                depth, dots = depth + 1, 0
            case "]" | "}":
                depth -= 1
            case ".":
                dots += 1
            case "\n" | "," | "=":
                dots = 0
        if depth > DEEPEST or dots > DEEPEST:
            return True
    return False
