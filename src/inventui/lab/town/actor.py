"""What a player can do in a town: each action catches up with their time, and asks the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Concatenate, ParamSpec

from inventui.lab.town.achievements import award
from inventui.lab.town.bazaar import (
    buy_listing,
    check_listing,
    list_piece,
    open_listings,
    suggested,
)
from inventui.lab.town.belongings import claim, equip, pay_upkeep, sell, use
from inventui.lab.town.catalogue import TownItem
from inventui.lab.town.friends import change_friendship, give_item, give_oranges
from inventui.lab.town.home import home_lines
from inventui.lab.town.opening import open_case
from inventui.lab.town.people import Listing, OpenTrade, Piece, Townsman
from inventui.lab.town.robbing import Prospect, prospects, rob
from inventui.lab.town.sellers import (
    GearOnSale,
    buy,
    gear_offer,
    gear_today,
    market_now,
    market_offer,
    reroll,
    stalls,
)
from inventui.lab.town.streets import take_bonus, work_shift
from inventui.lab.town.time import look_at_bazaar, settle
from inventui.lab.town.town import Town
from inventui.lab.town.trading import answer, sell_to_neighbour, waiting_trades
from inventui.lab.town.workshop import complete, fuse
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.home import Waiting
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.rules.streets.shifts import ShiftStyle

P = ParamSpec("P")


class TownActor:
    """Acts for one player of a town; each action answers with a refusal if a rule forbids it."""

    def __init__(self, town: Town, person: Townsman) -> None:
        self._town = town
        self._me = person

    def _do(
        self,
        action: Callable[Concatenate[Town, Townsman, P], Refusal | None],
        *args: P.args,
        **options: P.kwargs,
    ) -> Refusal | None:
        self.arrive()
        return action(self._town, self._me, *args, **options)

    def arrive(self) -> None:
        """Catch up with their time."""
        settle(self._town, self._me, here=True)

    # What they see.

    @property
    def oranges(self) -> int:
        """What they have."""
        return self._me.oranges

    @property
    def gems(self) -> int:
        """What they have of them."""
        return self._me.gems

    @property
    def shifts_today(self) -> int:
        """How many shifts they worked today."""
        return self._me.shifts_on(self._town.at // DAY)

    @property
    def owes(self) -> bool:
        """Whether upkeep is unpaid."""
        return bool(self._me.unpaid)

    @property
    def fed(self) -> bool:
        """Whether the next shift pays more for a donut."""
        return self._me.fed

    def pieces(self) -> list[Piece]:
        """What they have, or have in escrow, but for what everybody has; the oldest first."""
        return list(self._me.pieces.values())

    def worn(self, category: Category) -> TownItem | None:
        """What they wear of a kind of gear."""
        piece = self._me.worn(category)
        return None if piece is None else piece.item

    def prospects(self) -> list[Prospect]:
        """Everybody who may be robbed now: neighbours in the pack's order, then players by name."""
        return prospects(self._town, self._me)

    def gear_today(self) -> list[GearOnSale]:
        """What their gear shop has today."""
        return gear_today(self._town, self._me)

    def market_now(self) -> list[GearOnSale]:
        """What the black market has now."""
        return market_now(self._town)

    def bazaar_now(self) -> list[Listing]:
        """The listings of others that they may buy, the oldest first."""
        look_at_bazaar(self._town)
        town, me = self._town, self._me
        return [one for one in open_listings(town) if check_listing(town, me, one) is None]

    def listed(self) -> int:
        """How many listings they have."""
        return len(self._me.listings)

    def suggested(self, piece: Piece) -> int:
        """The price that the bazaar suggests for something of theirs."""
        return suggested(self._town, piece)

    def waiting_trades(self) -> list[OpenTrade]:
        """The trades that wait for their answer, the one that ends first before the others."""
        look_at_bazaar(self._town)
        return waiting_trades(self._town, self._me)

    def friendships(self) -> dict[str, FriendshipState]:
        """How they stand with everybody else, by name: neighbours by slug, then players."""
        others = (*self._town.neighbours, *self._others())
        return {other.name: self._me.bond(other) for other in others}

    def next_lines(self) -> tuple[Waiting, ...]:
        """What Home says, the first thing to mind first."""
        return home_lines(self._town, self._me)

    def read(self) -> None:
        """Look at what they were told of gifts."""
        self._me.unread = 0

    def _others(self) -> list[Townsman]:
        people = self._town.people.values()
        return [one for one in people if one.neighbour is None and one is not self._me]

    def _named(self, name: str) -> Townsman:
        return next(one for one in self._town.people.values() if one.name == name)

    # What they do.

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        """Work a shift in a style, or with the skill that the game of timing gave."""
        return self._do(work_shift, work)

    def daily(self) -> Refusal | None:
        """Take today's bonus."""
        return self._do(take_bonus)

    def claim(self, piece: Piece) -> Refusal | None:
        """Take something out of escrow."""
        return self._do(claim, piece)

    def sell(self, pieces: Iterable[Piece]) -> Refusal | None:
        """Sell to the house what it buys."""
        return self._do(sell, pieces)

    def use(self, piece: Piece, target: Piece | None = None) -> Refusal | None:
        """Eat a donut, or repair a piece of gear."""
        return self._do(use, piece, target)

    def equip(self, piece: Piece) -> Refusal | None:
        """Put on something that is owned."""
        return self._do(equip, piece)

    def open(self, case: str, count: int) -> Refusal | None:
        """Open a case so often."""
        return self._do(open_case, case, count)

    def award(self) -> None:
        """Take the rewards of every goal that is reached."""
        award(self._town, self._me)

    def fuse(self, pieces: Sequence[Piece]) -> Refusal | None:
        """Make five collectibles of one rarity into one of the next."""
        return self._do(fuse, pieces)

    def complete(self, case: str) -> Refusal | None:
        """Take the reward for everything that a case gives."""
        return self._do(complete, case)

    def buy(self, slug: str) -> Refusal | None:
        """Buy something of the shop, and put it on if it has a slot."""
        return self._do(buy, self._town.catalogue.items[slug].offer, HouseAccount.SHOP)

    def buy_gear(self, slug: str) -> Refusal | None:
        """Buy something of their gear shop."""
        item = self._town.catalogue.items[slug]
        return self._do(buy, gear_offer(item), HouseAccount.SHOP)

    def reroll(self) -> Refusal | None:
        """Let their gear shop be drawn again, for gems."""
        return self._do(reroll)

    def buy_at_market(self, slug: str) -> Refusal | None:
        """Buy something of the black market."""
        stall = next(stall for stall in stalls(self._town) if stall.item.slug == slug)
        offer = market_offer(self._town, stall)
        refusal = self._do(buy, offer, HouseAccount.BLACK_MARKET)
        if refusal is None:
            stall.sold += 1
        return refusal

    def pay_upkeep(self) -> Refusal | None:
        """Pay all upkeep that is due."""
        return self._do(pay_upkeep)

    def rob(self, name: str) -> Refusal | None:
        """Rob somebody by name."""
        return self._do(rob, name)

    def put_up(self, piece: Piece, price: int) -> Refusal | None:
        """List something in the bazaar."""
        return self._do(list_piece, piece, price)

    def buy_listing(self, listing: Listing) -> Refusal | None:
        """Buy a listing of somebody else."""
        self.arrive()
        settle(self._town, listing.seller, here=False)
        return buy_listing(self._town, self._me, listing.id)

    def answer(self, trade: OpenTrade, *, yes: bool) -> Refusal | None:
        """Accept or decline a trade."""
        self.arrive()
        settle(self._town, trade.proposer, here=False)
        return answer(self._town, self._me, trade, yes=yes)

    def offer(self, name: str, piece: Piece, oranges: int) -> Refusal | None:
        """Offer a neighbour something for oranges; a refusal too if it declines."""
        neighbour = self._arrive_with(name)
        return sell_to_neighbour(self._town, self._me, neighbour, piece, oranges)

    def befriend(self, name: str, event: FriendEvent) -> Refusal | None:
        """Ask somebody to be a friend, or answer who asked."""
        return change_friendship(self._town, self._me, self._arrive_with(name), event)

    def give(self, name: str, piece: Piece) -> Refusal | None:
        """Give a friend something."""
        return give_item(self._town, self._me, self._arrive_with(name), piece)

    def give_oranges(self, name: str, oranges: int) -> Refusal | None:
        """Give a friend oranges."""
        return give_oranges(self._town, self._me, self._arrive_with(name), oranges)

    def _arrive_with(self, name: str) -> Townsman:
        """Catch up with their time and somebody else's, who is concerned."""
        self.arrive()
        other = self._named(name)
        settle(self._town, other, here=False)
        return other
