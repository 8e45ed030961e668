"""Draw the README's pictures from the real screens: `uv run python docs/pictures.py`.

Each is a scene of the demo, whose world and clock are the same at every start.
"""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

FOLDER = Path(__file__).parent / "pictures"


@dataclass(frozen=True)
class Scene:
    """A picture: its name, the room, the keys pressed there, and the size."""

    name: str
    room: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (100, 30)


SCENES = (
    Scene("home", "home"),
    Scene("cases", "cases"),
    Scene("win", "cases", ("enter",)),
    Scene("inventory", "inventory", ("o", "down", "down"), (120, 32)),
    Scene("shop", "shop", ("down", "down", "down"), (120, 32)),
    Scene("market", "black_market", (), (120, 32)),
    Scene("streets", "streets", (), (120, 36)),
    Scene("people", "people", (), (120, 32)),
    Scene("property", "property", (), (120, 32)),
    Scene("drawer", "drawer", (), (120, 32)),
    Scene("bazaar", "bazaar", ("down",) * 11, (120, 40)),
    Scene("trades", "trades", (), (120, 32)),
    Scene("workshop", "workshop", ("c",), (120, 32)),
    Scene("collections", "collections", (), (120, 32)),
)


async def draw(scene: Scene) -> None:
    """Play to a scene and write its picture."""
    from inventui.app.app import InventuiApp
    from inventui.config import Settings
    from inventui.engine.demo import STARTS_AT
    from inventui.rules.core.clock import FrozenClock

    app = InventuiApp(
        demo=True,
        clock=FrozenClock(STARTS_AT),
        settings=Settings(reduced_motion=True),
        watch_seconds=0,
    )
    app.animation_level = "none"
    async with app.run_test(size=scene.size) as pilot:
        await settled(app, pilot)
        app.action_room(scene.room)
        await settled(app, pilot)
        for key in scene.keys:
            await pilot.press(key)
            await settled(app, pilot)
        (FOLDER / f"{scene.name}.svg").write_text(app.export_screenshot(title="inventui"))
        app.exit()


async def settled(app, pilot) -> None:
    """Wait until nothing is under way."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)


if __name__ == "__main__":
    os.environ["INVENTUI_HOME"] = mkdtemp(prefix="inventui-pictures-")
    os.environ["COLORTERM"] = "truecolor"
    FOLDER.mkdir(exist_ok=True)
    for each in SCENES:
        asyncio.run(draw(each))
