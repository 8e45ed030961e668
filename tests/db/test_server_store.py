"""A world on a PostgreSQL server: made, played, opened again, guarded, lost and found."""

import importlib.util
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from select import select
from typing import Any

import pytest

from inventui.db import location
from inventui.db.errors import Trouble, WorldError
from inventui.db.server.dump import check_dump, restore
from inventui.db.store import Store
from inventui.engine.bazaar.models import BazaarQuery, Listed, ListingPage
from inventui.engine.cases.models import Opening
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.players.models import Grant
from inventui.engine.world import World
from inventui.rules.bazaar import DURATION
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Reason
from tests.builders import NOW, SMALL_PACK, a_player, audited, contents, done, opened
from tests.builders import refused as refused_with
from tests.postgresql import address, cluster, counted, give_roles, run

pytestmark = pytest.mark.trust


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with cluster() as folder:
        yield folder


@pytest.fixture
def url(server: Path) -> str:
    run(server, ["DROP DATABASE IF EXISTS club WITH (FORCE)", "CREATE DATABASE club"])
    return address(server, "club")


def a_world(url: str, **options: Any) -> World:
    clock, entropy = FrozenClock(NOW), SeededEntropy("tests")
    return World.open(url, clock=clock, entropy=entropy, pack=SMALL_PACK, **options)


def bare(url: str) -> Any:
    import psycopg

    return closing(psycopg.connect(url, autocommit=True))


def refused(url: str, trouble: Trouble) -> str:
    with pytest.raises(WorldError) as caught:
        a_world(url)
    assert caught.value.kind is trouble, caught.value
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_world_is_made_played_and_found_as_it_was(url: str) -> None:
    with a_world(url) as world:
        assert world.store.created
        ana = a_player(world)
        opening = opened(ana, "crate", 3)
        audited(world)
    with a_world(url) as world:
        assert not world.store.created
        assert opened_again(world, "k").repeat is False
        assert opened_again(world, "k").repeat is True
        assert {roll.item_id for roll in opening.rolls} <= held(world)
        audited(world)


def opened_again(world: World, key: str) -> Opening:
    return done(world.player("ana").cases.open("box", 1, key=key), Opening)  # type: ignore[union-attr]


def held(world: World) -> set[int]:
    page = world.player("ana").inventory.page(InventoryQuery())  # type: ignore[union-attr]
    return {line.id for line in page.items}


def test_a_store_on_a_server_tells_all_that_one_of_a_file_tells(url: str, tmp_path: Path) -> None:
    with a_world(url) as world, closing(Store(tmp_path / "world.db")) as store:
        told = {name for name in vars(store) if not name.startswith("_")}
        assert told <= vars(world.store).keys()


def test_many_programs_that_make_one_world_at_once_make_one(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        worlds = list(threads.map(lambda _: a_world(url), range(4)))
    assert [world.store.created for world in worlds].count(True) == 1
    a_player(worlds[0])
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda world: opened(world.player("ana")), worlds))
    audited(worlds[3])
    for world in worlds:
        world.close()


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER transfer_guard ON transfer",
        "ALTER TABLE transfer DISABLE TRIGGER transfer_guard",
        "ALTER TABLE transfer ENABLE REPLICA TRIGGER transfer_guard",
        "CREATE OR REPLACE FUNCTION transfer_guard() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path = public, pg_temp AS 'BEGIN RETURN NEW; END'",
        "ALTER FUNCTION transfer_guard() RESET ALL",
        "CREATE TRIGGER evil BEFORE INSERT ON transfer EXECUTE FUNCTION transfer_guard()",
        "DROP TRIGGER transfer_guard ON transfer; CREATE TRIGGER transfer_guard"
        " AFTER INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION transfer_guard()",
        "DROP TRIGGER transfer_guard ON transfer; CREATE TRIGGER transfer_guard BEFORE INSERT"
        " ON transfer FOR EACH ROW WHEN (false) EXECUTE FUNCTION transfer_guard()",
    ],
)
def test_a_trigger_that_is_gone_off_changed_or_strange_is_named(url: str, change: str) -> None:
    with a_world(url) as world, bare(url) as connection:
        connection.execute(change)
        (check,) = [check for check in world.audit().checks if not check.ok]
        assert check.name == "guards"
    said = refused(url, Trouble.ALTERED)
    assert ("evil" if "evil" in change else "transfer_guard") in said


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account SET balance = balance + 1",
        "INSERT INTO account (currency, house, balance, spent, last_transfer_id)"
        " VALUES ('oranges', 'grant', 5, 0, 0)",
        "DELETE FROM operation",
        "UPDATE move SET version = 7",
        "UPDATE player_item SET status = 'owned', version = version + 1",
        "UPDATE world_setting SET value = 'x' WHERE name = 'seed'",
        "INSERT INTO operation (scope, key, kind, request, at) VALUES (9, 'k', 'x', '{}', 0)",
    ],
)
def test_what_no_journal_line_justifies_is_refused(url: str, change: str) -> None:
    import psycopg

    with a_world(url) as world, bare(url) as connection:
        opened(a_player(world))
        with pytest.raises(psycopg.IntegrityError):
            connection.execute(change)
        audited(world)


def test_a_table_of_a_session_does_not_stand_in_for_one_of_the_world(url: str) -> None:
    import psycopg

    with a_world(url) as world, bare(url) as connection:
        a_player(world)
        connection.execute("SET search_path = pg_temp, public")
        connection.execute("CREATE TEMP TABLE transfer AS SELECT * FROM public.transfer")
        connection.execute("UPDATE transfer SET from_balance = 9, to_balance = 9")
        with pytest.raises(psycopg.IntegrityError):
            connection.execute(
                "UPDATE public.account a SET balance = 9, last_transfer_id = t.id"
                " FROM transfer t WHERE t.to_account_id = a.id"
            )


def test_databases_that_hold_something_else_or_a_newer_world_are_left_as_they_are(
    url: str,
) -> None:
    with bare(url) as connection:
        connection.execute("CREATE TABLE theirs (x int)")
        refused(url, Trouble.FOREIGN)
        connection.execute("DROP TABLE theirs")
        a_world(url).close()
        connection.execute("UPDATE inventui_world SET layout = layout + 1")
        refused(url, Trouble.NEWER)


def test_a_server_that_is_not_there_is_said_and_a_passphrase_never_is(server: Path) -> None:
    said = refused("postgresql://ana:secret@127.0.0.1:1/club", Trouble.UNREACHABLE)
    said += refused(f"postgresql://ana:secret@/none?host={server}", Trouble.UNREACHABLE)
    said += refused("postgresql://ana:secret@h/club?nonsense=1", Trouble.UNREACHABLE)
    assert "secret" not in said


def test_a_world_that_another_program_writes_is_busy(url: str) -> None:
    with a_world(url, busy_seconds=0.05) as world, bare(url) as connection:
        ana = a_player(world)
        connection.execute("BEGIN; SELECT 1 FROM inventui_world FOR UPDATE")
        with pytest.raises(WorldError) as caught:
            ana.cases.open("crate", 1)
        assert caught.value.kind is Trouble.BUSY
        # Who looks is not kept waiting.
        assert ana.inventory.page(InventoryQuery()).total == 0
        connection.execute("ROLLBACK")
        opened(ana)


KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = 'club' AND pid <> pg_backend_pid()"
)


def test_a_connection_that_the_server_ends_between_two_operations_is_not_missed(url: str) -> None:
    with a_world(url) as world, bare(url) as connection:
        ana = a_player(world)
        connection.execute(KILL)
        assert opened_again(world, "k").repeat is False
        connection.execute(KILL)
        assert ana.inventory.page(InventoryQuery()).items
        audited(world)


def test_an_operation_whose_connection_dies_at_any_statement_happens_once_with_its_key(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.db.server.connection import ServerConnection

    with a_world(url) as world, bare(url) as killer:
        a_player(world, oranges=100_000)
        for verb in ("execute", "commit"):
            whole = getattr(ServerConnection, verb)
            for dies_at in range(1, 30 if verb == "execute" else 2):
                seen = 0

                def dies(connection: Any, *given: Any, **named: Any) -> Any:
                    nonlocal seen
                    seen += 1
                    if seen == dies_at:  # noqa: B023
                        killer.execute(KILL)
                    return whole(connection, *given, **named)  # noqa: B023

                key = f"{verb} {dies_at}"
                with monkeypatch.context() as patch:
                    patch.setattr(ServerConnection, verb, dies)
                    with suppress(WorldError):
                        opened_again(world, key)
                first = opened_again(world, key)
                assert opened_again(world, key).operation == first.operation
        audited(world)


def test_an_opening_waits_for_the_server_eight_times_at_most(server: Path, url: str) -> None:
    with counted(server) as (wire, counts), a_world(address(wire, "club")) as world:
        ana = a_player(world, oranges=100_000)
        # What is asked for often is prepared once.
        for _ in range(8):
            opened(ana)
        before = counts[0]
        opened(ana)
        assert counts[0] - before <= 8
        before = counts[0]
        opened(ana, "crate", 50)
        assert counts[0] - before <= 9


def test_eight_programs_at_once_open_cases_and_none_fails(url: str) -> None:
    with a_world(url) as world:
        names = [f"player {number}" for number in range(8)]
        for name in names:
            a_player(world, name, oranges=100_000)

    def play(name: str) -> None:
        with a_world(url) as world:
            for _ in range(10):
                opened(world.player(name))  # type: ignore[arg-type]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(play, names))
    with a_world(url) as world:
        audited(world)


def test_a_wrong_count_of_written_rows_is_noticed_before_anything_is_kept(url: str) -> None:
    from inventui.db.statements import Statement

    with a_world(url) as world:
        a_player(world)
        before = contents(world)
        touch = Statement("UPDATE player SET revealed_operation_id = 1 WHERE id < 9")
        with (
            pytest.raises(AssertionError, match="not two"),
            world.store.write() as connection,
        ):
            connection.execute(touch).expect(2, "not two")
        assert contents(world) == before
        with world.store.write() as connection:
            connection.execute(touch).expect(1, "not one")
            assert connection.execute(touch).rowcount == 1


def test_what_is_asked_ahead_is_asked_again_after_a_write(url: str) -> None:
    from inventui.db.statements import Statement

    asked = Statement("SELECT revealed_operation_id FROM player WHERE id = :id", int)
    with a_world(url) as world:
        a_player(world)
        with world.store.write() as connection:
            connection.ahead(asked, {"id": 1})
            assert connection.execute(asked, {"id": 1}).one() == 0
            connection.ahead(asked, {"id": 1})
            connection.execute(Statement("UPDATE player SET revealed_operation_id = 1"))
            assert connection.execute(asked, {"id": 1}).one() == 1


def test_who_listens_hears_of_every_write_and_of_no_look(url: str) -> None:
    with a_world(url) as world, a_world(url) as other, closing(world.listen()) as listener:
        assert world.listens
        for write in (lambda: a_player(other), lambda: opened(other.player("ana"))):  # type: ignore[arg-type]
            write()
            assert select([listener], [], [], 30)[0]
            assert listener.heard()
            while select([listener], [], [], 0.2)[0]:
                assert listener.heard()
        other.players.list()
        other.audit()
        assert not select([listener], [], [], 0)[0]
        with bare(url) as connection:
            connection.execute(KILL)
        # First comes that it will end, then the end.
        while listener.heard():
            assert select([listener], [], [], 30)[0]


def test_an_operation_is_kept_though_nobody_can_be_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.db.server import connection

    with a_world(url) as world:
        ana = a_player(world)
        monkeypatch.setattr(connection, "NEWS", b"SELECT 1 / 0")
        opened(ana)
        opened(ana)
        audited(world)


def test_a_look_can_t_write(url: str) -> None:
    from inventui.db.statements import Statement

    change = Statement("UPDATE player SET name = 'x'")
    with a_world(url) as world:
        with pytest.raises(WorldError) as caught, world.store.read() as connection:
            connection.execute(change)
        assert caught.value.kind is Trouble.READ_ONLY


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        location, "find_spec", lambda name: None if name == "psycopg" else find(name)
    )
    assert "inventui[postgres]" in refused("postgresql://h/club", Trouble.UNREACHABLE)


def test_a_backup_is_a_dump_that_is_brought_back_whole(
    server: Path, url: str, tmp_path: Path
) -> None:
    with a_world(url) as world:
        opened(a_player(world), "crate", 3)
        before = contents(world)
        made = world.backup(tmp_path / "club.dump")
        refused_with(world.backup(made), Reason.FILE_EXISTS)  # type: ignore[arg-type]
        with pytest.raises(WorldError, match="Name a file"):
            world.backup()
    run(server, ["DROP DATABASE club WITH (FORCE)", "CREATE DATABASE club"])
    restored(url, made)
    with a_world(url) as world:
        assert contents(world) == before
        audited(world)
        opened_again(world, "k")
        later = contents(world)
    give_roles(server, "club")
    kept = restored(url, made)
    with a_world(url) as world:
        assert contents(world) == before
    # What was replaced is kept, with its roles.
    restored(url, kept)
    with a_world(address(server, "club", "game")) as world:
        assert contents(world) == later
        opened(world.player("ana"))
        audited(world)


def restored(url: str, backup: Path) -> Path:
    assert check_dump(backup) is None
    return restore(url, "club", backup, NOW)


def test_what_is_no_dump_is_not_brought_back_and_one_that_breaks_off_changes_nothing(
    url: str, tmp_path: Path
) -> None:
    with a_world(url) as world:
        opened(a_player(world))
        made = world.backup(tmp_path / "club.dump")
        assert isinstance(made, Path)
        before = contents(world)
    (tmp_path / "text.dump").write_text("no dump")
    broken = tmp_path / "broken.dump"
    broken.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    for backup in (tmp_path / "text.dump", tmp_path / "none", tmp_path):
        refused_with(check_dump(backup), Reason.INVALID_FILE)
    with pytest.raises(WorldError, match="as it was"):
        restored(url, broken)
    assert sorted(tmp_path.glob("*.dump")) == sorted([made, broken, tmp_path / "text.dump"])
    with a_world(url) as world:
        assert contents(world) == before
        audited(world)


def test_without_pg_dump_or_pg_restore_it_says_what_to_install(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_world(url) as world:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(WorldError, match="pg_dump, which is not installed"):
            world.backup(tmp_path / "club.dump")
    with pytest.raises(WorldError, match="pg_restore, which is not installed"):
        restore(url, "club", tmp_path / "club.dump", NOW)


def test_a_clock_that_was_set_back_is_noticed_on_a_server_too(url: str) -> None:
    with a_world(url) as world:
        ana, clock = a_player(world), world.clock
        assert isinstance(clock, FrozenClock)
        cap = done(world.grant("ana", item="cap"), Grant).item_id
        assert cap is not None
        clock.advance(31 * DAY)
        done(ana.bazaar.list(cap, 500), Listed)
        clock.advance(-31 * DAY)
        ana.catch_up()
        assert world.set_back is not None
        (line,) = done(ana.bazaar.page(BazaarQuery()), ListingPage).lines
        assert line.until == NOW + DURATION
        audited(world)
