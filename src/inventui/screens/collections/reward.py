"""A set is complete: its pieces and its reward, under the sparks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.rules.achievements import Rewards
from inventui.rules.core.categories import Category
from inventui.widgets.canvas.celebration import CONFETTI, Celebration
from inventui.widgets.canvas.sprite import SpriteView
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.items.goal_text import reward_lines
from inventui.widgets.session import Session, session_of
from inventui.widgets.theme import rarity_mark

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from inventui.engine.workshop.models import CollectionView, Completed

SPARKS = 90


class CompletedScreen(ModalScreen[None]):
    """Stays until a key is pressed.

    Args:
        done: what was paid.
        view: the set.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "close", "Go on"),
    ]

    DEFAULT_CSS = """
    CompletedScreen {
        background: $background;
        #stage { height: 1fr; width: 100%; layers: sky table; align: center middle; }
        #sky { layer: sky; width: 100%; height: 100%; }
        #window {
            layer: table; width: 50; max-width: 90%; height: auto;
            border: round $primary; background: $surface; padding: 1 2;
        }
        SpriteView { width: 100%; }
        #words { height: auto; width: 1fr; text-align: center; margin-top: 1; }
    }
    """

    def __init__(self, done: Completed, view: CollectionView) -> None:
        self.done, self.view = done, view
        super().__init__()

    @property
    def session(self) -> Session:
        """World, player and settings."""
        return session_of(self)

    def compose(self) -> ComposeResult:
        """Sparks, and on them the case and a few words."""
        with Container(id="stage"):
            yield Celebration(id="sky")
            with Vertical(id="window"):
                yield SpriteView(self.view.sprite)
                yield Static(self._words(), id="words")
        yield KeyBar()

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
        self.call_after_refresh(self._light)

    def _light(self) -> None:
        worn = self.session.outlook[Category.CELEBRATION]
        self.query_one(Celebration).light(
            f"complete:{self.done.operation}", SPARKS, motion=self.session.motion,
            style=CONFETTI if worn.word == "none" else worn,
        )  # fmt: skip

    def on_click(self) -> None:
        """A click goes on."""
        self.dismiss()

    def action_close(self) -> None:
        """Go on collecting."""
        self.dismiss()
