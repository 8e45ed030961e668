"""The catalogue: the items and cases of a world, kept in memory.

An item and an odds table never change under their number, so each is read once. What may
change, such as the odds that a case has in force, is read in the transaction that asks.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.db.store import Store
from inventui.engine.core.catalogue_item import CatalogueItem, items_of
from inventui.engine.core.models import CaseDetail, CaseSummary
from inventui.rules.cases.canonical import from_canonical
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.sprite import drawn
from inventui.rules.core.text import as_typed, listed
from inventui.rules.workshop import NAME, is_fusion


class _Case(NamedTuple):
    slug: str
    name: str
    description: str
    price: int
    sprite: str
    odds_table_id: int
    canonical: str


_WHERE_IDS_ARE = " inventui shop lists ids, and inventui odds CASE --json what a case gives."
"""What helps who names an item that nothing is called like."""

_CASE_SHOWN = Statement(
    "SELECT c.slug, c.name, c.description, c.price, c.sprite, c.odds_table_id, o.canonical"
    " FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
    " WHERE c.slug = :slug AND c.active = 1",
    _Case,
)


class _CaseNow(NamedTuple):
    id: int
    slug: str
    name: str
    sprite: str
    odds_table_id: int


_CASES_NOW = Statement(
    "SELECT id, slug, name, sprite, odds_table_id FROM case_box WHERE active = 1 ORDER BY position",
    _CaseNow,
)


_CASE_BY_ODDS = Statement(
    "SELECT c.slug, c.name, c.description, c.price, c.sprite, o.id AS odds_table_id, o.canonical"
    " FROM odds_table o JOIN case_box c ON c.slug = json_extract(o.canonical, '$.case')"
    " WHERE o.hash = :hash",
    _Case,
)


class _Odds(NamedTuple):
    id: int
    canonical: str


_ODDS_NOW = Statement(
    "SELECT o.id, o.canonical FROM case_box c JOIN odds_table o ON o.id = c.odds_table_id"
    " WHERE c.active = 1",
    _Odds,
)


_ODDS_BY_HASH = Statement("SELECT id, canonical FROM odds_table WHERE hash = :hash", _Odds)


CASE_ODDS = Statement("SELECT odds_table_id FROM case_box WHERE slug = :slug AND active = 1", int)


_ODDS = Statement("SELECT canonical FROM odds_table WHERE id = :id", str)


_KEEP_ODDS = Statement(
    "INSERT INTO odds_table (hash, canonical) SELECT :hash, :canonical"
    " WHERE NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = :hash)"
)


_IS_PLAIN = Statement("SELECT 1 FROM pack_layer WHERE pack = :pack AND plain = 1", int)


_KEPT_ODDS = Statement("SELECT id FROM odds_table WHERE hash = :hash", int)


@dataclass(frozen=True, slots=True)
class CaseInForce:
    """A case that can be opened, with the odds that are in force in a transaction."""

    id: int
    slug: str
    name: str
    sprite: str
    odds: OddsTable


class Catalogue:
    """The catalogue of one world."""

    def __init__(self, store: Store) -> None:
        """A catalogue that reads from `store` what it does not know yet."""
        self._store = store
        self._lock = Lock()
        self._items: dict[int, CatalogueItem] = {}
        self._by_slug: dict[str, CatalogueItem] = {}
        self._odds: dict[int, OddsTable] = {}

    def cases(self) -> tuple[CaseSummary, ...]:
        """Every case that can be opened, in the pack's order."""
        with self._store.read() as connection:
            rows = connection.execute(_CASES_NOW).all()
            if any(row.odds_table_id not in self._odds for row in rows):
                for kept in connection.execute(_ODDS_NOW):
                    self._parse(kept.id, kept.canonical)
            tables = [self.odds(connection, row.odds_table_id) for row in rows]
        summaries = []
        for row, odds in zip(rows, tables, strict=True):
            best = odds.best
            summaries.append(
                CaseSummary(
                    id=row.slug,
                    name=row.name,
                    price=odds.price,
                    return_to_player=odds.return_to_player,
                    best_name=best.name,
                    best_value=best.value,
                    best_rarity=best.rarity,
                )
            )
        return tuple(summaries)

    def case(self, case_id: str) -> CaseDetail | Refusal:
        """One case with its odds table, or a refusal naming those there are.

        Args:
            case_id: its id, also with its pack before it, or without that if it is the only one.
        """
        with self._store.read() as connection:
            row = connection.execute(_CASE_SHOWN, {"slug": case_id}).first()
            if row is None:
                known = [row.slug for row in connection.execute(_CASES_NOW)]
                slug = _meant(connection, case_id, set(known))
                row = connection.execute(_CASE_SHOWN, {"slug": slug}).first()
            if row is None:
                return unknown_case(case_id, known)
            return self._detail(connection, row)

    def case_as_opened(self, odds_hash: str) -> CaseDetail | Refusal:
        """A case as it was with a kept odds table, even if it is opened no more.

        The odds of a fusion are shown as those of a case called the workshop.
        """
        with self._store.read() as connection:
            row = connection.execute(_CASE_BY_ODDS, {"hash": odds_hash}).first()
            if row is not None:
                return self._detail(connection, row)
            kept = connection.execute(_ODDS_BY_HASH, {"hash": odds_hash}).first()
            odds = None if kept is None else self._parse(kept.id, kept.canonical)
            if odds is not None and is_fusion(odds):
                return self._shown(connection, odds, NAME)
        return Refusal(
            Reason.UNKNOWN_CASE, "No case ever had these odds.", {"odds_hash": odds_hash}
        )

    def _detail(self, connection: Connection, row: _Case) -> CaseDetail:
        odds = self._parse(row.odds_table_id, row.canonical)
        return self._shown(connection, odds, row.name, row.description, row.sprite)

    def _shown(
        self,
        connection: Connection,
        odds: OddsTable,
        name: str,
        description: str = "",
        sprite: str = "",
    ) -> CaseDetail:
        won = [e.item and self.by_slug(connection, e.item) for e in odds.entries]
        return CaseDetail(
            id=odds.case,
            name=name,
            description=description,
            price=odds.price,
            sprite=sprite,
            odds=odds,
            sprites=tuple(
                drawn(item.sprite, item.emoji, entry.rarity) if item else ""
                for item, entry in zip(won, odds.entries, strict=True)
            ),
            emoji=tuple(item.emoji if item else "" for item in won),
        )

    def odds_in_force(
        self, connection: Connection, case_id: str
    ) -> tuple[int, OddsTable] | Refusal:
        """The number and content of the odds table that a case has in this transaction."""
        number = connection.execute(CASE_ODDS, {"slug": case_id}).first()
        if number is None:
            return unknown_case(case_id, [row.slug for row in connection.execute(_CASES_NOW)])
        return number, self.odds(connection, number)

    def in_force(self, connection: Connection) -> tuple[CaseInForce, ...]:
        """Every case that can be opened in this transaction, in the pack's order."""
        return tuple(
            CaseInForce(
                row.id, row.slug, row.name, row.sprite, self.odds(connection, row.odds_table_id)
            )
            for row in connection.execute(_CASES_NOW).all()
        )

    def odds(self, connection: Connection, number: int) -> OddsTable:
        """An odds table by its number, whether it is in force or not."""
        table = self._odds.get(number)
        if table is None:
            canonical = connection.execute(_ODDS, {"id": number}).one()
            table = self._parse(number, canonical)
        return table

    def item(self, connection: Connection, number: int) -> CatalogueItem:
        """An item by its number."""
        # Another program may have loaded a newer pack meanwhile.
        if number not in self._items:
            self._load(connection)
        return self._items[number]

    def by_slug(self, connection: Connection, slug: str) -> CatalogueItem:
        """An item by its slug, which must exist.

        Raises:
            KeyError: there is none.
        """
        if slug not in self._by_slug:
            self._load(connection)
        return self._by_slug[slug]

    def find(self, connection: Connection, slug: str) -> CatalogueItem | Refusal:
        """An item by a slug that a person wrote, or a refusal that names near ones."""
        from difflib import get_close_matches

        try:
            return self.by_slug(connection, slug)
        except KeyError:
            near = get_close_matches(slug, self._by_slug, n=3, cutoff=0.5)
            hint = f" Did you mean {', '.join(near)}?" if near else _WHERE_IDS_ARE
            return Refusal(
                Reason.UNKNOWN_ITEM,
                f"The catalogue has no item {as_typed(slug)}.{hint}",
                {"item": slug},
            )

    def read_anew(self) -> None:
        """Read the items once more, because packs of the world were changed."""
        with self._store.read() as connection:
            self._load(connection)

    def _load(self, connection: Connection) -> None:
        with self._lock:
            for item in items_of(connection):
                self._items[item.id] = self._by_slug[item.slug] = item

    def _parse(self, number: int, canonical: str) -> OddsTable:
        if number not in self._odds:
            self._odds[number] = from_canonical(canonical)
        return self._odds[number]


def _meant(connection: Connection, written: str, known: Set[str]) -> str:
    """The id in the catalogue that somebody means, or what they wrote."""
    if written in known:
        return written
    pack, colon, short = written.rpartition(":")
    if colon:
        plain = short in known and connection.execute(_IS_PLAIN, {"pack": pack}).first()
        return short if plain else written
    longer = [slug for slug in known if slug.endswith(f":{written}")]
    return longer[0] if len(longer) == 1 else written


def keep_odds(connection: Connection, table: OddsTable) -> int:
    """Store an odds table for ever, once for its hash; returns its number."""
    connection.execute(_KEEP_ODDS, {"hash": table.hash, "canonical": table.canonical()})
    return int(connection.execute(_KEPT_ODDS, {"hash": table.hash}).one())


def unknown_case(case_id: str, known: list[str]) -> Refusal:
    """The refusal for a name that no case has."""
    return Refusal(
        Reason.UNKNOWN_CASE,
        f"There is no case {as_typed(case_id)}.{listed(known)}",
        {"case": case_id, "known": known},
    )
