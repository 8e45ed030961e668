"""Text from outside: what hides is found, and what is cleaned is clean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.text import (
    clean,
    faults_of_text,
    hidden_in,
    is_hidden,
    listed,
    printable,
    visible,
    with_article,
)

HOSTILE = {
    "nul": "\x00",
    "bell": "\x07",
    "backspace": "\x08",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line (C1)": "\x85",
    "CSI (C1)": "\x9b",
    "OSC (C1)": "\x9d",
    "tab": "\t",
    "new line": "\n",
    "carriage return": "\r",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "Arabic letter mark": "\u061c",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "left-to-right embedding": "\u202a",
    "pop directional formatting": "\u202c",
    "right-to-left override": "\u202e",
    "first strong isolate": "\u2068",
    "pop directional isolate": "\u2069",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "Mongolian vowel separator": "\u180e",
    "interlinear annotation": "\ufff9",
    "tag letter": "\U000e0041",
    "text style": "\ufe0e",
    "emoji style": "\ufe0f",
    "variation selector 17": "\U000e0100",
    "Mongolian variation selector": "\u180b",
    "combining grapheme joiner": "\u034f",
    "Hangul choseong filler": "\u115f",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "blank Braille pattern": "\u2800",
    "Khmer inherent vowel": "\u17b4",
    "lone surrogate": "\ud800",
    "private use": "\ue000",
    "not a character": "\uffff",
    "unassigned": "\U0003ffff",
}
PLAIN = ["a", "Z", "0", " ", "é", "e\u0301", "界", "🍊", "★", "ß", "ﬀ", "[", "\\", "'", "\u00a0"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_character_is_hidden_named_and_removed(name: str) -> None:
    character = HOSTILE[name]
    assert is_hidden(character)
    (fault,) = faults_of_text(f"a{character}b", 10)
    assert fault == f"it contains the unprintable character U+{ord(character):04X}"
    assert character not in clean(f"a{character}b", 10)
    assert printable(character) == f"\\u{ord(character):04x}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert not any(is_hidden(character) for character in text)
    assert faults_of_text(text, 2) == []
    assert printable(text) == text


def test_every_variation_selector_is_hidden_and_what_stands_beside_them_is_not() -> None:
    selectors = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
    assert all(is_hidden(chr(code)) for code in selectors)
    assert not is_hidden("\ufe10")
    assert not is_hidden("\ufdfd")


def test_every_control_character_of_both_sets_is_hidden() -> None:
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        assert is_hidden(chr(code)), hex(code)
    assert not any(is_hidden(chr(code)) for code in range(0x20, 0x7F))


def test_a_text_may_be_as_long_as_fits_and_not_longer() -> None:
    assert faults_of_text("x" * 32, 32) == []
    assert faults_of_text("x" * 33, 32) == ["it has 33 characters, at most 32 fit"]
    assert faults_of_text("", 0) == []


def test_both_faults_are_told_the_length_first() -> None:
    assert len(faults_of_text("\x00" * 33, 32)) == 2
    assert faults_of_text("\x00" * 33, 32)[0].startswith("it has 33")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  a  b ", "a b"),
        ("a\r\nb\tc", "a b c"),
        ("a\u2028b", "a b"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\u202egnp.exe", "gnp.exe"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\ud800", ""),
        ("", ""),
        ("abc def", "abc"),
    ],
)
def test_cleaning_gives_one_composed_visible_line(raw: str, expected: str) -> None:
    assert clean(raw, 4 if raw == "abc def" else 20) == expected


@given(
    st.text(max_size=60)
    | st.text(alphabet="".join(HOSTILE.values()) + "e\u0301 a🍊🏽1\u20e3می\u064eक\u094d")
)
def test_what_was_cleaned_is_fit_composed_and_stays_as_it_is(raw: str) -> None:
    cleaned = clean(raw, 20)
    assert faults_of_text(cleaned, 20) == []
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert clean(cleaned, 20) == cleaned


@given(st.text(max_size=40))
def test_a_printable_text_hides_nothing(raw: str) -> None:
    assert hidden_in(printable(raw)) == []
    assert visible(printable(raw)) == printable(raw)


@pytest.mark.parametrize(("noun", "said"), [("Rookie", "a Rookie"), ("Associate", "an Associate")])
def test_an_article_suits_its_noun(noun: str, said: str) -> None:
    assert with_article(noun) == said


def test_nothing_is_listed_where_nothing_is_known() -> None:
    assert listed([]) == ""
    assert listed(["a", "b"]) == " There are: a, b."
    assert listed([str(number) for number in range(22)]).endswith("18, 19 and more.")
