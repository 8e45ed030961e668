"""The black market: its stalls now and in past rotations."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import number
from inventui.cli.market import gear_table
from inventui.engine.market.models import MarketView
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import countdown

MOST_PAST = 1_000
"""Most past rotations that are listed."""

app = typer.Typer()

describe(MarketView, "rotation begins ends stalls", rotation="number")


def check_past(past: int) -> Refusal | None:
    """None if so many past rotations may be listed, else why not."""
    if 0 <= past <= MOST_PAST:
        return None
    return Refusal(
        Reason.INVALID_COUNT,
        f"You can look back at 0 to {MOST_PAST:,} rotations.",
        {"count": past, "least": 0, "most": MOST_PAST},
    )


@command(app, "market", examples=("market", "market --past 4"))
def market(
    player: PlayerHandle,
    past: Annotated[
        int,
        number("--past", "Also show the last N rotations on record."),
        check_past,
    ] = 0,
) -> Outcome:
    """Show the black market: stock, discounts, and when it turns."""
    view = player.black_market.rotation()
    earlier = player.black_market.past(past)
    return Answer({**document(view), "past": earlier}, lambda page: _show(page, view, earlier))


def _show(page: Page, view: MarketView, earlier: tuple[MarketView, ...]) -> None:
    if view.stalls:
        gear_table.table(page, view.stalls)
    else:
        page.say("The stalls are empty: this world's pack has no gear for them.")
    page.blank()
    page.say(f"The market turns in {countdown(view.ends - view.at)}.")
    if view.stalls:
        page.say("To buy: inventui buy ITEM --from market", style=style.LABEL)
    for old in earlier:
        page.blank()
        page.heading(f"{style.when(old.begins)} to {style.when(old.ends)} UTC")
        gear_table.table(page, old.stalls)
