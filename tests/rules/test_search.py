"""What a search finds, the same in every list."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.search import parse_search


class Line(NamedTuple):
    name: str
    category: Category
    rarity: Rarity
    description: str
    worth: int


NEON = Line("Neon Peel", Category.FRAME, Rarity.EPIC, "It hums at night.", 2_400)
STRAW = Line("Bent Straw", Category.COLLECTIBLE, Rarity.COMMON, "From a lemon soda.", 40)
VEST = Line("Rind Vest", Category.ARMOR, Rarity.UNCOMMON, "Thick.", 900)
HAT = Line("Crate Crown", Category.BIGPULP_HAT, Rarity.RARE, "Heavy.", 5_000)
ALL = (NEON, STRAW, VEST, HAT)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ALL),
        ("peel", (NEON,)),
        ("NEON  peel", (NEON,)),
        ("peel neon", (NEON,)),
        ("lemon", (STRAW,)),
        ("name:lemon", ()),
        ('"bent straw"', (STRAW,)),
        ('"straw bent"', ()),
        ("epic", (NEON,)),
        ("common", (STRAW,)),
        ("r:epic", (NEON,)),
        ("r:e", (NEON,)),
        ("r:epic r:rare", (NEON, HAT)),
        ("cat:frame", (NEON,)),
        ("cat:hat", (HAT,)),
        ("cat:bigpulp", (HAT,)),
        ("cat:gear", (VEST,)),
        ("armour", (VEST,)),
        ("cat:frame r:common", ()),
        ("<900", (STRAW,)),
        ("<=900", (STRAW, VEST)),
        (">900", (NEON, HAT)),
        (">=900 <5,000", (NEON, VEST)),
        ("cat:frame r:epic <5000 >100", (NEON,)),
        ("nothing:here", ()),
        ("cat:", ALL),
    ],
)
def test_words_and_fields_narrow_down_what_is_found(text: str, found: tuple[Line, ...]) -> None:
    search = parse_search(text)
    assert tuple(k for k in ALL if search.finds(k, k.worth, k.description)) == found


@given(st.text(max_size=60))
def test_any_text_is_a_search(text: str) -> None:
    parse_search(text).finds(NEON, NEON.worth, NEON.description)


@given(st.text(max_size=20), st.text(max_size=20))
def test_another_word_never_finds_more(first: str, second: str) -> None:
    both = parse_search(f"{first} name:{second}")
    for line in ALL:
        if both.finds(line, line.worth, line.description) and '"' not in first + second:
            assert parse_search(first).finds(line, line.worth, line.description)
