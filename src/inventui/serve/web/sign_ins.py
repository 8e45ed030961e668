"""Who is signed in by a browser: a random token in its cookie, known here while it is used."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.serve.play_session import PlaySession

UNUSED_SECONDS = 12 * 60 * 60.0
"""After which a browser has to sign in anew."""

REMEMBERED = 10_000
REMEMBERED_OF_PLAYER = 10
"""Of more than these the one that was used least lately is signed out."""


@dataclass(eq=False, slots=True)
class SignIn:
    """A browser that has signed in.

    Attributes:
        player: as whom.
        proof: what was right then, and is asked for again when the game begins.
        used: when it was last heard of, by the loop's clock.
        sessions: the games that it plays.
        over: whether it was signed out.
    """

    player: PlayerCard
    proof: str
    used: float
    sessions: set[PlaySession] = field(default_factory=set)
    over: bool = False


class SignIns:
    """All browsers that have signed in; those used last stand at the end."""

    def __init__(self) -> None:
        self._sign_ins: OrderedDict[str, SignIn] = OrderedDict()

    def begin(self, player: PlayerCard, proof: str, now: float) -> str:
        """Sign a browser in; returns its token."""
        token = token_urlsafe(32)
        self._sign_ins[token] = SignIn(player, proof, now)
        same = [key for key, sign_in in self._sign_ins.items() if sign_in.player.id == player.id]
        for key in same[:-REMEMBERED_OF_PLAYER]:
            self.end(key, "You have signed in elsewhere, as often as one may.")
        while len(self._sign_ins) > REMEMBERED:
            self.end(next(iter(self._sign_ins)), "More have signed in than there is room for.")
        return token

    def find(self, token: str, now: float) -> SignIn | None:
        """Who has the token, if it counts still."""
        sign_in = self._sign_ins.get(token)
        if sign_in is None:
            return None
        if now - sign_in.used > UNUSED_SECONDS and not sign_in.sessions:
            self.end(token, "")
            return None
        sign_in.used = now
        self._sign_ins.move_to_end(token)
        return sign_in

    def end(self, token: str, words: str) -> None:
        """Sign a browser out; the games that it plays end, each told why."""
        sign_in = self._sign_ins.pop(token, None)
        if sign_in is None:
            return
        sign_in.over = True
        for session in sign_in.sessions:
            session.end(words)
