"""The feed: everything that concerned one player, an operation a line, the newest first.

Nothing is stored for it: an operation concerns the player who asked for it, and those whom its
journals name. A page must be as quick at a million operations as at 1,000, so there is a source
for each way of being concerned: the player's own operations by kind, gifts received, robberies
suffered, sales to others, answers to offers, what others did towards them, grants. Each source
is a statement that gives the latest operations below a number from an index of its own. A
page takes so many of each, merges them by number, and reads further only what it shows.

A topic narrows the sources. An operation that may bring `either` (a gift, a grant, a span of time)
belongs to money or to player items by what it brought, which triggers note in the table `brought`:
under these two topics that is its source. Lines of gifts, robberies and friendships are numbered in
the order of their operations, so the last one below a number is found by halving (`_LAST_BELOW`).

What must hold: pages of any length give the same lines, topics together leave nothing out, and
nothing is told that concerns others alone. `tests/engine/test_feed.py` fails otherwise, and also
where a new kind of operation is neither told nor left out on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.history.feed_lines import feed_lines
from inventui.engine.history.feed_models import FeedPage
from inventui.room import Topic
from inventui.rules.history import BROUGHT, kinds_of
from inventui.rules.trades.trades import Side, TradeState

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

PAGE = 50
MOST_ON_A_PAGE = 1_000

_LAST_BELOW = (
    "WITH RECURSIVE half (low, high) AS (SELECT CAST(0 AS BIGINT), coalesce(max(id), 0)"
    " FROM {table} UNION ALL SELECT CASE WHEN n.operation_id < :before THEN n.id ELSE low END,"
    " CASE WHEN n.operation_id < :before THEN high ELSE n.id - 1 END"
    " FROM half JOIN {table} n ON n.id = (low + high + 1) / 2 WHERE low < high)"
    " SELECT low FROM half WHERE low = high"
)
"""The last line of a journal that belongs to an operation below :before, found by halving."""

_OWN = Statement(
    "SELECT id FROM operation WHERE player_id = :me AND kind = :kind AND id < :before"
    " ORDER BY id DESC LIMIT :limit",
    int,
)
_ALL_OWN = Statement(
    "SELECT id FROM operation INDEXED BY operation_told WHERE player_id = :me AND id < :before"
    " AND kind <> 'settle' AND +kind IN (SELECT value FROM json_each(:kinds, '$'))"
    " ORDER BY id DESC LIMIT :limit",
    int,
)
_BROUGHT = {
    topic: Statement(
        "SELECT operation_id FROM brought INDEXED BY brought_{flag} WHERE player_id = :me"
        " AND kind = :kind AND {flag} = 1 AND operation_id < :before"
        " ORDER BY operation_id DESC LIMIT :limit",
        int,
        flag=flag,
    )
    for topic, flag in ((Topic.MONEY, "money"), (Topic.THINGS, "items"))
}
"""What may bring either, and brought the player that of one of these topics."""

_SILENT = ("settle", "grant", "player", "undo")
"""What brought a player nothing, or was another's, gets no line."""

_SPLATS = Statement(
    "SELECT operation_id AS id FROM effect WHERE player_id = :me AND kind = 'splat'"
    " AND operation_id < :before ORDER BY effect.id DESC LIMIT :limit",
    int,
)

# One operation may sell several player items of one player.
_SOLD = Statement(
    "SELECT ended_by AS id FROM listing INDEXED BY listing_sold WHERE state = 'sold'"
    " AND seller_id = :me AND ended_by < :before GROUP BY ended_by"
    " ORDER BY ended_by DESC LIMIT :limit",
    int,
)


def _source(table: str, where: str, index: str) -> Statement[int]:
    return Statement(
        "SELECT operation_id FROM {table} INDEXED BY {index} WHERE {where}"
        " AND {table}.id <= ({last}) ORDER BY {table}.id DESC LIMIT :limit",
        int,
        table=table,
        where=where,
        index=index,
        last=_LAST_BELOW.format(table=table),
    )


_RECEIVED = _source("gift", "receiver_id = :me", "gift_to")
_RECEIVED_BROUGHT = {
    Topic.MONEY: _source("gift", "receiver_id = :me AND given_id IS NULL", "gift_money_to"),
    Topic.THINGS: _source("gift", "receiver_id = :me AND given_id IS NOT NULL", "gift_items_to"),
}
_ROBBED = _source("robbery", "victim_id = :me", "robbery_of")
_TOWARDS = (
    _source("friendship", "low_id = :me", "friendship_low"),
    _source("friendship", "high_id = :me", "friendship_high"),
)

_OFFERED = _source("trade", "partner_id = :me", "trade_of_partner")
_ENDED = (
    "SELECT ended_by AS id FROM trade INDEXED BY trade_ended_of_{side} WHERE {side}_id = :me"
    " AND state = :state AND ended_by < :before ORDER BY ended_by DESC LIMIT :limit"
)
_TAKEN_BACK = Statement(_ENDED, int, side=Side.PARTNER)
_ANSWERED = Statement(_ENDED, int, side=Side.PROPOSER)


class Feed:
    """One player's feed."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def page(
        self, topic: Topic | None = None, after: int | None = None, limit: int = PAGE
    ) -> FeedPage:
        """What happened, the newest first.

        Args:
            topic: narrows it down; None for all.
            after: goes on after a page: what it gave as `next`.
            limit: most lines, 1 to 1,000.
        """
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        before = 2**63 - 1 if after is None else max(0, min(after, 2**63 - 1))
        asked = {"me": self._handle.id, "before": before, "limit": limit + 1}
        with self._world.store.read() as connection:
            found = sorted(self._numbers(connection, topic, asked), reverse=True)
            ids = found[:limit]
            lines = feed_lines(connection, self._handle.id, ids)
        return FeedPage(lines, ids[-1] if len(found) > limit else None)

    def _numbers(
        self, connection: Connection, topic: Topic | None, asked: Mapping[str, object]
    ) -> set[int]:
        """Numbers of the latest operations of every source that has the topic."""
        kinds = kinds_of(topic)
        numbers: set[int] = set()

        def take(statement: Statement[int], **more: object) -> None:
            numbers.update(connection.execute(statement, {**asked, **more}))

        either = [_BROUGHT[topic]] if topic in _BROUGHT else [*_BROUGHT.values()]
        if topic is None:
            take(_ALL_OWN, kinds=json.dumps(kinds))
        for kind in kinds:
            if kind in _SILENT or (topic in _BROUGHT and kind in BROUGHT):
                for statement in either:
                    take(statement, kind=kind)
            elif topic is not None:
                take(_OWN, kind=kind)
        self._of_others(kinds, topic, take)
        return numbers

    def _of_others(
        self, kinds: Sequence[str], topic: Topic | None, take: Callable[..., None]
    ) -> None:
        """Take from the sources of what others did that concerned the player."""
        if "bazaar_buy" in kinds:
            take(_SOLD)
        if "rob" in kinds:
            take(_ROBBED)
        if "gift" in kinds:
            # A present of a neighbour's belongs to the span of time in which it came.
            take(_RECEIVED if topic is None else _RECEIVED_BROUGHT.get(topic, _RECEIVED))
        if topic in _BROUGHT:
            return
        if "trade" in kinds:
            for state in (TradeState.ACCEPTED, TradeState.DECLINED, TradeState.COUNTERED):
                take(_ANSWERED, state=str(state))
            take(_OFFERED)
            take(_TAKEN_BACK, state=str(TradeState.TAKEN_BACK))
        if "friend_request" in kinds:
            for statement in _TOWARDS:
                take(statement)
            take(_SPLATS)
