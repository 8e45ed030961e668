"""Nobody has more of a currency than there can be: what the house pays and what players pay."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.achievements.models import Awards
from inventui.engine.bazaar.models import Listed
from inventui.engine.inventory.models import Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.property.models import Settled
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.workshop.models import Completed
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.money import LEDGER_MOST, MOST, Currency
from inventui.rules.core.refusal import Reason
from inventui.rules.people.friends import FriendEvent
from inventui.rules.property import PERIOD
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    PROPERTY_PACK,
    STREETS_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    given,
    refused,
)
from tests.engine.forging import forge

CRATE = ("straw", "stamp", "lemon", "peel", "squeezer")

ROOM = 7
"""What still fits into a purse that is nearly full."""


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[Callable[..., World]]:
    made: list[World] = []

    def make(pack: Path, clock: FrozenClock) -> World:
        made.append(a_world(tmp_path / f"{len(made)}.db", clock=clock, pack=pack))
        return made[-1]

    yield make
    for world in made:
        world.close()


def oranges(player: PlayerHandle) -> int:
    return player.card().oranges


def fill(player: PlayerHandle, room: int = ROOM) -> None:
    """Grant a player so many oranges that only `room` more fit."""
    done(player.world.grant(player.name, oranges=MOST - room - oranges(player)), Grant)


def told(player: PlayerHandle) -> list[str]:
    page = player.notifications.page().notifications
    return [told.message for told in page if told.kind == "purse_full"]


def sale(ana: PlayerHandle, room: int) -> Sale:
    number = given(ana.world, ana, "lemon")
    fill(ana, room)
    return done(ana.inventory.sell([number]), Sale)


def shift(ana: PlayerHandle, room: int) -> ShiftPaid:
    fill(ana, room)
    return done(ana.streets.play(100), ShiftPaid)


def bonus(ana: PlayerHandle, room: int) -> DailyPaid:
    fill(ana, room)
    return done(ana.streets.daily(), DailyPaid)


def collection(ana: PlayerHandle, room: int) -> Completed:
    for slug in CRATE:
        given(ana.world, ana, slug)
    fill(ana, room)
    return done(ana.collections.complete("crate"), Completed)


EARNED: dict[str, tuple[Callable[[PlayerHandle, int], Any], str, int]] = {
    "a sale": (sale, "total_value", 700),
    "a shift": (shift, "pay", 120),
    "a daily bonus": (bonus, "oranges", 100),
    "a collection": (collection, "oranges", 1_826),
}
"""What earns, the field that says how much, and what is due."""


@pytest.mark.parametrize("room", [ROOM, 0])
@pytest.mark.parametrize("what", EARNED)
def test_what_a_faucet_would_pay_past_the_most_is_not_paid_and_said(
    what: str, room: int, world: World, ana: PlayerHandle
) -> None:
    earn, field, due = EARNED[what]
    outcome = earn(ana, room)
    assert getattr(outcome, field) == room
    assert outcome.unpaid == {Currency.ORANGES: due - room}
    assert outcome.balance.oranges == oranges(ana) == MOST
    (said,) = told(ana)
    assert f"{due - room:,} of what you earned were not paid" in said
    audited(world)


def test_gems_have_the_same_limit(world: World, ana: PlayerHandle) -> None:
    for slug in CRATE:
        given(world, ana, slug)
    done(world.grant("ana", gems=MOST - ROOM - ana.card().gems), Grant)
    paid = done(ana.collections.complete("crate"), Completed)
    assert (paid.gems, paid.unpaid) == (ROOM, {Currency.GEMS: 10 - ROOM})
    assert ana.card().gems == MOST
    audited(world)


def test_an_achievement_gives_what_fits(worlds: Callable[..., World], clock: FrozenClock) -> None:
    world = worlds(STREETS_PACK, clock)
    ana = a_player(world)
    fill(ana)
    done(ana.streets.play(100), ShiftPaid)
    awards = ana.achievements.award()
    if awards is not None:
        assert sum(award.rewards.oranges for award in done(awards, Awards).awards) == 0
    assert oranges(ana) == MOST
    audited(world)


def test_a_business_brings_what_fits(worlds: Callable[..., World]) -> None:
    clock = FrozenClock(20_777 * DAY + 12 * HOUR)
    world = worlds(PROPERTY_PACK, clock)
    ana = a_player(world, oranges=100_000)
    done(ana.shop.buy("stand"), Purchase)
    fill(ana)
    clock.advance(PERIOD)
    settled = done(ana.catch_up(), Settled)  # type: ignore[arg-type]
    assert settled.revenue == ROOM
    assert settled.unpaid[Currency.ORANGES] > 0
    assert settled.balance.oranges == oranges(ana) <= MOST
    audited(world)


def give(ana: PlayerHandle, bob: PlayerHandle) -> Callable[[], object]:
    befriended(ana, bob)
    fill(bob)
    return lambda: ana.gifts.send_money("bob", ROOM + 1, Currency.ORANGES)


def buy(ana: PlayerHandle, bob: PlayerHandle) -> Callable[[], object]:
    number = given(ana.world, bob, "straw")
    listing = done(bob.bazaar.list(number, ROOM + 1), Listed).listing
    fill(bob)
    return lambda: ana.bazaar.buy(listing)


def accept_what_is_given(ana: PlayerHandle, bob: PlayerHandle) -> Callable[[], object]:
    number = given(ana.world, ana, "straw")
    offer = TradeOffer(give_oranges=ROOM + 1, ask=(number,))
    trade = done(bob.trades.propose("ana", offer), TradeMade).trade
    fill(ana)
    return lambda: ana.trades.accept(trade)


def accept_what_is_asked(ana: PlayerHandle, bob: PlayerHandle) -> Callable[[], object]:
    number = given(ana.world, bob, "straw")
    offer = TradeOffer(give=(number,), ask_oranges=ROOM + 1)
    trade = done(bob.trades.propose("ana", offer), TradeMade).trade
    fill(bob)
    return lambda: ana.trades.accept(trade)


PAID: dict[str, Callable[[PlayerHandle, PlayerHandle], Callable[[], object]]] = {
    "a gift": give,
    "a sale in the bazaar": buy,
    "a trade that gives": accept_what_is_given,
    "a trade that asks": accept_what_is_asked,
}


@pytest.mark.parametrize("what", PAID)
def test_a_payment_between_players_past_the_most_is_refused_before_anything_is_written(
    what: str, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    pay = PAID[what](ana, bob)
    before = contents(world)
    refusal = refused(pay(), Reason.PURSE_FULL)
    assert (refusal.figures["room"], refusal.figures["amount"]) == (ROOM, ROOM + 1)
    assert contents(world) == before


def test_what_just_fits_is_paid(world: World, ana: PlayerHandle, bob: PlayerHandle) -> None:
    befriended(ana, bob)
    fill(bob)
    done(ana.gifts.send_money("bob", ROOM, Currency.ORANGES), GiftSent)
    assert oranges(bob) == MOST
    audited(world)


def test_a_robbery_whose_loot_might_not_fit_is_refused_whatever_it_would_roll(
    worlds: Callable[..., World],
) -> None:
    clock = FrozenClock(NOW)
    world = worlds(STREETS_PACK, clock)
    a_player(world, "bob", oranges=10_000)
    clock.advance(DAY)
    ana = a_player(world, "ana")
    fill(ana)
    (target,) = [target for target in ana.streets.targets() if target.name == "bob"]
    refused(target.refusal, Reason.PURSE_FULL)
    before = contents(world)
    refused(ana.streets.rob("bob"), Reason.PURSE_FULL)
    assert contents(world) == before


def test_what_a_trade_holds_counts_so_that_it_always_comes_back(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    number = given(world, bob, "straw")
    offer = TradeOffer(give_oranges=1_000, ask=(number,))
    trade = done(ana.trades.propose("bob", offer), TradeMade).trade
    have = oranges(ana)
    refused(world.grant("ana", oranges=MOST - have), Reason.INVALID_AMOUNT)
    done(world.grant("ana", oranges=MOST - 1_000 - have), Grant)
    assert done(ana.streets.daily(), DailyPaid).oranges == 0
    audited(world)
    done(ana.trades.take_back(trade), TradeEnded)
    assert oranges(ana) == MOST
    audited(world)


def test_a_faucet_never_pays_more_than_the_ledger_can_count(
    world: World, ana: PlayerHandle
) -> None:
    forge(
        world,
        f"UPDATE account SET balance = {ROOM - LEDGER_MOST}"
        " WHERE house IN ('admin', 'daily_bonus') AND currency = 'oranges'",
    )
    refused(world.grant("ana", oranges=ROOM + 1), Reason.INVALID_AMOUNT)
    paid = done(ana.streets.daily(), DailyPaid)
    assert (paid.oranges, paid.unpaid) == (ROOM, {Currency.ORANGES: 100 - ROOM})


def test_the_audit_names_a_balance_above_the_most_without_overflow(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    forge(
        world,
        "UPDATE account SET balance = 9223372036854775807"
        " WHERE player_id IS NOT NULL AND currency = 'oranges'",
    )
    checks = {check.name: check for check in world.audit().checks}
    assert not checks["balances"].ok
    assert not checks["supply"].ok
    assert any("more than the" in fault for fault in checks["balances"].faults)


def test_neighbours_bring_what_fits(worlds: Callable[..., World], clock: FrozenClock) -> None:
    world = worlds(PEOPLE_PACK, clock)
    ana = a_player(world)
    for card in world.players.neighbours():
        ana.friends.change(card.name, FriendEvent.REQUEST)
    brought = 0
    for _ in range(40):
        if oranges(ana) < MOST:
            fill(ana, 0)
        clock.advance(DAY)
        ana.catch_up()
        brought += sum(line.oranges for settled in ana.happened(0) for line in settled.calls)
        assert oranges(ana) <= MOST
    audited(world)
