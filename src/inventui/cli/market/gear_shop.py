"""The daily gear shop: what it has today, and rerolling it."""

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.market import gear_table
from inventui.engine.market.models import GearShopView
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import countdown

app = typer.Typer()


@command(app, "gear-shop", examples=("gear-shop",))
def gear_shop(call: CommandRun) -> Outcome:
    """Show your gear shop of today, made for your rank."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    view = player.gear_shop.today()
    return Answer(_document(view), lambda page: _show(page, view))


@command(app, "reroll", examples=("reroll",))
def reroll(call: CommandRun, key: Key = None) -> Outcome:
    """Pay gems for another choice in your gear shop of today."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    done = player.gear_shop.reroll(key)
    if isinstance(done, Refusal):
        return done
    view = player.gear_shop.today()
    document = {
        "operation": done.operation,
        "repeat": done.repeat,
        "rerolls": done.rerolls,
        "paid": {"gems": done.gems_paid},
        "items": list(done.items),
        "balance": documents.balance(done.balance),
    }

    def show(page: Page) -> None:
        if done.repeat:
            page.say("This was done before; nothing has changed.")
        page.say(
            f"Rerolled for {money_words(done.gems_paid, Currency.GEMS)}. "
            f"You have {style.money(done.balance)}."
        )
        page.blank()
        _show(page, view)

    return Answer(document, show)


def _document(view: GearShopView) -> documents.Document:
    return {
        "day": view.day,
        "ends": to_iso(view.ends),
        "rank": view.rank,
        "rerolls": view.rerolls,
        "reroll_price": view.reroll_price,
        "items": [gear_table.document(line) for line in view.offers],
    }


def _show(page: Page, view: GearShopView) -> None:
    if view.offers:
        gear_table.table(page, view.offers)
    else:
        page.say(f"There is no gear for a {view.rank} today.")
    page.blank()
    page.say(
        f"For a {view.rank}, for another {countdown(view.ends - view.at)}. "
        f"A reroll costs {money_words(view.reroll_price, Currency.GEMS)}."
    )
    if view.offers:
        page.say("To buy: inventui buy ITEM --from gear-shop", style=style.LABEL)
