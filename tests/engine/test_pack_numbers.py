"""A pack may change numbers of the economy: its world is played, and audited, under them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.core.models import PlayerCard
from inventui.engine.demo import STARTS_AT
from inventui.engine.packs.models import PacksChanged
from inventui.engine.streets.models import ShiftPaid
from inventui.engine.world import World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Refusal
from inventui.rules.numbers import bounded, changeable
from tests.builders import a_player, audited, contents, done
from tests.engine.test_economy_numbers import kept, play, the_world

CHEAP = "[numbers]\nshifts.shift_least = 7\nshifts.shift_most = 7\nmoney.starting.oranges = 90\n"


def a_pack(folder: Path, numbers: str, name: str = "hard") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(f'[pack]\nid = "{name}"\nname = "{name}"\nversion = "1"\n{numbers}')
    return path


@pytest.mark.trust
@pytest.mark.parametrize("room", sorted({name.partition(".")[0] for name in bounded()}))
def test_a_world_is_playable_and_in_order_with_the_numbers_of_any_room_at_either_end(
    room: str, tmp_path: Path
) -> None:
    with the_world(tmp_path / "world.db") as world:
        done(world.packs.add(a_pack(tmp_path, "")), PacksChanged)
        for end in (1, 2):
            wanted = {name: each[end] for name, each in bounded().items() if name.startswith(room)}
            lines = "".join(f"{name} = {value}\n" for name, value in wanted.items())
            pack = a_pack(tmp_path, f"[numbers]\n{lines}")
            done(world.packs.update("hard", pack), PacksChanged)
            assert changeable() == changeable() | wanted
            play(world, f"end-{end}")
        audited(world)


def live(world: World) -> None:
    """Two days with neighbours, from the first one on."""
    clock = world.clock
    assert isinstance(clock, FrozenClock)
    ana, bo = a_player(world, "ana"), a_player(world, "bo")
    for day in range(3):
        ana.streets.daily()
        for turn in range(4):
            clock.advance(6 * HOUR)
            for player in (ana, bo):
                key = f"{day}-{turn}"
                player.catch_up()
                player.streets.play(60, f"shift-{key}")
                player.cases.open("citrus-crate", 3, key=f"open-{key}")
                player.streets.rob(player.streets.targets()[0].name, f"rob-{key}")
                player.bazaar.page(BazaarQuery())
                player.black_market.rotation()
                player.gear_shop.today()
            ana.workshop.fuse_cheapest(Rarity.COMMON, f"fuse-{key}")
            ana.gear_shop.reroll(f"reroll-{key}")


@pytest.mark.parametrize("end", [1, 2], ids=["least", "most"])
def test_a_new_world_lives_and_is_in_order_with_all_numbers_at_one_end(
    end: int, tmp_path: Path
) -> None:
    lines = "".join(f"{name} = {each[end]}\n" for name, each in bounded().items())
    packs = [a_pack(tmp_path, f"[numbers]\n{lines}")]
    with World.open(tmp_path / "world.db", packs=packs, clock=FrozenClock(STARTS_AT)) as world:
        live(world)
        audited(world)


def test_a_world_is_played_under_the_numbers_of_its_packs_and_keeps_what_was_done_before(
    tmp_path: Path,
) -> None:
    with the_world(tmp_path / "world.db") as world:
        added = done(world.packs.add(a_pack(tmp_path, CHEAP)), PacksChanged)
        assert {change.id: change.fields for change in added.changes} == {
            "shifts.shift_least": {"value": (20, 7)},
            "shifts.shift_most": {"value": (120, 7)},
            "money.starting.oranges": {"value": (5000, 90)},
        }
        cy = a_player(world, "cy")
        assert cy.card().oranges == 90
        assert done(cy.streets.play(60, "shift"), ShiftPaid).pay == 7
        audited(world)
        done(world.packs.remove("hard"), PacksChanged)
        assert a_player(world, "di").card().oranges == 5_000
        audited(world)


def test_a_dry_run_leaves_the_numbers_as_they_are(tmp_path: Path) -> None:
    with the_world(tmp_path / "world.db") as world:
        before = contents(world)
        done(world.packs.add(a_pack(tmp_path, CHEAP), dry_run=True), PacksChanged)
        assert contents(world) == before
        assert a_player(world, "cy").card().oranges == 5_000


def test_the_numbers_of_a_later_pack_count_and_of_a_new_world_from_its_first_day(
    tmp_path: Path,
) -> None:
    packs = [a_pack(tmp_path, CHEAP)]
    packs.append(a_pack(tmp_path, "[numbers.money.starting]\noranges = 12\n", "harder"))
    with World.open(tmp_path / "world.db", packs=packs) as world:
        assert a_player(world, "cy").card().oranges == 12
        assert changeable()["shifts.shift_most"] == 7
        audited(world)
    assert changeable()["shifts.shift_most"] == 120


def test_a_program_that_runs_goes_by_the_numbers_of_a_pack_that_another_adds(
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.db"
    with the_world(path) as world, World.open(path, clock=world.clock) as other:
        done(other.packs.add(a_pack(tmp_path, CHEAP)), PacksChanged)
        assert a_player(world, "cy").card().oranges == 90
        audited(world)


def test_worlds_in_one_program_each_write_under_their_own_numbers(tmp_path: Path) -> None:
    with (
        World.open(tmp_path / "a.db", packs=[a_pack(tmp_path, CHEAP)]) as hard,
        World.open(tmp_path / "b.db") as usual,
    ):
        for name in ("cy", "di"):
            assert done(hard.players.add(name, key=name), PlayerCard).oranges == 90
            assert done(usual.players.add(name, key=name), PlayerCard).oranges == 5_000
        audited(hard)
        audited(usual)


def test_numbers_that_are_not_those_of_the_packs_are_named(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    with the_world(path) as world:
        done(world.packs.add(a_pack(tmp_path, CHEAP)), PacksChanged)
        assert kept(path)[-1]["changed"]["shifts.shift_most"] == 7
        with world.store.write() as connection:
            connection.driver.execute(
                "UPDATE economy_numbers SET numbers = json_remove(numbers, '$.changed')"
                " WHERE after_operation = (SELECT max(after_operation) FROM economy_numbers)"
            )
        faulty = [check.name for check in world.audit().checks if not check.ok]
        assert faulty == ["catalogue"]


@pytest.mark.parametrize("forged", ['{"shifts.shift_most": "x", "nope": 1}', "[3]", '"x"'])
def test_numbers_that_are_none_keep_no_world_from_being_opened_and_are_named(
    forged: str, tmp_path: Path
) -> None:
    path = tmp_path / "world.db"
    with the_world(path) as world, world.store.write() as connection:
        latest = "SELECT numbers FROM economy_numbers ORDER BY after_operation DESC LIMIT 1"
        numbers = json.loads(connection.driver.execute(latest).fetchone()[0])
        connection.driver.execute(
            "INSERT INTO economy_numbers SELECT max(id), ? FROM operation",
            (json.dumps(numbers | {"changed": json.loads(forged)}),),
        )
    with World.open(path, clock=world.clock) as world:
        assert changeable() == {name: usual for name, (usual, *_) in bounded().items()}
        assert [check.name for check in world.audit().checks if not check.ok] == ["catalogue"]


def test_a_pack_with_numbers_out_of_order_with_those_below_it_is_refused(tmp_path: Path) -> None:
    with the_world(tmp_path / "world.db") as world:
        done(world.packs.add(a_pack(tmp_path, CHEAP)), PacksChanged)
        worse = a_pack(tmp_path, "[numbers]\nshifts.shift_least = 8\n", "worse")
        refused = world.packs.add(worse)
        assert isinstance(refused, Refusal)
        assert "shifts.shift_least would be 8" in refused.message
        assert changeable()["shifts.shift_least"] == 7
        # Without the pack below it is in order, whatever is in force while it is checked.
        done(world.packs.update("hard", a_pack(tmp_path, "")), PacksChanged)
        done(world.packs.add(worse), PacksChanged)
