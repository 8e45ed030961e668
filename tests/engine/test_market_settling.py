"""What comes home by itself is home for everything that happens from that moment on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import Claim, Sale
from inventui.engine.trades.models import TradeMade, TradeOffer
from inventui.engine.workshop.models import Completed
from inventui.engine.world import World
from inventui.rules.bazaar import DURATION
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Reason
from tests.builders import (
    MARKETS_PACK,
    NOW,
    a_player,
    a_world,
    audited,
    contents,
    done,
    given,
    refused,
)
from tests.engine.bazaar import put_up
from tests.engine.trading import have, offered, told


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=MARKETS_PACK) as world:
        yield world


def test_what_nobody_bought_of_another_may_be_asked_for_at_the_moment_it_comes_home(
    world: World, clock: FrozenClock
) -> None:
    ana, bob = (a_player(world, name) for name in ("ana", "bob"))
    (straw,) = have(bob, "straw")
    put_up(bob, straw)
    offer = TradeOffer(give_oranges=40, ask=(straw,))
    clock.advance(DURATION - 1)
    refused(ana.trades.propose("bob", offer), Reason.WRONG_STATUS)
    clock.advance(1)
    done(ana.trades.propose("bob", offer), TradeMade)
    audited(world)


def test_what_comes_home_is_told_in_the_order_in_which_it_did(
    world: World, clock: FrozenClock
) -> None:
    ana, bob = (a_player(world, name) for name in ("ana", "bob"))
    put_up(ana, *have(ana, "straw"))
    clock.advance(DAY)
    offered(ana, "bob", give=have(ana, "stamp"), ask_oranges=1)
    clock.advance(DAY)
    put_up(ana, *have(ana, "badge"))
    clock.advance(30 * DAY)
    ana.catch_up()
    assert [kind for kind, _ in told(ana)] == ["trade_expired", "unsold", "unsold"]
    assert ["Straw" in said for _, said in told(ana)] == [False, True, False]
    assert [kind for kind, _ in told(bob)] == ["trade_offer", "trade_expired"]
    audited(world)


def test_a_piece_that_waits_in_escrow_is_missing_of_a_set(world: World) -> None:
    ana = a_player(world, "ana")
    first, *_ = have(ana, *9 * ["fork"])
    have(ana, "straw", "goblet", "seal", "squeezer", "bib")
    crown = given(world, ana, "crown")
    before = contents(world)
    refused(ana.collections.complete("vault"), Reason.NOT_COMPLETE)
    assert contents(world) == before
    done(ana.inventory.sell([first]), Sale)
    done(ana.escrow.claim(crown), Claim)
    done(ana.collections.complete("vault"), Completed)
    audited(world)
