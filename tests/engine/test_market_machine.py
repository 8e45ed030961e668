"""Random lives in the markets: three players who sell, swap, fuse and collect, two programs."""

from collections import Counter
from dataclasses import astuple
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from inventui.engine.bazaar.models import Bought, Listed
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.workshop.models import Completed, Fused, FusionQuote
from inventui.rules.core.clock import HOUR
from inventui.rules.people.friends import FriendEvent
from tests.builders import done
from tests.engine.living import live
from tests.engine.market_lives import MarketWorld
from tests.engine.people_lives import NAMES
from tests.oracle_kinds import CASES, DEFAULT
from tests.oracle_trades import Terms
from tests.oracle_workshop import RARITIES

PRICES = (1, 19, 20, 39, 40, 500, 3_000, 3_000, 10_000, 0, -3, 1_000_000_001)
OFFERED = (0, 0, 0, 1, 50, 700, 700, 6_000)
BAD_SUMS = (-1, 2**53, 2**53 - 1)
FOUND = [*CASES["crate"], "badge", "squeezer", *2 * ["fork", "bib", "lime", "donut"]]


class Markets(MarketWorld):
    """Each rule is a deed or some of them; who and what, an example's seed draws."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.prepare()
        self.chance = Random(seed)
        for name in NAMES:
            # Some have much, some little.
            more = self.chance.choice([0, 20_000])
            if more:
                done(self.worlds[0].grant(name, oranges=more), Grant)
                self.oracle.people[name].oranges += more
            for case in ("crate", "tin"):
                self.open_cases(name, 12, case)
        for item in self.chance.sample(["fork", "bib", "lime", "lime"], 2):
            for name in NAMES:
                self.grant(name, item)
        for _ in range(self.chance.choice([0, 9])):
            self.grant("bob", "fork")
        self.change("ana", "bob", FriendEvent.REQUEST)
        self.change("bob", "ana", FriendEvent.ACCEPT)

    # What may be had of whom.

    def spare(self, name: str, but: tuple[int, ...] = ()) -> list[int]:
        """Things that somebody may part with."""
        return [
            n
            for n, t in self.oracle.of(name, "owned")
            if not t.locked and t.item != DEFAULT and n not in but
        ]

    def some(self, name: str, wanted: list[int], most: int = 3) -> tuple[int, ...]:
        """Some of the wanted things; now and then one that is not, or one twice, or too many."""
        lot = self.chance.random()
        if lot < 0.04:
            return tuple(wanted[:9])
        number = min(len(wanted), self.chance.choice(range(most + 1)))
        chosen = self.chance.sample(wanted, number)
        if lot < 0.12:
            chosen.append(self.number(name, []))
        return tuple(chosen)

    def oranges(self) -> int:
        """A sum that may be offered, or not."""
        return self.chance.choice(BAD_SUMS if self.chance.random() < 0.04 else OFFERED)

    # The bazaar.

    @rule()
    def go_to_the_bazaar(self) -> None:
        self.several(*2 * [self.put_up], *3 * [self.buy], self.delist)

    def put_up(self) -> None:
        name, price = self.somebody(), self.chance.choice(PRICES)
        self.list_one(name, self.number(name, self.spare(name)), price)

    def list_one(self, name: str, number: int, price: int) -> None:
        result = self.dealt(
            name,
            lambda p, key: p.bazaar.list(number, price, key),
            lambda: self.oracle.put_up(name, number, price),
        )
        if isinstance(result, Listed):
            assert (result.listing, result.until) == (
                len(self.oracle.listings),
                self.oracle.listings[-1].until,
            )

    def listing(self, wanted: list[int]) -> int:
        """One of the wanted listings, or any, or none."""
        if wanted and self.chance.random() < 0.8:
            return int(self.chance.choice(wanted))
        past = range(1, len(self.oracle.listings) + 1)
        return int(self.chance.choice([*past] or [0, 99]))

    def buy(self) -> None:
        if len(self.open_listings()) < 2:
            self.put_up()
        name = self.somebody()
        number = self.listing([n for n, x in self.open_listings() if x.seller != name])
        result = self.dealt(
            name,
            lambda p, key: p.bazaar.buy(number, key),
            lambda: self.oracle.buy(name, number),
        )
        if isinstance(result, Bought):
            sold = self.oracle.listings[number - 1]
            assert (result.item_id, result.fee) == (sold.bought, sold.fee)

    def delist(self) -> None:
        sellers = [x.seller for _, x in self.open_listings()]
        name = self.chance.choice(sellers or [*NAMES])
        number = self.listing([n for n, x in self.open_listings() if x.seller == name])
        self.dealt(
            name,
            lambda p, key: p.bazaar.delist(number, key),
            lambda: self.oracle.delist(name, number),
        )

    # Trades.

    @rule()
    def trade(self) -> None:
        self.several(self.propose, *3 * [self.answer], *2 * [self.swap])

    def terms(self, name: str, other: str, back: tuple[int, ...] = ()) -> Terms:
        """What for what; `back` are things that come back to the other first."""
        theirs = [*self.spare(other), *2 * back] if other in NAMES else [1]
        return Terms(
            self.some(name, self.spare(name)),
            self.oranges(),
            tuple(dict.fromkeys(self.some(other, theirs))),
            self.oranges(),
            self.words("x" * 200),
        )

    def propose(self) -> None:
        name = self.somebody()
        other = self.somebody(but=name)
        terms = self.terms(name, other)
        self.offer(name, other, terms)

    def offer(self, name: str, other: str, terms: Terms) -> None:
        result = self.dealt(
            name,
            lambda p, key: p.trades.propose(other, TradeOffer(*astuple(terms)), key),
            lambda: self.oracle.propose(name, other, terms),
        )
        if isinstance(result, TradeMade):
            assert result.trade == len(self.oracle.trades)

    def swap(self) -> None:
        """Somebody offers what the other takes, mostly."""
        name = self.somebody()
        other = self.chance.choice([n for n in NAMES if n != name])
        give = self.chance.sample(self.spare(name), min(2, len(self.spare(name))))
        ask = self.chance.sample(self.spare(other), min(1, len(self.spare(other))))
        self.offer(name, other, Terms(tuple(give), 9, tuple(ask), self.chance.choice([0, 5]), ""))
        if ask and self.chance.random() < 0.3:
            # What is asked for stays theirs meanwhile.
            away = (self.sell_one, lambda who, n: self.list_one(who, n, 40), self.lock_one)
            self.chance.choice(away)(other, ask[0])
        if self.open_trades():
            self.answer_with(self.open_trades()[-1][0], "accept")

    def answer(self) -> None:
        if not self.open_trades():
            self.propose()
        trades = [n for n, _ in self.open_trades()]
        number = self.chance.choice([*range(1, len(self.oracle.trades) + 1)] or [0, 99])
        if trades and self.chance.random() < 0.85:
            number = self.chance.choice(trades)
        events = [*3 * ["accept"], *3 * ["counter"], "decline", "take_back"]
        self.answer_with(number, self.chance.choice(events))

    def answer_with(self, number: int, event: str) -> None:
        name, terms = self.somebody(), None
        if 1 <= number <= len(self.oracle.trades):
            trade = self.oracle.trades[number - 1]
            sides = [trade.proposer, trade.partner]
            if self.chance.random() < 0.9:
                name = sides[event != "take_back"]
            other = sides[name == trade.proposer]
            if event == "counter":
                terms = self.terms(name, other, trade.terms.give)
        elif event == "counter":
            event = "accept"
        result = self.dealt(
            name,
            lambda p, key: (
                getattr(p.trades, event)(number, key)
                if terms is None
                else p.trades.counter(number, TradeOffer(*astuple(terms)), key)
            ),
            lambda: self.oracle.answer(name, number, event, terms),
        )
        if isinstance(result, TradeEnded) and event == "accept":
            trade = self.oracle.trades[number - 1]
            got = [n for n, t in self.oracle.player_items.items() if t.origin in trade.terms.give]
            assert result.received == tuple(got)
            assert (result.got_oranges, result.gave_oranges) == (
                trade.terms.give_oranges,
                trade.terms.ask_oranges,
            )

    # The workshop and the collections.

    @rule()
    def work(self) -> None:
        self.several(*3 * [self.fuse], self.complete, self.open_some, self.collect)

    def fuse(self) -> None:
        name = self.somebody()
        kinds = {n: self.oracle.player_items[n].kind for n in self.spare(name)}
        fusible = {n: k.rarity for n, k in kinds.items() if k.category == "collectible"}
        enough = [r for r, count in Counter(fusible.values()).items() if count >= 5]
        enough = [r for r in enough if r in RARITIES[:-1]] or enough
        player_items = list(fusible)
        if enough and self.chance.random() < 0.85:
            rarity = self.chance.choice(enough)
            player_items = [n for n, other in fusible.items() if other == rarity]
        chosen = self.chance.sample(
            player_items, min(len(player_items), self.chance.choice([5] * 9 + [4]))
        )
        if self.chance.random() < 0.1 and chosen:
            chosen[-1] = self.chance.choice([chosen[0], self.number(name, [])])
        numbers = tuple(chosen)
        why_not = self.oracle.why_not_fuse(name, numbers)
        quote = self.handle(name).workshop.quote(numbers)
        result = self.step(
            name,
            lambda p, key: p.workshop.fuse(numbers, key),
            lambda: self.oracle.fuse(name, numbers),
        )
        if isinstance(result, Fused):
            known = self.oracle.fusions[-1]
            assert (result.roll.item_id, result.roll.ticket) == (known.won, known.ticket)
            odds = done(quote, FusionQuote).odds
            assert odds is not None
            assert [(e.item, e.parts) for e in odds.entries] == [*known.parts]
            assert why_not is None

    def complete(self) -> None:
        name, case = self.somebody(), self.chance.choice([*2 * ["tin", "crate"], "vault", "box"])
        done_before = (name, case) in self.oracle.completed
        result = self.step(
            name,
            lambda p, key: p.collections.complete(case, key),
            lambda: self.oracle.complete(name, case),
        )
        if isinstance(result, Completed):
            assert not done_before
            assert (result.oranges, result.gems) == self.oracle.completed[name, case][:2]

    def collect(self) -> None:
        """Somebody finds what is missing of a set."""
        name, case = self.somebody(), self.chance.choice([*CASES])
        for item in CASES[case]:
            if not self.oracle.count(name, item):
                self.grant(name, item)
        self.complete()

    def open_some(self) -> None:
        self.open_cases(self.somebody(), 7, self.chance.choice([*CASES]))

    # What goes on beside it.

    @rule()
    def keep_house(self) -> None:
        self.several(
            self.find_one, self.dress, *2 * [self.lock], self.sell, self.give_a_player_item
        )

    def find_one(self) -> None:
        self.grant(self.somebody(), self.chance.choice(FOUND))

    @rule()
    def wait(self) -> None:
        """Often until the very moment at which something runs out, or just before."""
        ends = [x.until for _, x in self.open_listings()]
        ends += [x.until for _, x in self.open_trades()]
        ahead = sorted(end - self.oracle.now for end in ends if end > self.oracle.now)
        spans = [HOUR, 25 * HOUR, 49 * HOUR, 8 * 24 * HOUR]
        if ahead and self.chance.random() < 0.6:
            end = self.chance.choice(ahead[:3])
            spans = [end, end, end - 1]
        self.let_time_pass(self.chance.choice(spans))

    @rule()
    def see(self) -> None:
        self.look(self.somebody())


def test_random_lives_in_the_markets_go_as_the_oracle_says(trust: bool) -> None:
    live(Markets, examples=4 if trust else 1, steps=25, shrinks=False)
