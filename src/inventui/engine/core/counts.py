"""Counts of a player's life, as the triggers keep them."""

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.rules.core.counters import Counted

_COUNT = Statement(
    "SELECT coalesce(sum(number), 0) FROM counter WHERE player_id = :player AND what = :what", int
)
_COUNT_OF_ENTRY = Statement(
    "SELECT number FROM counter WHERE player_id = :player AND what = :what AND entry = :entry", int
)


class _EntryCount(NamedTuple):
    entry: int
    number: int


_COUNTS_OF_ENTRIES = Statement(
    "SELECT entry, number FROM counter WHERE player_id = :player AND what = :what AND number > 0"
    " ORDER BY entry DESC",
    _EntryCount,
)


def counts_of(connection: Connection, player: int, what: Counted) -> list[_EntryCount]:
    """How much there is of something, of each of its entries of which there is any."""
    return connection.execute(_COUNTS_OF_ENTRIES, {"player": player, "what": str(what)}).all()


def count_of(connection: Connection, player: int, what: Counted, entry: int | None = None) -> int:
    """How much there was of something in a player's life, of one of its entries or of all."""
    asked = {"player": player, "what": str(what)}
    if entry is None:
        return connection.execute(_COUNT, asked).one()
    return connection.execute(_COUNT_OF_ENTRY, {**asked, "entry": entry}).first() or 0
