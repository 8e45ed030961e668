"""Which of one's player items: a search, a list, and why what can't be chosen can't be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.frame.search_input import SearchInput
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.lists.row_list import RowList, padded
from inventui.widgets.theme import FAINT, MARKER, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from inventui.rules.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: something that might be chosen, and why it can't be, if it can't."""

    what: ItemChoice
    worth: Content
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """A stretch of rows; `next` is the player item to go on after, or None at the end."""

    rows: tuple[Choice, ...]
    next: int | None


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
        name = padded(row.what.name, width - left.cell_length - right.cell_length)
        line = left + name + right
        return (line if row.refusal is None else line.stylize(FAINT, 2),)


class ItemDialog(Dialog[ItemChoice]):
    """Answers with what was chosen, or None; what derives from it finds the rows.

    Args:
        title: what is asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    ItemDialog #window { height: 90%; max-height: 30; }
    ItemDialog #search { margin: 0; }
    ItemDialog #offers { height: 1fr; }
    ItemDialog #why { height: 2; color: $text-error; }
    """

    def __init__(self, title: str) -> None:
        self._next: int | None = None
        self._known = False
        super().__init__(title)

    def look_for(self, search: str, after: int | None) -> ChoicePage:
        """What may be chosen, a page of it. Blocks: for a thread."""
        raise NotImplementedError

    def compose_dialog(self) -> ComposeResult:
        """A search, the list, what stands against the row under the cursor."""
        yield SearchInput(placeholder="part of a name", id="search")
        yield ChoiceList(id="offers")
        yield Static(id="why")

    @property
    def offers(self) -> ChoiceList:
        """The list."""
        return self.query_one(ChoiceList)

    def on_mount(self) -> None:
        """Typing narrows the list at once."""
        self.query_one(Input).focus()
        self._look()

    def _look(self) -> None:
        search = self.query_one(Input).value.strip()
        self.ask(lambda: self.look_for(search, None), self._seen)

    def _seen(self, offers: ChoicePage) -> None:
        self._known, self._next = True, offers.next
        free = (i for i, offer in enumerate(offers.rows) if offer.refusal is None)
        self.offers.offer(offers.rows, at=next(free, 0))
        self._say()

    def on_input_changed(self) -> None:
        """Another search."""
        self._look()

    def on_paged_rows_wants(self) -> None:
        """The next page."""
        after, search = self._next, self.query_one(Input).value.strip()
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
        self._say()

    def _say(self) -> None:
        offer = self.offers.row
        words = ""
        if offer is None and self._known:
            words = "Nothing you have is called that."
        elif offer is not None and offer.refusal is not None:
            words = f"✗ {offer.refusal.message}"
        self.query_one("#why", Static).update(Content(words))

    def on_row_list_chosen(self, _: RowList.Chosen) -> None:
        """A double click."""
        self.action_choose()

    def action_move(self, by: int) -> None:
        """The arrows move in the list, wherever the focus is."""
        self.offers.action_move(by)

    def action_page(self, by: int) -> None:
        """By whole screens."""
        self.offers.action_move_page(by)

    def action_choose(self) -> None:
        """Answer, unless that can't be chosen: the reason stands below."""
        offer = self.offers.row
        if offer is not None and offer.refusal is None:
            self.dismiss(offer.what)
