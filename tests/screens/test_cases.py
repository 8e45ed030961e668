"""The case room: what is seen before opening, how many are opened, what is refused."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from inventui.content.loader import load_pack
from inventui.engine.core.models import CaseDetail
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.packs.models import PacksChanged
from inventui.engine.world import World
from inventui.rules.cases.guarantee import MOST_AFTER, Guarantee
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.core.text import NAME_LENGTH
from inventui.screens.cases.dialogs import CountDialog, ProofDialog, read_count
from inventui.screens.cases.list import CaseList
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.cases.screen import CasesRoom
from inventui.widgets.canvas.sprite import SpriteView, sprite_size
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.items.case_text import guarantee_words
from inventui.widgets.items.odds_rows import EntryRow, GroupRow, best_first, odds_rows
from inventui.widgets.items.odds_table import (
    OddsList,
    bar,
    entries_of,
    percent_decimals,
    ticket_words,
)
from inventui.widgets.theme import one_in, percent, percent_of
from tests.builders import contents, done
from tests.screens.conftest import HOSTILE_NAMES, PACK, START, Picture, go, player_of, settle
from tests.worlds.openings import case_of

MakeApp = Callable[..., Any]


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


def spend_on_cases(world: World) -> None:
    """Let ana lose nearly everything on cases."""
    player = player_of(world)
    while player.card().oranges >= 150:
        opening = player.cases.open("citrus-crate", min(100, player.card().oranges // 150))
        assert not isinstance(opening, Refusal)
        player.reveals.revealed(opening.operation)


# Figures


def a_table(*parts: int, values: tuple[int, ...] = ()) -> OddsTable:
    """Odds of so many parts each."""
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


async def test_price_return_best_and_every_entry_with_its_odds_are_told_before_anything_is_paid(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    async with make_app(world, room="cases").run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        listed = "\n".join(rows_of(pilot, CaseList))
        for each in world.catalogue.cases():
            assert each.name in listed
            assert f"{each.price:,}" in listed
            assert f"returns {percent_of(each.return_to_player)}" in listed
            assert f"{each.best_name} ★ {each.best_value:,}" in listed, "named in full"
        odds = "\n".join(rows_of(pilot, OddsList))
        for entry in case.odds.entries:
            assert entry.name in odds
            assert f"{entry.value:,}" in odds
            assert percent(entry.parts) in odds
        figures = text_of(pilot, "#figures")
        assert percent_of(case.odds.return_to_player) in figures
        assert one_in(case.odds.chance_of_profit) in figures
        assert f"{float(case.odds.expected_value):,.2f}" in figures
        assert "you can pay for 33" in figures


async def test_the_promise_is_shown_before_opening_and_in_full_on_demand(
    world: World, make_app: MakeApp, picture: Picture
) -> None:
    fairness = player_of(world).fairness.show()
    odds_hash = case_of(world).odds.hash
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        promise = text_of(pilot, "#promise")
        assert fairness.active.server_seed_hash[:8] in promise
        assert odds_hash[:4] in promise
        await go(pilot, "v")
        assert isinstance(pilot.app.screen, ProofDialog)
        full = text_of(pilot, ".text")
        assert fairness.active.server_seed_hash in full
        assert fairness.active.client_seed in full
        assert odds_hash in full
        await picture(pilot, "80x24")
        await go(pilot, "escape", "f")
        assert pilot.app.current_mode == "fairness"


async def test_every_case_and_every_entry_is_reached_by_keys_on_a_small_screen(
    world: World, make_app: MakeApp
) -> None:
    first, second, *_, last = world.catalogue.cases()
    case = case_of(world)
    order = best_first(case.odds)
    async with make_app(world, room="cases").run_test(size=(72, 20)) as pilot:
        await go(pilot, "j")
        assert second.name in str(pilot.app.screen.query_one("#case").border_title)
        cases = pilot.app.screen.query_one(CaseList)
        for key, there in (("end", last), ("home", first), ("down", second), ("k", first)):
            await go(pilot, key)
            assert cases.row == there
        await go(pilot, "right")
        odds = pilot.app.screen.query_one(OddsList)
        assert len(order) > odds.size.height
        for index in order:
            entry = case.odds.entries[index]
            assert odds.entry == index
            assert any(entry.name[:10] in line for line in rows_of(pilot, OddsList))
            assert entry.name in text_of(pilot, "#figures")
            assert ticket_words(case.odds, index) in text_of(pilot, "#promise")
            await go(pilot, "down")
        await go(pilot, "left")
        assert cases.has_focus
        assert "a case" in text_of(pilot, "#figures")
        await go(pilot, "right", "escape")
        assert cases.has_focus, "escape leads out of the odds before it leads home"
        await go(pilot, "escape")
        assert pilot.app.current_mode == "home"


async def test_the_filter_finds_by_name_and_escape_shows_all_again(
    world: World, make_app: MakeApp
) -> None:
    total = len(world.catalogue.cases())
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"VAULT")
        cases = pilot.app.screen.query_one(CaseList)
        assert [case.name for case in cases.rows] == ["Pulp Vault"]
        await go(pilot, "enter")
        assert cases.has_focus
        assert pilot.app.screen.query_one("#filter").display
        await go(pilot, "escape")
        assert len(cases.rows) == total
        assert not pilot.app.screen.query_one("#filter").display
        assert cases.row is not None
        assert cases.row.name == "Pulp Vault"
        await go(pilot, "slash", "enter")
        assert not pilot.app.screen.query_one("#filter").display, "nothing is looked for"


async def test_a_filter_that_finds_nothing_says_so_and_nothing_can_be_opened(
    world: World, make_app: MakeApp, picture: Picture
) -> None:
    before = contents(world)
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"[b]q")
        await picture(pilot, "80x24")
        await go(pilot, "enter")
        assert "“[b]q”" in text_of(pilot, "#none")
        await go(pilot, "tab", "enter", "x", "n", "v", "right")
        assert isinstance(pilot.app.screen, CasesRoom)
    assert contents(world) == before


async def test_the_case_that_another_room_leads_to_is_under_the_cursor_whatever_was_looked_for(
    world: World, make_app: MakeApp
) -> None:
    vault = world.catalogue.cases()[2]
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"citrus", "enter", "1")
        app.session.case = vault.id
        await go(pilot, "2")
        cases = app.screen.query_one(CaseList)
        assert cases.row == vault
        assert len(cases.rows) == len(world.catalogue.cases())


async def test_one_click_chooses_a_case_and_a_double_click_opens_it_once(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cases = pilot.app.screen.query_one(CaseList)
        await pilot.click(CaseList, offset=(5, cases.row_lines))
        await settle(pilot)
        assert cases.cursor == 1
        assert player_of(world).card().oranges == 5_000, "a click alone opens nothing"
        await pilot.click(CaseList, offset=(5, 0), times=2)
        await settle(pilot)
        revealed = [each for each in pilot.app.screen_stack if isinstance(each, RevealScreen)]
        assert [(each.opening.case, len(each.opening.rolls)) for each in revealed] == [
            (cases.rows[0].id, 1)
        ]
    assert player_of(world).card().oranges == 5_000 - 150
    assert player_of(world).inventory.statistics().total_items == 1


async def test_a_double_click_on_an_entry_opens_nothing(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.click(OddsList, offset=(5, 1), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, CasesRoom)
        assert pilot.app.screen.query_one(OddsList).cursor == 1
    assert player_of(world).card().oranges == 5_000


async def test_in_every_size_list_and_case_are_both_seen_and_nothing_overlaps(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        for size in ((60, 20), (71, 24), (72, 20), (80, 24), (200, 60)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            panes = [screen.query_one(name).region for name in ("#shelf", "#case")]
            assert not panes[0].overlaps(panes[1])
            beside = panes[0].y == panes[1].y
            assert beside is (size[0] >= 72)
            for name in ("#list", "#odds", "#figures", "#promise"):
                region = screen.query_one(name).region
                assert region.height >= (4 if name == "#list" else 2), name
                assert any(pane.contains_region(region) for pane in panes), name


async def test_from_140_columns_and_40_lines_on_pictures_are_drawn_twice_as_large(
    world: World, make_app: MakeApp
) -> None:
    case = case_of(world)
    async with make_app(world, room="cases").run_test(size=(139, 40)) as pilot:
        await settle(pilot)
        sprite = pilot.app.screen.query_one(SpriteView)
        for size, scale in (((139, 40), 1), ((140, 39), 1), ((140, 40), 2)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert sprite.size == sprite_size(case.sprite, scale)
        await go(pilot, "right")
        assert sprite.sprite == case.sprites[best_first(case.odds)[0]]
        assert sprite.size == sprite_size(sprite.sprite, 2), "an entry's picture too"


# Opening


async def test_one_ten_or_as_many_as_one_types_are_opened_and_paid_each_press_once(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str | None] = []
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cases = app.session.player.cases
        really = cases.open

        def noted(case_id: str, count: int, key: str, odds_hash: str) -> object:
            keys.append(key)
            return really(case_id, count, key, odds_hash)

        monkeypatch.setattr(cases, "open", noted)
        oranges = 5_000
        for pressed, count in ((["enter"], 1), (["x", "y"], 10), (["n", "3", "enter"], 3)):
            await go(pilot, *pressed)
            assert isinstance(app.screen, RevealScreen)
            assert len(app.screen.opening.rolls) == count
            oranges -= 150 * count
            assert player_of(world).card().oranges == oranges
            await go(pilot, "enter")
            assert isinstance(app.screen, CasesRoom)
            assert f"you can pay for {oranges // 150}" in text_of(pilot, "#figures")
        assert "next roll 14" in text_of(pilot, "#promise")
    assert all(keys)
    assert len(keys) == len(set(keys)) == 3
    assert player_of(world).inventory.statistics().total_items == 14


async def test_a_count_is_priced_or_explained_while_one_types_and_changes_nothing(
    world: World, make_app: MakeApp, picture: Picture
) -> None:
    before = contents(world)
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "n")
        assert pilot.app.screen.query_one(Input).value == "10"
        for typed, sentence in (
            ("0", "1 to 100 cases at once, not 0."),
            ("-1", "1 to 100 cases at once, not -1."),
            ("101", "1 to 100 cases at once, not 101."),
            ("+", "whole number from 1 to 100."),
            ("34", "You need 100 oranges more"),
        ):
            field = pilot.app.screen.query_one(Input)
            await go(pilot, *["backspace"] * len(field.value))
            await go(pilot, *({"-": "minus", "+": "plus"}.get(key, key) for key in typed))
            assert field.value == typed
            assert sentence in text_of(pilot, "#fault")
            assert text_of(pilot, "#cost") == ""
            assert pilot.app.screen.query_one("#yes").disabled
            await go(pilot, "enter")
            assert isinstance(pilot.app.screen, CountDialog)
        await picture(pilot, "80x24")
        await go(pilot, "backspace")
        assert "3 cases cost 🍊 450 · 🍊 4,550 stay" in text_of(pilot, "#cost")
        assert text_of(pilot, "#fault") == ""
        assert not pilot.app.screen.query_one("#yes").disabled
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesRoom)
    assert contents(world) == before


async def test_who_cannot_pay_is_told_what_is_missing_and_nothing_changes(
    world: World, make_app: MakeApp
) -> None:
    spend_on_cases(world)
    before, oranges = contents(world), player_of(world).card().oranges
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert f"🍊 {150 - oranges:,} more needed" in text_of(pilot, "#figures")
        for key, price in (("enter", 150), ("x", 1_500)):
            await go(pilot, key)
            assert isinstance(pilot.app.screen, CasesRoom)
            assert f"You need {price - oranges:,} oranges more" in toasts(pilot)[-1]
    assert contents(world) == before


def test_a_price_that_cannot_be_paid_is_dim(world: World) -> None:
    cases = CaseList()
    for oranges, dim in ((149, True), (150, False)):
        cases.oranges = oranges
        first = cases.draw_row(world.catalogue.cases()[0], 40, current=False)[0]
        assert any("40%" in str(span.style) for span in first.spans) is dim


async def test_a_second_press_while_one_is_opened_buys_nothing(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    keys: list[str | None] = []
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cases = app.session.player.cases
        really = cases.open

        def slowly(case_id: str, count: int, key: str, odds_hash: str) -> object:
            keys.append(key)
            assert go_on.wait(30)
            return really(case_id, count, key, odds_hash)

        monkeypatch.setattr(cases, "open", slowly)
        await pilot.press("enter")
        await pilot.pause()
        for _ in range(5):
            await pilot.press("enter", "x")
        await pilot.click(CaseList, offset=(5, 0), times=2)
        assert app.screen.offers("open-one") is None, "the key is dim"
        go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, RevealScreen)
    assert len(keys) == 1
    assert keys[0]
    assert player_of(world).card().oranges == 5_000 - 150


def make_dearer(world: World, folder: Path) -> None:
    """Let a second program load the pack anew, with the Citrus Crate 1 orange dearer."""
    text = PACK.read_text("utf-8")
    assert text.count("price = 150\n") == 1
    other = folder / "dearer.toml"
    other.write_text(text.replace("price = 150\n", "price = 151\n"), "utf-8")
    with World.open(world.path, clock=world.clock, daily_backup=False) as second:
        done(second.packs.update(load_pack(PACK).id, other), PacksChanged)


@pytest.mark.parametrize("key", ["enter", "x"])
async def test_what_became_dearer_since_it_was_shown_is_not_bought_and_shown_anew(
    key: str, world: World, make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        make_dearer(world, tmp_path)
        before = contents(world)
        await go(pilot, key, *(["y"] if key == "x" else []))
        assert isinstance(pilot.app.screen, CasesRoom)
        assert "not the odds that you saw" in toasts(pilot)[-1]
        assert contents(world) == before
        assert pilot.app.screen.case is not None
        assert pilot.app.screen.case.price == 151
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, RevealScreen)
    assert player_of(world).card().oranges == 5_000 - 151


async def test_the_count_is_opened_at_the_price_that_the_question_named(
    world: World, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.open_many()
        await settle(pilot)
        assert isinstance(app.screen, CountDialog)
        make_dearer(world, tmp_path)
        before = contents(world)
        app.screen.dismiss(2)
        await settle(pilot)
        assert "not the odds that you saw" in toasts(pilot)[-1]
        assert contents(world) == before


async def test_again_is_refused_where_the_odds_changed_and_leads_back_to_the_new_ones(
    world: World, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, "enter")
        assert isinstance(app.screen, RevealScreen)
        make_dearer(world, tmp_path)
        before = contents(world)["transfer"]
        app.screen.open_again()
        await settle(pilot)
        assert contents(world)["transfer"] == before
        assert isinstance(app.screen, CasesRoom)
        assert app.screen.case.price == 151


# Hostile text


def hostile_pack(folder: Path, names: Sequence[str]) -> Path:
    """The screens' pack with seven cases: they and what is in them have these names."""
    items, *cases = PACK.read_text().split("[[cases]]")
    cases += [cases[0].replace("citrus-crate", f"crate-{number}") for number in (5, 6, 7)]
    items, *player_items = items.split("[[items]]")
    for parts in (cases, player_items):
        for index, name in enumerate(names):
            written = f"name = {json.dumps(name, ensure_ascii=False)}"
            parts[index] = re.sub('name = ".*"', lambda _, text=written: text, parts[index])
    text = "[[cases]]".join(["[[items]]".join([items, *player_items]), *cases])
    path = folder / "pack.toml"
    path.write_text(text)
    return path


async def test_hostile_names_are_drawn_as_they_are_and_act_on_nothing(
    tmp_path: Path, make_app: MakeApp, picture: Picture, trust: bool
) -> None:
    for first in range(len(HOSTILE_NAMES) if trust else 1):
        names = HOSTILE_NAMES[first:] + HOSTILE_NAMES[:first]
        folder = tmp_path / str(first)
        folder.mkdir()
        await use_cases_of_hostile_names(folder, names, make_app, picture)


async def use_cases_of_hostile_names(
    folder: Path, names: Sequence[str], make_app: MakeApp, picture: Picture
) -> None:
    """Press every key in a world whose player and first case have the first of these names."""
    world = World.open(
        folder / "hostile.db",
        clock=FrozenClock(START),
        entropy=SeededEntropy("seed"),
        pack=hostile_pack(folder, names),
        daily_backup=False,
    )
    name = names[0][:NAME_LENGTH]
    assert not isinstance(world.players.add(name), Refusal)
    try:
        async with make_app(world, name, room="cases").run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            cases = pilot.app.screen.query_one(CaseList)
            assert {case.name for case in cases.rows} == set(HOSTILE_NAMES)
            for case in cases.rows:
                assert case.name[:8] in "\n".join(rows_of(pilot, CaseList))
                await go(pilot, "down")
            await go(pilot, "home", "right")
            for prize in HOSTILE_NAMES:
                assert prize[:8] in "\n".join(rows_of(pilot, OddsList))
            if name == HOSTILE_NAMES[0]:
                await picture(pilot, "80x24")
            figures = ""
            for _ in case_of(world).odds.entries:
                figures += text_of(pilot, "#figures")
                await go(pilot, "down")
            assert all(prize[:8] in figures for prize in HOSTILE_NAMES)
            await go(pilot, "left")
            for _ in HOSTILE_NAMES:
                await go(pilot, "v", "escape", "n", "escape", "down")
            await go(pilot, "slash", *"[b", "escape", "home", "enter", "a", "l", "l", "s")
            assert pilot.app.is_running
    finally:
        world.close()


# Rich cases


def title_of(pilot: Pilot[Any]) -> str:
    """What stands in the lower edge of the case."""
    return str(pilot.app.screen.query_one("#case").border_subtitle)


def test_entries_of_a_group_are_one_row_with_their_sum_until_it_is_unfolded(
    rich_world: World,
) -> None:
    table = case_of(rich_world, "arms").odds
    blades, cushion, pip = odds_rows(table)
    assert isinstance(blades, GroupRow)
    assert [table.entries[n].name[:7] for n in entries_of(blades)] == [
        "Crown", "★ StatT", "Blade 2", "Blade 3",
    ]  # fmt: skip
    assert (cushion, pip) == (EntryRow(5), EntryRow(4)), "one of a group alone is an entry"
    below = [EntryRow(number, grouped=True) for number in blades.entries]
    assert odds_rows(table, {blades}) == [blades, *below, cushion, pip]


async def test_enter_right_and_a_click_unfold_a_group_and_fold_it_again(
    rich_world: World, make_app: MakeApp, picture: Picture
) -> None:
    app = make_app(rich_world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "end", "right")
        odds = pilot.app.screen.query_one(OddsList)
        folded = rows_of(pilot, OddsList)
        assert "+ 4 Blades" in folded[0]
        assert "400–12,000" in folded[0]
        assert "1.00 %" in folded[0]
        assert "half have it by 69, 99 % by 459" in title_of(pilot)
        await picture(pilot, "folded")
        assert "Unfold" in pilot.app.screen.query_one(KeyBar).render().plain
        await go(pilot, "down")
        assert "Unfold" not in pilot.app.screen.query_one(KeyBar).render().plain
        await go(pilot, "up")
        for key in ("enter", "right"):
            await go(pilot, key)
            assert odds.count == 7
            assert odds.cursor == 0
            await go(pilot, key if key == "enter" else "left")
            assert rows_of(pilot, OddsList) == folded
        await pilot.click(OddsList, offset=(8, 0))
        await settle(pilot)
        assert odds.count == 7
        await go(pilot, "down", "down")
        assert odds.entry is not None
        await picture(pilot, "unfolded")
        await go(pilot, "left")
        assert pilot.app.screen.query_one(CaseList).has_focus
        await go(pilot, "right", "enter")
        assert isinstance(pilot.app.screen, RevealScreen), "on an entry enter opens the case"


async def test_pools_are_shown_apart_and_nothing_is_told_as_nothing(
    rich_world: World, make_app: MakeApp, picture: Picture
) -> None:
    async with make_app(rich_world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        lines = [line.strip() for line in rows_of(pilot, OddsList)]
        assert lines[0] == "2 rolls of these 3"
        assert "Nothing" in lines[3]
        assert lines[4] == "1 roll of these 2"
        assert "3 rolls" in text_of(pilot, "#figures")
        await go(pilot, "right")
        assert "a case" in text_of(pilot, "#figures"), "a pool's row is no prize"
        await go(pilot, "down", "down", "down")
        assert "gives no item" in text_of(pilot, "#figures")
        assert not title_of(pilot), "nobody waits for nothing"
        await picture(pilot, "80x24")


async def test_the_guarantee_says_how_far_it_is_and_chances_are_those_of_now(
    rich_world: World, make_app: MakeApp, picture: Picture
) -> None:
    player, since = player_of(rich_world), 0
    while since < 7:
        opening = player.cases.open("banner")
        assert not isinstance(opening, Refusal)
        player.reveals.revealed(opening.operation)
        since = 0 if opening.rolls[0].entry == "Crown" else since + 1
    case = case_of(rich_world, "banner")
    async with make_app(rich_world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "down")
        assert f"legendary for sure within 10, {10 - since} to go" in title_of(pilot)
        await go(pilot, "right")
        risen = case.odds.parts_at(since)[0]
        assert f"{percent(risen)} now" in text_of(pilot, "#figures")
        assert "usually   1.00 %" in text_of(pilot, "#figures")
        assert percent(risen) in rows_of(pilot, OddsList)[0]
        assert ticket_words(case.odds, 0, since) in text_of(pilot, "#promise")
        assert "99 % by 10" in title_of(pilot)
        await picture(pilot, "80x24")


@pytest.mark.parametrize("rarity", list(Rarity))
def test_a_promise_fits_beside_the_list_at_80_columns(rarity: Rarity) -> None:
    entries = (OddsEntry("Pip", 1, rarity, 1_000_000, "pip"),)
    odds = OddsTable("case", 1, entries, guarantee=Guarantee(rarity, MOST_AFTER))
    assert all(len(guarantee_words(odds, since)) <= 40 for since in (0, MOST_AFTER))


def test_many_entries_take_no_more_than_few_for_a_row() -> None:
    table = OddsTable(
        "case",
        100,
        tuple(OddsEntry(f"E{i}", i, Rarity.COMMON, 1_000, f"e{i}") for i in range(1_000)),
    )
    odds = OddsList()
    odds.show(table)
    odds.draw_row(odds.rows[0], 60, current=False)
    measured = odds._columns
    odds.draw_row(odds.rows[999], 60, current=False)
    assert odds._columns is measured


async def test_of_many_cases_the_odds_of_the_one_under_the_cursor_alone_are_asked_for(
    rich_world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.screens.cases.shelf.FEW", 2)
    asked: list[str] = []
    ask = rich_world.catalogue.case

    def noted(case_id: str) -> CaseDetail | Refusal:
        asked.append(case_id)
        return ask(case_id)

    monkeypatch.setattr(rich_world.catalogue, "case", noted)
    async with make_app(rich_world, room="cases").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert set(asked) == {"chest"}
        await go(pilot, "end")
        while len(set(asked)) < 2:
            # They are asked for once the cursor rests.
            await pilot.pause(0.01)
        await settle(pilot)
        assert set(asked) == {"chest", "arms"}
        assert "Arms Case" in str(pilot.app.screen.query_one("#case").border_title)


# Pictures and keys


async def test_picture_of_the_room(world: World, make_app: MakeApp, picture: Picture) -> None:
    async with make_app(world, room="cases").run_test(size=(60, 20)) as pilot:
        await picture(pilot, "60x20")
        await pilot.resize_terminal(80, 24)
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
        await go(pilot, "down", "right", "down", "down")
        await picture(pilot, "an entry")


async def test_picture_without_colour(
    world: World, make_app: MakeApp, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "right")
        await picture(pilot, "80x24")


async def test_the_footer_names_the_keys_for_opening(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="cases").run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        keys = str(pilot.app.screen.query_one(KeyBar).render()).split()
        assert " ".join(keys) == (
            "⏎ Open x Open 10 n Open… v Proof f Fairness / Filter ? Help ^p Palette"
        )
