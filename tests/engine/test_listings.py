"""Listings: putting up, taking back, and coming home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import (
    BazaarQuery,
    Bought,
    Delisted,
    Listed,
    ListingPage,
)
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import DURATION, ListingState
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.refusal import Reason
from tests.builders import (
    BAZAAR_PACK,
    NOW,
    a_player,
    a_world,
    audited,
    contents,
    done,
    given,
    refused,
)
from tests.engine.bazaar import PRICE, ended, held, oranges, put_up, status


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "bazaar.db", clock=clock, pack=BAZAAR_PACK) as world:
        yield world
        audited(world)


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana")


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob")


@pytest.fixture
def lemon(world: World, ana: PlayerHandle) -> int:
    """A thing of ana's."""
    return given(world, ana, "lemon")


def test_a_listed_thing_stands_for_seven_days(ana: PlayerHandle, lemon: int) -> None:
    listed = done(ana.bazaar.list(lemon, PRICE), Listed)
    assert listed.until == NOW + DURATION
    assert (listed.item_id, listed.name, listed.fee) == (lemon, "Glass Lemon", 25)
    (line,) = done(ana.bazaar.page(BazaarQuery()), ListingPage).lines
    assert (line.id, line.player_item.id, line.price) == (listed.listing, lemon, PRICE)
    assert (line.at, line.until) == (NOW, NOW + DURATION)
    assert line.mine
    assert line.player_item.status is Status.LISTED


def test_the_same_key_lists_once_and_another_price_is_another_request(
    world: World, ana: PlayerHandle, lemon: int
) -> None:
    first = done(ana.bazaar.list(lemon, PRICE, key="k"), Listed)
    before = contents(world)
    again = done(ana.bazaar.list(lemon, PRICE, key="k"), Listed)
    assert again.repeat
    assert again.listing == first.listing
    refused(ana.bazaar.list(lemon, PRICE + 1, key="k"), Reason.KEY_REUSED)
    assert contents(world) == before


@pytest.mark.parametrize("price", [0, -1, 1_000_000_001])
def test_a_price_out_of_range_lists_nothing(
    world: World, ana: PlayerHandle, lemon: int, price: int
) -> None:
    before = contents(world)
    refused(ana.bazaar.list(lemon, price), Reason.INVALID_AMOUNT)
    assert contents(world) == before


def test_what_is_not_ones_own_and_free_cannot_be_listed(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    worn, locked, sold = (given(world, ana, slug) for slug in ("lime", "peel", "straw"))
    ana.wardrobe.equip(worn)
    ana.inventory.lock([locked], True)
    ana.inventory.sell([sold])
    theirs = given(world, bob, "lemon")
    spoons = [given(world, ana, "spoon") for _ in range(GEAR_ROOM + 1)]
    put_up(ana, lemon)
    (default,) = (line.id for line in held(ana) if line.is_default)
    before = contents(world)
    for player_item, reason in (
        (worn, Reason.WRONG_STATUS),
        (locked, Reason.LOCKED),
        (sold, Reason.ENDED),
        (theirs, Reason.NOT_YOURS),
        (spoons[-1], Reason.WRONG_STATUS),
        (lemon, Reason.WRONG_STATUS),
        (default, Reason.IS_DEFAULT),
        (10**6, Reason.UNKNOWN_ITEM),
        (2**70, Reason.UNKNOWN_ITEM),
        (-1, Reason.UNKNOWN_ITEM),
    ):
        refusal = refused(ana.bazaar.list(player_item, PRICE), reason)
        assert ana.bazaar.why_not(player_item) == refusal
    assert contents(world) == before
    assert status(ana, spoons[-1]) is Status.ESCROWED


def test_what_is_listed_can_be_used_nowhere_else(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    lime, lemon = given(world, ana, "lime"), given(world, ana, "lemon")
    put_up(ana, lime)
    put_up(ana, lemon)
    before = contents(world)
    refused(ana.wardrobe.equip(lime), Reason.WRONG_STATUS)
    refused(ana.inventory.sell([lemon]), Reason.WRONG_STATUS)
    refused(ana.inventory.lock([lemon], True), Reason.WRONG_STATUS)
    refused(ana.inventory.discard(lemon), Reason.WRONG_STATUS)
    assert contents(world) == before


def test_a_listing_taken_back_is_home_and_can_be_listed_again(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    taken = done(ana.bazaar.delist(number), Delisted)
    assert (taken.item_id, taken.name) == (lemon, "Glass Lemon")
    assert status(ana, lemon) is Status.OWNED
    before = contents(world)
    refused(bob.bazaar.buy(number), Reason.NOT_FOR_SALE)
    refused(ana.bazaar.delist(number), Reason.ENDED)
    assert contents(world) == before
    assert put_up(ana, lemon) > number


def test_the_same_key_takes_back_once(world: World, ana: PlayerHandle, lemon: int) -> None:
    number = put_up(ana, lemon)
    done(ana.bazaar.delist(number, key="k"), Delisted)
    before = contents(world)
    assert done(ana.bazaar.delist(number, key="k"), Delisted).repeat
    assert contents(world) == before


def test_nobody_takes_back_what_is_somebody_elses_or_sold(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    before = contents(world)
    refused(bob.bazaar.delist(number), Reason.NOT_YOURS)
    assert contents(world) == before
    done(bob.bazaar.buy(number), Bought)
    before = contents(world)
    refused(ana.bazaar.delist(number), Reason.ENDED)
    assert contents(world) == before


def test_it_can_be_bought_until_the_last_moment(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    clock.at = NOW + DURATION - 1
    done(bob.bazaar.buy(number), Bought)
    assert ended(ana)[0].state is ListingState.SOLD


def test_after_exactly_seven_days_it_is_home_whoever_looks_first(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    clock.at = NOW + DURATION
    refused(bob.bazaar.buy(number), Reason.NO_LONGER_AVAILABLE)
    assert status(ana, lemon) is Status.OWNED
    assert oranges(bob) == 5_000
    assert ended(ana)[0].state is ListingState.EXPIRED
    before = contents(world)
    refused(ana.bazaar.delist(number), Reason.ENDED)
    assert contents(world) == before


def test_what_nobody_bought_comes_home_when_its_sellers_time_is_settled(
    world: World, clock: FrozenClock, ana: PlayerHandle
) -> None:
    player_items = [given(world, ana, slug) for slug in ("lemon", "straw")]
    put_up(ana, player_items[0])
    clock.at += HOUR
    put_up(ana, player_items[1])
    clock.at = NOW + DURATION
    settled = ana.catch_up()
    assert settled is not None
    assert settled.unsold == ("Glass Lemon",)
    assert not settled.is_quiet
    assert [status(ana, player_item) for player_item in player_items] == [
        Status.OWNED,
        Status.LISTED,
    ]
    assert ana.catch_up() is None
    (told,) = ana.notifications.page().notifications
    assert (told.kind, told.place, told.item_id) == ("unsold", "bazaar", player_items[0])
    assert told.message == "Nobody bought Glass Lemon in 7 days: it is home again."


def test_a_clock_that_goes_back_brings_nothing_home_twice_or_early(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    clock.at = NOW + DURATION
    ana.catch_up()
    clock.at = NOW
    refused(bob.bazaar.buy(number), Reason.NO_LONGER_AVAILABLE)
    again = put_up(ana, lemon)
    clock.at = NOW + DURATION - 1
    assert ana.catch_up() is None
    done(bob.bazaar.buy(again), Bought)


def test_what_is_overdue_is_shown_to_nobody_and_who_asks_for_it_is_told_why(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    clock.at = NOW + DURATION - 1
    (line,) = done(bob.bazaar.page(BazaarQuery()), ListingPage).lines
    assert line.refusal is None or line.refusal.reason is not Reason.NO_LONGER_AVAILABLE
    clock.at = NOW + DURATION
    assert done(bob.bazaar.page(BazaarQuery()), ListingPage) == ListingPage((), 0, None)
    refused(bob.bazaar.detail(number), Reason.NO_LONGER_AVAILABLE)
    refused(bob.bazaar.buy(number), Reason.NO_LONGER_AVAILABLE)
