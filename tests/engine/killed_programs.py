"""Programs that open cases, rob, give, withdraw or deal until they are killed."""

import itertools
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing import current_process, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from inventui.engine.bazaar.models import Bought
from inventui.engine.cases.models import Opening
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.people.models import GiftSent
from inventui.engine.streets.models import RobberyDone
from inventui.engine.trades.models import TradeEnded
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.workshop.models import Fused
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.money import Currency
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import MARKETS_PACK, NOW, PEOPLE_PACK, TOWN_PACK, a_world, done, in_a_file
from tests.engine.bazaar import put_up
from tests.engine.trading import offered
from tests.engine.watching import watched


def started(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A program that is quick to start: it is forked from one that has loaded all it needs."""
    in_a_file()
    # A folder that multiprocessing makes by itself would be looked for after the tests' is gone.
    current_process()._config.setdefault("tempdir", mkdtemp())  # type: ignore[attr-defined]
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=target, args=arguments)
    process.start()
    return process


def open_for_ever(path: Path, log: Path, prefix: str) -> None:
    """Open 100 crates at a time; each opening is acknowledged by a line of `log`."""
    world = a_world(path)
    ana = world.player("ana")
    assert isinstance(ana, PlayerHandle)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in itertools.count():
        key = f"{prefix}{number}"
        opening = ana.cases.open("crate", 100, key)
        assert isinstance(opening, Opening), opening
        os.write(file, f"{key} {opening.operation}\n".encode())


def rob_for_ever(path: Path, log: Path, prefix: str) -> None:
    """Let hours pass and rob whom one meets; each robbery is acknowledged by a line of `log`."""
    clock = FrozenClock(NOW)
    world = a_world(path, clock=clock, pack=TOWN_PACK)
    ana = world.player("ana")
    assert isinstance(ana, PlayerHandle)
    with world.store.read() as connection:
        latest = connection.driver.execute("SELECT max(at) FROM operation").fetchone()[0]
    clock.at = max(clock.at, int(latest))
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in itertools.count():
        key = f"{prefix}{number}"
        # Both sides' time is made up for in the robbery's own transaction.
        clock.advance(7 * HOUR)
        robbery = ana.streets.rob(("bob", "Zest")[number % 2], key)
        if isinstance(robbery, RobberyDone):
            os.write(file, f"{key} {robbery.operation}\n".encode())
        ana.catch_up()


def give_until(path: Path, log: Path, prefix: str, steps: int) -> None:
    """Give a crown and money to and fro, and die after so many steps; `log` has each gift."""
    world = a_world(path, clock=FrozenClock(NOW), pack=PEOPLE_PACK)
    ana, bob = (done(world.player(name), PlayerHandle) for name in ("ana", "bob"))
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _die_after(world, steps)
    for number in itertools.count():
        key, (giver, friend) = f"{prefix}{number}", ((ana, bob), (bob, ana))[number % 2]
        currency = (Currency.ORANGES, Currency.GEMS)[number // 2 % 2]
        money = giver.gifts.send_money(friend.name, 2 + number, currency, key=f"{key}m")
        os.write(file, f"{key}m {done(money, GiftSent).operation}\n".encode())
        for line in done(
            giver.inventory.page(InventoryQuery(tab=InventoryTab.GEAR)), InventoryPage
        ).items:
            gift = giver.gifts.send_item(friend.name, line.id, "Yours", key)
            os.write(file, f"{key} {done(gift, GiftSent).operation}\n".encode())


def withdraw_until(path: Path, log: Path, prefix: str, steps: int) -> None:
    """Withdraw one dear thing after the other, and die after so many steps; `log` as above."""
    world = a_world(path, clock=FrozenClock(NOW), pack=PEOPLE_PACK)
    ana = done(world.player("ana"), PlayerHandle)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    page = ana.inventory.page(InventoryQuery(min_value=10_000))
    _die_after(world, steps)
    for number, line in enumerate(done(page, InventoryPage).items):
        key = f"{prefix}{number}"
        withdrawn = done(ana.withdrawals.withdraw(line.id, "By hand", key), Withdrawn)
        os.write(file, f"{key} {withdrawn.operation}\n".encode())
        ana.withdrawals.deliver(path.parent / "documents")


Deal = Callable[[PlayerHandle, PlayerHandle, str], int]


def buy(seller: PlayerHandle, buyer: PlayerHandle, key: str) -> int:
    """One lists what the other buys: the number of the purchase."""
    return done(buyer.bazaar.buy(put_up(seller, goblet(seller)), key), Bought).operation


def accept(proposer: PlayerHandle, partner: PlayerHandle, key: str) -> int:
    """One offers what the other accepts: the number of the acceptance."""
    give, ask = (goblet(proposer),), (goblet(partner),)
    trade = offered(proposer, partner.name, give=give, give_oranges=70, ask=ask, ask_oranges=30)
    return done(partner.trades.accept(trade, key), TradeEnded).operation


def fuse(one: PlayerHandle, other: PlayerHandle, key: str) -> int:
    """One fuses five of what there is most of: the number of the fusion."""
    rarity = max((Rarity.COMMON, Rarity.UNCOMMON), key=lambda rarity: one.workshop.counts()[rarity])
    return done(one.workshop.fuse_cheapest(rarity, key), Fused).operation


DEALS: dict[str, Deal] = {"bazaar_buy": buy, "trade_accept": accept, "fuse": fuse}
"""By the kind of the operation that is acknowledged."""


def goblet(player: PlayerHandle) -> int:
    """The oldest goblet of a player's."""
    page = done(player.inventory.page(InventoryQuery(search="goblet"), limit=1_000), InventoryPage)
    return min(line.id for line in page.items if line.status is Status.OWNED)


def deal_until(kind: str, path: Path, log: Path, prefix: str, steps: int) -> None:
    """Deal to and fro, and die after so many steps; `log` as above."""
    world = a_world(path, clock=FrozenClock(NOW), pack=MARKETS_PACK)
    sides = [done(world.player(name), PlayerHandle) for name in ("ana", "bob")]
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _die_after(world, steps)
    for number in itertools.count():
        key = f"{prefix}{number}"
        operation = DEALS[kind](sides[0], sides[1], key)
        os.write(file, f"{key} {operation}\n".encode())
        sides.reverse()


_WATCHING = ExitStack()
"""What lasts until a program is killed."""


def _die_after(world: World, steps: int) -> None:
    """Kill this program at its so many-th step.

    Steps are statements, commits, the middle of what is written to a file, its flush and
    its renaming.
    """
    left = steps

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any) -> Any:
            step()
            return call(*arguments)

        return stepped

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        file = open_file(path, *arguments, **named)
        write = file.write

        def in_two_halves(content: str) -> None:
            write(content[: len(content) // 2])
            file.flush()
            step()
            write(content[len(content) // 2 :])

        file.write = in_two_halves
        return file

    # Kept, or what watches would be let go of at once.
    _WATCHING.enter_context(watched(world, step, step, step))
    open_file: Callable[..., Any] = Path.open
    patch.multiple(os, fsync=stepping(os.fsync), replace=stepping(os.replace)).start()
    patch.object(Path, "open", opened).start()
