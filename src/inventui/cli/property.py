"""Property: the business that is run, the home that is lived in, and upkeep."""

from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import word
from inventui.engine.property.models import BusinessView, HomeView, PropertyView, Settled
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.property import DEBUFF, Arrears, PropertyDeed
from inventui.rules.shop import countdown

app = typer.Typer()


@command(app, "property", examples=("property", "property pay"))
def property_(
    call: CommandRun,
    deed: Annotated[
        PropertyDeed | None,
        typer.Argument(
            metavar="[pay]",
            parser=word("property", PropertyDeed),
            help="pay: pay all upkeep that is due.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Show your business and home, or pay upkeep that is due."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if deed is PropertyDeed.PAY:
        paid = player.property.pay(key)
        if isinstance(paid, Refusal):
            return paid
        document = {
            "operation": paid.operation,
            "repeat": paid.repeat,
            "days": paid.days,
            "paid": paid.paid,
            "balance": documents.balance(paid.balance),
        }
        words = (
            f"Paid {money_words(paid.paid, Currency.ORANGES)} of upkeep for {paid.days} "
            f"{'day' if paid.days == 1 else 'days'}. You have {style.money(paid.balance)}."
        )
        return Answer(document, lambda page: page.say(words))
    view = player.property.view()
    settled = player.happened(0)[-1:]
    document = {
        "business": None if view.business is None else _business(view.business),
        "home": None if view.home is None else _home(view.home),
        "last": None if not settled else settlement(settled[0]),
    }
    return Answer(document, lambda page: _show(page, view, settled))


def settlement(settled: Settled) -> documents.Document:
    """What a span of time brought, as a document."""
    return {
        "operation": settled.operation,
        "since": to_iso(settled.since),
        "until": to_iso(settled.until),
        "periods": settled.periods,
        "revenue": settled.revenue,
        "operating_cost": settled.cost,
        "days_paid": settled.days_paid,
        "upkeep": settled.upkeep,
        "days_due": settled.days_due,
        "evicted": settled.evicted,
        "raids": [
            {
                "at": to_iso(raid.at),
                "robber": raid.robber,
                "success": raid.success,
                "oranges": raid.oranges,
                "stolen": raid.stolen,
            }
            for raid in settled.raids
        ],
        "broken": list(settled.broken),
        "expired": list(settled.expired),
        "unsold": list(settled.unsold),
        "unanswered": list(settled.unanswered),
    }


def _business(view: BusinessView) -> documents.Document:
    return {
        "id": view.item_id,
        "name": view.name,
        "rarity": view.rarity,
        "revenue": view.revenue,
        "operating_cost": view.cost,
        "earned": view.earned,
        "next_at": to_iso(view.next_at),
        "reduced": view.reduced,
        "last": [
            {"at": to_iso(at), "revenue": revenue, "operating_cost": cost}
            for at, revenue, cost in view.last
        ],
    }


def _home(view: HomeView) -> documents.Document:
    return {
        "id": view.item_id,
        "name": view.name,
        "rarity": view.rarity,
        "upkeep": view.upkeep,
        "insurance": view.insurance,
        "next_at": to_iso(view.next_at),
        "arrears": str(view.arrears),
        "days_due": view.days_due,
        "owed": view.owed,
        "debuff_at": None if view.debuff_at is None else to_iso(view.debuff_at),
        "eviction_at": None if view.eviction_at is None else to_iso(view.eviction_at),
    }


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
            page.say(f"Unpaid upkeep takes {DEBUFF} % of it.", style=style.BAD)
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
            f"{home.insurance} % of what a robber would take. Upkeep is due in "
            f"{countdown(home.next_at - view.at)}."
        )
        if home.arrears is not Arrears.NONE and home.eviction_at is not None:
            page.say(
                f"You owe {money_words(home.owed, Currency.ORANGES)} for {home.days_due} "
                f"{'day' if home.days_due == 1 else 'days'}; the home is lost at "
                f"{style.when(home.eviction_at)} UTC. Pay: inventui property pay",
                style=style.BAD,
            )
    for span in settled:
        page.say(f"Last settled until {style.when(span.until)} UTC.")
