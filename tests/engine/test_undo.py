"""Undo: what was just done is taken back whole, for a minute, while nothing depends on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Bought, Delisted, Listed
from inventui.engine.history.models import ItemHistory
from inventui.engine.inventory.models import Discard, ItemDetail, LockChange, Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.shop.models import Purchase
from inventui.engine.undo.models import Undo, Undone
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.achievements import Condition
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.undo import WINDOW, Undoable
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    given,
    opened,
    refused,
)
from tests.engine.achievement_worlds import a_goal_world, awarded


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=FrozenClock(NOW), pack=PEOPLE_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=60_000)


@pytest.fixture
def bob(world: World, ana: PlayerHandle) -> PlayerHandle:
    bob = a_player(world, "bob")
    befriended(ana, bob)
    return bob


def clock_of(player: PlayerHandle) -> FrozenClock:
    clock = player.world.clock
    assert isinstance(clock, FrozenClock)
    return clock


def line(player: PlayerHandle, number: int) -> tuple[Status, bool]:
    found = done(player.inventory.detail(number), ItemDetail).line
    return found.status, found.locked


def oranges(player: PlayerHandle) -> int:
    return player.card().oranges


def bought(player: PlayerHandle, slug: str) -> int:
    item = done(player.shop.buy(slug), Purchase).item_ids[0]
    done(player.wardrobe.unequip(item), Outfit)
    return item


def told(player: PlayerHandle) -> list[str]:
    return [each.message for each in player.notifications.page().notifications]


def unchanged(player: PlayerHandle, reason: Reason, operation: int | None = None) -> str:
    """The sentence of a refusal after which everything is as before."""
    before = contents(player.world)
    said = refused(player.undos.take_back(operation), reason).message
    refused(player.undos.latest(operation), reason)
    assert contents(player.world) == before
    return said


def test_a_sale_is_taken_back_with_all_of_its_things_and_its_money(
    world: World, ana: PlayerHandle
) -> None:
    numbers = [given(world, ana, slug) for slug in ("fork", "fork", "straw")]
    before = oranges(ana)
    sale = done(ana.inventory.sell(numbers[:2]), Sale)
    assert oranges(ana) == before + sale.total_value
    found = done(ana.undos.latest(), Undo)
    assert (found.operation, found.number, found.oranges) == (sale.operation, 2, sale.total_value)
    assert found.until == NOW + WINDOW
    undone = done(ana.undos.take_back(), Undone)
    assert (undone.undone, undone.kind) == (sale.operation, Undoable.SELL)
    assert undone.balance.oranges == oranges(ana) == before
    assert {line(ana, number) for number in numbers} == {(Status.OWNED, False)}
    events = [step.event for step in done(ana.history.of(numbers[0]), ItemHistory).events]
    assert events == [Event.ACQUIRE, Event.SELL, Event.UNDO]
    audited(world)


def test_what_was_taken_back_counts_as_neither_sold_nor_spent(
    world: World, ana: PlayerHandle
) -> None:
    fork = given(world, ana, "fork")
    before = ana.inventory.statistics()
    done(ana.inventory.sell([fork]), Sale)
    done(ana.undos.take_back(), Undone)
    assert ana.inventory.statistics() == before
    with world.store.read() as connection:
        counted = connection.driver.execute(
            "SELECT number FROM counter WHERE what = 'items_sold'"
        ).fetchall()
    assert [number for (number,) in counted] == [0]


def test_what_was_thrown_away_comes_back(world: World, ana: PlayerHandle) -> None:
    lime = bought(ana, "lime")
    done(ana.inventory.discard(lime), Discard)
    undone = done(ana.undos.take_back(), Undone)
    assert (undone.kind, undone.item_id, undone.oranges) == (Undoable.DISCARD, lime, 0)
    assert line(ana, lime) == (Status.OWNED, False)
    audited(world)


def test_a_listing_is_taken_back_and_stands_among_the_ended_ones(
    world: World, ana: PlayerHandle
) -> None:
    fork = given(world, ana, "fork")
    listed = done(ana.bazaar.list(fork, 200), Listed)
    done(ana.undos.take_back(listed.operation), Undone)
    assert line(ana, fork) == (Status.OWNED, False)
    assert [end.id for end in ana.bazaar.ends().lines] == [listed.listing]
    audited(world)


def test_a_gift_comes_back_before_its_friend_has_seen_it(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    fork = given(world, ana, "fork")
    sent = done(ana.gifts.send_item("bob", fork, "for you"), GiftSent)
    assert sent.received_id is not None
    undone = done(ana.undos.take_back(), Undone)
    assert (undone.kind, undone.receiver) == (Undoable.GIFT, "bob")
    assert line(ana, fork) == (Status.OWNED, False)
    assert line(bob, sent.received_id)[0] is Status.RETURNED
    assert ana.gifts.statistics().items_given == bob.gifts.statistics().items_received == 0
    assert told(bob)[0] == "ana took Bent Fork back before you had seen it."
    assert bob.notifications.unread() == 2
    again = done(ana.gifts.send_item("bob", fork), GiftSent)
    assert again.received_id is not None
    assert line(bob, again.received_id) == (Status.OWNED, False)
    assert ana.gifts.statistics().items_given == 1
    audited(world)


def test_a_gift_that_waits_in_escrow_comes_back_too(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for _ in range(10):
        given(world, bob, "fork")
    bib = given(world, ana, "bib")
    sent = done(ana.gifts.send_item("bob", bib), GiftSent)
    assert sent.received_id is not None
    assert line(bob, sent.received_id)[0] is Status.ESCROWED
    done(ana.undos.take_back(), Undone)
    assert line(bob, sent.received_id)[0] is Status.RETURNED
    assert not bob.escrow.view().items
    audited(world)


def test_undo_goes_back_step_by_step_and_ends_with_nothing_to_undo(
    world: World, ana: PlayerHandle
) -> None:
    fork, bib = given(world, ana, "fork"), given(world, ana, "bib")
    first = done(ana.inventory.sell([fork]), Sale)
    second = done(ana.inventory.discard(bib), Discard)
    assert done(ana.undos.take_back(), Undone).undone == second.operation
    assert done(ana.undos.take_back(), Undone).undone == first.operation
    assert unchanged(ana, Reason.NOTHING_TO_DO).startswith("There is nothing to undo")
    said = unchanged(ana, Reason.ENDED, first.operation)
    assert said == "You sold Bent Fork, and took it back already."
    audited(world)


def test_what_was_taken_back_can_be_done_and_taken_back_again(
    world: World, ana: PlayerHandle
) -> None:
    fork = given(world, ana, "fork")
    for _ in range(3):
        done(ana.inventory.sell([fork]), Sale)
        done(ana.undos.take_back(), Undone)
    done(ana.inventory.discard(fork), Discard)
    done(ana.undos.take_back(), Undone)
    assert line(ana, fork) == (Status.OWNED, False)
    audited(world)


def test_after_a_minute_nothing_is_taken_back(world: World, ana: PlayerHandle) -> None:
    numbers = [given(world, ana, "fork") for _ in range(2)]
    done(ana.inventory.sell(numbers[:1]), Sale)
    clock_of(ana).advance(WINDOW)
    done(ana.undos.take_back(), Undone)
    done(ana.inventory.sell(numbers[1:]), Sale)
    clock_of(ana).advance(WINDOW + 1)
    said = unchanged(ana, Reason.EXPIRED)
    assert said == "You sold Bent Fork more than 60 seconds ago: that can't be undone any more."
    audited(world)


def test_a_clock_that_is_set_back_gives_no_second_minute(world: World, ana: PlayerHandle) -> None:
    fork = given(world, ana, "fork")
    sale = done(ana.inventory.sell([fork]), Sale)
    clock_of(ana).advance(-3_600_000)
    given(world, ana, "bib")
    clock_of(ana).advance(WINDOW + 1)
    unchanged(ana, Reason.EXPIRED, sale.operation)


def test_a_sale_whose_money_is_spent_stays_a_sale(world: World, ana: PlayerHandle) -> None:
    cap = given(world, ana, "fork")
    sale = done(ana.inventory.sell([cap]), Sale)
    bob = a_player(world, "bob")
    befriended(ana, bob)
    done(ana.gifts.send_money("bob", oranges(ana) - sale.total_value + 1), GiftSent)
    said = unchanged(ana, Reason.INSUFFICIENT_FUNDS)
    assert said.startswith("You have spent what it brought:")


def test_gear_comes_back_only_where_there_is_room(world: World, ana: PlayerHandle) -> None:
    numbers = [given(world, ana, "fork") for _ in range(10)]
    sale = done(ana.inventory.sell(numbers[:1]), Sale)
    given(world, ana, "bib")
    unchanged(ana, Reason.NO_ROOM, sale.operation)
    thrown = done(ana.inventory.discard(numbers[1]), Discard)
    done(ana.undos.take_back(sale.operation), Undone)
    unchanged(ana, Reason.NO_ROOM, thrown.operation)
    audited(world)


def test_nobody_gets_a_second_one_of_what_nobody_has_twice(world: World, ana: PlayerHandle) -> None:
    lime = bought(ana, "lime")
    done(ana.inventory.discard(lime), Discard)
    bought(ana, "lime")
    assert unchanged(ana, Reason.ALREADY_OWNED).startswith("You have another ")


def test_what_was_rewarded_stays_done(tmp_path: Path) -> None:
    goals = {"first": (Condition.ITEMS_SOLD, 1, {"oranges": 50})}
    clock = FrozenClock(NOW)
    with a_goal_world(tmp_path / "world.db", goals, clock=clock) as world:
        ana = a_player(world)
        won = [roll.item_id for roll in opened(ana, "crate", 3).rolls if roll.item_id]
        done(ana.inventory.sell(won[:1]), Sale)
        awarded(ana)
        said = unchanged(ana, Reason.DEPENDED_ON)
        assert said.startswith("It helped to reach Goal first, which was rewarded:")
        done(ana.inventory.sell(won[1:2]), Sale)
        done(ana.undos.take_back(), Undone)
        audited(world)


def test_the_biggest_sale_is_counted_without_what_was_taken_back(tmp_path: Path) -> None:
    goals = {"big": (Condition.BIGGEST_SALE, 1, {"oranges": 50})}
    with a_goal_world(tmp_path / "world.db", goals, clock=FrozenClock(NOW)) as world:
        ana = a_player(world)
        won = [roll.item_id for roll in opened(ana, "crate", 5).rolls if roll.item_id]
        done(ana.inventory.sell(won[1:]), Sale)
        done(ana.undos.take_back(), Undone)
        assert ana.achievements.award() is None
        sale = done(ana.inventory.sell(won[:1]), Sale)
        assert awarded(ana).tally.sale == sale.total_value
        audited(world)


def test_a_listing_that_was_sold_or_taken_home_is_not_taken_back(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    listings = [done(ana.bazaar.list(given(world, ana, "fork"), 200), Listed) for _ in range(2)]
    done(bob.bazaar.buy(listings[0].listing), Bought)
    done(ana.bazaar.delist(listings[1].listing), Delisted)
    said = [unchanged(ana, Reason.DEPENDED_ON, each.operation) for each in listings]
    assert said == [
        f"{why}: that can't be undone any more."
        for why in ("Somebody has bought it", "It is not listed any more")
    ]


SEEN: dict[str, Callable[[PlayerHandle, int], object]] = {
    "bob has seen it": lambda bob, _: bob.notifications.seen(
        each.id for each in bob.notifications.page().notifications
    ),
    "bob has made use of it": lambda bob, got: bob.wardrobe.equip(got),
    "bob has been here since": lambda bob, _: bob.shop.buy("donut"),
}


@pytest.mark.parametrize("why", SEEN)
def test_a_gift_stays_given_once_its_friend_has_seen_it_used_it_or_was_here(
    why: str, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    sent = done(ana.gifts.send_item("bob", given(world, ana, "fork")), GiftSent)
    assert sent.received_id is not None
    SEEN[why](bob, sent.received_id)
    assert unchanged(ana, Reason.DEPENDED_ON) == f"{why}: that can't be undone any more."
    audited(world)


def test_a_gift_that_a_friend_locked_stays_theirs(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    sent = done(ana.gifts.send_item("bob", given(world, ana, "fork")), GiftSent)
    assert sent.received_id is not None
    done(bob.inventory.lock([sent.received_id], True), LockChange)
    unchanged(ana, Reason.DEPENDED_ON)


def test_a_toast_that_showed_a_gift_makes_it_stay(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    done(ana.gifts.send_item("bob", given(world, ana, "fork")), GiftSent)
    (told_of,) = [each for each in bob.notifications.page().notifications if each.kind == "gift"]
    before = bob.notifications.unread()
    assert bob.notifications.shown([told_of.id]) == 1
    assert bob.notifications.shown([told_of.id]) == 0
    assert bob.notifications.unread() == before
    assert unchanged(ana, Reason.DEPENDED_ON).startswith("bob has seen it")


def test_who_is_here_sees_what_they_were_given(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    sent = done(ana.gifts.send_item("bob", given(world, ana, "fork")), GiftSent)
    assert ana.notifications.show_gifts() == 0
    assert bob.notifications.show_gifts() == 1
    assert bob.notifications.show_gifts() == 0
    assert unchanged(ana, Reason.DEPENDED_ON, sent.operation).startswith("bob has seen it")


def test_a_gift_that_pushed_another_thing_out_of_escrow_stays_given(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for _ in range(13):
        given(world, bob, "fork")
    sent = done(ana.gifts.send_item("bob", given(world, ana, "bib")), GiftSent)
    said = unchanged(ana, Reason.DEPENDED_ON, sent.operation)
    assert said.startswith("It pushed another thing out of bob's escrow")


def test_money_another_s_and_other_deeds_are_not_taken_back(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    sent = done(ana.gifts.send_money("bob", 100), GiftSent)
    fork = given(world, bob, "fork")
    theirs = done(bob.inventory.sell([fork]), Sale)
    paid = done(ana.shop.buy("lime"), Purchase)
    for operation in (sent.operation, theirs.operation, paid.operation, 0, -1, 2**70):
        unchanged(ana, Reason.WRONG_STATUS, operation)
    unchanged(ana, Reason.NOTHING_TO_DO)


def test_the_same_key_takes_back_once(world: World, ana: PlayerHandle) -> None:
    fork = given(world, ana, "fork")
    done(ana.inventory.sell([fork]), Sale)
    first = done(ana.undos.take_back(key="back"), Undone)
    done(ana.inventory.sell([fork]), Sale)
    again = done(ana.undos.take_back(key="back"), Undone)
    assert again.repeat
    assert again.operation == first.operation
    assert line(ana, fork)[0] is Status.SOLD


def test_a_sale_that_a_full_purse_was_not_paid_for_is_taken_back_for_nothing(
    world: World, ana: PlayerHandle
) -> None:
    world.grant("ana", oranges=2**53 - 1 - oranges(ana))
    fork = given(world, ana, "fork")
    sale = done(ana.inventory.sell([fork]), Sale)
    assert sale.total_value == 0
    undone = done(ana.undos.take_back(), Undone)
    assert undone.oranges == 0
    assert line(ana, fork) == (Status.OWNED, False)
    audited(world)


def test_the_feed_tells_both_what_came_back(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    done(ana.gifts.send_item("bob", given(world, ana, "fork")), GiftSent)
    done(ana.undos.take_back(), Undone)
    assert ana.feed.page().lines[0].words == "You took back"
    assert bob.feed.page().lines[0].words == "ana took back from you"
