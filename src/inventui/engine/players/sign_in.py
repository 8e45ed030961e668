"""Signing in from elsewhere: public keys of players, and who is locked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.public_keys import MOST_KEYS, read_key

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class PlayerKey(NamedTuple):
    """A public key of a player."""

    fingerprint: str
    key: str
    note: str
    added_at: int


_LIVE = Statement(
    "SELECT fingerprint, key, note, added_at FROM player_key"
    " WHERE player_id = :player AND removed_at IS NULL ORDER BY id",
    PlayerKey,
)
_ADD = Statement(
    "INSERT INTO player_key (player_id, fingerprint, key, note, added_at)"
    " VALUES (:player, :fingerprint, :key, :note, :at)"
)
_REMOVE = Statement(
    "UPDATE player_key SET removed_at = :at WHERE player_id = :player"
    " AND fingerprint = :fingerprint AND removed_at IS NULL"
)
_LOCKED = Statement("SELECT player_id FROM player_lock WHERE locked = 1", int)
_NEW_LOCK = Statement(
    "INSERT INTO player_lock (player_id, locked, at) SELECT :player, 0, :at"
    " WHERE NOT EXISTS (SELECT 1 FROM player_lock WHERE player_id = :player)"
)
_LOCK = Statement(
    "UPDATE player_lock SET locked = :locked, at = :at"
    " WHERE player_id = :player AND locked <> :locked"
)


class PlayerKeys:
    """The public keys of a world's players."""

    def __init__(self, world: Context) -> None:
        """The keys of players of `world`."""
        self._world = world

    def list(self, player: int) -> tuple[PlayerKey, ...]:
        """Those by which a player signs in."""
        with self._world.store.read() as connection:
            return tuple(connection.execute(_LIVE, {"player": player}))

    def add(self, player: int, line: str) -> PlayerKey | Refusal:
        """Let a player sign in by the key of a line; one that is there already stays."""
        read = read_key(line)
        if isinstance(read, Refusal):
            return read
        at = self._world.clock.now()
        with self._world.store.write() as connection:
            there = connection.execute(_LIVE, {"player": player}).all()
            for key in there:
                if key.fingerprint == read.fingerprint:
                    return key
            if len(there) >= MOST_KEYS:
                return Refusal(
                    Reason.NO_ROOM,
                    f"A player has {MOST_KEYS} public keys at most. Remove one first.",
                    {"most": MOST_KEYS},
                )
            added = PlayerKey(read.fingerprint, read.line, read.note, at)
            connection.execute(
                _ADD,
                {
                    "player": player,
                    "fingerprint": added.fingerprint,
                    "key": added.key,
                    "note": added.note,
                    "at": at,
                },
            )
        return added

    def remove(self, player: int, fingerprint: str) -> PlayerKey | Refusal:
        """No longer let a player sign in by the key of a fingerprint, or of its first signs."""
        wanted = "SHA256:" + fingerprint.removeprefix("SHA256:")
        with self._world.store.write() as connection:
            there = connection.execute(_LIVE, {"player": player}).all()
            found = [key for key in there if key.fingerprint.startswith(wanted)]
            if len(found) != 1 or wanted == "SHA256:":
                return Refusal(
                    Reason.UNKNOWN_PUBLIC_KEY,
                    "There is no such public key, or more than one. inventui players key list "
                    "shows their fingerprints.",
                    {"known": [key.fingerprint for key in there]},
                )
            (key,) = found
            connection.execute(
                _REMOVE,
                {
                    "player": player,
                    "fingerprint": key.fingerprint,
                    "at": self._world.clock.now(),
                },
            )
        return key


class Locks:
    """Who may not sign in from elsewhere."""

    def __init__(self, world: Context) -> None:
        """The locks of `world`."""
        self._world = world

    def locked(self) -> frozenset[int]:
        """The numbers of those who are locked out."""
        with self._world.store.read() as connection:
            return frozenset(connection.execute(_LOCKED))

    def change(self, player: int, locked: bool) -> None:
        """Lock a player out, or let them in again."""
        values = {"player": player, "locked": int(locked), "at": self._world.clock.now()}
        with self._world.store.write() as connection:
            connection.execute(_NEW_LOCK, values)
            connection.execute(_LOCK, values)
