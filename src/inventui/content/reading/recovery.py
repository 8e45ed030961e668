"""Reading on past a fault: a table with stand-ins for its wrong fields.

A pack with a fault is never loaded, but its other faults are to be named at once: a case
whose price is wrong may also refer to an item that there is not.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

from pydantic import ValidationError

from inventui.content.models.fields import Table, is_slug

T = TypeVar("T", bound=Table)

UNKNOWN = "unknown-item"
"""Stands for an item that could not be read; to refer to it is no second fault."""

_ENTRY: Mapping[str, object] = {"item": UNKNOWN, "chance": 100}
_NO_ITEMS = (UNKNOWN, f"{UNKNOWN}-2")
"""As many as the shortest list of items needs."""

_ROUNDS = 3
"""Without a wrong field another may be wrong: a remaining stock without its limit."""

_MOST_SLUGS = 40
_STAND_INS: Mapping[str, object] = {
    "id": UNKNOWN,
    "category": "collectible",
    "rarity": "common",
    "value": 0,
    "price": 1,
    "entries": [_ENTRY],
    "items": _NO_ITEMS,
    "discount": 1,
    "condition": "openings",
    "threshold": 1,
    "character": "Unknown",
    "version": "Unknown",
}
_numbers = count(1)


def read_on(
    model: type[T], raw: Mapping[str, Any], error: ValidationError
) -> tuple[T, frozenset[str]] | None:
    """What can be read of `raw`, and which fields are stand-ins; None if too little can."""
    fields = {name: raw[name] for name in raw if name in model.model_fields}
    if isinstance(fields.get("entries"), list):
        fields["entries"] = [dict(e) if isinstance(e, Mapping) else e for e in fields["entries"]]
    replaced: set[str] = set()
    for _ in range(_ROUNDS):
        replaced |= _drop(fields, error)
        if "items" in replaced:
            fields["items"] = _slugs(raw.get("items"))
        _fill(model, fields)
        try:
            return model.model_validate(fields), frozenset(replaced)
        except ValidationError as again:
            error = again
    return None


def _drop(fields: dict[str, Any], error: ValidationError) -> set[str]:
    """Take the wrong fields away, and say which they were."""
    dropped = set()
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        match detail["loc"]:
            case ("entries", int(place), str(name), *_):
                fields.get("entries", {place: {}})[place].pop(name, None)
                dropped.add(name)
            case (str(name), *_):
                fields.pop(name, None)
                dropped.add(name)
    return dropped


def _fill(model: type[Table], fields: dict[str, Any]) -> None:
    """Put stand-ins where a field is needed."""
    for entry in fields.get("entries", ()):
        for name, stand_in in _ENTRY.items():
            entry.setdefault(name, stand_in)
    for name, field in model.model_fields.items():
        if field.is_required() and name not in fields:
            # No two names are the same, lest that be taken for a fault.
            fields[name] = f"Unknown {next(_numbers)}" if name == "name" else _STAND_INS.get(name)


def _slugs(raw: object) -> tuple[str, ...]:
    """What a wrong list of items still names, each once, long enough for a bundle."""
    named = dict.fromkeys(slug for slug in raw if is_slug(slug)) if isinstance(raw, list) else ()
    return (*list(named)[:_MOST_SLUGS], *_NO_ITEMS)
