"""What is done at the bazaar: buying after a question, taking back, listing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.bazaar.models import Bought, ListingDetail
from inventui.engine.shop.models import Purchase
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.bazaar.filters import BazaarFilters, View
from inventui.screens.bazaar.pane import subject_of
from inventui.screens.bazaar.sell import Selling
from inventui.screens.bazaar.text import bought_words, question
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import WorldChanged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.bazaar.models import ListingLine
    from inventui.engine.inventory.models import ItemDetail
    from inventui.engine.wardrobe.models import WornItem
    from inventui.engine.world import PlayerHandle
    from inventui.rules.core.categories import Category
    from inventui.widgets.player.try_on import Model

OWN = Place("inventory", "See it in your inventory")
SELL = Place("inventory", "See what you could sell")
HOME = Place("inventory", "See what you own")
CASES = Place("cases", "Look at the cases")

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NOT_MINE = Refusal(Reason.NOT_YOURS, "Only your own listings can be taken back: m shows them.")

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


class BazaarActions(BazaarFilters, Selling):
    """The deeds with the listing under the cursor, each once for each press.

    Attributes:
        detail: the listing in the pane, once it is known.
    """

    def __init__(self) -> None:
        super().__init__()
        self.detail: ListingDetail | None = None

    def model(self) -> Model | None:
        """Who tries player items on."""
        raise NotImplementedError

    @property
    def line(self) -> ListingLine | None:
        """The listing under the cursor; the mouse only looks."""
        return None if self.view is View.PAST else self.listings.row

    # What may be done

    @property
    def titles_now(self) -> dict[str, str]:
        """What keys are called that do something else now."""
        titles = {}
        if self.view is not View.ALL:
            titles[str(self.view)] = "Everybody's"
        if self.is_mounted and self.line is not None and self.line.mine:
            titles |= {"buy": "Take back", "screen.buy": "Take back"}
        return titles

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Taking back is spoken of where enter does not do it."""
        if action in ("buy", "look") and self.is_mounted and self.line is None:
            return None
        if action == "take_back":
            return self.is_mounted and self.line is not None and self.line.mine
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> Refusal:
        """Why an action can't be taken now."""
        if action in ("buy", "look") and self.line is None:
            return NOTHING_HERE
        if action == "take_back":
            return NOT_MINE
        return super().why_not(action)

    # Buying

    def action_buy(self) -> None:
        """Buy the player item under the cursor after a question; take back what is one's own."""
        line, card = self.line, self.session.card
        if line is None or card is None or self.acting("bazaar"):
            return
        if line.mine:
            self.action_take_back()
        elif line.refusal is not None:
            self._not_bought(line.refusal)
        else:

            def answered(yes: bool | None) -> None:
                if yes:
                    self._buy(line)

            self.app.push_screen(
                ConfirmDialog(
                    f"Buy {line.player_item.name}?", question(line, card), yes="Buy", no="Leave it"
                ),
                answered,
            )

    def _buy(self, line: ListingLine) -> None:
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(
                lambda: player.bazaar.buy(line.id, key),
                lambda bought: self._bought(bought, line),
                refused=self._not_bought,
                group="bazaar",
            )

    def _bought(self, bought: Bought, line: ListingLine) -> None:
        toast(self, bought_words(bought), ToastKind.SUCCESS, title="✓ Bought", place=OWN)
        if bought.rarity in GRAND:
            from inventui.screens.shop.bought import BoughtScreen

            self.app.push_screen(BoughtScreen(purchase_of(bought), subject_of(line)))

    def _not_bought(self, refusal: Refusal) -> None:
        toast(
            self,
            refusal.message,
            ToastKind.ERROR,
            title="✗ Not bought",
            place=self._way_out(refusal),
        )
        # The world may not be as it is shown.
        self.app.post_message(WorldChanged())

    def _way_out(self, refusal: Refusal) -> Place | None:
        """Where one could go after a refusal, or None."""
        match refusal.reason:
            case Reason.INSUFFICIENT_FUNDS:
                statistics = self.session.statistics
                return SELL if statistics is not None and statistics.total_value else CASES
            case Reason.NO_ROOM | Reason.ALREADY_OWNED:
                return HOME
            case _:
                return None

    # One's own

    def action_take_back(self) -> None:
        """Take the listing under the cursor back, after a question."""
        line = self.line
        if line is not None and line.mine and not self.acting("bazaar"):
            self.take_back(line)

    def action_list(self) -> None:
        """Choose something and list it."""
        self.list_something()

    # Looking

    def action_look(self) -> None:
        """Show all that is to be said of it."""
        from inventui.screens.bazaar.details import ListingDetailsDialog

        line, player, worn = self.line, self.session.player, self.session.worn
        if line is None or player is None:
            return

        def look(answer: tuple[ListingDetail | Refusal, ItemDetail | None]) -> None:
            detail, rival = answer
            if isinstance(detail, Refusal):
                toast(self, detail.message, ToastKind.ERROR, title="✗ Gone")
                self.app.post_message(WorldChanged())
            else:
                self.app.push_screen(ListingDetailsDialog(detail, self.model(), rival))

        self.ask(lambda: look_closer(player, worn, line.id), look, group="look-closer")

    def on_long_list_chosen(self) -> None:
        """A double click looks; it never buys."""
        self.action_look()
