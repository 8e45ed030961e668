"""The reveal: what is shown is what was won, any key ends it, and what comes after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.engine.models import Fused, Grant, Opening
from inventui.engine.world import World
from inventui.rules.enums import Rarity, Status
from inventui.rules.refusal import Refusal
from inventui.screens.cases import CasesRoom
from inventui.screens.playing import MOST_REVEALED
from inventui.screens.reveal import RevealScreen
from inventui.widgets.card import CardSize, Face
from inventui.widgets.card_wall import ALL_SECONDS, CardWall, lay_out
from inventui.widgets.confetti import Confetti
from inventui.widgets.dialogs import ConfirmDialog
from inventui.widgets.reel import SPIN_SECONDS, Reel
from tests.builders import contents, done, opened
from tests.screens.conftest import HOSTILE_NAMES, go, player_of, settle
from tests.worlds.openings import case_of, index_of, opening_of

MakeApp = Callable[..., Any]
Snap = Callable[..., bool]
Before = Callable[[Pilot[Any]], Awaitable[None]]
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reel and wall begin to play, but stand at their beginning."""
    monkeypatch.setattr(Reel, "play", lambda self: None)
    monkeypatch.setattr(CardWall, "play", lambda self: None)


def words(pilot: Pilot[Any], selector: str) -> str:
    """What a Static says."""
    return pilot.app.screen.query_one(selector, Static).content.plain  # type: ignore[union-attr]


def toasts(pilot: Pilot[Any]) -> list[str]:
    """What was said."""
    return [note.message for note in pilot.app._notifications]


def wall_text(pilot: Pilot[Any]) -> str:
    """Every line of the wall that is seen."""
    wall = pilot.app.screen.query_one(CardWall)
    return "\n".join(wall.render_line(y).text for y in range(wall.size.height))


async def open_one(pilot: Pilot[Any]) -> RevealScreen:
    """Open the first case; the reveal that follows."""
    await go(pilot, "2", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, RevealScreen)
    return screen


async def open_ten(pilot: Pilot[Any]) -> RevealScreen:
    """Open the first case ten times; the reveal that follows."""
    await go(pilot, "2", "x")
    screen = pilot.app.screen
    assert isinstance(screen, RevealScreen)
    return screen


def status_of(world: World, item_id: int) -> tuple[Status, bool]:
    """Where a thing is in its life, and whether it is locked."""
    detail = player_of(world).inventory.detail(item_id)
    assert not isinstance(detail, Refusal), detail
    return detail.line.status, detail.line.locked


# The play


@pytest.mark.parametrize(
    "key", ["space", "enter", "escape", "s", "a", "l", "x", "1", "tab", "up", "f5", "question_mark"]
)
@pytest.mark.usefixtures("still")
async def test_any_key_ends_the_reel_and_does_nothing_else(
    key: str, world: World, make_app: MakeApp
) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        assert screen.playing
        assert screen.query_one(Reel).display
        before = {**contents(world), "player": []}
        await go(pilot, key)
        assert pilot.app.screen is screen
        assert not screen.playing
        assert not screen.query_one(Reel).display
        assert screen.query_one("#result").display
        assert {**contents(world), "player": []} == before


@pytest.mark.usefixtures("still")
async def test_any_key_ends_the_turning_of_the_wall(world: World, make_app: MakeApp) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_ten(pilot)
        wall = screen.query_one(CardWall)
        assert wall.turned == 0
        await go(pilot, "a")
        assert wall.turned == 10
        assert not screen.playing
        assert len(screen.opening.rolls) == 10


@pytest.mark.usefixtures("still")
async def test_a_click_ends_the_play_too(world: World, make_app: MakeApp) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        await pilot.click(offset=(40, 12))
        await settle(pilot)
        assert not screen.playing


@pytest.mark.usefixtures("still")
async def test_a_key_before_the_first_picture_ends_the_play_as_soon_as_it_begins(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = RevealScreen(opening_of(case, [0]), case)
        screen.action_skip()
        await pilot.app.push_screen(screen)
        await settle(pilot)
        assert not screen.playing


async def test_the_reel_ends_by_itself_on_what_was_won(world: World, make_app: MakeApp) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        reel = screen.query_one(Reel)
        assert reel.plan is not None
        assert reel.plan.winner == screen.rolls[0].entry_index
        reel._frame(SPIN_SECONDS / 2)
        assert screen.playing
        reel._frame(60.0)
        await settle(pilot)
        assert reel.entry_under_pointer() == screen.rolls[0].entry_index
        assert not screen.playing


async def test_the_wall_turns_to_its_end_by_itself(world: World, make_app: MakeApp) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_ten(pilot)
        wall = screen.query_one(CardWall)
        frame = wall._timer._callback  # type: ignore[union-attr]
        assert frame is not None
        for _ in range(200):
            if not screen.playing:
                break
            frame()  # type: ignore[call-arg]
            await pilot.pause()
        assert wall.turned == 10
        assert not screen.playing
    assert ALL_SECONDS <= 3


async def test_with_reduced_motion_the_result_is_there_at_once(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, motion=False).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        assert not screen.playing
        assert screen.query_one(Reel)._timer is None
        assert screen.query_one("#result").display
        await go(pilot, "enter", "x")
        wall = pilot.app.screen.query_one(CardWall)
        assert wall.turned == 10
        assert wall._timer is None


# What is kept of it


@pytest.mark.usefixtures("still")
async def test_it_counts_as_seen_at_its_end_and_not_before(world: World, make_app: MakeApp) -> None:
    player = player_of(world)
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        assert [opening.operation for opening in player.cases.pending()] == [
            screen.opening.operation
        ]
        await go(pilot, "space")
        assert player.cases.pending() == ()


@pytest.mark.usefixtures("still")
async def test_a_reveal_that_was_interrupted_is_shown_at_the_next_start(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        won = screen.opening
    before = player_of(world).inventory.statistics()
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        again = pilot.app.screen
        assert isinstance(again, RevealScreen)
        assert again.opening.rolls == won.rolls
        await go(pilot, "space", "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player_of(world).inventory.statistics() == before
    assert player_of(world).cases.pending() == ()


async def test_a_fusion_that_nobody_saw_is_revealed_at_the_next_start_and_not_done_again(
    world: World, make_app: MakeApp
) -> None:
    player = player_of(world)
    straws = [done(world.grant("ana", item="bent-straw"), Grant).item_id for _ in range(5)]
    made = done(player.workshop.fuse([n for n in straws if n is not None]), Fused)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RevealScreen)
        assert screen.opening.rolls == (made.roll,)
        assert words(pilot, "#title") == "Workshop"
        assert made.roll.entry in words(pilot, "#about-win")
        assert f"things and fee cost 🍊 {made.value + made.fee}" in words(pilot, "#about-win")
        assert "again" not in words(pilot, "#choices")
        before = contents(world)
        await go(pilot, "a")
        assert pilot.app.screen is screen
        assert contents(world) == before
        await go(pilot, "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player.cases.pending() == ()
    assert player.workshop.pending() == ()


@pytest.mark.usefixtures("still")
async def test_of_many_openings_made_elsewhere_the_last_alone_is_revealed(
    world: World, make_app: MakeApp
) -> None:
    player = player_of(world)
    made = [opened(player, "citrus-crate") for _ in range(MOST_REVEALED + 1)]
    async with make_app(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RevealScreen)
        assert screen.opening.operation == made[-1].operation
        await go(pilot, "space", "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player.cases.pending() == ()


async def test_a_late_reveal_tells_what_the_player_has_now(world: World, make_app: MakeApp) -> None:
    opened = player_of(world).cases.open("citrus-crate", 1)
    assert isinstance(opened, Opening)
    world.grant("ana", oranges=1_000_000)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, RevealScreen)
        assert "you have 🍊 1,004,850" in words(pilot, "#choices")


# One thing


@pytest.mark.parametrize(
    ("name", "gain"),
    [("Golden Squeezer", "+14,850 profit"), ("Bent Straw", "−125 loss")],
)
async def test_the_card_tells_profit_or_loss_with_sign_and_word(
    name: str, gain: str, world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    opening = opening_of(case, [index_of(case, name)])
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.app.push_screen(RevealScreen(opening, case))
        await settle(pilot)
        said = words(pilot, "#about-win")
        assert name in said
        assert gain in said
        assert f"roll {opening.rolls[0].nonce} · ticket {opening.rolls[0].ticket:,}" in said
        assert "chance" in said


async def test_what_is_won_for_exactly_its_price_is_neither_profit_nor_loss(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    opening = opening_of(case, [0])
    opening = replace(opening, paid=opening.won)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.app.push_screen(RevealScreen(opening, case))
        await settle(pilot)
        assert "±0 exactly what it cost" in words(pilot, "#about-win")


async def test_keeping_leaves_it_in_the_inventory(world: World, make_app: MakeApp) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesRoom)
    assert status_of(world, screen.rolls[0].item_id) == (Status.OWNED, False)


async def test_selling_pays_its_value_and_says_the_new_balance(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        roll = screen.rolls[0]
        assert roll.rarity not in (Rarity.EPIC, Rarity.LEGENDARY)
        await go(pilot, "s")
        assert isinstance(pilot.app.screen, CasesRoom)
        balance = 5_000 - 150 + roll.value
        assert any(f"You have 🍊 {balance:,} now." in said for said in toasts(pilot))
    assert player_of(world).card().oranges == balance
    assert status_of(world, roll.item_id)[0] is Status.SOLD


@pytest.mark.parametrize("answer", ["y", "n"])
async def test_what_is_dear_is_sold_only_after_asking(
    answer: str, world: World, make_app: MakeApp
) -> None:
    dear = rare_opening(world)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RevealScreen)
        assert screen.opening == dear
        await go(pilot, "s")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert status_of(world, dear.rolls[0].item_id)[0] is Status.OWNED
        await go(pilot, answer)
    expected = Status.SOLD if answer == "y" else Status.OWNED
    assert status_of(world, dear.rolls[0].item_id)[0] is expected


def rare_opening(world: World) -> Opening:
    """Open one at a time until something epic or legendary is won; only that waits to be seen."""
    world.grant("ana", oranges=1_000_000)
    player = player_of(world)
    while True:
        opening = player.cases.open("citrus-crate", 1)
        assert isinstance(opening, Opening)
        if opening.rolls[0].rarity in (Rarity.EPIC, Rarity.LEGENDARY):
            return replace(opening)
        player.cases.revealed(opening.operation)


async def test_locking_and_unlocking_stays_on_the_card_and_a_locked_thing_is_not_sold(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        item = screen.rolls[0].item_id
        await go(pilot, "l")
        assert status_of(world, item) == (Status.OWNED, True)
        assert "locked" in words(pilot, "#about-win")
        assert "l unlocks it" in words(pilot, "#choices")
        assert "sells" not in words(pilot, "#choices")
        await go(pilot, "s")
        assert pilot.app.screen is screen
        assert any("is locked" in said for said in toasts(pilot))
        assert status_of(world, item) == (Status.OWNED, True)
        await go(pilot, "l")
        assert status_of(world, item) == (Status.OWNED, False)
        assert "locked" not in words(pilot, "#about-win")


async def test_again_opens_another_and_shows_it_on_the_same_screen(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        first = screen.opening.operation
        await go(pilot, "a")
        assert pilot.app.screen is screen
        assert screen.opening.operation > first
        assert screen.rolls[0].nonce == 1
        assert "roll 1 ·" in words(pilot, "#about-win")
    assert player_of(world).card().oranges == 5_000 - 300
    assert player_of(world).cases.pending() == ()


async def test_again_without_money_is_refused_and_nothing_changes(
    world: World, make_app: MakeApp
) -> None:
    player = player_of(world)
    assert isinstance(player.cases.open("citrus-crate", 33), Opening)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        before = contents(world)
        await go(pilot, "a")
        assert pilot.app.screen is screen
        assert any("oranges more" in said for said in toasts(pilot))
        assert contents(world) == before


async def test_help_explains_the_reveal(world: World, make_app: MakeApp) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await open_one(pilot)
        await go(pilot, "question_mark")
        assert "decided and written down" in words(pilot, "#words")


async def test_it_is_celebrated_by_rarity_and_the_sparks_stand_still_without_motion(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    order = {entry.rarity: i for i, entry in enumerate(case.odds.entries)}
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for rarity, index in order.items():
            screen = RevealScreen(opening_of(case, [index]), case)
            await pilot.app.push_screen(screen)
            await settle(pilot)
            sky = screen.query_one(Confetti)
            drawn = "".join(sky.render_line(y).text for y in range(sky.size.height)).strip()
            assert bool(drawn) == (rarity.rank >= Rarity.RARE.rank)
            assert sky._timer is None
            await go(pilot, "enter")


# Many things


async def test_what_is_dear_among_many_is_celebrated_over_the_wall_where_nothing_is_written(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    order = {entry.rarity: i for i, entry in enumerate(case.odds.entries)}
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for rarity, index in order.items():
            screen = RevealScreen(opening_of(case, [order[Rarity.COMMON]] * 4 + [index]), case)
            await pilot.app.push_screen(screen)
            await settle(pilot)
            wall = screen.query_one(CardWall)
            bright = [wall.render_line(y).text for y in range(wall.size.height)]
            wall.put_out()
            plain = [wall.render_line(y).text for y in range(wall.size.height)]
            changed = [
                before
                for line, lit in zip(plain, bright, strict=True)
                for before, now in zip(line, lit, strict=True)
                if before != now
            ]
            assert bool(changed) == (rarity.rank >= Rarity.RARE.rank)
            assert set(changed) <= {" "}
            await go(pilot, "enter")


async def test_the_best_is_turned_last_and_the_sums_are_true(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(120, 40)) as pilot:
        screen = await open_ten(pilot)
        values = [roll.value for roll in screen.rolls]
        assert values == sorted(values)
        said = words(pilot, "#words")
        assert f"won 🍊 {sum(values):,}" in said
        assert "paid 🍊 1,500" in said
        gain = sum(values) - 1_500
        assert (f"+{gain:,} profit" if gain > 0 else f"−{-gain:,} loss") in said
        for rarity in Rarity:
            count = sum(roll.rarity is rarity for roll in screen.rolls)
            assert (f"{count} {rarity}" in said) == (count > 0)
        assert screen.rolls[-1].entry in said
        text = wall_text(pilot)
        assert all(roll.entry[:10] in text for roll in screen.rolls)


async def test_a_hundred_end_in_sight_of_the_best_and_can_be_scrolled_through(
    world: World, make_app: MakeApp
) -> None:
    world.grant("ana", oranges=100_000)
    opening = player_of(world).cases.open("citrus-crate", 100)
    assert isinstance(opening, Opening)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RevealScreen)
        assert f"{screen.rolls[-1].value:,}" in wall_text(pilot).rstrip().splitlines()[-1]
        await go(pilot, "home")
        assert screen.query_one(CardWall).scroll_offset.y == 0
        assert screen.rolls[0].entry in wall_text(pilot)
        await go(pilot, "j", "pagedown", "G")
        assert screen.rolls[-1].entry in wall_text(pilot)


async def test_the_commons_are_sold_after_naming_number_and_sum_and_nothing_else_is(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_ten(pilot)
        commons = [roll for roll in screen.rolls if roll.rarity is Rarity.COMMON]
        others = [roll for roll in screen.rolls if roll.rarity is not Rarity.COMMON]
        assert commons
        assert others
        value = sum(roll.value for roll in commons)
        await go(pilot, "s")
        asked = pilot.app.screen
        assert isinstance(asked, ConfirmDialog)
        assert f"{len(commons)} common thing" in asked.text.plain
        assert f"🍊 {value:,}" in asked.text.plain
        await go(pilot, "n")
        assert player_of(world).card().oranges == 3_500
        await go(pilot, "s", "y")
        assert pilot.app.screen is screen
        assert f"you have 🍊 {3_500 + value:,}" in words(pilot, "#words")
        assert screen.check_action("sell_commons", ()) is None, "there is nothing left to sell"
    assert player_of(world).card().oranges == 3_500 + value
    assert all(status_of(world, roll.item_id)[0] is Status.SOLD for roll in commons)
    assert all(status_of(world, roll.item_id)[0] is Status.OWNED for roll in others)


async def test_again_opens_as_many_once_more(world: World, make_app: MakeApp) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        screen = await open_ten(pilot)
        await go(pilot, "a")
        assert len(screen.opening.rolls) == 10
        assert screen.rolls[0].nonce >= 10
    assert player_of(world).card().oranges == 2_000


@pytest.mark.parametrize("count", [2, 5, 10, 11, 37, 100])
@pytest.mark.parametrize("size", [(58, 12), (78, 17), (78, 18), (118, 30), (198, 50)])
def test_the_wall_never_grows_wider_than_its_room(count: int, size: tuple[int, int]) -> None:
    grid = lay_out(count, CardSize(14, 6), *size)
    assert grid.indent + grid.columns * (grid.width + 1) - 1 <= size[0]
    assert grid.columns * -(-count // grid.columns) >= count
    if not grid.tiles:
        assert grid.lines(count) <= size[1]


async def test_every_card_of_the_wall_is_drawn_once_and_in_order(
    world: World, make_app: MakeApp
) -> None:
    faces = [Face(f"Thing {i:03}", i, Rarity.RARE, "", "🍊") for i in range(100)]
    case = case_of(world)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.app.push_screen(RevealScreen(opening_of(case, [0] * 100), case))
        await settle(pilot)
        wall = pilot.app.screen.query_one(CardWall)
        wall.load(faces)
        wall.turn_all()
        wall.scroll_to(y=0, animate=False, force=True)
        await pilot.pause()
        seen: list[str] = []
        for y in range(wall.virtual_size.height):
            wall.scroll_to(y=y, animate=False, force=True)
            await pilot.pause()
            line = wall.render_line(y - wall.scroll_offset.y).text
            seen += [word for word in line.split() if word.isdigit() and len(word) == 3]
        assert seen == [f"{i:03}" for i in range(100)]


# Hostile names


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_a_hostile_name_on_a_card_is_drawn_as_it_is(
    name: str, world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    entries = tuple(replace(entry, name=name) for entry in case.odds.entries)
    hostile = replace(case, name=name, odds=replace(case.odds, entries=entries))
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for indexes in ([9], [0] * 10, [0] * 100):
            opening = replace(opening_of(hostile, indexes), rank_up=name)
            screen = RevealScreen(opening, hostile)
            await pilot.app.push_screen(screen)
            await settle(pilot)
            drawn = words(pilot, "#about-win") if len(indexes) == 1 else wall_text(pilot)
            assert name[:6] in drawn
            assert name[:6] in words(pilot, "#title")
            await go(pilot, "s", "escape", "l", "escape", "escape")
        assert pilot.app.is_running


# Pictures


def push(indexes: Sequence[int], case_id: str = "citrus-crate", **changes: Any) -> Before:
    """Show a win that was made up."""

    async def before(pilot: Pilot[Any]) -> None:
        case = case_of(pilot.app.session.world, case_id)
        opening = replace(opening_of(case, indexes), **changes)
        await pilot.app.push_screen(RevealScreen(opening, case))
        await settle(pilot)

    return before


def at(seconds: float) -> Before:
    """Show the reel at a moment of its way."""

    async def before(pilot: Pilot[Any]) -> None:
        await push([3])(pilot)
        pilot.app.screen.query_one(Reel).show_at(seconds)

    return before


def many(count: int) -> list[int]:
    """Entries as luck might have it, most of them common."""
    return [min(9, (n * n * 7 + n * 3) % 13) if n % 3 == 0 else n % 2 for n in range(count)]


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
@pytest.mark.parametrize("seconds", [0.9, SPIN_SECONDS], ids=["midway", "landed"])
@pytest.mark.usefixtures("still")
def test_picture_of_the_reel(
    seconds: float, size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world, motion=True), size, run_before=at(seconds))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("index", [0, 6, 8, 9], ids=["loss", "win", "epic", "legendary"])
def test_picture_of_one_thing(
    index: int, size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), size, run_before=push([index]))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_what_a_fusion_made(
    size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    made = push([6], case_name="Workshop", paid=250, fused=True)
    assert snap(make_app(world), size, run_before=made)


def test_picture_of_one_thing_with_a_new_rank_on_the_smallest_screen(
    world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), (60, 20), run_before=push([6], rank_up="Associate"))


@pytest.mark.usefixtures("still")
def test_picture_of_sparks_on_their_way(world: World, make_app: MakeApp, snap: Snap) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await push([9])(pilot)
        await go(pilot, "space")
        sky = pilot.app.screen.query_one(Confetti)
        assert sky._timer is not None
        sky._timer.stop()
        sky.show_at(0.35)

    assert snap(make_app(world, motion=True), run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [10, 100])
def test_picture_of_a_wall(
    count: int, size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), size, run_before=push(many(count), rank_up="Associate"))


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("count", [10, 100])
def test_picture_of_a_wall_that_is_being_turned(
    count: int, world: World, make_app: MakeApp, snap: Snap
) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await push(many(count))(pilot)
        pilot.app.screen.query_one(CardWall).turn(7)

    assert snap(make_app(world, motion=True), run_before=before)


def test_picture_of_commons_that_were_sold(world: World, make_app: MakeApp, snap: Snap) -> None:
    assert snap(make_app(world), press=("2", "x", "s", "y"))


def test_picture_of_the_question_before_the_commons_are_sold(
    world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), press=("2", "x", "s"))


def test_picture_of_a_locked_thing(world: World, make_app: MakeApp, snap: Snap) -> None:
    assert snap(make_app(world), press=("2", "enter", "l"))


def test_picture_of_a_win_by_day(world: World, make_app: MakeApp, snap: Snap) -> None:
    app = make_app(world)
    app.theme = "day-market"
    assert snap(app, run_before=push([9]))


@pytest.mark.parametrize("indexes", [[9], many(10)], ids=["one", "many"])
def test_picture_of_wins_without_colour(
    indexes: list[int],
    world: World,
    make_app: MakeApp,
    snap: Snap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap(make_app(world), run_before=push(indexes))


@pytest.mark.parametrize("indexes", [[9], many(10), many(40)], ids=["one", "ten", "forty"])
def test_picture_of_hostile_names(
    indexes: list[int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        case = case_of(world)
        entries = tuple(
            replace(entry, name=HOSTILE_NAMES[i % len(HOSTILE_NAMES)])
            for i, entry in enumerate(case.odds.entries)
        )
        case = replace(case, name=HOSTILE_NAMES[0], odds=replace(case.odds, entries=entries))
        await pilot.app.push_screen(RevealScreen(opening_of(case, indexes), case))
        await settle(pilot)

    assert snap(make_app(world), run_before=before)
