"""Metrics: the numbers that achievements count, for one player.

Each is had from counters, or counted no further than its farthest goal, so that a world of
a million player items answers as quickly as a small one.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.models import Counters
from inventui.engine.core.ledger import purse_of
from inventui.rules.achievements import WON, Condition
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.ranks import standing

if TYPE_CHECKING:
    from inventui.engine.core.catalogue import CatalogueItem
    from inventui.engine.core.context import Context

COUNTED = frozenset(
    {*WON.values(), Condition.BEST_WIN, Condition.BIGGEST_BATCH, Condition.BIGGEST_SALE}
)
"""What is had from `Counters` alone."""


class _Held(NamedTuple):
    item_id: int
    held: int


_HOLDINGS = Statement(
    "SELECT item_id, held FROM holding WHERE player_id = :player AND held > 0", _Held
)
_BY_SQL = {
    condition: Statement.maybe(sql, int)
    for condition, sql in {
        # Robberies and fusions are rolled with the same pair, but open nothing.
        Condition.OPENINGS: "SELECT (SELECT coalesce(sum(nonce), 0) FROM seed_pair"
        " WHERE player_id = :player) - (SELECT count(*) FROM robbery"
        " WHERE robber_id = :player AND roll_id IS NOT NULL)"
        " - (SELECT count(*) FROM fusion WHERE player_id = :player)",
        # What was sold to somebody else went from the list, not out of the inventory.
        Condition.ITEMS_SOLD: "SELECT count(*) FROM (SELECT 1 FROM player_item p"
        " CROSS JOIN move m ON m.player_item_id = p.id AND m.version = p.version"
        " WHERE p.player_id = :player AND p.status = 'sold' AND m.from_status = 'owned'"
        " LIMIT :most) found",
        Condition.DAILY_STREAK: "SELECT max(streak) FROM daily_bonus WHERE player_id = :player",
        Condition.SHIFTS: "SELECT count(*) FROM (SELECT 1 FROM shift WHERE player_id = :player"
        " LIMIT :most) found",
        Condition.SLOTS_FILLED: "SELECT count(*) FROM player_item WHERE player_id = :player"
        " AND status = 'equipped'",
        # Robberies are all that wears anything.
        Condition.GEAR_BROKEN: "SELECT count(*) FROM (SELECT operation_id FROM robbery"
        " WHERE robber_id = :player UNION SELECT operation_id FROM robbery"
        " WHERE victim_id = :player) o CROSS JOIN move m ON m.operation_id = o.operation_id"
        " AND m.event = 'break' CROSS JOIN player_item p ON p.id = m.player_item_id"
        " WHERE p.player_id = :player",
        Condition.ROBBERIES: "SELECT count(*) FROM (SELECT 1 FROM robbery"
        " WHERE robber_id = :player AND success = 1 LIMIT :most) found",
        Condition.ROBBERIES_FOILED: "SELECT count(*) FROM (SELECT 1 FROM robbery"
        " WHERE victim_id = :player AND success = 0 LIMIT :most) found",
        Condition.BUSINESS_REVENUE: "SELECT sum(revenue) FROM income WHERE player_id = :player",
        Condition.FRIENDS: "SELECT count(*) FROM friendship f"
        " WHERE :player IN (f.low_id, f.high_id)"
        " AND f.event = 'accept' AND NOT EXISTS (SELECT 1 FROM friendship g"
        " WHERE g.low_id = f.low_id AND g.high_id = f.high_id AND g.number > f.number)",
        Condition.GIFTS_GIVEN: "SELECT count(*) FROM (SELECT 1 FROM gift"
        " WHERE giver_id = :player LIMIT :most) found",
        Condition.BAZAAR_SALES: "SELECT count(*) FROM (SELECT 1 FROM listing"
        " INDEXED BY listing_sold WHERE state = 'sold' AND seller_id = :player LIMIT :most) found",
        Condition.TRADES: "SELECT count(*) FROM (SELECT 1 FROM trade"
        " INDEXED BY trade_ended_of_proposer WHERE proposer_id = :player AND state = 'accepted'"
        " AND ended_by > 0 UNION ALL SELECT 1 FROM trade INDEXED BY trade_ended_of_partner"
        " WHERE partner_id = :player AND state = 'accepted' AND ended_by > 0 LIMIT :most) found",
        Condition.FUSIONS: "SELECT count(*) FROM (SELECT 1 FROM fusion"
        " WHERE player_id = :player LIMIT :most) found",
        Condition.COLLECTIONS: "SELECT count(*) FROM completion WHERE player_id = :player",
        Condition.WITHDRAWALS: "SELECT count(*) FROM withdrawal WHERE player_id = :player",
        Condition.ROTATIONS: "SELECT count(*) FROM (SELECT 1 FROM seed_pair"
        " WHERE player_id = :player AND state = 'retired' LIMIT :most) found",
    }.items()
}
_OF_PURSE = {Condition.NET_WORTH, Condition.ORANGES_SPENT, Condition.RANK}
_OF_HOLDINGS: dict[Condition, "Callable[[CatalogueItem, int], int]"] = {
    Condition.ITEMS_HELD: lambda _, held: held,
    Condition.NET_WORTH: lambda item, held: held * item.value,
    Condition.COSMETICS_OWNED: lambda item, _: int(
        item.category in COSMETICS and not item.is_default
    ),
    Condition.GEAR_OWNED: lambda item, held: held * (item.category in GEAR),
}


def metrics_of(
    world: "Context",
    connection: Connection,
    player: int,
    wanted: Mapping[Condition, int],
    counters: Counters,
) -> dict[Condition, int]:
    """Metrics of a player.

    Args:
        world: gives the catalogue.
        connection: reads.
        player: the player's number.
        wanted: what is asked for, each with the number above which it need not be counted.
        counters: as of now; not read where nothing of `COUNTED` is wanted.

    Returns:
        The metrics that were asked for, and maybe others; a missing one is 0.
    """
    found: dict[Condition, int] = {}
    for condition, most in wanted.items():
        query = _BY_SQL.get(condition)
        if query is not None:
            asked = {"player": player, "most": most} if ":most" in query.sql else {"player": player}
            found[condition] = int(connection.execute(query, asked).one() or 0)
    if not COUNTED.isdisjoint(wanted):
        found |= {condition: counters.won.get(rarity, 0) for rarity, condition in WON.items()}
        found[Condition.BEST_WIN] = counters.best
        found[Condition.BIGGEST_BATCH] = counters.batch
        found[Condition.BIGGEST_SALE] = counters.sale
    if not wanted.keys().isdisjoint(_OF_HOLDINGS):
        found |= dict.fromkeys(_OF_HOLDINGS, 0)
        for row in connection.execute(_HOLDINGS, {"player": player}):
            item = world.catalogue.item(connection, row.item_id)
            for condition, count in _OF_HOLDINGS.items():
                found[condition] += count(item, row.held)
    if not wanted.keys().isdisjoint(_OF_PURSE):
        purse = purse_of(connection, player)
        found[Condition.NET_WORTH] = found.get(Condition.NET_WORTH, 0) + purse.oranges
        found[Condition.ORANGES_SPENT] = purse.spent
        found[Condition.RANK] = standing(purse.experience).level
    return found
