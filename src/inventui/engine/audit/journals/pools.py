"""What a case gave, and what a thing brings to a fusion, by the catalogue of then."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, OddsTableRow
from inventui.db.tables.journal import PlayerItemRow
from inventui.db.tables.select import select
from inventui.engine.audit.audited_numbers import catalogues_of
from inventui.engine.audit.check import (
    odds_tables,
    rows,
)
from inventui.rules.core.enums import Rarity
from inventui.rules.workshop import Pool


class Pools:
    """What things bring to a fusion: the next rarity in the case that each was won from."""

    def __init__(self, connection: Connection) -> None:
        """Read what is asked for again and again."""
        self._connection = connection
        self._catalogues, self._tables = catalogues_of(connection), odds_tables(connection)
        self._numbers: dict[str, int] = dict(
            rows(connection, select(OddsTableRow.hash, OddsTableRow.id))
        )
        self._categories: dict[str, str] = dict(
            rows(connection, select(ItemRow.slug, ItemRow.category))
        )

    def of(self, operation: int, rarity: str, player_items: list[int]) -> list[Pool] | None:
        """The pool of each thing; None where the cases of then are not known."""
        prices = self._catalogues.at(operation)
        if prices is None:
            return None
        cases = {slug: self.entries(digest) for slug, digest in prices.cases.items()}
        rank = Rarity(rarity).rank + 1
        found: list[Pool] = []
        for player_item in player_items:
            acquisition, source, slug = self._root(player_item)
            won_from = cases.get(source) if acquisition == "case" else None
            if won_from is None:
                holding = (each for each in cases.values() if any(e.item == slug for e in each))
                won_from = next(holding, ())
            found.append(
                tuple(
                    entry
                    for entry in won_from
                    if entry.rarity.rank == rank
                    and self._categories.get(entry.item) == "collectible"
                )
            )
        return found

    def entries(self, digest: str) -> Pool:
        """The entries of the odds table of a hash."""
        table = self._tables.get(self._numbers.get(digest, 0))
        return () if table is None else table.entries

    def _root(self, player_item: int) -> tuple[str, str, str]:
        """How, from what and as which item a thing's first owner got it."""
        at: int | None = player_item
        seen: set[int] = set()
        root = ("", "", "")
        while at is not None and at not in seen:
            seen.add(at)
            found = (
                select(
                    PlayerItemRow.acquisition,
                    PlayerItemRow.source,
                    ItemRow.slug,
                    PlayerItemRow.origin_id,
                )
                .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
                .where(PlayerItemRow.id == at)
            )
            at = None
            for *row, origin in rows(self._connection, found):
                root, at = (str(row[0]), str(row[1]), str(row[2])), origin
        return root
