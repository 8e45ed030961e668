"""Files that are no sound world: refused untouched, each kind with its own sentence."""

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from inventui.db import schema
from inventui.db.errors import Trouble, WorldError
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.world import PlayerHandle
from tests.builders import a_world, contents, opened
from tests.db.attack import bare, newer
from tests.db.error_texts import fails
from tests.db.frozen_layouts import thaw


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
        lambda p: newer(p, schema.SCHEMA_VERSION + 1),
    ),
    "a much newer world": (
        Trouble.NEWER,
        "update inventui",
        lambda p: newer(p, 2**31 - 1),
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
    path: Path, tmp_path: Path, trust: bool
) -> None:
    whole = path.read_bytes()
    told = 0
    pages = range(1, len(whole) // 4096, 1 if trust else 7)
    for page in pages:
        spoiled = tmp_path / f"spoiled-{page}.db"
        written(spoiled, whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        with suppress(WorldError):
            with a_world(spoiled) as world:
                world.players.list()
                world.audit()
                world.grant("ana", oranges=5)
            continue
        told += 1
    assert told > len(pages) // 2


@pytest.mark.parametrize("number", [0, *range(1, schema.SCHEMA_VERSION + 3), 2**31 - 1])
def test_a_layout_number_that_lies_is_told_with_both_layouts_and_the_way_back(
    number: int, path: Path
) -> None:
    if max(schema.MARKS) <= number <= schema.SCHEMA_VERSION:
        return
    patched(path, 60, struct.pack(">I", number))
    message = fails(path, Trouble.ALTERED)
    assert f"of layout {number}" in message
    assert f"those of layout {max(schema.MARKS)}" in message
    assert "restore BACKUP" in message
    assert not (path.parent / "backups").exists()


@pytest.mark.parametrize("layout", range(1, schema.SCHEMA_VERSION + 1))
def test_the_layout_of_tables_is_known_without_their_number(layout: int, tmp_path: Path) -> None:
    old = thaw(layout, tmp_path / "old.db")
    with closing(sqlite3.connect(old)) as connection:
        marked = schema.layout_of(connection)
        schema.check_layout(connection, old, layout)
        connection.execute("PRAGMA journal_mode = WAL")
    assert marked == max((number for number in schema.MARKS if number <= layout), default=1)
    if marked < max(schema.MARKS):
        patched(old, 60, struct.pack(">I", schema.SCHEMA_VERSION))
        message = fails(old, Trouble.ALTERED)
        assert f"of layout {schema.SCHEMA_VERSION}" in message
        assert f"those of layout {marked}" in message


@pytest.mark.parametrize("what", ["ana", "crate", "Crate", "oranges", "open", "starter"])
def test_text_that_is_no_utf_8_is_told_as_damage(what: str, path: Path) -> None:
    found = path.read_bytes()
    spoiled = found.replace(what.encode(), b"\xa5" * len(what))
    assert spoiled != found
    path.write_bytes(spoiled)
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()

    def look() -> None:
        with a_world(path) as world, world.store.read() as reading:
            for (name,) in names:
                reading.driver.execute(f"SELECT * FROM {name}").fetchall()

    with pytest.raises(WorldError) as caught:
        look()
    assert caught.value.kind in (Trouble.DAMAGED, Trouble.ALTERED)
    assert "restore" in str(caught.value)


def test_details_that_are_no_json_are_told_as_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE item SET details = '{no json'")
        connection.commit()

    def look() -> None:
        with a_world(path) as world:
            player = world.player("ana")
            assert isinstance(player, PlayerHandle)
            player.inventory.page(InventoryQuery())

    with pytest.raises(WorldError) as caught:
        look()
    assert caught.value.kind is Trouble.DAMAGED
    assert "restore" in str(caught.value)


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
        db.execute("CREATE TABLE novelty (name TEXT) STRICT")
        db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
        assert path.read_bytes()[60:64] == struct.pack(">I", schema.SCHEMA_VERSION)
        assert "newer inventui" in fails(path, Trouble.NEWER)
