"""A world on a server against hand-written psycopg, on a cluster that waits for its disk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.postgresql import address, cluster, give_roles, run

from benchmarks import worlds
from benchmarks.floors.server import HandServerOpening
from benchmarks.harness import Effort, Row, compare, timed
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import PlayerCard
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World

CLIENTS = 8


def server(folder: Path, effort: Effort) -> Iterator[Row]:
    """Opening alone, and eight clients at once."""
    del folder
    with cluster(durable=True) as there:
        run(there, ["CREATE DATABASE ours"])
        with World.open(address(there, "ours")) as world:
            for name in (worlds.PLAYER, *(f"client {number}" for number in range(CLIENTS))):
                assert isinstance(world.players.add(name), PlayerCard)
                assert isinstance(world.grant(name, oranges=worlds.ORANGES), Grant)
        give_roles(there, "ours")
        run(there, ["CREATE DATABASE theirs TEMPLATE ours"])
        game = address(there, "ours", "game")
        with World.open(game) as world:
            player, case = worlds.player_of(world), world.catalogue.cases()[0].id

            def opens() -> None:
                opening = player.cases.open(case, 1)
                assert isinstance(opening, Opening), opening

            with closing(HandServerOpening(address(there, "theirs"), worlds.PLAYER, case)) as hand:
                yield compare(
                    "one durable case opening on a server · hand-written psycopg",
                    timed(opens),
                    timed(hand.open),
                    effort(600, 60),
                    2.5,
                    warm=20,
                )
        yield _at_once(game, case, effort(100, 20))


def _at_once(game: str, case: str, openings: int) -> Row:
    """How long the slowest twentieth of openings takes, of what half of them take."""

    def play(number: int) -> list[float]:
        taken = []
        with World.open(game, busy_seconds=60) as world:
            player = world.player(f"client {number}")
            assert isinstance(player, PlayerHandle)
            for _ in range(openings):
                start = perf_counter()
                assert isinstance(player.cases.open(case, 1), Opening)
                taken.append(perf_counter() - start)
        return taken

    with ThreadPoolExecutor(CLIENTS) as threads:
        taken = [each for one in threads.map(play, range(CLIENTS)) for each in one]
    slow, usual = quantiles(taken, n=20)[-1], median(taken)
    what = f"{CLIENTS} clients at once on a server, p95 of openings · median"
    return Row(what, slow, usual, slow / usual, None, 20)
