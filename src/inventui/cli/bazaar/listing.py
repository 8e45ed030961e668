"""Commands for one's own listings: `list` and `delist`."""

from typing import Annotated

import typer

from inventui.cli.bazaar.bazaar import Number
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.output import answer
from inventui.cli.core.parse import number_argument
from inventui.engine.bazaar.models import Delisted, Listed, PriceHistory
from inventui.rules.bazaar import DURATION
from inventui.rules.core.clock import DAY
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Reason, Refusal

app = typer.Typer()


def _one_price(price: int | None, suggested: bool, **_: object) -> None:
    if suggested and price is not None:
        raise typer.BadParameter("--suggested goes without a price.")


@command(app, "list", examples=("list 12 400", "list 12 --suggested"), usage=_one_price)
def list_(
    player: PlayerHandle,
    item_id: Annotated[int, number_argument("ID", "A thing's id, as inventui inventory shows it.")],
    price: Annotated[int | None, number_argument("[PRICE]", "What to ask, in oranges.")] = None,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="Ask what things like it went for lately.")
    ] = False,
    key: Key = None,
) -> Outcome:
    """Put a thing up in the bazaar for 7 days."""
    if price is None:
        found = player.bazaar.why_not(item_id) or player.bazaar.suggest(item_id)
        if isinstance(found, Refusal):
            return found
        if not suggested:
            return _no_price(found)
        price = found.suggestion
    return answer(player.bazaar.list(item_id, price, key=key), _show_listed)


def _show_listed(page: Page, listed: Listed) -> None:
    page.repeated(listed.repeat)
    page.say(
        f"Listed {listed.name} for {money_words(listed.price, Currency.ORANGES)}, as listing "
        f"number {listed.listing}. If it goes, {listed.price - listed.fee:,} are yours and "
        f"{listed.fee:,} the house keeps. It comes home after {DURATION // DAY} days."
    )


def _no_price(found: PriceHistory) -> Refusal:
    """The refusal where no price was named, with a price to begin with."""
    lately = f"it went for {found.median:,} lately" if found.sales else "none went yet"
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Say how much to ask for {found.name}: {lately}. Name a price, or add --suggested to ask "
        f"for {money_words(found.suggestion, Currency.ORANGES)}.",
        {"suggestion": found.suggestion, "median": found.median, "cheapest": found.cheapest},
    )


@command(app, "delist", examples=("delist 7",))
def delist(player: PlayerHandle, listing_id: Number, key: Key = None) -> Outcome:
    """Take a listing of yours back."""
    return answer(player.bazaar.delist(listing_id, key=key), _show_delisted)


def _show_delisted(page: Page, done: Delisted) -> None:
    page.repeated(done.repeat)
    page.say(f"Took {done.name} back: it is home again, as thing number {done.item_id}.")
