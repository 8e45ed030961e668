"""The frame around every room: start, keys, palette, help, changes, faults."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock, call

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.events import Key
from textual.widgets import Input, Static

from inventui import config
from inventui.app.app import InventuiApp
from inventui.app.help import HelpScreen
from inventui.app.palette import Palette
from inventui.app.too_small import SmallScreen
from inventui.app.unavailable import UnavailableScreen
from inventui.app.welcome import WelcomeScreen
from inventui.config import Settings, load_settings
from inventui.db.errors import Trouble, WorldError
from inventui.engine.world import World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.numbers import MODULES
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.registry import ROOMS, room
from inventui.widgets.entries import Place
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.room_bar import RoomBar, layout
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.which_key import WhichKey
from inventui.widgets.session import WorldChanged
from inventui.widgets.session_kind import SessionKind
from inventui.widgets.theme import RARITY, THEMES
from tests.screens import pictures
from tests.screens.conftest import (
    HOSTILE_NAMES,
    PACK,
    Picture,
    go,
    player_of,
    settle,
)
from tests.screens.test_news import tell
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]


def underlined(app: InventuiApp) -> str:
    """What is underlined in the room bar."""
    line = app.screen._compositor.render_strips(app.size)[1]
    return "".join(part.text for part in line if part.style and part.style.underline)


def grounds_of(app: InventuiApp) -> list[Any]:
    """The colours behind what is on screen, from top to bottom."""
    lines = app.screen._compositor.render_strips(app.size)
    return [[*line][-1].style.bgcolor for line in lines]  # type: ignore[union-attr]


# Where one finds oneself


async def test_each_room_is_reached_by_its_key_and_left_for_home_by_escape(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for entry in reversed(ROOMS):
            await go(pilot, f"@{entry.slug}")
            assert isinstance(app.screen, Room)
            assert entry.slug == app.screen.ROOM
            await go(pilot, "escape")
            assert app.current_mode == "home"


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("slug", ["home", "workshop"])
async def test_a_click_on_any_cell_of_a_name_or_beside_it_means_where_it_leads(
    slug: str, width: int, world: World, make_app: Make
) -> None:
    app = make_app(world, room=slug)
    async with app.run_test(size=(width, 20)) as pilot:
        await settle(pilot)
        bar = app.screen.query_one(RoomBar)
        shown = layout(ROOMS, slug, width)
        line, end = text_of(app).splitlines()[1], 0
        for door in (*shown.groups, *shown.tabs):
            assert line[door.column :].startswith(door.text)
            end = door.column + len(door.text)
            assert {bar._at(column) for column in range(door.column, end + 1)} == {door.call}
        for column, text in shown.more:
            assert line[column] == text
            assert bar._at(column) == f"app.tab({-1 if text == '‹' else 1})"
            end = max(end, column + 1)
        assert bar._at(end + 1) == ""


async def test_a_click_on_a_name_s_first_and_last_cell_leads_there_and_one_on_nothing_nowhere(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        line = text_of(app).splitlines()[1]
        first = line.index("4 Market")
        for column in (first, first + len("4 Market") - 1):
            await pilot.click("RoomBar", offset=(column, 0))
            await settle(pilot)
            assert app.current_mode == "shop"
            tab = text_of(app).splitlines()[1].index("Bazaar")
            await pilot.click("RoomBar", offset=(tab, 0))
            await settle(pilot)
            assert app.current_mode == "bazaar"
            await go(pilot, "escape")
        await pilot.click("RoomBar", offset=(119, 0))
        await settle(pilot)
        assert app.current_mode == "home"


# The map


async def test_a_digit_leads_to_a_group_and_once_more_to_its_next_room(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        seen = []
        for key in "3333367":
            await go(pilot, key)
            seen.append(app.current_mode)
        assert seen == [
            "inventory", "drawer", "workshop", "collections", "inventory", "people", "wallet",
        ]  # fmt: skip
        await go(pilot, "less_than_sign")
        assert app.current_mode == "settings"
        await go(pilot, "greater_than_sign")
        assert app.current_mode == "wallet"
        await go(pilot, "2", "2", "greater_than_sign")
        assert app.current_mode == "cases"


async def test_digits_of_before_that_are_no_group_still_lead_to_their_rooms(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for key, slug in (
            ("8", "people"),
            ("9", "bazaar"),
            ("0", "wallet"),
            ("n", "notifications"),
        ):
            await go(pilot, key)
            assert app.current_mode == slug


async def test_the_leader_and_a_letter_lead_to_any_room_or_part_of_one(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for entry in ROOMS:
            await go(pilot, "g", entry.letter)
            assert app.current_mode == entry.slug
            assert not app.screen.query(WhichKey)
        for letter, slug, tab in (
            ("e", "inventory", "escrow"), ("G", "black_market", "gear"),
            ("B", "streets", "daily"), ("r", "streets", "rob"),
        ):  # fmt: skip
            await go(pilot, "g", letter)
            assert app.current_mode == slug
            assert app.screen.query_one(TabStrip).active == tab


async def test_the_letter_after_the_leader_acts_nowhere_even_if_both_come_at_once(
    filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world, room="inventory")
    async with app.run_test() as pilot:
        await settle(pilot)
        before = player_of(filled_world).card()
        for letter in ("s", "l", "q", "d"):
            await go(pilot, "@inventory")
            app.post_message(Key("g", "g"))
            app.post_message(Key(letter, letter))
            await settle(pilot)
            assert isinstance(app.screen, Room)
            assert not app.screen.query(WhichKey)
        assert app.current_mode == "drawer"
        assert player_of(filled_world).card() == before
        assert not app._notifications


async def test_the_pane_of_letters_comes_after_a_moment_and_at_once_where_nothing_moves(
    world: World, make_app: Make
) -> None:
    for motion in (False, True):
        app = make_app(world, motion=motion)
        async with app.run_test() as pilot:
            await go(pilot, "g")
            assert bool(app.screen.query(WhichKey)) is not motion
            if motion:
                app._show_map()
                await settle(pilot)
            assert "o Collections" in text_of(app)
            await go(pilot, "escape")
            assert "o Collections" not in text_of(app)
            assert app.current_mode == "home"


async def test_the_leader_twice_leads_to_the_top_of_the_list_and_in_a_search_is_a_letter(
    filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world, room="inventory")
    async with app.run_test() as pilot:
        await go(pilot, "down", "down", "g", "g")
        assert isinstance(app.screen, InventoryRoom)
        assert app.screen.player_items.cursor == 0
        await go(pilot, "slash", *"gs")
        assert app.screen.query_one("#search", Input).value == "gs"
        assert app.current_mode == "inventory"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_picture_of_the_letters(
    size: tuple[int, int], world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(world, room="shop")
    async with app.run_test(size=size) as pilot:
        await go(pilot, "g")
        await picture(pilot, f"{size[0]}x{size[1]}", shell=True)


async def test_the_name_under_the_mouse_is_underlined_until_it_leaves(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        line = text_of(app).splitlines()[1]
        await pilot.hover("RoomBar", offset=(line.index("Market"), 0))
        await settle(pilot)
        assert underlined(app) == "4 Market"
        await pilot.hover("StatusBar")
        await settle(pilot)
        assert underlined(app) == ""


@pytest.mark.parametrize(
    "slugs",
    [
        pytest.param(["bazaar", "settings"], id="two"),
        pytest.param([entry.slug for entry in ROOMS], id="all", marks=pytest.mark.trust),
    ],
)
async def test_every_room_explains_itself_and_offers_its_actions_in_help_and_palette(
    slugs: list[str], world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        for slug in slugs:
            await go(pilot, f"@{slug}")
            room = app.screen
            assert isinstance(room, Room)
            await go(pilot, "ctrl+p")
            assert isinstance(app.screen, Palette)
            offered = {hit.title for hit in app.screen._hits}
            await go(pilot, "escape")
            assert {f"Go to {other.title}" for other in ROOMS} <= offered
            wanted = (action for action in room.ACTIONS if action.palette)
            assert {room.title_now(action.call, action.title) for action in wanted} <= offered
            assert {"Theme day-market", "Quit", "Help"} <= offered
            await go(pilot, "question_mark")
            assert isinstance(app.screen, HelpScreen)
            assert app.screen.query_one("#window").border_title == room.TITLE_TEXT
            words = app.screen.query_one("#words", Static).content
            assert str(words) == said_with_own_keys(room, room.HELP.format(**MODULES)) != ""
            keys = str(app.screen.query_one("#keys", Static).content)
            told = {action.key for action in room.ACTIONS
                    if f"{action.title}: {action.help}" in keys}  # fmt: skip
            # Of several on one key the help may tell only what the key does now.
            assert told == {action.key for action in room.ACTIONS}
            assert " ".join(room.HELP.split()[:3]) in text_of(app)
            await go(pilot, "escape")
            assert app.screen is room


def test_every_action_has_words_and_its_own_id() -> None:
    for entry in ROOMS:
        room = entry.make()
        assert isinstance(room, Room)
        assert room.HELP.endswith(".")
        assert room.TITLE_TEXT
        assert room.ACTIONS
        ids = [action.id for action in room.ACTIONS]
        assert len(set(ids)) == len(ids)
        for action in room.ACTIONS:
            assert action.title
            assert action.help
            assert action.key


def test_no_room_stands_on_more_than_four_classes_of_ours() -> None:
    for entry in ROOMS:
        bases = [
            base.__name__
            for base in type(entry.make()).__mro__[1:]
            if base.__module__.startswith("inventui")
        ]
        assert len(bases) <= 4, (entry.slug, bases)


async def test_a_command_of_the_palette_acts(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p", *"Go to Wallet", "enter")
        assert app.current_mode == "wallet"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("rob", "Go to Rob"), ("sell", "Sell · Inventory"), ("bonus", "Go to Bonus"),
        ("citrus cr", "Citrus Crate"), ("day-m", "Theme day-market"),
    ],
)  # fmt: skip
async def test_the_palette_finds_verbs_of_rooms_that_are_not_open(
    typed: str, title: str, filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p", *typed)
        assert isinstance(app.screen, Palette)
        row = app.screen.listed.row
        assert row is not None
        assert row.title == title


async def test_what_was_taken_from_the_palette_comes_first_in_later_sessions_too(
    filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p", *"wallet", "enter")
    kept, trouble = load_settings()
    assert trouble is None
    assert len(kept.recent) == 1
    app = make_app(filled_world, settings=kept)
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p")
        assert isinstance(app.screen, Palette)
        assert app.screen.listed.row is not None
        assert app.screen.listed.row.id == kept.recent[0]


async def test_the_palette_finds_everybody_of_the_world(
    filled_world: World, make_app: Make
) -> None:
    filled_world.players.add("stranger")
    names = {card.name for card in filled_world.players.everybody()} - {"ana"}
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p")
        assert isinstance(app.screen, Palette)
        await settle(pilot)
        assert names == {hit.title for hit in app.screen._hits if hit.id.startswith("person ")}


@pytest.mark.parametrize("slug", ["home", "lab", "settings"])
async def test_a_guest_is_offered_nothing_that_is_for_owners(
    slug: str, filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world)
    app.session.kind = SessionKind.GUEST
    async with app.run_test() as pilot:
        await go(pilot, f"@{slug}", "ctrl+p")
        assert isinstance(app.screen, Palette)
        await settle(pilot)
        offered = {hit.id for hit in app.screen._hits}
        owners = {
            f"do {entry.slug} {action.id}"
            for entry in ROOMS
            for action in getattr(entry.load(), "ACTIONS", ())
            if action.owner
        }
        assert {"do lab lab-run", "do settings settings-player"} <= owners
        assert any(hit.startswith("do ") for hit in offered)
        assert not owners & offered


async def test_a_verb_of_another_room_leads_there_and_says_its_key_but_acts_on_nothing_unseen(
    filled_world: World, make_app: Make
) -> None:
    app, before = make_app(filled_world), player_of(filled_world).card()
    async with app.run_test() as pilot:
        await go(pilot, "ctrl+p", *"sell inv", "enter")
        assert app.current_mode == "inventory"
        assert any(toast.message.startswith("s  Sell: ") for toast in app._notifications)
        assert player_of(filled_world).card() == before
        await go(pilot, "ctrl+p")
        assert isinstance(app.screen, Palette)
        assert app.screen.listed.row.id == "do inventory sell"


async def test_the_footer_shows_the_keys_that_work_here_and_a_click_presses_them(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert " v Verify " in foot
        assert " ? Help " in foot
        await pilot.click("KeyBar", offset=(foot.index("Help"), 0))
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)


async def test_a_key_of_the_footer_is_clicked_on_each_of_its_cells_and_on_no_other(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="fairness")
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        first = foot.index(" ? Help ")
        last = first + len(" ? Help ") - 1
        for column, opens in ((first, True), (last, True), (last + 1, False)):
            await pilot.click("KeyBar", offset=(column, 0))
            await settle(pilot)
            assert isinstance(app.screen, HelpScreen) is opens, column
            if opens:
                await go(pilot, "escape")


# The start


async def test_the_frame_is_drawn_before_the_world_is_open(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = asyncio.Event()
    loop = asyncio.get_running_loop()
    app = make_app(world)

    def slowly() -> World:
        asyncio.run_coroutine_threadsafe(opened.wait(), loop).result()
        return world

    monkeypatch.setattr(app, "_open", slowly)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "opening the world" in text_of(app)
        await pilot.press(room("wallet").key)
        await pilot.pause()
        assert app.current_mode == "wallet"
        opened.set()
        await settle(pilot)
        assert "🍊 5,000" in text_of(app)


@pytest.mark.parametrize("trouble", list(Trouble))
async def test_a_world_that_cannot_be_used_is_told_plainly_and_ends_with_status_3(
    trouble: Trouble, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise WorldError(trouble, "The world [/nope] is shut. Come back [b]later[/b].")

    monkeypatch.setattr(World, "open", refuse)
    app = make_app(None, database="x.db")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnavailableScreen)
        assert "The world [/nope] is shut. Come back [b]later[/b]." in text_of(app)
        await pilot.press("x")
        await pilot.pause()
    assert app.return_code == 3


async def test_a_real_file_that_is_no_world_is_refused_untouched(
    tmp_path: Path, make_app: Make
) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear diary, " * 1000)
    before = path.read_bytes()
    app = make_app(None, database=str(path))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnavailableScreen)
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_code == 3
    assert path.read_bytes() == before


async def test_a_world_that_breaks_while_the_player_is_sought_is_told_plainly(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise WorldError(Trouble.BUSY, "Another program holds the world.")

    monkeypatch.setattr(world.players, "list", busy)
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnavailableScreen)
        assert "Another program holds the world." in text_of(app)


async def test_what_an_interrupted_session_won_is_shown_at_the_next_start_oldest_first(
    world: World, make_app: Make
) -> None:
    player = player_of(world)
    first = player.cases.open("citrus-crate", 1, key="one")
    second = player.cases.open("night-box", 3, key="two")
    assert not isinstance(first, Refusal)
    assert not isinstance(second, Refusal)
    app = make_app(world)
    async with app.run_test() as pilot:
        shown = []
        for _ in range(2):
            await settle(pilot)
            assert isinstance(app.screen, RevealScreen)
            shown.append(app.screen.opening.operation)
            await go(pilot, "enter")
        assert shown == [first.operation, second.operation]
        await settle(pilot)
        assert isinstance(app.screen, Room)
    assert player.reveals.pending() == ()


async def test_a_win_waits_to_be_shown_even_if_its_case_is_opened_no_more(
    world: World, make_app: Make
) -> None:
    opening = player_of(world).cases.open("citrus-crate", 1, key="one")
    assert not isinstance(opening, Refusal)
    with world.store.write() as connection:
        connection.driver.execute("UPDATE case_box SET active = 0 WHERE slug = 'citrus-crate'")
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, RevealScreen)
        assert opening.rolls[0].entry in text_of(app)
        assert opening.case_name in text_of(app)
        before = player_of(world).card()
        await go(pilot, "a")
        assert any("There is no case" in toast.message for toast in app._notifications)
        assert player_of(world).card() == before
        await go(pilot, "enter")
    assert player_of(world).reveals.pending() == ()


async def test_a_damaged_settings_file_is_told_and_the_game_goes_on(
    world: World, make_app: Make
) -> None:
    path = config.settings_file()
    path.parent.mkdir(parents=True)
    path.write_text("{")
    app = make_app(world, settings=None)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await settle(pilot)
        said = [str(toast.message) for toast in app._notifications]
        assert any(str(path) in message for message in said)
        assert app.session.card is not None


async def test_an_unknown_theme_in_the_settings_falls_back(world: World, make_app: Make) -> None:
    app = make_app(world, settings=Settings(theme="gone"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.theme == "night-market"


# Changes


async def test_another_programs_change_reaches_the_status_bar(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        await app._watch()
        world.grant("ana", oranges=1_111, key="from outside")
        await app._watch()
        await settle(pilot)
        assert "🍊 6,111" in text_of(app).splitlines()[0]


async def test_a_change_is_seen_by_the_visible_room_and_by_the_next_one(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await settle(pilot)
        world.grant("ana", oranges=1_111, key="from outside")
        app.post_message(WorldChanged())
        await settle(pilot)
        assert "+1,111" in text_of(app)
        await go(pilot, "@home")
        assert "6,111 oranges" in text_of(app)


# A fault that nobody foresaw


async def test_a_fault_in_a_worker_is_logged_and_told_and_the_game_goes_on(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(world, expect_faults=True)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await settle(pilot)

        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError("[/nope] out of peel")

        monkeypatch.setattr("inventui.engine.history.wallet.Wallet.ledger", broken)
        await go(pilot, "@wallet")
        said = [str(toast.message) for toast in app._notifications]
        assert any(str(config.log_file()) in message for message in said)
        assert "Traceback" not in text_of(app)
        await go(pilot, "@home")
        assert app.current_mode == "home"
    log = config.log_file().read_text()
    assert "Traceback" in log
    assert "out of peel" in log


async def test_a_fault_on_the_screen_ends_with_a_sentence_and_no_traceback(
    world: World, make_app: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(world, expect_faults=True)

    def broken() -> None:
        raise RuntimeError("out of peel")

    async def play() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            app.call_later(broken)
            await pilot.pause()

    with pytest.raises(RuntimeError, match="out of peel"):
        await play()
    app._print_error_renderables()
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err + printed.out
    assert "Something unexpected went wrong" in printed.err + printed.out
    assert app.return_code == 1
    assert "Traceback" in config.log_file().read_text()


def test_a_fault_in_reading_the_terminal_is_one_of_the_game_and_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from inventui.app.terminal import TerminalDriver

    fault, found = RuntimeError("out of peel"), list[Exception]()

    def broken(_: TerminalDriver) -> None:
        raise fault

    monkeypatch.setattr(TerminalDriver, "_read_on", broken)
    driver: Any = object.__new__(TerminalDriver)
    driver._app = SimpleNamespace(_handle_exception=found.append)
    driver._loop = SimpleNamespace(call_soon_threadsafe=lambda do, error: do(error))
    driver.run_input_thread()
    assert found == [fault]


async def test_a_world_that_is_busy_says_whom_to_wait_for(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await go(pilot, "@fairness")

        def busy(*_: Any, **__: Any) -> None:
            raise WorldError(Trouble.BUSY, "Another program writes into this world.")

        monkeypatch.setattr("inventui.engine.fairness.fairness.Fairness.rotate", busy)
        await go(pilot, "r", "y")
        said = [str(toast.message) for toast in app._notifications]
        assert said == ["Another program writes into this world."]
    assert not config.log_file().exists()


async def test_a_refusal_becomes_a_toast_that_is_no_markup(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, Room)
        refusal = Refusal(Reason.NOTHING_TO_DO, "[@click=app.quit]x[/] has [/nope] to do.")
        assert room.act(lambda: refusal)
        await settle(pilot)
        (toast,) = app._notifications
        assert (toast.message, toast.severity, toast.markup) == (refusal.message, "warning", False)


async def test_a_deed_is_done_once_however_often_it_is_asked_for(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, Room)
        done: list[int] = []
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()

        def deed() -> int:
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
            done.append(1)
            return 1

        assert room.act(deed)
        assert not room.act(deed)
        assert room.acting()
        gate.set()
        await settle(pilot)
        assert done == [1]
        assert not room.acting()
        assert room.act(lambda: 1)


async def test_a_newer_question_makes_the_older_answer_void(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, Room)
        answers: list[str] = []
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow() -> str:
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
            return "old"

        room.ask(slow, answers.append, group="test")
        room.ask(lambda: "new", answers.append, group="test")
        await pilot.pause()
        gate.set()
        await settle(pilot)
        assert answers == ["new"]


# Size, colour, motion


async def test_a_small_terminal_asks_for_room_and_takes_no_keys_meanwhile(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "@fairness")
        await pilot.resize_terminal(59, 24)
        await settle(pilot)
        assert isinstance(app.screen, SmallScreen)
        assert "60 × 20" in text_of(app)
        await go(pilot, "r", "y", "@home")
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert app.current_mode == "fairness"
        assert isinstance(app.screen, Room)
    assert player_of(world).fairness.show().active.number == 1


async def test_a_small_terminal_asks_for_room_at_the_first_start_too(
    empty_world: World, make_app: Make
) -> None:
    app = make_app(empty_world, None)
    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, SmallScreen)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([(60, 20), (140, 45)], id="edges"),
        pytest.param([(80, 24), (100, 30), (250, 80)], id="between", marks=pytest.mark.trust),
    ],
)
async def test_every_room_stands_in_every_size(
    sizes: list[tuple[int, int]], filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world)
    async with app.run_test(size=sizes[0]) as pilot:
        for entry in ROOMS:
            await go(pilot, f"@{entry.slug}")
            for size in sizes:
                await pilot.resize_terminal(*size)
                await settle(pilot)
                lines = text_of(app).splitlines()
                assert "🍊" in lines[0]
                assert entry.title in lines[1]
                assert "? Help" in lines[-1]
                assert {cell_len(line) for line in lines} == {size[0]}
                assert app.screen.max_scroll_y == 0
                assert app.screen.max_scroll_x == 0


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("[@click=app.quit]x[/nope]", id="all-in-one"),
        pytest.param(HOSTILE_NAMES[2], id="style", marks=pytest.mark.trust),
        pytest.param(HOSTILE_NAMES[3], id="wide", marks=pytest.mark.trust),
    ],
)
async def test_a_hostile_name_is_shown_as_it_is_in_every_room(
    name: str, empty_world: World, make_app: Make
) -> None:
    for other in {name, *HOSTILE_NAMES}:
        assert not isinstance(empty_world.players.add(other, key=other), Refusal)
    app = make_app(empty_world, name)
    async with app.run_test(size=(120, 40)) as pilot:
        for entry in ROOMS:
            await go(pilot, f"@{entry.slug}")
            head = text_of(app).splitlines()[0]
            assert name[:10] in head
            await pilot.click("StatusBar", offset=(14, 0))
            await settle(pilot)
        assert app.is_running
        assert app.session.card is not None
        assert app.session.card.name == name


async def test_without_colour_every_cell_is_grey_and_the_choice_still_shows(
    filled_world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "▸ Take the daily bonus" in text_of(app)
        colours = {
            colour.triplet
            for strip in app.screen._compositor.render_strips(app.size)
            for segment in strip
            if segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None
        }
        assert None not in colours
        assert all(len({*colour}) == 1 for colour in colours if colour)


def test_each_rarity_has_a_letter_and_a_shape_of_its_own() -> None:
    assert all(look.letter == str(rarity)[0].upper() for rarity, look in RARITY.items())
    assert len({look.shape for look in RARITY.values()}) == len(RARITY)


def test_the_setting_or_the_terminal_stops_all_motion(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_app(world, motion=True).session.motion
    assert not make_app(world, motion=False).session.motion
    assert make_app(world, motion=False).animation_level == "none"
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    assert not make_app(world, motion=True).session.motion


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_our_themes_are_readable(theme: str, world: World, make_app: Make) -> None:
    app = make_app(world, settings=Settings(theme=theme, reduced_motion=True))
    async with app.run_test() as pilot:
        await settle(pilot)
        variables = app.theme_variables
        for behind in ("background", "surface", "panel"):
            ground = Color.parse(variables[behind])
            names = ["foreground", "primary", *(look.variable for look in RARITY.values())]
            for name in names:
                assert _contrast(Color.parse(variables[name]), ground) >= 4.5, (name, behind)


def _contrast(front: Color, ground: Color) -> float:
    def luminance(colour: Color) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in colour.normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(front), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


OTHER_THEMES = ("night-market", "day-market", "high-contrast", "textual-light")


@pytest.mark.parametrize(
    "slugs",
    [
        pytest.param(["home"], id="home"),
        pytest.param([entry.slug for entry in ROOMS[1:]], id="rooms", marks=pytest.mark.trust),
    ],
)
async def test_every_theme_draws_every_room_in_its_own_colours(
    slugs: list[str], filled_world: World, make_app: Make
) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        for slug in slugs:
            await go(pilot, f"@{slug}")
            words, grounds = text_of(app), {}
            themes = app.available_themes if slug == "home" else OTHER_THEMES
            for theme in themes:
                app.theme = theme
                await settle(pilot)
                grounds[theme] = str(grounds_of(app))
                # Only the word of the theme that is chosen may differ.
                assert slug == "settings" or text_of(app) == words
            assert len(set(grounds.values())) >= len(grounds) - (slug == "home") * 2, grounds


# Its own world


async def test_a_world_that_was_opened_here_is_closed_in_the_end(
    tmp_path: Path, make_app: Make, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: PACK)
    app = make_app(None, None, database=str(tmp_path / "own.db"), clock=clock)
    closed: list[World] = []
    close = World.close
    monkeypatch.setattr(World, "close", lambda self: (closed.append(self), close(self)))
    async with app.run_test() as pilot:
        await settle(pilot)
        opened = app.session.world
        assert opened is not None
        assert isinstance(app.screen, WelcomeScreen)
    assert closed == [opened]


async def test_what_others_could_read_is_told_once_where_the_game_opens_its_own_world(
    tmp_path: Path, make_app: Make, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: PACK)
    path = tmp_path / "own.db"
    World.open(path, clock=clock, daily_backup=False).close()
    path.chmod(0o644)
    for told in (True, False):
        app = make_app(None, None, database=str(path), clock=clock)
        async with app.run_test() as pilot:
            await settle(pilot)
            said = [toast.message for toast in app._notifications]
            assert [words for words in said if "Others on this machine" in words] == (
                [config.exposed_words([path])] if told else []
            )
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_demo_is_marked_and_leaves_the_saved_player_alone(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(world, None, demo=True, settings=Settings(player="bob", reduced_motion=True))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert " demo " in text_of(app).splitlines()[0]
        assert app.session.settings.player == "bob"
    assert not config.settings_file().exists()


async def test_the_demo_opens_a_filled_world_and_leaves_nothing_behind(make_app: Make) -> None:
    app = make_app(None, None, demo=True)
    async with app.run_test() as pilot:
        await settle(pilot)
        world = app.session.world
        assert world is not None
        folder = world.path.parent
        assert folder.exists()
        assert " demo " in text_of(app).splitlines()[0]
        assert "Zest in Show" in text_of(app)
    assert not folder.exists()
    assert not config.data_dir().exists()


@pytest.fixture
def garbage(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What the app asks of the garbage collector."""
    mock = Mock(spec=gc)
    monkeypatch.setattr("inventui.app.app.gc", mock)
    return mock


async def test_garbage_is_collected_again_once_the_world_is_open(
    world: World, make_app: Make, garbage: Mock
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert garbage.method_calls == [call.disable(), call.freeze(), call.enable()]


async def test_garbage_is_collected_again_when_the_world_cannot_be_used(
    tmp_path: Path, make_app: Make, garbage: Mock
) -> None:
    (tmp_path / "letter.db").write_text("Dear diary, " * 1000)
    app = make_app(None, database=str(tmp_path / "letter.db"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert garbage.method_calls == [call.disable(), call.freeze(), call.enable()]


# Pictures of the shell: no other picture of a room holds its bars


def hide_the_room(app: InventuiApp) -> None:
    """Leave what lies above the room as all there is to see."""
    app.screen.query_one("#room").visible = False


@pytest.fixture
def picture_of_bars(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> Picture:
    """Like `picture`, of the lines that it leaves out."""
    bars = pictures.shell_rows
    monkeypatch.setattr(pictures, "shell_rows", lambda app: {*range(app.size.height)} - bars(app))
    return picture


async def test_picture_of_the_bars(world: World, make_app: Make, picture_of_bars: Picture) -> None:
    tell(world, *"abc")
    app = make_app(world, demo=True)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        for width in (60, 80, 100, 120):
            await pilot.resize_terminal(width, 20)
            await picture_of_bars(pilot, str(width))


async def test_picture_of_the_bars_around_a_room_without_a_digit(
    world: World, make_app: Make, picture_of_bars: Picture
) -> None:
    app = make_app(world, room="achievements")
    async with app.run_test(size=(60, 20)) as pilot:
        await picture_of_bars(pilot)


async def test_picture_of_a_toast_of_each_kind(
    world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        hide_the_room(app)
        toast(app, "Sold for 🍊 12.", ToastKind.SUCCESS)
        toast(app, "You need 5 oranges more.", ToastKind.ERROR)
        await picture(pilot, "of what was done")
        toast(app, "The market has other pieces now.", ToastKind.INFO)
        toast(app, "bo gave you 🍊 5.", ToastKind.GIFT, place=Place("people", "Go to People"))
        await picture(pilot, "of what is told")


async def test_picture_of_help_and_palette(world: World, make_app: Make, picture: Picture) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        hide_the_room(app)
        await go(pilot, "question_mark")
        assert text_of(app).splitlines()[-1].startswith(" esc Close ")
        await picture(pilot, "help")
        await go(pilot, "escape", "ctrl+p", *"bazaar")
        await picture(pilot, "palette")


@pytest.mark.parametrize("look", ["day-market", "no-colour"])
async def test_picture_of_another_look(
    look: str,
    world: World,
    make_app: Make,
    picture_of_bars: Picture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if look == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = look if look == "day-market" else "night-market"
    app = make_app(world, settings=Settings(theme=theme, reduced_motion=True))
    async with app.run_test() as pilot:
        await picture_of_bars(pilot)


async def test_picture_of_a_small_terminal(world: World, make_app: Make, picture: Picture) -> None:
    app = make_app(world)
    async with app.run_test(size=(59, 19)) as pilot:
        await picture(pilot)


async def test_picture_of_a_world_that_cannot_be_used(
    make_app: Make, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WorldError(
            Trouble.NEWER,
            "The world [/nope] was made by a newer inventui. Update the program to play in it.",
        )

    monkeypatch.setattr(World, "open", refuse)
    async with make_app(None, database="x.db").run_test() as pilot:
        await picture(pilot)
