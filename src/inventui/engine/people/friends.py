"""Friends: requesting, accepting, declining and removing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Statement
from inventui.engine.core.context import Look
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.people import (
    EVERYBODY,
    NEIGHBOURS,
    PEOPLE,
    Person,
    find_person,
    friendship_with,
    write_friend_event,
)
from inventui.engine.people.models import MOST_LISTED, FriendChange, FriendLine
from inventui.rules.core.enums import Tone
from inventui.rules.core.ranks import neighbour_standing, standing
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.friends import (
    FRIENDSHIP_TRANSITIONS,
    FriendEvent,
    FriendshipState,
    check_friend_event,
)
from inventui.rules.people.players import name_key, normal_name

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


_NEIGHBOURS = Statement(
    "{people} AND p.id <> :me ORDER BY n.position",
    Person,
    people=PEOPLE.format(source=NEIGHBOURS),
)
_KNOWN = Statement(
    "{people} AND n.id IS NULL AND p.id IN (SELECT * FROM (SELECT high_id FROM friendship"
    " INDEXED BY friendship_low WHERE low_id = :me ORDER BY id DESC LIMIT {most}) l UNION"
    " SELECT * FROM (SELECT low_id FROM friendship INDEXED BY friendship_high WHERE high_id = :me"
    " ORDER BY id DESC LIMIT {most}) h)",
    Person,
    people=PEOPLE.format(source=EVERYBODY),
    most=MOST_LISTED,
)
_OTHERS = Statement(
    "{people} AND n.id IS NULL AND p.id <> :me ORDER BY p.name_key LIMIT {most}",
    Person,
    people=PEOPLE.format(source=EVERYBODY),
    most=MOST_LISTED,
)
_NAMED = Statement(
    "{people} AND p.id <> :me AND p.name_key >= :first AND p.name_key < :beyond"
    " ORDER BY p.name_key LIMIT {most}",
    Person,
    people=PEOPLE.format(source=EVERYBODY),
    most=MOST_LISTED,
)

TOLD = {
    FriendEvent.REQUEST: "{name} asks to be your friend.",
    FriendEvent.ACCEPT: "{name} is your friend now.",
    FriendEvent.DECLINE: "{name} would rather not be your friend.",
    FriendEvent.REMOVE: "{name} is not your friend any more.",
}
"""What the other player is told of each event."""


class Friends:
    """One player's friends."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def list(self, also: str = "") -> tuple[FriendLine, ...]:
        """Who waits for an answer, then friends, then others.

        Of a world with more people these are the neighbours, whom the latest events were about,
        the first 1,000 by name, and whoever is called `also`; `find` and `named` know everybody.
        """
        self._world.before_look(Look.NEIGHBOURS)
        me = {"me": self._handle.id}
        with self._world.store.read() as connection:
            neighbours = connection.execute(_NEIGHBOURS, me).all()
            persons = {row.id: row for row in connection.execute(_KNOWN, me)}
            persons |= {row.id: row for row in connection.execute(_OTHERS, me)}
            found = find_person(connection, self._handle.id, also) if also else None
            if isinstance(found, Person) and not found.neighbour and found.id != self._handle.id:
                persons[found.id] = found
        rows = [*neighbours, *sorted(persons.values(), key=lambda row: name_key(row.name))]
        lines = [_line(row, self._handle.id) for row in rows]
        order = (
            FriendshipState.WAITING,
            FriendshipState.FRIENDS,
            FriendshipState.ASKED,
            FriendshipState.NONE,
        )
        return tuple(sorted(lines, key=lambda line: order.index(line.bond)))

    def find(self, name: str) -> FriendLine | Refusal:
        """How the player stands with somebody."""
        self._world.before_look(Look.NEIGHBOURS)
        with self._world.store.read() as connection:
            found = find_person(connection, self._handle.id, name)
        return found if isinstance(found, Refusal) else _line(found, self._handle.id)

    def named(self, beginning: str) -> tuple[FriendLine, ...]:
        """The first 1,000 people whose names begin so, by name."""
        self._world.before_look(Look.NEIGHBOURS)
        first = name_key(normal_name(beginning))
        asked = {"me": self._handle.id, "first": first, "beyond": f"{first}{chr(sys.maxunicode)}"}
        with self._world.store.read() as connection:
            return tuple(_line(row, self._handle.id) for row in connection.execute(_NAMED, asked))

    def change(
        self, name: str, event: FriendEvent, key: str | None = None
    ) -> FriendChange | Refusal:
        """Request, accept, decline, or remove: a friendship, or one's own request."""
        self._world.before_look(Look.NEIGHBOURS, wait=True)
        wanted = name_key(normal_name(name))
        intent = Intent(
            f"friend_{event}",
            {"player": wanted},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(
            self._world, intent, lambda draft: self._change(draft, name, event), FriendChange
        )

    def _change(self, draft: Draft, name: str, event: FriendEvent) -> FriendChange | Refusal:
        me = self._handle.id
        found = find_person(draft.connection, me, name)
        if isinstance(found, Refusal):
            return found
        draft.settle(found.id)
        # Their time may just have brought an answer.
        found = find_person(draft.connection, me, name)
        assert not isinstance(found, Refusal)
        before = friendship_with(found, me)
        refusal = check_friend_event(found.name, before, event, myself=found.id == me)
        if refusal is not None:
            return refusal
        operation = draft.begin()
        write_friend_event(operation, me, found.id, event)
        if not found.neighbour:
            tone = Tone.SUCCESS if event is FriendEvent.ACCEPT else Tone.INFO
            said = TOLD[event].format(name=self._handle.name)
            notify(operation, found.id, f"friend_{event}", tone, said, "people")
        return FriendChange(operation.id, found.name, event, FRIENDSHIP_TRANSITIONS[before, event])


def _line(row: Person, me: int) -> FriendLine:
    details = json.loads(row.details) if row.details else {}
    lines = details.get("lines") or ("",)
    held = neighbour_standing(row.worth) if row.neighbour else standing(row.experience)
    return FriendLine(
        player=row.id,
        name=row.name,
        rank=held.rank,
        neighbour=bool(row.neighbour),
        bond=friendship_with(row, me),
        since=row.since,
        emoji=details.get("emoji", ""),
        sprite=details.get("sprite", ""),
        line=details.get("character", "") or lines[0],
    )
