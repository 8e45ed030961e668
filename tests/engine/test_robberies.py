"""Robbery: whom, with which chance, and what it does to both sides."""

import copy
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.fairness.models import ProofExport
from inventui.engine.inventory.models import ItemDetail
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.streets.models import RobberyDone, TargetView
from inventui.engine.world import PlayerHandle, World
from inventui.rules.cases.proof import verify_proof
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.streets.robbery import STOLEN_HELD, loot, robbery_odds, takes_gear, wear
from tests.builders import (
    NOW,
    STREETS_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    opened,
    refused,
)
from tests.engine.streets import bought, draw_of, loses, robbed, roll_on, rows, wins


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "robbing.db", clock=clock, pack=STREETS_PACK)
    yield world
    world.close()


@pytest.fixture
def bob(world: World, clock: FrozenClock) -> PlayerHandle:
    """A victim: no longer new once `ana` plays."""
    return a_player(world, "bob", oranges=10_000)


@pytest.fixture
def ana(world: World, bob: PlayerHandle, clock: FrozenClock) -> PlayerHandle:
    clock.advance(DAY)
    return a_player(world, "ana", oranges=20_000)


def target(player: PlayerHandle, name: str) -> TargetView:
    """One target of the list."""
    return next(target for target in player.streets.targets() if target.name == name)


def given_away(player: PlayerHandle, friend: PlayerHandle, left: int) -> None:
    """Give a friend all oranges but so many."""
    befriended(player, friend)
    done(player.gifts.send_money(friend.name, player.card().oranges - left), GiftSent)


def told(player: PlayerHandle) -> list[tuple[str, str, str]]:
    """(kind, tone, message) of what a player was told."""
    return rows(  # type: ignore[return-value]
        player.world,
        "SELECT kind, tone, message FROM notification WHERE player_id = ? ORDER BY id",
        player.id,
    )


def test_everybody_else_is_a_target_the_neighbours_first(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    names = [(target.name, target.neighbour) for target in ana.streets.targets()]
    assert names == [("Zest", True), ("Pip", True), ("bob", False)]
    assert target(bob, "ana").refusal is not None
    assert target(ana, "Zest").emoji == "🍋"
    assert target(ana, "Zest").line in {"Nice crate.", "I saw nothing."}
    assert target(ana, "Pip").line == "Owns nothing worth naming."


def test_the_chance_is_50_plus_the_weapon_less_the_armour_spelled_out(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    bought(ana, "peeler")
    bought(bob, "vest")
    bought(bob, "crate-home")
    seen = target(ana, "bob")
    assert (seen.bonus, seen.defence, seen.insurance, seen.chance) == (15, 4, 10, 61)
    assert [(part.label, part.percent) for part in seen.parts] == [
        ("everybody's chance", 50),
        ("your Royal Peeler", 15),
        ("their Peel Vest", -4),
    ]
    assert (seen.loot_least, seen.loot_most) == (loot(8_700, 0, 10), loot(8_700, 2**32 - 1, 10))
    assert robbed(ana, "BOB").chance == 61


def test_what_lies_in_the_inventory_unworn_counts_for_nothing(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    spoon = bought(ana, "spoon")
    ana.wardrobe.unequip(spoon)
    assert target(ana, "bob").bonus == 0


def test_a_success_takes_what_the_roll_says_and_brings_experience(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    bought(bob, "crate-home")
    draw = roll_on(ana, wins)
    before, experience = ana.card().oranges, ana.card().experience
    got = robbed(ana, "bob")
    assert got.success
    assert got.oranges == loot(9_000, draw.loot, 10)
    assert ana.card().oranges == got.balance.oranges == before + got.oranges
    assert bob.card().oranges == 9_000 - got.oranges
    assert ana.card().experience == experience + 25 == experience + got.experience_gained
    assert told(bob)[-1] == ("robbed", "error", f"ana robbed you of {got.oranges} oranges.")
    audited(world)


def test_the_same_victim_yields_half_with_each_success_of_the_last_24_hours(
    world: World, ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    first = clock.at
    for halved in range(3):
        clock.at = first + halved * HOUR
        draw = roll_on(ana, wins)
        oranges, seen = bob.card().oranges, target(ana, "bob")
        assert seen.halved == halved
        words = (0, 2**32 - 1, draw.loot)
        least, most, due = (loot(oranges, word, 0) >> halved for word in words)
        assert (seen.loot_least, seen.loot_most) == (least, most)
        got = robbed(ana, "bob")
        assert (got.halved, got.oranges) == (halved, due)
        assert target(ana, "Zest").halved == 0
    clock.at = first + DAY - 1
    assert target(ana, "bob").halved == 3
    clock.at = first + DAY
    assert target(ana, "bob").halved == 2
    roll_on(ana, loses)
    robbed(ana, "bob")
    assert target(ana, "bob").halved == 2
    audited(world)


@pytest.mark.parametrize("left", [0, 199])
def test_who_has_fewer_than_200_oranges_has_no_stake_and_can_not_rob(
    left: int, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    given_away(ana, bob, left)
    before = contents(world)
    refusal = refused(ana.streets.rob("bob"), Reason.INSUFFICIENT_FUNDS)
    assert contents(world) == before
    assert refusal.figures == {
        "required": 200,
        "current": left,
        "missing": 200 - left,
        "currency": "oranges",
    }
    assert "play" in refusal.message
    assert target(ana, "bob").refusal == refusal


def test_a_failure_costs_a_poor_robber_100_oranges(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    roll_on(ana, loses)
    given_away(ana, bob, 200)
    assert target(ana, "bob").fine == 100
    got = robbed(ana, "bob")
    assert (got.success, got.oranges, got.balance.oranges) == (False, 100, 100)
    refused(ana.streets.rob("Zest"), Reason.INSUFFICIENT_FUNDS)
    audited(world)


def test_a_failure_costs_a_fine_and_takes_nothing(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    roll_on(ana, loses)
    before, experience = ana.card().oranges, ana.card().experience
    got = robbed(ana, "bob")
    assert not got.success
    assert got.oranges == max(100, min(500, before * 5 // 100))
    assert ana.card().oranges == before - got.oranges
    assert (bob.card().oranges, ana.card().experience) == (10_000, experience)
    assert told(bob)[-1] == ("foiled", "success", "ana tried to rob you and failed.")
    audited(world)


def test_a_small_purse_pays_a_twentieth(world: World, bob: PlayerHandle) -> None:
    eve = a_player(world, "eve")
    roll_on(eve, loses)
    purse = eve.card().oranges
    assert purse < 10_000
    assert robbed(eve, "Zest").oranges == purse // 20


def test_unworn_gear_goes_to_the_robbers_escrow_for_48_hours(
    world: World, ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    player_items = [bought(bob, slug) for slug in ("spoon", "vest")]
    bought(bob, "shell")  # the vest comes off
    bob.wardrobe.unequip(player_items[0])
    draw = roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
    got = robbed(ana, "bob")
    assert got.stolen is not None
    origin = player_items[draw.which * 2 >> 32]
    assert got.stolen.held_until == clock.at + STOLEN_HELD
    detail = done(ana.inventory.detail(got.stolen.item_id), ItemDetail)
    assert (detail.line.status, detail.acquisition) == (Status.ESCROWED, Acquisition.THEFT)
    assert detail.source == "bob"
    ((status,),) = rows(world, "SELECT status FROM player_item WHERE id = ?", origin)
    assert status == "stolen"
    assert rows(
        world, "SELECT origin_id, held_until FROM player_item WHERE id = ?", got.stolen.item_id
    ) == [(origin, clock.at + STOLEN_HELD)]
    assert got.stolen.name in told(bob)[-1][2]
    audited(world)


def test_gear_that_is_worn_is_never_stolen(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    bought(bob, "spoon")
    roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
    assert robbed(ana, "bob").stolen is None


@pytest.mark.parametrize("outcome", [wins, loses])
def test_the_robbers_weapon_and_the_targets_armour_wear_either_way(
    outcome: Any, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    spoon, vest = bought(ana, "spoon"), bought(bob, "vest")
    mine, theirs = bought(ana, "vest"), bought(bob, "spoon")
    draw = roll_on(ana, outcome)
    got = robbed(ana, "bob")
    assert got.weapon is not None
    assert got.armour is not None
    assert got.weapon.left == 100 - wear(draw.weapon_wear)
    assert got.armour.left == 100 - wear(draw.armour_wear)
    left = dict(rows(world, "SELECT id, durability FROM player_item WHERE category = 'armor'"))
    assert left[vest] == got.armour.left
    assert left[mine] == 100
    weapons = dict(rows(world, "SELECT id, durability FROM player_item WHERE category = 'weapon'"))
    assert weapons[spoon] == got.weapon.left
    assert weapons[theirs] == 100


def test_gear_at_its_last_point_breaks_and_its_owner_is_told(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    shell = bought(bob, "shell")
    roll_on(ana, lambda draw: wear(draw.armour_wear) == 3)
    got = robbed(ana, "bob")
    assert got.armour is not None
    assert got.armour.broke
    assert rows(world, "SELECT status FROM player_item WHERE id = ?", shell) == [("destroyed",)]
    assert "broken" in {kind for kind, _, _ in told(bob)}
    assert target(ana, "bob").defence == 0
    audited(world)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ana", Reason.NO_TARGET),
        ("eve", Reason.PROTECTED),
        ("Pip", Reason.PROTECTED),
        ("nobody", Reason.UNKNOWN_PLAYER),
        ("\x1b[2J", Reason.UNKNOWN_PLAYER),
        ("x" * 5_000, Reason.UNKNOWN_PLAYER),
    ],
)
def test_whom_nobody_may_rob_is_refused_and_nothing_changes(
    name: str, reason: Reason, world: World, ana: PlayerHandle
) -> None:
    a_player(world, "eve")
    ana.streets.targets()
    before = contents(world)
    assert "\x1b" not in refused(ana.streets.rob(name), reason).message
    assert contents(world) == before


def test_the_same_target_is_safe_for_an_hour_another_is_not(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    robbed(ana, "bob")
    clock.advance(HOUR - 1)
    before = contents(world)
    refused(ana.streets.rob("bob"), Reason.TOO_SOON)
    assert contents(world) == before
    seen = target(ana, "bob")
    assert seen.refusal is not None
    assert seen.free_at == clock.at + 1
    robbed(ana, "Zest")
    clock.advance(1)
    robbed(ana, "bob")
    audited(world)


def test_a_clock_that_went_back_frees_the_same_target_once(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    robbed(ana, "Zest")
    clock.advance(-HOUR)
    robbed(ana, "Zest")
    before = contents(world)
    refused(ana.streets.rob("Zest"), Reason.TOO_SOON)
    clock.advance(HOUR - 1)
    refused(ana.streets.rob("Zest"), Reason.TOO_SOON)
    assert contents(world) == before


def test_a_new_player_is_safe_for_a_day_and_a_neighbour_never(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    a_player(world, "eve")
    seen = target(ana, "eve")
    assert seen.refusal is not None
    assert seen.free_at == clock.at + DAY
    robbed(ana, "Zest")
    clock.advance(DAY)
    robbed(ana, "eve")


def test_arrears_of_upkeep_lower_what_gear_does(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    for slug in ("spoon", "crate-home"):
        bought(ana, slug)
    while ana.card().oranges >= 100:
        opened(ana, "crate", min(100, ana.card().oranges // 100))
    assert target(ana, "Zest").bonus == 5
    clock.advance(4 * DAY)
    ana.catch_up()
    assert target(ana, "Zest").bonus == 4
    done(world.grant("ana", oranges=200), Grant)
    got = robbed(ana, "Zest")
    assert got.chance == 50 + 4 - 4
    audited(world)


def test_the_same_key_again_robs_nobody_twice(world: World, ana: PlayerHandle) -> None:
    first = done(ana.streets.rob("Zest", key="k"), RobberyDone)
    before = contents(world)
    again = done(ana.streets.rob("zest", key="k"), RobberyDone)
    assert (again.repeat, again.oranges) == (True, first.oranges)
    refused(ana.streets.rob("bob", key="k"), Reason.KEY_REUSED)
    assert contents(world) == before


def test_a_robbery_is_a_roll_of_its_chances_odds_and_gives_no_thing(
    world: World, ana: PlayerHandle
) -> None:
    draw = draw_of(ana, 0)
    got = robbed(ana, "Zest")
    odds = robbery_odds(got.chance)
    assert (got.nonce, got.ticket, got.odds_hash) == (0, draw.ticket, odds.hash)
    assert got.success == (got.ticket < got.chance * 10_000)
    assert rows(
        world,
        "SELECT r.purpose, r.ticket, r.entry, r.player_item_id, o.canonical FROM roll r"
        " JOIN odds_table o ON o.id = r.odds_table_id",
    ) == [("robbery", draw.ticket, odds.winner(draw.ticket), None, odds.canonical())]
    assert ana.fairness.verify().ok
    assert ana.fairness.show().active.nonce == 1


def a_proof(ana: PlayerHandle, path: Path, clock: FrozenClock) -> Any:
    """A proof with openings and robberies, won and lost."""
    opened(ana, "crate", 2)
    outcomes = set()
    while len(outcomes) < 2:
        outcomes.add(robbed(ana, "bob").success)
        clock.advance(HOUR)
    ana.fairness.rotate()
    done(ana.fairness.export(path), ProofExport)
    return json.loads(path.read_text("utf-8"))


def test_a_proof_with_robberies_verifies_and_any_field_that_is_altered_is_noticed(
    ana: PlayerHandle, tmp_path: Path, clock: FrozenClock
) -> None:
    proof = a_proof(ana, tmp_path / "proof.json", clock)
    assert verify_proof(proof).ok
    rolls = proof["pairs"][0]["rolls"]
    robberies = [i for i, roll in enumerate(rolls) if roll["item"] in ("success", "failure")]
    assert len(robberies) >= 2
    others = {
        "nonce": 999,
        "ticket": 1,
        "odds_hash": rolls[0]["odds_hash"],
        "entry": "Elsewhere",
        "value": 7,
        "rarity": "rare",
        "item": "straw",
    }
    for index in robberies:
        assert set(rolls[index]) == set(others)
        for name, other in others.items():
            forged = copy.deepcopy(proof)
            forged["pairs"][0]["rolls"][index][name] = other
            assert not verify_proof(forged).ok, name
        turned = copy.deepcopy(proof)
        won = rolls[index]["item"] == "success"
        turned["pairs"][0]["rolls"][index] |= {
            "entry": "Failure" if won else "Success",
            "item": "failure" if won else "success",
            "value": 0 if won else 1,
        }
        assert not verify_proof(turned).checks["award"]
    hash_ = rolls[robberies[0]]["odds_hash"]
    for field, other in (("price", 2), ("case", "robberies")):
        forged = copy.deepcopy(proof)
        forged["odds_tables"][hash_][field] = other
        assert not verify_proof(forged).ok


def test_programs_that_rob_the_same_target_at_once_do_it_once(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    others = [World.open(world.path, clock=clock, pack=STREETS_PACK) for _ in range(3)]
    players = [ana, *(other.player("ana") for other in others)]

    def rob(player: Any) -> object:
        return player.streets.rob("Zest")

    try:
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(rob, players))
    finally:
        for other in others:
            other.close()
    done_ones = [result for result in results if isinstance(result, RobberyDone)]
    assert len(done_ones) == 1
    for result in results:
        if result not in done_ones:
            refused(result, Reason.TOO_SOON)
    audited(world)


def test_neighbours_who_are_robbed_are_told_nothing(world: World, ana: PlayerHandle) -> None:
    robbed(ana, "Zest")
    assert not rows(
        world,
        "SELECT 1 FROM notification WHERE kind IN ('robbed', 'foiled')",
    )


def test_the_world_stays_sound_through_many_robberies(
    world: World, ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    for slug in ("spoon", "vest"):
        bought(ana, slug)
        bought(bob, slug)
    for _ in range(40):
        clock.advance(HOUR)
        for name in ("bob", "Zest"):
            done(world.grant("bob", oranges=500), Grant)
            ana.streets.rob(name)
        bob.streets.rob("ana")
    audited(world)
    assert clock.at > NOW


def test_a_robbery_has_the_chance_that_was_shown_or_is_none(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    shown = target(ana, "bob").chance
    before = contents(world)
    refusal = refused(ana.streets.rob("bob", shown=shown + 5), Reason.ODDS_CHANGED)
    assert (refusal.figures["chance"], refusal.figures["shown"]) == (shown, shown + 5)
    assert contents(world) == before
    done(ana.streets.rob("bob", shown=shown), RobberyDone)
    audited(world)
