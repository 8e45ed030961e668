"""The first frame: whole, and without reading the styles more often than it takes."""

from typing import Any

import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.world import World
from inventui.widgets.theme import DAY_MARKET, NIGHT_MARKET


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
