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
from inventui.screens.inventory.actions import NOTHING_HERE
from inventui.screens.inventory.wear import ItemWearing, use_words
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


def why_not_repair(line: ItemLine | None) -> Refusal | None:
    """None if a player item is a piece of gear that a kit would help."""
    if line is None:
        return NOTHING_HERE
    return check_repair(
        line.name, line.category, line.status, line.durability, line.most_durability
    )


class ItemGear(ItemWearing):
    """The deeds with gear, and with what waits in escrow."""

    def whys(self, row: ItemLine | None) -> dict[str, Refusal]:
        """Gear that is whole need not be mended."""
        why = super().whys(row)
        refusal = why_not_repair(row)
        if row is not None and row.category in GEAR and refusal is not None:
            why["repair"] = refusal
        return why

    def why_not(self, action: str) -> Refusal:
        """What the palette offers on player items that the keys are not for."""
        row = self.player_items.row
        if action == "repair" and (refusal := why_not_repair(row)) is not None:
            return refusal
        if action == "claim" and (row is None or row.status is not Status.ESCROWED):
            return NOT_WAITING
        return super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Mending is for gear, whose key filters by rarity elsewhere; claiming for escrow."""
        if action in ("repair", "rarity_here", "claim") and self.is_mounted:
            row = self.player_items.row
            gear = row is not None and row.category in GEAR and row.status is not Status.ESCROWED
            waits = row is not None and row.status is Status.ESCROWED
            whole = "repair" in self._why
            if not {"repair": gear and not whole, "rarity_here": not gear, "claim": waits}[action]:
                return False
        return super().check_action(action, parameters)

    def action_repair(self) -> None:
        """Mend the gear under the cursor with a kit."""
        line, player = self.player_items.row, self.player
        if line is None or self.changing(line):
            return
        refusal = why_not_repair(line)
        if refusal is not None:
            self.say_refusal(refusal)
            return
        key = uuid4().hex

        def take(kit: ItemDetail | None) -> None:
            if kit is None:
                toast(self, NO_KIT.message, ToastKind.ERROR, place=SHOP)
                return
            number = kit.line.id
            self.act(
                lambda: player.wardrobe.use(number, line.id, key),
                mended,
                refused=self.refused_by_world,
            )

        def mended(use: Use) -> None:
            self.changed |= {line.id, use.item_id}
            toast(self, use_words(use), ToastKind.SUCCESS, title=f"✓ {use.name}")

        self.ask(lambda: kit_of(player), take, group="kit")

    def action_claim(self) -> None:
        """Take the player item under the cursor out of escrow."""
        line, player, key = self.player_items.row, self.player, uuid4().hex
        if line is None or self.changing(line):
            return

        def claimed(claim: Claim) -> None:
            self.changed.add(line.id)
            toast(self, f"{claim.name} is yours.", ToastKind.SUCCESS, title="✓ Claimed")

        self.act(lambda: player.escrow.claim(line.id, key), claimed, refused=self.refused_by_world)
