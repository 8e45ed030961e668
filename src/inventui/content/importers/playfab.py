"""Drop tables of PlayFab: `RandomResultTables`, whose nodes give items or lead into tables."""

from collections import Counter
from fractions import Fraction
from typing import Any

from inventui.content.importers.draft import Entry, PackDraft, PackImportError, exact, rows, texts

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
    names = {
        item["ItemId"]: str(item.get("DisplayName") or item["ItemId"])
        for item in (source.get("Catalog") or [] if isinstance(source, dict) else [])
        if isinstance(item, dict) and "ItemId" in item
    }
    tables = {texts(table, "TableId")[0]: table for table in rows(raw, "tables")}
    slugs = {name: draft.slug(f"{name} table") for name in tables}
    nested = Counter[str]()
    for name, table in tables.items():
        entries: list[Entry] = []
        nodes = rows(table.get("Nodes"), "“Nodes”")
        total = sum(Fraction(exact(node.get("Weight"))) for node in nodes)
        for node in nodes:
            kind, gives = texts(node, "ResultItemType", "ResultItem")
            weight = exact(node["Weight"])
            if kind == "TableId":
                if gives not in slugs:
                    raise PackImportError(f"Table {name} leads to {gives}, which is not there.")
                nested[gives] += 1
                entries.append({"table": slugs[gives], "weight": weight})
            else:
                chance = Fraction(weight) / total
                slug = draft.item(names.get(gives, gives), chance=chance)
                entries.append({"item": slug, "weight": weight})
        entries = _merged(entries, draft)
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
