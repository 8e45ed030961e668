"""Outcomes as JSON: every outcome, with every type that its fields have."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter

import inventui.engine
from inventui.engine.core.outcome_json import dump, load
from inventui.engine.core.outcomes import MovedIn
from inventui.engine.inventory.models import RefusedItem
from inventui.rules.core.refusal import Reason, Refusal


def outcomes() -> Iterator[type]:
    """The dataclasses of the engine that tell an operation's number."""
    for found in pkgutil.walk_packages(inventui.engine.__path__, "inventui.engine."):
        if found.name.endswith(("models", "outcomes")):
            for kind in vars(importlib.import_module(found.name)).values():
                if (
                    is_dataclass(kind)
                    and isinstance(kind, type)
                    and kind.__module__ == found.name
                    and "operation" in {field.name for field in fields(kind)}
                ):
                    yield kind


def values(kind: Any) -> list[Any]:
    """Values of a type, the second as much unlike the first as can be."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return [None, *(value for each in inner for value in values(each) if value is not None)]
    if origin is tuple:
        return [(), tuple(values(inner[0]))]
    if origin is Mapping:
        return [{}, dict(zip(values(inner[0]), values(inner[1]), strict=False))]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        some = {field.name: values(hints[field.name]) for field in fields(kind)}
        return [kind(**{name: of[at] for name, of in some.items()}) for at in (0, -1)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [*kind][:2]
    plain: dict[Any, list[Any]] = {
        int: [0, -(10**15)], bool: [False, True], type(None): [None],
        str: ["", '"Zoë"\n\x1b🍊\\'], object: ["x", 7],
    }  # fmt: skip
    return plain[kind]


@pytest.mark.parametrize("kind", outcomes(), ids=lambda kind: kind.__name__)
def test_every_outcome_is_read_as_it_was_stored_and_stored_as_it_always_was(kind: type) -> None:
    for outcome in values(kind):
        stored = dump(outcome)
        assert load(kind, stored) == outcome
        assert stored == TypeAdapter(kind).dump_json(outcome).decode()


def test_an_outcome_that_an_older_game_stored_has_defaults_and_loses_what_is_known_no_more() -> (
    None
):
    stored = dump(next(iter(values(MovedIn))))
    kept = stored.replace(',"repeat":false', "")
    assert kept != stored
    assert dump(load(MovedIn, kept.replace("{", '{"mood":"sour",', 1))) == stored


def test_a_mapping_that_can_not_be_changed_is_stored_like_any() -> None:
    details = MappingProxyType({"owned": 3})
    refused = RefusedItem(7, Refusal(Reason.ALREADY_OWNED, "You have it.", details))
    assert load(RefusedItem, dump(refused)) == refused
