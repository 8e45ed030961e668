"""Context: what every room of the engine stands on.

A room takes a context and a player, and knows neither `World`, which is built on top of all
rooms, nor `PlayerHandle`, which leads to them. What knows the rooms and is yet needed below
them (making up for a player's time) is reached through a hook that `World` sets.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from inventui.content import numbers
from inventui.db.errors import WorldError
from inventui.db.statements import Statement
from inventui.engine.core.audited_numbers import numbers_of
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.ledger import House, house_accounts
from inventui.engine.core.settings import CATALOGUE, setting
from inventui.rules.time.set_back import SLACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.db.statements import Connection
    from inventui.db.store import Listener as Listener  # noqa: PLC0414
    from inventui.db.store import Store
    from inventui.engine.core.secrets import Entropy
    from inventui.rules.core.clock import Clock
    from inventui.rules.time.set_back import SetBack


class _Latest(NamedTuple):
    at: int | None
    catalogue: str | None


_LATEST = Statement(
    "SELECT (SELECT at FROM operation ORDER BY id DESC LIMIT 1) AS at,"
    " (SELECT value FROM world_setting WHERE name = '{catalogue}') AS catalogue",
    _Latest,
    catalogue=CATALOGUE,
)
_TOKEN = Statement("SELECT coalesce(max(id), 0) FROM operation", int)


class Look(StrEnum):
    """What is about to be looked at, as far as something is due before that."""

    NEIGHBOURS = "neighbours"
    TARGETS = "targets"
    BAZAAR = "bazaar"
    TRADES = "trades"
    MARKET = "market"
    GEAR_SHOP = "gear_shop"


class Hooks(Protocol):
    """What stands above the rooms and is needed by them: time, and the neighbours' doings."""

    def settle(
        self, context: Context, connection: Connection, player: int, at: int, here: bool
    ) -> object:
        """Catch up with a player's time until `at`, in a write that is under way.

        `here` is whether it is they who came, which ends their absence.
        """

    def write_set_back(self, context: Context, connection: Connection, was: int, now: int) -> None:
        """Write down that the clock was set back, from `was` to `now`."""

    def before_look(self, context: Context, look: Look, player: Player | None) -> None:
        """Write what is due before something is looked at; see `Context.before_look`."""


@dataclass
class Schedule:
    """What is known to be settled, so that it need not be asked again.

    Attributes:
        settled: from when until when nothing can fall due for a player.
        no_period_due: the period of the bazaar in which none is due.
        bazaar_seen: the last period in which somebody looked at the bazaar.
        running_periods: whether periods of the bazaar are being run just now.
    """

    settled: dict[int, tuple[int, int]] = field(default_factory=dict)
    no_period_due: int = -1
    bazaar_seen: int = -1
    running_periods: bool = False

    def forget(self) -> None:
        """What was found out in a write that is undone, or before the clock was set back."""
        self.settled.clear()
        self.no_period_due = self.bazaar_seen = -1

    def is_settled(self, player: int, at: int) -> bool:
        """Whether nothing can fall due for a player at a time."""
        since, until = self.settled.get(player, (0, 0))
        return since <= at < until


class Context:
    """A world as its rooms see it.

    Attributes:
        store: its connections.
        path: its file.
        clock: tells its time.
        entropy: gives its secrets.
        catalogue: what exists.
        hooks: what stands above the rooms.
        schedule: what is known to be settled.
        set_back: that the clock was set back, until somebody was told.
        house: the number of each account of the house.
        seed: what the world's own draws come from.
    """

    house: House
    seed: str

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, hooks: Hooks) -> None:
        """Stand on an open store."""
        self.store = store
        self.path = store.path
        self.clock = clock
        self.entropy = entropy
        self.catalogue = Catalogue(store)
        self.schedule = Schedule()
        self.set_back: SetBack | None = None
        self.hooks = hooks
        self._numbers: dict[str, int] = {}
        self._numbers_of = ""

    @cached_property
    def settle(self) -> Callable[[Connection, int, int, bool], object]:
        """Catches up with a player's time (`connection`, `player`, `at`, `here`), see `Hooks`."""
        return partial(self.hooks.settle, self)

    def notice_changes(self, connection: Connection) -> None:
        """Have the numbers of the packs in force, and let it be written if the clock was set back.

        It was, if the last operation is of later.
        """
        now, latest = self.clock.now(), connection.execute(_LATEST).one()
        if (latest.catalogue or "") != self._numbers_of:
            self._read_numbers(connection)
        if self._numbers != numbers.in_force:
            numbers.apply_numbers(self._numbers)
        if latest.at is not None and latest.at > now + SLACK:
            self.hooks.write_set_back(self, connection, latest.at, now)

    def read_constants(self) -> None:
        """Read what stays as it is, so that no write has to, and the numbers of the packs."""
        with self.store.read() as connection:
            self.house = house_accounts(connection)
            self.seed = setting(connection, "seed") or ""
            self._read_numbers(connection)

    def _read_numbers(self, connection: Connection) -> None:
        self._numbers_of = setting(connection, CATALOGUE) or ""
        self._numbers = numbers_of(connection)
        numbers.apply_numbers(self._numbers)

    def version_token(self) -> int:
        """A number that grows with every operation of any program on this world."""
        with self.store.read() as connection:
            return int(connection.execute(_TOKEN).one())

    @property
    def listens(self) -> bool:
        """Whether `listen` tells of what other programs write."""
        return self.store.LISTENS

    def listen(self) -> Listener:
        """Hear of every write of any program from now on, where `listens`."""
        return self.store.listen()

    def catalogue_token(self) -> str:
        """What tells the catalogue in force from any other."""
        with self.store.read() as connection:
            return setting(connection, CATALOGUE) or ""

    def before_look(self, look: Look, player: Player | None = None, *, wait: bool = False) -> None:
        """Let happen what is due before something is looked at: neighbours move in, trade, answer.

        A look writes nothing itself, and is not kept waiting: where another program writes for
        longer than `Store.look_seconds`, the world is seen as it is.

        Args:
            look: what is about to be looked at.
            player: who looks, where it is theirs.
            wait: whether to wait for other programs, because an operation follows.

        Raises:
            WorldError: with `wait`, the world can't be written.
        """
        if wait:
            self.hooks.before_look(self, look, player)
            return
        with suppress(WorldError), self.store.before_look():
            self.hooks.before_look(self, look, player)


class Player:
    """Somebody in a world.

    Attributes:
        world: the world.
        id: the player's number.
        name: the player's name.
    """

    def __init__(self, world: Context, id_: int, name: str) -> None:
        """Somebody who is known to be there."""
        self.world = world
        self.id = id_
        self.name = name
