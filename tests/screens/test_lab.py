"""The Lab room: the ledger's curves, economies played beside the game, loops."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from inventui.app.app import InventuiApp
from inventui.engine.world import World
from inventui.screens.lab.curves import run_views
from inventui.screens.lab.form import RunDialog
from inventui.screens.lab.playing import EconomyProgram
from inventui.screens.lab.screen import LabRoom, layers_of
from inventui.widgets.canvas.curve_plot import axis_figure, curve_plot
from inventui.widgets.lists.menu import Menu
from tests.screens.conftest import Picture, go, settle
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]

FOUND: dict[str, Any] = {
    "runs": 2, "days": 9, "seed": "[b]x[/b]", "inflation": [12.5], "ratio_later": 1.2,
    "gini": [0.1, 0.15, 0.2, 0.2, 0.25, 0.3, 0.3, 0.31, 0.32],
    "ratio": [None, 2.0, 1.5, 1.4, 1.3, 1.2, 1.2, 1.2, 1.1],
    "personas": [
        {"name": "worker", "bands": [[d * 80, d * 100, d * 150] for d in range(1, 10)],
         "tiers": [{"tier": "Associate", "share": 1.0, "days": [2, 3, 4]}]},
    ],
}  # fmt: skip


async def test_the_room_shows_the_ledger_s_curves_and_looking_writes_nothing(
    filled_world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(filled_world, room="lab")
    async with app.run_test() as pilot:
        await settle(pilot)
        before = filled_world.store.path.read_bytes()  # type: ignore[union-attr]
        assert "reconciles to zero" in text_of(app)
        await picture(pilot, "facts")
        await go(pilot, "down")
        assert "Supply" in text_of(app)
        await picture(pilot, "supply")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")
        await go(pilot, "down", "down", "down")
        assert "start" in text_of(app)
        assert filled_world.store.path.read_bytes() == before  # type: ignore[union-attr]


async def test_what_was_played_is_shown_in_bands_without_colour_too(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(EconomyProgram, "play", lambda *_: FOUND)
    app = make_app(world, room="lab")
    async with app.run_test(size=(140, 45)) as pilot:
        await go(pilot, "r")
        assert "inventui" in "".join(text_of(app).splitlines()[1:])
        assert isinstance(app.screen, RunDialog)
        await go(pilot, "enter")
        assert "seed [b]x[/b]" in text_of(app)
        assert app.screen.query_one(Menu).row.id == "run-worker"  # type: ignore[union-attr]
        await picture(pilot, "140x45")


async def test_days_that_nobody_can_play_are_refused_and_nothing_begins(
    world: World, make_app: Make
) -> None:
    app = make_app(world, room="lab")
    async with app.run_test() as pilot:
        await go(pilot, "r", "end", "0", "0", "0", "enter")
        assert isinstance(app.screen, RunDialog)
        assert "1 to 3,650 days" in text_of(app)
        await go(pilot, "escape")
        assert isinstance(app.screen, LabRoom)
        assert app.screen.playing is None


async def test_the_loops_of_the_world_s_packs_are_listed(world: World, make_app: Make) -> None:
    app = make_app(world, room="lab")
    async with app.run_test() as pilot:
        await go(pilot, "o")
        assert app.screen.query_one(Menu).row.id == "loops"  # type: ignore[union-attr]


def test_what_is_stopped_answers_nothing_and_its_program_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.screens.lab.playing import EconomyWanted

    started: list[subprocess.Popen[str]] = []
    playing = EconomyProgram()

    class Stopped(subprocess.Popen[str]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)
            playing.stop()

    monkeypatch.setattr("inventui.screens.lab.playing.subprocess.Popen", Stopped)
    wanted = EconomyWanted(3_650, 1_000, "seed", "")
    assert playing.play(wanted, layers_of(world)[0], lambda _: None) is None
    assert started[0].returncode not in (None, 0)


def test_the_program_plays_the_world_s_pack_or_says_why_not(world: World) -> None:
    from inventui.rules.core.refusal import Refusal
    from inventui.screens.lab.playing import EconomyWanted

    (layer,) = layers_of(world)
    found = EconomyProgram().play(EconomyWanted(2, 1, "seed", ""), layer, lambda _: None)
    assert isinstance(found, dict), found
    assert (found["runs"], found["days"], found["seed"]) == (1, 2, "seed")
    assert run_views(found)
    refused = EconomyProgram().play(
        EconomyWanted(2, 1, "seed", "no-such-file"), layer, lambda _: None
    )
    assert isinstance(refused, Refusal)
    assert "no-such-file" in refused.message


def test_a_plot_of_any_curve_is_as_large_as_asked() -> None:
    for values in ([0.0], [5.0] * 3, [-3.0, 4.0], [10.0**12, 0.5], list(range(400))):
        for width, height in ((24, 4), (60, 12), (120, 30)):
            lines = curve_plot(values, width, height, low=values, high=values)
            assert len(lines) == height
            assert all(len(line) == width for line in lines[:-1])
    assert curve_plot([], 60, 12) == curve_plot([1.0], 10, 12) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (0.25, "0.25"), (9_950, "9,950"), (12_400, "12.4k"), (3_100_000, "3.1M")],
)
def test_a_number_on_an_axis_is_short(number: float, words: str) -> None:
    assert axis_figure(number) == words
