"""Drawer: a player's page as others see it, one's own or somebody else's.

Looking at somebody else's drawer counts as a visit, once a day, so it is asked for by name and
only when the room is shown. The entrance plays when another page comes on show, not when the
same one is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.refusal import Refusal
from inventui.screens.drawer_page import DrawerPage, DrawerPicture, splat_words
from inventui.widgets.bigpulp.text import LINES, line_for
from inventui.widgets.canvas.appearance import appearance
from inventui.widgets.entries import Place
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.player.card_facts import facts_of
from inventui.widgets.player.collection import faces_of_items

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.drawer.models import DrawerView

FED = ("Mmm, donut. Now I could carry twice as many crates.", "Mmm, donut!")
BRIEF = "Look around!"
OWN = "Your drawer, as others see it"
SETTINGS = Place("settings", "Add a player in Settings")


def picture_of(drawer: DrawerView, *, own: bool, now: int) -> DrawerPicture:
    """What a drawer shows; a purse is nobody's business, not even on one's own page."""
    look = appearance({category: item.style for category, item in drawer.worn.items()})
    name = drawer.player.name
    seed = f"{name}:{now // DAY}"
    return DrawerPicture(
        heading=OWN if own else f"{name}'s drawer",
        facts=facts_of(
            drawer.player, drawer.statistics, visitors=drawer.visitors, own=False
        ),
        look=look,
        words=FED if drawer.fed else lines_of(look[Category.BIGPULP_MOOD].word, seed),
        faces=faces_of_items(drawer.best),
        worn=tuple(item for item in drawer.worn.values() if not item.is_default),
        splats=splat_words(drawer.splats, now),
    )  # fmt: skip


def lines_of(mood: str, seed: str) -> tuple[str, ...]:
    """What BigPulp could say in a mood, the line of the day first, the shortest last."""
    first = line_for(mood, seed)
    others = (line for line in LINES.get(mood, LINES["none"]) if line != first)
    return (first, *others, BRIEF)


class DrawerRoom(Room):
    """One page, drawn in one go."""

    ROOM = "drawer"
    TITLE_TEXT = "Drawer"
    CSS_PATH = "drawer.tcss"
    AUTO_FOCUS = ""

    HELP = (
        "A drawer is a player's page: everything worn is seen here, by you and by whoever "
        "visits. What is worn is changed in the inventory, more of it is in the shop. Visiting "
        "another player counts on their visitor counter, once a day."
    )

    ACTIONS: ClassVar[tuple[Action[DrawerRoom], ...]] = (
        Action("visit", "v", "Visit", "Look at another player's drawer",
               lambda room: room.visit()),
        Action("shop", "s", "Shop", "Find more to wear",
               lambda room: room.enter_room("shop")),
        Action("change", "i", "Inventory", "Change what you wear",
               lambda room: room.enter_room("inventory")),
        Action("celebrate", "c", "Celebrate", "Let the celebration fly",
               lambda room: room.celebrate()),
        Action("enter", "e", "Enter again", "See the entrance once more",
               lambda room: room.play_entrance()),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.visiting: str | None = None
        self._shown: tuple[int | None, str | None] | None = None

    def compose_room(self) -> ComposeResult:
        """The page."""
        yield DrawerPage(id="page")

    @property
    def page(self) -> DrawerPage:
        """The page."""
        return self.query_one(DrawerPage)

    def on_mount(self) -> None:
        """Splats dry."""
        self.set_interval(60, self._grow_older)

    def _grow_older(self) -> None:
        if self.is_current and self.session.player is not None:
            self.refresh_room()

    def on_screen_suspend(self) -> None:
        """Whoever comes back makes an entrance."""
        self._shown = None

    # What is shown

    def forget(self) -> None:
        """Show another player nothing of the one before."""
        super().forget()
        self.visiting = None

    def refresh_room(self) -> None:
        """Look at the drawer again."""
        player = self.player
        self.visiting = self.session.take_whom() or self.visiting
        name = self.visiting
        self.ask(lambda: player.drawer.show(name), self._seen, group="drawer")

    def _seen(self, drawer: DrawerView | Refusal) -> None:
        if isinstance(drawer, Refusal):
            self.visiting = None
            self.say_refusal(drawer)
            return
        picture = picture_of(drawer, own=self.visiting is None, now=self.session.now())
        self.page.show(picture, motion=self.session.motion)
        whose = (self.player_id, self.visiting)
        if whose != self._shown:
            self._shown = whose
            self.play_entrance()

    # Visiting

    def visit(self) -> None:
        """Choose whose drawer to look at."""
        world = self.session.world
        if world is not None:
            self.ask(world.players.everybody, self._choose, group=OPENING)

    def _choose(self, players: tuple[PlayerCard, ...]) -> None:
        others = [card for card in players if card.id != self.player_id]
        if not others:
            words = "You are alone in this world, so there is nobody to visit."
            toast(self, words, ToastKind.INFO, place=SETTINGS)
            return

        def chosen(number: str | None) -> None:
            if number is not None:
                self.visiting = others[int(number)].name
                self.refresh_room()

        items = [
            MenuItem(str(number), card.name, card.standing.rank)
            for number, card in enumerate(others)
        ]
        self.app.push_screen(
            ChoiceDialog("Visit", "Whose drawer do you want to look at?", items), chosen
        )

    def action_back(self) -> None:
        """Escape leads from another's drawer to one's own, then home."""
        if self.visiting is not None:
            self.visiting = None
            self.refresh_room()
        else:
            super().action_back()

    # What plays

    def play_entrance(self) -> None:
        """Play the entrance."""
        picture = self.page.picture
        if picture is not None:
            self.page.enter(
                picture.look[Category.ENTRANCE_ANIMATION].word, motion=self.session.motion
            )

    def celebrate(self) -> None:
        """Let the celebration fly."""
        picture = self.page.picture
        if picture is not None:
            name = picture.facts.name
            self.page.celebrate(
                picture.look[Category.CELEBRATION], name, motion=self.session.motion
            )

    def on_key(self, _: events.Key) -> None:
        """Any key ends what plays."""
        self.page.rest()
        self.page.repaint()
