"""How a thing was got, in as many cells as there are."""

import pytest
from rich.cells import cell_len

from inventui.rules.core.enums import Acquisition
from inventui.widgets.items.item_text import got_words
from tests.screens.conftest import HOSTILE_NAMES


@pytest.mark.parametrize(
    ("acquisition", "source", "long", "short"),
    [
        (Acquisition.GIFT, "Auntie Zest", "a gift of Auntie Zest", "Auntie Zest"),
        (Acquisition.THEFT, "Ricky Rind", "robbed from Ricky Rind", "Ricky Rind"),
        (Acquisition.BAZAAR, "Ricky Rind", "bought from Ricky Rind", "Ricky Rind"),
        (Acquisition.BAZAAR, "", "bought at the bazaar", "the bazaar"),
        (Acquisition.TRADE, "Ricky Rind", "traded with Ricky Rind", "Ricky Rind"),
        (Acquisition.ADMIN, "x", "given by the world's owner", "the world's owner"),
        (Acquisition.PURCHASE, "shop", "bought", "bought"),
        (Acquisition.GIFT, "", "a gift", "a gift"),
    ],
)
def test_whoever_gave_a_thing_is_named_even_where_there_is_little_room(
    acquisition: Acquisition, source: str, long: str, short: str
) -> None:
    assert got_words(acquisition, source) == long
    assert got_words(acquisition, source, 18) == short


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (80, "made in the workshop of Bent Straw ×3, Peel Coin ×2"),
        (50, "made in the workshop"),
        (19, "the workshop"),
    ],
)
def test_what_a_thing_was_made_of_is_named_where_there_is_room(cells: int, said: str) -> None:
    assert got_words(Acquisition.WORKSHOP, "Bent Straw ×3, Peel Coin ×2", cells) == said
    assert got_words(Acquisition.WORKSHOP, "") == "made in the workshop"


def test_a_card_of_80_columns_cuts_none_of_it() -> None:
    for acquisition in Acquisition:
        assert cell_len(got_words(acquisition, "ana", 18)) <= 18
        assert got_words(acquisition, "")


def test_a_hostile_giver_is_a_word() -> None:
    for name in HOSTILE_NAMES:
        assert got_words(Acquisition.GIFT, name, 200) == f"a gift of {name}"
