"""What can be done with a player item of the inventory, and why not."""

from __future__ import annotations

from uuid import uuid4

from textual.content import Content

from inventui.engine.inventory.models import (
    Discard,
    ItemDetail,
    ItemLine,
    LockChange,
    StackLine,
)
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import check_discard, check_lock, check_sell
from inventui.screens.inventory.items import NOTHING_HERE, OwnItems
from inventui.screens.inventory.marks import MOST_MARKED, Marks, asks_to_part
from inventui.screens.shared.how_many import ask_how_many
from inventui.screens.shared.player_items import look_closer
from inventui.widgets.frame.dialogs import ConfirmDialog
from inventui.widgets.frame.undo import undo_hint
from inventui.widgets.frame.workers import OPENING
from inventui.widgets.session import LOCKED
from inventui.widgets.theme import ORANGE

NOTHING_LISTED = Refusal(Reason.NOTHING_TO_DO, "There is nothing to mark.")


def anything(_: ItemLine) -> None:
    """None for every player item."""


def why_not_sell(line: ItemLine) -> Refusal | None:
    """None if the house would buy a player item."""
    return check_sell(line.name, line.category, line.status, locked=line.locked)


def why_not_lock(line: ItemLine) -> Refusal | None:
    """None if a player item may be locked or unlocked."""
    return check_lock(line.name, line.status)


def why_not_discard(line: ItemLine) -> Refusal | None:
    """None if a player item may be thrown away."""
    return check_discard(line.name, line.status, locked=line.locked, is_default=line.is_default)


def why_no_image(line: ItemLine, detail: ItemDetail | None) -> Refusal | None:
    """None if a player item, of which this is known, has a picture that a browser may open."""
    if detail is not None and detail.line.id == line.id and web_address(detail.image_url):
        return None
    return Refusal(Reason.NOTHING_TO_DO, f"{line.name} has no picture on the web.")


def web_address(text: str) -> bool:
    """Whether a browser may be asked to open this."""
    return text.startswith(("https://", "http://")) and text.isprintable() and " " not in text


class ItemActions:
    """What the keys do with the player item under the cursor, once for each press.

    Args:
        items: the list.
        marks: what is marked in it.
    """

    def __init__(self, items: OwnItems, marks: Marks) -> None:
        self.items, self.marks, self.room = items, marks, items.room

    def why_no_image(self) -> Refusal | None:
        """None if the player item under the cursor has a picture on the web."""
        row = self.items.row
        return NOTHING_HERE if row is None else why_no_image(row, self.items.detail)

    def name_of_lock(self) -> str:
        """What is locked is unlocked with the key that locks."""
        row = self.items.row
        return "Unlock" if row is not None and row.locked else "Lock"

    # Selling

    def sell(self) -> None:
        """Sell the player item under the cursor; a rare one only after a question."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return
        if line.count > 1:
            self._sell_some(line)
            return
        if not asks_to_part(self.room.session, (line,)):
            self.marks.sell((line.id,), line.name)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.marks.sell((line.id,), line.name)

        text = Content.assemble(
            "It is ", (str(line.rarity), f"$rarity-{line.rarity}"), " and brings ",
            (f"{ORANGE} {line.value:,}", "bold"), ". For a minute it can be taken back.",
        )  # fmt: skip
        self.room.app.push_screen(ConfirmDialog(f"Sell {line.name}?", text, yes="Sell"), answered)

    def _sell_some(self, line: StackLine) -> None:
        """Ask how many of a stack to sell; the newest of them go."""
        most = min(line.count, MOST_MARKED)
        player = self.items.player

        def ids_of(ids: tuple[int, ...]) -> None:
            self.marks.sell(ids, line.name)

        def sell(number: int) -> None:
            self.room.ask(lambda: player.inventory.pieces((line,), number), ids_of, group="pieces")

        text = Content.assemble(
            f"You have {line.count:,}; each brings ", (f"{ORANGE} {line.value:,}", "bold"),
            ". The newest go first.",
        )  # fmt: skip
        ask_how_many(
            self.room.app, f"Sell how many {line.name}?", text, sell, yes="Sell", most=most
        )

    # The player item under the cursor

    def switch_lock(self) -> None:
        """Lock it, or unlock it."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return
        player, key, locked = self.items.player, uuid4().hex, not line.locked

        def done(_: LockChange) -> None:
            self.items.changed.add(line.id)

        self.items.act(lambda: player.inventory.lock((line.id,), locked, key), done, LOCKED)

    def discard(self) -> None:
        """Throw it away; what is dear only after a question."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return
        player, key = self.items.player, uuid4().hex

        def gone(outcome: Discard) -> None:
            self.items.changed.add(line.id)
            self.marks.forget({line.id})
            said = f"{outcome.name} is thrown away.\n{undo_hint(self.room)}"
            self.room.app.notify(said, markup=False)

        def answered(yes: bool | None) -> None:
            if yes:
                self.items.act(lambda: player.inventory.discard(line.id, key), gone)

        if not asks_to_part(self.room.session, (line,), line.value):
            answered(True)
            return
        text = "It brings nothing, and can be taken back for a minute."
        if self.items.why_not(why_not_sell) is None:
            text += f" Selling it would bring {ORANGE} {line.value:,}."
        self.room.app.push_screen(
            ConfirmDialog(f"Throw {line.name} away?", text, yes="Throw away", danger=True),
            answered,
        )

    def show_history(self) -> None:
        """Show all that happened to it."""
        from inventui.screens.history.item_history import ItemHistoryDialog

        line = self.items.row
        if line is not None:
            self.room.app.push_screen(ItemHistoryDialog(line.id, line.name))

    def look(self) -> None:
        """Show its whole card."""
        from inventui.screens.inventory.details import ItemDetailsDialog

        line = self.items.row
        if line is None:
            return

        def look(answer: tuple[ItemDetail | Refusal, ItemDetail | None]) -> None:
            detail, rival = answer
            if isinstance(detail, Refusal):
                self.items.refused(detail)
            else:
                self.room.app.push_screen(ItemDetailsDialog(detail, rival))

        player, worn = self.items.player, self.room.session.worn
        self.room.ask(lambda: look_closer(player, worn, line.id), look, group=OPENING)

    def open_image(self) -> None:
        """Open its picture in the browser."""
        detail = self.items.detail
        if detail is not None and web_address(detail.image_url):
            self.room.app.open_url(detail.image_url)
