"""Programs that do what they are told at the same moment, each for a player of one world."""

import json
import select
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.builders import TOWN_PACK

PATIENCE = 60
"""Seconds after which a program that does not answer has failed."""

# Each line of input is a deed; what it came to is a line of output.
PROGRAM = """
import json, sys
from pathlib import Path
from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.trades.models import TradeOffer
from inventui.engine.world import World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.people.friends import FriendEvent
from inventui.rules.core.refusal import Refusal
world = me = None
deeds = {
    "stalls": lambda: me.black_market.rotation(),
    "buy": lambda slug: me.black_market.buy(slug),
    "claim": lambda number: me.escrow.claim(int(number)),
    "play": lambda key: me.streets.play(70, key),
    "rob": lambda name, key: me.streets.rob(name, key),
    "daily": lambda: me.streets.daily(),
    "reroll": lambda: me.gear_shop.reroll(),
    "catch_up": lambda: me.catch_up(),
    "targets": lambda: me.streets.targets(),
    "list": lambda number, price: me.bazaar.list(int(number), int(price)),
    "shop": lambda number, *key: me.bazaar.buy(int(number), *key),
    "bazaar": lambda: me.bazaar.page(BazaarQuery(), limit=1_000),
    "offer": lambda name, number: me.trades.propose(
        name, TradeOffer(give=(int(number),), ask_oranges=1)),
    "accept": lambda number, *key: me.trades.accept(int(number), *key),
    "take_back": lambda number: me.trades.take_back(int(number)),
    "decline": lambda number: me.trades.decline(int(number)),
    "fuse": lambda *numbers: me.workshop.fuse([int(number) for number in numbers]),
    "complete": lambda case: me.collections.complete(case),
    "cases": lambda case, count: me.cases.open(case, int(count)),
    "spree": lambda case, count, times: [
        me.cases.open(case, int(count)) for _ in range(int(times))],
    "sell": lambda number: me.inventory.sell([int(number)]),
    "give": lambda name, number: me.gifts.send_item(name, int(number)),
    "pay": lambda name, oranges: me.gifts.send_money(name, int(oranges)),
    "befriend": lambda name, event: me.friends.change(name, FriendEvent(event)),
}
for line in sys.stdin:
    deed, *words = line.split()
    if deed == "open":
        if world is not None:
            world.close()
        path, at, name, pack = words
        clock = FrozenClock(int(at))
        world = World.open(
            path, clock=clock, pack=Path(pack), daily_backup=False, look_seconds=60
        )
        me = world.player(name)
        result = None
    else:
        result = deeds[deed](*words)
    if isinstance(result, Refusal):
        told = str(result.reason)
    elif deed == "spree":
        told = [str(each.reason) if isinstance(each, Refusal) else None for each in result]
    elif deed == "stalls":
        told = [[s.slug, s.stock, s.price] for s in result.stalls]
    elif deed == "targets":
        told = [[t.name, t.oranges] for t in result]
    elif deed == "bazaar":
        told = [[line.id, line.seller, line.price] for line in result.lines]
    else:
        told = "nothing" if result is None else [result.operation, result.repeat]
    print(json.dumps(told), flush=True)
"""


class Programs:
    """Four programs that are asked at the same moment."""

    def __init__(self) -> None:
        self.all = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        self.used = self.all

    def open(self, path: Path, at: int, *players: str, pack: Path = TOWN_PACK) -> None:
        """As many programs as there are names open a world at a time, each for a player."""
        self.used = self.all[: len(players)]
        for process, name in zip(self.used, players, strict=True):
            assert _ask(process, f"open {path} {at} {name} {pack}") == "nothing"

    def ask(self, line: str) -> list[Any]:
        """What the deed came to for each of those that were opened last."""
        with ThreadPoolExecutor(len(self.used)) as pool:
            return list(pool.map(lambda process: _ask(process, line), self.used))

    def ask_each(self, *lines: str) -> list[Any]:
        """What a deed of its own came to for each of those that were opened last."""
        with ThreadPoolExecutor(len(self.used)) as pool:
            return list(pool.map(_ask, self.used, lines))

    def end(self) -> None:
        """They end by themselves when nothing is asked any more."""
        for process in self.all:
            process.communicate(timeout=30)
        assert [process.returncode for process in self.all] == [0] * len(self.all)


def _ask(process: "subprocess.Popen[str]", line: str) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()
    # A line is asked for at a time, so nothing waits in the buffer.
    answers, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert answers, f"no answer to {line}"
    return json.loads(process.stdout.readline())


@contextmanager
def running() -> Iterator[Programs]:
    """Programs that have ended well afterwards."""
    programs = Programs()
    try:
        yield programs
        programs.end()
    finally:
        for process in programs.all:
            process.kill()
            process.wait(PATIENCE)
