"""Robbing: a question with all its figures, the robbery, and the way to its suspense."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content

from inventui.rules.streets import robbery
from inventui.screens.shared.person_dialog import PersonDialog
from inventui.screens.streets.targets import chance_bar
from inventui.screens.streets.text import halved_words, loot_words, sum_words
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.theme import DIM, ORANGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.engine.streets.models import RobberyDone, TargetView
    from inventui.rules.core.refusal import Refusal

BAR = 40


def question(target: TargetView) -> Content:
    """The chance, what a success takes, what a failure costs."""
    insured = f"{target.insurance} % of it is insured" if target.insurance else ""
    less = "; ".join(words for words in (insured, halved_words(target)) if words)
    return Content("\n").join(
        [
            Content(sum_words(target)),
            Content.assemble(chance_bar(target.chance, BAR), (f" {target.chance} %", "bold")),
            Content(""),
            Content.assemble(
                "Success takes ", (loot_words(target), "bold"), f" ({less})" if less else "",
                f", and in {robbery.GEAR_CHANCE} of 100 cases a piece of gear that they don't "
                "wear.",
            ),
            Content.assemble(
                "Failure costs ", (f"{ORANGE} {target.fine:,}", "bold $text-error"), "."
            ),
            Content.styled(
                f"Your weapon and their armour wear by {robbery.WEAR_LEAST}–{robbery.WEAR_MOST} "
                "points either way.",
                DIM,
            ),
        ]
    )  # fmt: skip


class Robbing:
    """Lets a player rob others from a room.

    Args:
        room: where it is asked and told.
        claim_if: takes a player item out of escrow, if that is wanted.

    Attributes:
        also: who is listed besides the first persons, because they were looked for.
    """

    def __init__(self, room: Room, claim_if: Callable[[bool | None, int], object]) -> None:
        self.room, self.claim_if = room, claim_if
        self.also = ""

    def find(self) -> None:
        """Ask whom, and put the cursor there."""
        player = self.room.session.player
        assert player is not None

        def found(name: str | None) -> None:
            if name is not None:
                self.room.session.whom = name
                self.room.show_state()

        self.room.app.push_screen(PersonDialog(player, "Rob whom?"), found)

    def rob(self, target: TargetView | None) -> None:
        """Rob somebody, after a question."""
        if target is None or self.room.acting("rob"):
            return
        if target.refusal is not None:
            self._ask_again(target)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._rob(target)

        self.room.app.push_screen(
            ConfirmDialog(f"Rob {target.name}?", question(target), yes="Rob", no="Leave them"),
            answered,
        )

    def _ask_again(self, target: TargetView) -> None:
        """Say why not as it stands now, for time has passed since it was shown."""
        player = self.room.session.player
        assert player is not None

        def answered(targets: tuple[TargetView, ...]) -> None:
            found = next((other for other in targets if other.name == target.name), None)
            if found is not None and found.refusal is not None:
                self._refused(found.refusal)
            else:
                self.room.look_again()

        self.room.ask(player.streets.targets, answered, group=OPENING)

    def _rob(self, target: TargetView) -> None:
        player, key = self.room.session.player, uuid4().hex
        if player is not None:
            self.room.act(
                lambda: player.streets.rob(target.name, key, target.chance),
                lambda done: self._robbed(done, target),
                refused=self._refused,
                group="rob",
            )

    def _robbed(self, done: RobberyDone, target: TargetView) -> None:
        from inventui.screens.streets.rob_reveal import RobberyScreen

        def closed(claim: bool | None) -> None:
            if done.stolen is not None:
                self.claim_if(claim, done.stolen.item_id)

        self.room.app.push_screen(RobberyScreen(done, target), closed)

    def _refused(self, refusal: Refusal) -> None:
        toast(self.room, refusal.message, ToastKind.ERROR, title="✗ Not robbed")
        self.room.look_again()
