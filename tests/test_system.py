"""What differs between operating systems: files for their owner alone, and what is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from inventui.system import (
    lock_holders,
    make_private,
    private_file,
    private_folder,
    private_open,
    read_regular,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(autouse=True)
def generous(tmp_path: Path) -> object:
    """Whoever runs the tests lets everybody read what they make."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_folders_that_are_made_are_their_owner_s_alone_and_others_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path / "a" / "b")
    private_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path / name) for name in ("", "a", "a/b")] == [0o755, 0o700, 0o700]


def test_a_folder_in_the_place_of_a_file_can_t_be_made(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    for name, error in (("a", FileExistsError), ("a/b", NotADirectoryError)):
        with pytest.raises(error):
            private_folder(tmp_path / name)


def test_files_that_are_made_are_their_owner_s_alone(tmp_path: Path) -> None:
    with private_open(tmp_path / "a", "x") as file:
        file.write("é")
    (tmp_path / "b").write_text("old")
    private_file(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == "é".encode()
    assert (tmp_path / "b").read_bytes() == b""
    assert [mode(tmp_path / name) for name in ("a", "b")] == [0o600, 0o600]


def test_a_file_that_is_there_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("there", "link"):
        with pytest.raises(FileExistsError):
            private_open(tmp_path / name, "x")
    assert not (tmp_path / "elsewhere").exists()


def test_what_others_could_read_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0o644)
    (tmp_path / "folder").mkdir(0o2755)
    (tmp_path / "mine").touch(0o400)
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    names = ("file", "folder", "mine", "link", "gone")
    assert [make_private(tmp_path / name) for name in names] == [True, True, False, False, False]
    assert [make_private(tmp_path / name) for name in names] == [False] * 5
    assert [mode(tmp_path / name) & 0o777 for name in names[:3]] == [0o600, 0o700, 0o400]


def test_a_disk_that_keeps_its_modes_is_no_fault_and_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch(0o644)
    monkeypatch.setattr(os, "chmod", lambda *_: None)
    assert not make_private(tmp_path / "file")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    assert not make_private(tmp_path / "file")


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(OSError, match=r"[Nn]o regular file|directory"):
            read_regular(place, 10)
    for place in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match=r"[Nn]o regular file|[Dd]irectory|No such device"):
            private_open(place, "a")


def test_of_a_huge_file_no_more_is_read_than_tells_that_it_is_too_long(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    huge.touch()
    os.truncate(huge, 1 << 40)
    assert read_regular(huge, 10) == bytes(11)


def test_a_file_that_nobody_locks_has_no_holders(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert lock_holders((tmp_path / "file", tmp_path / "gone"), writing=False) == {}
