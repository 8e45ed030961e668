"""Several programs on one world, and programs that die."""

import random
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from inventui.engine.inventory.models import Sale
from inventui.engine.world import World
from tests.builders import NOW, SMALL_PACK, a_player, a_world, audited, opened
from tests.engine.killed_programs import open_for_ever, started
from tests.engine.programs import Programs


def test_of_two_programs_that_sell_one_thing_one_succeeds_each_time(
    world: World, programs: Programs, trust: bool
) -> None:
    ana = a_player(world, oranges=100_000)
    openings = [100, 100] if trust else [30]
    player_items = [
        roll.item_id for count in openings for roll in opened(ana, "crate", count).rolls
    ]
    value = ana.inventory.quote(player_items).total_value
    before = ana.card().oranges
    programs.open(world.path, NOW, "ana", "ana", pack=SMALL_PACK)
    for player_item in player_items:
        assert programs.ask(f"sell {player_item}").count("ended") == 1
    assert ana.card().oranges == before + value
    audited(world)


def test_two_programs_that_open_for_one_player_use_no_nonce_twice_nor_go_below_zero(
    world: World, programs: Programs, trust: bool
) -> None:
    # Less than either could spend alone, so that both come to be refused.
    each = 60 if trust else 15
    affordable = each * 3 // 4
    ana = a_player(world, oranges=1_350 * affordable + 1_000)
    had = ana.card().oranges
    programs.open(world.path, NOW, "ana", "ana", pack=SMALL_PACK)
    if trust:
        # Each goes on by itself, however far the other is.
        answers = [answer for told in programs.ask(f"spree box 3 {each}") for answer in told]
    else:
        answers = [answer for _ in range(each) for answer in programs.ask("cases box 3")]
    assert answers.count("insufficient_funds") == 2 * each - affordable
    assert ana.card().oranges == had - 1_350 * affordable >= 0
    assert ana.fairness.show().active.nonce == 3 * affordable
    audited(world)


def test_after_each_kill_the_audit_holds_and_every_acknowledged_opening_is_there(
    tmp_path: Path, trust: bool
) -> None:
    kills = 100 if trust else 3
    chance = random.Random(20261120)
    openings = 0
    for number in range(kills):
        # A young world every tenth time keeps the audits quick.
        path, log = tmp_path / f"world{number // 10}.db", tmp_path / f"log{number}"
        if not path.exists():
            with a_world(path) as world:
                a_player(world)
                world.grant("ana", oranges=10**12)
            acknowledged: list[tuple[str, int]] = []
        victim = started(open_for_ever, path, log, f"{number}-")
        # Some openings are let through, whatever the machine's speed; then a random moment.
        least = chance.randint(0, 3)
        let_through(victim, log, least)
        time.sleep(chance.uniform(0, 0.02))
        victim.kill()
        victim.join(60)
        assert victim.exitcode == -signal.SIGKILL
        whole = log.read_text().split("\n")[:-1]
        acknowledged += [(line.split()[0], int(line.split()[1])) for line in whole]
        openings += len(whole)
        _check(path, acknowledged)
    assert openings > kills or not trust


def let_through(victim: BaseProcess, log: Path, least: int) -> None:
    """Wait until a program has acknowledged so much."""
    end = time.monotonic() + 60
    while not log.exists() or log.read_text().count("\n") < least:
        assert victim.is_alive()
        assert time.monotonic() < end, "it acknowledges nothing"
        time.sleep(0.001)


def _check(path: Path, acknowledged: list[tuple[str, int]]) -> None:
    with a_world(path) as world:
        audited(world)
        with world.store.read() as connection:
            rows = connection.driver.execute(
                "SELECT o.key, o.id, count(r.id) FROM operation o"
                " JOIN roll r ON r.operation_id = o.id GROUP BY o.id"
            ).fetchall()
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
