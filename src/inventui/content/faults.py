"""The faults of a pack: each with the file, the table and the field it stands in."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from inventui.rules.core.text import printable

AGAIN = " already, in "
"""What is said of an id that there is before it."""

LONGEST_LABEL = 64
LONGEST = 200
"""Most characters of a pack's own text in a fault."""

_WORDS = {
    "missing": "it is missing",
    "model_type": "it must be a table",
    "dict_type": "it must be a table",
    "tuple_type": "it must be a list",
    "extra_forbidden": "there is no such field",
    "string_type": "it must be a text",
    "int_type": "it must be a whole number",
    "bool_type": "it must be true or false",
    "string_pattern_mismatch": "it must be small letters, digits and single hyphens",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a pack; `table` and `field` are empty if it is the file.

    Attributes:
        file: name of the file inside the pack.
        table: the table, named by its id where it has one: `items.bent-straw`.
        field: the field inside the table.
        message: what is wrong, as a clause.
        line: where it stands in the file, from 1; None if that isn't known.
    """

    file: str
    table: str
    field: str
    message: str
    line: int | None = dataclasses.field(default=None, compare=False)

    def __str__(self) -> str:
        file = self.file if self.line is None else f"{self.file}:{self.line}"
        place = " ".join(part for part in (file, self.table, self.field) if part)
        return f"{place}: {self.message}"

    def as_json(self) -> dict[str, object]:
        """The object that programs are given."""
        return {
            "file": self.file,
            "line": self.line,
            "table": self.table,
            "field": self.field,
            "message": self.message,
        }


NAMED = 3
"""How many faults one sentence names."""


class PackError(Exception):
    """A pack that can't be loaded, with all its faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        count = len(self.faults)
        head = "The pack has 1 fault:" if count == 1 else f"The pack has {count:,} faults:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])

    def sentence(self) -> str:
        """The first faults on one line, and how many more there are."""
        named = "; ".join(str(fault) for fault in self.faults[:NAMED])
        more = len(self.faults) - NAMED
        return named + (f"; and {more:,} more" if more > 0 else "")


class Faults:
    """A list of faults that grows while a pack is read.

    Attributes:
        told: how often one was added, also one that is in the list already.
    """

    def __init__(self) -> None:
        self._all: dict[Fault, None] = {}
        self.told = 0

    def add(self, file: str, table: str, field: str, message: str, line: int | None = None) -> None:
        """Add a fault; text of the pack in it is made printable and cut."""
        self.told += 1
        self._all[Fault(shown(file), shown(table), shown(field), shown(message), line)] = None

    def add_validation(
        self, file: str, table: str, raw: Mapping[str, Any], error: ValidationError
    ) -> None:
        """Add every fault that a model found in `raw`."""
        details = error.errors(include_url=False, include_input=False)
        within = {detail["loc"][:-1] for detail in details if detail["loc"]}
        within |= {loc[:depth] for loc in within for depth in range(len(loc))}
        for detail in details:
            # A list counts as short when one of its rows is wrong, which is told already.
            if detail["type"] == "too_short" and detail["loc"] in within:
                continue
            inner, field = place_of(raw, detail["loc"])
            self.add(file, f"{table}{inner}", field, words_of(detail["type"], detail["msg"]))

    def sorted(self) -> tuple[Fault, ...]:
        """All of them by file, in the order in which they were found."""
        return tuple(sorted(self._all, key=lambda fault: fault.file))

    def __len__(self) -> int:
        return len(self._all)


def shown(text: str) -> str:
    """A text of a pack, fit to stand in a fault."""
    safe = printable(text)
    return safe if len(safe) <= LONGEST else f"{safe[: LONGEST - 1]}…"


def label(raw: object, number: int) -> str:
    """How a table of a list is named: by its id, item, table or what it changes, or its place."""
    if isinstance(raw, Mapping):
        for key in ("id", "item", "table", "extends"):
            name = raw.get(key)
            if isinstance(name, str) and name:
                return name[:LONGEST_LABEL]
    return f"#{number}"


def place_of(raw: object, loc: tuple[int | str, ...]) -> tuple[str, str]:
    """The inner tables that a location leads through (`.entries.bent-straw`), and the field."""
    inner, field = "", ""
    for step in loc:
        if isinstance(step, int):
            row = raw[step] if isinstance(raw, list) and step < len(raw) else None
            if isinstance(row, Mapping):
                inner, field = f"{inner}.{field}.{label(row, step + 1)}", ""
            else:
                field = f"{field}[{step + 1}]"
            raw = row
        else:
            field = f"{field}.{step}" if field else str(step)
            raw = raw.get(step) if isinstance(raw, Mapping) else None
    return inner, field


def words_of(kind: str, message: str) -> str:
    """What is wrong with a field, from the kind and the message that pydantic gives."""
    if kind in _WORDS:
        return _WORDS[kind]
    plain = message.removeprefix("Value error, ").replace("Input should", "it must")
    plain = plain.removesuffix(" after validation").replace("Tuple should", "it must")
    plain = plain.replace(" after validation,", ",")
    return plain[:1].lower() + plain[1:]
