"""The numbers of the economy by which the audit judges what was done.

A world keeps, with the operation from which they hold, every set of these numbers that it
was ever played under: so a number may change for tomorrow, and what was done yesterday stays
right. What a single line was done under (a listing's fee, a fusion's fee and inputs, a
robbery's chance, a shift's rest) stands on that line itself. The lengths of days and periods
are no such numbers: what happened is numbered by them, so they can't change.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import ModuleType
from typing import Any

from inventui.rules import bazaar, collections, consumables, property, undo, workshop
from inventui.rules.core import lifecycle, money, ranks
from inventui.rules.core.categories import Category
from inventui.rules.inventory import escrow, gear
from inventui.rules.market import black_market, gear_shop
from inventui.rules.streets import daily_bonus, robbery, shifts
from inventui.rules.time import neighbour_calls
from inventui.rules.trades import trades
from inventui.rules.withdrawals import withdrawals

_NUMBERS: tuple[tuple[str, ModuleType, tuple[str, ...]], ...] = (
    ("bazaar", bazaar, ("DURATION", "FEE_PERCENT", "LEAST_FEE", "MOST_PRICE")),
    ("black_market", black_market, ("LEGENDARY_CHANCE", "FEATURED_DISCOUNT", "COUNTS", "STOCKS")),
    ("collections", collections, ("REWARD_PERCENT", "LEAST_ORANGES", "GEMS")),
    ("collections", collections, ("ORANGES_PER_EXPERIENCE",)),
    ("consumables", consumables, ("DONUT_PAY", "REPAIR", "POOP_LASTS")),
    ("escrow", escrow, ("DROP_HELD", "GIFT_HELD")),
    ("gear_shop", gear_shop, ("FIRST_REROLL", "SIZES")),
    ("lifecycle", lifecycle, ("GEAR_ROOM", "ESCROW_ROOM")),
    ("money", money, ("STARTING", "ORANGES_PER_EXPERIENCE")),
    ("neighbour_calls", neighbour_calls, ("PRESENT_LEAST", "PRESENT_MOST")),
    ("property", property, ("SPREAD", "DEBUFF", "FULL_TILL", "REST")),
    ("ranks", ranks, ("RANKS", "RANK_UP_GEMS")),
    ("streets", shifts, ("SHIFT_PAUSE", "SHIFTS_A_DAY", "SHIFT_LEAST", "SHIFT_MOST")),
    ("streets", shifts, ("SHIFT_EXPERIENCE",)),
    ("streets", daily_bonus, ("STREAK", "DAILY_STEP", "DAILY_GEMS")),
    ("streets", robbery, ("LEAST_CHANCE", "MOST_CHANCE", "ROBBERY_EXPERIENCE")),
    ("streets", robbery, ("WEAR_LEAST", "WEAR_MOST", "STOLEN_HELD", "A_DAY_AWAY", "AN_ABSENCE")),
    ("streets", robbery, ("LOOT_MOST", "ON_GUARD")),
    ("streets", robbery, ("FINE", "LEAST_FINE", "MOST_FINE", "STAKE")),
    ("trades", trades, ("DURATION", "MOST_THINGS")),
    ("undo", undo, ("WINDOW",)),
    ("withdrawals", withdrawals, ("LEAST_VALUE",)),
    ("workshop", workshop, ("INPUTS", "MOST_FILLERS", "FEE_PERCENT", "LEAST_FEE")),
)
"""The constants that the audit needs, with the word that worlds have stored before their names."""


BEFORE: Mapping[str, Any] = {"workshop.most_fillers": 5}
"""Numbers of rules that were added later, as they were before: nothing was ruled out."""


CHANGED = "changed"
"""What the numbers that packs change are kept as, beside all that are audited."""


def numbers() -> dict[str, Any]:
    """The numbers in force, by `room.name`, made of what JSON holds.

    A range is [least, most], a fraction [numerator, denominator].
    """
    found = {
        f"{room}.{name.lower()}": _plain(getattr(module, name))
        for room, module, names in _NUMBERS
        for name in names
    }
    return found | {"gear.revenue": _plain(gear.FIGURES[Category.BUSINESS]["revenue"])}


def _plain(value: Any) -> Any:
    match value:
        case gear.Span():
            return [value.least, value.most]
        case Fraction():
            return [value.numerator, value.denominator]
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value
