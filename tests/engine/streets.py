"""What the tests of the streets stand on: a world with gear and neighbours, chosen rolls."""

from collections.abc import Callable
from functools import partial
from typing import Any

from inventui.engine.cases.models import Opening
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import RobberyDone
from inventui.engine.world import PlayerHandle, World
from inventui.rules.streets.robbery import RobberyDraw, robbery_draw
from tests.builders import done


def rows(world: World, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query finds in the world's file."""
    with world.store.read() as connection:
        return [tuple(row) for row in connection.driver.execute(sql, values)]


def bought(player: PlayerHandle, slug: str) -> int:
    """The number of a thing that was bought, and put on if it has a slot."""
    return done(player.shop.buy(slug), Purchase).item_ids[0]


def robbed(player: PlayerHandle, target: str) -> RobberyDone:
    """A robbery that must be done, whatever comes of it."""
    return done(player.streets.rob(target), RobberyDone)


def draws_of(player: PlayerHandle) -> Callable[[int], RobberyDraw]:
    """What each nonce of a player's active pair draws."""
    ((server_seed, client_seed),) = rows(
        player.world,
        "SELECT server_seed, client_seed FROM seed_pair WHERE player_id = ? AND state = 'active'",
        player.id,
    )
    return partial(robbery_draw, server_seed, client_seed)


def draw_of(player: PlayerHandle, nonce: int) -> RobberyDraw:
    """What a nonce of a player's active pair draws."""
    return draws_of(player)(nonce)


def roll_on(player: PlayerHandle, wanted: Callable[[RobberyDraw], bool]) -> RobberyDraw:
    """Use up nonces on cases until the next one draws what is wanted; that draw."""
    nonce, draw = player.fairness.show().active.nonce, draws_of(player)
    count = next(n for n in range(1_000) if wanted(draw(nonce + n)))
    done(player.world.grant(player.name, oranges=max(1, 100 * count)), Grant)
    for first in range(0, count, 100):
        done(player.cases.open("crate", min(100, count - first)), Opening)
    return draw(nonce + count)


def wins(draw: RobberyDraw) -> bool:
    """Whether a draw succeeds at any chance there is."""
    return draw.ticket < 50_000


def loses(draw: RobberyDraw) -> bool:
    """Whether a draw fails at any chance there is."""
    return draw.ticket >= 950_000
