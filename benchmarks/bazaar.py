"""The bazaar: a sale against hand-written SQL, pages among a million listings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks import listings, worlds
from benchmarks.floors.bargain import HandBargain
from benchmarks.harness import Effort, Row, Side, compare, timed
from inventui.engine.bazaar.models import BazaarQuery, Bought, Listed, ListingPage
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import BazaarSort
from inventui.rules.core.enums import Rarity
from inventui.rules.inventory.inventory import InventoryTab

MANY, QUICK_MANY, FEW = 1_000_000, 100_000, 1_000
PAGE = 50
PLACES = 40
"""Deep pages are asked for at so many places in turn: none is warm from the last time."""

SOLD = "donut"
"""A consumable: a buyer may have any number of them."""

PRICE = 120
FILTERS = {
    "all": BazaarQuery(),
    "a tab": BazaarQuery(tab=InventoryTab.COLLECTIBLES),
    "a rarity": BazaarQuery(rarity=Rarity.RARE),
    "a least value": BazaarQuery(min_value=1_000),
    "a text": BazaarQuery(search="ne"),
    "one's own": BazaarQuery(mine=True),
}


def bazaar(folder: Path, effort: Effort) -> Iterator[Row]:
    """Buying, then pages by every order and filter."""
    yield _sales(folder, effort)
    yield from _pages(folder, effort)


def _sales(folder: Path, effort: Effort) -> Row:
    pairs, warm = effort(400, 40), 20
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    listings.trading(ours, worlds.ORANGES)
    numbers = []
    with World.open(ours, daily_backup=False) as world:
        seller = listings.seller_of(world)
        for _ in range(pairs + warm):
            given = world.grant(listings.SELLER, item=SOLD)
            assert isinstance(given, Grant), given
            assert given.item_id is not None
            listed = seller.bazaar.list(given.item_id, PRICE)
            assert isinstance(listed, Listed), listed
            numbers.append(listed.listing)
    shutil.copyfile(ours, theirs)
    with (
        World.open(ours, daily_backup=False) as world,
        closing(HandBargain(theirs, worlds.PLAYER)) as hand,
    ):
        player = worlds.player_of(world)
        ours_left, theirs_left = iter(numbers), iter(numbers)

        def buy() -> None:
            bought = player.bazaar.buy(next(ours_left))
            assert isinstance(bought, Bought), bought

        return compare(
            "one durable sale at the bazaar · hand-written sqlite3",
            timed(buy),
            timed(lambda: hand.buy(next(theirs_left))),
            pairs,
            3,
            warm=warm,
        )


def _pages(folder: Path, effort: Effort) -> Iterator[Row]:
    many = effort(MANY, QUICK_MANY)
    with (
        World.open(listings.bazaar(folder, many), daily_backup=False) as large,
        World.open(listings.bazaar(folder, FEW), daily_backup=False) as small,
    ):
        here, there = worlds.player_of(large), worlds.player_of(small)
        for name, query in FILTERS.items():
            for sort in BazaarSort:
                asked = replace(query, sort=sort)
                for depth in ("first", "deep"):
                    yield compare(
                        f"{depth} page of {name} by {sort}, {many:,} listings · {FEW:,}",
                        _page(here, asked, depth),
                        _page(there, asked, depth),
                        effort(200, 20),
                        1.5,
                    )
        for name in ("all", "a rarity"):
            for sort in (BazaarSort.CHEAPEST, BazaarSort.VALUE):
                for place, share in (("middle", 0.5), ("end", 1.0)):
                    asked = replace(FILTERS[name], sort=sort)
                    yield compare(
                        f"jump to the {place} of {name} by {sort}, {many:,} listings · {FEW:,}",
                        _jump(here, asked, share),
                        _jump(there, asked, share),
                        effort(60, 10),
                        None,
                    )


def _page(player: PlayerHandle, query: BazaarQuery, depth: str) -> Side:
    """A page as one scrolls to it; of a short list the first few follow each other."""
    cursors: Iterator[int | None] = cycle([None])
    if depth == "deep":
        third = player.bazaar.count(query) // 3
        places = [third + place * third // PLACES for place in range(PLACES)]
        cursors = cycle([player.bazaar.window(query, place, 1).lines[0].id for place in places])

    def page() -> None:
        found = player.bazaar.page(query, next(cursors), PAGE)
        assert isinstance(found, ListingPage), found
        assert found.lines

    return timed(page)


def _jump(player: PlayerHandle, query: BazaarQuery, share: float) -> Side:
    start = int((player.bazaar.count(query) - PAGE) * share)

    def jump() -> None:
        assert player.bazaar.window(query, start, PAGE).lines

    return timed(jump)
