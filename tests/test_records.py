"""Frozen dataclasses as `inventui.records` makes them, compared with the standard library's."""

from __future__ import annotations

import builtins
import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from inventui.records import dataclass


@dataclass(frozen=True, slots=True)
class Orange:
    """A record with every kind of field."""

    name: str
    size: int = 3
    seeds: list[int] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BloodOrange(Orange):
    """A record upon a record."""

    red: bool = True


@dataclass(frozen=True, slots=True)
class Peel:
    """A record of one field."""

    colour: tuple[int, ...]


def standard(kind: type[Any]) -> Any:
    """The same class as the standard library makes it."""
    body: dict[str, Any] = {"__annotations__": {}, "__doc__": kind.__doc__}
    for field in dataclasses.fields(kind):
        body["__annotations__"][field.name] = field.type
        if field.default is not dataclasses.MISSING:
            body[field.name] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            body[field.name] = dataclasses.field(default_factory=field.default_factory)
    made: Any = dataclasses.dataclass(frozen=True, slots=True)(type(kind.__name__, (), body))
    made.__qualname__ = kind.__qualname__
    return made


CALLS: tuple[Callable[[Any], Any], ...] = (
    lambda kind: kind("navel"),
    lambda kind: kind("navel", 4, [1]),
    lambda kind: kind(size=5, name="valencia"),
)


@pytest.mark.parametrize("kind", [Orange, BloodOrange])
@pytest.mark.parametrize("call", CALLS)
def test_a_record_is_made_and_told_like_a_standard_one(
    kind: type[Any], call: Callable[[Any], Any]
) -> None:
    ours, theirs = call(kind), call(standard(kind))
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize("kind", [Orange, BloodOrange, Peel])
def test_a_record_takes_the_arguments_of_a_standard_one(kind: type[Any]) -> None:
    ours, theirs = inspect.signature(kind), inspect.signature(standard(kind))
    assert list(ours.parameters) == list(theirs.parameters)
    assert kind.__match_args__ == standard(kind).__match_args__
    with pytest.raises(TypeError):
        kind()


def test_records_are_equal_by_class_and_values() -> None:
    assert Orange("navel") == Orange("navel")
    assert Orange("navel") != Orange("navel", 4)
    assert Orange("navel") != BloodOrange("navel")
    assert Peel((1, 2)) == Peel((1, 2))
    assert hash(Peel((1, 2))) == hash(Peel((1, 2)))
    assert len({Peel((1,)), Peel((1,)), Peel((2,))}) == 2


def test_each_record_has_a_value_of_its_own_where_a_factory_makes_it() -> None:
    assert Orange("navel").seeds is not Orange("navel").seeds


def test_a_record_stays_as_it_was_made() -> None:
    orange: Any = Orange("navel")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'size'"):
        orange.size = 4
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'size'"):
        del orange.size
    assert orange == Orange("navel")


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), dataclasses.replace],
)
def test_a_record_can_be_copied(again: Callable[[Any], Any]) -> None:
    orange = BloodOrange("tarocco", 2, [1], red=False)
    assert again(orange) == orange


def test_what_is_not_frozen_is_made_by_the_standard_library() -> None:
    @dataclass(slots=True)
    class Crate:
        oranges: int = 0

    crate = Crate()
    crate.oranges += 1
    assert crate == Crate(1)


def test_one_method_is_compiled_for_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    run = builtins.exec

    def counted(source: Any, *places: Any) -> None:
        compiled.append(source)
        run(source, *places)

    monkeypatch.setattr(builtins, "exec", counted)

    @dataclass(frozen=True, slots=True)
    class Pip:
        weight: int

    assert Pip(1).weight == 1
    assert len(compiled) == 1
