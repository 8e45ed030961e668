"""Migrations: a backup first, all or nothing, the guards made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inventui.db import schema
from inventui.db.backup_files import backups_of
from inventui.db.errors import Trouble, WorldError
from inventui.db.guards import guards, missing_guards
from inventui.db.migrations import migrate as migrations
from inventui.db.migrations.migrate import Step, migrate
from inventui.engine.world import PlayerHandle
from inventui.rules.core.refusal import Reason
from tests.builders import NOW, a_world, contents, refused
from tests.db.attack import everything
from tests.db.frozen_layouts import thaw
from tests.db.other_program import running

TODAY = schema.SCHEMA_VERSION
NEXT = TODAY + 1


def state(path: Path) -> tuple[object, ...]:
    """All that a migration may change: rows, layout, number."""
    with closing(sqlite3.connect(path)) as connection:
        layout = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    return contents(path), sorted(layout), version


def guards_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(
            connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        )


def number(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def add_a_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    connection.execute("INSERT INTO novelty VALUES (7)")


def rewrite_a_journal(connection: sqlite3.Connection) -> None:
    """What no guard would let pass; a migration may have to."""
    connection.execute("UPDATE transfer SET kind = 'renamed' WHERE kind = 'case'")
    connection.execute("ALTER TABLE holding RENAME COLUMN held TO held_now")
    connection.execute("ALTER TABLE holding RENAME COLUMN held_now TO held")


def go_wrong(connection: sqlite3.Connection) -> None:
    add_a_table(connection)
    connection.execute("UPDATE account SET balance = 0")
    raise RuntimeError("the step stumbled")


def go_wrong_in_sql(connection: sqlite3.Connection) -> None:
    add_a_table(connection)
    connection.execute("INSERT INTO novelty VALUES (7)")


def leave_a_dangling_reference(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM odds_table WHERE id = 1")


def end_the_transaction(connection: sqlite3.Connection) -> None:
    add_a_table(connection)
    connection.execute("ROLLBACK")
    raise RuntimeError("the step stumbled")


def test_a_passphrase_that_was_taken_away_is_none_in_a_world_from_before(tmp_path: Path) -> None:
    world = thaw(6, tmp_path / "world.db")
    with closing(sqlite3.connect(world)) as connection:
        connection.executemany(
            "INSERT INTO passphrase VALUES (?, ?, 0, 0)", [(1, ""), (2, "$argon2id$kept")]
        )
        connection.commit()
    with a_world(world) as opened:
        assert [opened.passphrases.asked(player) for player in (1, 2)] == [False, True]
        assert isinstance(opened.player("ana"), PlayerHandle)


def test_players_whose_names_look_the_same_play_on_in_a_world_from_before(tmp_path: Path) -> None:
    world = thaw(8, tmp_path / "world.db")
    with closing(sqlite3.connect(world)) as connection:
        connection.execute(
            "UPDATE player SET name = '\u0430na', name_key = '\u0430na' WHERE id = 2"
        )
        connection.commit()
    with a_world(world) as opened:
        for name in ("ana", "\u0430na"):
            assert isinstance(opened.player(name), PlayerHandle)
        refused(opened.players.add("an\u0430"), Reason.PLAYER_EXISTS)


def test_a_step_brings_a_world_to_the_next_layout(path: Path) -> None:
    before = contents(path)
    backup = migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT)
    assert number(path) == NEXT
    after = contents(path)
    assert after.pop("novelty") == [(7,)]
    assert after == before
    assert backup is not None
    assert missing_guards(guards_of(path)) == []


def test_a_backup_of_the_world_as_it_was_is_made_first(path: Path) -> None:
    before = state(path)
    seen: list[list[Path]] = []

    def step(_: sqlite3.Connection) -> None:
        seen.append(backups_of(path))

    backup = migrate(path, NOW, steps={NEXT: step}, target=NEXT)
    assert backup is not None
    assert seen == [[backup]]
    assert backup.name == f"world-layout{TODAY}-2026-11-20T180000.db"
    assert state(backup) == before


def test_two_migrations_of_one_second_keep_two_backups(path: Path) -> None:
    for _ in range(2):
        with pytest.raises(WorldError):
            migrate(path, NOW, steps={NEXT: go_wrong}, target=NEXT)
    assert len(backups_of(path)) == 2


def test_without_a_backup_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(path)
    (path.parent / "backups").write_text("in the way")
    with pytest.raises(WorldError) as caught:
        migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT)
    assert caught.value.kind is Trouble.READ_ONLY
    assert state(path) == before


def test_guards_step_aside_for_a_step_and_come_back(path: Path) -> None:
    migrate(path, NOW, steps={NEXT: rewrite_a_journal}, target=NEXT)
    assert guards_of(path) == guards()
    with closing(sqlite3.connect(path)) as connection:
        kinds = {row[0] for row in connection.execute("SELECT DISTINCT kind FROM transfer")}
        assert "renamed" in kinds
        assert "case" not in kinds
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE transfer SET kind = 'case'")


def test_a_world_with_other_triggers_comes_out_with_the_guards_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER move_guard")
        connection.execute("CREATE TRIGGER evil BEFORE INSERT ON move BEGIN SELECT 1; END")
    migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT)
    assert guards_of(path) == guards()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (go_wrong, "the step stumbled"),
        (go_wrong_in_sql, "UNIQUE constraint failed"),
        (leave_a_dangling_reference, "points to a row of odds_table that is gone"),
        (end_the_transaction, "the step stumbled"),
    ],
)
def test_a_step_that_goes_wrong_leaves_the_world_as_it_was(
    step: Step, words: str, path: Path
) -> None:
    before = state(path)
    for steps in ({NEXT: step}, {NEXT: add_a_table, NEXT + 1: step}):
        if step is not leave_a_dangling_reference and len(steps) == 2:
            steps[NEXT] = rewrite_a_journal
        with pytest.raises(WorldError) as caught:
            migrate(path, NOW, steps=steps, target=max(steps))
        assert caught.value.kind is Trouble.DAMAGED
        assert words in str(caught.value)
        assert str(backups_of(path)[-1].parent) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert state(path) == before
    a_world(path).close()


def test_steps_run_in_order_once_each(path: Path) -> None:
    ran: list[int] = []

    def step(layout: int) -> Step:
        return lambda _: ran.append(layout)

    steps = {layout: step(layout) for layout in (NEXT + 2, NEXT, NEXT + 1, TODAY)}
    migrate(path, NOW, steps=steps, target=NEXT + 2)
    assert ran == [NEXT, NEXT + 1, NEXT + 2]
    assert number(path) == NEXT + 2


def test_a_missing_step_is_told_and_changes_nothing(path: Path) -> None:
    before = state(path)
    with pytest.raises(WorldError):
        migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT + 1)
    assert state(path) == before


def test_what_another_program_migrated_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    assert migrate(path, NOW, steps={}, target=TODAY) is None
    assert path.read_bytes() == before
    assert backups_of(path) == []


def test_a_newer_world_is_not_migrated(path: Path) -> None:
    migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT)
    before = path.read_bytes()
    with pytest.raises(WorldError) as caught:
        migrate(path, NOW, steps={NEXT + 1: add_a_table}, target=NEXT + 1)
    assert caught.value.kind is Trouble.NEWER
    assert path.read_bytes() == before


def test_references_are_not_checked_while_a_step_is_half_done(path: Path) -> None:
    """Rebuilding a table drops it first; what points to it must not go with it."""

    def rebuild(connection: sqlite3.Connection) -> None:
        sql = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'odds_table'")
        created = sql.fetchone()[0].replace("odds_table", "rebuilt", 1)
        connection.execute(created)
        connection.execute("INSERT INTO rebuilt SELECT * FROM odds_table")
        connection.execute("DROP TABLE odds_table")
        connection.execute("ALTER TABLE rebuilt RENAME TO odds_table")

    before = contents(path)
    migrate(path, NOW, steps={NEXT: rebuild}, target=NEXT)
    assert contents(path) == before


def test_a_world_that_is_being_written_is_waited_for_and_named(path: Path) -> None:
    holder = "db = sqlite3.connect(place, isolation_level=None)\ndb.execute('BEGIN IMMEDIATE')\n"
    with running(holder, path) as process:
        with pytest.raises(WorldError) as caught:
            migrate(path, NOW, steps={NEXT: add_a_table}, target=NEXT, seconds=0.2)
        assert caught.value.kind is Trouble.BUSY
        assert f"(process {process.pid})" in str(caught.value)
    assert number(path) == TODAY


def test_an_older_world_is_brought_up_when_it_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        before = everything(connection)
        connection.execute(f"PRAGMA user_version = {TODAY - 1}")
        connection.execute("DROP TRIGGER move_guard")
    older = {layout: mark for layout, mark in schema.MARKS.items() if layout < TODAY}
    monkeypatch.setattr(schema, "MARKS", older)
    monkeypatch.setitem(migrations.STEPS, TODAY, lambda _: None)  # type: ignore[misc]
    with a_world(path) as world:
        assert world.audit().ok
    with closing(sqlite3.connect(path)) as connection:
        assert everything(connection) == before
    assert number(path) == TODAY
    assert len(backups_of(path)) == 1


def test_there_is_a_step_to_every_layout_after_the_first() -> None:
    assert sorted(migrations.STEPS) == list(range(2, TODAY + 1))
