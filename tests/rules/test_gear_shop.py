"""The daily gear shop."""

import pytest

from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Rarity
from inventui.rules.core.ranks import RANKS
from inventui.rules.core.refusal import Reason
from inventui.rules.market.gear_shop import (
    MOST_REROLLS,
    check_reroll,
    day_at,
    draw_shop,
    ends,
    not_in_shop,
    reroll_price,
)

POOL = {
    rarity: [f"{rarity}-{number}" for number in range(16)]
    for rarity in (Rarity.COMMON, Rarity.UNCOMMON, Rarity.RARE, Rarity.LEGENDARY)
}
BY_RANK = {
    "Rookie": {"common"},
    "Associate": {"common", "uncommon"},
    "Soldier": {"common", "uncommon", "rare"},
    "Captain": {"common", "uncommon", "rare"},
    "Underboss": {"uncommon", "rare"},
    "Kingpin": {"uncommon", "rare"},
}


def shop(rank: str, *, player: int = 1, day: int = 20_000, rerolls: int = 0) -> tuple[str, ...]:
    return draw_shop("seed", player, day, rerolls, rank, POOL)


@pytest.mark.parametrize("rank", [name for name, _ in RANKS])
def test_each_rank_sees_its_rarities_and_six_to_ten_things(rank: str) -> None:
    seen: set[str] = set()
    for day in range(200):
        items = shop(rank, day=day)
        assert 6 <= len(items) == len(set(items)) <= 10
        seen |= {item.split("-")[0] for item in items}
    assert seen == BY_RANK[rank]


def test_a_higher_rank_never_sees_fewer_things() -> None:
    sizes = [len(shop(name)) for name, _ in RANKS]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (6, 10)


def test_a_shop_is_the_same_for_every_look_and_another_for_day_player_and_reroll() -> None:
    assert shop("Captain") == shop("Captain")
    others = {
        shop("Captain"),
        shop("Captain", player=2),
        shop("Captain", day=20_001),
        shop("Captain", rerolls=1),
    }
    assert len(others) == 4


def test_a_shop_closes_at_the_next_midnight_utc() -> None:
    midnight = 20_000 * DAY
    assert day_at(midnight) == day_at(midnight + DAY - 1) == 20_000
    assert ends(20_000) == midnight + DAY


def test_rerolls_cost_5_gems_and_double_within_a_day() -> None:
    assert [reroll_price(number) for number in range(5)] == [5, 10, 20, 40, 80]


def test_a_reroll_needs_its_gems() -> None:
    assert check_reroll(1, 10, DAY) is None
    refusal = check_reroll(1, 9, DAY)
    assert refusal is not None
    assert refusal.reason is Reason.INSUFFICIENT_FUNDS
    assert refusal.figures == {"required": 10, "current": 9, "missing": 1, "currency": "gems"}


def test_rerolls_of_a_day_are_not_without_end() -> None:
    assert check_reroll(MOST_REROLLS - 1, 2**53, DAY) is None
    refusal = check_reroll(MOST_REROLLS, 2**53, DAY)
    assert refusal is not None
    assert refusal.reason is Reason.TOO_OFTEN
    assert "1 d 00 h" in refusal.message


def test_what_a_shop_has_not_is_refused_with_the_time_of_the_next() -> None:
    refusal = not_in_shop("spoon", "Sharp Spoon", 2 * DAY - 5_000)
    assert refusal.reason is Reason.NOT_FOR_SALE
    assert "Sharp Spoon" in refusal.message
    assert "5 s" in refusal.message
