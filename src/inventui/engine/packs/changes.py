"""Changes of the catalogue: what it was before and is after, row by row."""

from __future__ import annotations

import json
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.packs.models import CatalogueChange
from inventui.rules.cases.canonical import from_canonical


class _Item(NamedTuple):
    slug: str
    name: str
    description: str
    flavour: str
    category: str
    rarity: str
    tier: str
    price_oranges: int
    price_gems: int
    value: int
    emoji: str
    sprite: str
    style: str
    image_url: str
    details: str


class _Case(NamedTuple):
    slug: str
    name: str
    description: str
    price: int
    sprite: str
    position: int
    canonical: str


class _Goal(NamedTuple):
    slug: str
    name: str
    description: str
    emoji: str
    position: int
    condition: str
    threshold: int
    oranges: int
    gems: int
    experience: int
    quest: int
    item: str | None


class _Neighbour(NamedTuple):
    slug: str
    position: int
    details: str


_ITEMS = Statement(
    "SELECT {fields} FROM item WHERE active = 1", _Item, fields=", ".join(_Item._fields)
)
_CASES = Statement(
    "SELECT c.slug, c.name, c.description, c.price, c.sprite, c.position, o.canonical"
    " FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id WHERE c.active = 1",
    _Case,
)
_GOALS = Statement(
    "SELECT a.slug, a.name, a.description, a.emoji, a.position, a.condition, a.threshold,"
    " a.oranges, a.gems, a.experience, a.quest, i.slug AS item"
    " FROM achievement a LEFT JOIN item i ON i.id = a.item_id WHERE a.active = 1",
    _Goal,
)
_NEIGHBOURS = Statement(
    "SELECT slug, position, details FROM neighbour WHERE active = 1", _Neighbour
)

Snapshot = dict[tuple[str, str], dict[str, object]]
"""Fields by kind and id."""


def snapshot(connection: Connection) -> Snapshot:
    """All that is in force."""
    found: Snapshot = {}
    for item in connection.execute(_ITEMS):
        found["item", item.slug] = _fields(item)
    for case in connection.execute(_CASES):
        odds = from_canonical(case.canonical)
        found["case", case.slug] = {
            **_fields(case),
            "returns": f"{float(odds.return_to_player):.2%}",
            "odds_hash": odds.hash,
        }
    for goal in connection.execute(_GOALS):
        found["achievement", goal.slug] = _fields(goal)
    for neighbour in connection.execute(_NEIGHBOURS):
        found["neighbour", neighbour.slug] = _fields(neighbour)
    return found


def _fields(row: NamedTuple) -> dict[str, object]:
    """A row's fields, with those that its JSON holds; its place is none of them."""
    fields = row._asdict()
    held = fields.pop("details", "{}")
    for name in ("slug", "position", "canonical"):
        fields.pop(name, None)
    return {**fields, **json.loads(held)}


def differences(before: Snapshot, after: Snapshot) -> tuple[CatalogueChange, ...]:
    """What became different, by kind and id."""
    found = []
    for kind, slug in sorted({*before, *after}):
        old, new = before.get((kind, slug)), after.get((kind, slug))
        if old == new:
            continue
        name = str((new or old or {})["name"])
        change = "added" if old is None else "gone" if new is None else "changed"
        fields = {
            field: ((old or {}).get(field), (new or {}).get(field))
            for field in {**(old or {}), **(new or {})}
            if change == "changed" and (old or {}).get(field) != (new or {}).get(field)
        }
        found.append(CatalogueChange(kind, slug, name, change, fields))
    return tuple(found)
