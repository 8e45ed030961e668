"""What a command works on: its options, the world, opened when it is needed, and the player."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from inventui.cli.core.output import note
from inventui.cli.core.secret import ask
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable

if TYPE_CHECKING:
    from inventui.engine.achievements.models import Awards
    from inventui.engine.player import PlayerHandle
    from inventui.engine.withdrawals.models import Delivery
    from inventui.engine.world import World
else:
    # Commands name in their signatures what they want; the engine itself is only loaded
    # once a command runs that needs it.
    PlayerHandle = type("PlayerHandle", (), {})
    World = type("World", (), {})

__all__ = ["CommandRun", "Options", "PlayerHandle", "World", "no_players", "several_players"]

NAMES_SHOWN = 10
"""How many players a sentence names."""

_STRANGERS = (Reason.UNKNOWN_PLAYER, Reason.IS_NEIGHBOUR, Reason.NO_PLAYERS)
"""Refusals after which the game's last player is ignored: that player lives in another world."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes, before it or after it.

    Attributes:
        database: path or URL of the world, or None for the usual one.
        player: who plays, or None for the last one.
        json: whether to print one JSON object.
    """

    database: str | None = None
    player: str | None = None
    json: bool = False

    def under(self, database: str | None, player: str | None, json: bool) -> Options:
        """The later options, with these where the later ones are not given."""
        return Options(
            self.database if database is None else database,
            self.player if player is None else player,
            self.json or json,
        )


class CommandRun:
    """The run of one command; a context manager that closes the world.

    Attributes:
        delivered: what became of withdrawals that were pending when who plays was found.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self._world: World | None = None
        self._handle: PlayerHandle | None = None
        self._token = 0
        self.delivered: tuple[Delivery, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._world is not None:
            if self._world.set_back is not None:
                note(self._world.set_back.words)
            self._world.close()

    @property
    def database(self) -> str:
        """Path or URL of the world."""
        if self.options.database is not None:
            return self.options.database
        from inventui.config import default_database

        return default_database()

    @property
    def names_world(self) -> bool:
        """Whether a world is named, by an option or INVENTUI_DATABASE."""
        return bool(self.options.database or os.environ.get("INVENTUI_DATABASE"))

    @property
    def world(self) -> World:
        """The world, opened when it is first asked for.

        Raises:
            WorldError: it can't be used.
        """
        if self._world is None:
            from inventui.engine.world import World

            self._world = World.open(self.database)
            exposed = self._world.store.exposed
            if self.options.database is None:
                from inventui.config import keep_private

                exposed = (*exposed, *keep_private())
            if exposed:
                from inventui.config import exposed_words

                note(exposed_words(exposed))
        return self._world

    def player(self) -> PlayerHandle | Refusal:
        """The player, after catching up with time and retrying pending withdrawals.

        The one named, else the last one in the game, else the only one. Who asks for a
        passphrase is played with INVENTUI_PASSPHRASE, or with what is typed in a terminal.
        """
        found = self._player()
        if not isinstance(found, Refusal):
            from inventui.db.errors import WorldError

            self._handle, self._token = found, found.world.version_token()
            # A command that only reads answers from a world that can't be written too.
            with suppress(WorldError):
                found.catch_up()
                found.notifications.show_gifts()
                if found.withdrawals.pending():
                    from inventui.config import certificates_dir

                    self.delivered = found.withdrawals.deliver(certificates_dir())
        return found

    def award(self, *, anyway: bool = False) -> Awards | None:
        """Give the player the achievements that are due, if the world has changed since `player`.

        Args:
            anyway: whether to look even if it has not.
        """
        if self._handle is None:
            return None
        from inventui.db.errors import WorldError

        # The command itself is done: what can't be written now is due the next time.
        with suppress(WorldError):
            if anyway or self.world.version_token() != self._token:
                done = self._handle.achievements.award()
                return None if isinstance(done, Refusal) else done
        return None

    def play_as(self, name: str) -> PlayerHandle | Refusal:
        """A player by name, with a passphrase from the environment or asked for if needed."""
        found = self.world.player(name, os.environ.get("INVENTUI_PASSPHRASE") or None)
        needed = isinstance(found, Refusal) and found.reason is Reason.PASSPHRASE_NEEDED
        if needed and not self.options.json:
            said = ask(f"Passphrase of {printable(name)}: ")
            if said is not None:
                return self.world.player(name, said)
        return found

    def _player(self) -> PlayerHandle | Refusal:
        named = self.options.player
        if named is None:
            named = os.environ.get("INVENTUI_PLAYER") or None
        if named is not None:
            return self.play_as(named)
        from inventui.config import load_settings

        last = load_settings()[0].player
        if last:
            found = self.play_as(last)
            if not isinstance(found, Refusal) or found.reason not in _STRANGERS:
                return found
        names = [card.name for card in self.world.players.list()]
        if len(names) == 1:
            return self.play_as(names[0])
        return no_players() if not names else several_players(names)


def no_players() -> Refusal:
    """The refusal in a world without players."""
    return Refusal(Reason.NO_PLAYERS, "There is no player yet. Make one: inventui players add NAME")


def several_players(names: list[str]) -> Refusal:
    """The refusal where several players live and none was named."""
    shown = ", ".join(printable(name) for name in names[:NAMES_SHOWN])
    more = f" and {len(names) - NAMES_SHOWN:,} more" if len(names) > NAMES_SHOWN else ""
    return Refusal(
        Reason.SEVERAL_PLAYERS,
        f"Several players live here: {shown}{more}. Say who plays with --player NAME.",
        {"players": names[:NAMES_SHOWN], "count": len(names)},
    )
