"""Neighbours' answers: at once, by worth and taste, with words; none from those who are away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.npc.trade_replies import NeighbourReplies
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeQuote
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason
from inventui.rules.trades.trades import DURATION, TradeState
from tests.builders import (
    NOW,
    STREETS_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    refused,
)
from tests.engine.trading import everything, have, seen, status, told


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=STREETS_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=60_000)


def spare_spoon(player: PlayerHandle) -> int:
    """The one thing of Zest's that it does not wear."""
    page = done(player.trades.wares("Zest", InventoryQuery()), InventoryPage)
    (line,) = page.items
    assert (line.name, line.value) == ("Sharp Spoon", 150)
    return line.id


def zest(player: PlayerHandle) -> PlayerHandle:
    """What Zest could do, had it hands."""
    (number,) = (line.player for line in player.trades.partners() if line.name == "Zest")
    return PlayerHandle(player.world, number, "Zest")


def test_a_good_offer_is_accepted_at_once(ana: PlayerHandle) -> None:
    spoon = spare_spoon(ana)
    before = everything(ana.world)
    made = done(ana.trades.propose("Zest", TradeOffer((), 300, (spoon,))), TradeMade)
    ended = made.answer
    assert ended is not None
    assert (ended.state, ended.other, ended.answer) == (
        TradeState.ACCEPTED,
        "Zest",
        "It's a deal.",
    )
    assert (ended.got, ended.gave_oranges, ended.got_oranges) == (("Sharp Spoon",), 300, 0)
    (received,) = ended.received
    assert status(ana, received) is Status.OWNED
    assert ended.balance.oranges == ana.card().oranges == 59_700
    assert zest(ana).card().oranges == 1_300
    assert everything(ana.world) == before
    assert told(ana)[-1] == (
        "trade_accept",
        "Zest accepted: you have Sharp Spoon for 300 oranges. “It's a deal.”",
    )
    assert seen(ana, made.trade).answer == "It's a deal."
    audited(ana.world)


def test_a_poor_offer_is_declined_with_what_is_missing(ana: PlayerHandle) -> None:
    spoon = spare_spoon(ana)
    before = everything(ana.world)
    made = done(ana.trades.propose("Zest", TradeOffer((), 299, (spoon,))), TradeMade)
    ended = made.answer
    assert ended is not None
    assert ended.state is TradeState.DECLINED
    assert ended.answer.startswith("Too little: to me it comes to 299, and you ask for 300.")
    assert (ended.received, ended.got, ended.gave_oranges) == ((), (), 0)
    assert ana.card().oranges == 60_000
    assert everything(ana.world) == before
    audited(ana.world)


def test_a_quote_says_what_the_neighbour_will_say(ana: PlayerHandle) -> None:
    spoon = spare_spoon(ana)
    (straw,) = have(ana, "straw")
    for offer in (
        TradeOffer((), 299, (spoon,)),
        TradeOffer((straw,), 0, (spoon,)),
        TradeOffer((), 5, (), 1_001),
        TradeOffer((), 300, (spoon,)),
    ):
        mood = done(ana.trades.quote("Zest", offer), TradeQuote).mood
        made = done(ana.trades.propose("Zest", offer), TradeMade)
        assert made.answer is not None
        assert made.answer.answer == mood


def test_its_favourite_rarity_counts(ana: PlayerHandle) -> None:
    lemons = have(ana, "lemon", "lemon")
    # 700 at 80 % for its generosity, 20 less for taste, 4 more for being rare.
    high = done(ana.trades.propose("Zest", TradeOffer(lemons[:1], 0, (), 449)), TradeMade).answer
    fair = done(ana.trades.propose("Zest", TradeOffer(lemons[1:], 0, (), 448)), TradeMade).answer
    assert high is not None
    assert fair is not None
    assert (high.state, fair.state) == (TradeState.DECLINED, TradeState.ACCEPTED)
    assert high.answer.startswith("I don't collect collectibles: to me it comes to 448")


def test_what_a_neighbour_can_not_do_it_declines(ana: PlayerHandle) -> None:
    (lime,) = have(ana, "lime")
    poor = done(ana.trades.propose("Zest", TradeOffer((), 60_000, (), 1_001)), TradeMade).answer
    assert poor is not None
    assert (poor.state, poor.answer) == (TradeState.DECLINED, "I don't have so many oranges.")
    # It wears Lime Letters: that is known beforehand.
    refused(ana.trades.propose("Zest", TradeOffer((lime,), 0, (), 1)), Reason.ALREADY_OWNED)
    gear = have(ana, *["spoon"] * 9)
    full = done(ana.trades.propose("Zest", TradeOffer(gear[:8], 0, (), 1)), TradeMade).answer
    assert full is not None
    assert (full.state, full.answer) == (
        TradeState.DECLINED,
        "There is no room for so much gear.",
    )


def test_what_a_neighbour_wears_is_not_to_be_had(ana: PlayerHandle) -> None:
    worn = zest(ana).wardrobe.worn()[Category.ARMOR].item_id
    before = contents(ana.world)
    refusal = refused(
        ana.trades.propose("Zest", TradeOffer((), 9_999, (worn,))), Reason.WRONG_STATUS
    )
    assert refusal.message.startswith("Zest wears Peel Vest")
    assert contents(ana.world) == before


def test_a_neighbours_own_offer_may_be_answered_with_another(ana: PlayerHandle) -> None:
    (lemon,) = have(ana, "lemon")
    offer = TradeOffer((spare_spoon(ana),), 900, (lemon,))
    made = done(zest(ana).trades.propose("ana", offer), TradeMade)
    assert (made.answer, zest(ana).card().oranges) == (None, 100)
    # What it holds for its own offer counts: it has 1,000 oranges once that has ended.
    dear = done(
        ana.trades.quote("Zest", TradeOffer((lemon,), 0, (), 1_001), made.trade), TradeQuote
    )
    assert dear.mood == "I don't have so many oranges."
    fair = TradeOffer((lemon,), 0, (), 448)
    mood = done(ana.trades.quote("Zest", fair, made.trade), TradeQuote).mood
    ended = done(ana.trades.counter(made.trade, fair), TradeMade).answer
    assert ended is not None
    assert (ended.state, ended.answer) == (TradeState.ACCEPTED, mood)
    assert zest(ana).card().oranges == 552
    audited(ana.world)


def test_a_repeat_gives_the_same_answer(ana: PlayerHandle) -> None:
    offer = TradeOffer((), 300, (spare_spoon(ana),))
    first = done(ana.trades.propose("Zest", offer, key="k"), TradeMade)
    before = contents(ana.world)
    again = done(ana.trades.propose("Zest", offer, key="k"), TradeMade)
    assert (again.repeat, again.answer) == (True, first.answer)
    assert contents(ana.world) == before


def test_neighbours_who_are_away_answer_when_they_are_back(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    world, offer = ana.world, TradeOffer((), 300, (spare_spoon(ana),))
    world.invite_neighbours(False)
    assert "away" in done(ana.trades.quote("Zest", offer), TradeQuote).mood
    made = done(ana.trades.propose("Zest", offer), TradeMade)
    assert made.answer is None
    assert [view.state for view in ana.trades.list().trades] == [TradeState.OPEN]
    world.invite_neighbours(True)
    assert [view.state for view in ana.trades.list().trades] == [TradeState.ACCEPTED]
    assert told(ana)[-1][0] == "trade_accept"
    audited(world)


def test_what_neighbours_who_are_away_never_answer_comes_back(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    ana.world.invite_neighbours(False)
    trade = done(ana.trades.propose("Zest", TradeOffer((), 300, (), 1)), TradeMade).trade
    clock.at += DURATION
    ana.world.invite_neighbours(True)
    assert ana.card().oranges == 60_000
    assert [view.state for view in ana.trades.list().trades] == [TradeState.EXPIRED]
    assert seen(ana, trade).answer == ""
    audited(ana.world)


def test_a_program_that_dies_before_the_answer_leaves_none_out(
    ana: PlayerHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoon = spare_spoon(ana)
    with monkeypatch.context() as broken:
        broken.setattr(NeighbourReplies, "at_once", lambda *_: None)
        made = done(ana.trades.propose("Zest", TradeOffer((), 300, (spoon,)), key="k"), TradeMade)
    assert seen(ana, made.trade).state is TradeState.OPEN
    again = done(ana.trades.propose("Zest", TradeOffer((), 300, (spoon,)), key="k"), TradeMade)
    assert again.repeat
    assert again.answer is not None
    assert again.answer.state is TradeState.ACCEPTED
    audited(ana.world)


def test_a_person_answers_in_their_own_time(ana: PlayerHandle) -> None:
    bob = a_player(ana.world, "bob")
    made = done(ana.trades.propose("bob", TradeOffer((), 5, (), 1), key="k"), TradeMade)
    assert made.answer is None
    done(bob.trades.accept(made.trade), TradeEnded)
    assert done(ana.trades.propose("bob", TradeOffer((), 5, (), 1), key="k"), TradeMade).repeat


def test_a_neighbour_is_told_nothing(ana: PlayerHandle) -> None:
    done(ana.trades.propose("Zest", TradeOffer((), 1, (), 5)), TradeMade)
    his = done(zest(ana).trades.propose("ana", TradeOffer((), 5, (), 1)), TradeMade)
    done(ana.trades.accept(his.trade), TradeEnded)
    ana.world.invite_neighbours(False)
    hers = done(ana.trades.propose("Zest", TradeOffer((), 1, (), 5)), TradeMade)
    done(ana.trades.take_back(hers.trade), TradeEnded)
    assert told(zest(ana)) == []
