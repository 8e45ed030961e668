"""A room that sells: a list of goods, and beside it the one that is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical

from inventui.screens.shared.copy_line import item_line
from inventui.screens.shop.buy import Buying, helpful_place
from inventui.screens.shop.list import ShopList
from inventui.screens.shop.pane import ShopFacts, subject_of
from inventui.screens.shop.text import SHORT, badge, figure_badge, price_words
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.player.card_facts import own_facts
from inventui.widgets.player.try_on import Model, TryOn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.shop.models import ShopLine
    from inventui.rules.core.refusal import Refusal
    from inventui.widgets.entries import Place
    from inventui.widgets.items.card import Face
    from inventui.widgets.player.try_on import Subject

SLIM = 72
"""Columns below which the list has the room for itself."""

AHEAD_AFTER = 0.015
"""Seconds that a terminal is given to take a frame before the next one is prepared."""


class SellerRoom(Room):
    """The list, the preview and the words on it, for every seller alike.

    Attributes:
        player_items: some of what the player has, for previews of a collection.
    """

    AUTO_FOCUS = "#goods"

    BADGE_CELLS: ClassVar[int] = SHORT
    """How long badges are where the list is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._by_slug: Mapping[str, ShopLine] = {}
        self.player_items: tuple[Face, ...] = ()
        self._at = 0
        self._ahead: int | None = None
        self.buying = Buying(self, self.subject_to_show, self.gone, self.way_out)

    def compose_goods(self) -> ComposeResult:
        """List and preview."""
        with Horizontal(id="body"):
            yield from self.compose_list()
            with Vertical(id="preview"):
                yield TryOn(id="picture")
                yield ShopFacts(id="facts")

    def compose_list(self) -> ComposeResult:
        """The list, with what a room puts around it."""
        yield ShopList(self.now, self._card, id="goods", badge_cells=self.BADGE_CELLS)

    def _card(self) -> PlayerCard | None:
        return self.session.card

    @property
    def goods(self) -> ShopList:
        """The list."""
        return self.query_one(ShopList)

    def on_mount(self) -> None:
        """Countdowns move."""
        self.goods.on_point = self._pointed
        self.set_interval(1, self.tick)

    def on_resize(self, event: events.Resize) -> None:
        """Where it is narrow the list has the room for itself."""
        self.set_class(event.size.width < SLIM, "-slim")

    def tick(self) -> None:
        """A second has passed."""
        if self.is_current and self._by_slug:
            self.goods.tick()
            self.query_one(ShopFacts).tick()

    # What is shown

    @property
    def model(self) -> Model | None:
        """Who tries player items on."""
        facts = own_facts(self.session)
        return None if facts is None else Model(facts, self.session.appearance, self.player_items)

    @on(ItemList.Loaded)
    def _loaded(self) -> None:
        self.set_class(not self.goods.count, "-nothing")

    def _pointed(self) -> None:
        line = self.goods.pointed
        if line is None and self.goods.count:
            return
        subject = None if line is None else subject_of(line, self._by_slug)
        self.query_one(TryOn).try_on(subject, self.model)
        facts = self.query_one(ShopFacts)
        facts.rack = self.buying.rack
        facts.show(line, self._by_slug)
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Once this is seen, draw what the next key of the same direction will show."""
        at, cursor = self._at, self.goods.cursor
        self._at = cursor
        if cursor != at:
            waiting, self._ahead = self._ahead, cursor + (1 if cursor > at else -1)
            if waiting is None:
                self.call_after_refresh(self.set_timer, AHEAD_AFTER, self._prepare)

    def _prepare(self) -> None:
        ahead, self._ahead = self._ahead, None
        line = None if ahead is None else self.goods.pages.row(ahead)
        model = self.model
        if line is not None and model is not None:
            self.query_one(TryOn).prepare(subject_of(line, self._by_slug), model)
            self.query_one(ShopFacts).prepare(line, self._by_slug)

    # Buying

    def buy(self) -> None:
        """Buy what is under the cursor; the mouse only looks."""
        self.buying.buy(self.goods.row)

    def gone(self, line: ShopLine) -> Refusal | None:  # noqa: ARG002
        """None if what was looked at is still for sale as it was shown."""
        return None

    def way_out(self, refusal: Refusal) -> Place | None:
        """Where a player could go after a refusal, or None."""
        statistics = self.session.statistics
        return helpful_place(refusal, 0 if statistics is None else statistics.total_value)

    def subject_to_show(self, line: ShopLine) -> Subject:
        """The player item with what is in it."""
        return subject_of(line, self._by_slug)

    @on(ItemList.Chosen)
    def _double_clicked(self) -> None:
        self.look()

    def copied(self) -> str:
        """What is under the cursor in one line of plain text; empty for nothing."""
        line = self.goods.row
        if line is None:
            return ""
        figures = figure_badge(line).text if line.figures else ""
        return item_line(
            line.name, line.rarity, line.category, price_words(line.price), figures,
            badge(line, self.now()).text,
        )  # fmt: skip

    def look(self) -> None:
        """Show all that is to be said of it."""
        from inventui.screens.shop.details import ShopDetailsDialog

        line = self.goods.row
        if line is not None:
            self.app.push_screen(
                ShopDetailsDialog(line, self._by_slug, self.model, self.buying.rack)
            )
