"""Passphrases, names and neighbours: asked at the door, set in the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Static

from inventui.app import InventuiApp
from inventui.config import Settings
from inventui.engine.world import World
from inventui.rules.clock import MINUTE, FrozenClock
from inventui.rules.refusal import Reason, Refusal
from inventui.screens.passphrase_dialogs import NewPassphraseDialog, PassphraseDialog
from inventui.screens.welcome import WelcomeScreen
from inventui.widgets.dialogs import InputDialog
from inventui.widgets.session import PlayAs
from tests.screens.conftest import HOSTILE_NAMES, go, player_of, settle
from tests.screens.test_settings import still_paths

__all__ = ["still_paths"]

SIZES = [(80, 24), (120, 40)]
SIZE_IDS = ["80x24", "120x40"]
App = Callable[..., InventuiApp]
Snap = Callable[..., bool]
PHRASE = "blood orange"


@pytest.fixture
def guarded(world: World) -> World:
    """ana asks for a passphrase, bo does not."""
    world.passphrases.change(player_of(world).id, PHRASE)
    world.players.add("bo", key="add-bo")
    return world


def fault(app: InventuiApp) -> str:
    """What a dialog says is wrong."""
    return str(app.screen.query_one("#fault", Static).content)


async def say(app: InventuiApp, pilot: object, words: str) -> None:
    """Type a passphrase."""
    app.screen.query_one(Input).value = words
    await go(pilot, "enter")  # type: ignore[arg-type]


async def test_who_asks_for_a_passphrase_is_played_only_after_it(
    guarded: World, make_app: App
) -> None:
    app = make_app(guarded)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        assert app.screen.query_one(Input).password
        assert app.session.player is None
        await say(app, pilot, "tangerine")
        assert fault(app) == "That is not ana's passphrase."
        assert app.screen.query_one(Input).value == ""
        assert app.session.player is None
        await say(app, pilot, PHRASE)
        assert app.session.player is not None
        assert app.session.player.name == "ana"


async def test_whoever_does_not_know_it_chooses_somebody_else(
    guarded: World, make_app: App
) -> None:
    app = make_app(guarded, None, settings=Settings(reduced_motion=True, player="ana"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        await go(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "down", "enter")
        assert app.session.player is not None
        assert app.session.player.name == "bo"


async def test_switching_asks_too_and_escape_stays_with_who_plays(
    guarded: World, make_app: App
) -> None:
    app = make_app(guarded, "bo")
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(PlayAs("ana"))
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        await go(pilot, "escape")
        assert app.session.player is not None
        assert app.session.player.name == "bo"


async def test_after_five_wrong_ones_the_wait_counts_down(
    guarded: World, make_app: App, clock: FrozenClock
) -> None:
    app = make_app(guarded)
    async with app.run_test() as pilot:
        await settle(pilot)
        for _ in range(6):
            await say(app, pilot, "tangerine")
        dialog = app.screen
        assert isinstance(dialog, PassphraseDialog)
        assert "Try again in" in fault(app)
        assert dialog.query_one("#yes", Button).disabled
        before = fault(app)
        clock.advance(20_000)
        dialog.tick()
        assert "Try again in" in fault(app) != before
        await say(app, pilot, PHRASE)
        assert app.session.player is None
        clock.advance(MINUTE)
        dialog.tick()
        assert fault(app) == ""
        await say(app, pilot, PHRASE)
        assert app.session.player is not None


async def test_the_callers_passphrase_opens_one_player_and_is_tried_on_no_other(
    guarded: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.passphrases.change(player_of(guarded, "bo").id, "something else")
    monkeypatch.setenv("INVENTUI_PASSPHRASE", PHRASE)
    app = make_app(guarded)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.session.player is not None
        app.post_message(PlayAs("bo"))
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        assert fault(app) == ""


async def test_a_passphrase_is_set_changed_and_cleared_in_the_settings(
    world: World, make_app: App
) -> None:
    app = make_app(world)
    number = player_of(world).id
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "w")
        assert isinstance(app.screen, NewPassphraseDialog)
        app.screen.query_one("#new", Input).value = PHRASE
        app.screen.query_one("#again", Input).value = "another"
        await go(pilot, "enter", "enter")
        assert "not the same" in fault(app)
        assert not world.passphrases.asked(number)
        app.screen.query_one("#again", Input).value = PHRASE
        await go(pilot, "enter")
        assert world.passphrases.asked(number)
        refused = world.player("ana")
        assert isinstance(refused, Refusal)
        assert refused.reason is Reason.PASSPHRASE_NEEDED
        await go(pilot, "w", "enter", "enter")
        assert not world.passphrases.asked(number)


@pytest.mark.parametrize("new", ["", "abc", "x" * 201])
async def test_what_can_be_no_passphrase_is_refused(new: str, world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "w")
        for which in ("#new", "#again"):
            app.screen.query_one(which, Input).value = new
        await go(pilot, "enter", "enter")
        assert isinstance(app.screen, NewPassphraseDialog)
        assert fault(app).startswith("That passphrase can't be used")
        assert not world.passphrases.asked(player_of(world).id)


async def test_another_name_is_taken_everywhere_and_a_taken_one_refused(
    world: World, make_app: App
) -> None:
    world.players.add("bo", key="add-bo")
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "r")
        assert isinstance(app.screen, InputDialog)
        app.screen.query_one(Input).value = "bo"
        await go(pilot, "enter")
        assert "There is a player bo already" in fault(app)
        app.screen.query_one(Input).value = HOSTILE_NAMES[0]
        await go(pilot, "enter")
        assert app.session.player is not None
        assert app.session.player.name == HOSTILE_NAMES[0]
        assert app.session.settings.player == HOSTILE_NAMES[0]
        assert app.session.card is not None
        assert app.session.card.name == HOSTILE_NAMES[0]
    assert {card.name for card in world.players.list()} == {HOSTILE_NAMES[0], "bo"}


async def test_neighbours_are_sent_away_and_invited_in_the_settings(
    world: World, make_app: App
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        before = world.neighbours
        await go(pilot, "@settings", "b")
        assert world.neighbours is not before
        await go(pilot, "b")
        assert world.neighbours is before


def test_picture_of_the_question(snap: Snap, guarded: World, make_app: App) -> None:
    assert snap(make_app(guarded))


def test_picture_of_the_wait(
    snap: Snap, guarded: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = player_of(guarded, "bo").id
    monkeypatch.setenv("NO_COLOR", "1")
    ana = next(card for card in guarded.players.list() if card.id != number)
    for _ in range(6):
        guarded.passphrases.check(ana.id, "ana", "wrong")

    async def try_once(pilot: object) -> None:
        app = pilot.app  # type: ignore[attr-defined]
        await say(app, pilot, "wrong")

    assert snap(make_app(guarded), run_before=try_once)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_a_new_passphrase(
    size: tuple[int, int], snap: Snap, world: World, make_app: App, still_paths: Path
) -> None:
    assert snap(make_app(world), size, ("@settings", "w", *"orange"))
