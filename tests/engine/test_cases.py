"""Opening cases."""

import pytest

from inventui.engine.cases.models import Opening
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import a_player, audited, contents, done, opened, refused
from tests.oracle import CASES, Pair, draw


def test_an_opening_pays_the_price_and_gives_one_thing_a_roll(
    world: World, ana: PlayerHandle
) -> None:
    opening = opened(ana, "crate", 7)
    assert opening.paid == 700
    assert opening.balance.oranges == 100_000 - 700 == ana.card().oranges
    assert len(opening.rolls) == 7
    assert len({roll.item_id for roll in opening.rolls}) == 7
    assert ana.inventory.statistics().total_value == opening.won
    audited(world)


def test_nonces_are_consecutive_from_zero_over_all_openings(ana: PlayerHandle) -> None:
    nonces = [roll.nonce for count in (1, 5, 2) for roll in opened(ana, "crate", count).rolls]
    assert nonces == list(range(8))


def test_what_is_won_follows_from_the_seeds_that_are_revealed_afterwards(
    ana: PlayerHandle,
) -> None:
    opening = opened(ana, "crate", 50)
    rotation = ana.fairness.rotate()
    pair = Pair(rotation.retired.server_seed, rotation.retired.client_seed)  # type: ignore[union-attr,arg-type]
    assert [roll.entry for roll in opening.rolls] == [
        CASES["crate"].winner(draw(pair))[1] for _ in opening.rolls
    ]


@pytest.mark.parametrize("count", [0, -1, 101, 10**30])
def test_a_count_outside_1_to_100_is_refused(count: int, world: World, ana: PlayerHandle) -> None:
    before = contents(world)
    refused(ana.cases.open("crate", count), Reason.INVALID_COUNT)
    assert contents(world) == before


@pytest.mark.parametrize("case", ["nope", "", "Crate", "crate'--", "\x1b[2J", "x" * 10_000])
def test_an_unknown_case_is_refused_and_those_there_are_are_named(
    case: str, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refusal = refused(ana.cases.open(case), Reason.UNKNOWN_CASE)
    assert "crate, box, rack" in refusal.message
    assert "\x1b" not in refusal.message
    assert contents(world) == before


def test_too_little_money_is_refused_with_required_current_and_missing(world: World) -> None:
    poor = a_player(world, "poor")
    before = contents(world)
    refusal = refused(poor.cases.open("box", 12), Reason.INSUFFICIENT_FUNDS)
    assert refusal.figures == {
        "required": 5_400,
        "current": 5_000,
        "missing": 400,
        "currency": "oranges",
    }
    assert contents(world) == before


def test_the_last_orange_may_be_spent(world: World) -> None:
    player = a_player(world, "exact")
    assert opened(player, "crate", 50).balance.oranges == 0
    refused(player.cases.open("crate"), Reason.INSUFFICIENT_FUNDS)


def test_spending_brings_one_point_of_experience_for_ten_oranges_and_gems_for_a_rank(
    ana: PlayerHandle,
) -> None:
    assert opened(ana, "crate", 99).experience_gained == 990
    assert ana.card().standing.rank == "Rookie"
    opening = opened(ana, "crate", 1)
    assert (opening.rank_up, opening.balance.gems) == ("Associate", 35)
    assert ana.card().standing.rank == "Associate"


def test_gear_without_room_goes_to_escrow_and_a_fourth_thing_there_makes_the_oldest_expire(
    world: World, ana: PlayerHandle
) -> None:
    opening = opened(ana, "rack", 60)
    spoons = [roll.item_id for roll in opening.rolls if roll.entry == "Sharp Spoon"]
    assert len(spoons) > 13
    status = {n: ana.inventory.detail(n).line.status for n in spoons}  # type: ignore[union-attr]
    assert [status[n] for n in spoons[:10]] == [Status.OWNED] * 10
    assert [status[n] for n in spoons[-3:]] == [Status.ESCROWED] * 3
    assert {status[n] for n in spoons[10:-3]} == {Status.EXPIRED}
    counts = ana.inventory.tab_counts()
    assert (counts[InventoryTab.GEAR], counts[InventoryTab.ESCROW]) == (10, 3)
    told = [(one.kind, one.message, one.item_id) for one in ana.notifications.fresh(0)]
    assert told[0][::2] == ("escrowed", spoons[-3])
    assert told[0][1].startswith("There is no room for Sharp Spoon, Sharp Spoon, Sharp Spoon:")
    assert [one[::2] for one in told[1:]] == [("expired", spoon) for spoon in spoons[10:-3]]
    audited(world)


def test_an_entry_with_a_name_and_value_of_its_own_gives_an_item_of_that_name_and_value(
    world: World, ana: PlayerHandle
) -> None:
    opening = opened(ana, "box", 40)
    roll = next(roll for roll in opening.rolls if roll.entry == "Cracked Lemon")
    detail = ana.inventory.detail(roll.item_id)
    assert (detail.line.name, detail.line.value) == ("Cracked Lemon", 650)  # type: ignore[union-attr]
    assert detail.acquisition is Acquisition.CASE  # type: ignore[union-attr]


def test_an_opening_waits_to_be_revealed_until_it_was_shown(ana: PlayerHandle) -> None:
    first, second = opened(ana, "crate", 2), opened(ana, "box", 1)
    assert [o.operation for o in ana.reveals.pending()] == [first.operation, second.operation]
    assert ana.reveals.pending()[0] == first
    ana.reveals.revealed(first.operation)
    assert ana.reveals.pending() == (second,)
    ana.reveals.revealed(second.operation)
    assert ana.reveals.pending() == ()
    # An old reveal that is confirmed late brings nothing back.
    ana.reveals.revealed(first.operation)
    assert ana.reveals.pending() == ()


def test_another_players_opening_is_not_waiting_for_me(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    opened(bob)
    assert ana.reveals.pending() == ()


def test_every_roll_keeps_the_odds_that_were_shown_before_it(
    world: World, ana: PlayerHandle
) -> None:
    shown = world.catalogue.case("crate")
    opening = done(ana.cases.open("crate", 3), Opening)
    assert {roll.odds_hash for roll in opening.rolls} == {shown.odds.hash}  # type: ignore[union-attr]
    assert {roll.server_seed_hash for roll in opening.rolls} == {
        ana.fairness.show().active.server_seed_hash
    }
