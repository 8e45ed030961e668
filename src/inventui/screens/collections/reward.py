"""A set is complete: its pieces and its reward, under the sparks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from inventui.rules.achievements import Rewards
from inventui.rules.core.sprite import drawn
from inventui.widgets.canvas.sprite import SpriteView
from inventui.widgets.frame.celebration_screen import CelebrationScreen
from inventui.widgets.items.goal_text import reward_lines
from inventui.widgets.theme import rarity_mark

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.workshop.models import CollectionView, Completed

SPARKS = 90


class CompletedScreen(CelebrationScreen[None]):
    """Says that a set is complete, and what was paid for it.

    Args:
        done: what was paid.
        view: the set.
    """

    DEFAULT_CSS = """
    CompletedScreen SpriteView { width: 100%; }
    CompletedScreen #words { margin-top: 1; }
    """

    def __init__(self, done: Completed, view: CollectionView) -> None:
        self.done, self.view = done, view
        super().__init__()

    def compose_window(self) -> ComposeResult:
        """The case and a few words."""
        rarest = max((piece.rarity for piece in self.view.pieces), key=lambda one: one.rank)
        yield SpriteView(drawn(self.view.sprite, "", rarest))
        yield Static(self._words(), id="words")

    def _words(self) -> Content:
        done = self.done
        marks = Content(" ").join(rarity_mark(piece.rarity) for piece in self.view.pieces)
        lines = [
            Content.styled(f"{done.name} is complete", "bold $primary"),
            marks,
            Content(""),
            *reward_lines(Rewards(done.oranges, done.gems, done.experience_gained)),
        ]
        if done.rank_up is not None:
            lines += [Content(""), Content.styled(f"▲ rank up: {done.rank_up}", "$primary bold")]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """Light the sparks once there is a size."""
        self.call_after_refresh(self.light, f"complete:{self.done.operation}", SPARKS)
