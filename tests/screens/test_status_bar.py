"""The two bars on top and the one below."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from inventui.app.app import InventuiApp
from inventui.engine.core.models import PlayerCard
from inventui.engine.world import World
from inventui.screens.registry import ROOMS
from inventui.widgets.frame.room_bar import room_line
from inventui.widgets.frame.status_bar import StatusBar, status_line
from inventui.widgets.text import cut, progress_bar
from tests.screens.conftest import HOSTILE_IDS, HOSTILE_NAMES, go

WIDTHS = (40, 41, *range(55, 85), 99, 100, 120, 200)


def card(name: str = "ana", oranges: int = 12_450, experience: int = 240) -> PlayerCard:
    return PlayerCard(1, name, experience, oranges, 25)


def test_the_line_tells_name_rank_progress_and_money() -> None:
    line = status_line(card(), 80).plain
    assert line.startswith(" inventui  ana · Rookie ▰▱▱▱▱▱▱▱ 240/1,000 xp ")
    assert line.endswith("🍊 12,450  💎 25 ")


@pytest.mark.parametrize("name", ["ana", *HOSTILE_NAMES])
@pytest.mark.parametrize("oranges", [0, 12_450, 999_999_999_999])
def test_the_line_fills_the_width_and_never_loses_the_money(name: str, oranges: int) -> None:
    for width in WIDTHS:
        line = status_line(card(name, oranges), width)
        assert line.cell_length == width
        assert f"🍊 {oranges:,}  💎 25" in line.plain
        assert "\n" not in line.plain


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    line = status_line(card(name), 200)
    assert f" {name} · Rookie " in line.plain
    assert not any("click" in str(span.style) for span in line.spans)


def test_what_matters_less_goes_first() -> None:
    shown = [status_line(card("a name of some length"), width).plain for width in (120, 66, 50, 34)]
    assert ["xp" in line for line in shown] == [True, False, False, False]
    assert ["▱" in line for line in shown] == [True, True, False, False]
    assert ["Rookie" in line for line in shown] == [True, True, True, False]
    assert all("a na" in line for line in shown)


def test_the_highest_rank_has_no_next_one() -> None:
    line = status_line(card(experience=400_000), 100).plain
    assert "Kingpin ▰▰▰▰▰▰▰▰ 400,000 xp" in line


def test_a_demo_says_that_it_is_one() -> None:
    assert " demo " in status_line(card(), 80, demo=True).plain
    assert " demo " not in status_line(card(), 80).plain


def test_before_the_world_is_open_the_line_says_so() -> None:
    assert "opening the world" in status_line(None, 80).plain


@pytest.mark.parametrize(
    ("progress", "filled"), [(0, 0), (0.124, 0), (0.125, 1), (0.999, 7), (1, 8)]
)
def test_the_bar_never_shows_more_than_was_reached(progress: float, filled: int) -> None:
    assert progress_bar(progress) == ("▰" * filled, "▱" * (8 - filled))


@pytest.mark.parametrize("text", [*HOSTILE_NAMES, "", "a"])
def test_a_cut_text_fits_its_cells(text: str) -> None:
    for cells in (1, 2, 3, 7, 31, 32, 33, 63, 64, 65):
        assert cell_len(cut(text, cells)) <= cells
    assert cut(text, 70) == text


def test_every_room_has_a_key_of_its_own_or_none() -> None:
    keys = [entry.key for entry in ROOMS if entry.key]
    assert len(set(keys)) == len(keys)
    assert {*"1234567890", "comma"} <= set(keys)


@pytest.mark.parametrize("width", [60, 80, 99])
@pytest.mark.parametrize("current", [entry.slug for entry in ROOMS])
def test_a_narrow_room_bar_keeps_every_digit_and_cuts_no_title(current: str, width: int) -> None:
    line = room_line(ROOMS, current, "", width).plain
    assert cell_len(line) <= width
    words = line.split()
    assert set("1234567890") <= set(words)
    titles = {entry.title for entry in ROOMS}
    assert {word for word in words if len(word) > 1} <= titles


@pytest.mark.parametrize("current", [entry.slug for entry in ROOMS if entry.key.isdecimal()])
def test_the_room_bar_names_every_digits_room_from_100_columns(current: str) -> None:
    line = room_line(ROOMS, current, "", 100).plain
    assert all(entry.label in line for entry in ROOMS if entry.key.isdecimal())
    assert "Achievements" not in line


def test_where_it_is_narrow_the_nearest_rooms_keep_their_titles() -> None:
    line = room_line(ROOMS, "inventory", "", 60).plain
    assert line.split() == [
        "1", "2", "Cases", "3", "Inventory", "4", "Shop", "5", "Market", *"67890",
    ]  # fmt: skip


def test_a_room_without_a_digit_stands_in_the_bar_while_one_is_there() -> None:
    assert "Settings" not in room_line(ROOMS, "home", "", 200).plain
    assert ", Settings" in room_line(ROOMS, "settings", "", 80).plain
    assert " Achievements " in room_line(ROOMS, "achievements", "", 60).plain


@pytest.mark.parametrize(
    ("words", "slug"),
    [("🍊", "wallet"), ("💎", "wallet"), ("✉", "notifications"), ("Rookie", "achievements")],
)
async def test_money_letters_and_rank_lead_to_their_rooms_when_clicked(
    words: str, slug: str, world: World, make_app: Callable[[World], InventuiApp]
) -> None:
    app = make_app(world)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        app.session.unread = 2
        bar = app.screen.query_one(StatusBar)
        bar.refresh()
        await go(pilot)
        before = bar.render().plain.partition(words)[0]
        await pilot.click(StatusBar, offset=(cell_len(before), 0))
        await go(pilot)
        assert app.current_mode == slug
