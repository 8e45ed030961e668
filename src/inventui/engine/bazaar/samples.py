"""About where in an order something stands: told from a sample, for counting would pass over rows.

Listings are read at numbers that are spread between the first and the last, a few at each.
How far those reach tells how dense listings are there, and so for how many each of them stands.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.bazaar.queries import ListingOrder

PROBES = 100
"""At so many numbers listings are read."""

EACH = 4
"""So many are read at each."""

SCATTER = 2_654_435_761
"""Multiples of this, shifted, scatter within any step."""


class _Ends(NamedTuple):
    first: int | None
    last: int | None


class _Found(NamedTuple):
    probe: int
    found: str


class _Key(NamedTuple):
    key: int
    id: int


_WHOSE = {
    False: "INDEXED BY listing_open WHERE",
    True: "INDEXED BY listing_own WHERE seller_id = :me AND",
}
_ENDS = {
    mine: Statement(
        "SELECT (SELECT min(id) FROM listing {whose} state = 'open') AS first,"
        " (SELECT max(id) FROM listing {whose} state = 'open') AS last",
        _Ends,
        whose=whose,
    )
    for mine, whose in _WHOSE.items()
}
_NEXT = {
    mine: Statement(
        "SELECT j.value AS probe, (SELECT json_group_array(json_array(item_id, id)) FROM"
        " (SELECT item_id, id FROM listing {whose} state = 'open' AND id >= j.value"
        " ORDER BY id LIMIT {each}) next) AS found FROM json_each(:probes) j",
        _Found,
        whose=whose,
        each=EACH,
    )
    for mine, whose in _WHOSE.items()
}
_KEYS = {
    column: Statement(
        "SELECT {column} AS key, l.id FROM json_each(:ids) j"
        " CROSS JOIN listing l ON l.id = j.value",
        _Key,
        column=f"l.{column}",
    )
    for column in ("id", "price", "until")
}


def about(
    connection: Connection,
    order: ListingOrder,
    items: Collection[int],
    part: float,
    seller: int | None,
) -> int | None:
    """The number of an open listing before which about that part of those of `items` stand.

    Args:
        connection: reads.
        order: the order.
        items: of which items.
        part: from 0 to 1.
        seller: whose listings count; without it everybody's.

    Returns:
        It; None if the sample holds none of these items.
    """
    asked: dict[str, object] = {} if seller is None else {"me": seller}
    mine = seller is not None
    ends = connection.execute(_ENDS[mine], asked).one()
    if ends.first is None or ends.last is None:
        return None
    span = ends.last + 1 - ends.first
    step = span // PROBES + 1
    # Probes at even distances might all meet the same phase of a pattern, say of prices.
    probes = (ends.first + span * n // PROBES + (n * SCATTER >> 7) % step for n in range(PROBES))
    asked["probes"] = json.dumps([probe for probe in probes if probe <= ends.last])
    stands: dict[int, float] = {}
    for row in connection.execute(_NEXT[mine], asked):
        found = json.loads(row.found)
        reach = found[-1][1] + 1 - row.probe
        for item, number in found:
            if item in items:
                stands[number] = stands.get(number, 0) + 1 / reach
    if not stands:
        return None
    keys = connection.execute(_KEYS[order.column], {"ids": json.dumps(list(stands))})
    ordered = sorted(keys, reverse=order.falling)
    wanted, before = part * sum(stands.values()), 0.0
    for _, number in ordered:
        before += stands[number]
        if before > wanted:
            return number
    return ordered[-1].id
