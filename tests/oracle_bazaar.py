"""An independent model of the bazaar.

As `tests.oracle_people`, on which it stands, it shares no code with the engine or the rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from tests.oracle_items import DAY, HELD
from tests.oracle_kinds import DEFAULT
from tests.oracle_people import PeopleOracle


@dataclass
class Listing:
    """A thing that is up for sale, or was."""

    seller: str
    player_item: int
    price: int
    at: int
    state: str = "open"
    buyer: str | None = None
    bought: int | None = None
    fee: int = 0

    @property
    def until(self) -> int:
        """When it ends by itself."""
        return self.at + 7 * DAY


def fee_of(price: int) -> int:
    """What the house keeps of a sale."""
    return max(1, price * 5 // 100)


class BazaarOracle(PeopleOracle):
    """What players sell to each other."""

    def __init__(self) -> None:
        super().__init__()
        self.listings: list[Listing] = []

    def due(self, who: str) -> list[tuple[int, Callable[[], None]]]:
        """What of somebody's comes home by itself: the moment at which it does, and how."""
        return [
            (listing.until, partial(self.unsold, listing))
            for listing in self.listings
            if listing.seller == who and listing.state == "open"
        ]

    def settle(self, who: str) -> None:
        """What stood for long enough comes home before escrow is looked at."""
        now = self.now
        for moment, end in sorted(self.due(who), key=lambda due: due[0]):
            if moment <= now:
                self.now = moment
                end()
        self.now = now
        super().settle(who)

    def name(self, number: int) -> str:
        """What a thing is called."""
        return self.player_items[number].kind.name

    def count(self, who: str, item: str) -> int:
        """How many somebody has, in escrow too."""
        return sum(t.item == item for _, t in self.of(who, *HELD, "escrowed"))

    def alike(self, who: str, number: int) -> int:
        """How many somebody has of what a thing is."""
        return self.count(who, self.player_items[number].item)

    def giveable(self, who: str, numbers: Iterable[int]) -> str | None:
        """Why somebody can't give one of their things, the first of them."""
        for number in numbers:
            player_item = self.free(who, number)
            if isinstance(player_item, str):
                return player_item
            if player_item.item == DEFAULT:
                return "is_default"
        return None

    def put_up(self, who: str, number: int, price: int) -> str | None:
        """A thing is listed for 7 days."""
        if not 1 <= price <= 1_000_000_000:
            return "invalid_amount"
        self.settle(who)
        refusal = self.giveable(who, [number])
        if refusal is None:
            self.player_items[number].step("list", self.now)
            self.listings.append(Listing(who, number, price, self.now))
        return refusal

    def unsold(self, listing: Listing) -> None:
        """Nobody bought it in time."""
        self.bring_home(listing, "expired")
        told = f"Nobody bought {self.name(listing.player_item)} in 7 days: it is home again."
        self.tell(listing.seller, "unsold", "info", told, "bazaar", listing.player_item)

    def bring_home(self, listing: Listing, state: str) -> None:
        """A listing ends without a sale."""
        self.player_items[listing.player_item].step("delist", self.now)
        listing.state = state

    def delist(self, who: str, number: int) -> str | None:
        """A listing is taken back."""
        self.settle(who)
        if not 1 <= number <= len(self.listings):
            return "unknown_listing"
        listing = self.listings[number - 1]
        if listing.seller != who:
            return "not_yours"
        if listing.state != "open":
            return "ended"
        self.bring_home(listing, "taken_back")
        return None

    def why_not_buy(self, who: str, listing: Listing) -> str | None:
        """Why somebody can't buy a listing now."""
        state = listing.state
        if state == "open" and listing.until <= self.now:
            state = "expired"
        if state != "open":
            ends = {"sold": "sold_out", "taken_back": "not_for_sale"}
            return ends.get(state, "no_longer_available")
        if listing.seller == who:
            return "own_listing"
        player_item = self.player_items[listing.player_item]
        once = player_item.kind.category not in ("consumable", "collectible")
        if once and self.count(who, player_item.item):
            return "already_owned"
        if player_item.gear and not self.room(who):
            return "no_room"
        return "insufficient_funds" if listing.price > self.people[who].oranges else None

    def buy(self, who: str, number: int) -> str | None:
        """A listing is bought: the thing and the price change hands, the house keeps its part."""
        self.settle(who)
        if not 1 <= number <= len(self.listings):
            return "unknown_listing"
        listing = self.listings[number - 1]
        self.settle(listing.seller)
        refusal = self.why_not_buy(who, listing)
        if refusal is not None:
            return refusal
        price, fee = listing.price, fee_of(listing.price)
        got = self.hand_on(listing.player_item, "sell", who, "bazaar", False)
        self.player_items[got].paid = price
        self.people[who].oranges -= price
        self.people[listing.seller].oranges += price - fee
        listing.state, listing.buyer, listing.bought, listing.fee = "sold", who, got, fee
        told = f"{who} bought your {self.name(got)} for {price:,} orange{'s' * (price != 1)}: "
        told += f"{price - fee:,} are yours, {fee:,} the house kept."
        self.tell(listing.seller, "sold", "success", told, "bazaar", listing.player_item)
        return None
