"""One side of an offer: its oranges, the player items to choose from, and what is chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from inventui.engine.inventory.models import InventoryQuery, ItemLine, StackLine
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.search import parse_search
from inventui.rules.inventory.inventory import Sort
from inventui.rules.trades.checks import Pledge, check_give
from inventui.screens.shared.choose_item import NOTHING_OWNED
from inventui.screens.shared.item_list_text import filter_words
from inventui.screens.shared.player_items import StackRows
from inventui.screens.trades.choices import TradeItemList
from inventui.screens.trades.text import basket_lines
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.frame.field import Field, SearchInput
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.lists.stack_choice import alone, kind_of
from inventui.widgets.session import session_of
from inventui.widgets.text import counted
from inventui.widgets.theme import KEY, ORANGE, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from inventui.engine.world import PlayerHandle

_WHOLE = re.compile(r"[0-9]{1,18}")

BY_VALUE = InventoryQuery(sort=Sort.VALUE)


def oranges_of(text: str) -> int | Refusal:
    """A sum as typed, nothing being none; or why it is none."""
    plain = text.strip().replace(",", "").replace("_", "").replace(" ", "")
    if not plain:
        return 0
    if not _WHOLE.fullmatch(plain) or int(plain) > MOST:
        return Refusal(
            Reason.INVALID_AMOUNT,
            f"Oranges in a trade are a whole number from 0 to {MOST:,}.",
            {"least": 0, "most": MOST},
        )
    return int(plain)


def why_not_offer(line: ItemLine) -> Refusal | None:
    """None if a player item of one's own could be offered to somebody."""
    # Which of its kind it is makes no difference here.
    return check_give(
        Pledge(0, line.name, line.category, line.status, line.locked, line.is_default)
    )


def empty_words(other: str | None, filtered: str) -> Content:
    """Why a side has nothing to choose from, and what to do next.

    Args:
        other: whose player items these are, or None for the player's own.
        filtered: what they are filtered by, in words.
    """
    if filtered:
        whose = "you have" if other is None else f"{other} has"
        return Content.assemble(
            f"Nothing {whose} matches ", (filtered, "bold"), ".\n",
            ("escape", KEY), " clears the filters.",
        )  # fmt: skip
    if other is not None:
        return Content(f"{other} has nothing that can be had.")
    return Content.assemble(
        f"{NOTHING_OWNED}\n", ("o", KEY), " offers oranges.",
    )  # fmt: skip


def wares(
    player: PlayerHandle, other: str, query: InventoryQuery, held: Sequence[ItemLine] = ()
) -> tuple[StackLine, ...]:
    """What of another player's items may be asked for; none where there is no such player.

    Args:
        player: who asks.
        other: whose they are.
        query: which of them.
        held: what the offer which is answered holds: it comes back with the answer, so it
            stands first.
    """
    search = parse_search(query.search)
    kinds: dict[tuple[object, ...], list[ItemLine]] = {}
    for line in held:
        if (
            line.value >= query.min_value
            and query.rarity in (None, line.rarity)
            and search.finds(line, line.value)
        ):
            kinds.setdefault(kind_of(line), []).append(line)
    first = tuple(
        replace(
            alone(lines[0]),
            item=lines[0].id,
            count=len(lines),
            pieces=tuple(line.id for line in lines),
        )
        for lines in kinds.values()
    )
    more = player.trades.wares_stacks(other, query)
    return first if isinstance(more, Refusal) else first + more


class SidePane(Vertical):
    """What one side gives, chosen from what it has.

    Args:
        player: who makes the offer.
        title: what the side is called.
        other: whose player items these are, or None for the player's own.
        held: player items of the other's that are there beside those that are free.
    """

    class Changed(Message):
        """Something else is chosen."""

    class Pointed(Message):
        """The cursor stands on another player item."""

    def __init__(
        self, player: PlayerHandle, title: str, *, other: str | None = None,
        held: Sequence[ItemLine] = (), id: str,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.player, self.title, self.other, self.held = player, title, other, tuple(held)
        self.shown = BY_VALUE
        self._here: int | None = None

    def compose(self) -> ComposeResult:
        """Oranges and search, the list, what is chosen."""
        with Horizontal(classes="bar"):
            yield Static(Content(f" {ORANGE} "), classes="label")
            yield Field(
                placeholder="oranges",
                max_length=18,
                number=True,
                classes="oranges",
                id=f"{self.id}-oranges",
            )
            yield SearchInput("neon r:epic <5000", id=f"{self.id}-search", classes="search")
        check = why_not_offer if self.other is None else _nothing_against
        yield TradeItemList(session_of(self).now, check, id=f"{self.id}-things")
        yield SizedPicture(classes="basket")

    def on_mount(self) -> None:
        """List what there is."""
        self.load()

    @property
    def player_items(self) -> TradeItemList:
        """The player items to choose from."""
        return self.query_one(TradeItemList)

    @property
    def pointing(self) -> Refusal | None:
        """Why the player item under the cursor can't be chosen, or None."""
        row = self.player_items.row
        return None if row is None else self.player_items.check(row)

    @property
    def entry(self) -> Input:
        """How many oranges."""
        return self.query_one(".oranges", Input)

    @property
    def oranges(self) -> int | Refusal:
        """How many oranges, or what is wrong with them."""
        return oranges_of(self.entry.value)

    @property
    def chosen(self) -> Sequence[ItemLine]:
        """The player items that are chosen."""
        return self.player_items.chosen

    @property
    def value(self) -> int:
        """What the side comes to, in oranges."""
        oranges = self.oranges
        player_items = sum(line.value for line in self.chosen)
        return player_items + (0 if isinstance(oranges, Refusal) else oranges)

    def load(self, *, keep: bool = False) -> None:
        """List what is wanted now."""
        player, other, query, held = self.player, self.other, self.shown, self.held

        def read() -> tuple[StackLine, ...]:
            if other is None:
                return player.inventory.stacks(query, oldest=True)
            return wares(player, other, query, held)

        words = empty_words(other, filter_words(query))
        self.player_items.say_empty(with_own_keys(self.screen, words))
        self.player_items.show(StackRows(read), keep=keep)
        self.say()

    def choose(self, player_items: Sequence[ItemLine], oranges: int) -> None:
        """Begin with this."""
        if oranges:
            self.entry.value = str(oranges)
        self.player_items.set_marks(player_items)

    def say(self) -> None:
        """Draw the frame and what is chosen."""
        chosen = self.chosen
        player_items = f" · {counted(len(chosen), 'thing')}" if chosen else ""
        self.border_title = Content(f"{self.title} · ") + money(self.value) + player_items
        filtered = filter_words(self.shown)
        row = self.player_items.row
        several = row is not None and row.count > 1
        keys = Content.assemble(
            *((("n", "bold $primary"), " how many · ") if several else ()),
            ("s", "bold $primary"),
            f" {self.shown.sort}" + f" · {filtered}" * bool(filtered),
        )
        self.border_subtitle = with_own_keys(self.screen, keys)
        drawn = self.query_one(SizedPicture)
        drawn.show(lambda width, high: Content("\n").join(basket_lines(chosen, width, high)))

    def show_only(self, query: InventoryQuery) -> None:
        """Show something else, from the top."""
        if query != self.shown:
            self.shown = query
            self.load()

    def next_order(self) -> None:
        """The next sort order."""
        orders = list(Sort)
        order = orders[(orders.index(self.shown.sort) + 1) % len(orders)]
        self.show_only(replace(self.shown, sort=order))

    def next_rarity(self) -> None:
        """The next rarity, the rarest first, after the last one all of them."""
        choices = [None, *reversed(Rarity)]
        choice = choices[(choices.index(self.shown.rarity) + 1) % len(choices)]
        self.show_only(replace(self.shown, rarity=choice))

    # The search

    @property
    def searching(self) -> bool:
        """Whether the line for the search is open, or something is filtered."""
        return self.has_class("-searching") or bool(filter_words(self.shown))

    def search(self) -> None:
        """Type what to look for."""
        self.add_class("-searching")
        # At once: `focus()` comes later, and what is typed meanwhile would be keys of the room.
        self.screen.set_focus(self.query_one(SearchInput))

    def end_search(self) -> None:
        """Show everything again."""
        self.remove_class("-searching")
        self.query_one(SearchInput).value = ""
        self.show_only(replace(BY_VALUE, sort=self.shown.sort))
        self.screen.set_focus(self.player_items)

    @on(Input.Changed, ".search")
    def _search_changed(self, event: Input.Changed) -> None:
        self.show_only(replace(self.shown, search=event.value.strip()))

    @on(Input.Submitted)
    def _to_the_list(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.has_class("search") and not self.shown.search:
            self.remove_class("-searching")
        self.screen.set_focus(self.player_items)

    # What is chosen

    @on(Input.Changed, ".oranges")
    @on(ItemList.MarksChanged)
    def _changed(self) -> None:
        self.say()
        self.post_message(self.Changed())

    @on(ItemList.Pointed)
    def _pointed(self) -> None:
        row = self.player_items.row
        here = None if row is None else row.key
        # A list that is read again points at the same thing as before.
        if here != self._here:
            self._here = here
            self.say()
            self.post_message(self.Pointed())


def _nothing_against(_: ItemLine) -> Refusal | None:
    """Only what may be asked for is listed at all."""
    return None
