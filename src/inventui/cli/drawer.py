"""The drawer: a player's public page."""

from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import answer
from inventui.engine.drawer.models import DrawerView
from inventui.engine.wardrobe.models import WornItem

app = typer.Typer()

describe(
    DrawerView,
    "player worn best statistics visitors splats fed",
    worn=lambda view: dict(sorted(view.worn.items())),
)
describe(WornItem, "id item name style default", id="item_id", item="slug", default="is_default")


@command(app, "drawer", examples=("drawer", "drawer bob"))
def drawer(
    player: PlayerHandle,
    name: Annotated[
        str | None, typer.Argument(metavar="PLAYER", help="Whose; one's own without a name.")
    ] = None,
) -> Outcome:
    """Show a player's drawer; looking into another's counts as a visit."""
    return answer(player.drawer.show(name), _show)


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
            sorted(chosen, key=lambda item: item.category),
            TableColumn("Slot", lambda item: str(item.category).replace("_", " ")),
            MARK,
            TableColumn("Worn", lambda item: item.name, least=12),
            TableColumn("Item", lambda item: item.slug, drop=1),
        )
    if view.best:
        page.blank()
        page.table(
            view.best,
            TableColumn("Item", lambda line: str(line.id), right=True),
            MARK,
            TableColumn("Best", lambda line: line.name, least=12),
            TableColumn("Worth", lambda line: line.value, right=True),
        )
