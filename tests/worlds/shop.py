"""A world with a stocked shop, and what tests of shop, drawer and wearing ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.app.app import InventuiApp
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.clock import FrozenClock
from tests.builders import SCREEN_PACKS, done, lived_in
from tests.screens.conftest import START, player_of

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

    from inventui.engine.world import World

PACK = SCREEN_PACKS / "shop.toml"


def open_shop_world(tmp_path: Path, clock: FrozenClock, *, seed: str = "stall") -> World:
    """A world of the shop's pack, in which ana has just begun if nobody lives there yet."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "world.db",
        clock=clock,
        entropy=SeededEntropy(seed),
        pack=PACK,
        daily_backup=False,
    )
    if not world.players.everybody():
        world.players.add("ana", key="add-ana")
    return world


@pytest.fixture
def shop_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has what everybody has at the start."""
    world = open_shop_world(tmp_path, clock)
    yield world
    world.close()


def _live_richly(path: Path) -> int:
    clock = FrozenClock(START)
    world = open_shop_world(path.parent, clock)
    world.grant("ana", oranges=500_000, gems=500, key="rich")
    world.close()
    return clock.at


@pytest.fixture
def rich(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has money for everything."""
    lived_in(tmp_path / "world.db", _live_richly)
    world = open_shop_world(tmp_path, clock, seed="rich")
    yield world
    world.close()


def _live_well(path: Path) -> int:
    clock = FrozenClock(_live_richly(path))
    world = open_shop_world(path.parent, clock, seed="rich")
    buy(world, "frame", "title", "background", "bigpulp-hat", "font-color", "font-style")
    buy(world, "tabs-style", "visitor-counter", "donut", "donut", "poop", "kit", "spoon")
    player = player_of(world)
    player.wardrobe.equip(held(world, "default-font-style"), "plain-letters")
    player.cases.open("crate", 30, key="open")
    player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
    world.close()
    return clock.at


@pytest.fixture
def owner(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has bought and won some of everything; nothing waits to be revealed."""
    lived_in(tmp_path / "world.db", _live_well)
    world = open_shop_world(tmp_path, clock, seed="owner")
    yield world
    world.close()


def buy(world: World, *slugs: str, name: str = "ana") -> list[int]:
    """Buy things; the numbers of what was got."""
    numbers: list[int] = []
    for count, slug in enumerate(slugs):
        bought = player_of(world, name).shop.buy(slug, key=f"{name}-{slug}-{count}")
        assert isinstance(bought, Purchase), bought
        numbers += bought.item_ids
    return numbers


def held(world: World, slug: str, name: str = "ana") -> int:
    """The number of a thing that a player holds."""
    from inventui.engine.inventory.models import InventoryPage, InventoryQuery

    inventory = player_of(world, name).inventory
    for row in done(inventory.page(InventoryQuery(), limit=1_000), InventoryPage).items:
        if inventory.detail(row.id).slug == slug:  # type: ignore[union-attr]
            return row.id
    raise AssertionError(f"{name} has no {slug}")


def line(world: World, slug: str, name: str = "ana") -> ShopLine:
    """A thing for sale as a player sees it."""
    found = player_of(world, name).shop.line(slug)
    assert isinstance(found, ShopLine), found
    return found


def text_of(app: InventuiApp) -> str:
    """Everything that is on screen, as text."""
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def foot_of(app: App[Any]) -> str:
    """The keys in the footer: those of the room, and those of every room."""
    return " ".join(text_of(app).splitlines()[-1].split())  # type: ignore[arg-type]


def drawn(app: InventuiApp) -> list[list[tuple[str, str]]]:
    """Everything that is on screen, with its styles."""
    lines = app.screen._compositor.render_strips(app.size)
    return [[(segment.text, str(segment.style)) for segment in line] for line in lines]


def said(pilot: Pilot[Any]) -> list[str]:
    """What the toasts say."""
    return [notification.message for notification in pilot.app._notifications]
