"""Done: what an operation did that may be taken back, and what became of it since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import gear_room
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.set_back import done_at
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.enums import Event
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.undo import (
    COUNTS,
    Done,
    Undoable,
    moved_on_words,
    not_undoable,
    nothing_to_undo,
    seen_words,
)

if TYPE_CHECKING:
    from inventui.engine.core.catalogue_item import CatalogueItem
    from inventui.engine.core.context import Player

_EVENTS = {
    Undoable.SELL: Event.SELL,
    Undoable.LIST: Event.LIST,
    Undoable.DISCARD: Event.DISCARD,
    Undoable.GIFT: Event.GIFT,
}
"""What each kind of operation does to its player items."""

# Of a kind so many are looked at, lest one who takes everything back walks through a whole life.
_LATEST = Statement(
    "SELECT o.id FROM (SELECT id FROM operation INDEXED BY operation_of_kind"
    " WHERE player_id = :me AND kind = :kind ORDER BY id DESC LIMIT 50) o"
    " WHERE NOT EXISTS (SELECT 1 FROM undo u WHERE u.undone_id = o.id)"
    " AND EXISTS (SELECT 1 FROM move m WHERE m.operation_id = o.id) ORDER BY o.id DESC LIMIT 1",
    int,
)


class _Operation(NamedTuple):
    id: int
    kind: str
    at: int
    undone: int


_OPERATION = Statement(
    "SELECT o.id, o.kind, o.at, EXISTS (SELECT 1 FROM undo u WHERE u.undone_id = o.id) AS undone"
    " FROM operation o WHERE o.id = :operation AND o.player_id = :me",
    _Operation,
)


class _Moved(NamedTuple):
    id: int
    item_id: int
    since: int


_MOVED = Statement(
    "SELECT p.id, p.item_id, p.version - m.version AS since FROM move m"
    " CROSS JOIN player_item p ON p.id = m.player_item_id"
    " WHERE m.operation_id = :operation AND p.player_id = :me AND m.event = :event ORDER BY m.id",
    _Moved,
)
_NEXT_EVENT = Statement(
    "SELECT m.event FROM move m WHERE m.player_item_id = :player_item AND m.version ="
    " (SELECT n.version + 1 FROM move n WHERE n.player_item_id = :player_item"
    " AND n.operation_id = :operation AND n.event = :event)",
    str,
)
_PAID = Statement(
    "SELECT coalesce(sum(amount), 0) FROM transfer WHERE operation_id = :operation"
    " AND kind = '{sale}'",
    int,
    sale=HouseAccount.SALE,
)
_GOAL = Statement(
    "SELECT a.name FROM achieved d JOIN achievement a ON a.id = d.achievement_id"
    " JOIN operation o ON o.id = d.operation_id WHERE d.player_id = :me"
    " AND d.operation_id > :operation AND o.kind = 'achieve' AND a.condition IN"
    " (SELECT value FROM json_each(:conditions, '$')) ORDER BY d.id LIMIT 1",
    str,
)
_OWNED = Statement(
    "SELECT 1 FROM holding WHERE player_id = :me AND item_id = :item AND held + escrowed > 0", int
)


class ReceivedGift(NamedTuple):
    """What a friend got: `received_id` is their number of it."""

    receiver_id: int
    receiver: str
    neighbour: int
    received_id: int
    status: str
    version: int
    locked: int


_GIFT = Statement(
    "SELECT g.receiver_id, r.name AS receiver, EXISTS (SELECT 1 FROM neighbour n"
    " WHERE n.player_id = r.id) AS neighbour, p.id AS received_id, p.status, p.version, p.locked"
    " FROM gift g JOIN player r ON r.id = g.receiver_id JOIN player_item p ON p.id = g.received_id"
    " WHERE g.given_id = :given AND g.operation_id = :operation",
    ReceivedGift,
)
_EXPIRED = Statement(
    "SELECT 1 FROM move WHERE operation_id = :operation AND event = '{expire}'",
    int,
    expire=Event.EXPIRE,
)
_SEEN = Statement(
    "SELECT 1 FROM notification WHERE player_id = :friend AND id >= :first"
    " AND operation_id = :operation AND seen + shown > 0",
    int,
)
_FIRST_TOLD = Statement(
    "SELECT id FROM notification WHERE player_id = :friend AND operation_id <= :operation"
    " ORDER BY id DESC LIMIT 1",
    int,
)
_ACTED = Statement(
    "SELECT 1 FROM operation INDEXED BY operation_told WHERE player_id = :friend"
    " AND id > :operation AND kind <> 'settle' LIMIT 1",
    int,
)


@dataclass(frozen=True, slots=True)
class DoneOperation:
    """An operation that may be taken back, with what it did and what became of that.

    Attributes:
        operation: its number.
        done: what became of it.
        items: its player items, in the order in which they moved.
        gift: where it is a gift, what the friend got.
    """

    operation: int
    done: Done
    items: tuple[int, ...]
    gift: ReceivedGift | None = None

    @property
    def receiver(self) -> str:
        """The friend's name where it is a gift, or an empty text."""
        return "" if self.gift is None else self.gift.receiver


def read_done(
    player: Player, connection: Connection, number: int | None, now: int
) -> DoneOperation | Refusal:
    """A player's operation and what became of it; without a number, the latest not undone."""
    me = player.id
    if number is None:
        latest = [
            connection.execute(_LATEST, {"me": me, "kind": str(kind)}).first() for kind in Undoable
        ]
        number = max((each for each in latest if each is not None), default=None)
    if number is None:
        return nothing_to_undo()
    known = 0 < number < 2**63
    row = connection.execute(_OPERATION, {"me": me, "operation": number if known else 0}).first()
    if row is None or row.kind not in set(Undoable):
        return not_undoable(number)
    kind = Undoable(row.kind)
    moved = _moved(player, connection, number, _EVENTS[kind])
    if not moved:
        return not_undoable(number)
    at = done_at(connection, number, row.at, now)
    return _done(player, connection, kind, row, at, moved)


def _moved(player: Player, connection: Connection, number: int, event: Event) -> list[_Moved]:
    asked = {"operation": number, "me": player.id, "event": str(event)}
    return connection.execute(_MOVED, asked).all()


def _done(
    player: Player,
    connection: Connection,
    kind: Undoable,
    row: _Operation,
    at: int,
    moved: list[_Moved],
) -> DoneOperation:
    me, catalogue = player.id, player.world.catalogue
    items = [catalogue.item(connection, each.item_id) for each in moved]
    asked: dict[str, object] = {"me": me, "operation": row.id}
    gear = sum(item.category in GEAR for item in items)
    conditions = json.dumps(sorted(COUNTS[kind]))
    gift = None
    if kind is Undoable.GIFT:
        gift = connection.execute(_GIFT, {"given": moved[0].id, "operation": row.id}).one()
        ended = _seen(connection, row.id, gift)
    else:
        ended = _moved_on(connection, row.id, kind, moved)
    back = kind is not Undoable.LIST
    done = Done(
        kind=kind,
        name=items[0].name,
        number=len(moved),
        at=at,
        oranges=connection.execute(_PAID, {"operation": row.id}).one(),
        purse=purse_of(connection, me).oranges,
        gear=gear if back else 0,
        room=gear_room(connection, me) if gear and back else 0,
        owned=_owned(player, connection, items) if back else "",
        goal=connection.execute(_GOAL, {**asked, "conditions": conditions}).first() or "",
        ended=ended,
        undone=bool(row.undone),
    )
    return DoneOperation(row.id, done, tuple(each.id for each in moved), gift)


def _moved_on(connection: Connection, number: int, kind: Undoable, moved: list[_Moved]) -> str:
    """What happened since to a player item, or an empty text."""
    for each in moved:
        if each.since:
            asked = {"player_item": each.id, "operation": number, "event": str(_EVENTS[kind])}
            return moved_on_words(Event(connection.execute(_NEXT_EVENT, asked).one()))
    return ""


def _owned(player: Player, connection: Connection, items: list[CatalogueItem]) -> str:
    """A name of what nobody has twice and the player has again, or an empty text."""
    for item in items:
        asked = {"me": player.id, "item": item.id}
        if item.category in COSMETICS and connection.execute(_OWNED, asked).first() is not None:
            return item.name
    return ""


def _seen(connection: Connection, number: int, gift: ReceivedGift) -> str:
    """What the friend did with what they got, or an empty text."""
    asked = {"friend": gift.receiver_id, "operation": number}
    expired = connection.execute(_EXPIRED, {"operation": number}).first() is not None
    moved = gift.version != 1 or bool(gift.locked)
    seen = acted = False
    if not gift.neighbour:
        first = connection.execute(_FIRST_TOLD, asked).first() or 0
        seen = connection.execute(_SEEN, {**asked, "first": first}).first() is not None
        acted = connection.execute(_ACTED, asked).first() is not None
    return seen_words(gift.receiver, expired=expired, moved=moved, seen=seen, acted=acted)
