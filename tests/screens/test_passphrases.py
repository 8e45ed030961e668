"""Passphrases, names and neighbours: asked at the door, set in the settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from textual.widgets import Button, Input, Static

from inventui.app.app import InventuiApp
from inventui.app.welcome import WelcomeScreen
from inventui.config import Settings
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Reason, Refusal
from inventui.screens.settings.passphrases import NewPassphraseDialog, PassphraseDialog
from inventui.widgets.frame.dialogs import InputDialog
from inventui.widgets.session import PlayAs
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle
from tests.screens.test_settings import still_paths

__all__ = ["still_paths"]

App = Callable[..., InventuiApp]
PHRASE = "blood orange"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the hashes cost is the library's business."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("inventui.engine.players.passphrases._hasher", lambda: hasher)


@pytest.fixture
def passphrase_world(world: World) -> World:
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
    passphrase_world: World, make_app: App
) -> None:
    app = make_app(passphrase_world)
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
    passphrase_world: World, make_app: App
) -> None:
    app = make_app(passphrase_world, None, settings=Settings(reduced_motion=True, player="ana"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        await go(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)
        await go(pilot, "down", "enter")
        assert app.session.player is not None
        assert app.session.player.name == "bo"


async def test_switching_asks_too_and_escape_stays_with_who_plays(
    passphrase_world: World, make_app: App
) -> None:
    app = make_app(passphrase_world, "bo")
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(PlayAs("ana"))
        await settle(pilot)
        assert isinstance(app.screen, PassphraseDialog)
        await go(pilot, "escape")
        assert app.session.player is not None
        assert app.session.player.name == "bo"


async def test_after_five_wrong_ones_the_wait_counts_down(
    passphrase_world: World, make_app: App, clock: FrozenClock
) -> None:
    app = make_app(passphrase_world)
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
        clock.at += 10 * DAY
        dialog.tick()
        assert "Try again in" in fault(app)
        clock.up = dialog._until - 1
        dialog.tick()
        assert "Try again in" in fault(app)
        clock.up = dialog._until
        dialog.tick()
        assert fault(app) == ""
        await say(app, pilot, PHRASE)
        assert app.session.player is not None


async def test_the_callers_passphrase_opens_one_player_and_is_tried_on_no_other(
    passphrase_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase_world.passphrases.change(player_of(passphrase_world, "bo").id, "something else")
    monkeypatch.setenv("INVENTUI_PASSPHRASE", PHRASE)
    app = make_app(passphrase_world)
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
    app = make_app(world, room="settings")
    number = player_of(world).id
    async with app.run_test() as pilot:
        await go(pilot, "w")
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


async def test_what_can_be_no_passphrase_is_refused(world: World, make_app: App) -> None:
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "w")
        for new in ("", "abc", "x" * 201):
            for which in ("#new", "#again"):
                app.screen.query_one(which, Input).value = new
            app.screen.query_one("#new", Input).focus()
            await go(pilot, "enter", "enter")
            assert isinstance(app.screen, NewPassphraseDialog)
            assert fault(app).startswith("That passphrase can't be used")
            assert not world.passphrases.asked(player_of(world).id)


async def test_another_name_is_taken_everywhere_and_a_taken_one_refused(
    world: World, make_app: App
) -> None:
    world.players.add("bo", key="add-bo")
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        await go(pilot, "r")
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
    app = make_app(world, room="settings")
    async with app.run_test() as pilot:
        before = world.neighbours
        await go(pilot, "b")
        assert world.neighbours is not before
        await go(pilot, "b")
        assert world.neighbours is before


async def test_picture_of_the_wait_without_colour(
    passphrase_world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    ana = next(card for card in passphrase_world.players.list() if card.name == "ana")
    for _ in range(6):
        passphrase_world.passphrases.check(ana.id, "ana", "wrong")
    app = make_app(passphrase_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        await say(app, pilot, "wrong")
        await picture(pilot)


@pytest.mark.usefixtures("still_paths")
async def test_picture_of_a_new_passphrase(world: World, make_app: App, picture: Picture) -> None:
    async with make_app(world, room="settings").run_test() as pilot:
        await go(pilot, "w")
        await pilot.press(*"orange")
        await picture(pilot)
