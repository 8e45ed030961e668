"""A clock that ran ahead and was set right again costs nothing but what was had already."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import BazaarQuery, Bought, Listed, ListingPage
from inventui.engine.drawer.models import DrawerView
from inventui.engine.inventory.models import Use
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.engine.trades.models import TradeEnded
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import DURATION as LISTED_FOR
from inventui.rules.core.clock import DAY, HOUR, MINUTE, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.property import FULL_TILL, PERIOD
from inventui.rules.streets.shifts import ShiftStyle
from inventui.rules.trades.trades import DURATION as OFFERED_FOR
from tests.builders import (
    STREETS_PACK,
    TOWN_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    done,
    refused,
)
from tests.engine.streets import rows
from tests.engine.trading import have, offered, seen

NOON = 20_777 * DAY + 12 * HOUR
"""Noon, on a boundary of 3 h."""

AHEAD = (8 * HOUR, 31 * DAY, 3650 * DAY)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        yield world
        audited(world)


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, oranges=2_000_000)


def owns(player: PlayerHandle, *slugs: str) -> tuple[int, ...]:
    """Gear that a player wears from now on."""
    numbers = have(player, *slugs)
    for number in numbers:
        done(player.wardrobe.equip(number), Outfit)
    return numbers


def periods(player: PlayerHandle) -> list[int]:
    """The periods that a business has paid, in the order in which it did."""
    sql = "SELECT period FROM income WHERE player_id = ? ORDER BY id"
    return [period for (period,) in rows(player.world, sql, player.id)]


def charged(player: PlayerHandle) -> list[int]:
    """The days whose upkeep fell due."""
    sql = "SELECT day FROM upkeep WHERE player_id = ? ORDER BY day"
    return [day for (day,) in rows(player.world, sql, player.id)]


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_clock_that_ran_ahead_costs_nothing_but_what_was_had(
    ahead: int, ana: PlayerHandle, clock: FrozenClock
) -> None:
    owns(ana, "stand", "tent")
    clock.at = NOON + ahead
    ana.catch_up()
    had = periods(ana)
    assert had == [NOON // PERIOD + n for n in range(min(ahead, FULL_TILL) // PERIOD)]
    clock.at = NOON
    ana.catch_up()
    view = ana.property.view()
    assert view.business is not None
    assert view.home is not None
    assert view.business.next_at == (had[-1] + 2) * PERIOD
    assert view.home.next_at == (max([*charged(ana), NOON // DAY]) + 1) * DAY
    # It pays at the very moment that was told, and each period after it.
    clock.at = view.business.next_at - 1
    ana.catch_up()
    assert periods(ana) == had
    for number in range(1, 20):
        clock.at = view.business.next_at + (number - 1) * PERIOD
        ana.catch_up()
        assert len(periods(ana)) == len(had) + number
    assert periods(ana) == [NOON // PERIOD + n for n in range(len(had) + 19)]


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_was_bought_by_a_clock_ahead_counts_from_now_on(
    ahead: int, ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.at = NOON + ahead
    owns(ana, "stand", "tent")
    clock.at = NOON
    ana.catch_up()
    view = ana.property.view()
    assert view.business is not None
    assert view.home is not None
    assert (view.business.next_at, view.home.next_at) == (NOON + PERIOD, (NOON // DAY + 1) * DAY)
    clock.at = NOON + DAY
    ana.catch_up()
    if ahead > DAY:
        assert periods(ana) == [NOON // PERIOD + n for n in range(8)]
        assert charged(ana) == [NOON // DAY + 1]


def test_who_is_away_after_the_clock_was_set_back_finds_a_till_of_seven_days(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    owns(ana, "stand")
    clock.at = NOON + 31 * DAY
    ana.catch_up()
    clock.at = NOON
    done(ana.streets.play(ShiftStyle.STEADY), ShiftPaid)
    had = len(periods(ana))
    clock.at = NOON + 60 * DAY
    ana.catch_up()
    # Those of the first seven days were had; the till of this absence was full with them.
    assert len(periods(ana)) == had
    clock.at += PERIOD
    ana.catch_up()
    assert len(periods(ana)) == had + 1


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_is_for_sale_or_offered_ends_by_the_present_clock(
    ahead: int, world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "bob", oranges=10_000)
    first, second, third = have(ana, "spoon", "vest", "fork")
    before = done(ana.bazaar.list(first, 100), Listed).listing
    clock.at = NOON + ahead
    later = done(ana.bazaar.list(second, 100), Listed).listing
    trade = offered(ana, "bob", give=(third,), ask_oranges=1)
    clock.at = NOON + HOUR
    ana.catch_up()
    until = dict(rows(world, "SELECT id, until FROM listing WHERE state = 'open'"))
    assert until[later] == NOON + HOUR + LISTED_FOR
    assert seen(bob, trade).until == NOON + HOUR + OFFERED_FOR
    if ahead == AHEAD[0]:
        assert until[before] == NOON + LISTED_FOR
        done(bob.bazaar.buy(before), Bought)
    done(bob.bazaar.buy(later), Bought)
    done(bob.trades.accept(trade), TradeEnded)


def test_a_listing_whose_time_is_over_is_on_show_for_nobody(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "bob")
    (spoon,) = have(ana, "spoon")
    listing = done(ana.bazaar.list(spoon, 100_000), Listed).listing
    for passed, shown in ((LISTED_FOR - 1, True), (LISTED_FOR, False), (31 * DAY, False)):
        clock.at = NOON + passed
        lines = done(bob.bazaar.page(BazaarQuery()), ListingPage).lines
        assert (listing in [line.id for line in lines]) is shown
        assert all(line.until > clock.at for line in lines)


def test_what_was_put_up_by_a_clock_ahead_comes_home_in_its_time(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "bob")
    spoon, vest = have(ana, "spoon", "vest")
    clock.at = NOON + 3650 * DAY
    done(ana.bazaar.list(spoon, 100), Listed)
    offered(ana, "bob", give=(vest,), ask_oranges=1)
    clock.at = NOON
    bob.catch_up()
    clock.at = NOON + LISTED_FOR
    settled = ana.catch_up()
    assert settled is not None
    assert rows(world, "SELECT status FROM player_item WHERE id IN (?, ?)", spoon, vest) == [
        ("owned",),
        ("owned",),
    ]


def test_a_drop_of_a_clock_ahead_waits_a_day_from_now(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.at = NOON + 3650 * DAY
    while not ana.escrow.view().items:
        clock.advance(MINUTE if ana.streets.view().shifts_left else DAY)
        done(ana.streets.play(ShiftStyle.STEADY), ShiftPaid)
    clock.at = NOON
    ana.catch_up()
    (item,) = ana.escrow.view().items
    assert item.line.held_until == NOON + DAY
    clock.at = NOON + DAY
    settled = ana.catch_up()
    assert settled is not None
    assert settled.expired == (item.line.name,)


@pytest.mark.parametrize("ahead", AHEAD)
def test_pauses_go_by_the_present_clock(
    ahead: int, world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "bob", oranges=10_000)
    clock.at = NOON + 2 * DAY + ahead
    a_player(world, "cy", oranges=10_000)
    done(ana.streets.play(ShiftStyle.STEADY), ShiftPaid)
    ana.streets.rob("bob")
    clock.at = NOON + 2 * DAY
    done(ana.streets.play(ShiftStyle.STEADY), ShiftPaid)
    targets = {target.name: target for target in ana.streets.targets()}
    assert targets["bob"].refusal is None
    assert targets["cy"].refusal is None
    assert targets["cy"].free_at is None
    assert bob.streets.view().shifts_left == 40


@pytest.mark.parametrize("ahead", AHEAD)
def test_shops_and_rotations_are_those_of_the_present_clock(
    ahead: int, world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    now = ana.gear_shop.today(), ana.black_market.rotation()
    clock.at = NOON + ahead
    ana.gear_shop.today(), ana.black_market.rotation()
    clock.at = NOON
    assert (ana.gear_shop.today(), ana.black_market.rotation()) == now


@pytest.mark.parametrize("ahead", AHEAD)
def test_what_was_thrown_by_a_clock_ahead_does_not_stick_for_years(
    ahead: int, tmp_path: Path, clock: FrozenClock
) -> None:
    with a_world(tmp_path / "world.db", clock=clock, pack=STREETS_PACK) as world:
        ana, bob = a_player(world), a_player(world, "bob")
        befriended(ana, bob)
        (poop,) = have(ana, "poop")
        clock.at = NOON + DAY + ahead
        done(ana.wardrobe.use(poop, "bob"), Use)
        assert len(done(bob.drawer.show(), DrawerView).splats) == 1
        clock.at = NOON
        assert done(bob.drawer.show(), DrawerView).splats == ()


@pytest.mark.parametrize("ahead", AHEAD)
def test_neighbours_come_by_the_present_clock(
    ahead: int, world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    ana.bazaar.page(BazaarQuery())
    clock.at = NOON + ahead
    ana.bazaar.page(BazaarQuery()), ana.streets.targets(), ana.catch_up()
    ran = {number for (number,) in rows(world, "SELECT number FROM bazaar_turn")}
    paid = rows(world, "SELECT count(*) FROM settlement")
    clock.at = NOON
    for _ in range(20):
        clock.advance(6 * HOUR)
        ana.bazaar.page(BazaarQuery()), ana.streets.targets(), ana.catch_up()
        number = clock.at // (6 * HOUR)
        assert (number,) in rows(world, "SELECT number FROM bazaar_turn")
    assert rows(world, "SELECT count(*) FROM settlement") > paid
    again = rows(
        world, "SELECT number, count(*) FROM bazaar_turn GROUP BY number HAVING count(*) > 1"
    )
    assert (again, bool(ran)) == ([], True)


def test_it_is_written_down_once_with_both_times_and_a_correction_is_not(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.at = NOON + 8 * HOUR
    done(ana.streets.daily(), DailyPaid)
    clock.advance(-MINUTE)
    ana.catch_up()
    assert world.set_back is None
    clock.at = NOON
    for _ in range(2):
        ana.catch_up()
    assert world.set_back is not None
    words = world.set_back.words
    assert "2026-11-20 20:00" in words
    assert "2026-11-20 12:00" in words
    assert rows(world, "SELECT at FROM operation WHERE kind = 'clock'") == [(NOON,)]
    refused(ana.streets.daily(), Reason.TOO_SOON)


def test_another_program_goes_by_the_present_clock_too(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    owns(ana, "stand")
    with a_world(world.path, clock=clock, pack=TOWN_PACK) as other:
        same = other.player("ana")
        assert isinstance(same, PlayerHandle)
        clock.at = NOON + 3650 * DAY
        same.catch_up(), ana.catch_up()
        had = len(periods(ana))
        clock.at = NOON
        ana.catch_up()
        clock.at = NOON + FULL_TILL + PERIOD
        # It has not seen the clock go back itself.
        done(same.streets.play(ShiftStyle.STEADY), ShiftPaid)
        assert len(periods(ana)) == had
        clock.advance(PERIOD)
        same.catch_up()
        assert len(periods(ana)) == had + 1
        assert other.set_back is None
