"""Entries of the room bar, and the places that toasts lead to."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from inventui.rules.core.categories import Category

SIGNS = {"comma": ","}
"""How keys are written whose names are words."""


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """Where a room is found.

    Attributes:
        slug: its word on every floor, also the name of its mode.
        key: the key that leads there, as Textual names it; empty for none.
        title: what the room bar calls it.
        module: where its class is; imported when first entered.
        name: the class.
        help: one sentence for the palette.
    """

    slug: str
    key: str
    title: str
    module: str
    name: str
    help: str

    @property
    def label(self) -> str:
        """Key and title, e.g. `3 Inventory`."""
        return f"{SIGNS.get(self.key, self.key)} {self.title}".lstrip()

    def make(self) -> Screen[object]:
        """A new screen of this room."""
        made: Screen[object] = getattr(import_module(self.module), self.name)()
        return made


@dataclass(frozen=True, slots=True)
class Place:
    """Where what a toast speaks of is seen.

    Attributes:
        room: its slug.
        words: what the key does, as a verb: `See your drawer`.
        player_item: number of the player item to point at there, or None.
        category: whose shelf to look at in the shop, or None.
    """

    room: str
    words: str
    player_item: int | None = None
    category: Category | None = None
