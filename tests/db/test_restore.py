"""Restoring: a backup in the world's place, and the replaced one kept."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from inventui.db import backup, schema
from inventui.db.backup import daily_backup, restore
from inventui.db.backup_files import backup_folder
from inventui.db.errors import Trouble, WorldError
from inventui.rules.core.refusal import Reason
from tests.builders import NOW, a_world, contents, refused
from tests.db.attack import bare, newer
from tests.db.other_program import running


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


def a_backup(path: Path) -> Path:
    """A backup, after which the world went on."""
    made = daily_backup(path, NOW)
    assert made is not None
    with a_world(path) as world:
        world.players.add("cy")
        world.grant("cy", oranges=50)
    return made


def test_a_restored_world_is_as_the_backup_was_and_the_replaced_one_is_kept(path: Path) -> None:
    made = a_backup(path)
    went_on = contents(path)
    kept = restore(path, made, NOW)
    assert isinstance(kept, Path)
    assert kept.name == "world-replaced-2026-11-20T180000.db"
    assert contents(path) == contents(made)
    assert contents(kept) == went_on
    with a_world(path) as world:
        assert len(world.players.list()) == 2
        assert world.audit().ok
    # And back again.
    second = restore(path, kept, NOW)
    assert isinstance(second, Path)
    assert second != kept
    assert contents(path) == went_on
    assert made.exists()


def test_a_world_that_is_gone_is_restored(path: Path) -> None:
    made = a_backup(path)
    path.unlink()
    assert restore(path, made, NOW) is None
    assert contents(path) == contents(made)


def test_a_world_is_restored_to_a_folder_that_is_not_there(path: Path, tmp_path: Path) -> None:
    made = a_backup(path)
    target = tmp_path / "new" / "world.db"
    assert restore(target, made, NOW) is None
    assert contents(target) == contents(made)


@pytest.mark.parametrize("spoil", ["garbage", "cut", "empty", "text"])
def test_a_damaged_world_is_replaced_and_kept_as_it_was(spoil: str, path: Path) -> None:
    made = a_backup(path)
    spoiled = {
        "garbage": b"\xa5" * 9000,
        "cut": path.read_bytes()[:5000],
        "empty": b"",
        "text": b"Dear diary",
    }[spoil]
    path.write_bytes(spoiled)
    log = b"" if spoil == "cut" else b"an old log"
    path.with_name("world.db-wal").write_bytes(log)
    kept = restore(path, made, NOW)
    assert isinstance(kept, Path)
    assert kept.read_bytes() == spoiled
    assert contents(path) == contents(made)
    assert kept.with_name(kept.name + "-wal").read_bytes() == log
    with a_world(path) as world:
        assert world.audit().ok


def test_an_old_log_is_never_read_into_a_restored_world(path: Path, tmp_path: Path) -> None:
    made = a_backup(path)
    with a_world(path) as world:
        world.players.add("dee")
        left = tmp_path / "left"
        left.mkdir()
        for suffix in ("", "-wal"):
            shutil.copyfile(path.with_name("world.db" + suffix), left / f"world.db{suffix}")
    restore(left / "world.db", made, NOW)
    assert contents(left / "world.db") == contents(made)
    (kept,) = backup_folder(left / "world.db").iterdir()
    assert len(contents(kept)["player"]) == 4


def garbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(6 * 4096)
        file.write(b"\xa5" * 4096)


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")


def altered(path: Path) -> None:
    with bare(path) as db:
        db.execute("DROP TRIGGER move_guard")


SPOILT: dict[str, tuple[Trouble, Callable[[Path], object]]] = {
    "newer": (Trouble.NEWER, lambda p: newer(p, schema.SCHEMA_VERSION + 1)),
    "garbled": (Trouble.DAMAGED, garbled),
    "cut": (Trouble.DAMAGED, lambda p: os.truncate(p, 9_000)),
    "foreign": (Trouble.FOREIGN, foreign),
    "a text": (Trouble.FOREIGN, lambda p: p.write_text("Dear diary")),
    "empty": (Trouble.EMPTY, lambda p: os.truncate(p, 0)),
    "altered": (Trouble.ALTERED, altered),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_backup_that_could_not_be_played_is_refused(what: str, path: Path) -> None:
    kind, spoil = SPOILT[what]
    made = a_backup(path)
    spoil(made)
    before, there = path.read_bytes(), names(path.parent)
    with pytest.raises(WorldError) as caught:
        restore(path, made, NOW)
    assert caught.value.kind is kind
    assert str(made) in str(caught.value)
    assert path.read_bytes() == before
    assert [n for n in names(path.parent) if not n.endswith(".lock")] == [
        n for n in there if not n.endswith(".lock")
    ]


def test_a_backup_that_is_not_there_is_refused_and_those_there_are_are_named(path: Path) -> None:
    for missing in (path.parent / "nope.db", path.parent):
        refusal = restore(path, missing, NOW)
        assert getattr(refusal, "reason", None) is Reason.INVALID_FILE
    made = a_backup(path)
    refusal = restore(path, path.parent / "nope.db", NOW)
    assert str(made) in refusal.message  # type: ignore[union-attr]


def test_the_world_is_no_backup_of_itself(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    link = tmp_path / "link.db"
    link.symlink_to(path)
    for same in (path, link):
        refused(restore(path, same, NOW), Reason.INVALID_FILE)
    assert path.read_bytes() == before


def test_a_world_that_another_program_has_open_is_not_replaced(path: Path) -> None:
    made = a_backup(path)
    before = contents(path)
    with running("world = open_world()\nworld.players.list()\n", path) as process:
        with pytest.raises(WorldError) as caught:
            restore(path, made, NOW)
        assert caught.value.kind is Trouble.BUSY
        assert f"(process {process.pid})" in str(caught.value)
        assert contents(path) == before
        process.kill()
        process.wait()
        assert isinstance(restore(path, made, NOW), Path)
    assert contents(path) == contents(made)


def test_a_world_that_this_program_has_open_is_not_replaced(path: Path) -> None:
    made = a_backup(path)
    with a_world(path) as world:
        world.players.list()
        with pytest.raises(WorldError) as caught:
            restore(path, made, NOW)
        assert caught.value.kind is Trouble.BUSY
        assert world.audit().ok


@pytest.mark.parametrize("step", ["fsync", "replace", "link"])
def test_a_restore_that_fails_half_way_leaves_the_world_as_it_was(
    step: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_backup(path)
    before = contents(path)

    def no(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.os, step, no)
        if step == "link":
            # Where there are no links, a copy is kept.
            assert isinstance(restore(path, made, NOW), Path)
            before = contents(made)
        else:
            with pytest.raises(WorldError):
                restore(path, made, NOW)
    assert contents(path) == before
    assert [n for n in names(path.parent) if n.startswith(".")] == []


def test_a_link_to_a_world_stays_a_link_when_the_world_is_restored(
    path: Path, tmp_path: Path
) -> None:
    made = a_backup(path)
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    restore(link, made, NOW)
    assert link.is_symlink()
    assert contents(path) == contents(made)
