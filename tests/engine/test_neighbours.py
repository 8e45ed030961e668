"""Neighbours: moving in, what they have and earn, and that nobody plays them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.drawer.models import DrawerView
from inventui.engine.inventory.models import Use
from inventui.engine.npc.move_in import move_in, settle_neighbours
from inventui.engine.people.models import FriendChange
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.npc.neighbours import PERIOD, earnings
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.rules.streets.robbery import takes_gear
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from tests.builders import (
    NOW,
    STREETS_PACK,
    TOWN_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    refused,
)
from tests.engine.streets import bought, robbed, roll_on, rows, wins


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "neighbours.db", clock=clock, pack=STREETS_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


def oranges_of(world: World, name: str) -> int:
    """What a neighbour has."""
    return next(card.oranges for card in world.players.neighbours() if card.name == name)


def test_nobody_moves_in_before_somebody_looks(world: World, ana: PlayerHandle) -> None:
    assert rows(world, "SELECT name FROM player") == [("ana",)]
    assert [card.name for card in world.players.neighbours()] == ["Zest", "Pip"]
    before = contents(world)
    assert len(world.players.neighbours()) == 2
    assert contents(world) == before


def test_a_neighbour_who_looks_like_a_player_gets_a_number_and_is_looked_like_by_nobody(
    world: World, ana: PlayerHandle
) -> None:
    a_player(world, "Z\u0435st")
    names = [card.name for card in world.players.neighbours()]
    assert names == ["Zest ·2", "Pip"]
    for name in ("Z\u0435st ·2", "\u0420ip"):
        refusal = refused(world.players.add(name), Reason.PLAYER_EXISTS)
        assert refusal.message.startswith("There is a neighbour")
        assert refusal.figures["player"] in names


def test_a_neighbour_begins_with_what_its_pack_says(world: World) -> None:
    zest, pip = world.players.neighbours()
    assert (zest.oranges, zest.gems, pip.oranges) == (1_000, 0, 100)
    player_items = rows(
        world,
        "SELECT i.slug, p.status FROM player_item p JOIN item i ON i.id = p.item_id"
        " WHERE p.player_id = ? ORDER BY p.id",
        zest.id,
    )
    assert player_items == [
        ("default-font-color", "owned"),
        ("lime", "equipped"),
        ("vest", "equipped"),
        ("spoon", "equipped"),
        ("spoon", "owned"),
    ]
    audited(world)


def test_programs_that_look_first_at_once_make_one_of_each(
    world: World, clock: FrozenClock
) -> None:
    others = [World.open(world.path, clock=clock, pack=STREETS_PACK) for _ in range(3)]
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(move_in, [world, *others]))
    finally:
        for other in others:
            other.close()
    assert rows(world, "SELECT name FROM player ORDER BY id") == [("Zest",), ("Pip",)]
    audited(world)


@pytest.mark.parametrize(
    ("taken", "name"), [(["zest"], "Zest ·2"), (["ZEST", "Zest ·2"], "Zest ·3")]
)
def test_a_name_that_somebody_has_is_numbered(taken: list[str], name: str, world: World) -> None:
    for person in taken:
        a_player(world, person)
    assert [card.name for card in world.players.neighbours()] == [name, "Pip"]


def test_a_long_name_keeps_room_for_its_number(tmp_path: Path) -> None:
    pack = tmp_path / "long.toml"
    long = "Z" * 32
    pack.write_text(STREETS_PACK.read_text("utf-8").replace('"Zest"', f'"{long}"'), "utf-8")
    with a_world(tmp_path / "long.db", pack=pack) as world:
        a_player(world, long)
        assert world.players.neighbours()[0].name == "Z" * 29 + " ·2"


def test_neighbours_are_no_persons(world: World, ana: PlayerHandle) -> None:
    world.players.neighbours()
    assert [card.name for card in world.players.list()] == ["ana"]
    before = contents(world)
    refused(world.player("zest"), Reason.IS_NEIGHBOUR)
    refused(world.players.find("Pip"), Reason.IS_NEIGHBOUR)
    refused(world.grant("zest", oranges=5), Reason.IS_NEIGHBOUR)
    assert "neighbour" in refused(world.players.add("ZEST"), Reason.PLAYER_EXISTS).message
    unknown = refused(world.player("nobody"), Reason.UNKNOWN_PLAYER)
    assert "Zest" not in unknown.message
    assert contents(world) == before


def test_a_neighbours_drawer_can_be_visited(world: World, ana: PlayerHandle) -> None:
    view = done(ana.drawer.show("zest"), DrawerView)
    assert (view.player.name, view.visitors) == ("Zest", 1)


def test_a_neighbour_who_has_said_yes_can_be_thrown_at(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    poop = bought(ana, "poop")
    world.players.neighbours()
    bond = FriendshipState.NONE
    while bond is not FriendshipState.FRIENDS:
        before = contents(world)
        refused(ana.wardrobe.use(poop, "Zest"), Reason.NOT_FRIENDS)
        assert contents(world) == before
        if bond is FriendshipState.NONE:
            done(ana.friends.change("Zest", FriendEvent.REQUEST), FriendChange)
        clock.advance(VISIT_PERIOD)
        ana.catch_up()
        bond = next(line.bond for line in ana.friends.list() if line.name == "Zest")
    used = done(ana.wardrobe.use(poop, "Zest"), Use)
    assert used.target == "Zest"
    assert len(done(ana.drawer.show("zest"), DrawerView).splats) == 1
    audited(world)


def test_each_period_pays_a_neighbour_until_it_has_plenty(world: World, clock: FrozenClock) -> None:
    world.players.neighbours()
    clock.advance(PERIOD - 1)
    before = contents(world)
    settle_neighbours(world, clock.at)
    assert contents(world) == before
    clock.advance(1)
    settle_neighbours(world, clock.at)
    assert (
        oranges_of(world, "Zest")
        == 1_000 + earnings(world.seed, "zest", NOW, clock.at, 1_000, 1_000).oranges
    )
    clock.advance(90 * DAY)
    settle_neighbours(world, clock.at)
    assert 2_000 <= oranges_of(world, "Zest") < 2_400
    assert 200 <= oranges_of(world, "Pip") < 600
    audited(world)


def test_a_neighbour_has_earned_the_same_however_often_one_looks(tmp_path: Path) -> None:
    sums = []
    for name, step in (("often", HOUR), ("once", 3 * DAY)):
        clock = FrozenClock(NOW + HOUR)
        with a_world(tmp_path / f"{name}.db", clock=clock, pack=STREETS_PACK) as world:
            world.players.neighbours()
            for _ in range(3 * DAY // step):
                clock.advance(step)
                settle_neighbours(world, clock.at)
            sums.append([card.oranges for card in world.players.neighbours()])
            audited(world)
    assert sums[0] == sums[1]


def test_a_clock_that_went_back_pays_a_neighbour_nothing_twice(
    world: World, clock: FrozenClock
) -> None:
    world.players.neighbours()
    clock.advance(2 * PERIOD)
    settle_neighbours(world, clock.at)
    before = contents(world)
    clock.advance(-PERIOD)
    settle_neighbours(world, clock.at)
    clock.advance(PERIOD)
    settle_neighbours(world, clock.at)
    assert contents(world) == before


def test_a_robbery_settles_its_target_first(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    world.players.neighbours()
    clock.advance(2 * PERIOD)
    roll_on(ana, wins)
    got = robbed(ana, "Zest")
    held = 1_000 + earnings(world.seed, "zest", NOW, clock.at, 1_000, 1_000).oranges
    assert oranges_of(world, "Zest") == held - got.oranges


def test_a_neighbour_is_not_settled_before_a_period_has_ended(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    clock.advance(HOUR)
    robbed(ana, "Zest")
    clock.advance(4 * HOUR)
    robbed(ana, "Zest")
    assert not rows(world, "SELECT 1 FROM operation WHERE kind = 'neighbour_settle'")
    clock.advance(HOUR)
    robbed(ana, "Zest")
    assert rows(world, "SELECT until FROM settlement s JOIN neighbour n USING (player_id)") == [
        (NOW + PERIOD,)
    ]


def test_what_a_neighbour_stole_is_its_own_after_a_period(
    tmp_path: Path, clock: FrozenClock
) -> None:
    pack = tmp_path / "thieves.toml"
    text = STREETS_PACK.read_text("utf-8").replace("mischief = 0", "mischief = 100")
    pack.write_text(text, "utf-8")
    with a_world(tmp_path / "thieves.db", clock=clock, pack=pack) as world:
        ana = a_player(world, "ana", oranges=9_000_000)
        for slug in ("spoon", "vest", "stand", "crate-home"):
            ana.wardrobe.unequip(bought(ana, slug))
        ana.streets.targets()
        stolen: list[tuple[int]] = []
        while not stolen:
            clock.advance(PERIOD)
            ana.catch_up()
            stolen = rows(world, "SELECT id FROM player_item WHERE acquisition = 'theft'")  # type: ignore[assignment]
        status = "SELECT status FROM player_item WHERE id = ?"
        assert rows(world, status, *stolen[0]) == [("escrowed",)]
        clock.advance(PERIOD)
        settle_neighbours(world, clock.at)
        assert rows(world, status, *stolen[0]) == [("owned",)]
        audited(world)


def test_gear_that_a_neighbour_lost_is_there_again_after_a_period(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
    got = robbed(ana, "Zest")
    assert got.stolen is not None
    assert got.stolen.name == "Sharp Spoon"
    for _ in range(2):
        roll_on(ana, lambda draw: wins(draw) and not takes_gear(draw.gear))
        clock.advance(PERIOD)
        robbed(ana, "Zest")
    held = rows(
        world,
        "SELECT i.slug FROM player_item p JOIN item i ON i.id = p.item_id JOIN player n"
        " ON n.id = p.player_id WHERE n.name = 'Zest' AND p.status IN ('owned', 'equipped')"
        " AND p.category IN ('weapon', 'armor')",
    )
    assert sorted(slug for (slug,) in held) == ["spoon", "vest"]
    audited(world)


def test_armour_that_broke_is_worn_again_after_a_period(tmp_path: Path, clock: FrozenClock) -> None:
    pack = tmp_path / "fragile.toml"
    text = STREETS_PACK.read_text("utf-8").replace('gear = ["vest"', 'gear = ["shell"')
    pack.write_text(text.replace("durability = 3", "durability = 2"), "utf-8")
    with a_world(tmp_path / "fragile.db", clock=clock, pack=pack) as world:
        ana = a_player(world, "ana", oranges=20_000)
        got = robbed(ana, "Zest")
        assert got.armour is not None
        assert got.armour.broke
        clock.advance(PERIOD)
        (zest, _) = ana.streets.targets()
        assert zest.defence == 12
        audited(world)


def test_of_gear_that_its_pack_has_twice_a_neighbour_gets_one_again_once_both_are_gone(
    tmp_path: Path, clock: FrozenClock
) -> None:
    pack = tmp_path / "twice.toml"
    text = TOWN_PACK.read_text("utf-8")
    pack.write_text(text.replace('["vest", "spoon", "spoon"]', '["bib", "bib"]'), "utf-8")
    with a_world(tmp_path / "twice.db", clock=clock, pack=pack) as world:
        ana = a_player(world, "ana")
        roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
        assert robbed(ana, "Zest").stolen is not None
        clock.advance(HOUR)
        # Four points are gone after two robberies, whatever they draw.
        got = robbed(ana, "Zest")
        assert got.armour is not None
        assert got.armour.broke
        clock.advance(PERIOD)
        settle_neighbours(world, clock.at)
        assert rows(
            world,
            "SELECT p.status FROM player_item p JOIN player n ON n.id = p.player_id"
            " WHERE n.name = 'Zest' AND p.category = 'armor' ORDER BY p.id",
        ) == [("destroyed",), ("stolen",), ("equipped",)]
        audited(world)


def test_a_neighbour_that_a_later_pack_has_no_more_lies_low(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path, pack = tmp_path / "later.db", tmp_path / "later.toml"
    text = STREETS_PACK.read_text("utf-8")
    with a_world(path, clock=clock, pack=STREETS_PACK) as world:
        ana = a_player(world, "ana")
        assert len(ana.streets.targets()) == 2
    pack.write_text(text[: text.index('[[neighbours]]\nid = "pip"')], "utf-8")
    with a_world(path, clock=clock, pack=pack) as world:
        handle = world.player("ana")
        assert isinstance(handle, PlayerHandle)
        assert [target.name for target in handle.streets.targets()] == ["Zest"]
        refused(handle.streets.rob("pip"), Reason.UNKNOWN_PLAYER)
        refused(world.player("pip"), Reason.IS_NEIGHBOUR)
        clock.advance(DAY)
        settle_neighbours(world, clock.at)
        audited(world)
    with a_world(path, clock=clock, pack=STREETS_PACK) as world:
        found = done(world.players.find("pip", anyone=True), PlayerCard)
        assert found.oranges == 100
        assert len(world.players.neighbours()) == 2


def test_a_world_without_neighbours_has_none(tmp_path: Path) -> None:
    with a_world(tmp_path / "small.db") as world:
        ana = a_player(world)
        assert world.players.neighbours() == ()
        assert ana.streets.targets() == ()
        refused(ana.streets.rob("zest"), Reason.UNKNOWN_PLAYER)
