"""Who plays: found or asked for at the start, exchanged later, and shown what they missed."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from inventui import config
from inventui.app.startup import FirstFrame
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable
from inventui.screens.registry import ROOMS
from inventui.widgets.entries import Place
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.toasts import toast
from inventui.widgets.frame.workers import background
from inventui.widgets.session import EVERYTHING, Changes, PlayAs, PlayerSnapshot, Session
from inventui.widgets.text import cut

if TYPE_CHECKING:
    from inventui.app.welcome import WelcomeScreen
    from inventui.engine.cases.models import Opening
    from inventui.engine.core.models import CaseDetail, PlayerCard
    from inventui.engine.world import PlayerHandle

PASSPHRASE = "INVENTUI_PASSPHRASE"  # noqa: S105
"""The variable in which the caller of the program may say one."""

LOCKED = (Reason.PASSPHRASE_NEEDED, Reason.PASSPHRASE_WRONG, Reason.TOO_SOON)
"""Why somebody who exists can't be played yet."""

MOST_REVEALED = 5
"""Of more openings that were made meanwhile, as by commands, only the last is shown."""

INVENTORY = Place("inventory", "Look at it")


class Playing(FirstFrame):
    """The part of the app that knows about players; the world is open already."""

    session: Session
    early: WelcomeScreen | None = None
    """Who asks for a name while the world is being made."""
    _said = False
    """Whether what the caller of the program has said was tried: it is for one player only."""

    async def find_player(self, wanted: str | None) -> None:
        """Take the player that is meant, or ask."""
        world = self.session.world
        if world is None:
            return
        players = await asyncio.to_thread(world.players.list)
        early, self.early = self.early, None
        if early is not None:
            if not players:
                early.world_ready()
                return
            early.dismiss(None)
        note = ""
        remembered = None if self.session.demo else self.session.settings.player
        for name in (wanted, remembered):
            if not name:
                continue
            if await self._play(name, players):
                return
            if name == wanted:
                note = f"There is no player {cut(printable(name), 40)!r} in this world."
                break
        if len(players) == 1 and not note and await self._play(players[0].name, players):
            return
        if players:
            self._welcome(players, note, name=(wanted or "") if note else "")
        else:
            self._welcome((), name=wanted or "")

    async def _play(self, name: str, players: tuple[PlayerCard, ...]) -> bool:
        """Go on as somebody, after their passphrase if they have one; False if nobody is that."""
        world, said = self.session.world, None if self._said else os.environ.get(PASSPHRASE)
        assert world is not None
        handle = await asyncio.to_thread(world.player, name, said)
        if isinstance(handle, Refusal) and handle.reason not in LOCKED:
            return False
        self._said = True
        if not isinstance(handle, Refusal):
            await self.play_as(handle)
            return True
        self._ask_passphrase(name, None if said is None else handle, players)
        return True

    def _ask_passphrase(
        self, name: str, refusal: Refusal | None, players: tuple[PlayerCard, ...]
    ) -> None:
        from inventui.screens.settings.passphrases import PassphraseDialog

        def answered(handle: PlayerHandle | None) -> None:
            if handle is not None:
                background(self, partial(self.play_as, handle), group="start")
            elif self.session.player is None:
                self._welcome(players)

        assert self.session.world is not None
        self.push_screen(PassphraseDialog(self.session.world, name, refusal), answered)

    def welcome_early(self, name: str) -> None:
        """Ask for a name while the world is made."""
        self.early = self._welcome(name=name)

    def _welcome(
        self,
        players: tuple[PlayerCard, ...] = (),
        note: str = "",
        *,
        name: str = "",
        leave: bool = False,
    ) -> WelcomeScreen:
        from inventui.app.welcome import WelcomeScreen

        def chosen(who: str | None) -> None:
            if who:
                background(self, partial(self.find_player, who), group="start")

        screen = WelcomeScreen(players, note, name=name, leave=leave)
        self.push_screen(screen, chosen)
        return screen

    async def play_as(self, player: PlayerHandle) -> None:
        """Go on as this player, show what is theirs, then what they have not seen yet."""
        session = self.session
        if session.player is not None:
            await self._forget_rooms()
            session.opened, session.place = 0, None
        session.player = player
        appearance, session.pending = await asyncio.to_thread(
            lambda: (PlayerSnapshot.of(player), player.reveals.pending())
        )
        self.see(appearance)
        if not session.demo and session.settings.player != player.name:
            session.settings.player = player.name
            self.save_settings()
        self.show_state()
        await self._show_pending()

    def see(self, appearance: PlayerSnapshot) -> None:
        """This is how the player looks now: another page background changes every screen."""
        page = self.session.page
        self.session.see(appearance)
        if self.session.page != page:
            self.forget_theme()
            self.mutate_reactive(App.theme)

    async def _forget_rooms(self) -> None:
        """What another player marked, filtered or typed is not for the next one."""
        for entry in ROOMS:
            if entry.slug != self.current_mode:
                await self.remove_mode(entry.slug)
                self.add_mode(entry.slug, entry.make)

    async def _show_pending(self) -> None:
        """Reveal what an interrupted session has won, oldest first; of many, the last alone."""
        world, pending = self.session.world, self.session.pending
        if not pending or world is None:
            return
        if len(pending) > MOST_REVEALED:
            words = f"{len(pending):,} openings wait to be shown. Here is the last one; "
            toast(self, words + "all that they gave is in the inventory.", place=INVENTORY)
            pending = pending[-1:]
        opening, self.session.pending = pending[0], pending[1:]
        # The case may have other odds by now, or be opened no more.
        odds_hash = opening.rolls[0].odds_hash
        case = await asyncio.to_thread(world.catalogue.case_as_opened, odds_hash)
        assert not isinstance(case, Refusal)
        self._reveal(opening, case)

    def _reveal(self, opening: Opening, case: CaseDetail) -> None:
        from inventui.screens.cases.reveal import RevealScreen

        def shown(_: object) -> None:
            background(self, self._show_pending, group="start")

        # What was opened in an earlier session left another balance than the player has now.
        oranges = None if self.session.card is None else self.session.card.oranges
        self.push_screen(RevealScreen(opening, case, oranges), shown)

    async def on_play_as(self, message: PlayAs) -> None:
        """Go on as someone else; without a name, ask for one."""
        if message.name:
            background(self, partial(self.find_player, message.name), group="start")
        else:
            self._welcome(leave=True)

    def _room(self) -> Room | None:
        """The room below any dialog."""
        base = self.screen_stack[0]
        return base if isinstance(base, Room) else None

    def show_state(self, changes: Changes = EVERYTHING) -> None:
        """Draw what is true now in the visible room, and in what lies over it.

        A room that nothing of is seen looks again when it is shown again.
        """
        if not self.screen_stack:
            # A room that is entered for the first time, or the end: what is shown next is drawn.
            return
        room, top = self._room(), self.screen
        if room is not None and (top is room or top.styles.background.a < 1):
            room.show_state(changes)
        if top is not room and hasattr(top, "show_state"):
            top.show_state()

    def save_settings(self) -> None:
        """Keep the settings; if that fails, say so and go on."""
        said = config.save_settings(self.session.settings)
        if said:
            self.notify(said, severity="warning", markup=False)
