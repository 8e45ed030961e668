"""The lab: rolls against a bare loop of HMACs, and whole economies against a minute."""

import hmac
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from benchmarks.harness import Effort, Row, compare, timed
from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.lab.economy import EconomySetting, play_economies
from inventui.lab.personas.model import BASE, PersonaFile, read_personas
from inventui.lab.processes import processes
from inventui.lab.rolling import simulate_in

SEED = "inventui"


def lab(_: Path, effort: Effort) -> Iterator[Row]:
    """As many rolls on both sides, in one process and in one for each processor; then months."""
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

    taken = _months(effort(8, 2))
    yield Row("1,000 months of a player, processor time · 60 s", taken, 60, taken / 60, None, 1)


def _months(runs: int) -> float:
    """Seconds of processor time that 1,000 months of a player take."""
    read = read_personas(BASE)
    assert isinstance(read, PersonaFile)
    setting = EconomySetting((base_pack(),), read.personas, 30, SEED)
    play_economies(setting, 1, 1)
    start = process_time()
    play_economies(setting, runs, 1)
    months = runs * sum(persona.weight for persona in read.personas)
    return (process_time() - start) * 1_000 / months


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
