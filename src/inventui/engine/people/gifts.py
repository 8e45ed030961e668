"""Gifts: a player item, oranges or gems, from one friend to another.

A player item belongs to one player for ever, so a gift moves none: it ends the giver's row
(`gifted`) and begins a row of the friend's that points back to it, with its uses and durability
(`people.gift_transfer`). That is how provenance reaches back through every owner. Money is one
transfer between the two accounts. Each gift is a line of the table `gift`, which a trigger lets
in between friends only.

A gift depends on both players: on what the giver has, whether they are friends, whether
the friend owns one already (a consumable excepted), and whether there is room for gear. So the
friend's time is caught up with first, and everything is checked after that. Gear without room
waits in the friend's escrow. The friend is told; a neighbour is not, for nobody reads it.

`tests/engine/test_people.py` fails if a gift that is refused changes anything, and
`tests/engine/test_people_processes.py` if two programs give the same player item twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.counts import count_of
from inventui.engine.core.ledger import purse_of, room_in
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.core.people import Person, find_person, friendship_with
from inventui.engine.inventory.pages import MOST_ON_A_PAGE
from inventui.engine.inventory.player_items import PlayerItemState, player_item_of
from inventui.engine.people.gift_transfer import give_item, tell_of_gift, write_gift
from inventui.engine.people.models import GiftLine, GiftPage, GiftSent, GiftStatistics
from inventui.rules.core.categories import GEAR
from inventui.rules.core.counters import Counted
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.money import Currency, check_purse, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.gifts import (
    GiftItem,
    check_gift_item,
    check_gift_money,
    check_message,
    check_receiver,
)
from inventui.rules.people.players import name_key, normal_name

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

PAGE = 50

_OWNS = Statement(
    "SELECT 1 FROM holding WHERE player_id = :player AND item_id = :item AND held + escrowed > 0",
    int,
)
_HISTORY = (
    "SELECT g.id, g.at, g.given_id, g.received_id, g.oranges, g.gems, g.message, i.name, i.rarity,"
    " o.name AS other FROM gift g JOIN player o ON o.id = g.{other}_id"
    " LEFT JOIN player_item p ON p.id = g.given_id LEFT JOIN item i ON i.id = p.item_id"
    " WHERE g.{me}_id = :me AND g.id < :before ORDER BY g.id DESC LIMIT :limit"
)


class _Gift(NamedTuple):
    id: int
    at: int
    given_id: int | None
    received_id: int | None
    oranges: int
    gems: int
    message: str
    name: str | None
    rarity: str | None
    other: str


_SENT = Statement(_HISTORY, _Gift, other="receiver", me="giver")
_RECEIVED = Statement(_HISTORY, _Gift, other="giver", me="receiver")


class Gifts:
    """One player's gifts, sent and received."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def send_item(
        self, friend: str, item_id: int, message: str = "", key: str | None = None
    ) -> GiftSent | Refusal:
        """Give a friend a player item; gear for which they have no room waits in their escrow.

        The message is up to 200 characters; `key` is the idempotency key.
        """
        request = {"player": name_key(normal_name(friend)), "item": item_id, "message": message}
        return self._send(
            request, key, lambda draft: self._give_item(draft, friend, item_id, message)
        )

    def send_money(
        self,
        friend: str,
        amount: int,
        currency: Currency = Currency.ORANGES,
        message: str = "",
        key: str | None = None,
    ) -> GiftSent | Refusal:
        """Give a friend oranges or gems."""
        request = {
            "player": name_key(normal_name(friend)),
            str(currency): amount,
            "message": message,
        }
        return self._send(
            request, key, lambda draft: self._give_money(draft, friend, amount, currency, message)
        )

    def why_not(self, friend: str, item_id: int) -> Refusal | None:
        """Why a player item can't be given to somebody now, or None if it can."""
        with self._world.store.read() as connection:
            found = self._receiver(connection, friend)
            if isinstance(found, Refusal):
                return found
            row = player_item_of(connection, self._handle.id, item_id)
            if isinstance(row, Refusal):
                return row
            return self._check_item(connection, found, row)

    def _send(
        self,
        request: dict[str, object],
        key: str | None,
        decide: Callable[[Draft], GiftSent | Refusal],
    ) -> GiftSent | Refusal:
        refusal = check_message(str(request["message"]))
        if refusal is not None:
            return refusal
        intent = Intent("gift", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, decide, GiftSent)

    def _receiver(self, connection: Connection, name: str) -> Person | Refusal:
        me = self._handle.id
        found = find_person(connection, me, name)
        if isinstance(found, Refusal):
            return found
        refusal = check_receiver(found.name, friendship_with(found, me), myself=found.id == me)
        return found if refusal is None else refusal

    def _check_item(
        self, connection: Connection, friend: Person, row: PlayerItemState
    ) -> Refusal | None:
        item = self._world.catalogue.item(connection, row.item_id)
        owns = connection.execute(_OWNS, {"player": friend.id, "item": item.id}).first()
        return check_gift_item(
            friend.name,
            GiftItem(
                name=item.name,
                category=item.category,
                status=Status(row.status),
                locked=bool(row.locked),
                is_default=item.is_default,
                friend_owns=owns is not None,
            ),
        )

    def _give_item(
        self, draft: Draft, friend: str, item_id: int, message: str
    ) -> GiftSent | Refusal:
        connection, world, me = draft.connection, self._world, self._handle.id
        found = self._receiver(connection, friend)
        if isinstance(found, Refusal):
            return found
        draft.settle(found.id)
        row = player_item_of(connection, me, item_id)
        if isinstance(row, Refusal):
            return row
        refusal = self._check_item(connection, found, row)
        if refusal is not None:
            return refusal
        item = world.catalogue.item(connection, row.item_id)
        operation = draft.begin()
        received = give_item(operation, self._handle.name, found.id, item_id, item.category in GEAR)
        self._write(operation, found, item.name, message, given=item_id, received=received)
        return GiftSent(
            operation=operation.id,
            receiver=found.name,
            item_id=item_id,
            received_id=received,
            name=item.name,
            oranges=0,
            gems=0,
            message=message,
            balance=purse_of(connection, me).balance,
            at=operation.at,
        )

    def _give_money(
        self, draft: Draft, friend: str, amount: int, currency: Currency, message: str
    ) -> GiftSent | Refusal:
        connection, me = draft.connection, self._handle.id
        found = self._receiver(connection, friend)
        if isinstance(found, Refusal):
            return found
        draft.settle(found.id)
        purse = purse_of(connection, me)
        current = purse.oranges if currency is Currency.ORANGES else purse.gems
        theirs = purse_of(connection, found.id)
        room = room_in(connection, theirs.accounts[currency])
        refusal = check_gift_money(amount, current, currency) or check_purse(
            found.name, amount, room, currency
        )
        if refusal is not None:
            return refusal
        operation = draft.begin()
        operation.transfer(
            "gift", currency, amount, purse.accounts[currency], theirs.accounts[currency]
        )
        oranges, gems = (amount, 0) if currency is Currency.ORANGES else (0, amount)
        words = money_words(amount, currency)
        self._write(operation, found, words, message, oranges=oranges, gems=gems)
        return GiftSent(
            operation=operation.id,
            receiver=found.name,
            item_id=None,
            received_id=None,
            name=None,
            oranges=oranges,
            gems=gems,
            message=message,
            balance=purse_of(connection, me).balance,
            at=operation.at,
        )

    def _write(
        self,
        operation: Operation,
        friend: Person,
        what: str,
        message: str,
        *,
        given: int | None = None,
        received: int | None = None,
        oranges: int = 0,
        gems: int = 0,
    ) -> None:
        write_gift(operation, self._handle.id, friend.id, given, received, oranges, gems, message)
        if not friend.neighbour:
            tell_of_gift(operation, self._handle.name, friend.id, what, message, received)

    def page(self, *, sent: bool, before: int | None = None, limit: int = PAGE) -> GiftPage:
        """Gifts sent or received, the newest first.

        Args:
            sent: those that the player gave, not those that it got.
            before: goes on after a page: what it gave as `next`.
            limit: most lines, 1 to 1,000.
        """
        statement, limit = _SENT if sent else _RECEIVED, max(1, min(limit, MOST_ON_A_PAGE))
        values = {
            "me": self._handle.id,
            "before": 2**63 - 1 if before is None else max(0, min(before, 2**63 - 1)),
            "limit": limit + 1,
        }
        with self._world.store.read() as connection:
            rows = connection.execute(statement, values).all()
        lines = tuple(
            GiftLine(
                id=row.id,
                at=row.at,
                sent=sent,
                other=row.other,
                name=row.name,
                rarity=None if row.rarity is None else Rarity(row.rarity),
                item_id=row.given_id if sent else row.received_id,
                oranges=row.oranges,
                gems=row.gems,
                message=row.message,
            )
            for row in rows[:limit]
        )
        return GiftPage(lines, lines[-1].id if len(rows) > limit else None)

    def statistics(self) -> GiftStatistics:
        """Sums of what the player gave and received."""
        with self._world.store.read() as connection:
            return GiftStatistics(
                *(
                    count_of(connection, self._handle.id, what)
                    for what in (
                        Counted.ITEMS_GIVEN,
                        Counted.ORANGES_GIVEN,
                        Counted.GEMS_GIVEN,
                        Counted.ITEMS_RECEIVED,
                        Counted.ORANGES_RECEIVED,
                        Counted.GEMS_RECEIVED,
                    )
                )
            )
