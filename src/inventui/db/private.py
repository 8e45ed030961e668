"""Which files of a world are its owner's alone."""

import re
from pathlib import Path

from inventui.db.backup_files import DAY, backup_folder, named
from inventui.db.lock import backup_lock_path, lock_path, next_lock_path
from inventui.db.schema import BESIDE
from inventui.system import entries, make_private

_BACKUP = re.compile(rf".+-((daily|layout\d+|replaced)-)?{DAY}(T\d{{6}}(-\d+)?)?\.db(-wal)?")


def keep_private(world: Path) -> tuple[Path, ...]:
    """Let nobody but their owner into a world's file, what lies beside it, and its backups.

    The folder of the backups too, if nothing but backups lies in it; the one of the world may
    be anybody's.

    Returns:
        What others could read until now.
    """
    files = [world.with_name(world.name + end) for end in ("", *BESIDE)]
    files += [lock_path(world), next_lock_path(world), backup_lock_path(world)]
    files += named(world, r".+")
    folder = backup_folder(world)
    if all(_BACKUP.fullmatch(each.name) for each in entries(folder)):
        files.append(folder)
    return tuple(filter(make_private, files))
