"""Players: what a name may be, and when two names are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable, visible
from inventui.rules.people.players import check_name, name_key, normal_name

ANY_TEXT = st.text(alphabet=st.characters(blacklist_categories=()), max_size=40)


@pytest.mark.parametrize(
    "name",
    [
        "می\u200cخواهم", "مَ\u200cی", "क्\u200dष", "ශ්\u200dරී", "क्\u200cष",
        "👩\u200d🚀", "❤\ufe0f", "1\ufe0f\u20e3", "👩\u200d❤\ufe0f\u200d👨",
        "🏳\ufe0f\u200d🌈", "👋🏽",
    ],
)  # fmt: skip
def test_the_joiners_that_names_and_emoji_need_are_kept(name: str) -> None:
    assert check_name(name) is None
    assert normal_name(name) == name
    assert printable(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "an\u200ca", "an\u200da", "\u200cana", "ana\u200d", "می\u200c", "\u200cمی",
        "می\u200c\u200cخ", "می\u200da", "a\ufe0f", "1\ufe0f",
        "🍊\u200d", "\u200d🍊", "🍊\u200d\u200d🍊",
        "🍊\u200da", "a\u200d🍊",
        "क्\u200c", "क\u200dष", "🍊\ufe0f\ufe0f",
    ],
)  # fmt: skip
def test_a_joiner_that_joins_nothing_is_no_part_of_a_name(name: str) -> None:
    assert isinstance(check_name(normal_name(name)), Refusal)
    assert "\\u" in printable(name)


@pytest.mark.parametrize(
    "name", ["a", "Ana", "ana banana", "x" * 32, "界" * 32, "🍊", "O'Neil", "[b]x[/b]", "-", "0"]
)
def test_one_to_32_visible_characters_are_a_name(name: str) -> None:
    assert check_name(name) is None
    assert normal_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x" * 33,
        "a\x00b",
        "a\nb",
        "a\tb",
        "\x1b]0;x\x07",
        "a\x9b",
        "\u202eana",
        "an\u200ba",
        "ana\u2066",
        "ana\ufe0f",
        "\u3164",
        "\u2800",
        "\u115f\u1160",
        "\ud800",
    ],
)
def test_anything_else_is_no_name(name: str) -> None:
    refusal = check_name(normal_name(name))
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_NAME
    assert refusal.message.isprintable()
    assert refusal.figures == {"longest": 32}


@pytest.mark.parametrize("name", [" ", "   ", "\u00a0", "\u3000 ", "\u2003"])
def test_a_name_of_spaces_of_any_kind_is_empty(name: str) -> None:
    refusal = check_name(normal_name(name))
    assert isinstance(refusal, Refusal)
    assert "it is empty" in refusal.message


def test_spaces_around_and_between_are_tidied() -> None:
    assert normal_name("  ana   maria ") == "ana maria"
    assert normal_name("e\u0301") == "é"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("می\u200cخ", "میخ"),
        ("❤", "❤\ufe0f"),
        ("Ana", "aNA"),
        ("ana", "ａｎａ"),
        ("Straße", "STRASSE"),
        ("ﬁn", "FIN"),
        ("é", "e\u0301"),
    ],
)
def test_case_and_compatibility_forms_do_not_make_two_names(one: str, other: str) -> None:
    assert name_key(normal_name(one)) == name_key(normal_name(other))


@pytest.mark.parametrize(("one", "other"), [("ana", "anna"), ("ana", "añа"), ("a b", "ab")])
def test_other_letters_make_another_name(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(ANY_TEXT)
def test_a_name_that_is_tidy_stays_as_it_is(text: str) -> None:
    name = normal_name(text)
    assert normal_name(name) == name
    if check_name(name) is None:
        assert name
        shown = visible(name)
        assert shown == name
        joiners = "\u200c\u200d\ufe0f"
        assert all(c.isprintable() or c.isspace() or c in joiners for c in name)
