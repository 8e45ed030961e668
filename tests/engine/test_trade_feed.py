"""Trades in feed, history and achievements: both sides are told what concerned them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.achievements.metrics import metrics_of
from inventui.engine.achievements.models import Counters
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.achievements import Condition
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Event
from inventui.rules.trades.trades import DURATION
from tests.builders import NOW, PEOPLE_PACK, a_player, a_world, done
from tests.engine.trading import have, offered


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


def traded(player: PlayerHandle) -> int:
    """How many trades count towards a player's goals."""
    wanted = {Condition.TRADES: 100}
    with player.world.store.read() as connection:
        return metrics_of(player.world, connection, player.id, wanted, Counters())[Condition.TRADES]


def lines(player: PlayerHandle, topic: Topic | None = Topic.TRADES) -> list[tuple[object, ...]]:
    """What the feed tells of trades, the first first: words, oranges, things moved."""
    return [
        (
            line.words,
            line.oranges,
            *((player_item.name, player_item.event) for player_item in line.player_items),
        )
        for line in reversed(player.feed.page(topic).lines)
        if line.kind.startswith("trade")
    ]


def test_both_sides_are_told_of_offer_counter_offer_and_trade(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    first = offered(ana, "bob", give=(straw,), give_oranges=100, ask=(seal,))
    second = done(bob.trades.counter(first, TradeOffer((seal,), 7, (straw,))), TradeMade).trade
    done(ana.trades.accept(second), TradeEnded)
    assert lines(ana) == [
        ("You offered bob a trade", -100, ("Bent Straw", Event.OFFER)),
        ("bob answered you with another offer", 100, ("Bent Straw", Event.TAKE_BACK)),
        (
            "You traded with bob",
            7,
            ("Bent Straw", Event.OFFER),
            ("Bent Straw", Event.TRADE),
            ("Wax Seal", Event.ACQUIRE),
        ),
    ]
    assert lines(bob) == [
        ("ana offered you a trade", 0),
        ("You answered ana with another offer", -7, ("Wax Seal", Event.OFFER)),
        (
            "ana traded with you",
            0,
            ("Wax Seal", Event.TRADE),
            ("Bent Straw", Event.ACQUIRE),
        ),
    ]
    for player in (ana, bob):
        assert lines(player, None) == lines(player)


def test_both_sides_are_told_of_what_came_to_nothing(ana: PlayerHandle, bob: PlayerHandle) -> None:
    done(bob.trades.decline(offered(ana, "bob", give_oranges=5, ask_oranges=1)), TradeEnded)
    done(ana.trades.take_back(offered(ana, "bob", give_oranges=6, ask_oranges=1)), TradeEnded)
    assert lines(ana) == [
        ("You offered bob a trade", -5),
        ("bob declined your offer", 5),
        ("You offered bob a trade", -6),
        ("You took back an offer to bob", 6),
    ]
    assert lines(bob) == [
        ("ana offered you a trade", 0),
        ("You declined an offer of ana", 0),
        ("ana offered you a trade", 0),
        ("ana took back an offer to you", 0),
    ]


def test_a_trade_is_told_under_money_and_things_where_it_moved_them(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    done(bob.trades.accept(offered(ana, "bob", give=(straw,), ask=(seal,))), TradeEnded)
    assert lines(ana, Topic.MONEY) == lines(bob, Topic.MONEY) == []
    assert [words for words, *_ in lines(ana, Topic.THINGS)] == [
        "You offered bob a trade",
        "bob traded with you",
    ]
    assert [words for words, *_ in lines(bob, Topic.THINGS)] == ["You traded with ana"]
    done(bob.trades.decline(offered(ana, "bob", give_oranges=5, ask_oranges=1)), TradeEnded)
    assert lines(ana, Topic.MONEY) == [
        ("You offered bob a trade", -5),
        ("bob declined your offer", 5),
    ]


def test_what_an_answer_with_another_offer_gives_back_is_told_under_money(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    first = offered(ana, "bob", give_oranges=100, ask_oranges=1)
    done(bob.trades.counter(first, TradeOffer((), 1, (), 200)), TradeMade)
    assert lines(ana, Topic.MONEY) == [
        ("You offered bob a trade", -100),
        ("bob answered you with another offer", 100),
    ]


def test_nobody_else_is_told(ana: PlayerHandle, bob: PlayerHandle) -> None:
    cy = a_player(ana.world, "cy")
    done(bob.trades.accept(offered(ana, "bob", give_oranges=5, ask_oranges=1)), TradeEnded)
    assert lines(cy) == []


def test_what_came_back_for_want_of_an_answer_is_told_as_time(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    (straw,) = have(ana, "straw")
    offered(ana, "bob", give=(straw,), give_oranges=5, ask_oranges=1)
    clock.at += DURATION
    ana.catch_up()
    line = ana.feed.page().lines[0]
    assert (line.kind, line.oranges) == ("settle", 5)
    assert [(player_item.name, player_item.event) for player_item in line.player_items] == [
        ("Bent Straw", Event.TAKE_BACK)
    ]


def test_trades_count_for_both_once_they_are_accepted(ana: PlayerHandle, bob: PlayerHandle) -> None:
    done(bob.trades.decline(offered(ana, "bob", give_oranges=5, ask_oranges=1)), TradeEnded)
    assert traded(ana) == traded(bob) == 0
    for one, other in ((ana, bob), (bob, ana)):
        done(
            other.trades.accept(offered(one, other.name, give_oranges=5, ask_oranges=1)),
            TradeEnded,
        )
    assert traded(ana) == traded(bob) == 2
