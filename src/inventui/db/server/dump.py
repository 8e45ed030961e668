"""Backups of a world on a server: what `pg_dump` writes, for `pg_restore` to bring back."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from inventui.db.errors import Trouble, WorldError
from inventui.rules.core.refusal import Reason, Refusal

HEAD = b"PGDMP"
"""How a dump begins."""

OPTIONS = "-c lock_timeout=10000"
"""What a server is told for who brings a dump back: others may have looks under way."""

EMPTY = """
DO $$ DECLARE found record; here regnamespace := current_schema()::regnamespace; BEGIN
  IF to_regclass('inventui_world') IS NULL
    AND EXISTS (SELECT FROM pg_class WHERE relnamespace = here AND relkind = 'r') THEN
    RAISE 'it holds tables of another program';
  END IF;
  FOR found IN SELECT oid::regclass AS name FROM pg_class
    WHERE relnamespace = here AND relkind = 'r' LOOP
    EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', found.name);
  END LOOP;
  FOR found IN SELECT oid::regoperator AS name FROM pg_operator WHERE oprnamespace = here LOOP
    EXECUTE format('DROP OPERATOR %s CASCADE', found.name);
  END LOOP;
  FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = here ORDER BY prokind LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', found.name);
  END LOOP;
END $$"""
"""Takes a world away, before another takes its place in the same transaction."""


def dump(address: str, name: str, target: Path) -> None:
    """Write the world at an address into a file, while others may be playing in it.

    Raises:
        WorldError: there is no `pg_dump`, or it failed.
    """
    try:
        _run("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], address)
    except _FailedError as error:
        target.unlink(missing_ok=True)
        raise WorldError(
            Trouble.UNREACHABLE, f"{name} could not be backed up to {target}: {error}."
        ) from error
    target.chmod(0o600)


def check_dump(backup: Path) -> Refusal | None:
    """Why a file can't be brought back, as far as can be told without a server."""
    with suppress(OSError):
        # No pipe is waited for.
        if backup.is_file():
            with backup.open("rb") as file:
                if file.read(len(HEAD)) == HEAD:
                    return None
    return Refusal(
        Reason.INVALID_FILE,
        f"{backup} is no dump of a world on a server, so it can't be brought back there.",
        {"file": str(backup)},
    )


def restore(address: str, name: str, backup: Path, now: int) -> Path:
    """Put a dump in the place of the world at an address, all of it or nothing.

    Returns:
        The dump of what was there before, beside the other.

    Raises:
        WorldError: there is no `pg_restore` or no `pg_dump`, or one failed.
    """
    for program in ("pg_restore", "psql"):
        _found(program, "Bringing back")
    kept = backup.with_name(f"{backup.stem}-replaced-{now}{backup.suffix}")
    dump(address, name, kept)
    try:
        with NamedTemporaryFile(suffix=".sql") as script:
            # Whole before anything is changed: a dump may break off.
            _run("pg_restore", ["--no-owner", f"--file={script.name}", str(backup)])
            orders = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
            orders += [f"--command={EMPTY}", f"--file={script.name}"]
            _run("psql", [*orders, "--dbname"], address)
    except _FailedError as error:
        kept.unlink(missing_ok=True)
        raise WorldError(
            Trouble.UNREACHABLE,
            f"{backup} could not be brought back, and {name} is as it was: {error}.",
        ) from error
    return kept


class _FailedError(Exception):
    """A program of the server's failed; the text says why."""


def _found(program: str, what: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise WorldError(
            Trouble.UNREACHABLE,
            f"{what} a world on a server needs {program}, which is not installed (Debian: "
            "apt install postgresql-client).",
        )
    return found


def _run(program: str, arguments: list[str], address: str | None = None) -> None:
    """Run a program, on the database at an address if one is given.

    Raises:
        WorldError: it is not installed.
        _FailedError: it failed.
    """
    arguments = [_found(program, "A backup of"), *arguments]
    secret = {}
    if address is not None:
        parts = conninfo_to_dict(address)
        # A password on the command line could be read by everybody on this machine.
        secret = {"PGPASSWORD": str(parts.pop("password"))} if "password" in parts else {}
        parts.setdefault("options", OPTIONS)
        arguments.append(make_conninfo("", **{name: str(part) for name, part in parts.items()}))
    done = subprocess.run(  # noqa: S603
        arguments, env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error:" in line.lower()]
        raise _FailedError((said or done.stderr.splitlines() or ["it gave no reason"])[0].strip())
