"""Fairness: seeds, rotating, verifying, exporting."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input, Static

from inventui import config
from inventui.app.app import InventuiApp
from inventui.engine.withdrawals.world_key import public_key
from inventui.engine.world import World
from inventui.rules.cases.fairness import commitment
from inventui.rules.cases.proof import Verification, verify_proof
from inventui.rules.core.refusal import Refusal
from inventui.rules.withdrawals.certificate import fingerprint
from inventui.screens.fairness.text import active_text, retired_text
from inventui.screens.fairness.verify import VerifyScreen, verification_text
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.frame.room import Room
from inventui.widgets.lists.menu import Menu
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle

Make = Callable[..., InventuiApp]

GOOD = {"commitment": True, "roll": True, "odds_table": True, "award": True}


def shown(app: InventuiApp, selector: str) -> str:
    """What a Static says."""
    return str(app.screen.query_one(selector, Static).content)


async def test_both_hashes_are_shown_in_full_before_anything_is_opened(
    world: World, make_app: Make, picture: Picture
) -> None:
    state = player_of(world).fairness.show()
    app = make_app(world, room="fairness")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        pair = shown(app, "#pair")
        assert state.active.server_seed_hash in pair
        assert state.next_server_seed_hash in pair
        assert state.active.client_seed in pair
        assert "nonce 0" in pair
        key = app.screen.query_one("#active").border_subtitle
        assert fingerprint(public_key(world) or "") in str(key)
        await picture(pilot, "80x24")


async def test_the_first_retired_pair_takes_the_place_of_what_is_said_and_the_keys(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        said = " ".join(app.screen.query_one("#none", Static).render().plain.split())  # type: ignore[union-attr]
        assert "No pair is retired yet: r rotates" in said
        assert said.endswith("x writes a proof for others.")
        assert not app.screen.query_one(Menu).region
        await go(pilot, "r", "y")
        assert app.screen.query_one(Menu).has_focus
        assert not app.screen.query_one("#none").region


@pytest.mark.parametrize("cells", [24, 40, 56, 76, 120])
def test_the_ends_of_a_hash_are_told_where_all_of_it_has_no_room(cells: int, world: World) -> None:
    state = player_of(world).fairness.show()
    for line, digits in zip(
        active_text(state, cells).plain.split("\n")[::2],
        (state.active.server_seed_hash, state.next_server_seed_hash),
        strict=True,
    ):
        assert cell_len(line) <= cells
        first, _, last = line.split()[-1].partition("…")
        assert digits.startswith(first)
        assert digits.endswith(last)
        assert last or first == digits


async def test_a_retired_pair_shows_its_seed_and_that_it_has_the_promised_hash(
    filled_world: World, make_app: Make, picture: Picture
) -> None:
    newest, oldest = player_of(filled_world).fairness.show().retired
    app = make_app(filled_world, room="fairness")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for pair, key in ((newest, "down"), (oldest, "down"), (oldest, "up"), (newest, "down")):
            assert pair.server_seed is not None
            revealed = shown(app, "#revealed").replace("\n", "").replace(" ", "")
            assert pair.server_seed in revealed
            assert commitment(pair.server_seed) in revealed
            await go(pilot, key)
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


def test_no_fact_of_a_retired_pair_breaks_where_it_made_many_rolls(filled_world: World) -> None:
    pair = replace(player_of(filled_world).fairness.show().retired[0], nonce=1_234_567)
    for cells in (44, 80):
        assert all(line.cell_length <= cells for line in retired_text(pair, cells).split("\n"))


async def test_y_copies_what_was_promised_and_what_was_revealed_and_says_so(
    filled_world: World, make_app: Make
) -> None:
    state = player_of(filled_world).fairness.show()
    app = make_app(filled_world, room="fairness")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, "y")
        assert app.clipboard == state.active.server_seed_hash
        await go(pilot, "Y")
        assert app.clipboard == state.retired[0].server_seed
        told = [notification.message for notification in app._notifications]
        assert f"Copied the seed hash of the active pair: {state.active.server_seed_hash}" in told
        assert any(app.clipboard in said and said != told[0] for said in told)


async def test_nothing_is_copied_of_a_pair_that_is_not_there(world: World, make_app: Make) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "Y")
        assert app.clipboard == ""


async def test_rotating_asks_first_and_no_changes_nothing(world: World, make_app: Make) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test() as pilot:
        await go(pilot, "r")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        assert player_of(world).fairness.show().active.number == 1
        await go(pilot, "r", "n")
        assert player_of(world).fairness.show().active.number == 1
        await go(pilot, "r", "enter")
        await go(pilot, "r", "enter", "down", "r", "enter")
        assert app.screen.query_one(Menu).cursor == 0, "the newest is shown"
        state = player_of(world).fairness.show()
        assert state.active.number == 4
        revealed = shown(app, "#revealed").replace("\n", "").replace(" ", "")
        assert state.retired[0].server_seed in revealed


async def test_who_rotates_is_told_which_counts_of_guarantees_begin_anew(
    rich_world: World, make_app: Make
) -> None:
    player = player_of(rich_world)
    while not player.cases.misses():
        opening = player.cases.open("banner")
        assert not isinstance(opening, Refusal)
        player.reveals.revealed(opening.operation)
    (count,) = player.cases.misses()
    app = make_app(rich_world, room="fairness")
    async with app.run_test() as pilot:
        for key in ("c", "r"):
            await go(pilot, key)
            said = " ".join(str(text.content) for text in app.screen.query(Static))
            assert f"misses so far are lost: Banner {count.since:,}." in said
            await go(pilot, "escape")
        await go(pilot, "r", "enter", "r")
        assert isinstance(app.screen, ConfirmDialog)
        assert "lost" not in " ".join(str(text.content) for text in app.screen.query(Static))


async def test_a_client_seed_of_ones_own_starts_the_next_pair_and_a_bad_one_is_refused(
    world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test() as pilot:
        await go(pilot, "c")
        assert isinstance(app.screen, InputDialog)
        for seed in ("", "  ", "x" * 65, "a\u202eb", "[@click=app.quit]" * 4):
            app.screen.query_one(Input).value = seed
            await go(pilot, "enter")
            assert isinstance(app.screen, InputDialog)
            assert "can't be used" in shown(app, "#fault")
            assert app.screen.query_one(Input).value == seed
        await picture(pilot, "80x24")
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        assert player_of(world).fairness.show().active.number == 1
        await go(pilot, "c")
        app.screen.query_one(Input).value = "lemon 界"
        await go(pilot, "enter")
        assert isinstance(app.screen, Room)
        assert "lemon 界" in shown(app, "#pair")
    active = player_of(world).fairness.show().active
    assert (active.number, active.client_seed) == (2, "lemon 界")


async def test_a_hostile_client_seed_is_shown_as_it_is(
    world: World, make_app: Make, picture: Picture
) -> None:
    fairness = player_of(world).fairness
    app = make_app(world, room="fairness")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for number, seed in enumerate((*HOSTILE_NAMES, "界" * 64)):
            fairness.rotate(seed, key=f"one-{number}")
            fairness.rotate(key=f"two-{number}")
            await app._look()
            await go(pilot, "home", "c")
            assert app.screen.query_one(Input).value == seed
            await go(pilot, "escape")
            assert seed[:20] in shown(app, "#pair")
            assert seed[:20] in shown(app, "#revealed")
        await pilot.resize_terminal(80, 24)
        await picture(pilot, "80x24")


async def test_verify_names_each_check_and_a_failed_one(
    filled_world: World, make_app: Make, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(filled_world, room="fairness")
    async with app.run_test() as pilot:
        await go(pilot, "v")
        assert isinstance(app.screen, VerifyScreen)
        found = shown(app, "#found")
        assert "24 rolls checked: every one was fair." in found
        assert found.count("✓") == 4
        await picture(pilot, "80x24")
        await go(pilot, "escape")
        assert isinstance(app.screen, Room)
        bad = Verification(2, {**GOOD, "award": False}, ("pair 1: roll 0 gave a [b]Peel Coin[/b]",))
        monkeypatch.setattr("inventui.engine.fairness.fairness.Fairness.verify", lambda _: bad)
        await go(pilot, "v")
        assert "a [b]Peel Coin[/b]" in shown(app, "#found")


async def test_the_footer_names_the_keys_of_seeds(world: World, make_app: Make) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        keys = str(app.screen.query_one(KeyBar).render()).split()
        assert " ".join(keys) == "v Verify r Rotate c Client seed x Export ? Help ^p Palette"


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
    app = make_app(filled_world, room="fairness")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "x")
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
    app = make_app(filled_world, room="fairness")
    async with app.run_test() as pilot:
        await go(pilot, "x")
        app.screen.query_one(Input).value = str(taken)
        await go(pilot, "enter")
        assert isinstance(app.screen, InputDialog)
        assert "is there already" in shown(app, "#fault")
        assert app.screen.query_one(Input).value == str(taken)
    assert taken.read_text() == "mine"


async def test_a_player_without_a_retired_pair_has_nothing_to_export(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test() as pilot:
        await go(pilot, "x", "enter")
        assert isinstance(app.screen, InputDialog)
        assert "nothing to prove yet" in shown(app, "#fault")
    assert not config.documents_dir().exists()
