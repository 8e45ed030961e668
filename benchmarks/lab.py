"""The lab: simulated rolls against a bare loop of HMACs, in one process and in all."""

import hmac
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.harness import Effort, Row, compare, timed
from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.lab.processes import processes
from inventui.lab.rolling import simulate_in

SEED = "inventui"


def lab(_: Path, effort: Effort) -> Iterator[Row]:
    """As many rolls on both sides, in one process and in one for each processor."""
    case = load_pack(base_pack()).cases[0]
    odds = case.odds_table()
    for jobs, rolls in ((1, effort(1_000_000, 100_000)), (processes(None), effort(10**8, 10**6))):
        yield compare(
            f"{rolls:,} rolls in {jobs} processes · as many HMACs in as many",
            timed(lambda: simulate_in(jobs, odds, rolls, SEED)),  # noqa: B023
            timed(lambda: _bare(jobs, rolls)),  # noqa: B023
            effort(3, 3),
            1.1,
            warm=0,
        )


def _bare(jobs: int, rolls: int) -> None:
    share = rolls // jobs
    if jobs == 1:
        _hmacs(0, rolls)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        list(pool.map(_hmacs, range(0, rolls, share), [share] * jobs))


def _hmacs(first: int, count: int) -> None:
    key, digest = SEED.encode(), hmac.digest
    for nonce in range(first, first + count):
        digest(key, b"inventui:%d:0" % nonce, "sha256")
