"""Ways round the guards that SQL can't bar: the next start and the audit notice them."""

import sqlite3
from pathlib import Path

import pytest

from inventui.db.errors import Trouble, WorldError
from inventui.db.guards import (
    FINGERPRINT,
    fingerprint,
    guards,
    missing_guards,
    strange_triggers,
)
from inventui.engine.audit.models import AuditReport
from tests.builders import a_world
from tests.db.attack import (
    ANA,
    a_player_item_that_is,
    an_operation,
    bare,
    everything,
    insert,
    nothing_changes,
    one,
)
from tests.db.invariants import holds

EVIL = "CREATE TRIGGER evil AFTER INSERT ON transfer BEGIN SELECT 1; END"


def altered(path: Path, named: str) -> None:
    """Opening the world must fail, name what is wrong, and leave it as it is."""
    before = path.read_bytes()
    with pytest.raises(WorldError) as caught:
        a_world(path)
    assert caught.value.kind is Trouble.ALTERED
    assert named in str(caught.value)
    assert "restore" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def test_an_altered_world_names_its_newest_backup(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    with a_world(path) as world:
        backup = world.backup()
    with bare(path) as db:
        db.execute(EVIL)
    altered(path, f"restore {backup}")


def audit(path: Path, *attacks: str) -> AuditReport:
    """The audit of a world that is attacked while it is open."""
    with a_world(path) as world:
        with bare(path) as db:
            for attack in attacks:
                db.execute(attack)
        return world.audit()


def failed(report: AuditReport) -> set[str]:
    return {check.name for check in report.checks if not check.ok}


@pytest.mark.parametrize("name", guards())
def test_a_dropped_guard_is_named_at_the_next_start(
    name: str, path: Path, own_db: sqlite3.Connection
) -> None:
    own_db.execute(f"DROP TRIGGER {name}")
    own_db.close()
    altered(path, name)


def test_a_dropped_guard_is_named_by_the_audit_of_an_open_world(path: Path) -> None:
    report = audit(path, "DROP TRIGGER transfer_guard")
    (check,) = [check for check in report.checks if not check.ok]
    assert check.name == "guards"
    assert "transfer_guard" in check.faults[0]


ALTERATIONS = {
    "a guard that guards nothing": (
        "account_no_update",
        [
            "DROP TRIGGER account_no_update",
            "CREATE TRIGGER account_no_update BEFORE UPDATE ON account BEGIN SELECT 1; END",
        ],
    ),
    "a guard of another table": (
        "roll_guard",
        [
            "DROP TRIGGER roll_guard",
            "CREATE TRIGGER roll_guard BEFORE INSERT ON player BEGIN SELECT 1; END",
        ],
    ),
    "a trigger of its own": ("evil", [EVIL]),
    "a guard edited in the schema": (
        "move_guard",
        [
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, 'owned', 'sold')"
            " WHERE name = 'move_guard'",
        ],
    ),
    "guards deleted from the schema": (
        "is gone or differs",
        ["PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE type = 'trigger'"],
    ),
    "a table put in another's place": (
        "is gone or differs",
        [
            "CREATE TABLE other AS SELECT * FROM transfer",
            "ALTER TABLE transfer RENAME TO old",
            "ALTER TABLE other RENAME TO transfer",
        ],
    ),
    "a table that is gone": ("roll", ["DROP TABLE roll"]),
    "a column of another name": (
        "is gone or differs",
        ["ALTER TABLE account RENAME COLUMN balance TO money"],
    ),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_altered_layout_is_refused_at_the_next_start(
    what: str, path: Path, own_db: sqlite3.Connection
) -> None:
    named, statements = ALTERATIONS[what]
    for statement in statements:
        own_db.execute(statement)
    own_db.close()
    altered(path, named)


def test_a_trigger_of_its_own_is_named_by_the_audit(path: Path) -> None:
    report = audit(path, EVIL)
    assert failed(report) == {"guards"}
    assert "evil" in next(c for c in report.checks if not c.ok).faults[0]


def test_the_fingerprint_of_the_guards_is_that_of_the_guards() -> None:
    assert fingerprint(guards()) == FINGERPRINT, "write it into db/guards/__init__.py"


def test_every_trigger_and_every_word_of_one_is_in_the_fingerprint() -> None:
    found = dict(guards())
    name = next(iter(found))
    assert fingerprint(dict(reversed(found.items()))) == FINGERPRINT
    for other in (
        {**found, "evil": EVIL},
        {**found, name: found[name] + " "},
        {key: sql for key, sql in found.items() if key != name},
    ):
        assert fingerprint(other) != FINGERPRINT


def test_gone_changed_and_strange_triggers_are_told_apart() -> None:
    found = dict(guards())
    assert missing_guards(found) == []
    assert strange_triggers(found) == []
    del found["roll_guard"]
    found["move_guard"] += " "
    found["evil"] = EVIL
    assert sorted(missing_guards(found)) == ["move_guard", "roll_guard"]
    assert strange_triggers(found) == ["evil"]


def test_a_trigger_of_one_connection_can_t_hide_from_the_audit(path: Path) -> None:
    """A guard that is running is not run again inside itself when recursion is off.

    So a temporary trigger can write a transfer while another one is being applied. The
    line stands, unapplied, and the audit finds the balances that do not follow.
    """
    report = audit(
        path,
        "CREATE TEMP TRIGGER evil AFTER UPDATE ON main.account"
        " WHEN NEW.player_id = 1 AND (SELECT count(*) FROM transfer WHERE kind = 'evil') = 0"
        " BEGIN INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance)"
        " SELECT (SELECT max(id) FROM operation), 'evil', 'oranges', 1000, f.id, t.id,"
        " f.balance - 1000, t.balance + 1000 FROM account f, account t"
        " WHERE f.house = 'admin' AND f.currency = 'oranges' AND t.player_id = 2"
        " AND t.currency = 'oranges'; END",
        "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT (SELECT max(id) FROM operation), 'x',"
        " 'oranges', 1, f.id, t.id, f.balance - 1, t.balance + 1 FROM account f, account t"
        " WHERE f.house = 'sale' AND f.currency = 'oranges' AND t.player_id = 1"
        " AND t.currency = 'oranges'",
    )
    assert "balances" in failed(report)


@pytest.mark.parametrize("table", ["operation", "account", "player_item", "move", "seed_pair"])
def test_a_temporary_table_of_the_same_name_deceives_no_guard(
    table: str, path: Path, own_db: sqlite3.Connection
) -> None:
    before = everything(own_db)
    own_db.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")
    if table == "account":
        own_db.execute("UPDATE temp.account SET balance = 1000000000")
    if table == "operation":
        own_db.execute("INSERT INTO temp.operation (id, scope, key) VALUES (999, 0, 'k')")
    attacks = (
        "UPDATE main.account SET balance = balance + 1",
        "INSERT INTO main.transfer (operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT 999, '', 'oranges', 5, 1, 60, 0, 5",
        "INSERT INTO main.move (player_item_id, version, event, from_status, to_status,"
        " operation_id) SELECT id, version + 1, 'sell', 'owned', 'sold', 999 FROM main.player_item"
        " WHERE status = 'owned' LIMIT 1",
        "UPDATE main.player_item SET status = 'owned'",
        "UPDATE main.seed_pair SET nonce = 0",
        "DELETE FROM main.move",
    )
    for attack in attacks:
        with pytest.raises(sqlite3.IntegrityError):
            own_db.execute(attack)
    own_db.execute(f"DROP TABLE temp.{table}")
    assert everything(own_db) == before


def test_a_world_attached_to_another_database_is_guarded_as_well(
    path: Path, tmp_path: Path
) -> None:
    with bare(tmp_path / "other.db") as db:
        db.execute("ATTACH ? AS world", (str(path),))
        for table in ("operation", "account", "player_item"):
            db.execute(f"CREATE TABLE {table} AS SELECT * FROM world.{table}")
        db.execute("UPDATE main.account SET balance = 1000000000")
        for attack in (
            "UPDATE world.account SET balance = 1",
            "INSERT OR REPLACE INTO world.account SELECT * FROM main.account",
            "DELETE FROM world.transfer",
            "UPDATE OR REPLACE world.player_item SET status = 'owned', version = 9",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(attack)
    a_world(path).close()


def test_a_function_in_the_place_of_sqlites_own_deceives_no_guard(
    own_db: sqlite3.Connection,
) -> None:
    before = everything(own_db)
    for name, arguments in (("coalesce", -1), ("max", -1), ("min", -1), ("count", 0)):
        own_db.create_function(name, arguments, lambda *_: 10**6, deterministic=True)
    for name in ("like", "glob", "typeof", "ifnull", "abs", "length"):
        for arguments in (1, 2):
            own_db.create_function(name, arguments, lambda *_: 1, deterministic=True)
    own_db.execute(
        "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
        " VALUES (1, 'functions', 1, 'x', '{}', 0, '{}')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        own_db.execute("UPDATE account SET balance = 1000000")
    player_item = own_db.execute(
        "SELECT id, version FROM player_item WHERE status = 'owned'"
    ).fetchone()
    operation = own_db.execute("SELECT id FROM operation ORDER BY id DESC").fetchone()[0]
    own_db.execute(
        "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
        " VALUES (?, ?, 'withdraw', 'owned', 'withdrawn', ?)",
        (player_item[0], player_item[1] + 1, operation),
    )
    with bare(Path(own_db.execute("PRAGMA database_list").fetchone()[2])) as fresh:
        holds(fresh, before)


def test_a_savepoint_that_is_undone_leaves_nothing_behind(own_db: sqlite3.Connection) -> None:
    before = everything(own_db)
    own_db.execute("SAVEPOINT s")
    a_player_item_that_is(own_db, None)
    player_item = a_player_item_that_is(own_db, "equipped", "cap")  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        own_db.execute("UPDATE player_item SET status = 'owned' WHERE id = ?", (player_item,))
    own_db.execute("ROLLBACK TO s")
    own_db.execute("RELEASE s")
    assert everything(own_db) == before


def test_pragmas_that_loosen_sqlite_loosen_no_guard(own_db: sqlite3.Connection) -> None:
    an_operation(own_db)
    for pragma in (
        "ignore_check_constraints = ON",
        "foreign_keys = OFF",
        "recursive_triggers = OFF",
        "defer_foreign_keys = ON",
        "writable_schema = ON",
        "legacy_alter_table = ON",
        "reverse_unordered_selects = ON",
        "trusted_schema = OFF",
        "count_changes = ON",
        "case_sensitive_like = ON",
        "cell_size_check = OFF",
        "read_uncommitted = ON",
    ):
        own_db.execute(f"PRAGMA {pragma}")
        with nothing_changes(own_db):
            own_db.execute("UPDATE account SET balance = balance + 1")
        with nothing_changes(own_db):
            insert(own_db, "account", player_id=ANA, currency="oranges", balance=5)
        with nothing_changes(own_db):
            own_db.execute("DELETE FROM move")
    assert one(own_db, "SELECT count(*) FROM move") > 0
