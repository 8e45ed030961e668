"""A program that opens cases until it is killed."""

import itertools
import os
from pathlib import Path

from inventui.engine.models import Opening
from inventui.engine.world import PlayerHandle
from tests.builders import a_world


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
