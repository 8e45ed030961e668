"""Marks: many player items at once, of which only those in sight are ever sold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from uuid import uuid4

from textual.content import Content
from textual.widgets import Static

from inventui.engine.inventory.models import InventoryQuery, Sale, SaleQuote, StackLine
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import asks_before_parting
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.inventory.items import OwnItems
from inventui.screens.shared.item_list_text import (
    NOTHING_MARKED,
    SaleTotals,
    marks_words,
    refused_words,
)
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.undo import undo_hint
from inventui.widgets.frame.workers import OPENING, background
from inventui.widgets.session import SOLD, Session
from inventui.widgets.text import counted
from inventui.widgets.theme import ORANGE

MOST_MARKED = 10_000
"""So many of the player items that are marked are sold at once."""

WEIGH_PAUSE = 0.04
"""Seconds without another mark before the marked are weighed."""


ASK_FROM = Rarity.RARE
"""From this rarity on a sale is asked about first."""


def asks_to_part(session: Session, rows: Iterable[StackLine], worth: int = 0) -> bool:
    """Whether to ask before these go: a rare one, or what is worth much beside the purse."""
    purse = 0 if session.card is None else session.card.oranges
    rare = any(row.rarity.rank >= ASK_FROM.rank for row in rows)
    return asks_before_parting(worth, purse, session.questions, rare=rare)


class Marks:
    """Marking, and selling what is marked.

    Args:
        items: the list whose rows are marked.
        shown: says what the list shows.
        changed: is called when other keys may be legal now.

    Attributes:
        weighed: what the marked player items come to, as last asked.
    """

    def __init__(
        self,
        items: OwnItems,
        shown: Callable[[], InventoryQuery],
        changed: Callable[[], object],
    ) -> None:
        self.items, self.room, self.shown, self.changed = items, items.room, shown, changed
        self.weighed = SaleTotals()

    def why_none(self) -> Refusal | None:
        """None if something is marked."""
        return None if self.items.listed.marks else NOTHING_MARKED

    def say(self) -> None:
        """Draw the last line: what is marked, and where the cursor is."""
        listed = self.items.listed
        marked = sum(row.count for row in listed.marks.values())
        row, width = listed.row, self.room.size.width
        words = marks_words(
            self.weighed, marked, listed.cursor, listed.count, width,
            default=row is not None and row.is_default,
        )  # fmt: skip
        self.room.query_one("#marks", Static).update(words, layout=False)

    # Selling

    def sell(self, ids: tuple[int, ...], name: str = "") -> None:
        """Sell these player items; `name` is that of a single one."""
        player, key = self.items.player, uuid4().hex

        def sold(sale: Sale) -> None:
            self.items.changed.update(ids)
            kept = {refused.id for refused in sale.refused}
            self.forget(set(ids) - kept)
            what = name if len(ids) == 1 else f"{sale.items_sold:,} things"
            self.room.app.notify(
                f"{what} sold for {ORANGE} {sale.total_value:,}. "
                f"You have {ORANGE} {sale.balance.oranges:,} now.\n{undo_hint(self.room)}",
                markup=False,
            )
            if sale.refused:
                self.room.app.notify(
                    refused_words(sale.refused).plain, severity="warning", markup=False
                )

        self.items.act(lambda: player.inventory.sell(ids, key), sold, SOLD)

    def sell_marked(self) -> None:
        """Sell what is marked and in sight; what is dear, or left out, is named before."""
        player, query = self.items.player, self.shown()
        rows = tuple(self.items.listed.marks.values())

        def quote() -> tuple[int, SaleQuote]:
            marked = frozenset(player.inventory.pieces(rows, MOST_MARKED))
            seen = player.inventory.matching(query, among=marked)
            return len(marked - seen), player.inventory.quote(sorted(seen))

        self.room.ask(quote, self._ask_to_sell, group=OPENING)

    def _ask_to_sell(self, answer: tuple[int, SaleQuote]) -> None:
        hidden, quote = answer
        number = len(quote.ids)
        words = [Content("")]
        if quote.refused:
            words.append(refused_words(quote.refused))
        if hidden:
            player_items = "1 marked thing is" if hidden == 1 else f"{hidden:,} marked things are"
            words.append(Content(f"{player_items} hidden by the filters: not sold."))
        if sum(row.count for row in self.items.listed.marks.values()) > MOST_MARKED:
            words.append(Content(f"More are marked: at most {MOST_MARKED:,} at once are sold."))
        if not number:
            said = " ".join(content.plain for content in words if content)
            self.room.say_refusal(Refusal(Reason.NOTHING_TO_DO, said or NOTHING_MARKED.message))
            return
        words[0] = Content.assemble(
            (counted(number, "thing"), "bold"), " for ",
            (f"{ORANGE} {quote.total_value:,}", "bold"),
            ". For a minute it can be taken back.",
        )  # fmt: skip

        def answered(yes: bool | None) -> None:
            if yes:
                self.sell(quote.ids)

        rows = tuple(self.items.listed.marks.values())
        if len(words) == 1 and not asks_to_part(self.room.session, rows, quote.total_value):
            answered(True)
            return
        self.room.app.push_screen(
            ConfirmDialog(
                f"Sell {counted(number, 'thing')}?", Content("\n\n").join(words),
                yes=f"Sell for {quote.total_value:,}",
            ),
            answered,
        )  # fmt: skip

    # Marks

    def forget(self, ids: set[int] | frozenset[int]) -> None:
        """Take the marks of these player items away, and of stacks that are all sold."""
        marks = self.items.listed.marks
        kept = [
            row
            for row in marks.values()
            if row.id not in ids or (row.count > 1 and not ids.issuperset(row.pieces))
        ]
        if len(kept) < len(marks):
            self.items.listed.set_marks(kept)

    def recount(self) -> None:
        """Others are marked: count at once, weigh when the marking pauses."""
        self.say()
        self.changed()
        self.weigh()

    def weigh(self) -> None:
        """Ask what the marked player items come to, and which of them are still there."""
        background(self.room, self._weigh, group="weigh", exclusive=True)

    async def _weigh(self) -> None:
        player, query = self.room.session.player, self.shown()
        rows = tuple(self.items.listed.marks.values())
        if player is None or not rows:
            self.weighed = SaleTotals()
            self.say()
            return
        await asyncio.sleep(WEIGH_PAUSE)

        def weigh() -> tuple[frozenset[int], SaleTotals]:
            inventory = player.inventory
            marked = frozenset(inventory.pieces(rows, MOST_MARKED))
            held = inventory.matching(InventoryQuery(), among=marked)
            waiting = inventory.matching(InventoryQuery(tab=InventoryTab.ESCROW), among=marked)
            there = held | waiting
            seen = inventory.matching(query, among=there)
            quote = inventory.quote(sorted(seen))
            alone = frozenset(row.id for row in rows if row.count == 1)
            return (alone & marked) - there, SaleTotals(
                quote.total_value, len(quote.refused), len(there - seen)
            )

        try:
            gone, weighed = await asyncio.to_thread(weigh)
        except Exception as error:
            self.room.say_world_error(error)
            return
        self.weighed = weighed
        self.say()
        self.forget(gone)

    def mark_all(self) -> None:
        """Mark everything that is listed, up to a bound."""
        player, query = self.items.player, self.shown()

        def marked(rows: Sequence[StackLine]) -> None:
            if query == self.shown():
                shown = self.items.listed
                shown.set_marks([*shown.marks.values(), *rows])

        self.room.ask(lambda: player.inventory.stacks(query), marked, group="mark-all")

    def clear(self) -> None:
        """Take every mark away."""
        self.items.listed.set_marks(())
