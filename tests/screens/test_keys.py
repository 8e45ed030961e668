"""Keys of the player's own: chosen on the page of keys, or written into a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input, Static

from inventui import config
from inventui.app.app import InventuiApp
from inventui.app.help import HelpScreen
from inventui.app.palette import Palette
from inventui.engine.world import World
from inventui.room import GROUPS
from inventui.rules.core.refusal import Refusal
from inventui.screens import keymap, keys_file
from inventui.screens.bazaar.actions import NOT_MINE
from inventui.screens.bazaar.screen import BazaarRoom
from inventui.screens.fairness.screen import NONE_RETIRED, FairnessRoom
from inventui.screens.lab.screen import IDLE, WAITS, LabRoom
from inventui.screens.people.screen import NO_GIFTS, PeopleRoom
from inventui.screens.registry import ROOMS
from inventui.screens.settings.keys import KeysDialog, NewKeyDialog
from inventui.screens.settings.screen import SettingsRoom
from inventui.screens.trades.screen import NOTHING as NO_TRADES
from inventui.screens.trades.screen import TradesRoom
from inventui.screens.withdrawals.screen import NOT_WRITTEN, WithdrawalsRoom
from inventui.screens.withdrawals.screen import NOTHING as NO_WITHDRAWALS
from inventui.screens.workshop.actions import OTHER_VIEW
from inventui.screens.workshop.screen import WorkshopRoom
from inventui.widgets.entries import sign
from inventui.widgets.frame.own_keys import said_with_own_keys
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.frame.which_key import WhichKey
from tests.screens.conftest import Picture, go, settle
from tests.worlds.shop import text_of
from tests.worlds.trades import trades_world

if TYPE_CHECKING:
    from textual.pilot import Pilot

Make = Callable[..., InventuiApp]

__all__ = ["trades_world"]


def written(text: str) -> Path:
    """A file of keys, written by hand."""
    path = config.keys_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


async def choose(pilot: Pilot[None], search: str, *keys: str) -> None:
    """Look for an action on the page of keys, and press a new key for it."""
    await pilot.press(*search)
    await go(pilot, "enter", *keys)


def said(app: InventuiApp) -> str:
    """What the last toasts say."""
    return "\n".join(each.message for each in app._notifications)


class TestChoosing:
    async def test_a_key_that_is_pressed_is_the_actions_at_once_and_is_kept(
        self, world: World, make_app: Make
    ) -> None:
        app = make_app(world, room="settings", motion=True)
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"settings motion")
            await go(pilot, "enter")
            assert isinstance(app.screen, NewKeyDialog)
            await go(pilot, "z")
            assert isinstance(app.screen, KeysDialog)
            assert "z (yours)" in text_of(app)
            await go(pilot, "escape", "m")
            assert not app.session.settings.reduced_motion
            await go(pilot, "z")
            assert app.session.settings.reduced_motion
        assert '[settings]\nsettings-motion = "z"\n' in config.keys_file().read_text()
        again = make_app(world, room="settings")
        async with again.run_test() as pilot:
            await go(pilot, "z")
            assert not again.session.settings.reduced_motion

    async def test_a_key_of_another_action_is_refused_with_the_name_of_who_has_it(
        self, world: World, make_app: Make
    ) -> None:
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"settings motion")
            for key, who in (
                ("w", "Passphrase (Settings)"), ("g", "Go to (Everywhere)"),
                ("2", "To group Cases (Everywhere)"), ("k", "Up (Everywhere)"),
                ("tab", "stays what it is"), ("ctrl+p", "Palette (Everywhere)"),
            ):  # fmt: skip
                await go(pilot, "enter", key)
                assert isinstance(app.screen, NewKeyDialog), key
                assert who in text_of(app), key
                await go(pilot, "escape")
            assert app.session.own.keys == {}
            assert not config.keys_file().exists()

    async def test_a_key_that_holds_everywhere_is_refused_if_any_room_needs_it(
        self, world: World, make_app: Make
    ) -> None:
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"everywhere go to")
            await go(pilot, "enter", "w")
            assert isinstance(app.screen, NewKeyDialog)
            assert "is the key of" in text_of(app)

    async def test_backspace_gives_one_action_its_usual_key_and_the_first_line_all(
        self, world: World, make_app: Make
    ) -> None:
        written('[settings]\nsettings-motion = "z"\nsettings-rename = "f7"\n')
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"settings motion")
            await go(pilot, "down", "enter", "backspace")
            assert set(app.session.own.keys) == {"settings.settings-rename"}
            await go(pilot, "home", *["up"] * 5, "enter")
            assert "All keys as usual?" in text_of(app)
            await go(pilot, "y")
            assert app.session.own.keys == {}
            assert "settings-rename" not in config.keys_file().read_text()
            await go(pilot, "escape", "r")
            assert "Another name" in text_of(app)

    async def test_a_usual_key_is_not_given_back_while_another_action_has_it(
        self, world: World, make_app: Make
    ) -> None:
        written('[settings]\nsettings-motion = "z"\nsettings-rename = "m"\n')
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"settings motion")
            await go(pilot, "down", "enter", "backspace")
            assert isinstance(app.screen, NewKeyDialog)
            assert "m is the key of Rename (Settings)" in text_of(app)

    async def test_what_cannot_be_kept_holds_until_the_end_and_says_so(
        self, world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(config, "write_whole", lambda *_: "disk full")
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y")
            await pilot.press(*"settings motion")
            await go(pilot, "enter", "z")
            assert "could not be kept" in text_of(app)
            assert app.session.own.keys == {"settings.settings-motion": ("z",)}


class TestShowing:
    async def test_footer_help_and_palette_show_the_new_key(
        self, world: World, make_app: Make
    ) -> None:
        written('[settings]\nsettings-motion = "z"\n[shop]\nsort = "Ctrl+O"\n')
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "z Motion" in text_of(app)
            await go(pilot, "question_mark")
            assert isinstance(app.screen, HelpScreen)
            lines = str(app.screen.query_one("#keys", Static).content).splitlines()
            assert any(line.split()[:2] == ["z", "Motion:"] for line in lines)
            await go(pilot, "escape", "ctrl+p")
            assert isinstance(app.screen, Palette)
            notes = {hit.id: hit.note for hit in app.screen._hits}
            assert notes["do settings settings-motion"] == "z"
            assert notes["do shop sort"] == "^o"

    async def test_the_line_above_a_list_shows_the_new_key(
        self, world: World, make_app: Make
    ) -> None:
        written('[shop]\nsort = "z"\nsearch = "f3"\n')
        app = make_app(world, room="shop")
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "z order category" in text_of(app)
            assert "f3 search" in text_of(app)

    async def test_a_key_that_moves_may_be_held_down_in_windows_too(
        self, world: World, make_app: Make
    ) -> None:
        written('[everywhere]\ndown = "f6"\n')
        app = make_app(world)
        async with app.run_test() as pilot:
            await settle(pilot)
            assert app._may_repeat(Key("f6", None))
            assert app._may_repeat(Key("down", None))
            assert not app._may_repeat(Key("f7", None))

    async def test_words_of_a_room_name_the_new_keys(self, world: World, make_app: Make) -> None:
        written('[everywhere]\ngroup-cases = "="\n[bazaar]\nlist = "f4"\n')
        app = make_app(world, room="inventory")
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "= leads to the cases" in text_of(app)
            await go(pilot, "@bazaar", "m")
            assert "f4 lists something of yours; m shows" in text_of(app)

    async def test_the_leader_its_letters_and_the_digits_follow_the_file_all_over_the_map(
        self, world: World, make_app: Make
    ) -> None:
        written(
            '[everywhere]\nleader = ";"\ngroup-cases = "="\nhelp = "f1"\npalette = "f2"\n'
            '[letters]\nworkshop = "k"\n'
        )
        app = make_app(world, room="home", motion=False)
        async with app.run_test() as pilot:
            await settle(pilot)
            assert "= Cases" in text_of(app)
            assert "f1 Help" in text_of(app)
            await go(pilot, "semicolon")
            assert isinstance(app.screen.query_one(WhichKey), WhichKey)
            assert "k Workshop" in text_of(app)
            await go(pilot, "k")
            assert app.current_mode == "workshop"
            await go(pilot, "equals_sign")
            assert app.current_mode == "cases"
            await go(pilot, "2", "g", "w")
            assert app.current_mode == "cases"
            await go(pilot, "f1")
            assert isinstance(app.screen, HelpScreen)
            assert "; + letter" in str(app.screen.query_one("#keys", Static).content)
            await go(pilot, "f1", "f2")
            assert isinstance(app.screen, Palette)
            assert {hit.id: hit.note for hit in app.screen._hits}["room workshop"] == "; k"

    async def test_enter_and_the_arrows_stay_with_their_actions(
        self, world: World, make_app: Make
    ) -> None:
        own, faults = (written('[shop]\nbuy = "z"\n'), keys_file.load())[1]
        assert faults == []
        assert keymap.keymap(own)["shop.buy"] == "z,enter"

    def test_what_shares_a_key_with_an_action_that_is_moved_keeps_it(self) -> None:
        found = keymap.keymap({"inventory.repair": ("z",)})
        assert found == {"inventory.repair": "z", "inventory.rarity-here": "r"}

    async def test_the_refusal_of_an_action_comes_with_its_own_key(
        self, world: World, make_app: Make
    ) -> None:
        written('[inventory]\nsell = "z"\n')
        app = make_app(world, room="inventory")
        async with app.run_test() as pilot:
            await settle(pilot)
            await go(pilot, "z")
            assert said(app)


class TestTheFile:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[settings]\nsettings-motion = \n", "keys.toml, line 2: this is no TOML: "),
            ("[kitchen]\nx = 'y'\n", "keys.toml, line 1: there is no section 'kitchen'."),
            ("[shop]\nbye = 'z'\n", "keys.toml, line 2: shop has no action 'bye'."),
            ("[shop]\nsort = 3\n", "keys.toml, line 2: a key is a text in quotes."),
            ("[shop]\nsort = 'nokey'\n", "keys.toml, line 2: there is no key 'nokey'."),
            (
                "[shop]\nsort = 'tab'\n",
                "keys.toml, line 2: tab stays what it is all over the game.",
            ),
            (
                "[shop]\n# mine\nsort = 'b'\n",
                "keys.toml, line 3: b is the key of Buy (Shop).",
            ),
            ("[letters]\nshop = 'c'\n", "keys.toml, line 2: c is the key of Cases"),
        ],
    )
    async def test_a_line_that_is_wrong_is_told_with_its_number_and_the_rest_holds(
        self, world: World, make_app: Make, text: str, sentence: str
    ) -> None:
        written("" if "no TOML" in sentence else text + "[settings]\nsettings-motion = 'z'\n")
        if "no TOML" in sentence:
            written(text)
        app = make_app(world, room="settings", motion=True)
        async with app.run_test() as pilot:
            await settle(pilot)
            assert sentence in said(app)
            await go(pilot, "m" if "no TOML" in sentence else "z")
            assert app.session.settings.reduced_motion

    async def test_a_file_with_faults_is_not_written_over(
        self, world: World, make_app: Make
    ) -> None:
        path = written("[shop]\nbye = 'z'\n")
        app = make_app(world, room="settings")
        async with app.run_test() as pilot:
            await go(pilot, "y", "down", "enter")
            assert isinstance(app.screen, KeysDialog)
            assert "Mend it first" in text_of(app)
        assert path.read_text() == "[shop]\nbye = 'z'\n"

    def test_the_example_of_the_documents_holds(self) -> None:
        text = (Path(__file__).parents[2] / "docs/settings.md").read_text()
        written("[everywhere]" + text.partition("[everywhere]")[2].partition("```")[0])
        own, faults = keys_file.load()
        assert faults == []
        assert own["reveal.reveal-lock"] == ("f5", "alt+l")

    def test_the_keys_that_the_documents_name_are_those_of_the_settings(self) -> None:
        text = (Path(__file__).parents[2] / "docs/settings.md").read_text()
        keys = {action.key: action for action in SettingsRoom.ACTIONS}
        rows = re.findall(r"^\| (\w) \| ([\w ]+)", text, re.MULTILINE)
        assert len(rows) > 3
        for key, setting in rows:
            assert keys[key].title.split()[-1].lower() in setting.lower()
        assert "`Keys …` in the settings (`y`)" in text
        assert keys["y"].id == "settings-keys"
        settings = next(entry for entry in ROOMS if entry.slug == "settings")
        assert f"The settings room (`{sign(settings.key)}`)" in text

    def test_two_actions_may_change_keys_with_each_other(self) -> None:
        written("[settings]\nsettings-motion = 'r'\nsettings-rename = 'm'\n")
        own, faults = keys_file.load()
        assert faults == []
        assert own == {"settings.settings-motion": ("r",), "settings.settings-rename": ("m",)}

    def test_what_is_written_is_read_again(self) -> None:
        own = {
            "everywhere.leader": ("semicolon",), "letters.shop": ("comma",),
            "black_market.buy": ("z", "ctrl+y"), "reveal.reveal-lock": ("f5",),
        }  # fmt: skip
        own["letters.settings"] = ("exclamation_mark",)
        assert keys_file.save(own) is None
        assert keys_file.load() == (own, [])

    def test_no_two_actions_of_a_section_are_called_alike_and_every_binding_is_known(self) -> None:
        ids = [action.id for action in keymap.all_actions()]
        assert len(ids) == len(set(ids))
        bound = {
            each.id
            for node in (InventuiApp, SettingsRoom)
            for bindings in (base.__dict__.get("BINDINGS", ()) for base in node.__mro__)
            for each in bindings
            if getattr(each, "id", None)
        }
        assert bound <= set(ids)


def bound_here(app: InventuiApp) -> dict[str, str]:
    """Every key that our own classes bind in what is shown but a field, and how it is written."""
    screen = app.screen
    nodes = [screen, app, *(node for node in screen.walk_children() if not isinstance(node, Input))]
    bindings = [
        each
        for node in nodes
        for kind in type(node).__mro__
        if kind.__module__.startswith("inventui.")
        for each in Binding.make_bindings(kind.__dict__.get("BINDINGS", ()))
    ]
    return {each.key: app.get_key_display(each) for each in bindings if each.key not in NO_KEYS}


NO_KEYS = {"own_left", "own_right"}
"""Names that a binding has for what a player puts in the place of its key."""


def explained(app: InventuiApp) -> set[str]:
    """Every key that the help names."""
    assert isinstance(app.screen, HelpScreen)
    heads = [re.split(" {2,}", line.strip())[0] for line in lines_of(app.screen)]
    digits = {group.key for group in GROUPS} if "1 … 7" in heads else set()
    words = {key for head in heads for word in head.split() for key in (word, word.rstrip(","))}
    ways = {key for word in words & {"↑↓←→", "hjkl"} for key in word}
    marking = {"shift+up", "shift+down"} if "shift+↑↓" in words else set()
    return words | digits | ways | marking


def lines_of(help: HelpScreen) -> list[str]:
    """The lines of its keys."""
    return [line for line in help._keys().plain.splitlines() if line.startswith(" ")]


async def test_every_key_of_every_screen_stands_in_its_help(
    trades_world: World, make_app: Make
) -> None:
    app = make_app(trades_world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screens = [(f"@{entry.slug}",) for entry in ROOMS]
        screens += [("@trades", "o", *"bo", "enter"), ("@cases", "enter")]
        for way in screens:
            await go(pilot, *way)
            keys = bound_here(app)
            assert "question_mark" in keys
            await go(pilot, "question_mark")
            told = explained(app)
            assert {key for key, said in keys.items() if not {key, said} & told} == set(), way
            await go(pilot, "escape", "escape")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)], ids=["least", "usual", "large"])
async def test_picture_of_the_keys(
    world: World, make_app: Make, picture: Picture, size: tuple[int, int]
) -> None:
    written('[wallet]\nwallet-filter = "z"\n')
    app = make_app(world, room="withdrawals")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await app.push_screen(KeysDialog())
        await settle(pilot)
        await pilot.press(*"wallet")
        await go(pilot, "down", "down", "down")
        await picture(pilot, "list")
        await go(pilot, "enter", "t")
        await picture(pilot, "new")


async def test_a_guest_has_keys_and_settings_in_a_folder_of_their_own(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.serve.guest import GuestApp

    monkeypatch.setattr(GuestApp, "_renew", lambda _: None)
    written('[settings]\nsettings-motion = "x"\n')
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path / "guest"))
    found = world.players.find("ana")
    assert not isinstance(found, Refusal)
    app = GuestApp(str(world.path), "ana", found.id, 60)
    async with app.run_test() as pilot:
        await go(pilot, "@settings", "y")
        assert "yours" not in text_of(app)
        await pilot.press(*"settings motion")
        await go(pilot, "enter", "z", "escape", "z", "d")
        assert app.session.settings.reduced_motion
        assert app.session.settings.rows == "dense"
    kept = (tmp_path / "guest/config/keys.toml").read_text()
    assert '[settings]\nsettings-motion = "z"\n' in kept
    assert '"dense"' in (tmp_path / "guest/config/settings.json").read_text()


async def test_texts_help_and_refusals_name_the_keys_that_hold(
    world: World, make_app: Make
) -> None:
    written(
        '[trades]\noffer = "z"\n[fairness]\nfairness-rotate = "z"\n'
        '[lab]\nlab-run = "z"\nlab-stop = "v"\n'
    )
    app = make_app(world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "z makes an offer" in text_of(app)
        await go(pilot, "@fairness")
        assert "z rotates" in " ".join(text_of(app).replace("│", " ").split())
        await go(pilot, "@lab", "v")
        assert said(app).endswith("Nothing is being played. Press z to play economies.")
        await go(pilot, "question_mark")
        assert "z asks for days" in " ".join(text_of(app).replace("│", " ").split())


def texts_with_keys() -> Iterator[tuple[type[Any], str]]:
    """Texts of screens in which actions may be named for their keys, each with its screen."""
    for entry in ROOMS:
        yield entry.load(), entry.load().HELP  # type: ignore[attr-defined]
    for _, paths in keymap.WINDOWS.values():
        for module, _, name in (path.partition(":") for path in paths):
            window = getattr(import_module(module), name)
            yield window, window.HELP
    yield from (
        (FairnessRoom, NONE_RETIRED), (TradesRoom, NO_TRADES), (BazaarRoom, NOT_MINE.message),
        (WorkshopRoom, OTHER_VIEW.message), (LabRoom, WAITS.message), (LabRoom, IDLE.message),
        (WithdrawalsRoom, NO_WITHDRAWALS), (WithdrawalsRoom, NOT_WRITTEN.message),
        *((PeopleRoom, text) for text in NO_GIFTS.values()),
    )  # fmt: skip


ALONE = re.compile(r"(?<![\w'’.$])(?<!\d )(?:[b-zB-HJ-Z]|a(?= (?:puts|takes|asks)\b))(?![\w'’])")
"""A letter that stands alone and is no article, and no unit of a number: an old key."""


async def test_every_text_of_a_screen_names_the_keys_that_the_player_has_chosen(
    world: World, make_app: Make
) -> None:
    actions = [each for each in keymap.all_actions() if each.section != keymap.LETTERS]
    own = {each.id: (f"f{5 + number % 19}",) for number, each in enumerate(actions)}
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        before = app.session.own
        texts = [*texts_with_keys()]
        assert len(texts) > 25
        for keys in ({}, keymap.keymap(own)):
            app.session.own = replace(before, keys=own, keymap=keys)
            for kind, text in texts:
                screen = SimpleNamespace(app=app, ACTIONS=kind.ACTIONS, SECTION=kind.SECTION)
                told = said_with_own_keys(screen, text)  # type: ignore[arg-type]
                assert "$" not in told
                assert bool(ALONE.search(told)) is (not keys and "$" in text), told
        app.session.own = before


@pytest.mark.parametrize("room", ["inventory", "workshop"])
async def test_a_key_that_moves_holds_where_a_room_has_the_usual_one_for_something_else(
    room: str, world: World, make_app: Make
) -> None:
    written('[everywhere]\nleft = "f7"\nright = "f8"\n')
    app = make_app(world, room=room)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        strip = app.screen.query_one(TabStrip)
        first = strip.active
        await go(pilot, "f8")
        assert strip.active != first
        await go(pilot, "f7")
        assert strip.active == first
