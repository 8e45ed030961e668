"""The catalogue: what can be had and what a case holds, loaded from packs once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from inventui.db.store import Store
from inventui.engine.models import CaseDetail, CaseSummary
from inventui.rules.enums import Category, Rarity
from inventui.rules.odds import OddsTable, from_canonical
from inventui.rules.refusal import Reason, Refusal
from inventui.rules.text import printable

if TYPE_CHECKING:
    from inventui.content.pack import Pack

_ITEM_COLUMNS = (
    "id, slug, name, description, flavour, category, rarity, value, emoji, sprite, image_url"
)
_ITEMS = text(f"SELECT {_ITEM_COLUMNS} FROM item")
_CASES = text(
    "SELECT c.slug, c.name, c.description, c.price, c.sprite, c.odds_table_id, o.canonical"
    " FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id WHERE c.active"
    " ORDER BY c.position"
)
_CASE = text("SELECT odds_table_id FROM case_box WHERE slug = :slug AND active")
_ODDS = text("SELECT canonical FROM odds_table WHERE id = :id")
_SETTING = text("SELECT value FROM world_setting WHERE name = :name")
_SET = text(
    "INSERT INTO world_setting (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """A row of the catalogue as the engine keeps it in memory."""

    id: int
    slug: str
    name: str
    description: str
    flavour: str
    category: Category
    rarity: Rarity
    value: int
    emoji: str
    sprite: str
    image_url: str


class Catalogue:
    """The catalogue of one world. Items and odds tables never change under their number."""

    def __init__(self, store: Store) -> None:
        """Read from `store` when asked."""
        self._store = store
        self._lock = Lock()
        self._items: dict[int, CatalogueItem] = {}
        self._by_slug: dict[str, CatalogueItem] = {}
        self._odds: dict[int, OddsTable] = {}

    def cases(self) -> tuple[CaseSummary, ...]:
        """Every case that can be opened, in the pack's order."""
        with self._store.read() as connection:
            rows = connection.execute(_CASES).all()
        summaries = []
        for row in rows:
            odds = self._parse(row.odds_table_id, row.canonical)
            best = odds.best
            summaries.append(
                CaseSummary(
                    id=row.slug,
                    name=row.name,
                    price=odds.price,
                    return_to_player=odds.return_to_player,
                    best_name=best.name,
                    best_value=best.value,
                    best_rarity=best.rarity,
                )
            )
        return tuple(summaries)

    def case(self, case_id: str) -> CaseDetail | Refusal:
        """One case with its odds table, or a refusal naming those there are."""
        with self._store.read() as connection:
            rows = connection.execute(_CASES).all()
            row = next((row for row in rows if row.slug == case_id), None)
            if row is None:
                return unknown_case(case_id, [row.slug for row in rows])
            odds = self._parse(row.odds_table_id, row.canonical)
            won = [self.by_slug(connection, entry.item) for entry in odds.entries]
        return CaseDetail(
            id=row.slug,
            name=row.name,
            description=row.description,
            price=odds.price,
            sprite=row.sprite,
            odds=odds,
            sprites=tuple(item.sprite for item in won),
            emoji=tuple(item.emoji for item in won),
        )

    def odds_in_force(
        self, connection: Connection, case_id: str
    ) -> tuple[int, OddsTable] | Refusal:
        """The number and content of a case's odds table as of this transaction."""
        number = connection.execute(_CASE, {"slug": case_id}).scalar_one_or_none()
        if number is None:
            return unknown_case(case_id, [row.slug for row in connection.execute(_CASES)])
        return number, self.odds(connection, number)

    def odds(self, connection: Connection, number: int) -> OddsTable:
        """A kept odds table by its number."""
        table = self._odds.get(number)
        if table is None:
            canonical = connection.execute(_ODDS, {"id": number}).scalar_one()
            table = self._parse(number, canonical)
        return table

    def item(self, connection: Connection, number: int) -> CatalogueItem:
        """An item by its number."""
        if number not in self._items:
            self._load(connection)
        return self._items[number]

    def by_slug(self, connection: Connection, slug: str) -> CatalogueItem:
        """An item by its slug, which must exist.

        Raises:
            KeyError: there is none.
        """
        if slug not in self._by_slug:
            self._load(connection)
        return self._by_slug[slug]

    def find(self, connection: Connection, slug: str) -> CatalogueItem | Refusal:
        """An item by a slug that a person wrote, or a refusal that names near ones."""
        from difflib import get_close_matches

        try:
            return self.by_slug(connection, slug)
        except KeyError:
            near = get_close_matches(slug, self._by_slug, n=3, cutoff=0.5)
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            return Refusal(
                Reason.UNKNOWN_ITEM,
                f"The catalogue has no item {printable(slug)!r}.{hint}",
                {"item": slug},
            )

    def _load(self, connection: Connection) -> None:
        with self._lock:
            for row in connection.execute(_ITEMS):
                item = CatalogueItem(
                    **{
                        **row._mapping,
                        "category": Category(row.category),
                        "rarity": Rarity(row.rarity),
                    }
                )
                self._items[item.id] = self._by_slug[item.slug] = item

    def _parse(self, number: int, canonical: str) -> OddsTable:
        if number not in self._odds:
            self._odds[number] = from_canonical(canonical)
        return self._odds[number]


def unknown_case(case_id: str, known: list[str]) -> Refusal:
    """The refusal for a case that there is not."""
    return Refusal(
        Reason.UNKNOWN_CASE,
        f"There is no case {printable(case_id)!r}. There are: {', '.join(known)}.",
        {"case": case_id, "known": known},
    )


def setting(connection: Connection, name: str) -> str | None:
    """A fact about the world, or None if it is not known."""
    return connection.execute(_SETTING, {"name": name}).scalar_one_or_none()


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Keep a fact about the world."""
    connection.execute(_SET, {"name": name, "value": value})


_ITEM_FIELDS = [
    "slug",
    "name",
    "description",
    "flavour",
    "category",
    "rarity",
    "rarity_rank",
    "tier",
    "price_oranges",
    "price_gems",
    "value",
    "emoji",
    "sprite",
    "style",
    "image_url",
    "details",
]
_PUT_ITEM = text(
    f"INSERT INTO item ({', '.join(_ITEM_FIELDS)}, active)"
    f" VALUES ({', '.join(':' + name for name in _ITEM_FIELDS)}, 1)"
    " ON CONFLICT (slug) DO UPDATE SET active = 1, "
    + ", ".join(f"{name} = excluded.{name}" for name in _ITEM_FIELDS if name != "slug")
)
_SAME_ITEM = text(
    "SELECT slug FROM item WHERE name = :name AND value = :value AND category = :category"
    " AND rarity = :rarity ORDER BY slug <> :slug, id LIMIT 1"
)
_TAKEN = text("SELECT 1 FROM item WHERE slug = :slug")
_KEEP_ODDS = text(
    "INSERT INTO odds_table (hash, canonical) SELECT :hash, :canonical"
    " WHERE NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = :hash)"
)
_PUT_CASE = text(
    "INSERT INTO case_box (slug, name, description, price, sprite, position, odds_table_id, active)"
    " SELECT :slug, :name, :description, :price, :sprite, :position, id, 1 FROM odds_table"
    " WHERE hash = :hash"
    " ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description,"
    " price = excluded.price, sprite = excluded.sprite, position = excluded.position,"
    " odds_table_id = excluded.odds_table_id, active = 1"
)


def load_into(connection: Connection, pack: Pack) -> None:
    """Write a pack into the catalogue.

    What a case gives is the catalogue's item of the entry's name and value, or a new one:
    a thing once won keeps its name and value whatever a later pack says. Items and cases
    that the pack no longer has stay, but can't be had any more.
    """
    connection.execute(text("UPDATE item SET active = 0"))
    connection.execute(text("UPDATE case_box SET active = 0"))
    slugs = {}
    items = {}
    for item in pack.items:
        fields = {
            "slug": item.id,
            "name": item.name,
            "description": item.description,
            "flavour": item.flavour,
            "category": str(item.category),
            "rarity": str(item.rarity),
            "rarity_rank": item.rarity.rank,
            "tier": str(item.tier),
            "price_oranges": item.price_oranges,
            "price_gems": item.price_gems,
            "value": item.sell_price,
            "emoji": item.emoji,
            "sprite": item.sprite,
            "style": item.style,
            "image_url": item.image_url,
            "details": json.dumps(item.details(), sort_keys=True),
        }
        items[item.id] = fields
        slugs[item.id] = _put(connection, fields)
    for position, case in enumerate(pack.cases):
        entries = []
        for entry in case.odds_table().entries:
            base = items[entry.item]
            won = {
                **base,
                "name": entry.name,
                "value": entry.value,
                "rarity": str(entry.rarity),
                "rarity_rank": entry.rarity.rank,
            }
            same = all(won[name] == base[name] for name in ("name", "value", "rarity"))
            slug = slugs[entry.item] if same else _put(connection, won)
            entries.append(replace(entry, item=slug))
        table = replace(case.odds_table(), entries=tuple(entries))
        connection.execute(_KEEP_ODDS, {"hash": table.hash, "canonical": table.canonical()})
        connection.execute(
            _PUT_CASE,
            {
                "slug": case.id,
                "name": case.name,
                "description": case.description,
                "price": case.price,
                "sprite": case.sprite,
                "position": position,
                "hash": table.hash,
            },
        )


def _put(connection: Connection, fields: dict[str, object]) -> str:
    """Write an item under its slug, or under a new one if another thing has that."""
    if fields["category"] == Category.COLLECTIBLE:
        same = connection.execute(_SAME_ITEM, fields).scalar_one_or_none()
        if same is not None:
            fields = {**fields, "slug": same}
        else:
            base, number = f"{fields['slug']}", 1
            while connection.execute(_TAKEN, {"slug": fields["slug"]}).first() is not None:
                number += 1
                fields = {**fields, "slug": f"{base}-{number}"}
    connection.execute(_PUT_ITEM, fields)
    return str(fields["slug"])
