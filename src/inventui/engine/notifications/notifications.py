"""Notifications: reading them, and marking them as seen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement
from inventui.engine.notifications.models import Notification, NotificationPage
from inventui.rules.core.enums import Tone

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

MOST_FRESH = 50
"""Most notifications that `fresh` returns at once."""

MOST_ON_A_PAGE = 1_000

_COLUMNS = "id, at, kind, tone, message, place, player_item_id, seen"
_UNREAD = Statement(
    "SELECT count(*) FROM (SELECT 1 FROM notification INDEXED BY notification_unseen"
    " WHERE player_id = :player AND seen = 0 LIMIT {most}) u",
    int,
    most=MOST_ON_A_PAGE,
)
_LATEST = Statement("SELECT coalesce(max(id), 0) FROM notification WHERE player_id = :player", int)


class _Written(NamedTuple):
    id: int
    at: int
    kind: str
    tone: str
    message: str
    place: str
    player_item_id: int | None
    seen: int


_FRESH = Statement(
    "SELECT {columns} FROM notification"
    " WHERE player_id = :player AND id > :after ORDER BY id LIMIT :most",
    _Written,
    columns=_COLUMNS,
)
_PAGE = Statement(
    "SELECT {columns} FROM notification WHERE player_id = :player AND id < :before"
    " ORDER BY id DESC LIMIT :limit",
    _Written,
    columns=_COLUMNS,
)
_UNREAD_PAGE = Statement(
    "SELECT {columns} FROM notification INDEXED BY notification_unseen"
    " WHERE player_id = :player AND seen = 0 AND id < :before ORDER BY id DESC LIMIT :limit",
    _Written,
    columns=_COLUMNS,
)
_NEW_GIFTS = Statement(
    "SELECT id FROM (SELECT id, kind, shown FROM notification INDEXED BY notification_unseen"
    " WHERE player_id = :player AND seen = 0 ORDER BY id DESC LIMIT {most}) u"
    " WHERE kind = 'gift' AND shown = 0",
    int,
    most=MOST_FRESH,
)
_SEEN = Statement(
    "UPDATE notification SET seen = 1 WHERE player_id = :player AND seen = 0"
    " AND id IN (SELECT value FROM json_each(:ids))"
)
_SHOWN = Statement(
    "UPDATE notification SET shown = 1 WHERE player_id = :player AND shown = 0"
    " AND id IN (SELECT value FROM json_each(:ids))"
)


class Notifications:
    """One player's notifications."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._player = handle.id
        self._store = handle.world.store

    def unread(self) -> int:
        """How many were never seen; of more than 1,000 only so many are counted."""
        with self._store.read() as connection:
            return int(connection.execute(_UNREAD, {"player": self._player}).one())

    def latest(self) -> int:
        """The number of the last one, or 0."""
        with self._store.read() as connection:
            return int(connection.execute(_LATEST, {"player": self._player}).one())

    def fresh(self, after: int) -> tuple[Notification, ...]:
        """Those with a number above `after`, oldest first; at most 50."""
        asked = {"player": self._player, "after": after, "most": MOST_FRESH}
        with self._store.read() as connection:
            return tuple(_notification(row) for row in connection.execute(_FRESH, asked))

    def page(
        self, before: int | None = None, limit: int = MOST_FRESH, *, unread: bool = False
    ) -> NotificationPage:
        """A page of notifications, the newest first.

        Args:
            before: goes on after a page: what it gave as `next`.
            limit: most of them, 1 to 1,000.
            unread: only those that were never seen.
        """
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        last = 2**63 - 1 if before is None else max(0, min(before, 2**63 - 1))
        asked = {"player": self._player, "before": last, "limit": limit + 1}
        with self._store.read() as connection:
            rows = connection.execute(_UNREAD_PAGE if unread else _PAGE, asked).all()
        told = tuple(_notification(row) for row in rows[:limit])
        return NotificationPage(told, told[-1].id if len(rows) > limit else None)

    def seen(self, ids: Iterable[int]) -> int:
        """Mark these as seen; how many of them were not seen before.

        Other players' notifications are left as they are.
        """
        with self._store.write() as connection:
            asked = {"player": self._player, "ids": json.dumps(sorted(ids))}
            return int(connection.execute(_SEEN, asked).rowcount)

    def show_gifts(self) -> int:
        """Keep that the player, who is here now, sees what they were given; how many are new.

        They are looked for among the latest 50 that were never read: older ones can't be taken
        back anyway.
        """
        with self._store.read() as connection:
            gifts = connection.execute(_NEW_GIFTS, {"player": self._player}).all()
        return self.shown(gifts) if gifts else 0

    def shown(self, ids: Iterable[int]) -> int:
        """Keep that these were shown to the player, who need not have read them; how many were new.

        What a friend gave can be taken back until then.
        """
        with self._store.write() as connection:
            asked = {"player": self._player, "ids": json.dumps(sorted(ids))}
            return int(connection.execute(_SHOWN, asked).rowcount)


def _notification(row: _Written) -> Notification:
    return Notification(
        row.id,
        row.at,
        row.kind,
        Tone(row.tone),
        row.message,
        row.place,
        row.player_item_id,
        bool(row.seen),
    )
