"""A player's role on a server: it reads its own rows and the public ones, and can do nothing else.

Each attack is one that a client like psql can send. What is refused must be so for want of a right;
what is harmless says why, and leaves every row as it was and the game playing.
"""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from inventui.cli.root import commands
from inventui.db.server.roles import READ, UNCOUNTED, reader, roles
from inventui.db.tables import metadata
from inventui.engine.bazaar.models import Listed
from inventui.engine.cases.models import Opening
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from tests.builders import NOW, SMALL_PACK, a_player, befriended, contents, done, opened
from tests.postgresql import address, cluster, give_roles, program, run


def test_every_table_says_what_a_player_s_role_reads_of_it() -> None:
    assert READ.keys() == metadata.tables.keys()
    for table, read in READ.items():
        assert set(read.columns) <= set(metadata.tables[table].columns.keys())
    secret = {"server_seed", "hash", "signing_key"}
    shown = {column for read in READ.values() if read.rows for column in read.columns}
    assert not shown & secret
    for table in ("seed_pair", "player"):
        assert READ[table].columns


def play(url: str) -> World:
    clock, entropy = FrozenClock(NOW), SeededEntropy("tests")
    return World.open(url, clock=clock, entropy=entropy, pack=SMALL_PACK, busy_seconds=5)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """A world in which ana (1) and bob (2) have done something, and a role of ana's."""
    with cluster() as folder:
        run(folder, ["CREATE DATABASE club"])
        play(address(folder, "club")).close()
        give_roles(folder, "club")
        # Again, as after a new layout.
        run(folder, list(roles()), "club")
        with play(address(folder, "club", "game")) as world:
            ana, bob = (a_player(world, name, oranges=100_000) for name in ("ana", "bob"))
            for player in (ana, bob):
                opened(player, "crate", 3)
                cap = done(world.grant(player.name, item="cap"), Grant).item_id
                assert cap is not None
                done(player.bazaar.list(cap, 500), Listed)
                player.fairness.rotate("lucky")
            befriended(ana, bob)
            done(bob.gifts.send_money("ana", 5), GiftSent)
            world.passphrases.change(bob.id, "a lemon in the tree")
        run(folder, list(reader("ana", "ana")), "club")
        yield folder


@pytest.fixture(scope="module")
def world(server: Path) -> Iterator[World]:
    with play(address(server, "club", "game")) as world:
        yield world


@pytest.fixture
def session(server: Path) -> Iterator[Any]:
    import psycopg

    with closing(psycopg.connect(address(server, "club", "ana"), autocommit=True)) as connection:
        yield connection


FEW_WORDS = {
    *("acquisition", "category", "currency", "event", "from_status", "house", "kind", "name"),
    *("promised_case", "purpose", "rank", "rarity", "server_seed_hash", "side", "source", "state"),
    *("status", "to_status", "tone", "what"),
}
"""Texts that are one of few words, or told to everybody."""

BIG = "repeat('x', 7000)"
SECRETS = (
    "SELECT server_seed FROM seed_pair",
    "SELECT * FROM seed_pair",
    "SELECT s FROM seed_pair s",
    "SELECT row_to_json(s) FROM seed_pair s",
    "TABLE seed_pair",
    "COPY seed_pair TO STDOUT",
    "COPY seed_pair (server_seed) TO STDOUT",
    "SELECT min(server_seed) FROM seed_pair",
    "SELECT id FROM seed_pair ORDER BY server_seed",
    "SELECT id FROM seed_pair WHERE server_seed > 'a'",
    "SELECT hash FROM passphrase",
    "SELECT count(*) FROM passphrase",
    "SELECT player_id FROM passphrase",
    "SELECT name_key FROM player",
    "SELECT (p).name_key FROM player p",
    "SELECT count(p) FROM player p",
    "SELECT 1 FROM player NATURAL JOIN (VALUES ('ana')) v (name_key)",
    "SELECT 1 FROM seed_pair NATURAL JOIN (VALUES ('x')) v (server_seed)",
    "SELECT jsonb_populate_record(p, '{}') FROM player p",
    "COPY (SELECT hash FROM passphrase) TO STDOUT",
    "PREPARE mine AS SELECT server_seed FROM seed_pair; EXECUTE mine",
    "DECLARE mine CURSOR WITH HOLD FOR SELECT hash FROM passphrase",
    "SELECT * FROM ts_stat('SELECT to_tsvector(hash) FROM passphrase')",
    "SELECT table_to_xml('passphrase', true, true, '')",
    "SELECT currtid2('passphrase', '(0,1)')",
    "SELECT * FROM inventui_role",
    "SELECT rolpassword FROM pg_authid",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_largeobject",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_file_settings",
    "SELECT pg_current_logfile()",
    "SET row_security = off; SELECT * FROM account",
)
WRITES = (
    "INSERT INTO transfer (operation_id, kind, currency, amount, from_account_id, to_account_id,"
    " from_balance, to_balance) VALUES (1, 'grant', 'oranges', 1, 1, 2, 0, 0)",
    "INSERT INTO operation (scope, key, player_id, kind, request, at)"
    " VALUES (1, 'k', 1, 'open', '{}', 1)",
    "UPDATE account SET balance = balance + 1 WHERE player_id = 1",
    "UPDATE player SET name = 'eve' WHERE id = 1",
    "UPDATE player_item SET locked = 1",
    "UPDATE notification SET seen = 1",
    "UPDATE seed_pair SET client_seed = 'mine'",
    "UPDATE inventui_world SET layout = 1",
    "UPDATE inventui_role SET player_id = 2",
    "INSERT INTO inventui_role VALUES ('ana', 2)",
    "DELETE FROM listing",
    "DELETE FROM notification",
    "TRUNCATE transfer",
    "TRUNCATE passphrase CASCADE",
    "COPY account FROM STDIN",
    "MERGE INTO stock s USING item i ON i.id = s.item_id WHEN MATCHED THEN UPDATE SET sold = 0",
    "WITH gone AS (DELETE FROM gift RETURNING *) SELECT * FROM gone",
    "SELECT 1 FROM inventui_world FOR UPDATE",
    "SELECT 1 FROM inventui_world FOR NO KEY UPDATE",
    "SELECT 1 FROM inventui_world FOR KEY SHARE",
    "SELECT 1 FROM account FOR SHARE",
    "BEGIN; LOCK TABLE inventui_world",
    "BEGIN; LOCK TABLE account IN ROW EXCLUSIVE MODE",
    "BEGIN; LOCK TABLE player IN SHARE MODE",
    "BEGIN; LOCK TABLE operation IN ROW SHARE MODE NOWAIT",
)
LAYOUT = (
    "ALTER TABLE account DISABLE TRIGGER ALL",
    "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE account NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY player ON account",
    "CREATE POLICY mine ON account USING (true)",
    "ALTER POLICY player ON account USING (true)",
    "DROP TABLE gift CASCADE",
    "ALTER TABLE player ADD COLUMN mine text",
    "CREATE TABLE mine (x int)",
    "CREATE TEMP TABLE account (x int)",
    "CREATE TEMP VIEW mine AS SELECT 1",
    "SELECT 1 AS x INTO TEMP mine",
    "CREATE SCHEMA mine",
    "CREATE VIEW mine AS SELECT * FROM player",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION inventui_me() RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint'",
    "DROP FUNCTION inventui_me() CASCADE",
    "CREATE TRIGGER mine BEFORE INSERT ON transfer EXECUTE FUNCTION transfer_guard()",
    "DROP TRIGGER transfer_guard ON transfer",
    "CREATE INDEX mine ON player (name)",
    "CREATE STATISTICS mine ON name, id FROM player",
    "CREATE RULE mine AS ON SELECT TO player DO INSTEAD NOTHING",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION transfer_guard()",
    "CREATE SEQUENCE mine",
    "CREATE DOMAIN mine AS int",
    "CREATE AGGREGATE mine (int) (sfunc = int4pl, stype = int)",
    "CREATE OPERATOR public.= (leftarg = text, rightarg = text, procedure = texteq)",
    "CREATE OPERATOR public.### (leftarg = text, rightarg = text, procedure = texteq)",
    "CREATE CAST (text AS int) WITH INOUT",
    'CREATE COLLATION mine FROM "C"',
    "CREATE ACCESS METHOD mine TYPE INDEX HANDLER bthandler",
    "ALTER FUNCTION inventui_me() SET search_path = pg_temp",
    "ALTER FUNCTION inventui_me() SECURITY INVOKER",
    "ALTER TABLE account SET (autovacuum_enabled = false)",
    "ALTER TABLE account ALTER COLUMN balance SET STATISTICS 10000",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION file_fdw",
    "CREATE SUBSCRIPTION mine CONNECTION 'host=h' PUBLICATION p WITH (connect = false)",
    "CREATE PUBLICATION mine FOR TABLE player",
    "COMMENT ON TABLE player IS 'mine'",
    "REINDEX TABLE player",
    "CLUSTER player USING player_by_look",
    "ALTER SYSTEM SET fsync = off",
    "ALTER DATABASE club SET search_path = pg_temp",
    "ALTER DATABASE club CONNECTION LIMIT 0",
    "DROP DATABASE club",
    "CREATE DATABASE mine",
)
ROLES = (
    "SET ROLE inventui_game",
    "SET ROLE inventui_owner",
    "SET ROLE inventui",
    "SET SESSION AUTHORIZATION game",
    "BEGIN; SET LOCAL ROLE game",
    "GRANT inventui_game TO ana",
    "CREATE ROLE eve LOGIN",
    "ALTER ROLE ana SUPERUSER",
    "ALTER ROLE ana BYPASSRLS",
    "ALTER ROLE ana CONNECTION LIMIT -1",
    "ALTER ROLE ana SET temp_file_limit = -1",
    "ALTER ROLE game PASSWORD 'mine'",
    "DROP ROLE game",
    "DROP ROLE inventui_player",
    "REASSIGN OWNED BY inventui_owner TO ana",
    "DROP OWNED BY inventui_owner",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "ALTER ROLE ana IN DATABASE club SET temp_file_limit = '-1'",
    "ALTER ROLE game RENAME TO eve",
    "ALTER ROLE ALL SET search_path = pg_temp",
    "SET temp_file_limit = -1",
    "SET log_statement = 'none'",
    "SET allow_system_table_mods = on",
)
OTHERS = (
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
    "SELECT pg_advisory_lock(n) FROM generate_series(1, 100000) n",
    "SELECT pg_notify('inventui', 'x')",
    "SELECT pg_sleep(60)",
    "SELECT pg_sleep_for('1 minute')",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'mine')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/mine')",
    "SELECT pg_export_snapshot()",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'game'",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'game'",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_switch_wal()",
    "SELECT pg_stat_reset()",
    "SELECT pg_log_backend_memory_contexts(pg_backend_pid())",
    "SELECT pg_create_physical_replication_slot('mine')",
    "SELECT pg_logical_emit_message(false, 'mine', repeat('x', 1000000))",
    "SELECT pg_logical_emit_message(true, 'mine', 'x'::bytea)",
    "SELECT txid_current() FROM generate_series(1, 100)",
    "SELECT pg_current_xact_id()",
    "SELECT pg_create_restore_point('mine')",
    "SELECT pg_stat_reset_shared('bgwriter')",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_read_binary_file('/etc/passwd')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_stat_file('/etc/passwd')",
    "SELECT pg_ls_waldir()",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "CHECKPOINT",
    "LOAD 'auto_explain'",
    "DO $$ BEGIN LOOP END LOOP; END $$",
    "SELECT query_to_xml('SELECT server_seed FROM seed_pair', true, true, '')",
    "BEGIN; PREPARE TRANSACTION 'mine'",
)
ANYWAY = {
    "BEGIN; PREPARE TRANSACTION 'mine'": "a server keeps none unless it is told to",
}
"""What is refused for another reason than a right."""

RIGHTS = ("42501",)
REFUSED = (*SECRETS, *WRITES, *LAYOUT, *ROLES, *OTHERS)

SEES_NONE = "there is no such row for it"
OWN = "it is the player's own"
TRUSTED = "no policy reads a setting: who it is follows from the role that signed in"
HARMLESS: dict[str, tuple[str, object]] = {
    "SELECT count(*) > 0 FROM player_item WHERE player_id = 1": (OWN, True),
    "SELECT count(*) FROM player_item WHERE player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM account WHERE player_id IS DISTINCT FROM 1": (SEES_NONE, 0),
    "SELECT count(*) FROM operation WHERE player_id IS DISTINCT FROM 1": (SEES_NONE, 0),
    "SELECT count(*) FROM seed_pair WHERE player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM notification WHERE player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM transfer WHERE operation_id IN (SELECT id FROM operation)"
    " AND from_account_id NOT IN (SELECT id FROM account)"
    " AND to_account_id NOT IN (SELECT id FROM account)": (SEES_NONE, 0),
    "SELECT count(*) FROM move WHERE player_item_id NOT IN (SELECT id FROM player_item)": (
        SEES_NONE,
        0,
    ),
    "SELECT count(*) FROM roll WHERE seed_pair_id NOT IN (SELECT id FROM seed_pair)": (
        SEES_NONE,
        0,
    ),
    "SELECT count(*) FROM counter WHERE player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM gift WHERE 1 NOT IN (giver_id, receiver_id)": (SEES_NONE, 0),
    "SELECT count(*) FROM world_setting WHERE name IN ('seed', 'signing_key')": (SEES_NONE, 0),
    "SELECT inventui_me()": (OWN, 1),
    "SELECT count(*) FROM account WHERE player_id = 1 OR 1 / (balance - balance) > 0": (
        "what could tell of a row by an error is asked of the player's own alone",
        None,
    ),
    "SELECT count(*) FROM account TABLESAMPLE SYSTEM (100) WHERE player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM ONLY account a FULL JOIN player p ON a.player_id = p.id"
    " WHERE a.player_id <> 1": (SEES_NONE, 0),
    "SELECT count(*) FROM account WHERE ctid IN (SELECT format('(0,%s)', n)::tid"
    " FROM generate_series(1, 200) n) AND player_id <> 1": (SEES_NONE, 0),
    "VACUUM (FULL)": ("what is not its own is left out, with a warning", None),
    "ANALYZE account": ("what is not its own is left out, with a warning", None),
    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO public; SELECT 1": (
        "it is of what it makes, and it can make nothing",
        1,
    ),
    "SET app.player_id = '2'; SET inventui.player_id = '2'; SELECT inventui_me()": (TRUSTED, 1),
    "SET search_path = pg_temp, pg_catalog; SELECT public.inventui_me()": (TRUSTED, 1),
    "SET ROLE inventui_player; SELECT inventui_me()": (TRUSTED, 1),
    "SET ROLE none; RESET ALL; RESET SESSION AUTHORIZATION; SELECT inventui_me()": (TRUSTED, 1),
    "SET application_name = 'game'; SELECT inventui_me()": (TRUSTED, 1),
    "SELECT set_config('session_authorization', 'ana', false); SELECT inventui_me()": (TRUSTED, 1),
    "SET plan_cache_mode = force_generic_plan; SELECT count(*) FROM account WHERE player_id <> 1": (
        TRUSTED,
        0,
    ),
    "SELECT count(*) FROM pg_stats WHERE tablename = 'account'": (
        "statistics of a table whose rows it may not all see are hidden",
        0,
    ),
    "SELECT reltuples IS NOT NULL FROM pg_class WHERE relname = 'transfer'": (
        "about how many rows there are in all is no secret",
        True,
    ),
    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'game' AND query LIKE 'SELECT%'": (
        "statements of others are hidden",
        0,
    ),
    "SELECT count(*) > 0 FROM pg_locks": ("that the game writes is no secret", True),
    "SELECT prosrc <> '' FROM pg_proc WHERE proname = 'transfer_guard'": (
        "guards are the same in every world, and public",
        True,
    ),
    "LISTEN inventui; SELECT 1": ("that there was an operation is no secret", 1),
    "NOTIFY inventui; SELECT 1": ("who hears of it looks, and finds nothing new", 1),
    f"SELECT length({BIG} || {BIG})": ("it works in its own process alone", 14_000),
    "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SELECT 1": (
        "it has three connections, and holds no lock that the game waits for",
        1,
    ),
    "BEGIN; LOCK TABLE account IN ACCESS SHARE MODE; SELECT 1": (
        "only a new layout waits for that lock, and says so",
        1,
    ),
    "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) > 0 FROM account": (
        "the game's transactions are not of that kind, so none of them fails for it",
        True,
    ),
    "SET work_mem = '2GB'; SELECT 1": ("it is a process of its own; see docs for bounding it", 1),
    "GRANT SELECT ON account TO public; SELECT relacl::text LIKE '%,=r%' FROM pg_class"
    " WHERE relname = 'account'": (
        "it gives nothing on: there is a warning",
        False,
    ),
    "EXPLAIN ANALYZE SELECT * FROM account": ("it may tell how many rows were left out", None),
    "ALTER ROLE ana SET search_path = pg_temp": ("it is a setting of its own sessions alone", None),
    "ALTER ROLE ana PASSWORD 'lemon'": (OWN, None),
}


def still(world: World) -> Opening:
    """An opening of another player's, which nobody may hold up."""
    bob = world.handle(world.players.find("bob"))  # type: ignore[arg-type]
    assert isinstance(bob, PlayerHandle)
    return opened(bob, "crate", 1)


@pytest.mark.trust
@pytest.mark.parametrize("attack", REFUSED)
def test_a_player_s_role_is_refused(attack: str, session: Any, world: World) -> None:
    import psycopg

    before = contents(world)
    with pytest.raises(psycopg.Error) as caught:
        session.execute(attack)
    # It was no attack if a name is not there, or the moment is wrong.
    assert caught.value.sqlstate in RIGHTS or attack in ANYWAY, caught.value
    assert contents(world) == before
    still(world)


@pytest.mark.trust
@pytest.mark.parametrize("attack", HARMLESS)
def test_what_a_player_s_role_may_do_harms_nobody(
    attack: str, session: Any, server: Path, world: World
) -> None:
    import psycopg

    why, expected = HARMLESS[attack]
    before = contents(world)
    cursor = session.execute(attack)
    while cursor.nextset():
        pass
    if expected is not None:
        assert cursor.fetchone() == (expected,), why
    assert contents(world) == before, why
    still(world)
    with closing(psycopg.connect(address(server, "club"), autocommit=True)) as owner:
        owner.execute("ALTER ROLE ana RESET search_path")
    assert len(REFUSED) + len(HARMLESS) >= 80


@pytest.mark.trust
def test_what_a_server_counts_to_plan_queries_tells_nothing_of_texts_of_others(
    server: Path, session: Any
) -> None:
    run(server, ["ANALYZE"], "club")
    found = "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'"
    counted: set[tuple[str, str]] = set()
    import psycopg

    with closing(psycopg.connect(address(server, "club"))) as owner:
        counted |= set(owner.execute(found.encode()).fetchall())
    assert ("item", "name") in counted
    assert not counted & {(table, name) for table, names in UNCOUNTED.items() for name in names}
    told = {
        session.execute(f"EXPLAIN SELECT 1 FROM world_setting WHERE value < '{sign}'").fetchone()
        for sign in "02468acegimz~"
    }
    assert len(told) == 1


def test_texts_are_uncounted_or_one_of_few_words() -> None:
    texts = {
        (table, column.name)
        for table, read in READ.items()
        if read.rows not in ("", "true")
        for column in metadata.tables[table].columns
        if str(column.type) == "VARCHAR" and column.name in (read.columns or {column.name})
    }
    uncounted = {(table, name) for table, names in UNCOUNTED.items() for name in names}
    assert uncounted <= texts
    assert {name for _, name in texts - uncounted} <= FEW_WORDS


@pytest.mark.trust
def test_what_world_roles_prints_is_run_by_psql_in_one_transaction(server: Path) -> None:
    printed = CliRunner().invoke(commands(), ["world", "roles"])
    assert printed.exit_code == 0
    psql = [program("psql"), "-1", "-q", "-v", "ON_ERROR_STOP=1", address(server, "club")]
    subprocess.run(psql, input=printed.stdout, text=True, check=True, capture_output=True)


@pytest.mark.trust
def test_a_player_s_role_signs_in_three_times_at_once(server: Path) -> None:
    import psycopg

    held = [psycopg.connect(address(server, "club", "ana")) for _ in range(3)]
    with pytest.raises(psycopg.OperationalError, match="too many connections"):
        psycopg.connect(address(server, "club", "ana"))
    for one in held:
        one.close()


@pytest.mark.trust
@pytest.mark.parametrize(
    "change",
    [
        "CREATE POLICY mine ON account USING (true)",
        "DROP POLICY player ON account; CREATE POLICY mine ON account USING (true)",
        "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_policy_that_is_not_the_game_s_is_named(server: Path, change: str) -> None:
    import psycopg

    from inventui.db.server.schema import faults_of_triggers

    with closing(psycopg.connect(address(server, "club"))) as owner:
        owner.execute("SET search_path = public, pg_temp")
        owner.execute(change.encode())
        found = list(faults_of_triggers(lambda sql: owner.execute(sql.encode()).fetchall()))
        assert found == ["table account has other policies than the game's"]
