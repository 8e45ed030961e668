"""Players: making, finding and renaming the players of a world.

A person and a neighbour are both players, with accounts and player items; a neighbour has a row
in the table `neighbour` besides, which nobody may play as. A player is made whole in one
operation: an account in each currency with the starting money, a seed pair in use and one
committed to, and the default cosmetics, worn. So no other room ever meets a player without
one of these. Players are never deleted, for journals name them; a rename changes the name alone.

Two names are the same if their keys are (`rules.people.players.name_key`), whatever their case. A
new name may not look like another either (`db/confusables.py`); worlds from before have such.
A newer pack may bring defaults that older players lack: they get them when the world is opened.

`tests/engine/test_players.py` and `test_wardrobe.py` fail if a name is had twice or a default is
missing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import uuid4

from inventui.db.confusables import look
from inventui.db.statements import Connection, Statement
from inventui.engine.core.context import Look
from inventui.engine.core.ledger import make_accounts, purse_of, receive
from inventui.engine.core.models import PlayerCard
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.core.outcomes import Outfitted, PlayerAdded, Renamed
from inventui.engine.players.models import MOST_ON_A_PAGE
from inventui.engine.wardrobe.defaults import give_defaults, missing_defaults
from inventui.rules.cases.fairness import commitment
from inventui.rules.core import money
from inventui.rules.core.enums import SeedState
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import MOST_LISTED, as_typed, listed
from inventui.rules.people.players import check_name, name_key, normal_name

if TYPE_CHECKING:
    from inventui.engine.core.context import Context
from inventui.engine.players.cards import (
    FIRST,
    FIRST_PERSONS,
    PERSONS,
    NamedPlayer,
    card,
    card_of_anyone,
    cards,
    neighbour_cards,
)
from inventui.engine.players.seed_pairs import new_pair

_NEW = Statement(
    "INSERT INTO player (name, name_key, look, created_at, revealed_operation_id)"
    " VALUES (:name, :name_key, :look, :at, 0) RETURNING id",
    int,
)


_RENAME = Statement(
    "UPDATE player SET name = :name, name_key = :name_key, look = :look WHERE id = :player"
)


class _Named(NamedTuple):
    id: int
    name: str
    neighbour: int


_BY_KEY = Statement(
    "SELECT p.id, p.name, n.id IS NOT NULL AS neighbour FROM player p"
    " LEFT JOIN neighbour n ON n.player_id = p.id WHERE p.name_key = :name_key",
    _Named,
)


_ALIKE = Statement(
    "SELECT p.id, p.name, n.id IS NOT NULL AS neighbour FROM player p"
    " LEFT JOIN neighbour n ON n.player_id = p.id"
    " WHERE (p.name_key = :name_key OR p.look = :look) AND p.id != :but"
    " ORDER BY p.name_key = :name_key DESC, p.id LIMIT 1",
    _Named,
)


_ALL = Statement("SELECT id, name FROM player ORDER BY id", NamedPlayer)


CLIENT_SEED_DIGITS = 16


class Joining(Protocol):
    """How somebody comes in who makes a player for themselves."""

    def check(self, draft: Draft) -> Refusal | None:
        """Why they may not come."""

    def write(self, operation: Operation, player: int) -> None:
        """Write what lets them in, in the operation that makes the player."""


class Players:
    """The players of a world."""

    def __init__(self, world: Context) -> None:
        """The players of `world`."""
        self._world = world

    def list(self, after: int = 0, limit: int = MOST_ON_A_PAGE) -> tuple[PlayerCard, ...]:
        """Persons, without the neighbours, in the order in which they were made.

        Args:
            after: those with a number above it.
            limit: most of them, 1 to 1,000.
        """
        after, limit = max(0, min(after, 2**63 - 1)), max(1, min(limit, MOST_ON_A_PAGE))
        with self._world.store.read() as connection:
            return cards(connection.execute(PERSONS, {"after": after, "limit": limit}))

    def neighbours(self) -> tuple[PlayerCard, ...]:
        """The computer neighbours, in the pack's order."""
        self._world.before_look(Look.NEIGHBOURS)
        with self._world.store.read() as connection:
            return neighbour_cards(connection)

    def everybody(self) -> tuple[PlayerCard, ...]:
        """The first 1,000 persons, then the neighbours."""
        neighbours = self.neighbours()
        return (*self.list(), *neighbours)

    def find(self, name: str, *, anyone: bool = False) -> PlayerCard | Refusal:
        """A person by name; upper and lower case are the same.

        Args:
            name: the name.
            anyone: whether a neighbour may be found too, to look at and not to play as.
        """
        if anyone:
            self._world.before_look(Look.NEIGHBOURS)
        with self._world.store.read() as connection:
            row = connection.execute(_BY_KEY, {"name_key": name_key(normal_name(name))}).first()
            if row is not None and row.neighbour and not anyone:
                return Refusal(
                    Reason.IS_NEIGHBOUR,
                    f"{row.name} is a neighbour, whom nobody plays. Name a player instead.",
                    {"player": row.name},
                )
            if row is not None:
                return card_of_anyone(connection, row.id, row.name)
            known = [row.name for row in connection.execute(FIRST if anyone else FIRST_PERSONS)]
        if not known:
            return Refusal(
                Reason.NO_PLAYERS,
                "There is no player yet. Make one: inventui players add NAME",
            )
        return Refusal(
            Reason.UNKNOWN_PLAYER,
            f"There is no player {as_typed(name)}.{listed(known)}",
            {"player": name, "known": known[:MOST_LISTED]},
        )

    def add(
        self, name: str, key: str | None = None, entry: Joining | None = None
    ) -> PlayerCard | Refusal:
        """Make a player with starting money, two seed pairs and the defaults.

        Args:
            name: what they are called.
            key: names the request.
            entry: how they come in from elsewhere, if they do.
        """
        wanted = normal_name(name)
        refusal = check_name(wanted)
        if refusal is not None:
            return refusal
        intent = Intent("player", {"name": wanted}, None, uuid4().hex if key is None else key)
        added = perform(
            self._world,
            intent,
            lambda d: self._add(d, wanted, entry),
            PlayerAdded,
        )
        if isinstance(added, Refusal):
            return added
        with self._world.store.read() as connection:
            return card(connection, added.player, wanted)

    def _add(self, draft: Draft, name: str, entry: Joining | None) -> PlayerAdded | Refusal:
        connection = draft.connection
        refusal = entry.check(draft) if entry is not None else None
        refusal = refusal or self._taken(connection, name)
        if refusal is not None:
            return refusal
        operation = draft.begin()
        player = connection.execute(
            _NEW,
            {"name": name, "name_key": name_key(name), "look": look(name), "at": draft.at},
        ).one()
        make_accounts(connection, player=player)
        purse = purse_of(connection, player)
        for currency, amount in money.STARTING.items():
            receive(operation, self._world.house, purse, HouseAccount.START, currency, amount)
        client_seed = self._world.entropy.seed()[:CLIENT_SEED_DIGITS]
        seeds = [self._world.entropy.seed() for _ in range(2)]
        states = (SeedState.ACTIVE, SeedState.NEXT)
        for number, (state, seed) in enumerate(zip(states, seeds, strict=True), 1):
            new_pair(connection, player, number, state, seed, client_seed)
        give_defaults(self._world.catalogue, connection, operation, player)
        if entry is not None:
            entry.write(operation, player)
        return PlayerAdded(
            operation.id, player, commitments=tuple(commitment(seed) for seed in seeds)
        )

    def rename(self, player: int, name: str, key: str | None = None) -> PlayerCard | Refusal:
        """Give a player another name; what they did under the old one stays as it was written."""
        wanted = normal_name(name)
        refusal = check_name(wanted)
        if refusal is not None:
            return refusal
        intent = Intent("rename", {"name": wanted}, player, uuid4().hex if key is None else key)
        renamed = perform(
            self._world, intent, lambda draft: self._rename(draft, player, wanted), Renamed
        )
        if isinstance(renamed, Refusal):
            return renamed
        with self._world.store.read() as connection:
            return card(connection, player, renamed.name)

    def _rename(self, draft: Draft, player: int, name: str) -> Renamed | Refusal:
        refusal = self._taken(draft.connection, name, but=player)
        if refusal is not None:
            return refusal
        operation = draft.begin()
        draft.connection.execute(
            _RENAME,
            {"player": player, "name": name, "name_key": name_key(name), "look": look(name)},
        )
        return Renamed(operation.id, player, name)

    def _taken(self, connection: Connection, name: str, but: int = 0) -> Refusal | None:
        """Why a name can't be had, or None if nobody else has it."""
        asked = {"name_key": name_key(name), "look": look(name), "but": but}
        taken = connection.execute(_ALIKE, asked).first()
        if taken is None:
            return None
        who = f"a {'neighbour' if taken.neighbour else 'player'} {taken.name}"
        alike = "" if name_key(taken.name) == asked["name_key"] else ", which looks the same"
        other = "" if taken.neighbour else ", or play as them"
        return Refusal(
            Reason.PLAYER_EXISTS,
            f"There is {who} already{alike}. Choose another name{other}.",
            {"player": taken.name},
        )

    def give_defaults(self) -> None:
        """Give every player the defaults that a newer pack brought."""
        with self._world.store.read() as connection:
            lacking = [
                row.id for row in connection.execute(_ALL) if missing_defaults(connection, row.id)
            ]
        for player in lacking:
            intent = Intent("starter", {"player": player}, player, uuid4().hex)
            perform(
                self._world,
                intent,
                partial(self._give_defaults, player),
                Outfitted,
            )

    def _give_defaults(self, player: int, draft: Draft) -> Outfitted:
        operation = draft.begin()
        catalogue = self._world.catalogue
        return Outfitted(
            operation.id, tuple(give_defaults(catalogue, draft.connection, operation, player))
        )
