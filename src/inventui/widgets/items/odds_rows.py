"""The rows of an odds list: pools, groups that can be unfolded, and entries, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from inventui.rules.cases.odds import OddsTable


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Above the entries of a pool: how often an opening rolls in it."""

    pool: int
    rolls: int
    entries: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Entries of one group and pool in one row."""

    pool: int
    name: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry by its number; `grouped` if it stands below its group's row."""

    entry: int
    grouped: bool = False


OddsRow = PoolRow | GroupRow | EntryRow


def best_first(table: OddsTable, among: Iterable[int] | None = None) -> list[int]:
    """The numbers of a table's entries from the most valuable down, the rarer first.

    Args:
        table: the odds.
        among: numbers of the entries that are sorted; all of them if None.
    """
    entries = table.entries
    numbers = range(len(entries)) if among is None else among
    return sorted(numbers, key=lambda i: (-entries[i].value, entries[i].parts, i))


def odds_rows(table: OddsTable, unfolded: Collection[GroupRow] = ()) -> list[OddsRow]:
    """What an odds list shows, pool by pool; a group stands where its best entry would."""
    rows: list[OddsRow] = []
    first = 0
    for pool, (rolls, size) in enumerate(table.laid_out):
        if table.rolls > 1:
            rows.append(PoolRow(pool, rolls, size))
        order = best_first(table, range(first, first + size))
        groups: dict[str, list[int]] = {}
        for number in order:
            groups.setdefault(table.entries[number].group, []).append(number)
        for number in order:
            name = table.entries[number].group
            members = tuple(groups[name])
            if not name or len(members) == 1:
                rows.append(EntryRow(number))
            elif number == members[0]:
                group = GroupRow(pool, name, members)
                rows.append(group)
                if group in unfolded:
                    rows += [EntryRow(member, grouped=True) for member in members]
        first += size
    return rows
