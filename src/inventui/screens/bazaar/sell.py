"""Selling at the bazaar: naming a price, and taking back; the same from every room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content
from textual.widgets import Input, Static

from inventui.engine.bazaar.models import PriceHistory
from inventui.engine.inventory.models import InventoryQuery
from inventui.rules.bazaar import DURATION, LEAST_PRICE, ItemToList, check_list, check_price
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import Sort, check_sell
from inventui.screens.bazaar.pane import plot_of
from inventui.screens.bazaar.text import advice, price_rows, proceeds
from inventui.screens.shared.choose_item import Choice, ChoicePage, ItemDialog, stacks_page
from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.entries import Place
from inventui.widgets.frame.dialogs import ConfirmDialog, FormDialog
from inventui.widgets.frame.field import Field
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.undo import undo_hint
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.card_preview import LABEL, facts_lines
from inventui.widgets.session import LISTED
from inventui.widgets.theme import DIM, ORANGE, money, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from inventui.engine.bazaar.models import Delisted, Listed, ListingLine
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.world import PlayerHandle

PAGE = 50
BAZAAR = Place("bazaar", "See the bazaar")

_WHOLE = re.compile(r"[0-9]{1,18}")


def price_of(text: str) -> int | Refusal:
    """A price as typed, or why nothing can be listed for it."""
    plain = text.strip().replace(",", "").replace("_", "").replace(" ", "")
    price = int(plain) if _WHOLE.fullmatch(plain) else 0
    return check_price(price) or price


def why_not_list(line: ItemLine) -> Refusal | None:
    """None if a player item could be listed at some price."""
    player_item = ItemToList(line.name, line.status, line.locked, line.is_default)
    return check_list(player_item, LEAST_PRICE)


class ListingDialog(FormDialog["Listed"]):
    """Lists, and answers with what was listed; what is refused stays open, with the reason.

    Args:
        player: who sells.
        what: the player item.
        prices: what such player items went for, with a price to begin with.
    """

    DEFAULT_CSS = """
    ListingDialog Input { margin-top: 0; }
    ListingDialog .label { height: 1; color: $foreground 70%; }
    ListingDialog #price { width: 30; }
    ListingDialog #past { height: auto; margin-top: 1; }
    ListingDialog #chart { height: 8; margin-top: 1; }
    ListingDialog.-low #chart, ListingDialog.-bare #chart { display: none; }
    ListingDialog #get, ListingDialog #advice { height: 1; }
    ListingDialog.-low #buttons { margin-top: 0; }
    """

    yes = "List it"

    def __init__(self, player: PlayerHandle, what: ItemChoice, prices: PriceHistory) -> None:
        self.player, self.what, self.prices = player, what, prices
        self._key = uuid4().hex
        super().__init__(f"List {what.name}")

    def compose_form(self) -> ComposeResult:
        """The player item, its price, what one would get, what such player items went for."""
        yield Static(self._head())
        yield Static(Content("Your price in oranges"), classes="label")
        yield Field(str(self.prices.suggestion), id="price", max_length=18, number=True)
        yield Static(id="get")
        yield Static(id="advice")
        yield Static(Content("\n").join(self._past()), id="past")
        yield SizedPicture(id="chart")

    def _head(self) -> Content:
        mark = rarity_mark(self.prices.rarity) + " "
        worth = Content.styled("  the house pays ", DIM) + money(self.prices.value)
        sold = self._not_sold() is None and self.prices.value
        return mark + Content.styled(self.what.name, "bold") + (worth if sold else Content(""))

    def _not_sold(self) -> Refusal | None:
        """Why the house does not buy such a thing, or None if it does."""
        return check_sell(self.what.name, self.prices.category, Status.OWNED, locked=False)

    def _past(self) -> list[Content]:
        rows = price_rows(self.prices, 48)
        rows.append(
            ("then", Content(f"It stands for {DURATION // DAY} days, then it is home again."))
        )
        return facts_lines(rows, 58, LABEL)

    def on_mount(self) -> None:
        """The suggestion stands there, ready to be replaced."""
        self.query_one(Input).action_select_all()
        self.set_class(len(self.prices.sales) < 2, "-bare")
        self.query_one("#chart", SizedPicture).show(lambda *size: plot_of(self.prices, *size))
        self._look()

    def _look(self) -> None:
        """Show what one would get for the price that stands there now."""
        text = self.query_one(Input).value
        price = price_of(text)
        get, said = Content(""), Content("")
        if not isinstance(price, Refusal):
            get, said = proceeds(price), advice(price, self.prices, self._not_sold())
        self.query_one("#get", Static).update(get)
        self.query_one("#advice", Static).update(said)
        self.say(price if isinstance(price, Refusal) and text else None)
        self.can_take(not isinstance(price, Refusal))

    def on_input_changed(self) -> None:
        """Another price."""
        self._look()

    def take(self) -> None:
        """List it for the price that stands there."""
        price, number, key = price_of(self.query_one(Input).value), self.what.item_id, self._key
        if isinstance(price, Refusal) or number is None:
            self._look()
            if isinstance(price, Refusal):
                self.say(price)
        else:
            self.send(lambda: self.player.bazaar.list(number, price, key))

    def refused(self, refusal: Refusal) -> None:
        """Another price is another request."""
        self._key = uuid4().hex
        super().refused(refusal)


class ListItemDialog(ItemDialog):
    """Answers with what is to be listed, or None.

    Args:
        player: who sells.
    """

    def __init__(self, player: PlayerHandle) -> None:
        self.player = player
        super().__init__("List what?")

    def look_for(self, search: str, after: int | None) -> ChoicePage:
        """What one has, what is worth most first."""
        query = InventoryQuery(sort=Sort.VALUE, search=search)
        lines, onward = stacks_page(self.player, query, after, PAGE)
        rows = [
            Choice(ItemChoice.of(line), money(line.value), why_not_list(line), line.count)
            for line in lines
        ]
        return ChoicePage(tuple(rows), onward)


class Selling:
    """Lets a player list and take back from a room; every step can be left with escape.

    Args:
        room: where it is asked and told.
        changed: is told the number of each player item that is listed or taken back.
    """

    def __init__(self, room: Room, changed: Callable[[int], object] | None = None) -> None:
        self.room, self.changed = room, changed

    def list_something(self) -> None:
        """Ask what is to be listed, then for which price."""
        player = self.room.session.player
        assert player is not None

        def chosen(what: ItemChoice | None) -> None:
            if what is not None:
                self.list_player_item(what)

        self.room.app.push_screen(ListItemDialog(player), chosen)

    def list_player_item(self, what: ItemChoice) -> None:
        """Ask for which price, then list."""
        player, number = self.room.session.player, what.item_id
        assert player is not None
        assert number is not None

        def done(listed: Listed | None) -> None:
            if listed is None:
                return
            if self.changed is not None:
                self.changed(listed.item_id)
            words = f"{listed.name} stands at the bazaar for {ORANGE} {listed.price:,}, for "
            here = BAZAAR.room == self.room.ROOM
            toast(
                self.room, f"{words}{DURATION // DAY} days.\n{undo_hint(self.room)}",
                ToastKind.SUCCESS, title="✓ Listed", place=None if here else BAZAAR,
            )  # fmt: skip

        def ask(prices: PriceHistory | Refusal) -> None:
            if isinstance(prices, Refusal):
                self.not_done(prices)
            else:
                self.room.app.push_screen(ListingDialog(player, what, prices), done)

        self.room.ask(lambda: player.bazaar.suggest(number), ask, group=OPENING)

    def take_back(self, line: ListingLine) -> None:
        """Take a listing back, after a question."""
        player, key = self.room.session.player, uuid4().hex
        assert player is not None

        def answered(yes: bool | None) -> None:
            if yes:
                self.room.act(
                    lambda: player.bazaar.delist(line.id, key), done, refused=self.not_done,
                    group="bazaar", changes=LISTED,
                )  # fmt: skip

        def done(delisted: Delisted) -> None:
            if self.changed is not None:
                self.changed(delisted.item_id)
            toast(
                self.room,
                f"{delisted.name} is home again.",
                ToastKind.SUCCESS,
                title="✓ Taken back",
            )

        text = Content.assemble(
            "It is listed for ", (f"{ORANGE} {line.price:,}", "bold"),
            " and goes back to your inventory. That costs nothing.",
        )  # fmt: skip
        self.room.app.push_screen(
            ConfirmDialog(
                f"Take {line.player_item.name} back?", text, yes="Take back", no="Leave it"
            ),
            answered,
        )

    def not_done(self, refusal: Refusal) -> None:
        """Say why, and look again: the world may not be as it is shown."""
        toast(self.room, refusal.message, ToastKind.ERROR)
        self.room.look_again()
