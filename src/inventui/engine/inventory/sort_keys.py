"""Sort keys of items, and the shortest way to a range of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.rules.core.counters import BLOCK
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


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows `start` to `start + limit` of `total`, the newest first.

    Attributes:
        anchor: a known (number, id) among them.
        bounds: pairs (number, id): rows from that number on have smaller ids, those before it
            have that id or a larger one.
    """

    start: int
    limit: int
    total: int
    anchor: tuple[int, int] | None
    bounds: Sequence[tuple[int, int]] = ()

    def shortest_way(self) -> tuple[str, int, int | None]:
        """(`on` or `back`, rows to skip, id to begin after) with the fewest rows to skip."""
        end = self.start + self.limit
        ways: list[tuple[int, str, int | None]] = [
            (self.start, "on", None),
            (self.total - end, "back", None),
        ]
        if self.anchor is not None:
            place, number = self.anchor
            if self.start > place:
                ways.append((self.start - place - 1, "on", number))
            if end <= place:
                ways.append((place - end, "back", number))
        for place, number in self.bounds:
            if self.start >= place:
                ways.append((self.start - place, "on", number))
            if end <= place:
                ways.append((place - end, "back", number - 1))
        skip, direction, after = min(ways, key=lambda way: way[0])
        return direction, skip, after


def block_bounds(blocks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The bounds of a `RowRange` between blocks, given as (block, rows in it), the newest first."""
    bounds, place = [], 0
    for block, number in blocks:
        bounds.append((place, (block + 1) * BLOCK))
        place += number
    return bounds


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
