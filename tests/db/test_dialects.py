"""Dialects: every statement is one that each database takes, with the same columns."""

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_mock_engine

from inventui.db.dialects.postgresql import (
    FUNCTIONS,
    create_trigger,
    spelled,
    translate,
)
from inventui.db.guards import guards, triggers
from inventui.db.tables import metadata
from inventui.engine.bazaar.counts import ORDERS
from inventui.engine.bazaar.queries import Reads
from tests.db.test_statements import every_statement
from tests.postgresql import address, cluster, run


@pytest.fixture(scope="module")
def laid_out() -> Iterator[Path]:
    """A cluster whose one database has a world's tables."""
    tables: list[str] = []

    def collect(element: Any, *_: object, **__: object) -> None:
        tables.append(str(element.compile(dialect=mock.dialect)))

    mock = create_mock_engine("postgresql+psycopg://", collect)
    metadata.create_all(mock, checkfirst=False)
    with cluster() as folder:
        run(folder, [*FUNCTIONS, *tables])
        yield folder


def put_together() -> Iterator[str]:
    """Statements that are put together as they are needed."""
    for order, bounded, backwards in product(ORDERS.values(), (False, True), (False, True)):
        reads = Reads(order, bounded, backwards)
        yield from (reads.walk(), reads.walk("item_id = :item"), reads.sift(), reads.gather())
        yield from (reads.glance(), reads.heads(), reads.heads(upto=True))


@pytest.mark.trust
def test_postgresql_takes_every_statement_and_names_its_columns_like_its_row(
    laid_out: Path,
) -> None:
    import psycopg

    refused: list[str] = []
    statements = [(each.sql, getattr(each.row, "_fields", None)) for each in every_statement()]
    with closing(psycopg.connect(address(laid_out), autocommit=True)) as connection:
        for sql, fields in [*statements, *((text, None) for text in put_together())]:
            text, _ = translate(sql)
            prepared = connection.pgconn.prepare(b"", text.encode())
            if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
                refused.append(f"{text}\n  {prepared.error_message.decode()}")
                continue
            told = connection.pgconn.describe_prepared(b"")
            names = [(told.fname(column) or b"").decode() for column in range(told.nfields)]
            assert fields is None or names == list(fields), sql
    assert not refused, "\n".join(refused)


@pytest.mark.trust
def test_postgresql_takes_every_trigger_and_each_condition_of_one(laid_out: Path) -> None:
    import psycopg

    refused: list[str] = []
    with closing(psycopg.connect(address(laid_out))) as connection:
        for trigger in triggers():
            for statement in create_trigger(trigger):
                connection.execute(statement.encode())
            # What is inside a function is only looked at when it is first run.
            for part in trigger.body:
                if isinstance(part, str) or part.hidden or not part.unless:
                    continue
                rows = f"{trigger.table} NEW, {trigger.table} OLD"
                text = f"SELECT 1 FROM {rows} WHERE ({spelled(part.unless)}) IS NOT TRUE"
                prepared = connection.pgconn.prepare(b"", text.encode())
                if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
                    refused.append(f"{text}\n  {prepared.error_message.decode()}")
    assert not refused, "\n".join(refused)


def test_a_trigger_s_own_operators_reach_no_database() -> None:
    for trigger in triggers():
        for sql in (guards()[trigger.name], *create_trigger(trigger)):
            assert not re.search(r" == | != ", sql), sql
        assert not re.search(
            "rowid| IS (?!NOT (NULL|TRUE|DISTINCT)|NULL|DISTINCT)", "".join(create_trigger(trigger))
        ), trigger.name


@pytest.mark.trust
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(SELECT string_agg(key || '=' || value, ' ') FROM json_each('[3, 1]'))", "0=3 1=1"),
        ("(SELECT count(*) FROM json_each('[]'))", 0),
        ("(SELECT min(value) FROM json_each('[\"b\", \"a\"]', '$'))", "a"),
        ("(SELECT count(*) FROM json_each('{\"x\": [1, 2]}', '$.x'))", 2),
        ("(SELECT count(*) FROM json_each('{}', '$.x'))", 0),
        ("CAST(json_extract('{\"x\": true}', '$.x') AS BIGINT)", 1),
        ("CAST(json_extract('{\"x\": false}', '$.x') AS BIGINT)", 0),
        ("CAST(json_extract('{\"x\": 7}', '$.x') AS BIGINT)", 7),
        ("json_extract('{\"x\": \"true\"}', '$.x')", "true"),
        ("json_extract('{\"x\": null}', '$.x')", None),
        ("json_extract('{}', '$.x')", None),
        ("min(2, 3) * 10 + max(2, 3)", 23),
        ("(1 = 1) + (1 = 2) + (2 = 2)", 2),
        ("(1 = 2) - (1 = 1)", -1),
        ("5 + (1 = 1) - (1 = 2)", 6),
        ("5 * (1 = 2) + 5 * (1 = 1)", 5),
        ("typeof(7)", "integer"),
    ],
)
def test_a_function_of_sqlite_s_means_the_same_in_postgresql(
    laid_out: Path, expression: str, expected: object
) -> None:
    import sqlite3

    import psycopg

    with closing(psycopg.connect(address(laid_out))) as connection:
        theirs = connection.execute(f"SELECT {expression}".encode()).fetchone()
    with closing(sqlite3.connect(":memory:")) as driver:
        ours = driver.execute(re.sub("string_agg", "group_concat", f"SELECT {expression}"))
        assert theirs == ours.fetchone() == (expected,)


def test_advice_to_sqlite_s_planner_is_left_out_and_parameters_are_numbered() -> None:
    text, names = translate(
        "SELECT j.value::text FROM json_each(:ids) j CROSS JOIN listing l INDEXED BY listing_due"
        " ON l.id = j.value WHERE +l.kind = :kind AND l.id + 1 IN (SELECT 1) AND :kind <> ':no'"
    )
    assert text == (
        "SELECT j.value::text FROM json_each($1) j JOIN listing l"
        " ON l.id = j.value WHERE l.kind = $2 AND l.id + 1 IN (SELECT 1) AND $2 <> ':no'"
    )
    assert names == ("ids", "kind")
