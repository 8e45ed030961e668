"""Screens of the rooms: those of `inventui.rooms` that have one, in their order.

A room's module is imported when it is first entered, so that the list costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui import rooms
from inventui.widgets.entries import RoomEntry

if TYPE_CHECKING:
    from collections.abc import Iterator


def _entries() -> Iterator[RoomEntry]:
    begun = set()
    for room in rooms.ROOMS:
        if room.screen and room.group is not None:
            module, _, name = room.screen.partition(":")
            first = room.group not in begun
            begun.add(room.group)
            yield RoomEntry(
                room.slug, tuple(filter(None, (first * room.group.key, room.key))), room.title,
                f"inventui.screens.{module}", name, room.help, room.group, room.letter,
                room.places,
            )  # fmt: skip


ROOMS: tuple[RoomEntry, ...] = tuple(_entries())
"""The entries, in the order of the rooms."""


def room(slug: str) -> RoomEntry:
    """The entry of a room.

    Raises:
        KeyError: there is no such room.
    """
    for entry in ROOMS:
        if entry.slug == slug:
            return entry
    raise KeyError(slug)
