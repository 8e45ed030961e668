"""The workshop's room: the bench, what is shown beforehand, and what is never lost by mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryQuery, LockChange
from inventui.engine.players.models import Grant
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.engine.world import World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.workshop import INPUTS
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.fairness.verify import VerifyScreen
from inventui.screens.history.item_history import ItemHistoryDialog
from inventui.screens.workshop.actions import FusionProof
from inventui.screens.workshop.fusion_animation import GATHERED, Melt, disc, melt_at, pixels_of
from inventui.screens.workshop.lists import PastList
from inventui.screens.workshop.reveal import FusionReveal
from inventui.screens.workshop.screen import WorkshopRoom
from inventui.screens.workshop.slots import first_rarity
from inventui.screens.workshop.slots_picture import Bench
from inventui.screens.workshop.text import empty_words
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.items.item_text import short_hash
from inventui.widgets.items.odds_table import OddsList
from inventui.widgets.items.reel import SPIN_SECONDS, Reel
from inventui.widgets.theme import percent
from tests.builders import audited, contents, done
from tests.screens.conftest import (
    HOSTILE_NAMES,
    PACK,
    START,
    Picture,
    fill,
    go,
    player_of,
    settle,
)
from tests.worlds.bazaar import ring
from tests.worlds.shop import text_of as screen_text

MakeApp = Callable[..., Any]
STRAWS = ("bent-straw", "bent-straw", "peel-coin", "lamp-wick", "paper-parasol", "vault-dust")
"""Six common things; the first five are the cheapest."""


def text_of(pilot: Pilot[Any], selector: str) -> str:
    """What a Static says."""
    return pilot.app.screen.query_one(selector, Static).content.plain  # type: ignore[union-attr]


def toasts(pilot: Pilot[Any]) -> list[str]:
    """What was said."""
    return [note.message for note in pilot.app._notifications]


def granted(world: World, *slugs: str) -> list[int]:
    """These things for ana; their numbers."""
    numbers = [done(world.grant("ana", item=slug), Grant).item_id for slug in slugs]
    return [number for number in numbers if number is not None]


def room_of(pilot: Pilot[Any]) -> WorkshopRoom:
    """The room, which must be on top."""
    assert isinstance(pilot.app.screen, WorkshopRoom)
    return pilot.app.screen


def bench_of(pilot: Pilot[Any]) -> set[int]:
    """The numbers of what lies on the bench."""
    return {player_item.id for player_item in room_of(pilot).query_one(Bench).player_items}


def unmoved(world: World) -> dict[str, list[tuple[object, ...]]]:
    """The world, but for what a player has seen of it."""
    return {**contents(world), "player": []}


@pytest.fixture
def six_common(world: World) -> list[int]:
    """Six common things of ana's."""
    return granted(world, *STRAWS)


@pytest.fixture
def frozen_play(monkeypatch: pytest.MonkeyPatch) -> None:
    """The play begins, but stands at its beginning."""
    monkeypatch.setattr(Reel, "play", lambda self: None)


# The bench


async def test_space_puts_a_thing_on_the_bench_and_takes_it_off_again(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "space")
        assert len(bench_of(pilot)) == 1
        assert room_of(pilot).title_now("mark", "Put on") == "Take off"
        await go(pilot, "space")
        assert bench_of(pilot) == set()
        assert len(six_common) == len(STRAWS)


async def test_one_key_puts_the_five_cheapest_of_the_rarity_on_the_bench(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    granted(world, "market-stamp")
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        assert bench_of(pilot) == set(six_common[:INPUTS])
        await go(pilot, "x")
        assert bench_of(pilot) == set()


async def test_the_five_cheapest_are_those_of_the_world_whatever_is_searched(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"vault", "enter", "c")
        assert room_of(pilot).player_items.count == 1
        assert bench_of(pilot) == set(six_common[:INPUTS])


async def test_a_sixth_thing_is_refused_in_words(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "home", "space")
        assert bench_of(pilot) == set(six_common[:INPUTS])
        assert "The bench is full" in toasts(pilot)[-1]


@pytest.mark.usefixtures("six_common")
async def test_another_rarity_is_refused_in_words(world: World, make_app: MakeApp) -> None:
    granted(world, "market-stamp")
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "space", "right", "space")
        assert room_of(pilot).rarity is Rarity.UNCOMMON
        assert len(bench_of(pilot)) == 1
        assert "things of one rarity" in toasts(pilot)[-1]


@pytest.mark.usefixtures("six_common")
async def test_the_bench_keeps_what_lies_there_while_one_looks_elsewhere(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        lying = bench_of(pilot)
        await go(pilot, "right", "left", "slash", *"vault", "escape", "o", "p", "p", "1")
        await go(pilot, "@workshop")
        assert bench_of(pilot) == lying


async def test_before_anything_lies_on_the_bench_the_words_are_about_the_rarity_that_is_listed(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "the five cheapest" in text_of(pilot, "#how")
        await go(pilot, "right")
        assert room_of(pilot).rarity is Rarity.UNCOMMON
        assert "5 more" in text_of(pilot, "#how")
        await go(pilot, "left")
        assert "the five cheapest" in text_of(pilot, "#how")
        assert len(six_common) == len(STRAWS)


async def test_what_is_locked_is_not_listed_and_never_offered(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    done(player_of(world).inventory.lock(six_common[:2], True), LockChange)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        assert room_of(pilot).player_items.count == len(STRAWS) - 2
        assert bench_of(pilot) == set(six_common[2:])
        assert "only 4 can be fused" in toasts(pilot)[-1]


async def test_what_is_gone_meanwhile_leaves_the_bench(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        player_of(world).inventory.sell(six_common[:1])
        room_of(pilot).show_state()
        await settle(pilot)
        assert bench_of(pilot) == set(six_common[1:INPUTS])


@pytest.mark.usefixtures("six_common")
async def test_a_click_takes_a_thing_off_the_bench(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        for size, offset in (((80, 24), (2, 1)), ((120, 40), (18, 2))):
            await pilot.resize_terminal(*size)
            await go(pilot, "c")
            gone = room_of(pilot).query_one(Bench).player_items[1].id
            await pilot.click(Bench, offset=offset)
            await settle(pilot)
            assert len(bench_of(pilot)) == INPUTS - 1
            assert gone not in bench_of(pilot)


def test_one_begins_where_there_is_enough_to_fuse() -> None:
    assert first_rarity({}) is Rarity.COMMON
    assert first_rarity({Rarity.COMMON: 4, Rarity.UNCOMMON: 5}) is Rarity.UNCOMMON
    assert first_rarity({Rarity.COMMON: 1, Rarity.RARE: 3}) is Rarity.RARE


@pytest.mark.usefixtures("six_common")
async def test_below_72_columns_the_chances_stand_below_the_list(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(72, 24)) as pilot:
        room = room_of(pilot)
        for columns, beside in ((72, True), (71, False)):
            await pilot.resize_terminal(columns, 24)
            await settle(pilot)
            assert bool(room.query_one("#bench-pane").region) is beside
            assert (room.query_one("#work").region.y == room.player_items.region.y) is beside


async def test_a_mark_on_a_stack_takes_its_newest_piece_that_is_left_and_then_puts_all_back(
    world: World, make_app: MakeApp
) -> None:
    granted(world, *["silver-pip"] * 7)
    player = world.player("ana")
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        room = room_of(pilot)
        room.choose_tab("epic")
        await settle(pilot)
        stack = room.player_items.row
        assert stack is not None
        assert stack.count == 7
        for number in range(1, INPUTS + 1):
            await go(pilot, "space")
            assert list(room.slots.marks) == list(stack.pieces[:number])
        assert room.title_now("mark", "Put on") == "Take off"
        await go(pilot, "space")
        assert not room.slots.marks
    assert player.workshop.counts()[Rarity.EPIC] == 7


@pytest.mark.usefixtures("six_common")
async def test_an_empty_bench_says_what_the_five_cheapest_would_make_where_it_has_room(
    world: World, make_app: MakeApp, picture: Picture
) -> None:
    async with make_app(world, room="workshop").run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        how = room_of(pilot).query_one("#how", Static)
        words = str(how.content)
        assert "The five cheapest, " in words
        assert "on average; worth more than it takes" in words
        await picture(pilot)
        await go(pilot, "space", "space")
        assert "The five cheapest, " in str(how.content)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "The five cheapest, " not in str(how.content)


@pytest.mark.usefixtures("six_common")
async def test_ages_in_the_list_grow_while_one_looks(
    world: World, clock: FrozenClock, make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert screen_text(pilot.app).count(" now") == len(set(STRAWS))
        clock.advance(3 * HOUR)
        ring(room_of(pilot), 60)
        await settle(pilot)
        assert screen_text(pilot.app).count(" 3 h") == len(set(STRAWS))


# What is shown beforehand


async def test_chances_fee_and_promise_are_shown_before_anything_is_lost(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    before = contents(world)
    quote = done(player_of(world).workshop.quote(six_common[:INPUTS]), FusionQuote)
    assert quote.odds is not None
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        for size in ((80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            odds = room_of(pilot).query_one(OddsList)
            drawn = "\n".join(odds.render_line(y).text for y in range(odds.size.height))
            for entry in quote.odds.entries:
                assert entry.name in drawn
                assert percent(entry.parts) in drawn
            figures = text_of(pilot, "#figures")
            assert f"{quote.value:,} + fee" in figures
            assert f"{quote.fee:,}" in figures
            assert f"{float(quote.odds.expected_value):,.2f}" in figures
            promise = text_of(pilot, "#promise")
            assert short_hash(player_of(world).fairness.show().active.server_seed_hash) in promise
        await go(pilot, "v")
        assert isinstance(pilot.app.screen, FusionProof)
        assert quote.odds.hash in text_of(pilot, ".text")
        await go(pilot, "escape", "F")
        assert pilot.app.current_mode == "fairness"
    assert contents(world) == before


async def test_each_chance_can_be_looked_at_with_the_keys(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    quote = done(player_of(world).workshop.quote(six_common[:INPUTS]), FusionQuote)
    assert quote.odds is not None
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "tab")
        seen = []
        for _ in quote.odds.entries:
            seen.append(text_of(pilot, "#figures"))
            assert "ticket" in text_of(pilot, "#promise")
            await go(pilot, "down")
        for entry in quote.odds.entries:
            assert any(entry.name in words for words in seen)
        await go(pilot, "escape")
        assert room_of(pilot).player_items.has_focus
        assert "fee" in text_of(pilot, "#figures")


async def test_a_thing_that_brings_nothing_is_told_so(world: World, make_app: MakeApp) -> None:
    granted(world, *["silver-pip"] * 3, *["ruby-slice"] * 2)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        room = room_of(pilot)
        assert room.rarity is Rarity.EPIC
        cases = set(room.query_one(Bench).cases.values())
        assert cases == {"Pulp Vault", "Kingpin's Safe"}


# Fusing


@pytest.mark.usefixtures("six_common")
async def test_nothing_is_fused_before_the_question_is_answered(
    world: World, make_app: MakeApp
) -> None:
    before = contents(world)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        for no in ("n", "escape"):
            await go(pilot, "c", "enter")
            assert isinstance(pilot.app.screen, ConfirmDialog)
            said = pilot.app.screen.text.plain
            assert "Bent Straw ×2" in said
            assert "gone for good" in said
            assert "The fee is 🍊 52" in said
            assert "%" in said
            await go(pilot, no)
            assert len(bench_of(pilot)) == INPUTS
    assert contents(world) == before


async def test_the_reveal_shows_what_is_true_already(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "f", "y")
        screen = pilot.app.screen
        assert isinstance(screen, FusionReveal)
        (line,) = player_of(world).workshop.past()
        assert line.item_id == screen.rolls[0].item_id
        assert line.entry in text_of(pilot, "#about-win")
        assert "things and fee cost" in text_of(pilot, "#about-win")
        held = player_of(world).inventory.matching(InventoryQuery(), among=six_common)
        assert held == frozenset(six_common[INPUTS:])
        await go(pilot, "enter")
        assert bench_of(pilot) == set()
    assert player_of(world).workshop.pending() == ()
    audited(world)


async def test_from_rare_things_up_a_hasty_enter_keeps_them(
    world: World, make_app: MakeApp
) -> None:
    granted(world, *["market-stamp"] * 5)
    rare = granted(world, *["glass-lemon"] * 5)
    player = player_of(world)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "right", "c", "enter", "enter")
        assert bench_of(pilot) == set(rare)
        assert player.workshop.past() == ()
        await go(pilot, "x", "left", "c", "enter", "enter")
        assert len(player.workshop.past()) == 1


@pytest.mark.usefixtures("six_common", "frozen_play")
async def test_five_run_into_one_and_any_key_ends_it(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="workshop", motion=True).run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "enter", "y")
        screen = pilot.app.screen
        assert isinstance(screen, FusionReveal)
        assert screen.playing
        assert screen.query_one(Melt).display
        assert len(screen.query_one(Melt).sources) == INPUTS
        await go(pilot, "s")
        assert not screen.playing
        assert screen.query_one("#result").display
        assert player_of(world).inventory.statistics().total_items == 2


@pytest.mark.usefixtures("six_common")
async def test_the_play_ends_by_itself(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.widgets.items.reel.SPIN_SECONDS", 0.05)
    monkeypatch.setattr("inventui.widgets.items.reel.HOLD_SECONDS", 0.0)
    async with make_app(world, room="workshop", motion=True).run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "enter", "y")
        screen = pilot.app.screen
        assert isinstance(screen, FusionReveal)
        while screen.playing:
            await pilot.pause(0.02)
        assert screen.query_one("#result").display


async def test_after_the_reveal_one_key_puts_the_next_five_on_the_bench(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    more = granted(world, *["bent-straw"] * 4)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "enter", "y", "h")
        assert isinstance(pilot.app.screen, ItemHistoryDialog)
        await go(pilot, "escape", "a")
        left = player_of(world).workshop.cheapest(Rarity.COMMON)
        assert bench_of(pilot) == set(left)
        assert len(left) == INPUTS
        assert set(left) <= set(six_common) | set(more)


async def test_a_fusion_is_done_once_however_often_the_key_is_pressed(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    granted(world, *["bent-straw"] * 10)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "enter")
        await pilot.press("y", "y", "y", "enter")
        await settle(pilot)
        assert len(player_of(world).workshop.past()) == 1
        assert len(six_common) == len(STRAWS)


async def test_a_fusion_of_which_the_reveal_was_interrupted_is_shown_at_the_next_start(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    fused = done(player_of(world).workshop.fuse(six_common[:INPUTS]), Fused)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app.screen, RevealScreen)
        assert fused.roll.entry in text_of(pilot, "#about-win")


# Refusals


async def test_too_few_things_are_refused_in_words_and_nothing_changes(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    before = contents(world)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        for marks, more in ((0, 0), (1, 1), (4, 3)):
            await go(pilot, *["J"] * more)
            assert len(bench_of(pilot)) == marks
            pilot.app.clear_notifications()
            for key in ("enter", "f"):
                await go(pilot, key)
                # The same words stand once.
                assert len(toasts(pilot)) == 1
                assert toasts(pilot)[-1].startswith("A fusion takes 5 things, not")
                assert isinstance(pilot.app.screen, WorkshopRoom)
            if marks:
                assert f"{INPUTS - marks} more needed" in text_of(pilot, "#figures")
                assert "profit —" in text_of(pilot, "#figures")
    assert contents(world) == before
    assert len(six_common) == len(STRAWS)


async def test_who_has_no_oranges_for_the_fee_is_told_beforehand(
    world: World, make_app: MakeApp
) -> None:
    granted(world, *["silver-pip"] * 5)
    player = player_of(world)
    while player.card().oranges >= 2_500:
        player.reveals.revealed(done(player.cases.open("kingpin-safe", 1), object).operation)  # type: ignore[attr-defined]
    before = contents(world)
    quote = done(player.workshop.quote(player.workshop.cheapest(Rarity.EPIC)), FusionQuote)
    missing = quote.fee - player.card().oranges
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        while room_of(pilot).rarity is not Rarity.EPIC:
            await go(pilot, "right")
        await go(pilot, "c")
        assert f"{missing:,} more needed" in text_of(pilot, "#figures")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, WorkshopRoom)
        assert f"You need {missing:,} oranges more" in toasts(pilot)[-1]
    assert contents(world) == before


async def test_what_is_refused_by_the_world_at_last_changes_nothing_and_is_looked_at_again(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c", "enter")
        done(player_of(world).inventory.lock(six_common[:1], True), LockChange)
        before = contents(world)
        await go(pilot, "y")
        assert "locked" in toasts(pilot)[-1]
        assert contents(world) == before
        assert bench_of(pilot) == set(six_common[1:INPUTS])


async def test_a_dim_key_answers_why(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key, words in (("x", "empty"), ("v", "no chances"), ("tab", "no chances")):
            await go(pilot, key)
            assert words in toasts(pilot)[-1]


# The past


async def test_the_past_tells_what_came_of_what_and_leads_to_its_history(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    player = player_of(world)
    fused = done(player.workshop.fuse(six_common[:INPUTS]), Fused)
    player.reveals.revealed(fused.operation)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "p")
        past = room_of(pilot).query_one(PastList)
        assert "other view" in room_of(pilot).why_not("cheapest").message
        drawn = "\n".join(past.render_line(y).text for y in range(4))
        assert fused.roll.entry in drawn
        assert "Bent Straw ×2" in drawn
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ItemHistoryDialog)
        await go(pilot, "escape", "v")
        assert isinstance(pilot.app.screen, VerifyScreen)
        await go(pilot, "escape", "escape")
        assert not room_of(pilot).looks_back
        assert room_of(pilot).player_items.has_focus


async def test_older_fusions_come_as_one_nears_the_end(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.screens.workshop.actions.PAGE", 3)
    player = player_of(world)
    for _ in range(8):
        player_items = granted(world, *["bent-straw"] * 5)
        player.reveals.revealed(done(player.workshop.fuse(player_items), Fused).operation)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "p", "down", "end", "end", "end")
        past = room_of(pilot).query_one(PastList)
        assert [line.id for line in past.rows] == [line.id for line in player.workshop.past()]
        # Looking again at the newest repeats nothing.
        room_of(pilot).past.look()
        await settle(pilot)
        assert [line.id for line in past.rows] == [line.id for line in player.workshop.past()]


async def test_another_player_sees_neither_bench_nor_past_of_who_was_here(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    world.players.add("bob", key="add-bob")
    player = player_of(world)
    player.reveals.revealed(done(player.workshop.fuse(six_common[:INPUTS]), Fused).operation)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "space", "p")
        assert len(bench_of(pilot)) == 1
        room = room_of(pilot)
        assert len(room.query_one(PastList).rows) == 1
        await pilot.app.play_as(player_of(world, "bob"))  # type: ignore[attr-defined]
        await settle(pilot)
        assert bench_of(pilot) == set()
        assert not room.looks_back
        await go(pilot, "p")
        assert "Nothing was fused yet." in screen_text(pilot.app)


# Names from packs


HOSTILE_SLUGS = (
    "bent-straw", "peel-coin", "lamp-wick", "paper-parasol", "vault-dust", "market-stamp",
)  # fmt: skip
"""Things that bear hostile names, each another one; the case bears the one that is left."""


@pytest.fixture
def hostile_world(tmp_path: Path) -> Iterator[World]:
    """ana has five common things; they, their case and what comes of them have hostile names."""
    text = PACK.read_text()
    for name, owner in zip(HOSTILE_NAMES, (*HOSTILE_SLUGS, "citrus-crate"), strict=True):
        before, after = text.split(f'"{owner}"\nname = ', 1)
        rest = after.split("\n", 1)[1]
        text = f'{before}"{owner}"\nname = {json.dumps(name, ensure_ascii=False)}\n{rest}'
    pack = tmp_path / "pack.toml"
    pack.write_text(text)
    world = World.open(
        tmp_path / "hostile.db", clock=FrozenClock(START), entropy=SeededEntropy("seed"),
        pack=pack, daily_backup=False,
    )  # fmt: skip
    world.players.add("ana", key="ana")
    yield world
    world.close()


async def test_hostile_names_are_drawn_as_they_are_and_act_on_nothing(
    hostile_world: World, make_app: MakeApp
) -> None:
    world = hostile_world
    granted(world, *HOSTILE_SLUGS[:INPUTS])
    async with make_app(world, room="workshop").run_test(size=(120, 40)) as pilot:
        await go(pilot, "c", "tab", "down", "v", "escape", "escape")
        player_items, bench = room_of(pilot).player_items, room_of(pilot).query_one(Bench)
        listed = "\n".join(player_items.render_line(y).text for y in range(INPUTS))
        for player_item in bench.player_items:
            assert player_item.name[:8] in listed
        await go(pilot, "enter")
        asked = pilot.app.screen.text.plain
        for player_item in bench.player_items:
            assert player_item.name in asked
        await go(pilot, "y", "h", "escape", "enter", "p")
        past = room_of(pilot).query_one(PastList)
        assert bench.player_items == ()
        (line,) = player_of(world).workshop.past()
        assert line.entry[:8] in "\n".join(past.render_line(y).text for y in range(2))
        await go(pilot, "enter", "escape", "p", "@collections", "enter")
        await go(pilot, "tab", "right", "right", "m")
        assert pilot.app.current_mode == "collections"
        await go(pilot, "c")
        assert pilot.app.current_mode == "cases"
        assert pilot.app.is_running


# The melt


def test_the_melt_begins_with_five_and_ends_with_the_one() -> None:
    red, blue = disc(12, "#ff0000"), disc(12, "#0000ff")
    first = melt_at([red] * INPUTS, blue, 0.0, 70)
    assert sum(row.count("#ff0000") for row in first) == INPUTS * sum(
        row.count("#ff0000") for row in red
    )
    last = melt_at([red] * INPUTS, blue, 1.0, 70)
    assert {pixel for row in last for pixel in row} == {None, "#0000ff"}
    middle = melt_at([red] * INPUTS, blue, GATHERED + 0.1, 70)
    assert "#0000ff" not in {pixel for row in middle for pixel in row}


def test_every_moment_of_the_melt_fits_its_region() -> None:
    moments_of_the_melt_fit(((1, 1), (7, 12), (40, 6)), steps=5)


@pytest.mark.trust
def test_every_moment_of_the_melt_fits_any_region() -> None:
    moments_of_the_melt_fit(product((1, 7, 40, 200), (1, 6, 12)), steps=20)


def moments_of_the_melt_fit(regions: Iterable[tuple[int, int]], steps: int) -> None:
    sources = [pixels_of(""), pixels_of("no sprite at all")] * 2
    for width, lines in regions:
        for step in range(steps + 1):
            picture = melt_at(sources, disc(16, "#ffffff"), step / steps, width, lines)
            assert len(picture) == 2 * lines
            assert {len(row) for row in picture} == {width}


async def test_the_footer_holds_the_keys_of_bench_chances_and_past(
    world: World, six_common: list[int], make_app: MakeApp
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        assert foot(pilot) == "space Put on  ⏎ Fuse  c Cheapest  x Clear  tab Chances"
        await go(pilot, "p")
        assert foot(pilot) == "p Bench  v Verify  h History"
    assert len(six_common) == len(STRAWS)


def foot(pilot: Pilot[Any]) -> str:
    """The line of keys, but for what every room has."""
    return screen_text(pilot.app).split("\n")[-1].split("  ? Help ")[0].strip()


# Pictures


async def test_picture_of_an_empty_workshop(
    world: World, make_app: MakeApp, picture: Picture
) -> None:
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")


@pytest.mark.usefixtures("six_common")
async def test_pictures_of_the_bench(
    world: World, clock: FrozenClock, make_app: MakeApp, picture: Picture
) -> None:
    fill(world, clock)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "space")
        await picture(pilot, "one thing")
        await go(pilot, "x", "c")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")
        await pilot.resize_terminal(120, 40)
        await go(pilot, "tab", "down")
        await picture(pilot, "120x40 chances")


async def test_picture_of_the_past(
    world: World, six_common: list[int], make_app: MakeApp, picture: Picture
) -> None:
    player = player_of(world)
    fused = done(player.workshop.fuse(six_common[:INPUTS], key="past"), Fused)
    player.reveals.revealed(fused.operation)
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "p")
        await picture(pilot, "80x24")


@pytest.mark.usefixtures("frozen_play")
async def test_pictures_of_the_melt(
    world: World, six_common: list[int], make_app: MakeApp, picture: Picture
) -> None:
    player = player_of(world)
    player_items = done(player.workshop.quote(six_common[:INPUTS]), FusionQuote)
    fused = done(player.workshop.fuse(six_common[:INPUTS], key="melt"), Fused)
    player.reveals.revealed(fused.operation)
    case = world.catalogue.case_as_opened(fused.roll.odds_hash)
    rows = [line.player_item for line in player_items.inputs]
    screen = FusionReveal(fused, case, rows, lambda: None)  # type: ignore[arg-type]
    async with make_app(world, room="workshop", motion=True).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.app.push_screen(screen)
        await settle(pilot)
        for part in (0.15, 0.6):
            screen.query_one(Melt).show_at(part * SPIN_SECONDS)
            await picture(pilot, f"{part}")
        await pilot.resize_terminal(120, 40)
        screen.query_one(Melt).show_at(0.85 * SPIN_SECONDS)
        await picture(pilot, "0.85 120x40")


@pytest.mark.usefixtures("six_common")
async def test_without_colour_signs_and_letters_say_what_is_on_the_bench(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(world, room="workshop").run_test(size=(80, 24)) as pilot:
        await go(pilot, "space")
        shown = screen_text(pilot.app)
        for words in ("◉ · C", "○ 2 an empty place", "▪ Uncommon", "4 more needed"):
            assert words in shown, words


def test_a_search_is_to_blame_only_where_something_could_be_fused() -> None:
    assert "“neon”" in empty_words(Rarity.COMMON, "“neon”", 5).plain
    assert "Nothing to fuse yet" in empty_words(Rarity.COMMON, "“neon”", 0).plain
