"""What can be done with a player item of the inventory, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.content import Content
from textual.widgets import Input

from inventui.engine.inventory.models import Discard, ItemDetail, ItemLine, LockChange
from inventui.rules.core.enums import Event, Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_lock, check_move, check_sell
from inventui.screens.inventory.marks import ItemMarks
from inventui.screens.shared.item_list_text import NOTHING_MARKED
from inventui.screens.shared.item_room import look_closer
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.theme import ORANGE

if TYPE_CHECKING:
    from textual import events

ASK_FROM = Rarity.RARE
"""From this rarity up a single sale is asked about."""

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")
NOTHING_LISTED = Refusal(Reason.NOTHING_TO_DO, "There is nothing to mark.")


def why_not(line: ItemLine | None, detail: ItemDetail | None, marked: int) -> dict[str, Refusal]:
    """The actions that can't be taken now, each with its reason."""
    why: dict[str, Refusal | None] = {}
    if not marked:
        why |= dict.fromkeys(("sell_marked", "clear_marks"), NOTHING_MARKED)
    if line is None:
        why |= dict.fromkeys(("sell", "lock", "discard", "history", "look", "image"), NOTHING_HERE)
        why["mark_all"] = NOTHING_LISTED
    else:
        why["sell"] = check_sell(line.name, line.category, line.status, locked=line.locked)
        why["lock"] = check_lock(line.name, line.status)
        why["discard"] = check_move(line.name, line.status, Event.DISCARD, locked=line.locked)
        if detail is None or detail.line.id != line.id or not web_address(detail.image_url):
            why["image"] = Refusal(Reason.NOTHING_TO_DO, f"{line.name} has no picture on the web.")
    return {action: refusal for action, refusal in why.items() if refusal is not None}


def web_address(text: str) -> bool:
    """Whether a browser may be asked to open this."""
    return text.startswith(("https://", "http://")) and text.isprintable() and " " not in text


class ItemActions(ItemMarks):
    """The deeds with the player item under the cursor, each once for each press."""

    def __init__(self) -> None:
        super().__init__()
        self._why: dict[str, Refusal] = {}
        self.titles_now: dict[str, str] = {}

    # What may be done

    def mind_legal(self) -> None:
        """Find out what may be done with the player item under the cursor."""
        before = self._why.keys(), self.titles_now
        row = self.player_items.row
        self._why = self.whys(row)
        self.titles_now = self.titles(row)
        if before != (self._why.keys(), self.titles_now):
            self.refresh_bindings()

    def whys(self, row: ItemLine | None) -> dict[str, Refusal]:
        """The actions that can't be taken now, each with its reason."""
        return why_not(row, self.detail, len(self.player_items.marks))

    def titles(self, row: ItemLine | None) -> dict[str, str]:
        """What keys are called that do the contrary now."""
        return {"lock": "Unlock"} if row is not None and row.locked else {}

    def why_not(self, action: str) -> Refusal:
        """What the world says against it, else that something is still being done."""
        return self._why.get(action) or super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of what can't be done now are dim; of marks no word is said while there are none."""
        if action == "sell_marked" and action in self._why:
            return False
        return None if action in self._why else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A dim key answers why."""
        if isinstance(self.focused, Input):
            return
        for command in self.ACTIONS:
            if event.key in command.key.split(",") and command.action in self._why:
                event.stop()
                self.say_refusal(self._why[command.action])

    # Selling

    def action_sell(self) -> None:
        """Sell the player item under the cursor; a rare one only after a question."""
        line = self.player_items.row
        if line is None or self.changing(line):
            return
        if line.rarity.rank < ASK_FROM.rank:
            self.sell((line.id,), line.name)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.sell((line.id,), line.name)

        text = Content.assemble(
            "It is ", (str(line.rarity), f"$rarity-{line.rarity}"), " and brings ",
            (f"{ORANGE} {line.value:,}", "bold"), ". What is sold is gone for good.",
        )  # fmt: skip
        self.app.push_screen(ConfirmDialog(f"Sell {line.name}?", text, yes="Sell"), answered)

    # The player item under the cursor

    def action_lock(self) -> None:
        """Lock it, or unlock it."""
        line = self.player_items.row
        if line is None or self.changing(line):
            return
        player, key, locked = self.player, uuid4().hex, not line.locked

        def done(_: LockChange) -> None:
            self.changed.add(line.id)

        self.act(
            lambda: player.inventory.lock((line.id,), locked, key),
            done,
            refused=self.refused_by_world,
        )

    def action_discard(self) -> None:
        """Throw it away, after a question."""
        line = self.player_items.row
        if line is None or self.changing(line):
            return
        player, key = self.player, uuid4().hex

        def gone(outcome: Discard) -> None:
            self.changed.add(line.id)
            self.forget_marks({line.id})
            self.app.notify(f"{outcome.name} is thrown away.", markup=False)

        def answered(yes: bool | None) -> None:
            if yes:
                self.act(
                    lambda: player.inventory.discard(line.id, key),
                    gone,
                    refused=self.refused_by_world,
                )

        text = "It is gone for good and brings nothing."
        if "sell" not in self._why:
            text += f" Selling it would bring {ORANGE} {line.value:,}."
        self.app.push_screen(
            ConfirmDialog(f"Throw {line.name} away?", text, yes="Throw away", danger=True),
            answered,
        )

    def action_history(self) -> None:
        """Show all that happened to it."""
        from inventui.screens.history.item_history import ItemHistoryDialog

        line = self.player_items.row
        if line is not None:
            self.app.push_screen(ItemHistoryDialog(line.id, line.name))

    def on_long_list_chosen(self) -> None:
        """Enter, or a double click."""
        self.action_look()

    def action_look(self) -> None:
        """Show its whole card."""
        from inventui.screens.inventory.details import ItemDetailsDialog

        line = self.player_items.row
        if line is None:
            return

        def look(answer: tuple[ItemDetail | Refusal, ItemDetail | None]) -> None:
            detail, rival = answer
            if isinstance(detail, Refusal):
                self.refused_by_world(detail)
            else:
                self.app.push_screen(ItemDetailsDialog(detail, rival))

        player, worn = self.player, self.session.worn
        self.ask(lambda: look_closer(player, worn, line.id), look, group="look-closer")

    def action_image(self) -> None:
        """Open its picture in the browser."""
        if self.detail is not None and web_address(self.detail.image_url):
            self.app.open_url(self.detail.image_url)
