"""A table of case, item, weight, value and rarity, as a spreadsheet writes it: CSV."""

import csv
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from io import StringIO

from inventui.content.importers.draft import PackDraft, PackImportError
from inventui.rules.core.enums import Rarity

NEEDED = ("case", "item", "weight")
KNOWN = {*NEEDED, "value", "rarity", "price"}


def read(source: str, draft: PackDraft) -> None:
    """Read a CSV with a line of names; value, rarity and the case's price may be left out.

    Raises:
        PackImportError: a column or a value is missing or wrong; it names the line.
    """
    table = csv.DictReader(StringIO(source))
    names = [name.strip().lower() for name in table.fieldnames or ()]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise PackImportError(
            f"The first line names the columns: {', '.join(NEEDED)}, and if you like value, rarity "
            f"and price. {', '.join(missing)} is missing."
        )
    table.fieldnames = names
    for name in names:
        if name not in KNOWN:
            draft.lost[f"column “{name}”"] += 1
    cases: dict[str, dict[str, Decimal]] = {}
    prices: dict[str, int] = {}
    for row in table:
        at = table.line_num
        case, item = (str(row[name] or "").strip() for name in ("case", "item"))
        if not case or not item:
            raise PackImportError(f"Line {at} has no case or no item.")
        weight = _number(row["weight"], "weight", at)
        if weight <= 0:
            raise PackImportError(f"Line {at}: a weight must be above 0.")
        value = int(_number(row["value"], "value", at)) if row.get("value") else None
        if row.get("price"):
            prices[case] = int(_number(row["price"], "price", at))
        slug = draft.item(item, _rarity(row.get("rarity"), at), value)
        weights = cases.setdefault(case, {})
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


def _rarity(text: str | None, line: int) -> Rarity | None:
    if not text or not text.strip():
        return None
    try:
        return Rarity(text.strip().lower())
    except ValueError as error:
        known = ", ".join(Rarity)
        raise PackImportError(f"Line {line}: “{text}” is no rarity; there are {known}.") from error


def _number(text: str | None, what: str, line: int) -> Decimal:
    try:
        number = Decimal(str(text).strip())
    except InvalidOperation as error:
        raise PackImportError(f"Line {line}: “{text}” is no {what}.") from error
    if not number.is_finite() or number < 0 or number > 10**12:
        raise PackImportError(f"Line {line}: a {what} is 0 to 1,000,000,000,000, not {number}.")
    return number
