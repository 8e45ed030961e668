"""The reveal: what is shown is what was won, any key ends it, and what comes after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.app.help import HelpScreen
from inventui.app.players import MOST_REVEALED
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseDetail
from inventui.engine.players.models import Grant
from inventui.engine.workshop.models import Fused
from inventui.engine.world import World
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.screens.cases.card_wall import ALL_SECONDS, CardWall, lay_out
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.cases.screen import CasesRoom
from inventui.widgets.canvas.celebration import Celebration
from inventui.widgets.canvas.sprite import SpriteView, sprite_size
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.items.card import CardSize, Face
from inventui.widgets.items.reel import SPIN_SECONDS, Reel
from inventui.widgets.theme import RARITY
from tests.builders import contents, done, opened
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle
from tests.worlds.openings import case_of, opening_of
from tests.worlds.shop import text_of

MakeApp = Callable[..., Any]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reel and wall begin to play, but stand at their beginning."""
    monkeypatch.setattr(Reel, "play", lambda self: None)
    monkeypatch.setattr(CardWall, "play", lambda self: None)


@pytest.fixture
def in_cases(make_app: MakeApp) -> MakeApp:
    """Make the app in the case room."""
    return partial(make_app, room="cases")


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


def revealed(pilot: Pilot[Any]) -> RevealScreen:
    """The reveal that is seen."""
    screen = pilot.app.screen
    assert isinstance(screen, RevealScreen)
    return screen


async def open_one(pilot: Pilot[Any]) -> RevealScreen:
    """Open the first case; the reveal that follows."""
    await go(pilot, "enter")
    return revealed(pilot)


async def open_ten(pilot: Pilot[Any]) -> RevealScreen:
    """Open the first case ten times; the reveal that follows."""
    # Much of the purse is asked about.
    await go(pilot, "x", "y")
    return revealed(pilot)


async def show(pilot: Pilot[Any], opening: Opening, case: CaseDetail) -> RevealScreen:
    """Reveal an opening that was made up."""
    await settle(pilot)
    card = pilot.app.session.card  # type: ignore[attr-defined]
    screen = RevealScreen(opening, case, card.oranges)
    await pilot.app.push_screen(screen)
    await settle(pilot)
    return screen


def status_of(world: World, item_id: int) -> tuple[Status, bool]:
    """Where a thing is in its life, and whether it is locked."""
    detail = player_of(world).inventory.detail(item_id)
    assert not isinstance(detail, Refusal), detail
    return detail.line.status, detail.line.locked


# The play

KEYS = ("click", "space", "enter", "s", "a", "l", "tab", "question_mark")
MORE_KEYS = ("escape", "x", "1", "up", "f5")


@pytest.mark.usefixtures("still")
async def test_any_key_or_click_ends_the_play_and_does_nothing_else(
    world: World, in_cases: MakeApp, trust: bool
) -> None:
    case = case_of(world)
    single, many = opening_of(case, [0]), opening_of(case, [0] * 10)
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = contents(world)
        every = KEYS + MORE_KEYS
        for opening, keys in ((single, every if trust else KEYS), (many, ("click", "space", "a"))):
            for key in keys:
                screen = await show(pilot, opening, case)
                assert screen.playing
                reels, walls = screen.query(Reel), screen.query(CardWall)
                assert [reel.display for reel in reels] == [True] * screen.single
                assert [wall.turned for wall in walls] == [0] * (not screen.single)
                if key == "click":
                    await pilot.click(offset=(40, 12))
                    await settle(pilot)
                else:
                    await go(pilot, key)
                assert pilot.app.screen is screen
                assert not screen.playing
                assert [reel.display for reel in reels] == [False] * screen.single
                shown = [result.display for result in screen.query("#result")]
                assert shown == [True] * screen.single
                assert [wall.turned for wall in walls] == [10] * (not screen.single)
                screen.dismiss()
                await settle(pilot)
        assert contents(world) == before


@pytest.mark.usefixtures("still")
async def test_a_key_before_the_first_picture_ends_the_play_as_soon_as_it_begins(
    world: World, in_cases: MakeApp
) -> None:
    case = case_of(world)
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = RevealScreen(opening_of(case, [0]), case)
        screen.action_skip()
        await pilot.app.push_screen(screen)
        await settle(pilot)
        assert not screen.playing


async def test_reel_and_wall_end_by_themselves_on_what_was_won(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
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
        await go(pilot, "enter")
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
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world, motion=False).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        assert not screen.playing
        assert not screen.query(Reel)
        assert screen.query_one("#result").display
        await go(pilot, "question_mark")
        assert "decided and written down" in words(pilot, "#words")
        await go(pilot, "escape", "enter", "x", "y")
        wall = pilot.app.screen.query_one(CardWall)
        assert wall.turned == 10
        assert wall._timer is None


# What is kept of it


@pytest.mark.usefixtures("still")
async def test_what_was_interrupted_is_revealed_at_the_next_start_and_counts_as_seen_at_its_end(
    world: World, in_cases: MakeApp
) -> None:
    player = player_of(world)
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        won = (await open_one(pilot)).opening
        assert [opening.operation for opening in player.reveals.pending()] == [won.operation]
    before = player.inventory.statistics()
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert revealed(pilot).opening.rolls == won.rolls
        await go(pilot, "space")
        assert player.reveals.pending() == ()
        await go(pilot, "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player.inventory.statistics() == before


async def test_a_fusion_that_nobody_saw_is_revealed_at_the_next_start_and_not_done_again(
    world: World, in_cases: MakeApp
) -> None:
    player = player_of(world)
    straws = [done(world.grant("ana", item="bent-straw"), Grant).item_id for _ in range(5)]
    made = done(player.workshop.fuse([n for n in straws if n is not None]), Fused)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = revealed(pilot)
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
    assert player.reveals.pending() == ()
    assert player.workshop.pending() == ()


@pytest.mark.usefixtures("still")
async def test_of_many_openings_made_elsewhere_the_last_alone_is_revealed(
    world: World, in_cases: MakeApp
) -> None:
    player = player_of(world)
    made = [opened(player, "citrus-crate") for _ in range(MOST_REVEALED + 1)]
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert revealed(pilot).opening.operation == made[-1].operation
        await go(pilot, "space", "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player.reveals.pending() == ()


@pytest.mark.usefixtures("still")
async def test_a_few_openings_made_elsewhere_are_revealed_one_by_one_the_oldest_first(
    world: World, in_cases: MakeApp
) -> None:
    player = player_of(world)
    made = [opened(player, "citrus-crate") for _ in range(MOST_REVEALED)]
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for opening in made:
            assert revealed(pilot).opening.operation == opening.operation
            await go(pilot, "space", "enter")
        assert not isinstance(pilot.app.screen, RevealScreen)
    assert player.reveals.pending() == ()


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_a_late_reveal_tells_what_the_player_has_now(
    width: int, world: World, in_cases: MakeApp
) -> None:
    opened(player_of(world), "citrus-crate")
    world.grant("ana", oranges=1_000_000)
    async with in_cases(world).run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, RevealScreen)
        assert words(pilot, "#words") == "you have 🍊 1,004,850"
        assert words(pilot, "#choices").endswith("r again for 🍊 150")
        # Nothing of it is cut.
        seen = text_of(pilot.app)
        assert words(pilot, "#words") in seen
        assert words(pilot, "#choices") in seen


# One thing


async def test_the_card_tells_profit_or_loss_with_sign_and_word_and_celebrates_what_is_rare(
    world: World, in_cases: MakeApp
) -> None:
    case = case_of(world)
    entries = case.odds.entries
    rarest = {entry.rarity: i for i, entry in enumerate(entries)}
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        for rarity, index in rarest.items():
            opening = opening_of(case, [index])
            screen = await show(pilot, opening, case)
            told = words(pilot, "#about-win")
            roll, value = opening.rolls[0], entries[index].value
            assert entries[index].name in told
            assert f"{RARITY[rarity].shape} {rarity}" in told
            gain = f"+{value - 150:,} profit" if value > 150 else f"−{150 - value:,} loss"
            assert gain in told
            assert "the case cost 🍊 150" in told
            assert f"roll {roll.nonce} · ticket {roll.ticket:,}" in told
            assert "chance" in told
            skies = screen.query(Celebration)
            assert len(skies) == (rarity.rank >= Rarity.RARE.rank)
            for sky in skies:
                assert "".join(sky.render_line(y).text for y in range(sky.size.height)).strip()
                assert sky._timer is None, "the sparks stand still without motion"
            await go(pilot, "enter")
        even = opening_of(case, [0])
        await show(pilot, replace(even, paid=even.won), case)
        assert "±0 exactly what it cost" in words(pilot, "#about-win")


async def test_from_120_columns_and_36_lines_on_the_won_thing_is_drawn_three_times_as_large(
    world: World, in_cases: MakeApp
) -> None:
    case = case_of(world)
    async with in_cases(world).run_test(size=(119, 36)) as pilot:
        screen = await show(pilot, opening_of(case, [9]), case)
        sprite = screen.query_one(SpriteView)
        for size, scale in (((119, 36), 2), ((120, 35), 2), ((120, 36), 3)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert sprite.size == sprite_size(case.sprites[9], scale)


async def test_keeping_leaves_it_in_the_inventory_and_selling_pays_its_value(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        kept = (await open_one(pilot)).rolls[0]
        keys = str(pilot.app.screen.query_one(KeyBar).render()).split()
        assert " ".join(keys) == "⏎ Keep s Sell l Lock S Sell & again r Again ? Help"
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesRoom)
        assert status_of(world, kept.item_id) == (Status.OWNED, False)
        roll = (await open_one(pilot)).rolls[0]
        assert roll.rarity not in (Rarity.EPIC, Rarity.LEGENDARY)
        await go(pilot, "s")
        assert isinstance(pilot.app.screen, CasesRoom)
        balance = 5_000 - 300 + roll.value
        said = f"Sold {roll.entry} for 🍊 {roll.value:,}. You have 🍊 {balance:,} now."
        assert f"{said}\nu  Take it back, for 60 s" in toasts(pilot)
        assert player_of(world).card().oranges == balance
        assert status_of(world, roll.item_id)[0] is Status.SOLD
        assert status_of(world, kept.item_id) == (Status.OWNED, False)
        await go(pilot, "u")
        assert status_of(world, roll.item_id) == (Status.OWNED, False)


async def test_what_a_key_has_closed_is_not_closed_again_by_an_answer(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await open_one(pilot)
        screen = pilot.app.screen
        screen.dismiss()
        screen.dismiss()
        await settle(pilot)
        assert isinstance(pilot.app.screen, CasesRoom)


async def test_what_is_dear_is_sold_only_after_asking(world: World, in_cases: MakeApp) -> None:
    dear = rare_opening(world)
    player_item = dear.rolls[0].item_id
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert revealed(pilot).opening == dear
        for answer, then in (("n", Status.OWNED), ("y", Status.SOLD)):
            await go(pilot, "s")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            assert status_of(world, player_item)[0] is Status.OWNED
            await go(pilot, answer)
            assert status_of(world, player_item)[0] is then


def rare_opening(world: World) -> Opening:
    """Open one at a time until something epic or legendary is won; only that waits to be seen."""
    world.grant("ana", oranges=1_000_000)
    player = player_of(world)
    while True:
        opening = opened(player, "citrus-crate")
        if opening.rolls[0].rarity in (Rarity.EPIC, Rarity.LEGENDARY):
            return opening
        player.reveals.revealed(opening.operation)


async def test_locking_and_unlocking_stays_on_the_card_and_a_locked_thing_is_not_sold(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        item = screen.rolls[0].item_id
        await go(pilot, "l")
        assert status_of(world, item) == (Status.OWNED, True)
        assert "🔒 locked" in words(pilot, "#about-win")
        assert "l unlocks it" in words(pilot, "#choices")
        assert "sells" not in words(pilot, "#choices")
        await go(pilot, "s")
        assert pilot.app.screen is screen
        assert any("is locked" in said for said in toasts(pilot))
        assert status_of(world, item) == (Status.OWNED, True)
        await go(pilot, "l")
        assert status_of(world, item) == (Status.OWNED, False)
        assert "locked" not in words(pilot, "#about-win")


async def test_again_opens_as_many_once_more_and_shows_them_on_the_same_screen(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        first = screen.opening.operation
        await go(pilot, "l", "a")
        assert pilot.app.screen is screen
        assert screen.opening.operation > first
        assert screen.rolls[0].nonce == 1
        assert "roll 1 ·" in words(pilot, "#about-win")
        assert not screen.locked, "another thing has another lock"
        assert player_of(world).card().oranges == 5_000 - 300
        await go(pilot, "enter")
        screen = await open_ten(pilot)
        await go(pilot, "a", "y")
        assert len(screen.opening.rolls) == 10
        assert screen.rolls[0].nonce >= 12
    assert player_of(world).card().oranges == 4_700 - 3_000
    assert player_of(world).reveals.pending() == ()


async def test_again_without_money_is_refused_and_nothing_changes(
    world: World, in_cases: MakeApp
) -> None:
    opened(player_of(world), "citrus-crate", 33)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        before = contents(world)
        await go(pilot, "a")
        assert pilot.app.screen is screen
        assert any("oranges more" in said for said in toasts(pilot))
        assert contents(world) == before


async def test_pressing_again_twice_opens_once(world: World, in_cases: MakeApp) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        screen.open_again()
        screen.open_again()
        await settle(pilot)
    assert player_of(world).inventory.statistics().total_items == 2


async def test_s_in_capitals_sells_what_was_just_won_and_opens_as_many_again(
    world: World, in_cases: MakeApp, picture: Picture
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        first = screen.rolls[0]
        await go(pilot, "S")
        assert pilot.app.screen is screen
        assert screen.rolls[0].nonce == first.nonce + 1
        assert f"sold 1 thing for 🍊 {first.value:,}" in words(pilot, "#title")
        assert toasts(pilot) == []
        assert status_of(world, first.item_id)[0] is Status.SOLD
        assert status_of(world, screen.rolls[0].item_id)[0] is Status.OWNED
        assert player_of(world).card().oranges == 5_000 - 300 + first.value
        await go(pilot, "r")
        assert "sold" not in words(pilot, "#title"), "nothing was sold this time"
        await go(pilot, "enter")
        screen = await open_ten(pilot)
        ten = screen.rolls
        await go(pilot, "S")
        asked = pilot.app.screen
        assert isinstance(asked, ConfirmDialog)
        assert "10 things for" in asked.text.plain
        assert "then 10 × Citrus Crate for 🍊 1,500" in asked.text.plain
        await picture(pilot, "asked-80x24")
        await go(pilot, "y")
        assert all(status_of(world, roll.item_id)[0] is Status.SOLD for roll in ten)
        assert all(status_of(world, roll.item_id)[0] is Status.OWNED for roll in screen.rolls)


async def test_what_can_not_be_opened_again_even_with_its_price_sells_nothing(
    world: World, in_cases: MakeApp
) -> None:
    opened(player_of(world), "citrus-crate", 33)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = contents(world)
        await go(pilot, "S")
        assert any("oranges more" in said for said in toasts(pilot))
        assert contents(world) == before


async def test_selling_and_opening_in_one_asks_before_what_is_dear_goes(
    world: World, in_cases: MakeApp
) -> None:
    player = done(world.grant("ana", item="neon-peel"), Grant)
    assert player.item_id is not None
    case = case_of(world)
    names = [entry.name for entry in case.odds.entries]
    opening = opening_of(case, [names.index("Neon Peel")])
    mine = replace(opening.rolls[0], item_id=player.item_id)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, replace(opening, rolls=(mine,)), case)
        await go(pilot, "S")
        asked = pilot.app.screen
        assert isinstance(asked, ConfirmDialog)
        assert asked.text.plain.startswith("Neon Peel for")
        await go(pilot, "n")
        assert pilot.app.screen is screen
    assert status_of(world, player.item_id)[0] is Status.OWNED


async def test_the_price_of_as_many_again_is_told_where_many_were_opened(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await open_ten(pilot)
        assert "r 10 again 🍊 1,500" in pilot.app.screen.query_one(KeyBar).render().plain
        await go(pilot, "enter", "r")
        asked = pilot.app.screen
        assert isinstance(asked, ConfirmDialog), "much of the purse is asked about here too"
        await go(pilot, "y")
        assert len(revealed(pilot).rolls) == 10
    assert player_of(world).card().oranges == 5_000 - 3_000


@pytest.mark.parametrize("count", [1, 10])
async def test_commons_are_sold_at_once_only_where_that_is_set_and_the_summary_tells_it(
    count: int, world: World, in_cases: MakeApp, picture: Picture
) -> None:
    player = player_of(world)
    case = case_of(world)
    for entry in case.odds.entries:
        done(world.grant("ana", item=entry.item), Grant)
    for wanted in (False, True):
        app = in_cases(world)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.session.settings.sell_commons = wanted
            before = player.card().oranges
            screen = await (open_ten(pilot) if count > 1 else open_one(pilot))
            while wanted and not any(roll.rarity is Rarity.COMMON for roll in screen.rolls):
                await go(pilot, "r")
                before = player.card().oranges
            commons = [roll for roll in screen.rolls if roll.rarity is Rarity.COMMON]
            sold = [
                roll for roll in screen.rolls
                if status_of(world, roll.item_id)[0] is Status.SOLD
            ]  # fmt: skip
            assert sold == (commons if wanted else [])
            value = sum(roll.value for roll in sold)
            if wanted and count > 1:
                assert player.card().oranges == before - 1_500 + value
                told = f"{len(sold)} sold at once for 🍊 {value:,}"
                assert told in words(pilot, "#words").splitlines()[1]
                assert f"you have 🍊 {player.card().oranges:,}" in words(pilot, "#words")
                await picture(pilot, "many-80x24")
            elif wanted:
                assert f"sold at once for 🍊 {value:,}" in words(pilot, "#about-win")
                assert "sells it" not in words(pilot, "#choices")
                await picture(pilot, "one-80x24")


async def test_the_summary_tells_how_many_commons_are_kept_for_their_set(
    world: World, in_cases: MakeApp
) -> None:
    app = in_cases(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.session.settings.sell_commons = True
        screen = await open_ten(pilot)
        commons = [roll for roll in screen.rolls if roll.rarity is Rarity.COMMON]
        kept = [roll for roll in commons if status_of(world, roll.item_id)[0] is Status.OWNED]
        assert 1 < len(kept) < len(commons)
        assert f"{len(kept)} commons kept for the set" in words(pilot, "#words").splitlines()[2]


async def test_a_sale_made_in_the_summary_is_taken_back_there(
    world: World, in_cases: MakeApp
) -> None:
    player = player_of(world)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "u")
        screen = await open_ten(pilot)
        assert "Undo" not in screen.query_one(KeyBar).render().plain
        before = player.card().oranges
        await go(pilot, "s", "y")
        assert screen.sold
        assert player.card().oranges > before
        assert "u Undo" in screen.query_one(KeyBar).render().plain
        await go(pilot, "u")
        assert pilot.app.screen is screen
        assert not screen.sold
        assert not screen.query_one(CardWall).gone
        assert player.card().oranges == screen.oranges == before
        statuses = {status_of(world, roll.item_id)[0] for roll in screen.rolls}
        assert statuses == {Status.OWNED}
        assert not screen.can_undo()


@pytest.mark.parametrize("gain", [-1, 0])
async def test_several_cases_that_together_lost_are_not_celebrated(
    gain: int, world: World, in_cases: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    lit: list[int] = []
    monkeypatch.setattr(CardWall, "light", lambda _, __, count, **___: lit.append(count))
    case = case_of(world)
    rarest = max(range(len(case.odds.entries)), key=lambda i: case.odds.entries[i].rarity.rank)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        opening = opening_of(case, [rarest, rarest])
        await show(pilot, replace(opening, paid=opening.won - gain), case)
    assert len(lit) == (gain >= 0)


# Rich cases


async def test_a_roll_that_gave_nothing_says_so_and_offers_nothing_to_do_with_it(
    rich_world: World, in_cases: MakeApp, picture: Picture
) -> None:
    async with in_cases(rich_world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "down", "down")
        screen = await open_one(pilot)
        assert "no item this time" in words(pilot, "#about-win")
        assert "−5 loss" in words(pilot, "#about-win")
        assert not any(word in words(pilot, "#choices") for word in ("sell", "lock"))
        keys = pilot.app.screen.query_one(KeyBar).render().plain
        assert "Back" in keys
        assert not any(word in keys for word in ("Keep", "Sell", "Lock"))
        await picture(pilot, "80x24")
        before = contents(rich_world)
        await go(pilot, "s", "l")
        assert pilot.app.screen is screen
        assert contents(rich_world) == before
        await go(pilot, "a", "escape", "x")
        screen = revealed(pilot)
        assert "10 × nothing" in words(pilot, "#words")
        assert "best" not in words(pilot, "#words")
        assert "common" not in words(pilot, "#words")


async def test_an_opening_of_several_rolls_is_a_wall_and_again_opens_as_many_cases(
    rich_world: World, in_cases: MakeApp, picture: Picture
) -> None:
    player = player_of(rich_world)
    async with in_cases(rich_world).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot)
        assert len(screen.query_one(CardWall).faces) == 3
        assert words(pilot, "#title") == "Chest"
        paid = player.card().oranges
        await go(pilot, "a")
        assert len(screen.opening.rolls) == 3
        assert player.card().oranges == paid - 100
        await go(pilot, "escape", "x", "y")
        screen = revealed(pilot)
        assert words(pilot, "#title") == "Chest × 10"
        assert len(screen.query_one(CardWall).faces) == 30
        assert not all(roll.item_id for roll in screen.rolls)
        assert screen.rolls[0].item_id is None, "what gave nothing is turned first"
        assert "× nothing" in words(pilot, "#words")
        pilot.app.screen.query_one(CardWall).scroll_to(y=0, animate=False)
        await picture(pilot, "80x24")


async def test_the_chance_on_the_card_is_the_one_that_the_guarantee_had_risen_to(
    rich_world: World, in_cases: MakeApp
) -> None:
    player = player_of(rich_world)
    table = case_of(rich_world, "banner").odds
    for _ in range(300):
        (roll,) = opened(player, "banner").rolls
        (pending,) = player.reveals.pending()
        assert pending.rolls == (roll,), "a repeat tells the same"
        if roll.since == 9:
            break
        player.reveals.revealed(pending.operation)
    assert table.parts_at(roll.since)[roll.entry_index] == 1_000_000
    async with in_cases(rich_world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "chance 100.00 %, always" in words(pilot, "#about-win")


# Many things


async def test_what_is_dear_among_many_is_celebrated_over_the_wall_where_nothing_is_written(
    world: World, in_cases: MakeApp, trust: bool
) -> None:
    case = case_of(world)
    rarest = {entry.rarity: i for i, entry in enumerate(case.odds.entries)}
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        for rarity in rarest if trust else (Rarity.UNCOMMON, Rarity.RARE, Rarity.LEGENDARY):
            indexes = [rarest[Rarity.COMMON]] * 4 + [rarest[rarity]]
            screen = await show(pilot, opening_of(case, indexes), case)
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
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world).run_test(size=(120, 40)) as pilot:
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
    world: World, in_cases: MakeApp
) -> None:
    world.grant("ana", oranges=100_000)
    opened(player_of(world), "citrus-crate", 100)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = revealed(pilot)
        assert f"{screen.rolls[-1].value:,}" in wall_text(pilot).rstrip().splitlines()[-1]
        await go(pilot, "home")
        assert screen.query_one(CardWall).scroll_offset.y == 0
        assert screen.rolls[0].entry in wall_text(pilot)
        await go(pilot, "j", "pagedown", "G")
        assert screen.rolls[-1].entry in wall_text(pilot)


async def test_the_commons_are_sold_after_naming_number_and_sum_and_nothing_else_is(
    world: World, in_cases: MakeApp, picture: Picture
) -> None:
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
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
        assert screen.offers("reveal-sell-commons") is None, "there is nothing left to sell"
        await picture(pilot, "80x24")
    assert player_of(world).card().oranges == 3_500 + value
    assert all(status_of(world, roll.item_id)[0] is Status.SOLD for roll in commons)
    assert all(status_of(world, roll.item_id)[0] is Status.OWNED for roll in others)


def test_the_wall_never_grows_wider_than_its_room() -> None:
    for count in (2, 5, 10, 11, 37, 100):
        for width, height in ((58, 12), (78, 17), (78, 18), (118, 30), (198, 50)):
            grid = lay_out(count, CardSize(14, 6), width, height)
            assert grid.indent + grid.columns * (grid.width + 1) - 1 <= width
            assert grid.columns * -(-count // grid.columns) >= count
            assert grid.tiles or grid.lines(count) <= height


async def test_every_card_of_the_wall_is_drawn_once_and_in_order(
    world: World, in_cases: MakeApp
) -> None:
    faces = [Face(f"Thing {i:03}", i, Rarity.RARE, "", "🍊") for i in range(100)]
    case = case_of(world)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, opening_of(case, [0] * 100), case)
        wall = screen.query_one(CardWall)
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


def renamed(case: CaseDetail) -> CaseDetail:
    """The case with hostile names for itself and what it holds."""
    entries = tuple(
        replace(entry, name=HOSTILE_NAMES[i % len(HOSTILE_NAMES)])
        for i, entry in enumerate(case.odds.entries)
    )
    return replace(case, name=HOSTILE_NAMES[0], odds=replace(case.odds, entries=entries))


async def test_hostile_names_on_cards_are_drawn_as_they_are(
    world: World, in_cases: MakeApp, picture: Picture, trust: bool
) -> None:
    hostile = renamed(case_of(world))
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        for index, name in enumerate(HOSTILE_NAMES):
            await show(pilot, replace(opening_of(hostile, [index]), rank_up=name), hostile)
            assert name[:6] in words(pilot, "#about-win")
            assert name[:6] in words(pilot, "#words")
            assert HOSTILE_NAMES[0] in words(pilot, "#title")
            await go(pilot, "s", "escape", "l", "escape", "escape")
        walls = [[*range(10)], [n % 10 for n in range(30)]]
        alike = [[n] * count for n in range(len(HOSTILE_NAMES)) for count in (10, 100)]
        for indexes in walls + alike * trust:
            names = {HOSTILE_NAMES[n % len(HOSTILE_NAMES)] for n in indexes}
            wall = (await show(pilot, opening_of(hostile, indexes), hostile)).query_one(CardWall)
            drawn = wall_text(pilot)
            wall.scroll_to(y=0, animate=False, force=True)
            await settle(pilot)
            drawn += wall_text(pilot)
            assert [name for name in names if name[:6] not in drawn] == []
            if indexes == walls[0]:
                await picture(pilot, "80x24")
            await go(pilot, "s", "escape", "l", "escape", "escape")
        assert pilot.app.is_running


# Pictures


def lucky(count: int) -> list[int]:
    """Entries as luck might have it, most of them common."""
    return [min(9, (n * n * 7 + n * 3) % 13) if n % 3 == 0 else n % 2 for n in range(count)]


@pytest.mark.usefixtures("still")
async def test_picture_of_the_reel(world: World, in_cases: MakeApp, picture: Picture) -> None:
    case = case_of(world)
    async with in_cases(world, motion=True).run_test(size=(120, 40)) as pilot:
        screen = await show(pilot, opening_of(case, [3]), case)
        reel = screen.query_one(Reel)
        reel.show_at(0.9)
        await picture(pilot, "midway 120x40")
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        reel.show_at(SPIN_SECONDS)
        await picture(pilot, "landed 60x20")


async def test_picture_of_one_thing(world: World, in_cases: MakeApp, picture: Picture) -> None:
    case = case_of(world)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await show(pilot, opening_of(case, [0]), case)
        await picture(pilot, "loss 80x24")
        await go(pilot, "enter")
        await show(pilot, opening_of(case, [9]), case)
        await picture(pilot, "legendary 80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "legendary 120x40")
        await go(pilot, "enter")
        await pilot.resize_terminal(60, 20)
        await show(pilot, opening_of(case, [6], rank_up="Associate"), case)
        await picture(pilot, "new rank 60x20")


@pytest.mark.usefixtures("still")
async def test_picture_of_sparks_on_their_way(
    world: World, in_cases: MakeApp, picture: Picture
) -> None:
    case = case_of(world)
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, opening_of(case, [9]), case)
        await go(pilot, "space")
        sky = screen.query_one(Celebration)
        assert sky._timer is not None
        sky._timer.stop()
        sky.show_at(0.35)
        await picture(pilot, "80x24")


@pytest.mark.usefixtures("still")
async def test_picture_of_a_wall(world: World, in_cases: MakeApp, picture: Picture) -> None:
    case = case_of(world)
    async with in_cases(world, motion=True).run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, opening_of(case, lucky(10), rank_up="Associate"), case)
        wall = screen.query_one(CardWall)
        wall.turn(7)
        await picture(pilot, "ten that are being turned 80x24")
        await go(pilot, "space", "enter")
        await pilot.resize_terminal(120, 40)
        pilot.app.session.settings.reduced_motion = True
        await show(pilot, opening_of(case, lucky(100), rank_up="Associate"), case)
        await picture(pilot, "a hundred 120x40")


async def test_picture_without_colour(
    world: World, in_cases: MakeApp, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    case = case_of(world)
    async with in_cases(world).run_test(size=(80, 24)) as pilot:
        await show(pilot, opening_of(case, lucky(10)), case)
        await picture(pilot, "80x24")


async def test_the_help_of_a_win_names_a_key_once_for_what_it_does_now(
    world: World, in_cases: MakeApp
) -> None:
    async with in_cases(world, motion=False).run_test(size=(80, 24)) as pilot:
        for opening, does in ((open_one, "Sell it to the house"), (open_ten, "Sell the commons")):
            screen = await opening(pilot)
            keys = HelpScreen(screen)
            assert [a.help for a in keys._here() if "s" in a.keys] == [does]
            assert {a.key for a in keys._here()} == {a.key for a in screen.ACTIONS}
            await go(pilot, "enter")
