"""What is said of a world that can't be used."""

from pathlib import Path

import pytest

from inventui.db.errors import Trouble, WorldError
from tests.builders import a_world


def plain(error: WorldError) -> str:
    """The error's sentence, which must be one a person can read."""
    message = str(error)
    assert message
    assert "\n" not in message
    assert message.isprintable()
    assert "Traceback" not in message
    return message


def fails(path: Path, kind: Trouble) -> str:
    """Opening must fail so and leave the file, and all beside it, as they were."""
    names = sorted(p.name for p in path.parent.iterdir())
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(WorldError) as caught:
        a_world(path)
    assert caught.value.kind is kind, caught.value
    assert (path.read_bytes() if path.is_file() else b"") == before
    left = sorted(p.name for p in path.parent.iterdir() if not p.name.endswith(".lock"))
    assert left == names
    message = plain(caught.value)
    assert str(path) in message
    return message
