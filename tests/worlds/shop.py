"""A world with a stocked shop, and what tests of shop, drawer and wearing ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.app import InventuiApp
from inventui.engine.models import Purchase, ShopLine
from inventui.rules.clock import FrozenClock
from tests.builders import SCREEN_PACKS
from tests.screens.conftest import player_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from inventui.engine.world import World

PACK = SCREEN_PACKS / "shop.toml"


def open_shop_world(tmp_path: Path, clock: FrozenClock) -> World:
    """A world of the shop's pack, in which ana has just begun."""
    from inventui.engine.entropy import SeededEntropy
    from inventui.engine.world import World

    world = World.open(
        tmp_path / "stall.db",
        clock=clock,
        entropy=SeededEntropy("stall"),
        pack=PACK,
        daily_backup=False,
    )
    world.players.add("ana", key="add-ana")
    return world


@pytest.fixture
def shop_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has what everybody has at the start."""
    world = open_shop_world(tmp_path, clock)
    yield world
    world.close()


@pytest.fixture
def rich(shop_world: World) -> World:
    """ana has money for everything."""
    shop_world.grant("ana", oranges=500_000, gems=500, key="rich")
    return shop_world


@pytest.fixture
def owner(rich: World) -> World:
    """ana has bought and won some of everything; nothing waits to be revealed."""
    buy(rich, "frame", "title", "background", "bigpulp-hat", "font-color", "font-style")
    buy(rich, "tabs-style", "visitor-counter", "donut", "donut", "poop", "kit", "spoon")
    player = player_of(rich)
    player.wardrobe.equip(held(rich, "default-font-style"), "plain-letters")
    player.cases.open("crate", 30, key="open")
    player.cases.revealed(max(opening.operation for opening in player.cases.pending()))
    return rich


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
    from inventui.engine.models import InventoryQuery

    inventory = player_of(world, name).inventory
    for row in inventory.window(InventoryQuery(), 0, 1_000):
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


def drawn(app: InventuiApp) -> list[list[tuple[str, str]]]:
    """Everything that is on screen, with its styles."""
    lines = app.screen._compositor.render_strips(app.size)
    return [[(segment.text, str(segment.style)) for segment in line] for line in lines]


def said(pilot: Pilot[Any]) -> list[str]:
    """What the toasts say."""
    return [notification.message for notification in pilot.app._notifications]
