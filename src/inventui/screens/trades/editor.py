"""The editor of an offer: what is chosen by which key, sending it, leaving it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from inventui.engine.trades.models import TradeMade, TradeOffer
from inventui.rules.core.clock import HOUR
from inventui.rules.core.refusal import Refusal
from inventui.rules.trades.trades import DURATION, MOST_THINGS, Terms, check_terms
from inventui.screens.shared.how_many import ask_how_many
from inventui.screens.trades.balance import TradeScales
from inventui.widgets.frame.actions import HELP_BINDING, Action, HasActions
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.session import TRADED


def not_typing(editor: TradeEditor) -> bool:
    """Whether letters are keys; while one types they are letters."""
    return not isinstance(editor.focused, Input)


class TradeEditor(HasActions, TradeScales):
    """Answers with the offer that was made, or None.

    Args:
        player: who offers.
        draft: with whom, and what it begins with.
    """

    SECTION = "offer"
    TITLE_TEXT = "An offer"
    HELP = (
        "What you give is at the left, what you would have for it at the right: things and "
        f"oranges on either side, at most {MOST_THINGS} things each. Space chooses one of what is "
        "under the cursor, or puts it back once all of it is chosen; $how-many says how many. "
        "What is faint can't be offered and says why. Below stands what both sides come to, and "
        "what a neighbour would say to it. What you offer is held until the other one answers, "
        f"at most {DURATION // HOUR} hours; what you ask for stays free until then."
    )

    ACTIONS: ClassVar[tuple[Action[TradeEditor], ...]] = (
        Action("choose", "space", "Choose", "Choose the thing, or put it back",
               lambda editor: editor.choose(), here=not_typing, group="Choose"),
        Action("how-many", "n", "How many", "Say how many of a stack, 0 puts them back",
               lambda editor: editor.how_many(), here=not_typing, footer=False, group="Choose"),
        Action("oranges", "o", "Oranges", "Type how many oranges, then enter",
               lambda editor: editor.type_oranges(), here=not_typing, group="Choose"),
        Action("send", "ctrl+s", "Send", "Make this offer",
               lambda editor: editor.send(), group="Offer"),
        Action("message", "m", "Message", "Type words to go with it, enter sends",
               lambda editor: editor.type_message(), here=not_typing, group="Offer"),
        Action("search", "slash", "Search", "Show what words find, also cat:frame r:epic <5000",
               lambda editor: editor.type_search(), here=not_typing, group="List"),
        Action("other-side", "left,right", "Other side", "To the other side",
               lambda editor: editor.to_other_side(), footer=False, group="List"),
        Action("sort", "s", "Sort", "Sort by value, rarity, name or newest",
               lambda editor: editor.next_order(), here=not_typing, footer=False, group="List"),
        Action("rarity", "r", "Rarity", "Show one rarity only",
               lambda editor: editor.next_rarity(), here=not_typing, footer=False, group="List"),
        Action("leave", "escape", "Back", "Back to the list, out of the search, then away",
               lambda editor: editor.leave(), group="Offer", palette=False),
        Action("clear", "u", "Put back", "Put everything of this side back",
               lambda editor: editor.put_all_back(), here=not_typing, footer=False, group="Choose"),
    )  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP_BINDING,
        Binding("j", "app.simulate_key('down')", show=False, id="everywhere.down"),
        Binding("k", "app.simulate_key('up')", show=False, id="everywhere.up"),
        Binding("h", "app.simulate_key('left')", show=False, id="everywhere.left"),
        Binding("l", "app.simulate_key('right')", show=False, id="everywhere.right"),
    ]

    # Keys

    def title_now(self, call: str, title: str) -> str:
        """Space puts back what is chosen."""
        row = self.side.player_items.row
        if call == "mark" and row is not None and self.side.player_items.takes_off(row):
            return "Put back"
        return super().title_now(call, title)

    def choose(self) -> None:
        """Choose one of the stack under the cursor, or put back what is chosen of it."""
        self.side.player_items.action_mark()

    def how_many(self) -> None:
        """Ask how many of the stack under the cursor are chosen."""
        listed = self.side.player_items
        row = listed.row
        if row is None:
            return
        if row.count == 1 or listed.check(row) is not None:
            listed.action_mark()
            return
        ask_how_many(
            self.app, f"How many {row.name}?",
            f"There are {row.count:,}, and a side has room for {MOST_THINGS} things in all.",
            lambda number: listed.choose_number(row, number),
            yes="Choose", least=0, most=listed.most_of(row),
        )  # fmt: skip

    # The focus moves at once: `focus()` moves it later, and what is typed meanwhile would be lost,
    # or mean something else.

    def to_other_side(self) -> None:
        """To the other side's list."""
        self.set_focus((self.give if self.side is self.get else self.get).player_items)

    def type_oranges(self) -> None:
        """Type how many."""
        self.set_focus(self.side.entry)
        self.side.entry.action_select_all()

    def type_message(self) -> None:
        """Type words."""
        self.set_focus(self.query_one("#message"))

    def type_search(self) -> None:
        """Type what to look for."""
        self.side.search()

    def next_order(self) -> None:
        """The next sort order."""
        self.side.next_order()

    def next_rarity(self) -> None:
        """The next rarity."""
        self.side.next_rarity()

    def put_all_back(self) -> None:
        """Put everything of this side back."""
        self.side.player_items.set_marks(())
        self.side.entry.value = ""

    @on(ItemList.MarksChanged)
    def _keys_changed(self) -> None:
        self.refresh_bindings()

    # Sending and leaving

    @on(Input.Submitted, "#message")
    def _submitted(self) -> None:
        self.send()

    def send(self) -> None:
        """Make the offer, unless something is plainly wrong with it."""
        offer, draft, key = self.offer(), self.draft, self.key
        refusal = offer if isinstance(offer, Refusal) else check_terms(_terms(offer))
        if refusal is not None or isinstance(offer, Refusal):
            self.fault = refusal
            self.say()
            return
        trades = self.player.trades

        def operation() -> TradeMade | Refusal:
            if draft.answers is not None:
                return trades.counter(draft.answers, offer, key)
            return trades.propose(draft.other, offer, key)

        self.act(operation, self.dismiss, refused=self._refused, group="trade", changes=TRADED)

    def _refused(self, refusal: Refusal) -> None:
        # Another offer is another request.
        self.key = uuid4().hex
        self.show_state()
        self.fault = refusal
        self.say()

    def leave(self) -> None:
        """Back to the list, out of the search, then away: after a question if anything is lost."""
        side = self.side
        if isinstance(self.focused, Input) and not self.focused.has_class("search"):
            self.set_focus(side.player_items)
        elif side.searching:
            side.end_search()
        elif self.is_blank() or self.offer() == self.begun:
            self.dismiss(None)
        else:

            def answered(yes: bool | None) -> None:
                if yes:
                    self.dismiss(None)

            self.app.push_screen(
                ConfirmDialog(
                    "Leave this offer?", "Nothing has been offered yet; what you chose is lost.",
                    yes="Leave it", no="Go on",
                ),
                answered,
            )  # fmt: skip


def _terms(offer: TradeOffer) -> Terms:
    return Terms(
        len(offer.give), offer.give_oranges, len(offer.ask), offer.ask_oranges, offer.message
    )
