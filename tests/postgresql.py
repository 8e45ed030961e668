"""A PostgreSQL of the tests' own: a cluster in a folder that nobody else reaches."""

import os
import pwd
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from select import select
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from inventui.db.progress import Tell, untold

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of a server, by its version."""

SETTINGS = ("listen_addresses=", "max_connections=60")
HASTY = ("fsync=off", "full_page_writes=off")
SECONDS = 60
LEAVING = 1.0
"""Seconds that a connection that was closed may take to be gone."""


def program(name: str) -> str:
    """The path of one of the server's programs; skips the test where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: uv sync --extra postgres")
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda found: int(found.parent.name))
    places = os.pathsep.join([*map(str, reversed(versions)), os.environ.get("PATH", "")])
    found = shutil.which(name, path=places)
    if found is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return found


def _somebody() -> dict[str, Any]:
    """Whom the server runs as: it refuses to be root."""
    if os.getuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Path]:
    """Run a server; the value is the folder of its socket. Its user is `inventui`, with no word.

    Unless it is `durable`, it waits for no disk.
    """
    initdb, postgres = program("initdb"), program("postgres")
    # A socket's path is short, and each folder above it must be open to the server's user.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"
    for left in Path(memory).glob("inventui-pg-*-*"):
        # A run that was killed could not clear up after itself.
        if Path("/proc/self").exists() and not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"inventui-pg-{os.getpid()}-", dir=memory))
    somebody = _somebody()
    if somebody:
        os.chown(folder, somebody["user"], somebody["group"])
    data = str(folder / "data")
    try:
        subprocess.run(
            [initdb, "-D", data, "-U", "inventui", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True, capture_output=True, cwd=folder, **somebody,
        )  # fmt: skip
        # A run that is killed takes the server with it.
        leash = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
        settings = [
            part for setting in (*SETTINGS, *(() if durable else HASTY)) for part in ("-c", setting)
        ]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*leash, postgres, "-D", data, "-k", str(folder), *settings],
                stdout=log, stderr=log, cwd=folder, **somebody,
            )  # fmt: skip
        try:
            _wait(server, folder)
            yield folder
        finally:
            server.kill() if server.poll() is None and not _stopped(server) else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stopped(server: subprocess.Popen[bytes]) -> bool:
    # SIGINT ends what is under way.
    server.send_signal(2)
    with suppress(subprocess.TimeoutExpired):
        server.wait(SECONDS)
    return server.poll() is not None


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    end = monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(address(folder), connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.poll() is not None or monotonic() > end:
                pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
            sleep(0.05)
        else:
            return


BARE = "bare"
"""The database of a world with its tables, guards and roles alone, of which others are copies."""


def address(folder: Path, database: str = "postgres", user: str = "inventui") -> str:
    """The URL of a database of a cluster."""
    return f"postgresql://{user}@/{database}?host={folder}"


def give_roles(folder: Path, database: str) -> None:
    """Let a world be played by its game's role alone, as which `game` signs in."""
    from inventui.db.server.roles import GAME, roles

    made = "SELECT FROM pg_roles WHERE rolname = 'game'"
    sign_in = f"CREATE ROLE game LOGIN IN ROLE {GAME}"
    run(folder, [*roles(), f"DO $$ BEGIN IF NOT EXISTS ({made}) THEN {sign_in}; END IF; END $$"],
        database)  # fmt: skip


def run(folder: Path, statements: Sequence[str], database: str = "postgres") -> None:
    """Run statements, each by itself."""
    import psycopg

    with closing(psycopg.connect(address(folder, database), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


TABLE_INFO = """
    SELECT a.attnum - 1, a.attname, CASE format_type(a.atttypid, NULL) WHEN 'bigint' THEN 'INTEGER'
    ELSE 'TEXT' END, a.attnotnull::int, NULL, coalesce(array_position(i.indkey, a.attnum) + 1, 0)
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = ?::text::regclass AND a.attnum > 0 ORDER BY a.attnum"""
"""What `PRAGMA table_info` tells."""


class LikeSqlite:
    """A connection to a server in one transaction, whose errors are those of SQLite's driver.

    A statement in SQLite's own words ends the test, which then says nothing of PostgreSQL.
    """

    in_transaction = True

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        from psycopg import errors

        if sql in ("BEGIN", "ROLLBACK"):
            return self._driver.execute(f"ROLLBACK; {'BEGIN' * (sql == 'BEGIN')}")
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
            return self._driver.execute(sql)
        if sql.startswith("PRAGMA table_info"):
            sql, parameters = TABLE_INFO, (sql[len("PRAGMA table_info(") : -1],)
        elif sql.startswith("PRAGMA"):
            # The server always looks at foreign keys and CHECKs.
            return Fetched(None)
        if any(isinstance(value, float) for value in parameters):
            pytest.skip("the server rounds a fraction to a whole number, and keeps that")
        self._driver.execute("SAVEPOINT attack")
        try:
            found = self._driver.execute(sql, parameters)
        except errors.Error as error:
            self._driver.execute("ROLLBACK TO attack")
            if isinstance(error, errors.IntegrityError):
                raise sqlite3.IntegrityError(str(error)) from error
            if isinstance(error, errors.DataError | errors.DatatypeMismatch):
                raise sqlite3.IntegrityError(f"datatype: {error}") from error
            if isinstance(error, errors.ProgrammingError):
                pytest.skip(f"SQL of SQLite's own: {str(error).splitlines()[0]}")
            raise
        self._driver.execute("RELEASE attack")
        written = re.match(r"INSERT INTO (\w+)", sql)
        return Fetched(found, self._last(written[1]) if written else None)

    def _last(self, table: str) -> int | None:
        """The number of the last line of a table: it has no gaps."""
        columns = {row[1] for row in self.execute(f"PRAGMA table_info({table})")}
        if "id" not in columns:
            return None
        (number,) = self._driver.execute(f"SELECT max(id) FROM {table}").fetchone()
        return int(number)


class Fetched:
    """Rows of a statement, none where it yields none."""

    def __init__(self, cursor: Any, lastrowid: int | None = None) -> None:
        self.lastrowid = lastrowid
        self.rowcount = cursor.rowcount if cursor else 0
        self._rows = iter(cursor.fetchall() if cursor and cursor.description else ())

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)


class ServerWorlds:
    """Worlds of tests on a server instead of in files: at a path stands its database's name."""

    def __init__(self, folder: Path) -> None:
        from inventui.db.server.fill import fill

        self._folder = folder
        self._made: list[tuple[Path, str]] = []
        run(folder, [f"CREATE DATABASE {BARE}"])
        fill(address(folder, BARE), ())
        give_roles(folder, BARE)

    def address(self, path: Path, user: str = "game") -> str:
        """The URL of the world that a test keeps at `path`."""
        return address(self._folder, path.read_text(), user)

    def make(self, path: Path, template: str = "bare") -> None:
        name = f"w{len(self._made)}"
        import psycopg

        with closing(psycopg.connect(address(self._folder), autocommit=True)) as connection:
            # The server itself would wait for five seconds.
            end = monotonic() + LEAVING
            used = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{template}'".encode()
            while connection.execute(used).fetchone():
                if monotonic() > end:
                    pytest.skip("the world that it copies is open")
                sleep(0.01)
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        self._made.append((path, name))
        path.write_text(name)

    def put_copy(self, made: Path, path: Path) -> None:
        self.make(path, made.read_text())

    def lay_out_bare(self, path: Path) -> None:
        self.make(path)

    def open_store(
        self,
        location: str | Path,
        *,
        busy_seconds: float,
        look_seconds: float,
        make: bool = True,
        tell: Tell = untold,
    ) -> Any:
        from inventui.db.server.store import ServerStore

        path = Path(location)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.make(path)
        store = ServerStore(
            self.address(path), busy_seconds=busy_seconds, look_seconds=look_seconds
        )
        store.path = path
        return store

    def connect(self, path: Path) -> Any:
        from inventui.db.server.connection import connect

        return connect(self.address(path, "inventui"), seconds=10)

    @contextmanager
    def like_sqlite(self, path: Path) -> Iterator["LikeSqlite"]:
        """A bare connection that can be attacked as one to a file is."""
        with closing(self.connect(path)) as driver:
            driver.execute("BEGIN")
            yield LikeSqlite(driver)
            driver.execute("ROLLBACK")

    def drop(self, below: Path) -> None:
        """Let go of what a test has made in its folder."""
        for path, name in self._made:
            if path.is_relative_to(below) and path.exists():
                run(self._folder, [f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"])
                path.unlink()


@contextmanager
def worlds_on_a_server() -> Iterator[ServerWorlds]:
    """From now on a world that a test opens at a path is on a server."""
    import psycopg

    from inventui.db.dialects.postgresql import translate
    from inventui.engine import world
    from tests import builders

    in_file, on_server = sqlite3.connect, psycopg.Connection.execute

    def connect(database: Any, *arguments: Any, **options: Any) -> Any:
        with suppress(OSError, TypeError, ValueError):
            if Path(database).stat().st_size < 100:
                pytest.skip("it looks into the file of a world")
        return in_file(database, *arguments, **options)

    def execute(connection: Any, query: Any, parameters: Any = None, **options: Any) -> Any:
        if not parameters:
            return on_server(connection, query, None, **options)
        numbers = count(1)
        text, names = translate(re.sub(r"\?", lambda _: f"${next(numbers)}", query))
        given = [parameters[name] for name in names] or list(parameters)
        return psycopg.RawCursor(connection).execute(text, given)

    with cluster() as folder, pytest.MonkeyPatch.context() as patch:
        worlds = ServerWorlds(folder)
        patch.setattr(sqlite3, "connect", connect)
        patch.setattr(psycopg.Connection, "execute", execute)
        patch.setattr(world, "open_store", worlds.open_store)
        patch.setattr(builders, "on_server", worlds)
        yield worlds


@contextmanager
def counted(folder: Path) -> Iterator[tuple[Path, list[int]]]:
    """A folder whose socket leads to a cluster's, and how often who connects there waits.

    A wait is what is sent after something has come, until something comes again.
    """
    counts = [0]
    place = Path(tempfile.mkdtemp(prefix="wire-", dir=folder.parent))
    (there,) = (found for found in folder.glob(".s.PGSQL.*") if not found.name.endswith(".lock"))
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(place / there.name))
    door.listen()

    def relay(client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(str(there))
            asked = False
            while True:
                for ready in select([client, server], [], [])[0]:
                    data = ready.recv(1 << 16)
                    if not data:
                        return
                    counts[0] += ready is server and asked
                    asked = ready is client
                    (server if ready is client else client).sendall(data)

    def serve() -> None:
        with suppress(OSError):
            while True:
                Thread(target=relay, args=(door.accept()[0],), daemon=True).start()

    Thread(target=serve, daemon=True).start()
    try:
        yield place, counts
    finally:
        door.close()
        shutil.rmtree(place, ignore_errors=True)
