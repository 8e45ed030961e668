"""Programs that open cases, or rob and let time pass, until they are killed."""

import itertools
import os
from pathlib import Path

from inventui.engine.models import Opening, RobberyDone
from inventui.engine.world import PlayerHandle
from inventui.rules.clock import HOUR, FrozenClock
from tests.builders import NOW, TOWN_PACK, a_world


def open_for_ever(path: Path, log: Path, prefix: str) -> None:
    """Open 100 crates at a time; each opening is acknowledged by a line of `log`."""
    world = a_world(path)
    ana = world.player("ana")
    assert isinstance(ana, PlayerHandle)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in itertools.count():
        key = f"{prefix}{number}"
        opening = ana.cases.open("crate", 100, key)
        assert isinstance(opening, Opening), opening
        os.write(file, f"{key} {opening.operation}\n".encode())


def rob_for_ever(path: Path, log: Path, prefix: str) -> None:
    """Let hours pass and rob whom one meets; each robbery is acknowledged by a line of `log`."""
    clock = FrozenClock(NOW)
    world = a_world(path, clock=clock, pack=TOWN_PACK)
    ana = world.player("ana")
    assert isinstance(ana, PlayerHandle)
    with world.store.read() as connection:
        latest = connection.exec_driver_sql("SELECT max(at) FROM operation").scalar_one()
    clock.at = max(clock.at, int(latest))
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in itertools.count():
        key = f"{prefix}{number}"
        # Both sides' time is made up for in the robbery's own transaction.
        clock.advance(7 * HOUR)
        robbery = ana.streets.rob(("bob", "Zest")[number % 2], key)
        if isinstance(robbery, RobberyDone):
            os.write(file, f"{key} {robbery.operation}\n".encode())
        ana.property.catch_up()
