"""Wallet: a player's ledger, and their balance over time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.guards.sql import words
from inventui.db.statements import Statement, statement
from inventui.engine.history.feed_lines import QUESTS
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


_NAMING = words({"achievement", "shop", "black_market", "bazaar", "bazaar_fee", "fine", "robbery"})
"""Kinds of transfers whose operation's outcome is read for what they were about."""

_ONE = "SELECT * FROM ({side} ORDER BY t.id DESC LIMIT :limit) side"
_MERGED = (
    "SELECT u.*, o.at, CASE WHEN u.kind IN {naming} THEN o.outcome END AS outcome,"
    " CASE WHEN u.kind = 'achievement' THEN (SELECT count(*) FROM transfer e"
    " WHERE e.operation_id = u.operation_id AND e.kind = u.kind AND e.currency = u.currency"
    " AND e.id < u.id) ELSE 0 END AS number"
    " FROM ({sides}) u JOIN operation o ON o.id = u.operation_id ORDER BY u.id DESC LIMIT :limit"
)


class _Line(NamedTuple):
    id: int
    operation_id: int
    kind: str
    currency: str
    amount: int
    balance: int
    at: int
    outcome: str | None
    number: int


class _Account(NamedTuple):
    currency: str
    id: int
    lines: int


_ACCOUNTS = Statement("SELECT currency, id, lines FROM account WHERE player_id = :player", _Account)


def _told(line: _Line, quests: Collection[str]) -> LedgerLine:
    subject, cause = _about(line, quests)
    return LedgerLine(
        id=line.id,
        at=line.at,
        operation=line.operation_id,
        kind=line.kind,
        currency=Currency(line.currency),
        amount=line.amount,
        balance=line.balance,
        subject=subject,
        cause=cause,
    )


def _about(line: _Line, quests: Collection[str]) -> tuple[str, str]:
    """What a transfer was about, and its cause, from its operation's outcome."""
    told = json.loads(line.outcome or "{}")
    awards = [award for award in told.get("awards", ()) if award["given"].get(line.currency)]
    if awards:
        award = awards[line.number]
        return award["name"], "quest" if award["achievement"] in quests else line.kind
    names = told.get("names") or [told.get("name") or told.get("target") or ""]
    counts = Counter(names).items()
    named = ", ".join(name + f" ×{count}" * (count > 1) for name, count in counts)
    completed = line.kind == "achievement" and "collection" in told
    return named, "collection" if completed else line.kind


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
                statement(_MERGED.format(sides=" UNION ALL ".join(sides), naming=_NAMING), _Line),
                {"before": before, "limit": limit + 1},
            ).all()
            rewarded = any(line.kind == "achievement" for line in lines)
            quests = set(connection.execute(QUESTS)) if rewarded else set()
        total = sum(account.lines for account in accounts)
        page = tuple(_told(line, quests) for line in lines[:limit])
        return LedgerPage(page, total, page[-1].id if len(lines) > limit else None)

    def series(self, points: int = 200) -> tuple[tuple[int, int], ...]:
        """The latest (time, balance in oranges), oldest first, at most `points`."""
        page = self.ledger(limit=points, currency=Currency.ORANGES)
        return tuple((line.at, line.balance) for line in reversed(page.lines))
