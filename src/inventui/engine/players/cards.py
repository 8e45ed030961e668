"""Players' cards, as lists of them show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.models import NeighbourCard, PlayerCard
from inventui.engine.core.people import WORTH_SQL
from inventui.rules.core.text import MOST_LISTED


class NamedPlayer(NamedTuple):
    """A player by number and name."""

    id: int
    name: str


NAMED = MOST_LISTED + 1
"""So many names are read to tell of some, and whether there are more."""


_PERSONS_ALONE = Statement(
    "SELECT id FROM player p WHERE NOT EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = p.id)"
    " ORDER BY id",
    int,
)


class _Card(NamedTuple):
    id: int
    name: str
    experience: int
    oranges: int
    gems: int


class _NeighbourCard(NamedTuple):
    id: int
    name: str
    experience: int
    oranges: int
    gems: int
    worth: int


_CARDS = (
    "SELECT p.id, p.name, e.balance AS experience, o.balance AS oranges, g.balance AS gems{more}"
    " FROM {source} CROSS JOIN account e ON e.player_id = p.id AND e.currency = 'experience'"
    " CROSS JOIN account o ON o.player_id = p.id AND o.currency = 'oranges'"
    " CROSS JOIN account g ON g.player_id = p.id AND g.currency = 'gems' WHERE {which}"
)


PERSONS = Statement(
    _CARDS + " ORDER BY p.id LIMIT :limit",
    _Card,
    more="",
    source="player p",
    which="p.id > :after AND NOT EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = p.id)",
)


FIRST = Statement("SELECT id, name FROM player ORDER BY id LIMIT {most}", NamedPlayer, most=NAMED)


FIRST_PERSONS = Statement(
    "SELECT id, name FROM player p"
    " WHERE NOT EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = p.id) ORDER BY id"
    " LIMIT {most}",
    NamedPlayer,
    most=NAMED,
)


_WORTH = Statement(
    "SELECT {worth} AS worth FROM neighbour n CROSS JOIN player p ON p.id = n.player_id"
    " WHERE n.player_id = :player",
    int,
    worth=WORTH_SQL,
)
"""What a neighbour's player items are worth; no line for anybody else."""


NEIGHBOURS = Statement(
    _CARDS + " ORDER BY n.position",
    _NeighbourCard,
    more=f", {WORTH_SQL} AS worth",
    source="neighbour n CROSS JOIN player p ON p.id = n.player_id",
    which="n.active = 1",
)


def persons(connection: Connection) -> Sequence[int]:
    """The numbers of everybody who is no neighbour."""
    return connection.execute(_PERSONS_ALONE).all()


def cards(rows: Iterable[_Card]) -> tuple[PlayerCard, ...]:
    """Cards of what `PERSONS` finds."""
    return tuple(PlayerCard(*row) for row in rows)


def neighbour_cards(connection: Connection) -> tuple[NeighbourCard, ...]:
    """The cards of the neighbours, in their order."""
    return tuple(NeighbourCard(*row) for row in connection.execute(NEIGHBOURS))


def card(connection: Connection, player_id: int, name: str) -> PlayerCard:
    """A player's card, as of this transaction."""
    purse = purse_of(connection, player_id)
    return PlayerCard(player_id, name, purse.experience, purse.oranges, purse.gems)


def card_of_anyone(connection: Connection, player_id: int, name: str) -> PlayerCard:
    """A player's or a neighbour's card, as of this transaction."""
    found = card(connection, player_id, name)
    worth = connection.execute(_WORTH, {"player": player_id}).first()
    if worth is None:
        return found
    return NeighbourCard(player_id, name, found.experience, found.oranges, found.gems, worth)
