"""The case room: what is seen before opening, how many are opened, what is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from inventui.engine.entropy import SeededEntropy
from inventui.engine.world import World
from inventui.rules.clock import FrozenClock
from inventui.rules.enums import Rarity
from inventui.rules.odds import OddsEntry, OddsTable
from inventui.rules.refusal import Refusal
from inventui.rules.text import NAME_LENGTH
from inventui.screens.case_dialogs import CountDialog, read_count
from inventui.screens.cases import CasesRoom
from inventui.screens.reveal import RevealScreen
from inventui.widgets.case_list import CaseList
from inventui.widgets.odds_table import (
    OddsList,
    bar,
    best_first,
    one_in,
    percent,
    percent_decimals,
    percent_of,
    ticket_words,
)
from tests.builders import contents
from tests.screens.conftest import HOSTILE_NAMES, PACK, START, go, player_of, settle
from tests.worlds.openings import case_of

MakeApp = Callable[..., Any]
Snap = Callable[..., bool]
SIZES = [(80, 24), (120, 40)]


def text_of(pilot: Pilot[Any], selector: str) -> str:
    """What a Static says."""
    return pilot.app.screen.query_one(selector, Static).content.plain  # type: ignore[union-attr]


def rows_of(pilot: Pilot[Any], kind: type[CaseList] | type[OddsList]) -> list[str]:
    """The lines that a list draws now."""
    rows = pilot.app.screen.query_one(kind)
    return [rows.render_line(y).text for y in range(rows.size.height)]


def toasts(pilot: Pilot[Any]) -> list[str]:
    """What was said."""
    return [note.message for note in pilot.app._notifications]


def poor(world: World) -> World:
    """The same world after ana has lost nearly everything on cases."""
    player = player_of(world)
    while player.card().oranges >= 150:
        opening = player.cases.open("citrus-crate", player.card().oranges // 150)
        assert not isinstance(opening, Refusal)
        player.cases.revealed(opening.operation)
    return world


def a_pack(folder: Path, **names: str) -> Path:
    """The screens' pack with other names; each is given as `old_name=new`."""
    text = PACK.read_text()
    for old, new in names.items():
        name = old.replace("_", " ")
        assert f'name = "{name}"' in text
        text = text.replace(f'name = "{name}"', f"name = {json.dumps(new, ensure_ascii=False)}")
    path = folder / "pack.toml"
    path.write_text(text)
    return path


# Figures


def a_table(*parts: int, values: tuple[int, ...] = ()) -> OddsTable:
    entries = tuple(
        OddsEntry(f"E{i}", values[i] if values else i, Rarity.COMMON, part, f"e{i}")
        for i, part in enumerate(parts)
    )
    return OddsTable("case", 100, entries)


@pytest.mark.parametrize(
    ("smallest", "shown"),
    [(2_600, "0.26 %"), (500, "0.05 %"), (260, "0.026 %"), (120, "0.012 %"), (37, "0.0037 %")],
)
def test_a_small_chance_keeps_enough_digits_and_no_more(smallest: int, shown: str) -> None:
    table = a_table(smallest, 1_000_000 - smallest)
    assert percent(smallest, percent_decimals(table)) == shown


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(0), "never"),
        (Fraction(1), "always"),
        (Fraction(10, 41), "1 in 4.1"),
        (Fraction(9, 10), "1 in 1.1"),
        (Fraction(26, 10_000), "1 in 385"),
        (Fraction(1, 1_000_000), "1 in 1,000,000"),
    ],
)
def test_a_chance_reads_as_one_in_so_many(chance: Fraction, words: str) -> None:
    assert one_in(chance) == words


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0.0, "    "), (0.0001, "▏   "), (0.5, "██  "), (0.53125, "██▏ "), (1.0, "████")],
)
def test_a_bar_is_filled_in_eighths_and_anything_above_nothing_shows(
    share: float, drawn: str
) -> None:
    assert bar(share, 4) == drawn


def test_the_best_stands_first_and_of_equals_the_rarer() -> None:
    assert best_first(a_table(500_000, 100, 499_900, values=(5, 9, 9))) == [1, 2, 0]


def test_the_tickets_of_an_entry_are_named() -> None:
    table = a_table(2_600, 1, 997_399)
    assert ticket_words(table, 0) == "tickets 0–2,599 of 1,000,000"
    assert ticket_words(table, 1) == "ticket 2,600 of 1,000,000"


@pytest.mark.parametrize("text", ["x", "", "1.5", "1e2", "１２", "1_0", "ten", "--1", "9" * 40])
def test_a_count_that_is_no_whole_number_is_refused_with_what_would_do(text: str) -> None:
    refusal = read_count(text)
    assert isinstance(refusal, Refusal)
    assert "1 to 100" in refusal.message


# Looking


async def test_the_list_names_price_return_and_best_of_every_case(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(120, 40)) as pilot:
        await go(pilot, "2")
        drawn = "\n".join(rows_of(pilot, CaseList))
        for case in world.catalogue.cases():
            assert case.name in drawn
            assert f"{case.price:,}" in drawn
            assert f"returns {percent_of(case.return_to_player)}" in drawn
            assert f"{case.best_name} ★ {case.best_value:,}" in drawn


async def test_the_case_shows_every_entry_with_its_odds_before_anything_is_paid(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    async with make_app(world).run_test(size=(120, 40)) as pilot:
        await go(pilot, "2")
        drawn = "\n".join(rows_of(pilot, OddsList))
        for entry in case.odds.entries:
            assert entry.name in drawn
            assert f"{entry.value:,}" in drawn
            assert percent(entry.parts) in drawn
        figures = text_of(pilot, "#figures")
        assert percent_of(case.odds.return_to_player) in figures
        assert one_in(case.odds.chance_of_profit) in figures
        assert f"{float(case.odds.expected_value):,.2f}" in figures


async def test_the_promise_is_shown_before_opening_and_in_full_on_demand(
    world: World, make_app: MakeApp
) -> None:
    fairness = player_of(world).fairness.show()
    odds_hash = case_of(world).odds.hash
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2")
        promise = text_of(pilot, "#promise")
        assert fairness.active.server_seed_hash[:8] in promise
        assert odds_hash[:4] in promise
        await go(pilot, "v")
        full = pilot.app.screen.query_one(".text", Static).content.plain  # type: ignore[union-attr]
        assert fairness.active.server_seed_hash in full
        assert fairness.active.client_seed in full
        assert odds_hash in full
        await go(pilot, "escape", "f")
        assert pilot.app.current_mode == "fairness"


async def test_the_cursor_leads_to_another_case(world: World, make_app: MakeApp) -> None:
    second = world.catalogue.cases()[1]
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "j")
        assert second.name in str(pilot.app.screen.query_one("#case").border_title)
        await go(pilot, "g", "down")
        assert pilot.app.screen.query_one(CaseList).case == second


async def test_every_entry_can_be_reached_by_keys_on_a_small_screen(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    order = best_first(case.odds)
    async with make_app(world).run_test(size=(72, 20)) as pilot:
        await go(pilot, "2", "right")
        odds = pilot.app.screen.query_one(OddsList)
        assert len(order) > odds.size.height
        for index in order:
            entry = case.odds.entries[index]
            assert odds.entry_index == index
            assert any(entry.name[:10] in line for line in rows_of(pilot, OddsList))
            assert entry.name in text_of(pilot, "#figures")
            assert ticket_words(case.odds, index) in text_of(pilot, "#promise")
            await go(pilot, "down")
        await go(pilot, "left")
        assert pilot.app.screen.query_one(CaseList).has_focus
        assert "a case" in text_of(pilot, "#figures")


async def test_the_filter_finds_by_name_and_escape_shows_all_again(
    world: World, make_app: MakeApp
) -> None:
    total = len(world.catalogue.cases())
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "slash", *"VAULT")
        cases = pilot.app.screen.query_one(CaseList)
        assert [case.name for case in cases.cases] == ["Pulp Vault"]
        await go(pilot, "enter")
        assert cases.has_focus
        assert pilot.app.screen.query_one("#filter").display
        await go(pilot, "escape")
        assert len(cases.cases) == total
        assert not pilot.app.screen.query_one("#filter").display
        assert cases.case is not None
        assert cases.case.name == "Pulp Vault"


async def test_a_filter_that_finds_nothing_says_so_and_nothing_can_be_opened(
    world: World, make_app: MakeApp
) -> None:
    before = contents(world)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "slash", *"[b]q", "enter")
        assert "“[b]q”" in text_of(pilot, "#none")
        await go(pilot, "tab", "enter", "x", "n", "v", "right")
        assert isinstance(pilot.app.screen, CasesRoom)
    assert contents(world) == before


async def test_the_mouse_chooses_with_one_click_and_opens_with_two(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2")
        cases = pilot.app.screen.query_one(CaseList)
        await pilot.click(CaseList, offset=(5, cases.row_lines))
        await settle(pilot)
        assert cases.cursor == 1
        await pilot.click(CaseList, offset=(5, 0), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, RevealScreen)
        assert pilot.app.screen.opening.case == cases.cases[0].id


@pytest.mark.parametrize("size", [(60, 20), (71, 24), (72, 20), (80, 24), (200, 60)])
async def test_list_and_case_are_both_seen_and_nothing_overlaps(
    size: tuple[int, int], world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=size) as pilot:
        await go(pilot, "2")
        screen = pilot.app.screen
        panes = [screen.query_one(name).region for name in ("#shelf", "#case")]
        assert not panes[0].overlaps(panes[1])
        for name in ("#list", "#odds", "#figures", "#promise"):
            region = screen.query_one(name).region
            assert region.height >= (4 if name == "#list" else 2), name
            assert any(pane.contains_region(region) for pane in panes), name


# Opening


async def test_enter_opens_one_and_pays_for_one(world: World, make_app: MakeApp) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "enter")
        assert isinstance(pilot.app.screen, RevealScreen)
        assert len(pilot.app.screen.opening.rolls) == 1
    assert player_of(world).card().oranges == 5_000 - 150
    assert player_of(world).inventory.statistics().total_items == 1


async def test_x_opens_ten_at_once(world: World, make_app: MakeApp) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "x")
        assert isinstance(pilot.app.screen, RevealScreen)
        assert len(pilot.app.screen.opening.rolls) == 10
    assert player_of(world).card().oranges == 5_000 - 1_500


async def test_n_asks_how_many_and_tells_the_cost_while_one_types(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "n", "3")
        assert isinstance(pilot.app.screen, CountDialog)
        assert "450" in text_of(pilot, "#cost")
        assert "4,550 stay" in text_of(pilot, "#cost")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, RevealScreen)
        assert len(pilot.app.screen.opening.rolls) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "1 to 100 cases at once, not 0."),
        ("-1", "1 to 100 cases at once, not -1."),
        ("101", "1 to 100 cases at once, not 101."),
        ("x", "whole number from 1 to 100."),
        ("34", "You need 100 oranges more"),
    ],
)
async def test_a_count_that_cannot_be_opened_is_explained_before_enter_and_changes_nothing(
    typed: str, sentence: str, world: World, make_app: MakeApp
) -> None:
    before = contents(world)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "n", *("minus" if key == "-" else key for key in typed))
        assert pilot.app.screen.query_one(Input).value == typed
        assert sentence in text_of(pilot, "#fault")
        assert text_of(pilot, "#cost") == ""
        assert pilot.app.screen.query_one("#yes").disabled
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, CountDialog)
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesRoom)
    assert contents(world) == before


@pytest.mark.parametrize("key", ["enter", "x"])
async def test_who_cannot_pay_is_told_what_is_missing_and_nothing_changes(
    key: str, world: World, make_app: MakeApp
) -> None:
    poor(world)
    missing = (150 if key == "enter" else 1_500) - player_of(world).card().oranges
    before = contents(world)
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2")
        assert "more needed" in text_of(pilot, "#figures")
        await go(pilot, key)
        assert isinstance(pilot.app.screen, CasesRoom)
        assert any(f"You need {missing:,} oranges more" in said for said in toasts(pilot))
    assert contents(world) == before


async def test_a_second_press_while_one_is_opened_buys_nothing(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    keys: list[str | None] = []
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "2")
        cases = app.session.player.cases
        really = cases.open

        def slowly(case_id: str, count: int = 1, key: str | None = None) -> object:
            keys.append(key)
            assert go_on.wait(30)
            return really(case_id, count, key)

        monkeypatch.setattr(cases, "open", slowly)
        await pilot.press("enter")
        await pilot.pause()
        for _ in range(5):
            await pilot.press("enter", "x")
        assert app.screen.check_action("open", (1,)) is None, "the key is dim"
        go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, RevealScreen)
    assert len(keys) == 1
    assert keys[0]
    assert player_of(world).card().oranges == 5_000 - 150


async def test_every_press_is_an_intent_of_its_own(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str | None] = []
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "2")
        cases = app.session.player.cases
        really = cases.open

        def noted(case_id: str, count: int = 1, key: str | None = None) -> object:
            keys.append(key)
            return really(case_id, count, key)

        monkeypatch.setattr(cases, "open", noted)
        await go(pilot, "enter", "enter", "enter", "enter")
    assert len(keys) == len(set(keys)) == 2


async def test_the_room_shows_the_new_balance_and_the_next_roll_afterwards(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "2", "x", "enter")
        assert isinstance(pilot.app.screen, CasesRoom)
        assert "you can pay for 23" in text_of(pilot, "#figures")
        assert "next roll 10" in text_of(pilot, "#promise")


# Hostile text


def hostile_world(folder: Path, name: str) -> World:
    """A world in which case, prize and player have this name."""
    pack = a_pack(folder, Citrus_Crate=name, Golden_Squeezer=name)
    world = World.open(
        folder / "hostile.db",
        clock=FrozenClock(START),
        entropy=SeededEntropy("seed"),
        pack=pack,
        daily_backup=False,
    )
    added = world.players.add(name[:NAME_LENGTH])
    assert not isinstance(added, Refusal), added
    return world


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_a_hostile_name_is_drawn_as_it_is_and_acts_on_nothing(
    name: str, tmp_path: Path, make_app: MakeApp
) -> None:
    world = hostile_world(tmp_path, name)
    try:
        async with make_app(world, player=name[:NAME_LENGTH]).run_test(size=(80, 24)) as pilot:
            await go(pilot, "2", "right")
            assert name[:8] in "\n".join(rows_of(pilot, OddsList))
            assert name[:8] in "\n".join(rows_of(pilot, CaseList))
            assert name[:8] in text_of(pilot, "#figures")
            await go(pilot, "v", "escape", "n", "escape", "left", "slash", *"[b", "escape")
            await go(pilot, "enter", "a", "l", "l", "s")
            assert pilot.app.is_running
    finally:
        world.close()


# Pictures


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
def test_picture_of_the_room(
    size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), size, ("2",))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_an_entry(
    size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), size, ("2", "down", "right", "down", "down"))


def test_picture_of_the_room_by_day(world: World, make_app: MakeApp, snap: Snap) -> None:
    app = make_app(world)
    app.theme = "day-market"
    assert snap(app, press=("2", "right"))


def test_picture_without_colour(
    world: World, make_app: MakeApp, snap: Snap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap(make_app(world), press=("2", "right"))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_a_filter_that_finds_nothing(
    size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(world), size, ("2", "slash", *"zest"))


@pytest.mark.parametrize("size", SIZES)
def test_picture_of_who_cannot_pay(
    size: tuple[int, int], world: World, make_app: MakeApp, snap: Snap
) -> None:
    assert snap(make_app(poor(world)), size, ("2", "enter"))


@pytest.mark.parametrize("typed", ["12", "0", "101", "x", "34"])
def test_picture_of_how_many(typed: str, world: World, make_app: MakeApp, snap: Snap) -> None:
    assert snap(make_app(world), press=("2", "n", *typed))


def test_picture_of_the_promise_in_full(world: World, make_app: MakeApp, snap: Snap) -> None:
    assert snap(make_app(world), press=("2", "v"))


@pytest.mark.parametrize("name", HOSTILE_NAMES[:4], ids=["link", "tag", "style", "wide"])
def test_picture_of_hostile_names(name: str, tmp_path: Path, make_app: MakeApp, snap: Snap) -> None:
    world = hostile_world(tmp_path, name)
    try:
        assert snap(make_app(world, player=name[:NAME_LENGTH]), press=("2", "right"))
    finally:
        world.close()
