"""The case under the cursor: its figures, its odds, what is promised, how long one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.rules.cases.waiting import wait_for_entries
from inventui.rules.core.sprite import drawn
from inventui.widgets.canvas.sprite import SpriteView
from inventui.widgets.frame.room import Room
from inventui.widgets.items.case_text import (
    entry_figures,
    entry_in_short,
    figures,
    figures_in_short,
    group_figures,
    group_in_short,
    guarantee_words,
    promise,
    wait_words,
)
from inventui.widgets.items.odds_table import OddsList
from inventui.widgets.items.win_card import picture_of_entry

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.core.models import CaseDetail
    from inventui.engine.fairness.models import FairnessState
    from inventui.rules.cases.odds import OddsTable
    from inventui.rules.cases.waiting import Wait
    from inventui.widgets.items.odds_rows import GroupRow

LARGE = (140, 40)
"""Cells from which the case's sprite is drawn twice as large."""


class CasePane(Vertical):
    """A case, or the entry of it that one looks at."""

    def __init__(self, *, id: str, classes: str) -> None:
        """Nothing is shown yet."""
        super().__init__(id=id, classes=classes)
        self._case: CaseDetail | None = None
        self._oranges = self._since = 0
        self._fairness: FairnessState | None = None
        self._waits: dict[tuple[str, tuple[int, ...]], Wait | None] = {}

    def compose(self) -> ComposeResult:
        """Sprite and figures, words, odds, the promise."""
        with Horizontal(id="head"):
            yield SpriteView(id="sprite")
            yield Static(id="figures")
        yield Static(id="about")
        yield OddsList(id="odds")
        yield Static(id="promise")

    @property
    def _room(self) -> Room:
        room = self.screen
        assert isinstance(room, Room)
        return room

    def show(
        self,
        case: CaseDetail | None,
        oranges: int,
        since: int,
        fairness: FairnessState | None,
    ) -> None:
        """Show a case, or nothing.

        Args:
            case: the case, once its odds are known.
            oranges: what the player has.
            since: rolls of it since its guarantee's last hit.
            fairness: the player's seeds, once they are known.
        """
        self._case, self._oranges, self._since, self._fairness = case, oranges, since, fairness
        self.border_title = Content(case.name) if case else ""
        self.visible = case is not None
        if case is not None:
            self.query_one("#about", Static).update(Content(case.description))
            self.query_one(OddsList).show(case.odds, since)
            self.show_head()

    def show_head(self) -> None:
        """The case's own figures, or those of the entry that one looks at."""
        case = self._case
        if case is None:
            return
        odds, since = self.query_one(OddsList), self._since
        entry, group = (odds.entry, odds.group) if odds.has_focus else (None, None)
        stacked = self.screen.has_class("-stacked")
        scale = (
            2 if self.screen.size.width >= LARGE[0] and self.screen.size.height >= LARGE[1] else 1
        )
        sprite = self.query_one(SpriteView)
        shown = entry
        if group is not None:
            words = (group_in_short if stacked else group_figures)(case, group, since)
            shown = group.entries[0]
        elif entry is None:
            words = (figures_in_short if stacked else figures)(case, self._oranges)
        else:
            words = (entry_in_short if stacked else entry_figures)(case, entry, since)
        best = case.odds.best if shown is None else case.odds.entries[shown]
        own, emoji = (case.sprite, "") if shown is None else picture_of_entry(case, shown)
        sprite.show(drawn(own, emoji, best.rarity), emoji, scale=scale)
        self.query_one("#figures", Static).update(words)
        self.query_one("#promise", Static).update(promise(case, self._fairness, entry, since))
        self._show_wait(case.odds, entry, group)

    def _show_wait(self, odds: OddsTable, entry: int | None, group: GroupRow | None) -> None:
        """Below the case: how far the guarantee is, or how long one waits for what is seen."""
        if entry is None and group is None:
            self._say_below(guarantee_words(odds, self._since))
            return
        entries = group.entries if group is not None else (entry or 0,)
        if not all(odds.entries[number].item for number in entries):
            self._say_below("")
            return
        key = (odds.hash, entries)
        if key in self._waits:
            self._say_below(wait_words(self._waits[key], self._since))
        elif odds.guarantee is None:
            self._wait_read(key, wait_for_entries(odds, entries))
        else:
            self._say_below("")
            self._room.ask(
                lambda: wait_for_entries(odds, entries),
                lambda wait: self._wait_read(key, wait),
                group="wait",
            )

    def _wait_read(self, key: tuple[str, tuple[int, ...]], wait: Wait | None) -> None:
        self._waits[key] = wait
        self._say_below(wait_words(wait, self._since))

    def _say_below(self, words: str) -> None:
        self.border_subtitle = Content(words)
