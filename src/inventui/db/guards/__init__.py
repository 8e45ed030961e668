"""Guards inside the database, generated from the rules.

The program only adds lines to journals. AFTER INSERT triggers apply them to balances,
statuses, counts and nonces; BEFORE triggers refuse every change that no line justifies.
A bare client has foreign keys and recursive triggers off and may ignore CHECKs, so each
trigger repeats what it relies on, refuses REPLACE before the insert happens, and compares
so that NULLs are alike (`==`, see `db.dialects.trigger`). A DROP TRIGGER can't be stopped in a
file that the player owns: `missing_guards` tells.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib import import_module
from pkgutil import iter_modules

from inventui.db.dialects.sqlite import create_trigger
from inventui.db.dialects.trigger import Trigger

FINGERPRINT = "e73ed5fad1cf4817d8ecc4daaf004616a7c3440ed5ad57f3d3defceb14e26f05"
"""The fingerprint of all guards: a world that has them is known without making them here."""


@cache
def triggers() -> tuple[Trigger, ...]:
    """Every trigger, in a stable order.

    They are what the functions `…_guards` of this package's modules give, a module a room.
    """
    made: list[Trigger] = []
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        for name, function in vars(module).items():
            if name.endswith("_guards") and function.__module__ == module.__name__:
                made += function()
    return tuple(made)


@cache
def guards() -> Mapping[str, str]:
    """Every trigger of a SQLite world: name → CREATE statement, in a stable order."""
    return {trigger.name: create_trigger(trigger) for trigger in triggers()}


def fingerprint(found: Mapping[str, str]) -> str:
    """What tells triggers, given by name with their statements, from all others."""
    text = "\0".join(f"{name}\0{sql}" for name, sql in sorted(found.items()))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def missing_guards(found: Mapping[str, str]) -> list[str]:
    """Names of triggers that are gone or differ, given those that a file has."""
    return [name for name, sql in guards().items() if found.get(name) != sql]


def strange_triggers(found: Iterable[str]) -> list[str]:
    """Names of triggers that are none of the game's: one could undo what a guard does."""
    return sorted(set(found) - guards().keys())
