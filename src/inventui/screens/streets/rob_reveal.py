"""What a robbery came to: a pointer that looks for its ticket, then loot or fine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from inventui.rules.cases.fairness import TICKETS
from inventui.screens.streets.text import wait_words
from inventui.screens.streets.ticket_bar import TicketBar
from inventui.widgets.frame.dialogs import Dialog
from inventui.widgets.theme import DIM, KEY, ORANGE, rarity_mark

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.streets.models import RobberyDone, TargetView, Wear


def wear_words(whose: str, wear: Wear) -> Content:
    """What it did to a piece of gear: `Your Sharp Spoon lost 2 points, 98 are left.`"""
    if wear.broke:
        return Content.styled(f"{whose} {wear.name} broke.", "$text-error")
    return Content.styled(
        f"{whose} {wear.name} lost {wear.points} points, {wear.left} are left.", DIM
    )


def result_lines(done: RobberyDone, line: str) -> list[Content]:
    """What came of it, a line each.

    Args:
        done: the robbery.
        line: what a neighbour says to it, or "".
    """
    oranges = f"{ORANGE} {done.oranges:,}"
    if done.success:
        lines = [
            Content.assemble(("✓ You got away with ", "bold $text-success"), (oranges, "bold"))
        ]
    else:
        lines = [Content.assemble((f"✗ {done.target} caught you. ", "bold $text-error"),
                                  "The fine is ", (oranges, "bold"))]  # fmt: skip
    if line:
        lines.append(Content.styled(f"“{line}”", "italic"))
    lines.append(Content(""))
    if done.stolen is not None:
        held = wait_words(done.stolen.held_until - done.at)
        lines += [
            Content.assemble("And with ", rarity_mark(done.stolen.rarity), " ",
                             (done.stolen.name, "bold"), ". It waits in escrow"),
            Content.assemble(f"for {held}. ", ("c", KEY), " claims it now."),
        ]  # fmt: skip
    for whose, wear in (("Your", done.weapon), ("Their", done.armour)):
        if wear is not None:
            lines.append(wear_words(whose, wear))
    if done.rank_up:
        lines.append(Content.styled(f"You are {done.rank_up} now!", "bold $text-success"))
    below = done.chance * TICKETS // 100
    lines.append(
        Content.styled(
            f"Roll {done.nonce:,}: ticket {done.ticket:,}, below {below:,} gets away.", DIM
        )
    )
    return lines


class RobberyScreen(Dialog[bool]):
    """Shows what is true already; any key skips the suspense. True: claim what was stolen.

    Nothing is seen through it: the purse behind it knows the end already.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "close", "Go on"),
        Binding("c", "claim", "Claim"),
        Binding("f", "fairness", "Check it"),
    ]

    DEFAULT_CSS = """
    RobberyScreen { background: $background; }
    RobberyScreen #roll { margin-bottom: 1; }
    RobberyScreen #result { height: auto; min-height: 9; }
    """

    def __init__(self, done: RobberyDone, target: TargetView) -> None:
        self.done, self.target = done, target
        self.told = False
        super().__init__(f"{target.emoji} {target.name}" if target.emoji else target.name)

    def compose_dialog(self) -> ComposeResult:
        """The bar, and below it what came of it."""
        yield TicketBar(self.done.ticket, self.done.chance, id="roll")
        yield Static(Content.styled("You reach over the counter…", "italic"), id="result")

    def on_mount(self) -> None:
        """Let the pointer run."""
        self.query_one(TicketBar).play(motion=self.session.motion)

    @on(TicketBar.Landed)
    def _landed(self) -> None:
        self.told = True
        lines = result_lines(self.done, self.target.line)
        self.query_one("#result", Static).update(Content("\n").join(lines))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before it is told there is only waiting, or not."""
        if action == "claim":
            return self.told and self.done.stolen is not None
        if action == "fairness":
            return self.told
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Any key skips the suspense, and does nothing else then."""
        if not self.told and event.key != "ctrl+q":
            event.stop()
            event.prevent_default()
            self.query_one(TicketBar).land()

    def on_click(self) -> None:
        """A click skips the suspense, then goes on."""
        self.action_close()

    def action_close(self) -> None:
        """Skip the suspense, or go on."""
        if self.told:
            self.dismiss(False)
        else:
            self.query_one(TicketBar).land()

    def action_claim(self) -> None:
        """Go on, and claim what was stolen."""
        self.dismiss(True)

    def action_fairness(self) -> None:
        """Go where the roll can be checked."""
        self.dismiss(False)
        self.enter_room("fairness")
