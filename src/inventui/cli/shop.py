"""The shop: what is for sale, and buying."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import word
from inventui.engine.shop.models import Purchase, ShopLine
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import Price, Seller

app = typer.Typer()


@command(app, "shop", examples=("shop", "shop --category frame"))
def shop(
    call: CommandRun,
    category: Annotated[
        Category | None,
        typer.Option(
            metavar="CATEGORY",
            parser=word("--category", Category),
            help="Only things of this category, e.g. frame or consumable.",
        ),
    ] = None,
) -> Outcome:
    """List what is for sale, with prices, limits and what is owned."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    lines = player.shop.lines(category)
    now = call.world.clock.now()
    document = {"items": [_line(line, now) for line in lines], "total": len(lines)}

    def show(page: Page) -> None:
        if not lines:
            page.say("Nothing of that kind is for sale. Leave --category out to see all.")
            return
        page.table(
            (
                TableColumn("Item"),
                TableColumn(""),
                TableColumn("Name", least=12, drop=1),
                TableColumn("Category", drop=4),
                TableColumn("Tier", drop=5),
                TableColumn("Oranges", right=True),
                TableColumn("Gems", right=True),
                TableColumn("", drop=2),
                TableColumn("Limit", drop=3, least=10),
            ),
            [
                (
                    line.slug,
                    style.mark(line.rarity),
                    line.name,
                    line.category,
                    line.tier,
                    line.price.oranges or "",
                    line.price.gems or "",
                    _standing(line),
                    line.limit.words(now),
                )
                for line in lines
            ],
        )

    return Answer(document, show)


def _standing(line: ShopLine) -> Text:
    if line.worn:
        return Text("worn", style=style.GOOD)
    if line.owned:
        return Text("owned" if line.held == 1 else f"owned {line.held}", style=style.GOOD)
    return Text("" if (line.full_price - line.price).free else f"−{line.offer.discount} %")


def _line(line: ShopLine, now: int) -> documents.Document:
    limit = line.limit
    return {
        "id": line.slug,
        "name": line.name,
        "category": line.category,
        "rarity": line.rarity,
        "tier": line.tier,
        "price": _price(line.price),
        "full_price": _price(line.full_price),
        "style": line.style,
        "owned": line.owned,
        "held": line.held,
        "worn": line.worn,
        "availability": limit.availability(now),
        "limit": {
            "stock_limit": limit.stock_limit,
            "stock_remaining": limit.stock_remaining,
            "available_from": _time(limit.available_from),
            "available_until": _time(limit.available_until),
        }
        if limit.limited
        else None,
        "contents": [part.slug for part in line.offer.contents],
        "discount": line.offer.discount,
    }


def _price(price: Price) -> documents.Document:
    return {"oranges": price.oranges, "gems": price.gems}


def _time(at: int | None) -> str | None:
    return None if at is None else to_iso(at)


def price_words(price: Price) -> str:
    """A price as a sentence says it: `1,000 oranges and 10 gems`, `nothing`."""
    parts = [
        money_words(amount, currency)
        for amount, currency in ((price.oranges, Currency.ORANGES), (price.gems, Currency.GEMS))
        if amount
    ]
    return " and ".join(parts) or "nothing"


@command(app, "buy", examples=("buy neon-frame", "buy ITEM --from gear-shop"))
def buy(
    call: CommandRun,
    item: Annotated[
        str,
        typer.Argument(metavar="ITEM", help="An item's id: see inventui shop, gear-shop, market."),
    ],
    seller: Annotated[
        Seller | None,
        typer.Option(
            "--from",
            metavar="SELLER",
            parser=word("--from", Seller),
            help="shop, gear-shop or market; else who has it and asks least.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Buy from the shops; for a listing see inventui bazaar buy."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    bought = player.sellers.buy(item, seller, key)
    if isinstance(bought, Refusal):
        return bought
    document = {
        "operation": bought.operation,
        "repeat": bought.repeat,
        "item": bought.slug,
        "name": bought.name,
        "from": bought.seller,
        "paid": {"oranges": bought.oranges_paid, "gems": bought.gems_paid},
        "full_price": {"oranges": bought.full_oranges, "gems": bought.full_gems},
        "item_ids": list(bought.item_ids),
        "names": list(bought.names),
        "worn": list(bought.worn),
        "balance": documents.balance(bought.balance),
        "experience": bought.experience_gained,
        "rank_up": bought.rank_up,
    }
    return Answer(document, lambda page: _show_purchase(page, bought))


_WHERE = {
    Seller.SHOP: "",
    Seller.GEAR_SHOP: " from your gear shop",
    Seller.MARKET: " on the black market",
}


def _show_purchase(page: Page, bought: Purchase) -> None:
    if bought.repeat:
        page.say("This was done before; nothing has changed.")
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
