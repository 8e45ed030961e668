"""Worlds with a bazaar: one seller lists whatever number of things, the player a few."""

from pathlib import Path

from benchmarks.worlds import MODEST, PLAYER, bulk, copy, kept, make, recount
from inventui.engine.bazaar.models import Listed
from inventui.engine.core.models import PlayerCard
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World

SELLER = "bob"
OWN = 50
"""Listings of the player's own, in a bazaar of any size."""

LAYOUT = 2
"""Counts the changes of `_fill`: a large world of another layout is made again."""

_ITEMS = (
    "SELECT row_number() OVER (ORDER BY id) - 1, id, category,"
    " coalesce(nullif(value, 0), nullif(price_oranges, 0), 500) FROM item"
    " WHERE category <> 'bundle' AND json_extract(details, '$.default') IS NOT 1"
)
_PRICE = (
    "CASE n.i % 3 WHEN 0 THEN k.worth"
    " ELSE max(1, k.worth * (60 + (n.i * 48271 >> 5) % 91) / 100) END"
)
"""About what a thing is worth, as a third asks for it exactly: pages pass long ties, and the
cheapest of what is worth much are far from the cheapest of all."""

_UNTIL = "4000000000000 + (n.i * 40503 >> 4) % 1000000 * 1000"
"""Far away, and in another order than they were listed."""


def bazaar(folder: Path, listings: int) -> Path:
    """A world with so many open listings of everything that can be listed."""
    return kept(folder, f"bazaar-{LAYOUT}-{listings}", lambda path: _build(path, listings))


def seller_of(world: World) -> PlayerHandle:
    """The player who lists things."""
    handle = world.player(SELLER)
    assert isinstance(handle, PlayerHandle), handle
    return handle


def trading(path: Path, oranges: int) -> None:
    """A world of the base pack with the player and the seller, and no neighbours about."""
    make(path, oranges=oranges)
    with World.open(path, daily_backup=False) as world:
        added = world.players.add(SELLER)
        assert isinstance(added, PlayerCard), added
        world.invite_neighbours(False)


def _build(path: Path, listings: int) -> None:
    trading(path, MODEST)
    with World.open(path, daily_backup=False) as world:
        given = world.grant(SELLER, item="bent-straw")
        assert isinstance(given, Grant), given
        assert given.item_id is not None
        listed = seller_of(world).bazaar.list(given.item_id, 40)
        assert isinstance(listed, Listed), listed
    _fill(path, given.item_id, listings)


def _fill(path: Path, player_item: int, listings: int) -> None:
    """Copy the one listing there is; the things' journals are left out: no page reads them."""
    with bulk(path) as connection:
        connection.execute(
            "CREATE TEMP TABLE kind (place INTEGER PRIMARY KEY, id, category, worth)"
        )
        connection.execute(f"INSERT INTO kind {_ITEMS}")
        (kinds,) = connection.execute("SELECT count(*) FROM kind").fetchone()
        (player,) = connection.execute("SELECT id FROM player WHERE name = ?", (PLAYER,)).fetchone()
        connection.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO temp.n SELECT i FROM n",
            (listings,),
        )
        source = f"n CROSS JOIN kind k ON k.place = (n.i * 2654435761 >> 7) % {kinds}"
        owner = f"iif(n.i % {listings // OWN} = 0, {player}, pattern.{{}})"
        number = f"n.i + {player_item - 1}"
        copy(
            connection,
            f"player_item WHERE id = {player_item}",
            source,
            {
                "id": number,
                "player_id": owner.format("player_id"),
                "item_id": "k.id",
                "category": "k.category",
            },
        )
        copy(
            connection,
            "listing WHERE id = 1",
            source,
            {
                "id": "n.i",
                "seller_id": owner.format("seller_id"),
                "player_item_id": number,
                "item_id": "k.id",
                "price": _PRICE,
                "until": _UNTIL,
            },
        )
        copy(
            connection,
            "listing_count",
            "(SELECT item_id AS item, count(*) AS number FROM listing GROUP BY item_id) c",
            {"item_id": "c.item", "listed": "c.number"},
        )
        recount(connection)
