"""The trades' room: what waits stands first, keys do what they say, refusals change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from textual.widgets import Input, Static

from inventui.app.app import InventuiApp
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.trades.models import TradeView
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.trades.trades import DURATION, MOST_THINGS, TradeEvent, TradeState
from inventui.screens.trades.details import TradeDetailsDialog
from inventui.screens.trades.editor import TradeEditor
from inventui.screens.trades.list import TradeList
from inventui.screens.trades.pane import TradeFacts, facts_of_trade
from inventui.screens.trades.screen import TradesRoom
from inventui.screens.trades.text import trade_rows
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle
from tests.worlds.shop import text_of
from tests.worlds.trades import end, have, offer, seen, traded_world, trades_of, trades_world

App = Callable[..., InventuiApp]

__all__ = ["traded_world", "trades_world"]


def listed(app: InventuiApp) -> TradeList:
    return app.screen.query_one(TradeList)


def said(app: InventuiApp) -> list[str]:
    """What toasts have told."""
    return [toast.message for toast in app._notifications]


def facts(app: InventuiApp) -> str:
    """What the pane says."""
    return app.screen.query_one(TradeFacts).render().plain


def point_at(app: InventuiApp, state: TradeState, *, mine: bool = False) -> TradeView:
    """Put the cursor on a trade of a kind."""
    trades = listed(app)
    at = next(i for i, t in enumerate(trades.rows) if t.state is state and t.mine is mine)
    trades.move_to(at)
    return trades.rows[at]


# The list


async def test_what_waits_for_me_stands_first_then_my_open_offers_then_what_is_over(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        trades = listed(app)
        assert [(t.other, t.state, t.mine) for t in trades.rows] == [
            ("bo", TradeState.OPEN, False),
            ("cy", TradeState.OPEN, False),
            ("cy", TradeState.OPEN, True),
            ("bo", TradeState.COUNTERED, True),
            ("cy", TradeState.TAKEN_BACK, True),
            ("bo", TradeState.DECLINED, True),
            ("bo", TradeState.ACCEPTED, False),
        ]
        assert str(trades.border_title) == "Trades · 2 wait for you"
        assert str(trades.border_subtitle) == "1 of yours open"


async def test_the_cursor_stands_on_the_trade_that_the_room_was_entered_for(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        wanted = player_of(traded_world).trades.list().trades[-1].id
        app.session.trade = wanted
        await go(pilot, "@trades")
        row = listed(app).row
        assert row is not None
        assert row.id == wanted
        assert app.session.trade is None


async def test_what_ends_first_wants_its_answer_first(
    trades_world: World, clock: FrozenClock, make_app: App
) -> None:
    offer(trades_world, "bo", "ana", ("Bent Straw",), (), for_oranges=5)
    clock.advance(HOUR)
    offer(trades_world, "cy", "ana", (), ("Bent Straw",), oranges=50)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert [trade.other for trade in listed(app).rows] == ["bo", "cy"]


async def test_the_pane_says_both_sides_the_difference_the_words_and_what_came_before(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        words = facts(app)
        for part in (
            "You give", "You get", "Glass Lemon", "Neon Peel", "oranges", "🍊 2,300", "🍊 2,400",
            "You get 🍊 100 more than you give.", "bo: “Two of them, and we have a deal.”",
            "You can answer for 47 h.",
            "Before, 3 h ago, you offered Glass Lemon and 50 oranges for Neon Peel.",
        ):  # fmt: skip
            assert part in " ".join(words.split()), part
        for _ in range(2):
            # What came before is still known when one comes back.
            await go(pilot, "down")
            assert "Before" not in facts(app)
            await go(pilot, "up")
            assert "Before, 3 h ago" in facts(app)
        point_at(app, TradeState.DECLINED, mine=True)
        await settle(pilot)
        words = " ".join(facts(app).split())
        assert "bo declined your offer, 2 d ago." in words
        assert "bo: “Not for a stamp, dear.”" in words
        assert "Before" not in words


async def test_an_offer_that_runs_out_while_one_looks_is_shown_as_over(
    trades_world: World, clock: FrozenClock, make_app: App
) -> None:
    number = offer(trades_world, "bo", "ana", ("Bent Straw",), (), for_oranges=5)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert [trade.state for trade in listed(app).rows] == [TradeState.OPEN]
        assert str(listed(app).border_title) == "Trades · 1 waits for you"
        clock.advance(DURATION)
        app.screen._grow_older()  # type: ignore[attr-defined]
        await settle(pilot)
        trade = listed(app).row
        assert trade is not None
        assert (trade.id, trade.state) == (number, TradeState.EXPIRED)
        assert "ran out" in facts(app)


async def test_the_best_thing_of_an_offer_is_named_whole_at_sixty_columns(
    trades_world: World, make_app: App
) -> None:
    offer(trades_world, "ana", "bo", ("Bent Straw",), (), for_oranges=5)
    async with make_app(trades_world, room="trades").run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        rows = listed(pilot.app)
        drawn = rows.draw_row(rows.rows[0], rows.content_size.width, current=True)
        assert "· Bent Straw" in "".join(line.plain for line in drawn)


async def test_older_trades_come_as_one_scrolls(trades_world: World, make_app: App) -> None:
    for _ in range(60):
        trade = offer(trades_world, "ana", "bo", ("Bent Straw",), (), for_oranges=5)
        end(trades_world, "ana", trade, TradeEvent.TAKE_BACK)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert listed(app).count == 50
        await go(pilot, "end")
        assert [t.id for t in listed(app).rows] == [t.id for t in all_of(trades_world)]
        offer(trades_world, "ana", "bo", ("Bent Straw",), (), for_oranges=5)
        app.screen.refresh_room()  # type: ignore[attr-defined]
        await settle(pilot)
        assert listed(app).count == 61


def all_of(world: World) -> list[TradeView]:
    return list(player_of(world).trades.list(limit=100).trades)


async def test_another_programs_offer_is_told_and_listed(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        assert app.screen.query_one("#none", Static).display
        await app._watch()
        offer(trades_world, "bo", "ana", ("Neon Peel",), ("Glass Lemon",), message="[b]hi[/]")
        await app._watch()
        await settle(pilot)
        assert said(app)[-1] == "bo offers you Neon Peel for Glass Lemon. “[b]hi[/]”"
        assert [trade.other for trade in listed(app).rows] == ["bo"]
        assert listed(app).display


async def test_the_cursor_goes_on_to_what_an_offer_was_answered_with(
    trades_world: World, make_app: App
) -> None:
    first = offer(trades_world, "ana", "bo", ("Bent Straw",), ("Neon Peel",))
    declined = offer(trades_world, "ana", "cy", ("Bent Straw",), (), for_oranges=9)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "down")
        await app._watch()
        answer = offer(trades_world, "bo", "ana", ("Bent Straw",), ("Bent Straw",), answers=first)
        end(trades_world, "cy", declined, TradeEvent.DECLINE)
        await app._watch()
        await settle(pilot)
        trade = listed(app).row
        assert trade is not None
        assert (trade.id, trade.counter_of, trade.waits_for_me) == (answer, first, True)
        point_at(app, TradeState.COUNTERED, mine=True)
        app.screen.refresh_room()  # type: ignore[attr-defined]
        await settle(pilot)
        assert listed(app).row is not None
        assert listed(app).row.id == first  # type: ignore[union-attr]


async def test_a_notification_about_a_trade_leads_here(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await app._watch()
        offer(trades_world, "bo", "ana", ("Neon Peel",), ("Glass Lemon",))
        await app._watch()
        await settle(pilot)
        assert "Go to Trades" in said(app)[-1]
        await go(pilot, "ctrl+g")
        assert isinstance(app.screen, TradesRoom)
        await go(pilot, "@notifications", "enter")
        assert isinstance(app.screen, TradesRoom)


# Answering


async def test_accepting_says_both_sides_asks_and_moves_everything(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "a")
        assert isinstance(app.screen, ConfirmDialog)
        asked = str(app.screen.query_one(".text", Static).content)
        assert "Glass Lemon ×2" in asked
        assert "🍊 2,300" in asked
        assert "Neon Peel" in asked
        before = player_of(traded_world).card().oranges
        await go(pilot, "enter")
        assert player_of(traded_world).card().oranges == before - 900
        assert listed(app).row is not None
        assert listed(app).row.state is TradeState.ACCEPTED  # type: ignore[union-attr]
        words = "You have Neon Peel now; bo has Glass Lemon ×2 and 900 oranges."
        assert said(app)[-1].startswith(words)
        await go(pilot, "ctrl+g")
        assert app.current_mode == "inventory"


async def test_an_offer_that_is_left_alone_stays_open(traded_world: World, make_app: App) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        before = traded_world.version_token()
        for key in ("a", "d", "c"):
            await go(pilot, key, "escape")
            assert isinstance(app.screen, TradesRoom)
        point_at(app, TradeState.OPEN, mine=True)
        await go(pilot, "x", "escape")
        assert traded_world.version_token() == before


async def test_declining_takes_a_word_along(traded_world: World, make_app: App) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "d")
        assert isinstance(app.screen, InputDialog)
        number = listed_below(app)
        await go(pilot, *"No", "space", *"deal", "enter")
        view = seen(traded_world, "bo", number)
        assert (view.state, view.answer) == (TradeState.DECLINED, "No deal")
        assert said(app)[-1] == "bo is told that you declined."


def listed_below(app: InventuiApp) -> int:
    """The trade under the cursor of the room below a dialog."""
    trade = app.screen_stack[0].query_one(TradeList).row
    assert trade is not None
    return trade.id


async def test_a_word_of_200_characters_goes_along_and_one_more_keeps_the_question(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "d")
        number = listed_below(app)
        before = traded_world.version_token()
        app.screen.query_one(Input).value = "x" * 201
        await go(pilot, "enter")
        assert isinstance(app.screen, InputDialog)
        assert "200 characters" in str(app.screen.query_one("#fault", Static).content)
        assert traded_world.version_token() == before
        app.screen.query_one(Input).value = "x" * 200
        await go(pilot, "enter")
        assert isinstance(app.screen, TradesRoom)
        view = seen(traded_world, "bo", number)
        assert (view.state, view.answer) == (TradeState.DECLINED, "x" * 200)


async def test_taking_back_gives_back_what_was_held(traded_world: World, make_app: App) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        trade = point_at(app, TradeState.OPEN, mine=True)
        before = player_of(traded_world).card().oranges
        await go(pilot, "x", "enter")
        assert seen(traded_world, "ana", trade.id).state is TradeState.TAKEN_BACK
        assert player_of(traded_world).card().oranges == before + 5
        assert said(app)[-1] == "You have Lime Letters, Market Stamp and 5 oranges back."


NO_DEEDS = (
    (TradeState.OPEN, False, "x", "bo made this offer: decline it instead."),
    (TradeState.OPEN, True, "a", "You made this offer: it is cy who answers it."),
    (TradeState.OPEN, True, "d", "You made this offer: take it back instead."),
    (TradeState.OPEN, True, "c", "You made this offer: take it back and make another."),
    (TradeState.ACCEPTED, False, "a", "This trade is done: it was accepted."),
    (TradeState.DECLINED, True, "x", "This offer is over: it was declined."),
    (TradeState.COUNTERED, True, "x", "This offer is over: it was answered with another"),
)
"""A trade's state, whether it is one's own offer, a key that can do nothing, and why."""


async def test_a_key_that_can_do_nothing_says_why_and_changes_nothing(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        before = traded_world.version_token()
        for state, mine, key, reason in NO_DEEDS:
            point_at(app, state, mine=mine)
            app.clear_notifications()
            await go(pilot, key)
            assert len(said(app)) == 1
            assert said(app)[-1].startswith(reason)
            assert isinstance(app.screen, TradesRoom)
        assert traded_world.version_token() == before


async def test_what_cant_be_accepted_any_more_says_why_in_pane_and_toast(
    traded_world: World, make_app: App
) -> None:
    lemons = [line.id for line in trades_of(traded_world)[2].give.player_items]
    player_of(traded_world).inventory.lock(lemons[:1], True)
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await settle(pilot)
        before = traded_world.version_token()
        assert "✗ Glass Lemon is locked: unlock it first." in facts(app)
        await go(pilot, "a")
        assert said(app)[-1] == "Glass Lemon is locked: unlock it first."
        assert isinstance(app.screen, TradesRoom)
        assert traded_world.version_token() == before


async def test_an_offer_that_ended_elsewhere_meanwhile_is_told_plainly(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "a")
        number = listed_below(app)
        end(traded_world, "bo", number, TradeEvent.TAKE_BACK)
        before = traded_world.version_token()
        await go(pilot, "enter")
        assert any("This offer is over: it was taken back." in words for words in said(app))
        assert traded_world.version_token() == before
        trade = next(trade for trade in listed(app).rows if trade.id == number)
        assert trade.state is TradeState.TAKEN_BACK


async def test_pressing_yes_twice_accepts_once(traded_world: World, make_app: App) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await settle(pilot)
        room, trade = app.screen, listed(app).row
        assert isinstance(room, TradesRoom)
        assert trade is not None
        before = player_of(traded_world).card().oranges
        room.actions._end(trade, TradeEvent.ACCEPT)
        room.actions._end(trade, TradeEvent.ACCEPT)
        await settle(pilot)
        assert player_of(traded_world).card().oranges == before - 900


# Others


async def test_enter_shows_all_of_it_and_v_leads_to_their_drawer(
    traded_world: World, make_app: App
) -> None:
    from inventui.screens.drawer import DrawerRoom

    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "enter")
        assert isinstance(app.screen, TradeDetailsDialog)
        assert "Before, 3 h ago, you offered" in " ".join(facts(app).split())
        await go(pilot, "escape", "v")
        assert isinstance(app.screen, DrawerRoom)
        assert app.screen.visiting == "bo"


async def test_c_begins_with_the_old_offer_turned_around(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "c")
        editor = app.screen
        assert isinstance(editor, TradeEditor)
        assert [line.name for line in editor.give.chosen] == ["Glass Lemon"] * 2
        assert (editor.give.oranges, editor.get.oranges) == (900, 0)
        assert [line.name for line in editor.get.chosen] == ["Neon Peel"]
        first = listed_below(app)
        editor.give.entry.value = "100"
        await settle(pilot)
        assert editor.refusal is None
        await go(pilot, "ctrl+s")
        assert isinstance(app.screen, TradesRoom)
        assert seen(traded_world, "ana", first).state is TradeState.COUNTERED
        newest = trades_of(traded_world)[0]
        assert (newest.mine, newest.counter_of, newest.give.oranges) == (True, first, 100)
        assert [line.status for line in newest.give.player_items] == [Status.OFFERED] * 2
        assert listed(app).row is not None
        assert listed(app).row.id == newest.id  # type: ignore[union-attr]


# Words


BESIDE_EDGES = (26, 27, 57, 58, 59, 79)
"""Cells about which sides stand above or beside each other, and the ends of what there is."""


@pytest.mark.parametrize("state", TradeState)
def test_rows_and_facts_fit_and_names_are_text(state: TradeState) -> None:
    for name in HOSTILE_NAMES:
        rows_and_facts_fit(name, state, BESIDE_EDGES, (6, 9, 29))


@pytest.mark.trust
@pytest.mark.parametrize("name", ["[@click=app.quit]x[/]", "界" * 32, "W" * 32])
@pytest.mark.parametrize("state", [TradeState.OPEN, TradeState.ACCEPTED])
def test_rows_and_facts_fit_any_size(name: str, state: TradeState) -> None:
    rows_and_facts_fit(name, state, range(26, 80), range(6, 30))


def rows_and_facts_fit(
    name: str, state: TradeState, widths: Iterable[int], heights: Iterable[int]
) -> None:
    for equal in (1, 8):
        trade_fits(a_trade(name, state, equal=equal), widths, heights)
    assert "×8" in trade_rows(a_trade("x", state, equal=8), 5, 99, current=True)[1].plain


def trade_fits(trade: TradeView, widths: Iterable[int], heights: Iterable[int]) -> None:
    name = trade.other
    for width in widths:
        for row in trade_rows(trade, 5, width, current=True):
            assert row.cell_length <= width
            assert not any("click" in str(span.style) for span in row.spans)
        for height in heights:
            lines = facts_of_trade(trade, (trade,), width, height, 5)
            assert len(lines) <= height
            assert all(line.cell_length <= width for line in lines)
    assert name in "".join(row.plain for row in trade_rows(trade, 5, 99, current=True))


def a_trade(name: str, state: TradeState, player_items: int = 8, *, equal: int = 1) -> TradeView:
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.trades.models import TradeSide

    def side(who: str) -> TradeSide:
        lines = tuple(
            ItemLine(number, name, Category.COLLECTIBLE, Rarity.RARE, 10**12 + number // equal,
                     Status.OWNED, False, 0, "", "")
            for number in range(player_items)
        )  # fmt: skip
        return TradeSide(who, False, lines, 2**53 - 1, 2**53 - 1)

    return TradeView(
        1, state, False, side("ana"), side(name), name * 6, name * 6, 0, 2 * DAY, None, None, None
    )


async def test_the_question_has_room_for_the_largest_offer(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "ana", "squeezer", "link", "wide")
    have(trades_world, "bo", "lemon", "spoon", "link", "wide")
    page = player_of(trades_world).trades.wares("bo", InventoryQuery())
    assert isinstance(page, InventoryPage)
    names = tuple({line.name for line in page.items})
    assert len(names) == MOST_THINGS
    offer(trades_world, "bo", "ana", names, names, oranges=5_000, for_oranges=4_999)
    app = make_app(trades_world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "a")
        said = app.screen.query_one("#said")
        assert said.virtual_size.height <= said.size.height
        asked = str(app.screen.query_one(".text", Static).content)
        for name in names:
            assert asked.count(name[:8]) == 2, name
        assert "You get 🍊 1 more than you give." in asked


async def test_the_footer_holds_the_keys_of_the_trade_under_the_cursor(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        for state, mine, keys in (
            (TradeState.OPEN, False, "a Accept  d Decline  c Counter  o New offer  v Drawer"),
            (TradeState.OPEN, True, "x Take back  o New offer  v Drawer"),
            (TradeState.ACCEPTED, False, "o New offer  v Drawer"),
        ):
            await settle(pilot)
            point_at(app, state, mine=mine)
            await settle(pilot)
            assert text_of(app).split("\n")[-1].split("  ? Help ")[0].strip() == keys


async def test_below_72_columns_the_list_stands_above_the_pane(
    traded_world: World, make_app: App
) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(size=(72, 24)) as pilot:
        for columns, wide, high in ((72, 37, 21), (71, 71, 8)):
            await pilot.resize_terminal(columns, 24)
            await settle(pilot)
            assert listed(app).region.size == (wide, high)


def test_from_58_cells_on_the_sides_stand_beside_each_other() -> None:
    for width, beside in ((58, True), (57, False)):
        first = facts_of_trade(a_trade("bo", TradeState.OPEN), (), width, 30, 5)[0].plain
        assert (" │ " in first) is beside


# Pictures


async def test_picture_without_trades(trades_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")


async def test_pictures_of_trades(traded_world: World, make_app: App, picture: Picture) -> None:
    app = make_app(traded_world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")
        await go(pilot, "enter")
        await picture(pilot, "all of it")
        await go(pilot, "escape", "a")
        await picture(pilot, "question")
        await go(pilot, "escape")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")
        await pilot.resize_terminal(120, 40)
        point_at(app, TradeState.DECLINED, mine=True)
        await picture(pilot, "120x40")


async def test_picture_of_an_offer_as_large_as_there_is_with_hostile_words(
    trades_world: World, make_app: App, picture: Picture
) -> None:
    name = HOSTILE_NAMES[0]
    trades_world.players.add(name, key="hostile")
    have(trades_world, name, *["link"] * 4, *["wide"] * 4)
    have(trades_world, "ana", *["straw"] * 6)
    links = ("[@click=app.quit]free gems[/]",) * 4 + ("界" * 20,) * 4
    message = ("[bold]x[/nope] %s {0} " * 9)[:200].strip()
    offer(trades_world, name, "ana", links, ("Bent Straw",) * 8, oranges=77, for_oranges=4_000,
          message=message)  # fmt: skip
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")


async def test_trades_without_colour_are_told_apart_by_words_and_signs(
    traded_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(traded_world, room="trades")
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        for words in ("answer ", "waits ", "⇄ countered", "↩ taken back", "✗ declined", "▸ bo"):
            assert words in shown, words
