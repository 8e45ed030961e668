"""Player items that leave: given, listed at the bazaar, traded, or withdrawn with a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.bazaar.models import ListingLine
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.gifts import GiftItem, check_gift_item
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE, check_withdraw
from inventui.screens.bazaar.sell import Selling, why_not_list
from inventui.screens.inventory.items import OwnItems
from inventui.screens.inventory.marks import Marks
from inventui.screens.people.give import Giving
from inventui.screens.shared.item_choice import ItemChoice
from inventui.screens.trades.start import Trading
from inventui.screens.withdrawals.dialogs import TakenOut, TakenOutDialog, WithdrawDialog

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.people.models import GiftSent


def why_not_give(line: ItemLine) -> Refusal | None:
    """None if a player item could be given to some friend."""
    return check_gift_item(
        "",
        GiftItem(line.name, line.category, line.status, line.locked, line.is_default,
              friend_owns=False),
    )  # fmt: skip


def is_listed(line: ItemLine | None) -> bool:
    """Whether a player item stands at the bazaar."""
    return line is not None and line.status is Status.LISTED


def why_not_list_or_not(line: ItemLine) -> Refusal | None:
    """None if a player item may be listed, or taken back where it is listed."""
    return None if is_listed(line) else why_not_list(line)


def why_not_withdraw(line: ItemLine) -> Refusal | None:
    """None if a player item may leave the world; worth comes first, for it seldom changes."""
    cheap = line.value < LEAST_VALUE
    status, locked = (Status.OWNED, False) if cheap else (line.status, line.locked)
    return check_withdraw(line.name, line.value, status, locked=locked)


class HandingOver:
    """What the keys do after which a player item is somebody else's, or nobody's.

    Args:
        items: the list.
        marks: what is marked in it.
    """

    def __init__(self, items: OwnItems, marks: Marks) -> None:
        self.items, self.marks, self.room = items, marks, items.room
        self.giving = Giving(items.room, self._given)
        self.selling = Selling(items.room, items.changed.add)
        self.trading = Trading(items.room)

    def name_of_list(self) -> str:
        """What is listed is taken back with the key that lists."""
        return "Take back" if is_listed(self.items.row) else "List"

    def gift(self) -> None:
        """Give it to a friend."""
        line = self.items.row
        if line is not None and not self.items.changing(line):
            self.giving.give_player_item(line)

    def _given(self, gift: GiftSent) -> None:
        """It is not here any more."""
        if gift.item_id is not None:
            self._gone(gift.item_id)

    def list_or_take_back(self) -> None:
        """List it at the bazaar, or take it back from there."""
        line, player = self.items.row, self.items.player
        if line is None or self.items.changing(line):
            return
        if not is_listed(line):
            self.selling.list_player_item(ItemChoice.of(line))
            return

        def found(listing: ListingLine | Refusal) -> None:
            if isinstance(listing, Refusal):
                self.items.refused(listing)
            else:
                self.selling.take_back(listing)

        self.room.ask(lambda: player.bazaar.of_player_item(line.id), found, group="listing")

    def trade(self) -> None:
        """Offer it to somebody who is asked for."""
        line = self.items.row
        if line is not None and not self.items.changing(line):
            self.trading.offer_somebody(line)

    def withdraw(self) -> None:
        """Take it out of the world, after all has been said."""
        line = self.items.row
        if line is None or self.items.changing(line):
            return

        def done(taken: TakenOut | None) -> None:
            if taken is not None:
                self._gone(taken.withdrawn.item_id)
                self.room.app.push_screen(TakenOutDialog(taken))

        self.room.app.push_screen(WithdrawDialog(self.items.player, line), done)

    def _gone(self, number: int) -> None:
        self.items.changed.add(number)
        self.marks.forget({number})
