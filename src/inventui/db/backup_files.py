"""Backup files: the folder of a world's backups, and their names."""

import re
from pathlib import Path

from inventui.system import entries

DAY = r"\d{4}-\d\d-\d\d"
MADE = rf"(daily-{DAY}|(layout\d+-)?{DAY}T\d{{6}}(-\d+)?)\.db"


def backup_folder(world: Path) -> Path:
    """Where the backups of a world lie."""
    return world.parent / "backups"


def backups_of(world: Path) -> list[Path]:
    """Every backup of a world, oldest first; not what a restore put aside."""
    return sorted(named(world, MADE), key=lambda path: (age(path), path.name))


def age(path: Path) -> int:
    """What backups are ordered by: the later one was made, the higher."""
    return path.stat().st_mtime_ns


def newest_backup(world: Path) -> Path | None:
    """The latest backup of a world, if there is one."""
    found = backups_of(world)
    return found[-1] if found else None


def label(world: Path) -> str:
    """The beginning of the names of a world's backups, which no other world of its folder has."""
    return world.stem if world.suffix == ".db" else f"{world.name}.file"


def named(world: Path, pattern: str) -> list[Path]:
    """A world's backup files that match a pattern."""
    whole = re.compile(rf"{re.escape(label(world))}-{pattern}")
    found = entries(backup_folder(world))
    return [path for path in found if whole.fullmatch(path.name) and path.is_file()]
