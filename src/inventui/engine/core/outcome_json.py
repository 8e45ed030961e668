"""Outcomes as JSON: the engine's dataclasses as they are stored with their operations."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(outcome: object) -> str:
    """The JSON of a dataclass."""
    return json.dumps(outcome, ensure_ascii=False, separators=(",", ":"), default=_plain)


def load(kind: type[T], text: str) -> T:
    """A dataclass from its JSON.

    A field that was not stored has its default; what is no field any more is passed over.
    """
    return cast(T, _reader(cast(Any, kind))(json.loads(text)))


def _plain(value: Any) -> dict[str, object]:
    if isinstance(value, Mapping):
        return dict(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of this type from JSON that was read.

    Raises:
        TypeError: no outcome can have that type.
    """
    make: Callable[..., Any] = kind
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (one,) = (_reader(each) for each in inner if each is not NoneType)
        return lambda plain: None if plain is None else one(plain)
    if origin is tuple and inner[1:] == (...,):
        each = _reader(inner[0])
        return lambda plain: tuple(map(each, plain))
    if origin is Mapping:
        key, value = map(_reader, inner)
        return lambda plain: {key(name): value(held) for name, held in plain.items()}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
        return lambda plain: make(
            **{name: read(plain[name]) for name, read in readers.items() if name in plain}
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (int, str, bool, object):
        return lambda plain: plain
    raise TypeError(f"{kind} can't be read from JSON")
