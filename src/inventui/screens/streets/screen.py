"""Streets: shifts at the juice stand, the daily bonus, and whom to rob.

Three panes, side by side where there is room, else one at a time; enter means what the pane is
for. While juice flows only the tap counts, and looking again leaves the shift alone. The
countdowns are the room's own: when one of them ends, the world is asked what is allowed now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Vertical
from textual.content import Content

from inventui.rules.core.clock import DAY
from inventui.screens.streets.rob import Robbing
from inventui.screens.streets.shift import Shifts
from inventui.screens.streets.stand import Stand
from inventui.screens.streets.state import TITLES, StreetsPane, StreetsState, look_around
from inventui.screens.streets.targets import TargetFacts, TargetList
from inventui.screens.streets.week import Week
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.tab_strip import TabLabel, TabStrip
from inventui.widgets.lists.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.streets.models import TargetView

ALL_ACROSS, ALL_DOWN = 116, 34
"""Cells and lines from which every pane is seen at once."""

SLIM = 72
"""Columns below which the list of targets has its pane for itself: the question says the rest."""


class StreetsRoom(Room):
    """The stand, the seven boxes, the list of targets: side by side, or one at a time."""

    ROOM = "streets"
    TITLE_TEXT = "Streets"
    FIRST_PART = StreetsPane.PLAY
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#stand"

    shifts: Shifts
    robbing: Robbing
    pane: StreetsPane

    HELP = (
        "Tab goes from the stand to the bonus, and on to whom you could rob. Play: enter opens "
        "the first tap, then closes each at its line; what the glasses are worth decides the "
        "pay. A shift that is left with escape counts as soon as its first tap is open, and "
        "pays what was poured. Whoever would rather not be quick works by choice ($by-choice): "
        "every choice pays the same in the mean. A home whose upkeep is paid makes each shift "
        "pay more. Now and then a shift turns up a crate, whose contents wait in escrow: $claim "
        "claims them. Daily bonus: seven days in a row, each worth more. Rob: the chance is "
        "{robbery.BASE_CHANCE} % and your weapon less their armour, and the roll is drawn from "
        "your seed pair, so the Fairness room can check it. A robbery wears out the gear of "
        "both sides. The same target is safe for an hour, and each time that you rob them "
        "within 24 h halves what they yield. Who has fewer than {robbery.STAKE} oranges has "
        "nothing at stake and can't rob."
    )

    ACTIONS: ClassVar[tuple[Action[StreetsRoom], ...]] = (
        Action("act", "enter,space", "Work", "Open or close a tap, take the bonus, rob",
               lambda room: room.enter(), named=lambda room: room.verb(), group="Streets"),
        Action("daily", "d", "Bonus", "Take today's bonus",
               lambda room: room.shifts.take_bonus(), here=lambda room: room.idle, group="Streets"),
        Action("claim", "c", "Claim", "Take out of escrow what goes soonest",
               lambda room: room.shifts.claim(),
               here=lambda room: bool(room.shifts.waiting) and room.idle, group="Streets"),
        Action("by-choice", "b", "By choice", "Work by choice, or by timing again",
               lambda room: room.shifts.switch_choice(), here=lambda room: room.by_timing,
               named=lambda room: "By timing" if room.shifts.chosen else "By choice", group="Play"),
        Action("find", "slash", "Find", "Find somebody to rob by their name",
               lambda room: room.robbing.find(), here=lambda room: room.idle, footer=False,
               group="Rob"),
        Action("pane-next", "tab,right", "Next pane", "To the pane at the right",
               lambda room: room.step_pane(1), here=lambda room: room.idle,
               named=lambda room: TITLES[room.pane.beside(1)], group="Streets"),
        Action("verify", "f", "Fairness", "Check a robbery's roll",
               lambda room: room.enter_room("fairness"), group="Rob"),
        Action("pane-previous", "left,shift+tab", "Previous pane", "To the pane at the left",
               lambda room: room.step_pane(-1), here=lambda room: room.idle, footer=False,
               group="Streets"),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.pane = StreetsPane.PLAY
        self.targets: tuple[TargetView, ...] = ()
        self._seen_targets = False
        self._whom = ""
        self.shifts = Shifts(self)
        self.robbing = Robbing(self, self.shifts.claim_if)

    def compose_room(self) -> ComposeResult:
        """Tabs, and the three panes."""
        yield TabStrip(id="panes")
        with Container(id="body"):
            yield Stand(self.now, id="stand")
            with Vertical(id="targets"):
                yield TargetList(self.now, id="list")
                yield TargetFacts(self.now, id="facts")
            yield Week(self.now, id="week")

    @property
    def stand(self) -> Stand:
        """The juice stand."""
        return self.query_one(Stand)

    def on_mount(self) -> None:
        """Countdowns move."""
        self._stand = self.stand
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

    def on_unmount(self) -> None:
        """So does who ends the game: the shift is worked while the world is still open."""
        self.shifts.end(self._stand)

    def tick(self) -> None:
        """A second has passed."""
        if not self.is_current or self.session.player is None:
            return
        if self.stand.said:
            early = self.shifts.too_early()
            self.stand.say("" if early is None else early.message)
        self.stand.tick()
        self.query_one(Week).repaint()
        self.query_one(TargetFacts).refresh()
        if any(target.free_at is not None for target in self.targets):
            self.query_one(TargetList).redraw()
        view, now = self.stand.view, self.now()
        if view is None or self.stand.playing:
            return
        if now // DAY != view.at // DAY or any(
            target.free_at is not None and view.at < target.free_at <= now
            for target in self.targets
        ):
            self.refresh_room()

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.stand.forget()

    def refresh_room(self) -> None:
        """Look at the streets again; the cursor stays, and so does a shift under way."""
        player = self.player
        self._whom = self.session.take_whom() or self._whom
        self.robbing.also = self._whom or self.robbing.also
        self.stand.by_choice = self.shifts.works_by_choice
        self.ask(lambda: look_around(player, self.robbing.also), self._seen, group="streets")

    def _seen(self, sight: StreetsState) -> None:
        self.targets, self._seen_targets = sight.targets, True
        self.shifts.see_escrow(sight.escrow)
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
        view, now = self.stand.view, self.now()
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

    def enter_part(self, slug: str) -> None:
        """Bonus and robbing are panes."""
        self.go_to(StreetsPane(slug))

    def step_pane(self, by: int) -> None:
        """To another pane."""
        self.go_to(self.pane.beside(by))

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
    def idle(self) -> bool:
        """Whether no juice flows: while it does, only the tap counts."""
        return not self.stand.playing

    @property
    def by_timing(self) -> bool:
        """Whether a shift could be worked by timing, so that there is a choice."""
        return self.session.motion and self.pane is StreetsPane.PLAY and self.idle

    def verb(self) -> str:
        """What enter does in this pane."""
        if self.stand.playing:
            return "Pour"
        return {StreetsPane.DAILY: "Take", StreetsPane.ROB: "Rob"}.get(self.pane, "Work")

    def enter(self) -> None:
        """What enter means here."""
        if self.pane is StreetsPane.PLAY or self.stand.playing:
            self.shifts.work()
        elif self.pane is StreetsPane.DAILY:
            self.shifts.take_bonus()
        else:
            self.rob()

    @on(Stand.Opened)
    def _opened(self) -> None:
        self.shifts.begin()

    @on(Stand.Poured)
    def _poured(self, event: Stand.Poured) -> None:
        self.shifts.play(event.skill)

    @on(Stand.Pressed)
    def _stand_clicked(self) -> None:
        self.shifts.work()

    @on(Week.Pressed)
    def _week_clicked(self) -> None:
        self.shifts.take_bonus()

    @on(RowList.Moved)
    def _pointed(self) -> None:
        self._show_facts()

    @on(RowList.Chosen)
    def _double_clicked(self) -> None:
        self.rob()

    @property
    def target(self) -> TargetView | None:
        """The one under the cursor."""
        return self.query_one(TargetList).row

    def rob(self) -> None:
        """Rob the one under the cursor."""
        self.robbing.rob(self.target)

    def action_back(self) -> None:
        """Escape leaves a shift, then the room."""
        if self.stand.playing:
            self.stand.leave()
            self.refresh_bindings()
        else:
            super().action_back()
