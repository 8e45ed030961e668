"""Export: everything that a world keeps about one player, as JSON, a piece at a time.

    {"format": "inventui-export", "version": 1, "exported_at", "player": {…},
     "balances": […], "things": […], "moves": […], …}

Times are ISO 8601 in UTC. A secret is never part of it: no server seed of a pair that is
not retired, and no passphrase.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable

from inventui.engine import export as package
from inventui.engine.export.models import Exported
from inventui.engine.players.cards import card
from inventui.rules.core.clock import to_iso
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Reason, Refusal
from inventui.system import private_folder, private_open

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

FORMAT = "inventui-export"
VERSION = 1

AT_ONCE = 1_000
"""Rows that are read and written at a time."""

_TIMES = {"at", "acquired_at", "held_until", "retired_at", "until", "created_at"}
_JSON = {"request", "odds", "items"}


def sections() -> Iterator[tuple[str, Executable]]:
    """Each name and statement of `SECTIONS` in this package's modules."""
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        yield from getattr(module, "SECTIONS", {}).items()


class Export:
    """Everything that is kept about one player."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def pieces(self) -> Iterator[str]:
        """The document as it is at this moment, in pieces of a thousand rows."""
        with self._world.store.read() as connection:
            player = card(connection, self._handle.id, self._handle.name)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": to_iso(self._world.clock.now()),
            "player": {
                "id": player.id,
                "name": player.name,
                "rank": standing(player.experience).rank,
                "experience": player.experience,
                "oranges": player.oranges,
                "gems": player.gems,
            },
        }
        yield json.dumps(head)[:-1]
        with self._world.store.select() as connection:
            for name, statement in sections():
                yield f',\n"{name}": ['
                yield from _rows(connection, statement, self._handle.id)
                yield "]"
        yield "}\n"

    def write(self, path: str | Path) -> Exported | Refusal:
        """Write the document to a file; an existing one is never replaced."""
        target = Path(path).expanduser()
        if not target.name:
            return Refusal(
                Reason.FILE_UNWRITABLE,
                f"{target} is no name of a file. Name one that isn't there yet.",
                {"file": str(path)},
            )
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            private_folder(target.parent)
            if os.path.lexists(target):
                return Refusal(
                    Reason.FILE_EXISTS,
                    f"{target} is there already and was left as it is. Choose another name.",
                    {"file": str(target)},
                )
            partial.unlink(missing_ok=True)
            with private_open(partial, "x") as file:
                size = self.tell(file.write)
            os.replace(partial, target)
        except (OSError, ValueError) as error:
            return Refusal(
                Reason.FILE_UNWRITABLE,
                f"{target} can't be written: {getattr(error, 'strerror', None) or error}. "
                "Choose another folder.",
                {"file": str(target)},
            )
        finally:
            with suppress(OSError, ValueError):
                partial.unlink(missing_ok=True)
        return Exported(str(target), size)

    def tell(self, write: Callable[[str], object]) -> int:
        """Hand every piece to `write`; how many characters that were."""
        size = 0
        for piece in self.pieces():
            write(piece)
            size += len(piece)
        return size


def _rows(connection: Connection, statement: Executable, me: int) -> Iterator[str]:
    """The rows of a statement as JSON objects, a line each."""
    found = connection.execution_options(yield_per=AT_ONCE).execute(statement, {"me": me})
    names = tuple(found.keys())
    turned: dict[str, Callable[[Any], object]] = {
        **{name: to_iso for name in names if name in _TIMES},
        **{name: json.loads for name in names if name in _JSON},
    }
    between = "\n"
    for rows in found.partitions():
        lines = []
        for row in rows:
            line: dict[str, object] = dict(zip(names, row, strict=True))
            for name, turn in turned.items():
                if line[name] is not None:
                    line[name] = turn(line[name])
            lines.append(json.dumps(line))
        yield between + ",\n".join(lines)
        between = ",\n"
