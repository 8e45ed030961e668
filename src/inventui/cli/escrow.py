"""Escrow: what waits to be claimed, and claiming it."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole
from inventui.engine.inventory.models import EscrowItem, EscrowView
from inventui.rules.core.refusal import Refusal
from inventui.rules.shop import countdown

app = typer.Typer()


@command(app, "claim", examples=("claim", "claim 12"))
def claim(
    call: CommandRun,
    item_id: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]", parser=whole("ID"), help="What to claim; without it, list what waits."
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Take a thing out of escrow, or list what waits there."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if item_id is None:
        view = player.escrow.view()
        document = {
            "items": [_item(item) for item in view.items],
            "total": len(view.items),
            "room": view.room,
            "gear": {"held": view.gear_held, "room": view.gear_room},
        }
        return Answer(document, lambda page: _show(page, view))
    done = player.escrow.claim(item_id, key)
    if isinstance(done, Refusal):
        return done
    document = {
        "operation": done.operation,
        "repeat": done.repeat,
        "item": {"id": done.item_id, "name": done.name, "category": done.category},
    }

    def show(page: Page) -> None:
        if done.repeat:
            page.say("This was done before; nothing has changed.")
        page.say(f"{done.name} is in your inventory now, as number {done.item_id}.")

    return Answer(document, show)


def _item(item: EscrowItem) -> documents.Document:
    return {
        **documents.item(item.line),
        "acquisition": item.acquisition,
        "source": item.source,
        "figures": dict(item.figures),
        "durability": item.durability,
        "refusal": None if item.refusal is None else item.refusal.reason,
    }


def _show(page: Page, view: EscrowView) -> None:
    if not view.items:
        page.say("Nothing waits in escrow.")
        return
    page.table(
        (
            TableColumn("Item", right=True),
            TableColumn(""),
            TableColumn("Name", least=10),
            TableColumn("Category", drop=2),
            TableColumn("From", drop=1),
            TableColumn("Time left", right=True),
        ),
        [
            (
                str(item.line.id),
                style.mark(item.line.rarity),
                item.line.name,
                item.line.category,
                item.source,
                _time_left(item, view.at),
            )
            for item in view.items
        ],
    )
    page.blank()
    page.say(
        f"{len(view.items)} of {view.room} places are taken. You hold {view.gear_held} of "
        f"{view.gear_room} pieces of gear."
    )


def _time_left(item: EscrowItem, at: int) -> Text:
    if item.held_until is None:
        return Text("no end")
    return Text(countdown(item.held_until - at))
