"""Cases: look at what a case holds and at what odds, then open it.

What is opened is decided and paid before anything moves: the room asks the engine, and only then
covers itself with the reveal, which plays towards the result. The promise at the foot of the
pane is what the next roll will be checked against, so it is asked for again after every roll.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.cases.again import ask_to_open
from inventui.screens.cases.dialogs import CountDialog, ProofDialog
from inventui.screens.cases.list import CaseList
from inventui.screens.cases.pane import CasePane
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.cases.shelf import CasesState, look_at_shelf
from inventui.widgets.frame.actions import BUSY, Action
from inventui.widgets.frame.field import Field
from inventui.widgets.frame.room import Room
from inventui.widgets.items.odds_table import BAR_HELP, OddsList
from inventui.widgets.lists.row_list import RowList
from inventui.widgets.session import OPENED, Change
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize
    from textual.worker import Worker

    from inventui.engine.cases.models import Opening
    from inventui.engine.core.models import CaseDetail

BESIDE = 72
"""Columns from which the case stands beside the list."""
PAUSE = 0.05
"""Seconds that the cursor rests before something is asked for."""
NO_CASE = Refusal(Reason.NOTHING_TO_DO, "There is no case under the cursor.")


class CasesRoom(Room):
    """The cases at the left, the one under the cursor at the right."""

    ROOM = "cases"
    TITLE_TEXT = "Cases"
    ACTIONS: ClassVar[tuple[Action[CasesRoom], ...]] = (
        Action("open-one", "enter", "Open", "Open this case once",
               lambda room: room.ask_to_open(1), legal=lambda room: room.why_not_open()),
        Action("open-ten", "x", "Open 10", "Open this case ten times at once",
               lambda room: room.ask_to_open(10), legal=lambda room: room.why_not_open()),
        Action("open-many", "n", "Open…", "Choose how many to open, up to 100",
               lambda room: room.open_many(), legal=lambda room: room.why_not_open()),
        Action("open-last", "r", "Again", "Open as many of this case as the last time",
               lambda room: room.ask_to_open(room.session.opened),
               legal=lambda room: room.why_not_open(), here=lambda room: room.session.opened > 0,
               named=lambda room: room.again_words()),
        Action("case-proof", "v", "Proof", "Show commitment and odds hash in full",
               lambda room: room.show_proof(), legal=lambda room: room.why_not_open()),
        Action("case-fairness", "f", "Fairness", "Go to your seeds",
               lambda room: room.enter_room("fairness")),
        Action("case-filter", "slash", "Filter", "Find a case by its name",
               lambda room: room.open_filter()),
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "pane('odds')", show=False),
        Binding("left", "pane('list')", show=False),
    ]
    HELP = (
        "Choose a case at the left; everything it can give stands at the right, with its "
        "chance, before you pay. → moves into the odds and shows each prize; ← comes back. "
        "Prizes of a group are one line until you press Enter on it. Under a prize stands by how "
        "many openings half of all players have it; where a case has a guarantee, counted from a "
        "new seed pair on. "
        f"{BAR_HELP} “Returns” is the mean value of a case over its price; “profit” is how "
        "often a prize is worth more than the price. $open-last opens as many as the last time. "
        "Each roll's outcome is fixed by seeds "
        "that were promised beforehand: $case-proof shows them, Fairness lets you check them."
    )
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "CaseList"
    SHOWS = frozenset({Change.BALANCE, Change.SEEDS, Change.OTHERS})

    def __init__(self) -> None:
        self._shelf: CasesState | None = None
        self._sought = ""
        super().__init__()

    def compose_room(self) -> ComposeResult:
        """List and case."""
        with Horizontal(id="panes"):
            with Vertical(id="shelf", classes="pane") as shelf:
                shelf.border_title = "Cases"
                yield Field(placeholder="name of a case", id="filter", compact=True)
                yield CaseList(id="list")
                yield Static(id="none")
            yield CasePane(id="case", classes="pane")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.query_one("#filter").display = False
        self._show()

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self._sought = ""
        self.query_one("#filter").display = False

    def refresh_room(self) -> None:
        """Look at the shelf again."""
        world, player = self.session.world, self.session.player
        if world is not None and player is not None:
            self._show()
            seen = self.session.case or self._at
            self.ask(lambda: look_at_shelf(world, player, seen), self._seen, group="shelf")

    def _seen(self, shelf: CasesState) -> None:
        self._shelf = shelf
        self._show()
        wanted = self.session.take_case()
        if wanted in {case.id for case in shelf.cases}:
            self._forget_filter()
            cases = self.query_one(CaseList)
            cases.move_to(cases.find(wanted) or 0)

    @property
    def _at(self) -> str | None:
        """The id of the case under the cursor."""
        cases = self.query_one(CaseList)
        return cases.rows[cases.cursor].id if cases.rows else None

    @property
    def case(self) -> CaseDetail | None:
        """The case under the cursor, once its odds are known."""
        return self._shelf.details.get(self._at or "") if self._shelf is not None else None

    @property
    def _since(self) -> int:
        """Rolls of the case under the cursor since its guarantee's last hit."""
        case = self.case
        if case is None or case.odds.guarantee is None or self._shelf is None:
            return 0
        return self._shelf.misses.get(case.id, 0)

    def _look_closer(self) -> None:
        """Ask for the odds of the case under the cursor, once the cursor rests."""
        self.set_timer(PAUSE, self._ask_for_odds)

    def _ask_for_odds(self) -> None:
        world, at = self.session.world, self._at
        if world is not None and at is not None and self.case is None:
            self.ask(lambda: world.catalogue.case(at), self._odds_read, group="odds")

    def _odds_read(self, case: CaseDetail | Refusal) -> None:
        if self._shelf is not None and not isinstance(case, Refusal):
            self._shelf.details[case.id] = case
            self._show_case()

    @property
    def _oranges(self) -> int:
        card = self.session.card
        return card.oranges if card else 0

    # Showing

    def _show(self) -> None:
        cases = self._shelf.cases if self._shelf else ()
        sought = self._sought.casefold()
        found = [case for case in cases if sought in case.name.casefold()]
        self.query_one(CaseList).show(found, self._oranges)
        if self._shelf is None:
            none = "Looking at the shelf …"
        elif not cases:
            none = "There are no cases in this world. A content pack brings them."
        else:
            none = f"No case is called “{self._sought}”. Escape shows all of them again."
        said = self.query_one("#none", Static)
        said.update(Content("" if found else none))
        said.display = not found
        self.query_one(CaseList).display = bool(found)
        self._show_case()

    def _show_case(self) -> None:
        case = self.case
        fairness = self._shelf.fairness if self._shelf else None
        self.query_one(CasePane).show(case, self._oranges, self._since, fairness)
        if case is None and self._at is not None:
            self._look_closer()
        self.refresh_bindings()

    def on_resize(self, event: Resize) -> None:
        """One above the other where it is narrow."""
        self.set_class(event.size.width < BESIDE, "-stacked")
        self.query_one(CasePane).show_head()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another case, or another entry."""
        if event.control.id == "list":
            self._show_case()
        else:
            self.query_one(CasePane).show_head()
            self.refresh_bindings()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click on a case opens it."""
        if event.control.id == "list":
            self.ask_to_open(1)

    def on_descendant_focus(self) -> None:
        """Into the odds, or out of them."""
        self.query_one(CasePane).show_head()

    # The filter

    def open_filter(self) -> None:
        """Write what to look for."""
        sought = self.query_one("#filter", Input)
        sought.display = True
        sought.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._sought = event.value.strip()
        self._show()

    def on_input_submitted(self) -> None:
        """Back to the list, still filtered."""
        if self.case is not None:
            self.query_one(CaseList).focus()
        if not self._sought:
            self.query_one("#filter").display = False

    def action_back(self) -> None:
        """Out of the odds, then out of the filter, then out of the room."""
        sought = self.query_one("#filter", Input)
        if self.query_one(OddsList).has_focus:
            self.query_one(CaseList).focus()
        elif sought.display:
            self._forget_filter()
            self.query_one(CaseList).focus()
        else:
            super().action_back()

    def _forget_filter(self) -> None:
        sought = self.query_one("#filter", Input)
        sought.value = self._sought = ""
        sought.display = False
        self._show()

    def action_pane(self, name: str) -> None:
        """Into a pane."""
        if self.case is not None:
            self.query_one(f"#{name}").focus()

    # Opening

    def why_not_open(self) -> Refusal | None:
        """Why there is nothing to open, or that one is being opened."""
        if self.case is None:
            return NO_CASE if self._at is None else BUSY
        return BUSY if self.acting("open") else None

    def on_worker_state_changed(self, _: Worker.StateChanged) -> None:
        """The keys for opening work again."""
        self.refresh_bindings()

    def ask_to_open(self, count: int) -> None:
        """Open the case under the cursor; before much is spent, ask."""
        case = self.case
        if case is not None and not self.acting("open"):
            ask_to_open(self, case, count, self._oranges, lambda: self.open_case(count, case))

    def again_words(self) -> str:
        """What opening as many as the last time is called, with its price."""
        count = self.session.opened
        cost = money(self.case.price * count).plain if self.case is not None else ""
        return f"{count:,} again {cost}".rstrip()

    def open_case(self, count: int, shown: CaseDetail) -> None:
        """Open a case as it was shown. The outcome is true before anything moves."""
        player = self.session.player
        if player is None:
            return
        key, self.session.opened = uuid4().hex, count
        self.act(
            lambda: player.cases.open(shown.id, count, key, shown.odds.hash),
            lambda opening: self._reveal(opening, shown),
            group="open",
            changes=OPENED,
        )
        self.refresh_bindings()

    def _reveal(self, opening: Opening, case: CaseDetail) -> None:
        self.app.push_screen(RevealScreen(opening, case))

    def open_many(self) -> None:
        """Ask how many."""
        case = self.case
        if case is None:
            return

        def chosen(count: int | None) -> None:
            if count:
                self.open_case(count, case)

        self.app.push_screen(CountDialog(case, self._oranges), chosen)

    def show_proof(self) -> None:
        """Show what is promised in full."""
        if self.case is not None and self._shelf is not None:
            self.app.push_screen(ProofDialog(self.case, self._shelf.fairness))
