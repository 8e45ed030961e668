"""Backups of a world on a server: what `pg_dump` writes, for `pg_restore` to bring back."""

import os
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from inventui.db.errors import Trouble, WorldError


def dump(address: str, name: str, target: Path) -> None:
    """Write the world at an address into a file, while others may be playing in it.

    Raises:
        WorldError: there is no `pg_dump`, or it failed.
    """
    program = shutil.which("pg_dump")
    if program is None:
        raise WorldError(
            Trouble.UNREACHABLE,
            "A backup of a world on a server needs pg_dump, which is not installed (Debian: "
            "apt install postgresql-client).",
        )
    parts = conninfo_to_dict(address)
    # A password on the command line could be read by everybody on this machine.
    secret = {"PGPASSWORD": str(parts.pop("password"))} if "password" in parts else {}
    where = make_conninfo("", **{name: str(part) for name, part in parts.items()})
    done = subprocess.run(  # noqa: S603
        [program, "--format=custom", "--no-owner", f"--file={target}", where],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        target.unlink(missing_ok=True)
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise WorldError(
            Trouble.UNREACHABLE, f"{name} could not be backed up to {target}: {said[-1]}."
        )
    target.chmod(0o600)
