"""The black market: one rotation for everybody, its stalls and what they sell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import ItemDetail
from inventui.engine.market.black_market import BlackMarket
from inventui.engine.market.models import MarketView
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import GearLine, Purchase
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Rarity, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.gear import GEAR_RARITIES
from inventui.rules.market.black_market import PERIOD, discounted, draw_rotation
from inventui.rules.shop import Seller
from tests.builders import MARKET_PACK, NOW, a_player, a_world, audited, contents, done, refused
from tests.engine.programs import Programs


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "market.db", clock=clock, pack=MARKET_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=200_000)


@pytest.fixture
def market(ana: PlayerHandle) -> BlackMarket:
    return ana.black_market


def stall(view: MarketView, rarity: Rarity) -> GearLine:
    return next(line for line in view.stalls if line.rarity is rarity)


def to_a_legendary(world: World, clock: FrozenClock, player: PlayerHandle) -> GearLine:
    """Wait for a rotation that has a legendary."""
    for _ in range(40):
        first = player.black_market.rotation().stalls[0]
        if first.rarity is Rarity.LEGENDARY:
            return first
        clock.advance(PERIOD)
    raise AssertionError("40 rotations without a legendary")


def operations(world: World) -> list[tuple[str, str, int | None]]:
    with world.store.read() as connection:
        rows = connection.driver.execute("SELECT kind, key, player_id FROM operation ORDER BY id")
        return rows.fetchall()


def test_a_rotation_lasts_six_hours_and_has_stalls_of_its_rarities(market: BlackMarket) -> None:
    view = market.rotation()
    assert (view.number, view.at) == (NOW // PERIOD, NOW)
    assert (view.begins, view.ends - view.begins) == (view.number * PERIOD, PERIOD)
    counts = {rarity: sum(s.rarity is rarity for s in view.stalls) for rarity in Rarity}
    assert counts[Rarity.LEGENDARY] <= 1
    assert 2 <= counts[Rarity.RARE] <= 3
    assert 3 <= counts[Rarity.UNCOMMON] <= 5
    assert 3 <= counts[Rarity.COMMON] <= 5
    assert counts[Rarity.EPIC] == 0
    ranks = [s.rarity.rank for s in view.stalls]
    assert ranks == sorted(ranks, reverse=True)
    assert {s.seller for s in view.stalls} == {Seller.MARKET}


def test_the_first_look_writes_a_rotation_and_later_looks_write_nothing(
    world: World, ana: PlayerHandle
) -> None:
    bob = a_player(world, "bob")
    view = ana.black_market.rotation()
    number = NOW // PERIOD
    assert operations(world)[-1] == ("rotation", f"rotation:{number}", None)
    before = contents(world)
    assert ana.black_market.rotation() == view
    assert [s.slug for s in bob.black_market.rotation().stalls] == [s.slug for s in view.stalls]
    assert contents(world) == before
    audited(world)


def test_a_rotation_is_what_the_world_s_seed_gives(world: World, market: BlackMarket) -> None:
    pool = {
        rarity: sorted(
            f"{rarity}-{name}-{number}"
            for name, most in (("spoon", 2), ("apron", 2), ("crate", 1), ("stand", 1))
            for number in range(1, most + 1)
        )
        for rarity in GEAR_RARITIES
    }
    view = market.rotation()
    drawn = draw_rotation(world.seed, view.number, pool)
    assert [(s.slug, s.stock, s.discount) for s in view.stalls] == [
        (s.item, s.stock, s.discount) for s in drawn
    ]


def test_limited_editions_and_what_costs_gems_stand_on_no_stall(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    seen = set()
    for _ in range(60):
        seen |= {s.slug for s in ana.black_market.rotation().stalls}
        clock.advance(PERIOD)
    assert len(seen) == 24
    assert not seen & {"last-spoon", "gem-spoon", "rind", "straw"}
    audited(world)


def test_it_turns_at_its_hour_and_old_rotations_stay_on_record_and_sell_no_more(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    market = ana.black_market
    first = market.rotation()
    assert market.past() == ()
    clock.at = first.ends - 1
    assert market.rotation().number == first.number
    clock.at = first.ends
    second = market.rotation()
    assert second.number == first.number + 1
    clock.at = second.ends
    third = market.rotation()
    past = market.past()
    assert [view.number for view in past] == [second.number, first.number]
    assert [view.number for view in market.past(1)] == [second.number]
    assert market.past(0) == ()
    assert [s.slug for s in past[1].stalls] == [s.slug for s in first.stalls]
    reasons = {s.refusal.reason for view in past for s in view.stalls if s.refusal}
    assert reasons == {Reason.NO_LONGER_AVAILABLE}
    gone = {s.slug for s in first.stalls} - {s.slug for s in third.stalls}
    before = contents(world)
    refused(market.buy(min(gone)), Reason.NOT_FOR_SALE)
    assert contents(world) == before


def test_a_rotation_that_nobody_saw_is_on_no_record(
    market: BlackMarket, clock: FrozenClock
) -> None:
    first = market.rotation()
    clock.advance(3 * PERIOD)
    market.rotation()
    assert [view.number for view in market.past()] == [first.number]


def test_a_legendary_is_featured_at_a_quarter_off(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    line = to_a_legendary(world, clock, ana)
    assert (line.featured, line.discount) == (True, 25)
    assert line.price == discounted(line.full_price, 25) < line.full_price
    purchase = done(ana.black_market.buy(line.slug), Purchase)
    assert (purchase.oranges_paid, purchase.full_oranges) == (line.price, line.full_price)
    assert purchase.discount == 25
    audited(world)


def test_buying_pays_the_black_market_gives_experience_and_puts_the_thing_on(
    world: World, ana: PlayerHandle
) -> None:
    line = stall(ana.black_market.rotation(), Rarity.COMMON)
    purchase = done(ana.black_market.buy(line.slug), Purchase)
    assert (purchase.seller, purchase.slug) == (Seller.MARKET, line.slug)
    assert purchase.worn == (line.name,)
    assert purchase.balance.oranges == ana.card().oranges == 200_000 - line.price
    assert purchase.experience_gained == line.price // 10 == ana.card().experience
    detail = done(ana.inventory.detail(purchase.item_ids[0]), ItemDetail)
    assert (detail.acquisition, detail.source) == (Acquisition.PURCHASE, "black market")
    assert (detail.price_paid, detail.line.status) == (line.price, Status.EQUIPPED)
    with world.store.read() as connection:
        kinds = connection.driver.execute(
            "SELECT kind, currency FROM transfer WHERE operation_id = ?", (purchase.operation,)
        ).fetchall()
    assert ("black_market", "oranges") in [tuple(kind) for kind in kinds]
    after = stall(ana.black_market.rotation(), Rarity.COMMON)
    assert (after.remaining, after.stock) == (line.stock - 1, line.stock)  # type: ignore[operator]
    assert (after.held, after.worn) == (1, True)
    assert after.refusal is not None
    assert after.refusal.reason is Reason.ALREADY_OWNED
    audited(world)


def test_what_it_did_wear_comes_off_into_the_inventory(ana: PlayerHandle) -> None:
    for line in ana.black_market.rotation().stalls[:10]:
        done(ana.black_market.buy(line.slug), Purchase)
    worn = ana.wardrobe.worn()
    last = {line.category: line.slug for line in ana.black_market.rotation().stalls[:10]}
    assert {slot: worn[slot].slug for slot in last} == last


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("nope", Reason.UNKNOWN_ITEM),
        ("rind", Reason.NOT_FOR_SALE),
        ("straw", Reason.NOT_FOR_SALE),
        ("gem-spoon", Reason.NOT_FOR_SALE),
        ("\x1b[2J", Reason.UNKNOWN_ITEM),
    ],
)
def test_what_stands_on_no_stall_is_refused_and_nothing_changes(
    slug: str, reason: Reason, world: World, ana: PlayerHandle
) -> None:
    ana.black_market.rotation()
    before = contents(world)
    assert "\x1b" not in refused(ana.black_market.buy(slug), reason).message
    assert contents(world) == before


def test_what_it_has_is_refused_when_owned_without_room_or_money(
    world: World, ana: PlayerHandle
) -> None:
    poor, full = a_player(world, "poor"), a_player(world, "full", oranges=200_000)
    view = poor.black_market.rotation()
    dear, cheap = stall(view, Rarity.RARE), stall(view, Rarity.COMMON)
    assert dear.refusal is not None
    assert dear.refusal.figures["missing"] == dear.price - 5_000
    done(ana.black_market.buy(cheap.slug), Purchase)
    for _ in range(10):
        world.grant("full", item="last-spoon")
    before = contents(world)
    refused(poor.black_market.buy(dear.slug), Reason.INSUFFICIENT_FUNDS)
    refused(ana.black_market.buy(cheap.slug), Reason.ALREADY_OWNED)
    figures = refused(full.black_market.buy(cheap.slug), Reason.NO_ROOM).figures
    assert figures == {"room": 10, "held": 10}
    assert contents(world) == before


def test_a_stall_is_everybody_s_and_its_last_piece_is_the_last(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    line = to_a_legendary(world, clock, ana)
    assert line.stock is not None
    buyers = [a_player(world, f"p{n}", oranges=50_000) for n in range(line.stock + 1)]
    for buyer in buyers[:-1]:
        done(buyer.black_market.buy(line.slug), Purchase)
    assert ana.black_market.rotation().stalls[0].sold_out
    before = contents(world)
    refusal = refused(buyers[-1].black_market.buy(line.slug), Reason.SOLD_OUT)
    assert refusal.figures["stock_limit"] == line.stock
    assert contents(world) == before
    audited(world)


def test_a_purchase_asked_for_twice_with_one_key_is_made_once_even_when_the_market_turned(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    line = stall(ana.black_market.rotation(), Rarity.COMMON)
    first = done(ana.black_market.buy(line.slug, "k"), Purchase)
    clock.advance(PERIOD)
    before = contents(world)
    again = done(ana.black_market.buy(line.slug, "k"), Purchase)
    assert (again.repeat, again.item_ids) == (True, first.item_ids)
    assert contents(world) == before
    refused(ana.shop.buy(line.slug, "k"), Reason.KEY_REUSED)


def test_buying_first_and_looking_later_finds_the_same_rotation(
    tmp_path: Path, world: World, ana: PlayerHandle
) -> None:
    twin = a_world(tmp_path / "twin.db", clock=FrozenClock(NOW), pack=MARKET_PACK)
    seen = a_player(twin, "ana").black_market.rotation()
    line = stall(seen, Rarity.COMMON)
    done(ana.black_market.buy(line.slug), Purchase)
    assert [s.slug for s in ana.black_market.rotation().stalls] == [s.slug for s in seen.stalls]
    twin.close()
    audited(world)


def test_a_key_that_somebody_took_for_something_else_stops_no_rotation(
    world: World, ana: PlayerHandle
) -> None:
    world.grant("ana", oranges=1, key=f"rotation:{NOW // PERIOD}")
    assert ana.black_market.rotation().stalls
    audited(world)


def test_an_item_that_the_pack_gave_up_is_seen_but_sold_no_more(
    tmp_path: Path, world: World, ana: PlayerHandle
) -> None:
    line = stall(ana.black_market.rotation(), Rarity.COMMON)
    pack = tmp_path / "less.toml"
    parts = MARKET_PACK.read_text("utf-8").split("\n\n")
    pack.write_text("\n\n".join(part for part in parts if f'id = "{line.slug}"' not in part))
    world.close()
    with a_world(world.path, clock=FrozenClock(NOW), pack=pack) as later:
        ana = done(later.player("ana"), PlayerHandle)
        same = next(s for s in ana.black_market.rotation().stalls if s.slug == line.slug)
        assert same.refusal is not None
        assert same.refusal.reason is Reason.NOT_FOR_SALE
        refused(ana.black_market.buy(line.slug), Reason.NOT_FOR_SALE)
        audited(later)


def test_a_new_home_is_not_moved_into_while_the_old_one_is_in_arrears(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    done(ana.shop.buy("uncommon-crate-1"), Purchase)
    while ana.card().oranges >= 300:
        ana.cases.open("crate", min(100, ana.card().oranges // 100))
    clock.advance(4 * PERIOD)
    while "common-crate-1" not in {line.slug for line in ana.black_market.rotation().stalls}:
        clock.advance(PERIOD)
    assert ana.catch_up() is not None
    done(world.grant("ana", oranges=1_000), Grant)
    purchase = done(ana.black_market.buy("common-crate-1"), Purchase)
    assert purchase.worn == ()
    assert ana.wardrobe.worn()[Category.HOUSING].slug == "uncommon-crate-1"
    audited(world)


def test_what_a_discount_would_leave_nothing_of_stands_on_no_stall(
    tmp_path: Path, clock: FrozenClock
) -> None:
    pack = tmp_path / "cheap.toml"
    words = MARKET_PACK.read_text("utf-8")
    for price in (30_001, 30_101):
        words = words.replace(f"price_oranges = {price}", "price_oranges = 1")
    pack.write_text(words, "utf-8")
    with a_world(tmp_path / "cheap.db", clock=clock, pack=pack) as world:
        ana = a_player(world)
        for _ in range(40):
            rarities = {line.rarity for line in ana.black_market.rotation().stalls}
            assert Rarity.LEGENDARY not in rarities
            clock.advance(PERIOD)
        audited(world)


def test_a_world_without_gear_has_an_empty_market(tmp_path: Path) -> None:
    with a_world(tmp_path / "small.db") as world:
        assert a_player(world).black_market.rotation().stalls == ()
        audited(world)


def test_four_programs_that_look_first_at_once_see_one_rotation_and_share_its_pieces(
    tmp_path: Path,
    world: World,
    ana: PlayerHandle,
    clock: FrozenClock,
    programs: Programs,
) -> None:
    line = to_a_legendary(world, clock, ana)
    while line.stock != 1:
        clock.advance(PERIOD)
        line = to_a_legendary(world, clock, ana)
    # The same rotation in another world, where nobody has looked.
    path = tmp_path / "other.db"
    other = a_world(path, clock=FrozenClock(NOW), pack=MARKET_PACK)
    assert other.seed == world.seed
    for n in range(4):
        a_player(other, f"p{n}", oranges=50_000)
    programs.open(path, clock.at, *(f"p{n}" for n in range(4)), pack=MARKET_PACK)
    seen = programs.ask("stalls")
    assert seen[0][0][0] == line.slug
    assert all(stalls == seen[0] for stalls in seen)
    answers = programs.ask(f"buy {line.slug}")
    assert answers.count("sold_out") == 3
    kinds = [kind for kind, _, _ in operations(other)]
    assert (kinds.count("rotation"), kinds.count("buy")) == (1, 1)
    audited(other)
    other.close()
