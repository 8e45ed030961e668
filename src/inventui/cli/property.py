"""Property: business, home and upkeep."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import word
from inventui.engine.property.models import (
    BusinessView,
    HomeView,
    PropertyView,
    Settled,
    UpkeepPaid,
)
from inventui.rules import property as property_rules
from inventui.rules.core.clock import to_iso
from inventui.rules.core.money import Currency, money_words
from inventui.rules.property import Arrears, PropertyAction
from inventui.rules.shop import countdown

app = typer.Typer()

describe(
    Settled,
    "operation since until periods revenue operating_cost days_paid upkeep days_due evicted raids "
    "broken expired unsold unanswered",
    operating_cost="cost",
)
describe(
    BusinessView,
    "id name rarity revenue operating_cost earned next_at reduced last",
    id="item_id",
    operating_cost="cost",
    last=lambda view: [
        {"at": to_iso(at), "revenue": revenue, "operating_cost": cost}
        for at, revenue, cost in view.last
    ],
)
describe(
    HomeView,
    "id name rarity upkeep insurance rest next_at arrears days_due owed debuff_at eviction_at",
    id="item_id",
)


@command(app, "property", examples=("property", "property pay"))
def property_(
    player: PlayerHandle,
    action: Annotated[
        PropertyAction | None,
        typer.Argument(
            metavar="[pay]",
            parser=word("property", PropertyAction),
            help="pay: pay all upkeep that is due.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Show your business and home, or pay upkeep that is due."""
    if action is PropertyAction.PAY:
        return answer(player.property.pay(key), _show_paid)
    view = player.property.view()
    settled = player.happened(0)[-1:]
    return Answer(
        {
            "business": view.business,
            "home": view.home,
            "last": settled[0] if settled else None,
        },
        lambda page: _show(page, view, settled),
    )


def _show_paid(page: Page, paid: UpkeepPaid) -> None:
    page.say(
        f"Paid {money_words(paid.paid, Currency.ORANGES)} of upkeep for "
        f"{style.count(paid.days, 'day')}. You have {style.money(paid.balance)}."
    )


def _show(page: Page, view: PropertyView, settled: tuple[Settled, ...]) -> None:
    business, home = view.business, view.home
    if business is None:
        page.say("You run no business. inventui shop --category business lists some.")
    else:
        page.say(
            f"{business.name} brings about {money_words(business.revenue, Currency.ORANGES)} a day "
            f"and costs {business.cost:,}. It pays in {countdown(business.next_at - view.at)}."
        )
        if business.reduced:
            page.say(f"Unpaid upkeep takes {property_rules.DEBUFF} % of it.", style=style.BAD)
        if business.last:
            at, revenue, cost = business.last[0]
            page.say(
                f"It paid {revenue:,} less {cost:,} at {style.when(at)} UTC, and "
                f"{money_words(business.earned, Currency.ORANGES)} in all."
            )
    if home is None:
        page.say("You have no home. inventui shop --category housing lists some.")
    else:
        page.say(
            f"{home.name} costs {money_words(home.upkeep, Currency.ORANGES)} a day and keeps "
            f"{home.insurance} % of what a robber would take. Shifts pay {home.rest} % more. "
            f"Upkeep is due in {countdown(home.next_at - view.at)}."
        )
        if home.arrears is not Arrears.NONE and home.eviction_at is not None:
            page.say(
                f"You owe {money_words(home.owed, Currency.ORANGES)} for "
                f"{style.count(home.days_due, 'day')}; the home is lost at "
                f"{style.when(home.eviction_at)} UTC. Pay: inventui property pay",
                style=style.BAD,
            )
    for span in settled:
        page.say(f"Last settled until {style.when(span.until)} UTC.")
