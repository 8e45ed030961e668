"""Players of this world."""

from typing import Annotated

import typer

from inventui.cli import documents, look
from inventui.cli.command import Key, Outcome, command, group
from inventui.cli.context import Call, no_players
from inventui.cli.output import Answer
from inventui.cli.page import Column, Page
from inventui.rules.refusal import Refusal

app = typer.Typer()


@group(app, "players", examples=("players add ana", "players list --json"))
def players(call: Call) -> Outcome:
    """List the players, or add one."""
    return everyone(call)


@command(app, "list")
def everyone(call: Call) -> Outcome:
    """List the players of this world."""
    cards = call.world.players.list()

    def show(page: Page) -> None:
        if not cards:
            page.say(no_players().message)
            return
        page.table(
            (
                Column("Name", least=8),
                Column("Rank", drop=2),
                Column("Experience", drop=1, right=True),
                Column("Oranges", right=True),
                Column("Gems", drop=3, right=True),
            ),
            [(c.name, c.standing.rank, c.experience, c.oranges, c.gems) for c in cards],
        )

    return Answer({"players": [documents.player(card) for card in cards]}, show)


@command(app, "add", examples=("players add ana",))
def add(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="NAME", help="1 to 32 visible characters.")],
    key: Key = None,
) -> Outcome:
    """Add a player to this world."""
    card = call.world.players.add(name, key=key)
    if isinstance(card, Refusal):
        return card

    def show(page: Page) -> None:
        page.say(f"Welcome, {card.name}: {card.standing.rank}, with {look.money(card)}.")

    return Answer({"player": documents.player(card)}, show)
