"""What the report asks the ledger of a world."""

from __future__ import annotations

from typing import NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Statement
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.money import Currency


class BalanceRow(NamedTuple):
    """What an account of the house holds in all, or players hold (None)."""

    house: str | None
    total: int


class FlowRow(NamedTuple):
    """What went between two accounts on a day."""

    day: int
    payer: str | None
    payee: str | None
    amount: int


class ChangeRow(NamedTuple):
    """By how much a player's wealth changed on a day."""

    day: int
    player: int
    amount: int


class WorthRow(NamedTuple):
    """What the things of a player are worth."""

    player: int
    worth: int


class SalesRow(NamedTuple):
    """What was sold in the bazaar on a day."""

    day: int
    sales: int
    paid: int
    worth: int


class BusinessRow(NamedTuple):
    """How long a player took to the first business of a rarity, in milliseconds."""

    rarity: str
    player: int
    took: int


BALANCES = Statement(
    "SELECT house, SUM(balance) AS total FROM account WHERE currency = '{oranges}' GROUP BY house",
    BalanceRow,
    oranges=Currency.ORANGES,
)
FLOWS = Statement(
    "SELECT o.at / {day} AS day, payer.house AS payer, payee.house AS payee,"
    " SUM(t.amount) AS amount FROM transfer t JOIN operation o ON o.id = t.operation_id"
    " JOIN account payer ON payer.id = t.from_account_id"
    " JOIN account payee ON payee.id = t.to_account_id"
    " WHERE t.currency = :currency GROUP BY o.at / {day}, payer.house, payee.house",
    FlowRow,
    day=DAY,
)
PERSONS = Statement(
    "SELECT p.id FROM player p LEFT JOIN neighbour n ON n.player_id = p.id WHERE n.id IS NULL", int
)
PURSES_BY_DAY = [
    Statement(
        "SELECT o.at / {day} AS day, a.player_id AS player, {sign}SUM(t.amount) AS amount"
        " FROM transfer t JOIN operation o ON o.id = t.operation_id"
        " JOIN account a ON a.id = t.{side}_account_id"
        " WHERE t.currency = '{oranges}' AND a.player_id IS NOT NULL"
        " GROUP BY o.at / {day}, a.player_id",
        ChangeRow,
        day=DAY,
        sign=sign,
        side=side,
        oranges=Currency.ORANGES,
    )
    for side, sign in (("to", ""), ("from", "-"))
]
ITEMS_BY_DAY = Statement(
    "SELECT o.at / {day} AS day, p.player_id AS player,"
    " SUM(CASE WHEN m.to_status IN {held} THEN i.value ELSE 0 END"
    " - CASE WHEN m.from_status IN {held} THEN i.value ELSE 0 END) AS amount"
    " FROM move m JOIN operation o ON o.id = m.operation_id"
    " JOIN player_item p ON p.id = m.player_item_id JOIN item i ON i.id = p.item_id"
    " GROUP BY o.at / {day}, p.player_id",
    ChangeRow,
    day=DAY,
    held=words(HELD),
)
PURSES = Statement(
    "SELECT player_id AS player, balance AS worth FROM account"
    " WHERE currency = '{oranges}' AND player_id IS NOT NULL",
    WorthRow,
    oranges=Currency.ORANGES,
)
HOLDINGS = Statement(
    "SELECT h.player_id AS player, SUM(h.held * i.value) AS worth"
    " FROM holding h JOIN item i ON i.id = h.item_id GROUP BY h.player_id", WorthRow,
)  # fmt: skip
SALES = Statement(
    "SELECT o.at / {day} AS day, COUNT(*) AS sales, SUM(l.price) AS paid,"
    " SUM(CASE WHEN i.value > i.price_oranges THEN i.value ELSE i.price_oranges END) AS worth"
    " FROM listing l JOIN operation o ON o.id = l.ended_by"
    " JOIN player_item p ON p.id = l.player_item_id JOIN item i ON i.id = p.item_id"
    " WHERE l.state = 'sold' GROUP BY o.at / {day} ORDER BY o.at / {day}",
    SalesRow,
    day=DAY,
)
RANK_TOOK = Statement(
    "SELECT MIN(o.at) - p.created_at FROM transfer t JOIN operation o ON o.id = t.operation_id"
    " JOIN account a ON a.id = t.to_account_id JOIN player p ON p.id = a.player_id"
    " WHERE t.currency = '{experience}' AND t.to_balance >= :least GROUP BY p.id, p.created_at",
    int,
    experience=Currency.EXPERIENCE,
)
BUSINESS_TOOK = Statement(
    "SELECT i.rarity, p.id AS player, MIN(o.at) - p.created_at AS took"
    " FROM move m JOIN operation o ON o.id = m.operation_id"
    " JOIN player_item pi ON pi.id = m.player_item_id JOIN item i ON i.id = pi.item_id"
    " JOIN player p ON p.id = pi.player_id"
    " WHERE i.category = '{business}' AND m.to_status = '{equipped}'"
    " GROUP BY i.rarity, p.id, p.created_at",
    BusinessRow,
    business=Category.BUSINESS,
    equipped=Status.EQUIPPED,
)
