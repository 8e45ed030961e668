"""Opening a world: what can't be used is refused untouched, each with its own sentence."""

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from inventui.db import schema
from inventui.db.errors import Trouble, WorldError
from inventui.db.lock import lock_path, needs_lock, world_lock
from inventui.db.store import Store, file_of
from tests.builders import NOW, a_world, contents, opened
from tests.db.attack import bare
from tests.db.other import running


def plain(error: WorldError) -> str:
    """The error's sentence, which must be one a person can read."""
    message = str(error)
    assert message
    assert "\n" not in message
    assert message.isprintable()
    assert "Traceback" not in message
    return message


def fails(path: Path, kind: Trouble) -> str:
    """Opening must fail so and leave the file, and all beside it, as they were."""
    names = sorted(p.name for p in path.parent.iterdir())
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(WorldError) as caught:
        a_world(path)
    assert caught.value.kind is kind, caught.value
    assert (path.read_bytes() if path.is_file() else b"") == before
    left = sorted(p.name for p in path.parent.iterdir() if not p.name.endswith(".lock"))
    assert left == names
    message = plain(caught.value)
    assert str(path) in message
    return message


def patched(path: Path, at: int, content: bytes) -> Path:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)
    return path


def other_database(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE account (balance)")
        connection.commit()
    return path


def cut(path: Path, size: int) -> Path:
    os.truncate(path, size)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


BAD: dict[str, tuple[Trouble, str, Callable[[Path], Path]]] = {
    "an empty file": (Trouble.EMPTY, "is empty", lambda p: cut(p, 0)),
    "a text": (Trouble.FOREIGN, "not even a SQLite", lambda p: written(p, b"Dear diary,\n" * 50)),
    "a short text": (Trouble.FOREIGN, "not even a SQLite", lambda p: written(p, b"hi")),
    "zeros": (Trouble.FOREIGN, "not even a SQLite", lambda p: written(p, bytes(8192))),
    "another program's database": (
        Trouble.FOREIGN,
        "another program",
        lambda p: other_database(cut(p, 0)),
    ),
    "another application's number": (
        Trouble.FOREIGN,
        "another program",
        lambda p: patched(p, 68, b"\0\0\0\1"),
    ),
    "a newer world": (
        Trouble.NEWER,
        "newer inventui",
        lambda p: patched(p, 60, struct.pack(">I", schema.SCHEMA_VERSION + 1)),
    ),
    "a much newer world": (
        Trouble.NEWER,
        "update inventui",
        lambda p: patched(p, 60, struct.pack(">I", 2**31 - 1)),
    ),
    "a header alone": (Trouble.DAMAGED, "cut off", lambda p: cut(p, 16)),
    "half a header": (Trouble.DAMAGED, "cut off", lambda p: cut(p, 99)),
    "a first page alone": (Trouble.DAMAGED, "are missing", lambda p: cut(p, 4096)),
    "half a file": (Trouble.DAMAGED, "are missing", lambda p: cut(p, p.stat().st_size // 2)),
    "one byte short": (Trouble.DAMAGED, "1 bytes are", lambda p: cut(p, p.stat().st_size - 1)),
    "garbage in the schema": (
        Trouble.DAMAGED,
        "is damaged",
        lambda p: patched(p, 100, b"\xa5" * 3996),
    ),
    "zeros for a schema": (Trouble.DAMAGED, "is damaged", lambda p: patched(p, 100, bytes(3996))),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_sound_world_is_refused_untouched(what: str, path: Path) -> None:
    kind, words, spoil = BAD[what]
    message = fails(spoil(path), kind)
    assert words in message


def test_every_such_kind_has_a_sentence_of_its_own(tmp_path: Path, path: Path) -> None:
    said = {}
    for number, (kind, _, spoil) in enumerate(BAD.values()):
        copy = tmp_path / f"{number}.db"
        shutil.copyfile(path, copy)
        said[kind] = fails(spoil(copy), kind).replace(str(copy), "FILE")
    assert len(set(said.values())) == len(said) == 4


def test_a_damaged_world_says_how_to_go_back(path: Path) -> None:
    assert "no backup" in fails(cut(path, 4096), Trouble.DAMAGED)
    backup = path.parent / "backups" / "world-daily-2026-11-20.db"
    backup.parent.mkdir()
    shutil.copyfile(path, backup)
    assert f"restore {backup}" in fails(path, Trouble.DAMAGED)


def test_garbage_in_any_page_is_told_in_words_and_never_as_a_crash(
    path: Path, tmp_path: Path
) -> None:
    whole = path.read_bytes()
    told = 0
    for page in range(1, len(whole) // 4096):
        spoiled = tmp_path / f"spoiled-{page}.db"
        written(spoiled, whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        with suppress(WorldError):
            with a_world(spoiled) as world:
                world.players.list()
                world.audit()
                world.grant("ana", oranges=5)
            continue
        told += 1
    assert told > len(whole) // 4096 // 2


def moved_from_log(path: Path, page: int) -> None:
    """Write a page of the log into its file, as a program does that dies right after."""
    log = path.with_name(path.name + "-wal").read_bytes()
    found = b""
    for at in range(32, len(log), 24 + 4096):
        if struct.unpack(">I", log[at : at + 4])[0] == page:
            found = log[at + 24 : at + 24 + 4096]
    assert found
    patched(path, (page - 1) * 4096, found)


def test_a_world_that_a_dying_program_left_with_a_log_is_whole(path: Path, tmp_path: Path) -> None:
    with a_world(path) as world:
        for _ in range(8):
            opened(world.player("ana"), "crate", 100)  # type: ignore[arg-type]
        was = contents(world)
        left = tmp_path / "left.db"
        for suffix in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + suffix), left.with_name(left.name + suffix))
    # The first page was moved: it counts pages that only the log has yet.
    moved_from_log(left, 1)
    pages = struct.unpack(">I", left.read_bytes()[28:32])[0]
    assert left.stat().st_size < pages * 4096
    assert schema.version_of(left) == schema.SCHEMA_VERSION
    with a_world(left) as world:
        assert contents(world) == was
        assert world.audit().ok


def test_a_newer_world_is_known_by_its_log_too(path: Path) -> None:
    with bare(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
        assert path.read_bytes()[60:64] == struct.pack(">I", schema.SCHEMA_VERSION)
        assert "newer inventui" in fails(path, Trouble.NEWER)


def test_a_folder_is_no_world(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "is a folder" in fails(folder, Trouble.UNREACHABLE)


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
    ],
)
def test_an_address_of_another_kind_is_refused(location: str) -> None:
    with pytest.raises(WorldError) as caught:
        file_of(location)
    assert caught.value.kind is Trouble.UNREACHABLE
    assert "u:p@" not in plain(caught.value)


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


def test_a_full_disk_changes_nothing_and_with_room_the_same_succeeds(path: Path) -> None:
    with a_world(path) as world:
        with world.store.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")
        number = 0
        with pytest.raises(WorldError) as caught:  # noqa: PT012
            while number < 500:
                before = contents(world)
                world.grant("ana", item="lemon", key=f"k{(number := number + 1)}")
        assert caught.value.kind is Trouble.FULL
        assert "full" in plain(caught.value)
        assert contents(world) == before
        raw.execute("PRAGMA max_page_count = 1000000")
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


def test_a_refusal_of_a_guard_is_a_bug_and_stays_one(path: Path) -> None:
    with (
        a_world(path) as world,
        pytest.raises(IntegrityError, match="a journal is only added to"),
        world.store.write() as connection,
    ):
        connection.execute(text("UPDATE transfer SET amount = 1"))


def test_what_a_write_began_is_undone_when_it_fails(path: Path) -> None:
    class Bug(Exception):
        pass

    with a_world(path) as world:
        before = contents(world)
        with suppress(Bug), world.store.write() as connection:
            connection.execute(text("UPDATE player SET name = 'x'"))
            raise Bug
        assert contents(world) == before
        with world.store.write() as connection:
            connection.execute(text("UPDATE player SET name = 'x'"))
        assert contents(world) != before


def test_readers_can_t_write_and_see_one_moment(path: Path) -> None:
    with a_world(path) as world, world.store.read() as connection:
        count = text("SELECT count(*) FROM player")
        assert connection.execute(count).scalar_one() == 2
        world.players.add("cy")
        assert connection.execute(count).scalar_one() == 2
        with pytest.raises(WorldError) as caught, world.store.translated():
            connection.execute(text("UPDATE player SET name = 'x'"))
        assert caught.value.kind is Trouble.READ_ONLY


@pytest.mark.parametrize("engine", ["reader", "writer"])
def test_connections_are_durable_and_strict(engine: str, path: Path) -> None:
    due = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "fullfsync": 1,
        "query_only": int(engine == "reader"),
    }
    with a_world(path) as world, getattr(world.store, engine).connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in due}
    assert found == due


def test_a_closed_world_leaves_one_file(path: Path) -> None:
    with a_world(path) as world:
        world.players.add("cy")
    names = {p.name for p in path.parent.iterdir()}
    assert names <= {"world.db", "world.db.lock"}


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


@pytest.mark.parametrize(
    ("version", "due"),
    [
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 0), True),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_an_sqlite_older_than_the_fix_needs_a_lock(
    version: tuple[int, int, int], due: bool
) -> None:
    assert needs_lock(version) is due


def test_a_world_that_was_made_at_a_known_time_says_so(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", template=False) as world:
        settings = dict(contents(world)["world_setting"])
    assert settings["created_at"] == str(NOW)
    assert len(str(settings["seed"])) == 64
