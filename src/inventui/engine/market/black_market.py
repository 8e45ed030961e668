"""Black market: one for the whole world, with new stalls every 6 h that sell to all players.

A rotation follows from the world's seed, its number and the gear of the packs at that time, so
two programs that look first at the same moment draw the same one; the first look writes it, in an
operation of the world, and everybody else finds it
(`test_four_programs_that_look_first_at_once_see_one_rotation_and_share_its_pieces`). What must
hold:

- A rotation never changes once it is written: a stall keeps its price, discount and stock, and the
  operation keeps the pool that it was drawn from, so a pack that comes later makes no old
  rotation wrong (`test_an_item_that_the_pack_gave_up_is_seen_but_sold_no_more`).
- A stall sells while its rotation lasts and pieces are left. Each sale is a line of `stall_sale`,
  which a trigger counts, so the last piece goes to one buyer
  (`test_a_stall_is_everybody_s_and_its_last_piece_is_the_last`).
- A rotation that nobody saw is not written, and is not on record later either
  (`test_a_rotation_that_nobody_saw_is_on_no_record`). One that was seen but could
  not be written, because another program wrote, is the one that is sold later
  (`test_stalls_that_could_not_be_kept_are_those_that_are_sold`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.buyers import Visitor, customer, visitor
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.context import Look
from inventui.engine.core.lazy_init import first_look
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.market.models import MarketView
from inventui.engine.shop.checkout import Checkout, close
from inventui.engine.shop.gear_stock import gear_line, gear_pool, price_now
from inventui.engine.shop.models import GearLine, Purchase
from inventui.rules.core.categories import GEAR
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.market.black_market import (
    begins,
    discounted,
    draw_rotation,
    not_on_a_stall,
    rotation_at,
    stall_offer,
)
from inventui.rules.shop import Offer, Price, Seller, check_buy

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player

SOURCE = "black market"
"""What the provenance of a player item from a stall names."""


_ROTATION = Statement("SELECT id FROM market_rotation WHERE number = :number", int)
_NUMBERS = Statement(
    "SELECT number FROM market_rotation WHERE number < :number ORDER BY number DESC LIMIT :limit",
    int,
)
_NEW_ROTATION = Statement(
    "INSERT INTO market_rotation (operation_id, number) VALUES (:operation, :number) RETURNING id",
    int,
)
_NEW_STALL = Statement(
    "INSERT INTO market_stall (operation_id, rotation_id, item_id, full_price, price, discount,"
    " stock, sold) VALUES (:operation, :rotation, :item, :full_price, :price, :discount, :stock, 0)"
)


class KeptStall(NamedTuple):
    """A stall's own row, and whether the catalogue still has its item."""

    id: int
    item_id: int
    full_price: int
    price: int
    discount: int
    stock: int
    sold: int
    active: int


_STALLS = Statement(
    "SELECT s.id, s.item_id, s.full_price, s.price, s.discount, s.stock, s.sold, i.active"
    " FROM market_stall s JOIN market_rotation r ON r.id = s.rotation_id"
    " JOIN item i ON i.id = s.item_id WHERE r.number = :number ORDER BY s.id",
    KeptStall,
)
_SALE = Statement(
    "INSERT INTO stall_sale (operation_id, stall_id, player_item_id)"
    " VALUES (:operation, :stall, :player_item)"
)


@dataclass(frozen=True, slots=True)
class StallState:
    """A stall as of a transaction, with its item and the offer that it makes."""

    row: KeptStall
    item: CatalogueItem
    offer: Offer


class BlackMarket:
    """The black market as one player sees it."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def rotation(self) -> MarketView:
        """The present rotation; the first look of anybody draws and writes it."""
        at = self._world.clock.now()
        number = rotation_at(at)
        self._world.before_look(Look.MARKET)
        with self._world.store.read() as connection:
            return self._view(connection, number, at)

    def past(self, limit: int = 10) -> tuple[MarketView, ...]:
        """Earlier rotations that anybody saw, the newest first; none of them sells any more."""
        at = self._world.clock.now()
        earlier = {"number": rotation_at(at), "limit": max(0, limit)}
        with self._world.store.read() as connection:
            numbers = connection.execute(_NUMBERS, earlier).all()
            return tuple(self._view(connection, number, at) for number in numbers)

    def buy(
        self, slug: str, key: str | None = None, shown: Price | None = None
    ) -> Purchase | Refusal:
        """Buy one piece from a stall of the present rotation, and put it on.

        A price other than the one that was `shown` is refused.
        """
        request = {"item": slug, "from": str(Seller.MARKET)}
        intent = Intent("buy", request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self.decide(draft, slug, shown), Purchase)

    def decide(self, draft: Draft, slug: str, shown: Price | None = None) -> Purchase | Refusal:
        """Sell one piece inside a draft, or refuse."""
        stall = self.stall(draft, slug)
        if isinstance(stall, Refusal):
            return stall
        buying = customer(draft.connection, self._handle.id, stall.offer)
        refusal = check_buy(stall.offer, buying.buyer, draft.at, shown)
        if refusal is not None:
            return refusal
        deal = Checkout(
            offer=stall.offer,
            seller=Seller.MARKET,
            wanted=(stall.offer,),
            full=Price(stall.row.full_price),
            price=stall.offer.price,
            discount=stall.row.discount,
            source=SOURCE,
            sink=HouseAccount.BLACK_MARKET,
        )
        purchase = close(self._world, draft, buying, deal)
        (player_item,) = purchase.item_ids
        draft.connection.execute(
            _SALE,
            {"operation": purchase.operation, "stall": stall.row.id, "player_item": player_item},
        )
        return purchase

    def stall(self, draft: Draft, slug: str) -> StallState | Refusal:
        """The stall of an item in the present rotation, which is written if it was not yet."""
        connection = draft.connection
        item = self._world.catalogue.find(connection, slug)
        if isinstance(item, Refusal):
            return item
        number = rotation_at(draft.at)
        if item.category in GEAR:
            keep_rotation(self._world, connection, draft.at)
            for stall in self._stalls(connection, number):
                if stall.item.id == item.id:
                    return stall
        return not_on_a_stall(slug, item.name, draft.at)

    def _view(self, connection: Connection, number: int, at: int) -> MarketView:
        buying = visitor(connection, self._handle.id)
        stalls = tuple(_line(stall, buying, at) for stall in self._stalls(connection, number))
        return MarketView(number, begins(number), begins(number + 1), stalls, at)

    def _stalls(self, connection: Connection, number: int) -> list[StallState]:
        stalls = []
        kept = connection.execute(_STALLS, {"number": number}).all()
        for row in kept or _drawn(self._world, connection, number):
            item = self._world.catalogue.item(connection, row.item_id)
            offer = stall_offer(
                number,
                item.slug,
                item.name,
                item.category,
                row.price,
                row.stock,
                row.sold,
                active=bool(row.active),
            )
            stalls.append(StallState(row, item, offer))
        return stalls


def _line(stall: StallState, buying: Visitor, at: int) -> GearLine:
    return gear_line(
        stall.item,
        stall.offer,
        Seller.MARKET,
        buying,
        at,
        full_price=stall.row.full_price,
        discount=stall.row.discount,
    )


def look_at_rotation(world: Context) -> None:
    """Write the present rotation, which somebody is about to look at, if nobody has."""
    at = world.clock.now()
    with world.store.read() as connection:
        kept = _is_kept(connection, rotation_at(at))
    if not kept:
        with world.store.write() as connection:
            keep_rotation(world, connection, at)


def keep_rotation(world: Context, connection: Connection, at: int) -> None:
    """Draw and write the rotation of a time, inside a write transaction, if nobody has."""
    number = rotation_at(at)
    if _is_kept(connection, number):
        return
    intent = Intent("rotation", {"number": number}, None, f"rotation:{number}")
    first_look(world, connection, at, intent, lambda operation: _write(world, operation, number))


def _is_kept(connection: Connection, number: int) -> bool:
    return connection.execute(_ROTATION, {"number": number}).first() is not None


def _drawn(world: Context, connection: Connection, number: int) -> list[KeptStall]:
    """The stalls of a rotation as they are kept, or will be; the same whoever looks first."""
    stalls = []
    for stall in draw_rotation(world.seed, number, gear_pool(connection)):
        item = world.catalogue.by_slug(connection, stall.item)
        price = price_now(connection, item)
        left = discounted(price, stall.discount)
        stalls.append(KeptStall(0, item.id, price, left, stall.discount, stall.stock, 0, 1))
    return stalls


def _write(world: Context, operation: Operation, number: int) -> dict[str, object]:
    connection = operation.connection
    rotation = connection.execute(
        _NEW_ROTATION, {"operation": operation.id, "number": number}
    ).one()
    for stall in _drawn(world, connection, number):
        connection.execute(
            _NEW_STALL,
            {
                "operation": operation.id,
                "rotation": rotation,
                "item": stall.item_id,
                "full_price": stall.full_price,
                "price": stall.price,
                "discount": stall.discount,
                "stock": stall.stock,
            },
        )
    # Packs change, and the audit draws each rotation again: from the pool of its own time.
    numbers = {
        str(rarity): [world.catalogue.by_slug(connection, slug).id for slug in slugs]
        for rarity, slugs in gear_pool(connection).items()
    }
    return {"number": number, "pool": numbers}
