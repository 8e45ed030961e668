"""Where packs lie, and the digest that tells one from the next."""

import subprocess
import sys
from pathlib import Path

import pytest

from inventui.content import source
from inventui.content.loader import load_pack
from inventui.content.source import base_pack, pack_digest, read_pack
from tests.content.pack_files import HEAD, sound, write


def test_a_digest_is_the_same_until_a_byte_changes(tmp_path: Path) -> None:
    before = pack_digest(sound(tmp_path))
    assert len(bytes.fromhex(before)) == 32
    assert pack_digest(tmp_path) == before
    file = tmp_path / "pack.toml"
    data = bytearray(file.read_bytes())
    for place in (0, len(data) // 2, len(data) - 1):
        data[place] ^= 1
        file.write_bytes(data)
        assert pack_digest(tmp_path) != before
        data[place] ^= 1
    file.write_bytes(data)
    assert pack_digest(tmp_path) == before


def test_a_digest_changes_when_a_file_is_renamed_added_or_taken_away(tmp_path: Path) -> None:
    digests = {pack_digest(sound(tmp_path))}
    (tmp_path / "cases.toml").rename(tmp_path / "crates.toml")
    digests.add(pack_digest(tmp_path))
    write(tmp_path, more="")
    digests.add(pack_digest(tmp_path))
    (tmp_path / "items.toml").unlink()
    digests.add(pack_digest(tmp_path))
    assert len(digests) == 4


def test_what_one_file_ends_with_is_not_what_the_next_begins_with(tmp_path: Path) -> None:
    one = pack_digest(write(tmp_path / "one", a="xy", b="z"))
    assert pack_digest(write(tmp_path / "two", a="x", b="yz")) != one


def test_other_files_beside_a_pack_do_not_count(tmp_path: Path) -> None:
    before = pack_digest(sound(tmp_path))
    (tmp_path / "notes.txt").write_text("hello")
    assert pack_digest(tmp_path) == before


def test_a_pack_knows_the_digest_of_the_bytes_it_was_read_from(tmp_path: Path) -> None:
    assert load_pack(sound(tmp_path)).digest == pack_digest(tmp_path)


def test_a_file_that_is_too_large_is_a_fault_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 10)
    (file,) = read_pack(write(tmp_path, pack=HEAD))
    assert file.fault == "it is larger than 10 bytes"
    assert file.data == b""


def test_a_folder_of_too_many_files_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MOST_FILES", 3)
    (file,) = read_pack(sound(tmp_path))
    assert file.fault == "it has 4 files, at most 3 fit"


def test_the_digest_needs_none_of_what_reads_a_pack() -> None:
    code = (
        "import sys; from inventui.content.source import base_pack, pack_digest;"
        "pack_digest(base_pack());"
        "print(sorted({'pydantic', 'rich', 'tomllib', 'textual'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_base_pack_lies_in_the_package() -> None:
    assert base_pack().is_dir()
    assert (base_pack() / "pack.toml").is_file()
