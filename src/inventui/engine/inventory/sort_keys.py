"""Places in a long list: where items stand in a sort order, and the shortest way to a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from inventui.engine.core.catalogue import CatalogueItem
from inventui.rules.inventory.inventory import Sort


@dataclass(frozen=True, slots=True)
class ItemStack:
    """An item that matches, how many of it, and how many more are worn, promised or locked."""

    item: CatalogueItem
    number: int
    bound: int = 0


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows `start` to `start + limit` of a run of `total`, one of which may be known."""

    start: int
    limit: int
    total: int
    anchor: tuple[int, int] | None

    def way(self) -> tuple[str, int, int | None]:
        """(direction, rows to skip, id to begin beyond) with the fewest rows skipped."""
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
        skip, direction, after = min(ways, key=lambda way: way[0])
        return direction, skip, after


def place_of(item: CatalogueItem, sort: Sort) -> tuple[Any, ...]:
    """Where an item stands in a sort order."""
    match sort:
        case Sort.VALUE:
            return (-item.value, item.id)
        case Sort.RARITY:
            return (-item.rarity.rank, -item.value, item.id)
        case _:
            return (item.name.casefold(), item.id)


def from_place(
    kinds: Sequence[ItemStack], sort: Sort, last: CatalogueItem | None, after: int | None
) -> Iterable[tuple[ItemStack, int | None]]:
    """Items from the one that `after` is of, each with the id that its rows begin below."""
    if last is None:
        return [(kind, None) for kind in kinds]
    place = place_of(last, sort)
    return [
        (kind, after if kind.item.id == last.id else None)
        for kind in kinds
        if place_of(kind.item, sort) >= place
    ]
