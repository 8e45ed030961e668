"""Swaps: which things may go over, and what both sides may hold afterwards."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import ENDS, GEAR_ROOM, advance
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.trades.checks import (
    Party,
    Pledge,
    check_ask,
    check_give,
    check_owned,
    check_room,
)

SEAL = Pledge(1, "Wax Seal", Category.COLLECTIBLE, Status.OWNED, False, False)
FRAME = replace(SEAL, item=2, name="Gilt Frame", category=Category.FRAME)
FORK = replace(SEAL, item=3, name="Bent Fork", category=Category.WEAPON)


def why(refusal: Refusal | None) -> Reason | None:
    if refusal is not None:
        assert refusal.message.endswith(".")
    return None if refusal is None else refusal.reason


@pytest.mark.parametrize(("status", "locked"), list(product(Status, (False, True))))
def test_what_may_be_given_is_what_the_lifecycle_lets_be_offered(
    status: Status, locked: bool
) -> None:
    player_item = replace(SEAL, status=status, locked=locked)
    legal = advance(status, Event.OFFER) is not None and not locked
    assert (check_give(player_item) is None) is legal
    assert legal is (status is Status.OWNED and not locked)


@pytest.mark.parametrize(
    ("status", "locked", "default"), list(product(Status, (False, True), (False, True)))
)
def test_what_may_be_asked_for_is_what_its_owner_may_give(
    status: Status, locked: bool, default: bool
) -> None:
    player_item = replace(SEAL, status=status, locked=locked, is_default=default)
    mine, theirs = check_give(player_item), check_ask("bob", player_item)
    assert why(mine) is why(theirs)
    for refusal in (mine, theirs):
        if refusal is not None:
            assert "Wax Seal" in refusal.message


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.OWNED}))
def test_why_a_thing_is_not_to_be_had_names_its_owner(status: Status) -> None:
    refusal = check_ask("bob", replace(SEAL, status=status))
    assert refusal is not None
    assert "bob" in refusal.message
    assert "your" not in refusal.message.lower()
    assert refusal.figures == {"player": "bob", "status": str(status)}
    assert refusal.reason is (Reason.ENDED if status in ENDS else Reason.WRONG_STATUS)


def test_what_everybody_has_is_not_traded() -> None:
    assert why(check_give(replace(FRAME, is_default=True))) is Reason.IS_DEFAULT
    assert why(check_ask("bob", replace(FRAME, is_default=True))) is Reason.IS_DEFAULT


@pytest.mark.parametrize("category", sorted(set(Category) - {Category.BUNDLE}))
def test_only_cosmetics_are_had_once(category: Category) -> None:
    player_item = replace(FRAME, category=category)
    refusal = check_owned(Party("", 0, {player_item.item: 1}, (), (player_item,)))
    assert why(refusal) is (Reason.ALREADY_OWNED if category in COSMETICS else None)


def test_who_has_a_cosmetic_already_is_named() -> None:
    mine = check_owned(Party("", 0, {FRAME.item: 1}, (), (FRAME,)))
    theirs = check_owned(Party("bob", 0, {FRAME.item: 1}, (), (FRAME,)))
    assert mine is not None
    assert theirs is not None
    assert mine.message.startswith("You have Gilt Frame already")
    assert theirs.message.startswith("bob has Gilt Frame already")
    assert theirs.figures == {"player": "bob"}


def test_a_cosmetic_is_counted_after_the_swap() -> None:
    assert check_owned(Party("", 0, {FRAME.item: 1}, (FRAME,), (FRAME,))) is None
    assert why(check_owned(Party("", 0, {}, (), (FRAME, FRAME)))) is Reason.ALREADY_OWNED
    assert check_owned(Party("", 0, {FRAME.item: 2}, (FRAME,), (SEAL,))) is None


@given(
    held=st.integers(0, GEAR_ROOM),
    gives=st.integers(0, 8),
    gets=st.integers(0, 8),
    seals=st.booleans(),
)
def test_gear_has_room_if_what_is_held_after_the_swap_fits(
    held: int, gives: int, gets: int, seals: bool
) -> None:
    gives = min(gives, held)
    others = (SEAL,) * seals
    party = Party("", held, {}, (FORK,) * gives + others, (*others, *(FORK,) * gets))
    assert why(check_room(party)) is (Reason.NO_ROOM if held - gives + gets > GEAR_ROOM else None)


@pytest.mark.parametrize("category", Category)
def test_only_gear_takes_up_room(category: Category) -> None:
    party = Party("", GEAR_ROOM, {}, (), (replace(FORK, category=category),))
    assert (check_room(party) is None) is (category not in GEAR)


def test_who_has_no_room_is_named_with_figures() -> None:
    mine = check_room(Party("", GEAR_ROOM, {}, (SEAL,), (FORK,)))
    theirs = check_room(Party("bob", GEAR_ROOM, {}, (SEAL,), (FORK,)))
    assert mine is not None
    assert theirs is not None
    assert mine.message.startswith("You would hold 11 pieces")
    assert theirs.message.startswith("bob would hold 11 pieces")
    assert mine.figures == {"room": 10, "held": 10, "after": 11}
    assert theirs.figures == {"room": 10, "held": 10, "after": 11, "player": "bob"}
