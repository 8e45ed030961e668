"""The player's card and page: whole at every size, whoever plays, still where nothing may move."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region
from textual.pilot import Pilot

from inventui.engine.core.models import NeighbourCard, PlayerCard
from inventui.engine.inventory.models import Statistics
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.style import VOCABULARY
from inventui.widgets.canvas.appearance import DEFAULT, Appearance, appearance, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.canvas.celebration import CONFETTI
from inventui.widgets.colour import Pen
from inventui.widgets.player.card_facts import CardFacts, facts_of, figures, short, stats_lines
from inventui.widgets.player.card_sheet import Sheet
from inventui.widgets.player.page import page_canvas, places
from inventui.widgets.player.player_card import card_canvas
from inventui.widgets.player.showcase import SAMPLE_TABS, Showcase, scene
from tests.screens.conftest import HOSTILE_NAMES
from tests.screens.style_samples import (
    DRESSED,
    FACES,
    FACTS,
    SHOWN,
    OnScreen,
    text_of,
    value_of,
    values_of,
)

SIZES = ((30, 10), (36, 12), (44, 14), (60, 20))
ODD_SIZES = ((0, 0), (1, 1), (3, 9), (8, 3), (12, 4), (29, 5), (120, 3), (120, 40))
STATISTICS = Statistics(214, 48_120, dict(zip(Rarity, (155, 40, 12, 5, 2), strict=True)), 15_000, 7)

MOST = appearance(
    {
        Category.FRAME: "double #ffd34d #ff9a2e",
        Category.BACKGROUND: "stars #0c0a1a #ffe9a8",
        Category.NAME_EFFECT: "glow #ffe08a",
        Category.TITLE: "Rind of Infinite Jest",
        Category.EMOJI_BADGE: "👑",
        Category.AVATAR_GLOW: "double #c7a4ff",
        Category.AVATAR_SIZE: "huge",
        Category.FONT_FAMILY: "double_struck",
        Category.FONT_STYLE: "bold_italic",
        Category.STATS_STYLE: "bars #ff9a2e",
        Category.VISITOR_COUNTER: "odometer #ffd34d",
        Category.BIGPULP_HAT: "top_hat #6d5a94",
        Category.BIGPULP_MOOD: "love",
        Category.DIALOGUE_STYLE: "telegram",
    }
)
"""Everything at once, and everything large."""


def whole(canvas: Canvas) -> None:
    """Every line is exactly as wide as the picture."""
    for strip in canvas.strips():
        assert strip.cell_length == canvas.width
        assert sum(cell_len(segment.text) for segment in strip) == canvas.width


LONG_NAMES = ("ana", "界" * 32, "🍊" * 32, "W" * 32)
"""The shortest, and the widest ones of every width of letters."""


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ((SIZES[0], SIZES[-1], *ODD_SIZES), LONG_NAMES),
        pytest.param((*SIZES, *ODD_SIZES), ("ana", *HOSTILE_NAMES), marks=pytest.mark.trust),
    ],
    ids=["edges", "all"],
)
@pytest.mark.parametrize("layout", VOCABULARY[Category.CARD_STYLE])
def test_a_card_never_exceeds_its_place(
    layout: str, sizes: tuple[tuple[int, int], ...], names: tuple[str, ...]
) -> None:
    looks = [trying(look, Category.CARD_STYLE, layout) for look in (DRESSED, MOST)]
    for name in names:
        facts = CardFacts(
            name, "Kingpin", 1.0, "9,999,999,999 xp", 10**12, 10**9, 10**6, 10**12, 10**9
        )
        for size, look in product(sizes, looks):
            whole(card_canvas(facts, look, *size))


@pytest.mark.parametrize("position", VOCABULARY[Category.BIGPULP_POSITION])
def test_a_page_never_exceeds_its_place(position: str) -> None:
    for size, look in product((*SIZES, *ODD_SIZES, (76, 20), (100, 30)), (DRESSED, MOST)):
        dressed = trying(look, Category.BIGPULP_POSITION, position)
        whole(page_canvas(FACTS, dressed, *size))
        where = places(dressed, *size)
        if size[1] >= SIZES[0][1]:
            assert not where.card.overlaps(where.pulp)


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(SHOWN),
        st.integers(0, 20),
    ),
    st.text(min_size=1, max_size=32),
    st.integers(0, 70),
    st.integers(0, 24),
)
def test_any_player_in_anything_fits_anywhere(
    worn: dict[Category, int], name: str, width: int, height: int
) -> None:
    look = appearance(
        {category: (values := values_of(category))[i % len(values)] for category, i in worn.items()}
    )
    # Names are checked where they are made; a card must not fall over an old one.
    whole(card_canvas(CardFacts(name), look, width, height))
    whole(page_canvas(CardFacts(name), look, width, height))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_stands_on_the_card_letter_by_letter(name: str) -> None:
    written = text_of(card_canvas(CardFacts(name), DEFAULT, 100, 20).strips())
    assert name in written


@pytest.mark.parametrize("experience", [0, 999, 35_690, 149_999, 10**7])
def test_the_rank_keeps_its_figures_however_long_they_are(experience: int) -> None:
    facts = facts_of(PlayerCard(1, "ana", experience, 12_450, 25))
    box = Region(0, 0, 80, 20)
    sheet = Sheet(Canvas(80, 20), facts, DEFAULT, box, box)
    for cells in (22, 26, 40):
        drawn = "".join(part.text for part in sheet.rank(cells))
        assert len(drawn) <= cells
        assert any(c.isdigit() for c in drawn.removeprefix(facts.rank)), drawn


def test_the_purse_and_what_was_spent_are_shown_to_the_player_alone() -> None:
    card = PlayerCard(1, "ana", 240, 12_450, 25)
    own, others = facts_of(card, STATISTICS), facts_of(card, STATISTICS, own=False)
    assert "12,450" in text_of(card_canvas(own, DEFAULT, 60, 20).strips())
    shown = text_of(card_canvas(others, DEFAULT, 60, 20).strips())
    assert "12,450" not in shown
    assert "spent" not in shown
    assert "48,120" in shown


def test_a_card_tells_rank_progress_and_figures() -> None:
    shown = text_of(
        card_canvas(facts_of(PlayerCard(1, "ana", 240, 5, 6), STATISTICS), DEFAULT, 60, 20).strips()
    )
    for words in ("ana", "Rookie", "▰▰▱", "240/1,000 xp", "214", "48,120", "15,000"):
        assert words in shown


@pytest.mark.parametrize("experience", [0, 95, 725, 1_195, 4_999])
def test_the_figures_of_experience_stay_where_the_way_to_the_next_rank_gets_shorter(
    experience: int,
) -> None:
    facts = facts_of(PlayerCard(1, "ana", experience, 5, 6), STATISTICS)
    shown = text_of(card_canvas(facts, DEFAULT, 40, 12).strips())
    assert facts.points.removesuffix(" xp") in shown
    assert "▱▱" in shown or "▰▱" in shown


def test_a_player_of_whom_nothing_is_known_yet_has_a_card() -> None:
    facts = facts_of(PlayerCard(1, "ana", 0, 5_000, 25))
    assert facts.player_items == 0
    whole(card_canvas(facts, MOST, 44, 14))


@pytest.mark.parametrize("word", VOCABULARY[Category.STATS_STYLE])
@pytest.mark.parametrize(
    "facts", [FACTS, CardFacts("x"), CardFacts("x", player_items=1, worth=10**15)]
)
def test_figures_stay_in_their_lines(word: str, facts: CardFacts) -> None:
    look = trying(DEFAULT, Category.STATS_STYLE, value_of(Category.STATS_STYLE, word))
    for width, height in ((8, 1), (14, 2), (24, 3), (24, 6), (60, 1), (60, 8)):
        lines = stats_lines(facts, look, width, height)
        assert len(lines) <= height
        canvas = Canvas(width, height + 2, "#000000")
        for y, runs in enumerate(lines, 1):
            assert canvas.write(0, y, runs) <= width


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0"), (9_999, "9,999"), (48_120, "48.1k"), (999_999, "1000k"), (1_250_000, "1.25M"),
     (10**12, "1000G"), (10**15, "1000000G")],
)  # fmt: skip
def test_large_figures_are_said_in_few_cells(amount: int, words: str) -> None:
    assert short(amount) == words


def test_the_first_figure_is_what_everything_is_worth() -> None:
    assert figures(FACTS)[0][:2] == ("worth", 48_120)


# In the light


@pytest.mark.parametrize("category", [None, *SHOWN, Category.WEAPON])
def test_a_preview_never_exceeds_its_place(category: Category | None) -> None:
    for size in (SIZES[0], SIZES[-1], *ODD_SIZES):
        whole(scene(FACTS, MOST, category, *size, FACES))
        whole(scene(FACTS, DRESSED, category, *size))


def test_a_preview_of_tabs_shows_tabs_and_one_of_a_collection_shows_it() -> None:
    tabs = text_of(scene(FACTS, DRESSED, Category.TABS_STYLE, 44, 14).strips())
    assert all(title in tabs for title, _ in SAMPLE_TABS)
    shelf = text_of(scene(FACTS, DRESSED, Category.COLLECTION_LAYOUT, 44, 14, FACES).strips())
    assert FACES[1].name in shelf


# As a widget


def screen_text(pilot: Pilot[Any]) -> str:
    """What the terminal shows."""
    strips = pilot.app.screen._compositor.render_strips()
    assert len(strips) == pilot.app.size.height
    return "\n".join(strip.text for strip in strips)


@pytest.mark.parametrize("category", [None, Category.BIGPULP_MOOD, Category.COLLECTION_LAYOUT])
@pytest.mark.parametrize("border", [False, True])
async def test_another_look_draws_what_a_new_widget_would_draw(
    category: Category | None, border: bool
) -> None:
    async def drawn(*looks: Appearance) -> str:
        view = Showcase()
        if border:
            view.styles.border = ("round", "red")
            view.styles.padding = (1, 2)
        async with OnScreen(view).run_test(size=(70, 26)) as pilot:
            for look in looks:
                view.show(FACTS, look, category, faces=FACES)
                await pilot.pause()
            return (
                pilot.app.export_screenshot(simplify=True).split("terminal-")[-1].split(">", 1)[1]
            )

    direct = await drawn(MOST)
    assert await drawn(DEFAULT, DRESSED, MOST) == direct


async def test_another_title_draws_one_line() -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        view.show(FACTS, DRESSED)
        await pilot.pause()
        drawn: list[Region] = []
        refresh = view.refresh

        def count(*regions: Region, **options: Any) -> Any:
            drawn.extend(regions)
            return refresh(*regions, **options)

        view.refresh = count  # type: ignore[method-assign]
        view.show(FACTS, trying(DRESSED, Category.TITLE, "Pith Lord"))
        assert [region.height for region in drawn] == [1]
        drawn.clear()
        view.show(FACTS, trying(DRESSED, Category.TITLE, "Pith Lord"))
        assert not drawn
        assert not view.children


async def test_a_picture_is_painted_anew_at_another_size() -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        view.show(FACTS, DRESSED)
        await pilot.pause()
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert [view.render_line(y) for y in range(12)] == card_canvas(
            FACTS, DRESSED, 40, 12
        ).strips()


@pytest.mark.parametrize("category", [None, Category.BIGPULP_MOOD, Category.COLLECTION_LAYOUT])
async def test_an_empty_card_is_an_empty_page(
    category: Category | None,
) -> None:
    view = Showcase()
    view.show(None, MOST, category)
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert not screen_text(pilot).strip()


SHIMMER = trying(DRESSED, Category.NAME_EFFECT, "shimmer #7cc8ff #ffffff")


@pytest.mark.parametrize("category", [None, Category.BIGPULP_MOOD, Category.COLLECTION_LAYOUT])
async def test_nothing_moves_where_nothing_may(
    category: Category | None,
) -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)):
        view.show(FACTS, SHIMMER, category, faces=FACES, motion=False)
        view.enter("slide", motion=False)
        assert view._steady is view._quick is None
        assert view._coming is None
        view.celebrate(CONFETTI, "seed", motion=False)
        assert view._steady is view._quick is None
        still = list(view._strips)
        view.repaint()
        assert view._strips == still


async def test_what_moves_moves_and_stops_when_something_still_is_shown() -> None:
    view = Showcase()
    view.show(FACTS, SHIMMER, motion=True)
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert view._steady is not None
        before = list(view._strips)
        view._step()
        assert view._strips != before
        view.show(FACTS, DRESSED, motion=True)
        assert view._steady is None
        assert view.phase == 0.0


async def test_an_entrance_ends_with_the_whole_card() -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        view.show(FACTS, DRESSED)
        await pilot.pause()
        whole_card = list(view._strips)
        view.enter("curtain", motion=True)
        assert view._strips != whole_card
        view._come("curtain", 1.0)
        view.repaint()
        assert view._strips == whole_card


async def test_a_celebration_flies_over_the_card_and_leaves_its_words() -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)) as pilot:
        view.show(FACTS, DRESSED)
        await pilot.pause()
        bare = list(view._strips)
        view.celebrate(CONFETTI, "seed", motion=False)
        assert view._strips != bare
        assert "Night Baron" in text_of(view._strips)
        assert "48,120" in text_of(view._strips)
        view.rest()
        view.repaint()
        assert view._strips == bare


@pytest.mark.parametrize(
    ("category", "value"),
    [(Category.ENTRANCE_ANIMATION, "drop"), (Category.CELEBRATION, "hearts")],
)
async def test_what_plays_plays_once_and_only_where_it_may(category: Category, value: str) -> None:
    view = Showcase()
    async with OnScreen(view).run_test(size=(60, 20)):
        look = trying(DRESSED, category, value)
        view.show(FACTS, look, category)
        still = list(view._strips)
        view.play(motion=False)
        assert view._strips == still
        view.play(motion=True)
        assert view._quick is not None
        assert view._strips != still
        view.show(FACTS, look, category)
        assert view._quick is None
        assert view._strips == still


# The canvas


def test_half_of_a_wide_letter_is_never_left_standing() -> None:
    pen = Pen("#ffffff")
    for x in range(-2, 8):
        for over in ("a", "界", "ab", ""):
            canvas = Canvas(6, 1, "#000000")
            canvas.put(1, 0, "界界", pen)
            canvas.put(x, 0, over, pen)
            whole(canvas)
            canvas.clear(x, 0, 1)
            whole(canvas)
            canvas.put(0, 0, "界界界", pen)
            canvas.fill(Region(x, 0, 1, 1), "#111111")
            whole(canvas)
            canvas.put(0, 0, "界界界", pen)
            canvas.pixels(x, 0, (("#ff0000", None), (None, "#00ff00")))
            whole(canvas)
            other = Canvas(3, 1, "#000000")
            other.put(0, 0, "界a", pen)
            canvas.put(0, 0, "界界界", pen)
            canvas.paste(other, x, 0)
            whole(canvas)


def test_letters_keep_their_marks_and_hidden_characters_take_no_cell() -> None:
    canvas = Canvas(6, 1, "#000000")
    canvas.put(0, 0, "e\u0301x\x00\x1by", Pen())
    assert canvas.strip(0).text == "e\u0301xy   "
    whole(canvas)


def test_a_neighbours_card_shows_its_rank_and_no_experience_that_it_has_not() -> None:
    facts = facts_of(NeighbourCard(2, "Old Satsuma", 0, 2_700, 0, 27_160), own=False)
    assert (facts.rank, facts.points) == ("Soldier", "")
    assert facts_of(PlayerCard(1, "ana", 0, 400, 25)).points == "0/1,000 xp"
