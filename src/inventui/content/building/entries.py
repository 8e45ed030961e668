"""Entries of cases: groups and nested tables laid out flat, each entry with its exact chance."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from inventui.content.models.cases import MOST_ENTRIES, EntryModel, TableModel
from inventui.rules.cases.chances import LEAST_PERCENT, MOST_PERCENT
from inventui.rules.core.enums import Rarity

WHOLE = Fraction(100)

Tell = Callable[[str, str, str], None]
"""Is told of a fault: the place inside the case, the field, and what is wrong."""


@dataclass(frozen=True, slots=True)
class FlatEntry:
    """An entry that gives an item or nothing.

    Attributes:
        place: the lists and entries that lead to it, as faults call it: `entries.bent-straw`.
        model: the entry as it was written.
        percent: its exact chance in the whole case.
        group: what it is shown together with, or empty.
        rarity: the rarity that it or its group is given, if any.
    """

    place: str
    model: EntryModel
    percent: Fraction
    group: str
    rarity: Rarity | None


def flatten(
    entries: tuple[EntryModel, ...], tables: Mapping[str, TableModel], tell: Tell
) -> list[FlatEntry]:
    """Entries in their order, with what groups and tables hold in their places.

    Told are: chances of a list that don't sum to 100 %, a table that is unknown or holds itself,
    and more entries than a case may have, where the rest is left out.
    """
    found: list[FlatEntry] = []
    for flat in _Layout(tables, tell).walk(entries, "", "entries"):
        if len(found) == MOST_ENTRIES:
            tell("", "entries", f"laid out it has more than {MOST_ENTRIES:,} entries")
            break
        found.append(flat)
    return found


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


@dataclass(frozen=True, slots=True)
class _Layout:
    tables: Mapping[str, TableModel]
    tell: Tell

    def walk(
        self,
        entries: tuple[EntryModel, ...],
        place: str,
        field: str,
        share: Fraction = Fraction(1),
        group: str = "",
        rarity: Rarity | None = None,
        above: tuple[str, ...] = (),
    ) -> Iterator[FlatEntry]:
        """Lay out one list, which has a share of the whole case.

        Args:
            entries: the list.
            place: where the list stands.
            field: the field that it is.
            share: its share of the case, 0 to 1.
            group: what all of it is shown together with.
            rarity: the rarity that it gives to all of it.
            above: the tables that it stands in.
        """
        try:
            percents = percents_of(entries)
        except ValueError as error:
            self.tell(place, field, str(error))
            # What its entries refer to can still be looked at.
            percents = [WHOLE / len(entries)] * len(entries)
        for number, (entry, percent) in enumerate(zip(entries, percents, strict=True), 1):
            at = f"{place}.{field}.{entry.label(number)}".lstrip(".")
            part = share * percent / WHOLE
            label = group or entry.group or ""
            given = entry.rarity or rarity
            if entry.table is not None:
                table = self.tables.get(entry.table)
                if entry.table in above:
                    self.tell(at, "table", f"{entry.table!r} holds itself")
                elif table is None:
                    self.tell(at, "table", f"there is no table {entry.table!r}")
                else:
                    label, inside = label or table.name or "", (*above, entry.table)
                    yield from self.walk(table.entries, at, "table", part, label, given, inside)
            elif entry.entries or entry.items:
                label = label or (str(entry.rarity).capitalize() if entry.rarity else "")
                alike = (EntryModel(item=item, weight=Fraction(1), tint={}) for item in entry.items)
                held = entry.entries or tuple(alike)
                yield from self.walk(held, at, "entries", part, label, given, above)
            else:
                yield FlatEntry(at, entry, part * WHOLE, label, given)
