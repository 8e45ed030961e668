"""What a player does about business and home: pay, take others, find them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content

from inventui.engine.inventory.models import ItemDetail
from inventui.engine.property.models import UpkeepPaid
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import Category
from inventui.rules.core.money import Currency, asks_whatever_the_price, can_pay
from inventui.rules.core.refusal import Refusal
from inventui.rules.property import check_arrears
from inventui.screens.inventory.wear import outfit_words
from inventui.screens.property.offers import choice_of, others
from inventui.widgets.entries import Place
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.text import counted
from inventui.widgets.theme import ORANGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.property.models import PropertyView
    from inventui.widgets.frame.room import Room

KINDS = {Category.BUSINESS: "business", Category.HOUSING: "home"}
"""What a person calls the two."""

AWAY_WITH = {Category.BUSINESS: "Run none for now", Category.HOUSING: "Live nowhere for now"}
"""Taking off, as a choice."""

NOTHING = "0"
"""The choice of none: no thing has this number."""


class PropertyActions:
    """What the room's actions do, and why not.

    Args:
        room: where it is asked and told.
        view: says what is owned, once that is known.
    """

    def __init__(self, room: Room, view: Callable[[], PropertyView | None]) -> None:
        self.room, self._view = room, view

    def why_not_pay(self) -> Refusal | None:
        """None if upkeep is due."""
        view = self._view()
        home = None if view is None else view.home
        return check_arrears(0 if home is None else home.days_due)

    def pay(self) -> None:
        """Pay all arrears, after a question that names the sum."""
        view, player = self._view(), self.room.session.player
        if view is None or view.home is None or player is None or self.room.acting():
            return
        home = view.home
        refusal = can_pay(home.owed, view.oranges, Currency.ORANGES)
        if refusal is not None:
            self.room.say_refusal(refusal)
            return
        key = uuid4().hex

        def answered(yes: bool | None) -> None:
            if yes:
                self.room.act(lambda: player.property.pay(key, home.owed), self._paid)

        text = Content.assemble(
            f"{counted(home.days_due, 'day')} of upkeep for {home.name} come to ",
            (f"{ORANGE} {home.owed:,}", "bold"), f". You have {ORANGE} {view.oranges:,}; ",
            (f"{ORANGE} {view.oranges - home.owed:,}", "bold"), " are left.",
        )  # fmt: skip
        if not asks_whatever_the_price(self.room.session.questions):
            answered(True)
            return
        self.room.app.push_screen(ConfirmDialog("Pay upkeep?", text, yes="Pay"), answered)

    def _paid(self, paid: UpkeepPaid) -> None:
        words = f"{ORANGE} {paid.paid:,} for {counted(paid.days, 'day')}. Nothing is owed any more."
        toast(self.room, words, ToastKind.SUCCESS, title="✓ Upkeep paid")

    def enter_shop(self, category: Category | None = None) -> None:
        """Go to a shelf of the shop, or to that of what is missing, a business before a home."""
        self.room.session.category = category or self._next_slot
        self.room.enter_room("shop")

    def do_next(self) -> None:
        """Pay what is due; else put a business or a home where there is none, or change it."""
        if self.why_not_pay() is None:
            self.pay()
        else:
            self.change(self._next_slot, find=True)

    @property
    def _next_slot(self) -> Category:
        """Where something is missing, a business before a home."""
        view = self._view()
        homeless = view is not None and view.business is not None and view.home is None
        return Category.HOUSING if homeless else Category.BUSINESS

    def change(self, slot: Category, *, find: bool = False) -> None:
        """Put another business or home there, or none; go to the shop to find the first."""
        player = self.room.session.player
        if player is not None and self._view() is not None and not self.room.acting():
            self.room.ask(
                lambda: others(player, slot),
                lambda found: self._choose(slot, found, find),
                group=OPENING,
            )

    def _choose(self, slot: Category, found: tuple[ItemDetail, ...], find: bool) -> None:
        player, view = self.room.session.player, self._view()
        assert player is not None
        assert view is not None
        held = view.business if slot is Category.BUSINESS else view.home
        if not found and held is None:
            if find:
                self.enter_shop(slot)
                return
            words = f"You own no {KINDS[slot]}. The shop and the market have some."
            place = Place("shop", "See the shop", category=slot)
            toast(self.room, words, ToastKind.ERROR, place=place)
            return
        wardrobe, key = player.wardrobe, uuid4().hex

        def chosen(which: str | None) -> None:
            if which == NOTHING and held is not None:
                self.room.act(lambda: wardrobe.unequip(held.item_id, key), self._changed)
            elif which is not None:
                self.room.act(lambda: wardrobe.equip(int(which), key), self._changed)

        items = [choice_of(detail) for detail in found]
        if held is not None:
            items.append(MenuItem(NOTHING, AWAY_WITH[slot]))
        now = "You have none now." if held is None else f"Now: {held.name}."
        self.room.app.push_screen(ChoiceDialog(f"Change your {KINDS[slot]}", now, items), chosen)

    def _changed(self, outfit: Outfit) -> None:
        toast(self.room, outfit_words(outfit), ToastKind.SUCCESS)
