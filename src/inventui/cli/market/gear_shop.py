"""The daily gear shop: today's offers, and rerolling them."""

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.cli.market import gear_table
from inventui.engine.market.models import GearShopView, Reroll
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.core.text import with_article
from inventui.rules.shop import countdown

app = typer.Typer()

describe(GearShopView, "day ends rank rerolls reroll_price items", items="offers")
describe(
    Reroll,
    "operation repeat rerolls paid items balance",
    paid=lambda done: {"gems": done.gems_paid},
)


@command(app, "gear-shop", examples=("gear-shop",))
def gear_shop(player: PlayerHandle) -> Outcome:
    """Show your gear shop of today, made for your rank."""
    return answer(player.gear_shop.today(), _show)


@command(app, "reroll", examples=("reroll",))
def reroll(player: PlayerHandle, key: Key = None) -> Outcome:
    """Pay gems for another choice in your gear shop of today."""
    done = player.gear_shop.reroll(key)
    if isinstance(done, Refusal):
        return done
    view = player.gear_shop.today()

    def show(page: Page) -> None:
        page.repeated(done.repeat)
        page.say(
            f"Rerolled for {money_words(done.gems_paid, Currency.GEMS)}. "
            f"You have {style.money(done.balance)}."
        )
        page.blank()
        _show(page, view)

    return Answer(done, show)


def _show(page: Page, view: GearShopView) -> None:
    if view.offers:
        gear_table.table(page, view.offers)
    else:
        page.say(f"There is no gear for {with_article(view.rank)} today.")
    page.blank()
    page.say(
        f"For {with_article(view.rank)}, for another {countdown(view.ends - view.at)}. "
        f"A reroll costs {money_words(view.reroll_price, Currency.GEMS)}."
    )
    if view.offers:
        page.say("To buy: inventui buy ITEM --from gear-shop", style=style.LABEL)
