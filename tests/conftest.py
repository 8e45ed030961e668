"""What holds for every test: which ones run, where their files lie, and how long they may take."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import ServerWorlds, worlds_on_a_server
from tests.row_types import check_every_row
from tests.screens import pictures

GARBAGE_EVERY = 25
"""Tests between two looks for garbage: dead apps are large, and looking at each one is slow."""

COMPARED = "inventui/pictures"
"""Where the cache keeps which pictures the last whole run without `--trust` compared."""

ROOM_IN_MEMORY = 2 * 2**30
"""Bytes that must be free in memory for files to lie there."""

# Neither the machine's speed nor chance decides whether a test passes.
settings.register_profile(
    "tests", deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("tests")
check_every_row()

_folder = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The part of the tests that takes long is asked for."""
    parser.addoption(
        "--trust",
        action="store_true",
        help="also run kills, storms, long state machines, faults at every statement, sweeps",
    )
    parser.addoption(
        "--postgresql",
        action="store_true",
        help="keep the worlds of the tests on a PostgreSQL server instead of in files",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Put everything that tests write into one folder, in memory where there is room."""
    if hasattr(config, "workerinput"):
        return
    memory = Path("/dev/shm")
    parent = None
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_IN_MEMORY:
        parent = memory
    for left in Path(parent or tempfile.gettempdir()).glob("inventui-tests-*-*"):
        # A run that was killed could not clear up after itself.
        if Path("/proc/self").exists() and not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"inventui-tests-{os.getpid()}-", dir=parent))
    config.stash[_folder] = folder
    # Workers, programs that tests start, and pytest itself look here.
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing stays behind."""
    folder = config.stash.get(_folder, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def server_worlds(request: pytest.FixtureRequest) -> Iterator[ServerWorlds | None]:
    """Where worlds are kept with `--postgresql`."""
    if not request.config.getoption("--postgresql"):
        yield None
        return
    with worlds_on_a_server() as worlds:
        yield worlds


@pytest.fixture(autouse=True)
def _dropped(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--postgresql"):
        yield
        return
    worlds, folder = map(request.getfixturevalue, ("server_worlds", "tmp_path"))
    yield
    worlds.drop(folder)


@pytest.fixture
def trust(request: pytest.FixtureRequest) -> bool:
    """Whether everything is asked for, however long it takes."""
    return bool(request.config.getoption("--trust"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--trust` adds; with it, what is then longer is marked like it."""
    if config.getoption("--trust"):
        for item in items:
            if "trust" in getattr(item, "fixturenames", ()):
                item.add_marker("trust")
        return
    left_out = [item for item in items if item.get_closest_marker("trust")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("trust")]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker tells which pictures it has compared."""
    pictures.seen.update(getattr(node, "workeroutput", {}).get("pictures", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A picture that no test compares is found by whoever runs everything, in one run or two."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["pictures"] = sorted(pictures.seen)
        return
    part = config.option.markexpr
    if exitstatus or config.option.keyword or config.args != config.getini("testpaths"):
        return
    if not part:
        config.cache.set(COMPARED, sorted(pictures.seen))
    if not config.getoption("--trust") or part not in ("", "trust"):
        return
    compared = pictures.seen.union(config.cache.get(COMPARED, []))
    there = {str(path.relative_to(pictures.FOLDER)) for path in pictures.FOLDER.rglob("*.svg")}
    unused = sorted(there - compared)
    if unused:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("\nPictures that no test compares; remove them:", *unused, sep="\n  ")


def pytest_xdist_auto_num_workers() -> int:
    """As many workers as processors: no test of a screen sleeps."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_collection_finish() -> None:
    """Garbage is looked for between tests, not in them, and not among what stays."""
    gc.collect()
    gc.freeze()
    gc.disable()


LIVELY = {"database", "make_app", "path", "world"}
"""Fixtures of tests after which a dead app or world lies about."""

_lives = count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Dead apps and worlds go; what has survived them is here to stay."""
    lives = LIVELY.intersection(getattr(item, "fixturenames", ()))
    if lives and next(_lives) % GARBAGE_EVERY == 0:
        gc.collect()
        gc.freeze()
