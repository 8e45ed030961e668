"""An opening that was made, read from its journals."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.models import Opening, Roll
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.models import Balance
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.money import Currency
from inventui.rules.core.ranks import standing


class _KeptRoll(NamedTuple):
    nonce: int
    ticket: int
    entry: int
    player_item_id: int | None
    odds_table_id: int
    server_seed_hash: str
    client_seed: str
    since: int


_ROLLS = Statement(
    "SELECT r.nonce, r.ticket, r.entry, r.player_item_id, r.odds_table_id, s.server_seed_hash,"
    " s.client_seed, r.since FROM roll r JOIN seed_pair s ON s.id = r.seed_pair_id"
    " WHERE r.operation_id = :operation ORDER BY r.nonce",
    _KeptRoll,
)


class _WalletLine(NamedTuple):
    currency: str
    amount: int
    paid: int
    balance: int


_WALLET_LINES = Statement(
    "SELECT t.currency, t.amount, t.from_account_id = a.id AS paid,"
    " CASE WHEN t.from_account_id = a.id THEN t.from_balance ELSE t.to_balance END AS balance"
    " FROM transfer t JOIN account a ON a.id IN (t.from_account_id, t.to_account_id)"
    " WHERE t.operation_id = :operation AND a.player_id IS NOT NULL ORDER BY t.id",
    _WalletLine,
)
# An opening that brings no rank moves no gems: then the balance is that of an earlier transfer.
_GEMS = Statement(
    "SELECT CASE WHEN t.from_account_id = a.id THEN t.from_balance ELSE t.to_balance END"
    " FROM account a JOIN transfer t ON a.id IN (t.from_account_id, t.to_account_id)"
    " WHERE a.player_id = :player AND a.currency = 'gems' AND t.operation_id <= :operation"
    " ORDER BY t.id DESC LIMIT 1",
    int,
)


class _OpenOperation(NamedTuple):
    player_id: int
    at: int
    slug: str


_OPERATION = Statement(
    "SELECT player_id, at, json_extract(request, '$.case') AS slug FROM operation"
    " WHERE id = :operation",
    _OpenOperation,
)
CASE_NAME = Statement("SELECT name FROM case_box WHERE slug = :slug", str)


def recall(catalogue: Catalogue, connection: Connection, operation_id: int) -> Opening:
    """The outcome of an opening, read from its journals."""
    about = connection.execute(_OPERATION, {"operation": operation_id}).one()
    lines = connection.execute(_WALLET_LINES, {"operation": operation_id}).all()
    by_currency = {Currency(line.currency): line for line in lines}
    paid = by_currency[Currency.ORANGES]
    experience = by_currency.get(Currency.EXPERIENCE)
    gained = experience.amount if experience else 0
    gems = by_currency.get(Currency.GEMS)
    rolls = []
    for row in connection.execute(_ROLLS, {"operation": operation_id}):
        odds = catalogue.odds(connection, row.odds_table_id)
        rolls.append(
            roll_of(
                odds,
                row.nonce,
                row.ticket,
                row.entry,
                row.player_item_id,
                row.server_seed_hash,
                row.client_seed,
                row.since,
            )
        )
    return Opening(
        operation=operation_id,
        case=about.slug,
        case_name=case_name(connection, about.slug),
        paid=paid.amount,
        rolls=tuple(rolls),
        balance=Balance(
            paid.balance,
            connection.execute(
                _GEMS, {"player": about.player_id, "operation": operation_id}
            ).first()
            or 0,
        ),
        experience_gained=gained,
        rank_up=standing(experience.balance).rank if gems and experience else None,
        at=about.at,
    )


def case_name(connection: Connection, case_id: str) -> str:
    """What a case is called now."""
    return connection.execute(CASE_NAME, {"slug": case_id}).one()


def roll_of(
    odds: OddsTable,
    nonce: int,
    ticket: int,
    entry: int,
    item: int | None,
    server_seed_hash: str,
    client_seed: str,
    since: int = 0,
) -> Roll:
    """A roll as a read model; `entry` is the index of the winning entry, `item` what it gave."""
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
        since=since,
    )
