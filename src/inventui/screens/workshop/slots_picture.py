"""The bench: the five places of a fusion, as lines or as pictures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from inventui.rules import workshop
from inventui.widgets.items.card import CardSize, Face, card_up
from inventui.widgets.lists.columns import cut
from inventui.widgets.text import padded
from inventui.widgets.theme import DIM, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.events import Click

    from inventui.engine.inventory.models import ItemLine

UNFILLED = "$foreground 30%"

CARD = CardSize(13, 6, names=2)
"""Cells of a picture."""

WITH_CASES = 39
"""Cells from which a line says which case a player item comes from."""

TAKEN, FREE = "◉", "○"


class Bench(Widget):
    """What goes into a fusion; a click on a player item asks to have it taken off."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Bench { height: 5; width: 1fr; background: $surface; color: $foreground; }
    """

    class TakeOff(Message):
        """A player item is wanted back from the bench."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.player_items: tuple[ItemLine, ...] = ()
        self.cases: Mapping[int, str] = {}

    def show(self, player_items: Sequence[ItemLine], cases: Mapping[int, str]) -> None:
        """Show these player items.

        Args:
            player_items: at most five.
            cases: names of the cases that they bring, by their numbers; an empty name
                brings nothing, none is not known yet.
        """
        self.player_items, self.cases = tuple(player_items[: workshop.INPUTS]), cases
        self.refresh()

    @property
    def pitch(self) -> int:
        """Columns from one picture to the next; 0 where there is no room for pictures."""
        room = self.size.width - workshop.INPUTS * CARD.width
        if self.size.height < CARD.height or room < workshop.INPUTS - 1:
            return 0
        return CARD.width + min(3, room // (workshop.INPUTS - 1))

    def render(self) -> Content:
        """Five places."""
        if self.pitch:
            return self._pictures()
        return Content("\n").join([self._line(place) for place in range(workshop.INPUTS)])

    def _line(self, place: int) -> Content:
        width = self.size.width
        if place >= len(self.player_items):
            blank = "an empty place" if place == len(self.player_items) else ""
            return Content.styled(f"{FREE} {place + 1} {blank}", UNFILLED)
        player_item = self.player_items[place]
        cells = max(len(f" {player_item.value:,}") for player_item in self.player_items)
        value = f"{player_item.value:>{cells},}"
        case, room = Content(""), width - 6 - len(value)
        if width >= WITH_CASES:
            case = self._case(player_item)
            case = Content("  ") + case.truncate(max(8, (room - 2) // 2), ellipsis=True)
            if cell_len(player_item.name) > room - case.cell_length:
                # The name is the last to give way.
                case = Content("")
            room -= case.cell_length
        name = padded(cut(player_item.name, room), room)
        return Content.assemble(
            (f"{TAKEN} ", "bold $primary"), rarity_mark(player_item.rarity), f" {name}", case,
            (value, "bold"),
        )  # fmt: skip

    def _case(self, player_item: ItemLine) -> Content:
        name = self.cases.get(player_item.id)
        if name is None:
            return Content.styled("…", UNFILLED)
        return Content.styled(name, DIM) if name else Content.styled("brings nothing", "$warning")

    def _pictures(self) -> Content:
        cards = []
        for place in range(workshop.INPUTS):
            if place < len(self.player_items):
                player_item = self.player_items[place]
                face = Face(
                    player_item.name,
                    player_item.value,
                    player_item.rarity,
                    player_item.sprite,
                    player_item.emoji,
                )
                case = self._case(player_item).truncate(CARD.width, ellipsis=True)
                left = (CARD.width - case.cell_length) // 2
                right = CARD.width - left - case.cell_length
                cards.append((*card_up(face, CARD), " " * left + case + " " * right))
            else:
                cards.append((*_empty_card(place), Content(" " * CARD.width)))
        gap = Content(" " * (self.pitch - CARD.width))
        left = (self.size.width - (workshop.INPUTS - 1) * self.pitch - CARD.width) // 2
        lines = [Content(" " * left) + gap.join(parts) for parts in zip(*cards, strict=True)]
        return Content("\n").join(lines[: self.size.height])

    def _place_at(self, x: int, y: int) -> int:
        if not self.pitch:
            return y
        return (
            x - (self.size.width - (workshop.INPUTS - 1) * self.pitch - CARD.width) // 2
        ) // self.pitch

    async def _on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        place = -1 if offset is None else self._place_at(offset.x, offset.y)
        if 0 <= place < len(self.player_items):
            self.post_message(self.TakeOff(self.player_items[place].id))


def _empty_card(place: int) -> list[Content]:
    """A place for a picture, with its number."""
    wide, high = CARD.width - 2, CARD.height - 2
    lines = [f"╭{'┄' * wide}╮", *[f"┊{' ' * wide}┊"] * high, f"╰{'┄' * wide}╯"]
    lines[high // 2] = f"┊{str(place + 1).center(wide)}┊"
    return [Content.styled(line, UNFILLED) for line in lines]
