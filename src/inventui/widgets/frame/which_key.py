"""The map of rooms as a pane: after the leader key, which letter leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from inventui.widgets.entries import grouped, sign
from inventui.widgets.session import session_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inventui.room import RoomGroup
    from inventui.widgets.entries import RoomEntry

TITLES = 11
"""Cells for the name of a group with its digit."""


def map_lines(rooms: Sequence[RoomEntry], width: int) -> Iterator[Content]:
    """A line for each group, or more where it is narrow: its digit, then letters and rooms."""
    for group, entries in grouped(rooms):
        line, cells = _title(group), TITLES
        for letter, title in _doors(entries):
            part = Content.assemble((sign(letter), "bold $primary"), f" {title}  ")
            if cells + part.cell_length - 2 > width:
                yield line
                line, cells = Content(" " * TITLES), TITLES
            line += part
            cells += part.cell_length
        yield line


def _title(group: RoomGroup) -> Content:
    title = f"{sign(group.key)} {group.title}"
    return Content.styled(title + " " * (TITLES - cell_len(title)), "$foreground 70%")


def _doors(entries: Sequence[RoomEntry]) -> Iterator[tuple[str, str]]:
    """Letter and title of each room and of its places."""
    for entry in entries:
        yield entry.letter, entry.title
        for place in entry.places:
            yield place.letter, place.title


class WhichKey(Static):
    """Stands at the foot of a room while a letter is waited for."""

    DEFAULT_CSS = """
    WhichKey {
        layer: above; dock: bottom; height: auto; width: 100%; padding: 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $foreground 70%; background: $surface;
    }
    """

    def __init__(self, leader: str) -> None:
        self.leader = leader
        super().__init__()

    def on_mount(self) -> None:
        """Say what it is."""
        self.border_title = Content("Go to …")
        self.border_subtitle = Content(f"{self.leader} top of the list · esc close")

    def render(self) -> Content:
        """The map for the present width."""
        return Content("\n").join(map_lines(session_of(self).rooms, self.size.width))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """A line for each that is drawn."""
        return sum(1 for _ in map_lines(session_of(self).rooms, width))
