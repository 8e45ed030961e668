"""Acting for a persona in a world of the engine, for playing the same days in both."""

from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.statements import Statement
from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.inventory.models import ItemLine
from inventui.engine.player import PlayerHandle
from inventui.engine.trades.models import TradeOffer
from inventui.lab.town.catalogue import TownCatalogue, TownItem
from inventui.lab.town.sellers import GearOnSale
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.home import Waiting
from inventui.rules.people.friends import FriendEvent, FriendshipState
from inventui.rules.streets.shifts import ShiftStyle
from inventui.rules.trades.trades import TradeEvent


class _Piece(NamedTuple):
    id: int
    slug: str
    status: str
    durability: int


_PIECES = Statement(
    "SELECT p.id, i.slug, p.status, coalesce(p.durability, 0) AS durability FROM player_item p"
    " JOIN item i ON i.id = p.item_id WHERE p.player_id = :player AND p.status IN"
    " ('owned', 'equipped', 'escrowed', 'listed', 'offered')"
    " AND coalesce(CAST(json_extract(i.details, '$.default') AS BIGINT), 0) = 0 ORDER BY p.id",
    _Piece,
)


@dataclass(frozen=True)
class SeenPiece:
    id: int
    item: TownItem
    status: Status
    durability: int = 0


@dataclass(frozen=True)
class SeenListing:
    id: int
    piece: SeenPiece
    price: int


@dataclass(frozen=True)
class SeenTrade:
    id: int
    give: list[SeenPiece]
    give_oranges: int
    ask: list[SeenPiece]
    ask_oranges: int


class EngineActor:
    """What `TownActor` does, by a player's handle."""

    def __init__(self, handle: PlayerHandle, catalogue: TownCatalogue) -> None:
        self.handle = handle
        self.catalogue = catalogue
        self._named = {item.name: item for item in catalogue.items.values()}

    @property
    def oranges(self) -> int:
        return self.handle.card().oranges

    @property
    def gems(self) -> int:
        return self.handle.card().gems

    @property
    def fed(self) -> bool:
        return self.handle.streets.view().fed

    @property
    def shifts_today(self) -> int:
        return self.handle.streets.view().shifts_today

    @property
    def owes(self) -> bool:
        home = self.handle.property.view().home
        return home is not None and home.days_due > 0

    def pieces(self) -> list[SeenPiece]:
        with self.handle.world.store.read() as connection:
            rows = connection.execute(_PIECES, {"player": self.handle.id}).all()
        return [
            SeenPiece(row.id, self.catalogue.items[row.slug], Status(row.status), row.durability)
            for row in rows
        ]

    def worn(self, category: Category) -> TownItem | None:
        for piece in self.pieces():
            if piece.status is Status.EQUIPPED and piece.item.category is category:
                return piece.item
        return None

    def prospects(self) -> list[object]:
        return [target for target in self.handle.streets.targets() if target.refusal is None]

    def arrive(self) -> None:
        self.handle.catch_up()

    def play(self, work: ShiftStyle | int) -> Refusal | None:
        return _refusal(self.handle.streets.play(work))

    def daily(self) -> Refusal | None:
        return _refusal(self.handle.streets.daily())

    def claim(self, piece: SeenPiece) -> Refusal | None:
        return _refusal(self.handle.escrow.claim(piece.id))

    def equip(self, piece: SeenPiece) -> Refusal | None:
        return _refusal(self.handle.wardrobe.equip(piece.id))

    def sell(self, pieces: list[SeenPiece]) -> Refusal | None:
        return _refusal(self.handle.inventory.sell([piece.id for piece in pieces]))

    def open(self, case: str, count: int) -> Refusal | None:
        return _refusal(self.handle.cases.open(case, count))

    def buy(self, slug: str) -> Refusal | None:
        return _refusal(self.handle.shop.buy(slug))

    def pay_upkeep(self) -> Refusal | None:
        return _refusal(self.handle.property.pay())

    def rob(self, name: str) -> Refusal | None:
        return _refusal(self.handle.streets.rob(name))

    def fuse(self, pieces: list[SeenPiece]) -> Refusal | None:
        return _refusal(self.handle.workshop.fuse([piece.id for piece in pieces]))

    def complete(self, case: str) -> Refusal | None:
        return _refusal(self.handle.collections.complete(case))

    def award(self) -> None:
        self.handle.achievements.award()

    def gear_today(self) -> list[GearOnSale]:
        offers = self.handle.gear_shop.today().offers
        return [GearOnSale(self.catalogue.items[line.slug], line.price) for line in offers]

    def buy_gear(self, slug: str) -> Refusal | None:
        return _refusal(self.handle.gear_shop.buy(slug))

    def market_now(self) -> list[GearOnSale]:
        stalls = self.handle.black_market.rotation().stalls
        return [GearOnSale(self.catalogue.items[s.slug], s.price) for s in stalls if s.remaining]

    def buy_at_market(self, slug: str) -> Refusal | None:
        return _refusal(self.handle.black_market.buy(slug))

    def reroll(self) -> Refusal | None:
        return _refusal(self.handle.gear_shop.reroll())

    def use(self, piece: SeenPiece, target: SeenPiece | None = None) -> Refusal | None:
        return _refusal(self.handle.wardrobe.use(piece.id, None if target is None else target.id))

    def listed(self) -> int:
        return sum(piece.status is Status.LISTED for piece in self.pieces())

    def suggested(self, piece: SeenPiece) -> int:
        return self.handle.bazaar.suggest(piece.id).suggestion

    def put_up(self, piece: SeenPiece, price: int) -> Refusal | None:
        return _refusal(self.handle.bazaar.list(piece.id, price))

    def bazaar_now(self) -> list[SeenListing]:
        lines = self.handle.bazaar.page(BazaarQuery(), limit=1_000).lines
        return [
            SeenListing(line.id, self._seen(line.player_item), line.price)
            for line in sorted(lines, key=lambda line: line.id)
            if line.refusal is None
        ]

    def buy_listing(self, listing: SeenListing) -> Refusal | None:
        return _refusal(self.handle.bazaar.buy(listing.id))

    def waiting_trades(self) -> list[SeenTrade]:
        trades = self.handle.trades.list(open_only=True, limit=1_000).trades
        return [
            SeenTrade(
                trade.id,
                [self._seen(line) for line in trade.get.player_items],
                trade.get.oranges,
                [self._seen(line) for line in trade.give.player_items],
                trade.give.oranges,
            )
            for trade in sorted(trades, key=lambda trade: (trade.until, trade.id))
            if trade.waits_for_me
        ]

    def answer(self, trade: SeenTrade, *, yes: bool) -> Refusal | None:
        event = TradeEvent.ACCEPT if yes else TradeEvent.DECLINE
        return _refusal(self.handle.trades.end(trade.id, event))

    def offer(self, name: str, piece: SeenPiece, oranges: int) -> Refusal | None:
        return _refusal(self.handle.trades.propose(name, TradeOffer((piece.id,), 0, (), oranges)))

    def friendships(self) -> dict[str, FriendshipState]:
        lines = {line.name: line for line in self.handle.friends.list()}
        names = [one.name for one in sorted(self.catalogue.neighbours, key=lambda one: one.id)]
        others = sorted((x for x in lines.values() if not x.neighbour), key=lambda x: x.player)
        return {name: lines[name].bond for name in [*names, *(line.name for line in others)]}

    def befriend(self, name: str, event: FriendEvent) -> Refusal | None:
        return _refusal(self.handle.friends.change(name, event))

    def give(self, name: str, piece: SeenPiece) -> Refusal | None:
        return _refusal(self.handle.gifts.send_item(name, piece.id))

    def give_oranges(self, name: str, oranges: int) -> Refusal | None:
        return _refusal(self.handle.gifts.send_money(name, oranges))

    def next_lines(self) -> tuple[Waiting, ...]:
        return self.handle.home.look().lines

    def read(self) -> None:
        told = self.handle.notifications.page(limit=1_000).notifications
        self.handle.notifications.seen([line.id for line in told])

    def _seen(self, line: ItemLine) -> SeenPiece:
        return SeenPiece(line.id, self._named[line.name], line.status)


def _refusal(answer: object) -> Refusal | None:
    return answer if isinstance(answer, Refusal) else None
