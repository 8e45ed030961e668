"""Inventory: what is on which tab, and what may be sold, locked or thrown away."""

from collections import Counter

import pytest

from inventui.rules.core.categories import COSMETICS, GEAR, SLOTS, Category
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.lifecycle import ENDS, legal_events
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import (
    TAB_CATEGORIES,
    InventoryTab,
    Sort,
    check_lock,
    check_move,
    check_sell,
)

EVERYTHING = [(c, s, locked) for c in Category for s in Status for locked in (False, True)]


def test_the_tabs_are_those_of_the_law_in_its_order() -> None:
    assert [str(tab) for tab in InventoryTab] == [
        "all",
        "collectibles",
        "frames",
        "titles",
        "backgrounds",
        "effects",
        "bigpulp",
        "drawer_style",
        "consumables",
        "gear",
        "escrow",
    ]
    assert set(TAB_CATEGORIES) == set(InventoryTab)


def test_every_category_that_can_be_held_is_on_exactly_one_tab_beside_all() -> None:
    special = {InventoryTab.ALL, InventoryTab.ESCROW}
    places = Counter(c for tab in set(InventoryTab) - special for c in TAB_CATEGORIES[tab])
    # A bundle is never held: buying one gives the things in it.
    assert set(places) == set(Category) - {Category.BUNDLE}
    assert set(places.values()) == {1}


def test_all_and_escrow_leave_no_category_out() -> None:
    assert TAB_CATEGORIES[InventoryTab.ALL] == TAB_CATEGORIES[InventoryTab.ESCROW] == set(Category)


def test_every_tab_has_something_to_show() -> None:
    assert all(TAB_CATEGORIES.values())


def test_categories_divide_into_gear_cosmetics_and_the_rest() -> None:
    assert len(Category) == 30
    assert {str(c) for c in GEAR} == {"weapon", "armor", "business", "housing"}
    assert len(COSMETICS) == 23
    assert SLOTS == GEAR | COSMETICS
    assert {str(c) for c in set(Category) - SLOTS} == {"consumable", "collectible", "bundle"}


def test_there_are_four_sort_orders() -> None:
    assert [str(sort) for sort in Sort] == ["newest", "value", "rarity", "name"]


@pytest.mark.parametrize(("category", "status", "locked"), EVERYTHING)
def test_the_house_buys_owned_unlocked_collectibles_and_gear_and_nothing_else(
    category: Category, status: Status, locked: bool
) -> None:
    refusal = check_sell("Thing", category, status, locked=locked)
    bought = category in GEAR | {Category.COLLECTIBLE} and status == "owned" and not locked
    assert (refusal is None) is bought
    if refusal is not None:
        assert refusal.message.startswith("Thing ")
        assert refusal.reason is (
            Reason.ENDED
            if status in ENDS
            else Reason.LOCKED
            if locked
            else Reason.WRONG_STATUS
            if status != "owned"
            else Reason.NOT_SELLABLE
        )


@pytest.mark.parametrize("status", Status)
def test_what_is_neither_gone_nor_promised_may_be_locked_and_unlocked(status: Status) -> None:
    refusal = check_lock("Thing", status)
    assert (refusal is None) is (status in ("owned", "equipped", "escrowed"))
    if refusal is not None:
        promised = status in ("listed", "offered")
        assert refusal.reason is (Reason.WRONG_STATUS if promised else Reason.ENDED)
        assert refusal.figures == {"status": str(status)}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("locked", [False, True])
def test_a_move_is_refused_exactly_where_the_table_has_no_line(
    status: Status, event: Event, locked: bool
) -> None:
    refusal = check_move("Thing", status, event, locked=locked)
    assert (refusal is None) is (event in legal_events(status, locked=locked))


@pytest.mark.parametrize(
    ("status", "help_"),
    [
        (Status.EQUIPPED, "take it off first"),
        (Status.ESCROWED, "claim it first"),
        (Status.LISTED, "take it back first"),
        (Status.OFFERED, "take it back first"),
    ],
)
def test_a_refusal_says_what_would_help(status: Status, help_: str) -> None:
    refusal = check_sell("Thing", Category.COLLECTIBLE, status, locked=False)
    assert isinstance(refusal, Refusal)
    assert help_ in refusal.message
