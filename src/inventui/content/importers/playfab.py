"""Drop tables of PlayFab: `RandomResultTables`, whose nodes give items or lead into tables."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from inventui.content.importers.draft import Entry, PackDraft, PackImportError, texts
from inventui.content.models.cases import MOST_ENTRIES

_LISTS = ("RandomResultTables", "DropTables", "Tables")
_AROUND = "data"
"""What an answer of the service has around its tables."""


def read(source: object, draft: PackDraft) -> None:
    """Read an object with tables, a list of them, or one; `Catalog` names the items.

    Raises:
        PackImportError: it is none.
    """
    if isinstance(source, dict) and isinstance(source.get(_AROUND), dict):
        source = source[_AROUND]
    raw: Any = source
    if isinstance(source, dict):
        raw = next((source[key] for key in _LISTS if key in source), None)
        raw = [source] if raw is None and "Nodes" in source else raw
        raw = list(raw.values()) if isinstance(raw, dict) else raw
    catalog = source.get("Catalog") if isinstance(source, dict) else None
    names = {
        item["ItemId"]: str(item.get("DisplayName") or item["ItemId"])
        for item in (catalog if isinstance(catalog, list) else ())
        if isinstance(item, dict) and isinstance(item.get("ItemId"), str)
    }
    tables: dict[str, Any] = {}
    for table in draft.each(raw, "tables"):
        (name,) = texts(table, "TableId")
        if name in tables:
            draft.lost["tables of the same id (the last counts)"] += 1
        tables[name] = table
    slugs = {name: draft.slug(f"{name} table") for name in tables}
    nested = Counter[str]()
    for name, table in tables.items():
        entries: list[Entry] = []
        weights: list[tuple[str, str, Decimal]] = []
        draft.place[:] = [f"table {name}"]
        for node in draft.each(table.get("Nodes"), "“Nodes”"):
            kind, gives = texts(node, "ResultItemType", "ResultItem")
            weight = draft.weight(node.get("Weight"))
            if weight is not None:
                weights.append((kind, gives, weight))
        total = sum(Fraction(weight) for _, _, weight in weights)
        for kind, gives, weight in weights:
            if kind == "TableId":
                if gives not in slugs:
                    raise PackImportError(f"It leads to {gives}, which is not there.")
                nested[gives] += 1
                entries.append({"table": slugs[gives], "weight": weight})
            else:
                chance = Fraction(weight) / total
                slug = draft.item(names.get(gives, gives), chance=chance)
                entries.append({"item": slug, "weight": weight})
        entries = _merged(entries, draft)
        if not entries or len(entries) > MOST_ENTRIES:
            raise PackImportError(f"It has {len(entries):,} results; 1 to {MOST_ENTRIES:,} fit.")
        draft.tables.append({"id": slugs[name], "name": name, "entries": entries})
        draft.case(name, [{"table": slugs[name], "weight": 1}])


def _merged(entries: list[Entry], draft: PackDraft) -> list[Entry]:
    """Entries with what stands twice made one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        key = str(entry.get("item") or entry["table"])
        if key in found:
            draft.lost["results that stood twice in one table (merged)"] += 1
            found[key]["weight"] += entry["weight"]
        else:
            found[key] = entry
    return list(found.values())
