"""The reveal of a fusion: what five player items have become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from inventui.rules.core.sprite import drawn
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.history.item_history import ItemHistoryDialog
from inventui.screens.workshop.fusion_animation import Melt
from inventui.widgets.frame.actions import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.workshop.models import Fused
    from inventui.widgets.items.reel import Reel


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
    ACTIONS: ClassVar[tuple[Action[Any], ...]] = (
        *[
            action
            for action in RevealScreen.ACTIONS
            if action.id not in {"reveal-again", "reveal-sell-again"}
        ],
        Action("reveal-next", "a", "Next five", "Put the next five cheapest on the bench",
               lambda reveal: reveal.go_on(), here=lambda reveal: not reveal.playing),
        Action("reveal-history", "h", "History", "Show all that happened to it",
               lambda reveal: reveal.show_history(), here=lambda reveal: not reveal.playing),
    )  # fmt: skip
    HELP = (
        "What came out was decided and written down before anything moved; the play only shows "
        "it. Any key ends it. What went in is gone. Keep leaves the new thing in your inventory, "
        "where it can be sold or locked later; $reveal-next puts the next five cheapest "
        "on the bench."
    )

    def __init__(
        self, fused: Fused, case: CaseDetail, player_items: Sequence[ItemLine],
        next_five: Callable[[], None],
    ) -> None:  # fmt: skip
        self.player_items = tuple(player_items)
        self._next_five = next_five
        super().__init__(fused.opening, case)

    def make_reel(self) -> Reel:
        """Five become one."""
        sprites = [drawn(one.sprite, one.emoji, one.rarity) for one in self.player_items]
        return Melt(sprites, id="reel")

    def go_on(self) -> None:
        """Keep it, and go on with the next five."""
        self.dismiss()
        self._next_five()

    def show_history(self) -> None:
        """Show all that happened to it."""
        roll = self.rolls[0]
        assert roll.item_id is not None
        self.app.push_screen(ItemHistoryDialog(roll.item_id, roll.entry))
