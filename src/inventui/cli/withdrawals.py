"""Withdrawals: player items taken out of the world against a certificate."""

from contextlib import suppress
from typing import Annotated

import typer

from inventui import config
from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun, PlayerHandle
from inventui.cli.core.documents import Document, describe, document
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.parse import number, number_argument
from inventui.db.errors import WorldError
from inventui.engine.withdrawals.models import Delivery, WithdrawalLine
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.withdrawals.withdrawals import WithdrawalState

app = typer.Typer()

describe(
    WithdrawalLine,
    "id item_id name category rarity value at details state path",
    path=lambda line: line.path or None,
)


@command(app, "withdraw", examples=("withdraw 12", "withdraw 12 --details 'For my shelf'"))
def withdraw(
    player: PlayerHandle,
    item: Annotated[int, number_argument("ITEM_ID", "An id as inventui inventory shows it.")],
    details: Annotated[
        str, typer.Option(metavar="TEXT", help="Up to 500 characters for the certificate.")
    ] = "",
    key: Key = None,
) -> Outcome:
    """Take a thing worth 10,000 or more out, against a certificate."""
    done = player.withdrawals.withdraw(item, details, key=key)
    if isinstance(done, Refusal):
        return done
    tried: tuple[Delivery, ...] = ()
    # The player item has left; what can't be written or noted now is tried again.
    with suppress(WorldError):
        tried = player.withdrawals.deliver(config.certificates_dir())
    line = next(line for line in player.withdrawals.list() if line.id == done.withdrawal)

    def show(page: Page) -> None:
        page.repeated(done.repeat)
        trouble = _trouble(line, tried)
        if trouble:
            page.say(trouble, style=style.BAD)
            return
        worth = money_words(done.value, Currency.ORANGES)
        page.say(f"{done.name}, worth {worth}, is yours outside this world now.")
        page.say(f"Its certificate: {line.path}")
        if done.rotated:
            page.say("Your seed pair was retired with it, so that its roll is proved.")
        if any(one.unproved for one in tried if one.withdrawal == line.id):
            page.say(
                "It proves nothing yet: the seed of its roll is still an earlier owner's secret. "
                f"Once that is revealed: inventui withdrawals --again {line.id}"
            )

    return Answer(
        {
            "operation": done.operation,
            "repeat": done.repeat,
            "rotated": done.rotated,
            "withdrawal": _line(line, tried),
        },
        show,
    )


@command(app, "withdrawals", examples=("withdrawals", "withdrawals --again 3"))
def withdrawals(
    run: CommandRun,
    player: PlayerHandle,
    again: Annotated[
        int | None,
        number("--again", "Write the certificate of this withdrawal once more, as of today."),
    ] = None,
) -> Outcome:
    """List what you have withdrawn; what is pending is tried again."""
    if again is not None:
        return answer(
            player.withdrawals.write_again(again, config.certificates_dir()),
            lambda page, done: page.say(f"The certificate of {done.name} is written: {done.path}"),
        )
    lines = player.withdrawals.list()
    pending = sum(line.state is WithdrawalState.PENDING for line in lines)

    def show(page: Page) -> None:
        if not lines:
            page.say("Nothing is withdrawn. To withdraw a thing: inventui withdraw ITEM_ID")
            return
        page.table(
            lines,
            TableColumn("", lambda line: style.mark(line.rarity), drop=3),
            TableColumn("Name", lambda line: line.name, least=12),
            TableColumn("Value", lambda line: line.value, right=True, drop=1),
            TableColumn("At (UTC)", lambda line: style.when(line.at), drop=2),
            TableColumn("State", lambda line: line.state),
        )
        page.blank()
        for line in lines:
            if line.path:
                page.say(f"{line.name}: {line.path}", style=style.LABEL)
        for line in lines:
            trouble = _trouble(line, run.delivered)
            if trouble:
                page.say(trouble, style=style.BAD)

    return Answer(
        {
            "withdrawals": [_line(line, run.delivered) for line in lines],
            "total": len(lines),
            "pending": pending,
        },
        show,
    )


def _line(line: WithdrawalLine, tried: tuple[Delivery, ...]) -> Document:
    return {**document(line), "trouble": _trouble(line, tried) or None}


def _trouble(line: WithdrawalLine, tried: tuple[Delivery, ...]) -> str:
    """Why there is no certificate yet, or an empty text if there is one."""
    if line.state is not WithdrawalState.PENDING:
        return ""
    later = f"The certificate of {line.name} is not written yet; it is tried again each time."
    return next((one.trouble for one in tried if one.withdrawal == line.id), later)
