"""What the workshop lists, and what lies on its bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Static

from inventui.engine.core.models import CaseDetail
from inventui.engine.inventory.models import InventoryQuery, ItemLine
from inventui.engine.workshop.models import FusionQuote
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import Sort
from inventui.rules.workshop import INPUTS, NAME, check_fuse, next_rarity, table_name
from inventui.screens.shared.filters import Filtering
from inventui.screens.workshop.lists import Fusible, FusibleList
from inventui.screens.workshop.slots_picture import Bench
from inventui.screens.workshop.text import (
    cost,
    entry_figures,
    figures,
    figures_in_short,
    no_chances,
    outcome_title,
)
from inventui.widgets.frame.filter_bar import FilterBar, Setting
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.items.case_text import promise
from inventui.widgets.items.odds_table import OddsList
from inventui.widgets.lists.item_list import ItemList
from inventui.widgets.theme import DIM, RARITY, money

if TYPE_CHECKING:
    from inventui.engine.fairness.models import FairnessState
    from inventui.engine.world import PlayerHandle


TABS = tuple(rarity for rarity in Rarity if next_rarity(rarity) is not None)

NOTHING_ON_BENCH = check_fuse((), 0, 0)
"""What is said of fusing while the bench is empty."""


@dataclass(frozen=True, slots=True)
class SlotsState:
    """What lies on the bench, as the world has it.

    Attributes:
        ids: what of it can still be fused.
        quote: what would come of that, or why it can't be told.
    """

    ids: tuple[int, ...]
    quote: FusionQuote | Refusal


def weigh(player: PlayerHandle, marked: tuple[int, ...]) -> SlotsState:
    """Ask what comes of these player items. Blocks: for a thread."""
    free = player.workshop.matching(InventoryQuery(), among=marked)
    ids = tuple(number for number in marked if number in free)
    return SlotsState(ids, player.workshop.quote(ids))


def case_of(quote: FusionQuote) -> CaseDetail | None:
    """The chances of a fusion as those of a case that costs what the fusion takes."""
    if quote.odds is None or quote.rarity is None:
        return None
    return CaseDetail(
        id=table_name(quote.rarity), name=NAME, description="", price=cost(quote), sprite="",
        odds=quote.odds, sprites=quote.sprites, emoji=quote.emoji,
    )  # fmt: skip


def first_rarity(counts: Mapping[Rarity, int]) -> Rarity:
    """The rarity to begin with: the least one of which there are enough, else that with most."""
    for rarity in TABS:
        if counts.get(rarity, 0) >= INPUTS:
            return rarity
    return max(TABS, key=lambda rarity: counts.get(rarity, 0))


class WorkshopBench(Filtering[InventoryQuery]):
    """The list of what may be fused, the bench, the chances.

    Attributes:
        counts: how many player items of each rarity may be fused; empty until it is known.
        fairness: what is promised, or None until it is known.
        quote: what would come of what lies on the bench, as last asked.
    """

    ORDERS = (Sort.VALUE, Sort.NEWEST, Sort.NAME)

    def __init__(self) -> None:
        super().__init__()
        self.shown = InventoryQuery(rarity=TABS[0], sort=Sort.VALUE)
        self.counts: Mapping[Rarity, int] = {}
        self.fairness: FairnessState | None = None
        self.quote: FusionQuote | None = None
        self.chosen = False

    @property
    def player_items(self) -> FusibleList:
        """The list."""
        return self.query_one(FusibleList)

    @property
    def rarity(self) -> Rarity:
        """The one that is listed."""
        return self.shown.rarity or TABS[0]

    @property
    def oranges(self) -> int:
        """What the player has."""
        return self.session.card.oranges if self.session.card else 0

    @property
    def why_not_fuse(self) -> Refusal | None:
        """Why what lies on the bench can't be fused, as far as it is known."""
        if not self.player_items.marks:
            return NOTHING_ON_BENCH
        return None if self.quote is None else self.quote.refusal

    # The list

    def plain(self) -> InventoryQuery:
        """Rarity and order stay."""
        return InventoryQuery(rarity=self.shown.rarity, sort=self.shown.sort)

    def choose_tab(self, slug: str) -> None:
        """Another rarity; whoever chose one is not led to another."""
        self.chosen = True
        self.show_only(replace(self.shown, rarity=Rarity(slug)))
        if not self.player_items.marks:
            self.show_outcome()

    def list_player_items(self, *, keep: bool = False) -> None:
        """List what is wanted now; the cursor stays."""
        player = self.session.player
        if player is not None:
            self.player_items.show(Fusible(player, self.shown), keep=keep)
        self.show_settings()

    def focus_list(self) -> None:
        """Go on in the list."""
        self.player_items.focus()

    def show_settings(self) -> None:
        """Draw tabs and bar."""
        labels = [
            TabLabel(
                rarity, f"{RARITY[rarity].shape} {str(rarity).capitalize()}",
                f"{self.counts[rarity]:,}" if self.counts else "",
            )
            for rarity in TABS
        ]  # fmt: skip
        self.query_one(TabStrip).show(labels, self.rarity)
        parts = [Setting("sort", "o", Content(f"{self.shown.sort} ▾"), "sort")]
        if not self.searching:
            parts.append(Setting("/ search", "/", Content(""), "search"))
        have = Content.assemble(("you have ", DIM), money(self.oranges))
        self.query_one(FilterBar).show(parts, have)

    # The bench

    def reconsider(self) -> None:
        """Ask what would come of what lies on the bench now."""
        player, marked = self.session.player, tuple(self.player_items.marks)
        if player is None or not marked:
            self.quote = None
            self.show_bench()
            return
        self.ask(lambda: weigh(player, marked), self._weighed, group="bench")

    def _weighed(self, weighed: SlotsState) -> None:
        player_items = self.player_items
        gone = player_items.marks.keys() - set(weighed.ids)
        quote = weighed.quote
        if isinstance(quote, FusionQuote):
            self.quote = quote
        self.show_bench()
        if gone:
            player_items.set_marks(
                [row for number, row in player_items.marks.items() if number not in gone]
            )

    @on(ItemList.MarksChanged)
    def _marks_changed(self) -> None:
        self.show_bench()
        self.reconsider()

    @on(FusibleList.NotPut)
    def _not_put(self, event: FusibleList.NotPut) -> None:
        self.say_refusal(event.refusal)

    @on(Bench.TakeOff)
    def _take_off(self, event: Bench.TakeOff) -> None:
        self.lay([row for row in self.player_items.marks.values() if row.id != event.number])

    def lay(self, rows: list[ItemLine]) -> None:
        """Lay these player items on the bench and no other."""
        self.player_items.set_marks(rows)

    def show_bench(self) -> None:
        """Draw the bench and what comes of it."""
        rows = list(self.player_items.marks.values())
        quote = self.quote if rows else None
        cases = (
            {} if quote is None else {line.player_item.id: line.case_name for line in quote.inputs}
        )
        self.query_one(Bench).show(rows, cases)
        worth = sum(row.value for row in rows)
        pane = self.query_one("#bench-pane")
        pane.border_title = f"Bench · {len(rows)} of {INPUTS}"
        pane.border_subtitle = Content(f"worth {money(worth).plain}") if rows else ""
        self.show_outcome()
        self.refresh_bindings()

    # What comes out

    @property
    def case(self) -> CaseDetail | None:
        """The chances, once there are some."""
        return case_of(self.quote) if self.quote is not None and self.player_items.marks else None

    def show_outcome(self) -> None:
        """Draw the chances, or what it takes to have some."""
        quote, case = (self.quote if self.player_items.marks else None), self.case
        pane, odds = self.query_one("#outcome"), self.query_one(OddsList)
        number = len(self.player_items.marks)
        stacked = self.has_class("-stacked")
        bench = f"Bench · {number} of {INPUTS} → " if stacked else ""
        pane.border_title = Content(bench) + outcome_title(quote)
        self.set_class(case is None, "-no-chances")
        if case is None:
            if odds.has_focus:
                self.player_items.focus()
            words = no_chances(quote, self.rarity, self.counts)
            self.query_one("#how", Static).update(words, layout=False)
            return
        odds.show(case.odds)
        self.show_figures()

    def show_figures(self) -> None:
        """The fusion's figures, or those of the player item in the chances under the cursor."""
        quote, case = self.quote, self.case
        if quote is None or case is None:
            return
        odds = self.query_one(OddsList)
        entry = odds.row if odds.has_focus else None
        if entry is not None:
            words = entry_figures(case, entry)
        else:
            tall = self.has_class("-tall") and not self.has_class("-stacked")
            words = (figures if tall else figures_in_short)(quote, case.odds, self.oranges)
        self.query_one("#figures", Static).update(words, layout=False)
        words = promise(case, self.fairness, entry)
        self.query_one("#promise", Static).update(words, layout=False)
