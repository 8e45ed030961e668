"""Commands of the bazaar: listings, prices, buying, ended listings."""

from typing import Annotated

import typer

from inventui.cli.bazaar.text import (
    show_bought,
    show_ends,
    show_listing,
    show_listings,
    show_prices,
)
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.filters import MinValue, OfRarity, OfTab, Search
from inventui.cli.core.output import answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import choice, number_argument
from inventui.engine.bazaar.models import (
    BazaarQuery,
    Bought,
    ListingDetail,
    ListingEnd,
    ListingEnds,
    ListingLine,
    ListingPage,
    PriceHistory,
)
from inventui.rules.bazaar import BazaarSort
from inventui.rules.inventory.inventory import InventoryTab

app = typer.Typer()

Number = Annotated[int, number_argument("LISTING", "A number as inventui bazaar shows it.")]

describe(ListingPage, "listings total next", listings="lines")
describe(
    ListingLine,
    "id item_id name category rarity value durability? price seller neighbour mine at until "
    "held refused",
    item_id="player_item.id",
    name="player_item.name",
    category="player_item.category",
    rarity="player_item.rarity",
    value="player_item.value",
    durability="player_item.durability",
    refused="refusal",
)
describe(
    ListingDetail,
    "listing item description acquisition source figures prices",
    listing="line",
    item="detail.slug",
    description="detail.description",
    acquisition="detail.acquisition",
    source="detail.source",
    figures="detail.figures",
)
describe(
    PriceHistory,
    "item name rarity category sales sold lowest median highest cheapest listed value suggestion",
    item="slug",
)
describe(Bought, "operation repeat listing item_id name rarity category price fee seller balance")
describe(ListingEnds, "ends sold earned fees next", ends="lines")
describe(
    ListingEnd,
    "id name rarity state bought price fee other at",
    other=lambda line: line.other or None,
)


@group(app, "bazaar", examples=("bazaar --sort cheapest --rarity epic", "bazaar --mine"))
def bazaar(
    player: PlayerHandle,
    tab: OfTab = InventoryTab.ALL,
    rarity: OfRarity = None,
    min_value: MinValue = 0,
    search: Search = "",
    sort: Annotated[BazaarSort, choice("--sort", BazaarSort, metavar="ORDER")] = BazaarSort.NEWEST,
    mine: Annotated[bool, typer.Option("--mine", help="Only your own listings.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List what players offer in the bazaar, a page at a time."""
    query = BazaarQuery(tab, sort, rarity, min_value, search, mine)
    found = player.bazaar.page(query, after=after, limit=limit)
    now = player.world.clock.now()
    return answer(found, lambda page, found: show_listings(page, found, query, now))


@command(app, "show", examples=("bazaar show 7",))
def show(player: PlayerHandle, listing_id: Number) -> Outcome:
    """Show one listing, where its thing is from, and past prices."""
    found = player.bazaar.detail(listing_id)
    now = player.world.clock.now()
    return answer(found, lambda page, found: show_listing(page, found, now))


@command(app, "prices", examples=("bazaar prices neon-peel",))
def prices(
    player: PlayerHandle,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="An item's id: bazaar show names it.")
    ],
) -> Outcome:
    """Show at which prices an item went, and a price to begin with."""
    return answer(player.bazaar.prices(item), show_prices)


@command(app, "buy", examples=("bazaar buy 7",))
def buy(player: PlayerHandle, listing_id: Number, key: Key = None) -> Outcome:
    """Buy what is listed; it is yours at once."""
    return answer(player.bazaar.buy(listing_id, key=key), show_bought)


@command(app, "sales", examples=("bazaar sales",))
def sales(player: PlayerHandle, limit: Limit = 50, after: After = None) -> Outcome:
    """List what became of your listings, and what you bought."""
    return answer(player.bazaar.ends(before=after, limit=limit), show_ends)
