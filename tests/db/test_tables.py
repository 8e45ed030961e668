"""The layout: strict tables, words that are checked, guards as the rules generate them."""

import re
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

from inventui.db import schema
from inventui.db.guards import guards
from inventui.db.tables import metadata
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Event, Rarity, SeedState, Status
from inventui.rules.core.money import Currency
from tests.builders import a_world
from tests.db.attack import bare

ENUMS: dict[tuple[str, str], type[StrEnum]] = {
    ("account", "currency"): Currency,
    ("transfer", "currency"): Currency,
    ("item", "rarity"): Rarity,
    ("player_item", "status"): Status,
    ("player_item", "acquisition"): Acquisition,
    ("move", "event"): Event,
    ("move", "from_status"): Status,
    ("move", "to_status"): Status,
    ("seed_pair", "state"): SeedState,
}
TABLES = [table.name for table in metadata.sorted_tables]


def layout(path: Path, kind: str) -> dict[str, str]:
    """Every table, index or trigger of a world with its statement."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(
            connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL", (kind,)
            )
        )


def test_a_new_world_has_every_table_and_no_other(path: Path) -> None:
    assert set(layout(path, "table")) == set(TABLES)


def test_a_table_s_class_ends_in_row_and_says_the_table_s_name_itself() -> None:
    classes = [mapper.class_ for mapper in SQLModel._sa_registry.mappers]
    assert len(classes) == len(TABLES)
    for each in classes:
        assert each.__name__.endswith("Row")
        assert "__tablename__" in vars(each)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_strict(table: str, path: Path) -> None:
    assert re.search(r"\)\s*STRICT\s*$", layout(path, "table")[table])


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_a_whole_number_or_a_text(table: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        kinds = {row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
    assert kinds <= {"INTEGER", "TEXT"}


@pytest.mark.parametrize(("table", "column"), ENUMS)
def test_a_column_of_words_has_a_check_of_exactly_these_words(
    table: str, column: str, path: Path
) -> None:
    sql = layout(path, "table")[table]
    (listed,) = re.findall(rf"CHECK \({column} IN \(([^)]*)\)\)", sql)
    assert re.findall(r"'(\w+)'", listed) == [str(word) for word in ENUMS[table, column]]


def test_no_column_of_words_was_forgotten(path: Path) -> None:
    checked = {
        (table, column)
        for table, sql in layout(path, "table").items()
        for column in re.findall(r"CHECK \((\w+) IN \('", sql)
    }
    assert set(ENUMS) <= checked
    words = {"currency", "category", "rarity", "status", "from_status", "to_status", "event"}
    words |= {"acquisition", "state"}
    with closing(sqlite3.connect(path)) as connection:
        found = {
            (table, row[1])
            for table in TABLES
            for row in connection.execute(f"PRAGMA table_info({table})")
            if row[1] in words
        }
    # Categories are rows of a table, so that one more is no new layout.
    assert found <= checked | {("item", "category"), ("player_item", "category")}


def test_an_index_of_some_rows_is_of_the_same_rows_on_postgresql() -> None:
    conditions = {
        tuple(
            str(CreateIndex(index).compile(dialect=dialect)).partition(" WHERE ")[2]
            for dialect in (sqlite.dialect(), postgresql.dialect())
        )
        for table in metadata.sorted_tables
        for index in table.indexes
    }
    assert ("seen = 0", "seen = 0") in conditions
    for on_sqlite, on_postgresql in conditions:
        assert on_postgresql == on_sqlite


def test_a_world_s_guards_are_those_that_the_rules_generate(path: Path) -> None:
    assert layout(path, "trigger") == guards()


def test_guards_are_the_same_every_time_and_each_has_its_name() -> None:
    again = guards.__wrapped__()  # type: ignore[attr-defined]
    assert again == guards()
    assert list(again) == list(guards())
    for name, sql in guards().items():
        assert sql.startswith(f"CREATE TRIGGER {name} ")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_refuses_to_be_deleted_from(table: str, path: Path) -> None:
    guarded = [sql for sql in guards().values() if re.search(rf"BEFORE DELETE ON {table}\b", sql)]
    assert len(guarded) == 1
    assert "RAISE(ABORT" in guarded[0]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_guarded_where_rows_come_in_and_change(table: str) -> None:
    for moment in ("BEFORE INSERT ON", "BEFORE UPDATE ON"):
        assert any(re.search(rf"{moment} {table}\b", sql) for sql in guards().values()), moment


def test_every_reference_has_an_index_or_is_looked_up_by_number(path: Path) -> None:
    """A world holds together: what points somewhere points to a row's number."""
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            for row in connection.execute(f"PRAGMA foreign_key_list({table})"):
                key = "name" if row[2] == "category" else "id"
                assert (row[2] in TABLES, row[4]) == (True, key), (table, row)


def test_checks_alone_refuse_unknown_words_where_they_are_not_ignored(path: Path) -> None:
    with bare(path) as db:
        db.execute("PRAGMA ignore_check_constraints = OFF")
        for name in list(guards()):
            db.execute(f"DROP TRIGGER {name}")
        for table, column in ENUMS:
            with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                db.execute(f"UPDATE {table} SET {column} = 'unheard-of'")
        for change in (
            "account SET balance = -1 WHERE player_id = 1",
            "account SET house = 'x' WHERE player_id = 1",
            "transfer SET amount = 0",
            "transfer SET to_account_id = from_account_id",
            "player_item SET locked = 2",
            "player_item SET version = 0",
            "player_item SET durability = -1",
            "move SET version = 0",
            "roll SET ticket = 1000000",
            "roll SET ticket = -1",
            "seed_pair SET nonce = -1",
            "holding SET held = -1",
            "holding SET escrowed = -1",
            "case_box SET price = 0",
            "item SET value = -1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                db.execute(f"UPDATE {change}")


def test_an_item_is_of_a_category_that_the_world_knows(path: Path) -> None:
    with bare(path) as db:
        columns = "slug, name, rarity, rarity_rank, tier, category"
        insert = f"INSERT INTO item ({columns}) VALUES ('x', 'x', 'rare', 2, 'free', ?)"
        with pytest.raises(sqlite3.IntegrityError, match="no such category"):
            db.execute(insert, ("unheard-of",))
        known = {name for (name,) in db.execute("SELECT name FROM category")}
        assert known == {str(category) for category in Category}


def test_two_new_worlds_are_laid_out_alike(tmp_path: Path) -> None:
    for name in ("one", "two"):
        a_world(tmp_path / f"{name}.db", template=False).close()
    for kind in ("table", "index", "trigger"):
        assert layout(tmp_path / "one.db", kind) == layout(tmp_path / "two.db", kind)
    assert schema.version_of(tmp_path / "one.db") == schema.SCHEMA_VERSION


def test_no_trigger_looks_up_its_line_among_words_in_a_table_made_for_each_row() -> None:
    looked_up = re.compile(r"(NEW|OLD|c|m|o)\.\w+ (NOT )?IN \('")
    assert [name for name, sql in guards().items() if looked_up.search(sql)] == []
