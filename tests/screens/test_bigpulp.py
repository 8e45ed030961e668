"""BigPulp: every mood, hat and accessory is his own, and every voice has its bubble."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region

from inventui.rules.core.categories import Category
from inventui.rules.core.style import VOCABULARY, Style
from inventui.screens.streets.stand_text import REMARKS
from inventui.widgets.bigpulp.picture import BARE, HATTED, WIDTH, BigPulp, figure
from inventui.widgets.bigpulp.speech import TAILS, bubble
from inventui.widgets.bigpulp.text import LINES, line_for, voiced
from inventui.widgets.canvas.appearance import DEFAULT, appearance, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.player.page import draw_pulp
from tests.screens.conftest import HOSTILE_NAMES
from tests.screens.style_samples import OnScreen, Shown, text_of, values_of

WORN = (Category.BIGPULP_HAT, Category.BIGPULP_MOOD, Category.BIGPULP_ACCESSORY)
VOICE_WORDS = tuple(VOCABULARY[Category.DIALOGUE_STYLE])
SAID = "Look at this shelf, my friend. I am so proud that I could squeeze you!"


@pytest.mark.parametrize("category", WORN)
def test_everything_that_he_wears_looks_different(category: Category) -> None:
    drawn = {value: figure(trying(DEFAULT, category, value)) for value in values_of(category)}
    drawn["nothing"] = figure(DEFAULT)
    for (one, here), (other, there) in combinations(drawn.items(), 2):
        assert here != there, f"{one} looks like {other}"


@pytest.mark.parametrize("category", WORN)
def test_different_shapes_tell_them_apart_in_one_colour(category: Category) -> None:
    words = VOCABULARY[category]
    shapes = set()
    for word, (fewest, _) in words.items():
        look = trying(DEFAULT, category, " ".join((word, *("#123456",) * fewest)))
        shapes.add(tuple(tuple(p == "#123456" for p in row) for row in figure(look)))
    if category is not Category.BIGPULP_MOOD:
        assert len(shapes) == len(words)


def test_he_keeps_his_feet_on_the_ground_whatever_is_on_his_head() -> None:
    bare = figure(DEFAULT)
    assert len(bare) == 2 * BARE
    for value in values_of(Category.BIGPULP_HAT):
        hatted = figure(trying(DEFAULT, Category.BIGPULP_HAT, value))
        assert len(hatted) == 2 * HATTED
        assert hatted[-4:] == bare[-4:]
        assert all(len(row) == WIDTH for row in hatted)


@pytest.mark.parametrize("colour", ["#ff9a2e", "#ffa030", "#f5c542", "#000000", "#ffffff"])
@pytest.mark.parametrize("word", VOCABULARY[Category.BIGPULP_ACCESSORY])
def test_an_accessory_does_not_vanish_in_his_skin(word: str, colour: str) -> None:
    look = appearance({Category.BIGPULP_ACCESSORY: f"{word} {colour}"})
    assert figure(look) != figure(DEFAULT)


def test_an_unknown_hat_is_no_hat() -> None:
    assert figure(DEFAULT.wearing({Category.BIGPULP_HAT: Style("fez", ("#ff0000",))})) == figure(
        DEFAULT
    )


@pytest.mark.parametrize("mood", VOCABULARY[Category.BIGPULP_MOOD])
def test_every_mood_has_lines_of_its_own(mood: str) -> None:
    said = {line_for(mood, f"{seed}") for seed in range(50)}
    assert said == set(LINES[mood])
    assert len(said) >= 4
    assert all(said.isdisjoint(lines) for other, lines in LINES.items() if other != mood)


def test_the_same_seed_says_the_same() -> None:
    assert line_for("happy", "ana") == line_for("happy", "ana")
    assert line_for("unheard of", "ana") in LINES["none"]


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("default", "Hello, my friend. The market is open!"),
        ("shout", "HELLO, MY FRIEND! THE MARKET IS OPEN!"),
        ("whisper", "psst… hello, my friend… the market is open…"),
        ("thought", "Hello, my friend. The market is open…"),
        ("telegram", "HELLO MY FRIEND STOP THE MARKET IS OPEN STOP"),
        ("verse", "Hello, my friend.\nThe market is open!"),
        ("pirate", "Arr, ahoy, me matey. Th' harbour be open!"),
    ],
)
def test_every_voice_has_its_way_with_words(voice: str, words: str) -> None:
    assert voiced("Hello, my friend. The market is open!", voice) == words


def test_a_pirate_says_i_as_everyone_does() -> None:
    assert voiced("I am here.", "pirate") == "Arr, I be here."


@pytest.mark.parametrize("tail", TAILS)
def test_every_voice_has_its_bubble(tail: str) -> None:
    drawn = {
        voice: bubble(SAID, trying(DEFAULT, Category.DIALOGUE_STYLE, voice), 30, 12, tail).strips()
        for voice in VOICE_WORDS
    }
    for (one, here), (other, there) in combinations(drawn.items(), 2):
        assert text_of(here) != text_of(there), f"{one} looks like {other}"


@settings(max_examples=200)
@given(
    st.sampled_from(VOICE_WORDS),
    st.sampled_from((*HOSTILE_NAMES, SAID, "", "x", "Wait. What? No!")) | st.text(max_size=80),
    st.integers(0, 60),
    st.integers(0, 14),
    st.sampled_from(tuple(TAILS)),
)
def test_a_bubble_never_exceeds_its_place(
    voice: str, words: str, width: int, height: int, tail: str
) -> None:
    look = trying(DEFAULT, Category.DIALOGUE_STYLE, voice)
    balloon = bubble(words, look, width, height, tail)
    assert balloon.width <= width
    assert balloon.height <= height
    for strip in balloon.strips():
        assert sum(cell_len(segment.text) for segment in strip) == balloon.width


@pytest.mark.parametrize("voice", VOICE_WORDS)
def test_words_that_are_cut_say_so(voice: str) -> None:
    look = trying(DEFAULT, Category.DIALOGUE_STYLE, voice)
    assert "…" in text_of(bubble(SAID * 4, look, 30, 8).strips())


@pytest.mark.parametrize("words", chain.from_iterable(REMARKS.values()))
def test_in_a_low_column_he_leaves_sentences_out_rather_than_cut_one(words: str) -> None:
    canvas = Canvas(20, 10, DEFAULT.page)
    draw_pulp(canvas, Region(0, 0, 20, 10), DEFAULT, words)
    lines = ["".join(run.text for run in canvas.line(y)).strip(" │") for y in range(10)]
    drawn = " ".join(lines)
    assert words.split(maxsplit=1)[0] in drawn
    assert not any(line.endswith(" …") for line in lines), drawn


async def test_on_home_he_wears_what_he_is_given_and_his_hat_is_never_cut() -> None:
    pulp = BigPulp("Hello")
    async with OnScreen(Shown(bubble("x", DEFAULT, 20))).run_test(size=(60, 20)) as pilot:
        await pilot.app.mount(pulp)
        await pilot.pause()
        bare = pulp.render()
        pulp.wear(appearance({Category.BIGPULP_HAT: "crown #ffd34d"}))
        await pilot.pause()
        crowned = pulp.render()
        assert crowned.plain != bare.plain
        assert "Hello" in crowned.plain
        assert len(crowned.plain.split("\n")) == pulp.content_size.height == BARE


@pytest.mark.parametrize("width", range(1, 30))
def test_no_word_that_bigpulp_says_is_torn(width: int) -> None:
    pulp = BigPulp("What you win is decided before the reel turns. Skip it with any key.")
    said = [line.plain.split() for line in pulp._said(width, 4)]
    words = [word for line in said for word in line]
    assert set(words) <= {*pulp._voiced().split(), "…"}
    assert all(len(" ".join(line)) <= width for line in said)
    assert not words or len(said) <= 4
    assert not words or words == pulp._voiced().split() or words[-1] == "…"
