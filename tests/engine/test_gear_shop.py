"""The daily gear shop, and buying from whoever asks least."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventui.engine.inventory.models import ItemDetail
from inventui.engine.market.models import GearShopView, Reroll
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import Purchase
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Acquisition, Rarity
from inventui.rules.core.refusal import Reason
from inventui.rules.market.black_market import PERIOD
from inventui.rules.shop import Seller
from tests.builders import MARKET_PACK, NOW, a_player, a_world, audited, contents, done, refused


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "market.db", clock=clock, pack=MARKET_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=50_000)


def slugs(view: GearShopView) -> list[str]:
    return [line.slug for line in view.offers]


def kinds(world: World) -> list[str]:
    with world.store.read() as connection:
        return [kind for (kind,) in connection.driver.execute("SELECT kind FROM operation")]


def test_a_rookie_s_shop_has_six_common_pieces_until_midnight_utc(ana: PlayerHandle) -> None:
    view = ana.gear_shop.today()
    assert (view.rank, view.rerolls, view.reroll_price) == ("Rookie", 0, 5)
    assert (view.day, view.ends) == (NOW // DAY, NOW + 6 * HOUR)
    assert len(set(slugs(view))) == 6
    assert {line.rarity for line in view.offers} == {Rarity.COMMON}
    assert {line.seller for line in view.offers} == {Seller.GEAR_SHOP}
    assert {line.discount for line in view.offers} == {0}
    assert all(line.price == line.full_price for line in view.offers)
    assert all(line.stock is None and not line.sold_out for line in view.offers)
    stand = next(line for line in view.offers if line.slug == "common-stand-1")
    assert stand.figures == {"revenue": 2_000, "operating_cost": 200}


def test_the_first_look_makes_a_shop_and_later_looks_write_nothing(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    first = ana.gear_shop.today()
    before = contents(world)
    assert ana.gear_shop.today() == first
    clock.at = first.ends - 1
    assert slugs(ana.gear_shop.today()) == slugs(first)
    assert contents(world) == before
    clock.at = first.ends
    assert ana.gear_shop.today().day == first.day + 1
    audited(world)


def test_each_player_has_a_shop_of_their_own(world: World) -> None:
    shops = [slugs(a_player(world, f"p{n}").gear_shop.today()) for n in range(4)]
    assert any(shop != shops[0] for shop in shops)
    assert len(kinds(world)) == 8


def test_two_programs_that_look_first_at_once_make_one_shop(world: World) -> None:
    a_player(world, "ana")
    worlds = [a_world(world.path, clock=FrozenClock(NOW), pack=MARKET_PACK) for _ in range(4)]
    players = [done(w.player("ana"), PlayerHandle) for w in worlds]
    with ThreadPoolExecutor(4) as pool:
        views = list(pool.map(lambda player: player.gear_shop.today(), players))
    assert all(view == views[0] for view in views)
    assert kinds(world).count("gear_shop") == 1
    for other in worlds:
        other.close()


def test_a_shop_stays_that_of_the_rank_of_its_first_look_until_it_is_rerolled(
    world: World, ana: PlayerHandle
) -> None:
    first = ana.gear_shop.today()
    done(ana.shop.buy("rare-stand-1"), Purchase)
    done(ana.shop.buy("rare-crate-1"), Purchase)
    assert ana.card().standing.rank == "Associate"
    assert slugs(ana.gear_shop.today()) == slugs(first)
    done(ana.gear_shop.reroll(), Reroll)
    second = ana.gear_shop.today()
    assert (second.rank, len(second.offers)) == ("Associate", 7)
    assert {line.rarity for line in second.offers} <= {Rarity.COMMON, Rarity.UNCOMMON}
    audited(world)


def test_a_reroll_costs_five_gems_then_twice_the_last_until_the_next_day(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    shop = ana.gear_shop
    shop.today()
    first = done(shop.reroll(), Reroll)
    assert (first.rerolls, first.gems_paid, first.balance.gems) == (1, 5, 20)
    assert list(first.items) == slugs(shop.today())
    second = done(shop.reroll(), Reroll)
    assert (second.rerolls, second.gems_paid, second.balance.gems) == (2, 10, 10)
    view = shop.today()
    assert (view.rerolls, view.reroll_price) == (2, 20)
    assert view.reroll_refusal is not None
    before = contents(world)
    figures = refused(shop.reroll(), Reason.INSUFFICIENT_FUNDS).figures
    assert figures == {"required": 20, "current": 10, "missing": 10, "currency": "gems"}
    assert contents(world) == before
    clock.advance(DAY)
    assert shop.today().reroll_price == 5
    assert done(shop.reroll(), Reroll).gems_paid == 5
    audited(world)


def test_a_reroll_asked_for_twice_with_one_key_is_paid_once(
    world: World, ana: PlayerHandle
) -> None:
    first = done(ana.gear_shop.reroll("k"), Reroll)
    before = contents(world)
    again = done(ana.gear_shop.reroll("k"), Reroll)
    assert (again.repeat, again.items) == (True, first.items)
    assert contents(world) == before
    audited(world)


def test_buying_from_it_costs_the_catalogue_s_price_and_shows_as_owned(
    world: World, ana: PlayerHandle
) -> None:
    line = ana.gear_shop.today().offers[0]
    purchase = done(ana.gear_shop.buy(line.slug), Purchase)
    assert (purchase.seller, purchase.oranges_paid) == (Seller.GEAR_SHOP, line.price)
    assert purchase.worn == (line.name,)
    detail = done(ana.inventory.detail(purchase.item_ids[0]), ItemDetail)
    assert (detail.acquisition, detail.source) == (Acquisition.PURCHASE, "gear shop")
    after = ana.gear_shop.today().offers[0]
    assert (after.slug, after.owned, after.worn) == (line.slug, True, True)
    before = contents(world)
    refused(ana.gear_shop.buy(line.slug), Reason.ALREADY_OWNED)
    assert contents(world) == before
    audited(world)


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("nope", Reason.UNKNOWN_ITEM),
        ("rind", Reason.NOT_FOR_SALE),
        ("rare-spoon-1", Reason.NOT_FOR_SALE),
        ("last-spoon", Reason.NOT_FOR_SALE),
    ],
)
def test_what_it_has_not_is_refused_and_nothing_changes(
    slug: str, reason: Reason, world: World, ana: PlayerHandle
) -> None:
    ana.gear_shop.today()
    before = contents(world)
    refused(ana.gear_shop.buy(slug), reason)
    assert contents(world) == before


def test_without_money_or_room_nothing_is_bought(world: World, ana: PlayerHandle) -> None:
    line = ana.gear_shop.today().offers[0]
    for _ in range(10):
        done(world.grant("ana", item="last-spoon"), Grant)
    bob = a_player(world, "bob")
    for _ in range(48):
        bob.cases.open("crate")
    dear = bob.gear_shop.today().offers[0]
    before = contents(world)
    refused(ana.gear_shop.buy(line.slug), Reason.NO_ROOM)
    refused(bob.gear_shop.buy(dear.slug), Reason.INSUFFICIENT_FUNDS)
    assert contents(world) == before


def test_a_key_taken_for_something_else_stops_no_shop(world: World, ana: PlayerHandle) -> None:
    done(ana.shop.buy("rind", f"gear-shop:{NOW // DAY}:0"), Purchase)
    assert ana.gear_shop.today().offers
    audited(world)


def test_who_asks_least_sells_when_nobody_is_named(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    while not (line := ana.black_market.rotation().stalls[0]).featured:
        clock.advance(PERIOD)
    purchase = done(ana.sellers.buy(line.slug), Purchase)
    assert (purchase.seller, purchase.oranges_paid) == (Seller.MARKET, line.price)
    common = ana.gear_shop.today().offers[0]
    assert done(ana.sellers.buy(common.slug), Purchase).seller is Seller.SHOP
    assert done(ana.sellers.buy("rind"), Purchase).worn == ("Rind Frame",)
    audited(world)


def test_a_sold_out_stall_leaves_the_sale_to_the_next(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    while not (line := ana.black_market.rotation().stalls[0]).featured:
        clock.advance(PERIOD)
    assert line.stock is not None
    for n in range(line.stock):
        done(a_player(world, f"p{n}", oranges=50_000).black_market.buy(line.slug), Purchase)
    purchase = done(ana.sellers.buy(line.slug), Purchase)
    assert (purchase.seller, purchase.oranges_paid) == (Seller.SHOP, line.full_price)


def test_a_named_seller_alone_is_asked(world: World, ana: PlayerHandle) -> None:
    line = ana.gear_shop.today().offers[0]
    purchase = done(ana.sellers.buy(line.slug, Seller.GEAR_SHOP), Purchase)
    assert purchase.seller is Seller.GEAR_SHOP
    before = contents(world)
    refused(ana.sellers.buy("rind", Seller.GEAR_SHOP), Reason.NOT_FOR_SALE)
    refused(ana.sellers.buy("rind", Seller.MARKET), Reason.NOT_FOR_SALE)
    assert contents(world) == before
    assert done(ana.sellers.buy("rind", Seller.SHOP), Purchase).seller is Seller.SHOP


def test_a_purchase_from_anybody_with_one_key_is_made_once(world: World, ana: PlayerHandle) -> None:
    line = ana.black_market.rotation().stalls[-1]
    first = done(ana.sellers.buy(line.slug, key="k"), Purchase)
    before = contents(world)
    again = done(ana.sellers.buy(line.slug, key="k"), Purchase)
    assert (again.repeat, again.item_ids) == (True, first.item_ids)
    assert contents(world) == before


def test_what_nobody_sells_is_refused_as_the_shop_would_and_nothing_changes(
    world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(ana.sellers.buy("nope"), Reason.UNKNOWN_ITEM)
    refused(ana.sellers.buy("straw"), Reason.UNKNOWN_ITEM)
    assert contents(world) == before
