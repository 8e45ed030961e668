"""The lifecycle of a player item, as one table.

A player item belongs to one player for ever, and only its status changes. It begins with nothing
(`None`), enters as owned or escrowed, and may go back and forth between owned and a few statuses
that bind it (equipped, listed, offered). Every other status is an end (`ENDS`), which only an
undo leaves, within a minute. After some ends the same item goes on as another player's row, which
points back to this one (`HANDED_ON`), so a player item is traced through all owners without ever
changing hands itself; a gift that is taken back ends there as returned.

`TRANSITIONS` maps (status, event) to the next status and is the only place that says so. A pair
that is missing is refused: by the engine with a reason (`rules.inventory.inventory.check_move`);
by the database with triggers generated from this table, if anything goes round the engine; and the
audit replays every journal against it. A new event begins with a line here.

A lock is no status: the player may set it on what they hold, and it forbids seven events until it
is taken off. What somebody else may take at any moment (`PROMISED`) can't be locked.

`tests/rules/test_lifecycle.py` tries every pair of status and event against a table of its own,
and fails if a line is added without its being written there too.
"""

from functools import cache
from types import MappingProxyType

from inventui.rules.core.enums import Event, Status

TRANSITIONS = MappingProxyType(
    {
        (None, Event.ACQUIRE): Status.OWNED,
        (None, Event.DROP): Status.ESCROWED,
        (Status.ESCROWED, Event.CLAIM): Status.OWNED,
        (Status.ESCROWED, Event.EXPIRE): Status.EXPIRED,
        (Status.OWNED, Event.EQUIP): Status.EQUIPPED,
        (Status.EQUIPPED, Event.UNEQUIP): Status.OWNED,
        (Status.OWNED, Event.SELL): Status.SOLD,
        (Status.OWNED, Event.WITHDRAW): Status.WITHDRAWN,
        (Status.OWNED, Event.GIFT): Status.GIFTED,
        (Status.OWNED, Event.USE_UP): Status.CONSUMED,
        (Status.OWNED, Event.LIST): Status.LISTED,
        (Status.LISTED, Event.DELIST): Status.OWNED,
        (Status.LISTED, Event.SELL): Status.SOLD,
        (Status.OWNED, Event.OFFER): Status.OFFERED,
        (Status.OFFERED, Event.TAKE_BACK): Status.OWNED,
        (Status.OFFERED, Event.TRADE): Status.TRADED,
        (Status.OWNED, Event.FUSE): Status.FUSED,
        (Status.OWNED, Event.STEAL): Status.STOLEN,
        (Status.OWNED, Event.BREAK): Status.DESTROYED,
        (Status.EQUIPPED, Event.BREAK): Status.DESTROYED,
        (Status.EQUIPPED, Event.EVICT): Status.DESTROYED,
        (Status.OWNED, Event.DISCARD): Status.DESTROYED,
        (Status.SOLD, Event.UNDO): Status.OWNED,
        (Status.DESTROYED, Event.UNDO): Status.OWNED,
        (Status.GIFTED, Event.UNDO): Status.OWNED,
        (Status.OWNED, Event.RETURN): Status.RETURNED,
        (Status.ESCROWED, Event.RETURN): Status.RETURNED,
    }
)

ENDS = frozenset(
    {
        Status.SOLD,
        Status.WITHDRAWN,
        Status.GIFTED,
        Status.CONSUMED,
        Status.TRADED,
        Status.FUSED,
        Status.STOLEN,
        Status.DESTROYED,
        Status.EXPIRED,
        Status.RETURNED,
    }
)
"""Statuses that nothing leaves but an undo."""

UNDOING = frozenset({Event.UNDO, Event.RETURN})
"""Events that take an earlier operation back; see `rules.undo`."""

HANDED_ON = frozenset({Status.SOLD, Status.GIFTED, Status.TRADED, Status.STOLEN})
"""Ends after which another player's row goes on where this one ends."""

HELD = frozenset({Status.OWNED, Status.EQUIPPED, Status.LISTED, Status.OFFERED})
"""Statuses that count as held: in the inventory, and gear takes up room."""

PROMISED = frozenset({Status.LISTED, Status.OFFERED})
"""Statuses in which another player may take it at any moment, so that it can't be locked."""

LOCK_FORBIDS = frozenset(
    {
        Event.SELL,
        Event.FUSE,
        Event.LIST,
        Event.OFFER,
        Event.GIFT,
        Event.WITHDRAW,
        Event.DISCARD,
    }
)
"""Events that a lock forbids."""

GEAR_ROOM = 10
"""Most pieces of gear held at once by a player."""

ESCROW_ROOM = 3
"""Most player items in escrow at once; one more makes the oldest expire."""


def advance(status: Status | None, event: Event) -> Status | None:
    """The status after `event`, or None where the table has no such line."""
    return TRANSITIONS.get((status, event))


@cache
def legal_events(status: Status | None, *, locked: bool = False) -> frozenset[Event]:
    """Every event that may happen to a player item in `status`, locked or not, but an undo."""
    return frozenset(
        event
        for (start, event) in TRANSITIONS
        if start == status and event not in UNDOING and not (locked and event in LOCK_FORBIDS)
    )
