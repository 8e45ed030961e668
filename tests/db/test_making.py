"""Making a world: whole or not at all, once, and where it may be written."""

import json
import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inventui.db import schema
from inventui.db.errors import Trouble
from inventui.db.lock import lock_path, next_lock_path
from tests.builders import a_world
from tests.db.other_program import finish, start

DEATHS = {
    "before the first table": "schema.create = lambda c: die()",
    "among the tables": (
        "whole = schema.guards\n"
        "class Few(dict):\n"
        "    def values(self):\n"
        "        yield from list(whole().values())[:5]\n"
        "        die()\n"
        "schema.guards = Few"
    ),
    "before it is on the disk": "store.os.fsync = lambda *_: die()",
    "before it has its name": "store.os.replace = lambda *_: die()",
    "before it is filled": (
        "from inventui.engine.packs import layers\nlayers.load_into = lambda *_: die()"
    ),
}


def test_a_program_that_dies_while_it_makes_a_world_leaves_no_half_one(
    tmp_path: Path, trust: bool
) -> None:
    ways = DEATHS if trust else {"among the tables": DEATHS["among the tables"]}
    dying = {
        why: start(
            f"from inventui.db import schema, store\n{patch}\nopen_world()\n",
            tmp_path / why / "world.db",
        )
        for why, patch in ways.items()
    }
    for why, process in dying.items():
        _, err = process.communicate(timeout=60)
        assert process.returncode == -9, (why, err)
        path = tmp_path / why / "world.db"
        if why == "before it is filled":
            assert schema.version_of(path) == schema.SCHEMA_VERSION
        else:
            assert not path.exists()
        with a_world(path, template=False) as world:
            world.players.add("ana")
            assert len(world.catalogue.cases()) == 3
            assert world.audit().ok


MAKER = """
from inventui.content import loader
from inventui.db.migrations import migrate as migrations
from inventui.db import store
from inventui.db import tables
exists = Path.exists
def meet(word):
    print(word, flush=True)
    sys.stdin.readline()
def waiting(path):
    found = exists(path)
    if path == place:
        # The first look alone: what follows is done under the lock.
        Path.exists = exists
        assert not found
        meet("none there")
    return found
meet("loaded")
Path.exists = waiting
world = open_world()
world.players.add(sys.argv[2])
print(world.seed)
world.close()
"""


def said(program: subprocess.Popen[str]) -> str:
    """The next line of a program, which must come."""
    assert program.stdout is not None
    ready, _, _ = select.select([program.stdout], [], [], 60)
    assert ready, "it says nothing"
    return program.stdout.readline().strip()


def test_programs_that_make_one_world_at_once_make_one_world(tmp_path: Path, trust: bool) -> None:
    path, names = tmp_path / "world.db", ["ana", "bob", *["cy"] * trust]
    programs = [start(MAKER, path, name) for name in names]
    # All begin at once, and nobody's file has its name before all have found none.
    for word in ("loaded", "none there"):
        for program in programs:
            assert said(program) == word
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
    seeds = {finish(process) for process in programs}
    assert len(seeds) == 1
    with a_world(path) as world:
        assert {world.seed} == seeds
        assert sorted(player.name for player in world.players.list()) == names
        assert world.audit().ok
    assert {p.name for p in tmp_path.iterdir()} <= {
        "world.db",
        "world.db.lock",
        "world.db.next.lock",
    }


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter and nobody but its owner may write."""
    folder = Path(tempfile.mkdtemp(prefix="inventui-tests-"))
    folder.chmod(0o755)
    if folder.parent.name.startswith("inventui-tests-"):
        # The folder of all tests is closed to others.
        folder.parent.chmod(0o711)
    yield folder
    for path in folder.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(folder)


READ_ONLY = """
# Everything that is loaded late is loaded now, while it may still be read.
with open_world(place / "mine" / "warm.db") as world:
    world.players.add("ana")
    world.audit()
if os.geteuid() == 0:
    os.setuid(65534)
told = {}
for name in sys.argv[2:]:
    try:
        open_world(place / name).close()
        told[name] = None
    except WorldError as error:
        told[name] = [error.kind, str(error)]
print(json.dumps(told))
"""


def test_a_place_that_can_t_be_written_is_told_and_nothing_is_left_there(public: Path) -> None:
    mine, closed = public / "mine", public / "closed"
    mine.mkdir()
    closed.mkdir()
    for path in (mine / "fixed.db", mine / "hidden.db", closed / "old.db"):
        a_world(path).close()
        for lock in (lock_path(path), next_lock_path(path)):
            lock.unlink(missing_ok=True)
    # What another user owns can be read here, so that the folder alone is in the way.
    (closed / "old.db").chmod(0o444)
    (mine / "fixed.db").chmod(0o444)
    (mine / "hidden.db").chmod(0o000)
    closed.chmod(0o555)
    mine.chmod(0o777)
    old = (closed / "old.db").read_bytes()
    fixed = (mine / "fixed.db").read_bytes()
    told = json.loads(
        finish(
            start(
                READ_ONLY,
                public,
                "closed/new.db",
                "closed/deep/new.db",
                "closed/old.db",
                "mine/fixed.db",
                "mine/hidden.db",
            )
        )
    )
    kinds = {name: error and error[0] for name, error in told.items()}
    assert kinds == {
        "closed/new.db": Trouble.READ_ONLY,
        "closed/deep/new.db": Trouble.READ_ONLY,
        "closed/old.db": Trouble.READ_ONLY,
        "mine/fixed.db": Trouble.READ_ONLY,
        "mine/hidden.db": Trouble.UNREACHABLE,
    }
    for name, (_, message) in told.items():
        assert "\n" not in message
        assert str(public / name.split("/")[0]) in message
    assert (closed / "old.db").read_bytes() == old
    assert (mine / "fixed.db").read_bytes() == fixed
    assert [p.name for p in closed.iterdir()] == ["old.db"]


NO_ROOM = """
import resource
with open_world(place / "warm.db") as world:
    world.players.add("ana")
    world.backup()
    size = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    told = []
    for attempt in (
        lambda: open_world(place / "new.db").close(),
        lambda: world.backup(place / "copy.db"),
        lambda: [world.grant("ana", item="lemon", key=f"k{n}") for n in range(2000)],
    ):
        try:
            attempt()
            told.append(None)
        except WorldError as error:
            told.append([error.kind, str(error)])
print(json.dumps(told))
"""


def test_a_disk_without_room_is_told_and_nothing_half_is_left(tmp_path: Path) -> None:
    told = json.loads(finish(start(NO_ROOM, tmp_path, 100_000)))
    assert all(told), told
    kinds = [kind for kind, _ in told]
    assert kinds[:2] == [Trouble.READ_ONLY, Trouble.READ_ONLY]
    assert kinds[2] in (Trouble.FULL, Trouble.UNREACHABLE)
    assert all("\n" not in message for _, message in told)
    names = {p.name for p in tmp_path.iterdir()}
    # Without room the log can't be moved into the file either: it stays, and is read next time.
    locks = {f"{name}.db.{lock}" for name in ("warm", "new") for lock in ("lock", "next.lock")}
    left = {"warm.db", "warm.db-wal", "warm.db-shm", "backups"} | locks
    assert names <= left
    with a_world(tmp_path / "warm.db") as world:
        assert world.audit().ok


def test_what_a_dead_program_left_unfinished_is_not_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    (tmp_path / f".world.db.{os.getpid()}.new").write_bytes(b"half a world")
    with closing(a_world(path, template=False)) as world:
        assert world.audit().ok
