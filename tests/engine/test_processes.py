"""Several programs on one world, and programs that die."""

import json
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from inventui.engine.models import Sale
from tests.builders import SMALL_PACK, a_player, a_world, audited, opened
from tests.engine.killed_programs import open_for_ever

PREAMBLE = f"""
import json, sys
from pathlib import Path
from inventui.engine.world import World
from inventui.rules.refusal import Refusal
world = World.open(sys.argv[1], pack=Path({str(SMALL_PACK)!r}), daily_backup=False)
ana = world.player("ana")
print("ready", flush=True)
"""

SELLER = """
for line in sys.stdin:
    number = int(line)
    result = ana.inventory.sell([number])
    print(json.dumps(not isinstance(result, Refusal)), flush=True)
world.close()
"""

OPENER = """
sys.stdin.readline()
opened = refused = 0
for _ in range(60):
    result = ana.cases.open("box", 3)
    if isinstance(result, Refusal):
        assert result.reason == "insufficient_funds", result
        refused += 1
    else:
        opened += len(result.rolls)
        assert result.balance.oranges >= 0
print(json.dumps([opened, refused]), flush=True)
world.close()
"""


def _start(world: Path, program: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + program, str(world), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _ask(process: subprocess.Popen[str], line: str) -> object:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def test_of_two_processes_that_sell_one_thing_200_times_one_succeeds_each_time(
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.db"
    world = a_world(path)
    ana = a_player(world, oranges=100_000)
    things = [roll.item_id for _ in range(2) for roll in opened(ana, "crate", 100).rolls]
    value = ana.inventory.quote(things).total_value
    before = ana.card().oranges
    sellers = [_start(path, SELLER) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        for thing in things:
            sold = list(pool.map(lambda seller, n=thing: _ask(seller, str(n)), sellers))
            assert sorted(sold) == [False, True]
    for seller in sellers:
        seller.communicate(timeout=30)
        assert seller.returncode == 0
    assert ana.card().oranges == before + value
    audited(world)
    world.close()


def test_two_processes_that_open_for_one_player_use_no_nonce_twice_nor_go_below_zero(
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.db"
    world = a_world(path)
    # Less than either could spend alone, so that both come to be refused.
    ana = a_player(world, oranges=60_000)
    openers = [_start(path, OPENER) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda opener: _ask(opener, "go"), openers))
    for opener in openers:
        opener.communicate(timeout=30)
        assert opener.returncode == 0
    total = sum(opened for opened, _ in results)  # type: ignore[misc]
    assert all(refused for _, refused in results)  # type: ignore[misc]
    assert total == 60_000 // (450 * 3) * 3
    assert ana.card().oranges == 60_000 - 450 * total
    assert ana.fairness.show().active.nonce == total
    audited(world)
    world.close()


def test_after_each_of_100_kills_the_audit_holds_and_every_acknowledged_opening_is_there(
    tmp_path: Path,
) -> None:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.engine.killed_programs"])
    chance = random.Random(20261120)
    openings = 0
    for number in range(100):
        # A young world every tenth time keeps the audits quick.
        path, log = tmp_path / f"world{number // 10}.db", tmp_path / f"log{number}"
        if not path.exists():
            with a_world(path) as world:
                a_player(world)
                world.grant("ana", oranges=10**12)
            acknowledged: list[tuple[str, int]] = []
        victim = context.Process(target=open_for_ever, args=(path, log, f"{number}-"))
        victim.start()
        # Some openings are let through, whatever the machine's speed; then a random moment.
        least = chance.randint(0, 3)
        while not log.exists() or log.read_text().count("\n") < least:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.02))
        victim.kill()
        victim.join()
        assert victim.exitcode == -signal.SIGKILL
        whole = log.read_text().split("\n")[:-1]
        acknowledged += [(line.split()[0], int(line.split()[1])) for line in whole]
        openings += len(whole)
        _check(path, acknowledged)
    assert openings > 100


def _check(path: Path, acknowledged: list[tuple[str, int]]) -> None:
    with a_world(path) as world:
        audited(world)
        with world.store.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT o.key, o.id, count(r.id) FROM operation o"
                " JOIN roll r ON r.operation_id = o.id GROUP BY o.id"
            ).all()
    kept = {key: (operation, rolls) for key, operation, rolls in rows}
    for key, operation in acknowledged:
        assert kept[key] == (operation, 100)


def test_a_sale_in_one_program_is_seen_by_the_next_read_of_another(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    world, other = a_world(path), a_world(path)
    ana = a_player(world)
    number = opened(ana).rolls[0].item_id
    token = other.version_token()
    same = other.player("ana")
    assert isinstance(same.inventory.sell([number]), Sale)  # type: ignore[union-attr]
    assert world.version_token() > token
    assert ana.inventory.statistics().total_items == 0
    world.close()
    other.close()
