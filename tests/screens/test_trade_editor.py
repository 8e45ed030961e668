"""Making an offer: with whom, what for what, what it comes to, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from inventui.app.app import InventuiApp
from inventui.engine.trades.models import TradeOffer
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import Sort
from inventui.rules.trades.trades import TradeEvent, TradeState
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.shared.person_dialog import PersonDialog
from inventui.screens.trades.editor import TradeEditor
from inventui.screens.trades.list import TradeList
from inventui.screens.trades.screen import TradesRoom
from inventui.screens.trades.side import BY_VALUE, SidePane, oranges_of, wares
from inventui.widgets.frame.dialogs import ConfirmDialog, InputDialog
from tests.screens.conftest import HOSTILE_NAMES, Picture, go, player_of, settle
from tests.worlds.bazaar import empty_bazaar
from tests.worlds.shop import text_of as drawn
from tests.worlds.trades import end, have, named, offer, seen, trades_of, trades_world

if TYPE_CHECKING:
    from textual.pilot import Pilot

App = Callable[..., InventuiApp]

__all__ = ["empty_bazaar", "trades_world"]


async def edit(pilot: Pilot[Any], other: str = "bo") -> TradeEditor:
    """Begin an offer in an app that is in the trades' room."""
    await settle(pilot)
    room = pilot.app.screen
    assert isinstance(room, TradesRoom)
    room.actions.trading.offer_to(other)
    await settle(pilot)
    editor = pilot.app.screen
    assert isinstance(editor, TradeEditor)
    return editor


def text_of(editor: TradeEditor, selector: str = "#said") -> str:
    return str(editor.query_one(selector, Static).content)


def point_at(side: SidePane, name: str) -> None:
    """Put the cursor on a thing."""
    player_items = side.player_items
    rows = [player_items.pages.row(index) for index in range(player_items.count)]
    player_items.move_to([row.name for row in rows if row is not None].index(name))


async def choose(pilot: Pilot[Any], side: SidePane, *names: str) -> None:
    """Choose things by space."""
    side.player_items.focus()
    for name in names:
        point_at(side, name)
        await go(pilot, "space")


# With whom


async def test_friends_stand_first_then_neighbours_then_the_others(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "o")
        dialog = app.screen
        assert isinstance(dialog, PersonDialog)
        names = [line.name for line in dialog.people.rows]
        assert names == ["bo", "Zest", "Count Bergamot", "cy"]
        await go(pilot, *"berg", "enter")
        assert isinstance(app.screen, TradeEditor)
        assert app.screen.heading == "Offer Count Bergamot"


async def test_who_is_not_here_cant_be_chosen(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "o", *"nobody", "enter")
        assert isinstance(app.screen, PersonDialog)
        assert "Nobody here" in str(app.screen.query_one("#why", Static).content)


async def test_t_in_the_inventory_offers_the_thing_under_the_cursor(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="inventory")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "o", "t")
        assert isinstance(app.screen, PersonDialog)
        assert app.screen.heading == "Offer Neon Peel to whom?"
        await go(pilot, "enter")
        editor = app.screen
        assert isinstance(editor, TradeEditor)
        assert [line.name for line in editor.give.chosen] == ["Neon Peel"]
        await go(pilot, "escape")
        assert isinstance(app.screen, InventoryRoom)
        app.screen.choose_tab(Category.FONT_COLOR.tab)
        await settle(pilot)
        shown = app.screen.player_items
        rows = [shown.pages.row(at) for at in range(shown.count)]
        shown.move_to([row.name for row in rows if row is not None].index("Orange"))
        await go(pilot, "t")
        assert isinstance(app.screen, InventoryRoom)
        assert list(app._notifications)[-1].message == "Orange is worn: take it off first."


# Both sides


async def test_who_has_nothing_is_told_where_to_get_something_and_a_filter_only_of_the_filter(
    empty_bazaar: World, make_app: App
) -> None:
    async with make_app(empty_bazaar, room="trades").run_test(size=(80, 24)) as pilot:
        editor = await edit(pilot, "bob")
        for side, empty in ((editor.give, "from cases"), (editor.get, "can be had")):
            side.player_items.focus()
            await settle(pilot)
            assert empty in str(side.player_items.empty)
            await go(pilot, "slash", *"neon", "enter")
            assert "“neon”" in str(side.player_items.empty)
            assert empty not in str(side.player_items.empty)
            await go(pilot, "escape")
            assert empty in str(side.player_items.empty)
        assert "You own nothing yet." in drawn(pilot.app)


async def test_an_offer_is_made_by_keys_alone_and_what_is_offered_is_held(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "o", *"bo", "enter")
        editor = pilot.app.screen
        assert isinstance(editor, TradeEditor)
        await go(pilot, "down", "space", "o", *"1,250", "enter", "right", "space")
        assert [line.name for line in editor.give.chosen] == ["Glass Lemon"]
        assert [line.name for line in editor.get.chosen] == ["Golden Squeezer of the Seventh Stall"]
        assert "You get 🍊 13,050 more than you give." in text_of(editor, "#sums")
        assert "held until bo answers" in text_of(editor)
        await go(pilot, "m", *"Please", "enter")
        assert isinstance(app.screen, TradesRoom)
        trade = trades_of(trades_world)[0]
        assert (trade.mine, trade.give.oranges, trade.message) == (True, 1_250, "Please")
        assert [line.status for line in trade.give.player_items] == [Status.OFFERED]
        assert player_of(trades_world).card().oranges == 5_000 - 1_250
        toast = list(app._notifications)[-1].message
        assert toast == "bo is asked. What you offer is held until they answer, at most 48 hours."
        chosen = app.screen.query_one(TradeList).row
        assert chosen is not None
        assert chosen.id == trade.id


async def test_space_puts_a_thing_back_and_u_everything_of_a_side(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await go(pilot, "space", "down", *["space"] * 3, "o", *"70", "enter")
        assert [line.name for line in editor.give.chosen] == ["Neon Peel"]
        assert editor.give.value == 2_470
        await go(pilot, "u")
        assert (editor.give.chosen, editor.give.value) == ((), 0)


async def test_marks_stay_while_one_searches_and_filters(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await go(pilot, "space", "slash", *"straw", "enter", "space")
        assert editor.give.player_items.count == 1
        assert [line.name for line in editor.give.chosen] == ["Neon Peel", "Bent Straw"]
        await go(pilot, "escape", "r")
        assert editor.give.player_items.count == 0
        await go(pilot, "escape")
        assert editor.give.player_items.count == 6
        assert len(editor.give.chosen) == 2


async def test_s_goes_through_all_orders_of_the_side_one_works_on(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        orders = []
        for _ in Sort:
            orders.append(editor.give.shown.sort)
            await go(pilot, "s")
        assert set(orders) == set(Sort)
        assert editor.give.shown.sort is orders[0] is Sort.VALUE
        await go(pilot, "right", "s")
        assert editor.give.shown.sort is Sort.VALUE
        assert editor.get.shown.sort is orders[1]


async def test_the_end_of_a_search_keeps_the_order(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await go(pilot, "s")
        order = editor.give.shown.sort
        assert order is not BY_VALUE.sort
        await go(pilot, "slash", *"straw", "enter", "escape")
        assert editor.give.shown.search == ""
        assert editor.give.shown.sort is order


async def test_what_cant_be_offered_says_why_and_is_not_chosen(
    trades_world: World, make_app: App
) -> None:
    (spoon,) = named(trades_world, "ana", "Sharp Spoon")
    player_of(trades_world).inventory.lock([spoon], True)
    (lime,) = named(trades_world, "ana", "Lime Letters")
    player_of(trades_world).wardrobe.equip(lime)
    offer(trades_world, "ana", "cy", ("Market Stamp",), (), for_oranges=5)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        before = trades_world.version_token()
        for name, reason in (
            ("Sharp Spoon", "Sharp Spoon is locked: unlock it first."),
            ("Market Stamp", "Market Stamp is held by an open trade: take it back first."),
            ("Lime Letters", "Lime Letters is worn: take it off first."),
        ):
            point_at(editor.give, name)
            await settle(pilot)
            assert reason in text_of(editor)
            await go(pilot, "space")
            assert editor.give.chosen == ()
            assert reason in text_of(editor)
        assert trades_world.version_token() == before


async def test_what_the_other_one_wears_locked_or_offered_is_not_listed(
    trades_world: World, make_app: App
) -> None:
    (squeezer,) = named(trades_world, "bo", "Golden Squeezer of the Seventh Stall")
    player_of(trades_world, "bo").inventory.lock([squeezer], True)
    offer(trades_world, "bo", "cy", ("Neon Peel",), (), for_oranges=5)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        player_items = editor.get.player_items
        names = [player_items.pages.row(index).name for index in range(player_items.count)]  # type: ignore[union-attr]
        assert names == ["Market Stamp", "Bent Straw"]


async def test_a_ninth_thing_is_refused_where_it_would_be_chosen(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "ana", *["straw"] * 8)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        editor.give.player_items.focus()
        point_at(editor.give, "Bent Straw")
        await go(pilot, *["space"] * 9)
        assert len(editor.give.chosen) == 8
        assert "At most 8 things a side" in text_of(editor)


# Oranges


@pytest.mark.parametrize(
    ("typed", "oranges"),
    [
        ("", 0), ("0", 0), ("12", 12), ("1,250", 1_250), (" 1 250 ", 1_250), ("1_000", 1_000),
        (str(MOST), MOST),
        ("-5", None), ("x", None), ("1.5", None), ("1e3", None), (str(MOST + 1), None),
        ("9" * 30, None), ("٣", None), ("[b]", None),
    ],
)  # fmt: skip
def test_oranges_are_a_whole_number_or_nothing(typed: str, oranges: int | None) -> None:
    found = oranges_of(typed)
    assert isinstance(found, Refusal) if oranges is None else found == oranges


async def test_what_is_typed_right_behind_the_key_of_a_line_goes_into_the_line(
    trades_world: World, make_app: App
) -> None:
    async with make_app(trades_world, room="trades").run_test() as pilot:
        editor = await edit(pilot)
        editor.type_oranges()
        assert editor.focused is editor.side.entry
        editor.type_message()
        assert editor.focused is editor.query_one("#message")
        editor.leave()
        assert editor.focused is editor.give.player_items
        editor.to_other_side()
        assert editor.focused is editor.get.player_items


async def test_oranges_that_are_none_are_refused_in_words_and_nothing_is_sent(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Bent Straw")
        before = trades_world.version_token()
        for side in (editor.give, editor.get):
            for typed in ("-5", "lots", "9" * 20, "1.5"):
                side.entry.value = typed
                await settle(pilot)
                assert "whole number from 0 to" in text_of(editor)
                await go(pilot, "ctrl+s")
                assert app.screen is editor
            side.entry.value = ""
        assert trades_world.version_token() == before


async def test_more_than_one_has_is_said_as_one_types_and_refused(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.get, "Bent Straw")
        editor.give.entry.value = "5001"
        await settle(pilot)
        assert "1 orange more" in text_of(editor)
        before = trades_world.version_token()
        await go(pilot, "ctrl+s")
        assert app.screen is editor
        assert "1 orange more" in text_of(editor)
        assert trades_world.version_token() == before
        editor.give.entry.value = "5000"
        await go(pilot, "ctrl+s")
        assert isinstance(app.screen, TradesRoom)
        assert player_of(trades_world).card().oranges == 0


async def test_both_sides_must_give_something(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        before = trades_world.version_token()
        for give, ask, reason in (
            ((), (), "You offer nothing for it."),
            (("Neon Peel",), (), "You ask for nothing."),
            ((), ("Bent Straw",), "You offer nothing for it."),
        ):
            editor.give.player_items.set_marks(())
            editor.get.player_items.set_marks(())
            await choose(pilot, editor.give, *give)
            await choose(pilot, editor.get, *ask)
            await go(pilot, "ctrl+s")
            assert app.screen is editor
            assert reason in text_of(editor)
        assert trades_world.version_token() == before


async def test_a_message_of_200_characters_is_sent_and_one_more_is_refused(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Bent Straw")
        before = trades_world.version_token()
        message = editor.query_one("#message", Input)
        count = editor.query_one("#count", Static)
        message.focus()
        message.value = "x" * 201
        await settle(pilot)
        assert "201/200" in text_of(editor, "#count")
        assert "$text-error" in count.content.markup  # type: ignore[union-attr]
        assert "That message can't be sent" in text_of(editor)
        await go(pilot, "enter")
        assert app.screen is editor
        assert trades_world.version_token() == before
        # Blanks at the ends do not count.
        message.value = "x" * 200 + "  "
        await settle(pilot)
        assert "200/200" in text_of(editor, "#count")
        assert "$text-error" not in count.content.markup  # type: ignore[union-attr]
        assert "held until bo answers" in text_of(editor)
        await go(pilot, "enter")
        assert isinstance(app.screen, TradesRoom)
        assert trades_of(trades_world)[0].message == "x" * 200


async def test_a_cosmetic_that_one_owns_already_is_refused_as_one_chooses(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "bo", "lime")
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Lime Letters")
        assert "You have Lime Letters already" in text_of(editor)


# Neighbours


async def test_a_neighbours_mood_is_shown_live(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot, "Zest")
        await choose(pilot, editor.give, "Bent Straw")
        await choose(pilot, editor.get, "Sharp Spoon")
        assert "Zest: “Too little: to me it comes to 38" in text_of(editor)
        await choose(pilot, editor.give, "Neon Peel")
        assert "Zest: “I collect collectibles. It's a deal.”" in text_of(editor)
        assert trades_of(trades_world) == []


async def test_a_neighbour_accepts_at_once_and_says_so(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        editor = await edit(pilot, "Zest")
        await choose(pilot, editor.give, "Glass Lemon")
        await choose(pilot, editor.get, "Sharp Spoon")
        await go(pilot, "ctrl+s")
        assert isinstance(app.screen, TradesRoom)
        words = "Zest accepted: you have Sharp Spoon for Glass Lemon."
        assert words in list(app._notifications)[-1].message
        trade = app.screen.query_one(TradeList).row
        assert trade is not None
        assert (trade.state, trade.answer) == (
            TradeState.ACCEPTED, "I collect collectibles. It's a deal.",
        )  # fmt: skip


async def test_a_neighbour_declines_at_once_and_says_why(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test(notifications=True) as pilot:
        editor = await edit(pilot, "Zest")
        await choose(pilot, editor.give, "Bent Straw")
        await choose(pilot, editor.get, "Sharp Spoon")
        await go(pilot, "ctrl+s")
        assert "Zest declined your offer" in list(app._notifications)[-1].message
        assert "Too little" in list(app._notifications)[-1].message
        trade = app.screen.query_one(TradeList).row
        assert trade is not None
        assert trade.state is TradeState.DECLINED
        assert len(named(trades_world, "ana", "Bent Straw", "Bent Straw")) == 2


# Meanwhile


async def test_a_thing_that_another_program_takes_away_is_said_and_refused(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Bent Straw")
        await app._watch()
        player_of(trades_world).inventory.sell(named(trades_world, "ana", "Neon Peel"))
        await app._watch()
        await settle(pilot)
        assert "Neon Peel is gone: it was sold." in text_of(editor)
        before = trades_world.version_token()
        await go(pilot, "ctrl+s")
        assert app.screen is editor
        assert trades_world.version_token() == before


async def test_an_answer_to_an_offer_that_is_over_meanwhile_is_refused(
    trades_world: World, make_app: App
) -> None:
    first = offer(trades_world, "bo", "ana", ("Neon Peel",), ("Glass Lemon",))
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "c")
        editor = app.screen
        assert isinstance(editor, TradeEditor)
        editor.give.entry.value = "5"
        end(trades_world, "bo", first, TradeEvent.TAKE_BACK)
        before = trades_world.version_token()
        await go(pilot, "ctrl+s")
        assert app.screen is editor
        assert "This offer is over: it was taken back." in text_of(editor)
        assert trades_world.version_token() == before
        assert seen(trades_world, "ana", first).state is TradeState.TAKEN_BACK


async def test_an_answer_begins_without_what_cant_be_offered_any_more_and_says_why(
    trades_world: World, make_app: App
) -> None:
    offer(trades_world, "bo", "ana", ("Neon Peel",), ("Sharp Spoon", "Glass Lemon"))
    player_of(trades_world).inventory.lock(named(trades_world, "ana", "Sharp Spoon"), True)
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "c")
        editor = app.screen
        assert isinstance(editor, TradeEditor)
        assert [line.name for line in editor.give.chosen] == ["Glass Lemon"]
        assert "Sharp Spoon is locked: unlock it first." in text_of(editor)


async def test_what_the_offer_holds_stands_first_among_what_may_be_asked_for(
    trades_world: World, make_app: App
) -> None:
    offer(trades_world, "bo", "ana", ("Neon Peel",), ("Glass Lemon",))
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "c")
        editor = app.screen
        assert isinstance(editor, TradeEditor)
        player_items = editor.get.player_items
        rows = [player_items.pages.row(index) for index in range(player_items.count)]
        assert [row.name for row in rows if row is not None] == [
            "Neon Peel", "Golden Squeezer of the Seventh Stall", "Market Stamp", "Bent Straw",
        ]  # fmt: skip
        await go(pilot, "right", "space")
        assert editor.get.chosen == ()
        await go(pilot, "space", "slash", *"straw", "enter")
        assert player_items.count == 1
        assert [line.name for line in editor.get.chosen] == ["Neon Peel"]


def test_wares_with_what_is_held_miss_nothing_and_repeat_nothing(trades_world: World) -> None:
    have(trades_world, "bo", *["straw"] * 10)
    trade = offer(
        trades_world, "bo", "ana", ("Bent Straw", "Neon Peel", "Bent Straw"), ("Glass Lemon",)
    )
    held = seen(trades_world, "ana", trade).get.player_items
    lines = wares(player_of(trades_world), "bo", BY_VALUE, held)
    assert [(line.name, line.count) for line in lines] == [
        ("Bent Straw", 2), ("Neon Peel", 1), ("Golden Squeezer of the Seventh Stall", 1),
        ("Market Stamp", 1), ("Bent Straw", 9),
    ]  # fmt: skip
    assert len({line.key for line in lines}) == len(lines)
    pieces = [piece for line in lines for piece in line.pieces]
    assert len(pieces) == len(set(pieces)) == 14
    assert {piece for line in lines[:2] for piece in line.pieces} == {line.id for line in held}


# Stacks


async def test_equal_things_are_one_line_and_space_adds_one_of_them_the_oldest_first(
    trades_world: World, make_app: App
) -> None:
    old = named(trades_world, "ana", "Bent Straw", "Bent Straw")
    new = have(trades_world, "ana", *["straw"] * 13)
    oldest = sorted((*old, *new))
    async with make_app(trades_world, room="trades").run_test() as pilot:
        editor = await edit(pilot)
        editor.give.player_items.focus()
        point_at(editor.give, "Bent Straw")
        row = editor.give.player_items.row
        assert row is not None
        assert row.count == 15
        await go(pilot, "space", "enter", "space")
        assert [line.id for line in editor.give.chosen] == oldest[:3]
        made = editor.offer()
        assert isinstance(made, TradeOffer)
        assert list(made.give) == oldest[:3]
        assert "Bent Straw ×3" in drawn(pilot.app)


async def test_where_a_name_is_cut_the_number_of_its_stack_is_whole(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "bo", *["squeezer"] * 2)
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        await edit(pilot)
        assert "Golden Squeezer… ×3" in drawn(pilot.app)


async def test_space_puts_a_stack_back_once_all_of_it_is_chosen(
    trades_world: World, make_app: App
) -> None:
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Glass Lemon")
        assert "space Choose" in foot(pilot.app)  # type: ignore[arg-type]
        await choose(pilot, editor.give, "Glass Lemon")
        assert "space Put back" in foot(pilot.app)  # type: ignore[arg-type]
        assert len(editor.give.chosen) == 2
        await go(pilot, "space")
        assert editor.give.chosen == ()


async def test_n_says_how_many_of_a_stack_and_nought_puts_them_back(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "ana", *["straw"] * 13)
    async with make_app(trades_world, room="trades").run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        point_at(editor.give, "Bent Straw")
        await go(pilot, "n")
        dialog = pilot.app.screen
        assert isinstance(dialog, InputDialog)
        assert dialog.query_one(Input).value == "7"
        for typed in ("8", "x", "-1"):
            dialog.query_one(Input).value = typed
            await go(pilot, "enter")
            assert pilot.app.screen is dialog
        dialog.query_one(Input).value = "5"
        await go(pilot, "enter")
        names = [line.name for line in editor.give.chosen]
        assert names == ["Neon Peel", *["Bent Straw"] * 5]
        chosen = [line.id for line in editor.give.chosen]
        for number in (2, 0):
            await go(pilot, "n")
            pilot.app.screen.query_one(Input).value = str(number)
            await go(pilot, "enter")
            assert [line.id for line in editor.give.chosen] == chosen[: number + 1]


async def test_a_piece_chosen_elsewhere_marks_its_stack_and_can_be_put_back_there(
    trades_world: World, make_app: App
) -> None:
    # The newest of a long stack is not among the oldest pieces that the list knows.
    newest = have(trades_world, "ana", *["straw"] * 13)[-1]
    line = player_of(trades_world).inventory.detail(newest)
    assert not isinstance(line, Refusal)
    async with make_app(trades_world, room="trades").run_test() as pilot:
        editor = await edit(pilot)
        editor.give.player_items.set_marks((line.line,))
        point_at(editor.give, "Bent Straw")
        listed = editor.give.player_items
        row = listed.row
        assert row is not None
        assert listed.is_marked(row)
        listed.choose_number(row, 0)
        assert editor.give.chosen == ()


async def test_a_side_asks_for_several_of_a_stack_of_the_other_one(
    trades_world: World, make_app: App
) -> None:
    have(trades_world, "bo", *["straw"] * 3)
    async with make_app(trades_world, room="trades").run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Bent Straw", "Bent Straw")
        await go(pilot, "ctrl+s")
        (trade,) = trades_of(trades_world)
        assert [line.name for line in trade.get.player_items] == ["Bent Straw"] * 2
        assert "Bent Straw ×2" in drawn(pilot.app)


async def test_sending_twice_offers_once(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await choose(pilot, editor.give, "Neon Peel")
        await choose(pilot, editor.get, "Bent Straw")
        editor.send()
        editor.send()
        await settle(pilot)
        assert len(trades_of(trades_world)) == 1


# Leaving


async def test_escape_asks_only_if_something_was_chosen(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await edit(pilot)
        await go(pilot, "escape")
        assert isinstance(app.screen, TradesRoom)
        editor = await edit(pilot)
        await go(pilot, "space", "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "n")
        assert app.screen is editor
        assert len(editor.give.chosen) == 1
        await go(pilot, "escape", "y")
        assert isinstance(app.screen, TradesRoom)
        assert trades_of(trades_world) == []


async def test_escape_leaves_an_unchanged_answer_without_a_question(
    trades_world: World, make_app: App
) -> None:
    offer(trades_world, "bo", "ana", ("Neon Peel",), ("Glass Lemon",))
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        await go(pilot, "c", "escape")
        assert isinstance(app.screen, TradesRoom)


async def test_escape_in_a_line_leads_back_to_the_list(trades_world: World, make_app: App) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test() as pilot:
        editor = await edit(pilot)
        await go(pilot, "o", *"5", "escape")
        assert app.focused is editor.give.player_items
        await go(pilot, "m", *"o", "escape")
        assert app.focused is editor.give.player_items
        assert editor.offer() == TradeOffer((), 5, (), 0, "o")


async def test_the_footer_holds_the_keys_of_the_list_and_of_a_line(
    trades_world: World, make_app: App
) -> None:
    app = make_app(trades_world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await edit(pilot)
        assert foot(app) == (
            "space Choose  o Oranges  ^s Send  m Message  / Search  esc Back  ? Help"
        )
        await go(pilot, "space")
        assert foot(app) == (
            "space Put back  o Oranges  ^s Send  m Message  / Search  esc Back  ? Help"
        )
        editor.give.entry.focus()
        await settle(pilot)
        assert foot(app) == "^s Send  esc Back"


def foot(app: InventuiApp) -> str:
    """The line of keys."""
    return drawn(app).split("\n")[-1].strip()


# Pictures


async def part_done(pilot: Pilot[Any], editor: TradeEditor) -> None:
    """Choose something of everything."""
    await choose(pilot, editor.give, "Glass Lemon", "Market Stamp", "Lime Letters")
    await choose(pilot, editor.get, "Neon Peel")
    editor.give.entry.value = "1250"
    editor.query_one("#message", Input).value = "[bold]For your wall[/nope]"
    await settle(pilot)


async def test_pictures_of_an_offer(trades_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        editor = await edit(pilot)
        await picture(pilot, "empty")
        await part_done(pilot, editor)
        await picture(pilot, "80x24")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")
        await pilot.resize_terminal(120, 40)
        editor.give.entry.value = "9999"
        await picture(pilot, "120x40 refused")


async def test_picture_of_an_offer_to_a_hostile_name(
    trades_world: World, make_app: App, picture: Picture
) -> None:
    name = HOSTILE_NAMES[0]
    trades_world.players.add(name, key="hostile")
    have(trades_world, name, *["link"] * 4, *["wide"] * 4)
    async with make_app(trades_world, room="trades").run_test(size=(80, 24)) as pilot:
        await go(pilot, "o")
        await picture(pilot, "whom")
        await go(pilot, *"click", "enter")
        editor = pilot.app.screen
        assert isinstance(editor, TradeEditor)
        editor.get.player_items.focus()
        await go(pilot, *["shift+down"] * 8)
        await picture(pilot, "80x24")


async def test_without_colour_words_and_signs_say_what_is_chosen_and_what_is_refused(
    trades_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(trades_world, room="trades")
    async with app.run_test(size=(80, 24)) as pilot:
        editor = await edit(pilot)
        await part_done(pilot, editor)
        editor.give.entry.value = "9999"
        await settle(pilot)
        shown = drawn(app)
        for words in ("You give · 🍊", "3 things", "✗ ", "◆ R Glass Lemon"):
            assert words in shown, words
