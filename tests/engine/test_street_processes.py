"""Several programs in one town, and programs that die while they rob."""

import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import RobberyDone
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.streets.robbery import takes_gear
from tests.builders import NOW, TOWN_PACK, a_player, a_world, audited, done
from tests.engine.killed_programs import rob_for_ever, started
from tests.engine.programs import Programs
from tests.engine.streets import bought, roll_on, rows, wins
from tests.engine.test_processes import let_through


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Any:
    with a_world(tmp_path / "world.db", clock=clock, pack=TOWN_PACK) as world:
        yield world


def test_four_programs_at_the_last_piece_of_a_stall_get_one(
    world: World, clock: FrozenClock, programs: Programs
) -> None:
    names = [f"p{n}" for n in range(4)]
    for name in names:
        a_player(world, name, oranges=20_000)
    programs.open(world.path, clock.at, *names)
    # Two or more look first at once, and see one and the same.
    seen = programs.ask("stalls")
    assert seen[0]
    assert all(stalls == seen[0] for stalls in seen)
    slug, stock, _ = min(seen[0], key=lambda stall: stall[1])
    for n in range(stock - 1):
        buyer = a_player(world, f"early{n}", oranges=20_000)
        done(buyer.black_market.buy(slug), Purchase)
    answers = programs.ask(f"buy {slug}")
    assert answers.count("sold_out") == 3
    ((sold,),) = rows(
        world,
        "SELECT s.sold FROM market_stall s JOIN item i ON i.id = s.item_id WHERE i.slug = ?",
        slug,
    )
    assert sold == stock
    assert rows(world, "SELECT count(*) FROM operation WHERE kind = 'rotation'") == [(1,)]
    audited(world)


@pytest.mark.parametrize(
    ("deed", "kind"), [("play k", "shift"), ("rob Zest k", "rob")], ids=["play", "rob"]
)
def test_programs_that_do_one_deed_with_one_key_do_it_once(
    deed: str, kind: str, world: World, clock: FrozenClock, programs: Programs
) -> None:
    ana = a_player(world, "ana")
    bought(ana, "stand")
    programs.open(world.path, clock.at + DAY, *["ana"] * 3)
    answers = programs.ask(deed)
    assert len({operation for operation, _ in answers}) == 1
    assert sorted(repeat for _, repeat in answers) == [False, True, True]
    assert rows(world, "SELECT count(*) FROM operation WHERE kind = ?", kind) == [(1,)]
    audited(world)


@pytest.mark.parametrize(
    ("deed", "table", "refusal"),
    [("daily", "daily_bonus", "too_soon"), ("catch_up", "settlement", "nothing")],
)
def test_what_is_there_once_is_taken_by_one_of_the_programs_that_ask_at_once(
    deed: str, table: str, refusal: str, world: World, clock: FrozenClock, programs: Programs
) -> None:
    ana = a_player(world, "ana")
    bought(ana, "stand")
    ana.streets.targets()
    at = clock.at if deed == "daily" else clock.at + 3 * DAY
    programs.open(world.path, at, *["ana"] * 3)
    answers = programs.ask(deed)
    assert answers.count(refusal) == 2
    assert rows(world, f"SELECT count(*) FROM {table}") == [(1,)]
    audited(world)


def test_programs_that_reroll_at_once_pay_one_after_the_other(
    world: World, clock: FrozenClock, programs: Programs
) -> None:
    ana = a_player(world, "ana")
    programs.open(world.path, clock.at, *["ana"] * 4)
    answers = programs.ask("reroll")
    # 25 gems pay for 5 and 10, not for 20.
    assert answers.count("insufficient_funds") == 2
    assert ana.card().gems == 10
    assert len(rows(world, "SELECT 1 FROM gear_shop")) == 3
    audited(world)


def test_of_two_programs_that_claim_one_thing_one_gets_it(
    world: World, clock: FrozenClock, programs: Programs
) -> None:
    bob = a_player(world, "bob", oranges=10_000)
    for slug in ("spoon", "whisk"):
        bought(bob, slug)
    ana = a_player(world, "ana")
    clock.advance(DAY)
    roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
    stolen = done(ana.streets.rob("bob"), RobberyDone).stolen
    assert stolen is not None
    programs.open(world.path, clock.at, "ana", "ana")
    answers = programs.ask(f"claim {stolen.item_id}")
    assert answers.count("wrong_status") == 1
    assert rows(world, "SELECT status FROM player_item WHERE id = ?", stolen.item_id) == [
        ("owned",)
    ]
    audited(world)


def test_programs_that_look_first_at_the_neighbours_see_the_same_people_with_the_same_purses(
    world: World, clock: FrozenClock, programs: Programs
) -> None:
    a_player(world, "ana")
    programs.open(world.path, clock.at, *["ana"] * 3)
    first = programs.ask("targets")
    programs.open(world.path, clock.at + 2 * DAY, *["ana"] * 3)
    later = programs.ask("targets")
    for seen in (first, later):
        assert all(targets == seen[0] for targets in seen)
    assert rows(world, "SELECT count(*) FROM operation WHERE kind = 'move_in'") == [(2,)]
    assert rows(world, "SELECT count(*) FROM operation WHERE kind = 'neighbour_settle'") == [(2,)]
    audited(world)


@pytest.mark.trust
def test_after_each_of_20_kills_the_audit_holds_and_every_acknowledged_robbery_is_there(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261121)
    robberies = 0
    for number in range(20):
        path, log = tmp_path / f"world{number // 5}.db", tmp_path / f"log{number}"
        if not path.exists():
            acknowledged: dict[str, int] = {}
            with a_world(path, clock=FrozenClock(NOW), pack=TOWN_PACK) as world:
                for name in ("ana", "bob"):
                    player = a_player(world, name, oranges=500_000)
                    for slug in ("mill", "loft", "hide", "spoon", "whisk", "juicer"):
                        bought(player, slug)
        victim = started(rob_for_ever, path, log, f"{number}-")
        # Some robberies are let through, whatever the machine's speed; then a random moment.
        least = chance.randint(0, 3)
        let_through(victim, log, least)
        time.sleep(chance.uniform(0, 0.03))
        victim.kill()
        victim.join(60)
        assert victim.exitcode == -signal.SIGKILL
        whole = log.read_text().split("\n")[:-1]
        acknowledged |= {line.split()[0]: int(line.split()[1]) for line in whole}
        robberies += len(whole)
        _check(path, acknowledged)
    assert robberies >= 20


def _check(path: Path, acknowledged: dict[str, int]) -> None:
    with a_world(path, clock=FrozenClock(NOW), pack=TOWN_PACK) as world:
        audited(world)
        kept = dict(
            rows(
                world,
                "SELECT o.key, o.id FROM operation o JOIN robbery r ON r.operation_id = o.id"
                " WHERE o.kind = 'rob'",
            )
        )
    for key, operation in acknowledged.items():
        assert kept[key] == operation
