"""Statements that find the numbers of open listings along an index, in an order."""

from dataclasses import dataclass

_PART = "SELECT {column} AS key, {id} AS id{also_read} FROM {source} WHERE {condition}"
_GLANCE = (
    "SELECT key, id FROM ({seen}) seen WHERE item_id IN (SELECT value FROM json_each(:items))"
    " ORDER BY {order} LIMIT :limit OFFSET :offset"
)
_HEADS = (
    "SELECT j.value AS item, (SELECT json_group_array(json_array(key, id)) FROM ({next}) next)"
    " AS heads FROM json_each(:items) j"
)


@dataclass(frozen=True, slots=True)
class ListingOrder:
    """An order of listings: by a column, then by number.

    Attributes:
        column: of `listing`.
        index: over all items; the one with the item in front is named `listing_open_item…`.
        own: the same of each seller's listings.
        falling: whether the largest comes first.
    """

    column: str
    index: str
    own: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """The statements that read in an order, from its start or beyond a bound.

    A bound inside a tie (thousands of listings at one price) must be a seek, not a scan through
    the tie, so a bounded read has two parts: the rest of the tie, then what lies beyond it. A
    row-value comparison over mixed columns would be one part, and slow.

    Attributes:
        order: the order.
        bounded: whether it begins beyond `:key`, `:last` instead of at the start.
        backwards: whether it is read from its end.
        mine: whether the seller :me's listings alone are read.
    """

    order: ListingOrder
    bounded: bool
    backwards: bool
    mine: bool = False

    @property
    def falling(self) -> bool:
        """Whether values fall in the direction of reading."""
        return self.order.falling is not self.backwards

    def walk(self, also: str = "") -> str:
        """Along an index: of all items, or with `also` of the item :item alone."""
        index = self._of_item if also else self._index
        return self._compound(f"listing INDEXED BY {index}", also)

    def sift(self) -> str:
        """Along the index of all items, dropping items not in :items: for when most match."""
        return self._compound(
            f"listing INDEXED BY {self._index}",
            "+item_id IN (SELECT value FROM json_each(:items))",
        )

    def gather(self) -> str:
        """Item by item, then sorted: for when few match."""
        return self._compound(
            f"json_each(:items) j CROSS JOIN listing INDEXED BY {self._of_item}"
            " ON item_id = j.value",
            "",
            id_="listing.id",
        )

    def glance(self) -> str:
        """Those of :items among the next :seen along the index of all items."""
        seen = self._compound(
            f"listing INDEXED BY {self.order.index}", "", also_read=", item_id", limit=":seen"
        )
        return _GLANCE.format(seen=seen, order=self._ordered("key", "id"))

    def heads(self, *, upto: bool = False) -> str:
        """The next :each of every item in :items, up to :upto if asked, as JSON per item."""
        last = f" AND {self.order.column} {'>=' if self.falling else '<='} :upto"
        next_ = self._compound(
            f"listing INDEXED BY {self._of_item}",
            f"item_id = j.value{last * upto}",
            limit=":each",
        )
        return _HEADS.format(next=next_)

    @property
    def _index(self) -> str:
        return self.order.own if self.mine else self.order.index

    @property
    def _of_item(self) -> str:
        # Of one seller there is only the order of price.
        if self.mine:
            return "listing_own_item"
        return self.order.index.replace("listing_open", "listing_open_item")

    def _compound(
        self,
        source: str,
        also: str,
        *,
        id_: str = "id",
        also_read: str = "",
        limit: str = ":limit OFFSET :offset",
    ) -> str:
        mine = " AND seller_id = :me" if self.mine else ""
        condition = f"state = 'open'{mine}" + (f" AND {also}" if also else "")
        column = id_ if self.order.column == "id" else self.order.column
        parts = [
            _PART.format(
                column=column,
                id=id_,
                also_read=also_read,
                source=source,
                condition=condition + part,
            )
            for part in self._parts(id_)
        ]
        return f"{' UNION ALL '.join(parts)} ORDER BY {self._ordered('1', '2')} LIMIT {limit}"

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

    def _ordered(self, *columns: str) -> str:
        direction = "DESC" if self.falling else "ASC"
        return ", ".join(f"{column} {direction}" for column in columns)
