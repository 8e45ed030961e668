"""The people room: who is whose friend, gifts with words, drawers and robberies from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Static

from inventui.app.app import InventuiApp
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.people.models import FriendLine, GiftLine, GiftSent
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency
from inventui.rules.inventory.inventory import InventoryTab
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.screens.people.dealings import NO_DEALINGS, dealings
from inventui.screens.people.gift_choice import GiftItemDialog
from inventui.screens.people.gift_dialog import GiftDialog
from inventui.screens.people.gift_list import GiftList
from inventui.screens.people.screen import PeopleRoom
from inventui.widgets.canvas.sized_picture import SizedPicture
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.items.people_list import PeopleList
from inventui.widgets.items.people_text import gift_rows, person_row, person_words
from tests.builders import done, lived_in
from tests.screens.conftest import (
    HOSTILE_IDS,
    HOSTILE_NAMES,
    PACK,
    START,
    Picture,
    befriend,
    fill,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

App = Callable[..., InventuiApp]


def live_among_people(path: Path) -> int:
    """bo is ana's friend, cy asks, dee was asked, ed is a stranger."""
    clock = FrozenClock(START)
    world = World.open(
        path, clock=clock, entropy=SeededEntropy("seed"), pack=PACK, daily_backup=False
    )
    world.players.add("ana", key="add-ana")
    fill(world, clock)
    for name in ("bo", "cy", "dee", "ed"):
        world.players.add(name, key=f"add-{name}")
    befriend(world, "ana", "bo")
    clock.advance(2 * HOUR)
    player_of(world, "cy").friends.change("ana", FriendEvent.REQUEST, "cy-asks")
    player_of(world).friends.change("dee", FriendEvent.REQUEST, "ask-dee")
    world.close()
    return clock.advance(5 * MINUTE) or clock.at


@pytest.fixture
def people_world(tmp_path: Path) -> Iterator[World]:
    """bo is ana's friend, cy asks, dee was asked, ed is a stranger."""
    path = tmp_path / "people.db"
    clock = lived_in(path, live_among_people)
    world = World.open(
        path, clock=clock, entropy=SeededEntropy("now"), pack=PACK, daily_backup=False
    )
    yield world
    world.close()


async def test_the_cursor_stands_on_whom_the_room_was_entered_for(
    people_world: World, make_app: Callable[..., InventuiApp]
) -> None:
    app = make_app(people_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.session.whom = "ed"
        await go(pilot, "@people")
        row = app.screen.query_one(PeopleList).row
        assert row is not None
        assert row.name == "ed"


def bonds(world: World, name: str = "ana") -> dict[str, FriendshipState]:
    """How a player stands with everybody."""
    return {line.name: line.bond for line in player_of(world, name).friends.list()}


def player_items(
    player: PlayerHandle, tab: InventoryTab = InventoryTab.COLLECTIBLES
) -> InventoryPage:
    """What a player has."""
    page = player.inventory.page(InventoryQuery(tab=tab))
    assert isinstance(page, InventoryPage)
    return page


def point_at(app: InventuiApp, name: str) -> None:
    """Put the cursor on somebody."""
    people = app.screen.query_one(PeopleList)
    people.move_to([line.name for line in people.rows].index(name))


def said(app: InventuiApp) -> list[str]:
    """What toasts have told."""
    return [toast.message for toast in app._notifications]


async def test_who_waits_for_an_answer_stands_first_then_friends_then_who_was_asked(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        people = app.screen.query_one(PeopleList).rows
        assert [line.name for line in people] == ["cy", "bo", "dee", "ed"]


async def test_a_asks_a_stranger_and_accepts_who_asks(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "a")
        assert bonds(people_world)["cy"] is FriendshipState.FRIENDS
        point_at(app, "ed")
        await go(pilot, "a")
        assert bonds(people_world)["ed"] is FriendshipState.ASKED
        assert bonds(people_world, "ed")["ana"] is FriendshipState.WAITING
        assert said(app)[-2:] == ["cy is your friend now.", "ed is asked to be your friend."]


async def test_a_friend_is_removed_only_after_a_yes(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "x")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "n")
        assert bonds(people_world)["bo"] is FriendshipState.FRIENDS
        await go(pilot, "x", "y")
        assert bonds(people_world)["bo"] is FriendshipState.NONE


async def test_x_declines_who_asks_and_takes_a_request_back(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await go(pilot, "x", "y")
        assert bonds(people_world)["cy"] is FriendshipState.NONE
        point_at(app, "dee")
        await go(pilot, "x")
        assert bonds(people_world)["dee"] is FriendshipState.NONE


async def test_every_no_is_told_in_its_own_words(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "x", "y")
        assert said(app)[-1] == "cy is told that you would rather not."
        point_at(app, "bo")
        await go(pilot, "x", "y")
        assert said(app)[-1] == "bo is not your friend any more."
        point_at(app, "dee")
        await go(pilot, "x")
        assert said(app)[-1] == "You no longer ask dee."


async def test_a_key_that_can_do_nothing_says_why_and_changes_nothing(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        before = people_world.version_token()
        for name, key, reason in (
            ("ed", "p", "Gifts go to friends only"),
            ("ed", "x", "ed is not your friend."),
            ("bo", "a", "bo is your friend already."),
            ("dee", "a", "You have asked dee already."),
        ):
            point_at(app, name)
            await go(pilot, key)
            assert said(app)[-1].startswith(reason)
            assert isinstance(app.screen, PeopleRoom)
            assert people_world.version_token() == before


async def test_looking_at_somebodys_card_is_no_visit(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await go(pilot, "down", "down", "down")
        shown = player_of(people_world, "bo").drawer.show()
        assert shown.visitors == 0  # type: ignore[union-attr]


async def test_v_leads_to_their_drawer_and_r_to_the_streets(
    people_world: World, make_app: App
) -> None:
    from inventui.screens.drawer import DrawerRoom
    from inventui.screens.streets.targets import TargetList

    app = make_app(people_world, room="people")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "v")
        assert isinstance(app.screen, DrawerRoom)
        assert app.screen.visiting == "bo"
        await go(pilot, "@people")
        point_at(app, "ed")
        await go(pilot, "r")
        assert app.current_mode == "streets"
        target = app.screen.query_one(TargetList).row
        assert target is not None
        assert target.name == "ed"
        await go(pilot, "@drawer")
        assert app.screen.visiting == "bo"  # type: ignore[attr-defined]


async def test_t_offers_a_trade_to_whoever_is_under_the_cursor(
    people_world: World, make_app: App
) -> None:
    from inventui.screens.trades.editor import TradeEditor

    app = make_app(people_world, room="people")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        point_at(app, "ed")
        await go(pilot, "t")
        assert isinstance(app.screen, TradeEditor)
        await go(pilot, "o", *"10", "enter", "right", "o", *"20", "enter", "ctrl+s")
        assert isinstance(app.screen, PeopleRoom)
        trade = player_of(people_world).trades.list().trades[0]
        assert (trade.other, trade.give.oranges, trade.get.oranges) == ("ed", 10, 20)
        assert said(app)[-1].startswith("ed is asked.")
        await go(pilot, "ctrl+g")
        assert app.current_mode == "trades"


# Gifts


async def test_oranges_go_to_a_friend_with_a_message(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        point_at(app, "bo")
        before = player_of(people_world, "bo").card().oranges
        await go(pilot, "p", "enter", *"250", "enter", *"cheers")
        assert isinstance(app.screen, GiftDialog)
        preview = str(app.screen.query_one("#preview", Static).content)
        assert preview == "bo will read: ana gave you 250 oranges. “cheers”"
        await go(pilot, "enter")
        assert player_of(people_world, "bo").card().oranges == before + 250
        told = player_of(people_world, "bo").notifications.page().notifications[0]
        assert told.message == "ana gave you 250 oranges. “cheers”"
        assert said(app)[-1] == "bo got 250 oranges."
        await go(pilot, "right", "right")
        gifts = app.screen.query_one(GiftList)
        assert [gift.message for gift in gifts.rows] == ["cheers"]
        assert "250 oranges" in str(gifts.border_subtitle)


async def test_a_thing_is_looked_for_by_name_and_given(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    ana = player_of(people_world)
    line = next(line for line in player_items(ana).items if not line.locked)
    async with app.run_test() as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p")
        app.screen.query_one(Input).value = line.name
        await settle(pilot)
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        await go(pilot, "enter")
    assert [item.name for item in player_items(player_of(people_world, "bo")).items] == [line.name]


async def test_what_cant_be_given_says_why_and_is_not_taken(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    ana = player_of(people_world)
    locked = next(line for line in player_items(ana).items if line.locked)
    async with app.run_test() as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p")
        before = people_world.version_token()
        app.screen.query_one(Input).value = locked.name
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, GiftItemDialog)
        offers = dialog.offers
        offers.move_to([offer.what.item_id for offer in offers.rows].index(locked.id))
        await go(pilot, "enter")
        assert app.screen is dialog
        assert "locked" in str(dialog.query_one("#why", Static).content)
        assert people_world.version_token() == before


async def test_more_than_one_has_and_too_long_a_message_are_refused_as_one_types(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p", "enter", *"999999999")
        fault, give = app.screen.query_one("#fault", Static), app.screen.query_one("#yes", Button)
        assert "oranges more" in str(fault.content)
        assert give.disabled
        app.screen.query_one("#amount", Input).value = "1"
        app.screen.query_one("#message", Input).value = "x" * 201
        await settle(pilot)
        assert "201/200" in str(app.screen.query_one("#count", Static).content)
        assert give.disabled
        before = people_world.version_token()
        app.screen.query_one("#message").focus()
        await go(pilot, "enter")
        assert people_world.version_token() == before


async def test_gems_are_given_up_to_what_one_has_of_them(
    people_world: World, make_app: App
) -> None:
    card = player_of(people_world).card()
    gems = card.gems
    assert 0 < gems < card.oranges
    app = make_app(people_world, room="people")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p", "down", "enter")
        dialog = app.screen
        assert isinstance(dialog, GiftDialog)
        assert str(dialog.query(".label").first(Static).content) == f"You have 💎 {gems:,}"
        fault, give = dialog.query_one("#fault", Static), dialog.query_one("#yes", Button)
        for amount, why in ((gems + 1, "1 gem more"), (gems, "")):
            dialog.query_one("#amount", Input).value = str(amount)
            await settle(pilot)
            assert why in str(fault.content)
            assert give.disabled is bool(why)


async def test_pressing_give_twice_gives_once(people_world: World, make_app: App) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p", "enter", *"10", "enter")
        before = player_of(people_world).card().oranges
        dialog = app.screen
        assert isinstance(dialog, GiftDialog)
        dialog.take()
        dialog.take()
        await settle(pilot)
    assert player_of(people_world).card().oranges == before - 10


async def test_a_gift_that_another_program_makes_impossible_keeps_the_dialog(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        point_at(app, "bo")
        await go(pilot, "p", "enter", *"10", "enter")
        player_of(people_world, "bo").friends.change("ana", FriendEvent.REMOVE, "bo-leaves")
        before = player_of(people_world).card().oranges
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        assert "friends only" in str(app.screen.query_one("#fault", Static).content)
        assert player_of(people_world).card().oranges == before


async def test_where_there_is_room_what_passed_between_two_is_told(
    people_world: World, make_app: App
) -> None:
    done(player_of(people_world).gifts.send_money("bo", 7, Currency.ORANGES), GiftSent)
    app = make_app(people_world, room="people")
    async with app.run_test(size=(140, 45)) as pilot:
        await go(pilot)
        words = app.screen.query_one("#dealings", SizedPicture)
        while app.screen.person.name != "bo":
            await go(pilot, "down")
        assert words.border_title == "Between you and bo"
        assert "You gave bo" in words.render().plain
        assert "−🍊 7" in words.render().plain
        while app.screen.person.name != "ed":
            await go(pilot, "down")
        assert words.render().plain == NO_DEALINGS
        await pilot.resize_terminal(139, 45)
        await go(pilot)
        assert not words.display


async def test_what_passed_between_two_is_drawn_for_the_width_there_is_once_it_is_laid_out(
    people_world: World, make_app: App
) -> None:
    done(player_of(people_world).gifts.send_money("bo", 7, Currency.ORANGES), GiftSent)
    app = make_app(people_world, room="people")
    async with app.run_test(size=(100, 45)) as pilot:
        await go(pilot)
        words = app.screen.query_one("#dealings", SizedPicture)
        while app.screen.person.name != "bo":
            await go(pilot, "down")
        await pilot.resize_terminal(160, 45)
        app.screen._show_dealings(dealings(player_of(people_world), "bo"))
        await go(pilot)
        assert "You gave bo" in words.render().plain


async def test_older_gifts_come_as_one_scrolls(people_world: World, make_app: App) -> None:
    ana = player_of(people_world)
    for number in range(70):
        ana.gifts.send_money("bo", 1, message=f"no {number}", key=f"gift-{number}")
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await go(pilot, "right", "right")
        gifts = app.screen.query_one(GiftList)
        assert gifts.count == 50
        await go(pilot, "end")
        assert [gift.message for gift in gifts.rows] == [f"no {n}" for n in range(69, -1, -1)]
        ana.gifts.send_money("bo", 1, message="newest", key="gift-newest")
        app.screen.refresh_room()  # type: ignore[attr-defined]
        await settle(pilot)
        assert gifts.count == 71


async def test_another_programs_gift_becomes_a_toast(people_world: World, make_app: App) -> None:
    app = make_app(people_world, "bo")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await app._watch()
        player_of(people_world).gifts.send_money("bo", 10, message="[b]hi[/]", key="from-elsewhere")
        await app._watch()
        await settle(pilot)
        gift = list(app._notifications)[-1]
        assert gift.message.startswith("ana gave you 10 oranges. “[b]hi[/]”")
        assert gift.title == "🎁 For you"
        assert app.session.unread > 0


# Words


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
@pytest.mark.parametrize("bond", FriendshipState)
def test_rows_fit_and_names_are_text(name: str, bond: FriendshipState) -> None:
    line = FriendLine(1, name, "Underboss", True, bond, 0, "", "", name)
    gift = GiftLine(1, 0, False, name, name, Rarity.RARE, 3, 0, 0, name * 3)
    for width in (30, 31, 45, 59, 60, 79, 99):
        assert person_row(line, width, current=True).cell_length == width
        first, second = gift_rows(gift, 10**15, width, current=True)
        assert first.cell_length == width
        assert second.cell_length <= width
    words = person_words(line, 5)
    assert name in words.plain
    assert not any("click" in str(span.style) for span in words.spans)


def test_a_gift_of_gems_is_told_with_their_sign() -> None:
    from inventui.widgets.theme import money

    gift = GiftLine(1, 0, True, "bo", None, None, None, 0, 7, "")
    first, second = gift_rows(gift, 0, 60, current=False)
    assert money(7, Currency.GEMS).plain in first.plain
    assert "without a message" in second.plain


async def test_the_footer_names_what_can_be_done_with_whoever_is_under_the_cursor(
    people_world: World, make_app: App
) -> None:
    app = make_app(people_world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert " a Accept  " in text_of(app).splitlines()[-1]
        point_at(app, "ed")
        await settle(pilot)
        foot = text_of(app).splitlines()[-1]
        assert " a Ask  p Gift  t Trade  x Remove  v Visit  " in foot


async def test_hostile_names_are_listed_as_they_are_and_in_the_smallest_terminal_too(
    people_world: World, make_app: App
) -> None:
    for number, name in enumerate(HOSTILE_NAMES):
        people_world.players.add(name, key=f"hostile-{number}")
    app = make_app(people_world, room="people")
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        for name in HOSTILE_NAMES:
            point_at(app, name)
            await settle(pilot)
            assert "▸" in text_of(app)
            assert name[:8].rstrip() in text_of(app)


# Pictures


async def test_picture_of_people(people_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(people_world, room="people").run_test() as pilot:
        await go(pilot, "down")
        for width, height in ((80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_alone_in_the_world_one_is_told_so(world: World, make_app: App) -> None:
    app = make_app(world, room="people")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "You are alone in this world." in text_of(app)


async def test_picture_of_gifts_with_hostile_words(
    people_world: World, make_app: App, picture: Picture
) -> None:
    ana = player_of(people_world)
    for number, name in enumerate(HOSTILE_NAMES):
        ana.gifts.send_money("bo", 10 + number, message=(name * 9)[:200], key=f"gift-{number}")
    line = next(line for line in player_items(ana).items if not line.locked)
    ana.gifts.send_item("bo", line.id, "For your shelf.", "gift-thing")
    async with make_app(people_world, room="people").run_test() as pilot:
        await go(pilot, "right", "right")
        await picture(pilot)


async def test_picture_of_hostile_names_without_colour(
    people_world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for number, name in enumerate(HOSTILE_NAMES):
        people_world.players.add(name, key=f"hostile-{number}")
    async with make_app(people_world, room="people").run_test() as pilot:
        await go(pilot, "end")
        await picture(pilot)


async def test_picture_of_a_gift_from_its_choice_to_its_message(
    people_world: World, make_app: App, picture: Picture
) -> None:
    async with make_app(people_world, room="people").run_test() as pilot:
        await go(pilot, "down", "p", *["down"] * 5)
        await picture(pilot, "what")
        await go(pilot, *["up"] * 5, "enter", *"500", "enter")
        await pilot.press(*"[b]x[/nope]")
        await picture(pilot, "message")
