"""Buying at the bazaar: thing and price change hands at once, or nothing does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import BazaarQuery, Bought, ListingPage
from inventui.engine.history.models import ItemHistory
from inventui.engine.inventory.models import ItemDetail
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import fee
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab
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
from tests.engine.bazaar import held, oranges, put_up, status


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


def test_a_sale_moves_thing_and_price_at_once_and_the_house_keeps_its_part(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    bought = done(bob.bazaar.buy(number), Bought)
    assert (oranges(ana), oranges(bob)) == (5_000 + 475, 5_000 - 500)
    assert (bought.price, bought.fee, bought.seller) == (500, 25, "ana")
    assert bought.balance.oranges == oranges(bob)
    assert status(ana, lemon) is Status.SOLD
    detail = done(bob.inventory.detail(bought.item_id), ItemDetail)
    assert detail.line.status is Status.OWNED
    assert (detail.acquisition, detail.price_paid, detail.source) == (
        Acquisition.BAZAAR,
        500,
        "ana",
    )
    assert bob.bazaar.count(BazaarQuery()) == 0


def test_seller_and_house_together_get_what_the_buyer_pays(
    world: World, ana: PlayerHandle, bob: PlayerHandle, trust: bool
) -> None:
    fees = 0
    world.grant("bob", oranges=10_000)
    prices = {1, 2, 19, 20, 21, 39, 40, 41, 99, 100, 101, 1_999, 2_000}
    for price in sorted(prices | {*range(1, 41), 5_000} if trust else prices):
        had = oranges(ana), oranges(bob)
        done(bob.bazaar.buy(put_up(ana, given(world, ana, "straw"), price)), Bought)
        fees += max(1, price // 20)
        assert (oranges(ana), oranges(bob)) == (had[0] + price - fee(price), had[1] - price)
        assert ana.bazaar.ends().fees == fees


def test_a_thing_keeps_its_way_its_uses_and_its_durability(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    kit, spoon = given(world, ana, "kit"), given(world, ana, "spoon")
    bought = done(bob.bazaar.buy(put_up(ana, kit)), Bought)
    assert done(bob.inventory.detail(bought.item_id), ItemDetail).uses == 2
    bought = done(bob.bazaar.buy(put_up(ana, spoon)), Bought)
    assert done(bob.inventory.detail(bought.item_id), ItemDetail).durability == 100
    history = done(bob.history.of(bought.item_id), ItemHistory)
    assert [(event.player, event.event) for event in history.events] == [
        ("ana", Event.ACQUIRE),
        ("ana", Event.LIST),
        ("ana", Event.SELL),
        ("bob", Event.ACQUIRE),
    ]
    assert history.item.status is Status.OWNED, "it is not put on"


def test_only_the_quicker_of_two_gets_it(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    cy, number = a_player(world, "cy"), put_up(ana, lemon)
    done(bob.bazaar.buy(number), Bought)
    before = contents(world)
    refused(cy.bazaar.buy(number), Reason.SOLD_OUT)
    refused(bob.bazaar.buy(number), Reason.SOLD_OUT)
    assert contents(world) == before


def test_the_same_key_buys_once(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    first = done(bob.bazaar.buy(number, key="k"), Bought)
    before = contents(world)
    again = done(bob.bazaar.buy(number, key="k"), Bought)
    assert again.repeat
    assert again.item_id == first.item_id
    refused(bob.bazaar.buy(number + 1, key="k"), Reason.KEY_REUSED)
    assert contents(world) == before


def test_nobody_buys_their_own_listing(world: World, ana: PlayerHandle, lemon: int) -> None:
    number = put_up(ana, lemon)
    before = contents(world)
    refused(ana.bazaar.buy(number), Reason.OWN_LISTING)
    assert contents(world) == before


@pytest.mark.parametrize("number", [0, -1, 1, 2**63, 2**70])
def test_an_unknown_listing_is_refused(world: World, ana: PlayerHandle, number: int) -> None:
    before = contents(world)
    for asked in (ana.bazaar.buy, ana.bazaar.delist, ana.bazaar.detail):
        refused(asked(number), Reason.UNKNOWN_LISTING)
    assert contents(world) == before


@pytest.mark.parametrize("slug", ["lime", "rind", "spoon"])
def test_who_has_one_buys_no_second(
    world: World, ana: PlayerHandle, bob: PlayerHandle, slug: str
) -> None:
    given(world, bob, slug)
    number = put_up(ana, given(world, ana, slug))
    before = contents(world)
    refusal = refused(bob.bazaar.buy(number), Reason.ALREADY_OWNED)
    assert contents(world) == before
    (line,) = done(bob.bazaar.page(BazaarQuery()), ListingPage).lines
    assert line.refusal == refusal
    assert line.held == 1


def test_one_in_escrow_counts_as_owned(world: World, ana: PlayerHandle, bob: PlayerHandle) -> None:
    for _ in range(GEAR_ROOM):
        given(world, bob, "spoon")
    given(world, bob, "vest")
    number = put_up(ana, given(world, ana, "vest"))
    before = contents(world)
    refused(bob.bazaar.buy(number), Reason.ALREADY_OWNED)
    assert contents(world) == before


@pytest.mark.parametrize("slug", ["donut", "kit", "lemon"])
def test_consumables_and_collectibles_may_be_had_many_times(
    world: World, ana: PlayerHandle, bob: PlayerHandle, slug: str
) -> None:
    given(world, bob, slug)
    done(bob.bazaar.buy(put_up(ana, given(world, ana, slug))), Bought)


def test_gear_needs_room(world: World, ana: PlayerHandle, bob: PlayerHandle) -> None:
    for _ in range(GEAR_ROOM):
        given(world, bob, "spoon")
    number = put_up(ana, given(world, ana, "vest"))
    before = contents(world)
    refusal = refused(bob.bazaar.buy(number), Reason.NO_ROOM)
    assert refusal.figures == {"room": GEAR_ROOM, "held": GEAR_ROOM}
    assert contents(world) == before
    bob.inventory.sell([held(bob, InventoryTab.GEAR)[0].id])
    done(bob.bazaar.buy(number), Bought)


def test_a_price_that_is_too_high_is_refused_with_what_is_missing(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon, 5_001)
    before = contents(world)
    refusal = refused(bob.bazaar.buy(number), Reason.INSUFFICIENT_FUNDS)
    assert refusal.figures["missing"] == 1
    assert contents(world) == before


def test_the_last_orange_may_be_spent(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    done(bob.bazaar.buy(put_up(ana, lemon, 5_000)), Bought)
    assert oranges(bob) == 0


def test_a_thing_goes_on_from_hand_to_hand(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    bought = done(bob.bazaar.buy(put_up(ana, lemon)), Bought)
    back = done(ana.bazaar.buy(put_up(bob, bought.item_id, 600)), Bought)
    history = done(ana.history.of(back.item_id), ItemHistory)
    owners = dict.fromkeys(event.player for event in history.events)
    assert list(owners) == ["ana", "bob"]
    assert {event.item_id for event in history.events} == {
        lemon,
        bought.item_id,
        back.item_id,
    }
