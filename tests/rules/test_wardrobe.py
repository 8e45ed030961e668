"""Slots: what goes in and what comes off; and what consumables may do."""

import pytest

from inventui.rules.consumables import (
    check_donut,
    check_poop,
    check_repair,
    check_use,
    repaired,
)
from inventui.rules.core.categories import COSMETICS, GEAR, SLOTS, Category
from inventui.rules.core.enums import Status
from inventui.rules.core.lifecycle import ENDS
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.wardrobe import DEFAULTED, check_equip, check_unequip
from inventui.rules.people.friends import FriendshipState


def why(refusal: Refusal | None) -> Reason | None:
    return None if refusal is None else refusal.reason


@pytest.mark.parametrize("category", Category)
def test_gear_and_cosmetics_have_a_slot_and_nothing_else_has(category: Category) -> None:
    due = None if category in GEAR | COSMETICS else Reason.NOT_WEARABLE
    assert why(check_equip("It", category, Status.OWNED)) is due


@pytest.mark.parametrize("status", Status)
def test_only_what_is_owned_can_be_put_on(status: Status) -> None:
    found = why(check_equip("It", Category.FRAME, status))
    if status is Status.OWNED:
        assert found is None
    else:
        assert found is (Reason.ENDED if status in ENDS else Reason.WRONG_STATUS)


@pytest.mark.parametrize("status", Status)
def test_only_what_is_worn_can_be_taken_off_unless_it_is_the_default(status: Status) -> None:
    found = why(check_unequip("It", Category.FONT_COLOR, status, is_default=False))
    if status is Status.EQUIPPED:
        assert found is None
    else:
        assert found is (Reason.ENDED if status in ENDS else Reason.WRONG_STATUS)
    if status is Status.EQUIPPED:
        default = check_unequip("It", Category.FONT_COLOR, status, is_default=True)
        assert why(default) is Reason.IS_DEFAULT


def test_the_slots_with_a_default_are_the_fourteen_of_the_law() -> None:
    assert len(DEFAULTED) == len(set(DEFAULTED)) == 14
    assert set(DEFAULTED) <= SLOTS
    assert {Category.FRAME, Category.TITLE, Category.CELEBRATION}.isdisjoint(DEFAULTED)


@pytest.mark.parametrize("category", Category)
def test_only_consumables_are_used_up(category: Category) -> None:
    due = None if category is Category.CONSUMABLE else Reason.NOT_USABLE
    assert why(check_use("It", category, Status.OWNED)) is due


def test_one_donut_counts_for_one_shift() -> None:
    assert check_donut("Donut", already_fed=False) is None
    assert why(check_donut("Donut", already_fed=True)) is Reason.NOTHING_TO_DO


@pytest.mark.parametrize("standing", FriendshipState)
def test_things_are_thrown_at_friends_alone(standing: FriendshipState) -> None:
    refusal = check_poop("Poop", "bob", standing, myself=False)
    if standing is FriendshipState.FRIENDS:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.reason is Reason.NOT_FRIENDS
        assert refusal.figures == {"player": "bob", "bond": standing}


def test_a_refused_throw_says_what_would_make_a_friend_of_them() -> None:
    said = {
        standing: check_poop("Poop", "bob", standing, myself=False).message  # type: ignore[union-attr]
        for standing in FriendshipState
        if standing is not FriendshipState.FRIENDS
    }
    assert all(line.startswith("Poop is thrown at friends only, and bob") for line in said.values())
    assert "Ask them first." in said[FriendshipState.NONE]
    assert "wait for the answer" in said[FriendshipState.ASKED]
    assert "say yes first" in said[FriendshipState.WAITING]


@pytest.mark.parametrize("standing", FriendshipState)
def test_throwing_needs_somebody_else_whatever_the_bond(standing: FriendshipState) -> None:
    assert why(check_poop("Poop", None, standing, myself=False)) is Reason.NO_TARGET
    assert why(check_poop("Poop", "ana", standing, myself=True)) is Reason.NO_TARGET


@pytest.mark.parametrize(
    ("category", "durability", "due"),
    [
        (Category.WEAPON, 99, None),
        (Category.HOUSING, 0, None),
        (Category.WEAPON, 100, Reason.NOTHING_TO_DO),
        (Category.FRAME, None, Reason.NO_TARGET),
        (None, None, Reason.NO_TARGET),
    ],
)
def test_a_repair_kit_mends_worn_gear_alone(
    category: Category | None, durability: int | None, due: Reason | None
) -> None:
    assert why(check_repair("It", category, Status.OWNED, durability, 100)) is due


@pytest.mark.parametrize(
    ("status", "due"),
    [
        (Status.EQUIPPED, None),
        (Status.ESCROWED, Reason.WRONG_STATUS),
        (Status.SOLD, Reason.ENDED),
        (Status.STOLEN, Reason.ENDED),
        (Status.DESTROYED, Reason.ENDED),
    ],
)
def test_a_repair_kit_mends_what_is_in_the_inventory_alone(
    status: Status, due: Reason | None
) -> None:
    assert why(check_repair("It", Category.WEAPON, status, 0, 100)) is due


@pytest.mark.parametrize(("before", "most", "after"), [(0, 100, 25), (80, 100, 100), (5, 20, 20)])
def test_a_repair_brings_25_points_up_to_the_things_own_maximum(
    before: int, most: int, after: int
) -> None:
    assert repaired(before, most) == after
