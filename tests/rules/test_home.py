"""Home: in which order what waits stands, and what the next rank opens."""

from inventui.rules.core.clock import DAY, HOUR
from inventui.rules.core.ranks import RANKS
from inventui.rules.home import SHOWN, SOON, Kind, Waiting, ordered, rank_opens, shown, tip

NOW = 20_000 * DAY

SET = Waiting(Kind.SET, "set", "collections", 1_985)
BONUS = Waiting(Kind.BONUS, "bonus", "streets", 100, NOW + 9 * HOUR)
SHIFT = Waiting(Kind.SHIFT, "shift", "streets", 70)
QUEST = Waiting(Kind.QUEST, "quest", "cases", 50, cost=150)
ESCROW = Waiting(Kind.ESCROW, "escrow", "inventory", 40, NOW + SOON)
FRIEND = Waiting(Kind.FRIEND, "friend", "people")
CASE = Waiting(Kind.CASE, "case", "cases", cost=150)
MARKET = Waiting(Kind.MARKET, "market", "black_market", until=NOW + HOUR)
RANK = Waiting(Kind.RANK, "rank", "achievements")


def test_what_is_lost_soon_stands_first_then_the_quest_the_worthiest_spending_and_news() -> None:
    wanted = (ESCROW, QUEST, SET, BONUS, SHIFT, FRIEND, CASE, MARKET, RANK)
    assert ordered(reversed(wanted), 150, NOW) == wanted
    assert ordered(sorted(wanted, key=lambda line: line.what), 150, NOW) == wanted


def test_what_the_purse_cant_pay_stands_last() -> None:
    assert ordered((QUEST, CASE, RANK, SHIFT), 149, NOW) == (SHIFT, RANK, CASE, QUEST)


def test_of_what_ends_soon_the_first_to_end_stands_first() -> None:
    first = Waiting(Kind.TRADE, "trade", "trades", 1, NOW + HOUR)
    assert ordered((ESCROW, SET, first), 0, NOW) == (first, ESCROW, SET)


def test_home_shows_the_first_lines_and_always_the_quest() -> None:
    sets = [Waiting(Kind.SET, f"set {n}", "collections", 900 - n) for n in range(SHOWN)]
    dear = Waiting(Kind.QUEST, "quest", "shop", 150, cost=12_000)
    assert shown([*sets, CASE, dear]) == [*sets[:-1], dear]
    assert shown([dear, *sets]) == [dear, *sets[:-1]]
    assert shown([*sets, CASE]) == sets
    assert shown([CASE]) == [CASE]


def test_bigpulp_speaks_of_the_top_line_first_and_never_of_news() -> None:
    lines = (SET, BONUS, RANK)
    assert [tip(lines, passed) for passed in range(3)] == [SET, BONUS, SET]
    assert tip((RANK,), 0) is None


def test_each_rank_but_the_last_opens_something() -> None:
    assert rank_opens(0) == "Associate: uncommon gear, 10 gems"
    assert all(rank_opens(least) for _, least in RANKS[:-1])
    assert rank_opens(RANKS[-1][1]) == ""
