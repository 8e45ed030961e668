"""The drawer: a player's page as others see it."""

from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.engine.drawer.models import DrawerView
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

app = typer.Typer()


@command(app, "drawer", examples=("drawer", "drawer bob"))
def drawer(
    call: CommandRun,
    name: Annotated[
        str | None, typer.Argument(metavar="PLAYER", help="Whose; one's own without a name.")
    ] = None,
) -> Outcome:
    """Show a player's drawer; looking into another's counts as a visit."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    view = player.drawer.show(name)
    if isinstance(view, Refusal):
        return view
    document = {
        "player": documents.player(view.player),
        "worn": {
            str(slot): {
                "id": item.item_id,
                "item": item.slug,
                "name": item.name,
                "style": item.style,
                "default": item.is_default,
            }
            for slot, item in sorted(view.worn.items())
        },
        "best": [documents.item(line) for line in view.best],
        "statistics": documents.statistics(view.statistics),
        "visitors": view.visitors,
        "splats": [
            {"thrower": splat.thrower, "until": to_iso(splat.until)} for splat in view.splats
        ],
        "fed": view.fed,
    }
    return Answer(document, lambda page: _show(page, view))


def _show(page: Page, view: DrawerView) -> None:
    player = view.player
    page.say(f"{player.name} · {player.standing.rank} · {style.money(player)}")
    held = view.statistics
    page.say(
        f"{style.count(held.total_items, 'thing')} worth {held.total_value:,} oranges · "
        f"{style.count(view.visitors, 'visitor')}" + (" · BigPulp has eaten" if view.fed else "")
    )
    for splat in view.splats:
        page.say(f"{splat.thrower} threw something; it shows until {style.when(splat.until)} UTC.")
    chosen = [item for item in view.worn.values() if not item.is_default]
    if chosen:
        page.blank()
        page.table(
            (
                TableColumn("Slot"),
                TableColumn(""),
                TableColumn("Worn", least=12),
                TableColumn("Item", drop=1),
            ),
            [
                (
                    str(item.category).replace("_", " "),
                    style.mark(item.rarity),
                    item.name,
                    item.slug,
                )
                for item in sorted(chosen, key=lambda item: item.category)
            ],
        )
    if view.best:
        page.blank()
        page.table(
            (
                TableColumn("Item", right=True),
                TableColumn(""),
                TableColumn("Best", least=12),
                TableColumn("Worth", right=True),
            ),
            [(str(line.id), style.mark(line.rarity), line.name, line.value) for line in view.best],
        )
