"""What the journals keep of an opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.models import Balance
from inventui.rules.core.money import Currency
from inventui.rules.core.ranks import standing


class KeptRoll(NamedTuple):
    """A roll as it is kept; see `models.Roll`."""

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
    KeptRoll,
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


@dataclass(frozen=True, slots=True)
class KeptOpening:
    """An opening as its journals tell it.

    Attributes:
        balance: what the player had after it.
    """

    player: int
    at: int
    case: str
    paid: int
    balance: Balance
    experience_gained: int
    rank_up: str | None
    rolls: tuple[KeptRoll, ...]


def kept_opening(connection: Connection, operation_id: int) -> KeptOpening:
    """Read an opening from its journals."""
    asked = {"operation": operation_id}
    about = connection.execute(_OPERATION, asked).one()
    lines = connection.execute(_WALLET_LINES, asked).all()
    by_currency = {Currency(line.currency): line for line in lines}
    paid, experience = by_currency[Currency.ORANGES], by_currency.get(Currency.EXPERIENCE)
    risen = experience if Currency.GEMS in by_currency else None
    gems = connection.execute(_GEMS, {**asked, "player": about.player_id}).first() or 0
    return KeptOpening(
        player=about.player_id,
        at=about.at,
        case=about.slug,
        paid=paid.amount,
        balance=Balance(paid.balance, gems),
        experience_gained=experience.amount if experience else 0,
        rank_up=standing(risen.balance).rank if risen else None,
        rolls=tuple(connection.execute(_ROLLS, asked)),
    )
