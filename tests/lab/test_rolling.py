"""Simulations of cases: fast, in processes, and until luck or the purse ends a run."""

import hmac
import os
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Timer
from time import sleep

import pytest

from inventui.engine.cases.models import Simulation
from inventui.engine.simulate import simulate
from inventui.lab import rolling
from inventui.lab.processes import spread
from inventui.lab.rolling import CaseRuns, RunEnd, simulate_in, simulate_runs
from inventui.rules.cases.fairness import TICKETS, blocks, least_block, tickets
from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.cases.waiting import wait_for
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal

ENTRIES = (
    OddsEntry("Crown", 1_000, Rarity.LEGENDARY, 10_000, "crown"),
    OddsEntry("Cup", 50, Rarity.RARE, 90_000, "cup"),
    OddsEntry("Pip", 5, Rarity.COMMON, 600_000, "pip"),
    OddsEntry("Nothing", 0, Rarity.COMMON, 300_000, ""),
)
PLAIN = OddsTable("crate", 100, ENTRIES)
PROMISED = replace(PLAIN, guarantee=Guarantee(Rarity.LEGENDARY, 40, 30, 50_000))
CUPS = (
    OddsEntry("Cup", 50, Rarity.RARE, 400_000, "cup"),
    OddsEntry("Nothing", 0, Rarity.COMMON, 600_000, ""),
)
POOLS = replace(PLAIN, entries=ENTRIES + CUPS, pools=((2, 4), (1, 2)))


def found(simulation: Simulation | Refusal) -> Simulation:
    assert isinstance(simulation, Simulation)
    return simulation


def runs(odds: OddsTable, count: int, until: str | None, budget: int | None) -> CaseRuns:
    simulation = simulate_runs(1, odds, count, "abc", until, budget)
    assert isinstance(simulation, CaseRuns)
    return simulation


@pytest.mark.parametrize("key", ["abc", "ü" * 64])
def test_blocks_are_those_of_hmac(key: str) -> None:
    expected = [
        hmac.digest(key.encode(), f"50%:{nonce}:0".encode(), "sha256") for nonce in range(5)
    ]
    assert blocks(key, "50%", range(5)) == expected


def test_a_block_is_below_the_least_block_of_a_ticket_exactly_if_its_ticket_is_lower() -> None:
    drawn = blocks("abc", "abc", range(2_000))
    rolled = tickets("abc", "abc", 0, 2_000)
    for block, ticket in zip(drawn, rolled, strict=True):
        assert least_block(ticket) <= block < least_block(ticket + 1)
    assert all(block < least_block(TICKETS) for block in (*drawn, b"\xff" * 32))


@pytest.mark.parametrize("odds", [PLAIN, PROMISED, POOLS], ids=["plain", "promised", "pools"])
def test_a_simulation_wins_what_the_games_own_rolls_win(odds: OddsTable) -> None:
    seen: Counter[int] = Counter()
    since, per = 0, odds.rolls
    for nonce, ticket in enumerate(tickets("abc", "abc", 0, 30_000 * per)):
        index = odds.winner(ticket, since, nonce % per)
        since = odds.since_after(index, since)
        seen[index] += 1
    simulated = found(simulate(odds, 30_000, "abc"))
    assert [entry.seen for entry in simulated.entries] == [
        seen[index] for index in range(len(odds.entries))
    ]
    assert sum(entry.expected for entry in simulated.entries) == pytest.approx(30_000 * per)
    assert simulated.won / simulated.paid == pytest.approx(float(odds.return_to_player), rel=0.1)
    assert simulated.degrees == (4 if odds is POOLS else 3)


def late(path: Path) -> None:
    sleep(8)
    path.touch()


def test_who_interrupts_several_processes_does_not_wait_for_what_they_are_at(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    interrupt = Timer(2, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt), spread(late, paths, 2) as found:
        next(found)
    assert list(tmp_path.iterdir()) == []


def hears_interrupts(_: int) -> bool:
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_never_hear_ctrl_c_not_even_as_they_start() -> None:
    with spread(hears_interrupts, range(2), 2) as found:
        assert list(found) == [False, False]
    assert hears_interrupts(0)


def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolling, "PIECE", 1_000)
    for odds in (PLAIN, POOLS, PROMISED):
        assert simulate_in(2, odds, 4_500, "abc") == simulate(odds, 4_500, "abc")


def test_what_openings_are_worth_is_told_by_percentiles() -> None:
    worth = found(simulate(PLAIN, 20_000, "abc")).percentiles
    assert (worth[25], worth[50], worth[75]) == (0, 5, 5)
    both = found(simulate(POOLS, 20_000, "abc")).percentiles
    assert (both[1], both[50]) == (0, 50)


@pytest.mark.parametrize("odds", [PLAIN, PROMISED, POOLS], ids=["plain", "promised", "pools"])
def test_runs_wait_as_long_as_the_exact_figures_say(odds: OddsTable) -> None:
    waited = runs(odds, 3_000, "crown", None)
    wait = wait_for(odds, lambda entry: entry.item == "crown")
    assert wait is not None
    assert waited.wait == wait
    assert waited.ends == {RunEnd.GOT: 3_000, RunEnd.RUINED: 0, RunEnd.STOPPED: 0}
    assert waited.mean_openings == pytest.approx(float(wait.mean), rel=0.1)
    assert waited.openings[50] == pytest.approx(wait.half, rel=0.15)


def test_a_run_ends_when_the_next_opening_cant_be_paid() -> None:
    ruined = runs(PLAIN, 500, None, 1_000)
    assert ruined.ends[RunEnd.GOT] == 0
    assert ruined.ends[RunEnd.RUINED] == 500
    assert all(900 < spent <= 1_000 for spent in ruined.spent.values())
    assert runs(PLAIN, 10, "cup", 99).openings[99] == 0
    either = runs(PLAIN, 500, "Legendary", 3_000)
    assert either.ends[RunEnd.GOT] + either.ends[RunEnd.RUINED] == 500
    assert 0 < either.ends[RunEnd.GOT] < 500


def test_runs_that_are_stopped_answer_with_those_that_are_done() -> None:
    stopped = simulate_runs(1, PLAIN, 1_000, "abc", None, 500, lambda done: done < 200)
    assert stopped == runs(PLAIN, 200, None, 500)


def test_what_a_case_never_gives_is_refused() -> None:
    refusal = simulate_runs(1, PLAIN, 10, "abc", "sceptre", None)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.UNKNOWN_ITEM
    poor = simulate_runs(1, PLAIN, 10, "abc", None, -1)
    assert isinstance(poor, Refusal)
    assert poor.reason is Reason.INVALID_AMOUNT


def test_runs_that_would_never_end_of_a_case_that_earns_end_early() -> None:
    earning = replace(PLAIN, price=1)
    found = runs(earning, 20, None, 3)
    assert found.ends[RunEnd.STOPPED] > 0
    assert sum(found.ends.values()) == 20
    assert found.most_openings == rolling.MOST_EARNING
    assert max(found.openings.values()) == rolling.MOST_EARNING


def test_long_runs_are_looked_at_more_often_so_that_ctrl_c_is_answered_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wait = wait_for(PLAIN, lambda entry: entry.item == "crown")
    assert wait is not None
    monkeypatch.setattr(rolling, "PIECE", 3 * int(wait.mean) + 3)
    stopped = simulate_runs(1, PLAIN, 1_000, "abc", "crown", None, lambda _: False)
    assert not isinstance(stopped, Refusal)
    assert stopped.rolls == 3
