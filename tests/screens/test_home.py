"""Home: what one has and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseSummary, PlayerCard
from inventui.engine.home.models import NextSteps, QuestSkipped
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine
from inventui.engine.players.models import Grant
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.home import SHOWN, Kind, Waiting
from inventui.screens.home.screen import HomeRoom
from inventui.screens.home.text import lately_text, notes_of, waiting_rows, words
from inventui.screens.registry import ROOMS
from inventui.screens.streets.targets import TargetList
from inventui.widgets.bigpulp.picture import TIPS, BigPulp, speech
from inventui.widgets.entries import title_of
from inventui.widgets.frame.tab_strip import TabStrip
from inventui.widgets.lists.menu import Menu
from inventui.widgets.session import Session, WorldChanged
from inventui.widgets.theme import rarity_mark
from tests.builders import done, opened
from tests.screens.conftest import (
    HOSTILE_NAMES,
    START,
    Picture,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

Make = Callable[..., InventuiApp]


CHEAPEST = CaseSummary(
    "citrus-crate", "Citrus Crate", 150, 1, "Golden Squeezer", 15_000, Rarity.LEGENDARY
)


LINE = ItemLine(
    1, "Pip", Category.COLLECTIBLE, Rarity.COMMON, 8, Status.OWNED, False, 0, "fruit", "🍊"
)


def card(oranges: int, experience: int = 0) -> PlayerCard:
    return PlayerCard(1, "ana", experience, oranges, 25)


async def test_what_waits_stands_above_the_rooms_and_the_cursor_on_the_worthiest(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        view = player_of(world).home.look()
        assert menu.cursor == 0
        waiting = [line.what for line in view.lines[:SHOWN]]
        assert waiting[0] == "Take the daily bonus"
        assert [row.title for row in menu.rows] == waiting + [entry.title for entry in ROOMS[1:]]
        assert waiting[0] in app.screen.query_one(BigPulp).words
        await go(pilot, "enter")
        assert app.current_mode == "streets"


def test_bigpulp_names_what_a_business_costs_and_not_what_the_purse_could_pay() -> None:
    line = Waiting(Kind.BUSINESS, "Find a business", "shop", cost=12_000)
    said = words(NextSteps((line,), "", START), 0, card(400), CHEAPEST)
    assert "12,000" in said
    assert "could" not in said


async def test_a_line_leads_to_the_pane_that_it_is_about(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        await go(pilot, "enter")
        assert (app.current_mode, app.screen.query_one(TabStrip).active) == ("streets", "daily")
        await go(pilot, "d", "@home")
        menu = app.screen.query_one(Menu)
        assert menu.row is not None
        assert menu.row.title.startswith("Work one of")
        await go(pilot, "enter")
        assert (app.current_mode, app.screen.query_one(TabStrip).active) == ("streets", "play")


async def test_a_new_player_is_led_by_quests_each_of_which_a_key_skips(
    tmp_path: Path, clock: FrozenClock, make_app: Make
) -> None:
    with World.open(tmp_path / "base.db", clock=clock, daily_backup=False) as world:
        world.players.add("ana")
        done(world.grant("ana", item="bent-straw"), Grant)
        app = make_app(world)
        async with app.run_test() as pilot:
            await settle(pilot)
            menu = app.screen.query_one(Menu)
            assert menu.row is not None
            assert (menu.row.title, menu.row.short) == ("Quest 1/7: Open a case", "+🍊 50")
            assert "Quest 1/7" in app.screen.query_one(BigPulp).words
            assert "s Skip quest" in text_of(app).splitlines()[-1]
            await go(pilot, "s")
            assert menu.row.title == "Quest 2/7: Sell a find"
            await go(pilot, "enter")
            assert app.current_mode == "inventory"
        assert [line.skipped for line in player_of(world).quests.list()] == [True] + [False] * 6


async def test_a_line_of_what_waits_names_its_room_and_gives_it_up_before_its_figure(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        row = menu.rows[0]
        assert row.room == title_of(ROOMS, "streets", "daily") == "Bonus"
        wide, narrow = (menu.draw_row(row, cells, current=False)[0].plain for cells in (60, 48))
    assert wide.rstrip().endswith(f"Bonus · {row.note}")
    assert narrow.rstrip().endswith(row.note)
    assert "Bonus ·" not in narrow


async def test_the_cursor_never_stands_on_what_the_purse_cant_pay(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        case = next(row for row in menu.rows if row.id.startswith("case:"))
        menu.move_to(menu.rows.index(case))
        await settle(pilot)
        player = player_of(world)
        while player.card().oranges >= 150:
            done(player.cases.open("citrus-crate", 1), Opening)
        app.post_message(WorldChanged())
        await settle(pilot)
        assert menu.row is not None
        assert menu.row.id != case.id


async def test_bigpulp_speaks_of_another_line_each_time_home_is_entered(
    world: World, make_app: Make
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        pulp, said = app.screen.query_one(BigPulp), []
        for _ in range(3):
            said.append(pulp.words)
            await go(pilot, "@wallet", "@home")
        assert "Take the daily bonus" in said[0]
        assert len(set(said)) == 3


async def test_enter_leads_where_the_chosen_line_says(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        for key in ("down", "end"):
            await go(pilot, "@home", key)
            lines = player_of(world).home.look().lines[:SHOWN]
            slugs = [line.room for line in lines] + [entry.slug for entry in ROOMS[1:]]
            slug = slugs[menu.cursor]
            await go(pilot, "enter")
            assert app.current_mode == slug


@pytest.mark.parametrize(
    ("kind", "room", "target", "told"),
    [
        (Kind.ESCROW, "inventory", "7", lambda session: session.take_player_item() == 7),
        (Kind.TRADE, "trades", "7", lambda session: session.take_trade() == 7),
        (Kind.SET, "collections", "crate", lambda session: session.take_case() == "crate"),
        (Kind.CASE, "cases", "crate", lambda session: session.take_case() == "crate"),
        (Kind.FRIEND, "people", "bob", lambda session: session.take_whom() == "bob"),
        (Kind.WEAR, "inventory", "7", lambda session: session.take_player_item() == 7),
        (Kind.ROB, "streets", "bob", lambda session: session.take_whom() == "bob"),
        (Kind.GOAL, "cases", "crate", lambda session: session.take_case() == "crate"),
        (Kind.GOAL, "people", "bob", lambda session: session.take_whom() == "bob"),
        (Kind.HOME, "shop", "", lambda session: session.take_category() is Category.HOUSING),
        (Kind.GEMS, "shop", "hat", lambda session: session.take_ware() == "hat"),
        (
            Kind.BUSINESS,
            "shop",
            "",
            lambda session: session.take_category() is Category.BUSINESS,
        ),
    ],
)
async def test_a_line_leads_to_what_it_is_about(
    kind: Kind,
    room: str,
    target: str,
    told: Callable[[Session], bool],
    filled_world: World,
    make_app: Make,
) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        home = app.screen
        assert isinstance(home, HomeRoom)
        assert home._state is not None
        line = Waiting(kind, "what", room, target=target)
        home._state = replace(home._state, view=replace(home._state.view, lines=(line,)))
        home._show()
        home.query_one(Menu).move_to(0)
        entered: list[object] = []
        home.enter_room = lambda slug, part=None: entered.append(slug)  # type: ignore[method-assign]
        await go(pilot, "enter")
        assert entered == [room]
        assert told(app.session)


async def test_each_line_of_the_evening_leads_to_the_row_that_it_names(
    tmp_path: Path, clock: FrozenClock, make_app: Make
) -> None:
    with World.open(tmp_path / "base.db", clock=clock, daily_backup=False) as world:
        world.players.add("ana")
        ana = player_of(world)
        while ana.quests.list()[-1].ended_at is None:
            done(ana.quests.skip(), QuestSkipped)
        world.players.neighbours()
        for _ in range(5):
            done(world.grant("ana", item="market-stamp"), Grant)
            done(world.grant("ana", item="second-squeeze-lemon"), Grant)
        app = make_app(world)
        async with app.run_test() as pilot:
            await settle(pilot)
            rob = await _follow(pilot, Kind.ROB)
            assert app.screen.query_one(TabStrip).active == "rob"
            target = app.screen.query_one(TargetList).row
            assert target is not None
            assert (target.name, target.refusal) == (rob.target, None)
            fuse = await _follow(pilot, Kind.FUSE)
            assert app.screen.query_one(TabStrip).active == fuse.target == "uncommon"


async def _follow(pilot: Pilot[None], kind: Kind) -> Waiting:
    """Choose the first line of a kind on Home; the line."""
    await go(pilot, "@home")
    menu = pilot.app.screen.query_one(Menu)
    lines = player_of(pilot.app.session.world).home.look().lines  # type: ignore[attr-defined]
    line = next(line for line in lines if line.kind is kind)
    menu.move_to([row.id for row in menu.rows].index(line.id))
    await go(pilot, "enter")
    assert pilot.app.current_mode == line.room
    return line


async def test_the_menu_moves_by_arrows_by_hjkl_and_by_mouse(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        last = len(menu.rows) - 1
        seen = []
        for key in ("down", "j", "k", "end", "down", "up", "home", "up"):
            await go(pilot, key)
            seen.append(menu.cursor)
        assert seen == [1, 2, 1, last, last, last - 1, 0, 0]
        room = next(i for i, row in enumerate(menu.rows) if row.id == ROOMS[1].slug)
        corner = menu.content_region.offset
        await pilot.click(offset=(corner.x + 6, corner.y + room))
        await settle(pilot)
        assert app.current_mode == ROOMS[1].slug


async def test_a_menu_that_goes_on_out_of_sight_says_so(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        menu = app.screen.query_one(Menu)
        assert len(menu.rows) > len(ROOMS)
        lines = [menu.render_line(y).text for y in range(menu.size.height)]
        assert [line[-1] for line in lines] == [" "] * (len(lines) - 1) + ["↓"]
        await go(pilot, "end")
        lines = [menu.render_line(y).text for y in range(menu.size.height)]
        assert [line[-1] for line in lines] == ["↑"] + [" "] * (len(lines) - 1)
        assert "Settings" in lines[-1]


async def test_home_says_what_enter_would_do(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await go(pilot, "end")
        assert str(app.screen.query_one(Menu).border_subtitle) == ROOMS[-1].help


async def test_who_comes_back_home_finds_the_cursor_on_the_top_line_and_after_a_dialog_where_it_was(
    world: World, make_app: Make
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "down", "down", "question_mark", "escape")
        menu = pilot.app.screen.query_one(Menu)
        assert menu.cursor == 2
        await go(pilot, "@wallet", "@home")
        assert menu.cursor == 0


async def test_home_looks_again_each_minute_for_what_comes_and_ends_by_itself(
    world: World, make_app: Make, clock: FrozenClock
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await go(pilot, "enter", "d", "@home")
        home = pilot.app.screen
        assert isinstance(home, HomeRoom)
        rows = [row.title for row in home.query_one(Menu).rows]
        assert "Take the daily bonus" not in rows
        clock.advance(DAY)
        home._minute()
        await settle(pilot)
        assert "Take the daily bonus" in [row.title for row in home.query_one(Menu).rows]


@pytest.mark.parametrize(
    ("left", "said"),
    [(DAY, "1 d 00 h"), (HOUR, "1 h 00 min"), (HOUR - 1, "59 min"), (1, "1 min")],
)
def test_home_tells_the_time_left_in_no_less_than_minutes(left: int, said: str) -> None:
    line = Waiting(Kind.MARKET, "The market turns", "black_market", until=START + left)
    assert notes_of(line, START)[0] == said


async def test_no_line_that_names_something_of_the_base_pack_is_cut_at_80_columns(
    world: World, make_app: Make
) -> None:
    pack = load_pack(base_pack())
    lines = [
        Waiting(Kind.GEMS, f"Buy {item.name}", "shop", target=item.id, gems=item.price_gems)
        for item in pack.items
        if item.price_gems and not item.price_oranges
    ]
    lines += [
        Waiting(Kind.ROB, f"Rob {one.name}: 95 %", "streets", 1_000, target=one.name)
        for one in pack.neighbours
    ]
    lines.append(Waiting(Kind.BUSINESS, "A business in ~1,000 shifts", "shop", cost=12_000))
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        menu = pilot.app.screen.query_one(Menu)
        for row in (row for line in lines for row in waiting_rows([line], ROOMS, START)):
            (drawn,) = menu.draw_row(row, menu.size.width, current=False)
            assert row.title in drawn.plain
            assert row.short in drawn.plain


def test_what_asks_for_gems_says_how_many() -> None:
    line = Waiting(Kind.GEMS, "Buy Hat", "shop", target="hat", gems=1_200)
    assert notes_of(line, START) == ("💎 1,200", "💎 1,200")


async def test_no_words_of_what_enter_would_do_are_cut_at_80_columns(
    world: World, make_app: Make
) -> None:
    async with make_app(world).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        menu = pilot.app.screen.query_one(Menu)
        for at, row in enumerate(menu.rows):
            menu.move_to(at)
            await settle(pilot)
            said = str(menu.border_subtitle)
            assert said in text_of(pilot.app), row.id  # type: ignore[arg-type]


async def test_home_counts_and_values_what_is_owned(filled_world: World, make_app: Make) -> None:
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        text = str(app.screen.query_one("#card", Static).content)
        statistics = app.session.player.inventory.statistics()  # type: ignore[union-attr]
        assert f"{statistics.total_items} things worth 🍊 {statistics.total_value:,}" in text
        newest = str(app.screen.query_one("#lately", Static).content).splitlines()[0]
        assert "Black Orchid" in newest


def test_bigpulp_speaks_of_what_matters_most() -> None:
    assert "Citrus Crate costs 150" in speech(card(5_000), 0, CHEAPEST, START)
    assert "Sell a thing" in speech(card(149, 300), 4, CHEAPEST, START)
    assert "The cheapest case costs 150" in speech(card(149, 300), 0, CHEAPEST, START)
    assert "100 xp to your next rank" in speech(card(5_000, 900), 4, CHEAPEST, START)
    assert "No case is on sale" in speech(card(5_000), 0, None, START)


def test_bigpulp_has_another_tip_each_day() -> None:
    said = {speech(card(5_000, 100), 4, CHEAPEST, START + day * DAY) for day in range(len(TIPS))}
    assert said == set(TIPS)


async def test_the_footer_names_the_keys_of_the_menu(world: World, make_app: Make) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert foot.startswith(" ⏎ Choose  ? Help ")


async def test_hostile_names_are_shown_as_they_are(
    filled_world: World, clock: FrozenClock, make_app: Make
) -> None:
    app = make_app(filled_world)
    for number, name in enumerate(HOSTILE_NAMES):
        filled_world.players.add(name, key=f"hostile-{number}")
    async with app.run_test() as pilot:
        await settle(pilot)
        for name in HOSTILE_NAMES:
            await app.play_as(player_of(filled_world, name))
            await settle(pilot)
            said = app.screen.query_one("#card", Static).content
            assert name[:9] in str(said)
            assert not any("click" in str(span.style) for span in said.spans)


# Pictures


async def test_picture_of_a_new_player(world: World, make_app: Make, picture: Picture) -> None:
    async with make_app(world).run_test() as pilot:
        await picture(pilot)


async def test_picture_of_a_player_with_history(
    filled_world: World, make_app: Make, picture: Picture
) -> None:
    async with make_app(filled_world).run_test() as pilot:
        await go(pilot, "down")
        for width, height in ((60, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_without_colour_the_choice_is_marked_by_a_sign(
    filled_world: World, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(filled_world)
    async with app.run_test() as pilot:
        await go(pilot, "down")
        assert "▸ Work one of 40 shifts" in text_of(app)
        assert text_of(app).count("▸") == 1


def test_equal_things_of_lately_are_one_line_with_how_many(world: World) -> None:
    ana = player_of(world)
    opened(ana, "citrus-crate", 20)
    page = ana.inventory.page(InventoryQuery(), limit=12)
    assert isinstance(page, InventoryPage)
    names = [item.name for item in page.items]
    lines = lately_text(page.items, 0, 60, 12).plain.split("\n")
    assert len(lines) == len(set(names)) < len(names)
    assert lines[0].split("  ")[0].startswith(rarity_mark(page.items[0].rarity).plain)
    for name in set(names):
        (line,) = (line for line in lines if name in line)
        assert (f"{name} ×{names.count(name)} " in line) is (names.count(name) > 1)


@pytest.mark.parametrize("cells", [28, 60])
def test_lately_names_in_full_what_the_base_pack_calls_it_and_gives_up_its_value_first(
    cells: int,
) -> None:
    for entry in load_pack(base_pack()).items:
        line = replace(LINE, name=entry.name, value=1_000_000)
        assert entry.name in lately_text((line,), 0, cells, 1).plain
    assert lately_text((replace(LINE, name="Pip"),), 0, cells, 1).plain.count("8") == 1
