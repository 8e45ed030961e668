"""The reveal of a fusion: what five player items have become."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.history.item_history import ItemHistoryDialog
from inventui.screens.workshop.fusion_animation import Melt
from inventui.widgets.frame.commands import Command, bindings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType

    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.workshop.models import Fused
    from inventui.widgets.items.reel import Reel

DEEDS = (
    Command("reveal-next", "a", "Next five", "Put the next five cheapest on the bench", "next"),
    Command("reveal-history", "h", "History", "Show all that happened to it", "history"),
)


class FusionReveal(RevealScreen):
    """Plays towards what came out; any key ends the play at once.

    Args:
        fused: the fusion.
        case: its chances.
        player_items: what went in.
        next_five: puts the next five on the bench.
    """

    CSS_PATH = "../cases/reveal.tcss"
    TITLE_TEXT = "What came out"
    ACTIONS = (
        *[command for command in RevealScreen.ACTIONS if command.id != "reveal-again"],
        *DEEDS,
    )
    HELP = (
        "What came out was decided and written down before anything moved; the play only shows "
        "it. Any key ends it. What went in is gone. Keep leaves the new thing in your inventory, "
        "where it can be sold or locked later; a puts the next five cheapest on the bench."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*DEEDS)]

    def __init__(
        self, fused: Fused, case: CaseDetail, player_items: Sequence[ItemLine],
        next_five: Callable[[], None],
    ) -> None:  # fmt: skip
        self.player_items = tuple(player_items)
        self._next_five = next_five
        super().__init__(fused.opening, case)

    def make_reel(self) -> Reel:
        """Five become one."""
        return Melt([player_item.sprite for player_item in self.player_items], id="reel")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but its end can be done while it plays."""
        if action in ("next", "history"):
            return not self.playing
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """Keep it, and go on with the next five."""
        self.dismiss()
        self._next_five()

    def action_history(self) -> None:
        """Show all that happened to it."""
        roll = self.rolls[0]
        self.app.push_screen(ItemHistoryDialog(roll.item_id, roll.entry))
