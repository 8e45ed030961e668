"""Friends, gifts and withdrawals, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.people.people import (
    FRIENDSHIP_TRANSITIONS,
    FriendEvent,
    FriendshipState,
    friendship_state,
)

_KINDS = ("oranges", "gems")


def check_friendships(connection: Connection) -> Iterator[str]:
    """What happened between two follows the table, line by line without gaps."""
    last: dict[tuple[int, int], Any] = {}
    for row in rows(
        connection,
        "SELECT f.*, o.at AS written FROM friendship f LEFT JOIN operation o"
        " ON o.id = f.operation_id ORDER BY f.low_id, f.high_id, f.number",
    ):
        pair = (row.low_id, row.high_id)
        what = f"friendship line {row.id} of players {row.low_id} and {row.high_id}"
        before = last.get(pair)
        if row.by_id not in pair or row.low_id >= row.high_id:
            yield f"{what} is not between the two"
        if row.number != (before.number if before else 0) + 1:
            yield f"{what} has the number {row.number} after {before.number if before else 0}"
        if row.at != row.written:
            yield f"{what} is not of the moment of its operation"
        standing = _bond(
            before.event if before else None, before is not None and before.by_id == row.by_id
        )
        if (standing, row.event) not in FRIENDSHIP_TRANSITIONS:
            yield f"{what}: {row.event} by player {row.by_id} does not follow from {standing}"
        last[pair] = row


def check_gifts(connection: Connection) -> Iterator[str]:
    """A gift goes between friends, ends one row and begins one, or is money that moved."""
    known = _Friends(connection)
    sums: dict[tuple[int, int, int, str], list[int]] = defaultdict(list)
    given: Counter[int] = Counter()
    for row in rows(
        connection,
        "SELECT g.*, o.at AS written, a.player_id AS gave, a.status, b.player_id AS got,"
        " b.origin_id, b.acquisition, (SELECT m.operation_id FROM move m WHERE m.player_item_id ="
        " a.id AND m.event = 'gift') AS ended, (SELECT m.operation_id FROM move m"
        " WHERE m.player_item_id = b.id AND m.version = 1) AS begun FROM gift g"
        " LEFT JOIN operation o ON o.id = g.operation_id"
        " LEFT JOIN player_item a ON a.id = g.given_id"
        " LEFT JOIN player_item b ON b.id = g.received_id ORDER BY g.id",
    ):
        what = f"gift {row.id} from player {row.giver_id} to player {row.receiver_id}"
        if row.at != row.written:
            yield f"{what} is not of the moment of its operation"
        if not known.friends(row.giver_id, row.receiver_id, row.operation_id):
            yield f"{what} is between two who were no friends then"
        if (row.given_id is not None) + (row.oranges > 0) + (row.gems > 0) != 1:
            yield f"{what} is not one thing, or some oranges, or some gems"
        for currency in _KINDS:
            if getattr(row, currency) > 0:
                place = (row.operation_id, row.giver_id, row.receiver_id, currency)
                sums[place].append(getattr(row, currency))
        if row.given_id is not None:
            given[row.given_id] += 1
            yield from _check_rows(what, row)
    yield from _check_sums(connection, sums)
    yield from _check_given(connection, given)


def _check_rows(what: str, row: Any) -> Iterator[str]:
    """The giver's row ended and the receiver's began, by the gift's own operation."""
    ended = (row.gave, row.status, row.ended)
    begun = (row.got, row.origin_id, row.acquisition, row.begun)
    if ended != (row.giver_id, "gifted", row.operation_id):
        yield f"{what} did not end thing {row.given_id} of the giver"
    if begun != (row.receiver_id, row.given_id, "gift", row.operation_id):
        yield f"{what} did not begin thing {row.received_id} of the receiver"


def _check_given(connection: Connection, given: Counter[int]) -> Iterator[str]:
    """What was given was given once, and a gift tells of it."""
    for player_item, number in given.items():
        if number > 1:
            yield f"thing {player_item} was given {number} times"
    for row in rows(connection, "SELECT id FROM player_item WHERE status = 'gifted'"):
        if not given[row.id]:
            yield f"thing {row.id} was given away, but no gift tells of it"
    for row in rows(
        connection,
        "SELECT p.id FROM player_item p WHERE p.acquisition = 'gift'"
        " AND NOT EXISTS (SELECT 1 FROM gift g WHERE g.given_id = p.origin_id"
        " AND g.received_id = p.id)",
    ):
        yield f"thing {row.id} is said to be a gift, but no gift tells of it"


def _check_sums(
    connection: Connection, sums: dict[tuple[int, int, int, str], list[int]]
) -> Iterator[str]:
    """The gifts of money are the transfers between players that say so."""
    moved: dict[tuple[int, int, int, str], list[int]] = defaultdict(list)
    for row in rows(
        connection,
        "SELECT t.*, f.player_id AS giver, r.player_id AS receiver FROM transfer t"
        " JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        " WHERE t.kind = 'gift'",
    ):
        moved[row.operation_id, row.giver, row.receiver, row.currency].append(row.amount)
    for place in sums.keys() | moved.keys():
        if sorted(sums[place]) != sorted(moved[place]):
            operation, giver, receiver, currency = place
            yield (
                f"operation {operation}: player {giver} gave player {receiver} "
                f"{sum(sums[place])} {currency}, {sum(moved[place])} moved"
            )


def _bond(event: str | None, by_me: bool) -> FriendshipState:
    """How two stand after an event; a word that is none ends whatever was."""
    return friendship_state(FriendEvent(event) if event in set(FriendEvent) else None, by_me)


class _Friends:
    """Who was whose friend at which operation."""

    def __init__(self, connection: Connection) -> None:
        self._lines: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for row in rows(
            connection, "SELECT low_id, high_id, operation_id, event FROM friendship ORDER BY id"
        ):
            self._lines[row.low_id, row.high_id].append((row.operation_id, row.event))

    def friends(self, one: int, other: int, operation: int) -> bool:
        before = [
            event
            for line, event in self._lines.get((min(one, other), max(one, other)), ())
            if line <= operation
        ]
        return bool(before) and _bond(before[-1], False) is FriendshipState.FRIENDS


def check_withdrawals(connection: Connection) -> Iterator[str]:
    """What left the world was worth it, left once, and was delivered by an operation."""
    seen: Counter[int] = Counter()
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT w.*, o.at AS written, p.player_id AS owner, p.status, d.kind AS delivery,"
        " json_extract(o.outcome, '$.value') AS value,"
        " d.player_id AS deliverer, json_extract(d.request, '$.withdrawal') AS meant,"
        " (SELECT m.operation_id FROM move m WHERE m.player_item_id = w.player_item_id"
        " AND m.event = 'withdraw') AS ended FROM withdrawal w"
        " LEFT JOIN operation o ON o.id = w.operation_id"
        " LEFT JOIN player_item p ON p.id = w.player_item_id"
        " LEFT JOIN operation d ON d.id = w.delivered_by ORDER BY w.id",
    ):
        what = f"withdrawal {row.id}"
        seen[row.player_item_id] += 1
        if row.at != row.written:
            yield f"{what} is not of the moment of its operation"
        if (row.owner, row.status, row.ended) != (row.player_id, "withdrawn", row.operation_id):
            yield f"{what} did not end thing {row.player_item_id} of player {row.player_id}"
        least = economy.at(row.operation_id)["withdrawals.least_value"]
        if row.value is None or row.value < least:
            yield f"{what} is of a thing that was worth {row.value}, less than {least}"
        if row.state == "pending":
            if row.path or row.delivered_by is not None:
                yield f"{what} is pending, but was delivered"
        elif (row.delivery, row.deliverer, row.meant) != ("deliver", row.player_id, row.id):
            yield f"{what} was delivered by no operation of its own"
        elif not row.path:
            yield f"{what} was delivered to nowhere"
    for player_item, number in seen.items():
        if number > 1:
            yield f"thing {player_item} was withdrawn {number} times"
    for row in rows(connection, "SELECT id FROM player_item WHERE status = 'withdrawn'"):
        if not seen[row.id]:
            yield f"thing {row.id} was withdrawn, but no withdrawal tells of it"
