"""The shortest way to a range of rows, by place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inventui.rules.core.counters import BLOCK


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
