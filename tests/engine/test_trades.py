"""Trades: offers, what both sides see of them, and that all of it goes over at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.history.models import ItemHistory
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, LockChange
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeQuote
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import Sort
from inventui.rules.trades.trades import DURATION, MOST_THINGS, TradeState
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
from tests.engine.trading import everything, have, offered, seen, status, told


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


def test_what_is_offered_is_held_and_what_is_asked_for_stays_free(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    straw, fork = have(ana, "straw", "fork")
    seal, bib = have(bob, "seal", "bib")
    before = everything(ana.world)
    offer = TradeOffer((straw, fork), 100, (seal, bib), 50, "For your wall")
    made = done(ana.trades.propose("BOB", offer), TradeMade)
    assert (made.other, made.until, made.balance.oranges) == ("bob", NOW + DURATION, 59_900)
    assert made.answer is None
    assert [status(ana, player_item) for player_item in (straw, fork)] == [Status.OFFERED] * 2
    assert [status(bob, player_item) for player_item in (seal, bib)] == [Status.OWNED] * 2
    assert bob.card().oranges == 5_000
    assert everything(ana.world) == before
    assert told(bob) == [
        (
            "trade_offer",
            "ana offers you Bent Straw, Bent Fork and 100 oranges for Wax Seal, Paper Bib and "
            "50 oranges. “For your wall”",
        )
    ]
    audited(ana.world)


def test_both_sides_see_the_same_offer_from_their_own_side(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    trade = offered(ana, "bob", give=(straw,), give_oranges=7, ask=(seal,), message="Hi")
    hers, his = seen(ana, trade), seen(bob, trade)
    assert (hers.mine, his.mine) == (True, False)
    assert (hers.waits_for_me, his.waits_for_me) == (False, True)
    assert (hers.give, hers.get) == (his.get, his.give)
    assert (hers.give.name, hers.give.oranges, hers.give.value) == ("ana", 7, 47)
    assert [line.id for line in hers.get.player_items] == [seal]
    assert hers.get.value == 10_000
    assert (hers.other, his.other, his.message) == ("bob", "ana", "Hi")
    assert (hers.refusal, his.refusal, hers.ended_at) == (None, None, None)
    assert (ana.trades.waiting(), bob.trades.waiting()) == (0, 1)


def test_accepting_moves_everything_in_one_operation(ana: PlayerHandle, bob: PlayerHandle) -> None:
    straw, lime = have(ana, "straw", "lime")
    seal, bib = have(bob, "seal", "bib")
    before = everything(ana.world)
    trade = offered(
        ana, "bob", give=(straw, lime), give_oranges=100, ask=(seal, bib), ask_oranges=50
    )
    ended = done(bob.trades.accept(trade), TradeEnded)
    assert (ended.state, ended.other) == (TradeState.ACCEPTED, "ana")
    assert (ended.got, ended.gave) == (("Bent Straw", "Lime Letters"), ("Wax Seal", "Paper Bib"))
    assert (ended.got_oranges, ended.gave_oranges) == (100, 50)
    assert (ana.card().oranges, bob.card().oranges) == (59_950, 5_050)
    assert ended.balance.oranges == 5_050
    assert everything(ana.world) == before
    for player_item in (straw, lime):
        assert status(ana, player_item) is Status.TRADED
    for player_item in (seal, bib):
        assert status(bob, player_item) is Status.TRADED
    for player_item, name in zip(ended.received, ended.got, strict=True):
        history = done(bob.history.of(player_item), ItemHistory)
        assert history.item.name == name
        assert [(e.player, e.event) for e in history.events] == [
            ("ana", Event.ACQUIRE),
            ("ana", Event.OFFER),
            ("ana", Event.TRADE),
            ("bob", Event.ACQUIRE),
        ]
        detail: Any = bob.inventory.detail(player_item)
        assert (detail.acquisition, detail.source) == (Acquisition.TRADE, "ana")
        assert detail.line.status is Status.OWNED
    assert told(ana)[-1] == (
        "trade_accept",
        "bob accepted: you have Wax Seal, Paper Bib and 50 oranges for Bent Straw, Lime Letters "
        "and 100 oranges.",
    )
    view = seen(ana, trade)
    assert (view.state, view.ended_at, view.refusal) == (TradeState.ACCEPTED, NOW, None)
    audited(ana.world)


def test_the_ledgers_of_both_sides_say_what_the_oranges_were_for(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    def ledger(player: PlayerHandle) -> list[tuple[str, int]]:
        page = player.wallet.ledger(currency=Currency.ORANGES)
        return [(line.kind, line.amount) for line in page.lines if line.kind.startswith("trade")]

    trade = offered(ana, "bob", give_oranges=100, ask_oranges=7)
    assert (ledger(ana), ledger(bob)) == ([("trade_hold", -100)], [])
    done(bob.trades.accept(trade), TradeEnded)
    assert ledger(ana) == [("trade", 7), ("trade_hold", -100)]
    assert ledger(bob) == [("trade", -7), ("trade", 100)]
    done(bob.trades.decline(offered(ana, "bob", give_oranges=5, ask_oranges=7)), TradeEnded)
    assert ledger(ana)[:2] == [("trade_hold", 5), ("trade_hold", -5)]


def test_things_keep_their_wear_and_their_uses(ana: PlayerHandle, bob: PlayerHandle) -> None:
    (fork,), (donut,) = have(ana, "fork"), have(bob, "donut")
    world = ana.world
    with world.store.write() as connection:
        connection.driver.execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at)"
            " VALUES (0, 'wear', NULL, 'wear', '{}', 0)"
        )
        connection.driver.execute(
            "INSERT INTO condition (operation_id, player_item_id, number, uses, durability)"
            f" SELECT max(id), {fork}, 1, NULL, 2 FROM operation"
        )
    before = everything(world)
    assert before["fork", 2, None] == 1
    done(bob.trades.accept(offered(ana, "bob", give=(fork,), ask=(donut,))), TradeEnded)
    assert everything(world) == before


def test_a_trade_of_the_largest_size_goes_over_whole(ana: PlayerHandle, bob: PlayerHandle) -> None:
    mine, his = have(ana, *["straw"] * (MOST_THINGS + 1)), have(bob, *["goblet"] * MOST_THINGS)
    before = everything(ana.world)
    too_many = TradeOffer(mine, 1, his, 1)
    refused(ana.trades.propose("bob", too_many), Reason.TOO_MANY_THINGS)
    trade = offered(ana, "bob", give=mine[:MOST_THINGS], give_oranges=9, ask=his, ask_oranges=1)
    ended = done(bob.trades.accept(trade), TradeEnded)
    assert len(set(ended.received)) == MOST_THINGS
    assert everything(ana.world) == before
    audited(ana.world)


def test_a_thing_that_is_named_twice_counts_once(ana: PlayerHandle, bob: PlayerHandle) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    trade = offered(ana, "bob", give=(straw,) * 9, ask=(seal,) * 9)
    assert [len(side.player_items) for side in (seen(ana, trade).give, seen(ana, trade).get)] == [
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("other", "offer", "reason"),
    [
        ("ana", {"give_oranges": 1, "ask_oranges": 1}, Reason.NO_TARGET),
        ("Cy", {"give_oranges": 1, "ask_oranges": 1}, Reason.UNKNOWN_PLAYER),
        ("\x1b[2J", {"give_oranges": 1, "ask_oranges": 1}, Reason.UNKNOWN_PLAYER),
        ("bob", {"give_oranges": 1}, Reason.NOTHING_OFFERED),
        ("bob", {"ask_oranges": 1}, Reason.NOTHING_OFFERED),
        ("bob", {"give_oranges": -1, "ask_oranges": 1}, Reason.INVALID_AMOUNT),
        ("bob", {"give_oranges": 1, "ask_oranges": 10**40}, Reason.INVALID_AMOUNT),
        ("bob", {"give_oranges": 60_001, "ask_oranges": 1}, Reason.INSUFFICIENT_FUNDS),
        ("bob", {"give_oranges": 1, "ask_oranges": 1, "message": "\x1b"}, Reason.INVALID_MESSAGE),
        ("bob", {"give": (2,), "ask_oranges": 1}, Reason.NOT_YOURS),
        ("bob", {"give": (1,), "ask_oranges": 1}, Reason.WRONG_STATUS),
        ("bob", {"give": (99,), "ask_oranges": 1}, Reason.UNKNOWN_ITEM),
        ("bob", {"give": (-1,), "ask_oranges": 1}, Reason.UNKNOWN_ITEM),
        ("bob", {"ask": (1,), "give_oranges": 1}, Reason.NOT_YOURS),
        ("bob", {"ask": (2,), "give_oranges": 1}, Reason.WRONG_STATUS),
        ("bob", {"ask": (10**40,), "give_oranges": 1}, Reason.UNKNOWN_ITEM),
    ],
)
def test_what_is_no_offer_is_refused_and_a_quote_says_the_same(
    other: str, offer: dict[str, Any], reason: Reason, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    # Each player's first thing is the default that they wear.
    before = contents(ana.world)
    refusal = refused(ana.trades.propose(other, TradeOffer(**offer)), reason)
    assert "\x1b" not in refusal.message
    assert contents(ana.world) == before
    quote = ana.trades.quote(other, TradeOffer(**offer))
    assert (quote.refusal if isinstance(quote, TradeQuote) else quote) == refusal


def test_what_everybody_has_is_neither_offered_nor_asked_for(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for player in (ana, bob):
        done(player.wardrobe.equip(*have(player, "lime")), Outfit)
    before = contents(ana.world)
    for offer in (TradeOffer((1,), 0, (), 1), TradeOffer((), 1, (2,), 0)):
        refused(ana.trades.propose("bob", offer), Reason.IS_DEFAULT)
    assert contents(ana.world) == before


def test_a_quote_shows_both_sides_and_writes_nothing(ana: PlayerHandle, bob: PlayerHandle) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    before = contents(ana.world)
    quote = done(ana.trades.quote("bob", TradeOffer((straw,), 60, (seal,), 1)), TradeQuote)
    assert (quote.give.name, quote.give.value) == ("ana", 100)
    assert (quote.get.name, quote.get.value) == ("bob", 10_001)
    assert (quote.refusal, quote.mood) == (None, "")
    assert contents(ana.world) == before


def test_trades_are_paged_the_newest_first(ana: PlayerHandle, bob: PlayerHandle) -> None:
    made = [offered(ana, "bob", give_oranges=n, ask_oranges=1) for n in range(1, 4)]
    made += [offered(bob, "ana", give_oranges=n, ask_oranges=1) for n in range(1, 4)]
    done(bob.trades.decline(made[1]), TradeEnded)
    found, before = [], None
    for _ in range(3):
        page = ana.trades.list(before=before, limit=2)
        found += [view.id for view in page.trades]
        before = page.next
    assert (found, before) == (made[::-1], None)
    still = [view.id for view in bob.trades.list(open_only=True, limit=3).trades]
    assert still == made[:2:-1]
    rest = bob.trades.list(open_only=True, before=still[-1])
    assert ([view.id for view in rest.trades], rest.next) == ([made[2], made[0]], None)
    assert (ana.trades.waiting(), bob.trades.waiting()) == (3, 2)


def test_wares_are_what_may_go_into_a_trade(ana: PlayerHandle, bob: PlayerHandle) -> None:
    straw, seal, fork, bib, lime = have(bob, "straw", "seal", "fork", "bib", "lime")
    done(bob.inventory.lock([straw], True), LockChange)
    done(bob.wardrobe.equip(lime), Outfit)
    offered(bob, "ana", give=(fork,), ask_oranges=1)
    query = InventoryQuery(sort=Sort.VALUE)
    page = done(ana.trades.wares("Bob", query), InventoryPage)
    assert [line.id for line in page.items] == [seal, bib]
    assert page == done(bob.trades.wares("bob", query), InventoryPage)
    first = done(ana.trades.wares("bob", query, limit=1), InventoryPage)
    assert done(ana.trades.wares("bob", query, first.next), InventoryPage).items == page.items[1:]
    refused(ana.trades.wares("cy", query), Reason.UNKNOWN_PLAYER)
    stacks = ana.trades.wares_stacks("bob", query)
    assert isinstance(stacks, tuple)
    assert [line.id for line in stacks] == [line.id for line in page.items]
    refused(ana.trades.wares_stacks("cy", query), Reason.UNKNOWN_PLAYER)
    for line in page.items:
        quote = ana.trades.quote("bob", TradeOffer((), 1, (line.id,)))
        assert done(quote, TradeQuote).refusal is None


def test_anybody_may_be_asked_for_a_trade(ana: PlayerHandle, bob: PlayerHandle) -> None:
    cy = a_player(ana.world, "cy")
    befriended(ana, cy)
    assert [line.name for line in ana.trades.partners()] == ["cy", "bob"]
