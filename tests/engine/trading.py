"""What the tests of trades stand on: things to trade, offers that must be possible, and sums."""

from collections import Counter
from typing import Any

from inventui.engine.history.models import ItemHistory
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeMade, TradeOffer, TradeView
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Status
from tests.builders import (
    done,
)


def have(player: PlayerHandle, *slugs: str) -> tuple[int, ...]:
    """Things that a player has from now on, by their numbers."""
    numbers = []
    for slug in slugs:
        number = done(player.world.grant(player.name, item=slug), Grant).item_id
        assert number is not None
        numbers.append(number)
    return tuple(numbers)


def offered(player: PlayerHandle, other: str, **offer: Any) -> int:
    """The number of an offer that must be possible."""
    return done(player.trades.propose(other, TradeOffer(**offer)), TradeMade).trade


def seen(player: PlayerHandle, trade: int) -> TradeView:
    return done(player.trades.view(trade), TradeView)


def status(player: PlayerHandle, player_item: int) -> Status:
    return done(player.history.of(player_item), ItemHistory).item.status


def told(player: PlayerHandle) -> list[tuple[str, str]]:
    """Kinds and words of what a player was told, the first first."""
    return [(n.kind, n.message) for n in reversed(player.notifications.page().notifications)]


def everything(world: World) -> Counter[tuple[object, ...]]:
    """All oranges, held ones too, and all things that somebody has, in the shape they are in."""
    with world.store.read() as connection:
        player_items = connection.driver.execute(
            "SELECT i.slug, p.durability, p.uses FROM player_item p JOIN item i"
            " ON i.id = p.item_id WHERE p.status IN ('owned', 'equipped', 'listed', 'offered')"
        ).fetchall()
        oranges = connection.driver.execute(
            "SELECT sum(balance) FROM account WHERE currency = 'oranges'"
            " AND (player_id IS NOT NULL OR house = 'trade_hold')"
        ).fetchone()[0]
    return Counter([*map(tuple, player_items), *[("oranges",)] * oranges])
