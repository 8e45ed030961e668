"""What random lives in the markets stand on: a world, its oracle, what is alike in both."""

from collections.abc import Callable
from typing import Any

from hypothesis.stateful import invariant

from inventui.engine.bazaar.models import BazaarQuery, ListingPage
from inventui.engine.trades.models import TradeView
from inventui.engine.workshop.models import CollectionView
from inventui.engine.world import PlayerHandle
from inventui.rules.core.refusal import Refusal
from tests.builders import MARKETS_PACK, done
from tests.engine.random_actions import Deeds
from tests.engine.trading import everything
from tests.oracle_bazaar import Listing, fee_of
from tests.oracle_kinds import CASES
from tests.oracle_trades import MarketOracle, Trade


def reason(refusal: Refusal | None) -> str | None:
    """Why not, or None."""
    return None if refusal is None else refusal.reason


class MarketWorld(Deeds):
    """After every step the world's file is what the oracle says, listings and offers too."""

    pack = MARKETS_PACK
    oracle: MarketOracle

    def new_oracle(self) -> MarketOracle:
        return MarketOracle()

    def dealt(
        self, name: str, act: Callable[[PlayerHandle, str], Any], due: Callable[[], str | None]
    ) -> Any:
        """A step in which nothing comes or goes but what the house keeps of a sale."""
        before, kept = everything(self.worlds[0]), self.fees()
        result = self.step(name, act, due)
        after = everything(self.worlds[0])
        before["oranges",] -= self.fees() - kept
        assert after == before
        return result

    def fees(self) -> int:
        """What the house kept of all sales."""
        return sum(listing.fee for listing in self.oracle.listings)

    def open_listings(self) -> list[tuple[int, Listing]]:
        """With their numbers, those whose time is up too as long as nobody noticed."""
        return [(n, x) for n, x in enumerate(self.oracle.listings, 1) if x.state == "open"]

    def open_trades(self) -> list[tuple[int, Trade]]:
        """The same of offers."""
        return [(n, x) for n, x in enumerate(self.oracle.trades, 1) if x.state == "open"]

    def look(self, name: str) -> None:
        super().look(name)
        handle, oracle = self.handle(name), self.oracle
        page = done(handle.bazaar.page(BazaarQuery(), limit=1_000), ListingPage)
        assert handle.bazaar.count(BazaarQuery()) == page.total == len(page.lines)
        assert [
            (line.id, line.player_item.id, line.price, line.seller, line.until, line.held)
            for line in page.lines
        ] == [
            (
                n,
                x.player_item,
                x.price,
                x.seller,
                x.until,
                oracle.count(name, oracle.player_items[x.player_item].item),
            )
            for n, x in reversed(self.open_listings())
        ]
        for line in page.lines:
            listing = oracle.listings[line.id - 1]
            assert reason(line.refusal) == oracle.why_not_buy(name, listing), line
        ends = handle.bazaar.ends(limit=1_000)
        mine = [x for x in oracle.listings if x.seller == name and x.state == "sold"]
        assert (ends.sold, ends.earned, ends.fees) == (
            len(mine),
            sum(x.price - x.fee for x in mine),
            sum(x.fee for x in mine),
        )
        assert {(line.id, line.bought, str(line.state), line.fee) for line in ends.lines} == {
            (n, x.buyer == name, x.state, x.fee)
            for n, x in enumerate(oracle.listings, 1)
            if x.state != "open" and name in (x.seller, x.buyer)
        }
        for trade in handle.trades.list(limit=1_000).trades:
            self.seen(name, trade)
        assert len(handle.trades.list(limit=1_000).trades) == sum(
            name in (x.proposer, x.partner) for x in oracle.trades
        )
        assert handle.trades.waiting() == sum(
            x.partner == name and x.until > oracle.now for _, x in self.open_trades()
        )
        for case, wins in CASES.items():
            view = done(handle.collections.view(case), CollectionView)
            counting = {piece.slug for piece in view.pieces if piece.counts}
            assert counting == oracle.counting(name, case).keys()
            assert (view.held, len(view.pieces)) == (oracle.pieces(name, case), len(wins))
            assert reason(view.refusal) == oracle.why_not_complete(name, case)

    def seen(self, name: str, view: TradeView) -> None:
        """An offer as one of its two players sees it."""
        known = self.oracle.trades[view.id - 1]
        over = known.state == "open" and known.until <= self.oracle.now
        assert str(view.state) == ("expired" if over else known.state)
        mine = known.proposer == name
        assert (view.mine, view.other) == (mine, known.partner if mine else known.proposer)
        terms = known.terms
        sides = [(terms.give, terms.give_oranges), (terms.ask, terms.ask_oranges)]
        assert [
            (tuple(player_item.id for player_item in side.player_items), side.oranges)
            for side in (view.give, view.get)
        ] == (sides if mine else sides[::-1])
        waits = view.waits_for_me
        assert waits == (known.state == "open" and not over and not mine)
        assert reason(view.refusal) == (self.oracle.why_not_accept(known) if waits else None)

    @invariant()
    def the_markets_are_what_the_oracle_says(self) -> None:
        if not hasattr(self, "worlds"):
            return
        oracle = self.oracle
        assert self.rows(
            "SELECT s.name, l.player_item_id, l.price, l.at, l.until, l.state, b.name,"
            " l.bought_id, CASE l.state WHEN 'sold' THEN l.fee ELSE 0 END FROM listing l"
            " JOIN player s ON s.id = l.seller_id"
            " LEFT JOIN player b ON b.id = l.buyer_id ORDER BY l.id"
        ) == [
            (x.seller, x.player_item, x.price, x.at, x.until, x.state, x.buyer, x.bought, x.fee)
            for x in oracle.listings
        ]
        assert all(x.fee == (fee_of(x.price) if x.buyer else 0) for x in oracle.listings)
        prices = self.rows("SELECT price, fee FROM listing")
        assert all(fee == fee_of(price) for price, fee in prices)
        assert self.rows(
            "SELECT p.name, q.name, t.proposer_oranges, t.partner_oranges, t.message, t.at,"
            " t.until, t.state, t.counter_of FROM trade t JOIN player p ON p.id = t.proposer_id"
            " JOIN player q ON q.id = t.partner_id ORDER BY t.id"
        ) == [
            (
                *(x.proposer, x.partner, x.terms.give_oranges, x.terms.ask_oranges),
                *(x.terms.message, x.at, x.until, x.state, x.counter_of),
            )
            for x in oracle.trades
        ]
        assert self.rows("SELECT trade_id, side, player_item_id FROM trade_thing ORDER BY id") == [
            (n, side, player_item)
            for n, x in enumerate(oracle.trades, 1)
            for side, player_items in (("proposer", x.terms.give), ("partner", x.terms.ask))
            for player_item in dict.fromkeys(player_items)
        ]
        assert self.rows(
            "SELECT p.name, f.fee, r.player_item_id, r.ticket FROM fusion f"
            " JOIN roll r ON r.id = f.roll_id JOIN player p ON p.id = f.player_id ORDER BY f.id"
        ) == [(x.who, x.fee, x.won, x.ticket) for x in oracle.fusions]
        assert self.rows("SELECT fusion_id, player_item_id FROM fusion_input ORDER BY id") == [
            (n, spent) for n, x in enumerate(oracle.fusions, 1) for spent in x.inputs
        ]
        assert self.rows(
            "SELECT p.name, c.slug, d.oranges, d.gems, d.at FROM completion d JOIN player p"
            " ON p.id = d.player_id JOIN case_box c ON c.id = d.case_id ORDER BY d.id"
        ) == [(*who, *paid) for who, paid in oracle.completed.items()]
        houses = dict(
            self.rows(
                "SELECT house, balance FROM account WHERE currency = 'oranges'"
                " AND house IN ('trade_hold', 'bazaar_fee', 'workshop_fee')"
            )
        )
        assert houses == {
            "trade_hold": oracle.hold,
            "bazaar_fee": self.fees(),
            "workshop_fee": sum(x.fee for x in oracle.fusions),
        }
