"""The shop: its offers, and buying from every seller."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import choice
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.categories import Category
from inventui.rules.core.money import Currency, money_words
from inventui.rules.shop import Price, Seller

app = typer.Typer()

describe(
    ShopLine,
    "id name category rarity tier price full_price style owned held worn availability limit "
    "contents discount",
    id="slug",
    availability=lambda _: None,  # It is filled in by who knows the time.
    limit=lambda line: line.limit if line.limit.limited else None,
    contents=lambda line: [part.slug for part in line.offer.contents],
    discount="offer.discount",
)
describe(
    Purchase,
    "operation repeat item name from paid full_price item_ids names worn balance experience "
    "rank_up",
    item="slug",
    paid=lambda bought: Price(bought.oranges_paid, bought.gems_paid),
    full_price=lambda bought: Price(bought.full_oranges, bought.full_gems),
    experience="experience_gained",
    **{"from": "seller"},
)


@command(app, "shop", examples=("shop", "shop --category frame"))
def shop(
    player: PlayerHandle,
    category: Annotated[
        Category | None,
        choice(
            "--category",
            Category,
            metavar="CATEGORY",
            help="Only things of this category, e.g. frame or consumable.",
        ),
    ] = None,
) -> Outcome:
    """List what is for sale, with prices, limits and what is owned."""
    lines = player.shop.lines(category)
    now = player.world.clock.now()

    def show(page: Page) -> None:
        if not lines:
            page.say("Nothing of that kind is for sale. Leave --category out to see all.")
            return
        page.table(
            lines,
            TableColumn("Item", lambda line: line.slug),
            MARK,
            TableColumn("Name", lambda line: line.name, least=12, drop=1),
            TableColumn("Category", lambda line: line.category, drop=4),
            TableColumn("Tier", lambda line: line.tier, drop=5),
            TableColumn("Oranges", lambda line: line.price.oranges or "", right=True),
            TableColumn("Gems", lambda line: line.price.gems or "", right=True),
            TableColumn("", _standing, drop=2),
            TableColumn("Limit", lambda line: line.limit.words(now), drop=3, least=10),
        )

    items = [{**document(line), "availability": line.limit.availability(now)} for line in lines]
    return Answer({"items": items, "total": len(lines)}, show)


def _standing(line: ShopLine) -> Text:
    if line.worn:
        return Text("worn", style=style.GOOD)
    if line.owned:
        return Text("owned" if line.held == 1 else f"owned {line.held}", style=style.GOOD)
    return Text("" if (line.full_price - line.price).free else f"−{line.offer.discount} %")


def price_words(price: Price) -> str:
    """A price in words: `1,000 oranges and 10 gems`, `nothing`."""
    parts = [
        money_words(amount, currency)
        for amount, currency in ((price.oranges, Currency.ORANGES), (price.gems, Currency.GEMS))
        if amount
    ]
    return " and ".join(parts) or "nothing"


@command(app, "buy", examples=("buy neon-frame", "buy ITEM --from gear-shop"))
def buy(
    player: PlayerHandle,
    item: Annotated[
        str,
        typer.Argument(metavar="ITEM", help="An item's id: see inventui shop, gear-shop, market."),
    ],
    seller: Annotated[
        Seller | None,
        choice(
            "--from",
            Seller,
            metavar="SELLER",
            help="shop, gear-shop or market; else who has it and asks least.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Buy from the shops; for a listing see inventui bazaar buy."""
    return answer(player.sellers.buy(item, seller, key), _show_purchase)


_WHERE = {
    Seller.SHOP: "",
    Seller.GEAR_SHOP: " from your gear shop",
    Seller.MARKET: " on the black market",
}


def _show_purchase(page: Page, bought: Purchase) -> None:
    page.repeated(bought.repeat)
    paid = Price(bought.oranges_paid, bought.gems_paid)
    saved = Price(bought.full_oranges, bought.full_gems) - paid
    less = "its parts" if bought.seller is Seller.SHOP else "its full price"
    page.say(
        f"Bought {bought.name}{_WHERE[bought.seller]} for {price_words(paid)}"
        + (f", {price_words(saved)} less than {less}. " if not saved.free else ". ")
        + f"You have {style.money(bought.balance)}."
    )
    for number, name in zip(bought.item_ids, bought.names, strict=True):
        page.say(f"{number}: {name}{', now worn' if name in bought.worn else ''}")
    if bought.rank_up:
        page.say(f"You are {bought.rank_up} now.", style=style.GOOD)
