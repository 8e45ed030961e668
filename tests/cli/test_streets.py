"""Shifts, the daily bonus and robbery from the command line."""

from pathlib import Path

import pytest

from inventui.engine.streets.models import DailyPaid
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.streets.daily_bonus import DAILY_GEMS
from tests.builders import NOW, STREETS_PACK, a_player, a_world, contents, done, lived_in
from tests.cli.conftest import Run, handle_of
from tests.engine.streets import loses, roll_on, wins


def world_of_streets(path: Path) -> int:
    """A world with gear and neighbours: ana and bob are long there."""
    with a_world(path, clock=FrozenClock(NOW - 9 * DAY), pack=STREETS_PACK) as world:
        a_player(world, "ana", oranges=20_000)
        a_player(world, "bob", oranges=10_000)
    return NOW


@pytest.fixture
def database(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: STREETS_PACK)
    path = home / "data" / "world.db"
    path.parent.mkdir(0o700)
    lived_in(path, world_of_streets)
    return path


def prepare(database: Path, wanted: object) -> None:
    """Let ana's next roll draw what is wanted."""
    with a_world(database, pack=STREETS_PACK) as world:
        roll_on(handle_of(world, "ana"), wanted)  # type: ignore[arg-type]


def test_a_shift_by_choice_pays_50_to_70(run: Run, database: Path) -> None:
    paid = run("play", "--key", "k", "--json").answered()
    assert 50 <= paid["pay"] == 20 + paid["skill"] <= 70
    assert (paid["number"], paid["shifts_left"], paid["rest"]) == (1, 39, 0)
    assert paid["balance"] == {"oranges": 20_000 + paid["pay"], "gems": 25}
    assert paid["crate"] is None
    again = run("play", "--key", "k", "--json").answered()
    assert (again["repeat"], again["operation"]) == (True, paid["operation"])
    error = run("play", "--json").refused("too_soon")
    assert 0 < error["wait_seconds"] <= 30


@pytest.mark.parametrize(
    ("style", "least", "most"), [("careful", 38, 42), ("Steady", 35, 45), ("BOLD", 30, 50)]
)
def test_a_style_pays_within_its_spread(
    style: str, least: int, most: int, run: Run, database: Path
) -> None:
    paid = run("play", "--style", style, "--json").answered()
    assert least <= paid["skill"] <= most


def test_without_a_choice_the_shift_is_steady(run: Run, database: Path) -> None:
    shown = run("play")
    assert shown.status == 0
    assert "39 shifts left today" in shown.out


def test_a_command_takes_nobody_s_word_for_a_skill(run: Run, database: Path) -> None:
    before = contents(database)
    said = run("play", "--skill", 100).said(2)
    assert "by choice" in said
    assert "Streets" in said
    assert "--skill" not in run("play", "--help").out
    assert "careful, steady, bold" in run("play", "--style", "lazy").said(2)
    assert contents(database) == before


def test_the_daily_bonus_is_taken_once(run: Run, database: Path) -> None:
    paid = run("daily", "--json").answered()
    assert (paid["streak"], paid["oranges"], paid["gems"]) == (1, 100, 0)
    assert paid["next_at"].endswith("T00:00:00Z")
    run("daily", "--json").refused("too_soon")
    assert "Day 1 of your streak" in run("daily", player="bob").out


def test_the_seventh_day_pays_gems_beside_the_oranges(run: Run, database: Path) -> None:
    clock = FrozenClock(NOW - 6 * DAY)
    with a_world(database, clock=clock, pack=STREETS_PACK) as world:
        while clock.at < NOW:
            done(handle_of(world, "ana").streets.daily(), DailyPaid)
            clock.at += DAY
    assert f"Day 7 of your streak: 700 oranges and {DAILY_GEMS} gems." in run("daily").out


def test_without_a_target_all_are_listed_with_their_chances(run: Run, database: Path) -> None:
    listed = run("rob", "--json").answered()
    targets = {target["name"]: target for target in listed["targets"]}
    assert list(targets) == ["Zest", "Pip", "bob"]
    assert listed["total"] == 3
    assert targets["Zest"]["chance"] == 46
    assert sum(part["percent"] for part in targets["Zest"]["parts"]) == 46
    assert targets["Zest"]["loot"] == {"least": 50, "most": 150}
    assert targets["Pip"]["refused"]["reason"] == "protected"
    assert targets["bob"]["refused"] is None
    page = run("rob")
    assert page.status == 0
    assert "−4 their Peel Vest" in page.out
    assert "too poor" in page.out
    assert max(map(len, page.out.splitlines())) <= 100


def test_robbing_tells_what_came_of_it(run: Run, database: Path) -> None:
    prepare(database, wins)
    done = run("rob", "bob", "--key", "k", "--json").answered()
    assert (done["success"], done["target"], done["neighbour"]) == (True, "bob", False)
    assert done["oranges"] > 0
    assert done["roll"]["ticket"] < done["chance"] * 10_000
    assert run("rob", "bob", "--key", "k", "--json").answered()["repeat"]
    assert run("verify", "--json").answered()["ok"]
    assert run("audit", "--json").answered()["ok"]


def test_a_failure_is_done_and_costs_a_fine(run: Run, database: Path) -> None:
    prepare(database, loses)
    shown = run("rob", "zest", "--key", "k")
    assert shown.status == 0
    assert "The fine was 500 oranges" in shown.out
    assert "Their Peel Vest lost" in shown.out
    fined = run("rob", "zest", "--key", "k", "--json").answered()
    assert (fined["success"], fined["oranges"]) == (False, -500)
    assert fined["balance"]["oranges"] == 20_000 - 500


def test_a_target_that_can_t_be_robbed_is_refused(run: Run, database: Path) -> None:
    for _ in range(2):  # neighbours move in, and what nine days brought is written
        run("rob")
    before = contents(database)
    for target, reason in (("ana", "no_target"), ("pip", "protected"), ("zoe", "unknown_player")):
        run("rob", target, "--json").refused(reason)
        assert run("rob", target).said(1)
        assert contents(database) == before, target


def test_neighbours_are_nobody_to_play_as(run: Run, database: Path) -> None:
    run("rob")
    assert "neighbour" in run("inventory", player="zest").said(1)
    names = [player["name"] for player in run("players", "--json").answered()["players"]]
    assert names == ["ana", "bob"]
    assert "Zest" not in run("inventory", player=None).said(1)
    assert run("drawer", "zest", "--json").answered()["player"]["name"] == "Zest"


def test_simulated_robberies_succeed_as_often_as_their_chance_says(
    run: Run, database: Path
) -> None:
    found = run(
        "simulate", "robbery", "--chance", 65, "--rolls", 20_000, "--seed", "s", "--json"
    ).answered()
    assert abs(found["success_share"] - 0.65) < 4 * (0.65 * 0.35 / 20_000) ** 0.5
    assert abs(found["mean_loot"] - 1_000) < 4 * 289 / found["successes"] ** 0.5
    assert found["fine"] == 500
    won, lost = found["success_share"], 1 - found["success_share"]
    assert found["mean"] == pytest.approx(won * found["mean_loot"] - lost * 500)
    assert found["p_value"] > 0.0001
    assert abs(found["gear_taken"] / found["successes"] - 0.1) < 0.02
    assert run("simulate", "robbery", "-n", 100).out.count("oranges") == 3


def test_stakes_of_a_robbery_are_checked(run: Run, database: Path) -> None:
    run("simulate", "robbery", "--chance", 96, "--json").refused("invalid_amount")
    run("simulate", "robbery", "--purse", -1, "--json").refused("invalid_amount")
    run("simulate", "robbery", "-n", 0, "--json").refused("invalid_count")
    assert "robbery" in run("simulate", "crate", "--chance", 50).said(2)


def test_a_case_of_that_name_wins(run: Run, home: Path, database: Path) -> None:
    pack = home / "robbery.toml"
    text = STREETS_PACK.read_text("utf-8").replace('id = "crate"', 'id = "robbery"')
    pack.write_text(text, "utf-8")
    a_world(database, pack=pack).close()
    assert run("simulate", "robbery", "-n", 100, "--json").answered()["case"] == "robbery"
