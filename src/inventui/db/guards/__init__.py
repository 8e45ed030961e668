"""Guards inside the database, generated from the rules.

The program only adds lines to journals. AFTER INSERT triggers apply them to balances,
statuses and nonces; BEFORE triggers refuse every change that no line justifies. A bare
client has foreign keys and recursive triggers off and may ignore CHECKs, so each
trigger repeats what it relies on, refuses REPLACE before the insert happens, and
compares with IS NOT. A DROP TRIGGER can't be stopped in a file that the player owns:
`missing_guards` tells.
"""

from collections.abc import Mapping
from functools import cache

from inventui.db.guards.money import money_guards, operation_guards
from inventui.db.guards.rolls import rolls_guards
from inventui.db.guards.things import things_guards


@cache
def guards() -> Mapping[str, str]:
    """Every trigger of a SQLite world: name → CREATE statement, in a stable order."""
    return dict([*operation_guards(), *money_guards(), *things_guards(), *rolls_guards()])


def missing_guards(found: Mapping[str, str]) -> list[str]:
    """Names of triggers that are gone or differ, given those that a file has."""
    return [name for name, sql in guards().items() if found.get(name) != sql]
