"""The arguments of `inventui` when no command is named: how the game is to begin."""

import os
import sys
from dataclasses import dataclass, replace

NO_TERMINAL = "The game needs a terminal; inventui --help lists the commands that don't."


@dataclass(frozen=True, slots=True)
class Start:
    """How the game is to begin.

    Attributes:
        database: path or URL of the world, or None for the usual one.
        player: who plays, or None for the last one.
        demo: whether to play in a throw-away world.
    """

    database: str | None = None
    player: str | None = None
    demo: bool = False


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
        if name not in ("--database", "--player") or not (equals or rest):
            return None
        value = value if equals else rest.pop(0)
        if name == "--database":
            start = replace(start, database=value)
        else:
            start = replace(start, player=value)
    return start


def fault(start: Start) -> str | None:
    """Why the game can't begin like this, in one sentence, or None."""
    if start.demo and start.database is not None:
        return "--demo plays in a world that is thrown away: leave --database out."
    dumb = os.environ.get("TERM") == "dumb"
    if dumb or any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return NO_TERMINAL
    return None
