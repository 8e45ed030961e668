"""The wallet: a player's transfers."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import choice
from inventui.engine.history.models import LedgerLine
from inventui.rules.core.money import Currency

app = typer.Typer()

describe(LedgerLine, "id at operation kind currency amount balance subject")


@command(app, "ledger", examples=("ledger --currency oranges --limit 20",))
def ledger(
    player: PlayerHandle,
    currency: Annotated[Currency | None, choice("--currency", Currency, metavar="CURRENCY")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List a player's transfers, the newest first."""
    found = player.wallet.ledger(after=after, limit=limit, currency=currency)
    card = player.card()

    def show(page: Page) -> None:
        page.table(
            found.lines,
            TableColumn("At (UTC)", lambda line: style.when(line.at), drop=2),
            TableColumn("Kind", lambda line: line.cause.replace("_", " "), least=6),
            TableColumn("About", lambda line: line.subject, drop=3),
            TableColumn("Currency", lambda line: line.currency),
            TableColumn("Amount", lambda line: style.signed(line.amount), right=True),
            TableColumn("Balance", lambda line: line.balance, right=True),
            TableColumn("Operation", lambda line: str(line.operation), drop=1, right=True),
        )
        page.blank()
        page.say(f"{len(found.lines):,} of {found.total:,} shown. You have {style.money(card)}.")
        page.onward(found.next)

    balance = {"oranges": card.oranges, "gems": card.gems}
    return Answer({"balance": balance, **document(found)}, show)
