"""History: a thing's way from its roll or purchase to now."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from inventui.cli import documents, look
from inventui.cli.command import Outcome, command
from inventui.cli.context import Call
from inventui.cli.output import Answer
from inventui.cli.page import Column, Page
from inventui.cli.parse import whole
from inventui.engine.models import ItemHistory
from inventui.rules.clock import to_iso
from inventui.rules.refusal import Refusal

app = typer.Typer()


@command(app, "history", examples=("history 12",))
def history(
    call: Call,
    item: Annotated[
        int,
        typer.Argument(
            metavar="ITEM_ID", parser=whole("ITEM_ID"), help="An id as inventui inventory shows it."
        ),
    ],
) -> Outcome:
    """Show where a thing came from and everything that happened to it."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    found = player.history.of(item)
    if isinstance(found, Refusal):
        return found
    document = {
        "item": documents.item(found.item),
        "events": [
            {
                "at": to_iso(event.at),
                "from": event.from_status,
                "to": event.to_status,
                "event": event.event,
                "operation": event.operation,
                "kind": event.kind,
                "player": event.player,
                "item_id": event.item_id,
            }
            for event in found.events
        ],
        "origin": dict(found.origin),
    }
    return Answer(document, lambda page: _show(page, found))


def _show(page: Page, found: ItemHistory) -> None:
    line = found.item
    page.say(look.mark(line.rarity), " ", line.name, f", worth {line.value:,}, {line.status}")
    page.blank()
    page.table(
        (
            Column("At (UTC)", drop=1),
            Column("Event"),
            Column("From", drop=2),
            Column("To"),
            Column("Player", least=6),
            Column("Operation", drop=3, right=True),
            Column("Item", drop=4, right=True),
        ),
        [
            (
                look.when(event.at),
                event.event.replace("_", " "),
                event.from_status or "–",
                event.to_status,
                event.player,
                str(event.operation),
                str(event.item_id),
            )
            for event in found.events
        ],
    )
    page.blank()
    page.heading("Origin")
    page.facts(list(_flat(found.origin)))


def _flat(origin: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in origin.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        elif value is not None:
            yield name.replace("_", " "), str(value)
