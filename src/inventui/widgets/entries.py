"""Entries of the map of rooms, the places that toasts lead to, keys and themes of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from textual.keys import format_key

from inventui.room import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.screen import Screen

    from inventui.room import RoomGroup, RoomPlace
    from inventui.rules.core.categories import Category


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """Where a room is found.

    Attributes:
        slug: its word on every floor, also the name of its mode.
        keys: those that lead there at once, as Textual names them; its group's, if it is first.
        title: what the map calls it.
        module: where its class is; imported when first entered.
        name: the class.
        help: one sentence for the palette.
        group: where it stands on the map.
        letter: leads there after the leader key.
        places: the parts of it that the map names too.
        leader: the leader key.
    """

    slug: str
    keys: tuple[str, ...]
    title: str
    module: str
    name: str
    help: str
    group: RoomGroup
    letter: str
    places: tuple[RoomPlace, ...] = ()
    leader: str = "g"

    @property
    def key(self) -> str:
        """The first key that leads there, or an empty text."""
        return self.keys[0] if self.keys else ""

    @property
    def way(self) -> str:
        """What to press to go there: its key, or leader and letter."""
        return sign(self.key) if self.key else self.way_to(self.letter)

    def way_to(self, letter: str) -> str:
        """How a letter after the leader key is written."""
        return f"{sign(self.leader)} {sign(letter)}"

    def make(self) -> Screen[object]:
        """A new screen of this room."""
        return self.load()()

    def load(self) -> type[Screen[object]]:
        """The class of its screen."""
        made: type[Screen[object]] = getattr(import_module(self.module), self.name)
        return made


def sign(key: str) -> str:
    """A key as it is written."""
    return format_key(key).replace("ctrl+", "^")


def grouped(rooms: Sequence[RoomEntry]) -> list[tuple[RoomGroup, list[RoomEntry]]]:
    """The map: each group that has a room, in the order of the bar, with its rooms in theirs."""
    order = [group.slug for group in GROUPS]
    groups = sorted({entry.group for entry in rooms}, key=lambda group: order.index(group.slug))
    return [(group, [entry for entry in rooms if entry.group == group]) for group in groups]


def by_letter(rooms: Iterable[RoomEntry]) -> dict[str, tuple[str, str]]:
    """What a letter after the leader key leads to: the slug of a room, and that of its place."""
    found = {}
    for entry in rooms:
        found[entry.letter] = (entry.slug, "")
        found |= {place.letter: (entry.slug, place.slug) for place in entry.places}
    return found


def title_of(rooms: Iterable[RoomEntry], slug: str, part: str = "") -> str:
    """What the map calls a room, or a part of it; empty if the room is not there."""
    for entry in rooms:
        if entry.slug == slug:
            return next((place.title for place in entry.places if place.slug == part), entry.title)
    return ""


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


@dataclass(slots=True)
class OfOnesOwn:
    """What was read from files of the player's own.

    Attributes:
        keys: those that the player chose, by section and action.
        keymap: all keys of the actions that are concerned by that, as Textual takes them.
        themes: the names of themes, and what is hard to read in each.
    """

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keymap: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def key_text(self, name: str, usual: str) -> str:
        """A key that all screens have, as it is written."""
        return sign(self.keymap.get(f"everywhere.{name}", usual).split(",")[0])


@dataclass(frozen=True, slots=True)
class UndoStep:
    """An operation of a player that can be taken back until a time."""

    player: int
    operation: int
    until: int
