"""A category that comes with a later program is a row in one place: it is sold, worn and drawn."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import inventui
from tests.builders import SHOP_PACK, a_player, a_world, in_a_file

ROW = '    SHADOW = "shadow", Slot.COSMETIC, "drawer_style", "none", _words("soft hard", 1)\n'

ITEM = """
[[items]]
id = "long-shadow"
name = "Long Shadow"
category = "shadow"
rarity = "rare"
tier = "premium"
price_oranges = 10
style = "soft #332211"
"""

# What the later program does: with a world from before, and with a new one.
PROGRAM = """
import asyncio, sys
from pathlib import Path
from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.shop.models import Purchase
from inventui.engine.packs.models import PacksChanged
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.inventory.inventory import InventoryTab
from inventui.widgets.canvas.appearance import appearance

pack = Path(sys.argv[1])


async def look(world):
    settings = Settings(reduced_motion=True)
    app = InventuiApp(world=world, player="ana", watch_seconds=0, settings=settings)
    async with app.run_test(size=(120, 40)) as pilot:
        for room in ("home", "shop", "inventory", "drawer"):
            app.action_room(room)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
    assert not app.errors, app.errors


for path in map(Path, sys.argv[2:]):
    new = not path.exists()
    with World.open(path, pack=pack if new else None, daily_backup=False) as world:
        if not new:
            assert isinstance(world.packs.update("shop", pack), PacksChanged)
        if not world.players.list():
            world.players.add("ana")
        ana = world.player("ana")
        bought = ana.shop.buy("long-shadow")
        assert isinstance(bought, Purchase), bought
        (line,) = [l for l in ana.inventory.page(InventoryQuery(InventoryTab.DRAWER_STYLE)).items
                   if l.category is Category.SHADOW]
        assert line.status == "equipped", line
        assert appearance({Category.SHADOW: "soft #332211"})[Category.SHADOW].word == "soft"
        asyncio.run(look(world))
        report = world.audit()
        assert report.ok, [fault for check in report.checks for fault in check.faults]
"""


def test_a_category_that_is_added_is_worn_in_a_new_world_and_in_an_old_one(tmp_path: Path) -> None:
    in_a_file()
    old = tmp_path / "old.db"
    with a_world(old, pack=SHOP_PACK) as world:
        a_player(world, "ana")
    later = tmp_path / "later"
    shutil.copytree(
        Path(inventui.__file__).parent, later / "inventui", ignore=shutil.ignore_patterns("*.pyc")
    )
    categories = later / "inventui" / "rules" / "core" / "categories.py"
    before, after = categories.read_text().split("    CONSUMABLE = ")[:2]
    categories.write_text(f"{before}{ROW}    CONSUMABLE = {after}")
    pack = tmp_path / "pack.toml"
    pack.write_text(SHOP_PACK.read_text() + ITEM)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(pack), str(old), str(tmp_path / "new.db")],
        env={**os.environ, "PYTHONPATH": str(later), "INVENTUI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
