"""Worlds of every layout there ever was, as SQL; `python -m tests.db.frozen_layouts` writes one.

A layout is frozen when it is released. Until then its file is written anew whenever it
changes; after that a change is a new layout, with a step of `migrations` that leads there.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from inventui.db.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.builders import a_player, a_world, opened

FOLDER = Path(__file__).parent / "layouts"


def frozen(layout: int) -> Path:
    """Where the world of a layout is kept."""
    return FOLDER / f"{layout}.sql"


def dump(path: Path) -> str:
    """A world as statements, with both of its numbers."""
    with closing(sqlite3.connect(path)) as connection:
        lines = [
            f"PRAGMA application_id = {APPLICATION_ID};",
            f"PRAGMA user_version = {SCHEMA_VERSION};",
            *connection.iterdump(),
        ]
    return "\n".join(lines) + "\n"


def thaw(layout: int, path: Path) -> Path:
    """Make a world from a frozen layout."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(frozen(layout).read_text(encoding="utf-8"))
    return path


def a_small_world(path: Path) -> None:
    """Two players who have done a little of everything."""
    with a_world(path, template=False) as world:
        ana = a_player(world, "ana", oranges=6_000)
        a_player(world, "bob")
        first = opened(ana, "crate", 3)
        opened(ana, "rack", 2)
        ana.inventory.sell([first.rolls[0].item_id])
        ana.inventory.lock([first.rolls[1].item_id], True)
        ana.fairness.rotate("lucky")
        opened(ana, "box")
        world.grant("bob", item="cap", gems=3)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        made = Path(folder) / "world.db"
        a_small_world(made)
        frozen(SCHEMA_VERSION).write_text(dump(made), encoding="utf-8")
    sys.stdout.write(f"{frozen(SCHEMA_VERSION)}\n")
