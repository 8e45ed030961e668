"""A table of case, item, weight, value and rarity, as a spreadsheet writes it: CSV."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from io import StringIO

from inventui.content.importers.draft import PackDraft, PackImportError
from inventui.rules.core.enums import Rarity

NEEDED = ("case", "item", "weight")
KNOWN = {*NEEDED, "value", "rarity", "price"}

MOST_LINES = 100_000
"""Most lines of a table; a pack can hold fewer."""


def delimiter_of(text: str) -> str:
    """What parts the columns of a table: the one that its first line has most of."""
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def read(source: str, draft: PackDraft) -> None:
    """Read a CSV with a line of names; value, rarity and the case's price may be left out.

    Columns are parted by commas, semicolons or tabs; where it is no comma, one may stand in a
    number in place of its point.

    Raises:
        PackImportError: a column or a value is missing or wrong; it names the line.
    """
    delimiter = delimiter_of(source)
    table = csv.DictReader(StringIO(source), delimiter=delimiter)
    names = [name.strip().lower() for name in _named(table)]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise PackImportError(
            f"The first line names the columns: {', '.join(NEEDED)}, and if you like value, rarity "
            f"and price. {', '.join(missing)} is missing."
        )
    table.fieldnames = names
    for name in names:
        if name not in KNOWN or names.count(name) > 1:
            draft.lost[f"column “{name}”" + (" (the last counts)" if name in KNOWN else "")] += 1
    cases: dict[str, dict[str, Decimal]] = {}
    prices: dict[str, int] = {}
    for row in _rows(table, draft):
        numbers = {
            name: (row.get(name) or "").strip().replace("," if delimiter != "," else "\0", ".")
            for name in ("weight", "value", "price")
        }
        case, item = (str(row[name] or "").strip() for name in ("case", "item"))
        if not case or not item:
            raise PackImportError("There is no case or no item.")
        weight = draft.weight(_number(numbers["weight"].removesuffix("%").rstrip(), "weight"))
        value = _whole(numbers["value"], "value", draft)
        price = _whole(numbers["price"], "price", draft)
        if price is not None:
            prices[case] = price
        slug = draft.item(item, _rarity(row.get("rarity")), value)
        weights = cases.setdefault(case, {})
        if weight is None:
            continue
        if slug in weights:
            draft.lost["items that stood twice in one case (merged)"] += 1
        weights[slug] = weights.get(slug, Decimal(0)) + weight
    if not cases:
        raise PackImportError("There is no line below the names of the columns.")
    for case, weights in cases.items():
        total = sum(map(Fraction, weights.values()))
        for slug, weight in weights.items():
            draft.note_chance(slug, Fraction(weight) / total)
        entries = [{"item": slug, "weight": weight} for slug, weight in weights.items()]
        draft.case(case, entries, price=prices.get(case))


def _named(table: "csv.DictReader[str]") -> list[str]:
    try:
        return list(table.fieldnames or ())
    except csv.Error as error:
        raise PackImportError(f"It is no CSV: {error}.") from error


def _rows(table: "csv.DictReader[str]", draft: PackDraft) -> Iterator[dict[str, str | None]]:
    """The rows, each of which is the place while it is looked at."""
    try:
        for number, row in enumerate(table, 1):
            draft.place[:] = [f"line {table.line_num:,}"]
            if number > MOST_LINES:
                raise PackImportError(f"At most {MOST_LINES:,} lines fit.")
            if row.pop(None, None):
                draft.lost["values beyond the last column"] += 1
            yield row
    except csv.Error as error:
        draft.place[:] = [f"line {table.line_num:,}"]
        raise PackImportError(f"It is no CSV: {error}.") from error
    draft.place.clear()


def _rarity(text: str | None) -> Rarity | None:
    if not text or not text.strip():
        return None
    try:
        return Rarity(text.strip().lower())
    except ValueError as error:
        known = ", ".join(Rarity)
        raise PackImportError(f"“{text}” is no rarity; there are {known}.") from error


def _whole(text: str, what: str, draft: PackDraft) -> int | None:
    """A sum, if there is one."""
    if not text:
        return None
    number = _number(text, what)
    if not number.is_finite() or not 0 <= number <= 10**12:
        raise PackImportError(f"A {what} is 0 to 1,000,000,000,000, not {text[:40]}.")
    if number != int(number):
        draft.lost[f"{what}s with decimals (rounded down)"] += 1
    return int(number)


def _number(text: str, what: str) -> Decimal:
    if not text:
        raise PackImportError(f"There is no {what}.")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise PackImportError(f"“{text[:40]}” is no {what}.") from error
