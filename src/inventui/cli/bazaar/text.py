"""Pages of the bazaar for people: listings, one listing, prices, ended listings."""

from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.console import MARK, Page, TableColumn
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
from inventui.rules.bazaar import ListingState
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason
from inventui.rules.shop import countdown

SALES_SHOWN = 9
"""How many past sales a page lists."""

_NOTES = {
    Reason.OWN_LISTING: ("yours", style.LABEL),
    Reason.ALREADY_OWNED: ("owned", style.GOOD),
    Reason.NO_ROOM: ("no room", style.BAD),
    Reason.INSUFFICIENT_FUNDS: ("too dear", style.BAD),
}
_STATES = {
    ListingState.TAKEN_BACK: "taken back",
    ListingState.EXPIRED: "nobody bought it",
}


def show_listings(page: Page, found: ListingPage, query: BazaarQuery, now: int) -> None:
    """Show a page of listings."""
    if found.lines:
        page.table(
            found.lines,
            TableColumn("Listing", lambda line: str(line.id), right=True),
            TableColumn("", lambda line: style.mark(line.player_item.rarity)),
            TableColumn("Name", lambda line: line.player_item.name, least=10),
            TableColumn("Price", lambda line: line.price, right=True),
            TableColumn("Worth", lambda line: line.player_item.value, right=True, drop=3),
            TableColumn("Seller", lambda line: line.seller, drop=1, least=6),
            TableColumn("Category", lambda line: line.player_item.category, drop=5),
            TableColumn("Ends in", lambda line: _ends(line, now), drop=2),
            TableColumn("", _note, drop=4),
        )
        page.blank()
    elif query.mine and query == BazaarQuery(sort=query.sort, mine=True):
        page.say("You list nothing. To list a thing: inventui list ID PRICE")
    elif query == BazaarQuery(sort=query.sort):
        page.say("Nobody lists anything now. To list a thing: inventui list ID PRICE")
    else:
        page.say("Nothing here matches. Leave an option out to see more.")
    page.say(f"{len(found.lines):,} of {found.total:,} shown.")
    page.onward(found.next)
    if found.lines and not query.mine:
        page.say("To buy: inventui bazaar buy LISTING", style=style.LABEL)


def _ends(line: ListingLine, now: int) -> str:
    return countdown(line.until - now) if line.until > now else "over"


def _note(line: ListingLine) -> Text:
    reason = None if line.refusal is None else line.refusal.reason
    words, style = _NOTES.get(reason, ("", "")) if reason is not None else ("", "")
    return Text(words, style=style)


def show_listing(page: Page, found: ListingDetail, now: int) -> None:
    """Show one listing with its item's prices."""
    line, detail = found.line, found.detail
    page.heading(line.player_item.name)
    facts: list[tuple[str, object]] = [
        ("Price", money_words(line.price, Currency.ORANGES)),
        ("Seller", f"{line.seller}, a neighbour" if line.neighbour else line.seller),
        ("Ends in", _ends(line, now)),
        ("Rarity", style.mark(line.player_item.rarity)),
        ("Category", line.player_item.category),
        ("Item", detail.slug),
        ("Worth", money_words(line.player_item.value, Currency.ORANGES)),
        ("Came from", detail.case_name or detail.source or str(detail.acquisition)),
    ]
    if line.player_item.durability is not None:
        facts.append(
            ("Durability", f"{line.player_item.durability}/{line.player_item.most_durability}")
        )
    facts += [
        (name.replace("_", " ").capitalize(), value) for name, value in detail.figures.items()
    ]
    if line.held:
        facts.append(("You have", line.held))
    page.facts(facts)
    page.blank()
    _show_past(page, found.prices)
    page.blank()
    if line.refusal is not None:
        page.say(line.refusal.message, style=style.BAD)
    else:
        page.say(f"To buy: inventui bazaar buy {line.id}", style=style.LABEL)


def show_prices(page: Page, prices: PriceHistory) -> None:
    """Show an item's past sales."""
    page.heading(prices.name)
    _show_past(page, prices)
    if prices.sales:
        page.blank()
        page.table(
            prices.sales[-SALES_SHOWN:][::-1],
            TableColumn("Sold (UTC)", lambda sale: style.when(sale.at)),
            TableColumn("Price", lambda sale: sale.price, right=True),
        )


def _show_past(page: Page, prices: PriceHistory) -> None:
    facts: list[tuple[str, object]] = []
    if prices.sales:
        facts = [
            ("Went for", f"{prices.lowest:,} to {prices.highest:,}"),
            ("Middle price", prices.median),
            ("Sold in all", prices.sold),
        ]
    else:
        facts = [("Sold in all", "none yet")]
    facts += [
        ("Listed now", prices.listed),
        ("Cheapest now", "–" if prices.cheapest is None else prices.cheapest),
        ("The house pays", prices.value),
        ("Suggestion", prices.suggestion),
    ]
    page.facts(facts)


def show_bought(page: Page, bought: Bought) -> None:
    """Show what was bought, its price, and the money that is left."""
    page.repeated(bought.repeat)
    page.say(
        f"Bought {bought.name} from {bought.seller} for "
        f"{money_words(bought.price, Currency.ORANGES)}: it is your thing number "
        f"{bought.item_id}. You have {style.money(bought.balance)}."
    )


def show_ends(page: Page, found: ListingEnds) -> None:
    """Show a player's ended listings and purchases."""
    if not found.lines:
        page.say("Nothing yet: none of your listings has ended, and you bought nothing.")
        return
    page.table(
        found.lines,
        TableColumn("Listing", lambda line: str(line.id), right=True, drop=3),
        MARK,
        TableColumn("Name", lambda line: line.name, least=10),
        TableColumn("Price", lambda line: line.price, right=True),
        TableColumn(
            "Fee",
            lambda line: line.fee if line.state is ListingState.SOLD and not line.bought else "",
            right=True,
            drop=2,
        ),
        TableColumn("What", _end, least=8),
        TableColumn("When (UTC)", lambda line: style.when(line.at), drop=1),
    )
    page.blank()
    if found.sold:
        page.say(
            f"{style.count(found.sold, 'thing')} sold in all for "
            f"{money_words(found.earned + found.fees, Currency.ORANGES)}: {found.earned:,} were "
            f"yours, {found.fees:,} the house kept."
        )
    page.onward(found.next)


def _end(line: ListingEnd) -> str:
    if line.bought:
        return f"bought from {line.other}"
    return _STATES.get(line.state, f"sold to {line.other}")
