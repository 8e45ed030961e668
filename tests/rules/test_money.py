"""Money: who pays whom, what spending earns, and when it is not enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.money import (
    FAUCETS,
    HOLDS,
    MOST,
    SINKS,
    STARTING,
    Currency,
    HouseAccount,
    Questions,
    asks_before_parting,
    asks_first,
    asks_whatever_the_price,
    can_pay,
    experience_for,
    money_words,
)
from inventui.rules.core.refusal import Reason, Refusal

SUMS = st.integers(0, MOST)


def test_a_player_begins_with_5000_oranges_and_25_gems() -> None:
    assert STARTING == {Currency.ORANGES: 5_000, Currency.GEMS: 25}


def test_every_account_of_the_house_is_a_faucet_a_sink_or_a_hold_and_only_one() -> None:
    assert set(HouseAccount) == FAUCETS | SINKS | HOLDS
    assert len(HouseAccount) == len(FAUCETS) + len(SINKS) + len(HOLDS)


def test_the_faucets_and_sinks_of_the_law_are_there() -> None:
    assert {"start", "play", "daily_bonus", "achievement", "business", "sale"} <= FAUCETS
    assert {
        "case",
        "shop",
        "black_market",
        "upkeep",
        "operating_cost",
        "bazaar_fee",
        "fine",
        "workshop_fee",
    } <= SINKS


def test_the_largest_sum_is_exact_for_every_reader_of_json() -> None:
    assert MOST == 9_007_199_254_740_991
    assert int(float(MOST)) == MOST
    assert int(float(MOST + 2)) != MOST + 2


@given(SUMS, SUMS)
def test_a_sum_is_refused_only_if_it_is_more_than_there_is(required: int, current: int) -> None:
    refusal = can_pay(required, current, Currency.ORANGES)
    assert (refusal is None) is (current - required >= 0)
    if refusal is not None:
        assert refusal.reason is Reason.INSUFFICIENT_FUNDS
        assert refusal.figures == {
            "required": required,
            "current": current,
            "missing": required - current,
            "currency": "oranges",
        }


def test_the_refusal_says_what_is_missing_and_what_would_help() -> None:
    refusal = can_pay(1_500, 240, Currency.ORANGES)
    assert isinstance(refusal, Refusal)
    assert refusal.message == (
        "You need 1,260 oranges more: it costs 1,500 oranges and you have 240. "
        "Shifts, the daily bonus and sales bring oranges."
    )
    assert can_pay(240, 240, Currency.GEMS) is None


def test_what_would_help_differs_with_the_currency() -> None:
    refusal = can_pay(20, 10, Currency.GEMS)
    assert isinstance(refusal, Refusal)
    assert refusal.message == (
        "You need 10 gems more: it costs 20 gems and you have 10. "
        "A new rank, an achievement or the seventh day of a streak would help."
    )


@pytest.mark.parametrize("currency", Currency)
def test_each_currency_has_its_own_words_for_what_would_help(currency: Currency) -> None:
    others = [can_pay(2, 1, other) for other in Currency if other is not currency]
    refusal = can_pay(2, 1, currency)
    assert isinstance(refusal, Refusal)
    assert refusal.message.rpartition(". ")[2] not in [str(other) for other in others]


@pytest.mark.parametrize(
    ("spent", "points"), [(0, 0), (9, 0), (10, 1), (19, 1), (100, 10), (99_999, 9_999)]
)
def test_ten_oranges_spent_are_a_point_and_parts_of_one_are_none(spent: int, points: int) -> None:
    assert experience_for(spent) == points


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (0, Currency.ORANGES, "0 oranges"),
        (1, Currency.ORANGES, "1 orange"),
        (1, Currency.GEMS, "1 gem"),
        (2, Currency.GEMS, "2 gems"),
        (1_234_567, Currency.ORANGES, "1,234,567 oranges"),
        (1, Currency.EXPERIENCE, "1 experience"),
    ],
)
def test_a_sum_is_said_as_a_sentence_says_it(amount: int, currency: Currency, words: str) -> None:
    assert money_words(amount, currency) == words


@pytest.mark.parametrize(
    ("price", "purse", "rule", "always", "rare"),
    [(0, 100, False, False, False), (24, 100, False, True, False), (25, 100, True, True, True),
     (100, 100, True, True, True), (101, 100, False, False, False)],
)  # fmt: skip
def test_questions_are_asked_always_or_by_the_rule_or_by_it_about_what_is_rare(
    price: int, purse: int, rule: bool, always: bool, rare: bool
) -> None:
    assert asks_first(price, purse) is asks_first(price, purse, Questions.RULE) is rule
    assert asks_first(price, purse, Questions.ALWAYS) is always
    assert asks_first(price, purse, Questions.RARE, rare=True) is rare
    assert not asks_first(price, purse, Questions.RARE)
    assert asks_whatever_the_price(Questions.RULE)
    assert not asks_whatever_the_price(Questions.RARE)
    assert asks_whatever_the_price(Questions.RARE, rare=True)


@pytest.mark.parametrize(
    ("worth", "purse", "questions", "rare", "asked"),
    [
        (100, 401, Questions.RULE, False, False),
        (100, 400, Questions.RULE, False, True),
        (100, 0, Questions.RULE, False, True),
        (0, 0, Questions.RULE, False, False),
        (1, 10_000, Questions.RULE, True, True),
        (1, 10_000, Questions.RARE, True, True),
        (100, 0, Questions.RARE, False, False),
        (1, 10_000, Questions.ALWAYS, False, True),
    ],
)
def test_before_parting_only_what_is_rare_or_much_for_the_purse_is_asked_about(
    worth: int, purse: int, questions: Questions, rare: bool, asked: bool
) -> None:
    assert asks_before_parting(worth, purse, questions, rare=rare) is asked
