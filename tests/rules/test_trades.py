"""Trades: who may end an offer how, what an offer must be, and what is said of it."""

from itertools import product

import pytest

from inventui.rules.core.clock import HOUR
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.trades.trades import (
    DURATION,
    MESSAGE_LENGTH,
    MOST_THINGS,
    TRADE_ENDS,
    Side,
    Terms,
    TradeEvent,
    TradeState,
    check_end,
    check_partner,
    check_terms,
    ended_words,
    home_words,
    item_list_words,
    offer_words,
    state_at,
)

UNTIL = 1_000


def why(refusal: Refusal | None) -> Reason | None:
    if refusal is not None:
        assert refusal.message.endswith(".")
    return None if refusal is None else refusal.reason


@pytest.mark.parametrize(("side", "event"), list(product((*Side, None), TradeEvent)))
def test_who_may_end_an_open_offer_how_is_the_table_and_nothing_else(
    side: Side | None, event: TradeEvent
) -> None:
    refusal = check_end(side, event, TradeState.OPEN, UNTIL, UNTIL - 1, "bob")
    if side is not None and (side, event) in TRADE_ENDS:
        assert refusal is None
        return
    assert why(refusal) is Reason.NOT_YOUR_TURN
    assert refusal is not None
    assert refusal.figures == {"side": None if side is None else str(side), "event": str(event)}


@pytest.mark.parametrize(
    ("side", "event", "words"),
    [
        (Side.PROPOSER, TradeEvent.ACCEPT, "bob who answers"),
        (Side.PROPOSER, TradeEvent.DECLINE, "take it back instead"),
        (Side.PROPOSER, TradeEvent.COUNTER, "make another"),
        (Side.PARTNER, TradeEvent.TAKE_BACK, "bob made this offer: decline"),
    ],
)
def test_whoever_may_not_is_told_what_they_may(side: Side, event: TradeEvent, words: str) -> None:
    refusal = check_end(side, event, TradeState.OPEN, UNTIL, 0, "bob")
    assert refusal is not None
    assert words in refusal.message


@pytest.mark.parametrize(
    ("side", "event", "state"),
    list(product((*Side, None), TradeEvent, sorted(set(TradeState) - {TradeState.OPEN}))),
)
def test_what_has_ended_ends_no_second_time(
    side: Side | None, event: TradeEvent, state: TradeState
) -> None:
    if (side, event, state) == (None, TradeEvent.EXPIRE, TradeState.EXPIRED):
        return
    expected = Reason.EXPIRED if state is TradeState.EXPIRED else Reason.ENDED
    refusal = check_end(side, event, state, UNTIL, 0, "bob")
    assert why(refusal) is expected
    assert refusal is not None
    assert refusal.figures == {"state": str(state)}


@pytest.mark.parametrize(("side", "event"), [pair for pair in TRADE_ENDS if pair[0] is not None])
def test_an_offer_stands_for_exactly_48_hours(side: Side, event: TradeEvent) -> None:
    assert DURATION == 48 * HOUR
    assert check_end(side, event, TradeState.OPEN, UNTIL, UNTIL - 1, "bob") is None
    assert why(check_end(side, event, TradeState.OPEN, UNTIL, UNTIL, "bob")) is Reason.EXPIRED
    expire = (None, TradeEvent.EXPIRE, TradeState.OPEN, UNTIL)
    assert why(check_end(*expire, UNTIL - 1, "bob")) is Reason.NOT_YOUR_TURN
    assert check_end(*expire, UNTIL, "bob") is None


def test_time_ends_what_is_open_alone() -> None:
    assert state_at(TradeState.OPEN, UNTIL, UNTIL - 1) is TradeState.OPEN
    for state in TradeState:
        after = TradeState.EXPIRED if state is TradeState.OPEN else state
        assert state_at(state, UNTIL, UNTIL) is after


def test_every_end_is_reached_by_one_pair_of_the_table() -> None:
    assert sorted(TRADE_ENDS.values()) == sorted(set(TradeState) - {TradeState.OPEN})


def test_nobody_trades_with_themselves() -> None:
    assert check_partner(myself=False) is None
    assert why(check_partner(myself=True)) is Reason.NO_TARGET


GOOD = {"give": 1, "give_oranges": 0, "ask": 1, "ask_oranges": 0, "message": ""}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"give": 0, "give_oranges": 1},
        {"ask": 0, "ask_oranges": 1},
        {"give": 0, "give_oranges": MOST, "ask": MOST_THINGS, "ask_oranges": MOST},
        {"give": MOST_THINGS, "message": "x" * MESSAGE_LENGTH},
    ],
)
def test_an_offer_is_things_or_oranges_of_each_side(change: dict[str, object]) -> None:
    assert check_terms(Terms(**{**GOOD, **change})) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"give_oranges": -1}, Reason.INVALID_AMOUNT),
        ({"ask_oranges": -1}, Reason.INVALID_AMOUNT),
        ({"give_oranges": MOST + 1}, Reason.INVALID_AMOUNT),
        ({"ask_oranges": MOST + 1}, Reason.INVALID_AMOUNT),
        ({"message": "x" * (MESSAGE_LENGTH + 1)}, Reason.INVALID_MESSAGE),
        ({"message": "over\nthere"}, Reason.INVALID_MESSAGE),
        ({"give": 0}, Reason.NOTHING_OFFERED),
        ({"ask": 0}, Reason.NOTHING_OFFERED),
        ({"give": 0, "ask": 0}, Reason.NOTHING_OFFERED),
        ({"give": MOST_THINGS + 1}, Reason.TOO_MANY_THINGS),
        ({"ask": MOST_THINGS + 1}, Reason.TOO_MANY_THINGS),
    ],
)
def test_what_is_no_offer_is_refused(change: dict[str, object], reason: Reason) -> None:
    assert why(check_terms(Terms(**{**GOOD, **change}))) is reason  # type: ignore[arg-type]


def test_which_side_is_empty_is_said() -> None:
    mine = check_terms(Terms(0, 0, 1, 0, ""))
    theirs = check_terms(Terms(1, 0, 0, 0, ""))
    assert mine is not None
    assert theirs is not None
    assert "You offer nothing" in mine.message
    assert "You ask for nothing" in theirs.message


@pytest.mark.parametrize(
    ("names", "oranges", "words"),
    [
        ([], 1, "1 orange"),
        (["Bib"], 0, "Bib"),
        (["Bib"], 1_000, "Bib and 1,000 oranges"),
        (["Bib", "Straw"], 5, "Bib, Straw and 5 oranges"),
        (["Bib", "Straw", "Seal"], 0, "Bib, Straw and Seal"),
        (["Bib", "Straw", "Seal", "Fork"], 0, "Bib, Straw and 2 more things"),
        (["Bib", "Straw", *"ABCDEF"], 7, "Bib, Straw, 6 more things and 7 oranges"),
    ],
)
def test_a_side_is_said_in_few_words(names: list[str], oranges: int, words: str) -> None:
    assert item_list_words(names, oranges) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Bib"] * 8, "Bib ×8 and 7 oranges"),
        (["Bib", "Straw", "Bib"], "Bib ×2, Straw and 7 oranges"),
        ([*["Bib"] * 3, "Straw", "Seal", "Seal", "Fork", "Fork"],
         "Bib ×3, Straw, 4 more things and 7 oranges"),
    ],
)  # fmt: skip
def test_equal_names_of_a_side_are_said_once(names: list[str], words: str) -> None:
    assert item_list_words(names, 7) == words


def test_an_offer_is_told_with_its_message() -> None:
    said = offer_words("ana", "Bib", "Seal", "", counter=False)
    assert said == "ana offers you Bib for Seal."
    said = offer_words("ana", "Bib", "Seal", "Please", counter=True)
    assert said == "ana offers you Bib for Seal instead. “Please”"


def test_every_end_is_told_in_words_of_its_own_with_both_sides() -> None:
    ends = set(TradeState) - {TradeState.OPEN, TradeState.COUNTERED}
    said = {ended_words(state, "bob", "Bib", "Seal", "") for state in ends}
    assert len(said) == len(ends)
    for words in said:
        assert {"bob", "Bib", "Seal"} <= {word.strip(".:,") for word in words.split()}
    accepted = ended_words(TradeState.ACCEPTED, "bob", "Bib", "Seal", "Deal")
    assert accepted == "bob accepted: you have Seal for Bib. “Deal”"
    assert home_words("bob", "Bib") == "bob did not answer in 48 hours: you have Bib back."
