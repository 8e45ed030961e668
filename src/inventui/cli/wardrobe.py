"""The wardrobe: `equip`, `unequip`, and `use` for consumables."""

from typing import Annotated

import typer

from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import Document, describe
from inventui.cli.core.output import answer
from inventui.cli.core.parse import number_argument
from inventui.engine.inventory.models import Use
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import SLOTS, Category
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import as_typed

app = typer.Typer()

ItemId = Annotated[int, number_argument("ID", "A thing's id as inventui inventory shows it.")]


def _part(number: int | None, name: str | None) -> Document | None:
    return None if number is None else {"id": number, "name": name}


describe(
    Outfit,
    "operation repeat slot on off",
    on=lambda outfit: _part(outfit.on_id, outfit.on_name),
    off=lambda outfit: _part(outfit.off_id, outfit.off_name),
)
describe(Use, "operation repeat id name kind uses_left target message", id="item_id")


@command(app, "equip", examples=("equip 12",))
def equip(player: PlayerHandle, item_id: ItemId, key: Key = None) -> Outcome:
    """Put a thing on; what was in its slot comes off."""
    return answer(player.wardrobe.equip(item_id, key=key), _show_outfit)


@command(app, "unequip", examples=("unequip 12", "unequip frame"))
def unequip(
    player: PlayerHandle,
    what: Annotated[
        str, typer.Argument(metavar="ID|SLOT", help="A thing's id, or a slot such as frame.")
    ],
    key: Key = None,
) -> Outcome:
    """Take a thing off; a default goes back on where there is one."""
    wanted = slot_or_id(what)
    if isinstance(wanted, Refusal):
        return wanted
    return answer(player.wardrobe.unequip(wanted, key=key), _show_outfit)


def slot_or_id(what: str) -> int | Category | Refusal:
    """The number of a player item, or a slot; capitals and hyphens in its word don't matter."""
    if what.isascii() and what.isdigit():
        return int(what)
    slot = what.lower().replace("-", "_")
    if slot in SLOTS:
        return Category(slot)
    return Refusal(
        Reason.UNKNOWN_SLOT,
        f"{as_typed(what)} is neither a thing's id nor a slot. "
        f"Slots are: {', '.join(sorted(SLOTS))}.",
        {"slot": what},
    )


def _show_outfit(page: Page, outfit: Outfit) -> None:
    words = [f"On: {outfit.on_name}."] if outfit.on_name else []
    words += [f"Off: {outfit.off_name}."] if outfit.off_name else []
    page.say(" ".join(words))


@command(app, "use", examples=("use 12", "use 12 --on bob", "use 12 --on 31"))
def use(
    player: PlayerHandle,
    item_id: ItemId,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="NAME|ID",
            help="The friend at whom it is thrown, or the gear that it mends.",
        ),
    ] = None,
    key: Key = None,
) -> Outcome:
    """Use a consumable once."""
    return answer(player.wardrobe.use(item_id, on, key=key), _show_use)


def _show_use(page: Page, used: Use) -> None:
    left = f" {used.uses_left} left." if used.uses_left else " That was the last of it."
    page.say(used.message + left)
