"""Thirty who play on one world at once: what is lost, whether the audit holds, the slowest."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from sqlite3 import connect
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from typing import Any

from benchmarks.harness import Effort, Row
from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.core.models import PlayerCard
from inventui.engine.people.models import FriendChange
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeOffer
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.friends import FriendEvent

BOTS = 30
ORANGES = 10**9
ITEM = "donut"
LONGEST_PAUSE = 1.0
"""Seconds between two doings of one who plays, at most: less than a person takes."""

ARRIVING = 10.0
"""Seconds within which they come, as nobody comes at the same moment."""


def crowd(folder: Path, effort: Effort) -> Iterator[Row]:
    """Bots in programs of their own, some minutes long."""
    path = folder / "world.db"
    with World.open(path, daily_backup=False) as world:
        for bot in range(BOTS):
            assert isinstance(world.players.add(f"bot {bot}"), PlayerCard)
            assert isinstance(world.grant(f"bot {bot}", ITEM, oranges=ORANGES), Grant)
        for bot in range(BOTS):
            assert isinstance(
                _bot(world, bot).friends.change(
                    f"bot {bot ^ 1}", FriendEvent.ACCEPT if bot % 2 else FriendEvent.REQUEST
                ),
                FriendChange,
            )
    seconds = effort(600, 20)
    done = _play(path, folder, seconds)
    taken = [took for _, took, _ in done]
    with World.open(path, daily_backup=False) as world:
        report = world.audit()
    assert report.ok, [fault for check in report.checks for fault in check.faults]
    with closing(connect(path)) as connection:
        kept = dict(connection.execute("SELECT id, kind FROM operation WHERE player_id > 0"))
    lost = sum(kept.get(operation) != kind for kind, _, operation in done)
    kinds = ", ".join(sorted({kind for kind, _, _ in done}))
    rate = len(done) / seconds
    yield Row(
        f"{BOTS} bots, {len(done):,} of {kinds} ({rate:.0f} a second), slowest · a second",
        max(taken), 1.0, max(taken), None, 1,
    )  # fmt: skip
    yield Row(f"{BOTS} bots, p95 of an operation · median", quantiles(taken, n=20)[-1],
              median(taken), quantiles(taken, n=20)[-1] / median(taken), None, None)  # fmt: skip
    yield Row(
        f"{BOTS} bots, operations told of and not kept, of all",
        lost / len(done), 1.0, lost / len(done), None, 0, unit="%",
    )  # fmt: skip


def _bot(world: World, number: int) -> PlayerHandle:
    handle = world.player(f"bot {number}")
    assert isinstance(handle, PlayerHandle), handle
    return handle


def _play(path: Path, folder: Path, seconds: int) -> list[tuple[str, float, int]]:
    """Kind, seconds and number of each operation that bots were told is done."""
    sys.stdout.flush()
    bots = []
    for number in range(BOTS):
        process = os.fork()
        if not process:
            status = 1
            try:
                did = _life(path, number, seconds)
                (folder / f"{number}.json").write_text(json.dumps(did))
                status = 0
            finally:
                os._exit(status)
        bots.append(process)
    assert [os.waitpid(process, 0)[1] for process in bots] == [0] * BOTS
    return [
        (kind, took, operation)
        for number in range(BOTS)
        for kind, took, operation in json.loads((folder / f"{number}.json").read_text())
    ]


def _life(path: Path, number: int, seconds: int) -> list[tuple[str, float, int]]:
    random, done = Random(number), list[tuple[str, float, int]]()
    with World.open(path, daily_backup=False, busy_seconds=60) as world:
        player, friend = _bot(world, number), f"bot {number ^ 1}"
        case, won = world.catalogue.cases()[0].id, list[int]()
        end = monotonic() + seconds
        sleep(random.uniform(0, min(ARRIVING, seconds / 4)))

        def sells() -> Any:
            return player.inventory.sell([won.pop() for _ in won[:2]])

        def lists() -> Any:
            return player.bazaar.list(won.pop(), random.randint(50, 500)) if won else None

        def buys() -> Any:
            page = player.bazaar.page(BazaarQuery(), limit=20)
            assert not isinstance(page, Refusal)
            open_ones = [line.id for line in page.lines if not line.mine and not line.refusal]
            return player.bazaar.buy(random.choice(open_ones)) if open_ones else None

        def answers() -> Any:
            waiting = [each for each in player.trades.list(open_only=True).trades if not each.mine]
            return player.trades.accept(waiting[0].id) if waiting else None

        def offers() -> Any:
            mine = tuple(won.pop() for _ in won[:1])
            return player.trades.propose(friend, TradeOffer(mine, 5, ask_oranges=7))

        doings = {
            "open": lambda: player.cases.open(case, random.randint(1, 5)),
            "sell": sells,
            "buy": lambda: player.shop.buy(ITEM),
            "list": lists,
            "bazaar_buy": buys,
            "gift": lambda: player.gifts.send_money(friend, 3),
            "trade": offers,
            "trade_accept": answers,
        }
        while monotonic() < end:
            sleep(random.uniform(0, LONGEST_PAUSE))
            kind = random.choice([*doings, "open"])
            start = perf_counter()
            outcome = doings[kind]()
            took = perf_counter() - start
            if outcome is not None and not isinstance(outcome, Refusal):
                done.append((kind, took, outcome.operation))
                won += [roll.item_id for roll in getattr(outcome, "rolls", ())]
    return done
