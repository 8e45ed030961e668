"""The Drawer room: one's page, others' pages, what is thrown at them, and all that is worn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.achievements.achievements import Achievements
from inventui.engine.drawer.models import DrawerView as Drawer
from inventui.engine.drawer.models import Splat
from inventui.engine.inventory.models import Use
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.style import VOCABULARY
from inventui.screens import drawer_page
from inventui.screens.drawer import FED, OWN, DrawerRoom, picture_of
from inventui.screens.drawer_page import COLUMN, HIGH, MOST_SPLATS, TALL, WIDE, drawer_canvas
from inventui.widgets.bigpulp.picture import figure
from inventui.widgets.bigpulp.speech import DOWN, bubble
from inventui.widgets.bigpulp.text import line_for
from inventui.widgets.canvas.appearance import trying
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.player.page import NARROW, places
from inventui.widgets.session import PlayAs, WorldChanged
from inventui.widgets.theme import RARITY
from tests.screens.conftest import (
    HOSTILE_NAMES,
    START,
    Picture,
    befriend,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import buy, drawn, foot_of, owner, rich, said, shop_world, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["owner", "rich", "shop_world"]

App = Callable[..., InventuiApp]


def room_of(pilot: Pilot[Any]) -> DrawerRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, DrawerRoom)
    return room


async def enter(pilot: Pilot[Any], *pressed: str) -> DrawerRoom:
    """Come to rest in the drawer, and press keys."""
    await go(pilot, *pressed)
    return room_of(pilot)


def throw(world: World, name: str, at: str = "ana", times: int = 1) -> None:
    """Let a player throw something at a friend's drawer."""
    world.players.add(name)
    befriend(world, name, at)
    told = player_of(world, at).notifications
    told.seen([one.id for one in told.fresh(0)])
    for number in range(times):
        (poop,) = buy(world, "poop", name=name) if number == 0 else _again(world, name, number)
        assert isinstance(player_of(world, name).wardrobe.use(poop, at), Use)


def _again(world: World, name: str, number: int) -> list[int]:
    bought = player_of(world, name).shop.buy("poop", key=f"{name}-{number}-again")
    return list(bought.item_ids)  # type: ignore[union-attr]


def page_text(room: DrawerRoom) -> str:
    return "\n".join(strip.text for strip in room.page._strips)


# One's own


async def test_ones_drawer_shows_card_words_collection_and_what_is_worn(
    owner: World, make_app: App
) -> None:
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        text = page_text(await enter(pilot))
        assert "Zest in Show" in text
        assert OWN in text
        best = player_of(owner).drawer.show().best[0]  # type: ignore[union-attr]
        assert best.name[:6] in text
        assert "wears ★ Starry Night" in text
        assert "00000" in text.replace("│", "")


async def test_nobody_sees_a_purse_in_a_drawer(owner: World, make_app: App) -> None:
    card = player_of(owner).card()
    spent = player_of(owner).inventory.statistics().total_spent
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        for size in ((80, 24), (140, 45)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            text = page_text(room)
            assert len(text.splitlines()) > size[1] - 5
            assert f"{card.oranges:,}" not in text
            assert f"{card.gems:,}" not in text
            assert f"{spent:,}" not in text


async def test_the_footer_names_what_can_be_done_here(owner: World, make_app: App) -> None:
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert foot_of(pilot.app) == (
            "v Visit s Shop i Inventory c Celebrate e Enter again ? Help ^p Palette"
        )


async def test_a_drawer_without_a_collection_says_so(shop_world: World, make_app: App) -> None:
    async with make_app(shop_world, room="drawer").run_test(size=(80, 24)) as pilot:
        assert "Nothing on show yet." in page_text(await enter(pilot))


async def test_bigpulp_speaks_of_the_donut_that_he_had(rich: World, make_app: App) -> None:
    def words() -> tuple[str, ...]:
        view = player_of(rich).drawer.show()
        assert isinstance(view, Drawer)
        return picture_of(view, own=True, now=START).words

    assert words()[0] == line_for("none", f"ana:{START // DAY}")
    (donut,) = buy(rich, "donut")
    player_of(rich).wardrobe.use(donut)
    assert words() == FED


async def test_what_is_bought_elsewhere_is_seen_at_once(rich: World, make_app: App) -> None:
    async with make_app(rich, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "Zest in Show" not in page_text(room)
        buy(rich, "title")
        pilot.app.post_message(WorldChanged())
        await settle(pilot)
        assert "Zest in Show" in page_text(room)


# Others'


async def test_a_visit_shows_the_other_and_counts_once_a_day(
    rich: World, make_app: App, clock: FrozenClock
) -> None:
    rich.players.add("bob")
    async with make_app(rich, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "v")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await go(pilot, "enter")
        assert "bob's drawer" in page_text(room)
        room.refresh_room()
        await settle(pilot)
        assert player_of(rich, "bob").drawer.show().visitors == 1  # type: ignore[union-attr]
        clock.advance(DAY)
        room.refresh_room()
        await settle(pilot)
        assert player_of(rich, "bob").drawer.show().visitors == 2  # type: ignore[union-attr]
        await go(pilot, "escape")
        assert OWN in page_text(room)
        await go(pilot, "escape")
        assert pilot.app.current_mode == "home"


async def test_a_choice_that_is_not_made_visits_nobody(rich: World, make_app: App) -> None:
    rich.players.add("bob")
    async with make_app(rich, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "v", "escape")
        assert OWN in page_text(room)
        assert player_of(rich, "bob").drawer.show().visitors == 0  # type: ignore[union-attr]


async def test_who_is_not_there_any_more_is_not_visited_again(rich: World, make_app: App) -> None:
    async with make_app(rich, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        room.visiting = "nobody"
        room.refresh_room()
        await settle(pilot)
        assert "nobody" in said(pilot)[-1]
        assert room.visiting is None
        room.refresh_room()
        await settle(pilot)
        assert len(said(pilot)) == 1
        assert OWN in page_text(room)


async def test_who_is_alone_is_told_where_others_come_from(
    shop_world: World, make_app: App
) -> None:
    app = make_app(shop_world, room="drawer")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "v")
        assert "nobody to visit" in said(pilot)[-1]
        await go(pilot, "ctrl+g")
        assert app.current_mode == "settings"


async def test_another_player_finds_their_own_drawer(rich: World, make_app: App) -> None:
    rich.players.add("bob")
    app = make_app(rich, room="drawer")
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "v", "enter")
        app.post_message(PlayAs("bob"))
        assert OWN in page_text(await enter(pilot, "@drawer"))


async def test_a_hostile_name_is_shown_as_it_is(rich: World, make_app: App) -> None:
    """In whose drawer it is, and in who threw something at one's own."""
    for name in HOSTILE_NAMES:
        rich.players.add(name)
    view = player_of(rich).drawer.show()
    assert isinstance(view, Drawer)
    async with make_app(rich, room="drawer").run_test(size=(140, 45)) as pilot:
        room = await enter(pilot)
        for name in HOSTILE_NAMES:
            splat = Splat(name, START + DAY)
            shown = picture_of(replace(view, splats=(splat,)), own=True, now=START)
            room.page.show(shown, motion=False)
            await settle(pilot)
            assert f"💩 {name[:8]}" in text_of(pilot.app), name  # type: ignore[arg-type]
            room.visiting = name
            room.refresh_room()
            await settle(pilot)
            assert f"{name}'s drawer"[:20] in page_text(room), name


# What is thrown


async def test_what_was_thrown_is_seen_for_a_day(
    owner: World, make_app: App, clock: FrozenClock
) -> None:
    throw(owner, "bob")
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)
        assert "💩 bob, for 1 d 00 h" in page_text(room)
        clock.advance(HOUR)
        room._grow_older()
        await settle(pilot)
        assert "💩 bob, for 23 h 00 min" in page_text(room)
        clock.advance(23 * HOUR)
        room._grow_older()
        await settle(pilot)
        assert "💩" not in page_text(room)


def test_more_splats_than_fit_are_counted(owner: World) -> None:
    throw(owner, "bob", times=MOST_SPLATS + 3)
    view = player_of(owner).drawer.show()
    assert isinstance(view, Drawer)
    canvas = drawer_canvas(picture_of(view, own=True, now=START), 80, 21)
    text = "\n".join(strip.text for strip in canvas.strips())
    assert f"and {MOST_SPLATS + 2} more" in text


# What plays


async def test_coming_back_plays_the_entrance_again_but_a_change_does_not(
    owner: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    buy(owner, "entrance-animation")
    app = make_app(owner, room="drawer", motion=True)
    async with app.run_test(size=(80, 24)) as pilot:
        played: list[str] = []
        room = await enter(pilot)
        monkeypatch.setattr(room.page, "enter", lambda word, **_: played.append(word))
        app.post_message(WorldChanged())
        await settle(pilot)
        assert not played
        await go(pilot, "1", "@drawer")
        assert played == ["curtain"]
        await go(pilot, "e")
        assert played == ["curtain"] * 2


async def test_a_key_ends_what_plays(owner: World, make_app: App) -> None:
    async with make_app(owner, room="drawer", motion=True).run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "c")
        assert room.page._party is not None
        await go(pilot, "x")
        assert room.page._party is None


async def test_without_motion_nothing_is_set_going(owner: World, make_app: App) -> None:
    buy(owner, "entrance-animation", "name-effect")
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        room = await enter(pilot, "e", "c")
        assert room.page._quick is None
        assert room.page._steady is None


# Every cosmetic of the game


@pytest.fixture
def full(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A world of the game's own pack, in which ana has something of every rarity to show."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "full.db", clock=clock, entropy=SeededEntropy("full"), daily_backup=False
    )
    world.players.add("ana", key="add-ana")
    world.grant("ana", oranges=100_000, key="rich")
    player = player_of(world)
    player.cases.open(world.catalogue.cases()[0].id, 60, key="open")
    player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
    yield world
    world.close()


@pytest.mark.parametrize("each", ["category", pytest.param("thing", marks=pytest.mark.trust)])
async def test_wearing_any_cosmetic_changes_the_drawer_and_taking_it_off_changes_it_back(
    each: str, full: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Names of what is worn would differ anyway.
    monkeypatch.setattr(drawer_page, "_worn_lines", lambda *_: [])
    # What one is rewarded for meanwhile stands in the status bar.
    monkeypatch.setattr(Achievements, "award", lambda *_: None)
    player = player_of(full)
    cosmetics = [offer for offer in player.shop.lines() if offer.category in COSMETICS]
    assert {offer.category for offer in cosmetics} == COSMETICS
    if each == "category":
        cosmetics = list({offer.category: offer for offer in cosmetics}.values())
    numbers = {}
    for offer in cosmetics:
        grant = full.grant("ana", item=offer.slug, key=offer.slug)
        numbers[offer.slug] = grant.item_id  # type: ignore[union-attr]
    app = make_app(full, room="drawer")
    async with app.run_test(size=(80, 24)) as pilot:
        room = await enter(pilot)

        async def seen() -> object:
            app.post_message(WorldChanged())
            await settle(pilot)
            page, look = room.page, app.session.appearance
            page.celebrate(look[Category.CELEBRATION], "seed", motion=False)
            party = [str(strip) for strip in page._strips]
            page.rest()
            page._coming = (look[Category.ENTRANCE_ANIMATION].word, 0.4)
            page.repaint()
            coming = [str(strip) for strip in page._strips]
            page.rest()
            page.repaint()
            return drawn(app), party, coming

        plain = await seen()
        for slug, number in numbers.items():
            assert number is not None
            assert isinstance(player.wardrobe.equip(number), Outfit)
            assert await seen() != plain, slug
            assert isinstance(player.wardrobe.unequip(number), Outfit)
        assert await seen() == plain


def test_what_is_worn_is_named_or_counted(owner: World) -> None:
    buy(owner, "bigpulp-mood", "bigpulp-accessory", "name-effect", "card-style", "stats-style")
    buy(owner, "avatar-glow", "dialogue-style", "entrance-animation", "celebration")
    view = player_of(owner).drawer.show()
    assert isinstance(view, Drawer)
    picture = picture_of(view, own=True, now=START)

    def lines_at(width: int, height: int) -> list[str]:
        return [strip.text for strip in drawer_canvas(picture, width, height).strips()]

    low = lines_at(80, 21)[-1]
    named = sum(low.count(f"{known.shape} ") for known in RARITY.values())
    assert low.rstrip().endswith(f"+{len(picture.worn) - named}")
    beside = [line[:COLUMN] for line in lines_at(WIDE, TALL)]
    assert beside[2].strip() == "Worn"
    shapes = tuple(known.shape for known in RARITY.values())
    named = sum(line.strip().startswith(shapes) for line in beside)
    assert 0 < named < len(picture.worn)
    assert any(f"and {len(picture.worn) - named} more" in line for line in beside)
    for size in ((WIDE - 1, TALL), (WIDE, TALL - 1)):
        assert not any(line[:COLUMN].strip() == "Worn" for line in lines_at(*size)), size


def test_bigpulp_says_the_first_line_that_fits_above_him(owner: World) -> None:
    view = player_of(owner).drawer.show()
    assert isinstance(view, Drawer)
    picture = picture_of(view, own=True, now=START)
    look = trying(picture.look, Category.BIGPULP_POSITION, "right")
    picture = replace(picture, look=look, words=("word " * 20, "Short."))
    width = 60
    box = places(look, width, 30).pulp
    assert box.width < NARROW
    first = bubble(picture.words[0], look, box.width - 1, tail=DOWN).height
    needed = first + len(figure(look)) // 2
    fits = next(high for high in range(60) if places(look, width, high).pulp.height == needed)
    assert drawer_page._fitting(picture, width, fits) == picture.words[0]
    assert drawer_page._fitting(picture, width, fits - 1) == "Short."


def test_every_layout_lays_a_drawer_out_differently(owner: World) -> None:
    view = player_of(owner).drawer.show()
    assert isinstance(view, Drawer)
    base = picture_of(view, own=True, now=START)
    for size in ((80, 21), (120, 37)):
        seen = set()
        for word in VOCABULARY[Category.COLLECTION_LAYOUT]:
            look = trying(base.look, Category.COLLECTION_LAYOUT, word)
            canvas = drawer_canvas(replace(base, look=look), *size)
            seen.add(tuple(str(strip) for strip in canvas.strips()))
        assert len(seen) == len(VOCABULARY[Category.COLLECTION_LAYOUT])


def test_a_drawer_fills_every_size_exactly(owner: World) -> None:
    throw(owner, "bob")
    view = player_of(owner).drawer.show()
    assert isinstance(view, Drawer)
    picture = picture_of(view, own=True, now=START)
    for width in (60, 72, 80, WIDE - 1, WIDE, 200):
        for height in (17, TALL - 1, TALL, HIGH - 1, HIGH, 60):
            strips = drawer_canvas(picture, width, height).strips()
            assert len(strips) == height
            assert {strip.cell_length for strip in strips} == {width}


# Pictures


async def test_picture_of_a_full_drawer(owner: World, make_app: App, picture: Picture) -> None:
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")


async def test_picture_of_a_new_drawer(shop_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(shop_world, room="drawer").run_test(size=(80, 24)) as pilot:
        await picture(pilot)


async def test_picture_of_a_drawer_that_was_hit_while_a_celebration_flies(
    owner: World, make_app: App, picture: Picture
) -> None:
    buy(owner, "celebration")
    throw(owner, "bob", times=2)
    throw(owner, "[@click=app.quit]x[/] 界界界")
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "c")
        await picture(pilot)


async def test_picture_of_a_visit(owner: World, make_app: App, picture: Picture) -> None:
    owner.players.add("bob")
    owner.grant("bob", oranges=500_000, gems=500, key="bob")
    buy(owner, "page-background", "card-style", "bigpulp-mood", "bigpulp-position", name="bob")
    buy(owner, "font-family", "dialogue-style", "collection-layout", name="bob")
    bob = player_of(owner, "bob")
    bob.cases.open("crate", 12, key="bob-open")
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "v", "enter")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_picture_of_whom_to_visit(shop_world: World, make_app: App, picture: Picture) -> None:
    for name in HOSTILE_NAMES:
        shop_world.players.add(name)
    async with make_app(shop_world, room="drawer").run_test(size=(80, 24)) as pilot:
        await enter(pilot, "v")
        await picture(pilot)


async def test_a_drawer_looks_the_same_by_day(owner: World, make_app: App) -> None:
    pages = []
    for theme in ("night-market", "day-market"):
        settings = Settings(reduced_motion=True, theme=theme)
        app = make_app(owner, room="drawer", settings=settings)
        async with app.run_test(size=(80, 24)) as pilot:
            pages.append((await enter(pilot)).page._strips)
    assert pages[0] == pages[1]


async def test_picture_of_a_drawer_without_colour(
    owner: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(owner, room="drawer").run_test(size=(80, 24)) as pilot:
        await picture(pilot)
