"""Faults at every statement of what is listed, bought, swapped, fused and collected."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import BazaarQuery, Bought, Delisted, Listed
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.workshop.models import Completed, Fused
from inventui.engine.world import PlayerHandle
from inventui.rules.bazaar import BAZAAR_PERIOD, DURATION
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Refusal
from tests.builders import (
    MARKETS_PACK,
    NOW,
    TOWN_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    lived_in,
    put_copy,
)
from tests.engine.bazaar import put_up
from tests.engine.faults import ThroughFaults
from tests.engine.streets import bought, rows
from tests.engine.trading import have, offered

THEIRS_IN_TOWN = 1
MINE, THEIRS = 3, 4
"""Numbers of listings that stand still: ana's, bob's."""
ASKED, OFFERED = 3, 4
"""Numbers of offers that stand still: ana's, bob's."""


def live(path: Path) -> int:
    """Ana and bob at the moment at which a listing and an offer of each of them run out."""
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=MARKETS_PACK) as world:
        ana, bob = (a_player(world, name, oranges=20_000) for name in ("ana", "bob"))
        for player in (ana, bob):
            put_up(player, *have(player, "straw"))
        clock.advance(DURATION - 2 * DAY)
        for player, other in ((ana, "bob"), (bob, "ana")):
            player_items = have(player, "token")
            offered(player, other, give=player_items, give_oranges=9, ask_oranges=5)
        clock.advance(2 * DAY - 1)
        assert put_up(ana, *have(ana, "straw")) == MINE
        assert put_up(bob, *have(bob, "fork")) == THEIRS
        goblet, badge = have(bob, "goblet"), have(ana, "badge")
        assert offered(ana, "bob", give_oranges=30, give=badge, ask=have(bob, "seal")) == ASKED
        terms = {"give": goblet, "ask": have(ana, "donut")}
        assert offered(bob, "ana", give_oranges=20, ask_oranges=10, **terms) == OFFERED
        have(ana, "lime", *6 * ["stamp"], "straw", "token", "badge")
        have(bob, "crown")
    return NOW + DURATION


def player_items(player: PlayerHandle, slug: str) -> tuple[int, ...]:
    """What a player could part with of a kind."""
    found = rows(
        player.world,
        "SELECT p.id FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.player_id = ?"
        " AND i.slug = ? AND p.status = 'owned' ORDER BY p.id",
        player.id,
        slug,
    )
    return tuple(int(number) for (number,) in found)


def bobs(player: PlayerHandle, slug: str) -> tuple[int, ...]:
    bob = player.world.player("bob")
    assert isinstance(bob, PlayerHandle)
    return player_items(bob, slug)


def swap(player: PlayerHandle) -> TradeOffer:
    """Things and oranges of both sides."""
    return TradeOffer(player_items(player, "lime"), 40, bobs(player, "crown"), 50, "Well?")


OPERATIONS: dict[str, tuple[type, Callable[[PlayerHandle], Callable[[str], object]]]] = {
    "list": (Listed, lambda p: partial(p.bazaar.list, player_items(p, "lime")[0], 70)),
    "delist": (Delisted, lambda p: partial(p.bazaar.delist, MINE)),
    "buy": (Bought, lambda p: partial(p.bazaar.buy, THEIRS)),
    "propose": (TradeMade, lambda p: partial(p.trades.propose, "bob", swap(p))),
    "counter": (TradeMade, lambda p: partial(p.trades.counter, OFFERED, swap(p))),
    "accept": (TradeEnded, lambda p: partial(p.trades.accept, OFFERED)),
    "decline": (TradeEnded, lambda p: partial(p.trades.decline, OFFERED)),
    "take back": (TradeEnded, lambda p: partial(p.trades.take_back, ASKED)),
    "fuse": (Fused, lambda p: partial(p.workshop.fuse, player_items(p, "stamp")[:5])),
    "complete": (Completed, lambda p: partial(p.collections.complete, "tin")),
}


DUE = ("buy", "accept", "counter")
"""In these a listing and an offer of both sides come home before anything else."""


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_anywhere_leaves_nothing_half_and_a_retry_with_the_key_succeeds_once(
    name: str, tmp_path: Path, through_faults: ThroughFaults
) -> None:
    kind, prepare = OPERATIONS[name]
    path = tmp_path / "world.db"
    clock = lived_in(path, live)
    if name not in DUE:
        clock.advance(-1)
    with a_world(path, clock=clock, pack=MARKETS_PACK) as world:
        ana, bob = (done(world.player(name), PlayerHandle) for name in ("ana", "bob"))
        if name not in DUE:
            # What a program keeps in mind it has read before.
            for player in (ana, bob):
                player.catch_up()
        ana.inventory.statistics()
        call = prepare(ana)
        outcome = done(through_faults(world, lambda: call("key")), kind)
        came_home = [(1,), (2,)] * (name in DUE)
        assert rows(world, "SELECT id FROM listing WHERE state = 'expired'") == came_home
        after = contents(world)
        again = done(call("key"), kind)
        assert (again.repeat, again.operation) == (True, outcome.operation)  # type: ignore[attr-defined]
        assert contents(world) == after
        audited(world)


def live_until_somebody_will_buy(path: Path) -> int:
    """A town just before a turn in which a neighbour buys of ana, and another one brings things."""
    clock, probe = FrozenClock(NOW // BAZAAR_PERIOD * BAZAAR_PERIOD), path.with_name("probe.db")
    sold = "SELECT count(*) FROM listing WHERE state = 'sold'"
    while True:
        with a_world(path, clock=clock, pack=TOWN_PACK) as world:
            if isinstance(world.player("ana"), Refusal):
                bought(a_player(world, "ana"), "press")
                bob = a_player(world, "bob")
                assert put_up(bob, *have(bob, "donut")) == THEIRS_IN_TOWN
            ana = done(world.player("ana"), PlayerHandle)
            ana.bazaar.count(BazaarQuery())
            put_up(ana, have(ana, "straw")[0], 1)
        put_copy(path, probe)
        clock.advance(BAZAAR_PERIOD)
        with a_world(probe, clock=clock, pack=TOWN_PACK) as world:
            before, last = rows(world, sold), rows(world, "SELECT max(id) FROM listing")
            done(world.player("ana"), PlayerHandle).bazaar.count(BazaarQuery())
            if rows(world, sold) > before and rows(world, "SELECT max(id) FROM listing") > last:
                return clock.at


LOOKS: dict[str, Callable[[PlayerHandle], object]] = {
    "looking": lambda p: p.bazaar.count(BazaarQuery()),
    "a deed with another": lambda p: done(p.bazaar.buy(THEIRS_IN_TOWN, "key"), Bought),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_fault_anywhere_in_a_turn_of_the_bazaar_leaves_nothing_and_the_next_look_makes_it(
    look: str, tmp_path: Path, through_faults: ThroughFaults
) -> None:
    path = tmp_path / "world.db"
    clock = lived_in(path, live_until_somebody_will_buy)
    with a_world(path, clock=clock, pack=TOWN_PACK) as world:
        ana = done(world.player("ana"), PlayerHandle)
        # What a program keeps in mind it has read before.
        ana.inventory.statistics()
        turns = "SELECT count(*) FROM bazaar_turn"
        ((before,),) = rows(world, turns)
        through_faults(world, lambda: LOOKS[look](ana))
        assert rows(world, turns) == [(before + 1,)]
        # Ana's time, too, is made up for before a neighbour pays her.
        until = "SELECT max(until) FROM settlement WHERE player_id = 1"
        assert rows(world, until) == [(clock.at,)]
        after = contents(world)
        LOOKS["looking"](ana)
        assert contents(world) == after
        audited(world)
