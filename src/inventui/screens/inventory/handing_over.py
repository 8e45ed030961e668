"""Player items that leave: given, listed at the bazaar, traded, or withdrawn with a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.bazaar.models import ListingLine
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.people import GiftItem, check_gift_item
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE, check_withdraw
from inventui.screens.bazaar.sell import Selling, why_not_list
from inventui.screens.inventory.actions import NOTHING_HERE
from inventui.screens.inventory.gear import ItemGear
from inventui.screens.people.give import Giving
from inventui.screens.shared.item_choice import ItemChoice
from inventui.screens.trades.side import why_not_offer
from inventui.screens.trades.start import Trading
from inventui.screens.withdrawals.dialogs import TakenOut, TakenOutDialog, WithdrawDialog

if TYPE_CHECKING:
    from inventui.engine.bazaar.models import Delisted, Listed
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


class ItemLeaving(ItemGear, Giving, Selling, Trading):
    """The deeds after which a player item is somebody else's, or nobody's."""

    def whys(self, row: ItemLine | None) -> dict[str, Refusal]:
        """What is worn or locked stays."""
        why = super().whys(row)
        if row is None:
            return why | dict.fromkeys(("gift", "list", "trade", "withdraw"), NOTHING_HERE)
        refusals = {
            "gift": why_not_give(row),
            "list": None if is_listed(row) else why_not_list(row),
            "trade": why_not_offer(row),
            "withdraw": check_withdraw(row.name, row.value, row.status, locked=row.locked),
        }
        return why | {action: why_not for action, why_not in refusals.items() if why_not}

    def titles(self, row: ItemLine | None) -> dict[str, str]:
        """What is listed is taken back with the key that lists."""
        return super().titles(row) | ({"list": "Take back"} if is_listed(row) else {})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Withdrawing is only spoken of where a player item is worth it."""
        if action == "withdraw" and self.is_mounted:
            row = self.player_items.row
            if row is None or row.value < LEAST_VALUE:
                return False
        return super().check_action(action, parameters)

    def action_gift(self) -> None:
        """Give it to a friend."""
        line = self.player_items.row
        if line is not None and not self.changing(line):
            self.give_player_item(line)

    def given(self, gift: GiftSent) -> None:
        """It is not here any more."""
        if gift.item_id is not None:
            self._gone(gift.item_id)

    def action_list(self) -> None:
        """List it at the bazaar, or take it back from there."""
        line, player = self.player_items.row, self.player
        if line is None or self.changing(line):
            return
        if not is_listed(line):
            self.list_player_item(ItemChoice.of(line))
            return

        def found(listing: ListingLine | Refusal) -> None:
            if isinstance(listing, Refusal):
                self.refused_by_world(listing)
            else:
                self.take_back(listing)

        self.ask(lambda: player.bazaar.of_player_item(line.id), found, group="listing")

    def listed(self, listed: Listed) -> None:
        """It stands at the bazaar: neither sold to the house nor worn until it is back."""
        self.changed.add(listed.item_id)

    def taken_back(self, delisted: Delisted) -> None:
        """It is home."""
        self.changed.add(delisted.item_id)

    def action_trade(self) -> None:
        """Offer it to somebody who is asked for."""
        line = self.player_items.row
        if line is not None and not self.changing(line):
            self.offer_somebody(line)

    def action_withdraw(self) -> None:
        """Take it out of the world, after all has been said."""
        line = self.player_items.row
        if line is None or self.changing(line):
            return

        def done(taken: TakenOut | None) -> None:
            if taken is not None:
                self._gone(taken.withdrawn.item_id)
                self.app.push_screen(TakenOutDialog(taken))

        self.app.push_screen(WithdrawDialog(self.player, line), done)

    def _gone(self, number: int) -> None:
        self.changed.add(number)
        self.forget_marks({number})
