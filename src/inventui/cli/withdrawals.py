"""Withdrawals: a player item leaves the world against a certificate."""

from contextlib import suppress
from typing import Annotated

import typer

from inventui import config
from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.documents import Document
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole
from inventui.db.errors import WorldError
from inventui.engine.withdrawals.models import Delivery, WithdrawalLine
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.withdrawals.withdrawals import WithdrawalState

app = typer.Typer()


@command(app, "withdraw", examples=("withdraw 12", "withdraw 12 --details 'For my shelf'"))
def withdraw(
    call: CommandRun,
    item: Annotated[
        int,
        typer.Argument(
            metavar="ITEM_ID", parser=whole("ITEM_ID"), help="An id as inventui inventory shows it."
        ),
    ],
    details: Annotated[
        str, typer.Option(metavar="TEXT", help="Up to 500 characters for the certificate.")
    ] = "",
    key: Key = None,
) -> Outcome:
    """Take a thing worth 10,000 or more out, against a certificate."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    done = player.withdrawals.withdraw(item, details, key=key)
    if isinstance(done, Refusal):
        return done
    tried: tuple[Delivery, ...] = ()
    # The player item has left; what can't be written or noted now is tried again.
    with suppress(WorldError):
        tried = player.withdrawals.deliver(config.certificates_dir())
    line = next(line for line in player.withdrawals.list() if line.id == done.withdrawal)
    document = {
        "operation": done.operation,
        "repeat": done.repeat,
        "rotated": done.rotated,
        "withdrawal": _line(line, tried),
    }

    def show(page: Page) -> None:
        if done.repeat:
            page.say("This was done before; nothing has changed.")
        trouble = _trouble(line, tried)
        if trouble:
            page.say(trouble, style=style.BAD)
            return
        worth = money_words(done.value, Currency.ORANGES)
        page.say(f"{done.name}, worth {worth}, is yours outside this world now.")
        page.say(f"Its certificate: {line.path}")
        if done.rotated:
            page.say("Your seed pair was retired with it, so that its roll is proved.")

    return Answer(document, show)


@command(app, "withdrawals", examples=("withdrawals",))
def withdrawals(call: CommandRun) -> Outcome:
    """List what you have withdrawn; what is pending is tried again."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    lines = player.withdrawals.list()
    pending = sum(line.state is WithdrawalState.PENDING for line in lines)
    document = {
        "withdrawals": [_line(line, call.delivered) for line in lines],
        "total": len(lines),
        "pending": pending,
    }

    def show(page: Page) -> None:
        if not lines:
            page.say("Nothing is withdrawn. To withdraw a thing: inventui withdraw ITEM_ID")
            return
        page.table(
            (
                TableColumn("", drop=3),
                TableColumn("Name", least=12),
                TableColumn("Value", right=True, drop=1),
                TableColumn("At (UTC)", drop=2),
                TableColumn("State"),
            ),
            [
                (style.mark(line.rarity), line.name, line.value, style.when(line.at), line.state)
                for line in lines
            ],
        )
        page.blank()
        for line in lines:
            if line.path:
                page.say(f"{line.name}: {line.path}", style=style.LABEL)
        for line in lines:
            trouble = _trouble(line, call.delivered)
            if trouble:
                page.say(trouble, style=style.BAD)

    return Answer(document, show)


def _line(line: WithdrawalLine, tried: tuple[Delivery, ...]) -> Document:
    return {
        "id": line.id,
        "item_id": line.item_id,
        "name": line.name,
        "category": line.category,
        "rarity": line.rarity,
        "value": line.value,
        "at": to_iso(line.at),
        "details": line.details,
        "state": line.state,
        "path": line.path or None,
        "trouble": _trouble(line, tried) or None,
    }


def _trouble(line: WithdrawalLine, tried: tuple[Delivery, ...]) -> str:
    """Why there is no certificate yet, or an empty text if there is one."""
    if line.state is not WithdrawalState.PENDING:
        return ""
    later = f"The certificate of {line.name} is not written yet; it is tried again each time."
    return next((one.trouble for one in tried if one.withdrawal == line.id), later)
