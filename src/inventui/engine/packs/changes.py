"""Changes of the catalogue: what it was before and is after, row by row."""

from __future__ import annotations

import json
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.packs.models import CatalogueChange
from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsTable
from inventui.rules.numbers import changeable


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

_SPACED = str.maketrans("._", "  ")

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
            "rolls": odds.rolls,
            "guarantee": _promised(odds.guarantee),
            "entries": _entries(odds),
            "odds_hash": odds.hash,
        }
    for name, value in changeable().items():
        found["number", name] = {
            "name": name.partition(".")[2].translate(_SPACED),
            "value": value,
        }
    for goal in connection.execute(_GOALS):
        found["achievement", goal.slug] = _fields(goal)
    for neighbour in connection.execute(_NEIGHBOURS):
        found["neighbour", neighbour.slug] = _fields(neighbour)
    return found


def _entries(odds: OddsTable) -> dict[str, str]:
    """What each entry of a case gives and how often, by its name; of several pools also by pool."""
    found = {}
    for number, entry in enumerate(odds.entries):
        pool = f" in pool {odds.pool_of(number) + 1}" if len(odds.laid_out) > 1 else ""
        chance = f"{entry.parts * 100 / TICKETS:.10g}%"
        found[f"{entry.name}{pool}"] = f"{chance} {entry.rarity} worth {entry.value}"
    return found


def _promised(guarantee: Guarantee | None) -> str:
    if guarantee is None:
        return ""
    rises = f", from {guarantee.rises_from} by {guarantee.step * 100 / TICKETS:.10g}%"
    more = "" if guarantee.rises_from is None else rises
    return f"{guarantee.promised} after {guarantee.after}{more}"


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
            field: _differing((old or {}).get(field), (new or {}).get(field))
            for field in {**(old or {}), **(new or {})}
            if change == "changed" and (old or {}).get(field) != (new or {}).get(field)
        }
        found.append(CatalogueChange(kind, slug, name, change, fields))
    return tuple(found)


def _differing(before: object, after: object) -> tuple[object, object]:
    """Two values; of two tables what differs in them."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return before, after
    same = {name for name in before if name in after and before[name] == after[name]}
    return (
        {name: value for name, value in before.items() if name not in same},
        {name: value for name, value in after.items() if name not in same},
    )
