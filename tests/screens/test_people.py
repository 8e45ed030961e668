"""The people room: who is whose friend, gifts with words, drawers and robberies from there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import Button, Input, Static

from inventui.app import InventuiApp
from inventui.engine.models import FriendLine, GiftLine, InventoryPage, InventoryQuery
from inventui.engine.world import PlayerHandle, World
from inventui.rules.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.enums import Currency, Rarity
from inventui.rules.inventory import Tab
from inventui.rules.people import Bond, FriendEvent
from inventui.screens.gift_dialog import GiftDialog
from inventui.screens.gift_things import GiftThingsDialog
from inventui.screens.people import PeopleRoom
from inventui.widgets.dialogs import ConfirmDialog
from inventui.widgets.people_list import GiftList, PeopleList
from inventui.widgets.people_words import gift_rows, person_row, person_words
from tests.screens.conftest import (
    EVERY_ROOM,
    HOSTILE_IDS,
    HOSTILE_NAMES,
    befriend,
    go,
    player_of,
    settle,
)

SIZES = [(80, 24), (120, 40)]
SIZE_IDS = ["80x24", "120x40"]
App = Callable[..., InventuiApp]
Snap = Callable[..., bool]


@pytest.fixture
def town(filled_world: World, clock: FrozenClock) -> World:
    """bo is ana's friend, cy asks, dee was asked, ed is a stranger."""
    for name in ("bo", "cy", "dee", "ed"):
        filled_world.players.add(name, key=f"add-{name}")
    befriend(filled_world, "ana", "bo")
    clock.advance(2 * HOUR)
    player_of(filled_world, "cy").friends.change("ana", FriendEvent.REQUEST, "cy-asks")
    player_of(filled_world).friends.change("dee", FriendEvent.REQUEST, "ask-dee")
    clock.advance(5 * MINUTE)
    return filled_world


def bonds(world: World, name: str = "ana") -> dict[str, Bond]:
    """How a player stands with everybody."""
    return {line.name: line.bond for line in player_of(world, name).friends.list()}


def things(player: PlayerHandle, tab: Tab = Tab.COLLECTIBLES) -> InventoryPage:
    """What a player has."""
    page = player.inventory.page(InventoryQuery(tab=tab))
    assert isinstance(page, InventoryPage)
    return page


def point_at(app: InventuiApp, name: str) -> None:
    """Put the cursor on somebody."""
    people = app.screen.query_one(PeopleList)
    people.move_to([line.name for line in people.people].index(name))


def said(app: InventuiApp) -> list[str]:
    """What toasts have told."""
    return [toast.message for toast in app._notifications]


async def test_who_waits_for_an_answer_stands_first_then_friends_then_who_was_asked(
    town: World, make_app: App
) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        people = app.screen.query_one(PeopleList).people
        assert [line.name for line in people] == ["cy", "bo", "dee", "ed"]


async def test_a_asks_a_stranger_and_accepts_who_asks(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@people", "a")
        assert bonds(town)["cy"] is Bond.FRIENDS
        point_at(app, "ed")
        await go(pilot, "a")
        assert bonds(town)["ed"] is Bond.ASKED
        assert bonds(town, "ed")["ana"] is Bond.WAITING
        assert said(app)[-2:] == ["cy is your friend now.", "ed is asked to be your friend."]


async def test_a_friend_is_removed_only_after_a_yes(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "x")
        assert isinstance(app.screen, ConfirmDialog)
        await go(pilot, "n")
        assert bonds(town)["bo"] is Bond.FRIENDS
        await go(pilot, "x", "y")
        assert bonds(town)["bo"] is Bond.NONE


async def test_x_declines_who_asks_and_takes_a_request_back(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people", "x", "y")
        assert bonds(town)["cy"] is Bond.NONE
        point_at(app, "dee")
        await go(pilot, "x")
        assert bonds(town)["dee"] is Bond.NONE


@pytest.mark.parametrize(
    ("name", "key", "reason"),
    [
        ("ed", "g", "Gifts go to friends only"),
        ("ed", "x", "ed is not your friend."),
        ("bo", "a", "bo is your friend already."),
        ("dee", "a", "You have asked dee already."),
    ],
)
async def test_a_key_that_can_do_nothing_says_why_and_changes_nothing(
    name: str, key: str, reason: str, town: World, make_app: App
) -> None:
    app = make_app(town)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@people")
        before = town.version_token()
        point_at(app, name)
        await go(pilot, key)
        assert said(app)[-1].startswith(reason)
        assert isinstance(app.screen, PeopleRoom)
        assert town.version_token() == before


async def test_looking_at_somebodys_card_is_no_visit(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people", "down", "down", "down")
        shown = player_of(town, "bo").drawer.show()
        assert shown.visitors == 0  # type: ignore[union-attr]


async def test_v_leads_to_their_drawer_and_r_to_the_streets(town: World, make_app: App) -> None:
    from inventui.screens.drawer import DrawerRoom
    from inventui.widgets.target_list import TargetList

    app = make_app(town)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "v")
        assert isinstance(app.screen, DrawerRoom)
        assert app.screen.visiting == "bo"
        await go(pilot, "@people")
        point_at(app, "ed")
        await go(pilot, "r")
        assert app.current_mode == "streets"
        target = app.screen.query_one(TargetList).target
        assert target is not None
        assert target.name == "ed"
        await go(pilot, "@drawer")
        assert app.screen.visiting == "bo"  # type: ignore[attr-defined]


async def test_t_offers_a_trade_to_whoever_is_under_the_cursor(town: World, make_app: App) -> None:
    from inventui.screens.trade_editor import TradeEditor

    app = make_app(town)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@people")
        point_at(app, "ed")
        await go(pilot, "t")
        assert isinstance(app.screen, TradeEditor)
        await go(pilot, "o", *"10", "enter", "right", "o", *"20", "enter", "ctrl+s")
        assert isinstance(app.screen, PeopleRoom)
        trade = player_of(town).trades.list().trades[0]
        assert (trade.other, trade.give.oranges, trade.get.oranges) == ("ed", 10, 20)
        assert said(app)[-1].startswith("ed is asked.")
        await go(pilot, "ctrl+g")
        assert app.current_mode == "trades"


# Gifts


async def test_oranges_go_to_a_friend_with_a_message(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        before = player_of(town, "bo").card().oranges
        await go(pilot, "g", "enter", *"250", "enter", *"cheers")
        assert isinstance(app.screen, GiftDialog)
        preview = str(app.screen.query_one("#preview", Static).content)
        assert preview == "bo will read: ana gave you 250 oranges. “cheers”"
        await go(pilot, "enter")
        assert player_of(town, "bo").card().oranges == before + 250
        told = player_of(town, "bo").notifications.page().notifications[0]
        assert told.message == "ana gave you 250 oranges. “cheers”"
        assert said(app)[-1] == "bo got 250 oranges."
        await go(pilot, "right", "right")
        gifts = app.screen.query_one(GiftList)
        assert [gift.message for gift in gifts.gifts] == ["cheers"]
        assert "250 oranges" in str(gifts.border_subtitle)


async def test_a_thing_is_looked_for_by_name_and_given(town: World, make_app: App) -> None:
    app = make_app(town)
    ana = player_of(town)
    line = next(line for line in things(ana).items if not line.locked)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "g")
        app.screen.query_one(Input).value = line.name
        await settle(pilot)
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        await go(pilot, "enter")
    assert [item.name for item in things(player_of(town, "bo")).items] == [line.name]


async def test_what_cant_be_given_says_why_and_is_not_taken(town: World, make_app: App) -> None:
    app = make_app(town)
    ana = player_of(town)
    locked = next(line for line in things(ana).items if line.locked)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "g")
        before = town.version_token()
        app.screen.query_one(Input).value = locked.name
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, GiftThingsDialog)
        offers = dialog.offers
        offers.move_to([offer.what.item_id for offer in offers.offers].index(locked.id))
        await go(pilot, "enter")
        assert app.screen is dialog
        assert "locked" in str(dialog.query_one("#why", Static).content)
        assert town.version_token() == before


async def test_more_than_one_has_and_too_long_a_message_are_refused_as_one_types(
    town: World, make_app: App
) -> None:
    app = make_app(town)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "g", "enter", *"999999999")
        fault, give = app.screen.query_one("#fault", Static), app.screen.query_one("#yes", Button)
        assert "oranges more" in str(fault.content)
        assert give.disabled
        app.screen.query_one("#amount", Input).value = "1"
        app.screen.query_one("#message", Input).value = "x" * 201
        await settle(pilot)
        assert "201/200" in str(app.screen.query_one("#count", Static).content)
        assert give.disabled
        before = town.version_token()
        app.screen.query_one("#message").focus()
        await go(pilot, "enter")
        assert town.version_token() == before


async def test_pressing_give_twice_gives_once(town: World, make_app: App) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "g", "enter", *"10", "enter")
        before = player_of(town).card().oranges
        dialog = app.screen
        assert isinstance(dialog, GiftDialog)
        dialog._give()
        dialog._give()
        await settle(pilot)
    assert player_of(town).card().oranges == before - 10


async def test_a_gift_that_another_program_makes_impossible_keeps_the_dialog(
    town: World, make_app: App
) -> None:
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people")
        point_at(app, "bo")
        await go(pilot, "g", "enter", *"10", "enter")
        player_of(town, "bo").friends.change("ana", FriendEvent.REMOVE, "bo-leaves")
        before = player_of(town).card().oranges
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        assert "friends only" in str(app.screen.query_one("#fault", Static).content)
        assert player_of(town).card().oranges == before


async def test_older_gifts_come_as_one_scrolls(town: World, make_app: App) -> None:
    ana = player_of(town)
    for number in range(70):
        ana.gifts.send_money("bo", 1, message=f"no {number}", key=f"gift-{number}")
    app = make_app(town)
    async with app.run_test() as pilot:
        await go(pilot, "@people", "right", "right")
        gifts = app.screen.query_one(GiftList)
        assert gifts.count == 50
        await go(pilot, "end")
        assert [gift.message for gift in gifts.gifts] == [f"no {n}" for n in range(69, -1, -1)]
        ana.gifts.send_money("bo", 1, message="newest", key="gift-newest")
        app.screen.refresh_room()  # type: ignore[attr-defined]
        await settle(pilot)
        assert gifts.count == 71


async def test_another_programs_gift_becomes_a_toast(town: World, make_app: App) -> None:
    app = make_app(town, "bo")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await app._watch()
        player_of(town).gifts.send_money("bo", 10, message="[b]hi[/]", key="from-elsewhere")
        await app._watch()
        await settle(pilot)
        gift = list(app._notifications)[-1]
        assert gift.message.startswith("ana gave you 10 oranges. “[b]hi[/]”")
        assert gift.title == "🎁 For you"
        assert app.session.unread > 0


# Words


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
@pytest.mark.parametrize("bond", Bond)
def test_rows_fit_and_names_are_text(name: str, bond: Bond) -> None:
    line = FriendLine(1, name, "Underboss", True, bond, 0, "", "", name)
    gift = GiftLine(1, 0, False, name, name, Rarity.RARE, 3, 0, 0, name * 3)
    for width in range(30, 100):
        assert person_row(line, width, current=True).cell_length == width
        first, second = gift_rows(gift, 10**15, width, current=True)
        assert first.cell_length == width
        assert second.cell_length <= width
    words = person_words(line, 5)
    assert name in words.plain
    assert not any("click" in str(span.style) for span in words.spans)


def test_a_gift_of_gems_is_told_with_their_sign() -> None:
    from inventui.widgets.look import money

    gift = GiftLine(1, 0, True, "bo", None, None, None, 0, 7, "")
    first, second = gift_rows(gift, 0, 60, current=False)
    assert money(7, Currency.GEMS).plain in first.plain
    assert "without a message" in second.plain


# Pictures


@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids=[*SIZE_IDS, "60x20"])
def test_picture_of_people(size: tuple[int, int], snap: Snap, town: World, make_app: App) -> None:
    assert snap(make_app(town), size, ("@people", "down"), rooms=EVERY_ROOM)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_nobody(size: tuple[int, int], snap: Snap, world: World, make_app: App) -> None:
    assert snap(make_app(world), size, ("@people",), rooms=EVERY_ROOM)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_gifts(size: tuple[int, int], snap: Snap, town: World, make_app: App) -> None:
    ana = player_of(town)
    for number, name in enumerate(HOSTILE_NAMES):
        ana.gifts.send_money("bo", 10 + number, message=(name * 9)[:200], key=f"gift-{number}")
    line = next(line for line in things(ana).items if not line.locked)
    ana.gifts.send_item("bo", line.id, "For your shelf.", "gift-thing")
    app = make_app(town)
    assert snap(app, size, ("@people", "right", "right"), rooms=EVERY_ROOM)


def test_picture_of_hostile_names_without_colour(
    snap: Snap, town: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for number, name in enumerate(HOSTILE_NAMES):
        town.players.add(name, key=f"hostile-{number}")
    assert snap(make_app(town), (80, 24), ("@people", "end"), rooms=EVERY_ROOM)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_what_to_give(
    size: tuple[int, int], snap: Snap, town: World, make_app: App
) -> None:
    keys = ("@people", "down", "g", *["down"] * 5)
    assert snap(make_app(town), size, keys, rooms=EVERY_ROOM)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids=[*SIZE_IDS, "60x20"])
def test_picture_of_a_gift(size: tuple[int, int], snap: Snap, town: World, make_app: App) -> None:
    keys = ("@people", "down", "g", "enter", *"500", "enter", *"[b]x[/nope]")
    assert snap(make_app(town), size, keys, rooms=EVERY_ROOM)


def test_picture_of_a_gift_that_is_refused(snap: Snap, town: World, make_app: App) -> None:
    keys = ("@people", "down", "g", "enter", *"9999999")
    assert snap(make_app(town), (80, 24), keys, rooms=EVERY_ROOM)
