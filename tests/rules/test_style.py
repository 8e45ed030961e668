"""Style values: what a cosmetic may say."""

import pytest

from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.style import FREE_TEXT, VOCABULARY, Style, parse
from inventui.rules.inventory.wardrobe import DEFAULTED

WORDS = [
    (category, word, fewest, most)
    for category, words in VOCABULARY.items()
    for word, (fewest, most) in words.items()
]


def test_every_cosmetic_category_has_a_vocabulary_or_is_free_text() -> None:
    assert set(VOCABULARY) | FREE_TEXT == COSMETICS
    assert FREE_TEXT.isdisjoint(VOCABULARY)


@pytest.mark.parametrize(("category", "word", "fewest", "most"), WORDS)
def test_a_word_takes_its_number_of_colours_and_no_other(
    category: Category, word: str, fewest: int, most: int
) -> None:
    for number in range(6):
        value = " ".join([word, *["#0a0b0c"] * number])
        if fewest <= number <= most:
            assert parse(category, value) == Style(word, ("#0a0b0c",) * number)
        else:
            with pytest.raises(ValueError, match="colours"):
                parse(category, value)


@pytest.mark.parametrize("category", VOCABULARY)
@pytest.mark.parametrize("value", ["", "nonsense", "NONE", "[red]"])
def test_a_word_that_is_not_in_the_vocabulary_is_named_with_those_that_are(
    category: Category, value: str
) -> None:
    with pytest.raises(ValueError, match="there are"):
        parse(category, value)


@pytest.mark.parametrize("colour", ["red", "#FFF", "#fffffg", "#FFFFFF", "ffffff"])
def test_a_colour_is_a_hash_and_six_lower_case_digits(colour: str) -> None:
    with pytest.raises(ValueError, match="colour"):
        parse(Category.FONT_COLOR, f"colour {colour}")


def test_titles_and_badges_are_text_of_their_length() -> None:
    assert parse(Category.TITLE, "Rookie of the Row").word == "Rookie of the Row"
    assert parse(Category.EMOJI_BADGE, "🍋").word == "🍋"
    for category, value in (
        (Category.TITLE, ""),
        (Category.TITLE, "x" * 25),
        (Category.EMOJI_BADGE, "🍋🍋🍋"),
    ):
        with pytest.raises(ValueError, match="characters"):
            parse(category, value)


def test_what_is_no_cosmetic_has_no_style() -> None:
    with pytest.raises(ValueError, match="no style"):
        parse(Category.WEAPON, "sharp")


def test_each_slot_with_a_default_has_a_word_that_needs_no_colour_or_is_a_colour() -> None:
    for category in DEFAULTED:
        fewest = min(fewest for fewest, _ in VOCABULARY[category].values())
        assert fewest == 0 or set(VOCABULARY[category]) == {"colour"}
