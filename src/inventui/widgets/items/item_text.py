"""Words for a player item's acquisition, events, status, category and odds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from rich.cells import cell_len

from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.widgets.theme import one_in, percent

GOT: Mapping[Acquisition, str] = MappingProxyType(
    {
        Acquisition.CASE: "won from a case",
        Acquisition.PURCHASE: "bought",
        Acquisition.BUNDLE: "bought in a bundle",
        Acquisition.GIFT: "a gift",
        Acquisition.ACHIEVEMENT: "a reward",
        Acquisition.STARTER: "yours from the start",
        Acquisition.DROP: "found in a crate",
        Acquisition.THEFT: "robbed",
        Acquisition.BAZAAR: "bought at the bazaar",
        Acquisition.TRADE: "traded",
        Acquisition.WORKSHOP: "made in the workshop",
        Acquisition.ADMIN: "given by the world's owner",
    }
)
"""How a player item was got."""

FROM: Mapping[Acquisition, str] = MappingProxyType(
    {
        Acquisition.BUNDLE: "a bundle",
        Acquisition.ACHIEVEMENT: "a reward",
        Acquisition.STARTER: "the start",
        Acquisition.BAZAAR: "the bazaar",
        Acquisition.WORKSHOP: "the workshop",
        Acquisition.ADMIN: "the world's owner",
    }
)
"""The same after `from`, where there is little room."""

GIVER: Mapping[Acquisition, str] = MappingProxyType(
    {
        Acquisition.GIFT: "a gift of ",
        Acquisition.THEFT: "robbed from ",
        Acquisition.BAZAAR: "bought from ",
        Acquisition.TRADE: "traded with ",
    }
)
"""What stands before the name of whom it came from."""


def got_words(acquisition: Acquisition, source: str, cells: int = 400) -> str:
    """How a player item was got, and from whom or of what.

    Args:
        acquisition: how.
        source: from whom or what, as it is kept with the player item.
        cells: where it does not fit, it is said as briefly as after `from`.
    """
    said = [GOT[acquisition], FROM.get(acquisition, GOT[acquisition])]
    if source and acquisition in GIVER:
        said = [GIVER[acquisition] + source, source]
    elif source and acquisition is Acquisition.WORKSHOP:
        said.insert(0, f"{GOT[acquisition]} of {source}")
    return next((words for words in said if cell_len(words) <= cells), said[-1])


HAPPENED: Mapping[Event, str] = MappingProxyType(
    {
        Event.ACQUIRE: "came to",
        Event.DROP: "dropped into escrow",
        Event.CLAIM: "claimed from escrow",
        Event.EXPIRE: "left in escrow too long",
        Event.EQUIP: "put on",
        Event.UNEQUIP: "taken off",
        Event.SELL: "sold",
        Event.WITHDRAW: "withdrawn",
        Event.GIFT: "given away",
        Event.USE_UP: "used up",
        Event.LIST: "listed on the bazaar",
        Event.DELIST: "taken off the bazaar",
        Event.OFFER: "offered in a trade",
        Event.TAKE_BACK: "taken back from a trade",
        Event.TRADE: "traded away",
        Event.FUSE: "fused in the workshop",
        Event.STEAL: "stolen",
        Event.BREAK: "broken",
        Event.EVICT: "lost to eviction",
        Event.DISCARD: "thrown away",
        Event.UNDO: "taken back by undo",
        Event.RETURN: "taken back by its giver",
    }
)
"""What an event of a player item's life is called afterwards."""

STANDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.EQUIPPED: "worn",
        Status.LISTED: "listed",
        Status.OFFERED: "in a trade",
        Status.ESCROWED: "in escrow",
    }
)
"""A status as a badge says it; what is simply owned needs none."""


def category_words(category: Category) -> str:
    """`avatar_glow` as a person says it; BigPulp is a name."""
    return str(category).replace("_", " ").replace("bigpulp", "BigPulp")


def odds_words(parts: int) -> str:
    """A probability in parts of 1,000,000: `0.26 % · 1 in 385`."""
    digits = 2 if parts >= 100 else 4
    return f"{percent(parts, digits)} · {one_in(Fraction(parts, TICKETS))}"


def short_hash(digest: str, first: int = 8, last: int = 4) -> str:
    """The ends of a long hash: `72cd6e84…3793`."""
    return digest if len(digest) <= 13 else f"{digest[:first]}…{digest[-last:]}"
