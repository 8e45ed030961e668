"""The two bars on top and the one below."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from inventui.app.app import InventuiApp
from inventui.engine.core.models import PlayerCard
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.style import VOCABULARY, Style
from inventui.screens.registry import ROOMS
from inventui.screens.registry import room as room_entry
from inventui.widgets.entries import grouped, sign
from inventui.widgets.frame.room_bar import room_line
from inventui.widgets.frame.status_bar import StatusBar, status_line
from inventui.widgets.frame.which_key import map_lines
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


def test_every_key_and_letter_leads_to_one_place_and_every_room_has_a_letter() -> None:
    keys = [key for entry in ROOMS for key in entry.keys]
    assert len(set(keys)) == len(keys)
    assert {*"1234567890n", "comma"} <= set(keys)
    letters = [entry.letter for entry in ROOMS]
    letters += [place.letter for entry in ROOMS for place in entry.places]
    assert all(letters)
    assert len(set(letters)) == len(letters)
    assert "g" not in letters


TITLES = [group.title for group, _ in grouped(ROOMS)]


@pytest.mark.parametrize("style", VOCABULARY[Category.TABS_STYLE])
@pytest.mark.parametrize("current", [entry.slug for entry in ROOMS])
def test_what_a_tab_style_opens_before_the_room_it_closes_after_it(
    current: str, style: str
) -> None:
    worn = Style(style, ("#ff8800", "#202020"))
    plain = room_line(ROOMS, current, "", 60).plain
    for mark, other in (("[", "]"), ("(", ")"), ("▐", "▌")):
        line = room_line(ROOMS, current, "", 60, style=worn).plain
        assert line.count(mark) == line.count(other), line
        assert len(line) == len(plain)


@pytest.mark.parametrize("width", [60, 70, 80, 100, 160])
@pytest.mark.parametrize("current", [entry.slug for entry in ROOMS])
def test_the_room_bar_has_every_digit_whole_words_and_the_room_at_every_width(
    current: str, width: int
) -> None:
    line = room_line(ROOMS, current, "", width).plain
    assert cell_len(line) == width
    assert "…" not in line
    called = [next((e.title for e in es if e.slug == current), "") for _, es in grouped(ROOMS)]
    for key, title, room in zip("1234567", TITLES, called, strict=True):
        assert any(f"{key}{gap}{word}" in line for gap in ("", " ") for word in {title, room})
    assert room_entry(current).title in line


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_groups_stand_in_the_same_columns_whichever_room_one_is_in(width: int) -> None:
    lines = {
        room_line(ROOMS, entry.slug, "", width).plain.split("│")[0].rstrip() for entry in ROOMS
    }
    assert len(lines) == 1


def test_the_rooms_of_the_present_group_stand_beside_the_groups_as_many_as_fit() -> None:
    def tabs(current: str, width: int) -> list[str]:
        return room_line(ROOMS, current, "", width).plain.partition("│")[2].split()

    assert tabs("home", 160) == []
    assert tabs("drawer", 120) == ["Inventory", "Drawer", "Workshop", "Collections"]
    assert tabs("workshop", 80) == ["‹", "Workshop", "›"]
    assert tabs("settings", 80) == ["‹", "Lab", "Settings"]


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


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_pane_of_letters_names_every_room_and_place_in_full(width: int) -> None:
    lines = [line.plain.rstrip() for line in map_lines(ROOMS, width - 4)]
    assert all(cell_len(line) <= width - 4 for line in lines)
    assert len(lines) <= 12
    found = "\n".join(lines)
    for entry in ROOMS:
        for letter, title in (
            (entry.letter, entry.title),
            *((place.letter, place.title) for place in entry.places),
        ):
            assert f" {sign(letter)} {title}" in found
