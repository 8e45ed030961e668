"""A world with things to trade, and what tests of trades ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeView
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.trades.trades import TradeEvent
from tests.builders import SCREEN_PACKS, lived_in
from tests.screens.conftest import START, befriend, player_of

if TYPE_CHECKING:
    from inventui.engine.world import World

PACK = SCREEN_PACKS / "trades.toml"


def _open(folder: Path, clock: FrozenClock, seed: str) -> World:
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    entropy = SeededEntropy(seed)
    path = folder / "world.db"
    return World.open(path, clock=clock, entropy=entropy, pack=PACK, daily_backup=False)


def _share_out(path: Path) -> int:
    clock = FrozenClock(START)
    world = _open(path.parent, clock, "deals")
    for name in ("ana", "bo", "cy"):
        world.players.add(name, key=f"add-{name}")
    befriend(world, "ana", "bo")
    have(world, "ana", "straw", "straw", "stamp", "lemon", "lemon", "peel", "lime", "spoon")
    have(world, "bo", "straw", "stamp", "peel", "squeezer")
    world.close()
    return clock.at


@pytest.fixture
def trades_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana and her friend bo have things, cy has none; Zest and the Count live next door."""
    lived_in(tmp_path / "world.db", _share_out)
    world = _open(tmp_path, clock, "things to trade")
    yield world
    world.close()


def _trade(path: Path) -> int:
    clock = FrozenClock(_share_out(path))
    world = _open(path.parent, clock, "trade")
    traded(world, clock)
    world.close()
    return clock.at


@pytest.fixture
def traded_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has trades of every kind."""
    clock.at = lived_in(tmp_path / "world.db", _trade).at
    world = _open(tmp_path, clock, "traded")
    yield world
    world.close()


def have(world: World, name: str, *slugs: str) -> tuple[int, ...]:
    """Things that a player has from now on, by their numbers."""
    numbers = []
    for slug in slugs:
        granted = world.grant(name, item=slug)
        assert isinstance(granted, Grant), granted
        assert granted.item_id is not None
        numbers.append(granted.item_id)
    return tuple(numbers)


def named(world: World, name: str, *player_items: str) -> tuple[int, ...]:
    """Numbers of things that a player owns and could trade, by what they are called."""
    page = player_of(world, name).trades.wares(name, _everything())
    lines = list(page.items)  # type: ignore[union-attr]
    numbers = []
    for player_item in player_items:
        line = next(line for line in lines if line.name == player_item)
        lines.remove(line)
        numbers.append(line.id)
    return tuple(numbers)


def _everything() -> Any:
    from inventui.engine.inventory.models import InventoryQuery

    return InventoryQuery()


def offer(
    world: World, name: str, other: str, give: tuple[str, ...] = (), ask: tuple[str, ...] = (),
    *, oranges: int = 0, for_oranges: int = 0, message: str = "", answers: int | None = None,
) -> int:  # fmt: skip
    """An offer that must be possible, by the names of things; its number."""
    trades = player_of(world, name).trades
    held: list[int] = []
    wanted = list(ask)
    for line in () if answers is None else seen(world, name, answers).get.player_items:
        if line.name in wanted:
            wanted.remove(line.name)
            held.append(line.id)
    made_of = TradeOffer(
        named(world, name, *give), oranges, (*held, *named(world, other, *wanted)), for_oranges,
        message,
    )  # fmt: skip
    made = trades.propose(other, made_of) if answers is None else trades.counter(answers, made_of)
    assert isinstance(made, TradeMade), made
    return made.trade


def end(world: World, name: str, trade: int, event: TradeEvent, answer: str = "") -> None:
    """End an offer, as must be possible."""
    ended = player_of(world, name).trades.end(trade, event, answer=answer)
    assert isinstance(ended, TradeEnded), ended


def seen(world: World, name: str, trade: int) -> TradeView:
    """A trade as one of its players sees it."""
    view = player_of(world, name).trades.view(trade)
    assert isinstance(view, TradeView), view
    return view


def trades_of(world: World, name: str = "ana") -> list[TradeView]:
    """All of a player's trades, the newest first."""
    return list(player_of(world, name).trades.list().trades)


def traded(world: World, clock: FrozenClock) -> World:
    """Something of everything: over in each way, waiting for ana, open of hers, answered."""
    # So much time passes that they would make offers of their own.
    world.invite_neighbours(False)
    done = offer(world, "bo", "ana", ("Bent Straw",), ("Bent Straw",), message="Swap straws?")
    clock.advance(9 * MINUTE)
    end(world, "ana", done, TradeEvent.ACCEPT)
    declined = offer(world, "ana", "bo", ("Market Stamp",), (), for_oranges=2_000)
    end(world, "bo", declined, TradeEvent.DECLINE, "Not for a stamp, dear.")
    back = offer(world, "ana", "cy", ("Bent Straw",), (), for_oranges=90)
    end(world, "ana", back, TradeEvent.TAKE_BACK)
    clock.advance(50 * HOUR)
    first = offer(world, "ana", "bo", ("Glass Lemon",), ("Neon Peel",), oranges=50, message="Hm?")
    clock.advance(3 * HOUR)
    offer(
        world, "bo", "ana", ("Neon Peel",), ("Glass Lemon", "Glass Lemon"), for_oranges=900,
        message="Two of them, and we have a deal.", answers=first,
    )  # fmt: skip
    clock.advance(20 * MINUTE)
    offer(world, "cy", "ana", (), ("Neon Peel",), oranges=1_500, message="Please?")
    offer(world, "ana", "cy", ("Lime Letters", "Market Stamp"), (), oranges=5, for_oranges=400)
    clock.advance(7 * MINUTE)
    return world
