"""Invitations: made by the world's owner, used in the operation that makes a player."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement
from inventui.engine.players.passphrases import hashed, keep
from inventui.engine.players.players import Players
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.invitations import (
    NOT_INVITED,
    check_invitation,
    code_hash,
    code_of,
    until,
)
from inventui.rules.people.passphrases import check_passphrase

if TYPE_CHECKING:
    from inventui.engine.core.context import Context
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.core.operation import Draft, Operation

MOST_LISTED = 100
"""Invitations that are listed: the latest ones."""


class Invitation(NamedTuple):
    """An invitation, without its code, which nobody can tell any more.

    Attributes:
        number: of it.
        uses: how many players may come by it.
        used: how many have.
        made_at: when it was made.
        until: until when it lets in.
        revoked_at: when it was taken back, if it was.
    """

    number: int
    uses: int
    used: int
    made_at: int
    until: int
    revoked_at: int | None

    def lets_in(self, at: int) -> bool:
        """Whether another player may come by it at a moment."""
        return self.revoked_at is None and at < self.until and self.used < self.uses


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made: the one time that its code is told."""

    code: str
    invitation: Invitation


_COLUMNS = (
    "SELECT i.id AS number, i.uses, (SELECT count(*) FROM invitation_use u"
    " WHERE u.invitation_id = i.id) AS used, i.made_at, i.until, i.revoked_at FROM invitation i"
)
_LATEST = Statement(_COLUMNS + " ORDER BY i.id DESC LIMIT {most}", Invitation, most=MOST_LISTED)
_OF_CODE = Statement(_COLUMNS + " WHERE i.hash = :hash", Invitation)
_NUMBERED = Statement(_COLUMNS + " WHERE i.id = :number", Invitation)
_NEW = Statement(
    "INSERT INTO invitation (hash, uses, made_at, until) VALUES (:hash, :uses, :at, :until)"
    " RETURNING id",
    int,
)
_REVOKE = Statement("UPDATE invitation SET revoked_at = :at WHERE id = :number")
_USE = Statement(
    "INSERT INTO invitation_use (operation_id, invitation_id, number, player_id)"
    " VALUES (:operation, :invitation, :number, :player)"
)


class Invitations:
    """The invitations of a world."""

    def __init__(self, world: Context) -> None:
        """The invitations of `world`."""
        self._world = world

    def make(self, uses: int, days: int) -> Invited | Refusal:
        """A new one, for so many players and days; the world keeps no more than its hash."""
        refusal = check_invitation(uses, days)
        if refusal is not None:
            return refusal
        code = code_of(self._world.entropy.seed())
        at = self._world.clock.now()
        end = until(at, days)
        with self._world.store.write() as connection:
            number = connection.execute(
                _NEW, {"hash": code_hash(code), "uses": uses, "at": at, "until": end}
            ).one()
        return Invited(code, Invitation(number, uses, 0, at, end, None))

    def list(self) -> tuple[Invitation, ...]:
        """The latest ones, the last first."""
        with self._world.store.read() as connection:
            return tuple(connection.execute(_LATEST))

    def revoke(self, which: str) -> Invitation | Refusal:
        """Take one back, by its code or its number: nobody comes by it any more."""
        with self._world.store.write() as connection:
            found = connection.execute(_OF_CODE, {"hash": code_hash(which)}).first()
            if found is None and which.isascii() and which.isdigit():
                found = connection.execute(_NUMBERED, {"number": int(which[:9])}).first()
            if found is None:
                return Refusal(
                    Reason.UNKNOWN_INVITATION,
                    "There is no such invitation. inventui invite --list shows their numbers.",
                )
            at = self._world.clock.now()
            if found.revoked_at is None:
                connection.execute(_REVOKE, {"number": found.number, "at": at})
                found = found._replace(revoked_at=at)
        return found

    def join(self, name: str, passphrase: str, code: str | None = None) -> PlayerCard | Refusal:
        """Make a player for somebody from elsewhere, who signs in by a passphrase.

        Args:
            name: what they will be called.
            passphrase: what they will say.
            code: of the invitation that they need; None where everybody may come.
        """
        refusal = check_passphrase(passphrase)
        if refusal is not None:
            return refusal
        return Players(self._world).add(name, entry=Newcomer(self, passphrase, code))

    def check(self, draft: Draft, code: str) -> Invitation | Refusal:
        """The invitation by whose code a player may be made in this draft."""
        found = draft.connection.execute(_OF_CODE, {"hash": code_hash(code)}).first()
        return NOT_INVITED if found is None or not found.lets_in(draft.at) else found


class Newcomer:
    """Somebody who makes a player for themselves: with a passphrase, and a code where one is asked.

    Both are written in the operation that makes the player, or neither is.
    """

    def __init__(self, invitations: Invitations, passphrase: str, code: str | None) -> None:
        """Come with a passphrase that may be one, and the code that is asked for, if any is."""
        self._invitations, self._code = invitations, code
        self._kept = hashed(passphrase)
        self._invitation: Invitation | None = None

    def check(self, draft: Draft) -> Refusal | None:
        """Why they may not come: nothing is told of names to who has no code that lets in."""
        if self._code is None:
            return None
        found = self._invitations.check(draft, self._code)
        if isinstance(found, Refusal):
            return found
        self._invitation = found
        return None

    def write(self, operation: Operation, player: int) -> None:
        """Keep the passphrase, and use the invitation."""
        connection = operation.connection
        if self._invitation is not None:
            used = {
                "operation": operation.id,
                "invitation": self._invitation.number,
                "number": self._invitation.used + 1,
                "player": player,
            }
            connection.execute(_USE, used)
        keep(connection, player, self._kept)
