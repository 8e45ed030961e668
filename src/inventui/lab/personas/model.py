"""Personas: who plays in an economy, by which rules, as a file of TOML says it.

What the fields mean stands at the head of `personas.toml`, the file that comes with the game.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from inventui.content.faults import LONGEST_LABEL, Fault, place_of, words_of
from inventui.content.reading.fault_lines import FaultLines
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.numbers import flat
from inventui.rules.streets.shifts import ShiftStyle

LARGEST_FILE = 256 * 1024


MOST_PERSONAS = 100
MOST_SHIFTS = 1_000
"""Most shifts a day that a persona may want to work; it works as many as there are."""


DEPTH = 8
"""How deep lists may be nested; a persona needs two."""


NAMED = 3
"""How many faults a sentence names."""


BASE = Path(__file__).parent / "personas.toml"


class PersonaAction(StrEnum):
    """What a persona can do in a session."""

    DAILY = "daily"
    CLAIM = "claim"
    SHIFTS = "shifts"
    SELL = "sell"
    PAY = "pay"
    INVEST = "invest"
    OPEN = "open"
    ROB = "rob"
    GEAR = "gear"
    MARKET = "market"
    FUSE = "fuse"
    SETS = "sets"
    AWARDS = "awards"
    USE = "use"
    SHOP = "shop"
    REROLL = "reroll"
    LIST = "list"
    BAZAAR = "bazaar"
    OFFER = "offer"
    TRADES = "trades"
    FRIENDS = "friends"
    GIFTS = "gifts"
    NEXT = "next"


Sold = Literal["collectible", "weapon", "armor", "business", "housing"]


Invested = Literal["business", "housing", "weapon", "armor"]


Hour = Annotated[int, Field(ge=0, le=23)]


Skill = Annotated[int, Field(ge=0, le=100)]


class Persona(BaseModel):
    """Rules of what somebody does."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    name: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z][a-z0-9-]*$")]
    # Files of 0.2.0 say deeds.
    actions: Annotated[
        tuple[PersonaAction, ...],
        Field(min_length=1, max_length=20, validation_alias=AliasChoices("actions", "deeds")),
    ]
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    sessions: Annotated[tuple[Hour, ...], Field(min_length=1, max_length=24)] = (18,)
    every: Annotated[int, Field(ge=1, le=30)] = 1
    shifts: Annotated[int, Field(ge=0, le=MOST_SHIFTS)] = 20
    work: ShiftStyle | Skill = ShiftStyle.STEADY
    sells: tuple[Sold, ...] = ()
    invests: tuple[Invested, ...] = ()
    payback: Annotated[int, Field(ge=1, le=365)] = 20
    home: Rarity = Rarity.COMMON
    reserve: Annotated[int, Field(ge=0, le=10**9)] = 200
    case: str = ""
    share: Annotated[int, Field(ge=1, le=100)] = 50
    openings: Annotated[int, Field(ge=1, le=100)] = 20
    robberies: Annotated[int, Field(ge=1, le=20)] = 3
    fusions: Annotated[int, Field(ge=1, le=100)] = 10
    shops: tuple[Category, ...] = ()
    lists: tuple[Category, ...] = ()
    offers: tuple[Category, ...] = ()
    gifts: tuple[Category, ...] = ()
    wants: tuple[Category, ...] = ()
    ask: Annotated[int, Field(ge=1, le=1_000)] = 100
    pays: Annotated[int, Field(ge=1, le=1_000)] = 100
    alms: Annotated[int, Field(ge=0, le=10**9)] = 0


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    personas: Annotated[tuple[Persona, ...], Field(min_length=1, max_length=MOST_PERSONAS)]
    numbers: dict[str, float] = {}

    @field_validator("numbers", mode="before")
    @classmethod
    def _dotted(cls, numbers: object) -> object:
        """TOML reads a dotted name without quotes as a table within a table."""
        return dict(flat(numbers)) if isinstance(numbers, Mapping) else numbers


@dataclass(frozen=True, slots=True)
class PersonaFile:
    """Personas, and the numbers of the economy that their file changes."""

    personas: tuple[Persona, ...]
    numbers: Mapping[str, float] = field(default_factory=dict)


def read_personas(path: Path) -> PersonaFile | Refusal:
    """The personas of a file, or a refusal that names each of its faults."""
    try:
        text = _text(path)
        raw = tomllib.loads(text)
        read = _File.model_validate(raw)
    except OSError as error:
        faults = [error.strerror or str(error)]
    except tomllib.TOMLDecodeError as error:
        faults = [f"it is no TOML: {error}"]
    except ValidationError as error:
        # A list that lacks only what is wrong in it is told of by that.
        told = [found for found in error.errors() if found["type"] != "too_short"]
        lines = FaultLines(text)
        faults = [_fault(found, raw, lines) for found in told or error.errors()]
    except ValueError as error:
        faults = [str(error)]
    else:
        names = [persona.name for persona in read.personas]
        faults = [
            f"personas: {name} is there twice"
            for name in sorted({name for name in names if names.count(name) > 1})
        ]
        if not faults:
            return PersonaFile(read.personas, read.numbers)
    more = f"; and {len(faults) - NAMED:,} more" if len(faults) > NAMED else ""
    return Refusal(
        Reason.INVALID_FILE,
        f"The personas of {path} can't be used: {'; '.join(faults[:NAMED])}{more}.",
        {"file": str(path), "faults": faults},
    )


def _text(path: Path) -> str:
    """The text of a file that may be read as TOML."""
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"it is larger than {LARGEST_FILE:,} bytes")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line:,} is no UTF-8; save it as UTF-8") from error
    if _depth(text) > DEPTH:
        raise ValueError(f"it is nested more than {DEPTH} deep")
    return text


def _depth(text: str) -> int:
    deepest = deep = 0
    for character in text:
        deep += (character in "[{") - (character in "]}")
        deepest = max(deepest, deep)
    return deepest


def _fault(found: Any, raw: object, lines: FaultLines) -> str:
    """A fault with its line: `line 4: personas.worker shifts: it must be a whole number (many)`."""
    table, field = place_of(raw, found["loc"])
    table = table.lstrip(".")
    line = lines.line_of(Fault("", table, field, ""))
    if isinstance(raw, Mapping) and table.startswith("personas.#"):
        row = raw["personas"][int(table.rpartition("#")[2]) - 1]
        if isinstance(row.get("name"), str):
            table = f"personas.{row['name'][:LONGEST_LABEL]}"
    given = found.get("input")
    said = f" ({given})" if isinstance(given, str | int | float) else ""
    place = " ".join(part for part in (table, field) if part)
    at = "" if line is None else f"line {line:,}: "
    return f"{at}{place}: {words_of(found['type'], found['msg'])}{said}"
