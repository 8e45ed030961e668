"""The wardrobe: putting on, taking off, using up."""

from typing import Annotated

import typer

from inventui.cli.core import documents
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.core.categories import SLOTS, Category
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable

app = typer.Typer()

ItemId = Annotated[
    int,
    typer.Argument(
        metavar="ID", parser=whole("ID"), help="A thing's id as inventui inventory shows it."
    ),
]


@command(app, "equip", examples=("equip 12",))
def equip(call: CommandRun, item_id: ItemId, key: Key = None) -> Outcome:
    """Put a thing on; what was in its slot comes off."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    return _answer(player.wardrobe.equip(item_id, key=key))


@command(app, "unequip", examples=("unequip 12", "unequip frame"))
def unequip(
    call: CommandRun,
    what: Annotated[
        str, typer.Argument(metavar="ID|SLOT", help="A thing's id, or a slot such as frame.")
    ],
    key: Key = None,
) -> Outcome:
    """Take a thing off; a default goes back on where there is one."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    wanted = slot_or_id(what)
    if isinstance(wanted, Refusal):
        return wanted
    return _answer(player.wardrobe.unequip(wanted, key=key))


def slot_or_id(what: str) -> int | Category | Refusal:
    """A thing's number, or a slot by its word; hyphens and capitals are as good."""
    if what.isascii() and what.isdigit():
        return int(what)
    slot = what.lower().replace("-", "_")
    if slot in SLOTS:
        return Category(slot)
    return Refusal(
        Reason.UNKNOWN_SLOT,
        f"{printable(what)!r} is neither a thing's id nor a slot. "
        f"Slots are: {', '.join(sorted(SLOTS))}.",
        {"slot": what},
    )


def _answer(outfit: Outfit | Refusal) -> Outcome:
    if isinstance(outfit, Refusal):
        return outfit
    document: documents.Document = {
        "operation": outfit.operation,
        "repeat": outfit.repeat,
        "slot": outfit.slot,
        "on": _part(outfit.on_id, outfit.on_name),
        "off": _part(outfit.off_id, outfit.off_name),
    }
    words = [f"On: {outfit.on_name}."] if outfit.on_name else []
    words += [f"Off: {outfit.off_name}."] if outfit.off_name else []
    return Answer(document, lambda page: page.say(" ".join(words)))


def _part(number: int | None, name: str | None) -> documents.Document | None:
    return None if number is None else {"id": number, "name": name}


@command(app, "use", examples=("use 12", "use 12 --on bob", "use 12 --on 31"))
def use(
    call: CommandRun,
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
    player = call.player()
    if isinstance(player, Refusal):
        return player
    used = player.wardrobe.use(item_id, on, key=key)
    if isinstance(used, Refusal):
        return used
    document = {
        "operation": used.operation,
        "repeat": used.repeat,
        "id": used.item_id,
        "name": used.name,
        "kind": used.kind,
        "uses_left": used.uses_left,
        "target": used.target,
        "message": used.message,
    }
    left = f" {used.uses_left} left." if used.uses_left else " That was the last of it."
    return Answer(document, lambda page: page.say(used.message + left))
