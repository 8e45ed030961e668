"""Sprites: every pixel where it belongs, two to a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.content import Content

from inventui.rules.core.sprite import parse
from inventui.widgets.canvas.sprite import (
    FULL,
    LOWER,
    NONE,
    UPPER,
    picture_lines,
    sprite_content,
    sprite_lines,
    sprite_size,
)

COLOURS = {"a": "#ff9a2e", "b": "#102030", "c": "#ffffff", "d": "#000000"}
HEADER = " ".join(f"{letter}={colour}" for letter, colour in COLOURS.items())


@st.composite
def sprites(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 16))
    height = 2 * draw(st.integers(1, 8))
    row = st.text("abcd.", min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=height, max_size=height))
    return "\n".join([HEADER, *rows])


def pixels(line: Content) -> list[tuple[str | None, str | None]]:
    """(upper, lower) colour of each cell, read back from what is drawn."""
    cells: list[tuple[str | None, str | None]] = []
    for text, style in line.render(end=""):
        front = style.foreground.hex.lower() if style.foreground else None
        back = style.background.hex.lower() if style.background else None
        for glyph in text:
            cells.append(
                {
                    NONE: (None, None),
                    FULL: (front, front),
                    UPPER: (front, back),
                    LOWER: (back, front),
                }[glyph]
            )
    return cells


@given(sprites(), st.integers(1, 3))
def test_every_pixel_is_drawn_where_it_belongs_at_every_scale(text: str, scale: int) -> None:
    sprite = parse(text)
    lines = [pixels(line) for line in sprite_lines(text, scale)]
    seen = [[line[x][half] for x in range(len(line))] for line in lines for half in (0, 1)]
    wanted = [
        [pixel for pixel in row for _ in range(scale)] for row in sprite.rows for _ in range(scale)
    ]
    assert seen == wanted
    assert sprite_size(text, scale) == (len(wanted[0]), len(wanted) // 2)


@given(sprites())
def test_without_any_colour_the_silhouette_is_still_there(text: str) -> None:
    sprite = parse(text)
    for y, line in enumerate(sprite_lines(text)):
        for x, glyph in enumerate(line.plain):
            painted = sprite.rows[2 * y][x] is not None or sprite.rows[2 * y + 1][x] is not None
            assert (glyph != NONE) == painted


def test_what_is_transparent_takes_on_the_background() -> None:
    (line,) = sprite_lines("a=#ff9a2e\n..a\n.a.")
    assert len(line.spans) == 2
    assert all(span.style.background is None for span in line.spans)
    assert line.plain == f"{NONE}{LOWER}{UPPER}"


def test_two_colours_share_a_cell() -> None:
    (line,) = sprite_lines("a=#ff9a2e b=#102030\na\nb")
    (span,) = line.spans
    assert line.plain == UPPER
    assert span.style.foreground == Color.parse("#ff9a2e")
    assert span.style.background == Color.parse("#102030")


@pytest.mark.parametrize("text", ["", "no sprite", "a=#ff9a2e\na", "[b]x[/b]\n..\n.."])
def test_a_text_that_is_no_sprite_draws_nothing_and_its_emoji_stands_there(text: str) -> None:
    assert sprite_lines(text) == ()
    assert sprite_content(text).plain == ""
    lines = picture_lines(text, "🍊", 14, 6)
    assert sum("🍊" in line.plain for line in lines) == 1


@given(
    st.one_of(sprites(), st.just("")),
    st.sampled_from(["🍊", "", "E", "🏆"]),
    st.integers(2, 30),
    st.integers(1, 12),
)
def test_a_picture_takes_exactly_the_cells_that_it_is_given(
    text: str, emoji: str, width: int, height: int
) -> None:
    lines = picture_lines(text, emoji, width, height)
    assert len(lines) == height
    assert all(cell_len(line.plain) == width for line in lines)
