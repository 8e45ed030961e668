"""A server with small bounds, in whose sessions F9 computes for ever and F10 takes all memory.

python -m tests.serve.greedy DATABASE '{"idle_seconds": 1}'
"""

from __future__ import annotations

import asyncio
import json
import sys

from textual.events import Key

from inventui.serve import guest, sessions
from inventui.serve.context import ServerOptions
from inventui.serve.limits import Limits
from inventui.serve.server import Listeners, serve

COMPUTES, TAKES = GREEDY = ("f9", "f10")


def taught() -> None:
    """Let the game be as greedy as its player wants."""

    def on_key(self: object, event: Key) -> None:
        taken: list[bytes] = []
        while event.key in GREEDY:
            taken += [bytes(1 << 20)] * (event.key == TAKES)

    guest.GuestApp.on_key = on_key  # type: ignore[attr-defined]


def main(database: str, limits: str) -> None:
    sessions.COMMAND = (
        "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
        "from inventui.serve import spawner; from tests.serve import greedy;"
        "warm = spawner.warm; spawner.warm = lambda **told: (warm(**told), greedy.taught());"
        "spawner.main(*map(int, sys.argv[2:]))"
    )

    def ready(listeners: Listeners) -> None:
        print(
            f"ssh -p {listeners.ssh} NAME@127.0.0.1\nhttp://127.0.0.1:{listeners.web}/", flush=True
        )

    asked = Limits(**json.loads(limits))
    asyncio.run(serve(ServerOptions(database, ssh=0, web=0, limits=asked), ready))


if __name__ == "__main__":
    main(*sys.argv[1:])
