"""What is known of the bazaar: listings, prices, sales, and who is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Bought, Delisted, ListingDetail, PriceHistory
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.bazaar import DURATION, SHOWN_SALES, ListingState, fee
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Acquisition
from inventui.rules.core.refusal import Reason
from tests.builders import (
    BAZAAR_PACK,
    NOW,
    a_player,
    a_world,
    audited,
    done,
    given,
    refused,
)
from tests.engine.bazaar import PRICE, ended, put_up, sales


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "bazaar.db", clock=clock, pack=BAZAAR_PACK) as world:
        yield world
        audited(world)


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana")


@pytest.fixture
def bob(world: World) -> PlayerHandle:
    return a_player(world, "bob")


@pytest.fixture
def lemon(world: World, ana: PlayerHandle) -> int:
    """A thing of ana's."""
    return given(world, ana, "lemon")


def test_one_listing_is_shown_with_its_things_provenance_and_prices(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    given(world, ana, "lemon")
    number = put_up(ana, lemon)
    found = done(bob.bazaar.detail(number), ListingDetail)
    assert found.line.id == number
    assert found.detail.line.id == lemon
    assert found.detail.slug == "lemon"
    assert found.detail.acquisition is Acquisition.ADMIN
    assert found.detail.same_held == 0, "what the seller holds is not told"
    assert found.prices.cheapest == PRICE
    assert found.line.refusal is None
    done(bob.bazaar.buy(number), Bought)
    refused(bob.bazaar.detail(number), Reason.SOLD_OUT)


def test_prices_are_those_of_sales_alone_the_oldest_first(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for price in (300, 100, 200, 400):
        done(bob.bazaar.buy(put_up(ana, given(world, ana, "straw"), price)), Bought)
        clock.at += HOUR
    done(ana.bazaar.delist(put_up(ana, given(world, ana, "straw"), 1)), Delisted)
    put_up(ana, given(world, ana, "straw"), 90)
    put_up(bob, given(world, bob, "straw"), 80)
    done(bob.bazaar.buy(put_up(ana, given(world, ana, "pip"), 7)), Bought)
    found = done(ana.bazaar.prices("straw"), PriceHistory)
    assert [sale.price for sale in found.sales] == [300, 100, 200, 400]
    assert [sale.at for sale in found.sales] == [NOW + hours * HOUR for hours in range(4)]
    assert (found.lowest, found.median, found.highest, found.sold) == (100, 200, 400, 4)
    assert (found.cheapest, found.listed) == (80, 2)
    assert (found.value, found.suggestion) == (40, 200)
    assert done(ana.bazaar.prices("lemon"), PriceHistory).sold == 0
    refused(ana.bazaar.prices("lemming"), Reason.UNKNOWN_ITEM)


def test_a_long_history_shows_the_latest_and_counts_all(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for price in range(1, SHOWN_SALES + 3):
        done(bob.bazaar.buy(put_up(ana, given(world, ana, "straw"), price)), Bought)
    found = done(ana.bazaar.prices("straw"), PriceHistory)
    assert [sale.price for sale in found.sales] == list(range(3, SHOWN_SALES + 3))
    assert found.sold == SHOWN_SALES + 2
    assert found.suggestion == SHOWN_SALES - 2, "the middle of the latest nine"


@pytest.mark.parametrize(
    ("slug", "price"), [("lemon", 736), ("spoon", 315), ("lime", 300), ("rookie", 500)]
)
def test_without_sales_what_leaves_the_worth_or_the_shop_price_is_suggested(
    world: World, ana: PlayerHandle, slug: str, price: int
) -> None:
    assert done(ana.bazaar.suggest(given(world, ana, slug)), PriceHistory).suggestion == price


def test_a_price_is_suggested_for_ones_own_things_alone(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    refused(bob.bazaar.suggest(lemon), Reason.NOT_YOURS)
    refused(bob.bazaar.suggest(10**6), Reason.UNKNOWN_ITEM)


def test_both_sides_see_what_became_of_it(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    player_items = [given(world, ana, "straw") for _ in range(4)]
    numbers = [put_up(ana, player_item, 100 + player_item) for player_item in player_items]
    done(bob.bazaar.buy(numbers[2]), Bought)
    done(ana.bazaar.delist(numbers[0]), Delisted)
    bought = done(ana.bazaar.buy(put_up(bob, given(world, bob, "lemon"))), Bought)
    clock.at = NOW + DURATION
    ana.catch_up()
    lines = ended(ana)
    assert [(line.id, line.state, line.bought, line.other) for line in lines] == [
        (numbers[3], ListingState.EXPIRED, False, ""),
        (numbers[1], ListingState.EXPIRED, False, ""),
        (bought.listing, ListingState.SOLD, True, "bob"),
        (numbers[0], ListingState.TAKEN_BACK, False, ""),
        (numbers[2], ListingState.SOLD, False, "bob"),
    ]
    assert lines[4].fee == fee(100 + player_items[2])
    whole = ana.bazaar.ends()
    assert (whole.sold, whole.fees) == (1, lines[4].fee)
    assert whole.earned == 100 + player_items[2] - lines[4].fee
    assert [(line.id, line.bought) for line in ended(bob)] == [
        (bought.listing, False),
        (numbers[2], True),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_the_past_follow_each_other_without_gaps(
    world: World, clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle, limit: int
) -> None:
    for count in range(6):
        number = put_up(ana, given(world, ana, "straw"))
        if count % 3 == 0:
            done(bob.bazaar.buy(number), Bought)
        elif count % 3 == 1:
            done(ana.bazaar.delist(number), Delisted)
    clock.at = NOW + DURATION
    ana.catch_up()
    seen: list[int] = []
    after = None
    while True:
        page = ana.bazaar.ends(after, limit)
        seen += [line.id for line in page.lines]
        after = page.next
        if after is None:
            break
    assert seen == [line.id for line in ended(ana)]
    assert sorted(seen) == list(range(1, 7))
    assert ana.bazaar.ends(10**6).lines == ()
    assert ana.bazaar.ends(-1).lines == ()


def test_a_seller_is_told_of_a_sale_once(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    done(bob.bazaar.buy(put_up(ana, lemon)), Bought)
    (told,) = ana.notifications.page().notifications
    assert (told.kind, told.place, told.item_id) == ("sold", "bazaar", lemon)
    assert told.message == (
        "bob bought your Glass Lemon for 500 oranges: 475 are yours, 25 the house kept."
    )
    assert bob.notifications.page().notifications == ()


def test_the_feed_tells_both_sides(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    number = put_up(ana, lemon)
    done(ana.bazaar.delist(number), Delisted)
    done(bob.bazaar.buy(put_up(ana, lemon)), Bought)
    mine, theirs = (player.feed.page(Topic.BAZAAR).lines for player in (ana, bob))
    assert [(line.words, line.oranges) for line in mine] == [
        ("bob bought from you", 475),
        ("You listed in the bazaar", 0),
        ("You took back from the bazaar", 0),
        ("You listed in the bazaar", 0),
    ]
    assert [(line.words, line.oranges) for line in theirs] == [("You bought from ana", -500)]
    assert all(line.player_items[0].name == "Glass Lemon" for line in (*mine, *theirs))
    for topic in (None, Topic.MONEY, Topic.THINGS):
        assert mine[0] in ana.feed.page(topic).lines
    after = ana.feed.page(Topic.BAZAAR, limit=1).next
    assert ana.feed.page(Topic.BAZAAR, after=after).lines == mine[1:]


def test_sales_count_for_achievements_and_purchases_do_not(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    done(ana.bazaar.delist(put_up(ana, lemon)), Delisted)
    done(bob.bazaar.buy(put_up(ana, lemon)), Bought)
    put_up(ana, given(world, ana, "straw"))
    assert [sales(world, player) for player in (ana, bob)] == [1, 0]


def test_a_sale_brings_no_experience_and_counts_as_no_sale_to_the_house(
    world: World, ana: PlayerHandle, bob: PlayerHandle, lemon: int
) -> None:
    before = ana.card().experience, bob.card().experience
    done(bob.bazaar.buy(put_up(ana, lemon)), Bought)
    assert (ana.card().experience, bob.card().experience) == before


def test_the_last_page_of_the_past_leads_nowhere_even_if_it_is_full(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    numbers = [put_up(ana, given(world, ana, "straw")) for _ in range(4)]
    for number in numbers:
        done(bob.bazaar.buy(number), Bought)
    for player in (ana, bob):
        assert player.bazaar.ends(limit=4).next is None
        first = player.bazaar.ends(limit=2)
        assert first.next is not None
        last = player.bazaar.ends(before=first.next, limit=2)
        assert [end.id for end in (*first.lines, *last.lines)] == numbers[::-1]
        assert last.next is None
