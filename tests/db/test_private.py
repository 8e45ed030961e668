"""A world, what lies beside it and its backups are their owner's alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.db.backup import daily_backup, restore
from inventui.db.errors import WorldError
from inventui.db.store import Store
from tests.builders import NOW, a_world


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """Whoever runs the tests lets everybody read what they make."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> set[int]:
    """The modes of all that lies in a folder and in its folders."""
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def test_what_a_world_writes_is_its_owner_s_alone(tmp_path: Path) -> None:
    with a_world(tmp_path / "new" / "world.db", template=False) as world:
        world.players.add("ana")
        world.backup(tmp_path / "kept" / "copy.db")
        daily_backup(world.path, NOW)
        assert world.path.with_name("world.db-wal").exists()
        assert modes(tmp_path) == {0o600, 0o700}
    kept = restore(world.path, tmp_path / "kept" / "copy.db", NOW)
    assert isinstance(kept, Path)
    assert modes(tmp_path) == {0o600, 0o700}


def test_a_folder_that_was_there_stays_as_it_is_but_for_one_of_backups_alone(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    with a_world(tmp_path / "world.db") as world:
        made = daily_backup(world.path, NOW)
    assert made is not None
    others = made.with_name("letters.txt")
    others.touch()
    for letters, expected in ((True, 0o755), (False, 0o700)):
        others.touch() if letters else others.unlink()
        made.parent.chmod(0o755)
        a_world(tmp_path / "world.db").close()
        assert stat.S_IMODE(made.parent.stat().st_mode) == expected
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_what_others_could_read_is_closed_when_a_world_is_opened_and_told_once(
    tmp_path: Path,
) -> None:
    with a_world(tmp_path / "world.db") as world:
        world.players.add("ana")
        made = daily_backup(world.path, NOW)
        assert made is not None
        replaced = made.with_name("world-replaced-2026-11-20T180000.db")
        other = made.with_name("another-daily-2026-11-20.db")
        replaced.touch(), other.touch()
        lock = world.path.with_name("world.db.lock")
        lock.touch()
        exposed = {*tmp_path.glob("world.db*"), made, replaced, made.parent}
        for path in (*exposed, tmp_path):
            path.chmod(0o755 if path.is_dir() else 0o644)
        for expected in (exposed, set()):
            store = Store(world.path)
            assert set(store.exposed) == expected
            store.close()
        assert {path.name for path in exposed} >= {"world.db", "world.db-wal", "world.db.lock"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in exposed} == {0o600, 0o700}


def test_a_world_that_is_refused_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    path.write_text("Dear diary")
    path.chmod(0o644)
    with pytest.raises(WorldError):
        Store(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
