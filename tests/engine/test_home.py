"""What waits for a player: each room tells of it while it does, and not longer."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inventui.content.source import base_pack
from inventui.engine.cases.models import Opening
from inventui.engine.home.models import QuestSkipped
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, LockChange, Sale
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import DailyPaid, RobberyDone, ShiftPaid, TargetView
from inventui.engine.trades.models import TradeMade, TradeOffer
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import COSMETICS
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.home import Kind, Waiting
from inventui.rules.home_goals import MOST_GOALS
from inventui.rules.people.friends import FriendEvent
from inventui.rules.streets.shifts import SHIFTS_A_DAY
from tests.builders import STREETS_PACK, a_player, a_world, contents, done, given


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "home.db", clock=clock, pack=STREETS_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob", oranges=20_000)


def waiting(player: PlayerHandle, kind: Kind) -> Waiting | None:
    """The first line of a kind, or None."""
    return next((line for line in player.home.look().lines if line.kind is kind), None)


def test_looking_writes_nothing(world: World, ana: PlayerHandle) -> None:
    before = contents(world)
    ana.home.look()
    assert contents(world) == before


def test_the_bonus_waits_until_midnight_and_only_until_it_is_taken(
    world: World, ana: PlayerHandle
) -> None:
    line = waiting(ana, Kind.BONUS)
    assert line is not None
    assert (line.worth, line.until) == (100, (world.clock.now() // DAY + 1) * DAY)
    done(ana.streets.daily(), DailyPaid)
    assert waiting(ana, Kind.BONUS) is None


def test_shifts_wait_until_the_days_last_is_worked(ana: PlayerHandle, clock: FrozenClock) -> None:
    for left in range(SHIFTS_A_DAY, 0, -1):
        line = waiting(ana, Kind.SHIFT)
        assert line is not None
        assert (f"{left} shifts" if left > 1 else "last") in line.what
        done(ana.streets.play(50), ShiftPaid)
        clock.advance(30 * SECOND)
    assert waiting(ana, Kind.SHIFT) is None


def test_a_trade_waits_for_the_partner_with_what_it_brings_and_its_end(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    made = done(bob.trades.propose("ana", TradeOffer(give_oranges=500, ask_oranges=20)), TradeMade)
    line = waiting(ana, Kind.TRADE)
    assert line is not None
    assert (line.target, line.worth, line.room) == (str(made.trade), 480, "trades")
    assert waiting(bob, Kind.TRADE) is None
    assert line.until is not None
    clock.advance(line.until - clock.now())
    assert waiting(ana, Kind.TRADE) is None


def test_who_asks_for_friendship_waits_for_an_answer(ana: PlayerHandle, bob: PlayerHandle) -> None:
    bob.friends.change("ana", FriendEvent.REQUEST)
    line = waiting(ana, Kind.FRIEND)
    assert line is not None
    assert (line.what, line.target) == ("bob asks to be friends", "bob")
    assert waiting(bob, Kind.FRIEND) is None
    ana.friends.change("bob", FriendEvent.ACCEPT)
    assert waiting(ana, Kind.FRIEND) is None


def test_a_gift_waits_until_it_is_read(ana: PlayerHandle, bob: PlayerHandle) -> None:
    bob.friends.change("ana", FriendEvent.REQUEST)
    ana.friends.change("bob", FriendEvent.ACCEPT)
    done(bob.gifts.send_money("ana", 5), GiftSent)
    assert waiting(ana, Kind.GIFTS) is not None
    told = ana.notifications.page(unread=True).notifications
    ana.notifications.seen(one.id for one in told)
    assert waiting(ana, Kind.GIFTS) is None


def test_the_turn_of_the_market_is_told_in_its_last_hour(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    turn = (clock.now() // (6 * HOUR) + 1) * 6 * HOUR
    clock.advance(turn - HOUR - MINUTE - clock.now())
    assert waiting(ana, Kind.MARKET) is None
    clock.advance(MINUTE)
    line = waiting(ana, Kind.MARKET)
    assert line is not None
    assert line.until == turn


def test_gear_that_lies_idle_while_its_slot_is_empty_waits_to_be_put_on(
    world: World, ana: PlayerHandle
) -> None:
    assert waiting(ana, Kind.WEAR) is None
    for slug, said in (("spoon", "Wear "), ("crate-home", "Move into "), ("stand", "Run ")):
        piece = given(world, ana, slug)
        line = waiting(ana, Kind.WEAR)
        assert line is not None
        assert line.what.startswith(said)
        assert (line.room, line.target) == ("inventory", str(piece))
        done(ana.wardrobe.equip(piece), Outfit)
        given(world, ana, "peeler")
        assert waiting(ana, Kind.WEAR) is None


def test_only_a_business_that_runs_is_said_to_pay_and_only_who_owns_none_is_to_find_one(
    world: World, ana: PlayerHandle
) -> None:
    line = waiting(ana, Kind.BUSINESS)
    assert line is not None
    assert line.room == "shop"
    stand = given(world, ana, "stand")
    assert waiting(ana, Kind.BUSINESS) is None
    assert waiting(ana, Kind.TILL) is None
    done(ana.wardrobe.equip(stand), Outfit)
    assert waiting(ana, Kind.TILL) is not None
    assert waiting(ana, Kind.BUSINESS) is None


def test_who_took_the_bonus_and_worked_every_shift_is_told_when_there_are_more(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.streets.daily(), DailyPaid)
    for _ in range(SHIFTS_A_DAY):
        assert waiting(ana, Kind.DAY) is None
        done(ana.streets.play(50), ShiftPaid)
        clock.advance(30 * SECOND)
    line = waiting(ana, Kind.DAY)
    assert line is not None
    assert line.until == (clock.now() // DAY + 1) * DAY


def test_what_is_dearer_than_the_purse_stands_last(world: World, ana: PlayerHandle) -> None:
    rich = ana.home.look().lines
    assert rich[-1].cost <= 20_000
    poor = a_player(world, "poor").home.look().lines
    costs = [line.cost > 5_000 for line in poor]
    assert costs == sorted(costs)


def test_one_who_cant_pay_for_a_case_is_told_what_there_is_to_sell(tmp_path: Path) -> None:
    with closing(a_world(tmp_path / "small.db")) as world:
        poor = a_player(world, "poor")
        cheapest = min(case.price for case in world.catalogue.cases())
        assert waiting(poor, Kind.SELL) is None
        while poor.card().oranges >= cheapest:
            done(poor.cases.open("crate"), Opening)
        line = waiting(poor, Kind.SELL)
        assert line is not None
        page = done(poor.inventory.page(InventoryQuery(), limit=1_000), InventoryPage)
        sold = done(poor.inventory.sell([item.id for item in page.items]), Sale)
        assert sold.total_value == line.worth


# What can be done now for a goal, or with a gain in the mean, in the base pack


@pytest.fixture
def base(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with closing(a_world(tmp_path / "base.db", clock=clock, pack=base_pack())) as world:
        yield world


@pytest.fixture
def evening(base: World) -> PlayerHandle:
    """A player whose quests are behind her, with neighbours who moved in."""
    player = a_player(base)
    while player.quests.list()[-1].ended_at is None:
        done(player.quests.skip(), QuestSkipped)
    player.streets.targets()
    return player


def mean_of(target: TargetView) -> float:
    """What a robbery of somebody brings in the mean, as the streets tell of it."""
    taken = (target.loot_least + target.loot_most) / 2
    return (target.chance * taken - (100 - target.chance) * target.fine) / 100


def test_the_robbery_that_home_names_is_the_best_of_those_that_the_streets_tell_of(
    evening: PlayerHandle, clock: FrozenClock
) -> None:
    free = [target for target in evening.streets.targets() if target.refusal is None]
    line = waiting(evening, Kind.ROB)
    assert line is not None
    best = max(free, key=mean_of)
    assert (line.target, line.what) == (best.name, f"Rob {best.name}: {best.chance} %")
    share = best.chance * (1_500 // 10) / 100
    assert line.why == "Light Fingers"
    assert abs(line.worth - mean_of(best) - share) <= 2
    done(evening.streets.rob(best.name), RobberyDone)
    after = waiting(evening, Kind.ROB)
    assert after is None or after.target != best.name
    clock.advance(HOUR)
    assert all(target.refusal is None for target in evening.streets.targets())


def test_no_robbery_is_named_where_the_fine_outweighs_what_is_taken(
    base: World, evening: PlayerHandle
) -> None:
    done(base.grant(evening.name, oranges=100_000), Grant)
    assert all(mean_of(target) < -75 for target in evening.streets.targets())
    assert waiting(evening, Kind.ROB) is None


def test_the_weapon_that_a_robbery_wears_down_counts_against_it(
    base: World, evening: PlayerHandle
) -> None:
    before = waiting(evening, Kind.ROB)
    assert before is not None
    done(evening.wardrobe.equip(given(base, evening, "davids-last-pip")), Outfit)
    assert all(mean_of(target) < 120_000 * 2.5 / 100 for target in evening.streets.targets())
    assert waiting(evening, Kind.ROB) is None


def test_the_fusion_that_home_names_gains_what_the_workshop_quotes_and_its_goal(
    base: World, evening: PlayerHandle
) -> None:
    assert waiting(evening, Kind.FUSE) is None
    for _ in range(5):
        given(base, evening, "bent-straw")
    pieces = evening.workshop.cheapest(Rarity.COMMON)
    quote = done(evening.workshop.quote(pieces), FusionQuote)
    assert quote.odds is not None
    gain = int(quote.odds.expected_value) - quote.fee - quote.value
    line = waiting(evening, Kind.FUSE)
    assert line is not None
    assert (line.worth, line.cost, line.part) == (gain + 300, quote.fee, "common")
    assert (line.what, line.why) == ("Fuse five common finds", "Five Into One")
    done(evening.workshop.fuse(pieces), Fused)
    assert waiting(evening, Kind.FUSE) is None


def test_a_locked_find_is_not_counted_on(base: World, evening: PlayerHandle) -> None:
    numbers = [given(base, evening, "bent-straw") for _ in range(5)]
    assert waiting(evening, Kind.FUSE) is not None
    done(evening.inventory.lock(numbers[:1], locked=True), LockChange)
    assert waiting(evening, Kind.FUSE) is None


def test_a_goal_is_named_until_its_step_is_done(evening: PlayerHandle) -> None:
    lines = [line for line in evening.home.look().lines if line.kind is Kind.GOAL]
    assert [line.what for line in lines] == ["Ask 3 to be friends", "Open 10 cases at once"]
    assert len(lines) == MOST_GOALS
    neighbours = [line.name for line in evening.friends.list() if line.neighbour]
    for name in neighbours[:3]:
        done(evening.friends.change(name, FriendEvent.REQUEST), FriendChange)
    done(evening.cases.open("citrus-crate", 10), Opening)
    evening.achievements.award()
    after = [line.what for line in evening.home.look().lines if line.kind is Kind.GOAL]
    assert len(after) == MOST_GOALS
    assert not {line.what for line in lines} & set(after)


def test_a_home_is_offered_to_who_has_none_with_the_days_that_the_shop_tells_of(
    base: World, evening: PlayerHandle
) -> None:
    line = waiting(evening, Kind.HOME)
    assert line is not None
    assert (line.cost, line.what) == (800, "Find a home: back in 8 days")
    given(base, evening, "tent-with-intent")
    assert waiting(evening, Kind.HOME) is None


def test_the_dearest_that_gems_alone_pay_and_that_she_has_not_is_named(
    evening: PlayerHandle,
) -> None:
    line = waiting(evening, Kind.GEMS)
    assert line is not None
    gems = evening.card().gems
    alone = [
        (thing.price.gems, thing.slug)
        for thing in evening.shop.lines()
        if thing.category in COSMETICS and not (thing.price.oranges or thing.offer.limit.limited)
    ]
    assert (
        next(dear for dear, slug in alone if slug == line.target)
        == max(dear for dear, _ in alone if dear <= gems)
        == line.gems
    )
    done(evening.shop.buy(line.target), Purchase)
    after = waiting(evening, Kind.GEMS)
    assert after is None or after.target != line.target
