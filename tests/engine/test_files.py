"""Files that a player takes home, and how many bytes they may have together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.core import files
from inventui.engine.core.files import bound_files, write_whole
from inventui.engine.withdrawals.models import Withdrawn
from tests.builders import a_player, a_world, done, given

MIB = 1 << 20


@pytest.fixture(autouse=True)
def no_bound_afterwards() -> Iterator[None]:
    yield
    files._quotas.clear()


def test_files_of_a_folder_have_so_many_bytes_together_and_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    bound_files(folder, 2 * MIB)
    write_whole(folder / "certificates" / "one.json", "x" * MIB)
    write_whole(folder / "two.json", "x" * MIB)
    with pytest.raises(OSError, match="2 MiB together") as refused:
        write_whole(folder / "three.json", "x")
    assert refused.value.strerror
    assert {path.name for path in folder.rglob("*")} == {"certificates", "one.json", "two.json"}
    # What is written anew takes its own place.
    write_whole(folder / "two.json", "y" * MIB)
    write_whole(tmp_path / "elsewhere.json", "x" * 3 * MIB)


def test_a_certificate_that_there_is_no_room_for_says_so_and_is_written_later(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "certificates"
    with a_world(tmp_path / "world.db") as world:
        ana = a_player(world, "ana")
        done(ana.withdrawals.withdraw(given(world, ana, "squeezer")), Withdrawn)
        bound_files(tmp_path, 0)
        (delivery,) = ana.withdrawals.deliver(folder)
        assert "0 MiB together" in delivery.trouble
        files._quotas.clear()
        (delivery,) = ana.withdrawals.deliver(folder)
        assert delivery.path
