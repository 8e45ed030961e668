"""Fusions: five collectibles of one rarity end, and a roll gives one of the next rarity.

A fusion is one operation: the fee is paid, the roll is drawn with the player's active seed pair
like an opening's, the five inputs end as `fused`, and what comes out begins as a player item of
its own. What must hold:

- The odds follow from the inputs alone, in whatever order they were named: each brings an equal
  share, spread over the collectibles of the next rarity in the case that it was won from
  (`rules.workshop`, `pools`; `test_the_order_of_things_makes_no_difference_to_the_hash`). They
  are kept as an odds table, so a fusion is proved like an opening
  (`test_rolls_of_the_workshop_verify_and_a_proof_of_them_stands_alone`).
- The fee is a part of what comes out in the mean, so no loop of opening and fusing earns. A
  fusion keeps its fee and how many inputs it took: changing either number changes no fusion of
  before (`tests/engine/test_economy_numbers.py`).
- A quote and a fusion judge alike, for both ask `inspect`; a fusion does so inside its own write,
  so of two programs that fuse the same five one does
  (`test_of_two_programs_that_fuse_the_same_five_one_does`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.models import Roll
from inventui.engine.cases.open import active_pair, roll_of
from inventui.engine.core.catalogue import keep_odds
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import purse_of, spend
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.inventory.player_items import PlayerItemState, player_items_of
from inventui.engine.workshop.models import Fused
from inventui.engine.workshop.pools import Brought, brought_by
from inventui.rules import workshop
from inventui.rules.cases.cases import check_shown
from inventui.rules.cases.fairness import ticket
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Acquisition, Event, Rarity, Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal, foremost
from inventui.rules.workshop import (
    PURPOSE,
    Ingredient,
    check_fuse,
    common_rarity,
    fusion_odds,
    input_words,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

KIND = "fuse"
"""The kind of a fusion's operation."""

Choose = Callable[[Connection], Sequence[int]]
"""Says which player items are to be fused."""

_ROLL = Statement(
    "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id, entry,"
    " player_item_id) VALUES (:operation, :pair, :nonce, '{purpose}', :ticket, :odds, :entry,"
    " :item) RETURNING id",
    int,
    purpose=PURPOSE,
)
_FUSION = Statement(
    "INSERT INTO fusion (operation_id, player_id, rarity, fee, roll_id, inputs)"
    " VALUES (:operation, :player, :rarity, :fee, :roll, :inputs) RETURNING id",
    int,
)
_INPUT = Statement(
    "INSERT INTO fusion_input (operation_id, fusion_id, player_item_id)"
    " VALUES (:operation, :fusion, :player_item)"
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """The player items named for a fusion, as of a transaction.

    Attributes:
        rows: the player items, each once.
        items: their items.
        brought: the case and the pool that each brings.
        rarity: of all of them, or None if they have several or there are none.
        odds: the chances, or None if no input brings any.
        refusal: why these can't be fused, or None.
    """

    rows: Sequence[PlayerItemState]
    items: Sequence[CatalogueItem]
    brought: Sequence[Brought]
    rarity: Rarity | None
    odds: OddsTable | None
    refusal: Refusal | None


class Fusing:
    """One player's fusions."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def inspect(self, connection: Connection, item_ids: Sequence[int]) -> Inspection | Refusal:
        """The named player items with their odds, and why they can't be fused.

        A refusal if one of them is not the player's.
        """
        rows, refused = player_items_of(connection, self._handle.id, item_ids)
        if refused:
            return refused[0].refusal
        items = [self._world.catalogue.item(connection, row.item_id) for row in rows]
        # More than a fusion takes is refused, so nobody needs to know what each would bring.
        brought = [Brought()] * len(rows)
        if len(rows) <= workshop.INPUTS:
            pieces = [(row.id, item) for row, item in zip(rows, items, strict=True)]
            brought = brought_by(self._world, connection, pieces)
        ingredients = [
            Ingredient(
                item.name,
                item.category,
                item.rarity,
                Status(row.status),
                bool(row.locked),
                pool.entries,
            )
            for row, item, pool in zip(rows, items, brought, strict=True)
        ]
        rarity = common_rarity(ingredients)
        odds = None
        if rarity is not None:
            odds = fusion_odds(rarity, [pool.entries for pool in brought])
        oranges = purse_of(connection, self._handle.id).oranges
        refusal = check_fuse(ingredients, len(item_ids), oranges)
        return Inspection(rows, items, brought, rarity, odds, refusal)

    def fuse(
        self,
        request: Mapping[str, object],
        choose: Choose,
        key: str | None,
        odds_hash: str | None,
    ) -> Fused | Refusal:
        """Fuse five player items.

        Args:
            request: what makes it this request and no other.
            choose: gives the numbers of the player items, inside the transaction.
            key: idempotency key.
            odds_hash: of the table that the player saw; another one is refused.
        """
        intent = Intent(KIND, request, self._handle.id, uuid4().hex if key is None else key)
        return perform(
            self._world, intent, lambda draft: self._fuse(draft, choose, odds_hash), Fused
        )

    def _fuse(self, draft: Draft, choose: Choose, odds_hash: str | None) -> Fused | Refusal:
        connection, player = draft.connection, self._handle.id
        item_ids = choose(connection)
        found = self.inspect(connection, item_ids)
        if isinstance(found, Refusal):
            return found
        outdated = None if found.odds is None else check_shown(found.odds, odds_hash)
        refusal = foremost(found.refusal, outdated)
        if refusal is not None:
            return refusal
        rarity, odds = found.rarity, found.odds
        assert rarity is not None
        assert odds is not None
        purse = purse_of(connection, player)
        names = tuple(item.name for item in found.items)

        operation = draft.begin()
        spending = spend(operation, self._world.house, purse, HouseAccount.WORKSHOP_FEE, odds.price)
        # The feed tells an operation by its first moves: here by what came out.
        number, roll = self._roll(operation, odds, input_words(names))
        player_items = [row.id for row in found.rows]
        operation.move(player_items, Status.OWNED, Event.FUSE)
        fusion = connection.execute(
            _FUSION,
            {
                "operation": operation.id,
                "player": player,
                "rarity": str(rarity),
                "fee": odds.price,
                "inputs": len(player_items),
                "roll": number,
            },
        ).one()
        connection.execute_many(
            _INPUT,
            [
                {"operation": operation.id, "fusion": fusion, "player_item": player_item}
                for player_item in player_items
            ],
        )
        return Fused(
            operation=operation.id,
            fusion=fusion,
            rarity=rarity,
            inputs=tuple(player_items),
            names=names,
            value=sum(item.value for item in found.items),
            fee=odds.price,
            roll=roll,
            balance=Balance(purse.oranges - odds.price, purse.gems + spending.gems),
            experience_gained=spending.experience,
            rank_up=spending.rank_up,
            at=operation.at,
        )

    def _roll(self, operation: Operation, odds: OddsTable, source: str) -> tuple[int, Roll]:
        """Roll with the player's seed pair and give what it wins; the roll and its number."""
        connection, player = operation.connection, self._handle.id
        pair = active_pair(connection, player)
        drawn = ticket(pair.server_seed, pair.client_seed, pair.nonce)
        entry = odds.winner(drawn)
        item = self._world.catalogue.by_slug(connection, odds.entries[entry].item)
        receipt = Receipt(player, Acquisition.WORKSHOP, odds.price, source)
        (player_item,) = receive_items(connection, operation, receipt, [item])
        number = connection.execute(
            _ROLL,
            {
                "operation": operation.id,
                "pair": pair.id,
                "nonce": pair.nonce,
                "ticket": drawn,
                "odds": keep_odds(connection, odds),
                "entry": entry,
                "item": player_item,
            },
        ).one()
        return number, roll_of(
            odds, pair.nonce, drawn, entry, player_item, pair.server_seed_hash, pair.client_seed
        )
