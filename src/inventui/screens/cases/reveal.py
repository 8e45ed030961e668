"""The reveal: shows what an opening that is already true has won, and what to do with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.screens.cases.again import OpensAgain, choices
from inventui.screens.cases.card_wall import CardWall
from inventui.screens.cases.reveal_actions import best_last
from inventui.screens.cases.totals import promise, totals
from inventui.widgets.canvas.celebration import Celebrating, Celebration
from inventui.widgets.frame.actions import EVERYWHERE, HELP_KEY, Action
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.own_keys import with_own_keys
from inventui.widgets.frame.undo import UNDO_KEY
from inventui.widgets.frame.workers import background
from inventui.widgets.items.card import face_of
from inventui.widgets.items.reel import Reel, plan_reel
from inventui.widgets.items.win_card import WinCard, rank_words
from inventui.widgets.theme import DIM, money

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click, Key, Resize

    from inventui.engine.cases.models import Opening
    from inventui.engine.core.models import CaseDetail

SPARKS = {Rarity.RARE: 20, Rarity.EPIC: 40, Rarity.LEGENDARY: 90}
"""Sparks by rarity; nothing else is celebrated, nor are several cases that together lost."""
TIGHT = 23
"""Lines below which nothing is left empty."""
LARGE = (120, 36)
"""Cells from which the won player item is drawn three times as large."""


class RevealScreen(OpensAgain):
    """Plays towards a result that is decided; any key ends the play at once.

    Args:
        opening: what was won.
        case: the case that it came from.
        oranges: what the player has, where that is not what the opening left.
    """

    SECTION = "reveal"
    TITLE_TEXT = "What you won"
    ACTIONS: ClassVar[tuple[Action[Any], ...]] = (
        Action("reveal-keep", "enter,escape", "Keep", "Keep it and go back",
               lambda reveal: reveal.keep(), legal=lambda reveal: reveal.why_not_now(),
               here=lambda reveal: not reveal.playing,
               named=lambda reveal: "Keep" if reveal.gave else "Back"),
        Action("reveal-sell", "s", "Sell", "Sell it to the house",
               lambda reveal: reveal.sell(), legal=lambda reveal: reveal.why_not_now(),
               here=lambda reveal: not reveal.playing and reveal.single and reveal.has),
        Action("reveal-sell-commons", "s", "Sell commons", "Sell the commons",
               lambda reveal: reveal.sell(), legal=lambda reveal: reveal.why_not_sell_commons(),
               here=lambda reveal: not reveal.playing and not reveal.single),
        Action("reveal-lock", "l", "Lock", "Lock it against selling, or unlock it",
               lambda reveal: reveal.switch_lock(), legal=lambda reveal: reveal.why_not_now(),
               here=lambda reveal: not reveal.playing and reveal.single and reveal.has,
               named=lambda reveal: "Unlock" if reveal.locked else "Lock"),
        Action("reveal-sell-again", "S", "Sell & again", "Sell all of it and open as many again",
               lambda reveal: reveal.sell_and_open(), legal=lambda reveal: reveal.why_not_sell(),
               here=lambda reveal: not reveal.playing and reveal.gave),
        Action("reveal-again", "r,a", "Again", "Open as many of the same once more",
               lambda reveal: reveal.open_again(), legal=lambda reveal: reveal.why_not_now(),
               here=lambda reveal: not reveal.playing and not reveal.opening.fused,
               named=lambda reveal: reveal.again_words()),
    )  # fmt: skip
    HELP = (
        "What you won was decided and written down before anything moved; the reel only shows "
        "it. Any key ends the play. Keep leaves everything in your inventory, where it can be "
        "sold or locked later. $reveal-sell sells what was won here, $reveal-again opens as many "
        "of the same case again; what is dear is asked about."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "skip", "Show it now", key_display="any key"),
        Binding(UNDO_KEY, "undo", "Undo", id=f"{EVERYWHERE}.undo"),
        Binding(HELP_KEY, "help", "Help", tooltip="Explain this screen", id=f"{EVERYWHERE}.help"),
    ]
    # It hides the room from its first moment; a file of styles is read only later.
    DEFAULT_CSS = "RevealScreen { background: $background; }"
    CSS_PATH = "reveal.tcss"

    def __init__(self, opening: Opening, case: CaseDetail, oranges: int | None = None) -> None:
        self._ready = self._hurry = False
        super().__init__(opening, case)
        if oranges is not None:
            self.oranges = oranges

    def compose(self) -> ComposeResult:
        """What is needed of play and result; a sky is mounted when something is celebrated."""
        yield Static(id="title")
        with Container(id="stage"):
            if not self.single:
                yield CardWall(id="wall")
            else:
                if self.session.motion:
                    yield self.make_reel()
                with Vertical(id="result"):
                    yield WinCard(id="win")
                    yield Static(id="choices")
        yield Static(id="words")
        yield KeyBar()

    def make_reel(self) -> Reel:
        """What plays towards a single win."""
        return Reel(id="reel")

    def on_mount(self) -> None:
        """Begin once there is a size."""
        self.call_after_refresh(self.begin)

    # The play

    def begin(self) -> None:
        """Show an opening from its beginning."""
        self.playing = self._ready = True
        self.locked, self.sold = False, frozenset()
        self.at_once = None
        self.rolls = best_last(self.opening.rolls)
        for sky in self.query(Celebration):
            sky.put_out()
        name = Content.styled(self.opening.case_name, "bold $primary")
        times = f" × {self.times:,}" if self.times > 1 else ""
        told = Content.styled(self.told, DIM)
        self.query_one("#title", Static).update(name + times + told)
        self.set_class(not self.single, "-many")
        reels, walls = self.query(Reel), self.query(CardWall)
        for wall in walls:
            wall.load([face_of(self.case, roll) for roll in self.rolls])
        if self._hurry or not self.session.motion or not (reels or walls):
            self._end()
            return
        self._say(promise(self.rolls))
        for reel in reels:
            self._see("reel")
            roll = self.rolls[0]
            reel.load(plan_reel(roll, self.case), self.case, face_of(self.case, roll))
            reel.play()
        for wall in walls:
            wall.play()
        self.refresh_bindings()

    def _see(self, part: str) -> None:
        for widget in self.query("#reel, #result"):
            widget.display = widget.id == part

    def on_reel_landed(self) -> None:
        """The wheel stands."""
        self._end()

    def on_card_wall_turned(self) -> None:
        """The last card is up."""
        self._end()

    def on_key(self, event: Key) -> None:
        """Any key ends the play, and does nothing else."""
        if self.playing:
            event.stop()
            event.prevent_default()
            self._end()

    def on_click(self, event: Click) -> None:
        """So does the mouse."""
        if self.playing:
            event.stop()
            self._end()

    def action_skip(self) -> None:
        """End the play."""
        self._end()

    def _end(self) -> None:
        """Show the result; from now on it counts as seen."""
        if not self.playing:
            return
        if not self._ready:
            self._hurry = True
            return
        self.playing = self._hurry = False
        if self.single:
            for reel in self.query(Reel):
                reel.stop()
            self._see("result")
            self.show_win()
        else:
            wall = self.query_one(CardWall)
            wall.turn_all()
            wall.focus()
        self.show_words()
        best = max(self.rolls, key=lambda roll: roll.rarity.rank)
        count = SPARKS.get(best.rarity, 0)
        lost = not self.single and self.opening.won < self.opening.paid
        if count and not lost:
            seed = f"{best.server_seed_hash}:{best.nonce}"
            worn = self.session.appearance[Category.CELEBRATION]
            self._sky().light(seed, count, motion=self.session.motion, style=worn)
        self.refresh_bindings()
        self._note_shown()
        self.sell_at_once()

    def _sky(self) -> Celebrating:
        """What sparks fly over: the cards, or a sky behind the one."""
        if not self.single:
            return self.query_one(CardWall)
        for sky in self.query(Celebration):
            return sky
        sky = Celebration(id="sky")
        self.query_one("#stage").mount(sky)
        return sky

    def _note_shown(self) -> None:
        player, operation = self.session.player, self.opening.operation
        if player is None:
            return

        async def note() -> None:
            try:
                await asyncio.to_thread(player.reveals.revealed, operation)
            except Exception as error:
                self.say_world_error(error)

        # The app's worker, for this screen may be closed before it is done.
        background(self.app, note, group="revealed")

    # The result

    def show_win(self) -> None:
        """The card of the one thing."""
        large = self.size.width >= LARGE[0] and self.size.height >= LARGE[1]
        self.query_one(WinCard).show(
            self.rolls[0], self.case, self.opening.paid,
            note=self.note_words(), scale=3 if large else 2,
            what="things and fee" if self.opening.fused else "the case",
        )  # fmt: skip

    def show_words(self) -> None:
        """The lines below the cards: what can be done with one, what many brought."""
        if self.single:
            # It stands below the card, as wide as that is.
            cells = min(self.size.width, self.query_one(WinCard).cells)
            line = choices(
                self.opening, self.oranges, cells,
                locked=self.locked, sold=bool(self.sold),
            )  # fmt: skip
            if self.session.own.keymap:
                line = with_own_keys(self, line)
            self.query_one("#choices", Static).update(line)
            have = Content.styled(f"you have {money(self.oranges).plain}", DIM)
            rank = rank_words(self.opening)
            self._say(Content("   ").join([have, rank]) if rank else have)
        else:
            self._say(*totals(self.opening, self.rolls, self.oranges, self.at_once))

    def _say(self, *lines: Content) -> None:
        self.query_one("#words", Static).update(Content("\n").join(lines))

    def on_resize(self, event: Resize) -> None:
        """The sprite grows and shrinks with the screen."""
        self.set_class(event.size.height < TIGHT, "-tight")
        if not self.playing and self.single:
            self.show_win()
            self.show_words()

    # What to do with it

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but its end can be done while it plays."""
        if action == "skip":
            return self.playing
        if action == "help":
            return not self.playing
        return super().check_action(action, parameters)

    async def action_help(self) -> None:
        """Explain this screen."""
        await self.app.run_action("help")
