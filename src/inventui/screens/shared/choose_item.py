"""Which of one's player items: a search, a list, and why what can't be chosen can't be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.frame.search_dialog import SearchDialog
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.text import padded
from inventui.widgets.theme import FAINT, MARKER, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.inventory.models import InventoryQuery, StackLine
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.refusal import Refusal


NOTHING_OWNED = "You own nothing yet. Things come from cases, the shop and the bazaar."
"""Why there is nothing to choose from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: something that might be chosen, and why it can't be, if it can't; of equal things
    the newest, with how many there are.
    """

    what: ItemChoice
    worth: Content
    refusal: Refusal | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """A stretch of rows; `next` is the player item to go on after, or None at the end."""

    rows: tuple[Choice, ...]
    next: int | None


def stacks_page(
    player: PlayerHandle, query: InventoryQuery, after: int | None, limit: int
) -> tuple[Sequence[StackLine], int | None]:
    """The stacks after the one whose newest piece is `after`, and where the next page begins."""
    lines = [line for line in player.inventory.stacks(query) if not line.is_default]
    ids = [line.id for line in lines]
    start = ids.index(after) + 1 if after in ids else 0
    shown = lines[start : start + limit]
    return shown, shown[-1].id if start + limit < len(lines) else None


class ChoiceList(PagedRows[Choice]):
    """What might be chosen, a row each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda choice: choice.what, id=id)

    def draw_row(self, row: Choice, width: int, *, current: bool) -> Sequence[Content]:
        """Marker, rarity, name, worth; what can't be chosen is dim."""
        rarity = row.what.rarity
        mark = Content("   ") if rarity is None else rarity_mark(rarity)
        right = Content("  ") + row.worth + " "
        if row.refusal is not None:
            mark, right = Content(mark.plain), Content("  ✗ ") + row.worth + " "
        left = Content.assemble((f"{MARKER if current else ' '} ", "$primary")) + mark + " "
        called = row.what.name if row.count == 1 else f"{row.what.name} ×{row.count:,}"
        name = padded(called, width - left.cell_length - right.cell_length)
        line = left + name + right
        return (line if row.refusal is None else line.stylize(FAINT, 2),)


class ItemDialog(SearchDialog[ItemChoice]):
    """Answers with what was chosen, or None; what derives from it finds the rows.

    Args:
        title: what is asked.
    """

    DEFAULT_CSS = """
    ItemDialog #why { height: 2; color: $text-error; }
    """

    def __init__(self, title: str) -> None:
        self.offers = ChoiceList(id="offers")
        self._next: int | None = None
        self._known = False
        super().__init__(title, self.offers)

    def look_for(self, search: str, after: int | None) -> ChoicePage:
        """What may be chosen, a page of it. Blocks: for a thread."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show everything at first."""
        self.look()

    def look(self) -> None:
        """Ask for what is looked for."""
        search = self.search
        self.ask(lambda: self.look_for(search, None), self._seen, group=OPENING)

    def _seen(self, offers: ChoicePage) -> None:
        self._known, self._next = True, offers.next
        free = (i for i, offer in enumerate(offers.rows) if offer.refusal is None)
        self.offers.offer(offers.rows, at=next(free, 0))
        self._say_why()

    def on_paged_rows_wants(self) -> None:
        """The next page."""
        after, search = self._next, self.search
        if after is not None:
            self.ask(
                lambda: self.look_for(search, after),
                lambda more: self._more(more, after),
                group="more",
            )

    def _more(self, more: ChoicePage, after: int) -> None:
        if after == self._next:
            self._next = more.next
            self.offers.extend(more.rows)

    def on_row_list_moved(self) -> None:
        """Another row."""
        self._say_why()

    def _say_why(self) -> None:
        offer = self.offers.row
        words = ""
        if offer is None and self._known:
            words = "Nothing you have is called that." if self.search else NOTHING_OWNED
        elif offer is not None and offer.refusal is not None:
            words = f"✗ {offer.refusal.message}"
        self.say(words)

    def action_choose(self) -> None:
        """Answer, unless that can't be chosen: the reason stands below."""
        offer = self.offers.row
        if offer is not None and offer.refusal is None:
            self.dismiss(offer.what)
