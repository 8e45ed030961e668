"""What the workshop lists, and what lies on its bench."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from inventui.engine.core.models import CaseDetail
from inventui.engine.inventory.models import InventoryQuery, ItemLine
from inventui.engine.workshop.models import FusionQuote
from inventui.rules import workshop
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.workshop import NAME, check_fuse, next_rarity, table_name
from inventui.screens.workshop.lists import FusibleList
from inventui.screens.workshop.slots_picture import Bench
from inventui.screens.workshop.text import (
    ahead_words,
    cost,
    entry_figures,
    figures,
    figures_in_short,
    no_chances,
    outcome_title,
)
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.tab_strip import TabLabel
from inventui.widgets.items.case_text import promise
from inventui.widgets.items.odds_table import OddsList
from inventui.widgets.theme import RARITY, money

if TYPE_CHECKING:
    from inventui.engine.fairness.models import FairnessState
    from inventui.engine.world import PlayerHandle
    from inventui.widgets.frame.room import Room

TABS = tuple(rarity for rarity in Rarity if next_rarity(rarity) is not None)

AROUND_CHANCES = 17
"""Lines that stand with the chances of what is only looked at."""

LEAST_CHANCES = 3
"""So many of them are named, or none."""

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
        if counts.get(rarity, 0) >= workshop.INPUTS:
            return rarity
    return max(TABS, key=lambda rarity: counts.get(rarity, 0))


def rarity_labels(counts: Mapping[Rarity, int]) -> list[TabLabel]:
    """A tab for each rarity, with how many there are."""
    return [
        TabLabel(
            rarity, f"{RARITY[rarity].shape} {str(rarity).capitalize()}",
            f"{counts[rarity]:,}" if counts else "",
        )
        for rarity in TABS
    ]  # fmt: skip


class Slots:
    """What lies on a room's bench, and what would come of it.

    Args:
        room: the room, which has a `FusibleList`, a `Bench` and an `OddsList`.
        rarity: says which rarity is listed.

    Attributes:
        counts: how many player items of each rarity may be fused; empty until it is known.
        fairness: what is promised, or None until it is known.
        quote: what would come of what lies on the bench, as last asked.
    """

    def __init__(self, room: Room, rarity: Callable[[], Rarity]) -> None:
        self.room, self.rarity = room, rarity
        self.counts: Mapping[Rarity, int] = {}
        self.fairness: FairnessState | None = None
        self.quote: FusionQuote | None = None

    @property
    def listed(self) -> FusibleList:
        """The list."""
        return self.room.query_one(FusibleList)

    @property
    def marks(self) -> Mapping[int, ItemLine]:
        """What lies on the bench, by number."""
        return self.listed.marks

    @property
    def oranges(self) -> int:
        """What the player has."""
        return self.room.session.card.oranges if self.room.session.card else 0

    def why_not_fuse(self) -> Refusal | None:
        """Why what lies on the bench can't be fused, as far as it is known."""
        if not self.marks:
            return NOTHING_ON_BENCH
        return None if self.quote is None else self.quote.refusal

    def reconsider(self) -> None:
        """Ask what would come of what lies on the bench now."""
        player, marked = self.room.session.player, tuple(self.marks)
        if player is None or not marked:
            self.quote = None
            self.show_bench()
            return
        self.room.ask(lambda: weigh(player, marked), self._weighed, group="bench")

    def _weighed(self, weighed: SlotsState) -> None:
        listed = self.listed
        gone = listed.marks.keys() - set(weighed.ids)
        quote = weighed.quote
        if isinstance(quote, FusionQuote):
            self.quote = quote
        self.show_bench()
        if gone:
            listed.set_marks([row for number, row in listed.marks.items() if number not in gone])

    def take_off(self, number: int) -> None:
        """Take one player item off the bench."""
        self.lay([row for row in self.marks.values() if row.id != number])

    def lay(self, rows: list[ItemLine]) -> None:
        """Lay these player items on the bench and no other."""
        self.listed.set_marks(rows)

    def show_bench(self) -> None:
        """Draw the bench and what comes of it."""
        rows = list(self.marks.values())
        quote = self.quote if rows else None
        cases = (
            {} if quote is None else {line.player_item.id: line.case_name for line in quote.inputs}
        )
        self.room.query_one(Bench).show(rows, cases)
        worth = sum(row.value for row in rows)
        pane = self.room.query_one("#bench-pane")
        pane.border_title = f"Bench · {len(rows)} of {workshop.INPUTS}"
        pane.border_subtitle = Content(f"worth {money(worth).plain}") if rows else ""
        self.show_outcome()
        self.room.refresh_bindings()

    # What comes out

    @property
    def case(self) -> CaseDetail | None:
        """The chances, once there are some."""
        return case_of(self.quote) if self.quote is not None and self.marks else None

    def show_outcome(self) -> None:
        """Draw the chances, or what it takes to have some."""
        quote, case = (self.quote if self.marks else None), self.case
        pane, odds = self.room.query_one("#outcome"), self.room.query_one(OddsList)
        number = len(self.marks)
        stacked = self.room.has_class("-stacked")
        bench = f"Bench · {number} of {workshop.INPUTS} → " if stacked else ""
        pane.border_title = Content(bench) + outcome_title(quote)
        self.room.set_class(case is None, "-no-chances")
        if case is None:
            if odds.has_focus:
                self.listed.focus()
            self._show_how(no_chances(quote, self.rarity(), self.counts))
            self._look_ahead()
            return
        odds.show(case.odds)
        self.show_figures()

    def _show_how(self, words: Content) -> None:
        how = self.room.query_one("#how", Static)
        how.update(with_own_keys(self.room, words), layout=False)

    def _look_ahead(self) -> None:
        """While the bench is empty, ask what the five cheapest would make, where it has room."""
        room, rarity, player = self.room, self.rarity(), self.room.session.player
        spacious = room.has_class("-wide") and room.has_class("-tall")
        if (
            player is None
            or self.marks
            or not spacious
            or self.counts.get(rarity, 0) < workshop.INPUTS
        ):
            return

        def seen(quote: FusionQuote | Refusal) -> None:
            most = room.query_one("#outcome").size.height - AROUND_CHANCES
            wanted = rarity is self.rarity() and not self.marks and most >= LEAST_CHANCES
            if wanted and isinstance(quote, FusionQuote) and quote.odds is not None:
                how = no_chances(None, rarity, self.counts)
                ahead = ahead_words(quote, quote.odds, most)
                self._show_how(Content("\n\n").join([how, ahead]))

        room.ask(
            lambda: player.workshop.quote(player.workshop.cheapest(rarity)), seen, group="ahead"
        )

    def show_figures(self) -> None:
        """The fusion's figures, or those of the item in the chances under the cursor."""
        quote, case = self.quote, self.case
        if quote is None or case is None:
            return
        odds = self.room.query_one(OddsList)
        entry = odds.entry if odds.has_focus else None
        if entry is not None:
            words = entry_figures(case, entry)
        else:
            tall = self.room.has_class("-tall") and not self.room.has_class("-stacked")
            words = (figures if tall else figures_in_short)(quote, case.odds, self.oranges)
        self.room.query_one("#figures", Static).update(words, layout=False)
        pane = self.room.query_one("#promise", Static)
        words = promise(case, self.fairness, entry, cells=pane.content_size.width)
        pane.update(words, layout=False)
