"""The gate: who may come in as which player, and who may become one."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from inventui.rules.core.refusal import Refusal
from inventui.rules.people.passphrases import check_passphrase
from inventui.rules.people.players import name_key, normal_name
from inventui.rules.people.register import Register
from inventui.serve.attempts import Attempts

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.world import World

CHECKED_AT_ONCE = 2
"""Each check of a passphrase takes 64 MiB for a moment."""

WRONG = "That name and passphrase don't go together."
NEW_AT_ONCE = 20
"""New players from one address in as long as the server runs."""


class Gate:
    """Signs players in, and new ones up.

    Args:
        world: whose players they are.
        register: whether new ones may come.
    """

    def __init__(self, world: World, register: Register) -> None:
        self.register = register
        self._world, self._attempts = world, Attempts()
        self._checks = asyncio.Semaphore(CHECKED_AT_ONCE)
        self._made: dict[str, int] = {}

    async def sign_in(self, name: str, said: str, address: str) -> PlayerCard | str:
        """Who it is, or a sentence that tells nothing of who there is."""
        key = name_key(normal_name(name))
        wait = self._attempts.wait(key, address, monotonic())
        if wait > 0:
            return f"Too many wrong ones. Try again in {int(wait) + 1} seconds."
        # Counted before it is looked at: guesses at once are no free ones.
        self._attempts.failed(key, address, monotonic())
        async with self._checks:
            found = await asyncio.to_thread(self._check, name, said)
        if found is None:
            return WRONG
        self._attempts.passed(key, address)
        return found

    async def sign_up(self, name: str, said: str, again: str, address: str) -> PlayerCard | str:
        """A new player, or why there is none."""
        if self.register is Register.CLOSED:
            return "No new players come in here."
        if said != again:
            return "The two passphrases are not the same."
        refusal = check_passphrase(said)
        if refusal is not None:
            return refusal.message
        if self._made.get(address, 0) >= NEW_AT_ONCE:
            return "Enough new players have come from your address."
        async with self._checks:
            made = await asyncio.to_thread(self._add, name, said)
        if isinstance(made, Refusal):
            return made.message
        self._made[address] = self._made.get(address, 0) + 1
        return made

    def _check(self, name: str, said: str) -> PlayerCard | None:
        found = self._world.players.find(name)
        number = 0 if isinstance(found, Refusal) else found.id
        right = self._world.passphrases.matches(number, said)
        return found if right and not isinstance(found, Refusal) else None

    def _add(self, name: str, said: str) -> PlayerCard | Refusal:
        made = self._world.players.add(name)
        if not isinstance(made, Refusal):
            self._world.passphrases.change(made.id, said)
        return made
