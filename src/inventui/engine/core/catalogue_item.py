"""An item of the catalogue, and how all of them are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.rules import property as property_rules
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import ConsumableKind, Rarity
from inventui.rules.inventory.gear import FIGURES, FULL_DURABILITY


class _Item(NamedTuple):
    id: int
    slug: str
    name: str
    description: str
    flavour: str
    category: str
    rarity: str
    value: int
    emoji: str
    sprite: str
    style: str
    image_url: str
    details: str


_ITEMS = Statement(
    "SELECT id, slug, name, description, flavour, category, rarity, value, emoji, sprite, style,"
    " image_url, details FROM item",
    _Item,
)


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """An item of the catalogue, with `details` that its category alone has."""

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
    style: str
    image_url: str
    details: Mapping[str, Any]

    @property
    def is_default(self) -> bool:
        """Whether every player owns and wears it from the start."""
        return bool(self.details.get("default"))

    @property
    def figures(self) -> dict[str, int]:
        """A piece of gear's figures (`rules.inventory.gear`), its rest and operating cost."""
        names = (*FIGURES.get(self.category, {}), "operating_cost")
        found = {name: int(self.details[name]) for name in names if name in self.details}
        if self.category is Category.HOUSING:
            found["rest"] = property_rules.REST.get(self.rarity, 0)
        return found

    @property
    def durability(self) -> int:
        """What a piece of gear has when it is new."""
        return int(self.details.get("durability", FULL_DURABILITY))

    @property
    def kind(self) -> ConsumableKind | None:
        """What using a consumable does; None of anything else."""
        return ConsumableKind(self.details["kind"]) if "kind" in self.details else None


def items_of(connection: Connection) -> Iterator[CatalogueItem]:
    """Every item that the world ever had."""
    for row in connection.execute(_ITEMS):
        yield CatalogueItem(
            **{
                **row._asdict(),
                "category": Category(row.category),
                "rarity": Rarity(row.rarity),
                "details": json.loads(row.details),
            }
        )
