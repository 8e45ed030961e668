"""Reads of the bazaar: the statements that find open listings along an index."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """An order among listings: a column, then the number.

    Attributes:
        index: of all items; with the item in front it is named so.
    """

    column: str
    index: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """The statements that read in an order, from its start or beyond a bound.

    A tie of many listings at one price is passed by a seek, not by reading through it, so
    what lies beyond a bound is read in two parts.
    """

    order: Order
    bounded: bool
    backwards: bool

    @property
    def falling(self) -> bool:
        """Whether numbers fall the way it is read."""
        return self.order.falling is not self.backwards

    def walk(self, also: str = "") -> str:
        """Numbers along an index: of all items, or of the item :item."""
        index = self._of_item if also else self.order.index
        return self._compound(f"listing INDEXED BY {index}", also)

    def sift(self) -> str:
        """Numbers along the index of all items, of which most match."""
        return self._compound(
            f"listing INDEXED BY {self.order.index}",
            "+item_id IN (SELECT value FROM json_each(:items))",
        )

    def gather(self) -> str:
        """Numbers item by item, sorted then: for few matches among many."""
        return self._compound(
            f"json_each(:items) j CROSS JOIN listing INDEXED BY {self._of_item}",
            "item_id = j.value",
            id_="listing.id",
        )

    def heads(self) -> str:
        """The next :each of every item."""
        parts = [
            f"SELECT j.value AS item, l.{self.order.column} AS key, l.id FROM json_each(:items) j"
            " CROSS JOIN listing l ON l.id IN (SELECT id FROM listing INDEXED BY"
            f" {self._of_item} WHERE state = 'open' AND item_id = j.value{part}"
            f" ORDER BY {self._ordered('id')} LIMIT :each)"
            for part in self._parts("id")
        ]
        return " UNION ALL ".join(parts)

    @property
    def _of_item(self) -> str:
        return self.order.index.replace("listing_open", "listing_open_item")

    def _compound(self, source: str, also: str, id_: str = "id") -> str:
        condition = "state = 'open'" + (f" AND {also}" if also else "")
        column = id_ if self.order.column == "id" else self.order.column
        parts = [
            f"SELECT {column} AS key, {id_} AS id FROM {source} WHERE {condition}{part}"
            for part in self._parts(id_)
        ]
        direction = "DESC" if self.falling else "ASC"
        return (
            f"{' UNION ALL '.join(parts)} ORDER BY 1 {direction}, 2 {direction}"
            " LIMIT :limit OFFSET :offset"
        )

    def _parts(self, id_: str) -> list[str]:
        if not self.bounded:
            return [""]
        column, compare = self.order.column, "<" if self.falling else ">"
        if column == "id":
            return [f" AND {id_} {compare} :last"]
        return [
            f" AND {column} = :key AND {id_} {compare} :last",
            f" AND {column} {compare} :key",
        ]

    def _ordered(self, id_: str) -> str:
        direction = "DESC" if self.falling else "ASC"
        first = "" if self.order.column == "id" else f"{self.order.column} {direction}, "
        return f"{first}{id_} {direction}"
