"""Entrances: each begins with little, ends with everything, and never tears a line."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from inventui.rules.core.categories import Category
from inventui.rules.core.style import VOCABULARY
from inventui.widgets.canvas.appearance import appearance
from inventui.widgets.canvas.canvas import runs_length
from inventui.widgets.player.entrance import SECONDS, WORDS, entering, entrance_runs
from inventui.widgets.player.player_card import card_canvas
from tests.screens.style_samples import DRESSED, FACTS, text_of

PAGE = card_canvas(FACTS, DRESSED, 44, 14).strips()
MOMENTS = tuple(step / 10 for step in range(11))


@pytest.mark.parametrize("word", ["none", *WORDS])
@pytest.mark.parametrize("moment", [-0.5, *MOMENTS, 1.5])
def test_every_line_stays_as_wide_as_the_page(word: str, moment: float) -> None:
    drawn = entering(PAGE, word, moment, "#14100d")
    assert len(drawn) == len(PAGE)
    for strip in drawn:
        assert strip.cell_length == 44
        assert sum(cell_len(segment.text) for segment in strip) == 44


@pytest.mark.parametrize("word", WORDS)
def test_it_begins_with_nothing_and_ends_with_everything(word: str) -> None:
    first = entering(PAGE, word, 0.0, "#14100d")
    assert first != PAGE
    if word != "fade":
        assert "Marmalade" not in text_of(first)
    assert entering(PAGE, word, 1.0, "#14100d") == PAGE


@pytest.mark.parametrize("word", WORDS)
def test_every_moment_of_its_first_half_shows_something_new(word: str) -> None:
    # Towards the end it is so slow that two moments may look the same.
    drawn = [entering(PAGE, word, moment, "#14100d") for moment in MOMENTS[:6]]
    assert all(here != there for here, there in pairwise(drawn))


def test_two_entrances_look_different() -> None:
    drawn = {word: entering(PAGE, word, 0.5, "#14100d") for word in WORDS}
    for (one, here), (other, there) in combinations(drawn.items(), 2):
        assert here != there, f"{one} looks like {other}"


def test_none_is_there_at_once_and_none_takes_long() -> None:
    assert entering(PAGE, "none", 0.0, "#14100d") == PAGE
    assert entering(PAGE, "nonsense", 0.0, "#14100d") == PAGE
    assert SECONDS <= 0.6
    assert set(WORDS) == set(VOCABULARY[Category.ENTRANCE_ANIMATION]) - {"none"}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("page", [[], [Strip([], 0)], [Strip.blank(1)]])
def test_the_smallest_page_enters_too(word: str, page: list[Strip]) -> None:
    for moment in MOMENTS:
        drawn = entering(page, word, moment, "#000000")
        assert [strip.cell_length for strip in drawn] == [strip.cell_length for strip in page]


@pytest.mark.parametrize("word", ["none", *WORDS])
def test_where_nothing_may_move_it_is_said_in_words(word: str) -> None:
    look = appearance({Category.ENTRANCE_ANIMATION: word})
    said = "".join(run.text for run in entrance_runs(look, 60))
    assert (word in said) == (word != "none")
    assert runs_length(entrance_runs(look, 12)) <= 12
