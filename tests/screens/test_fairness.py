"""Fairness: seeds, rotating, verifying, exporting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from inventui import config
from inventui.app import InventuiApp
from inventui.engine.world import World
from inventui.rules.fairness import commitment
from inventui.rules.proof import Verification, verify_proof
from inventui.screens.verify import VerifyScreen, verification_text
from inventui.widgets.dialogs import ConfirmDialog, InputDialog
from inventui.widgets.room import Room
from tests.screens.conftest import HOSTILE_IDS, HOSTILE_NAMES, go, player_of, settle

Make = Callable[..., InventuiApp]
Snap = Callable[..., bool]

SIZES, SIZE_IDS = [(80, 24), (120, 40)], ["80x24", "120x40"]
GOOD = {"commitment": True, "roll": True, "odds_table": True, "award": True}


def shown(app: InventuiApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


async def test_both_hashes_are_shown_in_full_before_anything_is_opened(
    world: World, make_app: Make
) -> None:
    state = player_of(world).fairness.show()
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "@fairness")
        pair = shown(app, "#pair")
        assert state.active.server_seed_hash in pair
        assert state.next_server_seed_hash in pair
        assert state.active.client_seed in pair
        assert "nonce 0" in pair


async def test_a_retired_pair_shows_its_seed_and_that_it_has_the_promised_hash(
    filled_world: World, make_app: Make
) -> None:
    newest = player_of(filled_world).fairness.show().retired[0]
    app = make_app(filled_world)
    async with app.run_test(size=(140, 45)) as pilot:
        await go(pilot, "@fairness")
        revealed = shown(app, "#revealed")
        assert newest.server_seed is not None
        assert newest.server_seed in revealed
        assert commitment(newest.server_seed) in revealed
        await go(pilot, "down")
        assert shown(app, "#revealed") != revealed


async def test_rotating_asks_first_and_no_changes_nothing(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "r")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        assert player_of(world).fairness.show().active.number == 1
        await go(pilot, "r", "n")
        assert player_of(world).fairness.show().active.number == 1
        await go(pilot, "r", "enter")
        state = player_of(world).fairness.show()
        assert state.active.number == 2
        assert state.retired[0].server_seed in shown(app, "#revealed").replace("\n", "").replace(
            " ", ""
        )


async def test_a_client_seed_of_ones_own_starts_the_next_pair(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "c")
        assert isinstance(app.screen, InputDialog)
        app.screen.query_one(Input).value = "lemon 界"
        await go(pilot, "enter")
        assert isinstance(app.screen, Room)
        assert "lemon 界" in shown(app, "#pair")
    active = player_of(world).fairness.show().active
    assert (active.number, active.client_seed) == (2, "lemon 界")


@pytest.mark.parametrize("seed", ["", "  ", "x" * 65, "a\u202eb"])
async def test_a_bad_client_seed_is_refused_in_the_dialog_and_nothing_is_lost(
    seed: str, world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "c")
        app.screen.query_one(Input).value = seed
        await go(pilot, "enter")
        assert isinstance(app.screen, InputDialog)
        assert "can't be used" in shown(app, "#fault")
        assert app.screen.query_one(Input).value == seed
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
    assert player_of(world).fairness.show().active.number == 1


@pytest.mark.parametrize("seed", HOSTILE_NAMES, ids=HOSTILE_IDS)
async def test_a_hostile_client_seed_is_shown_as_it_is(
    seed: str, world: World, make_app: Make
) -> None:
    player_of(world).fairness.rotate(seed, key="one")
    player_of(world).fairness.rotate(key="two")
    app = make_app(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, "@fairness", "c")
        assert app.screen.query_one(Input).value == seed
        await go(pilot, "escape")
        assert seed[:20] in shown(app, "#pair")
        assert seed[:20] in shown(app, "#revealed")


async def test_verify_names_each_check(filled_world: World, make_app: Make) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "v")
        assert isinstance(app.screen, VerifyScreen)
        found = shown(app, "#found")
        assert "24 rolls checked: every one was fair." in found
        assert found.count("✓") == 4
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)


def test_a_failed_check_is_marked_and_each_fault_named_as_it_is() -> None:
    found = Verification(3, {**GOOD, "roll": False}, ("pair 1: [/nope] roll 2 has ticket 7",))
    text = verification_text(found)
    assert "something is wrong" in text.plain
    assert text.plain.count("✓") == 3
    assert "✗ roll" in text.plain
    assert "• pair 1: [/nope] roll 2 has ticket 7" in text.plain


def test_more_faults_than_fit_are_counted() -> None:
    found = Verification(99, {**GOOD, "award": False}, tuple(f"fault {n}" for n in range(99)))
    text = verification_text(found).plain
    assert "fault 49" in text
    assert "fault 50" not in text
    assert "and 49 more" in text


async def test_an_exported_proof_can_be_checked_without_the_game(
    filled_world: World, make_app: Make, home: Path
) -> None:
    app = make_app(filled_world)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@fairness", "x")
        path = Path(app.screen.query_one(Input).value)
        assert path.parent == config.documents_dir()
        await go(pilot, "enter")
        assert isinstance(app.screen, Room)
        (toast,) = app._notifications
        assert str(path) in str(toast.message)
    verification = verify_proof(json.loads(path.read_text()))
    assert verification.ok
    assert verification.rolls == 24


async def test_an_export_that_is_refused_says_why_and_keeps_the_path(
    filled_world: World, make_app: Make, home: Path
) -> None:
    taken = home / "taken.json"
    taken.write_text("mine")
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "x")
        app.screen.query_one(Input).value = str(taken)
        await go(pilot, "enter")
        assert isinstance(app.screen, InputDialog)
        assert "is there already" in shown(app, "#fault")
        assert app.screen.query_one(Input).value == str(taken)
    assert taken.read_text() == "mine"


async def test_a_player_without_a_retired_pair_has_nothing_to_export(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "x", "enter")
        assert isinstance(app.screen, InputDialog)
        assert "nothing to prove yet" in shown(app, "#fault")
    assert not config.documents_dir().exists()


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_a_first_pair(
    size: tuple[int, int], world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(world), size, press=("@fairness",))


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_retired_pairs(
    size: tuple[int, int], filled_world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(filled_world), size, press=("@fairness", "down"))


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_a_verification(
    size: tuple[int, int], filled_world: World, make_app: Make, snap: Snap
) -> None:
    assert snap(make_app(filled_world), size, press=("@fairness", "v"))


def test_picture_of_a_question(filled_world: World, make_app: Make, snap: Snap) -> None:
    assert snap(make_app(filled_world), press=("@fairness", "r"))


def test_picture_of_a_refused_client_seed(world: World, make_app: Make, snap: Snap) -> None:
    async def type_too_much(pilot: object) -> None:
        app.screen.query_one(Input).value = "[@click=app.quit]" * 4

    app = make_app(world)
    assert snap(app, press=("@fairness", "c"), run_before=type_too_much)


def test_picture_of_a_wide_client_seed(world: World, make_app: Make, snap: Snap) -> None:
    player_of(world).fairness.rotate("界" * 64, key="one")
    player_of(world).fairness.rotate(key="two")
    assert snap(make_app(world), press=("@fairness",))


async def test_a_failed_verification_is_shown_as_such(
    filled_world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Verification(2, {**GOOD, "award": False}, ("pair 1: roll 0 gave a [b]Peel Coin[/b]",))
    monkeypatch.setattr("inventui.engine.fairness.Fairness.verify", lambda _: bad)
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "@fairness", "v")
        await settle(pilot)
        assert "a [b]Peel Coin[/b]" in shown(app, "#found")
