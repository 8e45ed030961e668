"""Types of the fields of packs: texts, slugs, sums, percentages, emoji, addresses."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
from rich.cells import cell_len

from inventui.rules.core.text import clean, faults_of_text, is_hidden

MOST_MONEY = 1_000_000_000_000
"""The largest price or value; a million such player items still sum within 64 bits."""

NAME = 60
TEXT = 300
ADDRESS = 500
FINEST = -40
"""Most decimals of a percentage or a weight, as an exponent of ten."""

_SHAPES = frozenset(map(chr, range(0x2500, 0x2600))) | frozenset(
    "★☆✦✧✩✪✫✬✭✮✯✰✶✷✸✹✺✻✼✽❀❁❂❃❖☾☽♔♕♖♗♘♙♚♛♜♝♞♩♪♫♬♭♯⬢⬡⬟⬠"
)
"""Single-width signs of which no terminal makes an emoji. Many other narrow ones are drawn
wide once a font has a picture for them."""
_SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_LONGEST_SLUG = 64


class Table(BaseModel):
    """A table of a pack: frozen, and a field that it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _safe(longest: int, *, may_be_empty: bool) -> AfterValidator:
    def check(text: str) -> str:
        faults = faults_of_text(text, longest)
        if faults:
            raise ValueError("; ".join(faults))
        safe = clean(text, longest)
        if not safe and not may_be_empty:
            raise ValueError("it is empty")
        return safe

    return AfterValidator(check)


def is_slug(value: object) -> bool:
    """Whether a value can be an id: small letters, digits and single hyphens."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_SLUG
        and re.fullmatch(_SLUG, value) is not None
    )


def check_emoji(text: str) -> str:
    """`text`, if it is one character that every terminal draws equally wide.

    Raises:
        ValueError: it is several characters, a letter, or needs a variation selector.
    """
    if not text:
        return text
    if any(ord(c) in {0xFE0F, 0x200D} for c in text):
        raise ValueError("terminals disagree about emoji with U+FE0F or U+200D; take a plain one")
    wide = len(text) == 1 and cell_len(text) == 2 and unicodedata.category(text) in {"So", "Sm"}
    if is_hidden(text[0]) or not (wide or text in _SHAPES):
        raise ValueError("it must be one naturally wide emoji or one single-width shape")
    return text


def check_badge(text: str) -> str:
    """`text`, if it is one emoji that every terminal draws two cells wide.

    Raises:
        ValueError: it is empty, a single-width shape, or no such emoji.
    """
    if not check_emoji(text) or cell_len(text) != 2:
        raise ValueError("it must be one naturally wide emoji")
    return text


def check_address(text: str) -> str:
    """`text`, if it is empty or an address that a browser opens.

    Raises:
        ValueError: it is none, or too long.
    """
    faults = faults_of_text(text, ADDRESS)
    if faults:
        raise ValueError("; ".join(faults))
    if not text:
        return text
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in text:
        raise ValueError("it must be an address that begins with https:// or http://")
    return text


def _percent(value: object) -> Fraction:
    return _exact(value, 100, "at most 100 percent")


def _weight(value: object) -> Fraction:
    return _exact(value, MOST_MONEY, f"at most {MOST_MONEY:,}")


def _exact(value: object, most: int, said: str) -> Fraction:
    """A number above 0 as it was written."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"it must be a number above 0 and {said}")
    number = Decimal(value)
    if not number.is_finite() or not 0 < number <= most:
        raise ValueError(f"it must be above 0 and {said}")
    exponent = number.as_tuple().exponent
    # Checked before it becomes a fraction: 1e-999999999 would have a billion digits.
    if not isinstance(exponent, int) or exponent < FINEST:
        raise ValueError(f"it has more than {-FINEST} decimals")
    return Fraction(number)


def _short_enough(slug: str) -> str:
    if any(len(part) > _LONGEST_SLUG for part in slug.split(":")):
        raise PydanticCustomError(
            "string_too_long", f"String should have at most {_LONGEST_SLUG} characters"
        )
    return slug


Slug = Annotated[
    str,
    Field(
        pattern=rf"^(?:{_SLUG}:)?{_SLUG}$", json_schema_extra={"maxLength": 2 * _LONGEST_SLUG + 1}
    ),
    AfterValidator(_short_enough),
]
"""An id; one of another pack with that before it: `base:citrus-crate`."""
ShortSlug = Annotated[str, Field(pattern=f"^{_SLUG}$", max_length=_LONGEST_SLUG)]
Name = Annotated[str, _safe(NAME, may_be_empty=False)]
Text = Annotated[str, _safe(TEXT, may_be_empty=True)]
Emoji = Annotated[str, AfterValidator(check_emoji)]
Address = Annotated[str, AfterValidator(check_address)]
Whole = Annotated[int, Field(strict=True, ge=0, le=MOST_MONEY)]
"""A sum or a count: a whole number from 0."""
Positive = Annotated[int, Field(strict=True, ge=1, le=MOST_MONEY)]
WholePercent = Annotated[int, Field(strict=True, ge=0, le=100)]
Flag = Annotated[bool, Field(strict=True)]
Percent = Annotated[
    Fraction,
    PlainValidator(_percent),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100}),
]
"""An exact percentage above 0: never a binary float."""
Weight = Annotated[
    Fraction,
    PlainValidator(_weight),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_MONEY}),
]
"""An exact weight above 0, beside the other weights of its list."""
Moment = AwareDatetime
"""A date and time with its offset from UTC."""
Tint = Annotated[dict[str, str], Field(default_factory=dict)]
"""Letters of a sprite and the colours they take instead."""


class NamedTable(Table):
    """A table with an id, which no other table of its kind may have."""

    id: Slug
