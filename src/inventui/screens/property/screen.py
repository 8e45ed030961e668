"""Property: the business that is run, the home that is lived in, and what both come to.

Takings and upkeep are settled by time, not here. The panes tell what is due and when; only
arrears are paid by hand. Countdowns are drawn each second, the rest only when it is asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from inventui.engine.property.models import BusinessView, HomeView, PropertyView
from inventui.rules.core.categories import Category
from inventui.screens.property.actions import PropertyActions
from inventui.screens.property.offers import (
    PropertyOffers,
    better_words,
    empty_words,
    look_at,
)
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.canvas.sprite import picture_lines, sprite_size
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.items.property_text import (
    business_clock,
    business_facts,
    home_clock,
    home_facts,
    takings_chart,
)

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


SLIM = 78
"""Columns below which the takings have no room for their bars."""

ROOMY = 120, 42
"""Columns and lines from which on offers stand below what is owned."""

SIGNS = {Category.BUSINESS: "🏪", Category.HOUSING: "🏠"}
"""Stand for a picture that is missing."""


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
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""

    HELP = (
        "Your business pays every 3 hours, about an eighth of a day's revenue less what it costs, "
        "also while you are away. Upkeep of your home is due at 00:00 UTC and is paid by itself "
        "while you have the oranges. A home that is paid makes each shift pay more, and keeps a "
        "part of what robbers would take. Unpaid, it gives no rest; for "
        "{property.GRACE_DAYS} days nothing else happens; then bonuses and revenue are "
        "{property.DEBUFF} % lower, and on day {property.EVICTION_DAYS} the home is lost. Paying "
        "clears all of it."
    )

    actions: PropertyActions

    ACTIONS: ClassVar[tuple[Action[PropertyRoom], ...]] = (
        Action("act", "enter", "Act", "Pay what is due, or take or find what is missing, or "
               "run another business",
               lambda room: room.actions.do_next(), footer=False, palette=False),
        Action("pay", "p", "Pay", "Pay all upkeep that is due",
               lambda room: room.actions.pay(),
               legal=lambda room: room.actions.why_not_pay(), group="Home"),
        Action("business", "b", "Business", "Run another business that you own",
               lambda room: room.actions.change(Category.BUSINESS), group="Change"),
        Action("move", "m", "Move", "Live in another home that you own",
               lambda room: room.actions.change(Category.HOUSING), group="Change"),
        Action("shop", "s", "Shop", "Find businesses and homes",
               lambda room: room.actions.enter_shop(), group="Go"),
        Action("shop-home", "h", "Homes", "Find homes in the shop",
               lambda room: room.actions.enter_shop(Category.HOUSING), group="Go", footer=False),
        Action("market", "k", "Market", "Find them on the black market and in the gear shop",
               lambda room: room.enter_room("black_market"), group="Go", footer=False),
        Action("inventory", "i", "Inventory", "See your gear",
               lambda room: room.enter_room("inventory"), group="Go"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.view: PropertyView | None = None
        self.actions = PropertyActions(self, lambda: self.view)
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
