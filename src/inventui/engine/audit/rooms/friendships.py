"""Friends, gifts and withdrawals, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, and_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.journal import OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.people import FriendshipRow, GiftRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.streets import NeighbourRow
from inventui.db.tables.undo import UndoRow
from inventui.db.tables.withdrawals import WithdrawalRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    begun_by,
    columns_of,
    is_due,
    moved_by,
    moved_in,
    payments,
    records,
    rows,
    told,
)
from inventui.rules.people.friends import (
    FRIENDSHIP_TRANSITIONS,
    FriendEvent,
    FriendshipState,
    friendship_state,
)

_Sums = dict[tuple[int, int | None, int | None, str], list[int]]
"""The amounts of an operation, from whom to whom, in a currency."""


class _Line(NamedTuple):
    id: int = FriendshipRow.id
    operation_id: int = FriendshipRow.operation_id
    low_id: int = FriendshipRow.low_id
    high_id: int = FriendshipRow.high_id
    number: int = FriendshipRow.number
    by_id: int = FriendshipRow.by_id
    event: str = FriendshipRow.event
    at: int = FriendshipRow.at
    written: int | None = maybe(OperationRow.at)
    kind: str | None = maybe(OperationRow.kind)
    player: int | None = OperationRow.player_id
    neighbour: int | None = maybe(NeighbourRow.id)


def check_friendships(connection: Connection) -> Iterator[str]:
    """What happened between two follows the table, line by line without gaps."""
    last: dict[tuple[int, int], _Line] = {}
    for line in records(
        connection,
        _Line,
        columns_of(_Line)
        .select_from(FriendshipRow)
        .outerjoin(OperationRow, col(OperationRow.id) == FriendshipRow.operation_id)
        .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == FriendshipRow.by_id)
        .order_by(col(FriendshipRow.low_id), col(FriendshipRow.high_id), col(FriendshipRow.number)),
    ):
        pair = (line.low_id, line.high_id)
        what = f"friendship line {line.id} of players {line.low_id} and {line.high_id}"
        before = last.get(pair)
        if line.by_id not in pair or line.low_id >= line.high_id:
            yield f"{what} is not between the two"
        if line.number != (before.number if before else 0) + 1:
            yield f"{what} has the number {line.number} after {before.number if before else 0}"
        if line.at != line.written:
            yield f"{what} is not of the moment of its operation"
        # A neighbour says what it does when the time of the other is caught up with.
        own = (line.kind, line.player) == (f"friend_{line.event}", line.by_id)
        called = line.kind == "settle" and line.player in pair and line.neighbour is not None
        if not own and not (called and line.player != line.by_id):
            yield f"{what} is by player {line.by_id}, in {line.kind} of player {line.player}"
        standing = _state(
            before.event if before else None, before is not None and before.by_id == line.by_id
        )
        if (standing, line.event) not in FRIENDSHIP_TRANSITIONS:
            yield f"{what}: {line.event} by player {line.by_id} does not follow from {standing}"
        last[pair] = line


_GIVEN = aliased(PlayerItemRow)
_RECEIVED = aliased(PlayerItemRow)


class _Gift(NamedTuple):
    id: int = GiftRow.id
    operation_id: int = GiftRow.operation_id
    giver_id: int = GiftRow.giver_id
    receiver_id: int = GiftRow.receiver_id
    at: int = GiftRow.at
    given_id: int | None = GiftRow.given_id
    received_id: int | None = GiftRow.received_id
    oranges: int = GiftRow.oranges
    gems: int = GiftRow.gems
    written: int | None = maybe(OperationRow.at)
    kind: str | None = maybe(OperationRow.kind)
    gave: int | None = maybe(_GIVEN.player_id)
    status: str | None = _GIVEN.status
    ended: bool = moved_in("gift", _GIVEN.id, GiftRow.operation_id)
    got: int | None = maybe(_RECEIVED.player_id)
    origin_id: int | None = _RECEIVED.origin_id
    acquisition: str | None = maybe(_RECEIVED.acquisition)
    begun: int | None = begun_by(_RECEIVED.id)
    returned: str | None = _RECEIVED.status
    undone: int | None = maybe(UndoRow.id)


_GIFTS = (
    columns_of(_Gift)
    .select_from(GiftRow)
    .outerjoin(OperationRow, col(OperationRow.id) == GiftRow.operation_id)
    .outerjoin(_GIVEN, col(_GIVEN.id) == GiftRow.given_id)
    .outerjoin(_RECEIVED, col(_RECEIVED.id) == GiftRow.received_id)
    .outerjoin(UndoRow, col(UndoRow.undone_id) == GiftRow.operation_id)
    .order_by(col(GiftRow.id))
)


def check_gifts(connection: Connection) -> Iterator[str]:
    """A gift goes between friends, ends one row and begins one, or is money that moved."""
    known, economy = _Friends(connection), economy_of(connection)
    sums: _Sums = defaultdict(list)
    given: Counter[int] = Counter()
    for gift in records(connection, _Gift, _GIFTS):
        what = f"gift {gift.id} from player {gift.giver_id} to player {gift.receiver_id}"
        if gift.at != gift.written:
            yield f"{what} is not of the moment of its operation"
        if not known.friends(gift.giver_id, gift.receiver_id, gift.operation_id):
            yield f"{what} is between two who were no friends then"
        if (gift.given_id is not None) + (gift.oranges > 0) + (gift.gems > 0) != 1:
            yield f"{what} is not one thing, or some oranges, or some gems"
        if gift.kind == "settle":
            numbers = economy.at(gift.operation_id)
            least, most = (numbers[f"neighbour_calls.present_{end}"] for end in ("least", "most"))
            # A purse that is nearly full takes less.
            if (
                gift.gems
                or gift.oranges > most
                or (
                    0 < gift.oranges < least
                    and not is_due(connection, gift.operation_id, "oranges", gift.oranges, least)
                )
            ):
                yield f"{what} is not {least} to {most} oranges, as presents of neighbours are"
        for currency, amount in (("oranges", gift.oranges), ("gems", gift.gems)):
            if amount > 0:
                place = (gift.operation_id, gift.giver_id, gift.receiver_id, currency)
                sums[place].append(amount)
        if gift.given_id is not None:
            given[gift.given_id] += gift.undone is None
            yield from _check_rows(what, gift)
    yield from _check_sums(connection, sums)
    yield from _check_given(connection, given)


def _check_rows(what: str, gift: _Gift) -> Iterator[str]:
    """The giver's row ended and the receiver's began, by the gift's own operation.

    What was taken back ended there, and goes on at the giver's.
    """
    begun = (gift.got, gift.origin_id, gift.acquisition, gift.begun)
    gone = gift.status == "gifted" or gift.undone is not None
    if gift.gave != gift.giver_id or not gift.ended or not gone:
        yield f"{what} did not end thing {gift.given_id} of the giver"
    if begun != (gift.receiver_id, gift.given_id, "gift", gift.operation_id):
        yield f"{what} did not begin thing {gift.received_id} of the receiver"
    if (gift.returned == "returned") != (gift.undone is not None):
        yield f"{what} was taken back, or not, and thing {gift.received_id} is {gift.returned}"


def _check_given(connection: Connection, given: Counter[int]) -> Iterator[str]:
    """What was given was given once, and a gift tells of it."""
    for player_item, number in given.items():
        if number > 1:
            yield f"thing {player_item} was given {number} times"
    for (player_item,) in rows(
        connection, select(PlayerItemRow.id).where(PlayerItemRow.status == "gifted")
    ):
        if not given[player_item]:
            yield f"thing {player_item} was given away, but no gift tells of it"
    for (player_item,) in rows(
        connection,
        select(PlayerItemRow.id)
        .outerjoin(
            GiftRow,
            and_(
                col(GiftRow.given_id) == PlayerItemRow.origin_id,
                col(GiftRow.received_id) == PlayerItemRow.id,
            ),
        )
        .where(PlayerItemRow.acquisition == "gift", col(GiftRow.id).is_(None)),
    ):
        yield f"thing {player_item} is said to be a gift, but no gift tells of it"


def _check_sums(connection: Connection, sums: _Sums) -> Iterator[str]:
    """The gifts of money are the transfers between players that say so."""
    moved: _Sums = defaultdict(list)
    for line in payments(connection, TransferRow.kind == "gift"):
        moved[line.operation_id, line.payer, line.payee, line.currency].append(line.amount)
    for place in sums.keys() | moved.keys():
        if sorted(sums[place]) != sorted(moved[place]):
            operation, giver, receiver, currency = place
            yield (
                f"operation {operation}: player {giver} gave player {receiver} "
                f"{sum(sums[place])} {currency}, {sum(moved[place])} moved"
            )


def _state(event: str | None, by_me: bool) -> FriendshipState:
    """What an event made of a friendship; a word that is none ends it."""
    return friendship_state(FriendEvent(event) if event in set(FriendEvent) else None, by_me)


class _Friends:
    """Who was whose friend at which operation."""

    def __init__(self, connection: Connection) -> None:
        self._lines: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        for low, high, operation, event in rows(
            connection,
            select(
                FriendshipRow.low_id,
                FriendshipRow.high_id,
                FriendshipRow.operation_id,
                FriendshipRow.event,
            ).order_by(col(FriendshipRow.id)),
        ):
            self._lines[low, high].append((operation, event))

    def friends(self, one: int, other: int, operation: int) -> bool:
        before = [
            event
            for line, event in self._lines.get((min(one, other), max(one, other)), ())
            if line <= operation
        ]
        return bool(before) and _state(before[-1], False) is FriendshipState.FRIENDS


_DELIVERY = aliased(OperationRow)


class _Withdrawal(NamedTuple):
    id: int = WithdrawalRow.id
    operation_id: int = WithdrawalRow.operation_id
    player_id: int = WithdrawalRow.player_id
    player_item_id: int = WithdrawalRow.player_item_id
    at: int = WithdrawalRow.at
    state: str = WithdrawalRow.state
    path: str = WithdrawalRow.path
    delivered_by: int | None = WithdrawalRow.delivered_by
    written: int | None = maybe(OperationRow.at)
    outcome: str | None = OperationRow.outcome
    owner: int | None = maybe(PlayerItemRow.player_id)
    status: str | None = PlayerItemRow.status
    ended: int | None = moved_by("withdraw", WithdrawalRow.player_item_id)
    delivery: str | None = maybe(_DELIVERY.kind)
    deliverer: int | None = _DELIVERY.player_id
    request: str | None = maybe(_DELIVERY.request)


_WITHDRAWALS = (
    columns_of(_Withdrawal)
    .select_from(WithdrawalRow)
    .outerjoin(OperationRow, col(OperationRow.id) == WithdrawalRow.operation_id)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == WithdrawalRow.player_item_id)
    .outerjoin(_DELIVERY, col(_DELIVERY.id) == WithdrawalRow.delivered_by)
    .order_by(col(WithdrawalRow.id))
)


def check_withdrawals(connection: Connection) -> Iterator[str]:
    """What left the world was worth it, left once, and was delivered by an operation."""
    seen: Counter[int] = Counter()
    economy = economy_of(connection)
    for left in records(connection, _Withdrawal, _WITHDRAWALS):
        what = f"withdrawal {left.id}"
        seen[left.player_item_id] += 1
        if left.at != left.written:
            yield f"{what} is not of the moment of its operation"
        ended = (left.owner, left.status, left.ended)
        if ended != (left.player_id, "withdrawn", left.operation_id):
            yield f"{what} did not end thing {left.player_item_id} of player {left.player_id}"
        least = economy.at(left.operation_id)["withdrawals.least_value"]
        value = told(left.outcome).get("value")
        if type(value) is not int or value < least:
            yield f"{what} is of a thing that was worth {value}, less than {least}"
        meant = told(left.request).get("withdrawal")
        if left.state == "pending":
            if left.path or left.delivered_by is not None:
                yield f"{what} is pending, but was delivered"
        elif (left.delivery, left.deliverer, meant) != ("deliver", left.player_id, left.id):
            yield f"{what} was delivered by no operation of its own"
        elif not left.path:
            yield f"{what} was delivered to nowhere"
    for player_item, number in seen.items():
        if number > 1:
            yield f"thing {player_item} was withdrawn {number} times"
    for (player_item,) in rows(
        connection, select(PlayerItemRow.id).where(PlayerItemRow.status == "withdrawn")
    ):
        if not seen[player_item]:
            yield f"thing {player_item} was withdrawn, but no withdrawal tells of it"
