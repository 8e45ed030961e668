"""The life of a player item, as one table.

`TRANSITIONS` maps (status, event) to the next status; `None` is the state before
the first line of the journal. What is not in the table is refused, by the engine
with a reason and by the database with triggers generated from this same table.
"""

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
    }
)
"""Statuses that nothing leaves."""

HANDED_ON = frozenset({Status.SOLD, Status.GIFTED, Status.TRADED, Status.STOLEN})
"""Ends after which the same thing goes on as another row."""

HELD = frozenset({Status.OWNED, Status.EQUIPPED, Status.LISTED, Status.OFFERED})
"""Statuses that stand in the inventory (and take up room, if gear)."""

PROMISED = frozenset({Status.LISTED, Status.OFFERED})
"""Statuses in which somebody else may take a player item at any moment: it can't be locked then."""

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
"""What a locked item can't undergo until it is unlocked."""

GEAR_ROOM = 10
"""Most pieces of gear held at once by a player."""

ESCROW_ROOM = 3
"""Most items in escrow at once; a fourth makes the oldest expire."""


def advance(status: Status | None, event: Event) -> Status | None:
    """The status after `event`, or None where the table has no such line."""
    return TRANSITIONS.get((status, event))


def legal_events(status: Status | None, *, locked: bool = False) -> frozenset[Event]:
    """Every event that may happen to an item in `status`, honouring its lock."""
    return frozenset(
        event
        for (start, event) in TRANSITIONS
        if start == status and not (locked and event in LOCK_FORBIDS)
    )
