"""Between people: a gift against hand-written SQL, the feed at a million events."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path

from benchmarks import worlds
from benchmarks.floors.giving import HandGift
from benchmarks.harness import Effort, Row, Side, compare, timed
from inventui.engine.core.models import PlayerCard
from inventui.engine.history.feed_models import FeedPage
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.shop.models import Purchase
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.people.friends import FriendEvent

FRIEND = "bob"
GIVEN = "donut"
"""A consumable: a friend may have any number of them."""

MANY, QUICK_MANY, FEW = 1_000_000, 100_000, 1_000
PAGE = 50
PLACES = 40
"""Deep pages are asked for at so many places in turn: none is warm from the last time."""


def people(folder: Path, effort: Effort) -> Iterator[Row]:
    """Giving, then reading the feed."""
    yield _gifts(folder, effort)
    yield from _feeds(folder, effort)


def _befriended(path: Path) -> None:
    """A world in which the player has a friend."""
    worlds.make(path)
    with World.open(path, daily_backup=False) as world:
        added = world.players.add(FRIEND)
        assert isinstance(added, PlayerCard), added
        for who, other, event in (
            (worlds.PLAYER, FRIEND, FriendEvent.REQUEST),
            (FRIEND, worlds.PLAYER, FriendEvent.ACCEPT),
        ):
            handle = world.player(who)
            assert isinstance(handle, PlayerHandle), handle
            changed = handle.friends.change(other, event)
            assert isinstance(changed, FriendChange), changed


def _gifts(folder: Path, effort: Effort) -> Row:
    pairs, warm = effort(400, 40), 20
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    _befriended(ours)
    with World.open(ours, daily_backup=False) as world:
        player = worlds.player_of(world)
        player_items = []
        for _ in range(pairs + warm):
            bought = player.shop.buy(GIVEN)
            assert isinstance(bought, Purchase), bought
            player_items += bought.item_ids
    shutil.copyfile(ours, theirs)
    with (
        World.open(ours, daily_backup=False) as world,
        closing(HandGift(theirs, worlds.PLAYER, FRIEND)) as hand,
    ):
        player = worlds.player_of(world)
        ours_left, theirs_left = iter(player_items), iter(player_items)

        def give() -> None:
            sent = player.gifts.send_item(FRIEND, next(ours_left))
            assert isinstance(sent, GiftSent), sent

        return compare(
            "one durable gift of a thing · hand-written sqlite3",
            timed(give),
            timed(lambda: hand.give(next(theirs_left))),
            pairs,
            3,
            warm=warm,
        )


def _feeds(folder: Path, effort: Effort) -> Iterator[Row]:
    many = effort(MANY, QUICK_MANY)
    paths = {number: folder / f"{number}.db" for number in (many, FEW)}
    for number, path in paths.items():
        _befriended(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, number)
    with (
        World.open(paths[many], daily_backup=False) as large,
        World.open(paths[FEW], daily_backup=False) as small,
    ):
        here, there = worlds.player_of(large), worlds.player_of(small)
        for topic in (None, Topic.PEOPLE, Topic.MONEY):
            for name, depth in (("first", 0.0), ("deep", 0.5)):
                yield compare(
                    f"{name} page of the feed by {topic or 'all'}, {many:,} events · {FEW:,}",
                    _page(here, topic, int(many * depth)),
                    _page(there, topic, int(FEW * depth)),
                    effort(300, 30),
                    1.5,
                )


def _page(player: PlayerHandle, topic: Topic | None, depth: int) -> Side:
    newest = player.feed.page(limit=1).lines[0].operation
    step = max(1, depth // 2 // PLACES)
    cursors = cycle([newest + 1 - depth + place * step for place in range(PLACES)])

    def page() -> None:
        found = player.feed.page(topic, next(cursors) if depth else None, PAGE)
        assert isinstance(found, FeedPage)
        assert len(found.lines) == PAGE

    return timed(page)


def _fill(connection: sqlite3.Connection, events: int) -> None:
    """Write events with a transfer each; every fourth is a gift of the friend's.

    The triggers would take minutes, so they step aside and come back unchanged. Balances
    don't follow: the feed reads none.
    """
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
    ).fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute("BEGIN IMMEDIATE")
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    (last,) = connection.execute("SELECT max(id) FROM operation").fetchone()
    purse = "(SELECT id FROM account WHERE {} AND currency = 'oranges')"
    mine, friends, house = (
        connection.execute(f"SELECT {purse.format(whose)}").fetchone()[0]
        for whose in ("player_id = 1", "player_id = 2", "house = 'sale'")
    )
    connection.execute(
        "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n"
        " WHERE i < ?) SELECT i, i % 4 = 0 AS gift FROM n",
        (last + 1, last + events),
    )
    connection.execute(
        "INSERT INTO operation (id, scope, key, player_id, kind, request, at, outcome)"
        " SELECT i, 1 + gift, 'event ' || i, 1 + gift, CASE WHEN gift THEN 'gift' WHEN i % 4 = 1"
        " THEN 'sell' WHEN i % 4 = 2 THEN 'shift' ELSE 'daily' END, '{}', 1790000000000 + i,"
        ' \'{"receiver": "ana", "message": ""}\' FROM n'
    )
    connection.execute(
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT i, 'sale', 'oranges', 1,"
        " CASE WHEN gift THEN ? ELSE ? END, ?, 0, 0 FROM n",
        (friends, house, mine),
    )
    connection.execute(
        "INSERT INTO gift (operation_id, giver_id, receiver_id, at, oranges, gems, message)"
        " SELECT i, 2, 1, 1790000000000 + i, 1, 0, '' FROM n WHERE gift"
    )
    connection.execute("DROP TABLE temp.n")
    for _, sql in guards:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
