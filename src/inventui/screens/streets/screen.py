"""Streets: shifts at the juice stand, the daily bonus, and whom to rob."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content

from inventui.rules.core.clock import DAY
from inventui.rules.streets.streets import BASE_CHANCE
from inventui.screens.streets.rob import RobbingRoom
from inventui.screens.streets.shift import Shifts
from inventui.screens.streets.stand import Stand
from inventui.screens.streets.targets import TargetFacts, TargetList
from inventui.screens.streets.week import Week
from inventui.widgets.frame.commands import Command
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.inventory.models import EscrowItem
    from inventui.engine.streets.models import StreetsView, TargetView
    from inventui.engine.world import PlayerHandle

ALL_ACROSS, ALL_DOWN = 116, 34
"""Cells and lines from which every pane is seen at once."""

SLIM = 72
"""Columns below which the list of targets has its pane for itself: the question says the rest."""


class StreetsPane(StrEnum):
    """The parts of the room."""

    PLAY = "play"
    DAILY = "daily"
    ROB = "rob"


TITLES = {StreetsPane.PLAY: "Play", StreetsPane.DAILY: "Daily bonus", StreetsPane.ROB: "Rob"}


@dataclass(frozen=True, slots=True)
class StreetsState:
    """What the room shows."""

    view: StreetsView
    targets: tuple[TargetView, ...]
    escrow: tuple[EscrowItem, ...]


def look_around(player: PlayerHandle) -> StreetsState:
    """Ask for all of it. Blocks: for a thread."""
    # Neighbours who move in or earn do so before anything is shown of them.
    targets = player.streets.targets()
    return StreetsState(player.streets.view(), targets, player.escrow.view().items)


class StreetsRoom(Shifts, RobbingRoom):
    """The stand, the seven boxes, the list of targets: side by side, or one at a time."""

    ROOM = "streets"
    TITLE_TEXT = "Streets"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#stand"

    HELP = (
        "Play: enter opens the first tap, then closes each at its line; what the glasses are "
        "worth decides the pay. A shift can be left with escape: it does not count. Whoever "
        "would rather not be quick works by choice (b); every choice pays the same in the "
        "mean. One shift in twelve turns up a crate, whose contents wait in escrow for 24 h: c"
        " claims them. Daily bonus: seven days in a row, each worth more. Rob: the chance is "
        f"{BASE_CHANCE} % and your weapon less their armour, and the roll is drawn from your "
        "seed pair, so the Fairness room can check it. A robbery wears out the gear of both "
        "sides, and the same target is safe for an hour."
    )

    ACTIONS = (
        Command("act", "enter,space", "Work", "Open or close a tap, take the bonus, rob", "act",
                group="Streets"),
        Command("daily", "d", "Bonus", "Take today's bonus", "daily", group="Streets"),
        Command("claim", "c", "Claim", "Take out of escrow what goes soonest", "claim",
                group="Streets"),
        Command("by-choice", "b", "By choice", "Work by choice, or by timing again", "by_choice",
                group="Play"),
        Command("verify", "f", "Fairness", "Check a robbery's roll", "app.room('fairness')",
                group="Rob"),
        Command("pane-next", "right,tab", "Next pane", "To the pane at the right", "pane(1)",
                show=False, group="Streets"),
        Command("pane-previous", "left,shift+tab", "Previous pane", "To the pane at the left",
                "pane(-1)", show=False, group="Streets"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.pane = StreetsPane.PLAY
        self.targets: tuple[TargetView, ...] = ()
        self._seen_targets = False
        self._player_id: int | None = None
        self._whom = ""

    def compose_room(self) -> ComposeResult:
        """Tabs, and the three panes."""
        yield TabStrip(id="panes")
        with Container(id="body"):
            yield Stand(self._now, id="stand")
            with Vertical(id="targets"):
                yield TargetList(self._now, id="list")
                yield TargetFacts(self._now, id="facts")
            yield Week(self._now, id="week")

    def _now(self) -> int:
        return self.session.now()

    @property
    def stand(self) -> Stand:
        """The juice stand."""
        return self.query_one(Stand)

    def on_mount(self) -> None:
        """Countdowns move."""
        self.stand.border_title = TITLES[StreetsPane.PLAY]
        self.query_one(Week).border_title = TITLES[StreetsPane.DAILY]
        self.query_one("#targets").border_title = TITLES[StreetsPane.ROB]
        self.set_interval(1, self.tick)
        self._show_pane()

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room every pane is seen."""
        whole = event.size.width >= ALL_ACROSS and event.size.height >= ALL_DOWN
        self.set_class(whole, "-whole")
        self.set_class(event.size.width < SLIM, "-slim")

    def on_screen_suspend(self) -> None:
        """Whoever goes elsewhere leaves the glasses standing."""
        self.stand.leave()
        self.refresh_bindings()

    def tick(self) -> None:
        """A second has passed."""
        if not self.is_current or self.session.player is None:
            return
        if self.stand.said:
            early = self.too_early()
            self.stand.say("" if early is None else early.message)
        self.stand.tick()
        self.query_one(Week).repaint()
        self.query_one(TargetFacts).refresh()
        if any(target.free_at is not None for target in self.targets):
            self.query_one(TargetList).redraw()
        view, now = self.stand.view, self._now()
        if view is None or self.stand.playing:
            return
        if now // DAY != view.at // DAY or any(
            target.free_at is not None and view.at < target.free_at <= now
            for target in self.targets
        ):
            self.refresh_room()

    # What is shown

    def refresh_room(self) -> None:
        """Look at the streets again; the cursor stays, and so does a shift under way."""
        player = self.session.player
        assert player is not None
        if player.id != self._player_id:
            self._player_id = player.id
            self.stand.forget()
        self._whom = self.session.take_whom() or self._whom
        self.stand.by_choice = self.works_by_choice
        self.ask(lambda: look_around(player), self._seen, group="streets")

    def _seen(self, sight: StreetsState) -> None:
        self.targets, self._seen_targets = sight.targets, True
        self.see_escrow(sight.escrow)
        self.stand.show(sight.view)
        self.query_one(Week).show(sight.view)
        self.query_one(TargetList).offer(sight.targets)
        if self._whom:
            self.query_one(TargetList).point_at(self._whom)
            self._whom = ""
            self.go_to(StreetsPane.ROB)
        self._show_facts()
        self._show_pane()

    def _show_facts(self) -> None:
        empty = Content("")
        if self._seen_targets:
            empty = Content.assemble(
                "Nobody to rob: you are alone here.\n\n",
                "Neighbours come with a content pack; add a player with\n",
                ("inventui players add NAME", "bold"),
            )
        self.query_one(TargetFacts).show(self.query_one(TargetList).row, empty)
        self.query_one("#targets").set_class(not self.targets, "-nobody")

    def _show_pane(self) -> None:
        view, now = self.stand.view, self._now()
        counts = dict.fromkeys(StreetsPane, "")
        if view is not None:
            counts = {
                StreetsPane.PLAY: f"{view.shifts_left} left",
                StreetsPane.DAILY: "!" if view.bonus_at <= now else "✓",
                StreetsPane.ROB: str(sum(target.refusal is None for target in self.targets)),
            }
        labels = [TabLabel(pane, TITLES[pane], counts[pane]) for pane in StreetsPane]
        self.query_one(TabStrip).show(labels, self.pane)
        for pane in StreetsPane:
            self.set_class(pane is self.pane, f"-{pane}")
        self.refresh_bindings()

    # Panes

    _FOCUS: Mapping[StreetsPane, str] = {
        StreetsPane.PLAY: "#stand",
        StreetsPane.DAILY: "#week",
        StreetsPane.ROB: "#list",
    }

    def go_to(self, pane: StreetsPane) -> None:
        """Make a pane the one that the keys are for."""
        self.pane = pane
        self._show_pane()
        self.query_one(self._FOCUS[pane]).focus()

    def action_pane(self, by: int) -> None:
        """To another pane."""
        panes = list(StreetsPane)
        self.go_to(panes[(panes.index(self.pane) + by) % len(panes)])

    @on(TabStrip.Chosen)
    def _pane_chosen(self, event: TabStrip.Chosen) -> None:
        self.go_to(StreetsPane(event.slug))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click on a pane is for it."""
        found = next((p for p, q in self._FOCUS.items() if event.widget is self.query_one(q)), None)
        if found not in (None, self.pane) and not self.stand.playing:
            self.pane = StreetsPane(found)
            self._show_pane()

    # Keys

    @property
    def titles_now(self) -> dict[str, str]:
        """What enter does in this pane."""
        verb = {StreetsPane.DAILY: "Take", StreetsPane.ROB: "Rob"}.get(self.pane, "Work")
        if self.stand.playing:
            verb = "Pour"
        return {"act": verb, "by_choice": "By timing" if self.chosen else "By choice"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While juice flows only the tap counts; what waits for nothing is not offered."""
        if not self.is_mounted:
            return True
        if action == "claim":
            return bool(self.waiting) and not self.stand.playing
        if action == "by_choice":
            return self.session.motion and self.pane is StreetsPane.PLAY and not self.stand.playing
        if self.stand.playing and action in ("pane", "daily"):
            return False
        return super().check_action(action, parameters)

    def action_act(self) -> None:
        """What enter means here."""
        if self.pane is StreetsPane.PLAY or self.stand.playing:
            self.work()
        elif self.pane is StreetsPane.DAILY:
            self.action_daily()
        else:
            self.rob()

    @on(Stand.Pressed)
    def _stand_clicked(self) -> None:
        self.work()

    @on(Week.Pressed)
    def _week_clicked(self) -> None:
        self.action_daily()

    @on(RowList.Moved)
    def _pointed(self) -> None:
        self._show_facts()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.rob()

    def target_to_rob(self) -> TargetView | None:
        """The one under the cursor."""
        return self.query_one(TargetList).row

    def action_back(self) -> None:
        """Escape leaves a shift, then the room."""
        if self.stand.playing:
            self.stand.leave()
            self.refresh_bindings()
        else:
            super().action_back()
