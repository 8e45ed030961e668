"""Faults at every statement of what is done in the streets, on the market and by time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventui.engine.achievements.models import Awards
from inventui.engine.inventory.models import Claim, Use
from inventui.engine.market.models import Reroll
from inventui.engine.npc.move_in import move_in, settle_neighbours
from inventui.engine.property.models import Settled, UpkeepPaid
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import DailyPaid, RobberyDone, ShiftPaid
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, SECOND, FrozenClock
from inventui.rules.shop import Seller
from inventui.rules.streets.crates import has_crate
from inventui.rules.streets.robbery import takes_gear, wear
from tests.builders import NOW, TOWN_PACK, a_player, a_world, audited, contents, done
from tests.engine.achievement_worlds import a_goal_world
from tests.engine.faults import ThroughFaults
from tests.engine.streets import bought, loses, roll_on, rows, wins


def owner(world: World, name: str, *slugs: str, oranges: int = 20_000) -> PlayerHandle:
    """A player who wears the last of each kind of these."""
    player = a_player(world, name, oranges=oranges)
    for slug in slugs:
        bought(player, slug)
    return player


def a_crate_comes(world: World, clock: FrozenClock) -> None:
    """The next shift is fed, and turns up a crate, for which escrow has no room."""
    ana = owner(world, "ana")
    shift = 1
    while not has_crate(world.seed, ana.id, shift):
        clock.advance(30 * SECOND)
        done(ana.streets.play(50), ShiftPaid)
        shift += 1
    for _ in range(13):
        world.grant("ana", item="spoon")
    clock.advance(30 * SECOND)
    done(ana.wardrobe.use(bought(ana, "donut")), Use)


def a_seventh_day(world: World, clock: FrozenClock) -> None:
    """Six bonuses are taken."""
    ana = owner(world, "ana", "stand")
    for _ in range(6):
        done(ana.streets.daily(), DailyPaid)
        clock.advance(DAY)


def two_sides(world: World, clock: FrozenClock) -> None:
    """Both sides of a robbery have time to make up for, and gear that is about to break."""
    move_in(world)
    owner(world, "bob", "stand", "loft", "spoon", "whisk", "shell")
    owner(world, "ana", "fork", "press")
    clock.advance(2 * DAY)


def a_theft(world: World, clock: FrozenClock) -> None:
    """The next robbery takes a thing, and breaks the weapon."""
    two_sides(world, clock)
    ana = done(world.player("ana"), PlayerHandle)
    roll_on(ana, lambda d: wins(d) and takes_gear(d.gear) and wear(d.weapon_wear) == 3)
    clock.advance(DAY)


def a_fine(world: World, clock: FrozenClock) -> None:
    """The next robbery fails."""
    two_sides(world, clock)
    roll_on(done(world.player("ana"), PlayerHandle), loses)
    clock.advance(DAY)


def a_purse(world: World, clock: FrozenClock) -> None:
    """Nobody has looked at market or gear shop yet."""
    owner(world, "ana", "stand")
    clock.advance(7 * HOUR)


def a_player_item_waits(world: World, clock: FrozenClock) -> None:
    """Escrow holds the thing that was stolen."""
    a_theft(world, clock)
    ana = done(world.player("ana"), PlayerHandle)
    assert done(ana.streets.rob("bob"), RobberyDone).stolen
    clock.advance(DAY)


def arrears(world: World, clock: FrozenClock) -> None:
    """A dear home that can't be paid any more, until somebody helps."""
    ana = owner(world, "ana", "villa", "mill", oranges=5_501)
    done(ana.wardrobe.unequip(Category.BUSINESS), Outfit)
    clock.advance(5 * DAY)
    assert done(ana.catch_up(), Settled).days_due == 5  # type: ignore[arg-type]
    world.grant("ana", oranges=20_000)
    done(ana.wardrobe.equip(rows(world, "SELECT max(id) FROM player_item")[0][0]), Outfit)


def raids(world: World, clock: FrozenClock) -> None:
    """A month passes in which neighbours come by and a business pays."""
    move_in(world)
    owner(world, "ana", "press", "loft", "spoon", "whisk", "fork", "shell", oranges=30_000)
    clock.advance(30 * DAY)


def eviction(world: World, clock: FrozenClock) -> None:
    """Ten days pass that nobody pays for."""
    owner(world, "ana", "villa", oranges=5_000)
    world.player("ana").shop.buy("shell")  # type: ignore[union-attr]
    clock.advance(10 * DAY)


def neighbours(world: World, clock: FrozenClock) -> None:
    """Neighbours who have lost something and hold something stolen, and weeks to be paid for."""
    raids(world, clock)
    ana = done(world.player("ana"), PlayerHandle)
    clock.advance(-30 * DAY)
    roll_on(ana, lambda d: wins(d) and takes_gear(d.gear))
    done(ana.streets.rob("Zest"), RobberyDone)
    clock.advance(30 * DAY)
    done(ana.catch_up(), Settled)  # type: ignore[arg-type]


def waiting(world: World) -> int:
    """The number of what waits in escrow."""
    return rows(world, "SELECT max(id) FROM player_item WHERE acquisition = 'theft'")[0][0]


def common(player: PlayerHandle) -> str:
    """A thing that every rookie's gear shop has: it has all six."""
    return "spoon" if player.card().experience < 1_000 else "bib"


Situation = Callable[[World, FrozenClock], None]
Call = Callable[[PlayerHandle, str], object]

OPERATIONS: dict[str, tuple[type, Situation, Call]] = {
    "play": (ShiftPaid, a_crate_comes, lambda p, k: p.streets.play(77, k)),
    "daily": (DailyPaid, a_seventh_day, lambda p, k: p.streets.daily(k)),
    "rob": (RobberyDone, a_theft, lambda p, k: p.streets.rob("bob", k)),
    "fail to rob": (RobberyDone, a_fine, lambda p, k: p.streets.rob("bob", k)),
    "rob a neighbour": (RobberyDone, a_fine, lambda p, k: p.streets.rob("Zest", k)),
    "buy from a stall": (
        Purchase,
        a_purse,
        lambda p, k: p.black_market.buy(stall(p), k),
    ),
    "buy from the gear shop": (
        Purchase,
        a_purse,
        lambda p, k: p.sellers.buy(common(p), Seller.GEAR_SHOP, k),
    ),
    "reroll": (Reroll, a_purse, lambda p, k: p.gear_shop.reroll(k)),
    "claim": (Claim, a_player_item_waits, lambda p, k: p.escrow.claim(waiting(p.world), k)),
    "pay upkeep": (UpkeepPaid, arrears, lambda p, k: p.property.pay(k)),
}


def stall(player: PlayerHandle) -> str:
    """A common thing of the rotation of now, as a twin of the world has it."""
    path = player.world.path.with_name("twin.db")
    with a_world(path, clock=player.world.clock, pack=TOWN_PACK) as twin:
        who = twin.player("eve")
        eve = who if isinstance(who, PlayerHandle) else a_player(twin, "eve")
        return eve.black_market.rotation().stalls[-1].slug


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_anywhere_changes_nothing_and_a_retry_with_the_key_succeeds_once(
    name: str, tmp_path: Path, clock: FrozenClock, through_faults: ThroughFaults
) -> None:
    kind, situation, call = OPERATIONS[name]
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        situation(world, clock)
        ana = done(world.player("ana"), PlayerHandle)
        outcome = done(through_faults(world, lambda: call(ana, "key")), kind)
        after = contents(world)
        again = done(call(ana, "key"), kind)
        assert (again.repeat, again.operation) == (True, outcome.operation)  # type: ignore[attr-defined]
        assert contents(world) == after
        audited(world)


@pytest.mark.parametrize("situation", [raids, eviction, a_player_item_waits])
def test_a_fault_anywhere_in_settling_changes_nothing_and_the_time_is_settled_once(
    situation: Situation, tmp_path: Path, clock: FrozenClock, through_faults: ThroughFaults
) -> None:
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        situation(world, clock)
        clock.advance(2 * DAY)
        ana = done(world.player("ana"), PlayerHandle)
        settled = through_faults(world, ana.catch_up)
        assert isinstance(settled, Settled)
        assert not settled.is_quiet
        after = contents(world)
        assert ana.catch_up() is None
        assert contents(world) == after
        audited(world)


def test_a_fault_anywhere_in_a_neighbours_time_changes_nothing_and_it_is_settled_once(
    tmp_path: Path, clock: FrozenClock, through_faults: ThroughFaults
) -> None:
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        neighbours(world, clock)
        through_faults(world, lambda: settle_neighbours(world, clock.at))
        after = contents(world)
        settle_neighbours(world, clock.at)
        assert contents(world) == after
        audited(world)


def test_a_fault_anywhere_while_a_neighbour_moves_in_leaves_it_outside_until_it_is_in_once(
    tmp_path: Path, clock: FrozenClock, through_faults: ThroughFaults
) -> None:
    pack = tmp_path / "one.toml"
    text = TOWN_PACK.read_text("utf-8")
    pack.write_text(text[: text.index('[[neighbours]]\nid = "pip"')], "utf-8")
    with a_world(tmp_path / "world.db", clock=clock, pack=pack) as world:
        through_faults(world, lambda: move_in(world))
        after = contents(world)
        move_in(world)
        assert contents(world) == after
        assert rows(world, "SELECT name FROM player") == [("Zest",)]
        audited(world)


def test_a_fault_anywhere_in_an_award_changes_nothing_and_it_is_given_once(
    tmp_path: Path, clock: FrozenClock, through_faults: ThroughFaults
) -> None:
    goals = {
        "first": ("openings", 1, {"oranges": 500, "experience": 990, "item": "lime"}),
        "second": ("openings", 3, {"gems": 5, "item": "spoon"}),
    }
    with a_goal_world(tmp_path / "world.db", goals, clock=clock, pack=TOWN_PACK) as world:  # type: ignore[arg-type]
        ana = owner(world, "ana", "stand")
        ana.cases.open("crate", 3)
        clock.advance(DAY)
        outcome = done(through_faults(world, lambda: ana.achievements.award("key")), Awards)
        assert [award.achievement for award in outcome.awards] == ["first", "second"]
        after = contents(world)
        again = done(ana.achievements.award("key"), Awards)
        assert (again.repeat, again.operation) == (True, outcome.operation)
        assert contents(world) == after
        audited(world)
