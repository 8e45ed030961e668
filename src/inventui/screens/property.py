"""Property: the business that is run, the home that is lived in, and what both come to.

Takings and upkeep are settled by time, not here. The panes tell what is due and when; only
arrears are paid by hand. Countdowns are drawn each second, the rest only when it is asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from inventui.engine.inventory.models import ItemDetail
from inventui.engine.property.models import BusinessView, HomeView, PropertyView, UpkeepPaid
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import Category
from inventui.rules.core.money import Currency, asks_whatever_the_price, can_pay
from inventui.rules.core.refusal import Refusal
from inventui.rules.property import DEBUFF, EVICTION_DAYS, GRACE_DAYS, check_arrears
from inventui.screens.inventory.wear import outfit_words
from inventui.screens.property_offers import (
    PropertyOffers,
    better_words,
    choice_of,
    empty_words,
    look_at,
    others,
)
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.canvas.sprite import picture_lines, sprite_size
from inventui.widgets.entries import Place
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.property_text import (
    business_clock,
    business_facts,
    home_clock,
    home_facts,
    takings_chart,
)
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.text import counted
from inventui.widgets.theme import ORANGE

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


SLIM = 78
"""Columns below which the takings have no room for their bars."""

ROOMY = 120, 42
"""Columns and lines from which on offers stand below what is owned."""

KINDS = {Category.BUSINESS: "business", Category.HOUSING: "home"}
"""What a person calls the two."""

SIGNS = {Category.BUSINESS: "🏪", Category.HOUSING: "🏠"}
"""Stand for a picture that is missing."""

AWAY_WITH = {Category.BUSINESS: "Run none for now", Category.HOUSING: "Live nowhere for now"}
"""Taking off, as a choice."""

NOTHING = "0"
"""The choice of none: no thing has this number."""


def picture(sprite: str, sign: str, width: int, height: int) -> Content:
    """A sprite in the middle of so many cells, twice as large where there is room."""
    columns, rows = sprite_size(sprite, 2)
    scale = 2 if columns <= width and rows <= height else 1
    return Content("\n").join(picture_lines(sprite, sign, width, height, scale))


class Words(Vertical):
    """What is said of a business or a home, cut to its width by the room."""

    class Resized(Message):
        """It has another size."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Resized())


class PropertyRoom(Room):
    """Two panes: the business and the home."""

    ROOM = "property"
    TITLE_TEXT = "Property"
    CSS_PATH = "property.tcss"
    AUTO_FOCUS = ""

    HELP = (
        "Your business pays every 3 hours, about an eighth of a day's revenue less what it costs, "
        "also while you are away. Upkeep of your home is due at 00:00 UTC and is paid by itself "
        "while you have the oranges. A home that is paid makes each shift pay more, and keeps a "
        "part of what robbers would take. Unpaid, it gives no rest; for "
        f"{GRACE_DAYS} days nothing else happens; then bonuses and revenue are {DEBUFF} % lower, "
        "and on day "
        f"{EVICTION_DAYS} the home is lost. Paying clears all of it."
    )

    ACTIONS: ClassVar[tuple[Action[PropertyRoom], ...]] = (
        Action("act", "enter", "Act", "Pay what is due, or take or find what is missing, or "
               "run another business", lambda room: room.do_next(), footer=False, palette=False),
        Action("pay", "p", "Pay", "Pay all upkeep that is due",
               lambda room: room.pay(), legal=lambda room: room.why_not_pay(), group="Home"),
        Action("business", "b", "Business", "Run another business that you own",
               lambda room: room.change(Category.BUSINESS), group="Change"),
        Action("move", "m", "Move", "Live in another home that you own",
               lambda room: room.change(Category.HOUSING), group="Change"),
        Action("shop", "s", "Shop", "Find businesses and homes",
               lambda room: room.enter_shop(), group="Go"),
        Action("shop-home", "h", "Homes", "Find homes in the shop",
               lambda room: room.enter_shop(Category.HOUSING), group="Go", footer=False),
        Action("market", "k", "Market", "Find them on the black market and in the gear shop",
               lambda room: room.enter_room("black_market"), group="Go", footer=False),
        Action("inventory", "i", "Inventory", "See your gear",
               lambda room: room.enter_room("inventory"), group="Go"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.view: PropertyView | None = None
        self._offers: PropertyOffers | None = None

    def compose_room(self) -> ComposeResult:
        """A pane each, with picture, words and, for the business, bars."""
        for name, title in (("business", "Business"), ("home", "Home")):
            with Container(id=name, classes="pane -bare") as pane:
                pane.border_title = title
                yield SizedPicture(classes="picture")
                with Words(classes="words"):
                    yield Static(classes="facts")
                    yield Static(classes="clock")
                if name == "business":
                    yield SizedPicture(classes="chart")
                yield Static(classes="more")

    def on_mount(self) -> None:
        """The countdowns move."""
        self.set_interval(1, self.tick)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the words have the room for themselves, offers where it is wide."""
        self.set_class(event.size.width < SLIM, "-slim")
        self.set_class(event.size.width >= ROOMY[0] and event.size.height >= ROOMY[1], "-roomy")

    def on_words_resized(self) -> None:
        """Cut to the new size."""
        self._draw()

    # What is shown

    def refresh_room(self) -> None:
        """Ask for business and home."""
        player = self.session.player
        if player is not None:
            roomy = self.has_class("-roomy")
            self.ask(lambda: look_at(player, roomy), self._seen, group="property")

    def _seen(self, found: tuple[PropertyView, PropertyOffers | None]) -> None:
        self.view, self._offers = view, _ = found
        for name, held in (("#business", view.business), ("#home", view.home)):
            self.query_one(name).set_class(held is None, "-bare")
        home = view.home
        self.query_one("#home").set_class(bool(home and home.days_due), "-due")
        self.refresh_bindings()
        self._draw()

    def _draw(self) -> None:
        view = self.view
        if view is None:
            return
        self._draw_pane("#business", Category.BUSINESS, view.business)
        self._draw_pane("#home", Category.HOUSING, view.home)
        if view.business is not None:
            self.query_one("#business .chart", SizedPicture).show(
                partial(takings_chart, view.business.last)
            )
        self.tick()

    def _draw_pane(self, pane: str, slot: Category, held: BusinessView | HomeView | None) -> None:
        space = self.query_one(f"{pane} .words", Words)
        facts = space.query_one(".facts", Static)
        if held is None:
            offers = self._offers
            found = () if offers is None else offers[slot is Category.HOUSING]
            facts.update(empty_words(slot, found, *space.size))
            return
        self.query_one(f"{pane} .picture", SizedPicture).show(
            partial(picture, held.sprite, SIGNS[slot])
        )
        across = facts.container_size.width
        if isinstance(held, BusinessView):
            facts.update(business_facts(held, across))
        else:
            facts.update(home_facts(held, across))
        if self._offers is not None:
            words = better_words(slot, held, self._offers[slot is Category.HOUSING], across)
            self.query_one(f"{pane} .more", Static).update(words)

    def tick(self) -> None:
        """Draw the countdowns, and nothing else."""
        view = self.view
        if view is None or not self.is_current:
            return
        now = self.session.now()
        for pane in ("#business", "#home"):
            clock = self.query_one(f"{pane} .clock", Static)
            across, words = clock.container_size.width, Content("")
            if pane == "#business" and view.business is not None:
                words = business_clock(view.business, now, across)
            elif pane == "#home" and view.home is not None:
                words = home_clock(view.home, now, across)
            clock.update(words, layout=words.plain.count("\n") + 1 != clock.size.height)

    # What can be done

    def why_not_pay(self) -> Refusal | None:
        """None if upkeep is due."""
        home = None if self.view is None else self.view.home
        return check_arrears(0 if home is None else home.days_due)

    def pay(self) -> None:
        """Pay all arrears, after a question that names the sum."""
        view, player = self.view, self.session.player
        if view is None or view.home is None or player is None or self.acting():
            return
        home = view.home
        refusal = can_pay(home.owed, view.oranges, Currency.ORANGES)
        if refusal is not None:
            self.say_refusal(refusal)
            return
        key = uuid4().hex

        def answered(yes: bool | None) -> None:
            if yes:
                self.act(lambda: player.property.pay(key, home.owed), self._paid)

        text = Content.assemble(
            f"{counted(home.days_due, 'day')} of upkeep for {home.name} come to ",
            (f"{ORANGE} {home.owed:,}", "bold"), f". You have {ORANGE} {view.oranges:,}; ",
            (f"{ORANGE} {view.oranges - home.owed:,}", "bold"), " are left.",
        )  # fmt: skip
        if not asks_whatever_the_price(self.session.questions):
            answered(True)
            return
        self.app.push_screen(ConfirmDialog("Pay upkeep?", text, yes="Pay"), answered)

    def _paid(self, paid: UpkeepPaid) -> None:
        words = f"{ORANGE} {paid.paid:,} for {counted(paid.days, 'day')}. Nothing is owed any more."
        toast(self, words, ToastKind.SUCCESS, title="✓ Upkeep paid")

    def enter_shop(self, category: Category | None = None) -> None:
        """Go to a shelf of the shop, or to that of what is missing, a business before a home."""
        self.session.category = category or self._next_slot
        self.enter_room("shop")

    def do_next(self) -> None:
        """Pay what is due; else put a business or a home where there is none, or change it."""
        if self.why_not_pay() is None:
            self.pay()
        else:
            self.change(self._next_slot, find=True)

    @property
    def _next_slot(self) -> Category:
        """Where something is missing, a business before a home."""
        view = self.view
        homeless = view is not None and view.business is not None and view.home is None
        return Category.HOUSING if homeless else Category.BUSINESS

    def change(self, slot: Category, *, find: bool = False) -> None:
        """Put another business or home there, or none; go to the shop to find the first."""
        player = self.session.player
        if player is not None and self.view is not None and not self.acting():
            self.ask(
                lambda: others(player, slot),
                lambda found: self._choose(slot, found, find),
                group=OPENING,
            )

    def _choose(self, slot: Category, found: tuple[ItemDetail, ...], find: bool) -> None:
        player, view = self.session.player, self.view
        assert player is not None
        assert view is not None
        held = view.business if slot is Category.BUSINESS else view.home
        if not found and held is None:
            if find:
                self.enter_shop(slot)
                return
            words = f"You own no {KINDS[slot]}. The shop and the market have some."
            place = Place("shop", "See the shop", category=slot)
            toast(self, words, ToastKind.ERROR, place=place)
            return
        wardrobe, key = player.wardrobe, uuid4().hex

        def chosen(which: str | None) -> None:
            if which == NOTHING and held is not None:
                self.act(lambda: wardrobe.unequip(held.item_id, key), self._changed)
            elif which is not None:
                self.act(lambda: wardrobe.equip(int(which), key), self._changed)

        items = [choice_of(detail) for detail in found]
        if held is not None:
            items.append(MenuItem(NOTHING, AWAY_WITH[slot]))
        now = "You have none now." if held is None else f"Now: {held.name}."
        self.app.push_screen(ChoiceDialog(f"Change your {KINDS[slot]}", now, items), chosen)

    def _changed(self, outfit: Outfit) -> None:
        toast(self, outfit_words(outfit), ToastKind.SUCCESS)
