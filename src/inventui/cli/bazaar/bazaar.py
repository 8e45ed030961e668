"""The bazaar: looking, buying, prices, and what became of listings."""

from typing import Annotated

import typer

from inventui.cli.bazaar.text import (
    say_repeat,
    show_ends,
    show_listing,
    show_listings,
    show_prices,
)
from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun
from inventui.cli.core.filters import MinValue, OfRarity, OfTab, Search, check_least
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import whole, word
from inventui.engine.bazaar.models import BazaarQuery, ListingEnd, ListingLine, PriceHistory
from inventui.rules.bazaar import BazaarSort
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab

app = typer.Typer()

Number = Annotated[
    int,
    typer.Argument(
        metavar="LISTING", parser=whole("LISTING"), help="A number as inventui bazaar shows it."
    ),
]


@group(app, "bazaar", examples=("bazaar --sort cheapest --rarity epic", "bazaar --mine"))
def bazaar(
    call: CommandRun,
    tab: OfTab = InventoryTab.ALL,
    rarity: OfRarity = None,
    min_value: MinValue = 0,
    search: Search = "",
    sort: Annotated[
        BazaarSort,
        typer.Option(
            metavar="ORDER",
            parser=word("--sort", BazaarSort),
            help=f"One of {', '.join(BazaarSort)}.",
        ),
    ] = BazaarSort.NEWEST,
    mine: Annotated[bool, typer.Option("--mine", help="Only your own listings.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List what players offer in the bazaar, a page at a time."""
    player = check_limit(limit) or check_least(min_value) or call.player()
    if isinstance(player, Refusal):
        return player
    query = BazaarQuery(tab, sort, rarity, min_value, search, mine)
    found = player.bazaar.page(query, after=after, limit=limit)
    if isinstance(found, Refusal):
        return found
    now = call.world.clock.now()
    document = {
        "listings": [_line(line) for line in found.lines],
        "total": found.total,
        "next": found.next,
    }
    return Answer(document, lambda page: show_listings(page, found, query, now))


def _line(line: ListingLine) -> documents.Document:
    player_item = line.player_item
    wear = {"durability": player_item.durability} if player_item.durability is not None else {}
    return {
        "id": line.id,
        "item_id": player_item.id,
        "name": player_item.name,
        "category": player_item.category,
        "rarity": player_item.rarity,
        "value": player_item.value,
        **wear,
        "price": line.price,
        "seller": line.seller,
        "neighbour": line.neighbour,
        "mine": line.mine,
        "at": to_iso(line.at),
        "until": to_iso(line.until),
        "held": line.held,
        "refused": None if line.refusal is None else line.refusal.as_json(),
    }


def _prices(prices: PriceHistory) -> documents.Document:
    return {
        "item": prices.slug,
        "name": prices.name,
        "rarity": prices.rarity,
        "category": prices.category,
        "sales": [{"at": to_iso(sale.at), "price": sale.price} for sale in prices.sales],
        "sold": prices.sold,
        "lowest": prices.lowest,
        "median": prices.median,
        "highest": prices.highest,
        "cheapest": prices.cheapest,
        "listed": prices.listed,
        "value": prices.value,
        "suggestion": prices.suggestion,
    }


@command(app, "show", examples=("bazaar show 7",))
def show(call: CommandRun, listing_id: Number) -> Outcome:
    """Show one listing, where its thing is from, and past prices."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    found = player.bazaar.detail(listing_id)
    if isinstance(found, Refusal):
        return found
    detail = found.detail
    document = {
        "listing": _line(found.line),
        "item": detail.slug,
        "description": detail.description,
        "acquisition": detail.acquisition,
        "source": detail.source,
        "figures": dict(detail.figures),
        "prices": _prices(found.prices),
    }
    now = call.world.clock.now()
    return Answer(document, lambda page: show_listing(page, found, now))


@command(app, "prices", examples=("bazaar prices neon-peel",))
def prices(
    call: CommandRun,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="An item's id: bazaar show names it.")
    ],
) -> Outcome:
    """Show at which prices an item went, and a price to begin with."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    found = player.bazaar.prices(item)
    if isinstance(found, Refusal):
        return found
    return Answer(_prices(found), lambda page: show_prices(page, found))


@command(app, "buy", examples=("bazaar buy 7",))
def buy(call: CommandRun, listing_id: Number, key: Key = None) -> Outcome:
    """Buy what is listed; it is yours at once."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    bought = player.bazaar.buy(listing_id, key=key)
    if isinstance(bought, Refusal):
        return bought
    document = {
        "operation": bought.operation,
        "repeat": bought.repeat,
        "listing": bought.listing,
        "item_id": bought.item_id,
        "name": bought.name,
        "rarity": bought.rarity,
        "category": bought.category,
        "price": bought.price,
        "fee": bought.fee,
        "seller": bought.seller,
        "balance": documents.balance(bought.balance),
    }

    def told(page: Page) -> None:
        say_repeat(page, bought.repeat)
        page.say(
            f"Bought {bought.name} from {bought.seller} for "
            f"{money_words(bought.price, Currency.ORANGES)}: it is your thing number "
            f"{bought.item_id}. You have {style.money(bought.balance)}."
        )

    return Answer(document, told)


@command(app, "sales", examples=("bazaar sales",))
def sales(call: CommandRun, limit: Limit = 50, after: After = None) -> Outcome:
    """List what became of your listings, and what you bought."""
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    found = player.bazaar.ends(before=after, limit=limit)
    document = {
        "ends": [_end(line) for line in found.lines],
        "sold": found.sold,
        "earned": found.earned,
        "fees": found.fees,
        "next": found.next,
    }
    return Answer(document, lambda page: show_ends(page, found))


def _end(line: ListingEnd) -> documents.Document:
    return {
        "id": line.id,
        "name": line.name,
        "rarity": line.rarity,
        "state": line.state,
        "bought": line.bought,
        "price": line.price,
        "fee": line.fee,
        "other": line.other or None,
        "at": to_iso(line.at),
    }
