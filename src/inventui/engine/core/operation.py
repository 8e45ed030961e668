"""Operations: every change of a world is one, and an operation is one write transaction.

An operation has three states. As an `Intent` it is what somebody asks for, with a kind, a
request and an idempotency key. As a `Draft` it is a write transaction in which nothing of it
is written: here the use case reads and asks the rules, and here alone it may refuse. After
`Draft.begin` it is an `Operation`: its row is written, it can't refuse any more, and
either everything in it commits or nothing does. So no refusal ever has to undo anything, and
after one the world is as it was (but for time, below).

An operation writes with two verbs, `transfer` for money and `move` for player items. Each adds
lines to a journal; the database's triggers derive balances and statuses from the lines and
refuse a line that no rule allows (docs/decisions/journal-first.md, guards-as-triggers.md).

The key makes asking again safe. The outcome is stored with the operation, so the same key with
the same request returns the first outcome, marked as a repeat, and with another request is a
refusal. A refused request leaves its key free. An outcome that is large and can be rebuilt from
the journals (an opening of 100 cases) is recalled from them instead of being stored twice.

Before anything is decided, the time of the player is caught up with, as operations of their own
in the same transaction, so every use case sees a player as of now. The same holds for another
player whom the operation touches: `Draft.settle`.

`tests/engine/test_operation.py` fails if a fault at any statement leaves half of an operation,
or if a key carries it out twice.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol, TypeVar

from inventui.db.statements import Connection, Statement
from inventui.db.store import Store
from inventui.engine.core.outcome_json import dump, load
from inventui.rules.core.clock import Clock
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import TRANSITIONS
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import faults_of_text

T = TypeVar("T")

KEY_LENGTH = 100


class _Earlier(NamedTuple):
    id: int
    kind: str
    request: str
    outcome: str | None


_EARLIER = Statement(
    "SELECT id, kind, request, outcome FROM operation WHERE scope = :scope AND key = :key", _Earlier
)
_BEGIN = Statement(
    "INSERT INTO operation (scope, key, player_id, kind, request, at)"
    " VALUES (:scope, :key, :player_id, :kind, :request, :at) RETURNING id",
    int,
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")
_TRANSFER = Statement(
    "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id, to_account_id,"
    " from_balance, to_balance)"
    " SELECT :operation, :kind, :currency, :amount, f.id, t.id, f.balance - :amount,"
    " t.balance + :amount FROM account f, account t WHERE f.id = :payer AND t.id = :payee"
)
_MOVE = Statement(
    "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
    " VALUES (:item, :version, :event, :from_status, :to_status, :operation)"
)
_MOVE_MANY = Statement(
    "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
    " SELECT p.id, p.version + 1, :event, :from_status, :to_status, :operation"
    " FROM json_each(:items) j CROSS JOIN player_item p ON p.id = j.value"
)


Ahead = tuple[Statement[Any], Mapping[str, object]]
"""A statement with its parameters."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked for.

    Attributes:
        kind: the operation's kind, e.g. `open`.
        request: its arguments as JSON values; a repeat must have the same.
        player_id: whose operation it is, or None for the world's own.
        key: idempotency key, up to 100 characters; players' keys don't clash.
    """

    kind: str
    request: Mapping[str, object]
    player_id: int | None
    key: str


class Settler(Protocol):
    """What operations need of a world."""

    store: Store
    clock: Clock

    @property
    def settle(self) -> Callable[[Connection, int, int, bool], object]:
        """Catches up with a player's time until then; whether it is they who came."""


@dataclass(slots=True)
class Draft:
    """A write transaction in which nothing of the operation is written yet.

    Attributes:
        at: the operation's time, milliseconds since 1970-01-01 UTC.
        begun: whether the operation's row is written, after which nothing may be refused.
    """

    connection: Connection
    intent: Intent
    at: int
    world: Settler
    begun: bool = False

    def settle(self, player: int) -> None:
        """Catch up with the time of a player whom the operation is about to touch."""
        if self.begun:
            raise AssertionError("time is settled before an operation begins")
        here = player == self.intent.player_id
        self.world.settle(self.connection, player, self.at, here)

    def begin(self) -> "Operation":
        """Write the operation's row; after that there is no refusal."""
        intent = self.intent
        operation_id = self.connection.execute(
            _BEGIN,
            {
                "scope": intent.player_id or 0,
                "key": intent.key,
                "player_id": intent.player_id,
                "kind": intent.kind,
                "request": _canonical(intent.request),
                "at": self.at,
            },
        ).one()
        self.begun = True
        return Operation(self.connection, operation_id, self.at)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation under way.

    Attributes:
        id: its number.
        at: its time, milliseconds since 1970-01-01 UTC.
        unpaid: what the house would have paid to players who can't have more.
    """

    connection: Connection
    id: int
    at: int
    unpaid: dict[Currency, int] = field(default_factory=dict)

    def transfer(
        self, kind: HouseAccount | str, currency: Currency, amount: int, payer: int, payee: int
    ) -> None:
        """Move money from one account to another; for an amount of 0 nothing is written."""
        if not amount:
            return
        # The triggers would let an insert of no rows pass: the count tells a missing account.
        written = self.connection.execute(
            _TRANSFER,
            {
                "operation": self.id,
                "kind": str(kind),
                "currency": str(currency),
                "amount": amount,
                "payer": payer,
                "payee": payee,
            },
        )
        written.expect(1, f"no such accounts: {payer} or {payee}")

    def move_new(self, items: Iterable[tuple[int, Event]]) -> None:
        """Write the first journal line of each new player item, acquired or dropped into escrow."""
        self.connection.execute_many(
            _MOVE,
            [
                {
                    "item": item,
                    "version": 1,
                    "event": str(event),
                    "from_status": None,
                    "to_status": str(TRANSITIONS[None, event]),
                    "operation": self.id,
                }
                for item, event in items
            ],
        )

    def move(self, items: Sequence[int], start: Status, event: Event) -> None:
        """Move player items, all with the status `start`, along the lifecycle table."""
        written = self.connection.execute(
            _MOVE_MANY,
            {
                "items": json.dumps(list(items)),
                "event": str(event),
                "from_status": str(start),
                "to_status": str(TRANSITIONS[start, event]),
                "operation": self.id,
            },
        )
        written.expect(len(items), "some of the player items to move don't exist")


def perform(
    world: Settler,
    intent: Intent,
    decide: Callable[[Draft], T | Refusal],
    outcome: type[T],
    *,
    recall: Callable[[Connection, int], T] | None = None,
    ahead: Iterable[Ahead] = (),
) -> T | Refusal:
    """Carry out an intent, at most once for its key.

    Args:
        world: where it happens; it catches up with the player's time first.
        intent: what is asked for.
        decide: reads, asks the rules, then refuses, or begins the draft and writes.
        outcome: the dataclass that `decide` returns; it has a field `repeat`.
        recall: rebuilds an earlier outcome from the journals, where it need not be
            stored beside them.
        ahead: what `decide` will ask for, see `Connection.ahead`.

    Returns:
        The outcome; the first outcome, marked as a repeat, if the key was used for the same
        request before; or a refusal, with nothing of the operation written.
    """
    refusal = check_key(intent.key)
    if refusal is not None:
        return refusal
    # What these import when they are first asked for is there before others wait for this write.
    settle = world.settle
    if recall is None:
        dump(None)
    with world.store.write() as connection:
        for statement, parameters in ahead:
            connection.ahead(statement, parameters)
        earlier = connection.execute(
            _EARLIER, {"scope": intent.player_id or 0, "key": intent.key}
        ).first()
        if earlier is not None:
            if (earlier.kind, earlier.request) != (intent.kind, _canonical(intent.request)):
                return Refusal(
                    Reason.KEY_REUSED,
                    f"The key {intent.key!r} was used for another request. Take a new one.",
                    {"key": intent.key, "operation": earlier.id},
                )
            first = (
                recall(connection, earlier.id)
                if recall is not None
                else load(outcome, str(earlier.outcome))
            )
            return replace(first, repeat=True)  # type: ignore[type-var]
        draft = Draft(connection, intent, world.clock.now(), world)
        if intent.player_id is not None:
            settle(connection, intent.player_id, draft.at, True)
        # A refusal is returned from inside the write: the time that was caught up with is kept.
        result = decide(draft)
        if isinstance(result, Refusal):
            if draft.begun:
                raise AssertionError(f"{intent.kind} wrote before it refused: {result}")
            return result
        if recall is None:
            connection.execute(
                _OUTCOME,
                {
                    "id": result.operation,  # type: ignore[attr-defined]
                    "outcome": dump(result),
                },
            )
        return result


def check_key(key: str) -> Refusal | None:
    """None if `key` can be an idempotency key: 1–100 visible characters."""
    if key.isascii() and key.isalnum() and len(key) <= KEY_LENGTH:
        return None
    faults = faults_of_text(key, KEY_LENGTH)
    if not key:
        faults = ["it is empty"]
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_KEY,
        f"That key can't be used: {faults[0]}. Take 1 to {KEY_LENGTH} ordinary characters.",
        {"longest": KEY_LENGTH},
    )


def _canonical(request: Mapping[str, object]) -> str:
    return json.dumps(request, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
