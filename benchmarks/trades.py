"""Trades: accepting one against hand-written SQL."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import listings, worlds
from benchmarks.floors.swapping import HandSwap
from benchmarks.harness import Effort, Row, compare, timed
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.world import World

THING = "donut"
"""A consumable: both sides may have any number of them."""

SIZES = ((1, 1), (2, 2), (8, 8))
"""How many things each side gives."""


def trades(folder: Path, effort: Effort) -> Iterator[Row]:
    """Accepting trades of several sizes, with oranges on both sides."""
    for give, ask in SIZES:
        place = folder / f"{give}-{ask}"
        place.mkdir()
        yield _acceptance(place, effort, give, ask)


def _acceptance(folder: Path, effort: Effort, give: int, ask: int) -> Row:
    pairs, warm = effort(400, 40), 20
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    listings.trading(ours, worlds.ORANGES)
    numbers = []
    with World.open(ours, daily_backup=False) as world:
        proposer = listings.seller_of(world)
        for _ in range(pairs + warm):
            mine = _player_items(world, listings.SELLER, give)
            offer = TradeOffer(mine, 2, _player_items(world, worlds.PLAYER, ask), 3)
            made = proposer.trades.propose(worlds.PLAYER, offer)
            assert isinstance(made, TradeMade), made
            numbers.append(made.trade)
    shutil.copyfile(ours, theirs)
    with (
        World.open(ours, daily_backup=False) as world,
        closing(HandSwap(theirs, worlds.PLAYER)) as hand,
    ):
        player = worlds.player_of(world)
        ours_left, theirs_left = iter(numbers), iter(numbers)

        def accept() -> None:
            ended = player.trades.accept(next(ours_left))
            assert isinstance(ended, TradeEnded), ended

        return compare(
            f"one durable trade, {give} for {ask} · hand-written sqlite3",
            timed(accept),
            timed(lambda: hand.accept(next(theirs_left))),
            pairs,
            3,
            warm=warm,
        )


def _player_items(world: World, player: str, count: int) -> tuple[int, ...]:
    numbers = []
    for _ in range(count):
        given = world.grant(player, item=THING)
        assert isinstance(given, Grant), given
        assert given.item_id is not None
        numbers.append(given.item_id)
    return tuple(numbers)
