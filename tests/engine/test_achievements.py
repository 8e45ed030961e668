"""Achievements: a goal is reached by what is true, rewarded once, and told."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.achievements.models import Award, Awards, Counters
from inventui.engine.inventory.models import Sale
from inventui.engine.players.models import Grant
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.engine.world import PlayerHandle, World
from inventui.rules.achievements import Condition, Rewards
from inventui.rules.core.clock import DAY, HOUR, MINUTE, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import NOW, a_player, audited, contents, done, opened, refused
from tests.engine.achievement_worlds import Goals, a_goal_world, awarded, line
from tests.engine.streets import bought, loses, robbed, roll_on, rows, wins

FIRST: Goals = {
    "first": (Condition.OPENINGS, 1, {"oranges": 200, "gems": 3, "experience": 50}),
    "tenth": (Condition.OPENINGS, 10, {"oranges": 100}),
}
FAR = 10**9


def test_nothing_is_written_while_nothing_is_due(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana = a_player(world)
        before = contents(world)
        assert ana.achievements.award() is None
        assert ana.achievements.award("key") is None
        assert contents(world) == before


def test_a_goal_that_is_reached_gives_its_rewards_once(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana = a_player(world)
        opened(ana)
        had = ana.card()
        awards = awarded(ana)
        assert [award.achievement for award in awards.awards] == ["first"]
        assert awards.awards[0].given == Rewards(200, 3, 50)
        card = ana.card()
        assert (card.oranges - had.oranges, card.gems - had.gems) == (200, 3)
        assert card.experience - had.experience == 50
        assert (awards.balance.oranges, awards.balance.gems) == (card.oranges, card.gems)
        after = contents(world)
        assert ana.achievements.award() is None
        assert contents(world) == after
        audited(world)


def test_what_is_due_at_once_is_one_operation(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana = a_player(world)
        opened(ana, count=10)
        awards = awarded(ana)
        assert [award.achievement for award in awards.awards] == ["first", "tenth"]
        assert rows(world, "SELECT count(*) FROM operation WHERE kind = 'achieve'") == [(1,)]
        audited(world)


def test_rewards_reach_further_goals_in_the_same_operation(tmp_path: Path) -> None:
    goals: Goals = {
        "rich": (Condition.NET_WORTH, 1_000_000, {"experience": 5_000}),
        "ranked": (Condition.RANK, 2, {"gems": 1}),
        "first": (Condition.OPENINGS, 1, {"oranges": 1_000_000}),
    }
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        opened(ana)
        awards = awarded(ana)
        assert [award.achievement for award in awards.awards] == ["first", "rich", "ranked"]
        assert (awards.rank_gems, awards.rank_up) == (20, "Soldier")
        assert ana.card().gems == 25 + 20 + 1
        audited(world)


def test_the_same_key_gives_the_first_outcome_again(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana = a_player(world)
        opened(ana)
        first = done(ana.achievements.award("key"), Awards)
        opened(ana, count=9)
        before = contents(world)
        again = done(ana.achievements.award("key"), Awards)
        assert again.repeat
        assert again.awards == first.awards
        assert contents(world) == before
        refused(ana.achievements.award(""), Reason.INVALID_KEY)


def test_the_player_is_told_of_each_once(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana, bob = a_player(world), a_player(world, "bob")
        opened(ana, count=10)
        awards = awarded(ana)
        told = ana.notifications.fresh(0)
        assert [n.message for n in told] == [award.message for award in awards.awards]
        assert told[0].message == (
            "Achieved: Goal first. You get 200 oranges, 3 gems and 50 experience."
        )
        assert {(n.kind, n.tone, n.place) for n in told} == {
            ("achieved", "success", "achievements")
        }
        assert bob.notifications.fresh(0) == ()


def test_one_players_deeds_reach_no_other_players_goals(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", FIRST) as world:
        ana, bob = a_player(world), a_player(world, "bob")
        opened(ana, count=10)
        assert bob.achievements.award() is None
        assert {goal.progress for goal in bob.achievements.list()} == {0}


def test_a_thing_is_given_as_an_achievements(tmp_path: Path) -> None:
    goals: Goals = {"first": (Condition.OPENINGS, 1, {"item": "lime"})}
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        opened(ana)
        (award,) = awarded(ana).awards
        assert award.given == Rewards(item="lime", item_name="Lime Letters")
        assert rows(
            world,
            "SELECT acquisition, source, price_paid, status FROM player_item WHERE id = ?",
            award.item_id,
        ) == [("achievement", "first", 0, "owned")]
        assert ana.notifications.fresh(0)[-1].item_id == award.item_id
        audited(world)


def test_a_cosmetic_that_is_owned_is_not_given_twice(tmp_path: Path) -> None:
    goals: Goals = {"first": (Condition.OPENINGS, 1, {"oranges": 5, "item": "lime"})}
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        bought(ana, "lime")
        opened(ana)
        (award,) = awarded(ana).awards
        assert award.given == Rewards(oranges=5)
        assert award.item_id is None
        assert award.message.endswith("You own Lime Letters already.")
        audited(world)


def test_a_consumable_is_given_however_many_are_owned(tmp_path: Path) -> None:
    goals: Goals = {"first": (Condition.OPENINGS, 1, {"item": "donut"})}
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        bought(ana, "donut")
        opened(ana)
        assert awarded(ana).awards[0].item_id is not None
        audited(world)


def test_gear_without_room_waits_in_escrow_and_is_said_to(tmp_path: Path) -> None:
    goals: Goals = {"shed": (Condition.GEAR_OWNED, 10, {"item": "spoon"})}
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world, oranges=9_000)
        for _ in range(9):
            done(world.grant("ana", item="vest"), Grant)
        assert ana.achievements.award() is None
        done(world.grant("ana", item="vest"), Grant)
        (award,) = awarded(ana).awards
        assert "it waits in escrow" in award.message
        status = rows(world, "SELECT status FROM player_item WHERE id = ?", award.item_id)
        assert status == [(Status.ESCROWED,)]
        audited(world)


def test_progress_is_capped_and_a_goal_that_was_reached_stays_full(tmp_path: Path) -> None:
    goals: Goals = {
        "held": (Condition.ITEMS_HELD, 7, {}),
        "seven": (Condition.OPENINGS, 7, {}),
        "far": (Condition.OPENINGS, 100, {}),
    }
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        opened(ana, count=9)
        assert (line(ana, "seven").progress, line(ana, "far").progress) == (7, 9)
        assert not line(ana, "seven").done
        awarded(ana)
        page = ana.inventory.page(_everything())
        ids = [item.id for item in page.items if not item.is_default]  # type: ignore[union-attr]
        done(ana.inventory.sell(ids), Sale)
        held = line(ana, "held")
        assert (held.progress, held.achieved_at) == (7, NOW)


def _everything() -> Any:
    from inventui.engine.inventory.models import InventoryQuery

    return InventoryQuery(InventoryTab.COLLECTIBLES)


def test_goals_that_the_pack_drops_are_kept_by_those_who_reached_them(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with a_goal_world(path, FIRST) as world:
        ana = a_player(world)
        opened(ana)
        awarded(ana)
    with a_goal_world(path, {"new": (Condition.OPENINGS, 2, {})}) as world:
        ana = world.player("ana")  # type: ignore[assignment]
        assert [goal.slug for goal in ana.achievements.list()] == ["first", "new"]
        opened(ana, count=9)
        assert [award.achievement for award in awarded(ana).awards] == ["new"]


def test_a_changed_goal_keeps_its_slug_and_is_not_rewarded_again(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with a_goal_world(path, FIRST) as world:
        opened(a_player(world))
        awarded(world.player("ana"))  # type: ignore[arg-type]
    changed: Goals = {"first": (Condition.OPENINGS, 1, {"oranges": 9_999})}
    with a_goal_world(path, changed) as world:
        ana = world.player("ana")
        assert isinstance(ana, PlayerHandle)
        assert line(ana, "first").rewards.oranges == 9_999
        assert ana.achievements.award() is None
        audited(world)


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_is_counted_from_nothing(condition: Condition, tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", {"goal": (condition, FAR, {})}) as world:
        ana = a_player(world)
        begins = {Condition.NET_WORTH: 5_000, Condition.SLOTS_FILLED: 1}
        assert line(ana, "goal").progress == begins.get(condition, 0)


# What was done, and the figure that it must lead to, counted here by other means.

Deed = Callable[[PlayerHandle, FrozenClock], int]


def _open(player: PlayerHandle, _: FrozenClock) -> int:
    opened(player, count=20)
    player.fairness.rotate()
    opened(player, count=13)
    return 33


def _won(rarity: Rarity) -> Deed:
    def deed(player: PlayerHandle, _: FrozenClock) -> int:
        done(player.world.grant(player.name, oranges=100_000), Grant)
        first = opened(player, count=100)
        player.fairness.rotate()
        rolls = [*first.rolls, *opened(player, count=100).rolls]
        counts = Counter(roll.rarity for roll in rolls)
        assert counts[rarity], counts
        return counts[rarity]

    return deed


def _best(player: PlayerHandle, _: FrozenClock) -> int:
    return max(roll.value for roll in opened(player, count=30).rolls)


def _batch(player: PlayerHandle, _: FrozenClock) -> int:
    for count in (4, 17, 9):
        opened(player, count=count)
    return 17


def _sell(player: PlayerHandle, _: FrozenClock) -> int:
    for _ in range(3):
        opening = opened(player, count=3)
        done(player.inventory.sell([roll.item_id for roll in opening.rolls]), Sale)
    return 9


def _sale(player: PlayerHandle, _: FrozenClock) -> int:
    sums = []
    for count in (2, 12, 3):
        opening = opened(player, count=count)
        done(player.inventory.sell([roll.item_id for roll in opening.rolls]), Sale)
        sums.append(sum(roll.value for roll in opening.rolls))
    return max(sums)


def _worth(player: PlayerHandle, _: FrozenClock) -> int:
    opening = opened(player, count=5)
    return player.card().oranges + sum(roll.value for roll in opening.rolls)


def _spend(player: PlayerHandle, _: FrozenClock) -> int:
    opened(player, count=5)
    bought(player, "spoon")
    return 800


def _rank(player: PlayerHandle, _: FrozenClock) -> int:
    done(player.world.grant(player.name, oranges=10_000), Grant)
    opened(player, count=100)
    return player.card().standing.level


def _streak(player: PlayerHandle, clock: FrozenClock) -> int:
    for _ in range(3):
        done(player.streets.daily(), DailyPaid)
        clock.advance(DAY)
    clock.advance(3 * DAY)
    done(player.streets.daily(), DailyPaid)
    return 3


def _work(player: PlayerHandle, clock: FrozenClock) -> int:
    for _ in range(4):
        done(player.streets.play(50), ShiftPaid)
        clock.advance(MINUTE)
    return 4


def _dress(player: PlayerHandle, _: FrozenClock) -> int:
    bought(player, "lime")
    return 1


def _arm(player: PlayerHandle, _: FrozenClock) -> int:
    bought(player, "spoon")
    bought(player, "vest")
    return 3


def _wear(player: PlayerHandle, _: FrozenClock) -> int:
    bought(player, "lime")
    bought(player, "spoon")
    return 2


def _gear(player: PlayerHandle, _: FrozenClock) -> int:
    bought(player, "spoon")
    done(player.world.grant(player.name, item="vest"), Grant)
    return 2


def _rob(player: PlayerHandle, clock: FrozenClock) -> int:
    for wanted, target in ((wins, "Zest"), (loses, "Zest"), (wins, "Zest")):
        roll_on(player, wanted)
        robbed(player, target)
        clock.advance(2 * HOUR)
    return 2


def _tried(player: PlayerHandle, clock: FrozenClock) -> int:
    _rob(player, clock)
    return 3


def _foil(player: PlayerHandle, clock: FrozenClock) -> int:
    clock.advance(2 * DAY)
    bob = a_player(player.world, "bob")
    done(player.world.grant("ana", oranges=9_000), Grant)
    for wanted in (loses, wins, loses):
        roll_on(bob, wanted)
        robbed(bob, "ana")
        clock.advance(2 * HOUR)
    return 2


def _break(player: PlayerHandle, clock: FrozenClock) -> int:
    done(player.world.grant(player.name, oranges=9_000), Grant)
    bought(player, "peeler")
    for _ in range(2):
        roll_on(player, loses)
        robbed(player, "Zest")
        clock.advance(2 * HOUR)
    return 1


def _earn(player: PlayerHandle, clock: FrozenClock) -> int:
    bought(player, "stand")
    clock.advance(DAY)
    player.catch_up()
    return int(rows(player.world, "SELECT sum(revenue) FROM income")[0][0])


def _rotate(player: PlayerHandle, _: FrozenClock) -> int:
    for _ in range(3):
        player.fairness.rotate()
    return 3


def _hold(player: PlayerHandle, _: FrozenClock) -> int:
    opened(player, count=6)
    return player.inventory.statistics().total_items


DEEDS: dict[Condition, Deed] = {
    Condition.OPENINGS: _open,
    Condition.COMMONS_WON: _won(Rarity.COMMON),
    Condition.RARES_WON: _won(Rarity.RARE),
    Condition.BEST_WIN: _best,
    Condition.BIGGEST_BATCH: _batch,
    Condition.ITEMS_HELD: _hold,
    Condition.ITEMS_SOLD: _sell,
    Condition.BIGGEST_SALE: _sale,
    Condition.NET_WORTH: _worth,
    Condition.ORANGES_SPENT: _spend,
    Condition.RANK: _rank,
    Condition.DAILY_STREAK: _streak,
    Condition.SHIFTS: _work,
    Condition.COSMETICS_OWNED: _dress,
    Condition.SLOTS_FILLED: _arm,
    Condition.WORN: _wear,
    Condition.GEAR_OWNED: _gear,
    Condition.GEAR_BROKEN: _break,
    Condition.ROBBERIES: _rob,
    Condition.ROBBERIES_TRIED: _tried,
    Condition.ROBBERIES_FOILED: _foil,
    Condition.BUSINESS_REVENUE: _earn,
    Condition.ROTATIONS: _rotate,
}


@pytest.mark.parametrize("condition", DEEDS)
def test_what_was_done_is_what_is_counted(condition: Condition, tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_goal_world(tmp_path / "w.db", {"goal": (condition, FAR, {})}, clock=clock) as world:
        ana = a_player(world, oranges=6_000)
        begun = line(ana, "goal").progress
        figure = DEEDS[condition](ana, clock)
        assert line(ana, "goal").progress == figure != begun


def test_a_robbery_opens_no_case(tmp_path: Path) -> None:
    goals: Goals = {"open": (Condition.OPENINGS, FAR, {}), "won": (Condition.COMMONS_WON, FAR, {})}
    with a_goal_world(tmp_path / "w.db", goals, clock=FrozenClock(NOW)) as world:
        ana = a_player(world)
        robbed(ana, "Zest")
        assert {goal.progress for goal in ana.achievements.list()} == {0}


@pytest.mark.parametrize("condition", [Condition.OPENINGS, Condition.ROBBERIES])
def test_the_farthest_goal_bounds_what_is_counted(condition: Condition, tmp_path: Path) -> None:
    """Two goals of one condition: the farther one is not cut short by the nearer."""
    goals: Goals = {"near": (condition, 1, {}), "far": (condition, 50, {})}
    clock = FrozenClock(NOW)
    with a_goal_world(tmp_path / "w.db", goals, clock=clock) as world:
        ana = a_player(world, oranges=6_000)
        figure = DEEDS[condition](ana, clock)
        assert (line(ana, "near").progress, line(ana, "far").progress) == (1, min(50, figure))


# The tally: whoever counts on from it counts the same as whoever counts all.

TALLIES: Goals = {
    "first": (Condition.OPENINGS, 1, {"oranges": 100_000}),
    "common": (Condition.COMMONS_WON, FAR, {}),
    "rare": (Condition.RARES_WON, FAR, {}),
    "best": (Condition.BEST_WIN, FAR, {}),
    "batch": (Condition.BIGGEST_BATCH, FAR, {}),
    "sale": (Condition.BIGGEST_SALE, FAR, {}),
}


def _metrics(player: PlayerHandle) -> dict[str, int]:
    return {goal.slug: goal.progress for goal in player.achievements.list() if not goal.done}


def _fresh(world: World) -> PlayerHandle:
    handle = world.player("ana")
    assert isinstance(handle, PlayerHandle)
    return handle


def test_a_tally_that_is_counted_on_is_the_tally_of_everything(tmp_path: Path) -> None:
    with a_goal_world(tmp_path / "w.db", TALLIES) as world:
        ana = a_player(world)
        opening = opened(ana, count=7)
        done(ana.inventory.sell([opening.rolls[0].item_id]), Sale)
        kept = awarded(ana).tally
        assert kept != Counters()
        values = []
        for count in (3, 40, 12):
            opening = opened(ana, count=count)
            values += [roll.value for roll in opening.rolls]
            ana.achievements.award()
            ana.fairness.rotate()
            ana.achievements.award()
        # One handle has counted after each deed, another begins where the award stopped.
        counted = _metrics(ana)
        assert _metrics(_fresh(world)) == counted
        assert counted["batch"] == 40
        assert counted["common"] + counted["rare"] <= 62
        assert counted["best"] >= max(values)
        pair = "CAST(json_extract(outcome, '$.tally.pair') AS BIGINT)"
        pairs = rows(world, f"SELECT {pair} FROM operation WHERE kind = 'achieve'")
        assert pairs == [(kept.pair,)]


def test_no_roll_is_counted_again_after_an_award(tmp_path: Path) -> None:
    """What the award's operation kept is believed: a forged tally shows."""
    with a_goal_world(tmp_path / "w.db", TALLIES) as world:
        ana = a_player(world)
        opened(ana, count=7)
        awards = awarded(ana)
        outcome = rows(world, "SELECT outcome FROM operation WHERE id = ?", awards.operation)
        told = json.loads(outcome[0][0])["tally"]
        assert told["nonce"] == 7
        assert sum(told["won"].values()) == 7


def test_awards_tell_a_rank_that_the_experience_led_to(tmp_path: Path) -> None:
    goals: Goals = {"first": (Condition.OPENINGS, 1, {"experience": 1_000})}
    with a_goal_world(tmp_path / "w.db", goals) as world:
        ana = a_player(world)
        opened(ana)
        awards = awarded(ana)
        assert isinstance(awards.awards[0], Award)
        assert (awards.rank_up, awards.rank_gems) == ("Associate", 10)


def test_two_programs_that_award_at_once_award_once(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with a_goal_world(path, FIRST) as world:
        opened(a_player(world))
        with a_goal_world(path, FIRST) as other:
            handles = [_fresh(world), _fresh(other)]
            with ThreadPoolExecutor(2) as pool:
                outcomes = list(pool.map(lambda handle: handle.achievements.award(), handles))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Awards", "NoneType"]
        assert rows(world, "SELECT count(*) FROM achieved") == [(1,)]
        audited(world)
