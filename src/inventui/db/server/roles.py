"""Roles on a server: who may do what, as SQL for whoever looks after the server to run.

The owner's role signs in nowhere and owns the tables; the game's may read, insert and update, as
far as the guards let it; a player's reads what `READ` says, and writes nothing. A player is known
by the role that the session was opened with, which no SET changes; `inventui_role` says whose it
is.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

OWNER, GAME, PLAYER = "inventui_owner", "inventui_game", "inventui_player"

OWN_TABLES = ("inventui_world", "inventui_role")
"""Tables that a world has on a server alone."""


class Read(NamedTuple):
    """What a player may read of a table.

    Attributes:
        rows: the condition of a row, in which `me` is the player's number; none for no row.
        columns: those that may be read; every one if there are none.
    """

    rows: str
    columns: tuple[str, ...] = ()


def _of(*columns: str) -> Read:
    """Rows of which one of these columns is the player."""
    return Read(" OR ".join(f"{column} = me" for column in columns))


def _by(column: str, table: str, *players: str) -> Read:
    """Rows that point to a row of another table, of which one of these columns is the player."""
    condition = " OR ".join(f"x.{player} = me" for player in players)
    return Read(f"{column} IN (SELECT x.id FROM {table} x WHERE {condition})")


_ALL = Read("true")
_NONE = Read("")
_MINE = _of("player_id")
_ITEM = _by("player_item_id", "player_item", "player_id")
_MY_ACCOUNT = "account_id IN (SELECT x.id FROM account x WHERE x.player_id = me)"

READ: Mapping[str, Read] = {
    "account": _MINE,
    "achieved": _MINE,
    "achievement": _ALL,
    "bazaar_turn": _ALL,
    "brought": _MINE,
    "case_box": _ALL,
    "category": _ALL,
    "completion": _MINE,
    "condition": _ITEM,
    "counted_piece": _ITEM,
    "counter": _MINE,
    "daily_bonus": _MINE,
    "economy_numbers": _ALL,
    "effect": _of("player_id", "by_player_id"),
    "friendship": _of("low_id", "high_id"),
    "fusion": _MINE,
    "fusion_input": _by("fusion_id", "fusion", "player_id"),
    "gear_shop": _MINE,
    "gift": _of("giver_id", "receiver_id"),
    "holding": _MINE,
    "income": _MINE,
    # A hash of a code, and how many may still come.
    "invitation": _NONE,
    "invitation_use": _MINE,
    "item": _ALL,
    "listing": Read("state = 'open' OR seller_id = me OR buyer_id = me"),
    "listing_block": _ALL,
    "listing_count": _ALL,
    "market_rotation": _ALL,
    "market_stall": _ALL,
    "move": _ITEM,
    "neighbour": _ALL,
    "notification": _MINE,
    "odds_table": _ALL,
    "operation": _MINE,
    "pack_layer": _ALL,
    # A hash could be guessed at elsewhere.
    "passphrase": _NONE,
    "player": Read("true", ("id", "name", "created_at")),
    "player_item": _MINE,
    "player_key": _MINE,
    "player_lock": _MINE,
    "robbery": _of("robber_id", "victim_id"),
    "roll": _by("seed_pair_id", "seed_pair", "player_id"),
    # The server seed is told by the game alone, once it is used no more.
    "seed_pair": Read(
        "player_id = me",
        (
            *("id", "player_id", "number", "state", "server_seed_hash", "client_seed", "nonce"),
            "retired_at",
        ),
    ),
    "settlement": _MINE,
    "shift": _MINE,
    "stall_sale": _ITEM,
    "stock": _ALL,
    "trade": _of("proposer_id", "partner_id"),
    "trade_thing": _by("trade_id", "trade", "proposer_id", "partner_id"),
    "transfer": Read(f"from_{_MY_ACCOUNT} OR to_{_MY_ACCOUNT}"),
    "undo": _by("operation_id", "operation", "player_id"),
    "upkeep": _MINE,
    "visit": _of("visitor_id", "host_id"),
    "withdrawal": _MINE,
    # The seed of the world's own draws and the key of its certificates are settings too.
    "world_setting": Read("name IN ('created_at', 'pack', 'neighbours')"),
}
"""Every table, and what a player's role reads of it."""

UNCOUNTED: Mapping[str, tuple[str, ...]] = {
    "gear_shop": ("items",),
    "gift": ("message",),
    "notification": ("message", "place"),
    "operation": ("key", "request", "outcome"),
    "player_key": ("fingerprint", "key", "note"),
    "seed_pair": ("client_seed",),
    "trade": ("message", "answer"),
    "withdrawal": ("details", "path"),
    "world_setting": ("value",),
}
"""Texts of which a player reads some rows alone. What the server counts of them, to plan queries,
tells by EXPLAIN what stands in the others: it counts none of them."""

_REVOKED = (
    *("pg_advisory", "pg_try_advisory", "pg_sleep", "pg_notify", "pg_export_snapshot", "lo_"),
    *("pg_logical_emit_message", "pg_current_xact_id", "txid_current"),
)
"""How functions begin by which a session could hold up others, fill the disk, or use up the numbers
of transactions."""

_FIRST = f"""
SET client_min_messages = warning
~
DO $$ BEGIN
  PERFORM set_config('search_path', quote_ident(current_schema()) || ', pg_temp', false);
END $$
~
DO $$ DECLARE role text; BEGIN
  FOREACH role IN ARRAY ARRAY['{OWNER}', '{GAME}', '{PLAYER}'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
END $$
~
CREATE TABLE IF NOT EXISTS inventui_role
  (role text PRIMARY KEY, player_id bigint NOT NULL REFERENCES player (id))
~
CREATE OR REPLACE FUNCTION inventui_me() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path FROM CURRENT AS
  $$ SELECT player_id FROM inventui_role WHERE role = session_user::text $$
"""

_OWNED = f"""
DO $$ DECLARE found record; here regnamespace := current_schema()::regnamespace; BEGIN
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO {OWNER}', here);
  FOR found IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE relnamespace = here AND relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO {OWNER}', found.name);
    EXECUTE format('REVOKE ALL ON TABLE %s FROM PUBLIC, {PLAYER}', found.name);
  END LOOP;
  FOR found IN SELECT oid::regoperator AS name FROM pg_operator WHERE oprnamespace = here LOOP
    EXECUTE format('ALTER OPERATOR %s OWNER TO {OWNER}', found.name);
  END LOOP;
  FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = here LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO {OWNER}', found.name);
    EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', found.name);
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO {GAME}', found.name);
  END LOOP;
  EXECUTE format('REVOKE ALL ON SCHEMA %s FROM PUBLIC', here);
  EXECUTE format('GRANT USAGE ON SCHEMA %s TO {GAME}, {PLAYER}', here);
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO {GAME}, {PLAYER}', current_database());
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO {OWNER}', current_database());
  FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace
    AND proname ~ '^({"|".join(_REVOKED)})' LOOP
    EXECUTE format('REVOKE ALL ON ROUTINE pg_catalog.%s FROM PUBLIC', found.name);
  END LOOP;
  REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
  GRANT USAGE ON LANGUAGE plpgsql TO {OWNER};
END $$
~
GRANT SELECT, UPDATE (one) ON inventui_world TO {GAME}
~
GRANT SELECT ON inventui_world TO {PLAYER}
~
GRANT EXECUTE ON FUNCTION inventui_me() TO {PLAYER}
"""

_FORGET = """
DO $$ BEGIN
  DELETE FROM pg_catalog.pg_statistic USING pg_catalog.pg_attribute, pg_catalog.pg_class c
    WHERE attrelid = starelid AND attnum = staattnum AND attstattarget = 0
    AND c.oid = starelid AND relnamespace = current_schema()::regnamespace;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$
""".strip()
"""What was counted before of texts that are counted no more; only a superuser may."""


def roles() -> Iterator[str]:
    """The statements that make the roles, hand the world to its owner, and say who may what.

    They may be run again, by who may make roles and change functions of the server's own.
    """
    yield from map(str.strip, _FIRST.split("~\n"))
    yield from map(str.strip, _OWNED.split("~\n"))
    yield from rights()
    yield _FORGET


def rights() -> Iterator[str]:
    """The statements that say who may do what with each table, once the roles are there."""
    for table, read in READ.items():
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS game ON {table}"
        yield f"CREATE POLICY game ON {table} TO {GAME} USING (true) WITH CHECK (true)"
        yield f"GRANT SELECT, INSERT, UPDATE ON {table} TO {GAME}"
        yield f"DROP POLICY IF EXISTS player ON {table}"
        if read.rows:
            # In a query of its own it is asked once, not for each row.
            rows = read.rows.replace("= me", "= (SELECT inventui_me())")
            columns = f" ({', '.join(read.columns)})" if read.columns else ""
            yield f"CREATE POLICY player ON {table} FOR SELECT TO {PLAYER} USING ({rows})"
            yield f"GRANT SELECT{columns} ON {table} TO {PLAYER}"
        for column in UNCOUNTED.get(table, ()):
            yield f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0"


def reader(role: str, player: str) -> Iterator[str]:
    """The statements that make a role which signs in and reads as the player of a name."""
    name = '"' + role.replace('"', '""') + '"'
    role, player = role.replace("'", "''"), player.replace("'", "''")
    yield f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 3 IN ROLE {PLAYER}"
    yield f"ALTER ROLE {name} SET temp_file_limit = '100MB'"
    yield (
        f"INSERT INTO inventui_role SELECT '{role}', id FROM player WHERE name = '{player}'"
        " ON CONFLICT (role) DO UPDATE SET player_id = excluded.player_id"
    )


FAULTS = (
    "SELECT 'table ' || relname || ' has other policies than the game''s' FROM pg_class c"
    " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
    f" AND relname NOT IN {OWN_TABLES} AND to_regclass('inventui_role') IS NOT NULL"
    " AND NOT (relrowsecurity AND ARRAY(SELECT polname::text FROM pg_policy"
    " WHERE polrelid = c.oid ORDER BY 1) IN (ARRAY['game', 'player'], ARRAY['game']))"
)
"""What is wrong with the policies of a world that has its roles."""
