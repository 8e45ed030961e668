"""Counts of a player's life, as the triggers keep them."""

from inventui.db.statements import Connection, Statement
from inventui.rules.core.counters import Counted

_COUNT = Statement(
    "SELECT coalesce(sum(number), 0) FROM counter WHERE player_id = :player AND what = :what", int
)
_COUNT_OF_ENTRY = Statement(
    "SELECT number FROM counter WHERE player_id = :player AND what = :what AND entry = :entry", int
)


def count_of(connection: Connection, player: int, what: Counted, entry: int | None = None) -> int:
    """How much there was of something in a player's life, of one of its entries or of all."""
    asked = {"player": player, "what": str(what)}
    if entry is None:
        return connection.execute(_COUNT, asked).one()
    return connection.execute(_COUNT_OF_ENTRY, {**asked, "entry": entry}).first() or 0
