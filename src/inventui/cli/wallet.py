"""The wallet: every transfer of a player."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import word
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.refusal import Refusal

app = typer.Typer()


@command(app, "ledger", examples=("ledger --currency oranges --limit 20",))
def ledger(
    call: CommandRun,
    currency: Annotated[
        Currency | None,
        typer.Option(
            metavar="CURRENCY",
            parser=word("--currency", Currency),
            help=f"One of {', '.join(Currency)}.",
        ),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List a player's transfers, the newest first."""
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    found = player.wallet.ledger(after=after, limit=limit, currency=currency)
    card = player.card()
    document = {
        "balance": {"oranges": card.oranges, "gems": card.gems},
        "lines": [
            {
                "id": line.id,
                "at": to_iso(line.at),
                "operation": line.operation,
                "kind": line.kind,
                "currency": line.currency,
                "amount": line.amount,
                "balance": line.balance,
            }
            for line in found.lines
        ],
        "total": found.total,
        "next": found.next,
    }

    def show(page: Page) -> None:
        page.table(
            (
                TableColumn("At (UTC)", drop=2),
                TableColumn("Kind", least=6),
                TableColumn("Currency"),
                TableColumn("Amount", right=True),
                TableColumn("Balance", right=True),
                TableColumn("Operation", drop=1, right=True),
            ),
            [
                (
                    style.when(line.at),
                    line.kind.replace("_", " "),
                    line.currency,
                    style.signed(line.amount),
                    line.balance,
                    str(line.operation),
                )
                for line in found.lines
            ],
        )
        page.blank()
        page.say(f"{len(found.lines):,} of {found.total:,} shown. You have {style.money(card)}.")
        if found.next is not None:
            page.say(f"For the next page add --after {found.next}.", style=style.LABEL)

    return Answer(document, show)
