"""A world with a bazaar, and what tests of it ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.engine.bazaar.models import BazaarQuery, Bought, Listed, ListingLine
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.screens.bazaar.screen import BazaarRoom
from tests.builders import lived_in
from tests.screens.conftest import START, go, player_of
from tests.worlds.shop import open_shop_world

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

    from inventui.engine.world import World

PRICES = (2_400, 2_250, 2_600, 2_500, 2_900, 2_750, 2_300, 2_050, 2_450, 2_700, 3_100, 2_800)
"""What Neon Peel went for, the oldest first."""

_keys = count()


def give(world: World, name: str, slug: str) -> int:
    """Give somebody a thing; its number."""
    grant = world.grant(name, item=slug, key=f"give-{next(_keys)}")
    return int(grant.item_id)  # type: ignore[union-attr, arg-type]


def offer(world: World, name: str, slug: str, price: int) -> int:
    """Let somebody have a thing and list it; the listing's number."""
    number = give(world, name, slug)
    listed = player_of(world, name).bazaar.list(number, price, key=f"list-{next(_keys)}")
    assert isinstance(listed, Listed), listed
    return listed.listing


def take(world: World, name: str, listing: int) -> None:
    """Let somebody buy a listing."""
    bought = player_of(world, name).bazaar.buy(listing, key=f"take-{next(_keys)}")
    assert isinstance(bought, Bought), bought


def listings(world: World, name: str = "ana", **wanted: Any) -> dict[int, ListingLine]:
    """What stands at the bazaar, by number."""
    rows = player_of(world, name).bazaar.window(BazaarQuery(**wanted), 0, 1_000).lines
    return {row.id: row for row in rows}


def _settle_there(path: Path) -> int:
    clock = FrozenClock(START)
    world = open_shop_world(path.parent, clock)
    world.players.add("bob", key="add-bob")
    world.players.add("cy", key="add-cy")
    world.close()
    return clock.at


@pytest.fixture
def empty_bazaar(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana, bob and cy, and nothing listed."""
    lived_in(tmp_path / "world.db", _settle_there)
    world = open_shop_world(tmp_path, clock, seed="empty bazaar")
    yield world
    world.close()


def _sell_and_list(path: Path) -> int:
    clock = FrozenClock(_settle_there(path))
    world = open_shop_world(path.parent, clock, seed="sell and list")
    world.grant("cy", oranges=100_000, key="cy-rich")
    for price in PRICES:
        listing = offer(world, "bob", "peel", price)
        clock.advance(9 * HOUR)
        take(world, "cy", listing)
    for slug, price in (
        ("straw", 45), ("frame", 1_200), ("stamp", 110), ("spoon", 400), ("lemon", 650),
        ("squeezer", 18_000), ("donut", 90), ("peel", 2_650),
    ):  # fmt: skip
        offer(world, "bob", slug, price)
        clock.advance(7 * MINUTE)
    offer(world, "ana", "lemon", 720)
    clock.advance(7 * MINUTE)
    offer(world, "bob", "title", 800)
    clock.advance(3 * HOUR)
    # From the first look on the world's neighbours take their turns, where it has any.
    listings(world)
    world.close()
    return clock.at


@pytest.fixture
def bazaar_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """bob sells nine things and ana one; twelve Neon Peels went from bob to cy."""
    clock.at = lived_in(tmp_path / "world.db", _sell_and_list).at
    world = open_shop_world(tmp_path, clock, seed="bazaar")
    yield world
    world.close()


def room_of(pilot: Pilot[Any]) -> BazaarRoom:
    """The room, under any dialog."""
    room = pilot.app.screen_stack[0]
    assert isinstance(room, BazaarRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> BazaarRoom:
    """Press keys in an app that begins in the bazaar."""
    await go(pilot, *pressed)
    return room_of(pilot)


async def point(pilot: Pilot[Any], listing: int) -> BazaarRoom:
    """Put the cursor on a listing."""
    room = room_of(pilot)
    ids = [room.listings.pages.row(index).id for index in range(room.listings.count)]  # type: ignore[union-attr]
    room.listings.move_to(ids.index(listing))
    await go(pilot)
    return room


def names(pilot: Pilot[Any]) -> list[str]:
    """The names of everything listed."""
    listed = room_of(pilot).listings
    rows = [listed.pages.row(index) for index in range(listed.count)]
    return [row.player_item.name for row in rows if row is not None]


def ring(room: Screen[Any], seconds: float) -> None:
    """Let a room do what it does every so many seconds."""
    deeds = [timer._callback for timer in room._timers if timer._interval == seconds]
    assert deeds
    for deed in deeds:
        assert deed is not None
        deed()
