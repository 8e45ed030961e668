"""Ends of offers: another offer, no, taken back, too late; once each, whole or not at all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import LockChange, Sale
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeQuote
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason
from inventui.rules.trades.trades import DURATION, TradeEvent, TradeState
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    refused,
)
from tests.engine.faults import ThroughFaults
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


def test_a_counter_offer_ends_the_first_and_turns_the_roles(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw, goblet), (seal,) = have(ana, "straw", "goblet"), have(bob, "seal")
    before = everything(ana.world)
    first = offered(ana, "bob", give=(straw,), give_oranges=100, ask=(seal,))
    # What the first offer held can be asked for in the answer.
    answer = TradeOffer((seal,), 0, (straw, goblet), 500, "Add the goblet")
    made = done(bob.trades.counter(first, answer), TradeMade)
    assert (made.counter_of, made.other) == (first, "ana")
    assert seen(ana, first).state is TradeState.COUNTERED
    assert ana.card().oranges == 60_000
    assert status(ana, straw) is Status.OWNED
    assert status(bob, seal) is Status.OFFERED
    view = seen(ana, made.trade)
    assert (view.mine, view.counter_of, view.waits_for_me) == (False, first, True)
    assert told(ana)[-1] == (
        "trade_counter",
        "bob offers you Wax Seal for Bent Straw, Glass Goblet and 500 oranges instead. "
        "“Add the goblet”",
    )
    refused(bob.trades.accept(first), Reason.ENDED)
    refused(bob.trades.accept(made.trade), Reason.NOT_YOUR_TURN)
    third = done(ana.trades.counter(made.trade, TradeOffer((straw,), 9, (seal,))), TradeMade)
    done(bob.trades.accept(third.trade), TradeEnded)
    assert (ana.card().oranges, bob.card().oranges) == (59_991, 5_009)
    assert everything(ana.world) == before
    audited(ana.world)


def test_a_counter_offer_that_can_not_be_made_leaves_the_first_open(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    trade = offered(ana, "bob", give=(straw,), ask=(seal,))
    done(bob.inventory.lock([seal], True), LockChange)
    before = contents(ana.world)
    refused(bob.trades.counter(trade, TradeOffer((seal,), 0, (straw,))), Reason.LOCKED)
    refused(bob.trades.counter(trade, TradeOffer((), 9_999, (straw,))), Reason.INSUFFICIENT_FUNDS)
    refused(bob.trades.counter(trade, TradeOffer((), 0, (straw,))), Reason.NOTHING_OFFERED)
    assert contents(ana.world) == before
    assert seen(bob, trade).state is TradeState.OPEN


def test_a_quote_for_a_counter_offer_knows_what_comes_back_with_it(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    first = offered(ana, "bob", give=(straw,), ask=(seal,))
    answer = TradeOffer((seal,), 0, (straw,), 500)
    before = contents(ana.world)
    held = done(bob.trades.quote("ana", answer), TradeQuote).refusal
    assert held is not None
    assert held.reason is Reason.WRONG_STATUS
    assert done(bob.trades.quote("ana", answer, first), TradeQuote).refusal is None
    refused(ana.trades.quote("bob", TradeOffer((straw,), 0, (seal,)), first), Reason.NOT_YOUR_TURN)
    refused(bob.trades.quote("ana", answer, first + 1), Reason.UNKNOWN_TRADE)
    assert contents(ana.world) == before
    done(bob.trades.counter(first, answer), TradeMade)
    refused(bob.trades.quote("ana", answer, first), Reason.ENDED)


@pytest.mark.parametrize("declined", [True, False])
def test_an_offer_that_ends_gives_everything_back(
    declined: bool, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    before = everything(ana.world)
    trade = offered(ana, "bob", give=(straw,), give_oranges=100, ask=(seal,))
    ender, other = (bob, ana) if declined else (ana, bob)
    ended = done(bob.trades.decline(trade) if declined else ana.trades.take_back(trade), TradeEnded)
    assert ended.state is (TradeState.DECLINED if declined else TradeState.TAKEN_BACK)
    assert (ended.received, ended.got, ended.gave, ended.got_oranges) == ((), (), (), 0)
    assert ended.balance.oranges == ender.card().oranges
    assert (ana.card().oranges, bob.card().oranges) == (60_000, 5_000)
    assert (status(ana, straw), status(bob, seal)) == (Status.OWNED, Status.OWNED)
    assert everything(ana.world) == before
    assert told(other)[-1] == (
        ("trade_decline", "bob declined your offer of Bent Straw and 100 oranges for Wax Seal.")
        if declined
        else (
            "trade_take_back",
            "ana took back the offer of Bent Straw and 100 oranges for Wax Seal.",
        )
    )
    done(ana.inventory.sell([straw]), Sale)
    audited(ana.world)


def test_only_the_side_whose_turn_it_is_ends_an_offer(ana: PlayerHandle, bob: PlayerHandle) -> None:
    cy = a_player(ana.world, "cy")
    trade = offered(ana, "bob", give_oranges=5, ask_oranges=1)
    before = contents(ana.world)
    refused(ana.trades.accept(trade), Reason.NOT_YOUR_TURN)
    refused(ana.trades.decline(trade), Reason.NOT_YOUR_TURN)
    refused(ana.trades.counter(trade, TradeOffer((), 5, (), 1)), Reason.NOT_YOUR_TURN)
    refused(bob.trades.take_back(trade), Reason.NOT_YOUR_TURN)
    for deed in (cy.trades.accept, cy.trades.decline, cy.trades.take_back, cy.trades.view):
        refused(deed(trade), Reason.UNKNOWN_TRADE)
    for number in (0, -1, trade + 1, 2**63, 10**30):
        refused(bob.trades.accept(number), Reason.UNKNOWN_TRADE)
    assert contents(ana.world) == before


def test_what_has_ended_can_not_be_ended_again(ana: PlayerHandle, bob: PlayerHandle) -> None:
    trade = offered(ana, "bob", give_oranges=5, ask_oranges=1)
    done(bob.trades.accept(trade), TradeEnded)
    before = contents(ana.world)
    for deed in (bob.trades.accept, bob.trades.decline, ana.trades.take_back):
        assert refused(deed(trade), Reason.ENDED).figures == {"state": "accepted"}
    assert contents(ana.world) == before


def test_an_offer_that_ran_out_ended_at_its_time_however_late_one_looks(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    trade = offered(ana, "bob", give_oranges=100, ask_oranges=1)
    clock.at = NOW + DURATION + HOUR
    for player in (ana, bob):
        assert seen(player, trade).ended_at == NOW + DURATION


def test_an_offer_runs_out_after_exactly_48_hours(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    (straw,) = have(ana, "straw")
    first = offered(ana, "bob", give=(straw,), give_oranges=100, ask_oranges=1)
    second = offered(ana, "bob", give_oranges=100, ask_oranges=1)
    clock.at = NOW + DURATION - 1
    assert (seen(bob, first).state, bob.trades.waiting()) == (TradeState.OPEN, 2)
    done(bob.trades.accept(first), TradeEnded)
    clock.at = NOW + DURATION
    # Nobody has settled it yet, and still it is over.
    view = seen(bob, second)
    assert (view.state, view.ended_at, view.refusal) == (TradeState.EXPIRED, clock.at, None)
    assert (bob.trades.waiting(), bob.trades.list(open_only=True).trades) == (0, ())
    refused(bob.trades.accept(second), Reason.EXPIRED)
    assert ana.card().oranges == 60_000 - 100 + 1
    assert told(ana)[-1] == (
        "trade_expired",
        "bob did not answer in 48 hours: you have 100 oranges back.",
    )
    assert told(bob)[-1] == (
        "trade_expired",
        "The offer of ana has run out: 100 oranges for 1 orange.",
    )
    assert seen(ana, second).state is TradeState.EXPIRED
    refused(ana.trades.take_back(second), Reason.EXPIRED)
    audited(ana.world)


def test_what_ran_out_comes_home_with_whatever_its_proposer_does_next(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    (straw,), (seal,) = have(ana, "straw"), have(bob, "seal")
    offered(ana, "bob", give=(straw,), give_oranges=60_000, ask=(seal,))
    clock.at += DURATION
    done(ana.inventory.sell([straw]), Sale)
    assert ana.card().oranges == 60_040
    audited(ana.world)


def test_the_same_key_makes_one_offer_and_ends_it_once(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    offer = TradeOffer((), 5, (), 1)
    first = done(ana.trades.propose("bob", offer, key="k"), TradeMade)
    before = contents(ana.world)
    again = done(ana.trades.propose("Bob", offer, key="k"), TradeMade)
    assert (again.repeat, again.trade, again.operation) == (True, first.trade, first.operation)
    refused(ana.trades.propose("bob", TradeOffer((), 6, (), 1), key="k"), Reason.KEY_REUSED)
    assert contents(ana.world) == before
    counter = done(bob.trades.counter(first.trade, offer, key="k"), TradeMade)
    again = done(bob.trades.counter(first.trade, offer, key="k"), TradeMade)
    assert (again.repeat, again.trade) == (True, counter.trade)
    accepted = done(ana.trades.accept(counter.trade, key="a"), TradeEnded)
    before = contents(ana.world)
    repeat = done(ana.trades.accept(counter.trade, key="a"), TradeEnded)
    assert (repeat.repeat, repeat.received, repeat.at) == (True, accepted.received, accepted.at)
    refused(ana.trades.decline(counter.trade, key="a"), Reason.KEY_REUSED)
    refused(ana.trades.decline(counter.trade, key=""), Reason.INVALID_KEY)
    assert contents(ana.world) == before


@pytest.mark.parametrize("event", ["offer", "counter", "accept", "decline"])
def test_a_trade_happens_whole_or_not_at_all_wherever_the_machine_breaks(
    event: str, ana: PlayerHandle, bob: PlayerHandle, through_faults: ThroughFaults
) -> None:
    (straw, fork), (seal, bib) = have(ana, "straw", "fork"), have(bob, "seal", "bib")
    offer = TradeOffer((straw, fork), 10, (seal, bib), 20, "Hm")
    if event == "offer":
        done(through_faults(ana.world, lambda: ana.trades.propose("bob", offer)), TradeMade)
    else:
        trade = done(ana.trades.propose("bob", offer), TradeMade).trade
        counter = TradeOffer((seal,), 1, (fork,), 2)
        deeds: dict[str, Callable[[], object]] = {
            "counter": lambda: bob.trades.counter(trade, counter),
            "accept": lambda: bob.trades.end(trade, TradeEvent.ACCEPT),
            "decline": lambda: bob.trades.end(trade, TradeEvent.DECLINE, answer="No"),
        }
        result = through_faults(ana.world, deeds[event])
        assert isinstance(result, TradeMade | TradeEnded)
    audited(ana.world)


@pytest.mark.parametrize("words", ["x" * 201, "two\nlines", "hidden\u200bones"])
def test_words_that_go_with_an_end_fit_like_a_message(
    words: str, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    trade = offered(ana, "bob", give=have(ana, "straw"), ask_oranges=5)
    before = contents(world)
    refused(bob.trades.end(trade, TradeEvent.DECLINE, answer=words), Reason.INVALID_MESSAGE)
    assert contents(world) == before
    done(bob.trades.end(trade, TradeEvent.DECLINE, answer="x" * 200), TradeEnded)


def test_a_key_stands_for_the_words_too(ana: PlayerHandle, bob: PlayerHandle) -> None:
    trade = offered(ana, "bob", give=have(ana, "straw"), ask_oranges=5)
    done(bob.trades.end(trade, TradeEvent.DECLINE, "no", "Not for me"), TradeEnded)
    refused(bob.trades.end(trade, TradeEvent.DECLINE, "no", "Never"), Reason.KEY_REUSED)
    assert done(bob.trades.end(trade, TradeEvent.DECLINE, "no", "Not for me"), TradeEnded).repeat
