"""Pools: which case an input of a fusion comes from, and its entries of the next rarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import CaseInForce
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.inventory.player_items import oldest_free
from inventui.rules import workshop
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Rarity
from inventui.rules.home_goals import CHEAPEST, cheap_fusion
from inventui.rules.home_state import CheapFusion
from inventui.rules.workshop import Pool, may_be_fused, next_rarity

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Root(NamedTuple):
    acquisition: str
    source: str


# The player item at the start of a provenance: what was won by the first owner.
_ROOT = Statement(
    "WITH RECURSIVE back (id, origin_id) AS (SELECT id, origin_id FROM player_item WHERE id = :id"
    " UNION ALL SELECT p.id, p.origin_id FROM back JOIN player_item p ON p.id = back.origin_id)"
    " SELECT p.acquisition, p.source FROM back JOIN player_item p ON p.id = back.id"
    " WHERE back.origin_id IS NULL",
    _Root,
)
ASKED = 20
"""Pieces of one kind that are looked at for some that can be fused."""

_HELD = Statement("SELECT item_id FROM holding WHERE player_id = :player AND held > 0", int)


def cheapest_of(world: Context, connection: Connection, player: int, rarity: Rarity) -> list[int]:
    """The five cheapest player items of a rarity that can be fused, or those there are.

    Of several that are worth the same the oldest go first; of one kind the oldest `ASKED` are
    looked at for some that bring a pool.
    """
    items = [
        world.catalogue.item(connection, item)
        for item in connection.execute(_HELD, {"player": player}).all()
    ]
    player_items: list[int] = []
    for item in sorted(items, key=lambda item: (item.value, item.id)):
        if item.rarity is rarity and may_be_fused(item.category, rarity):
            free = oldest_free(connection, player, item.id, ASKED)
            brought = brought_by(world, connection, [(number, item) for number in free])
            player_items += [
                number for number, pool in zip(free, brought, strict=True) if pool.entries
            ]
        if len(player_items) >= workshop.INPUTS:
            break
    return player_items[: workshop.INPUTS]


def cheap_fusions(
    world: Context, connection: Connection, player_items: Sequence[tuple[int, CatalogueItem]]
) -> list[CheapFusion]:
    """What the five cheapest of each rarity among these player items could be fused into.

    Args:
        world: whose catalogue it is.
        connection: reads.
        player_items: numbers of what is free to be fused, each with its item.
    """
    ordered = sorted(player_items, key=lambda piece: (piece[1].value, piece[1].id, piece[0]))
    fusions = []
    for rarity in Rarity:
        pieces = [piece for piece in ordered if piece[1].rarity is rarity]
        cheapest = pieces[: CHEAPEST * workshop.INPUTS]
        if len(cheapest) >= workshop.INPUTS and next_rarity(rarity) is not None:
            brought = brought_by(world, connection, cheapest)
            inputs = zip(cheapest, brought, strict=True)
            fusions.append(
                cheap_fusion(rarity, [(item.value, pool.entries) for (_, item), pool in inputs])
            )
    return [fusion for fusion in fusions if fusion is not None]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a player item brings to a fusion.

    Attributes:
        case: the slug of the case whose pool it is; empty if there is none.
        case_name: that case's name.
        entries: the case's collectibles of the next rarity.
    """

    case: str = ""
    case_name: str = ""
    entries: Pool = ()


def brought_by(
    world: Context, connection: Connection, player_items: Sequence[tuple[int, CatalogueItem]]
) -> list[Brought]:
    """What each of these player items brings: the pool of the case that it was won from.

    A player item that no case gave, or whose case is no longer in force, brings the pool of the
    first case that holds its item.

    Args:
        world: whose catalogue it is.
        connection: reads.
        player_items: their numbers, each with its item.
    """
    cases = world.catalogue.in_force(connection)
    brought = []
    for number, item in player_items:
        case = _case_of(connection, number, item, cases)
        pool = () if case is None else _pool(world, connection, case, item)
        brought.append(Brought(case.slug, case.name, pool) if case and pool else Brought())
    return brought


def _case_of(
    connection: Connection, player_item: int, item: CatalogueItem, cases: Sequence[CaseInForce]
) -> CaseInForce | None:
    root = connection.execute(_ROOT, {"id": player_item}).one()
    if root.acquisition == Acquisition.CASE:
        for case in cases:
            if case.slug == root.source:
                return case
    return next(
        (case for case in cases if any(entry.item == item.slug for entry in case.odds.entries)),
        None,
    )


def _pool(world: Context, connection: Connection, case: CaseInForce, item: CatalogueItem) -> Pool:
    """The collectibles of the next rarity in a case; no fusion gives gear or cosmetics."""
    if not may_be_fused(item.category, item.rarity):
        return ()
    wanted = next_rarity(item.rarity)
    return tuple(
        entry
        for entry in case.odds.entries
        if entry.rarity is wanted
        and entry.item
        and world.catalogue.by_slug(connection, entry.item).category is Category.COLLECTIBLE
    )
