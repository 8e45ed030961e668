"""The wallet: balances, chart, ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.content import Content

from inventui.app.app import InventuiApp
from inventui.engine.history.models import LedgerLine
from inventui.engine.world import World
from inventui.rules.core.clock import MINUTE, FrozenClock
from inventui.rules.core.money import Currency
from inventui.screens.wallet import PAGE
from inventui.screens.wallet_list import LedgerList, what
from inventui.widgets.canvas.chart import columns, plot_text, short
from inventui.widgets.frame.key_bar import KeyBar
from tests.screens.conftest import START, Picture, go, player_of, settle

Make = Callable[..., InventuiApp]


def grant_often(world: World, clock: FrozenClock, times: int) -> None:
    for index in range(times):
        clock.advance(MINUTE)
        world.grant("ana", oranges=1 + index, key=f"often-{index}")


async def test_the_ledger_loads_as_one_scrolls_until_its_end(
    world: World, clock: FrozenClock, make_app: Make
) -> None:
    grant_often(world, clock, 2 * PAGE + 10)
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await settle(pilot)
        ledger = app.screen.query_one(LedgerList)
        assert ledger.count == PAGE
        for _ in range(4):
            await go(pilot, "end")
        total = player_of(world).wallet.ledger().total
        assert ledger.count == total == 2 * PAGE + 12
        assert ledger.cursor == total - 1
        await pilot.click(LedgerList, offset=(5, 1))
        assert ledger.cursor == int(ledger.scroll_y) + 1 > PAGE, "a click chooses what is seen"
        await go(pilot, "t")
        assert ledger.cursor == 0


async def test_a_new_line_comes_before_the_others_and_the_cursor_stays_on_its_line(
    world: World, clock: FrozenClock, make_app: Make
) -> None:
    grant_often(world, clock, PAGE + 40)
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, *["pagedown"] * 14)
        ledger = app.screen.query_one(LedgerList)
        before, known = ledger.rows[ledger.cursor], ledger.count
        assert ledger.cursor > PAGE
        world.grant("ana", gems=3, key="later")
        await app._look()
        await settle(pilot)
        assert ledger.count == known + 1
        assert ledger.rows[ledger.cursor] == before
        assert ledger.rows[0].currency is Currency.GEMS


async def test_after_a_new_line_older_ones_go_on_where_they_ended(
    world: World, clock: FrozenClock, make_app: Make
) -> None:
    grant_often(world, clock, 2 * PAGE + 10)
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, "end")
        ledger = app.screen.query_one(LedgerList)
        assert ledger.count == 2 * PAGE
        world.grant("ana", gems=3, key="later")
        await app._look()
        await settle(pilot)
        for _ in range(3):
            await go(pilot, "end")
        numbers = [line.id for line in ledger.rows]
        assert numbers == sorted(set(numbers), reverse=True)
        assert len(numbers) == player_of(world).wallet.ledger().total


async def test_the_filter_shows_one_currency_after_the_other(
    filled_world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(filled_world, room="wallet")
    async with app.run_test() as pilot:
        await settle(pilot)
        ledger = app.screen.query_one(LedgerList)
        seen = []
        for _ in range(4):
            seen.append({line.currency for line in ledger.rows})
            await go(pilot, "f")
        assert seen == [
            {Currency.ORANGES, Currency.GEMS},
            {Currency.ORANGES},
            {Currency.GEMS},
            {Currency.EXPERIENCE},
        ]
        assert len({line.currency for line in ledger.rows}) == 2, "all of them again"
        await go(pilot, "down", "down")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_older_lines_are_of_the_chosen_currency_too(
    world: World, clock: FrozenClock, make_app: Make
) -> None:
    for index in range(5):
        world.grant("ana", gems=1, key=f"gem-{index}")
    grant_often(world, clock, PAGE + 10)
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, "f", "end", "end", "end")
        ledger = app.screen.query_one(LedgerList)
        wanted = player_of(world).wallet.ledger(currency=Currency.ORANGES, limit=1_000).lines
        assert PAGE < len(wanted) < player_of(world).wallet.ledger().total
        assert list(ledger.rows) == list(wanted)


async def test_the_line_under_the_cursor_is_told_exactly_and_the_footer_names_the_keys(
    world: World, make_app: Make, picture: Picture
) -> None:
    app = make_app(world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, "end")
        told = str(app.screen.query_one("#book").border_subtitle)
        assert "Starting money" in told
        assert "2026-11-20 18:00:00 UTC" in told
        keys = str(app.screen.query_one(KeyBar).render()).split()
        assert " ".join(keys) == "f Filter t Newest ? Help ^p Palette"
        await go(pilot, "home")
        await picture(pilot, "80x24")


def test_a_reward_is_called_after_what_it_is_for() -> None:
    def said(cause: str) -> str:
        return what(LedgerLine(1, START, 1, "achievement", Currency.GEMS, 1, 1, "X", cause))

    assert [said(cause) for cause in ("quest", "collection", "achievement")] == [
        "Quest · X", "Collection · X", "Achievement · X",
    ]  # fmt: skip


def test_a_chart_is_exactly_as_large_as_asked() -> None:
    points = [(START + index * MINUTE, value) for index, value in enumerate((0, 5, 3, 9_000, 20))]
    for width in range(20, 120, 7):
        for height in range(3, 20):
            lines = plot_text(points, width, height).split("\n")
            assert len(lines) == height
            assert {line.cell_length for line in lines[:-1]} == {width}
            assert lines[-1].cell_length <= width + 10


@pytest.mark.parametrize("values", [[0], [5_000], [7, 7, 7], [10**12, 10**12 - 1], [0] * 300])
def test_a_chart_of_any_numbers_is_drawn(values: list[int]) -> None:
    points = [(START + index, value) for index, value in enumerate(values)]
    chart = plot_text(points, 60, 8)
    assert isinstance(chart, Content)
    assert short(max(values)) in chart.plain


def test_a_chart_of_nothing_is_empty() -> None:
    assert plot_text([], 60, 8).plain == ""


def test_the_last_column_is_the_present() -> None:
    for width in range(1, 50):
        drawn = columns([1, 2, 3, 4, 5], width)
        assert len(drawn) == width
        assert drawn[-1] == 5
        assert drawn == sorted(drawn)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (9_950, "9,950"), (105_000, "105.0k"), (3_100_000, "3.1M"), (2 * 10**9, "2.0G")],
)
def test_a_number_on_an_axis_is_short(number: int, words: str) -> None:
    assert short(number) == words


async def test_without_colour_signs_tell_what_came_and_what_went(
    filled_world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(filled_world, room="wallet")
    async with app.run_test() as pilot:
        await go(pilot, "down")
        ledger = app.screen.query_one(LedgerList)
        drawn = [ledger.render_line(y).text for y in range(ledger.size.height)]
        for line, text in zip(ledger.rows, drawn, strict=False):
            assert (f"+{line.amount:,}" if line.amount > 0 else f"−{-line.amount:,}") in text
