"""What a player does at the bazaar: buying after a question, taking back, listing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.bazaar.models import Bought, ListingDetail
from inventui.engine.shop.models import Purchase
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import asks_whatever_the_price
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.bazaar.pane import subject_of
from inventui.screens.bazaar.sell import Selling
from inventui.screens.bazaar.text import bought_words, question
from inventui.screens.shared.player_items import idle_words, own_place
from inventui.widgets.entries import Place
from inventui.widgets.frame.actions import KeyRefusal
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.session import BOUGHT_LISTING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inventui.engine.bazaar.models import ListingLine
    from inventui.engine.inventory.models import ItemDetail
    from inventui.engine.wardrobe.models import WornItem
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.categories import Category
    from inventui.widgets.frame.room import Room
    from inventui.widgets.player.try_on import Model


NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NOT_MINE = KeyRefusal(
    Reason.NOT_YOURS, "Only your own listings can be taken back: $mine shows them."
)

GRAND = frozenset({Rarity.EPIC, Rarity.LEGENDARY})
"""What is celebrated when it is bought."""


def purchase_of(bought: Bought) -> Purchase:
    """A player item bought here as one bought in a shop, for what celebrates both."""
    return Purchase(
        operation=bought.operation, slug="", name=bought.name, category=bought.category,
        rarity=bought.rarity, oranges_paid=bought.price, gems_paid=0, full_oranges=bought.price,
        full_gems=0, discount=0, item_ids=(bought.item_id,), names=(bought.name,), worn=(),
        balance=bought.balance, experience_gained=0, rank_up=None,
    )  # fmt: skip


def look_closer(
    player: PlayerHandle, worn: Mapping[Category, WornItem], listing: int
) -> tuple[ListingDetail | Refusal, ItemDetail | None]:
    """A listing, and for gear what is in its slot now. Blocks: for a thread."""
    detail = player.bazaar.detail(listing)
    if isinstance(detail, Refusal) or detail.line.player_item.category not in GEAR:
        return detail, None
    rival = worn.get(detail.line.player_item.category)
    found = None if rival is None else player.inventory.detail(rival.item_id)
    return detail, None if isinstance(found, Refusal) else found


class BazaarActions:
    """What a room's actions do with the listing under its cursor, once for each press.

    Args:
        room: where the player is asked and told.
        line: says which listing is under the cursor.
        model: says who tries player items on.
    """

    def __init__(
        self,
        room: Room,
        line: Callable[[], ListingLine | None],
        model: Callable[[], Model | None],
    ) -> None:
        self.room, self._line, self.model = room, line, model
        self.selling = Selling(room)

    @property
    def line(self) -> ListingLine | None:
        """The listing under the cursor; the mouse only looks."""
        return self._line()

    # What may be done

    @property
    def is_mine(self) -> bool:
        """Whether the listing under the cursor is the player's own."""
        return self.line is not None and self.line.mine

    def why_none(self) -> Refusal | None:
        """None if there is a listing under the cursor."""
        return NOTHING_HERE if self.line is None else None

    def why_not_take_back(self) -> Refusal | None:
        """None if the listing under the cursor is the player's own."""
        return None if self.is_mine else NOT_MINE

    # Buying

    def buy(self) -> None:
        """Buy the player item under the cursor after a question; take back what is one's own."""
        line, card = self.line, self.room.session.card
        if line is None or card is None or self.room.acting("bazaar"):
            return
        if line.mine:
            self.take_back()
        elif line.refusal is not None:
            self._not_bought(line.refusal)
        elif not asks_whatever_the_price(
            self.room.session.questions,
            rare=line.player_item.rarity.rank >= Rarity.RARE.rank,
        ):
            self._buy(line)
        else:

            def answered(yes: bool | None) -> None:
                if yes:
                    self._buy(line)

            self.room.app.push_screen(
                ConfirmDialog(
                    f"Buy {line.player_item.name}?", question(line, card), yes="Buy", no="Leave it"
                ),
                answered,
            )

    def _buy(self, line: ListingLine) -> None:
        player, key = self.room.session.player, uuid4().hex
        if player is not None:
            self.room.act(
                lambda: player.bazaar.buy(line.id, key),
                lambda bought: self._bought(bought, line),
                refused=self._not_bought,
                group="bazaar",
                changes=BOUGHT_LISTING,
            )

    def _bought(self, bought: Bought, line: ListingLine) -> None:
        toast(
            self.room, bought_words(bought) + idle_words(bought.category), ToastKind.SUCCESS,
            title="✓ Bought", place=own_place(bought.item_id),
        )  # fmt: skip
        if bought.rarity in GRAND:
            from inventui.screens.shop.bought import BoughtScreen

            self.room.app.push_screen(BoughtScreen(purchase_of(bought), subject_of(line)))

    def _not_bought(self, refusal: Refusal) -> None:
        toast(
            self.room,
            refusal.message,
            ToastKind.ERROR,
            title="✗ Not bought",
            place=self._way_out(refusal),
        )
        # The world may not be as it is shown.
        self.room.look_again()

    def _way_out(self, refusal: Refusal) -> Place | None:
        """Where one could go after a refusal, or None."""
        from inventui.screens.shop.buy import helpful_place

        statistics = self.room.session.statistics
        return helpful_place(refusal, 0 if statistics is None else statistics.total_value)

    # One's own

    def take_back(self) -> None:
        """Take the listing under the cursor back, after a question."""
        line = self.line
        if line is not None and line.mine and not self.room.acting("bazaar"):
            self.selling.take_back(line)

    # Looking

    def look(self) -> None:
        """Show all that is to be said of it."""
        from inventui.screens.bazaar.details import ListingDetailsDialog

        line, player, worn = self.line, self.room.session.player, self.room.session.worn
        if line is None or player is None:
            return

        def look(answer: tuple[ListingDetail | Refusal, ItemDetail | None]) -> None:
            detail, rival = answer
            if isinstance(detail, Refusal):
                toast(self.room, detail.message, ToastKind.ERROR, title="✗ Gone")
                self.room.look_again()
            else:
                self.room.app.push_screen(ListingDetailsDialog(detail, self.model(), rival))

        self.room.ask(lambda: look_closer(player, worn, line.id), look, group=OPENING)
