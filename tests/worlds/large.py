"""A world in which there is a number of everything: of players, items, events, listings …

A little of each is done by the engine, all else is written by SQL as the triggers would have
left it; sums of money are not, for no read depends on them.
"""

import re
import sqlite3
from pathlib import Path

from benchmarks.worlds import bulk, copy, recount

from inventui.db.migrations import layout_10
from inventui.engine.cases.models import Opening
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.enums import EffectKind
from tests.builders import NOW, a_player, befriended, done, given

CASE = "citrus-crate"
GEAR = ("weapon", "armor", "business", "housing")
KINDS = ("settle", "open", "shift", "gift", "fuse", "trade", "list", "sell", "daily", "rob")
"""Of what kind the operations are, in turns."""


def open_large(path: Path) -> World:
    """The world as of the day on which it was made."""
    return World.open(
        path,
        clock=FrozenClock(NOW),
        entropy=SeededEntropy(path.stem),
        daily_backup=False,
    )


def make(path: Path, number: int) -> None:
    """ana has so many items, operations, friends …; bob has listings and gave her as much."""
    with open_large(path) as world:
        ana = a_player(world, "ana", oranges=10**9)
        bob = a_player(world, "bob", oranges=10**9)
        befriended(ana, bob)
        opening = done(ana.cases.open(CASE, 2), Opening)
        ana.reveals.revealed(opening.operation)
        with world.store.read() as connection:
            gear = connection.driver.execute(
                f"SELECT category, min(slug) FROM item WHERE category IN {GEAR} GROUP BY category"
            ).fetchall()
        for _, slug in gear:
            ana.wardrobe.equip(given(world, ana, slug))
        pattern = opening.rolls[0].item_id
        look(ana)
    with bulk(path) as connection:
        _fill(connection, number, ana.id, bob.id, pattern)


def look(ana: PlayerHandle) -> None:
    """Let happen what is due before somebody looks, so that no later look writes."""
    ana.streets.targets()
    ana.bazaar.ends()
    ana.trades.list()
    ana.black_market.rotation()
    ana.gear_shop.today()


def _fill(connection: sqlite3.Connection, number: int, ana: int, bob: int, pattern: int) -> None:
    connection.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO temp.n SELECT i FROM n",
        (number,),
    )
    last = {
        table: connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        for table in ("operation", "player", "player_item", "account")
    }
    named = {"ana": ana, "bob": bob, "last": last["operation"], "now": NOW, "few": number // 10}
    _people(connection, last, named)
    _operations(connection, named)
    _player_items(connection, number, last["player_item"], pattern, ana, bob, last["operation"])
    _lines(connection, named | {"players": last["player"], "items": last["player_item"]})
    # What the triggers would have counted.
    for table in ("counter", "brought"):
        connection.execute(f"DELETE FROM {table}")
    layout_10.count(connection)
    layout_10.brought(connection)
    recount(connection)
    connection.execute(
        "UPDATE account SET lines = (SELECT count(*) FROM transfer"
        " WHERE account.id IN (from_account_id, to_account_id)) WHERE player_id < 9"
    )
    # ana has seen all of her openings; bob has had none to see.
    connection.execute(
        "UPDATE player SET revealed_operation_id = (SELECT max(id) FROM operation) WHERE id = ?",
        (ana,),
    )


def _put(connection: sqlite3.Connection, sql: str, named: dict[str, int]) -> None:
    """Run an INSERT … SELECT; columns that it leaves out, but that need a value, hold nothing."""
    found = re.fullmatch(r"INSERT INTO (\w+) \(([^)]+)\) SELECT (.+)", sql)
    if found is not None:
        table, columns, rest = found.groups()
        given = columns.split(", ")
        nothing = {
            name: "''" if kind == "TEXT" else "0"
            for _, name, kind, needed, _, key in connection.execute(f"PRAGMA table_info({table})")
            if needed and not key and name not in given
        }
        sql = (
            f"INSERT INTO {table} ({', '.join([*nothing, *given])})"
            f" SELECT {', '.join([*nothing.values(), rest])}"
        )
    connection.execute(sql, {key: named[key] for key in named if f":{key}" in sql})


def _people(connection: sqlite3.Connection, last: dict[str, int], named: dict[str, int]) -> None:
    _put(
        connection,
        "INSERT INTO player (id, name, name_key, created_at, revealed_operation_id)"
        " SELECT :players + i, 'p' || i, 'p' || i, :then, 0 FROM n",
        {"players": last["player"], "then": NOW - 90 * DAY},
    )
    for place, currency in enumerate(("oranges", "gems", "experience")):
        _put(
            connection,
            "INSERT INTO account (id, player_id, currency, balance) SELECT"
            f" :accounts + 3 * i + :place, :players + i, '{currency}', 9000 FROM n",
            {"accounts": last["account"], "place": place - 2, "players": last["player"]},
        )
    # ana asked everybody, and everybody is her friend; each knows the next one too.
    for event, by, line in (("request", ":ana", 1), ("accept", "other", 2)):
        _put(
            connection,
            "INSERT INTO friendship (operation_id, low_id, high_id, number, by_id, event, at)"
            f" SELECT :last + i, :ana, other, {line}, {by}, '{event}', :now"
            " FROM (SELECT i, :players + i AS other FROM n)",
            named | {"players": last["player"]},
        )
        _put(
            connection,
            "INSERT INTO friendship (operation_id, low_id, high_id, number, by_id, event, at)"
            f" SELECT :last + i, one, one + 1, {line}, one + {line - 1}, '{event}', :now"
            " FROM (SELECT i, :players + i AS one FROM n WHERE i % 2)",
            {"last": named["last"], "now": NOW, "players": last["player"]},
        )


def _operations(connection: sqlite3.Connection, named: dict[str, int]) -> None:
    """Operations of ana's of every kind, and a grant to somebody else for each ten."""
    kind = " ".join(f"WHEN {place} THEN '{kind}'" for place, kind in enumerate(KINDS))
    _put(
        connection,
        "INSERT INTO operation (id, scope, key, player_id, kind, request, at, outcome)"
        f" SELECT :last + i, :ana, 'n' || i, :ana, CASE i % 10 {kind} END, '{{}}', :now - 1,"
        ' \'{"operation": 1, "receiver": "bob", "names": ["x"]}\' FROM n',
        named,
    )
    # bob's time went by as often, and brought nothing.
    _put(
        connection,
        "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
        " SELECT :bob, 's' || i, :bob, 'settle', '{}', :now - 1, '{}' FROM n",
        named,
    )
    # The world's own operations, which concern neither of the two.
    _put(
        connection,
        "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
        " SELECT 0, 'w' || i, NULL, CASE i % 2 WHEN 0 THEN 'grant' ELSE 'player' END,"
        " '{\"player\": 999999999}', :now - 1, '{\"player\": 999999999}' FROM n",
        named,
    )
    # All but what is opened moves money alone.
    _put(
        connection,
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT :last + i,"
        " CASE i % 10 WHEN 7 THEN 'sale' ELSE 'play' END, 'oranges', 1 + i % 9,"
        " (SELECT id FROM account WHERE house = 'play' AND currency = 'oranges'),"
        " (SELECT id FROM account WHERE player_id = :ana AND currency = 'oranges'), 0, 10000"
        " FROM n",
        named,
    )


def _player_items(
    connection: sqlite3.Connection,
    number: int,
    last: int,
    pattern: int,
    ana: int,
    bob: int,
    operation: int,
) -> None:
    """Collectibles that ana has, as many that she sold, and as many that bob lists."""
    connection.execute("CREATE TEMP TABLE kind (place INTEGER PRIMARY KEY, id)")
    connection.execute(
        "INSERT INTO kind SELECT row_number() OVER (ORDER BY id) - 1, id FROM item"
        " WHERE category = 'collectible'"
    )
    (kinds,) = connection.execute("SELECT count(*) FROM kind").fetchone()
    groups = ((ana, "owned", 1), (ana, "sold", 2), (bob, "listed", 2))
    for place, (player, status, version) in enumerate(groups):
        first = last + place * number
        copy(
            connection,
            f"player_item WHERE id = {pattern}",
            f"n CROSS JOIN kind k ON k.place = (n.i * 2654435761 >> 7) % {kinds}",
            {
                "id": f"{first} + n.i",
                "player_id": str(player),
                "item_id": "k.id",
                "status": f"'{status}'",
                "version": str(version),
                "origin_id": "NULL",
            },
        )
        # Only openings (every tenth operation, from the second on) bring items.
        moves = [("acquire", "NULL", "'owned'"), ("list", "'owned'", "'listed'")]
        if status == "sold":
            moves[1] = ("sell", "'owned'", "'sold'")
        for line, (event, start, end) in enumerate(moves[:version], 1):
            _put(
                connection,
                "INSERT INTO move (player_item_id, version, event, from_status, to_status,"
                f" operation_id) SELECT {first} + i, {line}, '{event}', {start}, {end},"
                f" {operation} + i - i % 10 + 1 FROM n",
                {},
            )
    connection.execute(
        "INSERT OR REPLACE INTO holding (player_id, item_id, held, escrowed, last_move_id)"
        " SELECT player_id, item_id, sum(status IN ('owned', 'equipped', 'listed', 'offered')),"
        " 0, 1 FROM player_item GROUP BY player_id, item_id"
    )
    _put(
        connection,
        "INSERT INTO listing (operation_id, seller_id, player_item_id, item_id, price, at, until,"
        " state, fee) SELECT 1, player_id, id, item_id, 100 + id % 900, :now - 1,"
        " :now + 100000000 + id, 'open', 5 FROM player_item WHERE player_id = :bob"
        " AND status = 'listed'",
        {"now": NOW, "bob": bob},
    )
    _put(
        connection,
        "INSERT INTO listing (operation_id, seller_id, player_item_id, item_id, price, at, until,"
        " state, ended_by, buyer_id, bought_id, fee) SELECT 1, player_id, id, item_id,"
        " 100 + id % 900, :now - 1, :now, 'sold', :operation + id - :first, :bob, id, 5"
        " FROM player_item WHERE player_id = :ana AND status = 'sold' AND id > :first",
        {"now": NOW, "bob": bob, "ana": ana, "operation": operation, "first": last + number},
    )
    connection.execute(
        "INSERT OR REPLACE INTO listing_count (item_id, listed, sold, last_move_id)"
        " SELECT item_id, sum(state = 'open'), sum(state = 'sold'), 1 FROM listing GROUP BY item_id"
    )


def _lines(connection: sqlite3.Connection, named: dict[str, int]) -> None:
    """A tenth as many lines of every other journal."""
    connection.execute("DELETE FROM temp.n WHERE i > :few", named)
    for script in _LINES:
        _put(connection, script, named)


_ROLL = (
    "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id, entry)"
    " SELECT :last + 10 * i - {back}, s.id, s.nonce + 2 * i - {place}, '{purpose}', 1,"
    " (SELECT min(id) FROM odds_table), 0 FROM n, seed_pair s"
    " WHERE s.player_id = :ana AND s.state = 'active'"
)
_LINES = (
    _ROLL.format(back=9, place=2, purpose="case"),
    _ROLL.format(back=6, place=1, purpose="fuse"),
    "UPDATE roll SET player_item_id = :items + id WHERE purpose = 'fuse'",
    "UPDATE seed_pair SET nonce = nonce + 2 * :few WHERE player_id = :ana AND state = 'active'",
    "INSERT INTO fusion (operation_id, player_id, rarity, fee, roll_id, inputs) SELECT"
    " operation_id, :ana, 'common', 5, id, 5 FROM roll WHERE purpose = 'fuse'",
    "INSERT INTO gift (operation_id, giver_id, receiver_id, at, oranges) SELECT"
    " :last + 10 * i - 7, :ana, :players + i, :now, 1 FROM n",
    "INSERT INTO gift (operation_id, giver_id, receiver_id, at, oranges) SELECT"
    " :last + 10 * i - 7, :bob, :ana, :now, 1 FROM n",
    "INSERT INTO notification (operation_id, player_id, at, kind, tone, message) SELECT"
    " :last + i, :ana, :now, 'gift', 'gift', 'A gift.' FROM n",
    "INSERT INTO trade (operation_id, proposer_id, partner_id, proposer_oranges, at, until, state,"
    " ended_by) SELECT :last + 10 * i - 5, :ana, :bob, 1, :now - 9, :now - 1, 'accepted',"
    " :last + 10 * i - 5 FROM n",
    "INSERT INTO trade (operation_id, proposer_id, partner_id, proposer_oranges, at, until, state,"
    " ended_by) SELECT :last + 10 * i - 5, :bob, :ana, 1, :now - 9, :now - 1, 'declined',"
    " :last + 10 * i - 5 FROM n",
    "INSERT INTO robbery (operation_id, robber_id, victim_id, at, chance, success, oranges, period)"
    " SELECT :last + 10 * i - 1, :ana, :players + i, 0, 50, 1, 1, i FROM n",
    "INSERT INTO robbery (operation_id, robber_id, victim_id, at, chance, success, oranges, period)"
    " SELECT :last + 10 * i - 1, :bob, :ana, 0, 50, i % 2, 1, i FROM n",
    "INSERT INTO shift (operation_id, player_id, day, number, at, skill, pay) SELECT"
    " :last + 10 * i - 8, :ana, i / 40, 1 + i % 40, 0, 50, 60 FROM n",
    "INSERT INTO daily_bonus (operation_id, player_id, day, streak) SELECT"
    " :last + 10 * i - 2, :ana, i, 1 + i % 7 FROM n",
    "INSERT INTO income (operation_id, player_id, period, player_item_id, revenue, cost) SELECT"
    " :last + 10 * i, :ana, i, p.id, 9, 3 FROM n, player_item p WHERE p.player_id = :ana"
    " AND p.category = 'business'",
    "INSERT INTO upkeep (operation_id, player_id, day, player_item_id, due, state, ended_by) SELECT"
    " :last + 10 * i, :ana, i, p.id, 9, 'paid', :last + 10 * i FROM n, player_item p"
    " WHERE p.player_id = :ana AND p.category = 'housing'",
    "INSERT INTO settlement (operation_id, player_id, since, until)"
    " SELECT :last + 10 * i, :ana, :now, :now FROM n",
    "INSERT INTO visit (operation_id, visitor_id, host_id) SELECT :last + i, :players + i, :ana"
    " FROM n",
    "INSERT INTO effect (operation_id, player_id, by_player_id, kind, until) SELECT :last + i,"
    f" :ana, :bob, '{EffectKind.SPLAT}', 1 FROM n",
    "INSERT INTO market_rotation (operation_id, number) SELECT 1, i FROM n",
    "UPDATE seed_pair SET number = number + :few WHERE player_id = :ana",
    "INSERT INTO seed_pair (player_id, number, state, server_seed, server_seed_hash, client_seed,"
    " retired_at) SELECT :ana, i, 'retired', 'x', 'x', 'x', 0 FROM n",
    "INSERT INTO withdrawal (operation_id, player_id, player_item_id, at, state, path,"
    " delivered_by) SELECT :last + i, :ana, :items + i, :now, 'delivered', 'x', :last + i FROM n",
)
