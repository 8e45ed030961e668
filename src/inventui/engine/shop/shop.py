"""Shop: the catalogue's items for sale, and buying them.

What the shop sells follows from the catalogue alone: every active item with a price, but for what
cases drop. `rules.shop.check_buy` says in which order a purchase is refused (active, on sale now,
in stock, not owned, room, funds); `checkout.close` then does the same for every seller: pay, own,
put on what has a slot. What must hold:

- Price, availability and stock are read inside the purchase's own transaction, never taken from
  the page that the player saw, and a trigger counts the stock down, so the last piece goes to one
  buyer (`test_the_last_piece_bought_by_two_programs_at_once_goes_to_one`).
- A bundle costs floor(sum of the prices of what is not owned yet × (1 − discount)), and each of its
  player items keeps its share of what was paid: the shares sum to the price
  (`test_a_bundle_costs_the_floor_of_what_is_not_owned_less_the_discount`,
  `test_a_price_is_split_into_whole_parts_that_sum_to_it`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.buyers import Visitor, customer, visitor
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.shop.checkout import Checkout, close
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import PriceTier, Rarity
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import as_typed
from inventui.rules.shop import Limit, Offer, Price, Seller, check_buy, quote_bundle

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

_COLUMNS = (
    "SELECT i.id, i.tier, i.price_oranges, i.price_gems, i.active, s.edition,"
    " s.first - s.sold AS remaining FROM item i LEFT JOIN stock s ON s.item_id = i.id"
)


class _ItemForSale(NamedTuple):
    id: int
    tier: str
    price_oranges: int
    price_gems: int
    active: int
    edition: int | None
    remaining: int | None


_OFFERS = Statement("{columns} WHERE i.category <> 'collectible'", _ItemForSale, columns=_COLUMNS)
_SOME_OFFERS = Statement(
    "{columns} WHERE i.slug IN (SELECT value FROM json_each(:slugs, '$'))"
    " AND i.category <> 'collectible'",
    _ItemForSale,
    columns=_COLUMNS,
)
_CATEGORY_ORDER = {category: place for place, category in enumerate(Category)}


class Shop:
    """The shop as one player sees it."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def lines(self, category: Category | None = None) -> tuple[ShopLine, ...]:
        """Everything for sale, by category, then by price."""
        with self._world.store.read() as connection:
            offers = self._offers(connection)
            buying = visitor(connection, self._handle.id)
            lines = [
                self._line(connection, offer, tier, buying)
                for offer, tier in offers.values()
                if offer.active and offer.for_sale and category in (None, offer.category)
            ]
        return tuple(
            sorted(
                lines,
                key=lambda line: (
                    _CATEGORY_ORDER[line.category],
                    line.full_price.oranges,
                    line.full_price.gems,
                    line.slug,
                ),
            )
        )

    def line(self, slug: str) -> ShopLine | Refusal:
        """One item for sale, or a refusal naming those with a similar slug."""
        with self._world.store.read() as connection:
            offers = self._offers(connection)
            if slug not in offers:
                return unknown_offer(slug, offers)
            buying = visitor(connection, self._handle.id)
            return self._line(connection, *offers[slug], buying)

    def buy(
        self, slug: str, key: str | None = None, shown: Price | None = None
    ) -> Purchase | Refusal:
        """Buy an item or a bundle: pay, own, count the stock down, put on what has a slot.

        A price other than the one that was `shown` is refused.
        """
        intent = Intent("buy", {"item": slug}, self._handle.id, uuid4().hex if key is None else key)
        return perform(
            self._world,
            intent,
            lambda draft: self.decide(draft, slug, shown),
            Purchase,
        )

    def decide(self, draft: Draft, slug: str, shown: Price | None = None) -> Purchase | Refusal:
        """Sell an item or a bundle inside a draft, or refuse."""
        connection = draft.connection
        offer = self.offer(connection, slug)
        if isinstance(offer, Refusal):
            return offer
        buying = customer(connection, self._handle.id, offer)
        refusal = check_buy(offer, buying.buyer, draft.at, shown)
        if refusal is not None:
            return refusal
        bundle = offer.category is Category.BUNDLE
        quote = quote_bundle(offer, buying.buyer.owned)
        deal = Checkout(
            offer=offer,
            seller=Seller.SHOP,
            wanted=quote.wanted if bundle else (offer,),
            full=quote.full if bundle else offer.price,
            price=quote.price if bundle else offer.price,
            discount=offer.discount if bundle else 0,
            source=slug,
            sink=HouseAccount.SHOP,
        )
        return close(self._world, draft, buying, deal)

    def offer(self, connection: Connection, slug: str) -> Offer | Refusal:
        """The shop's offer of an item as of this transaction, or a refusal."""
        try:
            item = self._world.catalogue.by_slug(connection, slug)
        except KeyError:
            return unknown_offer(slug, self._offers(connection))
        slugs = [slug, *item.details.get("items", ())]
        found = self._offers(connection, slugs).get(slug)
        return unknown_offer(slug, self._offers(connection)) if found is None else found[0]

    def _offers(
        self, connection: Connection, slugs: Sequence[str] | None = None
    ) -> dict[str, tuple[Offer, PriceTier]]:
        """The shop's offers by slug as of this transaction: of these items, or of all."""
        offers: dict[str, tuple[Offer, PriceTier]] = {}
        bundles = []
        rows = (
            connection.execute(_OFFERS)
            if slugs is None
            else connection.execute(_SOME_OFFERS, {"slugs": json.dumps(slugs)})
        )
        for row in rows:
            item = self._world.catalogue.item(connection, row.id)
            if item.category is Category.BUNDLE:
                bundles.append((row, item))
            else:
                offers[item.slug] = (_offer(row, item), PriceTier(row.tier))
        for row, item in bundles:
            contents = tuple(offers[slug][0] for slug in item.details["items"])
            offers[item.slug] = (_offer(row, item, contents), PriceTier(row.tier))
        return offers

    def _line(
        self,
        connection: Connection,
        offer: Offer,
        tier: PriceTier,
        buying: Visitor,
    ) -> ShopLine:
        item = self._world.catalogue.by_slug(connection, offer.slug)
        owned, gear = buying.buyer.owned, offer.category in GEAR
        price = full = offer.price
        if offer.category is Category.BUNDLE:
            quote = quote_bundle(offer, owned)
            price, full = quote.price, quote.full
        return ShopLine(
            slug=offer.slug,
            name=offer.name,
            description=item.description,
            flavour=item.flavour,
            category=offer.category,
            rarity=Rarity(item.rarity),
            tier=tier,
            price=price,
            full_price=full,
            limit=offer.limit,
            offer=offer,
            sprite=item.sprite,
            emoji=item.emoji,
            style=item.style,
            image_url=item.image_url,
            held=buying.held.get(item.id, 0),
            worn=item.id in buying.worn,
            parts_held=owned & {part.slug for part in offer.contents},
            figures=item.figures if gear else {},
            durability=item.durability if gear else 0,
        )


def _offer(row: _ItemForSale, item: CatalogueItem, contents: tuple[Offer, ...] = ()) -> Offer:
    details = item.details
    return Offer(
        slug=item.slug,
        name=item.name,
        category=item.category,
        price=Price(row.price_oranges, row.price_gems),
        active=bool(row.active),
        limit=Limit(
            stock_limit=row.edition,
            stock_remaining=row.remaining,
            available_from=details.get("available_from"),
            available_until=details.get("available_until"),
        ),
        contents=contents,
        discount=int(details.get("discount", 0)),
    )


def unknown_offer(slug: str, known: Mapping[str, object]) -> Refusal:
    """The refusal for a slug that the shop does not sell, naming similar ones."""
    near = get_close_matches(slug, known, n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else " inventui shop lists what there is."
    return Refusal(
        Reason.UNKNOWN_ITEM,
        f"The shop has no {as_typed(slug)}.{hint}",
        {"item": slug, "near": near},
    )
