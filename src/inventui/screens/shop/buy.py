"""Buying: asking where it is dear, paying once for each press, telling what came of it.

What costs a fourth of the purse or more, or any gems, is asked about first. What the world
would refuse is not asked about: it is tried, for the world's answer says more. Each press is a
request with a key of its own, so that no press is paid twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content

from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, Questions, asks_first
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import Availability, Seller, quote_bundle
from inventui.screens.shop.gear_text import refusal_of
from inventui.screens.shop.text import bought_words, can_afford, price_words, sold_again
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.text import counted
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.world import PlayerHandle
    from inventui.screens.shop.gear_text import Rack
    from inventui.widgets.player.try_on import Subject


GRAND = frozenset({Rarity.EPIC, Rarity.LEGENDARY})
"""What is celebrated when it is bought, beside bundles."""

DRAWER = Place("drawer", "See it in your drawer")
SELL = Place("inventory", "See what you could sell")
CASES = Place("cases", "Look at the cases")
PLAY = Place("streets", "Play a shift")
OWN = Place("inventory", "See what you own")
ESTATE = Place("property", "See your property")


def to_be_asked(
    line: ShopLine, card: PlayerCard | None, now: int, questions: Questions = Questions.RULE
) -> bool:
    """Whether to ask before buying: for gems always, for oranges where they are many.

    What the world would refuse is not asked about: its answer says more.
    """
    if (
        card is None
        or not can_afford(line.price, card)
        or not sold_again(line)
        or line.limit.availability(now) is not Availability.OPEN
    ):
        return False
    rare = line.rarity.rank >= Rarity.RARE.rank
    if line.price.gems:
        return rare or questions is not Questions.RARE
    return asks_first(line.price.oranges, card.oranges, questions, rare=rare)


def question(line: ShopLine, card: PlayerCard) -> Content:
    """What is bought for how much, and what is left then."""
    left = (card.oranges - line.price.oranges, card.gems - line.price.gems)
    words = [Content.assemble("It costs ", (price_words(line.price), "bold"), ".")]
    if line.category is Category.BUNDLE:
        number = len(quote_bundle(line.offer, line.parts_held).wanted)
        words[0] += f" You get {counted(number, 'thing')} that you do not have yet."
    purse = money(left[0]) + "  " + money(left[1], Currency.GEMS)
    words.append(Content.assemble("You would have ", purse.stylize("bold"), " left."))
    return Content("\n").join(words)


def helpful_place(refusal: Refusal, worth: int) -> Place | None:
    """Where one could go after a refusal, or None.

    Args:
        refusal: why nothing was bought.
        worth: what everything that one has would bring at most.
    """
    match refusal.reason:
        case Reason.INSUFFICIENT_FUNDS:
            if refusal.figures.get("currency") == str(Currency.GEMS):
                return CASES
            return SELL if worth >= int(str(refusal.figures["missing"])) else PLAY
        case Reason.NO_ROOM | Reason.ALREADY_OWNED:
            return OWN
        case _:
            return None


def place_of(purchase: Purchase) -> Place:
    """Where what was bought is seen."""
    if purchase.category in (Category.BUSINESS, Category.HOUSING):
        return ESTATE
    return DRAWER if purchase.worn and purchase.category not in GEAR else OWN


def sell(player: PlayerHandle, line: ShopLine, key: str) -> Purchase | Refusal:
    """Let a player buy a line from whoever sells it, as it was shown. Blocks: for a thread."""
    match line.seller:
        case Seller.MARKET:
            return player.black_market.buy(line.slug, key, line.price)
        case Seller.GEAR_SHOP:
            return player.gear_shop.buy(line.slug, key, line.price)
        case _:
            return player.shop.buy(line.slug, key, line.price)


class Buying:
    """Lets a player buy in a room.

    Args:
        room: where it is asked and told.
        subject: what is shown of a purchase that is celebrated.
        gone: why what was looked at is not for sale any more as it was shown, or None.
        way_out: where a player could go after a refusal, or None.

    Attributes:
        rack: the gear that the player has, to compare other gear with.
    """

    def __init__(
        self,
        room: Room,
        subject: Callable[[ShopLine], Subject],
        gone: Callable[[ShopLine], Refusal | None],
        way_out: Callable[[Refusal], Place | None],
    ) -> None:
        self.room, self.subject, self.gone, self.way_out = room, subject, gone, way_out
        self.rack: Rack | None = None

    def buy(self, line: ShopLine | None) -> None:
        """Buy what a line sells; what is dear only after a question."""
        card = self.room.session.card
        if line is None or self.room.acting("buy"):
            return
        now = self.room.session.now()
        full = self.rack is not None and refusal_of(line, self.rack, now) is not None
        if full or not to_be_asked(line, card, now, self.room.session.questions):
            self._buy(line)
            return
        assert card is not None

        def answered(yes: bool | None) -> None:
            if yes:
                self._buy(line)

        self.room.app.push_screen(
            ConfirmDialog(f"Buy {line.name}?", question(line, card), yes="Buy", no="Leave it"),
            answered,
        )

    def _buy(self, line: ShopLine) -> None:
        player, key, gone = self.room.session.player, uuid4().hex, self.gone(line)
        if gone is not None:
            self._refused(gone)
        elif player is not None:
            self.room.act(
                lambda: sell(player, line, key),
                lambda purchase: self._bought(purchase, line),
                refused=self._refused,
                group="buy",
            )

    def _bought(self, purchase: Purchase, line: ShopLine) -> None:
        if purchase.category is Category.BUNDLE or purchase.rarity in GRAND:
            from inventui.screens.shop.bought import BoughtScreen

            self.room.app.push_screen(BoughtScreen(purchase, self.subject(line)))
        else:
            toast(
                self.room, bought_words(purchase), ToastKind.SUCCESS, title="✓ Bought",
                place=place_of(purchase),
            )  # fmt: skip

    def _refused(self, refusal: Refusal) -> None:
        toast(
            self.room,
            refusal.message,
            ToastKind.ERROR,
            title="✗ Not bought",
            place=self.way_out(refusal),
        )
        # The world may not be as it is shown.
        self.room.look_again()
