"""The first frame: whole, and without reading the styles more often than it takes."""

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.css import stylesheet

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.world import World
from inventui.screens.cases.screen import CasesRoom
from inventui.widgets.theme import DAY_MARKET, NIGHT_MARKET
from tests.screens import process_caches
from tests.screens.conftest import settle


def app_in(theme: str, world: World) -> InventuiApp:
    return InventuiApp(settings=Settings(theme=theme), world=world, player="ana", watch_seconds=0)


async def test_the_first_frame_that_is_shown_has_every_cell(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    display = App._display

    def watched(app: App[None], screen: Any, update: Any) -> None:
        if update is not None and not app._batch_count:
            shown.append(update)
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", watched)
    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)):
        first = shown[0]
        assert isinstance(first, ChopsUpdate | LayoutUpdate)
        if isinstance(first, ChopsUpdate):
            cells = {(x, y) for y, left, right in first.spans for x in range(left, right)}
        else:
            cells = {
                (x, y)
                for y, line in enumerate(first.strips)
                for x in range(sum(strip.cell_length for strip in line))
            }
        assert len(cells) == 80 * 24


@pytest.mark.parametrize("theme", [NIGHT_MARKET.name, DAY_MARKET.name])
async def test_an_app_begins_in_the_theme_that_is_remembered(theme: str, world: World) -> None:
    app = app_in(theme, world)
    async with app.run_test(size=(80, 24)):
        assert app.theme == theme
        assert app.has_class(f"-theme-{theme}")
        assert app.has_class("-dark-mode") == app.current_theme.dark
        background = app.current_theme.background
        assert background is not None
        assert app.screen.styles.background.hex.lower() == background


async def test_a_dark_theme_is_no_change_at_the_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[App[None]] = []
    refresh_css = App.refresh_css

    def counted(app: App[None], animate: bool = True) -> None:
        read.append(app)
        refresh_css(app, animate)

    monkeypatch.setattr(App, "refresh_css", counted)
    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)):
        # Once, for the first mode's screen: Textual always does that.
        assert len(read) == 1


async def test_no_frame_is_drawn_that_is_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[Any] = []
    display = App._display

    def watched(app: App[None], screen: Any, update: Any) -> None:
        if update is not None and app._batch_count:
            lost.append(update)
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", watched)
    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)):
        assert lost == []


async def test_each_style_sheet_is_read_once_however_many_rooms_are_entered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[Any] = Counter()
    parse = vars(stylesheet)["parse"]

    def counted(scope: str, css: str, read_from: Any, **options: Any) -> Any:
        read[scope, css, read_from, options["tie_breaker"]] += 1
        return parse(scope, css, read_from, **options)

    # As in a program of its own, not as in tests, which keep what others read.
    monkeypatch.setattr(stylesheet.Stylesheet, "_parse_rules", process_caches._parse)
    monkeypatch.setattr(stylesheet, "parse", counted)
    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, InventuiApp)
        for entry in app.session.rooms:
            app.action_room(entry.slug)
            await settle(pilot)
        assert set(read.values()) == {1}


async def test_a_room_that_is_entered_for_the_first_time_styles_its_widgets_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: Counter[Any] = Counter()
    apply = stylesheet.Stylesheet.apply

    def counted(sheet: Any, node: Any, **options: Any) -> None:
        styled[node] += 1
        apply(sheet, node, **options)

    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, InventuiApp)
        monkeypatch.setattr(stylesheet.Stylesheet, "apply", counted)
        app.action_room("cases")
        await settle(pilot)
        room = app.screen
        assert isinstance(room, CasesRoom)
        assert {styled[bar] for bar in room.query("StatusBar, RoomBar, KeyBar")} == {1}


async def test_another_theme_is_read_anew(world: World) -> None:
    async with app_in(NIGHT_MARKET.name, world).run_test(size=(80, 24)) as pilot:
        pilot.app.theme = DAY_MARKET.name
        await settle(pilot)
        background = DAY_MARKET.background
        assert pilot.app.screen.styles.background.hex.lower() == background


BEFORE_THE_FIRST_FRAME = """
import sys
import inventui.cli.start, inventui.app.app, inventui.screens.home.screen
print(*sorted(name for name in sys.modules if name.startswith("inventui.")))
"""


def test_the_first_frame_waits_for_no_model_no_dialog_and_nothing_of_the_world() -> None:
    code = [sys.executable, "-c", BEFORE_THE_FIRST_FRAME]
    names = subprocess.run(code, capture_output=True, text=True, check=True).stdout.split()
    late = ("inventui.engine", "inventui.content", "inventui.cli.core.documents")
    found = [
        name for name in names if name.startswith(late) or name.endswith(("models", "dialogs"))
    ]
    assert found == []
    assert len(names) <= 70, names
