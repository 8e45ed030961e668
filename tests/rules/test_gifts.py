"""Gifts and withdrawals: which reason comes first, and where each limit lies."""

from dataclasses import replace

import pytest

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.money import MOST, Currency
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.friends import FriendshipState
from inventui.rules.people.gifts import (
    GiftItem,
    check_gift_item,
    check_gift_money,
    check_message,
    check_receiver,
)
from inventui.rules.withdrawals.withdrawals import check_details, check_withdraw

HAT = GiftItem("Hat", Category.BIGPULP_HAT, Status.OWNED, False, False, False)


def reason(refusal: Refusal | None) -> Reason | None:
    return None if refusal is None else refusal.reason


def test_the_first_reason_that_holds_is_given_for_a_thing() -> None:
    player_item = replace(HAT, status=Status.GIFTED, locked=True, is_default=True, friend_owns=True)
    assert reason(check_gift_item("bob", player_item)) is Reason.ENDED
    player_item = replace(player_item, status=Status.EQUIPPED)
    assert reason(check_gift_item("bob", player_item)) is Reason.LOCKED
    player_item = replace(player_item, locked=False)
    assert reason(check_gift_item("bob", player_item)) is Reason.WRONG_STATUS
    player_item = replace(player_item, status=Status.OWNED)
    assert reason(check_gift_item("bob", player_item)) is Reason.IS_DEFAULT
    player_item = replace(player_item, is_default=False)
    assert reason(check_gift_item("bob", player_item)) is Reason.ALREADY_OWNED
    assert check_gift_item("bob", replace(player_item, friend_owns=False)) is None


def test_a_friend_may_get_another_consumable() -> None:
    for category in Category:
        player_item = replace(HAT, category=category, friend_owns=True)
        due = None if category is Category.CONSUMABLE else Reason.ALREADY_OWNED
        assert reason(check_gift_item("bob", player_item)) is due


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OWNED])
def test_only_what_is_owned_is_given_or_withdrawn(status: Status) -> None:
    assert check_gift_item("bob", replace(HAT, status=status)) is not None
    assert check_withdraw("Hat", 10_000, status, locked=False) is not None


def test_gifts_go_to_friends_only() -> None:
    for bond in FriendshipState:
        due = None if bond is FriendshipState.FRIENDS else Reason.NOT_FRIENDS
        assert reason(check_receiver("bob", bond, myself=False)) is due
        assert reason(check_receiver("bob", bond, myself=True)) is Reason.NO_TARGET


@pytest.mark.parametrize("currency", [Currency.ORANGES, Currency.GEMS])
def test_one_to_all_that_one_has_may_be_given(currency: Currency) -> None:
    for amount in (1, 99, 100):
        assert check_gift_money(amount, 100, currency) is None
    assert reason(check_gift_money(101, 100, currency)) is Reason.INSUFFICIENT_FUNDS
    for amount in (0, -1, MOST + 1):
        assert reason(check_gift_money(amount, MOST, currency)) is Reason.INVALID_AMOUNT


def test_things_worth_10_000_or_more_are_withdrawn() -> None:
    assert check_withdraw("Seal", 10_000, Status.OWNED, locked=False) is None
    assert reason(check_withdraw("Seal", 9_999, Status.OWNED, locked=False)) is Reason.TOO_CHEAP
    assert reason(check_withdraw("Seal", 9_999, Status.OWNED, locked=True)) is Reason.LOCKED


def test_words_have_200_characters_and_details_500_and_nothing_hidden() -> None:
    assert check_message("x" * 200) is None
    assert check_details("x" * 500) is None
    for refusal in (
        check_message("x" * 201),
        check_details("x" * 501),
        check_message("a\u202eb"),
        check_details("a\x1bb"),
    ):
        assert reason(refusal) is Reason.INVALID_MESSAGE
