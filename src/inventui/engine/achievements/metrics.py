"""Metrics: the numbers that achievements count, for one player.

Each is had from counters, or counted no further than its farthest goal, so that a world of
a million player items answers as quickly as a small one.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.models import Counters
from inventui.engine.core.counts import count_of
from inventui.engine.core.ledger import purse_of
from inventui.rules.achievements import WON, Condition
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.counters import Counted
from inventui.rules.core.ranks import standing

if TYPE_CHECKING:
    from inventui.engine.core.catalogue_item import CatalogueItem
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
_WORN = Statement(
    "SELECT item_id FROM player_item WHERE player_id = :player AND status = 'equipped'", int
)

_BY_SQL = {
    condition: Statement.maybe(sql, int)
    for condition, sql in {
        Condition.DAILY_STREAK: "SELECT max(streak) FROM daily_bonus INDEXED BY daily_bonus_streak"
        " WHERE player_id = :player",
        Condition.SLOTS_FILLED: "SELECT count(*) FROM player_item WHERE player_id = :player"
        " AND status = 'equipped'",
        Condition.ROBBERIES: "SELECT count(*) FROM (SELECT 1 FROM robbery"
        " INDEXED BY robbery_succeeded WHERE robber_id = :player AND success = 1"
        " LIMIT :most) found",
        Condition.ROBBERIES_TRIED: "SELECT count(*) FROM (SELECT 1 FROM robbery"
        " INDEXED BY robbery_by WHERE robber_id = :player LIMIT :most) found",
        Condition.LISTINGS: "SELECT count(*) FROM (SELECT 1 FROM listing"
        " INDEXED BY listing_of_seller WHERE seller_id = :player LIMIT :most) found",
        Condition.ROBBERIES_FOILED: "SELECT count(*) FROM (SELECT 1 FROM robbery"
        " INDEXED BY robbery_foiled WHERE victim_id = :player AND success = 0"
        " LIMIT :most) found",
        Condition.GIFTS_GIVEN: "SELECT count(*) FROM (SELECT 1 FROM gift"
        " WHERE giver_id = :player AND NOT EXISTS (SELECT 1 FROM undo"
        " WHERE undone_id = gift.operation_id) LIMIT :most) found",
        Condition.TRADES: "SELECT count(*) FROM (SELECT 1 FROM trade"
        " INDEXED BY trade_ended_of_proposer WHERE proposer_id = :player AND state = 'accepted'"
        " AND ended_by > 0 UNION ALL SELECT 1 FROM trade INDEXED BY trade_ended_of_partner"
        " WHERE partner_id = :player AND state = 'accepted' AND ended_by > 0 LIMIT :most) found",
        Condition.FUSIONS: "SELECT count(*) FROM (SELECT 1 FROM fusion"
        " WHERE player_id = :player LIMIT :most) found",
        Condition.COLLECTIONS: "SELECT count(*) FROM completion WHERE player_id = :player",
        Condition.WITHDRAWALS: "SELECT count(*) FROM (SELECT 1 FROM withdrawal"
        " WHERE player_id = :player LIMIT :most) found",
        # The first pair and the next one are no rotations.
        Condition.ROTATIONS: "SELECT max(number) - 2 FROM seed_pair WHERE player_id = :player",
    }.items()
}
_BY_COUNT = {
    Condition.OPENINGS: Counted.WON,
    Condition.ITEMS_SOLD: Counted.ITEMS_SOLD,
    Condition.SHIFTS: Counted.SHIFTS,
    Condition.GEAR_BROKEN: Counted.GEAR_BROKEN,
    Condition.BUSINESS_REVENUE: Counted.REVENUE,
    Condition.FRIENDS: Counted.FRIENDS,
    Condition.BAZAAR_SALES: Counted.BAZAAR_SALES,
}
_OF_PURSE = {Condition.NET_WORTH, Condition.ORANGES_SPENT, Condition.RANK}
_OF_HOLDINGS: dict[Condition, "Callable[[CatalogueItem, int], int]"] = {
    Condition.ITEMS_HELD: lambda item, held: held * (not item.is_default),
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
    for condition in _BY_COUNT.keys() & wanted.keys():
        found[condition] = count_of(connection, player, _BY_COUNT[condition])
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
    if Condition.WORN in wanted:
        worn = connection.execute(_WORN, {"player": player}).all()
        items = [world.catalogue.item(connection, item) for item in worn]
        found[Condition.WORN] = sum(not item.is_default for item in items)
    if not wanted.keys().isdisjoint(_OF_PURSE):
        purse = purse_of(connection, player)
        found[Condition.NET_WORTH] = found.get(Condition.NET_WORTH, 0) + purse.oranges
        found[Condition.ORANGES_SPENT] = purse.spent
        found[Condition.RANK] = standing(purse.experience).level
    return found
