"""Screens of the rooms: those of `inventui.rooms` that have one, in their order.

A room's module is imported when it is first entered, so that the list costs nothing.
"""

from __future__ import annotations

from inventui import rooms
from inventui.widgets.entries import RoomEntry

ROOMS: tuple[RoomEntry, ...] = tuple(
    RoomEntry(room.slug, room.key, room.title, f"inventui.screens.{module}", name, room.help)
    for room in rooms.ROOMS
    for module, _, name in (room.screen.partition(":"),)
    if room.screen
)


def room(slug: str) -> RoomEntry:
    """The entry of a room.

    Raises:
        KeyError: there is no such room.
    """
    for entry in ROOMS:
        if entry.slug == slug:
            return entry
    raise KeyError(slug)
