"""Numbers of the economy that a pack or a study of the lab may change, by name.

A number is a constant of its module in the rules, and is read where it stands: `shifts.SHIFT_MOST`,
never by an import of its own, so that a changed one holds everywhere
(`tests/rules/test_numbers.py`). `content.numbers` changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from inventui.rules import bazaar, collections, consumables, property, workshop
from inventui.rules.core import lifecycle, money, ranks
from inventui.rules.core.clock import MINUTE
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable
from inventui.rules.inventory import escrow
from inventui.rules.market import black_market, gear_shop
from inventui.rules.npc import bazaar_period, neighbours, valuation
from inventui.rules.streets import crates, daily_bonus, robbery, shifts
from inventui.rules.time import catch_up, neighbour_calls

_ROOMS: tuple[tuple[str, ModuleType, str], ...] = (
    ("bazaar", bazaar, "FEE_PERCENT ORANGES_PER_GEM RESALE_PERCENT"),
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

MODULES: Mapping[str, ModuleType] = {room: module for room, module, _ in _ROOMS}
"""Where a number stands, by the first word of its name: `"{robbery.STAKE}".format(**MODULES)`."""

USUAL: Mapping[tuple[ModuleType, str], tuple[str, Any]] = {
    (module, constant): (f"{room}.{constant.lower()}", getattr(module, constant))
    for room, module, constants in _ROOMS
    for constant in constants.split()
}
"""Each constant as the program has it: its number's name, and what it is."""

LEAST, MOST = 0, 10**9
"""Of a number that has no bounds of its own below: what is drawn is less than 2³²."""

_WIDEST = max(shifts.STYLE_SPREAD.values())
_PERCENT = (
    "bazaar.fee_percent bazaar.resale_percent black_market.legendary_chance"
    " collections.reward_percent crates.crate_chance presents.item_chance presents.present_chance"
    " property.debuff property.spread raids.rob_chance robbery.base_chance robbery.fine"
    " robbery.gear_chance robbery.least_chance robbery.loot_least robbery.loot_most"
    " robbery.most_chance robbery.wear_least robbery.wear_most traders.buy_chance"
    " traders.list_chance traders.most_of_purse traders.offer_chance traders.taste_chance"
    " workshop.fee_percent"
)
_SHARES = (
    "property.rest.common property.rest.legendary property.rest.rare property.rest.uncommon"
    " traders.ask_least traders.ask_most traders.offer_least traders.offer_most"
    " traders.rarity_will traders.taste_will traders.will_least traders.will_most"
    " trades.own_share trades.rarity_more trades.share_least trades.share_most trades.taste_less"
    " trades.taste_more"
)
_BOUNDS = {
    **dict.fromkeys(_PERCENT.split(), (0, 100)),
    # Percents of a worth, which may be more than all of it.
    **dict.fromkeys(_SHARES.split(), (0, 1_000)),
    "bazaar.oranges_per_gem": (1, 10**6),
    "black_market.featured_discount": (0, 99),
    "daily.streak": (1, 100),
    "escrow.drop_held": (MINUTE, MOST),
    "gear.escrow_room": (1, 100),
    # A neighbour brings up to ten pieces.
    "gear.gear_room": (10, 1_000),
    "gear_shop.first_reroll": (1, 10**6),
    "money.oranges_per_experience": (1, MOST),
    "property.eviction_days": (1, 1_000),
    "property.grace_days": (1, 1_000),
    # What is paid is at least an orange, a chance is neither never nor always.
    **dict.fromkeys(("robbery.least_fine", "robbery.most_fine"), (1, MOST)),
    **dict.fromkeys(
        ("robbery.base_chance", "robbery.least_chance", "robbery.most_chance"), (1, 99)
    ),
    "shifts.mean_skill": (_WIDEST, 100 - _WIDEST),
    "shifts.shifts_a_day": (1, 1_000),
    "traders.most_listed": (0, 100),
    "workshop.inputs": (2, 20),
    "workshop.least_fee": (1, MOST),
}


def changeable() -> dict[str, int]:
    """Every number that can be changed: its name and what it is in force."""
    found = {name: getattr(module, constant) for (module, constant), (name, _) in USUAL.items()}
    return dict(flat(found))


def bounded() -> dict[str, tuple[int, int, int]]:
    """Every number that can be changed: what it usually is, and its least and its most."""
    usual: dict[str, int] = dict(flat(dict(USUAL.values())))
    return {name: (value, *_BOUNDS.get(name, (LEAST, MOST))) for name, value in usual.items()}


def flat(numbers: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Numbers by their dotted names: TOML reads those without quotes as tables within tables."""
    for name, value in numbers.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def fault_of_number(name: str, value: object) -> str | None:
    """What is wrong with a changed number, as a clause; None if nothing is."""
    if name not in changeable():
        return "there is no such number of the economy"
    least, most = _BOUNDS.get(name, (LEAST, MOST))
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    if whole and least <= value <= most:  # type: ignore[operator]
        return None
    return f"it is a whole number from {least} to {most:,}, not {printable(str(value))}"


def check_numbers(wanted: Mapping[str, float]) -> Refusal | None:
    """None if all of these can be changed to what is wanted."""
    for name, value in wanted.items():
        fault = fault_of_number(name, value)
        if fault is not None:
            known = list(changeable())
            more = "" if name in known else f". Numbers are: {', '.join(known)}"
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"{name} can't be {value:,g}: {fault}{more}.",
                {"number": name, "value": value, "known": known},
            )
    return None


def check_order(wanted: Mapping[str, float]) -> Refusal | None:
    """None if with these no number is the least of something of which another is less at most.

    Those that are not among them are the usual ones.
    """
    numbers = {**{name: usual for name, (usual, *_) in bounded().items()}, **wanted}
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
