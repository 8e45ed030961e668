"""Entries of cases: groups and nested tables laid out flat, each entry with its exact chance."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from inventui.content.layers import Names
from inventui.content.models.cases import MOST_ENTRIES, EntryModel, PoolModel, TableModel
from inventui.content.reading.tables import Written
from inventui.rules.cases.chances import LEAST_PERCENT, MOST_PERCENT
from inventui.rules.core.enums import Rarity

WHOLE = Fraction(100)

DEEPEST = 50
"""Deepest that groups and tables stand within each other."""

MOST_LAID_OUT = 100_000
"""Most entries of all cases of a pack, laid out."""

Tell = Callable[[str, str, str, str], None]
"""Is told of a fault: the file, the table, the field, and what is wrong."""

CHANCES = frozenset({"chance", "weight", "entries"})
"""Fields that chances are reckoned from; where one is wrong, that is told already."""


@dataclass(frozen=True, slots=True)
class FlatEntry:
    """An entry that gives an item or nothing.

    Attributes:
        written: the entry where it was written: in a case, or in a table that stands there.
        percent: its exact chance in the whole case.
        group: what it is shown together with, or empty.
        rarity: the rarity that it or its group is given, if any.
        direct: whether it stands in the case's own list.
    """

    written: Written[EntryModel]
    percent: Fraction
    group: str
    rarity: Rarity | None
    direct: bool


class Layout:
    """Lays out the entries of cases, with what groups and tables hold in their places.

    Attributes:
        seen: the tables that were laid out.
        full: whether there were too many entries in all, which is told once.
    """

    def __init__(self, tables: Mapping[str, Written[TableModel]], names: Names, tell: Tell) -> None:
        self._tables, self._names, self._tell_all = tables, names, tell
        self._faulty: set[str] = set()
        self.seen: set[str] = set()
        self.full = False
        self._laid_out = 0

    def flatten(self, written: Written[PoolModel] | Written[TableModel]) -> list[FlatEntry]:
        """The entries of a case's pool or of a table, in their order.

        Told are: chances of a list that don't sum to 100 %, a table that is unknown or holds
        itself, what is nested too deeply, and more entries than a case may have, where the rest is
        left out. What is wrong with a table is told where the table stands.
        """
        found: list[FlatEntry] = []
        self._faulty.clear()
        for flat in self._walk(written, written.model.entries):
            if len(found) == MOST_ENTRIES:
                message = f"laid out it has more than {MOST_ENTRIES:,} entries"
                self._tell(written, "entries", message)
                break
            if self._laid_out == MOST_LAID_OUT:
                self.full = True
                message = f"with it, all cases have more than {MOST_LAID_OUT:,} entries laid out"
                self._tell(written, "entries", message)
                break
            self._laid_out += 1
            found.append(flat)
        return found

    def _tell(
        self, written: Written[Any], field: str, message: str, above: tuple[str, ...] = ()
    ) -> None:
        # Tables with a fault are laid out once a case: those that lead to one by every way there is
        # could be walked for ever, for they need not give a single entry.
        self._faulty.update(above)
        if field != "entries" or written.stand_ins.isdisjoint(CHANCES):
            self._tell_all(written.file, written.table, field, message)

    def _walk(
        self,
        written: Written[Any],
        entries: tuple[EntryModel, ...],
        share: Fraction = Fraction(1),
        group: str = "",
        rarity: Rarity | None = None,
        above: tuple[str, ...] = (),
    ) -> Iterator[FlatEntry]:
        """Lay out one list, which has a share of the whole case.

        Args:
            written: what the list stands in: a case, a pool of it, a table, or a group.
            entries: the list.
            share: its share of the case, 0 to 1.
            group: what all of it is shown together with.
            rarity: the rarity that it gives to all of it.
            above: the tables and groups (without a name) that it stands in.
        """
        if len(above) > DEEPEST:
            message = f"groups and tables are nested more than {DEEPEST} deep"
            self._tell(written, "", message, above)
            return
        try:
            percents = percents_of(entries)
        except ValueError as error:
            self._tell(written, "entries", str(error), above)
            # What its entries refer to can still be looked at.
            percents = [WHOLE / len(entries)] * len(entries)
        for number, (entry, percent) in enumerate(zip(entries, percents, strict=True), 1):
            table = f"{written.table}.entries.{entry.label(number)}"
            here = Written(written.file, table, entry, written.stand_ins)
            part = share * percent / WHOLE
            label = group or entry.group or ""
            given = entry.rarity or rarity
            if entry.table is not None:
                nested = self._nested(here, entry.table, above)
                if nested is not None:
                    label, inside = label or nested.model.name or "", (*above, entry.table)
                    yield from self._walk(nested, nested.model.entries, part, label, given, inside)
            elif entry.entries or entry.items:
                label = label or (str(entry.rarity).capitalize() if entry.rarity else "")
                alike = (EntryModel(item=item, weight=Fraction(1), tint={}) for item in entry.items)
                held = entry.entries or tuple(alike)
                yield from self._walk(here, held, part, label, given, (*above, ""))
            else:
                yield FlatEntry(here, part * WHOLE, label, given, not above)

    def _nested(
        self, here: Written[EntryModel], name: str, above: tuple[str, ...]
    ) -> Written[TableModel] | None:
        """The table that an entry stands for, if it can be laid out there."""
        found = self._tables.get(name)
        if found is None:
            more = self._names.elsewhere(name, self._tables)
            self._tell(here, "table", f"there is no table {name!r}{more}", above)
        elif name in above:
            self._tell(here, "table", f"{name!r} holds itself", above)
        elif name not in self._faulty:
            self.seen.add(name)
            return found
        return None


def percents_of(entries: tuple[EntryModel, ...]) -> list[Fraction]:
    """The exact chances of one list, in percent: weights share what chances leave.

    Raises:
        ValueError: chances alone don't sum to 99.95–100.05, or leave nothing for the weights.
    """
    given = sum((entry.chance or Fraction(0) for entry in entries), Fraction(0))
    weights = sum((entry.weight or Fraction(0) for entry in entries), Fraction(0))
    if not weights:
        if not LEAST_PERCENT <= given <= MOST_PERCENT:
            raise ValueError(f"the chances sum to {float(given):g} %, not 100 %")
        return [WHOLE * (entry.chance or 0) / given for entry in entries]
    left = WHOLE - given
    if left <= 0:
        raise ValueError(f"the chances sum to {float(given):g} %, which leaves weights nothing")
    return [
        left * (entry.weight or 0) / weights if entry.chance is None else entry.chance
        for entry in entries
    ]
