"""The game of a guest: one player of a world, on the machine of its owner."""

from __future__ import annotations

import asyncio
from time import process_time
from typing import TYPE_CHECKING, Any

from textual.content import Content

from inventui.app.app import InventuiApp
from inventui.db.errors import Trouble, WorldError
from inventui.rules.core.refusal import Refusal
from inventui.serve.limits import COLUMNS, LINES
from inventui.widgets import errors
from inventui.widgets.session_kind import SessionKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.app import SystemCommand
    from textual.screen import Screen

    from inventui.engine.world import World
    from inventui.widgets.session import PlayAs

WATCH_SECONDS = 0.5
"""How often what others did is looked for."""

RENEWED = 15.0
"""Seconds after which a session that is alive gets processor time anew."""

OWNERS_COMMANDS = frozenset({"Screenshot"})
"""Commands of Textual that write to the machine."""

CLOSED = "The world can't be opened now. Its owner finds the reason in the log."


AWAY = "The world can't be used just now. What was done is kept: try again in a moment."
BUSY = "Others write to the world just now. Try again in a moment."


def said_of_world(error: BaseException) -> str:
    """What a guest is told of an error of the world; its owner finds the rest in the log."""
    errors.write_log(error)
    return BUSY if isinstance(error, WorldError) and error.kind is Trouble.BUSY else AWAY


class GuestApp(InventuiApp):
    """The game as one player, who is signed in already.

    Args:
        database: path or URL of the world.
        player: the name that the player has signed in with.
        number: the number of that player.
        processor_seconds: that may pass without the game having looked up.
    """

    largest = (COLUMNS, LINES)
    """The largest terminal that is drawn for, whatever it says of itself."""

    CSS_PATH = [f"../app/{path}" for path in InventuiApp.CSS_PATH]

    def __init__(self, database: str, player: str, number: int, processor_seconds: int) -> None:
        super().__init__(database=database, player=player, watch_seconds=WATCH_SECONDS)
        self.session.kind = SessionKind.GUEST
        self._number, self._processor_seconds = number, processor_seconds

    def open_world(self) -> World:
        """The world; its server makes the backups."""
        from inventui.engine.world import World

        assert self.database is not None
        return World.open(self.database)

    def exposed_files(self, world: World) -> list[Path]:  # noqa: ARG002
        """None that are a guest's business."""
        return []

    async def find_player(self, wanted: str | None) -> None:
        """Play as who has signed in."""
        world = self.session.world
        assert world is not None
        card = await asyncio.to_thread(world.players.find, wanted or "")
        if isinstance(card, Refusal) or card.id != self._number:
            self.refuse_world("You have another name by now: sign in anew.")
            return
        await self.play_as(world.handle(card))

    async def on_play_as(self, message: PlayAs) -> None:
        """A guest is one player."""
        message.prevent_default()

    def refuse_world(self, sentence: str) -> None:
        """Say that there is no world, without a word of where it lies."""
        if self.session.world is None:
            errors.write_log(RuntimeError(sentence))
            sentence = CLOSED
        super().refuse_world(sentence)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002
        """Show an address, and put it where it can be pasted from: no browser of ours is theirs."""
        if url.startswith("file:"):
            _, _, url = url.rpartition("/documents/")
            self.notify(f"It lies among your files: {url}", markup=False, timeout=15)
            return
        self.copy_to_clipboard(url)
        self.notify(Content(url).plain, title="Copied", markup=False, timeout=15)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Those that write nothing but the world."""
        for command in super().get_system_commands(screen):
            if command.title not in OWNERS_COMMANDS:
                yield command

    def on_ready(self) -> None:
        """As long as timers run, there is processor time."""
        self._renew()
        self.set_interval(RENEWED, self._renew)

    def _renew(self) -> None:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(process_time()) + self._processor_seconds, most)
        )
