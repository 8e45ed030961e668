"""Every layout that there ever was: today's program opens it and its books are in order."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inventui.db import schema
from inventui.db.backup_files import backups_of
from inventui.engine.cases.models import Opening
from inventui.engine.inventory.models import Sale
from inventui.engine.world import PlayerHandle
from tests.builders import a_world, audited, contents, done, opened
from tests.db.frozen_layouts import FOLDER, a_small_world, dump, frozen, thaw

LAYOUTS = range(1, schema.SCHEMA_VERSION + 1)


def shape(path: Path) -> dict[str, str]:
    """Every table, index and trigger, however its statement is spaced."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql)).strip()
            for name, sql in connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            )
        }


def test_every_layout_is_frozen() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(frozen(layout) for layout in LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_world_of_this_layout_opens_and_its_books_are_in_order(
    layout: int, tmp_path: Path
) -> None:
    path = thaw(layout, tmp_path / "world.db")
    with a_world(path) as world:
        audited(world)
        names = [card.name for card in world.players.list()]
        assert names == ["ana", "bob"]
        ana = world.player("ana")
        assert isinstance(ana, PlayerHandle)
        assert ana.fairness.verify().rolls == 6
        assert ana.fairness.verify().ok
        assert ana.inventory.statistics().total_items == 5 + len(ana_s_defaults(ana))
        # And the game goes on.
        opening: Opening = opened(ana, "crate", 2)
        done(ana.inventory.sell([opening.rolls[0].item_id]), Sale)
        audited(world)
    assert len(backups_of(path)) == (layout < schema.SCHEMA_VERSION)
    assert schema.version_of(path) == schema.SCHEMA_VERSION


def ana_s_defaults(ana: PlayerHandle) -> list[int]:
    """What everybody owns from the start."""
    with ana.world.store.read() as connection:
        found = connection.driver.execute(
            "SELECT id FROM player_item WHERE player_id = 1 AND acquisition = 'starter'"
        )
        return [row.id for row in found]


def test_the_layout_of_today_is_the_frozen_one(tmp_path: Path) -> None:
    """A layout that changed without a new number: see `tests/db/freeze.py`."""
    a_small_world(tmp_path / "today.db")
    thaw(schema.SCHEMA_VERSION, tmp_path / "frozen.db")
    assert shape(tmp_path / "today.db") == shape(tmp_path / "frozen.db")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_world_brought_from_this_layout_is_laid_out_as_a_new_one(
    layout: int, tmp_path: Path
) -> None:
    a_small_world(tmp_path / "today.db")
    path = thaw(layout, tmp_path / "then.db")
    with a_world(path):
        pass
    assert shape(path) == shape(tmp_path / "today.db")


def test_a_frozen_world_is_whole(tmp_path: Path) -> None:
    a_small_world(tmp_path / "today.db")
    (tmp_path / "layouts").mkdir()
    again = tmp_path / "again.db"
    with closing(sqlite3.connect(again)) as connection:
        connection.executescript(dump(tmp_path / "today.db"))
    assert contents(again) == contents(tmp_path / "today.db")
    assert schema.version_of(again) == schema.SCHEMA_VERSION
