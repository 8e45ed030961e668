"""A world copied whole, from a file to a server and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.db.copying import copy_world
from inventui.db.errors import Trouble, WorldError
from inventui.engine.world import World
from tests.builders import a_player, audited, befriended, contents, opened
from tests.builders import a_world as in_a_file
from tests.db.test_server_store import a_world as at
from tests.db.test_server_store import opened_again
from tests.postgresql import address, cluster, run

pytestmark = pytest.mark.trust


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with cluster() as folder:
        yield folder


@pytest.fixture
def url(server: Path) -> str:
    run(server, ["DROP DATABASE IF EXISTS club WITH (FORCE)", "CREATE DATABASE club"])
    return address(server, "club")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A world in which something has happened."""
    path = tmp_path / "world.db"
    with in_a_file(path) as world:
        ana, bob = a_player(world, "ana", oranges=100_000), a_player(world, "bob")
        befriended(ana, bob)
        opened(ana, "crate", 40)
        ana.inventory.sell([1])
        ana.fairness.rotate()
    return path


def held(world: World) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(rows, key=repr) for table, rows in contents(world).items()}


def test_a_world_goes_to_a_server_and_back_whole_and_its_audits_are_equal(
    path: Path, url: str, tmp_path: Path
) -> None:
    back = tmp_path / "back.db"
    copy_world(path, url)
    copy_world(url, back)
    with in_a_file(path) as first, at(url) as second, in_a_file(back) as third:
        assert held(first) == held(second) == held(third)
        assert first.audit() == second.audit() == third.audit()
        for world in (first, second, third):
            opened_again(world, "k")
            audited(world)
        assert held(first) == held(second) == held(third)


def test_nothing_is_copied_over_something_nor_from_nothing(
    path: Path, url: str, tmp_path: Path
) -> None:
    for source, target, trouble in (
        (tmp_path / "none.db", url, Trouble.MISSING),
        (url, tmp_path / "new.db", Trouble.MISSING),
        (path, path, Trouble.UNREACHABLE),
    ):
        with pytest.raises(WorldError) as caught:
            copy_world(source, target)
        assert caught.value.kind is trouble
    assert not (tmp_path / "new.db").exists()
    copy_world(path, url)
    with pytest.raises(WorldError, match="already"):
        copy_world(path, url)
    with in_a_file(path) as world:
        audited(world)
