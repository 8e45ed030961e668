"""Collections: the pieces of each case, how many of them a player has, and the reward for all."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.guards.sql import HELD_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import unknown_case
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.ledger import gain_experience, purse_of, receive
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.core.settings import setting
from inventui.engine.workshop.models import CollectionPiece, CollectionView, Completed
from inventui.rules.collections import check_complete, reward, shrunk_setting
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

KIND = "complete"
"""The kind of the operation that pays a collection's reward."""


class _CollectionRow(NamedTuple):
    id: int
    slug: str
    name: str
    sprite: str
    odds_table_id: int
    at: int | None
    oranges: int | None
    gems: int | None


# A case that the pack no longer has is shown to those who completed its collection.
_COLLECTIONS = Statement(
    "SELECT c.id, c.slug, c.name, c.sprite, c.odds_table_id, d.at, d.oranges, d.gems"
    " FROM case_box c LEFT JOIN completion d ON d.case_id = c.id AND d.player_id = :player"
    " WHERE c.active = 1 OR d.id IS NOT NULL ORDER BY c.active DESC, c.position, c.id",
    _CollectionRow,
)


class _Held(NamedTuple):
    item_id: int
    held: int
    piece: int | None


# The piece is the first that counted for no reward yet; few of a kind ever did.
_HELD = Statement(
    "SELECT h.item_id, h.held, CASE WHEN h.held > 0 THEN (SELECT p.id FROM player_item p"
    " WHERE p.player_id = h.player_id AND p.item_id = h.item_id AND p.{held}"
    " AND NOT EXISTS (SELECT 1 FROM counted_piece c WHERE c.player_item_id = p.id)"
    " ORDER BY p.id LIMIT 1) END AS piece FROM holding h WHERE h.player_id = :player",
    _Held,
    held=HELD_SQL,
)
_SINCE = Statement(
    "SELECT 1 FROM json_each(:items) j CROSS JOIN player_item p ON p.player_id = :player"
    " AND p.item_id = j.value AND p.{held} AND p.id > :since LIMIT 1",
    int,
    held=HELD_SQL,
)


class _PieceRow(NamedTuple):
    id: int
    item_id: int


_PIECES = Statement(
    "SELECT p.id, p.item_id FROM json_each(:ids) j CROSS JOIN player_item p ON p.id = j.value"
    " WHERE p.player_id = :player ORDER BY p.id",
    _PieceRow,
)
_OTHERS = Statement(
    "SELECT i.id FROM json_each(:items) j CROSS JOIN item i ON i.id = j.value WHERE EXISTS"
    " (SELECT 1 FROM player_item p INDEXED BY player_item_held_of_item"
    " WHERE p.player_id = :player AND p.item_id = i.id AND p.{held}"
    " AND p.id NOT IN (SELECT value FROM json_each(:ids))"
    " AND NOT EXISTS (SELECT 1 FROM counted_piece c WHERE c.player_item_id = p.id))",
    int,
    held=HELD_SQL,
)
_COMPLETE = Statement(
    "INSERT INTO completion (operation_id, player_id, case_id, at, oranges, gems)"
    " VALUES (:operation, :player, :case, :at, :oranges, :gems) RETURNING id",
    int,
)
_COUNT = Statement(
    "INSERT INTO counted_piece (operation_id, completion_id, player_item_id)"
    " VALUES (:operation, :completion, :piece)"
)


@dataclass(frozen=True, slots=True)
class _Collection:
    """A collection with its case's number and the player's pieces that still count."""

    case: int
    view: CollectionView
    pieces: tuple[int, ...]


class Collections:
    """One player's collections."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def list(self) -> tuple[CollectionView, ...]:
        """Every collection, in the pack's order of cases."""
        with self._world.store.read() as connection:
            return tuple(found.view for found in self._all(connection))

    def ready(self, connection: Connection) -> tuple[CollectionView, ...]:
        """Those whose reward may be taken, in a read that is under way."""
        views = (found.view for found in self._all(connection))
        return tuple(view for view in views if view.refusal is None)

    def view(self, slug: str) -> CollectionView | Refusal:
        """One collection, or a refusal naming those there are."""
        with self._world.store.read() as connection:
            found = self._find(connection, slug)
        return found if isinstance(found, Refusal) else found.view

    def spare(self, ids: Collection[int]) -> tuple[int, ...]:
        """Those of these player items that no collection would miss whose reward is to come.

        Of a piece that the player has nowhere else the oldest is none of them.
        """
        with self._world.store.read() as connection:
            missed = {
                piece.slug
                for found in self._all(connection)
                if found.view.done_at is None
                for piece in found.view.pieces
            }
            asked = {"player": self._handle.id, "ids": json.dumps(list(ids))}
            pieces = connection.execute(_PIECES, asked).all()
            items = {piece.item_id for piece in pieces}
            needed = {
                number
                for number in items
                if self._world.catalogue.item(connection, number).slug in missed
            }
            others = connection.execute(_OTHERS, asked | {"items": json.dumps(list(items))})
            needed.difference_update(others)
        spare = []
        for piece in pieces:
            if piece.item_id in needed:
                needed.remove(piece.item_id)
            else:
                spare.append(piece.id)
        return tuple(spare)

    def complete(self, slug: str, key: str | None = None) -> Completed | Refusal:
        """Take the reward of a collection of which the player holds every piece now.

        Each collection rewards a player once, and each piece counts for one reward, whatever
        becomes of the pieces afterwards.

        Args:
            slug: the case's.
            key: idempotency key.
        """
        intent = Intent(KIND, {"case": slug}, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._complete(draft, slug), Completed)

    def _complete(self, draft: Draft, slug: str) -> Completed | Refusal:
        connection, player, house = draft.connection, self._handle.id, self._world.house
        found = self._find(connection, slug)
        if isinstance(found, Refusal):
            return found
        view = found.view
        if view.refusal is not None:
            return view.refusal
        given = reward([piece.value for piece in view.pieces])
        purse = purse_of(connection, player)

        operation = draft.begin()
        oranges, gems = (
            receive(operation, house, purse, HouseAccount.ACHIEVEMENT, currency, amount)
            for currency, amount in ((Currency.ORANGES, given.oranges), (Currency.GEMS, given.gems))
        )
        spending = gain_experience(operation, house, purse, given.experience)
        completion = connection.execute(
            _COMPLETE,
            {
                "operation": operation.id,
                "player": player,
                "case": found.case,
                "at": operation.at,
                "oranges": oranges,
                "gems": gems,
            },
        ).one()
        connection.execute_many(
            _COUNT,
            [
                {"operation": operation.id, "completion": completion, "piece": piece}
                for piece in found.pieces
            ],
        )
        return Completed(
            operation=operation.id,
            collection=view.slug,
            name=view.name,
            oranges=oranges,
            gems=gems,
            balance=purse_of(connection, player).balance,
            experience_gained=spending.experience,
            rank_up=spending.rank_up,
            at=operation.at,
            unpaid=operation.unpaid,
        )

    def _find(self, connection: Connection, slug: str) -> _Collection | Refusal:
        collections = self._all(connection)
        for found in collections:
            if found.view.slug == slug:
                return found
        return unknown_case(slug, [found.view.slug for found in collections])

    def _all(self, connection: Connection) -> tuple[_Collection, ...]:
        held = {row.item_id: row for row in connection.execute(_HELD, {"player": self._handle.id})}
        rows = connection.execute(_COLLECTIONS, {"player": self._handle.id}).all()
        return tuple(self._collection(connection, row, held) for row in rows)

    def _collection(
        self, connection: Connection, row: _CollectionRow, held: Mapping[int, _Held]
    ) -> _Collection:
        catalogue = self._world.catalogue
        parts: dict[str, int] = {}
        for entry in catalogue.odds(connection, row.odds_table_id).entries:
            if entry.item:
                parts[entry.item] = parts.get(entry.item, 0) + entry.parts
        items = [catalogue.by_slug(connection, slug) for slug in parts]
        pieces = tuple(_piece(item, parts[item.slug], held.get(item.id)) for item in items)
        given = reward([piece.value for piece in pieces])
        have = sum(piece.held > 0 for piece in pieces)
        counting = [held[item.id].piece for item in items if item.id in held]
        counted = tuple(piece for piece in counting if piece is not None)
        shrunk = len(counted) == len(pieces) and self._shrunk(connection, row.slug, items)
        view = CollectionView(
            slug=row.slug,
            name=row.name,
            sprite=row.sprite,
            pieces=pieces,
            # What was paid stays what it was, even if the case's pieces are worth more by now.
            oranges=given.oranges if row.oranges is None else row.oranges,
            gems=given.gems if row.gems is None else row.gems,
            done_at=row.at,
            refusal=check_complete(
                row.name,
                have,
                len(counted),
                len(pieces),
                done=row.at is not None,
                shrunk=shrunk,
            ),
        )
        return _Collection(row.id, view, counted)

    def _shrunk(self, connection: Connection, case: str, items: Sequence[CatalogueItem]) -> bool:
        """Whether a case lost pieces and the player got none of these since."""
        since = setting(connection, shrunk_setting(case))
        if since is None:
            return False
        asked = {
            "player": self._handle.id,
            "items": json.dumps([item.id for item in items]),
            "since": int(since),
        }
        return connection.execute(_SINCE, asked).first() is None


def _piece(item: CatalogueItem, parts: int, held: _Held | None) -> CollectionPiece:
    return CollectionPiece(
        slug=item.slug,
        name=item.name,
        category=item.category,
        rarity=item.rarity,
        value=item.value,
        sprite=item.sprite,
        emoji=item.emoji,
        held=0 if held is None else held.held,
        known=held is not None,
        parts=parts,
        counts=held is not None and held.piece is not None,
    )
