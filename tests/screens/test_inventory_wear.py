"""Wearing and using from the inventory, its layouts, and how what is worn reaches every screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.content.source import base_pack
from inventui.engine.cases.models import Opening
from inventui.engine.inventory.models import InventoryQuery, ItemDetail, Use
from inventui.engine.shop.models import Purchase
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.core.style import VOCABULARY, Style
from inventui.rules.inventory.inventory import InventoryTab
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.screens.cases.reveal import RevealScreen
from inventui.screens.inventory.details import ItemDetailsDialog
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.inventory.tiles import tiles_for
from inventui.screens.inventory.wear import (
    outfit_words,
    use_words,
    why_not_equip,
    why_not_use,
)
from inventui.screens.registry import ROOMS
from inventui.widgets.bigpulp.picture import BigPulp
from inventui.widgets.canvas.celebration import Celebration
from inventui.widgets.colour import contrast
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.room_bar import layout, room_line
from inventui.widgets.items.card_preview import CardPreview
from inventui.widgets.items.item_figures import figure_rows
from inventui.widgets.lists.menu import Menu
from inventui.widgets.player.page_theme import paged
from inventui.widgets.player.try_on import TryOn
from inventui.widgets.session import WorldChanged
from inventui.widgets.theme import DAY_MARKET, HIGH_CONTRAST, NIGHT_MARKET, THEMES
from tests.builders import a_player, a_world, contents
from tests.screens.conftest import (
    START,
    Picture,
    befriend,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import buy, drawn, held, owner, rich, said, shop_world, text_of

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.world import World

__all__ = ["owner", "rich", "shop_world"]

App = Callable[..., InventuiApp]
LAYOUTS = list(VOCABULARY[Category.COLLECTION_LAYOUT])


def room_of(pilot: Pilot[Any]) -> InventoryRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, InventoryRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> InventoryRoom:
    """Come to rest in the inventory, and press keys."""
    await go(pilot, *pressed)
    return room_of(pilot)


async def point(pilot: Pilot[Any], number: int) -> InventoryRoom:
    """Put the cursor on a thing."""
    room = room_of(pilot)
    player_items = room.player_items
    rows = [player_items.pages.row(index) for index in range(player_items.count)]
    player_items.move_to([row.id for row in rows if row is not None].index(number))
    await settle(pilot)
    return room


def worn(world: World, category: Category, name: str = "ana") -> str | None:
    item = player_of(world, name).wardrobe.worn().get(category)
    return None if item is None else item.slug


def detail_of(world: World, slug: str) -> ItemDetail:
    found = player_of(world).inventory.detail(held(world, slug))
    assert isinstance(found, ItemDetail)
    return found


def line_of(world: World, slug: str) -> ItemLine:
    return detail_of(world, slug).line


def message_of(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.message


# Words


def test_what_is_worn_can_be_taken_off_unless_it_is_a_default(owner: World) -> None:
    assert why_not_equip(line_of(owner, "frame")) is None
    why = why_not_equip(line_of(owner, "default-card-style"))
    assert "what you wear when nothing else is on" in message_of(why)
    assert why_not_equip(line_of(owner, "font-style")) is None


def test_only_consumables_are_used_and_only_gear_and_cosmetics_are_worn(owner: World) -> None:
    donut, frame = line_of(owner, "donut"), line_of(owner, "frame")
    assert why_not_use(donut) is None
    assert "can't be worn" in message_of(why_not_equip(donut))
    assert why_not_use(frame) is not None


def test_an_outfit_tells_what_went_on_and_what_came_off() -> None:
    outfit = Outfit(1, Category.FRAME, 2, "Neon", 3, "Rind")
    assert outfit_words(outfit) == "Neon is on. Rind came off."
    assert outfit_words(replace(outfit, off_name=None)) == "Neon is on."
    assert outfit_words(replace(outfit, on_name=None)) == "Rind is off."


def test_a_business_is_run_and_a_home_lived_in() -> None:
    shop = Outfit(1, Category.BUSINESS, 2, "Cart {0}", 3, "Stall")
    assert outfit_words(shop) == "You run Cart {0} now. Stall is shut."
    assert outfit_words(replace(shop, on_name=None)) == "Stall is shut."
    home = replace(shop, slot=Category.HOUSING, on_name="Snail", off_name="Tent")
    assert outfit_words(home) == "You live in Snail now. You moved out of Tent."
    assert outfit_words(replace(home, off_name=None)) == "You live in Snail now."


def test_a_use_tells_what_is_left() -> None:
    use = Use(1, 2, "Donut", None, 0, None, "Eaten.")  # type: ignore[arg-type]
    assert use_words(use) == "Eaten. That was the last of it."
    assert use_words(replace(use, uses_left=1)) == "Eaten. It can be used once more."
    assert use_words(replace(use, uses_left=2)) == "Eaten. It can be used 2 times more."


def test_gear_is_compared_with_what_is_worn(owner: World) -> None:
    buy(owner, "ladle")
    player_of(owner).wardrobe.equip(held(owner, "spoon"), "spoon")
    spoon, ladle = detail_of(owner, "spoon"), detail_of(owner, "ladle")
    rows = dict(figure_rows(ladle, spoon))
    assert rows["rob"].plain == "6 %  ▲ +3"
    assert rows["left"].plain == "▰▰▰▰▰▰▰▰ 100 of 100"
    assert dict(figure_rows(spoon, ladle))["rob"].plain == "3 %  ▼ −3"
    assert dict(figure_rows(spoon, spoon))["rob"].plain == "3 %"
    assert dict(figure_rows(spoon, None))["rob"].plain == "3 %  nothing worn"


def test_less_upkeep_is_better(owner: World) -> None:
    cheap = replace(detail_of(owner, "spoon"), figures={"upkeep": 100})
    line = replace(cheap.line, id=cheap.line.id + 1)
    dear = replace(cheap, line=line, figures={"upkeep": 300})
    assert dict(figure_rows(cheap, dear))["upkeep"].plain == "100 a day  ▲ −200"
    same = replace(dear, figures={"upkeep": 100})
    assert dict(figure_rows(cheap, same))["upkeep"].plain == "100 a day  as worn"


def test_a_consumable_says_how_often_it_can_still_be_used(owner: World) -> None:
    assert dict(figure_rows(detail_of(owner, "kit"), None))["uses"].plain == "2 left"


# Wearing


async def test_one_key_takes_off_and_puts_on_again(owner: World, make_app: App) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, held(owner, "font-color"))
        assert " e Take off " in text_of(app)
        await go(pilot, "e")
        assert worn(owner, Category.FONT_COLOR) == "default-font-color"
        assert "Plain Font Color is on. Lime Letters came off." in said(pilot)[-1]
        assert app.session.appearance[Category.FONT_COLOR].colours == ("#ff9f1c",)
        row = room.player_items.row
        assert row is not None
        assert (row.name, row.status) == ("Lime Letters", Status.OWNED)
        assert " e Wear " in text_of(app)
        await go(pilot, "e")
        assert worn(owner, Category.FONT_COLOR) == "font-color"


async def test_a_slot_without_a_default_can_be_empty(owner: World, make_app: App) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "frame"))
        await go(pilot, "e")
        assert worn(owner, Category.FRAME) is None
        assert said(pilot)[-1].startswith("Neon Frame is off.")
        await go(pilot, "e")
        told = [toast.title for toast in pilot.app._notifications]
        assert told == ["✓ Taken off", "✓ Put on"]


async def test_what_can_not_be_worn_says_why_and_nothing_changes(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        before = contents(owner)
        for slug, why in (
            ("donut", "can't be worn"),
            ("default-card-style", "when nothing else is on"),
        ):
            if slug.startswith("default"):
                room_of(pilot).choose_tab(InventoryTab.DRAWER_STYLE)
                await settle(pilot)
            await point(pilot, held(owner, slug))
            await go(pilot, "e")
            assert why in said(pilot)[-1]
        assert contents(owner) == before


async def test_pressing_twice_takes_off_once(owner: World, make_app: App) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, held(owner, "frame"))
        room.wearing.equip()
        room.wearing.equip()
        await settle(pilot)
        assert worn(owner, Category.FRAME) is None


async def test_what_was_worn_or_used_waits_until_the_room_has_looked_again(
    owner: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        color, default = held(owner, "font-color"), held(owner, "default-font-color")
        room = room_of(pilot)
        monkeypatch.setattr(room, "refresh_room", lambda: None)
        room.wearing._dressed(Outfit(1, Category.FONT_COLOR, default, "Plain", color, "Lime"))
        assert room.items.changed == {color, default}
        await point(pilot, held(owner, "donut"))
        await go(pilot, "u", "u")
        assert len([words for words in said(pilot) if "Donut" in words]) == 1
        assert "full" not in "".join(said(pilot))


async def test_what_was_changed_elsewhere_is_refused_and_looked_at_again(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        number = held(owner, "font-style")
        room = await point(pilot, number)
        player_of(owner).inventory.discard(number, "gone")
        await go(pilot, "e")
        assert "is gone" in said(pilot)[-1]
        assert number not in {
            room.player_items.pages.row(index).id  # type: ignore[union-attr]
            for index in range(room.player_items.count)
        }


async def test_the_toast_leads_to_the_drawer(owner: World, make_app: App) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "font-style"))
        await go(pilot, "e", "ctrl+g")
        assert app.current_mode == "drawer"


# Looking


async def test_cosmetics_are_shown_on_the_player_and_other_things_as_pictures(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        room = await point(pilot, held(owner, "font-style"))
        mirror, card = room.query_one(TryOn), room.query_one(CardPreview)
        assert mirror.display
        assert mirror.look is not None
        assert mirror.look[Category.FONT_STYLE].word == "bold_italic"
        assert not card.pictured
        await point(pilot, held(owner, "spoon"))
        assert not mirror.display
        assert card.pictured


async def test_the_whole_card_of_a_cosmetic_has_the_player_too(owner: World, make_app: App) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "frame"))
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, ItemDetailsDialog)
        mirror = pilot.app.screen.query_one(TryOn)
        assert mirror.look is not None
        assert mirror.look[Category.FRAME].word == "double"


async def test_tabs_tell_how_many_of_each_kind_one_has(owner: World, make_app: App) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(200, 45)) as pilot:
        room = await enter(pilot, "tab", "tab")
        assert room.shown.tab is InventoryTab.FRAMES
        assert "[Frames 1]" in text_of(app)
        assert "Drawer style 4" in text_of(app)
        assert "Consumables 4" in text_of(app)
        await go(pilot, "shift+tab")
        assert room.shown.tab is InventoryTab.COLLECTIBLES


# Using


async def test_a_donut_is_eaten_and_gone(owner: World, make_app: App) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        number = held(owner, "donut")
        await point(pilot, number)
        await go(pilot, "u")
        assert "BigPulp ate Donut" in said(pilot)[-1]
        assert "That was the last of it." in said(pilot)[-1]
        assert player_of(owner).drawer.show().fed  # type: ignore[union-attr]
        second = held(owner, "donut")
        assert second != number
        await point(pilot, second)
        before = contents(owner)
        await go(pilot, "u")
        assert "BigPulp is full" in said(pilot)[-1]
        assert contents(owner) == before


async def test_something_is_thrown_at_the_friend_who_is_chosen(owner: World, make_app: App) -> None:
    for name in ("bob", "cyd"):
        owner.players.add(name)
        befriend(owner, "ana", name)
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "poop"))
        before = contents(owner)
        await go(pilot, "u")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await go(pilot, "escape")
        assert contents(owner) == before
        await go(pilot, "u", "down", "enter")
        assert "cyd's drawer shows it" in said(pilot)[-1]
        splats = player_of(owner, "cyd").drawer.show().splats  # type: ignore[union-attr]
        assert [splat.thrower for splat in splats] == ["ana"]


async def test_who_has_no_friend_throws_nothing_and_is_shown_where_friends_are_made(
    owner: World, make_app: App
) -> None:
    owner.players.add("bob")
    player_of(owner).friends.change("bob", FriendEvent.REQUEST)
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "poop"))
        before = contents(owner)
        await go(pilot, "u")
        assert "for friends, and you have none yet" in said(pilot)[-1]
        assert contents(owner) == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "people"


async def test_of_neighbours_too_only_friends_are_offered(tmp_path: Path, make_app: App) -> None:
    clock = FrozenClock(START)
    with a_world(tmp_path / "street.db", clock=clock, pack=base_pack()) as world:
        player = a_player(world, "ana")
        world.grant("ana", item="poop")
        for line in player.friends.list():
            player.friends.change(line.name, FriendEvent.REQUEST)
        clock.advance(2 * VISIT_PERIOD)
        player.catch_up()
        friends = {
            line.name for line in player.friends.list() if line.bond is FriendshipState.FRIENDS
        }
        assert 0 < len(friends) < 8
        async with make_app(world, room="inventory").run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await point(pilot, held(world, "poop"))
            await go(pilot, "u")
            dialog = pilot.app.screen
            assert isinstance(dialog, ChoiceDialog)
            offered = {item.id for item in dialog.query_one(Menu).rows}
    assert offered == friends


async def test_who_ends_it_meanwhile_is_not_thrown_at(owner: World, make_app: App) -> None:
    owner.players.add("bob")
    befriend(owner, "ana", "bob")
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "poop"))
        await go(pilot, "u")
        player_of(owner, "bob").friends.change("ana", FriendEvent.REMOVE)
        before = contents(owner)
        await go(pilot, "enter")
        assert any("thrown at friends only" in words for words in said(pilot))
        assert contents(owner) == before


async def test_gear_that_is_as_good_as_new_needs_no_repair(owner: World, make_app: App) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "kit"))
        before = contents(owner)
        await go(pilot, "u")
        assert "None of your gear needs mending." in said(pilot)[-1]
        assert contents(owner) == before


async def test_a_repair_asks_for_gear_that_has_lost_something(
    owner: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    buy(owner, "ladle")
    worn_down = replace(detail_of(owner, "ladle"), durability=40)
    monkeypatch.setattr("inventui.screens.inventory.wear.worn_out", lambda _: (worn_down,))
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "kit"))
        await go(pilot, "u")
        assert "Heavy Ladle" in text_of(pilot.app)  # type: ignore[arg-type]
        assert "40 of 100" in text_of(pilot.app)  # type: ignore[arg-type]
        await go(pilot, "enter")
        assert "as good as new" in said(pilot)[-1]


# Layouts


async def test_every_layout_draws_the_same_things_differently(owner: World, make_app: App) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(120, 40)) as pilot:
        room = await enter(pilot, "tab", "o")
        tiles = tiles_for(lambda: START)
        assert sorted(tiles) == sorted(LAYOUTS)
        seen = set()
        for word in LAYOUTS:
            room.player_items.lay_out(tiles[word])
            await settle(pilot)
            text = text_of(app)
            best = "GLASS LEMON" if word == "ticker" else "Glass Lemon"
            assert best in text
            assert "Glass Lemon" in text
            seen.add(str(drawn(app)))
        assert len(seen) == len(LAYOUTS)


async def test_arrows_and_mouse_reach_every_thing_in_every_layout(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(100, 30)) as pilot:
        player_items = (await enter(pilot)).player_items
        for word in LAYOUTS:
            player_items.lay_out(tiles_for(lambda: START)[word])
            await go(pilot, "end")
            assert player_items.cursor == player_items.count - 1, word
            top, height = (
                player_items.scroll_offset.y,
                player_items.scrollable_content_region.height,
            )
            line = player_items.line_of(player_items.cursor)
            assert top <= line < line + player_items.lines <= top + height, word
            await go(pilot, "home", "down")
            assert player_items.cursor == player_items.across, word
            if player_items.across > 1:
                await go(pilot, "left")
                assert player_items.cursor == player_items.across - 1, word
                await go(pilot, "right", "right")
                assert player_items.cursor == player_items.across + 1, word
            await go(pilot, "home")
            cells = player_items.scrollable_content_region.width // player_items.across
            for index in (0, player_items.across - 1, player_items.across):
                x = 1 + index % player_items.across * cells + cells // 2
                y = 1 + index // player_items.across * player_items.lines
                await pilot.click("#things", offset=(x, y))
                await settle(pilot)
                assert player_items.cursor == index, word
                assert player_items.pointed == player_items.pages.row(index), word


@pytest.mark.trust
@pytest.mark.parametrize("word", LAYOUTS)
async def test_a_row_at_a_time_the_last_thing_is_reached_in_every_layout(
    word: str, owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(100, 30)) as pilot:
        player_items = (await enter(pilot)).player_items
        player_items.lay_out(tiles_for(lambda: START)[word])
        for _ in range(player_items.count):
            await pilot.press("down")
        await settle(pilot)
        assert player_items.cursor == player_items.count - 1


async def test_marks_are_seen_in_every_layout(owner: World, make_app: App) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(100, 30)) as pilot:
        room = await enter(pilot)
        for word in LAYOUTS:
            room.player_items.lay_out(tiles_for(lambda: START)[word])
            room.player_items.set_marks(())
            await settle(pilot)
            before = text_of(app).count("◉")
            await go(pilot, "space")
            assert text_of(app).count("◉") == before + 2, word


async def test_rows_stand_dense_until_a_layout_is_worn_and_a_key_turns_them_round(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for slug, word, turned in (
            (None, "list", "grid"), ("layout-list", "list", "grid"),
            ("collection-layout", "shelf", "list"),
        ):  # fmt: skip
            if slug is not None:
                buy(owner, slug)
                pilot.app.post_message(WorldChanged())
                await settle(pilot)
            tiles = tiles_for(lambda: START)
            assert type(room.player_items.tiles) is type(tiles[word])
            await go(pilot, "L")
            assert type(room.player_items.tiles) is type(tiles[turned])
            await go(pilot, "L")


async def test_changing_the_layout_keeps_cursor_and_marks(owner: World, make_app: App) -> None:
    buy(owner, "collection-layout")
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        number = held(owner, "collection-layout")
        await point(pilot, number)
        await go(pilot, "space", "e")
        assert room.player_items.tiles is None
        assert room.player_items.row is not None
        assert room.player_items.row.id == number
        assert set(room.player_items.marks) == {number}


async def test_a_world_without_layouts_lists_plainly(empty_world: World, make_app: App) -> None:
    empty_world.players.add("ana")
    async with make_app(empty_world, room="inventory").run_test(size=(80, 24)) as pilot:
        assert (await enter(pilot)).player_items.tiles is None


# Every screen


async def test_the_page_that_is_worn_is_behind_every_screen(owner: World, make_app: App) -> None:
    app = make_app(owner)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        plain = app.theme_variables["background"].lower()
        buy(owner, "page-background")
        app.post_message(WorldChanged())
        await settle(pilot)
        assert app.theme_variables["background"].lower() == "#151438"
        assert app.screen.styles.background.hex.lower() == "#151438"
        await go(pilot, "@wallet")
        assert app.screen.background_colors[1].hex6.lower() == "#151438"
        player_of(owner).wardrobe.unequip(Category.PAGE_BACKGROUND, "off")
        app.post_message(WorldChanged())
        await settle(pilot)
        assert app.theme_variables["background"].lower() == plain
        assert app.session.settings.theme == NIGHT_MARKET.name


PAGES = ("#310b18", "#fbf5ea", "#7f7f7f", "#ffe45c")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_letters_stay_legible_on_every_page(page: str, theme: Any) -> None:
    made = paged(theme, page)
    if theme is HIGH_CONTRAST:
        assert made is theme
        return
    assert made.background == page
    assert made.foreground is not None
    assert contrast(made.foreground, page) >= 4.5
    assert made.panel is not None
    for colour in (made.primary, made.warning, made.error, made.success):
        assert colour is not None
        assert contrast(colour, made.panel) >= 3
    for rarity in Rarity:
        assert contrast(made.variables[f"rarity-{rarity}"], made.panel) >= 3


def test_who_takes_the_terminals_own_colours_keeps_them() -> None:
    theirs = replace(DAY_MARKET, name="terminal", ansi=True)
    assert paged(theirs, "#310b18") is theirs


async def test_the_name_stands_in_its_own_letters_in_the_status_bar(
    owner: World, make_app: App
) -> None:
    buy(owner, "name-effect", "font-family")
    app = make_app(owner)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        first = drawn(app)[0]
        name = [style for text, style in first if text in "𝖆𝖓𝖆𝒜𝔞𝔫" and text.strip()]
        assert len(set(name)) > 1
        assert "𝖆𝖓𝖆" in text_of(app).splitlines()[0]


async def test_tabs_and_rooms_are_marked_as_the_tabs_style_has_it(
    owner: World, make_app: App
) -> None:
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        lines = text_of(app).splitlines()
        assert "[Inventory]" in lines[1]
        assert "[All " in lines[2]
        player_of(owner).wardrobe.unequip(Category.TABS_STYLE, "off")
        app.post_message(WorldChanged())
        await settle(pilot)
        lines = text_of(app).splitlines()
        assert "[" not in lines[1] + lines[2]


@pytest.mark.parametrize("word", list(VOCABULARY[Category.TABS_STYLE]))
def test_the_room_bar_keeps_its_columns_in_every_style(word: str) -> None:
    style = Style(word, () if word == "default" else ("#7ff0cf",))
    for width, entry in product((20, 40, 60, 70, 74, 75, 76, 80, 82, 120), ROOMS):
        line = room_line(ROOMS, entry.slug, "", width, style=style)
        assert line.cell_length <= width
        bar = layout(ROOMS, entry.slug, width)
        for door in (*bar.groups, *bar.tabs):
            end = door.column + len(door.text)
            if end < width - 1:
                assert line.plain[door.column : end] == door.text, (entry.slug, door)


async def test_home_shows_card_and_bigpulp_in_what_is_worn(owner: World, make_app: App) -> None:
    app = make_app(owner)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        text = text_of(app)
        assert "Zest in Show" in text
        look = app.screen.query_one(BigPulp).look
        assert look is not None
        assert look[Category.BIGPULP_HAT].word == "top_hat"
        before = drawn(app)
        buy(owner, "bigpulp-mood")
        app.post_message(WorldChanged())
        await settle(pilot)
        assert drawn(app) != before


async def test_home_lets_bigpulp_speak_in_the_voice_that_is_worn(
    owner: World, make_app: App
) -> None:
    buy(owner, "dialogue-style")
    app = make_app(owner)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Arr" in text_of(app)


async def test_what_drops_is_celebrated_as_one_wears_it(owner: World, make_app: App) -> None:
    buy(owner, "celebration")
    player = player_of(owner)
    app = make_app(owner)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for number in range(200):
            opening = player.cases.open("crate", 1, key=f"again-{number}")
            assert isinstance(opening, Opening)
            player.reveals.revealed(opening.operation)
            if opening.rolls[0].rarity in (Rarity.EPIC, Rarity.LEGENDARY):
                break
        case = owner.catalogue.case("crate")
        app.push_screen(RevealScreen(opening, case))  # type: ignore[arg-type]
        await settle(pilot)
        sky = app.screen.query_one(Celebration)
        assert sky._count > 0
        assert sky._style.word == "fireworks"


async def test_home_has_bigpulp_where_the_player_wants_him(owner: World, make_app: App) -> None:
    app = make_app(owner)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        worn = app.session.worn
        for size in ((80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            for position in VOCABULARY[Category.BIGPULP_POSITION]:
                position_worn = replace(worn[Category.BIGPULP_POSITION], style=position)
                app.session.worn = {**worn, Category.BIGPULP_POSITION: position_worn}
                app.screen.refresh_room()  # type: ignore[attr-defined]
                await settle(pilot)
                card = app.screen.query_one("#card").region
                pulp = app.screen.query_one("#pulp").region
                assert {
                    "right": pulp.x == card.right,
                    "left": pulp.right == card.x,
                    "far_left": pulp.right == card.x,
                    "top": pulp.y < card.y and pulp.x < card.x,
                    "above_stats": pulp.bottom == card.y and pulp.x == card.x,
                    "bottom": pulp.y == card.bottom and pulp.x == card.x,
                }[position], (size, position)
                text = text_of(app)
                assert "Zest" in text, (size, position)
                assert "showing" in text, (size, position)


def test_all_that_was_bought_was_got_by_buying(owner: World) -> None:
    for slug in ("frame", "title", "donut"):
        assert detail_of(owner, slug).acquisition is Acquisition.PURCHASE
    assert isinstance(player_of(owner).shop.buy("poop"), Purchase)
    assert player_of(owner).inventory.count(InventoryQuery(tab=InventoryTab.CONSUMABLES)) == 5


# Pictures


async def test_picture_of_worn_things(owner: World, make_app: App, picture: Picture) -> None:
    """Hostile things too are worn."""
    buy(owner, "link", "wide")
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "frame"))
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_each_layout(owner: World, make_app: App, picture: Picture) -> None:
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "tab", "o")
        for word in LAYOUTS:
            room.player_items.lay_out(tiles_for(lambda: START)[word])
            room.player_items.set_marks(())
            await go(pilot, "home", "space", "down")
            await picture(pilot, word)


async def test_picture_of_gear_compared(owner: World, make_app: App, picture: Picture) -> None:
    buy(owner, "ladle")
    player_of(owner).wardrobe.equip(held(owner, "spoon"), "spoon")
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "ladle"))
        await picture(pilot)


async def test_picture_of_a_choice_of_targets(
    owner: World, make_app: App, picture: Picture
) -> None:
    for name in ("bob", "[@click=app.quit]x[/]", "界" * 32):
        owner.players.add(name)
        befriend(owner, "ana", name)
    async with make_app(owner, room="inventory").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await point(pilot, held(owner, "poop"))
        await go(pilot, "u")
        await picture(pilot)


SHORT_MENU = tuple(
    entry
    for entry in ROOMS
    if entry.slug
    in ("home", "cases", "inventory", "shop", "drawer", "fairness", "wallet", "settings")
)
"""What Home's menu leads to in pictures of it that no later room shall change."""


async def test_picture_of_home_in_what_is_worn(
    owner: World, make_app: App, picture: Picture
) -> None:
    buy(owner, "page-background", "dialogue-style")
    app = make_app(owner)
    app.session.rooms = SHORT_MENU
    async with app.run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_without_colour_a_letter_tells_what_is_worn(
    owner: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(owner, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "L")
        await point(pilot, held(owner, "frame"))
        lines = text_of(app).splitlines()
        worn, not_worn = (
            lines[next(y for y, line in enumerate(lines) if name in line) + 2]
            for name in ("▸      Neon Frame", "Squared")
        )
        assert "✦ E ⚑" in worn
        assert "◆ R  " in not_worn
