"""Sprites: small pictures as text; a wrong one is named, never drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.enums import Rarity
from inventui.rules.core.sprite import HIGHEST, WIDEST, Sprite, drawn, parse, stand_in

LEMON = "y=#FFE14d g=#66bb33\n.gy.\nyyyy"


def test_a_sprite_is_its_rows_of_colours() -> None:
    sprite = parse(LEMON)
    y, g = "#ffe14d", "#66bb33"
    assert sprite.rows == ((None, g, y, None), (y, y, y, y))
    assert (sprite.width, sprite.height) == (4, 2)


def test_no_text_is_an_empty_picture() -> None:
    assert parse("") == Sprite(())
    assert (parse("").width, parse("").height) == (0, 0)


def test_new_lines_around_it_do_not_count() -> None:
    assert parse(f"\n{LEMON}\n\n") == parse(LEMON)


def test_a_picture_may_be_sixteen_by_sixteen() -> None:
    assert (WIDEST, HIGHEST) == (16, 16)
    sprite = parse("o=#000000\n" + "\n".join(["o" * 16] * 16))
    assert (sprite.width, sprite.height) == (16, 16)
    assert parse("o=#000000\n..\n..").rows == ((None,) * 2,) * 2


def test_a_picture_may_be_one_pixel_wide_and_two_high() -> None:
    assert parse("o=#000000\no\n.").rows == (("#000000",), (None,))
    with pytest.raises(ValueError, match="row 1 has 0 pixels"):
        parse("o=#000000\n\n\no\no")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("o=#ff8800", "2 to 16 rows"),
        ("o=#ff8800\noo", "an even number, not 1"),
        ("o=#ff8800\n" + "oo\n" * 3, "an even number, not 3"),
        ("o=#ff8800\n" + "oo\n" * 18, "not 18"),
        ("o=#ff8800\noo\nooo", "row 2 has 3 pixels"),
        ("o=#ff8800\n" + ("o" * 17 + "\n") * 2, "row 1 has 17 pixels"),
        ("o=#ff8800\nox\noo", "the pixel 'x'"),
        ("o=#ff8800\noo\no\x1b", "the pixel '\\x1b'"),
        ("o=#ff8800\r\noo\r\noo\r\n", "the pixel '\\r'"),
        ("o=#ff880\noo\noo", "is no colour"),
        ("o=#ff88001\noo\noo", "is no colour"),
        ("o=red\noo\noo", "is no colour"),
        ("oo=#ff8800\noo\noo", "is no colour"),
        (".=#ff8800\n..\n..", "is no colour"),
        ("é=#ff8800\néé\néé", "is no colour"),
        ("o=#ＦＦ8800\noo\noo", "is no colour"),
        ("oo\noo\noo", "is no colour"),
        ("\n", "rows"),
    ],
)
def test_a_wrong_picture_is_refused_with_what_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"no colour|rows|pixel") as caught:
        parse(text)
    assert fault in str(caught.value)
    assert str(caught.value).isprintable()


@given(st.text(alphabet="o.=#f08 \n\r\x1bé", max_size=60) | st.text(max_size=60))
def test_any_text_is_a_sound_picture_or_refused(text: str) -> None:
    try:
        sprite = parse(text)
    except ValueError:
        return
    assert sprite.height % 2 == 0
    assert sprite.height <= HIGHEST
    assert all(len(row) == sprite.width <= WIDEST for row in sprite.rows)


def test_the_stand_ins_of_rarities_differ_in_shape_alone_and_show_their_letter() -> None:
    shapes = set()
    for rarity in Rarity:
        rows = parse(stand_in(rarity)).rows
        assert (len(rows[0]), len(rows)) == (12, 12)
        assert len({pixel for row in rows for pixel in row} - {None}) == 1
        shapes.add(tuple(tuple(pixel is not None for pixel in row) for row in rows))
        # The letter is a hole: there is something around each of its rows.
        assert all(row[3] is not None and row[8] is not None for row in rows[4:9])
        assert all(None in row[4:8] for row in rows[4:9])
    assert len(shapes) == len(Rarity)


def test_a_stand_in_is_drawn_only_without_a_sprite_and_an_emoji() -> None:
    assert drawn(LEMON, "", Rarity.RARE) == drawn(LEMON, "🍋", Rarity.RARE) == LEMON
    assert drawn("", "🍋", Rarity.RARE) == ""
    assert drawn("", "", Rarity.RARE) == stand_in(Rarity.RARE)
