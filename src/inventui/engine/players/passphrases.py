"""Passphrases: kept as argon2 hashes, compared by the library, never shown.

A player without a row, or with `NONE_ASKED` in it, asks for none. A row that is empty or no hash
was changed outside the game, and lets nobody in.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.passphrases import NONE_ASKED, check_passphrase, check_wait

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from inventui.engine.core.context import Context


class _Kept(NamedTuple):
    hash: str
    failures: int
    failed_at: int


_KEPT = Statement(
    "SELECT hash, failures, failed_at FROM passphrase WHERE player_id = :player", _Kept
)
_NEW = Statement(
    "INSERT INTO passphrase (player_id, hash, failures, failed_at)"
    " SELECT :player, :hash, 0, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM passphrase WHERE player_id = :player)"
)
_SET = Statement("UPDATE passphrase SET hash = :hash, failures = 0 WHERE player_id = :player")
_FAILED = Statement(
    "UPDATE passphrase SET failures = failures + 1, failed_at = :at WHERE player_id = :player"
)
_PASSED = Statement("UPDATE passphrase SET failures = 0 WHERE player_id = :player AND failures > 0")


class Passphrases:
    """The passphrases of a world's players."""

    def __init__(self, world: Context) -> None:
        """The passphrases of players of `world`."""
        self._world = world

    def asked(self, player: int) -> bool:
        """Whether a player has a passphrase."""
        with self._world.store.read() as connection:
            row = connection.execute(_KEPT, {"player": player}).first()
            return row is not None and row.hash != NONE_ASKED

    def check(self, player: int, name: str, said: str | None) -> Refusal | None:
        """None if the passphrase is right, or the player has none.

        A wrong one is counted; after five in a row one has to wait.
        """
        # One at a time: several programs that guess at once share the count.
        with self._world.store.write() as connection:
            row = connection.execute(_KEPT, {"player": player}).first()
            if row is None or row.hash == NONE_ASKED:
                return None
            if said is None:
                return Refusal(
                    Reason.PASSPHRASE_NEEDED,
                    f"{name} asks for a passphrase. Set INVENTUI_PASSPHRASE, or type it when "
                    "you are asked.",
                    {"player": name},
                )
            up = self._world.clock.uptime()
            refusal = check_wait(name, row.failures, row.failed_at, up)
            if refusal is not None:
                return refusal
            matches = _matches(row.hash, said)
            if matches is None:
                return Refusal(
                    Reason.PASSPHRASE_WRONG,
                    f"What is kept of {name}'s passphrase was changed outside the game, so nobody "
                    "can be let in. inventui restore puts a backup back.",
                    {"player": name, "failures": row.failures},
                )
            if matches:
                connection.execute(_PASSED, {"player": player})
                return None
            connection.execute(_FAILED, {"player": player, "at": up})
            return Refusal(
                Reason.PASSPHRASE_WRONG,
                f"That is not {name}'s passphrase.",
                {"player": name, "failures": row.failures + 1},
            )

    def matches(self, player: int, said: str) -> bool:
        """Whether this is the player's passphrase; it never is where they ask for none.

        Nothing is counted, and it takes as long for somebody who is not there.
        """
        with self._world.store.read() as connection:
            row = connection.execute(_KEPT, {"player": player}).first()
        asked = row is not None and row.hash != NONE_ASKED
        right = _matches(row.hash if row is not None and asked else _strangers_hash(), said)
        return asked and bool(right)

    def proof(self, player: int) -> str:
        """What changes when the passphrase does; empty where there is none."""
        with self._world.store.read() as connection:
            row = connection.execute(_KEPT, {"player": player}).first()
        return row.hash if row is not None and row.hash != NONE_ASKED else ""

    def change(self, player: int, new: str) -> Refusal | None:
        """Set another passphrase; an empty one removes it."""
        refusal = check_passphrase(new) if new else None
        if refusal is not None:
            return refusal
        kept = hashed(new) if new else NONE_ASKED
        with self._world.store.write() as connection:
            keep(connection, player, kept)
        return None


def hashed(passphrase: str) -> str:
    """What is kept of a passphrase; it takes a while."""
    return _hasher().hash(passphrase)


def keep(connection: Connection, player: int, kept: str) -> None:
    """Keep the hash of a player's passphrase."""
    values = {"player": player, "hash": kept}
    connection.execute(_NEW, values)
    connection.execute(_SET, values)


def _matches(kept: str, said: str) -> bool | None:
    """Whether a passphrase is the one that is kept; None if what is kept is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    try:
        return _hasher().verify(kept, said)
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError):
        return None


@cache
def _strangers_hash() -> str:
    """What is compared with where there is no passphrase."""
    return _hasher().hash(uuid4().hex)


def _hasher() -> PasswordHasher:
    """The library's hasher, with its own choice of costs; imported when it is needed."""
    from argon2 import PasswordHasher

    return PasswordHasher()
