"""The same days of the same personas, in a world of the engine and in a town."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from inventui.content.loader import load_pack
from inventui.content.source import base_pack
from inventui.db.statements import Statement
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.world import World
from inventui.lab.days import play_days
from inventui.lab.personas.model import BASE, Persona, PersonaFile, read_personas
from inventui.lab.town.actor import TownActor
from inventui.lab.town.catalogue import TownCatalogue
from inventui.lab.town.town import Town, TownOperation
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.refusal import Refusal
from inventui.rules.home import Waiting
from tests.lab.engine_actor import EngineActor

FIRST = 20_500 * DAY
SEED = "side by side"


class _Operation(NamedTuple):
    id: int
    kind: str
    player_id: int | None
    at: int


_OPERATIONS = Statement("SELECT id, kind, player_id, at FROM operation ORDER BY id", _Operation)


class _Line(NamedTuple):
    operation_id: int
    kind: str
    currency: str
    amount: int


_LINES = Statement("SELECT operation_id, kind, currency, amount FROM transfer ORDER BY id", _Line)


Watch = Callable[[Sequence[Waiting]], object]


class Watched:
    """An actor of whom it is seen what Home says to it."""

    def __init__(self, actor: object, watch: Watch) -> None:
        self._actor, self._watch = actor, watch

    def __getattr__(self, name: str) -> object:
        return getattr(self._actor, name)

    def next_lines(self) -> Sequence[Waiting]:
        lines = self._actor.next_lines()
        self._watch(lines)
        return lines


def personas() -> tuple[Persona, ...]:
    found = read_personas(BASE)
    assert isinstance(found, PersonaFile)
    return found.personas


def in_the_engine(
    path: Path,
    cast: tuple[Persona, ...],
    days: int,
    pack: Path | None = None,
    watch: Watch | None = None,
) -> list[TownOperation]:
    """The operations of some days of a world of the engine; `watch` is shown what Home says."""
    clock = FrozenClock(FIRST)
    pack = pack or base_pack()
    with World.open(path, pack=pack, clock=clock, entropy=SeededEntropy(SEED)) as world:
        catalogue = TownCatalogue(load_pack(pack))
        actors = []
        for persona in cast:
            card = world.players.add(persona.name)
            assert not isinstance(card, Refusal)
            actor = EngineActor(world.handle(card), catalogue)
            actors.append((persona, actor if watch is None else Watched(actor, watch)))
        world.players.neighbours()

        def set_clock(at: int) -> None:
            clock.at = at

        play_days(actors, catalogue, FIRST, days, set_clock)
        assert world.audit().ok
        return operations_of(world)


def operations_of(world: World) -> list[TownOperation]:
    with world.store.read() as connection:
        operations = {
            row.id: TownOperation(row.kind, row.player_id or 0, row.at)
            for row in connection.execute(_OPERATIONS)
        }
        for row in connection.execute(_LINES):
            operations[row.operation_id].lines.append((row.kind, row.currency, row.amount))
    return list(operations.values())


def in_a_town(
    seed: str,
    pairs: list[tuple[str, str]],
    cast: tuple[Persona, ...],
    days: int,
    pack: Path | None = None,
    watch: Watch | None = None,
) -> Town:
    """The same days in a town."""
    town = Town(load_pack(pack or base_pack()), seed, FIRST, keep=True)
    actors = []
    for persona, (server_seed, client_seed) in zip(cast, pairs, strict=True):
        person = town.add_player(persona.name, server_seed, client_seed)
        actor = TownActor(town, person)
        actors.append((persona, actor if watch is None else Watched(actor, watch)))
    town.move_in()

    def set_clock(at: int) -> None:
        town.at = at

    play_days(actors, town.catalogue, FIRST, days, set_clock)
    return town


def seeds_of(cast: tuple[Persona, ...]) -> tuple[str, list[tuple[str, str]]]:
    """The seed of the world, and (server seed, client seed) of each player, as they are drawn."""
    entropy = SeededEntropy(SEED)
    seed = entropy.seed()
    pairs = []
    for _ in cast:
        client_seed = entropy.seed()[:16]
        server_seed, _next = entropy.seed(), entropy.seed()
        pairs.append((server_seed, client_seed))
    return seed, pairs
