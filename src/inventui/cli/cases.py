"""Cases: what there is, the odds of each, and opening them."""

from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseDetail
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

app = typer.Typer()

CaseId = Annotated[str, typer.Argument(metavar="CASE", help="A case's id: see inventui cases.")]


@command(app, "cases", examples=("cases",))
def cases(call: CommandRun) -> Outcome:
    """List the cases with price, return and best prize."""
    found = call.world.catalogue.cases()
    document = {
        "cases": [
            {
                "id": case.id,
                "name": case.name,
                "price": case.price,
                "return_to_player": case.return_to_player,
                "best": {
                    "name": case.best_name,
                    "value": case.best_value,
                    "rarity": case.best_rarity,
                },
            }
            for case in found
        ]
    }

    def show(page: Page) -> None:
        page.table(
            (
                TableColumn("Case"),
                TableColumn("Name", drop=1, least=16),
                TableColumn("Price", right=True),
                TableColumn("Returns", drop=2, right=True),
                TableColumn("", drop=4),
                TableColumn("Best prize", drop=3, least=16),
                TableColumn("Worth", drop=5, right=True),
            ),
            [
                (
                    case.id,
                    case.name,
                    case.price,
                    style.percent(case.return_to_player),
                    style.mark(case.best_rarity),
                    case.best_name,
                    case.best_value,
                )
                for case in found
            ],
        )

    return Answer(document, show)


@command(app, "odds", examples=("odds citrus-crate",))
def odds(call: CommandRun, case: CaseId) -> Outcome:
    """Show a case's entries, their exact odds, and what it returns."""
    detail = call.world.catalogue.case(case)
    if isinstance(detail, Refusal):
        return detail
    table = detail.odds
    document = {
        "case": detail.id,
        "name": detail.name,
        "price": table.price,
        "odds_hash": table.hash,
        "entries": documents.entries(table),
        "expected_value": table.expected_value,
        "return_to_player": table.return_to_player,
        "chance_of_profit": table.chance_of_profit,
        "exact": {
            "expected_value": str(table.expected_value),
            "return_to_player": str(table.return_to_player),
            "chance_of_profit": str(table.chance_of_profit),
        },
    }
    return Answer(document, lambda page: _show_odds(page, detail))


def _show_odds(page: Page, detail: CaseDetail) -> None:
    table = detail.odds
    page.heading(detail.name)
    if detail.description:
        page.say(detail.description)
    page.blank()
    page.table(
        (
            TableColumn(""),
            TableColumn("Prize", least=10),
            TableColumn("Worth", right=True),
            TableColumn("Chance", right=True),
            TableColumn("Tickets", drop=1, right=True),
        ),
        [
            (
                style.mark(entry.rarity),
                entry.name,
                entry.value,
                style.parts(entry.parts),
                "–".join(str(ticket) for ticket in _tickets(detail, index)),
            )
            for index, entry in sorted(
                enumerate(table.entries), key=lambda pair: (pair[1].parts, -pair[1].value)
            )
        ],
    )
    page.blank()
    page.facts(
        [
            ("price", f"{table.price:,} oranges"),
            ("expected value", f"{float(table.expected_value):,.2f} oranges"),
            ("returns", style.percent(table.return_to_player, 2)),
            (
                "profit",
                f"{style.one_in(table.chance_of_profit)} "
                f"({style.percent(table.chance_of_profit, 2)})",
            ),
            ("odds hash", table.hash),
        ]
    )


def _tickets(detail: CaseDetail, index: int) -> tuple[int, int]:
    first, past = detail.odds.ticket_range(index)
    return first, past - 1


@command(
    app, "open", examples=("open citrus-crate", "open citrus-crate --count 10 --key my-request-1")
)
def open_cases(
    call: CommandRun,
    case: CaseId,
    count: Annotated[
        int,
        typer.Option("--count", metavar="N", parser=whole("--count"), help="How many, 1 to 100."),
    ] = 1,
    key: Key = None,
) -> Outcome:
    """Open a case, or up to 100 of it at once."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    opening = player.cases.open(case, count=count, key=key)
    if isinstance(opening, Refusal):
        return opening
    document = {
        "operation": opening.operation,
        "repeat": opening.repeat,
        "case": opening.case,
        "paid": opening.paid,
        "won": opening.won,
        "experience_gained": opening.experience_gained,
        "rank_up": opening.rank_up,
        "at": to_iso(opening.at),
        "balance": documents.balance(opening.balance),
        "rolls": [documents.roll(roll) for roll in opening.rolls],
    }
    return Answer(
        document,
        lambda page: _show_opening(page, opening),
        # The game replays what nobody has seen yet; this has been seen.
        afterwards=lambda: player.reveals.revealed(opening.operation),
    )


def _show_opening(page: Page, opening: Opening) -> None:
    if opening.repeat:
        page.say("This was done before; here is what came of it. Nothing has changed.")
        page.blank()
    page.table(
        (
            TableColumn(""),
            TableColumn(opening.case_name, least=10),
            TableColumn("Worth", right=True),
            TableColumn("Item", right=True),
            TableColumn("Nonce", drop=1, right=True),
            TableColumn("Ticket", drop=2, right=True),
        ),
        [
            (
                style.mark(roll.rarity),
                roll.entry,
                roll.value,
                str(roll.item_id),
                str(roll.nonce),
                str(roll.ticket),
            )
            for roll in opening.rolls
        ],
    )
    page.blank()
    page.say(
        f"Won {opening.won:,} for {opening.paid:,} oranges: ",
        style.signed(opening.won - opening.paid),
        f". You have {style.money(opening.balance)}.",
    )
    if opening.rank_up:
        page.say(f"You are now {opening.rank_up}.", style=style.GOOD)
