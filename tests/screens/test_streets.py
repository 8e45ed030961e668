"""The Streets room: shifts by timing and by choice, the bonus, robbing; nothing is told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.streets.models import DailyPaid, RobberyDone, ShiftPaid, Stolen, Wear
from inventui.rules.core.clock import DAY, HOUR, SECOND, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.streets.crates import has_crate
from inventui.rules.streets.shift_game import Course, Pour
from inventui.rules.streets.shifts import SHIFT_PAUSE, ShiftStyle, shift_pay
from inventui.screens.streets.bonus import BonusScreen
from inventui.screens.streets.crate import CrateScreen
from inventui.screens.streets.rob_reveal import RobberyScreen
from inventui.screens.streets.screen import StreetsPane, StreetsRoom
from inventui.screens.streets.stand import Stand
from inventui.screens.streets.targets import TargetList
from inventui.screens.streets.ticket_bar import TicketBar
from inventui.screens.streets.week import Week
from inventui.widgets.frame.dialogs import ConfirmDialog
from tests.builders import SCREEN_PACKS, contents
from tests.screens.conftest import HOSTILE_NAMES, START, Picture, go, player_of, settle
from tests.worlds.shop import said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

App = Callable[..., InventuiApp]

PACK = SCREEN_PACKS / "streets.toml"


@pytest.fixture
def street_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana lives in a street with three neighbours, one of them poor."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "street.db", clock=clock, entropy=SeededEntropy("street"), pack=PACK,
        daily_backup=False,
    )  # fmt: skip
    world.players.add("ana", key="add-ana")
    yield world
    world.close()


class Hand:
    """Plays at the stand, with a watch of its own."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.room = room_of(pilot)
        self.seconds = 0.0
        self.room.stand.timer = lambda: self.seconds

    @property
    def stand(self) -> Stand:
        return self.room.stand

    @property
    def course(self) -> Course:
        course = self.stand.state().course  # type: ignore[union-attr]
        assert course is not None
        return course

    async def wait_until(self, milliseconds: int) -> None:
        self.seconds = milliseconds / 1000
        self.stand.frame()
        await self.pilot.pause()

    async def press(self, milliseconds: int, key: str = "enter") -> None:
        await self.wait_until(milliseconds)
        await self.pilot.press(key)
        await self.pilot.pause()

    async def shift(self, off: int = 0, key: str = "enter") -> None:
        """Work a whole shift, each tap closed so many milliseconds late."""
        await self.pilot.press(key)
        await self.pilot.pause()
        for index in range(3):
            await self.press(self.course.begins(index) + right(self.course.pours[index]) + off, key)
        await settle(self.pilot)


def right(pour: Pour) -> int:
    """When a glass is filled to its line."""
    return next(t for t in range(pour.time) if pour.level(t) >= pour.line)


def room_of(pilot: Pilot[Any]) -> StreetsRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, StreetsRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> Hand:
    await settle(pilot)
    hand = Hand(pilot)
    await go(pilot, *pressed)
    return hand


def work(world: World, clock: FrozenClock, shifts: int, name: str = "ana") -> None:
    """Let a player work so many shifts, each as soon as it may be."""
    for _ in range(shifts):
        assert isinstance(player_of(world, name).streets.play(50), ShiftPaid)
        clock.advance(SHIFT_PAUSE)


def work_until_crate(world: World, clock: FrozenClock) -> None:
    """Work until the next shift turns up a crate."""
    player = player_of(world)
    while not has_crate(world.seed, player.id, (number := player.streets.view().shift_number)):
        assert number < 40
        work(world, clock, 1)


def take_bonuses(world: World, clock: FrozenClock, days: int, name: str = "ana") -> None:
    for _ in range(days):
        assert isinstance(player_of(world, name).streets.daily(), DailyPaid)
        clock.advance(DAY)


def oranges(world: World, name: str = "ana") -> int:
    return player_of(world, name).card().oranges


# A shift by timing


async def test_three_presses_at_the_lines_pay_everything_and_once(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await hand.shift()
        assert hand.course.skill == 100
        assert oranges(street_world) == 5_000 + 120
        view = player_of(street_world).streets.view()
        assert (view.shifts_today, view.shift_number) == (1, 2)
        assert "✦ perfect" in text_of(pilot.app)


async def test_what_is_paid_is_what_the_rule_says_of_the_moments(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await hand.shift(90, "space")
        assert 0 < hand.course.skill < 100
        assert oranges(street_world) == 5_000 + shift_pay(hand.course.skill, fed=False, rest=0)


async def test_who_only_watches_spills_and_gets_the_least(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.wait_until(9_000)
        await settle(pilot)
        assert oranges(street_world) == 5_000 + 20
        assert text_of(pilot.app).count("spilt") == 3


async def test_a_key_before_the_first_tap_opens_does_nothing(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.press(300)
        assert hand.course.ends == ()


async def test_the_pay_so_far_grows_with_each_pour(street_world: World, make_app: App) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.wait_until(100)
        assert "so far 🍊 20 of 120" in text_of(pilot.app)
        await hand.press(hand.course.begins(0) + right(hand.course.pours[0]))
        assert "so far 🍊 53 of 120" in text_of(pilot.app)


WAYS_OUT = ("escape", "@home", "question_mark")


async def test_a_shift_that_is_left_before_its_first_tap_opens_does_not_count(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        before = contents(street_world)
        for key in WAYS_OUT:
            await go(pilot, "@streets")
            hand.seconds = 0
            await go(pilot, "enter")
            await hand.wait_until(hand.course.begins(0) - 100)
            await go(pilot, key)
            assert not hand.stand.playing
            await hand.wait_until(9_000)
            await settle(pilot)
            assert contents(street_world) == before


async def test_who_ends_the_game_in_a_shift_has_worked_it(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.press(hand.course.begins(0) + right(hand.course.pours[0]))
        await pilot.press("ctrl+q")
    assert oranges(street_world) == 5_053
    assert player_of(street_world).streets.view().shift_number == 2


@pytest.mark.parametrize("key", WAYS_OUT)
async def test_a_shift_that_is_left_after_its_first_tap_opened_pays_what_was_poured(
    key: str, street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.press(hand.course.begins(0) + right(hand.course.pours[0]))
        assert "so far 🍊 53 of 120" in text_of(pilot.app)
        await go(pilot, key)
        assert not hand.stand.playing
        assert oranges(street_world) == 5_053
        view = player_of(street_world).streets.view()
        assert (view.shift_number, view.shifts_today) == (2, 1), "the next glasses are others"


async def test_a_shift_counts_in_the_world_while_its_first_tap_runs(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.wait_until(hand.course.begins(0) + 100)
        await settle(pilot)
        assert player_of(street_world).streets.view().abandoned
        await hand.press(hand.course.begins(0) + right(hand.course.pours[0]))
        await go(pilot, "escape")
        assert oranges(street_world) == 5_053
        assert not player_of(street_world).streets.view().abandoned


async def test_a_shift_whose_program_is_gone_is_paid_for_an_empty_glass_before_the_next(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    player_of(street_world).streets.begin()
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await settle(pilot)
        assert not hand.stand.playing
        assert oranges(street_world) == 5_020
        assert any("You left a shift" in words for words in said(pilot))
        clock.advance(SHIFT_PAUSE)
        hand.room.tick()
        await hand.shift()
        assert oranges(street_world) == 5_140


async def test_while_juice_flows_enter_is_for_the_tap_and_panes_stay(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.wait_until(1_000)
        await go(pilot, "right", "tab", "d")
        assert (hand.room.pane, hand.stand.playing) == (StreetsPane.PLAY, True)
        assert player_of(street_world).streets.view().bonus_ready
        await pilot.press("enter")
        await pilot.pause()
        assert len(hand.course.ends) == 1


async def test_enter_too_soon_is_answered_by_bigpulp_and_changes_nothing(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    work(street_world, clock, 1)
    clock.advance(-13 * SECOND)
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        before = contents(street_world)
        await go(pilot, "enter")
        assert contents(street_world) == before
        assert not hand.stand.playing
        assert "Catch your breath" in text_of(pilot.app)
        assert "The next shift in 13 s" in text_of(pilot.app)


async def test_enter_works_again_as_soon_as_it_may(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await hand.shift()
        clock.advance(SHIFT_PAUSE - 1)
        await go(pilot, "enter")
        assert not hand.stand.playing
        clock.advance(1)
        hand.room.tick()
        await pilot.pause()
        assert "Catch your breath" not in text_of(pilot.app)
        hand.seconds = 0
        await hand.shift()
        assert player_of(street_world).streets.view().shifts_today == 2
        assert hand.stand.perfects == 6
        assert "✦ 6 perfect in a row" in text_of(pilot.app)


async def test_after_forty_shifts_the_stand_is_closed_until_midnight(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    work(street_world, clock, 40)
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        before = contents(street_world)
        await go(pilot, "enter")
        assert contents(street_world) == before
        assert "40/40 shifts today" in text_of(pilot.app)
        clock.at = START // DAY * DAY + DAY
        hand.room.tick()
        await settle(pilot)
        assert "0/40 shifts today" in text_of(pilot.app)
        await go(pilot, "enter")
        assert hand.stand.playing


async def test_a_shift_that_another_program_took_away_is_refused_and_pays_nothing(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter")
        await hand.wait_until(1_000)
        work(street_world, clock, 1)
        clock.advance(-SHIFT_PAUSE)
        before = contents(street_world)
        await hand.wait_until(9_000)
        await settle(pilot)
        assert contents(street_world) == before
        assert any("Catch your breath" in words for words in said(pilot))
        assert not hand.stand.playing


async def test_a_donut_is_seen_and_pays_half_as_much_again(
    street_world: World, make_app: App
) -> None:
    player = player_of(street_world)
    bought = player.shop.buy("donut")
    player.wardrobe.use(bought.item_ids[0])  # type: ignore[union-attr]
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        assert "🍩 ×1.5  pays 🍊 30–180" in text_of(pilot.app)
        before = oranges(street_world)
        await hand.shift()
        assert oranges(street_world) == before + 180
        assert "pays 🍊 20–120" in text_of(pilot.app)


# By choice


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_stand_says_what_rest_and_a_donut_add_to_the_pay(
    size: tuple[int, int], street_world: World, make_app: App
) -> None:
    player = player_of(street_world)
    player.shop.buy("crate-home", key="home")
    bought = player.shop.buy("donut", key="donut")
    player.wardrobe.use(bought.item_ids[0], key="eat")  # type: ignore[union-attr]
    async with make_app(street_world, motion=True, room="streets").run_test(size=size) as pilot:
        hand = await enter(pilot)
        said = text_of(pilot.app)
        assert "🍩 ×1.5  pays 🍊 33–198 with rest +10 %" in said
        assert "0/40" in said
        await hand.shift()
        hand.seconds += 2
        await wait_counted(hand)
        assert "skill 100  rest +10 %  🍩 ×1.5" in text_of(pilot.app)


async def test_with_reduced_motion_a_shift_is_a_choice_and_time_is_a_clocks(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        assert hand.stand.style is ShiftStyle.STEADY
        assert all(words in text_of(pilot.app) for words in ("🍊 58–62", "🍊 55–65", "🍊 50–70"))
        await go(pilot, "j", "enter")
        assert hand.stand.style is ShiftStyle.BOLD
        assert 5_050 <= oranges(street_world) <= 5_070
        assert "The next shift begins at 18:00:30 UTC." in text_of(pilot.app)
        assert hand.stand._run is None


async def test_who_wants_to_works_by_choice_and_back(street_world: World, make_app: App) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot, "b", "k", "enter")
        assert not hand.stand.playing
        assert 5_058 <= oranges(street_world) <= 5_062
        await go(pilot, "b")
        assert not hand.stand.by_choice


async def test_the_glasses_of_the_last_shift_are_gone_after_a_change_of_the_way_to_work(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await hand.shift()
        assert "✦ perfect" in text_of(pilot.app)
        await go(pilot, "b", "b")
        assert "✦ perfect" not in text_of(pilot.app)


# Crates and escrow


async def test_a_crate_opens_by_any_of_its_keys_and_c_claims_what_is_in_it(
    street_world: World, clock: FrozenClock, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is, it does not open by itself first.
    monkeypatch.setattr("inventui.screens.streets.crate.SHUT_SECONDS", 3_600)
    work_until_crate(street_world, clock)
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await hand.shift()
        crate = pilot.app.screen
        assert isinstance(crate, CrateScreen)
        assert not crate.is_open
        await go(pilot, "enter")
        assert crate.is_open
        assert crate.crate.name in text_of(pilot.app)
        assert "In escrow for 1 d 00 h." in text_of(pilot.app)
        await go(pilot, "c")
        assert player_of(street_world).escrow.view().items == ()
        assert said(pilot)[-1].startswith(f"{crate.crate.name} is yours.")


async def test_a_crate_that_is_left_waits_and_is_claimed_in_the_room(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    work_until_crate(street_world, clock)
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot, "enter", "escape")
        items = player_of(street_world).escrow.view().items
        assert len(items) == 1
        assert f"c claims {items[0].line.name}" in text_of(pilot.app)
        await go(pilot, "c")
        assert player_of(street_world).escrow.view().items == ()
        assert "c claims" not in text_of(pilot.app)
        assert hand.room.offers("claim") is False


# The bonus


async def test_d_takes_the_bonus_from_every_pane_once(street_world: World, make_app: App) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot, "d")
        assert oranges(street_world) == 5_100
        before = contents(street_world)
        await go(pilot, "d")
        assert contents(street_world) == before
        assert "Today's bonus is taken." in said(pilot)[-1]


@pytest.mark.parametrize("taken", [False, True])
async def test_bigpulp_stands_whole_below_the_bonus(
    taken: bool, street_world: World, make_app: App
) -> None:
    app = make_app(street_world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "@streets", *("d" * taken), "tab")
        week = app.screen.query_one(Week)
        rows = [week.render_line(y).text.strip() for y in range(week.size.height)]
        assert sum("█" in row for row in rows) == 7


async def test_enter_takes_the_bonus_in_its_pane(street_world: World, make_app: App) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot, "right", "enter")
        assert oranges(street_world) == 5_100
        assert "Day 2, 🍊 200, in 6 h 00 min, at 00:00 UTC." in text_of(pilot.app)


async def test_day_seven_is_celebrated_and_then_the_week_begins_anew(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    take_bonuses(street_world, clock, 6)
    before = oranges(street_world)
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot, "d")
        bonus = pilot.app.screen
        assert isinstance(bonus, BonusScreen)
        assert oranges(street_world) == before + 700
        assert player_of(street_world).card().gems == 35
        bonus.on_click()
        bonus.on_click()
        await go(pilot, "right")
        assert text_of(pilot.app).count("✓") >= 7
        assert "Day 1, 🍊 100" in text_of(pilot.app)


async def test_a_new_day_lights_the_next_box_by_itself(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot, "d", "right")
        assert "today" not in text_of(pilot.app)
        clock.at = START // DAY * DAY + DAY
        hand.room.tick()
        await settle(pilot)
        assert "Day 2: 🍊 200 are yours." in text_of(pilot.app)


async def test_a_new_day_brings_new_shifts_by_itself(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    work(street_world, clock, 1)
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        assert "39 left" in text_of(pilot.app)
        clock.at = START // DAY * DAY + DAY
        hand.room.tick()
        await settle(pilot)
        assert "40 left" in text_of(pilot.app)


# Robbing


async def test_nobody_is_robbed_without_a_yes(street_world: World, make_app: App) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot, "left")
        before = contents(street_world)
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert "50 % − 4 their Peel Vest = 46 %" in text_of(pilot.app)
        await go(pilot, "n")
        assert contents(street_world) == before


async def test_a_robbery_is_told_as_it_was_rolled_and_the_target_is_safe_then(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot, "left", "enter", "y")
        screen = pilot.app.screen
        assert isinstance(screen, RobberyScreen)
        done = screen.done
        assert oranges(street_world) == 5_000 + (done.oranges if done.success else -done.oranges)
        sign = "✓ You got away with" if done.success else "✗ Zest caught you."
        assert sign in text_of(pilot.app)
        await go(pilot, "enter")
        assert "✗ safe for 1 h 00 min" in text_of(pilot.app)
        before = contents(street_world)
        clock.advance(19 * 60 * SECOND)
        await go(pilot, "enter")
        assert contents(street_world) == before
        assert said(pilot)[-1] == "Zest is on guard after the last time. Try again in 41 min 00 s."
        clock.advance(HOUR)
        hand.room.tick()
        await settle(pilot)
        assert hand.room.targets[0].refusal is None


async def test_any_key_ends_the_suspense_and_does_nothing_else(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        await enter(pilot, "left", "enter")
        await pilot.press("y")
        while not isinstance(pilot.app.screen, RobberyScreen):
            await pilot.pause()
        screen = pilot.app.screen
        screen.query_one(TicketBar).timer = lambda: 0.0
        assert not screen.told
        assert "got away with" not in text_of(pilot.app)
        await pilot.press("f")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.told
        await go(pilot, "f")
        assert pilot.app.screen_stack[0].ROOM == "fairness"  # type: ignore[attr-defined]


async def test_who_has_too_little_can_t_be_robbed(street_world: World, make_app: App) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot, "left", "end")
        assert hand.room.target.name == "Pip"  # type: ignore[union-attr]
        before = contents(street_world)
        await go(pilot, "enter")
        assert not isinstance(pilot.app.screen, ConfirmDialog)
        assert contents(street_world) == before
        assert "fewer than 500 oranges" in said(pilot)[-1]


async def test_a_new_player_is_safe_for_a_day(street_world: World, make_app: App) -> None:
    street_world.players.add("bob", key="bob")
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot, "left", "end")
        assert "✗ safe for 1 d 00 h" in text_of(pilot.app)
        await go(pilot, "enter")
        assert "bob is new here" in said(pilot)[-1]


async def test_what_was_stolen_is_claimed_from_the_result(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    done = rob_until(street_world, clock, lambda done: done.stolen is not None)
    assert done.stolen is not None
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        hand.room.robbing._robbed(done, hand.room.targets[0])
        await settle(pilot)
        assert done.stolen.name in text_of(pilot.app)
        await go(pilot, "c")
        detail = player_of(street_world).inventory.detail(done.stolen.item_id)
        assert detail.line.status is Status.OWNED  # type: ignore[union-attr]


async def test_the_cursor_stays_with_a_target_when_somebody_moves_in_above(
    world: World, make_app: App
) -> None:
    world.players.add("bob", key="bob")
    app = make_app(world, room="streets")
    async with app.run_test() as pilot:
        hand = await enter(pilot, "left", "end")
        await app._watch()
        world.players.add("abe", key="abe")
        await app._watch()
        await settle(pilot)
        assert [target.name for target in hand.room.targets] == ["abe", "bob"]
        assert hand.room.target.name == "bob"  # type: ignore[union-attr]


async def test_alone_in_the_world_one_is_told_so(world: World, make_app: App) -> None:
    async with make_app(world, room="streets").run_test() as pilot:
        await enter(pilot, "left")
        assert "you are alone here" in text_of(pilot.app)
        before = contents(world)
        await go(pilot, "enter")
        assert contents(world) == before


def rob_until(
    world: World, clock: FrozenClock, wanted: Callable[[RobberyDone], bool]
) -> RobberyDone:
    """Rob Zest hour after hour until it comes out as wanted."""
    for _ in range(400):
        clock.advance(HOUR)
        world.grant("ana", oranges=500)
        world.grant("Zest", oranges=2_000)
        done = player_of(world).streets.rob("Zest")
        assert isinstance(done, RobberyDone), done
        if wanted(done):
            return done
    raise AssertionError("it never came out so")


# The room


async def test_panes_are_reached_by_arrows_tab_letters_and_mouse(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        seen = []
        for key in ("right", "l", "tab", "left", "h", "shift+tab"):
            await go(pilot, key)
            seen.append(hand.room.pane)
        play, daily, rob = StreetsPane
        assert seen == [daily, rob, play, rob, daily, play]
        await pilot.click("#panes", offset=(18, 0))
        await settle(pilot)
        assert hand.room.pane is daily


async def test_a_large_terminal_shows_every_pane_at_once(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test(size=(120, 40)) as pilot:
        hand = await enter(pilot)
        assert all(words in text_of(pilot.app) for words in ("Careful", "day 7", "Zest"))
        await pilot.click("#list", offset=(5, 1))
        await settle(pilot)
        assert hand.room.pane is StreetsPane.ROB
        assert hand.room.target.name == "Count Bergamot"  # type: ignore[union-attr]


async def test_clicks_do_what_enter_does(street_world: World, make_app: App) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test(
        size=(120, 40)
    ) as pilot:
        hand = await enter(pilot)
        await pilot.click("#stand")
        await pilot.pause()
        assert hand.stand.playing
        await hand.wait_until(1_500)
        await pilot.click("#stand")
        await pilot.pause()
        assert len(hand.course.ends) == 1
        hand.stand._drop()
        await pilot.click("#week")
        await settle(pilot)
        assert oranges(street_world) == 5_100
        await pilot.click("#list", offset=(5, 0), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ConfirmDialog)


async def test_names_are_shown_as_they_are_and_never_do_anything(
    street_world: World, clock: FrozenClock, make_app: App
) -> None:
    for number, name in enumerate(HOSTILE_NAMES):
        street_world.players.add(name, key=f"hostile-{number}")
    clock.advance(DAY)
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot, "left")
        for name in HOSTILE_NAMES:
            names = [target.name for target in hand.room.targets]
            hand.room.query_one(TargetList).move_to(names.index(name))
            await settle(pilot)
            assert name[:8].rstrip() in text_of(pilot.app).replace("…", "")
            await go(pilot, "enter")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            assert name[:20].rstrip() in text_of(pilot.app)
            await go(pilot, "n")
        await go(pilot, "enter", "y")
        assert isinstance(pilot.app.screen, RobberyScreen)


async def test_the_footer_says_what_enter_does_in_each_pane_and_which_is_the_next(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await enter(pilot)
        for does, following in (("Work", "Daily bonus"), ("Take", "Rob"), ("Rob", "Play")):
            foot = text_of(pilot.app).splitlines()[-1]
            assert foot.startswith(f" ⏎ {does}  d Bonus  tab {following}  f Fairness  ? Help "), (
                foot
            )
            await go(pilot, "tab")


# Pictures


@pytest.mark.parametrize("look", ["80x24", "120x40", "60x20-no-colour"])
async def test_picture_of_a_shift_half_way(
    look: str, street_world: World, make_app: App, picture: Picture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if look.endswith("no-colour"):
        monkeypatch.setenv("NO_COLOR", "1")
    width, height = (int(number) for number in look.split("-", maxsplit=1)[0].split("x"))
    app = make_app(street_world, motion=True, room="streets")
    async with app.run_test(size=(width, height)) as pilot:
        hand = await enter(pilot, "enter")
        await hand.press(hand.course.begins(0) + right(hand.course.pours[0]))
        await hand.wait_until(hand.course.begins(1) + right(hand.course.pours[1]) - 250)
        await picture(pilot)


async def wait_counted(hand: Hand) -> None:
    """Until the pay has been counted up."""
    while hand.stand._run is not None:
        await hand.pilot.pause(0.01)


async def test_picture_of_a_perfect_shift_with_a_donut_and_of_the_stand_before(
    street_world: World, make_app: App, picture: Picture
) -> None:
    player = player_of(street_world)
    bought = player.shop.buy("donut", key="donut")
    player.wardrobe.use(bought.item_ids[0], key="eat")  # type: ignore[union-attr]
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        await picture(pilot, "ready")
        await hand.shift()
        hand.seconds += 2
        await wait_counted(hand)
        await picture(pilot, "paid")


async def test_picture_of_work_by_choice(
    street_world: World, make_app: App, picture: Picture
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await go(pilot, "j", "enter")
        await picture(pilot)


async def test_picture_of_the_limit_by_day(
    street_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    work(street_world, clock, 40)
    settings = Settings(theme="day-market")
    app = make_app(street_world, settings=settings, room="streets")
    async with app.run_test(size=(120, 40)) as pilot:
        await picture(pilot)


async def test_picture_of_a_crate(
    street_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    work_until_crate(street_world, clock)
    async with make_app(street_world, room="streets").run_test() as pilot:
        await go(pilot, "enter")
        await picture(pilot)


async def test_picture_of_the_bonus_ready_and_of_day_seven(
    street_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    take_bonuses(street_world, clock, 6)
    async with make_app(street_world, room="streets").run_test() as pilot:
        await go(pilot, "right")
        await picture(pilot, "ready")
        await go(pilot, "d")
        await picture(pilot, "seven")


async def test_picture_of_the_targets(street_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        await go(pilot, "left")
        for width, height in ((80, 24), (60, 20)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_picture_of_hostile_targets_the_safe_and_the_poor(
    street_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    for number, name in enumerate(HOSTILE_NAMES):
        street_world.players.add(name, key=f"hostile-{number}")
    clock.advance(DAY)
    street_world.players.add("bob", key="bob")
    player_of(street_world).streets.rob("Zest", key="rob")
    clock.advance(19 * 60 * SECOND)
    async with make_app(street_world, room="streets").run_test(size=(120, 40)) as pilot:
        await go(pilot, "left", *["down"] * 6)
        await picture(pilot)


def a_robbery(**changes: Any) -> RobberyDone:
    """A success with everything that there can be."""
    from inventui.engine.core.models import Balance

    done = RobberyDone(
        operation=9, target="Zest", neighbour=True, chance=51, success=True, oranges=1_042,
        stolen=Stolen(7, "Sharp Spoon", Rarity.COMMON, START + 2 * DAY),
        weapon=Wear("Royal Peeler", 2, 0), armour=Wear("Peel Vest", 3, 97), nonce=12,
        ticket=431_224, server_seed_hash="0" * 64, client_seed="ana", odds_hash="0" * 64,
        balance=Balance(6_042, 25), experience_gained=25, rank_up="Associate", at=START,
    )  # fmt: skip
    return replace(done, **changes)


FAILURE = a_robbery(
    stolen=None, success=False, oranges=250, ticket=765_432, weapon=None, rank_up=None
)


async def test_a_robbery_without_booty_tells_of_money_gear_and_chance_only(
    street_world: World, make_app: App
) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        plain = a_robbery(stolen=None, rank_up=None, weapon=Wear("Sharp Spoon", 2, 98))
        hand.room.robbing._robbed(plain, hand.room.targets[0])
        await settle(pilot)
        told = text_of(pilot.app)
        assert "✓ You got away with" in told
        assert "1,042" in told
        assert "Sharp Spoon" in told
        assert "Associate" not in told
        assert "escrow" not in told.lower()


async def test_picture_of_a_robbery(street_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(street_world, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        for name, done in (("everything", a_robbery()), ("failure", FAILURE)):
            hand.room.robbing._robbed(done, hand.room.targets[0])
            await picture(pilot, name)
            await go(pilot, "escape")


async def test_picture_of_the_suspense(
    street_world: World, make_app: App, picture: Picture
) -> None:
    async with make_app(street_world, motion=True, room="streets").run_test() as pilot:
        hand = await enter(pilot)
        screen = RobberyScreen(a_robbery(), hand.room.targets[0])
        pilot.app.push_screen(screen)
        await pilot.pause()
        bar = screen.query_one(TicketBar)
        bar.timer = lambda: 0.0
        bar.stop()
        bar.show_at(0.55)
        await picture(pilot)
