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
    """A picture: its name, the keys that lead there, and the size."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = (100, 30)


SCENES = (
    Scene("home", ()),
    Scene("cases", ("2",)),
    Scene("win", ("2", "enter")),
    Scene("inventory", ("3", "o", "down", "down"), (120, 32)),
    Scene("shop", ("4", "down", "down", "down"), (120, 32)),
    Scene("drawer", ("5",), (120, 32)),
    Scene("fairness", ("6",)),
)


async def draw(scene: Scene) -> None:
    """Play to a scene and write its picture."""
    from inventui.app import InventuiApp
    from inventui.config import Settings

    app = InventuiApp(demo=True, settings=Settings(reduced_motion=True), watch_seconds=0)
    app.animation_level = "none"
    async with app.run_test(size=scene.size) as pilot:
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
