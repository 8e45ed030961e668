"""What is held for a trade is used nowhere else, and what stands in the way of accepting."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Delisted, Listed
from inventui.engine.history.models import ItemHistory
from inventui.engine.inventory.models import LockChange, Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.streets.models import RobberyDone
from inventui.engine.trades.models import TradeEnded, TradeOffer
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import TRANSITIONS
from inventui.rules.core.refusal import Reason
from inventui.rules.trades.trades import TradeState
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    refused,
)
from tests.engine.trading import have, offered, seen, status


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=PEOPLE_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=60_000)


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob")


ELSEWHERE: dict[str, Callable[[PlayerHandle, int], object]] = {
    "equip": lambda ana, player_item: ana.wardrobe.equip(player_item),
    "sell": lambda ana, player_item: ana.inventory.sell([player_item]),
    "list": lambda ana, player_item: ana.bazaar.list(player_item, 10),
    "gift": lambda ana, player_item: ana.gifts.send_item("bob", player_item),
    "withdraw": lambda ana, player_item: ana.withdrawals.withdraw(player_item, "home"),
    "discard": lambda ana, player_item: ana.inventory.discard(player_item),
    "lock": lambda ana, player_item: ana.inventory.lock([player_item], True),
    "offer again": lambda ana, player_item: ana.trades.propose(
        "bob", TradeOffer((player_item,), 0, (), ask_oranges=1)
    ),
}


@pytest.mark.parametrize(
    ("deed", "slug"),
    [
        *((deed, "crown") for deed in ELSEWHERE),
        *((deed, "squeezer") for deed in ELSEWHERE if deed != "equip"),
    ],
)
def test_what_is_held_is_used_nowhere_else(
    deed: str, slug: str, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    befriended(ana, bob)
    (player_item,) = have(ana, slug)
    trade = offered(ana, "bob", give=(player_item,), ask_oranges=1)
    before = contents(ana.world)
    refusal = refused(ELSEWHERE[deed](ana, player_item), Reason.WRONG_STATUS)
    assert "held by an open trade" in refusal.message
    assert contents(ana.world) == before
    done(bob.trades.accept(trade), TradeEnded)


def test_what_is_held_is_not_fused(ana: PlayerHandle, bob: PlayerHandle) -> None:
    straws = have(ana, *["straw"] * 6)
    offered(ana, "bob", give=straws[:1], ask_oranges=1)
    before = contents(ana.world)
    refused(ana.workshop.fuse(straws[:5]), Reason.WRONG_STATUS)
    assert contents(ana.world) == before
    assert straws[0] not in ana.workshop.cheapest(
        done(ana.history.of(straws[0]), ItemHistory).item.rarity
    )


@pytest.mark.parametrize("held", [False, True])
def test_what_is_held_is_not_stolen(
    held: bool, ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    (fork,) = have(ana, "fork")
    clock.at += DAY
    if held:
        offered(ana, "bob", give=(fork,), ask_oranges=1)
    stolen = []
    for _ in range(40):
        clock.at += HOUR
        stolen.append(done(bob.streets.rob("ana"), RobberyDone).stolen)
    # Where it lies about, the same forty robberies take it.
    assert any(player_item is not None for player_item in stolen) is not held


def test_a_held_thing_leaves_its_trade_by_two_ways_only() -> None:
    ways = {event for (start, event) in TRANSITIONS if start is Status.OFFERED}
    assert ways == {Event.TAKE_BACK, Event.TRADE}


def test_money_that_is_held_is_not_spent(ana: PlayerHandle, bob: PlayerHandle) -> None:
    offered(ana, "bob", give_oranges=59_950, ask_oranges=1)
    before = contents(ana.world)
    refusal = refused(ana.cases.open("vault"), Reason.INSUFFICIENT_FUNDS)
    assert refusal.figures["current"] == 50
    refused(ana.shop.buy("fork"), Reason.INSUFFICIENT_FUNDS)
    again = TradeOffer((), 51, (), 1)
    refused(ana.trades.propose("bob", again), Reason.INSUFFICIENT_FUNDS)
    assert contents(ana.world) == before
    assert ana.inventory.statistics().total_spent == 0


MEANWHILE: dict[str, tuple[Callable[[PlayerHandle, int], object], Reason]] = {
    "gone": (lambda bob, player_item: done(bob.inventory.sell([player_item]), Sale), Reason.ENDED),
    "locked": (
        lambda bob, player_item: done(bob.inventory.lock([player_item], True), LockChange),
        Reason.LOCKED,
    ),
    "worn": (
        lambda bob, player_item: done(bob.wardrobe.equip(player_item), Outfit),
        Reason.WRONG_STATUS,
    ),
    "listed": (
        lambda bob, player_item: done(bob.bazaar.list(player_item, 5), Listed),
        Reason.WRONG_STATUS,
    ),
    "offered": (
        lambda bob, player_item: offered(bob, "cy", give=(player_item,), ask_oranges=1),
        Reason.WRONG_STATUS,
    ),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_what_became_of_the_asked_thing_is_named_and_the_offer_stands(
    meanwhile: str, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    a_player(ana.world, "cy")
    (straw,), (seal, fork) = have(ana, "straw"), have(bob, "seal", "fork")
    trade = offered(ana, "bob", give=(straw,), give_oranges=5, ask=(seal, fork))
    deed, reason = MEANWHILE[meanwhile]
    deed(bob, fork)
    before = contents(ana.world)
    refusal = refused(bob.trades.accept(trade), reason)
    assert "Bent Fork" in refusal.message
    assert seen(bob, trade).refusal == refusal
    assert contents(ana.world) == before
    assert (seen(ana, trade).state, seen(ana, trade).refusal) == (TradeState.OPEN, None)
    done(bob.trades.decline(trade), TradeEnded)
    assert status(ana, straw) is Status.OWNED
    audited(ana.world)


def test_the_offer_can_be_accepted_once_the_thing_is_free_again(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (fork,) = have(bob, "fork")
    trade = offered(ana, "bob", give_oranges=5, ask=(fork,))
    listed = done(bob.bazaar.list(fork, 5), Listed)
    refused(bob.trades.accept(trade), Reason.WRONG_STATUS)
    done(bob.bazaar.delist(listed.listing), Delisted)
    done(bob.trades.accept(trade), TradeEnded)


def test_of_two_offers_for_one_thing_the_first_accepted_gets_it(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    cy = a_player(ana.world, "cy")
    (seal,) = have(bob, "seal")
    first, second = (offered(who, "bob", give_oranges=5, ask=(seal,)) for who in (ana, cy))
    done(bob.trades.accept(second), TradeEnded)
    refusal = refused(bob.trades.accept(first), Reason.ENDED)
    assert "Wax Seal" in refusal.message
    done(ana.trades.take_back(first), TradeEnded)
    assert ana.card().oranges == 60_000
    audited(ana.world)


def test_who_is_asked_for_more_than_they_have_can_not_accept(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (seal,) = have(ana, "seal")
    trade = offered(ana, "bob", give=(seal,), ask_oranges=5_001)
    before = contents(ana.world)
    refusal = refused(bob.trades.accept(trade), Reason.INSUFFICIENT_FUNDS)
    assert (refusal.figures["required"], refusal.figures["missing"]) == (5_001, 1)
    assert contents(ana.world) == before
    done(ana.world.grant("bob", oranges=1), Grant)
    done(bob.trades.accept(trade), TradeEnded)
    assert bob.card().oranges == 0


def test_room_for_gear_is_counted_after_the_swap_on_both_sides(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    forks, bibs = have(ana, *["fork"] * 10), have(bob, *["bib"] * 10)
    # Full on both sides, but as much goes as comes.
    even = offered(ana, "bob", give=forks[:2], ask=bibs[:2])
    done(bob.trades.accept(even), TradeEnded)
    his = offered(ana, "bob", give=forks[2:4], ask=bibs[2:3])
    before = contents(ana.world)
    refusal = refused(bob.trades.accept(his), Reason.NO_ROOM)
    assert refusal.message.startswith("You would hold 11 pieces")
    assert contents(ana.world) == before
    done(bob.inventory.discard(bibs[3]), object)
    done(bob.trades.accept(his), TradeEnded)
    # The proposer has filled up meanwhile.
    hers = offered(ana, "bob", give_oranges=1, ask=bibs[4:5])
    have(ana, "fork")
    before = contents(ana.world)
    refusal = refused(bob.trades.accept(hers), Reason.NO_ROOM)
    assert refusal.message.startswith("ana would hold 11 pieces")
    assert contents(ana.world) == before
    full = TradeOffer((), 1, bibs[5:6], 0)
    assert refused(ana.trades.propose("bob", full), Reason.NO_ROOM).message.startswith("You")
    audited(ana.world)


def test_nobody_gets_a_cosmetic_twice(ana: PlayerHandle, bob: PlayerHandle) -> None:
    (hers,), (his,) = have(ana, "lime"), have(bob, "lime")
    before = contents(ana.world)
    refusal = refused(
        ana.trades.propose("bob", TradeOffer((hers,), 0, (), 1)), Reason.ALREADY_OWNED
    )
    assert refusal.message.startswith("bob has Lime Letters already")
    refusal = refused(ana.trades.propose("bob", TradeOffer((), 1, (his,))), Reason.ALREADY_OWNED)
    assert refusal.message.startswith("You have Lime Letters already")
    assert contents(ana.world) == before
    # One for the other leaves each with one.
    done(bob.trades.accept(offered(ana, "bob", give=(hers,), ask=(his,))), TradeEnded)


@pytest.mark.parametrize("who", ["ana", "bob"])
def test_a_cosmetic_that_was_got_meanwhile_is_not_had_twice(
    who: str, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (player_item,) = have(bob if who == "ana" else ana, "lime")
    if who == "ana":
        trade = offered(ana, "bob", give_oranges=1, ask=(player_item,))
        have(ana, "lime")
    else:
        trade = offered(ana, "bob", give=(player_item,), ask_oranges=1)
        have(bob, "lime")
    before = contents(ana.world)
    refusal = refused(bob.trades.accept(trade), Reason.ALREADY_OWNED)
    assert refusal.message.startswith("ana has" if who == "ana" else "You have")
    assert contents(ana.world) == before


def test_consumables_and_collectibles_may_be_had_many_times(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    mine, his = have(ana, "donut", "seal"), have(bob, "donut", "seal")
    done(bob.trades.accept(offered(ana, "bob", give=mine, ask=his)), TradeEnded)


def test_a_friend_gets_no_gift_of_a_thing_that_is_held(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    befriended(ana, bob)
    (straw,) = have(ana, "straw")
    trade = offered(ana, "bob", give=(straw,), ask_oranges=1)
    refused(ana.gifts.send_item("bob", straw), Reason.WRONG_STATUS)
    done(ana.trades.take_back(trade), TradeEnded)
    done(ana.gifts.send_item("bob", straw), GiftSent)
