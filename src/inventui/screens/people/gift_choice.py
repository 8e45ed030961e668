"""What to give: money, or a player item; what can't be given says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.inventory.models import InventoryQuery, StackLine
from inventui.rules.core.money import Currency
from inventui.rules.people.gifts import check_gift_money
from inventui.screens.shared.choose_item import Choice, ChoicePage, ItemDialog, stacks_page
from inventui.screens.shared.item_choice import ItemChoice
from inventui.widgets.theme import money

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

PAGE = 50
MONEY = {Currency.ORANGES: "Oranges", Currency.GEMS: "Gems"}


def look_for(player: PlayerHandle, friend: str, search: str, after: int | None) -> ChoicePage:
    """What a player has, with what stands against giving it. Blocks: for a thread."""
    rows: list[Choice] = []
    if after is None:
        card = player.card()
        for currency, title in MONEY.items():
            if search.casefold() not in title.casefold():
                continue
            have = card.oranges if currency is Currency.ORANGES else card.gems
            rows.append(
                Choice(ItemChoice(title, currency=currency), money(have, currency),
                      check_gift_money(1, have, currency))
            )  # fmt: skip
    lines, onward = stacks_page(player, InventoryQuery(search=search), after, PAGE)
    rows += [_offer(player, friend, line) for line in lines]
    return ChoicePage(tuple(rows), onward)


def _offer(player: PlayerHandle, friend: str, line: StackLine) -> Choice:
    refusal = player.gifts.why_not(friend, line.id)
    return Choice(ItemChoice.of(line), money(line.value), refusal, line.count)


class GiftItemDialog(ItemDialog):
    """Answers with what is to be given, or None.

    Args:
        player: who gives.
        friend: who is to have it.
    """

    def __init__(self, player: PlayerHandle, friend: str) -> None:
        self.player, self.friend = player, friend
        super().__init__(f"Give {friend}")

    def look_for(self, search: str, after: int | None) -> ChoicePage:
        """Money first, then player items."""
        return look_for(self.player, self.friend, search, after)
