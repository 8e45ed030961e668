"""The tally: what a player's openings and sales come to, counted on from the last time.

Nothing of it can be had from a counter, and a player may have made a million rolls, so no
roll is counted twice: an operation that awards something keeps the tally it was based on.
"""

import json
from collections import defaultdict
from typing import Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.models import Tally
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
    "SELECT max(number) FROM (SELECT count(*) AS number {rolls} GROUP BY operation_id)",
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


def kept_tally(connection: Connection, player: int) -> Tally:
    """The tally that the last award was based on, or an empty one."""
    outcome = connection.execute(_KEPT, {"player": player}).first()
    if outcome is None:
        return Tally()
    told: dict[str, Any] = json.loads(outcome)["tally"]
    won = {Rarity(word): number for word, number in told.pop("won").items()}
    return Tally(won=won, **told)


def count_on(connection: Connection, catalogue: Catalogue, player: int, last: Tally) -> Tally:
    """The tally as it stands now; only what `last` has not counted is read."""
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
    return Tally(
        pair=pair,
        nonce=nonce,
        transfer=int(connection.execute(_LAST_TRANSFER).one()),
        won=dict(won),
        best=best,
        batch=batch,
        sale=max(last.sale, sale),
    )
