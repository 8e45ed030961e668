"""What was chosen to be given, offered or sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.people.models import GiftSent


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """What is to be given: a player item by its number, or a currency whose amount is asked for."""

    name: str
    item_id: int | None = None
    rarity: Rarity | None = None
    currency: Currency = Currency.ORANGES

    @classmethod
    def of(cls, line: ItemLine) -> ItemChoice:
        """A player item of the inventory."""
        return cls(line.name, line.id, line.rarity)

    def words(self, gift: GiftSent) -> str:
        """What was given, for a sentence."""
        if gift.name is not None:
            return gift.name
        return money_words(gift.oranges or gift.gems, self.currency)
