"""Shifts and the daily bonus."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import ItemDetail, Use
from inventui.engine.players.models import Grant
from inventui.engine.property.models import UpkeepPaid
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, SECOND, FrozenClock
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.streets.shifts import SHIFTS_A_DAY, ShiftStyle, skill_by_choice
from tests.builders import (
    NOW,
    STREETS_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    opened,
    refused,
)
from tests.engine.streets import bought, rows


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "streets.db", clock=clock, pack=STREETS_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


def worked(player: PlayerHandle, clock: FrozenClock, skill: int | ShiftStyle = 50) -> ShiftPaid:
    """A shift, after the pause."""
    clock.advance(30 * SECOND)
    return done(player.streets.play(skill), ShiftPaid)


def test_a_shift_pays_by_skill_and_brings_experience(world: World, ana: PlayerHandle) -> None:
    paid = done(ana.streets.play(87), ShiftPaid)
    assert (paid.pay, paid.fed, paid.number, paid.shifts_left) == (107, False, 1, 39)
    assert paid.next_shift_at == NOW + 30 * SECOND
    card = ana.card()
    assert (card.oranges, card.experience) == (20_107, 5)
    assert paid.balance.oranges == 20_107
    audited(world)


def test_the_view_says_what_the_next_shift_is(ana: PlayerHandle, clock: FrozenClock) -> None:
    view = ana.streets.view()
    assert (view.shifts_today, view.shifts_left, view.shift_number) == (0, 40, 1)
    assert (view.next_shift_at, view.pay_least, view.pay_most) == (NOW, 20, 120)
    done(ana.streets.play(0), ShiftPaid)
    view = ana.streets.view()
    assert (view.shifts_today, view.shifts_left, view.shift_number) == (1, 39, 2)
    assert view.next_shift_at == NOW + 30 * SECOND
    clock.advance(DAY)
    view = ana.streets.view()
    assert (view.shifts_today, view.shift_number) == (0, 2)
    assert view.next_shift_at == NOW + DAY


def test_a_shift_within_30_seconds_is_refused_and_nothing_changes(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.streets.play(50), ShiftPaid)
    clock.advance(30 * SECOND - 1)
    before = contents(world)
    refused(ana.streets.play(50), Reason.TOO_SOON)
    assert contents(world) == before
    clock.advance(1)
    done(ana.streets.play(50), ShiftPaid)


def test_the_41st_shift_of_a_day_waits_for_midnight(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    numbers = [worked(ana, clock).number for _ in range(SHIFTS_A_DAY)]
    assert numbers == list(range(1, 41))
    clock.advance(HOUR)
    before = contents(world)
    refused(ana.streets.play(50), Reason.TOO_OFTEN)
    assert contents(world) == before
    midnight = ana.streets.view().next_shift_at
    assert midnight % DAY == 0
    clock.at = midnight
    assert done(ana.streets.play(50), ShiftPaid).number == 1
    audited(world)


def test_a_clock_that_went_back_gives_no_more_shifts_for_the_same_pause(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    worked(ana, clock)
    clock.advance(-HOUR)
    done(ana.streets.play(50), ShiftPaid)
    refused(ana.streets.play(50), Reason.TOO_SOON)


@pytest.mark.parametrize("skill", [-1, 101])
def test_a_skill_that_no_game_gives_is_refused_and_nothing_changes(
    skill: int, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(ana.streets.play(skill), Reason.INVALID_AMOUNT)
    assert contents(world) == before


def test_a_style_draws_its_skill_from_the_worlds_seed(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    for number, style in enumerate(ShiftStyle, start=1):
        drawn = skill_by_choice(world.seed, ana.id, number, style)
        assert worked(ana, clock, style).skill == drawn


def test_a_donut_makes_one_shift_pay_half_as_much_again(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.wardrobe.use(bought(ana, "donut")), Use)
    view = ana.streets.view()
    assert (view.fed, view.pay_least, view.pay_most) == (True, 30, 180)
    fed = worked(ana, clock, 51)
    assert (fed.pay, fed.fed) == (106, True)
    assert not ana.streets.view().fed
    assert worked(ana, clock, 51).pay == 71
    audited(world)


def test_a_home_makes_shifts_pay_more_while_its_upkeep_is_paid(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    home = bought(ana, "crate-home")
    view = ana.streets.view()
    assert (view.rest, view.pay_least, view.pay_most) == (10, 22, 132)
    paid = worked(ana, clock, 50)
    assert (paid.rest, paid.pay) == (10, 77)
    done(ana.wardrobe.use(bought(ana, "donut")), Use)
    assert worked(ana, clock, 50).pay == 115
    figures = done(ana.inventory.detail(home), ItemDetail).figures
    assert figures["rest"] == 10
    while ana.card().oranges >= 100:
        opened(ana, "crate", min(100, ana.card().oranges // 100))
    clock.advance(DAY)
    assert ana.catch_up() is not None
    held = ana.property.view().home
    assert held is not None
    assert (held.days_due > 0, held.rest, ana.streets.view().rest) == (True, 0, 0)
    assert worked(ana, clock, 50).pay == 70
    done(world.grant("ana", oranges=1_000), Grant)
    done(ana.property.pay(), UpkeepPaid)
    assert worked(ana, clock, 50).pay == 77
    audited(world)


def test_the_same_key_again_pays_nothing_more(world: World, ana: PlayerHandle) -> None:
    first = done(ana.streets.play(50, key="k"), ShiftPaid)
    before = contents(world)
    again = done(ana.streets.play(50, key="k"), ShiftPaid)
    assert again.repeat
    assert again.balance == first.balance
    refused(ana.streets.play(51, key="k"), Reason.KEY_REUSED)
    assert contents(world) == before


def test_a_shift_can_raise_the_rank_which_gives_gems(ana: PlayerHandle, clock: FrozenClock) -> None:
    opened(ana, "crate", 99)
    assert worked(ana, clock).rank_up is None
    raised = worked(ana, clock)
    assert (raised.rank_up, raised.balance.gems) == ("Associate", 35)


def test_a_crate_drops_a_thing_into_escrow_for_24_hours(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    crate = None
    while crate is None:
        clock.advance(HOUR)
        crate = done(ana.streets.play(50), ShiftPaid).crate
    assert crate.held_until == clock.at + DAY
    detail = done(ana.inventory.detail(crate.item_id), ItemDetail)
    assert detail.line.status is Status.ESCROWED
    assert detail.acquisition is Acquisition.DROP
    assert detail.line.name == crate.name
    audited(world)


def test_crates_hold_no_limited_edition_no_default_no_food_and_no_cosmetic_owned_already(
    world: World, ana: PlayerHandle, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.engine.streets.crate.has_crate", lambda *_: True)
    bought(ana, "lime")
    found = set()
    for _ in range(120):
        clock.advance(HOUR)
        crate = done(ana.streets.play(50), ShiftPaid).crate
        assert crate is not None
        found.add(crate.slug)
    # A Rookie finds no business, and no gear but common gear.
    assert found == {"straw", "spoon", "vest", "crate-home"}
    audited(world)


def test_the_daily_bonus_grows_over_seven_days_and_begins_again(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    taken = []
    for _ in range(8):
        view = ana.streets.view()
        paid = done(ana.streets.daily(), DailyPaid)
        assert (view.bonus_ready, view.bonus_day) == (True, paid.streak)
        assert (view.bonus_oranges, view.bonus_gems) == (paid.oranges, paid.gems)
        taken.append((paid.streak, paid.oranges, paid.gems))
        clock.advance(DAY)
    assert taken == [
        *((day, 100 * day, 0) for day in range(1, 7)),
        (7, 700, 10),
        (1, 100, 0),
    ]
    assert ana.card().gems == 35
    audited(world)


def test_a_bonus_is_taken_once_a_day_whatever_the_clock_does(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    paid = done(ana.streets.daily(), DailyPaid)
    assert paid.next_at % DAY == 0
    view = ana.streets.view()
    assert (view.bonus_ready, view.streak, view.bonus_day) == (False, 1, 2)
    assert view.bonus_at == paid.next_at
    before = contents(world)
    refused(ana.streets.daily(), Reason.TOO_SOON)
    assert contents(world) == before
    clock.at = paid.next_at
    assert done(ana.streets.daily(), DailyPaid).streak == 2
    clock.advance(-DAY)
    refused(ana.streets.daily(), Reason.TOO_SOON)


def test_a_clock_ahead_takes_the_bonus_of_its_days_alone(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.streets.daily(), DailyPaid)
    for ahead in (1, 3, 31, 3650):
        clock.at = NOW + ahead * DAY
        done(ana.streets.daily(), DailyPaid)
    clock.at = NOW
    # Today's and tomorrow's are taken: the next one is that of the day after.
    view = ana.streets.view()
    assert (view.bonus_ready, view.bonus_at) == (False, (NOW // DAY + 2) * DAY)
    refusal = refused(ana.streets.daily(), Reason.TOO_SOON)
    assert refusal.figures["wait_seconds"] == (view.bonus_at - NOW) // 1_000
    clock.at = view.bonus_at
    assert ana.streets.view().bonus_day == 3
    paid = done(ana.streets.daily(), DailyPaid)
    # The streak goes on by days; the one after is taken already.
    assert (paid.streak, paid.next_at) == (3, (NOW // DAY + 4) * DAY)
    clock.at = paid.next_at
    assert done(ana.streets.daily(), DailyPaid).streak == 2
    audited(world)


def test_a_missed_day_begins_the_streak_again(ana: PlayerHandle, clock: FrozenClock) -> None:
    done(ana.streets.daily(), DailyPaid)
    clock.advance(2 * DAY)
    view = ana.streets.view()
    assert (view.streak, view.bonus_day) == (0, 1)
    assert done(ana.streets.daily(), DailyPaid).streak == 1


def test_a_full_streak_stands_until_the_next_day(ana: PlayerHandle, clock: FrozenClock) -> None:
    for _ in range(7):
        done(ana.streets.daily(), DailyPaid)
        assert ana.streets.view().streak == (clock.at - NOW) // DAY + 1
        clock.advance(DAY)
    assert ana.streets.view().streak == 0


def test_what_a_shift_paid_is_written_beside_it(world: World, ana: PlayerHandle) -> None:
    done(ana.streets.play(10), ShiftPaid)
    assert rows(world, "SELECT number, skill, pay, fed FROM shift") == [(1, 10, 30, 0)]
