"""Wearing and using what one owns: put on, take off, use up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.inventory.models import (
    InventoryPage,
    InventoryQuery,
    ItemDetail,
    ItemLine,
    Use,
)
from inventui.engine.wardrobe.models import Outfit
from inventui.rules.consumables import check_repair, check_use
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import ConsumableKind, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.rules.inventory.wardrobe import check_equip, check_unequip
from inventui.screens.inventory.items import OwnItems
from inventui.screens.people.give import PEOPLE, friends_of
from inventui.widgets.entries import Place
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.items.people_text import face
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.session import DRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.people.models import FriendLine
    from inventui.engine.world import PlayerHandle

DRAWER = Place("drawer", "See it in your drawer")

NO_FRIENDS = "It is for friends, and you have none yet. Ask somebody, or answer who asks you."
ALL_WHOLE = Refusal(Reason.NOTHING_TO_DO, "None of your gear needs mending.")


KEPT = {
    Category.BUSINESS: ("You run {} now.", "{} is shut."),
    Category.HOUSING: ("You live in {} now.", "You moved out of {}."),
}
"""What is said of a slot that nobody wears: taken up, and left."""


def why_not_equip(line: ItemLine) -> Refusal | None:
    """None if a player item may be put on, or taken off if it is worn."""
    if line.status is Status.EQUIPPED:
        return check_unequip(line.name, line.category, line.status, is_default=line.is_default)
    return check_equip(line.name, line.category, line.status)


def why_not_use(line: ItemLine) -> Refusal | None:
    """None if a player item may be used up."""
    return check_use(line.name, line.category, line.status)


def outfit_words(outfit: Outfit) -> str:
    """What went on and what came off; a business is run and a home lived in."""
    on, off = outfit.on_name, outfit.off_name
    if outfit.slot in KEPT:
        now, gone = KEPT[outfit.slot]
        said = [now.format(on)] if on is not None else []
        return " ".join(said if off is None else [*said, gone.format(off)])
    if on is None:
        return f"{off} is off."
    return f"{on} is on." if off is None else f"{on} is on. {off} came off."


def use_words(use: Use) -> str:
    """What using did, and what is left."""
    if not use.uses_left:
        return f"{use.message} That was the last of it."
    times = "once more" if use.uses_left == 1 else f"{use.uses_left} times more"
    return f"{use.message} It can be used {times}."


def worn_out(player: PlayerHandle) -> tuple[ItemDetail, ...]:
    """The gear that a repair kit would help. Blocks: for a thread."""
    page = player.inventory.page(InventoryQuery(tab=InventoryTab.GEAR), limit=100)
    assert isinstance(page, InventoryPage)
    details = (player.inventory.detail(line.id) for line in page.items)
    return tuple(
        detail
        for detail in details
        if isinstance(detail, ItemDetail)
        and check_repair(
            detail.line.name,
            detail.line.category,
            detail.line.status,
            detail.durability,
            detail.most_durability,
        )
        is None
    )


class Wearing:
    """What the keys of the wardrobe do with the player item under the cursor.

    Args:
        items: the list.
    """

    def __init__(self, items: OwnItems) -> None:
        self.items, self.room = items, items.room

    def name_of_equip(self) -> str:
        """What is worn is taken off with the key that puts on."""
        row = self.items.row
        return "Take off" if row is not None and row.status is Status.EQUIPPED else "Wear"

    # Wearing

    def equip(self) -> None:
        """Put it on, or take it off; a default goes back on where there is one."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return
        wardrobe, key = self.items.player.wardrobe, uuid4().hex
        worn = line.status is Status.EQUIPPED
        self.items.act(
            lambda: wardrobe.unequip(line.id, key) if worn else wardrobe.equip(line.id, key),
            self._dressed,
            DRESSED,
        )

    def _dressed(self, outfit: Outfit) -> None:
        self.items.changed.update(number for number in (outfit.on_id, outfit.off_id) if number)
        title = "✓ Taken off" if outfit.on_id is None else "✓ Put on"
        toast(self.room, outfit_words(outfit), ToastKind.SUCCESS, title=title, place=DRAWER)

    # Using

    def use(self) -> None:
        """Use it once; what needs a target asks for one."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return
        player = self.items.player

        def look() -> tuple[ItemDetail | Refusal, Sequence[FriendLine], Sequence[ItemDetail]]:
            return player.inventory.detail(line.id), friends_of(player), worn_out(player)

        self.room.ask(look, lambda answer: self._aim(line, *answer), group=OPENING)

    def _aim(
        self,
        line: ItemLine,
        detail: ItemDetail | Refusal,
        friends: Sequence[FriendLine],
        gear: Sequence[ItemDetail],
    ) -> None:
        """Ask at whom or at what, where it matters."""
        if isinstance(detail, Refusal):
            self.items.refused(detail)
            return
        match detail.kind:
            case ConsumableKind.POOP:
                if not friends:
                    toast(self.room, NO_FRIENDS, ToastKind.ERROR, place=PEOPLE)
                    return
                self._choose(
                    line, "Whose drawer gets it?",
                    [(f.name, MenuItem(f.name, f"{face(f)} {f.name}", f.rank)) for f in friends],
                )  # fmt: skip
            case ConsumableKind.REPAIR_KIT:
                if not gear:
                    self.room.say_refusal(ALL_WHOLE)
                    return
                self._choose(
                    line, "What shall be mended?",
                    [(piece.line.id, MenuItem(
                        str(piece.line.id), piece.line.name,
                        f"{piece.durability} of {piece.most_durability}",
                    )) for piece in gear],
                )  # fmt: skip
            case _:
                self._use(line, None)

    def _choose(
        self,
        line: ItemLine,
        question: str,
        targets: Sequence[tuple[int | str, MenuItem]],
    ) -> None:
        by_id = {item.id: target for target, item in targets}

        def chosen(which: str | None) -> None:
            if which is not None:
                self._use(line, by_id[which])

        items = [item for _, item in targets]
        self.room.app.push_screen(ChoiceDialog(f"Use {line.name}", question, items), chosen)

    def _use(self, line: ItemLine, target: int | str | None) -> None:
        player, key = self.items.player, uuid4().hex

        def used(use: Use) -> None:
            self.items.changed.add(line.id)
            toast(self.room, use_words(use), ToastKind.SUCCESS, title=f"✓ {use.name}")

        self.items.act(lambda: player.wardrobe.use(line.id, target, key), used)
