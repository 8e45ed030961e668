"""People of a world, and their friendships with a player.

The last line of the table `friendship` between two players says how they stand, so a
friendship is never changed: a line is added.
"""

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.operation import Operation
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import as_typed
from inventui.rules.people.friends import FriendEvent, FriendshipState, friendship_state
from inventui.rules.people.players import name_key, normal_name

_LAST = (
    "(SELECT f.{} FROM friendship f WHERE f.low_id = min(p.id, :me)"
    " AND f.high_id = max(p.id, :me) ORDER BY f.number DESC LIMIT 1)"
)
EVERYBODY = "player p LEFT JOIN neighbour n ON n.player_id = p.id"
NEIGHBOURS = "neighbour n CROSS JOIN player p ON p.id = n.player_id"
"""The neighbours alone: a list of them begins there, and not with all players."""

WORTH_SQL = (
    "(SELECT coalesce(sum(h.held * i.value), 0) FROM holding h JOIN item i ON i.id = h.item_id"
    " WHERE h.player_id = p.id)"
)
"""What the player items of p are worth."""

_PERSON = (
    "SELECT p.id, p.name, n.id IS NOT NULL AS neighbour, n.details, a.balance AS experience,"
    " CASE WHEN n.id IS NULL THEN 0 ELSE {worth} END AS worth,"
    " {event} AS event, {by_id} AS by_id, {at} AS since"
    " FROM {source} CROSS JOIN account a ON a.player_id = p.id AND a.currency = 'experience'"
    " WHERE (n.id IS NULL OR n.active = 1)"
)
PEOPLE = _PERSON.format(
    source="{source}",
    worth=WORTH_SQL,
    event=_LAST.format("event"),
    by_id=_LAST.format("by_id"),
    at=_LAST.format("at"),
)
"""Everybody of a source, as `Person`; the last event is that between each and :me."""


class Person(NamedTuple):
    """A player or an active neighbour, with the last event of friendship towards :me.

    `worth` is that of a neighbour's player items, and 0 of a player.
    """

    id: int
    name: str
    neighbour: int
    details: str | None
    experience: int
    worth: int
    event: str | None
    by_id: int | None
    since: int | None


_ONE = Statement(
    "{people} AND p.name_key = :name_key", Person, people=PEOPLE.format(source=EVERYBODY)
)


class _Bond(NamedTuple):
    name: str
    event: str | None
    by_id: int | None


_BONDS = Statement(
    "SELECT p.name, {event} AS event, {by_id} AS by_id FROM {source} WHERE n.active = 1"
    " ORDER BY n.position",
    _Bond,
    source=NEIGHBOURS,
    event=_LAST.format("event"),
    by_id=_LAST.format("by_id"),
)
_NAMES = Statement("SELECT name FROM player WHERE id <> :me ORDER BY id LIMIT 20", str)
_LINE = Statement(
    "INSERT INTO friendship (operation_id, low_id, high_id, number, by_id, event, at)"
    " SELECT :operation, :low, :high, coalesce(max(number), 0) + 1, :by, :event, :at"
    " FROM friendship WHERE low_id = :low AND high_id = :high"
)


def find_person(connection: Connection, me: int, name: str) -> Person | Refusal:
    """Anybody in this world by name, or a refusal naming some of them."""
    wanted = normal_name(name)
    row = connection.execute(_ONE, {"me": me, "name_key": name_key(wanted)}).first()
    if row is not None:
        return row
    others = connection.execute(_NAMES, {"me": me}).all()
    known = f" There are: {', '.join(others)}." if others else " You are alone here."
    return Refusal(
        Reason.UNKNOWN_PLAYER,
        f"There is no player {as_typed(wanted)}.{known}",
        {"player": wanted, "known": others},
    )


def neighbour_bonds(connection: Connection, me: int) -> list[tuple[str, FriendshipState]]:
    """The name of each neighbour, and the friendship between a player and them."""
    rows = connection.execute(_BONDS, {"me": me})
    return [(row.name, friendship_with(row, me)) for row in rows]


def friendship_with(person: Person | _Bond, me: int) -> FriendshipState:
    """The friendship between a player and a person."""
    last = None if person.event is None else FriendEvent(person.event)
    return friendship_state(last, person.by_id == me)


def write_friend_event(operation: Operation, by: int, other: int, event: FriendEvent) -> None:
    """Write that one player asked, accepted, declined or removed another."""
    operation.connection.execute(
        _LINE,
        {
            "operation": operation.id,
            "low": min(by, other),
            "high": max(by, other),
            "by": by,
            "event": str(event),
            "at": operation.at,
        },
    )
