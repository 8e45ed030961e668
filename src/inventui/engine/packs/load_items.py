"""Loading a pack: its items, cases, neighbours and achievements become rows of the world.

A world outlives its packs, and player items point to items for ever. So loading never deletes a
row and never changes what a player item is: what the pack no longer has becomes inactive, and an
item whose name, value or category would change becomes a new item under another slug.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import keep_odds
from inventui.engine.core.settings import set_setting
from inventui.engine.packs.load_achievements import load_goals
from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.odds import OddsTable
from inventui.rules.collections import shrunk_setting
from inventui.rules.core.categories import Category

if TYPE_CHECKING:
    from inventui.content.pack import Pack

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
# Not one upsert: before an insert a guard can't tell that from REPLACE, which it refuses.
_NEW_ITEM = Statement(
    "INSERT INTO item ({fields}, active) VALUES ({values}, 1)",
    fields=", ".join(_ITEM_FIELDS),
    values=", ".join(f":{name}" for name in _ITEM_FIELDS),
)
_OLD_ITEM = Statement(
    "UPDATE item SET active = 1, {values} WHERE slug = :slug",
    values=", ".join(f"{name} = :{name}" for name in _ITEM_FIELDS if name != "slug"),
)
_ITEMS_OFF = Statement("UPDATE item SET active = 0")
_CASES_OFF = Statement("UPDATE case_box SET active = 0")
_NEIGHBOURS_OFF = Statement("UPDATE neighbour SET active = 0")
_SAME_ITEM = Statement(
    "SELECT slug FROM item WHERE name = :name AND value = :value AND category = :category"
    " AND rarity = :rarity ORDER BY slug <> :slug, id LIMIT 1",
    str,
)
_CATEGORY = Statement("SELECT category FROM item WHERE slug = :slug", str)
_PUT_CASE = Statement(
    "INSERT INTO case_box (slug, name, description, price, sprite, position, odds_table_id, active)"
    " VALUES (:slug, :name, :description, :price, :sprite, :position, :odds, 1)"
    " ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description,"
    " price = excluded.price, sprite = excluded.sprite, position = excluded.position,"
    " odds_table_id = excluded.odds_table_id, active = 1"
)


_ODDS_BEFORE = Statement(
    "SELECT o.canonical FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
    " WHERE c.slug = :slug",
    str,
)
_LAST_PLAYER_ITEM = Statement("SELECT coalesce(max(id), 0) FROM player_item", int)
_NEW_CATEGORY = Statement(
    "INSERT INTO category (name) SELECT :name"
    " WHERE NOT EXISTS (SELECT 1 FROM category WHERE name = :name)"
)
_NEW_NEIGHBOUR = Statement(
    "INSERT INTO neighbour (slug, position, details, active) VALUES (:slug, :position, :details, 1)"
)
_OLD_NEIGHBOUR = Statement(
    "UPDATE neighbour SET position = :position, details = :details, active = 1 WHERE slug = :slug"
)
_PUT_STOCK = Statement(
    "INSERT INTO stock (item_id, edition, first, sold) SELECT id, :edition, :first, 0 FROM item"
    " WHERE slug = :slug AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.item_id = item.id)"
)


def load_into(connection: Connection, pack: Pack) -> None:
    """Write a pack into the catalogue.

    A case gives the catalogue's item of the entry's name and value, or a new one: a player item
    that was won keeps its name and value whatever a later pack says.
    """
    connection.execute_many(_NEW_CATEGORY, [{"name": str(category)} for category in Category])
    connection.execute(_ITEMS_OFF)
    connection.execute(_CASES_OFF)
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
        _put_stock(connection, slugs[item.id], item.details())
    for position, case in enumerate(pack.cases):
        entries = []
        pictures = zip(case.sprites, case.emoji, strict=True)
        for entry, (sprite, emoji) in zip(case.odds_table().entries, pictures, strict=True):
            if not entry.item:
                entries.append(entry)
                continue
            base = items[entry.item]
            won = {
                **base,
                "name": entry.name,
                "value": entry.value,
                "rarity": str(entry.rarity),
                "rarity_rank": entry.rarity.rank,
                "sprite": sprite,
                "emoji": emoji,
            }
            same = all(won[name] == base[name] for name in ("name", "value", "rarity"))
            slug = slugs[entry.item] if same else _put_won(connection, won)
            entries.append(replace(entry, item=slug))
        table = replace(case.odds_table(), entries=tuple(entries))
        _notice_lost_pieces(connection, table)
        connection.execute(
            _PUT_CASE,
            {
                "slug": case.id,
                "name": case.name,
                "description": case.description,
                "price": case.price,
                "sprite": case.sprite,
                "position": position,
                "odds": keep_odds(connection, table),
            },
        )
    _load_neighbours(connection, pack, slugs)
    load_goals(connection, pack, slugs)


def _notice_lost_pieces(connection: Connection, table: OddsTable) -> None:
    """Keep since when a case lacks pieces, so that sets are not completed by that."""
    before = connection.execute(_ODDS_BEFORE, {"slug": table.case}).first()
    if before is None:
        return
    lost = {entry.item for entry in from_canonical(before).entries} - {
        entry.item for entry in table.entries
    }
    if lost:
        last = connection.execute(_LAST_PLAYER_ITEM).one()
        set_setting(connection, shrunk_setting(table.case), str(last))


def _load_neighbours(connection: Connection, pack: Pack, slugs: Mapping[str, str]) -> None:
    """Write a pack's neighbours; those it no longer has keep their items, but do nothing."""
    connection.execute(_NEIGHBOURS_OFF)
    for position, neighbour in enumerate(pack.neighbours):
        details = {
            **neighbour.nature.model_dump(mode="json", exclude={"id", "tint"}),
            "name": neighbour.name,
            "sprite": neighbour.sprite,
            "wardrobe": [slugs[item] for item in neighbour.nature.wardrobe],
            "gear": [slugs[item] for item in neighbour.nature.gear],
        }
        fields = {
            "slug": neighbour.id,
            "position": position,
            "details": json.dumps(details, sort_keys=True),
        }
        if connection.execute(_OLD_NEIGHBOUR, fields).rowcount == 0:
            connection.execute(_NEW_NEIGHBOUR, fields)


def _put_stock(connection: Connection, slug: str, details: Mapping[str, object]) -> None:
    """Write the stock of a limited edition, once."""
    edition = details.get("stock_limit")
    if edition is not None:
        first = details.get("stock_remaining", edition)
        connection.execute(_PUT_STOCK, {"slug": slug, "edition": edition, "first": first})


def _put(connection: Connection, fields: dict[str, object]) -> str:
    """Write an item of the pack, whose slug is returned."""
    if fields["category"] == Category.COLLECTIBLE:
        return _put_won(connection, fields)
    # A player item keeps its category: an item of another category is another item.
    slug = next(
        slug for slug in _slugs(fields) if _category(connection, slug) in (None, fields["category"])
    )
    return _write(connection, {**fields, "slug": slug})


def _put_won(connection: Connection, fields: dict[str, object]) -> str:
    """Write what can be won under the slug of its name and value, or under a new one."""
    slug = connection.execute(_SAME_ITEM, fields).first()
    if slug is None:
        slug = next(slug for slug in _slugs(fields) if _category(connection, slug) is None)
    return _write(connection, {**fields, "slug": str(slug)})


def _slugs(fields: Mapping[str, object]) -> Iterator[str]:
    """An item's own slug, then the same numbered from 2 on."""
    yield str(fields["slug"])
    for number in count(2):
        yield f"{fields['slug']}-{number}"


def _category(connection: Connection, slug: str) -> str | None:
    return connection.execute(_CATEGORY, {"slug": slug}).first()


def _write(connection: Connection, fields: dict[str, object]) -> str:
    if connection.execute(_OLD_ITEM, fields).rowcount == 0:
        connection.execute(_NEW_ITEM, fields)
    return str(fields["slug"])
