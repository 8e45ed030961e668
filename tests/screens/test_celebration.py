"""Celebrations: the same seed flies the same way, and without motion everything is at rest."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.app import App, ComposeResult

from inventui.rules.core.categories import Category
from inventui.rules.core.style import VOCABULARY, Style
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.canvas.celebration import (
    COLOURS,
    CONFETTI,
    SECONDS,
    Celebration,
    celebrate,
    plain_colour,
    sparks_at,
)
from inventui.widgets.colour import Pen

WORDS = tuple(VOCABULARY[Category.CELEBRATION])
MOMENTS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (5, 3), (44, 14), (120, 40)])
def test_sparks_stay_inside_the_picture(word: str, size: tuple[int, int]) -> None:
    width, height = size
    for moment in MOMENTS:
        for y, line in sparks_at(Style(word), "seed", 90, moment, width, height).items():
            assert 0 <= y < height
            assert all(0 <= x < width for x in line)


@pytest.mark.parametrize("word", WORDS)
def test_the_same_seed_flies_the_same_way_and_another_differently(word: str) -> None:
    for moment in MOMENTS:
        here = sparks_at(Style(word), "seed", 60, moment, 44, 14)
        assert here == sparks_at(Style(word), "seed", 60, moment, 44, 14)
    assert here != sparks_at(Style(word), "other", 60, 1.0, 44, 14)


def test_every_celebration_looks_different_at_every_moment_of_its_flight() -> None:
    for moment in (0.3, 0.6, 1.0):
        drawn = {word: sparks_at(Style(word), "seed", 60, moment, 44, 14) for word in WORDS}
        for (one, here), (other, there) in combinations(drawn.items(), 2):
            assert here != there, f"{one} looks like {other}"


@pytest.mark.parametrize("word", WORDS)
def test_something_is_left_to_be_seen_at_rest(word: str) -> None:
    lines = sparks_at(Style(word), "seed", 60, 1.0, 44, 14)
    assert sum(map(len, lines.values())) > 20


@pytest.mark.parametrize("word", WORDS)
def test_it_is_painted_in_the_colours_of_its_style(word: str) -> None:
    colours = {
        spark.colour
        for line in sparks_at(Style(word, ("#111111", "#222222")), "seed", 90, 1.0, 80, 24).values()
        for spark in line.values()
    }
    assert colours == {"#111111", "#222222"}


def test_what_is_no_celebration_flies_as_confetti() -> None:
    assert sparks_at(Style("none"), "s", 60, 1.0, 44, 14) == sparks_at(
        CONFETTI, "s", 60, 1.0, 44, 14
    )


def test_every_colour_can_be_drawn_on_a_page_of_its_own() -> None:
    for colours in COLOURS.values():
        for colour in colours:
            assert len(plain_colour(colour)) == 7
    assert set(COLOURS) == set(SECONDS) == set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_it_never_covers_a_word(word: str) -> None:
    canvas = Canvas(40, 12, "#000000")
    for y in range(0, 12, 2):
        canvas.put(4, y, "Marmalade 界界 12,450", Pen("#ffffff"))
    for moment in MOMENTS:
        celebrate(canvas, Style(word), "seed", moment, 400)
    for y in range(0, 12, 2):
        assert "Marmalade 界界 12,450" in canvas.strip(y).text


class Sky(App[None]):
    """Nothing but a celebration."""

    def compose(self) -> ComposeResult:
        yield Celebration()


@pytest.mark.parametrize("word", WORDS)
async def test_without_motion_it_is_at_rest_at_once(word: str) -> None:
    async with Sky().run_test(size=(44, 14)) as pilot:
        sky = pilot.app.query_one(Celebration)
        sky.light("seed", 60, motion=False, style=Style(word))
        assert sky._timer is None
        still = [sky.render_line(y) for y in range(14)]
        sky.show_at(1.0)
        assert [sky.render_line(y) for y in range(14)] == still
        assert any(strip.text.strip() for strip in still)
        sky.put_out()
        assert not any(sky.render_line(y).text.strip() for y in range(14))


async def test_at_another_size_the_sparks_are_drawn_where_they_belong_there() -> None:
    async with Sky().run_test(size=(44, 14)) as pilot:
        sky = pilot.app.query_one(Celebration)
        sky.light("seed", 60, motion=False)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        shown = pilot.app.screen._compositor.render_strips()
        sparks = sparks_at(CONFETTI, "seed", 60, 1.0, 80, 24)
        assert [{x for x, letter in enumerate(strip.text) if letter != " "} for strip in shown] == [
            set(sparks.get(y, ())) for y in range(24)
        ]


async def test_with_motion_it_moves_and_comes_to_rest() -> None:
    async with Sky().run_test(size=(44, 14)) as pilot:
        sky = pilot.app.query_one(Celebration)
        sky.light("seed", 60, motion=True)
        assert sky._timer is not None
        seen = []
        for moment in (0.0, 0.5, 1.0):
            sky.show_at(moment)
            seen.append([sky.render_line(y).text for y in range(14)])
        assert len({str(lines) for lines in seen}) == 3
        sky.put_out()
        assert sky._timer is None
