"""Counters of a player's openings and sales, counted on from the last time.

No table keeps these sums, and a player may have made a million rolls, so no roll is read twice:
an operation that gives rewards stores the counters that it was based on in its outcome (under
`tally`), with how far they reach, and the next count begins there.
"""

import json
from collections import defaultdict
from typing import Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.models import Counters
from inventui.engine.core.catalogue import Catalogue
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import HouseAccount

_KEPT = Statement(
    "SELECT o.outcome FROM operation o WHERE o.id = (SELECT max(operation_id) FROM achieved"
    " WHERE player_id = :player)",
    str,
)


class _Pair(NamedTuple):
    id: int
    number: int
    nonce: int


_PAIRS = Statement(
    "SELECT id, number, nonce FROM seed_pair WHERE player_id = :player AND number >= :number"
    " AND state <> 'next' ORDER BY number",
    _Pair,
)
_ROLLS = "FROM roll WHERE seed_pair_id = :pair AND nonce >= :nonce AND purpose = 'case'"


class _Won(NamedTuple):
    odds_table_id: int
    entry: int
    number: int


_WON = Statement(
    "SELECT odds_table_id, entry, count(*) AS number {rolls} GROUP BY odds_table_id, entry",
    _Won,
    rolls=_ROLLS,
)
_BATCH = Statement.maybe(
    "SELECT max(number) FROM (SELECT count(*) AS number {rolls} GROUP BY operation_id) openings",
    int,
    rolls=_ROLLS,
)
_LAST_TRANSFER = Statement("SELECT coalesce(max(id), 0) FROM transfer", int)
_SALE = Statement.maybe(
    "SELECT max(t.amount) FROM account a CROSS JOIN transfer t ON t.to_account_id = a.id"
    " AND t.id > :after WHERE a.player_id = :player AND a.currency = 'oranges'"
    " AND t.kind = '{sale}'",
    int,
    sale=HouseAccount.SALE,
)


def stored_counters(connection: Connection, player: int) -> Counters:
    """The counters that the last rewards were based on, or empty ones."""
    outcome = connection.execute(_KEPT, {"player": player}).first()
    if outcome is None:
        return Counters()
    stored: dict[str, Any] = json.loads(outcome)["tally"]
    won = {Rarity(word): number for word, number in stored.pop("won").items()}
    return Counters(won=won, **stored)


def count_since(
    connection: Connection, catalogue: Catalogue, player: int, last: Counters
) -> Counters:
    """The counters as of now; only what `last` has not counted is read."""
    won: dict[Rarity, int] = defaultdict(int, last.won)
    best, batch = last.best, last.batch
    pair, nonce = last.pair, last.nonce
    for row in connection.execute(_PAIRS, {"player": player, "number": last.pair}).all():
        first = last.nonce if row.number == last.pair else 0
        pair, nonce = row.number, row.nonce
        if first == row.nonce:
            continue
        rolls = {"pair": row.id, "nonce": first}
        for win in connection.execute(_WON, rolls):
            entry = catalogue.odds(connection, win.odds_table_id).entries[win.entry]
            won[entry.rarity] += win.number
            best = max(best, entry.value)
        batch = max(batch, connection.execute(_BATCH, rolls).one() or 0)
    sale = connection.execute(_SALE, {"player": player, "after": last.transfer}).one() or 0
    return Counters(
        pair=pair,
        nonce=nonce,
        transfer=int(connection.execute(_LAST_TRANSFER).one()),
        won=dict(won),
        best=best,
        batch=batch,
        sale=max(last.sale, sale),
    )
