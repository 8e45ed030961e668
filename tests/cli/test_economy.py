"""Economies on the command line: of a world's ledger, and played by personas."""

import json
from pathlib import Path

import pytest

from inventui.cli.core.watch import Watch
from inventui.content.source import base_pack
from inventui.engine.world import World
from tests.cli.conftest import Run, handle_of


def test_a_report_tells_each_day_and_reconciles(run: Run, world: World) -> None:
    handle_of(world, "ana").streets.daily()
    found = run("economy", "report", "--json").answered()
    assert found["reconciles"] is True
    faucets = {kind for day in found["days"] for kind in day["faucets"]}
    assert {"start", "daily_bonus"} <= faucets
    came = sum(sum(day["faucets"].values()) for day in found["days"])
    went = sum(sum(day["sinks"].values()) for day in found["days"])
    assert came - went == found["supply"]
    assert 0 <= found["gini"] < 1
    assert found["gems"][0]["faucets"]["start"] == 50
    assert len(found["purses"]) == len(found["wealth"]) == len(found["days"])
    shown = run("economy").out
    assert "reconciles to zero" in shown
    assert "daily bonus" in shown


def test_a_run_measures_each_persona(run: Run, home: Path) -> None:
    command = ("economy", "run", "--days", 8, "--runs", 2, "--jobs", 1)
    found = run(*command, "--json").answered()
    assert (found["runs"], found["days"], found["seed"]) == (2, 8, "inventui")
    assert len(found["personas"]) == 6
    for persona in found["personas"]:
        assert set(persona) == {"name", "bands", "tiers"}
        assert len(persona["bands"]) == 8
    assert {"inflation", "gini"} <= set(found)
    shown = run(*command).out
    assert "faucets over sinks" in shown
    assert "worker" in shown
    assert not (home / "data" / "world.db").exists()


def test_a_run_writes_tables_plots_and_a_page(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    command = ("economy", "run", "--days", 8, "--runs", 1, "-o", folder)
    assert run(*command, "--vary", "shifts.shift_most=80..120").status == 0
    names = {path.name for path in folder.iterdir()}
    assert names >= {
        "economy.json", "economy.md", "wealth.csv", "tiers.csv", "flows.csv", "wealth.svg",
        "varied.csv", "weeks.csv", "gems.csv",
    }  # fmt: skip
    assert json.loads((folder / "economy.json").read_text())["varied"][4]["value"] == 120
    assert (folder / "varied.csv").read_text().startswith("shifts.shift_most,")
    run(*command, "--json").refused("file_exists")


def test_what_a_run_cant_play_is_refused(run: Run, tmp_path: Path) -> None:
    run("economy", "run", "--days", 0, "--json").refused("invalid_count")
    run("economy", "run", "--runs", 0, "--json").refused("invalid_count")
    run("economy", "run", "--vary", "luck=1..2", "--json").refused("invalid_amount")
    run("economy", "run", "--vary", "luck", "--json").refused("invalid_amount")
    run("economy", "run", "--personas", tmp_path / "no", "--json").refused("invalid_file")
    run("economy", "run", "--pack", tmp_path / "no", "--json").refused("invalid_file")
    run("economy", "run", "--jobs", 0, "--json").refused("usage", 2)
    persona = tmp_path / "p.toml"
    persona.write_text('[[personas]]\nname = "ana"\ndeeds = ["open"]\ncase = "none"\n')
    run("economy", "run", "--personas", persona, "--json").refused("unknown_case")


def test_packs_lie_upon_each_other_in_a_run_and_each_is_named_where_one_is_wrong(
    run: Run, tmp_path: Path
) -> None:
    more = tmp_path / "more.toml"
    more.write_text(
        '[pack]\nid = "more"\nname = "More"\nversion = "1"\n'
        '[[cases]]\nextends = "base:citrus-crate"\nprice = 160\n'
    )
    played = ("economy", "run", "--days", 2, "--runs", 1, "--json")
    found = run(*played, "--pack", base_pack(), "--pack", more).answered()
    assert found["days"] == 2
    run("economy", "loops", "--pack", base_pack(), "--pack", more, "--json").answered()
    more.write_text(more.read_text().replace("citrus-crate", "orange-crate"))
    for packs in (("--pack", base_pack(), "--pack", more), ("--pack", more)):
        assert "more.toml" in run(*played, *packs).refused("invalid_file")["message"]


def test_loops_are_told_with_their_gain_and_deeds(run: Run, tmp_path: Path) -> None:
    assert run("economy", "loops", "--no-neighbours", "--json").answered() == {"loops": []}
    assert "No cycle" in run("economy", "loops", "--pack", base_pack(), "--no-neighbours").out
    alts = run("economy", "loops", "--no-neighbours", "--alts", "--json").answered()["loops"]
    assert set(alts[0]) == {"gain", "steps", "limit"}
    run("economy", "loops", "--pack", tmp_path / "no", "--json").refused("invalid_file")


def test_each_promise_is_measured(run: Run) -> None:
    command = ("economy", "properties", "--runs", 1, "--days", 9)
    found = run(*command, "--pack", base_pack(), "--json").answered()["properties"]
    names = [one["name"] for one in found]
    assert len(names) == len(set(names)) == 9
    for one in found:
        inside = all(
            figure is not None
            and (one["least"] is None or figure >= one["least"])
            and (one["most"] is None or figure <= one["most"])
            for figure in one["measured"]
        )
        assert one["holds"] is (inside and bool(one["measured"]))
    by_name = {one["name"]: one for one in found}
    assert by_name["businesses are paid back"]["holds"]
    shown = run(*command, "--pack", base_pack()).out
    assert f"of {len(found)} hold" in shown


def test_promises_of_fewer_runs_than_asked_for_say_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Watch, done: int) -> bool:
        self.stopped, self.done = True, done
        return False

    monkeypatch.setattr(Watch, "show", pressed)
    stopped = run("economy", "properties", "--runs", 3, "--days", 2, "--json")
    assert (stopped.status, stopped.err) == (130, "Stopped after 1 of 3 runs.\n")
    assert json.loads(stopped.out)["runs"] == 1
    assert json.loads(stopped.out)["asked"] == 3


def test_one_run_says_of_no_difference_how_sure_it_is(run: Run) -> None:
    command = ("economy", "run", "--days", 2, "--runs", 1, "--jobs", 1, "--against", base_pack())
    found = run(*command, "--json").answered()["against"]
    assert found[0]["least"] is None
    assert "unknown of one run" in run(*command).out


UPON_BASE = """
[pack]
id = "mine"
name = "Mine"
version = "1"

[[cases]]
id = "mix"
name = "Mix"
price = 100
entries = [{ item = "base:bent-straw", weight = 3 }, { item = "base:neon-peel", chance = 1 }]

[[cases]]
extends = "base:citrus-crate"
price = 77
"""


def test_a_pack_that_names_the_base_packs_items_is_played_upon_that(
    run: Run, tmp_path: Path
) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(UPON_BASE)
    assert run("simulate", pack, "-n", 10, "--json").answered()["case"] == "mine:mix"
    assert run("simulate", pack, "--case", "mix", "-n", 10, "--json").answered()["paid"] == 1_000
    changed = run("simulate", pack, "--case", "citrus-crate", "-n", 10, "--json").answered()
    assert changed["paid"] == 770
    assert run("economy", "loops", "--pack", pack, "--json").status == 0
    alone = UPON_BASE.replace("[[cases]]\nextends", "# [[cases]]\n# extends").split("price = 77")[0]
    pack.write_text(alone.replace("base:bent-straw", "straw").replace("base:neon-peel", "peel"))
    told = run("simulate", pack, "-n", 10, "--json").refused("invalid_file")["message"]
    assert "there is no item 'straw'" in told


def test_curves_are_drawn_in_the_terminal_where_they_are_asked_for(run: Run, world: World) -> None:
    handle_of(world, "ana").streets.daily()
    shown = run("economy", "report", "--plot").out
    assert "\\u" not in shown
    assert "Supply\n" in shown
    assert "┤" in shown
    assert "┤" not in run("economy", "report").out
    command = ("economy", "run", "--days", 3, "--runs", 1, "--jobs", 1)
    shown = run(*command, "--plot").out
    assert "Wealth of worker" in shown
    assert "day 3" in shown
    assert "┤" not in run(*command).out
