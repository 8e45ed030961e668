"""Cases: opening them, and the openings whose reveal was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.models import Opening, Roll
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import purse_of, spend
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.rules.cases.cases import check_count, check_open
from inventui.rules.cases.fairness import tickets
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Acquisition, Currency, SeedState
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


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
    " player_item_id) VALUES (:operation, :pair, :nonce, 'case', :ticket, :odds, :entry, :item)"
)


class _RollRow(NamedTuple):
    nonce: int
    ticket: int
    entry: int
    player_item_id: int
    odds_table_id: int
    hash: str
    server_seed_hash: str
    client_seed: str


_ROLLS = Statement(
    "SELECT r.nonce, r.ticket, r.entry, r.player_item_id, r.odds_table_id, o.hash,"
    " s.server_seed_hash, s.client_seed FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id"
    " JOIN odds_table o ON o.id = r.odds_table_id WHERE r.operation_id = :operation"
    " ORDER BY r.nonce",
    _RollRow,
)


class _LineRow(NamedTuple):
    currency: str
    amount: int
    paid: int
    balance: int


_LINES = Statement(
    "SELECT t.currency, t.amount, t.from_account_id = a.id AS paid,"
    " CASE WHEN t.from_account_id = a.id THEN t.from_balance ELSE t.to_balance END AS balance"
    " FROM transfer t JOIN account a ON a.id IN (t.from_account_id, t.to_account_id)"
    " WHERE t.operation_id = :operation AND a.player_id IS NOT NULL ORDER BY t.id",
    _LineRow,
)
_GEMS_BEFORE = Statement(
    "SELECT CASE WHEN t.from_account_id = a.id THEN t.from_balance ELSE t.to_balance END"
    " FROM account a JOIN transfer t ON a.id IN (t.from_account_id, t.to_account_id)"
    " WHERE a.player_id = :player AND a.currency = 'gems' AND t.operation_id <= :operation"
    " ORDER BY t.id DESC LIMIT 1",
    int,
)


class _OperationRow(NamedTuple):
    player_id: int
    at: int
    slug: str


_OPERATION = Statement(
    "SELECT player_id, at, json_extract(request, '$.case') AS slug FROM operation"
    " WHERE id = :operation",
    _OperationRow,
)
_CASE_NAME = Statement("SELECT name FROM case_box WHERE slug = :slug", str)


class Cases:
    """One player's way to the cases."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def open(self, case_id: str, count: int = 1, key: str | None = None) -> Opening | Refusal:
        """Open a case `count` times (1–100): consecutive nonces, all or nothing.

        The outcome is committed before this returns; a reveal only shows it.
        """
        refusal = check_count(count)
        if refusal is not None:
            return refusal
        intent = Intent(
            "open",
            {"case": case_id, "count": count},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(
            self._world,
            intent,
            lambda draft: self._open(draft, case_id, count),
            Opening,
            recall=self.recall,
        )

    def _open(self, draft: Draft, case_id: str, count: int) -> Opening | Refusal:
        connection, catalogue, player = draft.connection, self._world.catalogue, self._handle.id
        found = catalogue.odds_in_force(connection, case_id)
        if isinstance(found, Refusal):
            return found
        odds_id, odds = found
        purse = purse_of(connection, player)
        refusal = check_open(odds.price, count, purse.oranges)
        if refusal is not None:
            return refusal
        pair = connection.execute(_PAIR, {"player": player}).one()
        drawn = tickets(pair.server_seed, pair.client_seed, pair.nonce, count)
        won = [odds.winner(ticket) for ticket in drawn]
        items = [catalogue.by_slug(connection, odds.entries[index].item) for index in won]

        operation = draft.begin()
        paid = odds.price * count
        spending = spend(operation, self._world.house, purse, HouseAccount.CASE, paid)
        receipt = Receipt(player, Acquisition.CASE, odds.price, case_id)
        numbers = receive_items(connection, operation, receipt, items)
        rows: list[dict[str, Any]] = [
            {
                "operation": operation.id,
                "pair": pair.id,
                "nonce": pair.nonce + index,
                "ticket": ticket,
                "odds": odds_id,
                "entry": entry,
                "item": number,
            }
            for index, (ticket, entry, number) in enumerate(zip(drawn, won, numbers, strict=True))
        ]
        connection.execute_many(_ROLL, rows)
        return Opening(
            operation=operation.id,
            case=case_id,
            case_name=_name(connection, case_id),
            paid=paid,
            rolls=tuple(
                _roll(
                    odds,
                    row["nonce"],
                    row["ticket"],
                    row["entry"],
                    row["item"],
                    pair.server_seed_hash,
                    pair.client_seed,
                )
                for row in rows
            ),
            balance=Balance(purse.oranges - paid, purse.gems + spending.gems),
            experience_gained=spending.experience,
            rank_up=spending.rank_up,
            at=operation.at,
        )

    def recall(self, connection: Connection, operation_id: int) -> Opening:
        """An opening as its journals tell it."""
        about = connection.execute(_OPERATION, {"operation": operation_id}).one()
        lines = connection.execute(_LINES, {"operation": operation_id}).all()
        by_currency = {Currency(line.currency): line for line in lines}
        paid = by_currency[Currency.ORANGES]
        experience = by_currency.get(Currency.EXPERIENCE)
        gained = experience.amount if experience else 0
        gems = by_currency.get(Currency.GEMS)
        rolls = []
        for row in connection.execute(_ROLLS, {"operation": operation_id}):
            odds = self._world.catalogue.odds(connection, row.odds_table_id)
            rolls.append(
                _roll(
                    odds,
                    row.nonce,
                    row.ticket,
                    row.entry,
                    row.player_item_id,
                    row.server_seed_hash,
                    row.client_seed,
                )
            )
        return Opening(
            operation=operation_id,
            case=about.slug,
            case_name=_name(connection, about.slug),
            paid=paid.amount,
            rolls=tuple(rolls),
            balance=Balance(
                paid.balance,
                connection.execute(
                    _GEMS_BEFORE, {"player": about.player_id, "operation": operation_id}
                ).first()
                or 0,
            ),
            experience_gained=gained,
            rank_up=standing(experience.balance).rank if gems and experience else None,
            at=about.at,
        )


def _name(connection: Connection, case_id: str) -> str:
    return str(connection.execute(_CASE_NAME, {"slug": case_id}).one())


def _roll(
    odds: OddsTable,
    nonce: int,
    ticket: int,
    entry: int,
    item: int,
    server_seed_hash: str,
    client_seed: str,
) -> Roll:
    won = odds.entries[entry]
    return Roll(
        nonce=nonce,
        ticket=ticket,
        entry=won.name,
        entry_index=entry,
        value=won.value,
        rarity=won.rarity,
        item_id=item,
        server_seed_hash=server_seed_hash,
        client_seed=client_seed,
        odds_hash=odds.hash,
    )
