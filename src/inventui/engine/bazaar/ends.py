"""What became of a player's listings, and what they bought."""

from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.models import ListingEnd, ListingEnds
from inventui.engine.core.counts import count_of
from inventui.engine.inventory.pages import MOST_ON_A_PAGE
from inventui.rules.bazaar import ListingState
from inventui.rules.core.counters import Counted
from inventui.rules.core.enums import Rarity

_ENDED_BY = Statement("SELECT ended_by FROM listing WHERE id = :id", int)


class _EndKey(NamedTuple):
    ended_by: int
    id: int
    bought: int


# Both halves come in order from an index of their own; only a page's listings are read in full.
_ENDS = Statement(
    "SELECT ended_by, id, 0 AS bought FROM listing INDEXED BY listing_of_seller"
    " WHERE seller_id = :me {before} UNION ALL"
    " SELECT ended_by, id, 1 AS bought FROM listing INDEXED BY listing_of_buyer"
    " WHERE state = 'sold' AND buyer_id = :me {before} ORDER BY 1 DESC, 2 DESC LIMIT :limit",
    _EndKey,
    before="AND ended_by <= :operation AND (ended_by < :operation OR id < :before)",
)


class _EndedListing(NamedTuple):
    id: int
    name: str
    rarity: str
    state: str
    price: int
    fee: int
    seller: str
    buyer: str | None
    at: int


_END = Statement(
    "SELECT l.id, i.name, i.rarity, l.state, l.price,"
    " CASE WHEN l.state = 'sold' THEN l.fee ELSE 0 END AS fee, s.name AS seller, b.name AS buyer,"
    " o.at FROM listing l JOIN item i ON i.id = l.item_id JOIN player s ON s.id = l.seller_id"
    " JOIN operation o ON o.id = l.ended_by LEFT JOIN player b ON b.id = l.buyer_id"
    " WHERE l.id = :id",
    _EndedListing,
)


def ends_of(connection: Connection, me: int, before: int | None, limit: int) -> ListingEnds:
    """A player's ended listings and purchases, the newest first.

    Args:
        connection: one look.
        me: the player.
        before: the last page's `next`; without it the newest page.
        limit: most lines, 1 to 1,000.
    """
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    asked = {"me": me, "operation": 2**63 - 1, "before": 0, "limit": limit + 1}
    if before is not None:
        number = before if 0 < before < 2**63 else 0
        found = connection.execute(_ENDED_BY, {"id": number}).first()
        asked |= {"operation": found or 0, "before": number}
    rows = connection.execute(_ENDS, asked).all()
    lines = tuple(
        _end(connection.execute(_END, {"id": row.id}).one(), bought=bool(row.bought))
        for row in rows[:limit]
    )
    sold, earned, fees = (
        count_of(connection, me, what)
        for what in (Counted.BAZAAR_SALES, Counted.BAZAAR_EARNED, Counted.BAZAAR_FEES)
    )
    more = lines[-1].id if len(rows) > limit else None
    return ListingEnds(lines, sold, earned, fees, more)


def _end(row: _EndedListing, *, bought: bool) -> ListingEnd:
    return ListingEnd(
        id=row.id,
        name=row.name,
        rarity=Rarity(row.rarity),
        state=ListingState(row.state),
        price=row.price,
        fee=row.fee,
        other=(row.seller if bought else row.buyer) or "",
        bought=bought,
        at=row.at,
    )
