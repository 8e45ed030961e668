"""Numbers of the economy in force: a process plays one world, under those of its packs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from inventui.rules.numbers import USUAL

in_force: Mapping[str, float] = {}
"""The numbers in force that are not the usual ones."""


def apply_numbers(wanted: Mapping[str, float]) -> None:
    """Have these numbers in force, and of all others the usual ones."""
    global in_force  # noqa: PLW0603
    if wanted == in_force:
        return
    for (module, constant), (name, usual) in USUAL.items():
        if isinstance(usual, Mapping):
            each = {key: int(wanted.get(f"{name}.{key}", usual[key])) for key in usual}
            value: object = MappingProxyType(each)
        else:
            value = int(wanted.get(name, usual))
        if getattr(module, constant) != value:
            setattr(module, constant, value)
    in_force = dict(wanted)


@contextmanager
def changed(wanted: Mapping[str, float]) -> Iterator[None]:
    """Have these numbers in force for a while."""
    before = in_force
    apply_numbers(wanted)
    try:
        yield
    finally:
        apply_numbers(before)
