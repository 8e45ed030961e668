"""A world: open it, look at its catalogue, and act in it as one of its players.

What only some need of it is imported when they ask for it: every start and command waits for the
rest.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from threading import Event, Thread
from time import monotonic, time
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.content.numbers import apply_numbers
from inventui.db import backup
from inventui.db.errors import Trouble, WorldError
from inventui.db.location import on_server, open_store
from inventui.db.progress import Tell, untold
from inventui.db.store import Store
from inventui.engine.core.audited_numbers import keep_numbers
from inventui.engine.core.context import Context
from inventui.engine.core.secrets import Entropy, SystemEntropy
from inventui.engine.core.settings import (
    CATALOGUE,
    neighbours_away,
    send_neighbours_away,
    set_setting,
    setting,
)
from inventui.engine.player import PlayerHandle
from inventui.engine.players.cards import persons
from inventui.engine.players.passphrases import Passphrases
from inventui.engine.players.players import Players
from inventui.engine.time.hooks import RoomHooks
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from inventui.engine.audit.models import AuditReport
    from inventui.engine.cases.models import Simulation
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.packs.packs import Packs
    from inventui.engine.players.invitations import Invitations
    from inventui.engine.players.models import Grant
    from inventui.engine.players.sign_in import Locks, PlayerKeys
    from inventui.rules.core.clock import Clock

__all__ = ["PlayerHandle", "SystemClock", "Trouble", "World", "WorldError"]


GIVES_UP_WITHIN = 1.0
"""Seconds that an exit waits at most for a backup that is being given up."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return int(time() * 1000)

    def uptime(self) -> int:
        """Milliseconds since the machine was started, or since some moment after that."""
        return int(monotonic() * 1000)


class World(Context):
    """An open world.

    Attributes:
        players: who plays.
        passphrases: what they ask for.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        entropy: Entropy,
        packs: Sequence[Path | None],
        tell: Tell = untold,
    ) -> None:
        """Use `World.open`."""
        super().__init__(store, clock, entropy, RoomHooks())
        store.undone = self.schedule.forget
        store.begun = self.notice_changes
        if packs or not self.catalogue_token():
            from inventui.engine.packs.begin import begin

            begin(self, packs or (None,), tell)
        self.read_constants()
        keep_numbers(store, self.catalogue_token())
        self.players = Players(self)
        self.passphrases = Passphrases(self)
        self.give_defaults()
        self._closing = Event()
        self._backup: Thread | None = None

    @cached_property
    def invitations(self) -> Invitations:
        """By which new players come from elsewhere."""
        from inventui.engine.players.invitations import Invitations

        return Invitations(self)

    @cached_property
    def keys(self) -> PlayerKeys:
        """By which players sign in from elsewhere."""
        from inventui.engine.players.sign_in import PlayerKeys

        return PlayerKeys(self)

    @cached_property
    def locks(self) -> Locks:
        """Who may not sign in."""
        from inventui.engine.players.sign_in import Locks

        return Locks(self)

    @cached_property
    def packs(self) -> Packs:
        """What its catalogue is made of."""
        from inventui.engine.packs.packs import Packs

        return Packs(self, self.give_defaults)

    @classmethod
    def open(
        cls,
        location: str | Path,
        *,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        busy_seconds: float = 10.0,
        look_seconds: float = 1.0,
        pack: Path | None = None,
        packs: Sequence[Path] = (),
        daily_backup: bool = False,
        tell: Tell = untold,
    ) -> Self:
        """Open the world at a path or URL, making it if there is none.

        Args:
            location: a file's path, a `sqlite:///` or a `postgresql://` URL.
            clock: tells the time; the machine's by default.
            entropy: gives secrets; the operating system's by default.
            busy_seconds: how long a write waits for another program.
            look_seconds: how long what is due before a look waits; see `Context.before_look`.
            pack: the first pack of a new world; the base pack by default.
            packs: those upon it. A world that is there keeps what it has: see `Packs.add`.
            daily_backup: whether to make today's backup in the background: at the start of a
                game, never for a command. What is not done when the world is closed is given up.
            tell: hears how far a new world is, or one that is brought up to date.

        Raises:
            WorldError: the world can't be used, or has other packs; nothing was changed.
        """
        asked = (pack, *packs) if pack or packs else ()
        store = open_store(
            location, busy_seconds=busy_seconds, look_seconds=look_seconds, tell=tell
        )
        try:
            world = cls(store, clock or SystemClock(), entropy or SystemEntropy(), asked, tell)
        except BaseException:
            store.close()
            raise
        if daily_backup and not on_server(location):
            # A daemon: no exit waits for it to be whole.
            world._backup = Thread(target=world.back_up_today, name="daily-backup", daemon=True)
            world._backup.start()
        return world

    def give_defaults(self) -> None:
        """Give every player what the catalogue in force says that all own, if that is not done."""
        with self.store.read() as connection:
            digest = setting(connection, CATALOGUE) or ""
            if setting(connection, "defaults") == digest:
                return
        self.players.give_defaults()
        with self.store.write() as connection:
            set_setting(connection, "defaults", digest)

    def back_up_today(self) -> None:
        """Make today's backup of the file unless there is one."""
        try:
            backup.daily_backup(self.path, self.clock.now(), self._closing.is_set)
        except (WorldError, OSError):
            # A folder that can't take a backup must not stop the game; `backup` says why.
            return

    def player(self, name: str, passphrase: str | None = None) -> PlayerHandle | Refusal:
        """A handle bound to one player: it can't name another's player items.

        Args:
            name: who.
            passphrase: what was said, where the player asks for one.
        """
        found = self.players.find(name)
        if isinstance(found, Refusal):
            return found
        if self.passphrases.asked(found.id):
            refusal = self.passphrases.check(found.id, found.name, passphrase)
            if refusal is not None:
                return refusal
        return self.handle(found)

    def handle(self, card: PlayerCard) -> PlayerHandle:
        """A handle bound to somebody who was found, a neighbour's page too."""
        return PlayerHandle(self, card.id, card.name)

    @property
    def neighbours(self) -> bool:
        """Whether neighbours befriend, give and rob in this world."""
        with self.store.read() as connection:
            return not neighbours_away(connection)

    def invite_neighbours(self, wanted: bool) -> None:
        """Let neighbours be part of this world, or not, from now on."""
        with self.store.write() as connection:
            at = self.clock.now()
            for player in persons(connection):
                self.settle(connection, player, at, False)
            send_neighbours_away(connection, not wanted)

    def grant(
        self,
        player: str,
        item: str | None = None,
        oranges: int = 0,
        gems: int = 0,
        key: str | None = None,
    ) -> Grant | Refusal:
        """Give a player an item, oranges or gems, as the world's owner."""
        from inventui.engine.players.admin import grant

        return grant(self, player, item, oranges, gems, uuid4().hex if key is None else key)

    def audit(self) -> AuditReport:
        """Check the whole world, without the engine's own code paths."""
        from inventui.engine.audit.audit import audit

        return audit(self.store)

    def backup(self, path: str | Path | None = None) -> Path | Refusal:
        """Copy the world, by default beside its other backups; no file is ever replaced.

        Raises:
            WorldError: the copy can't be written.
        """
        target = None if path is None else Path(path).expanduser().absolute()
        if target is not None and os.path.lexists(target):
            return Refusal(
                Reason.FILE_EXISTS,
                f"{target} is there already. Choose another name.",
                {"file": str(path)},
            )
        return self.store.back_up(target, self.clock.now())

    def simulate(
        self,
        case_id: str,
        rolls: int,
        seed: str,
        progress: Callable[[int], object] | None = None,
    ) -> Simulation | Refusal:
        """Roll a case many times; nothing is changed."""
        from inventui.engine.simulate import simulate

        found = self.catalogue.case(case_id)
        if isinstance(found, Refusal):
            return found
        return simulate(found.odds, rolls, seed, progress)

    def close(self) -> None:
        """Let go of the world; a backup that is being made is given up."""
        self._closing.set()
        if self._backup is not None:
            # Who lets go last tidies up the file: that must not be a thread that may be cut off.
            self._backup.join(GIVES_UP_WITHIN)
        self.store.close()
        apply_numbers({})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
