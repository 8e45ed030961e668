"""Worlds on a server that an older inventui made are brought to today's layout there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from inventui.db.dialects.postgresql import FUNCTIONS, number, translate_layout
from inventui.db.errors import Trouble, WorldError
from inventui.db.migrations import migrate as migrations
from inventui.db.schema import SCHEMA_VERSION
from inventui.db.server import schema
from inventui.db.server.migrate import FIRST
from inventui.db.server.roles import roles as roles_of_today
from inventui.db.tables import metadata
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import DAY, FrozenClock
from tests.builders import NOW, audited, opened
from tests.db.frozen_layouts import thaw
from tests.db.test_server_store import a_world
from tests.postgresql import address, cluster, give_roles, run

pytestmark = pytest.mark.trust


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with cluster() as folder:
        yield folder


def laid_out_then(path: Path, url: str, layout: int) -> None:
    """Lay out on a server the world that a frozen layout holds, as one of then would be there."""
    with closing(sqlite3.connect(thaw(layout, path))) as made:
        texts: dict[str, list[str]] = {}
        for table, text in made.execute(
            "SELECT tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index')"
            " AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC"
        ):
            texts.setdefault(table, []).append(text)
        # In the order in which they point to each other.
        order = [table.name for table in metadata.sorted_tables if table.name in texts]
        order += sorted(texts.keys() - set(order))
        with psycopg.connect(url) as driver:
            for text in (*schema.MARK, *FUNCTIONS):
                driver.execute(text)  # type: ignore[call-overload]
            for table in order:
                for text in texts[table]:
                    driver.execute(translate_layout(text).encode())
            driver.execute("SET LOCAL session_replication_role = replica")
            for table in order:
                found = made.execute(f"SELECT * FROM {table}")
                columns = [column[0] for column in found.description]
                with driver.cursor().copy(
                    f"COPY {table} ({', '.join(columns)}) FROM STDIN"
                ) as copy:
                    for row in found:
                        copy.write_row(row)
                if "id" in columns and "operation_id" in columns:
                    for text in number(table):
                        driver.execute(text)
            for table in ("operation", "player"):
                for text in number(table):
                    driver.execute(text)
            driver.execute(
                "CREATE FUNCTION old_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
                " RETURN NEW; END'"
            )
            driver.execute(
                "CREATE TRIGGER old_guard BEFORE INSERT ON transfer FOR EACH ROW"
                " EXECUTE FUNCTION old_guard()"
            )
            driver.execute(f"UPDATE inventui_world SET layout = {layout}")


def layout_of(url: str) -> tuple[Any, ...]:
    """Every column, default, condition, index and right there is."""
    asked = (
        "SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,"
        " a.attcollation::regcollation::text, pg_get_expr(d.adbin, d.adrelid), c.relrowsecurity"
        " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d"
        " ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r' AND a.attnum > 0"
        " AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2",
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 ORDER BY 1, 2",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT tablename, policyname, qual FROM pg_policies ORDER BY 1, 2",
        "SELECT c.relname, pg_get_userbyid(c.relowner) FROM pg_class c WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace ORDER BY 1",
    )
    with psycopg.connect(url) as driver:
        return tuple(driver.execute(text).fetchall() for text in asked)


def of_then(url: str) -> World:
    """The world with the packs that it has."""
    clock = FrozenClock(NOW + 30 * DAY)
    return World.open(url, clock=clock, entropy=SeededEntropy("later"))


def give_roles_of_then(url: str) -> None:
    """Let the roles do what those of an older inventui might."""
    with psycopg.connect(url, autocommit=True) as driver:
        for statement in roles_of_today():
            # What is said of a table that was not there yet.
            with suppress(psycopg.errors.UndefinedTable):
                driver.execute(statement.encode())


@pytest.mark.parametrize("roles", [False, True])
@pytest.mark.parametrize("layout", range(FIRST, SCHEMA_VERSION))
def test_a_world_on_a_server_goes_from_each_layout_to_today_s_and_is_played(
    layout: int, roles: bool, server: Path, tmp_path: Path
) -> None:
    old, new = (f"{name}{layout}{roles:d}" for name in ("old", "new"))
    run(server, [f"CREATE DATABASE {old}", f"CREATE DATABASE {new}"])
    laid_out_then(tmp_path / "world.db", address(server, old), layout)
    a_world(address(server, new)).close()
    if roles:
        give_roles(server, new)
        give_roles_of_then(address(server, old))
        with pytest.raises(WorldError, match="as its owner") as caught:
            of_then(address(server, old, "game"))
        assert caught.value.kind is Trouble.READ_ONLY
    with of_then(address(server, old)) as world:
        audited(world)
    assert layout_of(address(server, old)) == layout_of(address(server, new))
    with of_then(address(server, old, "game" if roles else "inventui")) as world:
        ana = world.player("ana")
        assert isinstance(ana, PlayerHandle)
        opened(ana, "crate", 2)
        audited(world)


def test_a_step_that_fails_leaves_a_world_on_a_server_as_it_was(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(server, ["CREATE DATABASE fails"])
    url = address(server, "fails")
    laid_out_then(tmp_path / "world.db", url, FIRST)
    before = layout_of(url)

    def step(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE gift")
        connection.execute("SELECT nothing FROM nowhere")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", {FIRST + 1: step})
        with pytest.raises(WorldError, match="as it was") as caught:
            of_then(url)
    assert caught.value.kind is Trouble.DAMAGED
    assert layout_of(url) == before
    with of_then(url) as world:
        audited(world)


def test_a_layout_that_no_world_on_a_server_had_is_left_alone(server: Path) -> None:
    run(server, ["CREATE DATABASE ancient"])
    url = address(server, "ancient")
    a_world(url).close()
    with psycopg.connect(url) as driver:
        driver.execute(f"UPDATE inventui_world SET layout = {FIRST - 1}".encode())
    with pytest.raises(WorldError) as caught:
        a_world(url)
    assert caught.value.kind is Trouble.FOREIGN
