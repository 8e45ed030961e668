"""The Property room: business, home, countdowns, arrears, paying, changing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.app.app import InventuiApp
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.property import PERIOD, Arrears
from inventui.screens.property.screen import PropertyRoom
from inventui.screens.property.screen import picture as picture_of
from inventui.screens.shop.screen import ShopRoom
from inventui.screens.shop.text import Shelf
from inventui.widgets.canvas.sprite import sprite_size
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.toasts import FOLLOW_KEY
from inventui.widgets.items.property_text import CHART, takings_chart
from inventui.widgets.session import WorldChanged
from tests.builders import contents
from tests.screens.conftest import Picture, go, player_of, settle
from tests.worlds.property import property_world, provide
from tests.worlds.shop import said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["property_world"]

App = Callable[..., InventuiApp]


async def enter(pilot: Pilot[Any], *pressed: str) -> PropertyRoom:
    await go(pilot, *pressed)
    room = pilot.app.screen_stack[0]
    assert isinstance(room, PropertyRoom)
    return room


def shown(room: PropertyRoom, pane: str) -> str:
    """What the words of a pane say."""
    return "\n".join(
        str(room.query_one(f"#{pane} .{part}", Static).render()) for part in ("facts", "clock")
    )


def pass_days(world: World, clock: FrozenClock, days: int) -> None:
    """Let days pass and be made up for."""
    clock.advance(days * DAY)
    player_of(world).catch_up()


# What is shown


async def test_an_empty_room_says_where_business_and_home_are_found(
    property_world: World, make_app: App
) -> None:
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        assert "You run no business." in shown(room, "business")
        assert "You have no home." in shown(room, "home")
        assert "Juice Stand" in shown(room, "business")
        assert "a day  back in 3 days" in shown(room, "business")
        assert "brings 120, costs 100 a day  back in 50 days" in shown(room, "home")
        await go(pilot, "h")
        shop = pilot.app.screen_stack[0]
        assert isinstance(shop, ShopRoom)
        assert shop.shelf is Shelf.HOUSING
        await go(pilot, "@property", "k")
        assert pilot.app.current_mode == "black_market"
        await go(pilot, "@property")
        await go(pilot, "s")
        assert pilot.app.current_mode == "shop"


async def test_the_shop_opens_at_the_shelf_of_what_is_missing_whatever_was_open_there(
    property_world: World, make_app: App
) -> None:
    async with make_app(property_world, room="shop").run_test() as pilot:
        await go(pilot, "right", "slash", *"kit", "enter")
        shop = pilot.app.screen_stack[0]
        assert isinstance(shop, ShopRoom)
        assert (shop.shelf, shop.sought) == (Shelf.ALL, "kit")
        for pressed, category in (
            (("s",), Category.BUSINESS),
            (("m", FOLLOW_KEY), Category.HOUSING),
            (("b", FOLLOW_KEY), Category.BUSINESS),
        ):
            pilot.app.action_room("property")
            await settle(pilot)
            await go(pilot, *pressed)
            assert pilot.app.current_mode == "shop"
            assert (str(shop.shelf), shop.sought) == (str(category), "")
            assert shop.goods.row is not None
            assert shop.goods.row.category is category
        await go(pilot, "escape")
        assert shop.shelf is Shelf.ALL
        # Told once: who comes back by itself finds the shelf as it was left.
        pilot.app.action_room("property")
        await settle(pilot)
        pilot.app.action_room("shop")
        await settle(pilot)
        assert shop.shelf is Shelf.ALL
    provide(property_world, "stand")
    async with make_app(property_world, room="property").run_test() as pilot:
        await go(pilot, "s")
        shop = pilot.app.screen_stack[0]
        assert isinstance(shop, ShopRoom)
        assert shop.goods.row is not None
        assert (shop.shelf, shop.goods.row.category) == (Shelf.HOUSING, Category.HOUSING)


async def test_a_business_shows_its_day_what_it_earned_and_when_it_pays(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand", left=100)
    pass_days(property_world, clock, 1)
    clock.advance(10 * MINUTE)
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        words = shown(room, "business")
        business = player_of(property_world).property.view().business
        assert business is not None
        assert business.earned > 0
        for said in ("Juice Stand", "🍊 4,000", "🍊 401", "🍊 3,599", f"🍊 {business.earned:,}"):
            assert said in words
        assert "in 2 h 50 min" in words
        assert "the last takings" in text_of(pilot.app)


async def test_countdowns_move_and_nothing_else_is_drawn(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand", "tent", left=500)
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        facts = room.query_one("#business .facts", Static)
        before = facts.render()
        clock.advance(PERIOD - 5 * SECOND)
        room.tick()
        assert "in 5 s" in shown(room, "business")
        assert "in 3 h 00 min" in shown(room, "home")
        assert facts.render() is before
        clock.advance(MINUTE)
        room.tick()
        assert "pays    now" in shown(room, "business")


async def test_where_there_is_room_the_shops_better_ones_stand_below_what_is_owned(
    property_world: World, make_app: App
) -> None:
    provide(property_world, "stand", "tent", left=100)
    app = make_app(property_world, room="property")
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        assert "the shop has what leaves more a day" in text_of(app)
        assert "No home of the shop would leave more a day than yours." in text_of(app)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert not any(each.display for each in app.screen.query(".more"))


async def test_arrears_say_what_is_owed_and_what_follows_when(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "palace")
    pass_days(property_world, clock, 1)
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        words = shown(room, "home")
        assert "🍊 2,000  for 1 day" in words
        assert "20 % less of everything in 2 d 06 h" in words
        assert "Evicted in 6 d 06 h" in words
        pass_days(property_world, clock, 3)
        pilot.app.post_message(WorldChanged())
        await settle(pilot)
        words = shown(room, "home")
        assert "🍊 8,000  for 4 days" in words
        assert "Bonuses and revenue are 20 % lower." in words
        assert "28 %" in words
        assert "unpaid upkeep takes 20 %" in words


async def test_the_debuff_is_told_where_it_hurts(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "slow", "palace")
    pass_days(property_world, clock, 5)
    view = player_of(property_world).property.view()
    assert view.home is not None
    assert view.home.arrears is Arrears.DEBUFF
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        words = shown(room, "business")
        assert "🍊 1,600  a day, −20 %" in words
        assert "20 % less: upkeep is unpaid" in words
        assert "leaves  🍊 0  a day" in words, "1,900 of cost are more than what is left of 2,000"


def test_bars_are_as_high_as_what_came_in_and_the_newest_stands_at_the_right() -> None:
    last = [(5, 800, 0), (4, 400, 0), (3, 10, 9), (2, 5, 5)]
    lines = str(takings_chart(last, CHART, 6)).splitlines()
    assert [len(line) for line in lines[1:5]] == [CHART] * 4
    columns = ["".join(line[i * 3] for line in reversed(lines[1:5])) for i in range(8)]
    assert columns == [" " * 4] * 5 + ["▁   ", "██  ", "████"]
    assert lines[-1].split() == ["best", "800", "+800"]


def test_bars_are_left_out_where_there_is_no_room() -> None:
    assert not takings_chart([(1, 2, 0)], CHART - 1, 6)
    assert "none yet" in str(takings_chart([], CHART, 6))


def test_a_sprite_is_twice_as_large_from_where_it_just_fits() -> None:
    sprite = "a=#ffffff\n" + "aaaa\n" * 4
    columns, rows = sprite_size(sprite, 2)

    def drawn(width: int, height: int) -> int:
        return len(str(picture_of(sprite, "🏪", width, height)).replace(" ", "").replace("\n", ""))

    large = drawn(columns, rows)
    assert drawn(columns + 9, rows + 9) == large
    assert drawn(columns - 1, rows) < large
    assert drawn(columns, rows - 1) < large


# Paying


async def test_paying_names_the_sum_and_clears_what_is_owed(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "palace")
    pass_days(property_world, clock, 2)
    property_world.grant("ana", oranges=4_500, key="help")
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot, "p")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        asked = str(pilot.app.screen.text)
        assert "2 days of upkeep for Marble Palace come to 🍊 4,000" in asked
        assert "🍊 500 are left" in asked
        before = contents(property_world)
        await go(pilot, "escape")
        assert contents(property_world) == before
        await go(pilot, "p", "y")
        assert player_of(property_world).card().oranges == 500
        assert "nothing" in shown(room, "home")
        assert any("🍊 4,000 for 2 days" in message for message in said(pilot))


async def test_paying_is_refused_with_figures_and_nothing_changes(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "palace")
    pass_days(property_world, clock, 1)
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        before = contents(property_world)
        await go(pilot, "p")
        assert pilot.app.screen is room
        assert contents(property_world) == before
        (message,) = said(pilot)
        assert "You need 2,000 oranges more" in message


async def test_without_arrears_the_dim_key_says_why(property_world: World, make_app: App) -> None:
    provide(property_world, "tent")
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        assert room.offers("pay") is None
        assert room.why_not("pay").reason is Reason.NOTHING_TO_DO
        before = contents(property_world)
        await go(pilot, "p")
        assert contents(property_world) == before
        assert "No upkeep is due" in said(pilot)[0]


# Changing


async def test_another_business_is_chosen_and_put_to_work(
    property_world: World, make_app: App
) -> None:
    provide(property_world, "slow", "stand")
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot, "b")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        assert [item.title for item in pilot.app.screen.items] == ["Slow Press", "Run none for now"]
        assert "🍊 100 a day" in pilot.app.screen.items[0].note
        await go(pilot, "enter")
        assert "Slow Press" in shown(room, "business")
        await go(pilot, "b", "end", "enter")
        assert "You run no business." in shown(room, "business")
        await go(pilot, "b", "escape")
        assert "You run no business." in shown(room, "business")


async def test_a_home_in_arrears_is_not_left(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "palace")
    pass_days(property_world, clock, 1)
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        before = contents(property_world)
        await go(pilot, "m", "enter")
        assert contents(property_world) == before
        assert "Marble Palace" in shown(room, "home")
        assert "You owe 2,000 oranges" in said(pilot)[0]


async def test_who_owns_none_is_sent_to_the_shop(property_world: World, make_app: App) -> None:
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot, "m")
        assert pilot.app.screen is room
        assert "You own no home" in said(pilot)[0]
        await go(pilot, "ctrl+g")
        assert pilot.app.current_mode == "shop"


@pytest.mark.parametrize(("owned", "shelf"), [((), Shelf.BUSINESS), (("slow",), Shelf.HOUSING)])
async def test_enter_finds_what_is_missing(
    property_world: World, make_app: App, owned: tuple[str, ...], shelf: Shelf
) -> None:
    provide(property_world, *owned)
    async with make_app(property_world, room="property").run_test() as pilot:
        await go(pilot, "enter")
        shop = pilot.app.screen_stack[0]
        assert isinstance(shop, ShopRoom)
        assert shop.shelf is shelf


async def test_enter_puts_what_is_owned_where_nothing_is(
    property_world: World, make_app: App
) -> None:
    provide(property_world, "slow")
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot, "b", "end", "enter")
        assert "You run no business." in shown(room, "business")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await go(pilot, "enter")
        assert "Slow Press" in shown(room, "business")


async def test_enter_pays_what_is_due_and_else_changes_the_business(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "slow", "palace", left=10_000)
    pass_days(property_world, clock, 6)
    owed = player_of(property_world).property.view().home
    assert owed is not None
    assert owed.days_due
    property_world.grant("ana", oranges=100_000, key="help")
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot, "enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await go(pilot, "enter")
        assert "nothing" in shown(room, "home")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        assert pilot.app.screen.heading == "Change your business"


async def test_after_an_eviction_the_home_is_gone_and_the_room_says_so(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "slow", "palace")
    pass_days(property_world, clock, 12)
    assert player_of(property_world).property.view().home is None
    async with make_app(property_world, room="property").run_test() as pilot:
        room = await enter(pilot)
        assert "You have no home." in shown(room, "home")
        assert "Slow Press" in shown(room, "business")


async def test_the_footer_names_the_keys_of_the_room(property_world: World, make_app: App) -> None:
    async with make_app(property_world, room="property").run_test() as pilot:
        await enter(pilot)
        foot = text_of(pilot.app).splitlines()[-1]
        assert foot.startswith(" p Pay  b Business  m Move  s Shop  i Inventory  ? Help ")


async def test_without_colour_the_debuff_is_told_in_words(
    property_world: World, clock: FrozenClock, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    provide(property_world, "slow", "palace")
    pass_days(property_world, clock, 5)
    async with make_app(property_world, room="property").run_test() as pilot:
        await enter(pilot)
        assert "Bonuses and revenue are 20 % lower." in text_of(pilot.app)
        assert "20 % less: upkeep is unpaid" in text_of(pilot.app)


# Pictures


async def test_picture_of_nothing(property_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(property_world, room="property").run_test() as pilot:
        await picture(pilot)


async def test_picture_of_both(
    property_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    provide(property_world, "stand", "tent", left=100)
    pass_days(property_world, clock, 2)
    clock.advance(HOUR + 23 * MINUTE)
    async with make_app(property_world, room="property").run_test() as pilot:
        for width, height in ((80, 24), (120, 40), (140, 45)):
            await pilot.resize_terminal(width, height)
            await go(pilot, "@home", "@property")
            await picture(pilot, f"{width}x{height}")


async def test_picture_of_arrears_in_grace_and_of_the_debuff(
    property_world: World, clock: FrozenClock, make_app: App, picture: Picture
) -> None:
    provide(property_world, "slow", "palace")
    pass_days(property_world, clock, 2)
    async with make_app(property_world, room="property").run_test() as pilot:
        await picture(pilot, "grace")
        pass_days(property_world, clock, 3)
        pilot.app.post_message(WorldChanged())
        await picture(pilot, "debuff")


async def test_picture_of_a_hostile_business_on_the_smallest_terminal(
    property_world: World, make_app: App, picture: Picture
) -> None:
    provide(property_world, "hostile", "tent")
    async with make_app(property_world, room="property").run_test(size=(60, 20)) as pilot:
        await picture(pilot)
