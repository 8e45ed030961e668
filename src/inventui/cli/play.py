"""The arguments of `inventui` when no command is named: how the game is to begin."""

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

NO_TERMINAL = "The game needs a terminal; inventui --help lists the commands that don't."


@dataclass(frozen=True, slots=True)
class Start:
    """How the game is to begin.

    Attributes:
        database: path or URL of the world, or None for the usual one.
        player: who plays, or None for the last one.
        demo: whether to play in a throw-away world.
        packs: paths of packs that a new world is made of, in their order.
        base: whether the base pack lies below them.
    """

    database: str | None = None
    player: str | None = None
    demo: bool = False
    packs: tuple[str, ...] = ()
    base: bool = True

    @property
    def layers(self) -> tuple[Path | None, tuple[Path, ...]]:
        """The first pack, if it is not the base pack, and those upon it."""
        paths = tuple(map(Path, self.packs))
        return (None, paths) if self.base else (paths[0], paths[1:])


def read(arguments: list[str]) -> Start | None:
    """What the arguments ask for if they name no command, else None.

    They are read by hand: the game should not wait for a parser that it doesn't need.
    """
    start = Start(player=os.environ.get("INVENTUI_PLAYER") or None)
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == "--demo" and not equals:
            start = replace(start, demo=True)
            continue
        if name == "--no-base" and not equals:
            start = replace(start, base=False)
            continue
        if name not in ("--database", "--player", "--pack") or not (equals or rest):
            return None
        value = value if equals else rest.pop(0)
        if name == "--database":
            start = replace(start, database=value)
        elif name == "--pack":
            start = replace(start, packs=(*start.packs, value))
        else:
            start = replace(start, player=value)
    return start


def _file(start: Start) -> Path | None:
    """The file of the world, or None if it is kept in none."""
    from inventui.config import default_database
    from inventui.db.errors import WorldError
    from inventui.db.world_file import file_of

    try:
        return file_of(start.database or default_database())
    except WorldError:
        return None


def fault(start: Start) -> str | None:
    """Why the game can't begin like this, in one sentence, or None."""
    if start.demo and start.database is not None:
        return "--demo plays in a world that is thrown away: leave --database out."
    if not start.base and not start.packs:
        return "--no-base leaves out the base pack, so it goes with --pack."
    if start.packs and not start.demo:
        world = _file(start)
        if world is not None and world.exists():
            return (
                f"{world} has its packs already. To add one to it: inventui packs add "
                f"{start.packs[0]}. To play one in a new world, name another file with --database."
            )
    dumb = os.environ.get("TERM") == "dumb"
    if dumb or any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return NO_TERMINAL
    return None
