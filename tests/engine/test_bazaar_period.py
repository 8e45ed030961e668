"""Turns of the bazaar: neighbours buy and list in each period, whoever looks, and when."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inventui.content.source import base_pack
from inventui.engine.bazaar.models import BazaarQuery, Bought, Listed, ListingPage
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded, TradeView
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.bazaar import BAZAAR_PERIOD, DURATION, ListingState
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.npc.bazaar_period import MOST_LISTED
from tests.builders import NOW, a_player, a_world, audited, contents, done, put_copy

SCARF = "rind-scarf"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of the base pack with one player, at whose bazaar nobody has looked."""
    path = tmp_path_factory.mktemp("bazaar") / "world.db"
    with a_world(path, clock=FrozenClock(NOW), pack=base_pack()) as world:
        a_player(world, "ana", oranges=10_000)
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return put_copy(template, tmp_path / "world.db")


@pytest.fixture
def world(path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(path, clock=clock, pack=base_pack()) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return named(world)


def named(world: World) -> PlayerHandle:
    ana = world.player("ana")
    assert isinstance(ana, PlayerHandle)
    return ana


def rows(world: World, sql: str) -> list[tuple[Any, ...]]:
    with world.store.read() as connection:
        return [tuple(row) for row in connection.driver.execute(sql)]


def turns(world: World) -> list[int]:
    return [number for (number,) in rows(world, "SELECT number FROM bazaar_turn ORDER BY id")]


def looked(ana: PlayerHandle) -> ListingPage:
    return done(ana.bazaar.page(BazaarQuery(), limit=1_000), ListingPage)


def put_up(world: World, price: int, item: str | None = None) -> Listed:
    """A common collectible of ana's, listed; which, does not matter."""
    if item is None:
        ((item,),) = rows(
            world,
            "SELECT slug FROM item WHERE category = 'collectible' AND value BETWEEN 100 AND 1000"
            " ORDER BY slug LIMIT 1",
        )
    done(world.grant("ana", item=item), Grant)
    ((player_item,),) = rows(world, "SELECT max(id) FROM player_item")
    return done(named(world).bazaar.list(player_item, price), Listed)


def test_nobody_comes_before_somebody_has_looked(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    put_up(world, 1)
    clock.advance(3 * DAY)
    done(ana.world.grant("ana", oranges=5), Grant)
    assert turns(world) == []
    assert rows(world, "SELECT count(*) FROM neighbour WHERE player_id IS NOT NULL") == [(0,)]


def test_at_the_first_look_each_neighbour_has_listed_something(
    world: World, ana: PlayerHandle
) -> None:
    page = looked(ana)
    assert page.total == len({line.seller for line in page.lines}) == 8
    assert all(line.neighbour and not line.mine for line in page.lines)
    assert all(line.until == NOW + DURATION for line in page.lines)
    assert turns(world) == [NOW // BAZAAR_PERIOD]
    audited(world)


def test_a_second_look_in_the_same_period_changes_nothing(
    world: World, ana: PlayerHandle, path: Path, clock: FrozenClock
) -> None:
    looked(ana)
    before = contents(path)
    looked(ana)
    with a_world(path, clock=clock, pack=base_pack()) as other:
        looked(named(other))
    assert contents(path) == before


def test_what_a_neighbour_listed_can_be_bought(world: World, ana: PlayerHandle) -> None:
    for line in looked(ana).lines:
        if line.refusal is None:
            bought = done(ana.bazaar.buy(line.id), Bought)
            assert bought.seller == line.seller
            audited(world)
            return
    raise AssertionError("nothing of what was listed can be bought")


def test_a_bargain_is_bought_within_days_and_its_seller_paid_and_told(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    listed = put_up(world, 60)
    clock.advance(2 * DAY)
    looked(ana)
    (end,) = ana.bazaar.ends().lines
    assert (end.id, end.state, end.price, end.fee) == (listed.listing, ListingState.SOLD, 60, 3)
    assert any(
        line.message.startswith(end.other) for line in ana.notifications.page().notifications
    )
    moved = "SELECT kind, amount FROM transfer WHERE operation_id ="
    assert rows(world, f"{moved} (SELECT ended_by FROM listing WHERE id = {end.id})") == [
        ("bazaar", 60),
        ("bazaar_fee", 3),
    ]
    ((until, at),) = rows(
        world,
        "SELECT l.until, o.at FROM listing l JOIN operation o ON o.id = l.ended_by"
        f" WHERE l.id = {listed.listing}",
    )
    assert at % BAZAAR_PERIOD == 0
    assert at < until
    audited(world)


def test_the_feed_tells_which_neighbour_bought_what(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    put_up(world, 60)
    clock.advance(2 * DAY)
    looked(ana)
    (end,) = ana.bazaar.ends().lines
    for topic in (None, Topic.BAZAAR, Topic.MONEY, Topic.THINGS):
        told = next(line for line in ana.feed.page(topic).lines if line.kind == "bazaar_turn")
        assert told.words == f"{end.other} bought from you"
        assert (told.oranges, told.mine) == (57, False)
        assert [player_item.name for player_item in told.player_items] == [end.name]


def test_what_costs_too_much_comes_home(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    listed = put_up(world, 100_000)
    clock.advance(8 * DAY)
    looked(ana)
    settled(world)
    (end,) = ana.bazaar.ends().lines
    assert (end.id, end.state) == (listed.listing, ListingState.EXPIRED)
    audited(world)


def test_turns_come_at_their_periods_and_a_neighbour_has_few_listings(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    for _ in range(40):
        clock.advance(BAZAAR_PERIOD)
        assert all(n <= MOST_LISTED for n in sellers(looked(ana)).values())
    first = NOW // BAZAAR_PERIOD
    assert turns(world) == list(range(first, first + 41))
    audited(world)


def sellers(page: ListingPage) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in page.lines:
        found[line.seller] = found.get(line.seller, 0) + 1
    return found


def test_after_a_long_absence_only_turns_that_still_matter_are_made_up_for(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    clock.advance(90 * DAY)
    looked(ana)
    assert len(turns(world)) == 1 + 2 * DURATION // BAZAAR_PERIOD
    assert turns(world)[-1] == (NOW + 90 * DAY) // BAZAAR_PERIOD
    audited(world)


KEPT = {
    "what was listed": "SELECT seller_id, item_id, price, at, until, state, buyer_id, fee"
    " FROM listing ORDER BY at, seller_id, item_id, price",
    "what ana and the house have of it": "SELECT house, currency, balance FROM account"
    " WHERE player_id = 1 OR house = 'bazaar_fee' ORDER BY id",
    "turns": "SELECT number FROM bazaar_turn ORDER BY number",
    "what is held": "SELECT player_id, item_id, held, escrowed FROM holding ORDER BY 1, 2",
    "what ana was told": "SELECT at, kind, message FROM notification WHERE player_id = 1"
    " AND kind IN ('sold', 'unsold') ORDER BY at, message",
}


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(HOUR, marks=pytest.mark.trust),
        5 * HOUR,
        pytest.param(11 * HOUR, marks=pytest.mark.trust),
        26 * HOUR,
    ],
)
def test_it_makes_no_difference_when_and_how_often_one_looks(
    step: int, path: Path, tmp_path: Path
) -> None:
    with a_world(path, clock=FrozenClock(NOW), pack=base_pack()) as world:
        looked(named(world))
        for price in (60, 90, 300, 5_000):
            put_up(world, price)
    again = put_copy(path, tmp_path / "again.db")
    span = 9 * DAY

    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=base_pack()) as often:
        while clock.now() < NOW + span:
            clock.advance(min(step, NOW + span - clock.now()))
            if clock.now() // HOUR % 2:
                looked(named(often))
            else:
                named(often).streets.targets()
        settled(often)
    with a_world(again, clock=FrozenClock(NOW + span), pack=base_pack()) as once:
        settled(once)
        for what, sql in KEPT.items():
            assert rows(often_again(path), sql) == rows(once, sql), what
        audited(once)


def settled(world: World) -> None:
    """Everybody's time is made up for."""
    looked(named(world))
    with world.store.write() as connection:
        for (player,) in connection.driver.execute("SELECT id FROM player").fetchall():
            world.settle(connection, player, world.clock.now(), False)


def often_again(path: Path) -> World:
    """The other world, to read from."""
    return a_world(path, clock=FrozenClock(NOW + 9 * DAY), pack=base_pack())


def test_neighbours_who_were_sent_away_neither_list_nor_buy_nor_make_up_for_it(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    world.invite_neighbours(False)
    listed = put_up(world, 50)
    clock.advance(3 * DAY)
    lines = looked(ana).lines
    assert {line.at for line in lines} == {NOW}
    world.invite_neighbours(True)
    lines = looked(ana).lines
    assert {line.at for line in lines} == {NOW}
    assert listed.listing in {line.id for line in lines}
    clock.advance(DAY)
    assert any(line.at > NOW for line in looked(ana).lines)
    audited(world)


def test_now_and_then_a_neighbour_offers_oranges_for_something_to_its_taste(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    looked(ana)
    for (slug,) in rows(
        world, "SELECT slug FROM item WHERE category = 'collectible' AND value < 3000"
    ):
        done(world.grant("ana", item=slug), Grant)
    offers: dict[int, TradeView] = {}
    for _ in range(40):
        clock.advance(BAZAAR_PERIOD)
        looked(ana)
        offers |= {trade.id: trade for trade in ana.trades.list(open_only=True).trades}
    assert len(offers) >= 2
    for offer in offers.values():
        assert offer.get.neighbour
        assert not offer.mine
        assert offer.get.oranges > 0 == offer.give.oranges
        assert len(offer.give.player_items) == 1
        assert offer.message
        assert offer.at % BAZAAR_PERIOD == 0
    audited(world)
    last = max(offers)
    if offers[last].until > clock.now() and offers[last].refusal is None:
        had = ana.card().oranges
        done(ana.trades.accept(last), TradeEnded)
        assert ana.card().oranges == had + offers[last].get.oranges
    clock.advance(30 * DAY)
    settled(world)
    held = "SELECT balance FROM account WHERE house = 'trade_hold' AND currency = 'oranges'"
    open_ones = "SELECT coalesce(sum(proposer_oranges), 0) FROM trade WHERE state = 'open'"
    assert rows(world, held) == rows(world, open_ones)
    audited(world)


def test_a_clock_that_went_back_brings_nobody(
    world: World, ana: PlayerHandle, clock: FrozenClock, path: Path
) -> None:
    looked(ana)
    clock.advance(-2 * DAY)
    before = contents(path)
    looked(ana)
    assert contents(path) == before
