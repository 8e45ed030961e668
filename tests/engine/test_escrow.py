"""Escrow: what waits, how long, and claiming it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import (
    Claim,
    Discard,
    EscrowItem,
    InventoryPage,
    InventoryQuery,
)
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import MARKET_PACK, NOW, a_player, a_world, audited, contents, done, refused


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "market.db", clock=clock, pack=MARKET_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    """A player who holds ten pieces of gear, so that more goes to escrow."""
    ana = a_player(world)
    for _ in range(10):
        given(world, "last-spoon")
    return ana


def given(world: World, slug: str) -> int:
    number = done(world.grant("ana", item=slug), Grant).item_id
    assert number is not None
    return number


def waiting(player: PlayerHandle) -> list[int]:
    return [item.line.id for item in player.escrow.view().items]


def test_gear_without_room_waits_for_a_day_with_all_that_is_known_of_it(
    world: World, ana: PlayerHandle
) -> None:
    assert ana.escrow.view().items == ()
    number = given(world, "common-stand-1")
    view = ana.escrow.view()
    (item,) = view.items
    assert (view.room, view.gear_held, view.gear_room, view.at) == (3, 10, 10, NOW)
    assert (item.line.id, item.line.status) == (number, Status.ESCROWED)
    assert item.held_until == NOW + DAY
    assert (item.acquisition, item.source) == (Acquisition.ADMIN, "the world's owner")
    assert item.figures == {"revenue": 2_000, "operating_cost": 200}
    assert item.durability == 100
    assert item.refusal is not None
    assert item.refusal.reason is Reason.NO_ROOM


def test_claiming_brings_a_thing_into_the_inventory_once_there_is_room(
    world: World, ana: PlayerHandle
) -> None:
    number = given(world, "common-apron-1")
    before = contents(world)
    assert refused(ana.escrow.claim(number), Reason.NO_ROOM).figures == {"room": 10, "held": 10}
    assert contents(world) == before
    done(ana.inventory.discard(1), Discard)
    claimed = done(ana.escrow.claim(number, "k"), Claim)
    assert (claimed.item_id, claimed.name) == (number, "Common Apron 1")
    assert claimed.category is Category.ARMOR
    assert ana.escrow.view().items == ()
    assert ana.inventory.detail(number).line.status is Status.OWNED  # type: ignore[union-attr]
    before = contents(world)
    assert done(ana.escrow.claim(number, "k"), Claim).repeat
    refused(ana.escrow.claim(number), Reason.WRONG_STATUS)
    assert contents(world) == before
    audited(world)


def test_what_is_claimed_a_millisecond_before_its_time_is_kept_and_later_is_gone(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    one, two = given(world, "common-apron-1"), given(world, "common-apron-2")
    for number in (1, 2):
        done(ana.inventory.discard(number), Discard)
    clock.at = NOW + DAY - 1
    done(ana.escrow.claim(one), Claim)
    clock.at = NOW + DAY
    refused(ana.escrow.claim(two), Reason.EXPIRED)
    before = contents(world)
    refused(ana.escrow.claim(two), Reason.EXPIRED)
    assert contents(world) == before
    assert ana.escrow.view().items == ()
    audited(world)


def test_what_came_while_the_clock_was_back_is_let_go_of_at_its_time(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.advance(30 * DAY)
    ana.catch_up()
    clock.advance(-3 * DAY)
    given(world, "common-apron-1")
    clock.advance(DAY - 1)
    assert ana.catch_up() is None
    clock.advance(1)
    settled = ana.catch_up()
    assert settled is not None
    assert settled.expired == ("Common Apron 1",)
    assert ana.escrow.view().items == ()
    audited(world)


def test_a_fourth_thing_makes_the_oldest_go(world: World, ana: PlayerHandle) -> None:
    numbers = [given(world, "common-apron-1") for _ in range(4)]
    assert waiting(ana) == numbers[1:]
    refused(ana.escrow.claim(numbers[0]), Reason.EXPIRED)
    audited(world)


def test_what_expires_first_stands_in_front(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    first = given(world, "common-apron-1")
    clock.advance(1)
    second = given(world, "common-apron-2")
    assert waiting(ana) == [first, second]


def test_nobody_claims_another_s_things_nor_what_is_not_there(
    world: World, ana: PlayerHandle
) -> None:
    number = given(world, "common-apron-1")
    bob = a_player(world, "bob")
    before = contents(world)
    refused(bob.escrow.claim(number), Reason.NOT_YOURS)
    refused(ana.escrow.claim(9_999), Reason.UNKNOWN_ITEM)
    refused(ana.escrow.claim(2**70), Reason.UNKNOWN_ITEM)
    refused(ana.escrow.claim(1), Reason.WRONG_STATUS)
    assert contents(world) == before


def test_the_inventory_s_tab_says_until_when_things_wait(world: World, ana: PlayerHandle) -> None:
    number = given(world, "common-apron-1")
    page = done(ana.inventory.page(InventoryQuery(tab=InventoryTab.ESCROW)), InventoryPage)
    (line,) = page.items
    assert (line.id, line.held_until) == (number, NOW + DAY)
    (item,) = ana.escrow.view().items
    assert isinstance(item, EscrowItem)
    assert item.line == line
    done(ana.inventory.discard(1), Discard)
    done(ana.escrow.claim(number), Claim)
    held = done(ana.inventory.page(InventoryQuery(tab=InventoryTab.GEAR)), InventoryPage)
    assert number in {line.id for line in held.items}
    assert {line.held_until for line in held.items} == {None}


def test_what_waits_is_owned_already_for_every_seller(world: World, ana: PlayerHandle) -> None:
    world.grant("ana", oranges=50_000)
    line = ana.black_market.rotation().stalls[-1]
    assert (line.held, line.owned) == (0, False)
    given(world, line.slug)
    line = ana.black_market.rotation().stalls[-1]
    assert (line.held, line.owned, line.worn) == (1, True, False)
    before = contents(world)
    refused(ana.black_market.buy(line.slug), Reason.ALREADY_OWNED)
    assert contents(world) == before
