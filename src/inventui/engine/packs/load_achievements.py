"""Loading a pack's achievements and quests: they become rows of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement

if TYPE_CHECKING:
    from inventui.content.pack import Pack

_FIELDS = [
    "slug",
    "position",
    "name",
    "description",
    "emoji",
    "condition",
    "threshold",
    "oranges",
    "gems",
    "experience",
    "quest",
]
_ITEM = "(SELECT id FROM item WHERE slug = :item)"
_NEW = Statement(
    "INSERT INTO achievement ({fields}, item_id, active) VALUES ({values}, {item}, 1)",
    fields=", ".join(_FIELDS),
    values=", ".join(f":{name}" for name in _FIELDS),
    item=_ITEM,
)
_OLD = Statement(
    "UPDATE achievement SET active = 1, {values}, item_id = {item} WHERE slug = :slug",
    values=", ".join(f"{name} = :{name}" for name in _FIELDS if name != "slug"),
    item=_ITEM,
)
_ALL_OFF = Statement("UPDATE achievement SET active = 0")


def load_goals(connection: Connection, pack: Pack, slugs: Mapping[str, str]) -> None:
    """Write a pack's achievements and quests; those it no longer has become inactive.

    Args:
        connection: of the transaction that loads the pack.
        pack: what is loaded; its items are in the catalogue already.
        slugs: the catalogue's slug of each of the pack's items.
    """
    connection.execute(_ALL_OFF)
    for position, goal in enumerate((*pack.achievements, *pack.quests)):
        fields = {
            "slug": goal.id,
            "position": position,
            "name": goal.name,
            "description": goal.description,
            "emoji": goal.emoji,
            "condition": str(goal.condition),
            "threshold": goal.threshold,
            "oranges": goal.oranges,
            "gems": goal.gems,
            "experience": goal.experience,
            "quest": position >= len(pack.achievements),
            "item": None if goal.item is None else slugs[goal.item],
        }
        if connection.execute(_OLD, fields).rowcount == 0:
            connection.execute(_NEW, fields)
