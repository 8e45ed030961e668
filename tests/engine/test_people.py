"""Friends and gifts: who may give what to whom, and that it arrives once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.content.source import base_pack
from inventui.engine.drawer.models import DrawerView
from inventui.engine.history.models import ItemHistory
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.shop.models import Purchase
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.money import Currency
from inventui.rules.core.ranks import neighbour_standing
from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import FriendEvent, FriendshipState
from tests.builders import (
    NOW,
    PROPERTY_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    refused,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=FrozenClock(NOW), pack=PROPERTY_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=60_000)


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob")


def bond(one: PlayerHandle, other: PlayerHandle) -> FriendshipState:
    return next(line.bond for line in one.friends.list() if line.name == other.name)


def told(player: PlayerHandle) -> list[str]:
    with player.world.store.read() as connection:
        rows = connection.driver.execute(
            "SELECT message FROM notification WHERE player_id = ? ORDER BY id", (player.id,)
        )
        return [message for (message,) in rows]


def bought(player: PlayerHandle, slug: str, *, worn: bool = False) -> int:
    item = done(player.shop.buy(slug), Purchase).item_ids[0]
    if not worn:
        done(player.wardrobe.unequip(item), Outfit)
    return item


def test_friends_are_asked_and_answer(ana: PlayerHandle, bob: PlayerHandle) -> None:
    change = done(ana.friends.change("BOB", FriendEvent.REQUEST), FriendChange)
    assert (change.name, change.bond) == ("bob", FriendshipState.ASKED)
    assert (bond(ana, bob), bond(bob, ana)) == (FriendshipState.ASKED, FriendshipState.WAITING)
    assert told(bob) == ["ana asks to be your friend."]
    done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    assert (bond(ana, bob), bond(bob, ana)) == (FriendshipState.FRIENDS, FriendshipState.FRIENDS)
    assert told(ana) == ["bob is your friend now."]
    done(ana.friends.change("bob", FriendEvent.REMOVE), FriendChange)
    assert (bond(ana, bob), bond(bob, ana)) == (FriendshipState.NONE, FriendshipState.NONE)
    audited(ana.world)


def test_a_request_may_be_declined_taken_back_and_made_again(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for answer in (
        lambda: bob.friends.change("ana", FriendEvent.DECLINE),
        lambda: ana.friends.change("bob", FriendEvent.REMOVE),
    ):
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        done(answer(), FriendChange)
        assert bond(ana, bob) is FriendshipState.NONE


@pytest.mark.parametrize(
    ("by_ana", "event", "reason"),
    [
        ("", FriendEvent.ACCEPT, Reason.WRONG_BOND),
        ("", FriendEvent.DECLINE, Reason.WRONG_BOND),
        ("", FriendEvent.REMOVE, Reason.WRONG_BOND),
        ("request", FriendEvent.REQUEST, Reason.WRONG_BOND),
        ("request", FriendEvent.ACCEPT, Reason.WRONG_BOND),
        ("request", FriendEvent.DECLINE, Reason.WRONG_BOND),
    ],
)
def test_what_is_not_in_the_table_is_refused(
    by_ana: str, event: FriendEvent, reason: Reason, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    if by_ana:
        done(ana.friends.change("bob", FriendEvent(by_ana)), FriendChange)
    before = contents(ana.world)
    refused(ana.friends.change("bob", event), reason)
    refused(ana.friends.change("ana", event), Reason.NO_TARGET)
    refused(ana.friends.change("cy", event), Reason.UNKNOWN_PLAYER)
    assert contents(ana.world) == before


def test_a_gift_ends_one_row_and_begins_another(ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    spoon = bought(ana, "spoon")
    gift = done(ana.gifts.send_item("bob", spoon, "For your drawer"), GiftSent)
    assert gift.received_id is not None
    history = done(bob.history.of(gift.received_id), ItemHistory)
    assert [(e.player, e.event) for e in history.events][-3:] == [
        ("ana", Event.UNEQUIP),
        ("ana", Event.GIFT),
        ("bob", Event.ACQUIRE),
    ]
    assert history.item.status is Status.OWNED
    assert told(bob)[-1] == "ana gave you Sharp Spoon. “For your drawer”"
    (sent,) = ana.gifts.page(sent=True).gifts
    (got,) = bob.gifts.page(sent=False).gifts
    assert (sent.other, sent.name, sent.item_id) == ("bob", "Sharp Spoon", spoon)
    assert (got.other, got.message, got.item_id) == ("ana", "For your drawer", gift.received_id)
    assert ana.gifts.statistics().items_given == bob.gifts.statistics().items_received == 1
    audited(ana.world)


@pytest.mark.parametrize("currency", [Currency.ORANGES, Currency.GEMS])
def test_money_is_given(currency: Currency, ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    before = ana.card(), bob.card()
    gift = done(ana.gifts.send_money("bob", 20, currency), GiftSent)
    after = ana.card(), bob.card()
    mine, theirs = (
        getattr(after[i], str(currency)) - getattr(before[i], str(currency)) for i in (0, 1)
    )
    assert (mine, theirs) == (-20, 20)
    assert (gift.oranges + gift.gems, gift.name) == (20, None)
    assert after[0].experience == before[0].experience
    audited(ana.world)


def test_gifts_go_to_friends_only(ana: PlayerHandle, bob: PlayerHandle) -> None:
    spoon = bought(ana, "spoon")
    done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
    before = contents(ana.world)
    refused(ana.gifts.send_item("bob", spoon), Reason.NOT_FRIENDS)
    refused(ana.gifts.send_money("bob", 5), Reason.NOT_FRIENDS)
    refused(ana.gifts.send_item("ana", spoon), Reason.NO_TARGET)
    refused(ana.gifts.send_money("cy", 5), Reason.UNKNOWN_PLAYER)
    assert contents(ana.world) == before


def test_what_can_t_be_given_is_refused_with_its_reason(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    befriended(ana, bob)
    worn, locked, twice = (
        bought(ana, "apron", worn=True),
        bought(ana, "spoon"),
        bought(ana, "tent"),
    )
    ana.inventory.lock([locked], True)
    bob_s = bought(bob, "tent")
    default = next(iter(ana.wardrobe.worn().values())).item_id
    before = contents(ana.world)
    for item, reason in (
        (worn, Reason.WRONG_STATUS),
        (locked, Reason.LOCKED),
        (twice, Reason.ALREADY_OWNED),
        (bob_s, Reason.NOT_YOURS),
        (10**9, Reason.UNKNOWN_ITEM),
        (default, Reason.WRONG_STATUS),
    ):
        refused(ana.gifts.send_item("bob", item), reason)
        assert ana.gifts.why_not("bob", item) is not None
    for amount in (0, -5, 10**18):
        refused(ana.gifts.send_money("bob", amount), Reason.INVALID_AMOUNT)
    refused(ana.gifts.send_money("bob", 10**9), Reason.INSUFFICIENT_FUNDS)
    refused(ana.gifts.send_money("bob", 5, message="x" * 201), Reason.INVALID_MESSAGE)
    refused(ana.gifts.send_money("bob", 5, message="\x1b[2J"), Reason.INVALID_MESSAGE)
    assert contents(ana.world) == before


def test_gear_without_room_waits_in_the_friend_s_escrow(
    ana: PlayerHandle, bob: PlayerHandle, world: World
) -> None:
    befriended(ana, bob)
    for _ in range(10):
        world.grant("bob", item="spoon")
    tent = bought(ana, "tent")
    gift = done(ana.gifts.send_item("bob", tent), GiftSent)
    (waiting,) = bob.escrow.view().items
    assert waiting.line.id == gift.received_id
    audited(world)


def test_a_gift_by_the_same_key_is_given_once(ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    first = done(ana.gifts.send_money("bob", 100, key="once"), GiftSent)
    again = done(ana.gifts.send_money("bob", 100, key="once"), GiftSent)
    assert again.repeat
    assert again.operation == first.operation
    refused(ana.gifts.send_money("bob", 200, key="once"), Reason.KEY_REUSED)
    assert bob.card().oranges == 5_100


def test_gifts_are_paged_newest_first(ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    for amount in range(1, 8):
        done(ana.gifts.send_money("bob", amount), GiftSent)
    page = ana.gifts.page(sent=True, limit=3)
    assert [gift.oranges for gift in page.gifts] == [7, 6, 5]
    rest = ana.gifts.page(sent=True, before=page.next, limit=10)
    assert [gift.oranges for gift in rest.gifts] == [4, 3, 2, 1]
    assert rest.next is None
    assert ana.gifts.statistics().oranges_given == 28


def test_a_worn_gift_leaves_no_slot_behind(ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    item = bought(ana, "apron", worn=True)
    done(ana.wardrobe.unequip(Category.ARMOR), Outfit)
    done(ana.gifts.send_item("bob", item), GiftSent)
    assert Category.ARMOR not in ana.wardrobe.worn()
    refused(ana.wardrobe.equip(item), Reason.ENDED)


LIVELY = 120 * DAY


@pytest.fixture
def street(tmp_path: Path) -> Iterator[World]:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "street.db", clock=clock, pack=base_pack()) as world:
        yield world


def counts(world: World) -> dict[str, int]:
    with world.store.read() as connection:
        return {
            table: connection.driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("friendship", "gift", "robbery")
        }


def test_neighbours_ask_answer_and_give_in_their_periods(street: World) -> None:
    ana = a_player(street, "ana", oranges=100_000)
    names = [line.name for line in ana.friends.list() if line.neighbour]
    assert len(names) == 8
    for name in names[:4]:
        done(ana.friends.change(name, FriendEvent.REQUEST), FriendChange)
    street.clock.advance(LIVELY)  # type: ignore[attr-defined]
    settled = ana.catch_up()
    assert settled is not None
    assert {str(call.kind) for call in settled.calls} >= {"request", "oranges", "item"}
    bonds = [line.bond for line in ana.friends.list() if line.neighbour]
    assert FriendshipState.ASKED not in bonds
    assert FriendshipState.FRIENDS in bonds
    got = ana.gifts.statistics()
    assert got.oranges_received == sum(call.oranges for call in settled.calls)
    assert got.items_received == sum(call.kind == "item" for call in settled.calls) > 0
    assert ana.happened(0)[-1] == settled
    audited(street)


def test_a_neighbours_shown_rank_fits_what_it_owns_wherever_it_is_shown(street: World) -> None:
    ana = a_player(street, "ana", oranges=100)
    lines = [line for line in ana.friends.list() if line.neighbour]
    cards = {card.name: card for card in street.players.neighbours()}
    for line in lines:
        view = done(ana.drawer.peek(line.name), DrawerView)
        due = neighbour_standing(view.statistics.total_value)
        assert line.rank == due.rank
        assert view.player.standing == cards[line.name].standing == due
        assert view.player.experience == cards[line.name].experience == 0, "it is only shown"
    assert {line.rank for line in lines} - {"Rookie"}


def test_neighbours_stay_away_where_they_are_not_wanted(street: World) -> None:
    ana = a_player(street, "ana", oranges=100_000)
    ana.streets.targets()
    assert street.neighbours
    street.invite_neighbours(False)
    assert not street.neighbours
    street.clock.advance(LIVELY)  # type: ignore[attr-defined]
    ana.catch_up()
    assert counts(street) == {"friendship": 0, "gift": 0, "robbery": 0}
    street.invite_neighbours(True)
    street.clock.advance(LIVELY)  # type: ignore[attr-defined]
    ana.catch_up()
    assert counts(street)["robbery"] > 0
    audited(street)


def test_friends_and_gifts_count_towards_achievements(street: World) -> None:
    ana, bob = a_player(street, "ana"), a_player(street, "bob")

    def progress() -> dict[str, int]:
        return {
            str(goal.condition): goal.progress
            for goal in ana.achievements.list()
            if goal.condition in (Condition.FRIENDS, Condition.GIFTS_GIVEN)
        }

    assert set(progress().values()) == {0}
    befriended(ana, bob)
    done(ana.gifts.send_money("bob", 5), GiftSent)
    assert set(progress().values()) == {1}
    done(bob.friends.change("ana", FriendEvent.REMOVE), FriendChange)
    assert progress()["friends"] == 0


def test_the_last_page_of_gifts_leads_nowhere_even_if_it_is_full(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    befriended(ana, bob)
    for amount in (10, 20, 30, 40):
        done(ana.gifts.send_money("bob", amount), GiftSent)
    for player, sent in ((ana, True), (bob, False)):
        assert player.gifts.page(sent=sent, limit=4).next is None
        first = player.gifts.page(sent=sent, limit=2)
        assert first.next is not None
        last = player.gifts.page(sent=sent, before=first.next, limit=2)
        assert [gift.oranges for gift in (*first.gifts, *last.gifts)] == [40, 30, 20, 10]
        assert last.next is None


@pytest.mark.parametrize("limit", [0, -5])
def test_a_page_of_gifts_has_at_least_one(limit: int, ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    done(ana.gifts.send_money("bob", 10), GiftSent)
    assert len(ana.gifts.page(sent=True, limit=limit).gifts) == 1


def test_a_friend_is_told_of_a_gift_and_a_neighbour_is_not(street: World) -> None:
    ana, bob = a_player(street, "ana", oranges=100_000), a_player(street, "bob")
    befriended(ana, bob)
    for line in ana.friends.list():
        if line.neighbour:
            done(ana.friends.change(line.name, FriendEvent.REQUEST), FriendChange)
    street.clock.advance(LIVELY)  # type: ignore[attr-defined]
    ana.catch_up()
    zest = next(
        line.name
        for line in ana.friends.list()
        if line.neighbour and line.bond is FriendshipState.FRIENDS
    )
    for name in ("bob", zest):
        done(ana.gifts.send_money(name, 10), GiftSent)
    assert "ana gave you 10 oranges" in told(bob)[-1]
    with street.store.read() as connection:
        neighbours = "SELECT 1 FROM notification WHERE player_id NOT IN (1, 2)"
        assert connection.driver.execute(neighbours).fetchall() == []
