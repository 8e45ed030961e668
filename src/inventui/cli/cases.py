"""Cases: listing, odds and opening."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, OddsHash, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle, World
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import number
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseDetail, CaseSummary
from inventui.rules.cases.waiting import waits_by_rarity

app = typer.Typer()

CaseId = Annotated[str, typer.Argument(metavar="CASE", help="A case's id: see inventui cases.")]

_FIGURES = ("expected_value", "return_to_player", "chance_of_profit")

describe(
    CaseSummary,
    "id name price return_to_player best",
    best=lambda case: {
        "name": case.best_name,
        "value": case.best_value,
        "rarity": case.best_rarity,
    },
)
describe(
    CaseDetail,
    f"case name price odds_hash entries {' '.join(_FIGURES)} exact rolls pools guarantee waits",
    case="id",
    odds_hash="odds.hash",
    entries="odds.entries",
    exact=lambda case: {name: str(getattr(case.odds, name)) for name in _FIGURES},
    rolls="odds.rolls",
    pools=lambda case: [{"rolls": rolls, "entries": size} for rolls, size in case.odds.laid_out],
    guarantee="odds.guarantee",
    waits=lambda case: waits_by_rarity(case.odds),
    **{name: f"odds.{name}" for name in _FIGURES},
)
describe(
    Opening,
    "operation repeat case paid won experience_gained rank_up at balance rolls",
)


@command(app, "cases", examples=("cases",))
def cases(world: World) -> Outcome:
    """List the cases with price, return and best prize."""
    found = world.catalogue.cases()

    def show(page: Page) -> None:
        page.table(
            found,
            TableColumn("Case", lambda case: case.id),
            TableColumn("Name", lambda case: case.name, drop=1, least=16),
            TableColumn("Price", lambda case: case.price, right=True),
            TableColumn(
                "Returns", lambda case: style.percent(case.return_to_player), drop=2, right=True
            ),
            TableColumn("", lambda case: style.mark(case.best_rarity), drop=4),
            TableColumn("Best prize", lambda case: case.best_name, drop=3, least=16),
            TableColumn("Worth", lambda case: case.best_value, drop=5, right=True),
        )

    return Answer({"cases": found}, show)


@command(app, "odds", examples=("odds citrus-crate",))
def odds(world: World, case: CaseId) -> Outcome:
    """Show a case's entries, their exact odds, and what it returns."""
    return answer(world.catalogue.case(case), _show_odds)


def _show_odds(page: Page, detail: CaseDetail) -> None:
    table, parts = detail.odds, detail.odds.parts_at(0)
    page.heading(detail.name)
    if detail.description:
        page.say(detail.description)
    page.blank()

    def tickets(index: int) -> str:
        first, past = table.ticket_range(index)
        return f"{first}–{past - 1}"

    def rarest_first(index: int) -> tuple[int, int, int]:
        entry = table.entries[index]
        return table.pool_of(index), parts[index], -entry.value

    def mark(index: int) -> object:
        entry = table.entries[index]
        return style.mark(entry.rarity) if entry.item else ""

    columns: list[TableColumn[int]] = [
        TableColumn(
            "", lambda index: style.mark(e.rarity) if (e := table.entries[index]).item else ""
        ),
        TableColumn("Prize", lambda index: table.entries[index].name, least=10),
        TableColumn("Worth", lambda index: table.entries[index].value, right=True),
        TableColumn("Chance", lambda index: style.parts(parts[index]), right=True),
        TableColumn("Tickets", tickets, drop=1, right=True),
    ]
    if table.rolls > 1:
        columns.append(
            TableColumn("Rolls", lambda i: table.laid_out[table.pool_of(i)][0], right=True)
        )
    if any(entry.group for entry in table.entries):
        columns.append(TableColumn("Group", lambda i: table.entries[i].group, drop=2, least=10))
    page.table(sorted(range(len(table.entries)), key=rarest_first), *columns)
    page.blank()
    rolls = [("rolls", f"{table.rolls} an opening")] if table.rolls > 1 else []
    promised, begins = [], ""
    if table.guarantee is not None:
        begins = "from a new seed pair, "
        sure = f"{table.guarantee.promised} for sure within {table.guarantee.after + 1:,} openings"
        promised.append(("guarantee", sure))
    page.facts(
        [
            ("price", f"{table.price:,} oranges"),
            *rolls,
            *promised,
            ("expected value", f"{float(table.expected_value):,.2f} oranges"),
            ("returns", style.percent(table.return_to_player, 2)),
            (
                "profit",
                f"{style.one_in(table.chance_of_profit)} "
                f"({style.percent(table.chance_of_profit, 2)})",
            ),
            *(
                (
                    f"{rarity} wait",
                    f"{begins}half have one by opening {wait.half:,}, "
                    f"99 % by opening {wait.all_but_one:,}",
                )
                for rarity, wait in waits_by_rarity(table).items()
            ),
            ("odds hash", table.hash),
        ]
    )


@command(
    app, "open", examples=("open citrus-crate", "open citrus-crate --count 10 --key my-request-1")
)
def open_cases(
    player: PlayerHandle,
    case: CaseId,
    count: Annotated[int, number("--count", "How many, 1 to 100.")] = 1,
    key: Key = None,
    odds_hash: OddsHash = None,
) -> Outcome:
    """Open a case, or up to 100 of it at once."""
    found, told = player.world.catalogue.case(case), player.notifications.latest()

    def show(page: Page, opening: Opening) -> None:
        _show_opening(page, opening)
        for each in player.notifications.fresh(told):
            if each.kind in ("escrowed", "expired"):
                page.say(each.message)

    return answer(
        # What was done under a key is told again, also of a case that there is no more.
        player.cases.open(getattr(found, "id", case), count, key, odds_hash),
        show,
        # The game replays what nobody has seen yet; this has been seen.
        afterwards=lambda opening: player.reveals.revealed(opening.operation),
    )


def _show_opening(page: Page, opening: Opening) -> None:
    if opening.repeat:
        page.say("This was done before; here is what came of it. Nothing has changed.")
        page.blank()
    page.table(
        opening.rolls,
        TableColumn("", lambda roll: style.mark(roll.rarity) if roll.item_id else ""),
        TableColumn(opening.case_name, lambda roll: roll.entry, least=10),
        TableColumn("Worth", lambda roll: roll.value, right=True),
        TableColumn(
            "Item", lambda roll: "–" if roll.item_id is None else str(roll.item_id), right=True
        ),
        TableColumn("Nonce", lambda roll: str(roll.nonce), drop=1, right=True),
        TableColumn("Ticket", lambda roll: str(roll.ticket), drop=2, right=True),
    )
    page.blank()
    page.say(
        f"Won {opening.won:,} for {opening.paid:,} oranges: ",
        style.signed(opening.won - opening.paid),
        f". You have {style.money(opening.balance)}.",
    )
    if opening.rank_up:
        page.say(f"You are now {opening.rank_up}.", style=style.GOOD)
