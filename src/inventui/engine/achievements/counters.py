"""Counters of a player's openings and sales, which the triggers keep, and how far they reach.

An operation that gives rewards stores the counters that it was based on in its outcome (under
`tally`), so that the audit can tell whether they were due.
"""

from collections import defaultdict
from typing import NamedTuple

from inventui.db.guards.sql import SALE_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.achievements.models import Counters
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.counts import count_of
from inventui.rules.core.counters import Counted, entry_of
from inventui.rules.core.enums import Rarity


class _Won(NamedTuple):
    entry: int
    number: int


_WON = Statement(
    "SELECT entry, number FROM counter WHERE player_id = :player AND what = '{won}'",
    _Won,
    won=Counted.WON,
)


class _Reached(NamedTuple):
    pair: int
    nonce: int
    transfer: int
    sale: int


_REACHED = Statement(
    "SELECT s.number AS pair, s.nonce, (SELECT coalesce(max(id), 0) FROM transfer) AS transfer,"
    " coalesce((SELECT max(t.amount) FROM account a CROSS JOIN transfer t INDEXED BY transfer_sale"
    " ON t.to_account_id = a.id AND t.{sale} WHERE a.player_id = :player"
    " AND a.currency = 'oranges' AND NOT EXISTS"
    " (SELECT 1 FROM undo u WHERE u.undone_id = t.operation_id)), 0) AS sale"
    " FROM seed_pair s WHERE s.player_id = :player AND s.state = 'active'",
    _Reached,
    sale=SALE_SQL,
)


def count(connection: Connection, catalogue: Catalogue, player: int) -> Counters:
    """The counters as of now."""
    won: dict[Rarity, int] = defaultdict(int)
    best = 0
    for row in connection.execute(_WON, {"player": player}):
        odds_table, place = entry_of(row.entry)
        entry = catalogue.odds(connection, odds_table).entries[place]
        won[entry.rarity] += row.number
        best = max(best, entry.value)
    reached = connection.execute(_REACHED, {"player": player}).one()
    return Counters(
        pair=reached.pair,
        nonce=reached.nonce,
        transfer=reached.transfer,
        won=dict(won),
        best=best,
        batch=count_of(connection, player, Counted.BATCH),
        sale=reached.sale,
    )
