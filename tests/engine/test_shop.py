"""Buying: the order of the checks, prices, bundles, limited editions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventui.engine.shop.checkout import shares
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR, SECOND, FrozenClock
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import Availability, Price
from tests.builders import NOW, SHOP_PACK, a_player, a_world, audited, contents, done, refused


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "shop.db", clock=clock, pack=SHOP_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


def bought(player: PlayerHandle, slug: str) -> Purchase:
    return done(player.shop.buy(slug), Purchase)


def test_buying_pays_the_price_gives_the_thing_and_puts_it_on(
    world: World, ana: PlayerHandle
) -> None:
    purchase = bought(ana, "neon")
    assert (purchase.oranges_paid, purchase.gems_paid) == (1_000, 10)
    card = ana.card()
    assert (card.oranges, card.gems, card.experience) == (19_000, 15, 100)
    assert purchase.worn == ("Neon Frame",)
    assert ana.wardrobe.worn()[Category.FRAME].slug == "neon"
    detail = ana.inventory.detail(purchase.item_ids[0])
    assert detail.acquisition is Acquisition.PURCHASE  # type: ignore[union-attr]
    assert detail.price_paid == 1_000  # type: ignore[union-attr]
    audited(world)


def test_a_thing_for_gems_alone_costs_no_oranges(ana: PlayerHandle) -> None:
    purchase = bought(ana, "rookie")
    assert (purchase.oranges_paid, purchase.gems_paid, purchase.balance.gems) == (0, 5, 20)


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("nope", Reason.UNKNOWN_ITEM),
        ("straw", Reason.UNKNOWN_ITEM),
        ("default-font-color", Reason.NOT_FOR_SALE),
        ("soon", Reason.NOT_YET_AVAILABLE),
        ("past", Reason.NO_LONGER_AVAILABLE),
        ("none", Reason.SOLD_OUT),
        ("crown-frame", Reason.INSUFFICIENT_FUNDS),
        ("\x1b[2J", Reason.UNKNOWN_ITEM),
        ("x" * 5_000, Reason.UNKNOWN_ITEM),
    ],
)
def test_what_can_t_be_bought_is_refused_with_its_reason_and_nothing_changes(
    slug: str, reason: Reason, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    assert "\x1b" not in refused(ana.shop.buy(slug), reason).message
    assert contents(world) == before


def test_a_thing_owned_already_is_refused_but_consumables_are_not(
    world: World, ana: PlayerHandle
) -> None:
    bought(ana, "rind")
    before = contents(world)
    refused(ana.shop.buy("rind"), Reason.ALREADY_OWNED)
    assert contents(world) == before
    assert bought(ana, "donut").item_ids != bought(ana, "donut").item_ids


def test_owning_comes_before_money_and_availability_before_owning(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bought(ana, "both")
    poor = a_player(world, "poor")
    done(poor.shop.buy("neon"), Purchase)
    for _ in range(40):
        poor.cases.open("crate")
    assert poor.card().oranges < 1_000
    refused(poor.shop.buy("neon"), Reason.ALREADY_OWNED)
    clock.advance(3 * HOUR)
    refused(ana.shop.buy("both"), Reason.NO_LONGER_AVAILABLE)


def test_too_little_money_tells_required_current_and_missing_of_the_currency_that_lacks(
    world: World, ana: PlayerHandle
) -> None:
    for slug in ("neon", "rookie"):
        bought(ana, slug)
    refusal = refused(ana.shop.buy("crown-frame"), Reason.INSUFFICIENT_FUNDS)
    assert refusal.figures == {
        "required": 90_000,
        "current": 19_000,
        "missing": 71_000,
        "currency": "oranges",
    }
    bob = a_player(world, "bob")
    bought(bob, "neon")
    world.grant("bob", gems=0, oranges=1)
    bought(bob, "rookie")
    assert bob.card().gems == 10


def test_a_limited_thing_opens_at_its_second_and_closes_at_its_second(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    line = done(ana.shop.line("soon"), ShopLine)
    assert line.limit.availability(NOW) is Availability.TO_COME
    clock.advance(SECOND)
    bought(ana, "soon")
    clock.at = NOW + 2 * HOUR - 1
    bought(ana, "both")


def test_the_stock_counts_down_and_the_last_piece_is_the_last(
    world: World, ana: PlayerHandle
) -> None:
    bob, cho = a_player(world, "bob"), a_player(world, "cho")
    assert done(ana.shop.line("few"), ShopLine).limit.words(NOW) == "2/100 left"
    bought(ana, "few")
    assert done(ana.shop.line("few"), ShopLine).limit.words(NOW) == "1/100 left"
    bought(bob, "few")
    before = contents(world)
    refused(cho.shop.buy("few"), Reason.SOLD_OUT)
    assert contents(world) == before
    assert done(cho.shop.line("few"), ShopLine).limit.words(NOW) == "SOLD OUT"
    audited(world)


def test_the_last_piece_bought_by_two_programs_at_once_goes_to_one(
    tmp_path: Path, world: World, ana: PlayerHandle
) -> None:
    bought(ana, "few")
    worlds = [a_world(world.path, clock=FrozenClock(NOW), pack=SHOP_PACK) for _ in range(4)]
    players = [a_player(w, f"p{i}") for i, w in enumerate(worlds)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda player: player.shop.buy("few"), players))
    assert sum(isinstance(result, Purchase) for result in results) == 1
    for result in results:
        if not isinstance(result, Purchase):
            refused(result, Reason.SOLD_OUT)
    audited(world)
    for other in worlds:
        other.close()


def test_a_bundle_costs_the_floor_of_what_is_not_owned_less_the_discount(
    world: World, ana: PlayerHandle
) -> None:
    line = done(ana.shop.line("starter-kit"), ShopLine)
    assert line.full_price == Price(860, 5)
    assert line.price == Price(731, 4)
    bought(ana, "rind")
    line = done(ana.shop.line("starter-kit"), ShopLine)
    assert (line.full_price, line.price) == (Price(360, 5), Price(306, 4))
    purchase = bought(ana, "starter-kit")
    assert (purchase.oranges_paid, purchase.gems_paid) == (306, 4)
    assert (purchase.full_oranges, purchase.full_gems, purchase.discount) == (360, 5, 15)
    assert purchase.names == ("Lime Letters", "Rookie of the Row", "Donut")
    assert purchase.worn == ("Lime Letters", "Rookie of the Row")
    details = [ana.inventory.detail(number) for number in purchase.item_ids]
    assert sum(detail.price_paid for detail in details) == 306  # type: ignore[union-attr]
    assert {detail.acquisition for detail in details} == {Acquisition.BUNDLE}  # type: ignore[union-attr]
    audited(world)


def test_a_bundle_of_which_everything_is_owned_is_refused(world: World, ana: PlayerHandle) -> None:
    bought(ana, "pair")
    before = contents(world)
    refused(ana.shop.buy("pair"), Reason.ALREADY_OWNED)
    assert contents(world) == before


def test_gear_needs_room(world: World, ana: PlayerHandle) -> None:
    for _ in range(10):
        world.grant("ana", item="spoon")
    before = contents(world)
    refused(ana.shop.buy("spoon"), Reason.ALREADY_OWNED)
    assert contents(world) == before
    bob = a_player(world, "bob")
    assert bought(bob, "spoon").worn == ("Sharp Spoon",)


def test_the_shop_lists_all_that_has_a_price_and_says_what_is_owned_and_worn(
    ana: PlayerHandle,
) -> None:
    lines = {line.slug: line for line in ana.shop.lines()}
    assert "straw" not in lines
    assert "default-font-color" not in lines
    assert {"past", "soon", "none", "starter-kit", "donut", "spoon"} <= lines.keys()
    bought(ana, "lime")
    bought(ana, "plum")
    lines = {line.slug: line for line in ana.shop.lines()}
    assert (lines["lime"].owned, lines["lime"].worn) == (True, False)
    assert (lines["plum"].owned, lines["plum"].worn) == (True, True)
    assert (lines["rind"].owned, lines["rind"].worn) == (False, False)
    assert {line.category for line in ana.shop.lines(Category.FRAME)} == {Category.FRAME}


def test_a_purchase_asked_for_twice_with_one_key_is_made_once(
    world: World, ana: PlayerHandle
) -> None:
    first = done(ana.shop.buy("donut", "k"), Purchase)
    before = contents(world)
    again = done(ana.shop.buy("donut", "k"), Purchase)
    assert again.repeat
    assert again.item_ids == first.item_ids
    assert contents(world) == before


def test_a_price_is_split_into_whole_parts_that_sum_to_it() -> None:
    assert shares(306, [300, 0, 60]) == [255, 0, 51]
    assert sum(shares(731, [300, 500, 0, 60])) == 731
    assert shares(0, [0, 0]) == [0, 0]


def test_what_was_bought_can_t_be_sold_to_the_house(world: World, ana: PlayerHandle) -> None:
    purchase = bought(ana, "starter-kit")
    before = contents(world)
    result = ana.inventory.sell(purchase.item_ids)
    assert isinstance(result, Refusal)
    assert contents(world) == before
    assert ana.inventory.detail(purchase.item_ids[0]).line.status is Status.EQUIPPED  # type: ignore[union-attr]
