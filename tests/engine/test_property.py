"""Property: time is made up for once, whenever and from wherever one looks."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventui.engine.property.models import PropertyView, Settled, UpkeepPaid
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import ShiftPaid
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock, to_datetime
from inventui.rules.core.refusal import Reason
from inventui.rules.property import PERIOD, Arrears, takings
from inventui.rules.streets.shifts import ShiftStyle
from tests.builders import PROPERTY_PACK, a_player, a_world, audited, contents, done, refused

NOON = 20_777 * DAY + 12 * HOUR
"""Noon, on a boundary of 3 h."""


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, oranges=100_000)


def bought(player: PlayerHandle, slug: str) -> int:
    return done(player.shop.buy(slug), Purchase).item_ids[0]


def owner(world: World, name: str, *slugs: str, left: int | None = None) -> PlayerHandle:
    """A player who runs and lives in these; `left` oranges are theirs afterwards."""
    prices = {"stand": 8_000, "press": 20_000, "tent": 1_000, "loft": 3_000, "apron": 900}
    total = sum(prices[slug] for slug in slugs)
    player = a_player(world, name, oranges=max(5_000, total + (left or 0)))
    for slug in slugs:
        bought(player, slug)
    return player


def settled(player: PlayerHandle) -> Settled:
    return done(player.catch_up(), Settled)  # type: ignore[arg-type]


def rows(world: World, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    with world.store.read() as connection:
        found = connection.driver.execute(f"SELECT {columns} FROM {table} ORDER BY id")
        return [tuple(row) for row in found]


def spend_all(player: PlayerHandle) -> None:
    """Leave a player with less than a day's upkeep of a tent."""
    world = player.world
    while player.card().oranges >= 900:
        handle = a_player(world, f"friend{len(world.players.list())}")
        assert handle
        item = bought(player, "apron")
        player.wardrobe.unequip(Category.ARMOR)
        player.inventory.discard(item)


def test_a_business_pays_its_draw_every_three_hours(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bought(ana, "stand")
    before = ana.card().oranges
    clock.advance(PERIOD - 1)
    assert ana.catch_up() is None
    clock.advance(1)
    span = settled(ana)
    first = takings(world.seed, ana.id, NOON // PERIOD, 4_000, 401)
    assert (span.periods, span.revenue, span.cost) == (1, first.revenue, first.cost)
    assert ana.card().oranges == before + first.net
    assert ana.catch_up() is None
    audited(world)


def test_every_operation_settles_first(ana: PlayerHandle, clock: FrozenClock) -> None:
    bought(ana, "stand")
    clock.advance(DAY)
    outfit = done(ana.wardrobe.unequip(Category.BUSINESS), Outfit)
    (span,) = ana.happened(0)
    assert span.periods == 8
    assert span.operation < outfit.operation
    clock.advance(DAY)
    assert ana.catch_up() is None


def test_nothing_is_made_to_read_outcomes_where_there_are_none(
    ana: PlayerHandle, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought(ana, "stand")
    clock.advance(DAY)
    last = settled(ana).operation
    made: list[type] = []
    monkeypatch.setattr("inventui.engine.time.catch_up.load", made.append)
    assert ana.happened(last) == ()
    assert made == []


def test_what_is_settled_stays_settled_when_the_operation_is_refused(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    bought(ana, "stand")
    clock.advance(DAY)
    refused(ana.shop.buy("stand"), Reason.ALREADY_OWNED)
    (span,) = ana.happened(0)
    assert span.periods == 8


def test_a_business_put_on_later_is_not_paid_for_the_time_before(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.advance(30 * DAY)
    bought(ana, "stand")
    clock.advance(PERIOD)
    assert settled(ana).periods == 1


def test_a_clock_that_goes_back_pays_nothing_twice(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bought(ana, "stand")
    bought(ana, "tent")
    clock.advance(3 * DAY)
    settled(ana)
    whole = facts(world)
    for back in (PERIOD, DAY, 30 * DAY):
        clock.at = NOON + 3 * DAY - back
        assert ana.catch_up() is None
    assert facts(world) == whole
    clock.at = NOON + 3 * DAY + PERIOD
    assert settled(ana).periods == 1
    audited(world)


def test_upkeep_is_paid_by_itself_and_arrears_by_hand(world: World, clock: FrozenClock) -> None:
    bob = owner(world, "bob", "tent", left=4_000)
    clock.advance(DAY)
    assert settled(bob).upkeep == 100
    refused(bob.property.pay(), Reason.NOTHING_TO_DO)
    spend_all(bob)
    paid_until_broke(bob, clock)
    view = bob.property.view()
    assert view.home is not None
    assert view.home.arrears is Arrears.GRACE
    assert (view.home.days_due, view.home.owed) == (1, 100)
    before = contents(world)
    refused(bob.property.pay(), Reason.INSUFFICIENT_FUNDS)
    refused(bob.wardrobe.unequip(Category.HOUSING), Reason.IN_ARREARS)
    assert contents(world) == before
    world.grant("bob", oranges=500)
    before = contents(world)
    assert refused(bob.property.pay(shown=99), Reason.PRICE_CHANGED).figures["price"] == 100
    assert contents(world) == before
    paid = done(bob.property.pay(shown=view.home.owed), UpkeepPaid)
    assert (paid.days, paid.paid) == (1, 100)
    done(bob.wardrobe.unequip(Category.HOUSING), Outfit)
    audited(world)


def paid_until_broke(player: PlayerHandle, clock: FrozenClock) -> None:
    """Let days pass until one's upkeep can't be paid."""
    for _ in range(12):
        clock.advance(DAY)
        if settled(player).days_due:
            return
    raise AssertionError("it never went broke")


def test_unpaid_upkeep_ends_in_eviction_and_each_step_is_told(
    world: World, clock: FrozenClock
) -> None:
    bob = owner(world, "bob", "loft", left=100)
    spend_all(bob)
    for _ in range(15):
        clock.advance(DAY)
        if settled(bob).evicted:
            break
    told = rows(world, "notification", "kind, message")
    assert [kind for kind, _ in told] == [*["upkeep_due"] * 7, "evicted"]
    first = min(int(str(day)) for (day,) in rows(world, "upkeep", "day"))
    lowered, lost = (f"{to_datetime((first + days) * DAY):%-d %b}" for days in (3, 7))
    assert all(f"Pay before {lowered}, 00:00 UTC" in str(words) for _, words in told[:3])
    for _, words in told[3:-1]:
        assert "Bonuses and revenue are 20 % lower until you pay" in str(words)
        assert f"on {lost} at 00:00 UTC the home is lost" in str(words)
    assert bob.property.view() == PropertyView(None, None, bob.card().oranges, clock.now())
    states = {state for (state,) in rows(world, "upkeep", "state")}
    assert "due" not in states
    audited(world)


def test_a_home_in_arrears_shows_a_fifth_less_insurance_from_the_moment_it_names(
    world: World, clock: FrozenClock
) -> None:
    bob = owner(world, "bob", "loft", left=100)
    spend_all(bob)
    paid_until_broke(bob, clock)
    lowered_at = (clock.now() // DAY + 3) * DAY
    for at, insurance, state in (
        (clock.now(), 15, Arrears.GRACE),
        (lowered_at - 1, 15, Arrears.GRACE),
        (lowered_at, 12, Arrears.DEBUFF),
    ):
        clock.at = at
        bob.catch_up()
        home = bob.property.view().home
        assert home is not None
        assert (home.insurance, home.arrears) == (insurance, state)
        assert home.debuff_at == lowered_at


def test_a_new_home_is_not_put_on_over_one_with_arrears(world: World, clock: FrozenClock) -> None:
    bob = owner(world, "bob", "tent", left=200)
    spend_all(bob)
    paid_until_broke(bob, clock)
    world.grant("bob", oranges=5_000)
    purchase = done(bob.shop.buy("loft"), Purchase)
    assert purchase.worn == ()
    refused(bob.wardrobe.equip(purchase.item_ids[0]), Reason.IN_ARREARS)


def test_a_year_away_is_made_up_for_at_once(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bought(ana, "press")
    bought(ana, "loft")
    clock.advance(365 * DAY)
    span = settled(ana)
    # A till is full after seven days; a home costs every day.
    assert (span.periods, span.days_paid) == (7 * 8, 365)
    assert span.cost == 7 * 800
    assert abs(span.revenue - 7 * 8_000) < 7 * 8_000 * 0.2
    audited(world)


def test_amounts_depend_on_intervals_alone_however_the_clock_leaps(
    tmp_path_factory: pytest.TempPathFactory, trust: bool
) -> None:
    # No till is full within seven days.
    leap = st.tuples(st.integers(-2 * DAY, DAY), st.booleans())

    @settings(max_examples=25 if trust else 12)
    @given(leaps=st.lists(leap, min_size=1, max_size=7))
    def looking_often_is_looking_once(leaps: list[tuple[int, bool]]) -> None:
        look_often_and_once(leaps, tmp_path_factory.mktemp("leaps"))

    looking_often_is_looking_once()


def look_often_and_once(leaps: list[tuple[int, bool]], folder: Path) -> None:
    """Two programs look at random moments of a clock that leaps; a third looks once."""
    clock = FrozenClock(NOON)
    latest = NOON
    with a_world(folder / "often.db", clock=clock, pack=PROPERTY_PACK) as here:
        player = owner(here, "ana", "stand", "tent", left=50)
        with a_world(folder / "often.db", clock=clock, pack=PROPERTY_PACK) as there:
            other = there.player("ana")
            assert isinstance(other, PlayerHandle)
            for leap, first in leaps:
                clock.advance(leap)
                latest = max(latest, clock.at)
                (player if first else other).catch_up()
            clock.at = latest
            player.catch_up()
        audited(here)
        often = facts(here)
    with a_world(folder / "once.db", clock=FrozenClock(NOON), pack=PROPERTY_PACK) as once:
        player = owner(once, "ana", "stand", "tent", left=50)
        once.clock.at = latest  # type: ignore[attr-defined]
        player.catch_up()
        assert facts(once) == often


def facts(world: World) -> dict[str, object]:
    """All that time brought, without the operations that wrote it."""
    return {
        "income": rows(world, "income", "player_id, period, revenue, cost, reduced"),
        "upkeep": rows(world, "upkeep", "player_id, day, due, state"),
        "account": rows(world, "account", "player_id, currency, balance"),
    }


def test_two_programs_settle_one_span_once(tmp_path: Path, clock: FrozenClock) -> None:
    with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as here:
        ana = owner(here, "ana", "stand", left=10)
        with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as there:
            same = there.player("ana")
            assert isinstance(same, PlayerHandle)
            clock.advance(2 * DAY)
            assert settled(ana).periods == 16
            assert same.catch_up() is None
            assert len(same.happened(0)) == 1


def test_a_failure_after_settling_loses_nothing(
    world: World, ana: PlayerHandle, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought(ana, "stand")
    clock.advance(DAY)
    before = contents(world)
    with monkeypatch.context() as patch:
        patch.setattr("inventui.engine.shop.checkout.wear_bought", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ana.shop.buy("tent")
    assert contents(world) == before
    assert settled(ana).periods == 8


def test_the_view_says_what_is_run_and_what_it_brought(
    ana: PlayerHandle, clock: FrozenClock
) -> None:
    assert ana.property.view().business is None
    bought(ana, "stand")
    bought(ana, "tent")
    clock.advance(DAY)
    settled(ana)
    view = ana.property.view()
    assert view.business is not None
    assert view.home is not None
    assert (view.business.name, view.business.revenue, view.business.cost) == (
        "Juice Stand",
        4_000,
        401,
    )
    assert len(view.business.last) == 8
    assert view.business.earned == sum(revenue - cost for _, revenue, cost in view.business.last)
    assert view.business.next_at == clock.now() + PERIOD
    assert (view.home.upkeep, view.home.insurance) == (100, 10)
    assert view.home.next_at == clock.now() + 12 * HOUR
    assert json.dumps(view.home.arrears) == '"none"'


def test_a_home_that_made_a_shift_pay_more_comes_off_only_once_its_upkeep_is_paid(
    world: World, clock: FrozenClock
) -> None:
    bob = owner(world, "bob", "tent", left=4_000)
    done(bob.streets.play(ShiftStyle.STEADY), ShiftPaid)
    refused(bob.wardrobe.unequip(Category.HOUSING), Reason.TOO_SOON)
    assert done(bob.shop.buy("loft"), Purchase).worn
    refused(bob.wardrobe.unequip(Category.HOUSING), Reason.TOO_SOON)
    clock.advance(DAY)
    done(bob.wardrobe.unequip(Category.HOUSING), Outfit)
