"""Wallet: a player's ledger, and their balance over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Statement, statement
from inventui.engine.history.models import LedgerLine, LedgerPage
from inventui.rules.core.money import Currency

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

MOST_ON_A_PAGE = 1_000

MONEY = {Currency.ORANGES, Currency.GEMS}

_SIDE = (
    "SELECT t.id, t.operation_id, t.kind, t.currency, {sign}t.amount AS amount,"
    " t.{side}_balance AS balance FROM transfer t WHERE t.{side}_account_id = {account}"
    " AND t.id < :before"
)


_ONE = "SELECT * FROM ({side} ORDER BY t.id DESC LIMIT :limit) side"
_MERGED = (
    "SELECT u.*, o.at FROM ({sides}) u JOIN operation o ON o.id = u.operation_id"
    " ORDER BY u.id DESC LIMIT :limit"
)


class _Line(NamedTuple):
    id: int
    operation_id: int
    kind: str
    currency: str
    amount: int
    balance: int
    at: int


class _Account(NamedTuple):
    currency: str
    id: int
    lines: int


_ACCOUNTS = Statement("SELECT currency, id, lines FROM account WHERE player_id = :player", _Account)


class Wallet:
    """One player's money."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def ledger(
        self, after: int | None = None, limit: int = 50, currency: Currency | None = None
    ) -> LedgerPage:
        """Transfers, newest first, from the line before `after` on; of all money by default."""
        wanted = MONEY if currency is None else {currency}
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        before = 2**63 - 1 if after is None else max(0, min(after, 2**63 - 1))
        with self._world.store.read() as connection:
            rows = connection.execute(_ACCOUNTS, {"player": self._handle.id})
            accounts = [row for row in rows if row.currency in wanted]
            sides = [
                _ONE.format(side=_SIDE.format(sign=sign, side=side, account=account.id))
                for account in accounts
                for sign, side in (("-", "from"), ("", "to"))
            ]
            # Each side comes in order from its index; SQLite merges them as they are read.
            lines = connection.execute(
                statement(_MERGED.format(sides=" UNION ALL ".join(sides)), _Line),
                {"before": before, "limit": limit + 1},
            ).all()
        total = sum(account.lines for account in accounts)
        page = tuple(
            LedgerLine(
                id=line.id,
                at=line.at,
                operation=line.operation_id,
                kind=line.kind,
                currency=Currency(line.currency),
                amount=line.amount,
                balance=line.balance,
            )
            for line in lines[:limit]
        )
        return LedgerPage(page, total, page[-1].id if len(lines) > limit else None)

    def series(self, points: int = 200) -> tuple[tuple[int, int], ...]:
        """The latest (time, balance in oranges), oldest first, at most `points`."""
        page = self.ledger(limit=points, currency=Currency.ORANGES)
        return tuple((line.at, line.balance) for line in reversed(page.lines))
