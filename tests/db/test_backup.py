"""Backups: one a day, seven kept, whole or not at all."""

import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from inventui.db import backup
from inventui.db.backup import copy, daily_backup
from inventui.db.backup_files import backup_folder, backups_of, newest_backup
from inventui.db.errors import Trouble, WorldError
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.refusal import Reason
from tests.builders import NOW, SMALL_PACK, a_world, contents, refused
from tests.db.attack import busy_world


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


def test_a_backup_is_made_once_a_day(path: Path) -> None:
    first = daily_backup(path, NOW)
    assert first == path.parent / "backups" / "world-daily-2026-11-20.db"
    assert daily_backup(path, NOW + 5 * HOUR) is None
    second = daily_backup(path, NOW + 6 * HOUR)
    assert second is not None
    assert second.name == "world-daily-2026-11-21.db"
    assert contents(first) == contents(path)


def test_today_s_backup_is_left_as_it_is(path: Path) -> None:
    made = daily_backup(path, NOW)
    assert made is not None
    before = made.read_bytes()
    with a_world(path) as world:
        world.players.add("cy")
    assert daily_backup(path, NOW + 1) is None
    assert made.read_bytes() == before


def test_the_last_seven_days_are_kept_and_other_backups_with_them(path: Path) -> None:
    with a_world(path) as world:
        by_hand = world.backup()
    replaced = backup_folder(path) / "world-replaced-2026-01-01T000000.db"
    other = backup_folder(path) / "world-two-daily-2026-01-01.db"
    for file in (replaced, other):
        shutil.copyfile(path, file)
    for day in range(12):
        daily_backup(path, NOW + day * DAY)
    kept = [name for name in names(backup_folder(path)) if name.startswith("world-daily")]
    assert kept == [
        f"world-daily-2026-{day}.db"
        for day in ("11-25", "11-26", "11-27", "11-28", "11-29", "11-30", "12-01")
    ]
    assert by_hand.exists()
    assert replaced.exists()
    assert other.exists()


def test_seven_are_kept_by_when_they_were_made_whatever_their_dates(path: Path) -> None:
    for day in range(7):
        daily_backup(path, NOW + 3650 * DAY + day * DAY)
    # The clock ran ahead; even the files' times are of then.
    for number, made in enumerate(backups_of(path)):
        os.utime(made, ns=(10**19 + number, 2 * 10**18 + number))
    ahead = names(backup_folder(path))
    today = daily_backup(path, NOW)
    assert today is not None
    assert newest_backup(path) == today
    assert names(backup_folder(path)) == sorted([today.name, *ahead[1:]])
    assert daily_backup(path, NOW + 1) is None
    for day in range(1, 7):
        daily_backup(path, NOW + day * DAY)
    assert [made.name[-13:-3] for made in backups_of(path)] == [
        "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25",
        "2026-11-26",
    ]  # fmt: skip


def test_a_day_that_a_clock_ahead_has_backed_up_is_backed_up_when_it_comes(path: Path) -> None:
    ahead = daily_backup(path, NOW + DAY)
    assert ahead is not None
    before = ahead.stat().st_mtime_ns
    daily_backup(path, NOW)
    with a_world(path) as world:
        world.players.add("cy")
    assert daily_backup(path, NOW + DAY) == ahead
    assert contents(ahead) == contents(path)
    assert ahead.stat().st_mtime_ns > before


def _daily(world: World) -> None:
    """Wait for the backup that opening a world begins."""
    for thread in threading.enumerate():
        if thread.name == "daily-backup":
            thread.join()
    world.close()


def test_the_game_makes_the_day_s_backup_and_a_command_none(path: Path) -> None:
    def opened(at: int, game: bool) -> None:
        clock = FrozenClock(at)
        _daily(World.open(path, clock=clock, pack=SMALL_PACK, daily_backup=game))

    opened(NOW, False)
    assert names(backup_folder(path)) == []
    opened(NOW, True)
    opened(NOW + 1, True)
    opened(NOW + DAY, True)
    assert names(backup_folder(path)) == ["world-daily-2026-11-20.db", "world-daily-2026-11-21.db"]


def test_no_exit_waits_for_a_backup_and_the_next_start_makes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, closed = threading.Event(), threading.Event()

    def slow(source: Path, partial: Path, abandoned: Callable[[], bool]) -> None:
        partial.write_bytes(b"half a backup")
        begun.set()
        assert closed.wait(60)
        really(source, partial, abandoned)

    really = backup._copy_pages
    monkeypatch.setattr(backup, "_copy_pages", slow)
    world = World.open(path, clock=FrozenClock(NOW), pack=SMALL_PACK, daily_backup=True)
    assert begun.wait(60)
    world.close()
    assert names(backup_folder(path)) == [".world-daily.partial"]
    closed.set()
    _daily(world)
    assert names(backup_folder(path)) == []
    monkeypatch.setattr(backup, "_copy_pages", really)
    # A program that was killed leaves its half; the next one writes over it.
    (backup_folder(path) / ".world-daily.partial").write_bytes(b"half a backup")
    _daily(World.open(path, clock=FrozenClock(NOW), pack=SMALL_PACK, daily_backup=True))
    assert names(backup_folder(path)) == ["world-daily-2026-11-20.db"]


@pytest.mark.parametrize("looks", [0, 1, 50])
def test_a_backup_is_given_up_at_any_moment_of_copying_and_checking(
    looks: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 20)
    monkeypatch.setattr(backup, "STEPS_AT_ONCE", 10)
    asked = iter([False] * looks)
    assert daily_backup(path, NOW, lambda: next(asked, True)) is None
    assert next(asked, None) is None
    assert names(backup_folder(path)) == []


def test_a_backup_with_a_damaged_index_does_not_count(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        # What `quick_check` does not see: an index that lacks a row.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX transfer_of_operation ON transfer"
            " (kind)' WHERE name = 'transfer_of_operation'"
        )
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    with pytest.raises(WorldError) as caught:
        daily_backup(path, NOW)
    assert caught.value.kind is Trouble.DAMAGED
    assert names(backup_folder(path)) == []


def test_a_backup_that_can_t_be_made_does_not_stop_the_game(path: Path) -> None:
    (path.parent / "backups").write_text("in the way")
    _daily(World.open(path, clock=FrozenClock(NOW), pack=SMALL_PACK, daily_backup=True))
    with a_world(path) as world, pytest.raises(WorldError) as caught:
        world.backup()
    assert caught.value.kind is Trouble.READ_ONLY


def test_a_backup_is_one_file_and_holds_what_only_the_log_has(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "copy.db"
    with a_world(path) as world:
        world.players.add("cy")
        assert world.backup(target) == target
        assert contents(target) == contents(world)
    assert names(target.parent) == ["copy.db"]
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_over_the_world_itself_is_refused(path: Path) -> None:
    with a_world(path) as world:
        refused(world.backup(path), Reason.FILE_EXISTS)
        assert world.audit().ok


def test_a_backup_replaces_no_file(path: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    with a_world(path) as world:
        refused(world.backup(mine), Reason.FILE_EXISTS)
        assert mine.read_text() == "mine"
        # Two within a second have names of their own.
        first, second = world.backup(), world.backup()
        assert first != second
        assert names(backup_folder(path)) == sorted([first.name, second.name])


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_backup_that_fails_half_way_is_not_there_and_the_old_one_is(
    step: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    copy(path, target)
    before = target.read_bytes()
    with a_world(path) as world:
        world.players.add("cy")

    def no(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.os, step, no)
        with pytest.raises(WorldError) as caught:
            copy(path, target)
    assert caught.value.kind is Trouble.READ_ONLY
    assert "No space left" in str(caught.value)
    assert target.read_bytes() == before
    assert [n for n in names(tmp_path) if "partial" in n] == []


def test_a_damaged_world_is_never_backed_up_over_sound_backups(path: Path) -> None:
    for day in range(7):
        daily_backup(path, NOW + day * DAY)
    kept = names(backup_folder(path))
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xa5" * 4096)
    with pytest.raises(WorldError) as caught:
        daily_backup(path, NOW + 7 * DAY)
    assert caught.value.kind is Trouble.DAMAGED
    assert str(newest_backup(path)) in str(caught.value)
    assert names(backup_folder(path)) == kept


def test_what_a_dead_program_left_half_is_overwritten(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.with_name(f".copy.db.{os.getpid()}.partial").write_bytes(b"half a backup")
    copy(path, target)
    assert contents(target) == contents(path)


def test_what_a_killed_backup_left_is_taken_away_by_the_next_start(path: Path) -> None:
    daily_backup(path, NOW)
    done, folder = names(backup_folder(path)), backup_folder(path)
    with Popen([sys.executable, "-c", "input()"], stdin=PIPE) as alive:
        theirs = f".world-2026-11-20T101500.db.{alive.pid}.partial"
        with Popen([sys.executable, "-c", ""]) as dead:
            pass
        ours = f".world-2026-11-20T101500.db.{dead.pid}.partial"
        others = ".other-daily.partial"
        for name in (theirs, ours, f"{ours}-journal", ".world-daily.partial", others):
            (folder / name).write_bytes(b"half a backup")
        assert daily_backup(path, NOW) is None
        assert names(folder) == sorted([*done, theirs, others])
        alive.communicate(b"\n")
    assert daily_backup(path, NOW) is None
    assert names(folder) == sorted([*done, others])


@pytest.mark.parametrize("name", ["my[1]*world?.db", "world.sqlite", "world"])
def test_worlds_of_one_folder_never_share_a_backup(name: str, path: Path) -> None:
    other = busy_world(path.parent / name)
    mine, theirs = daily_backup(path, NOW), daily_backup(other, NOW)
    assert mine is not None
    assert theirs is not None
    assert backups_of(path) == [mine]
    assert backups_of(other) == [theirs]
    for day in range(1, 9):
        daily_backup(other, NOW + day * DAY)
    assert len(backups_of(other)) == 7
    assert backups_of(path) == [mine]


def test_the_newest_backup_is_the_one_made_last(path: Path) -> None:
    assert newest_backup(path) is None
    daily_backup(path, NOW)
    with a_world(path) as world:
        world.clock.advance(DAY)  # type: ignore[attr-defined]
        by_hand = world.backup()
    os.utime(by_hand, ns=(10**20, 10**20 // 50))
    aside = backup_folder(path) / "world-replaced-2026-12-01T000000.db"
    shutil.copyfile(path, aside)
    assert newest_backup(path) in backups_of(path)
    assert aside not in backups_of(path)
    assert len(backups_of(path)) == 2
