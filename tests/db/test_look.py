"""Looks of names: what can't be told apart on a screen has one, all else has another."""

import subprocess
import sys

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import given
from hypothesis import strategies as st

from inventui.db.confusables import _alike, look
from inventui.rules.people.players import check_name, normal_name

SAME = [
    ("ana", "\u0430na"),
    ("ana", "\u0430n\u0430"),
    ("ANA", "\u0410N\u0410"),
    ("ana", "\u0410n\u0430"),
    ("bob", "b\u03bfb"),
    ("bob", "𝐛𝐨𝐛"),
    ("bob", "b０b"),
    ("Ilya", "llya"),
    ("Capa", "\u0421\u0430\u0440\u0430"),
    ("m", "\u217f"),
    ("Jürgen", "J\u00fcrgen"),
    ("ana maria", "ana\u2003maria"),
    ("می\u200cخ", "میخ"),
    ("داود", "د\u200cاود"),
    ("❤", "❤\ufe0f"),
    ("👩🚀", "👩\u200d🚀"),
]
OTHER = [
    ("ana", "ána"),
    ("ana", "anna"),
    ("ana maria", "anamaria"),
    ("Amo", "Arno"),
    ("София", "Софья"),
    ("山田", "山本"),
    ("علی", "علیرضا"),
    ("Şule", "Sule"),
    ("🍊", "🍋"),
    ("Łukasz", "Lukasz"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_can_t_be_told_apart_look_the_same(one: str, other: str) -> None:
    assert look(one) == look(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_names_that_can_be_told_apart_look_different(one: str, other: str) -> None:
    assert look(one) != look(other)


def test_what_unicode_calls_alike_and_is_of_one_width_looks_the_same() -> None:
    alike = _alike()
    for shape, others in confusables_data.items():
        for other in others:
            pair = [text.strip("\u200e") for text in (shape, other["c"])]
            if all(len(text) == 1 for text in pair):
                assert len({alike[text] for text in pair}) == 1, pair
    assert all(alike.get(stands, stands) == stands for stands in alike.values())


def test_ascii_alone_needs_no_library_and_looks_as_the_library_says() -> None:
    for code in range(0x21, 0x7F):
        assert look(chr(code)) == look(f"{chr(code)}é")[:1], chr(code)
    program = (
        "import sys; from inventui.db.confusables import look; look('Ana I.'); "
        "sys.exit('confusable_homoglyphs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(st.text(max_size=40))
def test_every_name_looks_like_something_and_like_itself_in_capitals(text: str) -> None:
    name = normal_name(text)
    if check_name(name) is None:
        assert look(name)
        assert look(name) == look(name)
