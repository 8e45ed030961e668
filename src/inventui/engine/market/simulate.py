"""Simulation of the black market: many rotations, compared with what the rules expect."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inventui.engine.market.models import MarketSimulation, RaritySimulation
from inventui.engine.shop.gear_stock import gear_pool, price_now
from inventui.engine.simulate import Progress, check_simulation
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.market.black_market import (
    STOCKS,
    discounted,
    draw_rotation,
    expected_stalls,
    expected_stock,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

CHUNK = 500
"""Rotations drawn between two reports of progress."""


def simulate_rotations(
    world: Context, rolls: int, seed: str, progress: Progress | None = None
) -> MarketSimulation | Refusal:
    """Draw `rolls` rotations of the black market from the world's gear with another seed.

    Args:
        world: whose gear.
        rolls: how many, 1 to 1,000,000,000.
        seed: any text; the same seed gives the same simulation.
        progress: called with the number of rotations drawn so far; after a False, these
            are all.
    """
    refusal = check_simulation(rolls, seed)
    if refusal is not None:
        return refusal
    with world.store.read() as connection:
        pool = gear_pool(connection)
        price = {
            slug: price_now(connection, world.catalogue.by_slug(connection, slug))
            for slugs in pool.values()
            for slug in slugs
        }
    stalls: Counter[Rarity] = Counter()
    pieces: Counter[Rarity] = Counter()
    value: Counter[Rarity] = Counter()
    for number in range(rolls):
        for stall in draw_rotation(seed, number, pool):
            stalls[stall.rarity] += 1
            pieces[stall.rarity] += stall.stock
            value[stall.rarity] += stall.stock * discounted(price[stall.item], stall.discount)
        done = number + 1
        at_end = done % CHUNK == 0 or done == rolls
        if at_end and progress is not None and progress(done) is False:
            rolls = done
            break
    return MarketSimulation(
        seed=seed,
        rolls=rolls,
        legendary=stalls[Rarity.LEGENDARY],
        expected_legendary=rolls * expected_stalls(Rarity.LEGENDARY, len(pool[Rarity.LEGENDARY])),
        rarities=tuple(
            RaritySimulation(
                rarity=rarity,
                stalls=stalls[rarity],
                pieces=pieces[rarity],
                value=value[rarity],
                expected_stalls=rolls * expected_stalls(rarity, len(pool[rarity])),
                expected_pieces=expected_stock(rarity),
            )
            for rarity in STOCKS
        ),
    )
