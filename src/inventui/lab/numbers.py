"""Numbers of the economy that a lab may change for a while, by name.

A number is a constant of the rules. While it is changed, every module of the rules and of the lab
that took it by its name has the changed one; the game itself never runs meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType, ModuleType

from inventui.rules import bazaar, collections, consumables, property, workshop
from inventui.rules.core import lifecycle, money, ranks
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory import escrow
from inventui.rules.market import black_market, gear_shop
from inventui.rules.npc import bazaar_period, neighbours, valuation
from inventui.rules.streets import crates, daily_bonus, robbery, shifts
from inventui.rules.time import catch_up, neighbour_calls

_ROOMS: tuple[tuple[str, ModuleType, str], ...] = (
    ("bazaar", bazaar, "FEE_PERCENT LEAST_FEE ORANGES_PER_GEM RESALE_PERCENT"),
    ("black_market", black_market, "LEGENDARY_CHANCE FEATURED_DISCOUNT"),
    ("collections", collections, "REWARD_PERCENT LEAST_ORANGES"),
    ("consumables", consumables, "REPAIR"),
    ("crates", crates, "CRATE_CHANCE"),
    ("daily", daily_bonus, "STREAK DAILY_STEP DAILY_GEMS"),
    ("escrow", escrow, "DROP_HELD"),
    ("gear", lifecycle, "GEAR_ROOM ESCROW_ROOM"),
    ("gear_shop", gear_shop, "FIRST_REROLL"),
    ("money", money, "STARTING ORANGES_PER_EXPERIENCE"),
    ("neighbours", neighbours, "PAY_LEAST PAY_MOST PLENTY"),
    ("presents", neighbour_calls, "PRESENT_LEAST PRESENT_MOST PRESENT_CHANCE ITEM_CHANCE"),
    ("property", property, "SPREAD DEBUFF REST GRACE_DAYS EVICTION_DAYS"),
    ("raids", catch_up, "ROB_CHANCE"),
    ("ranks", ranks, "RANK_UP_GEMS"),
    (
        "robbery",
        robbery,
        "BASE_CHANCE LEAST_CHANCE MOST_CHANCE LOOT_LEAST LOOT_MOST GEAR_CHANCE FINE LEAST_FINE"
        " MOST_FINE STAKE POOR ROBBERY_EXPERIENCE WEAR_LEAST WEAR_MOST",
    ),
    (
        "shifts",
        shifts,
        "SHIFT_PAUSE SHIFTS_A_DAY SHIFT_LEAST SHIFT_MOST MEAN_SKILL SHIFT_EXPERIENCE",
    ),
    (
        "traders",
        bazaar_period,
        "BUY_CHANCE LIST_CHANCE TASTE_CHANCE OFFER_CHANCE OFFER_LEAST OFFER_MOST MOST_LISTED"
        " WILL_LEAST WILL_MOST TASTE_WILL RARITY_WILL ASK_LEAST ASK_MOST MOST_OF_PURSE",
    ),
    ("trades", valuation, "SHARE_LEAST SHARE_MOST TASTE_MORE TASTE_LESS RARITY_MORE OWN_SHARE"),
    ("workshop", workshop, "INPUTS FEE_PERCENT LEAST_FEE"),
)

LEAST, MOST = 0, 10**9
"""Of a number that has no bounds of its own below: what is drawn is less than 2³²."""

_WIDEST = max(shifts.STYLE_SPREAD.values())
_BOUNDS = {
    "black_market.featured_discount": (0, 99),
    "money.oranges_per_experience": (1, MOST),
    "property.spread": (0, 100),
    "shifts.mean_skill": (_WIDEST, 100 - _WIDEST),
}


def changeable() -> dict[str, int]:
    """Every number that can be changed: its name and what it is."""
    found = {}
    for room, module, names in _ROOMS:
        for name in names.split():
            value = getattr(module, name)
            if isinstance(value, Mapping):
                found.update({f"{room}.{name.lower()}.{key}": value[key] for key in value})
            else:
                found[f"{room}.{name.lower()}"] = value
    return found


def check_numbers(wanted: Mapping[str, float]) -> Refusal | None:
    """None if all of these can be changed to what is wanted."""
    known = changeable()
    for name, value in wanted.items():
        if name not in known:
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"There is no number {name}. Numbers are: {', '.join(known)}.",
                {"number": name, "known": list(known)},
            )
        least, most = _BOUNDS.get(name, (LEAST, MOST))
        if not least <= value <= most or value != int(value):
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"{name} is a whole number from {least} to {most:,}, not {value:,g}.",
                {"number": name, "value": value},
            )
    return None


def check_order(wanted: Mapping[str, float]) -> Refusal | None:
    """None if with these no number is the least of something of which another is less at most."""
    numbers = {**changeable(), **wanted}
    for least, value in numbers.items():
        most = least.replace("least", "most")
        if value > numbers.get(most, value):
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"{least} would be {value:,}, which is more than {most}, {numbers[most]:,}: "
                "change both, or stay below it.",
                {least: value, most: numbers[most]},
            )
    return None


@contextmanager
def changed(wanted: Mapping[str, float]) -> Iterator[None]:
    """Have these numbers instead of the usual ones for a while."""
    undo: list[tuple[ModuleType, str, object]] = []
    try:
        for name, value in wanted.items():
            _change(name, int(value), undo)
        yield
    finally:
        for module, name, before in reversed(undo):
            setattr(module, name, before)


def _change(named: str, value: int, undo: list[tuple[ModuleType, str, object]]) -> None:
    room, name, *key = named.split(".")
    owner = next(
        module for of, module, names in _ROOMS if of == room and name.upper() in names.split()
    )
    before = getattr(owner, name.upper())
    after: object = value
    if key:
        after = MappingProxyType({k: value if k == key[0] else before[k] for k in before})
    shared = sum(name.upper() in names.split() for _, _, names in _ROOMS) > 1
    for path, module in list(sys.modules.items()):
        ours = path.startswith(("inventui.rules", "inventui.lab")) and not shared
        if module is owner or (ours and vars(module).get(name.upper()) is before):
            undo.append((module, name.upper(), before))
            setattr(module, name.upper(), after)
