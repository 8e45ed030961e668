"""Simulation: many rolls against the odds."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inventui.cli.core import watch as watching
from inventui.cli.core.watch import Watch
from tests.builders import SMALL_PACK, contents
from tests.cli.conftest import WITH_SMALL_PACK, Run, read_until


def test_a_simulation_compares_seen_with_expected(run: Run, database: Path) -> None:
    before = contents(database)
    found = run("simulate", "crate", "-n", 10_000, "--seed", "abc", "--json").answered()
    assert (found["case"], found["seed"], found["rolls"]) == ("crate", "abc", 10_000)
    assert [entry["expected"] for entry in found["entries"]] == [6000, 3000, 800, 150, 50]
    assert sum(entry["seen"] for entry in found["entries"]) == 10_000
    assert found["degrees_of_freedom"] == 4
    reckoned = sum((e["seen"] - e["expected"]) ** 2 / e["expected"] for e in found["entries"])
    assert found["chi_square"] == pytest.approx(reckoned)
    assert 0 <= found["p_value"] <= 1
    assert found["expected_return"] == 2.27
    assert found["paid"] == 1_000_000
    assert contents(database) == before


def test_the_same_seed_rolls_the_same(run: Run, database: Path) -> None:
    first = run("simulate", "crate", "-n", 500, "--seed", "abc", "--json").answered()
    assert run("simulate", "crate", "-n", 500, "--seed", "abc", "--json").answered() == first
    other = run("simulate", "crate", "-n", 500, "--seed", "abd", "--json").answered()
    assert other["entries"] != first["entries"]


def test_a_simulation_needs_no_player(run: Run) -> None:
    shown = run("simulate", "crate", "-n", 1_000, player=None)
    assert "−" in shown.out
    assert " -" not in shown.out
    assert shown.status == 0
    assert "chi-square" in shown.out
    assert "p value" in shown.out
    assert "4 degrees of freedom" in shown.out
    assert shown.out.splitlines()[-1] == "What was seen fits the odds."
    assert shown.err == ""


@pytest.mark.parametrize("rolls", ["0", "-1", "1" + "0" * 30])
def test_a_number_of_rolls_out_of_range_is_refused(run: Run, database: Path, rolls: str) -> None:
    run("simulate", "crate", "-n", rolls, "--json").refused("invalid_count")
    run("simulate", "crate", "-n", rolls).said(1)


def test_a_seed_that_hides_is_refused(run: Run, database: Path) -> None:
    run("simulate", "crate", "-n", 1, "--seed", "", "--json").refused("invalid_client_seed")
    run("simulate", "crate", "-n", 1, "--seed", "\x1b[31m").said(1)
    run("simulate", "crate", "-n", "x", "--json").refused("usage", 2)


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c is pressed when a simulation first says how far it is; lines are said at once."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    show = Watch.show

    def pressed(self: Watch, done: int) -> bool:
        if not self.stopped:
            signal.raise_signal(signal.SIGINT)
        return show(self, done)

    monkeypatch.setattr(Watch, "show", pressed)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("arguments", "done"),
    [(("crate",), 20_000), (("robbery", "--chance", "65"), 20_000), (("rotation",), 500)],
)
def test_a_stopped_simulation_answers_with_what_it_has(
    arguments: tuple[str, ...], done: int, run: Run, database: Path, interrupted: None
) -> None:
    stopped = run("simulate", *arguments, "-n", 1_000_000, "--json")
    assert stopped.status == 130
    assert stopped.err == f"Stopped after {done:,} of 1,000,000 rolls.\n"
    found = json.loads(stopped.out)
    assert found.pop("asked") == 1_000_000
    assert found == run("simulate", *arguments, "-n", done, "--json").answered()
    page = run("simulate", *arguments, "-n", 1_000_000)
    assert (page.status, page.err) == (130, stopped.err)
    assert page.out == run("simulate", *arguments, "-n", done).out


def test_runs_that_are_stopped_are_called_runs(run: Run, database: Path, interrupted: None) -> None:
    stopped = run("simulate", "crate", "-n", 1_000_000, "--budget", 200)
    assert stopped.status == 130
    assert stopped.err.endswith(" of 1,000,000 runs.\n")


def test_a_second_ctrl_c_ends_a_simulation_at_once(run: Run, database: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with Watch(10) as watch:
        signal.raise_signal(signal.SIGINT)
        assert not watch.show(1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    signal.signal(signal.SIGINT, before)


def test_without_a_terminal_lines_say_how_far_a_simulation_is(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SECONDS_BETWEEN", 0)
    ran = run("simulate", "crate", "-n", 50_000)
    assert ran.status == 0
    assert ran.err == "20,000 of 50,000 rolls are done.\n40,000 of 50,000 rolls are done.\n"


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (("crate",), 1_000),
        (("robbery", "--chance", "5"), 100),
        (("robbery", "--chance", "95"), 100),
    ],
)
def test_a_p_value_of_too_few_rolls_is_said_to_mean_nothing(
    arguments: tuple[str, ...], needed: int, run: Run, database: Path
) -> None:
    for rolls, enough in ((1, False), (needed - 1, False), (needed, True)):
        command = ("simulate", *arguments, "-n", rolls)
        found = run(*command, "--json").answered()
        assert found["rolls_needed"] == needed if not enough else rolls
        shown = " ".join(run(*command).out.split())
        assert (f"means nothing: take {needed:,} rolls or more." in shown) is not enough
        assert enough or "fits the odds" not in shown


def test_ctrl_c_ends_a_simulation_on_a_terminal_that_shows_its_progress(database: Path) -> None:
    mine, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", WITH_SMALL_PACK, "simulate", "crate", "-n", "1000000000"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    drawn = read_until(mine, b"1,000,000,000")
    program.send_signal(signal.SIGINT)
    drawn += read_until(mine)
    out, _ = program.communicate(timeout=60)
    os.close(mine)
    assert program.returncode == 130
    assert b"Rolling" in drawn
    assert b"Stopped after" in drawn
    assert b"Traceback" not in drawn
    assert b"p value" in out


def test_a_simulation_needs_no_world_and_makes_none(run: Run, home: Path) -> None:
    by_id = run("simulate", "crate", "-n", 500, "--json").answered()
    pack = run("simulate", SMALL_PACK, "--case", "crate", "-n", 500, "--json").answered()
    assert by_id == pack
    assert by_id["percentiles"]["99"] > by_id["percentiles"]["50"]
    assert list(home.iterdir()) == []
    run("simulate", "nope", "--json").refused("unknown_case")
    run("simulate", SMALL_PACK, "--case", "nope", "--json").refused("unknown_case")
    run("simulate", "crate", "--case", "crate", "--json").refused("invalid_file")
    run("simulate", home / "none.toml", "--json").refused("invalid_file")


def test_a_pack_with_faults_is_refused_with_each(run: Run, home: Path) -> None:
    pack = home / "broken.toml"
    pack.write_text('[pack]\nid = "broken"\n', encoding="utf-8")
    assert run("simulate", pack, "--json").refused("invalid_file")["faults"]


def test_runs_tell_how_long_luck_takes_and_what_it_costs(run: Run) -> None:
    command = ("simulate", "crate", "-n", 300, "--until", "legendary", "--budget", 2_000)
    found = run(*command, "--json").answered()
    assert found["ends"]["got"] + found["ends"]["ruined"] == found["rolls"] == 300
    assert found["wait"]["mean"] == 200
    assert run(*command, "--jobs", 2, "--json").answered() == found
    shown = run(*command).out
    assert "ruined" in shown
    assert "50 % have it by 139" in shown
    run("simulate", "crate", "--until", "nothing", "--json").refused("unknown_item")
    run("simulate", "crate", "--jobs", 0, "--json").refused("usage", 2)
