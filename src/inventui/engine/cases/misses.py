"""How far a player's guarantees are: rolls without a hit on the active seed pair, by case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.models import MissCount
from inventui.rules.core.enums import SeedState

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Last(NamedTuple):
    slug: str
    name: str
    odds_table_id: int
    entry: int
    since: int


# One look into the index for each case, however many rolls there are: CROSS JOIN keeps SQLite
# from going through all rolls of the seed pair.
_LAST = Statement(
    "SELECT c.slug, c.name, r.odds_table_id, r.entry, r.since FROM case_box c"
    " CROSS JOIN seed_pair s ON s.player_id = :player AND s.state = '{active}'"
    " CROSS JOIN roll r ON r.seed_pair_id = s.id AND r.promised_case = c.slug AND r.nonce ="
    " (SELECT max(l.nonce) FROM roll l WHERE l.seed_pair_id = s.id AND l.promised_case = c.slug)"
    " WHERE c.active = 1 ORDER BY c.position",
    _Last,
    active=SeedState.ACTIVE,
)


def misses(world: Context, connection: Connection, player: int) -> tuple[MissCount, ...]:
    """Every case whose guarantee counts misses of a player now, in the pack's order."""
    found = []
    for last in connection.execute(_LAST, {"player": player}).all():
        # What counted as a hit is what the table of then says.
        table = world.catalogue.odds(connection, last.odds_table_id)
        since = table.since_after(last.entry, last.since)
        if since:
            found.append(MissCount(last.slug, last.name, since))
    return tuple(found)
