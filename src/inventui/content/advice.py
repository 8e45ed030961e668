"""Advice about a pack: what is allowed, and yet hardly meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from inventui.content.fusing import best_returns, pools_of
from inventui.content.models.items import GIVEN_BY_CASES
from inventui.content.pack import Pack, PackCase, PackItem
from inventui.rules import property as property_rules
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.collections import reward
from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.market import black_market
from inventui.rules.market.black_market import discounted
from inventui.rules.property import WORKED, rest_brings
from inventui.rules.streets import robbery
from inventui.rules.workshop import next_rarity

SMALL_SET = 3
"""Pieces that a set needs at least to be worth collecting."""

MOST_ROUNDING = Fraction(1, 100)
"""By how much of itself a chance may be rounded without a word."""

NAMED = 3
"""How many things one advice names of those that it is about."""

RAREST = 6
"""Of how many pieces of a set the openings are reckoned that it takes to have them all."""


class AdviceKind(StrEnum):
    """What an advice is about."""

    RETURN = "return"
    FUSING = "fusing"
    SELL_PRICE = "sell_price"
    NO_POOL = "no_pool"
    SMALL_SET = "small_set"
    SET_REWARD = "set_reward"
    PAYBACK = "payback"
    HOME = "home"
    SPRITE = "sprite"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice.

    Attributes:
        kind: what it is about.
        subject: the id of the case, item or pack.
        message: what is so, as a sentence.
    """

    kind: AdviceKind
    subject: str
    message: str


def advice(pack: Pack) -> tuple[Advice, ...]:
    """All advice about a pack: about its cases, then its items, then its pictures."""
    categories = {item.id: item.category for item in pack.items}
    values = {item.id: item.value for item in pack.items}
    alone, mixed = (best_returns(pack, mixed=mixed) for mixed in (False, True))
    found: list[Advice] = []
    for case in pack.cases:
        found += _returns(case, alone[case.id], mixed[case.id])
        found += _dead_ends(case, categories)
        found += _set(case, values)
        found += _rounding(case)
    discounts = _discounts(pack)
    for item in pack.items:
        found += _sale(item, _least_price(item, discounts))
        found += _property(item, _least_price(item, discounts))
    return (*found, *_pictures(pack))


def _returns(case: PackCase, alone: Fraction, mixed: Fraction) -> Iterator[Advice]:
    plain = case.odds_table().return_to_player
    if plain > 1:
        message = f"It returns {_percent(plain)} of its price in the mean: opening it earns."
        yield Advice(AdviceKind.RETURN, case.id, message)
    elif max(alone, mixed) > 1:
        how = "things of its own" if alone > 1 else "things of other cases too"
        message = (
            f"It returns {_percent(plain)} of its price, and up to {_percent(max(alone, mixed))} "
            f"to who fuses as well as can be, with {how}."
        )
        yield Advice(AdviceKind.FUSING, case.id, message)


def _dead_ends(case: PackCase, categories: Mapping[str, Category]) -> Iterator[Advice]:
    stuck = [rarity for rarity, pool in pools_of(case, categories).items() if not pool]
    if stuck:
        without = " or ".join(str(next_rarity(rarity)) for rarity in stuck)
        message = (
            f"What is {' and '.join(stuck)} in it can't be fused: it holds no collectible "
            f"that is {without}."
        )
        yield Advice(AdviceKind.NO_POOL, case.id, message)


def _set(case: PackCase, values: Mapping[str, int]) -> Iterator[Advice]:
    odds = case.odds_table()
    parts: dict[str, Fraction] = {}
    for first, end in odds.spans:
        for entry, share in zip(odds.entries[first:end], odds.shares[first:end], strict=True):
            if entry.item:
                parts[entry.item] = parts.get(entry.item, Fraction(0)) + share
    if len(parts) < SMALL_SET:
        pieces = f"{len(parts)} piece{'s' * (len(parts) != 1)}"
        message = f"Its set has {pieces}: a reward is had for next to nothing. Give it {SMALL_SET}."
        yield Advice(AdviceKind.SMALL_SET, case.id, message)
    loss = odds.price - odds.expected_value
    paid = reward([values.get(item, 0) for item in parts]).oranges
    if loss > 0 and parts and paid > (cost := _cost_of_all(list(parts.values()), loss, paid)):
        message = f"Completing its set costs {_oranges(cost)} in the mean, and pays {paid:,}."
        yield Advice(AdviceKind.SET_REWARD, case.id, message)


def _cost_of_all(chances: Sequence[Fraction], loss: Fraction, enough: int) -> Fraction:
    """At least what it costs in the mean to have every piece once, all being sold afterwards.

    Args:
        chances: how many of each piece one opening gives in the mean.
        loss: what an opening costs more than it gives.
        enough: from which cost on it need not be known more closely.
    """
    rarest = sorted(chances)[:RAREST]
    one = loss / rarest[0]
    return one if one >= enough else loss * _openings(tuple(rarest))


@lru_cache(maxsize=4096)
def _openings(chances: tuple[Fraction, ...]) -> Fraction:
    """The mean number of openings until each of these pieces has come."""
    return sum(
        (
            (-1) ** (size + 1) / sum(some, Fraction(0))
            for size in range(1, len(chances) + 1)
            for some in combinations(chances, size)
        ),
        Fraction(0),
    )


def _rounding(case: PackCase) -> Iterator[Advice]:
    rounded = [
        (entry.name, exact, Fraction(entry.parts, TICKETS))
        for entry, exact in zip(case.entries, case.exact, strict=True)
        if abs(Fraction(entry.parts, TICKETS) - exact) > exact * MOST_ROUNDING
    ]
    if rounded:
        name, exact, now = rounded[0]
        which = "The chance" if len(rounded) == 1 else f"{len(rounded):,} chances, first the one"
        message = (
            f"{which} of {name} is rounded by more than {_percent(MOST_ROUNDING)}: "
            f"{_exactly(exact)} becomes {_exactly(now)}."
        )
        yield Advice(AdviceKind.ROUNDING, case.id, message)


def _discounts(pack: Pack) -> dict[str, int]:
    """The highest discount at which each item is sold in a bundle, in percent."""
    found: dict[str, int] = {}
    for bundle in pack.bundles:
        details = bundle.details()
        held, discount = details["items"], details["discount"]
        if isinstance(held, list) and isinstance(discount, int):
            found |= {slug: max(discount, found.get(slug, 0)) for slug in held}
    return found


def _least_price(item: PackItem, discounts: Mapping[str, int]) -> tuple[int, str] | None:
    """The least that an item is sold for in oranges alone, and where; None if it is not."""
    if not item.price_oranges or item.price_gems:
        return None
    offers = [(item.price_oranges, "")]
    if item.id in discounts:
        offers.append((discounted(item.price_oranges, discounts[item.id]), " in a bundle"))
    if item.category in GEAR and item.rarity is Rarity.LEGENDARY:
        offers.append(
            (discounted(item.price_oranges, black_market.FEATURED_DISCOUNT), " on the black market")
        )
    return min(offers)


def _sale(item: PackItem, least: tuple[int, str] | None) -> Iterator[Advice]:
    if least is not None and item.category in GIVEN_BY_CASES and item.sell_price >= least[0]:
        message = f"It is bought for {least[0]:,}{least[1]} and sold for {item.sell_price:,}."
        yield Advice(AdviceKind.SELL_PRICE, item.id, message)


def _property(item: PackItem, least: tuple[int, str] | None) -> Iterator[Advice]:
    figures = {name: value for name, value in item.details().items() if isinstance(value, int)}
    if item.category is Category.BUSINESS and least is not None:
        profit = figures["revenue"] - figures["operating_cost"]
        if profit >= least[0]:
            message = (
                f"It brings {profit:,} a day and costs {least[0]:,}{least[1]}: it is paid back "
                "within a day."
            )
            yield Advice(AdviceKind.PAYBACK, item.id, message)
    if item.category is Category.HOUSING:
        rest = rest_brings(property_rules.REST.get(item.rarity, 0))
        # A purse of its price, robbed once a day.
        robbed = Fraction(
            item.price_oranges * robbery.BASE_CHANCE * (robbery.LOOT_LEAST + robbery.LOOT_MOST),
            20_000,
        )
        insured = robbed * figures["insurance"] / 100
        if rest + insured <= figures["upkeep"]:
            message = (
                f"It never pays: {figures['upkeep']:,} a day for upkeep; its rest brings "
                f"{rest:,} in {WORKED} shifts, and it saves {_oranges(insured)} to who has its "
                "price in the purse and is robbed daily."
            )
            yield Advice(AdviceKind.HOME, item.id, message)


def _pictures(pack: Pack) -> Iterator[Advice]:
    # What is worn is shown by the card that wears it.
    seen = [item for item in pack.items if item.category not in COSMETICS]
    for what, things in (("case", pack.cases), ("item", seen)):
        bare = [thing.id for thing in things if not thing.sprite]
        if bare:
            more = f" and {len(bare) - NAMED:,} more" * (len(bare) > NAMED)
            many = f"{len(bare):,} {what}s have" if len(bare) > 1 else f"1 {what} has"
            message = (
                f"{many} no sprite: {', '.join(bare[:NAMED])}{more}. Without an emoji it is drawn "
                "as its rarity."
            )
            yield Advice(AdviceKind.SPRITE, pack.id, message)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):,.2f}".rstrip("0").rstrip(".") + " %"


def _exactly(share: Fraction) -> str:
    return f"{float(share * 100):.6f}".rstrip("0").rstrip(".") + " %"


def _oranges(amount: Fraction) -> str:
    return f"{float(amount):,.1f}".removesuffix(".0")
