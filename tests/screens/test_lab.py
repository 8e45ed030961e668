"""The Lab room: the ledger's curves, economies played beside the game, loops."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from inventui.app.app import InventuiApp
from inventui.content.layers import Layer
from inventui.engine.world import World
from inventui.rules.core.refusal import Refusal
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
    "runs": 2, "days": 9, "seed": "[b]x[/b]", "inflation": [12.5],
        "prices": [None, None], "ratio_later": 1.2,
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
        await go(pilot, "down", "down", "down", "down")
        assert "start" in text_of(app)
        assert filled_world.store.path.read_bytes() == before  # type: ignore[union-attr]
        await go(pilot, "home")
        assert "r plays economies" not in text_of(app)
        await pilot.resize_terminal(140, 45)
        await settle(pilot)
        assert "r plays economies with personas" in text_of(app)
        assert "o finds every cycle of actions that earns" in text_of(app)


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


async def test_a_curve_after_a_text_that_was_scrolled_is_drawn_in_the_room_there_is(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = {"least": 4, "most": 9, "unit": "days", "measured": [5], "holds": True}
    many = {"seed": "s", "runs": 1, "days": 9, "properties": [{"name": "one", **promise}] * 20}
    answers = [many, FOUND]
    monkeypatch.setattr(EconomyProgram, "play", lambda *_: answers.pop(0))
    app = make_app(world, room="lab")
    async with app.run_test() as pilot:
        await go(pilot, "p")
        shown = app.screen.query_one("#shown")
        assert shown.max_scroll_y > 0
        await go(pilot, "r", "enter")
        assert shown.max_scroll_y == 0


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


async def test_several_packs_are_chosen_among_and_the_form_fits_the_least_terminal(
    world: World, make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    more = tmp_path / "more.toml"
    more.write_text('[pack]\nid = "more"\nname = "More"\nversion = "1"\n')
    assert not isinstance(world.packs.add(more), Refusal)
    played: list[list[str]] = []

    def play(_: object, __: object, layers: Sequence[Layer], ___: object) -> dict[str, Any]:
        played.append([layer.title for layer in layers])
        return FOUND

    monkeypatch.setattr(EconomyProgram, "play", play)
    app = make_app(world, room="lab")
    async with app.run_test(size=(60, 20)) as pilot:
        await go(pilot, "r")
        await picture(pilot, "60x20")
        await go(pilot, "enter")
        packs = "tab", "tab", "tab", "tab"
        await go(pilot, "r", *packs, "home", "x", "enter")
        assert "no pack xscreens" in text_of(app)
        await go(pilot, "end", "ctrl+u", *"screens", "enter")
        assert played == [["screens", "more"], ["screens"]]


async def test_each_promise_is_told_with_its_range_and_what_it_was_played_with(
    world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    promise = {"least": 4, "most": 9, "unit": "days"}
    found = {
        "seed": "[b]x[/b]", "runs": 4, "days": 35,
        "properties": [
            {"name": "a business", "measured": [4.5, 5], "holds": True, **promise},
            {"name": "a home", "measured": [4, None], "holds": False, **promise},
        ],
    }  # fmt: skip
    monkeypatch.setattr(EconomyProgram, "play", lambda *_: found)
    app = make_app(world, room="lab")
    async with app.run_test() as pilot:
        await go(pilot, "p")
        shown = text_of(app)
        for words in (
            "✓ a business", "4.5 to 5 days; wanted 4 to 9", "✗ a home", "4 to never days",
            "1 of 2 hold: 4 × 35 days, seed [b]x[/b]",
        ):  # fmt: skip
            assert words in shown
        await picture(pilot, "80x24")


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
    assert playing.play(wanted.command(), layers_of(world), lambda _: None) is None
    assert started[0].returncode not in (None, 0)


def test_the_program_plays_the_world_s_pack_or_says_why_not(world: World) -> None:
    from inventui.screens.lab.playing import EconomyWanted

    layers = layers_of(world)
    command = EconomyWanted(2, 1, "seed", "").command()
    found = EconomyProgram().play(command, layers, lambda _: None)
    assert isinstance(found, dict), found
    assert (found["runs"], found["days"], found["seed"]) == (1, 2, "seed")
    assert run_views(found)
    command = EconomyWanted(2, 1, "seed", "no-such-file").command()
    refused = EconomyProgram().play(command, layers, lambda _: None)
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
