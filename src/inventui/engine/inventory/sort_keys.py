"""Sort keys of items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.rules.inventory.inventory import Sort


@dataclass(frozen=True, slots=True)
class ItemStack:
    """An item that matches a query.

    Attributes:
        number: how many player items of it match.
        bound: how many more there are that are worn, listed, offered or locked.
    """

    item: CatalogueItem
    number: int
    bound: int = 0


def sort_key(item: CatalogueItem, sort: Sort) -> tuple[int | str, ...]:
    """The sort key of an item."""
    match sort:
        case Sort.VALUE:
            return (-item.value, item.id)
        case Sort.RARITY:
            return (-item.rarity.rank, -item.value, item.id)
        case _:
            return (item.name.casefold(), item.id)


def from_last(
    stacks: Sequence[ItemStack], sort: Sort, last: CatalogueItem | None, after: int | None
) -> Iterable[tuple[ItemStack, int | None]]:
    """The items that come at or after `last`, each with the id below which its rows begin.

    Args:
        stacks: the items, in order.
        sort: their order.
        last: the item of the player item that ended the page before, or None at the beginning.
        after: the number of that player item.
    """
    if last is None:
        return [(stack, None) for stack in stacks]
    place = sort_key(last, sort)
    return [
        (stack, after if stack.item.id == last.id else None)
        for stack in stacks
        if sort_key(stack.item, sort) >= place
    ]
