"""Statements: each is one that the database takes, and yields what it says."""

import importlib
import pkgutil
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

import inventui.engine
from inventui.db.statements import EVERY, Connection, Statement
from tests.builders import a_world


def every_statement() -> list[Statement[object]]:
    for module in pkgutil.walk_packages(inventui.engine.__path__, "inventui.engine."):
        importlib.import_module(module.name)
    importlib.import_module("inventui.lab.report")
    return list(EVERY)


def test_the_database_takes_every_statement_and_names_its_columns_like_its_row(
    tmp_path: Path,
) -> None:
    a_world(tmp_path / "world.db").close()
    statements = every_statement()
    assert len(statements) > 250
    with closing(sqlite3.connect(tmp_path / "world.db")) as driver:
        for statement in statements:
            asked = dict.fromkeys(re.findall(r":([a-z_]+)", statement.sql), 0)
            driver.execute(f"EXPLAIN {statement.sql}", asked)
            if not statement.sql.lstrip().startswith(("SELECT", "WITH")):
                continue
            columns = [
                name for (name, *_) in driver.execute(statement.sql, asked).description or ()
            ]
            fields = getattr(statement.row, "_fields", None)
            assert len(columns) == 1 if fields is None else columns == list(fields), statement.sql


class Pair(NamedTuple):
    one: int
    two: str | None


@pytest.fixture
def connection() -> Connection:
    return Connection(sqlite3.connect(":memory:", isolation_level=None))


def test_rows_are_named_and_parts_are_filled_in(connection: Connection) -> None:
    pair = Statement("SELECT 1 AS one, {two} AS two WHERE :yes", Pair, two="'b'")
    assert connection.execute(pair, {"yes": True}).one() == Pair(1, "b")
    assert connection.execute(pair, {"yes": False}).first() is None
    assert list(connection.execute(pair, {"yes": True})) == [Pair(1, "b")]


def test_one_column_comes_by_itself(connection: Connection) -> None:
    assert connection.execute(Statement("SELECT 7", int)).one() == 7
    assert connection.execute(Statement.maybe("SELECT NULL", int)).one() is None
    assert connection.execute(Statement("VALUES (1), (2)", int)).all() == [1, 2]


@pytest.mark.parametrize("sql", ["SELECT 1 WHERE 0", "VALUES (1), (2)"])
def test_one_row_is_neither_none_nor_two(connection: Connection, sql: str) -> None:
    with pytest.raises(AssertionError, match="exactly one"):
        connection.execute(Statement(sql, int)).one()
