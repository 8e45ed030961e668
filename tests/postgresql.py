"""A PostgreSQL of the tests' own: a cluster in a folder that nobody else reaches."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of a server, by its version."""

SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
SECONDS = 60


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
def cluster() -> Iterator[Path]:
    """Run a server; the value is the folder of its socket. Its user is `inventui`, with no word."""
    initdb, postgres = program("initdb"), program("postgres")
    # A socket's path is short, and each folder above it must be open to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="inventui-pg-", dir="/tmp"))
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
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
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


def address(folder: Path, database: str = "postgres") -> str:
    """The URL of a database of a cluster."""
    return f"postgresql://inventui@/{database}?host={folder}"


def run(folder: Path, statements: Sequence[str], database: str = "postgres") -> None:
    """Run statements, each by itself."""
    import psycopg

    with closing(psycopg.connect(address(folder, database), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())
