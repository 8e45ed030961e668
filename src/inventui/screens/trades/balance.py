"""The scales of an offer: both sides, what they come to, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from inventui.engine.trades.models import TradeMade, TradeOffer, TradeQuote
from inventui.rules.core.clock import HOUR
from inventui.rules.core.refusal import Refusal
from inventui.rules.trades.trades import DURATION, MESSAGE_LENGTH
from inventui.screens.trades.choices import TradeItemList
from inventui.screens.trades.side import SidePane, why_not_offer
from inventui.screens.trades.text import difference_words
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.frame.field import Field
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.trades.models import TradeView
    from inventui.engine.world import PlayerHandle


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """What an offer begins with.

    Attributes:
        other: the partner's name.
        give: player items of the player's own.
        ask: player items of the partner's.
        answers: number of the offer that it answers.
        held: player items of the partner's which that offer holds until then.
    """

    other: str
    give: tuple[ItemLine, ...] = ()
    give_oranges: int = 0
    ask: tuple[ItemLine, ...] = ()
    ask_oranges: int = 0
    answers: int | None = None
    held: tuple[ItemLine, ...] = ()

    @classmethod
    def turned(cls, trade: TradeView) -> OfferDraft:
        """The answer to an offer, with the roles turned: it begins as what was offered."""
        give, get = trade.give, trade.get
        return cls(
            trade.other,
            give.player_items,
            give.oranges,
            get.player_items,
            get.oranges,
            trade.id,
            get.player_items,
        )

    @property
    def free(self) -> tuple[ItemLine, ...]:
        """What of the player's own can still be offered."""
        return tuple(line for line in self.give if why_not_offer(line) is None)


class TradeScales(Dialog[TradeMade]):
    """What the editor of an offer shows; what derives from it acts.

    Args:
        player: who offers.
        draft: with whom, and what it begins with.

    Attributes:
        key: under which this offer is made once.
        begun: what stood there at first.
        fault: what was refused last, until something else is done.
    """

    CSS_PATH = "editor.tcss"

    def __init__(self, player: PlayerHandle, draft: OfferDraft) -> None:
        self.player, self.draft = player, draft
        self.key = uuid4().hex
        self._quote: TradeQuote | Refusal | None = None
        self.fault: Refusal | None = None
        self.begun: TradeOffer | Refusal | None = None
        counter = draft.answers is not None
        super().__init__(f"Your answer to {draft.other}" if counter else f"Offer {draft.other}")

    def compose_dialog(self) -> ComposeResult:
        """Both sides, the words to go with it, what it comes to."""
        draft = self.draft
        with Horizontal(id="sides"):
            yield SidePane(self.player, "You give", id="give")
            yield SidePane(self.player, "You get", other=draft.other, held=draft.held, id="get")
        with Horizontal(id="words"):
            yield Static(id="count")
            yield Field(
                placeholder="a message, if you like", max_length=MESSAGE_LENGTH, id="message"
            )
        yield Static(id="sums")
        yield Static(id="said")

    def on_mount(self) -> None:
        """The lists come first."""
        draft = self.draft
        self.give.choose(draft.free, draft.give_oranges)
        self.get.choose(draft.ask, draft.ask_oranges)
        self.begun = self.offer()
        self.screen.set_focus(self.give.player_items)
        self.show_state()

    # What stands there

    @property
    def give(self) -> SidePane:
        """The player's side."""
        return self.query_one("#give", SidePane)

    @property
    def get(self) -> SidePane:
        """The partner's side."""
        return self.query_one("#get", SidePane)

    @property
    def side(self) -> SidePane:
        """The side that one works on."""
        return self.get if self.get.has_focus_within else self.give

    @property
    def message(self) -> str:
        """The words that go with it."""
        return self.query_one("#message", Input).value.strip()

    def offer(self) -> TradeOffer | Refusal:
        """What would be offered now, or what is wrong with its oranges."""
        give, get = self.give.oranges, self.get.oranges
        if isinstance(give, Refusal):
            return give
        if isinstance(get, Refusal):
            return get
        return TradeOffer(
            tuple(line.id for line in self.give.chosen), give,
            tuple(line.id for line in self.get.chosen), get, self.message,
        )  # fmt: skip

    def show_state(self) -> None:
        """The world has changed, or this is shown again: what is listed must be true."""
        card = self.session.card
        if card is not None:
            have = Content("you have ") + money(card.oranges)
            self.query_one("#window").border_subtitle = have
        for side in (self.give, self.get):
            side.load(keep=True)
        self._weigh()

    def _weigh(self) -> None:
        """Say what both sides come to, and ask what the world says to it."""
        self.fault = None
        offer, draft = self.offer(), self.draft
        if isinstance(offer, Refusal):
            self._quote = offer
            self.say()
            return
        self.say()
        self.ask(
            lambda: self.player.trades.quote(draft.other, offer, draft.answers),
            self._quoted,
            group="quote",
        )

    def _quoted(self, quote: TradeQuote | Refusal) -> None:
        self._quote = quote
        self.say()

    # What is said

    @property
    def refusal(self) -> Refusal | None:
        """Why the offer can't be made as it stands, as last asked."""
        quote = self._quote
        return quote if isinstance(quote, Refusal) or quote is None else quote.refusal

    def say(self) -> None:
        """Say what both sides come to, and what stands against it."""
        length = len(self.message)
        style = "$text-error" if length > MESSAGE_LENGTH else "$foreground 70%"
        words = Content.styled(f"Message {length:>3}/{MESSAGE_LENGTH}", style)
        self.query_one("#count", Static).update(words)
        give, get = self.give.value, self.get.value
        blank = self.is_blank()
        sums = Content("") if blank else difference_words(give, get)
        self.query_one("#sums", Static).update(sums)
        self.query_one("#said", Static).update(self._words(blank=blank))

    def is_blank(self) -> bool:
        """Whether nothing has been chosen."""
        offer = self.offer()
        return not isinstance(offer, Refusal) and not (
            offer.give or offer.give_oranges or offer.ask or offer.ask_oranges
        )

    def _words(self, *, blank: bool) -> Content:
        other = self.draft.other
        fault = self.fault
        if fault is None and self.offer() == self.begun:
            # What can't be offered any more was left out at first.
            fault = next((why for line in self.draft.give if (why := why_not_offer(line))), None)
        if fault is not None:
            return Content.styled(f"✗ {fault.message}", "$text-error")
        pointing = self.side.pointing if isinstance(self.focused, TradeItemList) else None
        if pointing is not None:
            return Content.styled(f"✗ {pointing.message}", "$text-warning")
        if blank:
            return Content.styled(f"Choose what you give, and what {other} is to give.", DIM)
        refusal = self.refusal
        if refusal is not None:
            return Content.styled(f"✗ {refusal.message}", "$text-error")
        quote = self._quote
        if isinstance(quote, TradeQuote) and quote.mood:
            spoken = Content.styled(f"“{quote.mood}”", "italic")
            return Content.styled(f"{other}: ", DIM) + spoken
        hours = DURATION // HOUR
        return Content.styled(
            f"What you offer is held until {other} answers, at most {hours} hours.", DIM
        )

    @on(SidePane.Changed)
    @on(Input.Changed, "#message")
    def _changed(self) -> None:
        self._weigh()

    @on(SidePane.Pointed)
    def _pointed(self) -> None:
        self.fault = None
        self.say()

    def on_descendant_focus(self) -> None:
        """Another side or line is worked on."""
        self.say()

    @on(TradeItemList.Refused)
    def _not_chosen(self, event: TradeItemList.Refused) -> None:
        self.fault = event.refusal
        self.say()
