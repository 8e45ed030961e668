"""The reveal: shows what an opening that is already true has won, and what to do with it."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from inventui.rules.enums import Rarity
from inventui.rules.fairness import TICKETS
from inventui.widgets.card import face_of
from inventui.widgets.card_wall import CardWall
from inventui.widgets.commands import Command, bindings
from inventui.widgets.confetti import Confetti
from inventui.widgets.dialogs import ConfirmDialog
from inventui.widgets.key_bar import HELP_KEY, KeyBar
from inventui.widgets.look import money
from inventui.widgets.reel import Reel, plan_reel
from inventui.widgets.session import Session, session_of
from inventui.widgets.totals import best_last, choices, promise, rank_words, sale_words, totals
from inventui.widgets.win_card import WinCard
from inventui.widgets.working import Working

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click, Key
    from textual.worker import Worker

    from inventui.engine.models import CaseDetail, LockChange, Opening, Roll, Sale, SaleQuote

SPARKS = {Rarity.EPIC: 40, Rarity.LEGENDARY: 90}
"""Sparks by rarity; the others are celebrated by nothing."""
LARGE = (120, 36)
"""Cells from which the won thing is drawn three times as large."""


class RevealScreen(Working, ModalScreen[None]):
    """Plays towards a result that is decided; any key ends the play at once.

    Args:
        opening: what was won.
        case: the case that it came from.
    """

    TITLE_TEXT = "What you won"
    ACTIONS = (
        Command("reveal-keep", "enter,escape", "Keep", "Keep it and go back", "keep"),
        Command("reveal-sell", "s", "Sell", "Sell it to the house", "sell"),
        Command(
            "reveal-sell-commons",
            "s",
            "Sell commons",
            "Sell the commons among them",
            "sell_commons",
        ),
        Command("reveal-lock", "l", "Lock", "Lock it against selling, or unlock it", "lock"),
        Command("reveal-again", "a", "Again", "Open the same once more", "again"),
    )
    HELP = (
        "What you won was decided and written down before anything moved; the reel only shows "
        "it. Any key ends the play. Keep leaves everything in your inventory, where it can be "
        "sold or locked later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "skip", "Show it now", key_display="any key"),
        *bindings(*ACTIONS, Command("help", HELP_KEY, "Help", "Explain this screen", "help")),
    ]
    CSS_PATH = "reveal.tcss"

    def __init__(self, opening: Opening, case: CaseDetail) -> None:
        self.opening, self.case = opening, case
        self.rolls: tuple[Roll, ...] = ()
        self.playing = True
        self.oranges = opening.balance.oranges
        self.locked = False
        self.sold: frozenset[int] = frozenset()
        super().__init__()

    @property
    def session(self) -> Session:
        """World, player and settings."""
        return session_of(self)

    @property
    def single(self) -> bool:
        """Whether only one case was opened."""
        return len(self.opening.rolls) == 1

    def compose(self) -> ComposeResult:
        """The play and the result; one of them is seen."""
        yield Static(id="title")
        with Container(id="stage"):
            yield Confetti(id="sky")
            yield Reel(id="reel")
            with Vertical(id="result"):
                yield WinCard(id="win")
                yield Static(id="choices")
            yield CardWall(id="wall")
        yield Static(id="words")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin once there is a size."""
        self.call_after_refresh(self._begin)

    # The play

    def _begin(self) -> None:
        """Show an opening from its beginning."""
        self.playing = True
        self.locked, self.sold = False, frozenset()
        self.oranges = self.opening.balance.oranges
        self.rolls = best_last(self.opening.rolls)
        self.query_one(Confetti).put_out()
        self._say(promise(self.rolls))
        name = Content.styled(self.opening.case_name, "bold $primary")
        times = "" if self.single else f" × {len(self.rolls):,}"
        self.query_one("#title", Static).update(name + times)
        faces = [face_of(self.case, roll) for roll in self.rolls]
        wall, reel = self.query_one(CardWall), self.query_one(Reel)
        self._see("reel" if self.single else "wall")
        if self.single:
            reel.load(plan_reel(self.rolls[0], self.case), self.case, faces[0])
        else:
            wall.load(faces)
        self.refresh_bindings()
        if not self.session.motion:
            self._end()
        elif self.single:
            reel.play()
        else:
            wall.play()

    def _see(self, part: str) -> None:
        for id_ in ("reel", "result", "wall"):
            self.query_one(f"#{id_}").display = id_ == part
        self.query_one("#sky").display = part == "result"

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
        if self.playing:
            self._end()

    def _end(self) -> None:
        """Show the result; from now on it counts as seen."""
        if not self.playing:
            return
        self.playing = False
        best = self.rolls[-1]
        if self.single:
            self.query_one(Reel).stop()
            self._see("result")
            self._show_win()
        else:
            wall = self.query_one(CardWall)
            wall.turn_all()
            wall.focus()
            self._show_totals()
        count = SPARKS.get(best.rarity, 0) if self.single else 0
        if count:
            seed = f"{best.server_seed_hash}:{best.nonce}"
            self.query_one(Confetti).light(seed, count, motion=self.session.motion)
        self.refresh_bindings()
        self._note_shown()

    def _note_shown(self) -> None:
        player, operation = self.session.player, self.opening.operation
        if player is None:
            return

        async def note() -> None:
            try:
                await asyncio.to_thread(player.cases.revealed, operation)
            except Exception as error:
                self._say_world_error(error)

        # The app's worker, for this screen may be closed before it is done.
        self.app.run_worker(note(), group="revealed")

    # The result

    def _show_win(self) -> None:
        roll = self.rolls[0]
        odds = self.case.odds
        chance = None
        if roll.odds_hash == odds.hash:
            parts = odds.entries[roll.entry_index].parts
            chance = (parts, Fraction(parts, TICKETS))
        large = self.size.width >= LARGE[0] and self.size.height >= LARGE[1]
        self.query_one(WinCard).show(
            face_of(self.case, roll), roll, self.opening.paid, chance,
            note="locked: l unlocks it" if self.locked else "", scale=3 if large else 2,
        )  # fmt: skip
        self.query_one("#choices", Static).update(
            choices(self.opening, self.oranges, self.rolls[0].value)
        )
        self._say(rank_words(self.opening))

    def _show_totals(self) -> None:
        self._say(*totals(self.opening, self.rolls, self.oranges))

    def _say(self, *lines: Content) -> None:
        self.query_one("#words", Static).update(Content("\n").join(lines))

    def on_resize(self) -> None:
        """The sprite grows and shrinks with the screen."""
        if not self.playing and self.single:
            self._show_win()

    # What to do with it

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but its end can be done while it plays."""
        if action == "skip":
            return self.playing
        if action == "help":
            return not self.playing
        if action in ("keep", "sell", "sell_commons", "lock", "again"):
            only = {"sell": self.single, "lock": self.single, "sell_commons": not self.single}
            if self.playing or not only.get(action, True):
                return False
            idle = not self.acting() and not (action == "sell_commons" and not self._for_sale())
            return True if idle else None
        return super().check_action(action, parameters)

    def on_worker_state_changed(self, _: Worker.StateChanged) -> None:
        """The keys work again."""
        self.refresh_bindings()

    async def action_help(self) -> None:
        """Explain this screen."""
        await self.app.run_action("help")

    def action_keep(self) -> None:
        """Leave it in the inventory."""
        self.dismiss()

    def _for_sale(self) -> list[int]:
        """Ids of what `s` would sell: the one thing, or the commons among many."""
        return [
            roll.item_id
            for roll in self.rolls
            if roll.item_id not in self.sold and (self.single or roll.rarity is Rarity.COMMON)
        ]

    def action_sell_commons(self) -> None:
        """Sell the commons among many, after asking."""
        self.action_sell()

    def action_sell(self) -> None:
        """Sell; what is dear or many is asked about first."""
        player, ids = self.session.player, self._for_sale()
        if player is None or not ids:
            return
        best = self.rolls[-1]
        if self.single and best.rarity not in SPARKS:
            self._sell(tuple(ids))
        else:
            self.ask(lambda: player.inventory.quote(ids), self._confirm, group="quote")

    def _confirm(self, quote: SaleQuote) -> None:
        if not quote.ids:
            self.say_refusal(quote.refused[0].refusal)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._sell(quote.ids)

        title, text, verb = sale_words(quote, self.rolls[-1].entry if self.single else None)
        self.app.push_screen(
            ConfirmDialog(title, text, yes=verb, no="Keep", danger=self.single), answered
        )

    def _sell(self, ids: tuple[int, ...]) -> None:
        player, key = self.session.player, uuid4().hex
        if player is not None:
            self.act(lambda: player.inventory.sell(ids, key), lambda sale: self._sold(sale, ids))

    def _sold(self, sale: Sale, ids: tuple[int, ...]) -> None:
        things = self.rolls[-1].entry if self.single else f"{sale.items_sold:,} things"
        self.app.notify(
            f"Sold {things} for {money(sale.total_value).plain}. "
            f"You have {money(sale.balance.oranges).plain} now.",
            markup=False,
        )
        self.oranges = sale.balance.oranges
        if self.single:
            self.dismiss()
            return
        self.sold |= set(ids) - {refused.id for refused in sale.refused}
        gone = frozenset(i for i, roll in enumerate(self.rolls) if roll.item_id in self.sold)
        self.query_one(CardWall).mark_gone(gone)
        self._show_totals()
        self.refresh_bindings()

    def action_lock(self) -> None:
        """Lock it, or unlock it again."""
        player, key = self.session.player, uuid4().hex
        ids, lock = [self.rolls[0].item_id], not self.locked
        if player is not None:
            self.act(lambda: player.inventory.lock(ids, lock, key), self._locked)

    def _locked(self, change: LockChange) -> None:
        self.locked = change.locked
        self._show_win()

    def action_again(self) -> None:
        """Open as many once more."""
        player, case, key = self.session.player, self.case, uuid4().hex
        count = len(self.rolls)
        if player is not None:
            self.act(lambda: player.cases.open(case.id, count, key), self._next)
            self.refresh_bindings()

    def _next(self, opening: Opening) -> None:
        self.opening = opening
        self._begin()
