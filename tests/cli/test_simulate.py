"""Simulation: many rolls against the odds."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inventui.engine.world import World
from tests.builders import contents
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


def test_a_stopped_simulation_says_how_far_it_came(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(self: World, case: str, rolls: int, seed: str, progress: object) -> None:
        progress(20_000)  # type: ignore[operator]
        raise KeyboardInterrupt

    monkeypatch.setattr(World, "simulate", stopped)
    said = run("simulate", "crate", "-n", 1_000_000).said(130)
    assert said == "Stopped after 20,000 of 1,000,000 rolls."
    run("simulate", "crate", "-n", 1_000_000, "--json").refused("interrupted", 130)


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
    assert out == b""
