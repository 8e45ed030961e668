"""Marks: many player items at once, of which only those in sight are ever sold."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from textual import work
from textual.content import Content

from inventui.engine.inventory.models import InventoryQuery, ItemLine, Sale, SaleQuote
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.shared.item_list_text import (
    NOTHING_MARKED,
    SaleTotals,
    item_words,
    refused_words,
)
from inventui.screens.shared.item_room import ItemRoom, Things
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.session import WorldChanged
from inventui.widgets.theme import ORANGE

MOST_MARKED = 10_000
"""Most player items that `mark all` marks."""

WEIGH_PAUSE = 0.04
"""Seconds without another mark before the marked are weighed."""


class ItemMarks(ItemRoom):
    """Marking, and selling what is marked."""

    # Selling

    def sell(self, ids: tuple[int, ...], name: str = "") -> None:
        """Sell these player items; `name` is that of a single one."""
        player, key = self.player, uuid4().hex

        def sold(sale: Sale) -> None:
            self.changed.update(ids)
            kept = {refused.id for refused in sale.refused}
            self.forget_marks(set(ids) - kept)
            what = name if len(ids) == 1 else f"{sale.items_sold:,} things"
            self.app.notify(
                f"{what} sold for {ORANGE} {sale.total_value:,}. "
                f"You have {ORANGE} {sale.balance.oranges:,} now.",
                markup=False,
            )
            if sale.refused:
                self.app.notify(refused_words(sale.refused).plain, severity="warning", markup=False)

        self.act(lambda: player.inventory.sell(ids, key), sold, refused=self.refused_by_world)

    def refused_by_world(self, refusal: Refusal) -> None:
        """The world is not as it is shown: say why, and look again."""
        self.say_refusal(refusal)
        self.app.post_message(WorldChanged())

    def action_sell_marked(self) -> None:
        """Sell what is marked and in sight, after naming number and sum."""
        player, query, marked = self.player, self.shown, frozenset(self.player_items.marks)

        def quote() -> tuple[int, SaleQuote]:
            seen = player.inventory.matching(query, among=marked)
            return len(marked - seen), player.inventory.quote(sorted(seen))

        self.ask(quote, self._ask_to_sell, group="quote")

    def _ask_to_sell(self, answer: tuple[int, SaleQuote]) -> None:
        hidden, quote = answer
        number = len(quote.ids)
        words = [Content("")]
        if quote.refused:
            words.append(refused_words(quote.refused))
        if hidden:
            player_items = "1 marked thing is" if hidden == 1 else f"{hidden:,} marked things are"
            words.append(Content(f"{player_items} hidden by the filters: not sold."))
        if not number:
            said = " ".join(content.plain for content in words if content)
            self.say_refusal(Refusal(Reason.NOTHING_TO_DO, said or NOTHING_MARKED.message))
            return
        words[0] = Content.assemble(
            (item_words(number), "bold"), " for ", (f"{ORANGE} {quote.total_value:,}", "bold"),
            ". What is sold is gone for good.",
        )  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self.sell(quote.ids)

        self.app.push_screen(
            ConfirmDialog(
                f"Sell {item_words(number)}?", Content("\n\n").join(words),
                yes=f"Sell for {quote.total_value:,}",
            ),
            answered,
        )  # fmt: skip

    # Marks

    def forget_marks(self, ids: set[int] | frozenset[int]) -> None:
        """Take the marks of these player items away."""
        player_items = self.player_items
        if ids & player_items.marks.keys():
            player_items.set_marks(
                [row for number, row in player_items.marks.items() if number not in ids]
            )

    def on_item_list_marks_changed(self) -> None:
        """Count at once, weigh when the marking pauses."""
        self.say_marks()
        self.mind_legal()
        self.weigh_marks()

    def weigh_marks(self) -> None:
        """Ask what the marked player items come to, and which of them are still there."""
        self._weigh()

    @work(group="weigh", exclusive=True)
    async def _weigh(self) -> None:
        player, query = self.session.player, self.shown
        marked = frozenset(self.player_items.marks)
        if player is None or not marked:
            self.weighed = SaleTotals()
            self.say_marks()
            return
        await asyncio.sleep(WEIGH_PAUSE)

        def weigh() -> tuple[frozenset[int], SaleTotals]:
            inventory = player.inventory
            held = inventory.matching(InventoryQuery(), among=marked)
            waiting = inventory.matching(InventoryQuery(tab=InventoryTab.ESCROW), among=marked)
            there = held | waiting
            seen = inventory.matching(query, among=there)
            quote = inventory.quote(sorted(seen))
            return marked - there, SaleTotals(
                quote.total_value, len(quote.refused), len(there - seen)
            )

        try:
            gone, weighed = await asyncio.to_thread(weigh)
        except Exception as error:
            self._say_world_error(error)
            return
        self.weighed = weighed
        self.say_marks()
        self.forget_marks(gone)

    def action_mark_all(self) -> None:
        """Mark everything that is listed, up to a bound."""
        player, query = self.player, self.shown

        def marked(rows: Sequence[ItemLine]) -> None:
            if query == self.shown:
                player_items = self.player_items
                player_items.set_marks([*player_items.marks.values(), *rows])
                if player_items.count > len(rows):
                    self.app.notify(f"The first {len(rows):,} are marked.", markup=False)

        self.ask(lambda: first_rows(Things(player, query), MOST_MARKED), marked, group="mark-all")

    def action_clear_marks(self) -> None:
        """Take every mark away."""
        self.player_items.set_marks(())


def first_rows(player_items: Things, most: int) -> list[ItemLine]:
    """The first `most` rows of a list, window by window. Blocks: for a thread."""
    rows: list[ItemLine] = []
    while len(rows) < most:
        anchor = (len(rows) - 1, rows[-1].id) if rows else None
        window = player_items.window(len(rows), most - len(rows), anchor)
        if not window:
            break
        rows += window
    return rows
