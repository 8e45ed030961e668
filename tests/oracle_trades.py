"""An independent model of trades, beside the bazaar and the workshop.

As `tests.oracle_bazaar` and `tests.oracle_workshop`, on which it stands, it shares no code with
the engine or the rules.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from tests.oracle_bazaar import BazaarOracle
from tests.oracle_items import HELD, HOUR
from tests.oracle_kinds import KINDS
from tests.oracle_people import fits
from tests.oracle_workshop import WorkshopOracle

PLAIN = ("weapon", "armor", "consumable", "collectible")
"""What is no cosmetic."""


@dataclass(frozen=True)
class Terms:
    """What for what."""

    give: tuple[int, ...]
    give_oranges: int
    ask: tuple[int, ...]
    ask_oranges: int
    message: str


@dataclass
class Trade:
    """An offer, and what became of it."""

    proposer: str
    partner: str
    terms: Terms
    at: int
    counter_of: int | None = None
    state: str = "open"

    @property
    def until(self) -> int:
        """When it ends by itself."""
        return self.at + 48 * HOUR


def said(names: list[str], oranges: int) -> str:
    """One side of a trade in words."""
    once = list(dict.fromkeys(names))
    rest = sum(names.count(name) for name in once[2:])
    parts = [name if names.count(name) == 1 else f"{name} ×{names.count(name)}" for name in once]
    if len(once) > 3:
        parts = [*parts[:2], f"{rest} more things"]
    if oranges:
        parts = [*parts, f"{oranges:,} orange{'s' * (oranges != 1)}"]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


class MarketOracle(BazaarOracle, WorkshopOracle):
    """What players sell to each other, swap, fuse and collect."""

    def __init__(self) -> None:
        super().__init__()
        self.trades: list[Trade] = []

    def due(self, who: str) -> list[tuple[int, Callable[[], None]]]:
        """Offers come back at their moment, after what nobody bought at the same one."""
        return super().due(who) + [
            (trade.until, partial(self.unanswered, trade))
            for trade in self.trades
            if trade.proposer == who and trade.state == "open"
        ]

    def unanswered(self, trade: Trade) -> None:
        """Nobody answered in time: both are told."""
        self.give_back(trade, "expired")
        given, asked = self.sides(trade)
        back = f"{trade.partner} did not answer in 48 hours: you have {given} back."
        self.tell(trade.proposer, "trade_expired", "info", back, "trades")
        out = f"The offer of {trade.proposer} has run out: {given} for {asked}."
        self.tell(trade.partner, "trade_expired", "info", out, "trades")

    def gear_of(self, who: str) -> int:
        """How many pieces of gear somebody holds."""
        return sum(t.gear for _, t in self.of(who, *HELD))

    def sides(self, trade: Trade) -> tuple[str, str]:
        """Both sides in words."""
        terms = trade.terms
        return (
            said([self.name(n) for n in terms.give], terms.give_oranges),
            said([self.name(n) for n in terms.ask], terms.ask_oranges),
        )

    def unsound(self, terms: Terms) -> str | None:
        """Why an offer is none, whoever's things they are."""
        if not (0 <= terms.give_oranges < 2**53 and 0 <= terms.ask_oranges < 2**53):
            return "invalid_amount"
        if not fits(terms.message, 200):
            return "invalid_message"
        if not (terms.give or terms.give_oranges) or not (terms.ask or terms.ask_oranges):
            return "nothing_offered"
        many = max(len(set(terms.give)), len(set(terms.ask))) > 8
        return "too_many_things" if many else None

    def twice(self, who: str, loses: Iterable[int], gets: Iterable[int]) -> bool:
        """Whether a swap leaves somebody with a cosmetic twice."""
        lost = Counter(self.player_items[n].item for n in loses)
        got = Counter(self.player_items[n].item for n in gets)
        return any(
            KINDS[item].category not in PLAIN and self.count(who, item) - lost[item] + got[item] > 1
            for item in got
        )

    def crowded(self, who: str, loses: Iterable[int], gets: Iterable[int]) -> bool:
        """Whether a swap brings somebody more gear than there is room for."""
        more = sum(self.player_items[n].gear for n in gets) - sum(
            self.player_items[n].gear for n in loses
        )
        return more > 0 and self.gear_of(who) + more > 10

    def write(
        self, who: str, other: str, terms: Terms, answered: Trade | None = None
    ) -> str | None:
        """An offer is made, in the place of another one perhaps."""
        back = () if answered is None else answered.terms.give
        for owner, numbers in ((who, terms.give), (other, terms.ask)):
            mine = [self.mine(owner, number) for number in numbers]
            refusal = next((found for found in mine if isinstance(found, str)), None)
            if refusal is not None:
                return refusal
        give, ask = terms.give, terms.ask
        refusal = self.giveable(who, give) or self.giveable(
            other, [number for number in ask if number not in back]
        )
        if refusal is not None:
            return refusal
        if self.twice(who, give, ask) or self.twice(other, ask, give):
            return "already_owned"
        if self.crowded(who, give, ask):
            return "no_room"
        if terms.give_oranges > self.people[who].oranges:
            return "insufficient_funds"
        if answered is not None:
            self.give_back(answered, "countered")
        for number in give:
            self.player_items[number].step("offer", self.now)
        self.people[who].oranges -= terms.give_oranges
        counter_of = None if answered is None else self.trades.index(answered) + 1
        trade = Trade(who, other, terms, self.now, counter_of)
        self.trades.append(trade)
        given, asked = self.sides(trade)
        told = f"{who} offers you {given} for {asked}{' instead' * (answered is not None)}."
        told += f" “{terms.message}”" * bool(terms.message)
        kind = "trade_offer" if answered is None else "trade_counter"
        self.tell(other, kind, "info", told, "trades")
        return None

    def propose(self, who: str, other: str, terms: Terms) -> str | None:
        """Somebody offers a trade."""
        self.settle(who)
        refusal = self.unsound(terms)
        if refusal is not None:
            return refusal
        if other not in self.people:
            return "unknown_player"
        if other == who:
            return "no_target"
        self.settle(other)
        return self.write(who, other, terms)

    def answer(self, who: str, number: int, event: str, terms: Terms | None = None) -> str | None:
        """An offer is accepted, declined, taken back or answered with another one."""
        self.settle(who)
        trade = self.trades[number - 1] if 1 <= number <= len(self.trades) else None
        if trade is None or who not in (trade.proposer, trade.partner):
            return "unknown_trade"
        self.settle(trade.partner if who == trade.proposer else trade.proposer)
        if trade.state != "open":
            return "expired" if trade.state == "expired" else "ended"
        if who != (trade.proposer if event == "take_back" else trade.partner):
            return "not_your_turn"
        if terms is not None:
            return self.unsound(terms) or self.write(who, trade.proposer, terms, trade)
        if event == "accept":
            refusal = self.why_not_accept(trade)
            if refusal is None:
                self.swap(trade)
            return refusal
        given, asked = self.sides(trade)
        if event == "decline":
            self.give_back(trade, "declined")
            told = f"{who} declined your offer of {given} for {asked}."
            self.tell(trade.proposer, "trade_decline", "info", told, "trades")
        else:
            self.give_back(trade, "taken_back")
            told = f"{who} took back the offer of {given} for {asked}."
            self.tell(trade.partner, "trade_take_back", "info", told, "trades")
        return None

    def give_back(self, trade: Trade, state: str) -> None:
        """What an offer held is its proposer's again."""
        for number in trade.terms.give:
            self.player_items[number].step("take_back", self.now)
        self.people[trade.proposer].oranges += trade.terms.give_oranges
        trade.state = state

    def why_not_accept(self, trade: Trade) -> str | None:
        """Why the partner of an open offer can't accept it now."""
        terms, me, other = trade.terms, trade.partner, trade.proposer
        refusal = self.giveable(me, terms.ask)
        if refusal is not None:
            return refusal
        if self.twice(me, terms.ask, terms.give) or self.twice(other, terms.give, terms.ask):
            return "already_owned"
        if self.crowded(me, terms.ask, terms.give) or self.crowded(other, terms.give, terms.ask):
            return "no_room"
        return "insufficient_funds" if terms.ask_oranges > self.people[me].oranges else None

    def swap(self, trade: Trade) -> None:
        """Everything goes over."""
        terms, me, other = trade.terms, trade.partner, trade.proposer
        given, asked = self.sides(trade)
        for number in terms.ask:
            self.player_items[number].step("offer", self.now)
        for number in terms.give:
            self.hand_on(number, "trade", me, "trade", False)
        got = [self.hand_on(number, "trade", other, "trade", False) for number in terms.ask]
        self.people[me].oranges += terms.give_oranges - terms.ask_oranges
        self.people[other].oranges += terms.ask_oranges
        trade.state = "accepted"
        told = f"{me} accepted: you have {asked} for {given}."
        self.tell(other, "trade_accept", "success", told, "trades", got[0] if got else None)

    @property
    def hold(self) -> int:
        """Oranges that open offers hold."""
        return sum(t.terms.give_oranges for t in self.trades if t.state == "open")
