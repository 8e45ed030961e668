"""Undo: an operation of its own that takes an earlier one of the same player back.

What was sold to the house, listed, thrown away or given can be taken back for a minute
(`rules.undo`). Nothing is erased: a line of the table `undo` names both operations, the money flows
back by a transfer of its own kind, the player items go on along the lifecycle table, and what a
friend got ends as returned. Triggers let such lines in for what the named operation did alone.

It is refused where anything has come to depend on what was done. All of that is read first
(`engine.undo.done`) and decided by `check_undo`; after `Draft.begin` nothing is asked any more.

`tests/engine/test_undo.py` fails if what is refused changes anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Statement
from inventui.engine.bazaar.transfer import find_listing, take_home
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.undo.done import DoneOperation, ReceivedGift, read_done
from inventui.engine.undo.models import Undo, Undone
from inventui.rules.core.enums import Event, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.undo import WINDOW, Undoable, check_undo, returned_words

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

_LISTING = Statement(
    "SELECT id FROM listing WHERE state = 'open' AND player_item_id = :player_item", int
)
_LINE = Statement("INSERT INTO undo (operation_id, undone_id) VALUES (:operation, :undone)")
_READ = Statement(
    "UPDATE notification SET seen = 1 WHERE player_id = :friend AND operation_id = :operation"
    " AND seen = 0"
)


class Undos:
    """What one player can take back."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def latest(self, operation: int | None = None) -> Undo | Refusal:
        """What `take_back` would take back now, or why it could not."""
        now = self._world.clock.now()
        with self._world.store.read() as connection:
            found = read_done(self._handle, connection, operation, now)
        if isinstance(found, Refusal):
            return found
        done = found.done
        refusal = check_undo(done, now)
        if refusal is not None:
            return refusal
        return Undo(
            found.operation, done.kind, done.name, done.number, done.oranges, found.receiver,
            done.at + WINDOW,
        )  # fmt: skip

    def take_back(self, operation: int | None = None, key: str | None = None) -> Undone | Refusal:
        """Take one of the player's operations back.

        Args:
            operation: its number; without it, the latest that was not taken back yet.
            key: idempotency key.
        """
        intent = Intent(
            "undo",
            {} if operation is None else {"operation": operation},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(self._world, intent, lambda draft: self._take_back(draft, operation), Undone)

    def _take_back(self, draft: Draft, number: int | None) -> Undone | Refusal:
        connection = draft.connection
        found = read_done(self._handle, connection, number, draft.at)
        if not isinstance(found, Refusal) and found.gift is not None:
            # Catching up with the friend's time may change what they got.
            draft.settle(found.gift.receiver_id)
            found = read_done(self._handle, connection, number, draft.at)
        if isinstance(found, Refusal):
            return found
        done = found.done
        refusal = check_undo(done, draft.at)
        if refusal is not None:
            return refusal
        operation = draft.begin()
        connection.execute(_LINE, {"operation": operation.id, "undone": found.operation})
        self._write(operation, found)
        balance = purse_of(connection, self._handle.id).balance
        return Undone(
            operation=operation.id,
            undone=found.operation,
            kind=done.kind,
            name=done.name,
            number=done.number,
            item_id=found.items[0],
            oranges=done.oranges,
            receiver=found.receiver,
            balance=balance,
        )

    def _write(self, operation: Operation, found: DoneOperation) -> None:
        connection, items, house = operation.connection, found.items, self._world.house
        match found.done.kind:
            case Undoable.SELL:
                mine = purse_of(connection, self._handle.id).accounts[Currency.ORANGES]
                sale = house[HouseAccount.SALE, Currency.ORANGES]
                operation.transfer("undo", Currency.ORANGES, found.done.oranges, mine, sale)
                operation.move(items, Status.SOLD, Event.UNDO)
            case Undoable.DISCARD:
                operation.move(items, Status.DESTROYED, Event.UNDO)
            case Undoable.LIST:
                number = connection.execute(_LISTING, {"player_item": items[0]}).one()
                listing = find_listing(connection, number)
                assert listing is not None
                take_home(operation, [listing])
            case Undoable.GIFT:
                gift = found.gift
                assert gift is not None
                operation.move([gift.received_id], Status(gift.status), Event.RETURN)
                operation.move(items, Status.GIFTED, Event.UNDO)
                if not gift.neighbour:
                    self._tell(operation, found, gift)

    def _tell(self, operation: Operation, found: DoneOperation, gift: ReceivedGift) -> None:
        """Tell a friend what became of a gift, whose own notification they need not read."""
        asked = {"friend": gift.receiver_id, "operation": found.operation}
        operation.connection.execute(_READ, asked)
        said = returned_words(self._handle.name, found.done.name)
        notify(operation, gift.receiver_id, "returned", Tone.INFO, said, "people", gift.received_id)
