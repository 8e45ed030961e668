"""Standing still: the processor time that a program takes while nobody presses a key."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import worlds
from benchmarks.harness import Effort, Row, Side, compare
from benchmarks.people import FRIEND
from benchmarks.startup import FLOORS, SETTLED, THINGS
from benchmarks.terminal import Terminal, environment, game
from inventui.engine.core.models import PlayerCard
from inventui.engine.people.models import FriendChange
from inventui.engine.world import PlayerHandle, World
from inventui.rules.people.friends import FriendEvent

STAND = 10.0
"""Seconds of one stand."""

GRACE = 0.01
"""What is let pass beside the ratio, as a share of a processor."""

REACH = 1.5
"""What the game may take of a bare app's share; with the grace, `1.5 × bare + 1 %`."""

MOST = 0.02
"""The share of a processor that no resting screen may exceed."""

PLACES = (("Home", "1", "What next"), ("Notifications", "n", "─ Notifications"))
"""Where the game stands: the room, the key that leads there, what is read there."""


def idle(folder: Path, effort: Effort) -> Iterator[Row]:
    """The game at rest, watching a world on disk for what other programs do to it."""
    env = environment(folder / "home")
    database = folder / "home" / "data" / "world.db"
    worlds.make(database, THINGS, oranges=worlds.MODEST)
    with ExitStack() as open_now:
        ours = open_now.enter_context(Terminal(game(database, worlds.PLAYER), env))
        ours.wait_for(" worth ")
        bare = open_now.enter_context(Terminal([sys.executable, str(FLOORS / "bare_app.py")], env))
        bare.wait_for("hello")
        for room, key, text in PLACES:
            ours.key(key, SETTLED)
            ours.wait_for(text)
            row = compare(
                f"processor at rest on {room} · bare Textual app and {GRACE / REACH:.2%}",
                _share(ours),
                _share(bare, GRACE / REACH),
                effort(5, 1),
                REACH,
                warm=0,
                unit="%",
            )
            yield row
            yield Row(
                f"processor at rest on {room} · {MOST:.0%} of one",
                row.ours, MOST, row.ours / MOST, None, 1, "%",
            )  # fmt: skip
        _asks(database)
        # Whoever rests must still hear: else it is no watch that was measured.
        ours.wait_for(f"{FRIEND} asks to be your friend")


def _asks(database: Path) -> None:
    """Let another program do something of which the player is told."""
    with World.open(database, daily_backup=False) as world:
        added = world.players.add(FRIEND)
        assert isinstance(added, PlayerCard), added
        handle = world.player(FRIEND)
        assert isinstance(handle, PlayerHandle), handle
        asked = handle.friends.change(worlds.PLAYER, FriendEvent.REQUEST)
        assert isinstance(asked, FriendChange), asked


def _share(terminal: Terminal, grace: float = 0.0) -> Side:
    """The share of a processor that a program takes in a stand, and what is let pass."""

    def side() -> float:
        return terminal.stand(STAND) / STAND + grace

    return side
