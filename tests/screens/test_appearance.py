"""What is worn, turned into style: everything can be told apart, nothing is taken as markup."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.filter import Monochrome
from textual.geometry import Region

from inventui.rules.core.categories import COSMETICS, GEAR, Category
from inventui.rules.core.style import FREE_TEXT, VOCABULARY, Style, parse
from inventui.rules.inventory.inventory import InventoryTab
from inventui.widgets.bigpulp.parts import ACCESSORIES, HATS, MOODS
from inventui.widgets.bigpulp.text import LINES, VOICES
from inventui.widgets.canvas.appearance import BORDERS, DEFAULT, appearance, trying
from inventui.widgets.canvas.canvas import Canvas, runs_length
from inventui.widgets.canvas.celebration import FLIGHTS
from inventui.widgets.canvas.lettering import FAMILIES, in_family
from inventui.widgets.canvas.tab_labels import strip_runs, tab_label
from inventui.widgets.colour import LEAST_CONTRAST, contrast, legible, runs_content
from inventui.widgets.player.card_layouts import LAYOUTS
from inventui.widgets.player.collection import NOTHING_YET, draw_collection
from inventui.widgets.player.entrance import WORDS
from inventui.widgets.player.frames import FRAMES
from inventui.widgets.player.visitor_counter import counter_runs
from tests.screens.conftest import HOSTILE_NAMES, Picture
from tests.screens.style_samples import (
    DRESSED,
    FACES,
    SHEETS,
    SHOWN,
    WORDED,
    OnScreen,
    Shown,
    sheet,
    text_of,
    value_of,
    values_of,
)
from tests.screens.style_samples import picture as picture_of

EFFECTS = values_of(Category.NAME_EFFECT)
UNREADABLE = (
    "",
    "nonsense",
    "#ff0000",
    "heavy",
    "gradient #ff0000",
    "colour red",
    "[bold]x[/]",
    "  ",
)


def test_who_wears_nothing_looks_like_everyone_at_the_start() -> None:
    assert appearance({}) == DEFAULT
    assert DEFAULT[Category.FRAME] == Style("none")
    assert DEFAULT[Category.FONT_COLOR].colour("") == "#ff9f1c"
    assert not DEFAULT[Category.TITLE].word


@pytest.mark.parametrize("category", WORDED)
def test_every_word_of_the_vocabulary_is_read(category: Category) -> None:
    for word in VOCABULARY[category]:
        look = appearance({category: value_of(category, word)})
        assert look[category].word == word


@pytest.mark.parametrize("category", WORDED)
def test_a_value_that_cannot_be_read_looks_as_if_nothing_were_worn(category: Category) -> None:
    unreadable = [value for value in UNREADABLE if not can_be_read(category, value)]
    assert {"nonsense", "#ff0000", "[bold]x[/]"} <= set(unreadable)
    for value in unreadable:
        assert appearance({category: value}) == DEFAULT, value
        assert trying(DEFAULT, category, value) == DEFAULT, value


def can_be_read(category: Category, value: str) -> bool:
    try:
        parse(category, value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("badge", ["", "🦊🍊", "\x1b[2J", "\u202e", "long"])
def test_a_badge_that_is_too_wide_or_hidden_is_left_out(badge: str) -> None:
    assert not appearance({Category.EMOJI_BADGE: badge})[Category.EMOJI_BADGE].word


def test_a_title_is_cleaned_and_cut() -> None:
    look = appearance({Category.TITLE: "Night\x1b[31m\u202e Baron " + "x" * 40})
    assert look[Category.TITLE].word == "Night[31m Baron xxxxxxxx"


@pytest.mark.parametrize("category", SHOWN)
def test_trying_a_thing_on_changes_nothing_else(category: Category) -> None:
    for value in values_of(category):
        look = trying(DRESSED, category, value)
        assert [c for c in SHOWN if look[c] != DRESSED[c]] in ([], [category])


@pytest.mark.parametrize("category", [*sorted(GEAR), Category.CONSUMABLE, Category.BUNDLE])
def test_what_is_no_cosmetic_has_no_style(category: Category) -> None:
    assert trying(DRESSED, category, "heavy #ff0000") is DRESSED
    assert appearance({category: "heavy #ff0000"}) == DEFAULT


def test_the_row_of_a_cosmetic_says_how_an_empty_slot_looks_and_where_it_is_seen() -> None:
    tabs = {str(tab) for tab in InventoryTab}
    for category in COSMETICS:
        assert category.tab in tabs
        if category.starter:
            assert DEFAULT[category] == parse(category, category.look)
        else:
            assert DEFAULT[category] == Style("" if category in FREE_TEXT else "none")


@pytest.mark.parametrize(
    ("category", "drawn"),
    [
        (Category.FRAME, FRAMES),
        (Category.FRAME, BORDERS),
        (Category.FONT_FAMILY, FAMILIES),
        (Category.CARD_STYLE, LAYOUTS),
        (Category.CELEBRATION, FLIGHTS),
        (Category.BIGPULP_HAT, HATS),
        (Category.BIGPULP_MOOD, set(MOODS) - {"none"}),
        (Category.BIGPULP_MOOD, set(LINES) - {"none"}),
        (Category.BIGPULP_ACCESSORY, ACCESSORIES),
        (Category.DIALOGUE_STYLE, {"default", *VOICES}),
        (Category.ENTRANCE_ANIMATION, {"none", *WORDS}),
    ],
)
def test_exactly_the_words_of_the_vocabulary_are_drawn(category: Category, drawn: Any) -> None:
    assert set(drawn) == set(VOCABULARY[category])


# Everything does something that can be seen


@pytest.mark.parametrize("size", [(44, 16), (36, 15), (76, 20)])
@pytest.mark.parametrize("category", SHOWN)
def test_two_things_of_a_category_look_different(category: Category, size: tuple[int, int]) -> None:
    drawn = {
        value: picture_of(category, trying(DRESSED, category, value), *size).strips()
        for value in values_of(category)
    }
    for (one, here), (other, there) in combinations(drawn.items(), 2):
        assert here != there, f"{one} looks like {other}"


@pytest.mark.parametrize("category", SHOWN)
def test_what_is_worn_looks_different_from_an_empty_slot(category: Category) -> None:
    bare = picture_of(category, DEFAULT, 44, 16).strips()
    for value in values_of(category):
        look = trying(DEFAULT, category, value)
        same = picture_of(category, look, 44, 16).strips() == bare
        assert same == (look == DEFAULT), value


@pytest.mark.parametrize("category", SHOWN)
def test_two_things_of_a_category_can_be_told_apart_without_colour(category: Category) -> None:
    grey = Monochrome()
    ground = Color.parse("#000000")
    drawn = {
        value: [
            strip.apply_filter(grey, ground)
            for strip in picture_of(category, trying(DRESSED, category, value), 44, 16).strips()
        ]
        for value in values_of(category)
    }
    for (one, here), (other, there) in combinations(drawn.items(), 2):
        assert here != there, f"{one} looks like {other}"


@pytest.mark.parametrize(
    "category",
    [
        Category.FRAME,
        Category.CARD_STYLE,
        Category.STATS_STYLE,
        Category.VISITOR_COUNTER,
        Category.DIALOGUE_STYLE,
        Category.COLLECTION_LAYOUT,
        Category.BIGPULP_POSITION,
        Category.FONT_FAMILY,
        Category.AVATAR_SIZE,
        Category.CELEBRATION,
        Category.ENTRANCE_ANIMATION,
        Category.TITLE,
        Category.EMOJI_BADGE,
    ],
)
def test_letters_and_shapes_alone_tell_most_things_apart(category: Category) -> None:
    written = [
        text_of(picture_of(category, trying(DRESSED, category, value), 44, 16).strips())
        for value in values_of(category)
    ]
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("category", SHOWN)
def test_the_same_thing_is_always_drawn_the_same_way(category: Category) -> None:
    value = values_of(category)[-1]
    first = picture_of(category, appearance({category: value}), 44, 16).strips()
    assert picture_of(category, appearance({category: value}), 44, 16).strips() == first


# Letters


@pytest.mark.parametrize("family", VOCABULARY[Category.FONT_FAMILY])
def test_a_family_changes_latin_letters_and_digits_and_no_widths(family: str) -> None:
    text = "ABCMNPQRZ abcz 0129"
    drawn = in_family(text, family)
    assert cell_len(drawn) == cell_len(text)
    assert (drawn == text) == (family == "default")
    assert all(cell_len(letter) == 1 for letter in FAMILIES[family].values())


@pytest.mark.parametrize("family", VOCABULARY[Category.FONT_FAMILY])
@pytest.mark.parametrize("text", ["Ωμέγα", "Привет", "界界", "مرحبا", "שלום", "🍊★ -_.!", "éñü"])
def test_other_scripts_and_signs_stay_as_they_are(family: str, text: str) -> None:
    assert in_family(text, family) == text


def test_a_family_leaves_no_letter_of_the_alphabet_out() -> None:
    for family in ("script", "fraktur", "double_struck", "monospace", "sans", "circled"):
        letters = FAMILIES[family]
        assert len(letters) == 62
        # A capital M in a circle is an emoji to some terminals.
        assert len(set(letters.values())) == (61 if family == "circled" else 62)


@pytest.mark.parametrize("effect", ["", *EFFECTS])
@pytest.mark.parametrize("family", VOCABULARY[Category.FONT_FAMILY])
def test_a_name_never_takes_more_cells_than_it_may(effect: str, family: str) -> None:
    look = trying(trying(DEFAULT, Category.NAME_EFFECT, effect), Category.FONT_FAMILY, family)
    for name, cells in product(HOSTILE_NAMES, (1, 2, 3, 7, 8, 20, 40, 80)):
        assert runs_length(look.name_runs(name, cells)) <= cells, (name, cells)


@pytest.mark.parametrize("effect", ["", *EFFECTS])
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_never_markup(effect: str, name: str) -> None:
    content = runs_content(trying(DEFAULT, Category.NAME_EFFECT, effect).name_runs(name, 200))
    assert name in content.plain
    assert all(not getattr(span.style, "meta", None) for span in content.spans)
    look = DEFAULT.wearing({Category.TITLE: Style(name[:24])})
    title = runs_content(look.title_runs(200))
    assert name[:24] in title.plain


@pytest.mark.parametrize("effect", EFFECTS)
def test_only_moving_effects_heed_the_moment(effect: str) -> None:
    look = trying(DEFAULT, Category.NAME_EFFECT, effect)
    moments = {look.name_runs("Marmalade", 40, phase / 8) for phase in range(8)}
    assert (len(moments) > 1) == look.moving


def test_a_shimmer_at_rest_is_light_in_the_middle() -> None:
    look = appearance({Category.NAME_EFFECT: "shimmer #444444 #ffffff"})
    runs = look.name_runs("abcdefghi", 40)
    brightest = max(runs, key=lambda run: run.pen.front)
    assert "e" in brightest.text


@given(st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 255)] * 3))
def test_letters_can_be_read_on_any_ground(
    front: tuple[int, int, int], back: tuple[int, int, int]
) -> None:
    ink, ground = ("#{:02x}{:02x}{:02x}".format(*part) for part in (front, back))
    assert contrast(legible(ink, ground), ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("page", ["#000000", "#ffffff", "#ff9f1c", "#808080"])
def test_a_name_can_be_read_whatever_colours_are_worn(page: str) -> None:
    for colour in ("#000000", "#ffffff", "#ff9f1c", page):
        look = appearance(
            {Category.PAGE_BACKGROUND: f"colour {page}", Category.FONT_COLOR: f"colour {colour}"}
        )
        assert contrast(look.ink, look.ground) >= LEAST_CONTRAST
        assert contrast(look.faint, look.ground) >= LEAST_CONTRAST


# Tabs, counters, collections


@pytest.mark.parametrize("value", values_of(Category.TABS_STYLE))
@pytest.mark.parametrize("count", ["", "6/10"])
def test_a_tab_is_as_wide_in_every_style(value: str, count: str) -> None:
    style = parse(Category.TABS_STYLE, value)
    width = len("Frames") + (len(count) + 1 if count else 0) + 2
    for current in (True, False):
        assert tab_label("Frames", current, style, count).cell_length == width


@pytest.mark.parametrize("value", values_of(Category.TABS_STYLE))
def test_the_open_tab_stands_out_in_every_style(value: str) -> None:
    style = parse(Category.TABS_STYLE, value)
    assert not tab_label("Frames", True, style).is_same(tab_label("Frames", False, style))
    assert strip_runs((("All", "1"), ("Gear", "2")), 0, style, 40, "#000000") != strip_runs(
        (("All", "1"), ("Gear", "2")), 1, style, 40, "#000000"
    )


def test_a_tab_of_an_unknown_style_looks_like_the_plain_one() -> None:
    plain = tab_label("Frames", True, Style("default"))
    assert tab_label("Frames", True, Style("nonsense")).plain == plain.plain


@pytest.mark.parametrize("value", values_of(Category.VISITOR_COUNTER))
@pytest.mark.parametrize("visitors", [0, 1, 5, 42, 1_000_000])
def test_a_counter_fits_or_is_left_out(value: str, visitors: int) -> None:
    look = appearance({Category.VISITOR_COUNTER: value})
    for cells in (0, 3, 8, 20, 60):
        runs = counter_runs(visitors, look, cells)
        assert runs_length(runs) <= cells
    assert bool(counter_runs(visitors, look, 60)) == (
        look[Category.VISITOR_COUNTER].word != "hidden"
    )


def test_a_tally_counts_in_fives_and_the_rest_in_figures() -> None:
    look = appearance({Category.VISITOR_COUNTER: "tally"})

    def said(visitors: int) -> str:
        return runs_content(counter_runs(visitors, look, 60)).plain.split(" +")[0].strip()

    assert said(7).count("╫╫") == 1
    assert said(7).endswith("││")
    assert "+122" in runs_content(counter_runs(142, look, 60)).plain


@pytest.mark.parametrize("value", values_of(Category.COLLECTION_LAYOUT))
@pytest.mark.parametrize("size", [(1, 1), (4, 1), (12, 3), (30, 6), (44, 9), (90, 20)])
def test_a_collection_stays_inside_its_place(value: str, size: tuple[int, int]) -> None:
    look = appearance({Category.COLLECTION_LAYOUT: value})
    canvas = Canvas(size[0] + 8, size[1] + 4, look.page)
    empty = Canvas(size[0] + 8, size[1] + 4, look.page).strips()
    box = Region(4, 2, *size)
    draw_collection(canvas, box, FACES, look)
    for y, strip in enumerate(canvas.strips()):
        if not box.y <= y < box.bottom:
            assert strip == empty[y]
        else:
            assert strip.crop(0, 4) == empty[y].crop(0, 4)
            assert strip.crop(box.right, canvas.width) == empty[y].crop(box.right, canvas.width)


@pytest.mark.parametrize("value", values_of(Category.COLLECTION_LAYOUT))
def test_a_collection_without_things_says_so(value: str) -> None:
    canvas = Canvas(40, 8, "#000000")
    draw_collection(
        canvas, Region(0, 0, 40, 8), (), appearance({Category.COLLECTION_LAYOUT: value})
    )
    assert NOTHING_YET in text_of(canvas.strips())


def test_a_ticker_runs_and_comes_round() -> None:
    look = appearance({Category.COLLECTION_LAYOUT: "ticker"})

    def line(phase: float) -> str:
        canvas = Canvas(40, 3, "#000000")
        draw_collection(canvas, Region(0, 0, 40, 3), FACES, look, phase)
        return canvas.strip(1).text

    assert line(0.0) != line(0.3)
    assert line(0.0) == line(1.0)


# Pictures


def test_every_category_is_on_one_sheet() -> None:
    assert sorted(chain(*SHEETS.values())) == sorted(SHOWN)


@pytest.mark.parametrize("about", SHEETS)
async def test_picture_of_every_word(about: str, picture: Picture) -> None:
    canvas = sheet(SHEETS[about])
    size = (canvas.width, canvas.height)
    async with OnScreen(Shown(canvas)).run_test(size=size) as pilot:
        await picture(pilot)
