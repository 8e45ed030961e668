"""Frozen dataclasses that are made quickly: a start and a command make some hundreds of them.

The standard decorator compiles six methods for each class, which was a sixth of a command's
processor time. Here one is compiled, `__init__`; the others are the same for all classes.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")

_MISSING = dataclasses.MISSING


class _Methods:
    """What all such classes have, as `dataclasses` says it."""

    __match_args__: tuple[str, ...]

    def __repr__(self) -> str:
        told = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{self.__class__.__qualname__}({', '.join(told)})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        # What copies or unpickles sets attributes otherwise, which is refused.
        return self.__class__, tuple(getattr(self, name) for name in self.__match_args__)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = {name: method for name, method in vars(_Methods).items() if callable(method)}


def _comparing(values: Callable[[object], Any]) -> dict[str, object]:
    """The methods that compare objects by the values of their fields."""

    def equal(self: object, other: object) -> Any:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: object) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


def _init(fields: tuple[dataclasses.Field[Any], ...]) -> object:
    """The `__init__` of a frozen class with these fields."""
    known: dict[str, object] = {"_set": object.__setattr__, "_missing": _MISSING}
    parameters, lines = ["self"], []
    for field in fields:
        name, parameter, value = field.name, field.name, field.name
        if field.default is not _MISSING:
            known[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        elif field.default_factory is not _MISSING:
            known[f"_make_{name}"] = field.default_factory
            parameter = f"{name}=_missing"
            value = f"_make_{name}() if {name} is _missing else {name}"
        parameters.append(parameter)
        lines.append(f" _set(self, {name!r}, {value})\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(lines)} return", known)  # noqa: S102
    return known["__init__"]


def _frozen(kind: type[T]) -> type[T]:
    """A class as a frozen dataclass with slots."""
    own = vars(kind)
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]
    # Of a single name the getter gives the value itself, which equals and hashes as well.
    values = attrgetter(*[field.name for field in fields])
    shared = {"__init__": _init(fields), **_comparing(values), **_METHODS}
    for name, method in shared.items():
        if name not in own:
            setattr(made, name, method)
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind=None, /, **asked):
        """The decorator of `dataclasses`, which makes what is not a frozen class with slots."""
        if kind is None and asked == {"frozen": True, "slots": True}:
            return _frozen
        return dataclasses.dataclass(kind, **asked)
