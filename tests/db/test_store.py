"""Connections to a world: where it lies, who waits for whom, what the machine says."""

import errno
import os
import sqlite3
import stat
import struct
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from inventui.db import schema
from inventui.db.backup import restore
from inventui.db.errors import Trouble, WorldError
from inventui.db.lock import FileLock, WriteLock, lock_path, next_lock_path, world_lock
from inventui.db.store import _PRAGMAS, CONNECTIONS_KEPT, Store
from inventui.db.world_file import file_of
from tests.builders import NOW, a_world, contents
from tests.db.error_texts import fails, plain
from tests.db.other_program import running


def test_a_folder_is_no_world(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "is a folder" in fails(folder, Trouble.UNREACHABLE)


def test_the_root_of_a_disk_is_no_world() -> None:
    assert "is a folder" in fails(Path("/"), Trouble.UNREACHABLE)


def test_a_name_without_its_folder_is_nowhere_once_that_folder_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(WorldError) as caught:
        a_world(Path("world.db"), template=False)
    assert caught.value.kind is Trouble.UNREACHABLE
    assert "is gone, so world.db is nowhere" in plain(caught.value)


def test_a_place_below_a_file_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorldError) as caught:
        a_world(tmp_path / "file" / "world.db", template=False)
    assert caught.value.kind is Trouble.READ_ONLY
    assert "can't be made" in plain(caught.value)


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://localhost/world",
        "postgresql+psycopg://u:p@host/world",
        "mysql://x",
        "https://example.org/world.db",
        "file://world.db",
        "sqlite://",
        "",
        "a\0b",
        ":memory:",
        "file:world.db?mode=memory",
        "  ",
        "sqlite:///:memory:",
        "sqlite:///world.db?mode=ro",
        "sqlite:///world.db#f",
    ],
)
def test_an_address_of_another_kind_is_refused(location: str) -> None:
    with pytest.raises(WorldError) as caught:
        file_of(location)
    assert caught.value.kind is Trouble.UNREACHABLE
    assert "u:p@" not in plain(caught.value)


def test_what_is_no_regular_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(WorldError) as caught:
            Store(place)
        assert caught.value.kind is Trouble.UNREACHABLE
        assert "no regular file" in plain(caught.value)
    assert [left.name for left in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("there", [True, False])
def test_what_is_no_regular_file_beside_a_world_or_a_backup_is_not_waited_for(
    end: str, there: bool, tmp_path: Path
) -> None:
    path, backup = tmp_path / "world.db", tmp_path / "backup.db"
    for place in (path, backup) if there else (backup,):
        a_world(place).close()
    os.mkfifo(f"{path}{end}")
    with pytest.raises(WorldError) as caught:
        Store(path)
    assert caught.value.kind is Trouble.UNREACHABLE
    assert f"{path}{end} is no regular file" in plain(caught.value)
    assert path.exists() is there
    os.rename(f"{path}{end}", f"{backup}{end}")
    with pytest.raises(WorldError) as caught:
        restore(path, backup, NOW)
    assert f"{backup}{end} is no regular file" in plain(caught.value)
    assert path.exists() is there


def test_a_path_or_an_address_of_sqlite_names_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert file_of("world.db") == Path("world.db")
    assert file_of(Path("/x/world.db")) == Path("/x/world.db")
    assert file_of("sqlite:///x/world.db") == Path("x/world.db")
    assert file_of("sqlite:////x/world.db") == Path("/x/world.db")
    assert file_of("sqlite+pysqlite:////x/world.db") == Path("/x/world.db")
    assert file_of("~/world.db") == Path("/home/ana/world.db")


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "world.db"
    a_world(path, template=False).close()
    assert path.is_file()


@pytest.mark.parametrize("name", ["a b.db", "wörld.db", "100%.db", "w?x#y.db", "'quoted'.db", "w"])
def test_a_world_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with a_world(path) as world:
        world.players.add("ana")
    assert path.is_file()
    with a_world(path) as world:
        assert [player.name for player in world.players.list()] == ["ana"]
    assert schema.version_of(path) == schema.SCHEMA_VERSION


def test_a_link_leads_to_the_same_world_and_the_same_lock(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with a_world(link) as world:
        assert world.path == path
        assert lock_path(world.path) == lock_path(path)
    assert link.is_symlink()


def test_a_bare_write_lock_is_waited_for_and_then_named(path: Path) -> None:
    holder = "db = sqlite3.connect(place, isolation_level=None)\ndb.execute('BEGIN IMMEDIATE')\n"
    with running(holder, path) as process, a_world(path, busy_seconds=0.3) as world:
        before = contents(world)
        with pytest.raises(WorldError) as caught:
            world.players.add("cy")
        assert caught.value.kind is Trouble.BUSY
        message = plain(caught.value)
        assert f"(process {process.pid})" in message
        assert "0.3 seconds" in message
        assert contents(world) == before
        # Reading goes on.
        assert len(world.players.list()) == 2
        process.kill()
        process.wait()
        world.players.add("cy")
        assert len(world.players.list()) == 3


def test_a_held_file_lock_is_waited_for_and_then_named(path: Path) -> None:
    holder = (
        "from inventui.db.lock import world_lock\nlock = world_lock(place, 5)\nlock.__enter__()\n"
    )
    with running(holder, path) as process:
        with pytest.raises(WorldError) as caught, world_lock(path, 0.2):
            raise AssertionError("two have one lock")
        assert caught.value.kind is Trouble.BUSY
        assert f"(process {process.pid})" in plain(caught.value)
        process.kill()
        process.wait()
        with world_lock(path, 5):
            pass


def test_a_lock_has_one_holder_at_a_time_and_its_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    with lock.held(0):
        assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600
        with pytest.raises(TimeoutError):
            other.acquire(0)
    with other.held(0):
        pass


@pytest.mark.parametrize("made_again", [False, True])
def test_the_lock_of_a_file_that_was_deleted_since_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_again: bool
) -> None:
    path = tmp_path / "lock"

    def deleted(descriptor: int, operation: int) -> None:
        path.unlink()
        if made_again:
            path.touch()

    monkeypatch.setattr("inventui.db.lock.lock_file", deleted)
    with pytest.raises(TimeoutError):
        FileLock(path).acquire(0)


def test_a_disk_without_locks_is_told_and_nothing_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    def refuse(descriptor: int, operation: int) -> None:
        opened.append(descriptor)
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("inventui.db.lock.lock_file", refuse)
    with pytest.raises(WorldError, match="No locks"), world_lock(tmp_path / "world.db", 0):
        pass
    for descriptor in opened:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


def wait_until_taken(lock: Path) -> None:
    """Return once somebody holds a lock's file."""
    for _ in range(1_000_000):
        try:
            with FileLock(lock).held(0):
                pass
        except TimeoutError:
            return
    raise AssertionError("nobody ever held it")


def test_who_writes_again_and_again_lets_who_waits_write_first(path: Path) -> None:
    often, waiting = WriteLock(path), WriteLock(path)
    order: list[str] = []

    def wait() -> None:
        waiting.acquire(20)
        order.append("waiting")
        waiting.release()

    often.acquire(20)
    with ThreadPoolExecutor() as pool:
        done = pool.submit(wait)
        wait_until_taken(next_lock_path(path))
        often.release()
        often.acquire(20)
        order.append("often")
        often.release()
        done.result()
    assert order == ["waiting", "often"]


def test_who_dies_while_it_waits_keeps_nobody_from_writing(path: Path) -> None:
    waits = (
        "from inventui.db.lock import world_lock\nprint('ready', flush=True)\n"
        "world_lock(place, 20).__enter__()\n"
    )
    with world_lock(path, 5), running(waits, path) as process:
        wait_until_taken(next_lock_path(path))
        process.kill()
        process.wait()
    with world_lock(path, 5):
        pass


def test_every_write_holds_the_lock_until_its_commit(path: Path) -> None:
    with a_world(path) as world, world.store.write():
        with pytest.raises(TimeoutError):
            FileLock(lock_path(path)).acquire(0)
        with FileLock(next_lock_path(path)).held(0):
            pass


def test_a_full_disk_changes_nothing_and_with_room_the_same_succeeds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limit(pages: int) -> None:
        most = f"max_page_count = {pages}"
        monkeypatch.setattr("inventui.db.store._PRAGMAS", (*_PRAGMAS, most))
        for driver in filter(None, world.store._idle.queue):
            driver.execute(f"PRAGMA {most}")

    with a_world(path) as world:
        with world.store.read() as connection:
            pages = connection.driver.execute("PRAGMA page_count").fetchone()[0]
        limit(pages)
        number = 0
        with pytest.raises(WorldError) as caught:  # noqa: PT012
            while number < 500:
                before = contents(world)
                world.grant("ana", item="lemon", key=f"k{(number := number + 1)}")
        assert caught.value.kind is Trouble.FULL
        assert "full" in plain(caught.value)
        assert contents(world) == before
        limit(1_000_000)
        world.grant("ana", item="lemon", key=f"k{number}")
        assert contents(world) != before
        assert world.audit().ok


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_BUSY", Trouble.BUSY),
        ("SQLITE_BUSY_SNAPSHOT", Trouble.BUSY),
        ("SQLITE_LOCKED", Trouble.BUSY),
        ("SQLITE_FULL", Trouble.FULL),
        ("SQLITE_CORRUPT", Trouble.DAMAGED),
        ("SQLITE_CORRUPT_INDEX", Trouble.DAMAGED),
        ("SQLITE_NOTADB", Trouble.DAMAGED),
        ("SQLITE_READONLY", Trouble.READ_ONLY),
        ("SQLITE_READONLY_DBMOVED", Trouble.READ_ONLY),
        ("SQLITE_CANTOPEN", Trouble.READ_ONLY),
        ("SQLITE_PERM", Trouble.READ_ONLY),
        ("SQLITE_IOERR", Trouble.UNREACHABLE),
        ("SQLITE_IOERR_WRITE", Trouble.UNREACHABLE),
    ],
)
def test_what_the_machine_says_becomes_a_sentence(code: str, kind: Trouble, path: Path) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = getattr(sqlite3, code)
    with a_world(path) as world:
        with pytest.raises(WorldError) as caught, world.store.read():
            raise error
        assert caught.value.kind is kind
        assert str(path) in plain(caught.value)


def test_a_failing_disk_without_room_is_a_full_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    with a_world(path) as world, pytest.raises(WorldError) as caught, world.store.read():
        raise error
    assert caught.value.kind is Trouble.FULL


def test_a_refusal_of_a_guard_is_a_bug_and_stays_one(path: Path) -> None:
    with (
        a_world(path) as world,
        pytest.raises(sqlite3.IntegrityError, match="a journal is only added to"),
        world.store.write() as connection,
    ):
        connection.driver.execute("UPDATE transfer SET amount = 1")


def test_what_a_write_began_is_undone_when_it_fails(path: Path) -> None:
    class Bug(Exception):
        pass

    with a_world(path) as world:
        before = contents(world)
        with suppress(Bug), world.store.write() as connection:
            connection.driver.execute("UPDATE player SET name = 'x'")
            raise Bug
        assert contents(world) == before
        with world.store.write() as connection:
            connection.driver.execute("UPDATE player SET name = 'x'")
        assert contents(world) != before


def test_readers_see_one_moment(path: Path) -> None:
    with a_world(path) as world, world.store.read() as connection:
        count = "SELECT count(*) FROM player"
        assert connection.driver.execute(count).fetchone()[0] == 2
        world.players.add("cy")
        assert connection.driver.execute(count).fetchone()[0] == 2


def test_what_is_written_while_reading_is_undone_and_a_bug(path: Path) -> None:
    with a_world(path) as world:
        before = contents(world)
        with pytest.raises(RuntimeError, match="a read wrote"), world.store.read() as connection:
            connection.driver.execute("UPDATE player SET name = 'x'")
        assert contents(world) == before


@pytest.mark.parametrize("use", ["read", "write"])
def test_connections_are_durable_and_strict(use: str, path: Path) -> None:
    due = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "fullfsync": 1,
    }
    with a_world(path) as world, getattr(world.store, use)() as connection:
        found = {name: connection.driver.execute(f"PRAGMA {name}").fetchone()[0] for name in due}
    assert found == due


def test_a_closed_world_leaves_one_file(path: Path) -> None:
    with a_world(path) as world:
        world.players.add("cy")
    names = {p.name for p in path.parent.iterdir()}
    assert names <= {"world.db", "world.db.lock", "world.db.next.lock"}


def test_a_new_world_says_what_it_is(tmp_path: Path) -> None:
    store = Store(tmp_path / "world.db")
    assert store.created
    store.close()
    header = (tmp_path / "world.db").read_bytes()[:100]
    assert header[68:72] == b"invu"
    assert header[60:64] == struct.pack(">I", schema.SCHEMA_VERSION)
    again = Store(tmp_path / "world.db")
    assert not again.created
    again.close()


def test_a_world_that_was_made_at_a_known_time_says_so(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", template=False) as world:
        settings = dict(contents(world)["world_setting"])
    assert settings["created_at"] == str(NOW)
    assert len(str(settings["seed"])) == 64


def test_many_threads_read_at_once_and_one_connection_is_kept_until_the_end(path: Path) -> None:
    with a_world(path) as world, ThreadPoolExecutor(8) as threads:

        def count(_: int) -> int:
            with world.store.read() as connection:
                return int(connection.driver.execute("SELECT count(*) FROM player").fetchone()[0])

        assert set(threads.map(count, range(400))) == {2}
        assert world.store._idle.qsize() == CONNECTIONS_KEPT == 1
    assert world.store._idle.empty()
