"""Lines of the feed: how each operation concerned its reader, in words, sums and player items."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Connection, Statement
from inventui.engine.history.feed_models import FeedItem, FeedLine
from inventui.rules.core.enums import Event, Rarity
from inventui.rules.core.money import Currency
from inventui.rules.history import achieved_words, feed_words, time_words
from inventui.rules.people.friends import FriendEvent
from inventui.rules.trades.trades import TradeEvent
from inventui.rules.workshop import input_words

MOST_NAMED = 5
"""Most player items that a line names."""


_NAMING = words(
    {"rob", "gift", "rename", "settle", "fuse", "complete", "bazaar_buy", "trade", "achieve"}
    | {f"friend_{event}" for event in FriendEvent}
    | {f"trade_{event}" for event in TradeEvent}
)
"""Kinds of operations whose outcome is read for a name; what was locked stands in the request."""


class _Operation(NamedTuple):
    id: int
    at: int
    kind: str
    player_id: int | None
    actor: str | None
    told: str | None


_LINES = Statement(
    "SELECT o.id, o.at, o.kind, o.player_id, p.name AS actor,"
    " CASE WHEN o.kind = 'lock' THEN o.request WHEN o.kind IN {naming} THEN o.outcome END AS told"
    " FROM json_each(:ids) j"
    " JOIN operation o ON o.id = j.value LEFT JOIN player p ON p.id = o.player_id",
    _Operation,
    naming=_NAMING,
)


class _Named(NamedTuple):
    id: int
    name: str


_NAMES = Statement(
    "SELECT p.id, i.name FROM json_each(:ids) j JOIN player_item p ON p.id = j.value"
    " JOIN item i ON i.id = p.item_id",
    _Named,
)


class _MoneyMoved(NamedTuple):
    id: int
    currency: str
    amount: int


_SUMS = Statement(
    "SELECT j.value AS id, a.currency,"
    " sum(CASE WHEN t.to_account_id = a.id THEN t.amount ELSE -t.amount END) AS amount"
    " FROM json_each(:ids) j CROSS JOIN transfer t ON t.operation_id = j.value"
    " CROSS JOIN account a ON a.id IN (t.from_account_id, t.to_account_id)"
    " WHERE a.player_id = :me GROUP BY 1, 2",
    _MoneyMoved,
)


# An operation may move ten thousand player items: only the first few are looked at.
class _ItemMoved(NamedTuple):
    id: int
    player_item_id: int
    event: str
    name: str
    rarity: str


_PLAYER_ITEMS = Statement(
    "SELECT j.value AS id, m.player_item_id, m.event, i.name, i.rarity FROM json_each(:ids) j"
    " CROSS JOIN move m ON m.id IN (SELECT n.id FROM move n WHERE n.operation_id = j.value"
    " ORDER BY n.id LIMIT :most) CROSS JOIN player_item p ON p.id = m.player_item_id"
    " CROSS JOIN item i ON i.id = p.item_id WHERE p.player_id = :me ORDER BY j.value, m.id",
    _ItemMoved,
)


# A period of the bazaar moves items of many players: who bought what of one stands in listings.
class _ItemSold(NamedTuple):
    id: int
    buyer: str
    player_item_id: int
    name: str
    rarity: str


_TURNS = Statement(
    "SELECT j.value AS id, b.name AS buyer, l.player_item_id, i.name, i.rarity"
    " FROM json_each(:ids) j CROSS JOIN listing l INDEXED BY listing_sold ON l.state = 'sold'"
    " AND l.seller_id = :me AND l.ended_by = j.value JOIN item i ON i.id = l.item_id"
    " JOIN player b ON b.id = l.buyer_id ORDER BY j.value, l.id",
    _ItemSold,
)


QUESTS = Statement("SELECT slug FROM achievement WHERE quest = 1", str)
"""Which goals are quests: the outcome of an operation does not say it."""


def feed_lines(connection: Connection, me: int, ids: list[int]) -> tuple[FeedLine, ...]:
    """How some operations concerned a player, in the order of their numbers given."""
    asked = {"ids": json.dumps(ids), "me": me, "most": MOST_NAMED + 1}
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    for line in connection.execute(_SUMS, asked):
        sums[line.id][line.currency] = line.amount
    player_items: dict[int, list[FeedItem]] = defaultdict(list)
    for moved in connection.execute(_PLAYER_ITEMS, asked):
        player_items[moved.id].append(
            FeedItem(moved.player_item_id, moved.name, Rarity(moved.rarity), Event(moved.event))
        )
    rows = {row.id: row for row in connection.execute(_LINES, asked)}
    told = {number: json.loads(row.told or "{}") for number, row in rows.items()}
    for row in rows.values():
        if row.kind == "lock":
            told[row.id]["name"] = _names(connection, told[row.id]["items"])
    achieving = any(row.kind == "achieve" for row in rows.values())
    quests = set(connection.execute(QUESTS)) if achieving else set()
    turns = [number for number in ids if rows[number].kind == "bazaar_turn"]
    buyers: dict[int, dict[str, None]] = defaultdict(dict)
    if turns:
        # These move items of many players, so the first few would rarely be this one's.
        for number in turns:
            player_items[number] = []
        for sold in connection.execute(_TURNS, {"ids": json.dumps(turns), "me": me}):
            buyers[sold.id][sold.buyer] = None
            player_items[sold.id].append(
                FeedItem(sold.player_item_id, sold.name, Rarity(sold.rarity), Event.SELL)
            )
    return tuple(
        _line(
            rows[number], told[number], me, sums[number], player_items[number],
            " and ".join(buyers[number]), quests,
        )
        for number in ids
    )  # fmt: skip


def _names(connection: Connection, numbers: Sequence[int]) -> str:
    """What some player items are called: the first few, and how many more there are."""
    shown = connection.execute(_NAMES, {"ids": json.dumps(numbers[:MOST_NAMED])})
    more = len(numbers) - MOST_NAMED
    return input_words([name for _, name in shown]) + (f" and {more} more" if more > 0 else "")


def _line(
    row: _Operation, told: dict[str, Any], me: int, sums: dict[str, int],
    player_items: list[FeedItem], buyers: str, quests: set[str],
) -> FeedLine:  # fmt: skip
    mine = row.player_id in (me, None) and not buyers
    # Whom it concerned stands in the outcome; who did it, in the operation itself.
    whom = ("target", "receiver", "seller", "other", "name")
    named = next((told[key] for key in whom if told.get(key)), "")
    awards = told["awards"] if row.kind == "achieve" else ()
    done = [award["name"] for award in awards if award["achievement"] in quests]
    achieved = [award["name"] for award in awards if award["achievement"] not in quests]
    if awards:
        named = ", ".join(award["name"] for award in awards)
    elif row.kind == "fuse":
        # What went in is named in the words, so that what came out stands alone.
        named = input_words(told["names"])
        player_items = [
            player_item for player_item in player_items if player_item.event is Event.ACQUIRE
        ]
    other = buyers or (named if mine else row.actor or "")
    success = bool(told.get("success", told.get("locked", True)))
    return FeedLine(
        operation=row.id,
        at=row.at,
        kind=row.kind,
        words=_time(told)
        if row.kind == "settle"
        else achieved_words(achieved, done)
        if awards
        else feed_words(row.kind, other, mine=mine, success=success),
        mine=mine,
        other=other,
        oranges=sums.get(Currency.ORANGES, 0),
        gems=sums.get(Currency.GEMS, 0),
        experience=sums.get(Currency.EXPERIENCE, 0),
        player_items=tuple(player_items[:MOST_NAMED]),
        more=len(player_items) > MOST_NAMED,
        message=told.get("message") or told.get("answer") or "",
        quest=bool(done) and not achieved,
    )


def _time(told: dict[str, Any]) -> str:
    raids = told.get("raids", ())
    return time_words(
        [raid["robber"] for raid in raids if raid["success"]],
        [raid["robber"] for raid in raids if not raid["success"]],
        list(dict.fromkeys(call["name"] for call in told.get("calls", ()))),
    )
