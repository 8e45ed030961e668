"""The gate: who may come in as which player, and who may become one."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from inventui.db.errors import WorldError
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.invitations import NOT_INVITED
from inventui.rules.people.passphrases import check_passphrase
from inventui.rules.people.players import check_name_on_server, name_key, normal_name
from inventui.rules.people.register import Register
from inventui.serve.attempts import Attempts
from inventui.serve.limits import site_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inventui.engine.core.models import PlayerCard
    from inventui.engine.world import World

Answered = TypeVar("Answered")

CHECKED_AT_ONCE = {True: 2, False: 1}
"""Where a name is known to come from, and elsewhere: strangers who guess keep nobody waiting there.
Each check of a passphrase takes 64 MiB for a moment."""

MOST_STRANGERS = 20
"""Who wait to be checked where they have not come from before."""

CROWDED = "Many sign in just now. Try again in a moment."

NOT_NOW = "The world can't be used just now. Try again in a moment."
WRONG = "That name and passphrase don't go together."
LOCKED_OUT = "The owner of this world lets you in no more."
NEW_AT_ONCE = 20
"""New players from one address in as long as the server runs."""


class Gate:
    """Signs players in, and new ones up.

    Args:
        world: whose players they are.
        register: whether new ones may come.
        known: the file in which it is kept from where players have signed in, if it is.
        log: takes a line of what happened.
    """

    def __init__(
        self,
        world: World,
        register: Register,
        known: Path | None = None,
        log: Callable[[str], None] = print,
    ) -> None:
        self.register, self._log = register, log
        self._world, self._attempts = world, Attempts(known)
        self._checks = {known: asyncio.Semaphore(most) for known, most in CHECKED_AT_ONCE.items()}
        self._strangers = 0
        self._made: dict[str, int] = {}

    async def sign_in(self, name: str, said: str, address: str) -> PlayerCard | str:
        """Who it is, or a sentence that tells nothing of who there is."""
        key, address = name_key(normal_name(name)), site_of(address)
        known = self._attempts.knows(key, address)
        no = self._crowded(known) or self._slowed(key, address)
        if no:
            return no
        try:
            found, locked = await self._asked(known, self._check, name, said)
        except WorldError as error:
            self._attempts.passed(key, address)
            return self._closed(error)
        if found is None:
            return WRONG
        self._attempts.passed(key, address)
        self._attempts.know(key, address)
        return LOCKED_OUT if locked else found

    async def find_by_key(self, name: str, fingerprint: str) -> PlayerCard | None:
        """Who signs in by the key of a fingerprint, once it is shown that they have it."""
        try:
            return await asyncio.to_thread(self._find_by_key, name, fingerprint)
        except WorldError as error:
            self._closed(error)
            return None

    def came(self, card: PlayerCard, address: str) -> None:
        """A player has signed in from there: strangers elsewhere do not slow them there."""
        self._attempts.know(name_key(card.name), site_of(address))

    def is_known(self, address: str) -> bool:
        """Whether a player has signed in from there."""
        return self._attempts.knows_address(address)

    async def sign_up(
        self, name: str, said: str, again: str, address: str, code: str = ""
    ) -> PlayerCard | str:
        """A new player, or why there is none.

        Args:
            name: what they will be called.
            said: their passphrase.
            again: the same once more.
            address: where they come from.
            code: of their invitation, where one is asked for.
        """
        invited, address = self.register is Register.INVITE, site_of(address)
        # Codes are guessed by an address, whose guesses slow nobody elsewhere.
        guess = f"\0{address}"
        no = self._no_sign_up(name, said, again, address) or self._crowded(False)
        if invited and not no:
            no = self._slowed(guess, address)
        if no:
            return no
        try:
            join = self._world.invitations.join
            made = await self._asked(False, join, name, said, code if invited else None)
        except WorldError as error:
            self._attempts.passed(guess, address)
            return self._closed(error)
        if invited and made is not NOT_INVITED:
            self._attempts.passed(guess, address)
        if isinstance(made, Refusal):
            return made.message
        self._made[address] = self._made.get(address, 0) + 1
        self.came(made, address)
        return made

    def _crowded(self, known: bool) -> str:
        """Why somebody can't be checked now, in words; nothing if they can."""
        return "" if known or self._strangers < MOST_STRANGERS else CROWDED

    async def _asked(
        self, known: bool, ask: Callable[..., Answered], *said: str | None
    ) -> Answered:
        """What the world answers, once it is one's turn."""
        self._strangers += not known
        try:
            async with self._checks[known]:
                return await asyncio.to_thread(ask, *said)
        finally:
            self._strangers -= not known

    def _closed(self, error: WorldError) -> str:
        """What is said where the world can't be asked; its owner is told why."""
        self._log(f"nobody could sign in: {error}")
        return NOT_NOW

    def _no_sign_up(self, name: str, said: str, again: str, address: str) -> str:
        """Why nobody new comes in from an address with a passphrase; nothing if they may."""
        if self.register is Register.CLOSED:
            return "No new players come in here."
        if refusal := check_name_on_server(normal_name(name)):
            return refusal.message
        if said != again:
            return "The two passphrases are not the same."
        refusal = check_passphrase(said)
        if refusal is not None:
            return refusal.message
        if self._made.get(address, 0) >= NEW_AT_ONCE:
            return "Enough new players have come from your address."
        return ""

    def _slowed(self, key: str, address: str) -> str:
        """How long to wait, in words; else what is said now counts as a wrong one."""
        wait = self._attempts.wait(key, address, monotonic())
        if wait > 0:
            return f"Too many wrong ones. Try again in {int(wait) + 1} seconds."
        # Counted before it is looked at: guesses at once are no free ones.
        self._attempts.failed(key, address, monotonic())
        return ""

    def _find_by_key(self, name: str, fingerprint: str) -> PlayerCard | None:
        found = self._world.players.find(name)
        if isinstance(found, Refusal) or self._is_locked(found):
            return None
        known = (key.fingerprint for key in self._world.keys.list(found.id))
        return found if fingerprint in known else None

    def _is_locked(self, card: PlayerCard) -> bool:
        return card.id in self._world.locks.locked()

    def proof(self, player: int) -> str:
        """What changes when a player's passphrase does; empty where they may not come in."""
        locked = player in self._world.locks.locked()
        return "" if locked else self._world.passphrases.proof(player)

    def _check(self, name: str, said: str) -> tuple[PlayerCard | None, bool]:
        """Who it is, and whether they are locked out."""
        found = self._world.players.find(name)
        number = 0 if isinstance(found, Refusal) else found.id
        right = self._world.passphrases.matches(number, said)
        if isinstance(found, Refusal) or not right:
            return None, False
        return found, self._is_locked(found)
