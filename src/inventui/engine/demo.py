"""The demo: a throw-away world with a fixed seed, the same at every start."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.cases.models import Opening
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, HOUR, MINUTE, SECOND, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.rules.people.friends import FriendEvent

SEED = "inventui-demo"
PLAYER = "ana"
STARTS_AT = 1_795_199_400_000
"""2026-11-20 18:30 UTC: market hours."""

_ALLOWANCE = 400_000
"""Oranges beside the starting money: enough for three days at the market, and for an outfit."""

OUTFIT = (
    "double-shift", "zest-in-show", "grove-by-torchlight", "sunset-bottled", "till-jackpot",
    "sure-thing", "off-season-straw", "fed-at-last", "clip-on-confidence", "lemon-in-the-tube",
    "hot-plate", "indigo-last-call", "through-the-awning", "bar-chart-bar-tab", "squared-away",
    "not-rolled-back",
)  # fmt: skip
"""What the player has bought to wear, at most one thing of a category."""

GEAR = ("steam-and-a-half", "tent-with-intent", "twist-of-lime", "puddle-policy")
"""What the player runs, lives in and carries."""

FRIEND = "Auntie Zest"
"""The neighbour whom the player asks to be friends, and who says yes."""

_ROUNDS = 3

_CASES = 8
"""Of how many cases the player opens some: of the first, and of the last that other packs bring."""

_LISTED = 4
"""How many player items of a rarity the player lists a day."""

_SHARES = {Rarity.UNCOMMON: 84, Rarity.RARE: 118}
"""For how much of their worth, in percent, and 2 more each day."""


class DemoClock(FrozenClock):
    """A clock that stands still until it is let run."""

    _started: float | None = None

    def run(self) -> None:
        """Go on from where it stands."""
        self._started = monotonic()

    def now(self) -> int:
        """The time it was set to, and what has passed since it runs."""
        return self.at + self._passed()

    def uptime(self) -> int:
        """How long it has been moved and has been running."""
        return self.up + self._passed()

    def _passed(self) -> int:
        passed = 0.0 if self._started is None else monotonic() - self._started
        return int(passed * SECOND)


class DemoWorld(World):
    """A world that is gone when it is closed."""

    def close(self) -> None:
        """Let go of the world and delete its folder."""
        super().close()
        shutil.rmtree(self.path.parent, ignore_errors=True)


def open_demo(
    *, running: bool = False, pack: Path | None = None, packs: Sequence[Path] = ()
) -> DemoWorld:
    """Make the demo's world: a player with some history and a few hundred player items.

    Args:
        pack: its first pack; the base pack by default.
        packs: those upon it.
        running: whether time passes in it, as who plays wants it; it begins at one
            moment all the same.

    Raises:
        WorldError: the folder for temporary files can't be written, or a pack not loaded.
    """
    folder = Path(tempfile.mkdtemp(prefix="inventui-demo-"))
    clock = DemoClock(STARTS_AT - _ROUNDS * DAY)
    try:
        world = DemoWorld.open(
            folder / "demo.db",
            clock=clock,
            entropy=SeededEntropy(SEED),
            pack=pack,
            packs=packs,
            daily_backup=False,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    player = fill(world, clock, sure=not (pack or packs))
    clock.at = STARTS_AT
    player.catch_up()
    if running:
        clock.run()
    return world


def fill(
    world: World, clock: FrozenClock, *, player: str = PLAYER, sure: bool = True
) -> PlayerHandle:
    """Give a player three days of openings, sales, locks and a rotation, and an outfit.

    Args:
        world: a new world.
        clock: its clock.
        player: who.
        sure: it has the base pack alone, with all that is bought here at its price.
    """
    _done = _must if sure else _may
    _done(world.players.add(player, key="demo-player"))
    handle = world.player(player)
    assert isinstance(handle, PlayerHandle)
    _done(world.grant(player, oranges=_ALLOWANCE, key="demo-grant"))
    handle.streets.targets()
    _done(handle.friends.change(FRIEND, FriendEvent.REQUEST, "demo-friend"))
    for slug in GEAR:
        _done(handle.shop.buy(slug, key=f"demo-buy-{slug}"))
    cases = world.catalogue.cases()[:_CASES]
    cases += tuple(case for case in world.catalogue.cases()[_CASES:] if ":" in case.id)[-_CASES:]
    for day in range(_ROUNDS):
        for index, case in enumerate(cases):
            count = max(1, min(60, 12_000 // case.price))
            opened = handle.cases.open(case.id, count, key=f"demo-{day}-{index}")
            if isinstance(opened, Opening):
                handle.reveals.revealed(opened.operation)
            clock.advance(90 * MINUTE if index < _CASES else 0)
        _sell_some(handle, day, _done)
        _put_up(handle, day, _done)
        if day == 0:
            for slug in OUTFIT:
                _done(handle.shop.buy(slug, key=f"demo-buy-{slug}"))
        if day == 1:
            _done(handle.fairness.rotate(key="demo-rotate"))
        clock.advance(10 * HOUR)
    _done(handle.workshop.fuse_cheapest(Rarity.COMMON, "demo-fuse"))
    handle.reveals.revealed(world.version_token())
    # Three days' goals are no news to whoever looks in now.
    _done(handle.achievements.award(key="demo-achieve"))
    handle.notifications.seen([told.id for told in handle.notifications.fresh(0)])
    return handle


def _sell_some(handle: PlayerHandle, day: int, _done: Callable[[object], None]) -> None:
    """Sell a handful of commons and lock the best player item, as a player would."""
    commons = handle.inventory.page(InventoryQuery(rarity=Rarity.COMMON), limit=8)
    assert isinstance(commons, InventoryPage)
    _done(handle.inventory.sell([line.id for line in commons.items], key=f"demo-sell-{day}"))
    best = handle.inventory.page(InventoryQuery(sort=Sort.VALUE), limit=1)
    assert isinstance(best, InventoryPage)
    _done(handle.inventory.lock([line.id for line in best.items], True, key=f"demo-lock-{day}"))


def _put_up(handle: PlayerHandle, day: int, _done: Callable[[object], None]) -> None:
    """List a few items for less than they are worth, which neighbours buy, and a few for more."""
    _done(handle.bazaar.page(BazaarQuery()))
    for rarity, share in _SHARES.items():
        query = InventoryQuery(InventoryTab.COLLECTIBLES, Sort.NAME, Status.OWNED, rarity)
        found = handle.inventory.page(query, limit=_LISTED)
        assert isinstance(found, InventoryPage)
        for line in found.items:
            price = line.value * (share + 2 * day) // 100
            _done(handle.bazaar.list(line.id, price, key=f"demo-list-{line.id}"))


def _must(result: object) -> None:
    assert not isinstance(result, Refusal), result


def _may(_: object) -> None:
    """Whether it was refused is of no matter: another pack may have other things and prices."""


__all__ = ["PLAYER", "DemoWorld", "fill", "open_demo"]
