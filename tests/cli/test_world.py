"""The world as a whole: audit, backup, restore, grant, paths; and worlds that can't be used."""

import os
import pty
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from inventui import config
from inventui.engine.audit.models import AuditCheck, AuditReport
from inventui.engine.world import World
from tests.builders import a_world, contents
from tests.cli.conftest import WITH_SMALL_PACK, Run, read_until


def test_an_audit_names_every_check(run: Run, database: Path) -> None:
    report = run("audit", "--json").answered()
    assert report["ok"] is True
    assert len(report["checks"]) > 5
    assert all(
        set(check) == {"name", "ok", "faults"} and check["ok"] and check["faults"] == []
        for check in report["checks"]
    )
    assert "The books are in order." in run("audit").out


def test_an_audit_that_finds_a_fault_names_it_and_exits_1(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = AuditReport(
        (AuditCheck("balances", False, ("ana has [bold]1[/] too many",)), AuditCheck("x", True, ()))
    )
    monkeypatch.setattr(World, "audit", lambda world: report)
    ran = run("audit", "--json")
    assert ran.status == 1
    assert ran.json == {
        "ok": False,
        "checks": [
            {"name": "balances", "ok": False, "faults": ["ana has [bold]1[/] too many"]},
            {"name": "x", "ok": True, "faults": []},
        ],
    }
    plain = run("audit")
    assert plain.status == 1
    assert "balances: ana has [bold]1[/] too many" in plain.out


def test_a_backup_is_a_whole_world(run: Run, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    assert run("backup", target, "--json").answered() == {"path": str(target)}
    assert contents(target) == contents(database)


def test_a_backup_goes_beside_the_world_unless_told(run: Run, database: Path) -> None:
    made = Path(run("backup", "--json").answered()["path"])
    assert made.parent == database.parent / "backups"
    assert contents(made) == contents(database)


def test_a_backup_replaces_no_file(run: Run, database: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    for target in (mine, database, tmp_path):
        run("backup", target, "--json").refused("file_exists")
        run("backup", target).said(1)
    assert mine.read_text() == "mine"


def test_a_backup_that_can_not_be_written_exits_3(run: Run, database: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    before = contents(database)
    for target in (tmp_path / "file" / "x.db", "a\x00b"):
        ran = run("backup", target, "--json")
        assert ran.status == 3
        assert ran.json["error"]["message"]
        run("backup", target).said(3)
    assert contents(database) == before


def test_a_restore_puts_the_backup_in_place_and_keeps_what_was(
    run: Run, database: Path, tmp_path: Path
) -> None:
    target = tmp_path / "kept.db"
    run("backup", target, "--json").answered()
    then = contents(database)
    run("open", "crate", "--json").answered()
    now = contents(database)
    document = run("restore", target, "--yes", "--json").answered()
    assert document["database"] == str(database)
    assert contents(database) == then
    assert contents(Path(document["kept"])) == now


def test_a_restore_asks_before_it_replaces(run: Run, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    run("backup", target, "--json").answered()
    run("open", "crate", "--json").answered()
    now = contents(database)
    run("restore", target, "--json").refused("not_confirmed")
    assert "--yes" in run("restore", target).said(1)
    assert contents(database) == now


def test_a_restore_where_no_world_is_asks_nothing(run: Run, database: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    document = run("restore", database, "--database", elsewhere, "--json").answered()
    assert document["kept"] is None
    assert contents(elsewhere) == contents(database)


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        (b"y\n", True),
        (b"n\n", False),
        pytest.param(b"\n", False, marks=pytest.mark.trust),
    ],
)
def test_on_a_terminal_the_answer_counts(
    run: Run, database: Path, tmp_path: Path, answer: bytes, restored: bool
) -> None:
    target = tmp_path / "kept.db"
    run("backup", target, "--json").answered()
    then = contents(database)
    run("open", "crate", "--json").answered()
    now = contents(database)
    mine, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", WITH_SMALL_PACK, "restore", str(target)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    read_until(mine, b"[y/N]")
    os.write(mine, answer)
    assert program.wait(timeout=60) == (0 if restored else 1)
    os.close(mine)
    assert contents(database) == (then if restored else now)


def test_a_backup_that_is_not_there_or_no_world_restores_nothing(
    run: Run, database: Path, tmp_path: Path
) -> None:
    before = contents(database)
    for answer in ((), ("--yes",)):
        run("restore", tmp_path / "nope.db", *answer, "--json").refused("invalid_file")
        run("restore", database, *answer, "--json").refused("invalid_file")
    there = run("backup", "--json").answered()["path"]
    assert f"There are: {there}." in run("restore", tmp_path / "nope.db").said(1)
    (tmp_path / "text.db").write_text("no database at all, though long enough to be looked at")
    ran = run("restore", tmp_path / "text.db", "--yes", "--json")
    assert ran.status == 3
    run("restore", tmp_path / "text.db", "--yes").said(3)
    assert contents(database) == before


def test_a_grant_gives_items_and_money(run: Run, database: Path) -> None:
    given = run(
        "grant", "bob", "--item", "lemon", "--oranges", 100, "--gems", 2, "--json"
    ).answered()
    assert given["player"] == "bob"
    assert (given["oranges"], given["gems"]) == (100, 2)
    assert given["balance"] == {"oranges": 5_000, "gems": 27}
    player_items = run("inventory", "--player", "bob", "--json").answered()["items"]
    assert given["item"] == {"id": player_items[0]["id"], "name": "Glass Lemon", "slug": "lemon"}
    assert "bob was given 1 orange and has" in run("grant", "bob", "--oranges", 1).out


def test_the_same_key_grants_once(run: Run, database: Path) -> None:
    first = run("grant", "ana", "--gems", 1, "--key", "k", "--json").answered()
    before = contents(database)
    assert run("grant", "ana", "--gems", 1, "--key", "k", "--json").answered() == {
        **first,
        "repeat": True,
    }
    assert contents(database) == before


def test_a_grant_that_makes_no_sense_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for arguments, reason in (
        (["nobody", "--gems", 1], "unknown_player"),
        (["ana"], "nothing_to_do"),
        (["ana", "--item", "nope"], "unknown_item"),
        (["ana", "--item", ""], "unknown_item"),
        (["ana", "--oranges", -1], "invalid_amount"),
        (["ana", "--gems", 2**53], "invalid_amount"),
    ):
        run("grant", *arguments, "--json").refused(reason)
        run("grant", *arguments).said(1)
    run("grant", "ana", "--gems", "x", "--json").refused("usage", 2)
    assert contents(database) == before


def test_the_rights_of_a_server_s_roles_are_printed_as_sql(run: Run) -> None:
    told = run("world", "roles", "--json").answered()
    assert told["roles"] == {
        "owner": "inventui_owner",
        "game": "inventui_game",
        "player": "inventui_player",
    }
    printed = run("world", "roles").out
    assert printed == "".join(f"{statement};\n" for statement in told["sql"])
    (made, _, named) = run("world", "roles", 'a"b', "O'Ana", "--json").answered()["sql"]
    assert made.startswith('CREATE ROLE "a""b" LOGIN')
    assert "SELECT 'a\"b', id FROM player WHERE name = 'O''Ana'" in named
    run("world", "roles", "ana", "--json").refused("nothing_to_do")


def test_a_dump_is_brought_back_to_a_server_only_if_that_is_meant(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    there = ("--database", "postgresql://ana:secret@127.0.0.1:1/club")
    backup = tmp_path / "club.dump"
    backup.write_bytes(b"PGDMP")
    refused = run("restore", backup, *there, "--json").refused("not_confirmed")
    assert refused["database"] == "club on 127.0.0.1"
    backup.write_text("a letter")
    run("restore", backup, "--yes", *there, "--json").refused("invalid_file")
    run("restore", tmp_path / "none", "--yes", *there, "--json").refused("invalid_file")


def test_paths_are_told_and_nothing_is_made(run: Run, home: Path) -> None:
    places = run("paths", "--json").answered()
    assert places["database"] == str(home / "data" / "world.db")
    assert places["data"] == str(config.data_dir())
    assert places["config"] == str(config.config_dir())
    assert places["documents"] == str(config.documents_dir())
    assert run("paths", "--database", "/x/y.db", "--json").answered()["database"] == "/x/y.db"
    assert str(home) in run("paths").out
    assert list(home.iterdir()) == []


EVERY_WORLD_COMMAND = (
    ["players"],
    ["players", "add", "cy"],
    ["cases"],
    ["odds", "crate"],
    ["open", "crate"],
    ["inventory"],
    ["sell", "1"],
    ["lock", "1"],
    ["ledger"],
    ["history", "1"],
    ["fairness"],
    ["fairness", "rotate"],
    ["fairness", "export", "proof.json"],
    ["verify"],
    ["simulate", "crate", "-n", "1"],
    ["audit"],
    ["backup"],
    ["grant", "ana", "--gems", "1"],
)


def useless(kind: str, folder: Path) -> str:
    """Where a world of this kind is that can't be used."""
    file = folder / f"{kind}.db"
    if kind == "text":
        file.write_text("this is a letter to my aunt, and no database at all, dear reader")
    elif kind == "empty":
        file.touch()
    elif kind == "foreign":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE mine (x)")
            connection.commit()
    elif kind == "newer":
        a_world(file).close()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 999")
            connection.commit()
    elif kind == "folder":
        file.mkdir()
    elif kind == "url":
        return "postgresql://localhost/world"
    elif kind == "nul":
        return "a\x00b.db"
    elif kind == "under a file":
        file.touch()
        return str(file / "world.db")
    return str(file)


@pytest.mark.parametrize(
    "kind", ["text", "empty", "foreign", "newer", "folder", "url", "nul", "under a file"]
)
def test_a_world_that_can_not_be_used_exits_3_and_is_left_alone(
    run: Run, tmp_path: Path, kind: str
) -> None:
    where = useless(kind, tmp_path)
    file = tmp_path / f"{kind}.db"
    before = file.read_bytes() if file.is_file() else None
    for command in EVERY_WORLD_COMMAND:
        ran = run(*command, "--database", where, "--json")
        assert ran.status == 3, (command, ran)
        assert set(ran.json["error"]) == {"reason", "message"}
    run("cases", "--database", where).said(3)
    assert before == (file.read_bytes() if file.is_file() else None)


def test_a_world_that_another_program_keeps_is_waited_for_then_refused(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = World.open

    def impatient(location: str) -> World:
        return really(location, busy_seconds=0.1)

    before = contents(database)
    monkeypatch.setattr(World, "open", impatient)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = run("open", "crate", "--json")
        assert (ran.status, ran.json["error"]["reason"]) == (3, "busy")
        run("open", "crate").said(3)
        assert run("inventory", "--json").answered()["total"] == 6
        other.execute("ROLLBACK")
    assert contents(database) == before


# Who may read it


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_others_could_read_is_said_once_on_standard_error(
    run: Run, database: Path, home: Path
) -> None:
    database.parent.chmod(0o755)
    database.chmod(0o644)
    config.save_settings(config.Settings())
    config.settings_file().chmod(0o644)
    ran = run("cases")
    assert ran.status == 0
    assert ran.err == (
        f"Others on this machine could read {database} and 2 more; from now on only you can.\n"
    )
    assert run("cases").err == ""
    assert [mode(path) for path in (database, database.parent, config.settings_file())] == [
        0o600,
        0o700,
        0o600,
    ]


def test_a_world_that_is_named_leaves_its_folder_and_the_usual_ones_as_they_are(
    run: Run, database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(0o755)
    (database).rename(folder / "world.db")
    (folder / "world.db").chmod(0o644)
    database.parent.chmod(0o755)
    assert run("cases", "--database", folder / "world.db").err.count("\n") == 1
    assert [mode(path) for path in (folder, folder / "world.db", database.parent)] == [
        0o755,
        0o600,
        0o755,
    ]


def test_a_backup_is_made_from_no_pipe_and_put_into_no_device(
    run: Run, database: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = contents(database)
    for place in (tmp_path / "pipe", tmp_path, "/dev/null", "/dev/zero"):
        run("backup", place, "--json").refused("file_exists")
        refused = run("restore", place, "--yes", "--json").refused("invalid_file")
        assert "no regular file" in refused["message"]
    assert contents(database) == before
