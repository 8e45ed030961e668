"""Fusing: what was named for a fusion, looked at once, and the fusion itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.models import Roll
from inventui.engine.core.catalogue import CatalogueItem, keep_odds
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import purse_of, spend
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.inventory.inventory import player_items_of
from inventui.engine.workshop.models import Fused
from inventui.engine.workshop.pools import Brought, brought_by
from inventui.rules.cases.fairness import ticket
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Acquisition, Event, Rarity, SeedState, Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal
from inventui.rules.workshop import (
    INPUTS,
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


class _PairRow(NamedTuple):
    id: int
    server_seed: str
    server_seed_hash: str
    client_seed: str
    nonce: int


_PAIR = Statement(
    "SELECT id, server_seed, server_seed_hash, client_seed, nonce FROM seed_pair"
    " WHERE player_id = :player AND state = '{active}'",
    _PairRow,
    active=SeedState.ACTIVE,
)
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
class Look:
    """What was named, as it stands inside a transaction.

    Attributes:
        rows: the player's items, each once.
        items: what they are.
        brought: the case and the pool that each brings.
        odds: the chances, or None while there are none.
        refusal: why these can't be fused, or None.
    """

    rows: Sequence[Any]
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

    def look(self, connection: Connection, item_ids: Sequence[int]) -> Look | Refusal:
        """What was named, with its odds and the reason why it can't be fused."""
        rows, refused = player_items_of(connection, self._handle.id, item_ids)
        if refused:
            return refused[0].refusal
        items = [self._world.catalogue.item(connection, row.item_id) for row in rows]
        # With more than a fusion takes there are no chances to be told.
        brought = [Brought()] * len(rows)
        if len(rows) <= INPUTS:
            brought = brought_by(self._world, connection, rows, items)
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
        return Look(rows, items, brought, rarity, odds, refusal)

    def fuse(
        self, request: Mapping[str, object], choose: Choose, key: str | None
    ) -> Fused | Refusal:
        """Fuse five player items.

        Args:
            request: what makes it this request and no other.
            choose: the numbers of the player items, as of the transaction.
            key: idempotency key.
        """
        intent = Intent(KIND, request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, lambda draft: self._fuse(draft, choose), Fused)

    def _fuse(self, draft: Draft, choose: Choose) -> Fused | Refusal:
        connection, player = draft.connection, self._handle.id
        item_ids = choose(connection)
        look = self.look(connection, item_ids)
        if isinstance(look, Refusal):
            return look
        if look.refusal is not None:
            return look.refusal
        rarity, odds = look.rarity, look.odds
        assert rarity is not None
        assert odds is not None
        purse = purse_of(connection, player)
        names = tuple(item.name for item in look.items)

        operation = draft.begin()
        spending = spend(operation, self._world.house, purse, HouseAccount.WORKSHOP_FEE, odds.price)
        # What is told of an operation begins with its first moves: here with what came out.
        number, roll = self._roll(operation, odds, input_words(names))
        player_items = [row.id for row in look.rows]
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
            value=sum(item.value for item in look.items),
            fee=odds.price,
            roll=roll,
            balance=Balance(purse.oranges - odds.price, purse.gems + spending.gems),
            experience_gained=spending.experience,
            rank_up=spending.rank_up,
            at=operation.at,
        )

    def _roll(self, operation: Operation, odds: OddsTable, source: str) -> tuple[int, Roll]:
        """Roll with the player's pair and give what it wins; the roll's number, and the roll."""
        connection, player = operation.connection, self._handle.id
        pair = connection.execute(_PAIR, {"player": player}).one()
        drawn = ticket(pair.server_seed, pair.client_seed, pair.nonce)
        entry = odds.winner(drawn)
        won = odds.entries[entry]
        item = self._world.catalogue.by_slug(connection, won.item)
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
        return number, Roll(
            nonce=pair.nonce,
            ticket=drawn,
            entry=won.name,
            entry_index=entry,
            value=won.value,
            rarity=won.rarity,
            item_id=player_item,
            server_seed_hash=pair.server_seed_hash,
            client_seed=pair.client_seed,
            odds_hash=odds.hash,
        )
