"""Who acts for a persona: in a town, or in a world of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from inventui.lab.town.catalogue import TownItem
from inventui.lab.town.people import Piece
from inventui.lab.town.sellers import GearOnSale
from inventui.rules.core.categories import Category
from inventui.rules.core.refusal import Refusal
from inventui.rules.home import Waiting
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.rules.streets.shifts import ShiftStyle


class ProspectLike(Protocol):
    """What a persona sees of somebody whom it could rob."""

    @property
    def name(self) -> str:
        """Whom."""

    @property
    def oranges(self) -> int:
        """What they have."""

    @property
    def chance(self) -> int:
        """Of success, in percent."""

    @property
    def halved(self) -> int:
        """How often what a success takes is halved."""


class PieceLike(Protocol):
    """What a persona sees of a player item in a listing or a trade."""

    @property
    def item(self) -> TownItem:
        """Its item."""


class ListingLike(Protocol):
    """What a persona sees of a listing."""

    @property
    def piece(self) -> PieceLike:
        """What is sold."""

    @property
    def price(self) -> int:
        """What it costs, in oranges."""


class TradeLike(Protocol):
    """What a persona sees of a trade that waits for its answer."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def give(self) -> Sequence[PieceLike]:
        """What it would get."""

    @property
    def give_oranges(self) -> int:
        """How many oranges it would get."""

    @property
    def ask(self) -> Sequence[PieceLike]:
        """What it would give."""

    @property
    def ask_oranges(self) -> int:
        """How many oranges it would give."""


class Actor(Protocol):
    """Who acts for a persona, what it sees and can do; `TownActor` is one."""

    @property
    def oranges(self) -> int:
        """What it has."""

    @property
    def gems(self) -> int:
        """What it has of them."""

    @property
    def fed(self) -> bool:
        """Whether a donut counts for its next shift."""

    @property
    def shifts_today(self) -> int:
        """How many shifts it worked today."""

    @property
    def owes(self) -> bool:
        """Whether upkeep is unpaid."""

    def pieces(self) -> list[Piece]:
        """What it owns, wears, or has in escrow."""

    def worn(self, category: Category) -> TownItem | None:
        """What it wears of a kind of gear."""

    def prospects(self) -> Sequence[ProspectLike]:
        """Whom it may rob now."""

    def arrive(self) -> None:
        """Catch up with its time."""

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        """Work a shift."""

    def daily(self) -> Refusal | None:
        """Take the daily bonus."""

    def claim(self, piece: Piece) -> Refusal | None:
        """Take something out of escrow."""

    def equip(self, piece: Piece) -> Refusal | None:
        """Put on something that is owned."""

    def sell(self, pieces: list[Piece]) -> Refusal | None:
        """Sell to the house."""

    def open(self, case: str, count: int) -> Refusal | None:
        """Open a case."""

    def buy(self, slug: str) -> Refusal | None:
        """Buy something of the shop."""

    def pay_upkeep(self) -> Refusal | None:
        """Pay what is due."""

    def rob(self, name: str) -> Refusal | None:
        """Rob somebody."""

    def fuse(self, pieces: list[Piece]) -> Refusal | None:
        """Fuse five collectibles."""

    def complete(self, case: str) -> Refusal | None:
        """Take the reward of a set."""

    def award(self) -> None:
        """Take the rewards of the goals that it reached."""

    def gear_today(self) -> list[GearOnSale]:
        """What its gear shop has today."""

    def buy_gear(self, slug: str) -> Refusal | None:
        """Buy something there."""

    def market_now(self) -> list[GearOnSale]:
        """What the black market has."""

    def buy_at_market(self, slug: str) -> Refusal | None:
        """Buy something there."""

    def reroll(self) -> Refusal | None:
        """Let its gear shop be drawn again, for gems."""

    def use(self, piece: Piece, target: Piece | None = None) -> Refusal | None:
        """Eat a donut, or repair a piece of gear."""

    def listed(self) -> int:
        """How many listings it has."""

    def suggested(self, piece: Piece) -> int:
        """The price that the bazaar suggests for something of its own."""

    def put_up(self, piece: Piece, price: int) -> Refusal | None:
        """List something in the bazaar."""

    def bazaar_now(self) -> Sequence[ListingLike]:
        """The listings of others that it may buy, the oldest first."""

    def buy_listing(self, listing: Any) -> Refusal | None:
        """Buy one of them."""

    def waiting_trades(self) -> Sequence[TradeLike]:
        """The trades that wait for its answer."""

    def answer(self, trade: Any, *, yes: bool) -> Refusal | None:
        """Accept or decline one of them."""

    def offer(self, name: str, piece: Piece, oranges: int) -> Refusal | None:
        """Offer a neighbour something for oranges; a refusal too if it declines."""

    def friendships(self) -> Mapping[str, FriendshipState]:
        """How it stands with everybody else, by name."""

    def befriend(self, name: str, event: FriendEvent) -> Refusal | None:
        """Ask somebody to be a friend, or answer who asked."""

    def give(self, name: str, piece: Piece) -> Refusal | None:
        """Give a friend something."""

    def give_oranges(self, name: str, oranges: int) -> Refusal | None:
        """Give a friend oranges."""

    def next_lines(self) -> Sequence[Waiting]:
        """What Home says, the first thing to mind first."""

    def read(self) -> None:
        """Look at what it was told of gifts."""
