"""What waits for a player: each room tells of it while it does, and not longer."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inventui.engine.cases.models import Opening
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.engine.trades.models import TradeMade, TradeOffer
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.home import Kind, Waiting
from inventui.rules.people.friends import FriendEvent
from inventui.rules.streets.shifts import SHIFTS_A_DAY
from tests.builders import STREETS_PACK, a_player, a_world, contents, done, given


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "home.db", clock=clock, pack=STREETS_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob", oranges=20_000)


def waiting(player: PlayerHandle, kind: Kind) -> Waiting | None:
    """The first line of a kind, or None."""
    return next((line for line in player.home.look().lines if line.kind is kind), None)


def test_looking_writes_nothing(world: World, ana: PlayerHandle) -> None:
    before = contents(world)
    ana.home.look()
    assert contents(world) == before


def test_the_bonus_waits_until_midnight_and_only_until_it_is_taken(
    world: World, ana: PlayerHandle
) -> None:
    line = waiting(ana, Kind.BONUS)
    assert line is not None
    assert (line.worth, line.until) == (100, (world.clock.now() // DAY + 1) * DAY)
    done(ana.streets.daily(), DailyPaid)
    assert waiting(ana, Kind.BONUS) is None


def test_shifts_wait_until_the_days_last_is_worked(ana: PlayerHandle, clock: FrozenClock) -> None:
    for left in range(SHIFTS_A_DAY, 0, -1):
        line = waiting(ana, Kind.SHIFT)
        assert line is not None
        assert (f"{left} shifts" if left > 1 else "last") in line.what
        done(ana.streets.play(50), ShiftPaid)
        clock.advance(30 * SECOND)
    assert waiting(ana, Kind.SHIFT) is None


def test_a_trade_waits_for_the_partner_with_what_it_brings_and_its_end(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    made = done(bob.trades.propose("ana", TradeOffer(give_oranges=500, ask_oranges=20)), TradeMade)
    line = waiting(ana, Kind.TRADE)
    assert line is not None
    assert (line.target, line.worth, line.room) == (str(made.trade), 480, "trades")
    assert waiting(bob, Kind.TRADE) is None
    assert line.until is not None
    clock.advance(line.until - clock.now())
    assert waiting(ana, Kind.TRADE) is None


def test_who_asks_for_friendship_waits_for_an_answer(ana: PlayerHandle, bob: PlayerHandle) -> None:
    bob.friends.change("ana", FriendEvent.REQUEST)
    line = waiting(ana, Kind.FRIEND)
    assert line is not None
    assert (line.what, line.target) == ("bob asks to be friends", "bob")
    assert waiting(bob, Kind.FRIEND) is None
    ana.friends.change("bob", FriendEvent.ACCEPT)
    assert waiting(ana, Kind.FRIEND) is None


def test_a_gift_waits_until_it_is_read(ana: PlayerHandle, bob: PlayerHandle) -> None:
    bob.friends.change("ana", FriendEvent.REQUEST)
    ana.friends.change("bob", FriendEvent.ACCEPT)
    done(bob.gifts.send_money("ana", 5), GiftSent)
    assert waiting(ana, Kind.GIFTS) is not None
    told = ana.notifications.page(unread=True).notifications
    ana.notifications.seen(one.id for one in told)
    assert waiting(ana, Kind.GIFTS) is None


def test_the_turn_of_the_market_is_told_in_its_last_hour(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    turn = (clock.now() // (6 * HOUR) + 1) * 6 * HOUR
    clock.advance(turn - HOUR - MINUTE - clock.now())
    assert waiting(ana, Kind.MARKET) is None
    clock.advance(MINUTE)
    line = waiting(ana, Kind.MARKET)
    assert line is not None
    assert line.until == turn


def test_gear_that_lies_idle_while_its_slot_is_empty_waits_to_be_put_on(
    world: World, ana: PlayerHandle
) -> None:
    assert waiting(ana, Kind.WEAR) is None
    for slug, said in (("spoon", "Wear "), ("crate-home", "Move into "), ("stand", "Run ")):
        piece = given(world, ana, slug)
        line = waiting(ana, Kind.WEAR)
        assert line is not None
        assert line.what.startswith(said)
        assert (line.room, line.target) == ("inventory", str(piece))
        done(ana.wardrobe.equip(piece), Outfit)
        given(world, ana, "peeler")
        assert waiting(ana, Kind.WEAR) is None


def test_only_a_business_that_runs_is_said_to_pay_and_only_who_owns_none_is_to_find_one(
    world: World, ana: PlayerHandle
) -> None:
    line = waiting(ana, Kind.BUSINESS)
    assert line is not None
    assert line.room == "shop"
    stand = given(world, ana, "stand")
    assert waiting(ana, Kind.BUSINESS) is None
    assert waiting(ana, Kind.TILL) is None
    done(ana.wardrobe.equip(stand), Outfit)
    assert waiting(ana, Kind.TILL) is not None
    assert waiting(ana, Kind.BUSINESS) is None


def test_who_took_the_bonus_and_worked_every_shift_is_told_when_there_are_more(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.streets.daily(), DailyPaid)
    for _ in range(SHIFTS_A_DAY):
        assert waiting(ana, Kind.DAY) is None
        done(ana.streets.play(50), ShiftPaid)
        clock.advance(30 * SECOND)
    line = waiting(ana, Kind.DAY)
    assert line is not None
    assert line.until == (clock.now() // DAY + 1) * DAY


def test_what_is_dearer_than_the_purse_stands_last(world: World, ana: PlayerHandle) -> None:
    rich = ana.home.look().lines
    assert rich[-1].cost <= 20_000
    poor = a_player(world, "poor").home.look().lines
    costs = [line.cost > 5_000 for line in poor]
    assert costs == sorted(costs)


def test_one_who_cant_pay_for_a_case_is_told_what_there_is_to_sell(tmp_path: Path) -> None:
    with closing(a_world(tmp_path / "small.db")) as world:
        poor = a_player(world, "poor")
        cheapest = min(case.price for case in world.catalogue.cases())
        assert waiting(poor, Kind.SELL) is None
        while poor.card().oranges >= cheapest:
            done(poor.cases.open("crate"), Opening)
        line = waiting(poor, Kind.SELL)
        assert line is not None
        page = done(poor.inventory.page(InventoryQuery(), limit=1_000), InventoryPage)
        sold = done(poor.inventory.sell([item.id for item in page.items]), Sale)
        assert sold.total_value == line.worth
