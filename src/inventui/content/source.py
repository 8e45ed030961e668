"""Sources of packs: their folders and files, and the digest that tells one from another.

This module is light, so that a start can ask whether a pack has changed without loading
what reads one.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LARGEST_FILE = 8 * 1024 * 1024
"""Most bytes of one file of a pack."""

LARGEST_PACK = 4 * LARGEST_FILE
"""Most bytes of all files of a pack."""

MOST_FILES = 200

OUTSIDE = "it is a link that leads out of the pack's folder"


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack: its name inside the pack, and its bytes or why they can't be had."""

    name: str
    data: bytes = b""
    fault: str | None = None


def base_pack() -> Path:
    """The folder of the pack that the game ships with."""
    return Path(__file__).parent / "packs" / "base"


def read_pack(path: Path) -> tuple[PackFile, ...]:
    """The files of a pack, by name: a folder's `*.toml`, or the one file that `path` is.

    What can't be read is in the list, with its fault. An empty folder gives nothing.
    """
    if not path.is_dir():
        return (_read(path),)
    try:
        inside = sorted(path.glob("*.toml"), key=lambda file: file.name)
    except OSError as error:
        return (PackFile(path.name, fault=_why(error)),)
    if len(inside) > MOST_FILES:
        return (PackFile(path.name, fault=f"it has {len(inside)} files, at most {MOST_FILES} fit"),)
    files: list[PackFile] = []
    for file in inside:
        files.append(_read(file) if _is_within(file, path) else PackFile(file.name, fault=OUTSIDE))
        if sum(len(read.data) for read in files) > LARGEST_PACK:
            fault = f"with it the pack is larger than {LARGEST_PACK:,} bytes"
            return (*files[:-1], PackFile(file.name, fault=fault))
    return tuple(files)


def digest_of(files: tuple[PackFile, ...]) -> str:
    """SHA-256, in hex, over each file's name and bytes."""
    total = sha256()
    for file in files:
        for part in (file.name.encode(errors="surrogateescape"), file.data):
            # The length before each part keeps two packs from running into one stream.
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def pack_digest(path: Path) -> str:
    """The digest of the pack at `path`; it changes when a name or a byte changes."""
    return digest_of(read_pack(path))


def _is_within(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, whatever links lead to it."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _read(file: Path) -> PackFile:
    try:
        if not file.exists():
            return PackFile(file.name, fault="there is no such file")
        if not file.is_file():
            return PackFile(file.name, fault="it is no regular file")
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        return PackFile(file.name, fault=_why(error))
    if len(data) > LARGEST_FILE:
        return PackFile(file.name, fault=f"it is larger than {LARGEST_FILE:,} bytes")
    return PackFile(file.name, data)


def _why(error: OSError) -> str:
    return f"it can't be read: {(error.strerror or str(error)).lower()}"
