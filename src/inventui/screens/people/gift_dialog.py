"""A gift before it is given: how much, with which words, and what the friend will read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content
from textual.widgets import Input, Static

from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.gifts import MESSAGE_LENGTH, check_gift_money, check_message, gift_words
from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.frame.dialogs import FormDialog
from inventui.widgets.frame.field import Field
from inventui.widgets.theme import DIM, money, rarity_mark

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.people.models import GiftSent
    from inventui.engine.world import PlayerHandle

_WHOLE = re.compile(r"[0-9]{1,15}")
NO_AMOUNT = Refusal(Reason.INVALID_AMOUNT, "Write a whole number, at least 1.")


class GiftDialog(FormDialog["GiftSent"]):
    """Gives, and answers with what was given; what is refused stays open, with the reason.

    Args:
        player: who gives.
        friend: who is to have it.
        what: the player item, or the currency.
    """

    DEFAULT_CSS = """
    GiftDialog #window { width: 72; }
    GiftDialog Input { margin-top: 0; }
    GiftDialog .label { height: 1; color: $foreground 70%; }
    GiftDialog #amount { width: 24; }
    GiftDialog #preview { height: auto; max-height: 7; color: $foreground; }
    GiftDialog #buttons { margin-top: 0; }
    GiftDialog.-low #preview { max-height: 4; }
    """

    yes = "Give"

    def __init__(self, player: PlayerHandle, friend: str, what: ItemChoice) -> None:
        self.player, self.friend, self.what = player, friend, what
        self._key = uuid4().hex
        super().__init__(f"A gift for {friend}")

    def compose_form(self) -> ComposeResult:
        """What, how much, the message with its count, what the friend will read."""
        if self.what.item_id is None:
            yield Static(self._have(), classes="label")
            yield Field(placeholder="how many", id="amount", max_length=15, number=True)
        else:
            mark = Content("") if self.what.rarity is None else rarity_mark(self.what.rarity) + " "
            yield Static(mark + Content.styled(self.what.name, "bold"))
        yield Static(id="count", classes="label")
        yield Field(
            placeholder="a message, if you like; enter gives", max_length=MESSAGE_LENGTH,
            id="message",
        )  # fmt: skip
        yield Static(id="preview")

    def _have(self) -> Content:
        return Content.assemble("You have ", (money(self._current, self.what.currency).plain, ""))

    @property
    def _current(self) -> int:
        card = self.session.card
        if card is None:
            return 0
        return card.oranges if self.what.currency is Currency.ORANGES else card.gems

    def on_mount(self) -> None:
        """What stands there is looked at."""
        self._look()

    # What stands there

    @property
    def message(self) -> str:
        """The words that go with it."""
        return self.query_one("#message", Input).value.strip()

    def amount(self) -> int | Refusal:
        """How much, or why that can't be given."""
        text = self.query_one("#amount", Input).value.strip().replace(",", "").replace("_", "")
        if not _WHOLE.fullmatch(text):
            return NO_AMOUNT
        return check_gift_money(int(text), self._current, self.what.currency) or int(text)

    def wanted(self) -> str | Refusal:
        """What the friend will read, or what is wrong with the gift."""
        words = self.what.name
        if self.what.item_id is None:
            amount = self.amount()
            if isinstance(amount, Refusal):
                return amount
            words = money_words(amount, self.what.currency)
        refusal = check_message(self.message)
        return refusal or gift_words(self.player.name, words, self.message)

    def _look(self) -> None:
        """Show the count, the preview and the fault of what stands there now."""
        length = len(self.message)
        style = "$text-error" if length > MESSAGE_LENGTH else "$foreground 70%"
        self.query_one("#count", Static).update(
            Content.styled(f"Message · {length}/{MESSAGE_LENGTH}", style)
        )
        wanted = self.wanted()
        blank = self.what.item_id is None and not self.query_one("#amount", Input).value
        preview, refusal = Content(""), None
        if isinstance(wanted, Refusal):
            refusal = None if blank and wanted is NO_AMOUNT else wanted
        else:
            reads = Content.styled(f"{self.friend} will read: ", DIM)
            preview = reads + Content.styled(wanted, "italic")
        self.query_one("#preview", Static).update(preview)
        self.say(refusal)
        self.can_take(not isinstance(wanted, Refusal))

    def on_input_changed(self) -> None:
        """Another amount, other words."""
        self._look()

    def submitted(self, entry: Input) -> None:
        """Enter goes on to the message, then gives."""
        if entry.id == "message":
            self.take()
        elif not isinstance(self.amount(), Refusal):
            self.query_one("#message").focus()

    def take(self) -> None:
        """Give it."""
        if isinstance(self.wanted(), Refusal):
            self._look()
            return
        gifts, friend, message, key = self.player.gifts, self.friend, self.message, self._key
        item, currency = self.what.item_id, self.what.currency
        amount = 0 if item is not None else self.amount()

        def give() -> GiftSent | Refusal:
            if item is not None:
                return gifts.send_item(friend, item, message, key)
            assert isinstance(amount, int)
            return gifts.send_money(friend, amount, currency, message, key)

        self.send(give)
