"""Undo: take back what was just sold, listed, thrown away or given."""

from typing import Annotated

import typer

from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import answer
from inventui.cli.core.parse import number_argument
from inventui.engine.undo.models import Undo, Undone
from inventui.rules.core.money import Currency, money_words
from inventui.rules.undo import items_words, undone_words

app = typer.Typer()

describe(Undo, "operation kind name number oranges receiver until")
describe(Undone, "operation repeat undone kind name number item_id oranges receiver balance")


@command(app, "undo", examples=("undo", "undo --dry-run"))
def undo(
    player: PlayerHandle,
    operation: Annotated[
        int | None,
        number_argument("[OPERATION]", "What to take back; without it, what you did last."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be taken back, and change nothing.")
    ] = False,
    key: Key = None,
) -> Outcome:
    """Take back what you just sold, listed, gave or threw away."""
    if dry_run:
        return answer(player.undos.latest(operation), _show_undo)
    return answer(player.undos.take_back(operation, key), _show_undone)


def _show_undo(page: Page, found: Undo) -> None:
    paid = f", and {money_words(found.oranges, Currency.ORANGES)} go back" if found.oranges else ""
    page.say(f"Undo would take back {items_words(found.name, found.number)}{paid}.")


def _show_undone(page: Page, done: Undone) -> None:
    page.repeated(done.repeat)
    page.say(undone_words(done.kind, done.name, done.number, done.oranges, done.receiver))
