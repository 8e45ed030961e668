"""The collections' room: how far each set is, what one lacks, and a reward that is taken once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from inventui.engine.inventory.models import Sale
from inventui.engine.workshop.models import CollectionPiece, CollectionView, Completed
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.screens.cases.list import CaseList
from inventui.screens.cases.screen import CasesRoom
from inventui.screens.collections.reward import CompletedScreen
from inventui.screens.collections.screen import CollectionsRoom
from inventui.screens.collections.text import chance, missing
from inventui.screens.collections.wall import LARGE, SMALL, SetList, SetPiece
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.lists.tiles import TilePens
from tests.builders import audited, contents, done
from tests.screens.conftest import Picture, go, player_of, settle
from tests.screens.test_workshop import granted, text_of, toasts
from tests.worlds.shop import text_of as screen_text

MakeApp = Callable[..., Any]
VAULT = ("vault-dust", "old-ledger", "frozen-zest", "silver-pip", "heart-of-pulp")
TO_VAULT = ("down", "down")


def room_of(pilot: Pilot[Any]) -> CollectionsRoom:
    """The room, which must be on top."""
    assert isinstance(pilot.app.screen, CollectionsRoom)
    return pilot.app.screen


def a_red_piece(held: int, *, known: bool, parts: int = 2_600) -> CollectionPiece:
    sprite = "r=#ff0000\n" + "\n".join(["r" * 12] * 12)
    return CollectionPiece(
        "red", "Red", Category.COLLECTIBLE, Rarity.RARE, 5, sprite, "", held, known, parts, held > 0
    )


def the_vault(world: World) -> CollectionView:
    return done(player_of(world).collections.view("pulp-vault"), CollectionView)


def rows_of(pilot: Pilot[Any], selector: str) -> list[str]:
    """The lines that a list draws now."""
    rows: Any = pilot.app.screen.query_one(selector)
    return [rows.render_line(y).text for y in range(rows.size.height)]


def set_said(pilot: Pilot[Any]) -> str:
    """What is said of the set under the cursor."""
    return pilot.app.screen.query_one("#about", SizedPicture).render().plain


@pytest.fixture
def complete_vault(world: World) -> World:
    """ana holds every piece of the vault."""
    granted(world, *VAULT)
    return world


# What is shown


async def test_the_cursor_stands_on_the_set_that_the_room_was_entered_for(
    world: World, make_app: MakeApp
) -> None:
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.session.case = player_of(world).collections.list()[-1].slug
        await go(pilot, "@collections")
        sets = app.screen.query_one(SetList)
        assert sets.cursor == len(sets.rows) - 1


async def test_every_set_tells_how_far_it_is_and_what_it_gives(
    world: World, make_app: MakeApp
) -> None:
    granted(world, *VAULT[:2], "vault-dust")
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        drawn = "\n".join(rows_of(pilot, "#sets"))
        for view in player_of(world).collections.list():
            assert view.name in drawn
            assert f"{view.held}/{len(view.pieces)}" in drawn
            assert f"{view.oranges:,}" in drawn
        assert "2/5" in drawn


async def test_the_wall_shows_what_one_has_and_the_odds_of_what_one_lacks(
    world: World, make_app: MakeApp
) -> None:
    granted(world, "vault-dust", "vault-dust", "old-ledger")
    async with make_app(world, room="collections").run_test(size=(120, 40)) as pilot:
        await go(pilot, *TO_VAULT)
        drawn = "\n".join(rows_of(pilot, "#wall"))
        for name in ("Vault Dust", "Old Ledger", "Frozen Zest", "Silver Pip", "Heart of Pulp"):
            assert name in drawn
        assert "✓ ×2" in drawn
        assert "16.00 %" in drawn
        assert "45.00 %" not in drawn
        about = set_said(pilot)
        assert "2 of 5 pieces" in about
        assert "Frozen Zest" in about


def test_what_one_lacks_is_an_outline_in_one_colour() -> None:
    pens = TilePens("#ffffff", "#000000", lambda _: "#888888")
    colours = {}
    for held, known in ((1, True), (0, True), (0, False)):
        strips = SMALL.draw(SetPiece(1, a_red_piece(held, known=known)), 12, pens)
        colours[held, known] = {
            segment.style.color.name
            for strip in strips[:3]
            for segment in strip
            if segment.text.strip() and segment.style and segment.style.color
        }
    assert "#ff0000" in colours[1, True]
    assert len(colours[0, True]) == len(colours[0, False]) == 1
    assert colours[0, True] != colours[0, False]


def test_a_chance_below_a_hundredth_of_a_percent_is_told_with_four_digits() -> None:
    told = [chance(a_red_piece(0, known=True, parts=parts)) for parts in (100, 99)]
    assert told == ["0.01 %", "0.0099 %"]


async def test_the_cursor_in_the_wall_tells_of_each_piece(world: World, make_app: MakeApp) -> None:
    (dust,) = granted(world, "vault-dust")
    granted(world, "old-ledger")
    done(player_of(world).inventory.sell([dust]), Sale)
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT, "right")
        assert room_of(pilot).wall.has_focus
        assert "yours no more" in text_of(pilot, "#piece")
        await go(pilot, "right")
        assert "you have 1" in text_of(pilot, "#piece")
        await go(pilot, "right")
        assert "never yours yet" in text_of(pilot, "#piece")
        assert "16.00 % a case, 1 in 6.2" in text_of(pilot, "#piece")
        await go(pilot, "escape")
        assert room_of(pilot).sets.has_focus


async def test_pieces_are_large_from_100_columns_and_34_lines_on_and_below_the_list_under_72(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="collections").run_test(size=(100, 34)) as pilot:
        await settle(pilot)
        room = room_of(pilot)
        for size, tile, beside in (
            ((100, 34), LARGE, True), ((99, 34), SMALL, True), ((100, 33), SMALL, True),
            ((72, 24), SMALL, True), ((71, 24), SMALL, False),
        ):  # fmt: skip
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert room.wall.tiles is tile
            assert (room.query_one("#set").region.y == room.sets.region.y) is beside


async def test_another_set_begins_at_its_first_piece(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, "tab", "right", "right")
        assert room_of(pilot).wall.cursor == 2
        await go(pilot, "escape", "down")
        assert room_of(pilot).wall.cursor == 0


async def test_one_key_goes_through_what_is_missing(world: World, make_app: MakeApp) -> None:
    granted(world, "vault-dust", "frozen-zest")
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT)
        for name in ("Old Ledger", "Silver Pip", "Heart of Pulp", "Old Ledger"):
            await go(pilot, "m")
            assert name in text_of(pilot, "#piece")


def test_what_is_missing_is_named_the_likeliest_first(world: World) -> None:
    assert missing(the_vault(world)) == "Vault Dust, Old Ledger, Frozen Zest and 2 more"
    granted(world, *VAULT[:3])
    assert missing(the_vault(world)) == "Silver Pip and Heart of Pulp"
    granted(world, "silver-pip")
    assert missing(the_vault(world)) == "Heart of Pulp"
    granted(world, "heart-of-pulp")
    assert missing(the_vault(world)) == ""


async def test_a_key_leads_to_the_case_even_where_a_filter_hides_it(
    world: World, make_app: MakeApp
) -> None:
    async with make_app(world, room="cases").run_test(size=(80, 24)) as pilot:
        await go(pilot, "slash", *"citrus", "enter")
        await go(pilot, "@collections", *TO_VAULT, "c")
        assert isinstance(pilot.app.screen, CasesRoom)
        case = pilot.app.screen.query_one(CaseList).row
        assert case is not None
        assert case.id == "pulp-vault"
        await go(pilot, "up", "1", "2")
        assert pilot.app.screen.query_one(CaseList).row != case


# The reward


async def test_the_reward_of_a_complete_set_is_taken_with_enter_and_celebrated(
    complete_vault: World, make_app: MakeApp
) -> None:
    had, gives = player_of(complete_vault).card(), the_vault(complete_vault)
    async with make_app(complete_vault, room="collections").run_test(
        size=(80, 24), notifications=True
    ) as pilot:
        await go(pilot, *TO_VAULT)
        assert "★ ready" in "\n".join(rows_of(pilot, "#sets"))
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, CompletedScreen)
        words = pilot.app.screen.query_one("#words", Static).content.plain  # type: ignore[union-attr]
        assert f"{gives.oranges:,} oranges" in words
        await go(pilot, "enter")
        assert "Pulp Vault is complete" in toasts(pilot)[-1]
        assert "✓ now" in "\n".join(rows_of(pilot, "#sets"))
        assert "complete since" in set_said(pilot)
    card = player_of(complete_vault).card()
    assert (card.oranges - had.oranges, card.gems - had.gems) == (gives.oranges, gives.gems)
    audited(complete_vault)


async def test_the_reward_is_taken_from_the_wall_too(
    complete_vault: World, make_app: MakeApp
) -> None:
    async with make_app(complete_vault, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT, "tab", "enter")
        assert isinstance(pilot.app.screen, CompletedScreen)
    assert the_vault(complete_vault).done_at is not None


async def test_a_set_that_is_not_complete_says_what_is_missing_and_nothing_changes(
    world: World, make_app: MakeApp
) -> None:
    granted(world, *VAULT[:4])
    before = contents(world)
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        for keys in (("enter",), ("tab", "enter")):
            await go(pilot, "home", "down", "down", *keys)
            assert "Missing: Heart of Pulp." in toasts(pilot)[-1]
    assert contents(world) == before


async def test_the_reward_is_taken_once_however_often_enter_is_pressed(
    complete_vault: World, make_app: MakeApp
) -> None:
    oranges = the_vault(complete_vault).oranges
    had = player_of(complete_vault).card().oranges
    async with make_app(complete_vault, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT)
        await pilot.press("enter", "enter", "enter")
        await settle(pilot)
        await go(pilot, "escape", "enter")
        assert "paid once" in toasts(pilot)[-1]
    assert player_of(complete_vault).card().oranges == had + oranges


async def test_what_was_completed_before_stays_so_when_a_piece_is_gone(
    complete_vault: World, make_app: MakeApp
) -> None:
    player = player_of(complete_vault)
    done(player.collections.complete("pulp-vault"), Completed)
    player_items = player.workshop.cheapest(the_vault(complete_vault).pieces[0].rarity)
    done(player.inventory.sell(player_items), Sale)
    async with make_app(complete_vault, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT)
        about = set_said(pilot)
        assert "4 of 5 pieces" in about
        assert "complete since" in about


async def test_the_footer_holds_the_keys(world: World, make_app: MakeApp) -> None:
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert screen_text(pilot.app).split("\n")[-1].strip() == (
            "⏎ Take reward  tab Pieces  c Case  m Next missing  ? Help           ^p Palette"
        )


# Pictures


async def test_pictures_of_sets_that_are_under_way(
    filled_world: World, make_app: MakeApp, picture: Picture
) -> None:
    async with make_app(filled_world, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, "tab", "right", "right")
        await picture(pilot, "80x24")
        await pilot.resize_terminal(60, 20)
        await picture(pilot, "60x20")
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")


async def test_pictures_of_a_complete_set(
    complete_vault: World, make_app: MakeApp, picture: Picture
) -> None:
    async with make_app(complete_vault, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT)
        await picture(pilot, "ready")
        await go(pilot, "enter")
        await picture(pilot, "celebrated")
        await go(pilot, "enter")
        pilot.app.clear_notifications()
        await picture(pilot, "done")


async def test_without_colour_signs_say_what_one_has(
    world: World, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    granted(world, *VAULT[:2])
    async with make_app(world, room="collections").run_test(size=(80, 24)) as pilot:
        await go(pilot, *TO_VAULT)
        shown = screen_text(pilot.app)
        for words in ("▸ Pulp Vault", "2/5", "✓", "· C", "16.00 %"):
            assert words in shown, words
