"""Gear and what waits: mending a piece with a kit, claiming out of escrow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemDetail, Use
from inventui.rules.consumables import check_repair
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import ConsumableKind, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.screens.inventory.items import OwnItems
from inventui.screens.inventory.wear import use_words
from inventui.screens.shared.player_items import idle_words, own_place
from inventui.widgets.entries import Place
from inventui.widgets.frame.toasts import ToastKind, toast

if TYPE_CHECKING:
    from inventui.engine.inventory.models import Claim, ItemLine
    from inventui.engine.world import PlayerHandle

SHOP = Place("shop", "See the shop")

NO_KIT = Refusal(Reason.NO_TARGET, "You have no repair kit. The shop has some, under Consumables.")
NOT_WAITING = Refusal(
    Reason.WRONG_STATUS, "Only what waits in escrow is claimed. It has a tab of its own."
)


def kit_of(player: PlayerHandle) -> ItemDetail | None:
    """The repair kit to take next: the one with the fewest uses left. Blocks: for a thread."""
    page = player.inventory.page(InventoryQuery(tab=InventoryTab.CONSUMABLES), limit=1_000)
    assert isinstance(page, InventoryPage)
    kits = [
        detail
        for detail in (player.inventory.detail(line.id) for line in page.items)
        if isinstance(detail, ItemDetail)
        and detail.kind is ConsumableKind.REPAIR_KIT
        and detail.line.status is Status.OWNED
    ]
    return min(kits, key=lambda kit: (kit.uses or 0, kit.line.id), default=None)


def why_not_repair(line: ItemLine) -> Refusal | None:
    """None if a player item is a piece of gear that a kit would help."""
    return check_repair(
        line.name, line.category, line.status, line.durability, line.most_durability
    )


def why_not_claim(line: ItemLine) -> Refusal | None:
    """None if a player item waits in escrow."""
    return None if line.status is Status.ESCROWED else NOT_WAITING


class Gear:
    """What the keys do with gear, and with what waits in escrow.

    Args:
        items: the list.
    """

    def __init__(self, items: OwnItems) -> None:
        self.items, self.room = items, items.room

    def is_here(self) -> bool:
        """Whether a piece of gear is under the cursor that does not wait in escrow."""
        row = self.items.row
        return row is not None and row.category in GEAR and row.status is not Status.ESCROWED

    def waits(self) -> bool:
        """Whether what is under the cursor waits in escrow."""
        return self.items.why_not(why_not_claim) is None

    def repair(self) -> None:
        """Mend the gear under the cursor with a kit."""
        line, player = self.items.row, self.items.player
        if line is None or self.items.changing(line):
            return
        refusal = why_not_repair(line)
        if refusal is not None:
            self.room.say_refusal(refusal)
            return
        key = uuid4().hex

        def take(kit: ItemDetail | None) -> None:
            if kit is None:
                toast(self.room, NO_KIT.message, ToastKind.ERROR, place=SHOP)
                return
            number = kit.line.id
            self.items.act(lambda: player.wardrobe.use(number, line.id, key), mended)

        def mended(use: Use) -> None:
            self.items.changed |= {line.id, use.item_id}
            toast(self.room, use_words(use), ToastKind.SUCCESS, title=f"✓ {use.name}")

        self.room.ask(lambda: kit_of(player), take, group="kit")

    def claim(self) -> None:
        """Take the player item under the cursor out of escrow, and follow the last of a list."""
        line, player, key = self.items.row, self.items.player, uuid4().hex
        last = self.items.listed.count == 1
        if line is None or self.items.changing(line):
            return

        def claimed(claim: Claim) -> None:
            self.items.changed.add(line.id)
            toast(
                self.room, f"{claim.name} is yours.{idle_words(claim.category)}",
                ToastKind.SUCCESS, title="✓ Claimed", place=own_place(claim.item_id),
            )  # fmt: skip
            if last:
                self.room.session.player_item = claim.item_id
                self.room.look_again()

        self.items.act(lambda: player.escrow.claim(line.id, key), claimed)
