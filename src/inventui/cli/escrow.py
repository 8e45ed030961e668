"""Escrow: listing what waits to be claimed, and claiming it."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.output import answer
from inventui.cli.core.parse import number_argument
from inventui.engine.inventory.models import Claim, EscrowItem, EscrowView
from inventui.rules.shop import countdown

app = typer.Typer()

describe(
    EscrowView,
    "items total room gear",
    total=lambda view: len(view.items),
    gear=lambda view: {"held": view.gear_held, "room": view.gear_room},
)
describe(
    EscrowItem,
    lambda item: {
        **document(item.line),
        "acquisition": item.acquisition,
        "source": item.source,
        "figures": item.figures,
        "durability": item.durability,
        "refusal": None if item.refusal is None else item.refusal.reason,
    },
)
describe(
    Claim,
    "operation repeat item",
    item=lambda done: {"id": done.item_id, "name": done.name, "category": done.category},
)


@command(app, "claim", examples=("claim", "claim 12"))
def claim(
    player: PlayerHandle,
    item_id: Annotated[
        int | None, number_argument("[ID]", "What to claim; without it, list what waits.")
    ] = None,
    key: Key = None,
) -> Outcome:
    """Take a thing out of escrow, or list what waits there."""
    if item_id is None:
        return answer(player.escrow.view(), _show)
    return answer(player.escrow.claim(item_id, key), _show_claim)


def _show(page: Page, view: EscrowView) -> None:
    if not view.items:
        page.say("Nothing waits in escrow.")
        return
    page.table(
        view.items,
        TableColumn("Item", lambda item: str(item.line.id), right=True),
        TableColumn("", lambda item: style.mark(item.line.rarity)),
        TableColumn("Name", lambda item: item.line.name, least=10),
        TableColumn("Category", lambda item: item.line.category, drop=2),
        TableColumn("From", lambda item: item.source, drop=1),
        TableColumn(
            "Time left",
            lambda item: (
                "no end" if item.held_until is None else countdown(item.held_until - view.at)
            ),
            right=True,
        ),
    )
    page.blank()
    page.say(
        f"{len(view.items)} of {view.room} places are taken. You hold {view.gear_held} of "
        f"{view.gear_room} pieces of gear."
    )


def _show_claim(page: Page, done: Claim) -> None:
    page.repeated(done.repeat)
    page.say(f"{done.name} is in your inventory now, as number {done.item_id}.")
