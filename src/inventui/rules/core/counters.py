"""What is counted through a player's life, so that no read has to go through all of it."""

from enum import StrEnum

from inventui.rules.core.enums import Status


class Counted(StrEnum):
    """A count, by its word in the database."""

    WON = "won"
    """How often an entry of an odds table was won by opening cases."""
    BATCH = "batch"
    """Most cases opened at once."""
    ITEMS_SOLD = "items_sold"
    """Player items sold to the house."""
    GEAR_BROKEN = "gear_broken"
    SHIFTS = "shifts"
    REVENUE = "revenue"
    """What a business took in, in oranges."""
    COSTS = "costs"
    """What a business cost to run, in oranges."""
    FRIENDS = "friends"
    VISITS = "visits"
    """By others, to the player's drawer."""
    BAZAAR_SALES = "bazaar_sales"
    BAZAAR_EARNED = "bazaar_earned"
    """What bazaar sales brought after the fee, in oranges."""
    BAZAAR_FEES = "bazaar_fees"
    ITEMS_GIVEN = "items_given"
    ORANGES_GIVEN = "oranges_given"
    GEMS_GIVEN = "gems_given"
    ITEMS_RECEIVED = "items_received"
    ORANGES_RECEIVED = "oranges_received"
    GEMS_RECEIVED = "gems_received"
    EQUIPPED = "equipped"
    """Of this status, and those below, of each item."""
    LISTED = "listed"
    OFFERED = "offered"
    SOLD = "sold"
    WITHDRAWN = "withdrawn"
    GIFTED = "gifted"
    CONSUMED = "consumed"
    TRADED = "traded"
    FUSED = "fused"
    STOLEN = "stolen"
    DESTROYED = "destroyed"
    EXPIRED = "expired"
    RETURNED = "returned"


BY_STATUS = frozenset(status for status in Status if status in set(map(str, Counted)))
"""Statuses whose player items are counted by item; `holding` counts the others."""

BLOCK = 4_096
"""Numbers in a block: so many rows are skipped at most to find a row by its place."""

ENTRIES = 1_000_000
"""More entries than an odds table can have: each has a chance of a millionth at least."""


def entry_key(odds_table: int, entry: int) -> int:
    """One number for an entry of an odds table."""
    return odds_table * ENTRIES + entry


def entry_of(key: int) -> tuple[int, int]:
    """The odds table and the entry that a number stands for."""
    return divmod(key, ENTRIES)
