"""Looks for tests: a style value for every word, and a picture of where a category is seen."""

from __future__ import annotations

from itertools import accumulate, cycle, islice

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from inventui.rules.core.categories import COSMETICS, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.style import FREE_TEXT, VOCABULARY
from inventui.widgets.canvas.appearance import DEFAULT, Appearance, appearance, trying
from inventui.widgets.canvas.canvas import Canvas
from inventui.widgets.colour import Pen
from inventui.widgets.items.card import Face
from inventui.widgets.player.canvas_widget import CanvasWidget
from inventui.widgets.player.card_facts import CardFacts
from inventui.widgets.player.page import draw_pulp
from inventui.widgets.player.showcase import PULP, scene

FACTS = CardFacts(
    "Marmalade", "Soldier", 0.62, "14,300/20,000 xp", 12_450, 25,
    player_items=214, worth=48_120, best=15_000, spent=31_800, by_rarity=(155, 40, 12, 5, 2),
    visitors=142,
)  # fmt: skip

DRESSED = appearance(
    {
        Category.FRAME: "rounded #ff9a2e #ff5fc4",
        Category.TITLE: "Night Baron",
        Category.EMOJI_BADGE: "🦊",
    }
)

COLOURS = ("#f5c542", "#ff4f8b", "#35c8ff", "#8fe36b")
GROUNDS = ("#101d2e", "#7fc4ff")

PEAR = """y=#c9d64f d=#8fa02e g=#4b8a33 b=#6b4a2a
......b.....
.....gb.....
....yyyy....
....yyyyd...
...yyyyyd...
..yyyyyyyd..
.yyyyyyyydd.
.yyyyyyyydd.
.yyyyyyyddd.
..yyyyyddd..
...yyddd....
............
"""

FACES = tuple(
    Face(name, value, rarity, "" if index % 3 == 2 else PEAR, "🍐")
    for index, (name, value, rarity) in enumerate(
        [
            ("The First Pear", 90_000, Rarity.LEGENDARY),
            ("Neon Peel", 15_000, Rarity.LEGENDARY),
            ("Glass Lemon", 2_400, Rarity.EPIC),
            ("Market Stamp", 700, Rarity.RARE),
            ("Velvet Pip", 340, Rarity.RARE),
            ("Moon Ticket", 120, Rarity.UNCOMMON),
            ("Bent Straw", 40, Rarity.COMMON),
        ]
    )
)

SHOWN = tuple(category for category in Category if category in COSMETICS)
WORDED = tuple(category for category in SHOWN if category not in FREE_TEXT)
SAMPLES = {
    Category.TITLE: ("Night Baron", "Pith Lord", "W" * 24, "界" * 12),
    Category.EMOJI_BADGE: ("🦊", "🍊", "★", "👑"),
    Category.FONT_COLOR: ("colour #f5c542", "colour #ff4f8b", "colour #35c8ff"),
    Category.PAGE_BACKGROUND: ("colour #0a2529", "colour #310b18", "colour #f4ebdb"),
}
"""Values of categories that have no words, or only one."""


def value_of(category: Category, word: str) -> str:
    """A style value with a word, and as many colours as it may take."""
    most = VOCABULARY[category][word][1]
    colours = GROUNDS if category is Category.BACKGROUND else COLOURS
    return " ".join((word, *islice(cycle(colours), most)))


def values_of(category: Category) -> tuple[str, ...]:
    """Style values of a category, one for each word."""
    return SAMPLES.get(category) or tuple(value_of(category, word) for word in VOCABULARY[category])


def picture(category: Category, look: Appearance, width: int, height: int) -> Canvas:
    """What a player who tries a thing on is shown."""
    return scene(FACTS, look, category, width, height, FACES)


SHEETS = {
    "letters": (
        Category.TITLE, Category.EMOJI_BADGE, Category.FONT_COLOR, Category.FONT_STYLE,
        Category.FONT_FAMILY, Category.NAME_EFFECT,
    ),
    "frames": (Category.FRAME, Category.CARD_STYLE),
    "grounds": (Category.BACKGROUND, Category.PAGE_BACKGROUND),
    "avatar": (Category.AVATAR_GLOW, Category.AVATAR_SIZE),
    "figures": (Category.STATS_STYLE, Category.TABS_STYLE, Category.VISITOR_COUNTER),
    "collection": (Category.COLLECTION_LAYOUT,),
    "what plays": (Category.CELEBRATION, Category.ENTRANCE_ANIMATION),
    "BigPulp": (
        Category.BIGPULP_HAT, Category.BIGPULP_MOOD, Category.BIGPULP_ACCESSORY,
        Category.BIGPULP_POSITION, Category.DIALOGUE_STYLE,
    ),
}  # fmt: skip
"""Every category of cosmetics, by what it changes."""

LOW = frozenset({*SHEETS["letters"], Category.TABS_STYLE, Category.ENTRANCE_ANIMATION})
"""What is seen on a low card as well as on a high one."""

BESIDE = 4
"""Samples beside each other on a sheet."""


def sample(category: Category, value: str) -> Canvas:
    """A style value as a player who tries it on is shown it, as small as it can be seen."""
    if category in PULP:
        width, height = 30, 12
        if category is not Category.BIGPULP_POSITION:
            look = trying(DEFAULT, category, value)
            canvas = Canvas(width, height, look.page)
            draw_pulp(canvas, Region(0, 0, width, height), look, "Hi!")
            return canvas
    else:
        width, height = 30, 6 if category in LOW else 11
    base = DEFAULT if category is Category.FRAME else DRESSED
    if category not in (Category.AVATAR_GLOW, Category.CARD_STYLE):
        # Large pictures make large files.
        base = trying(base, Category.AVATAR_SIZE, "tiny")
    return picture(category, trying(base, category, value), width, height)


def sheet(categories: tuple[Category, ...]) -> Canvas:
    """Every word of some categories side by side, each under its name."""
    rows: list[list[tuple[str, Canvas]]] = []
    for category in categories:
        samples = [(value, sample(category, value)) for value in values_of(category)]
        rows += [samples[at : at + BESIDE] for at in range(0, len(samples), BESIDE)]
    tops = [0, *accumulate(row[0][1].height + 2 for row in rows)]
    whole = Canvas(BESIDE * 32, tops[-1], DEFAULT.page)
    for top, row in zip(tops, rows, strict=False):
        for x, (value, canvas) in zip(range(0, whole.width, 32), row, strict=False):
            whole.put(x, top, value[:30], Pen("#a89f94"))
            whole.paste(canvas, x, top + 1)
    return whole


class Shown(CanvasWidget):
    """A canvas as a widget."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.canvas = canvas

    def paint(self, width: int, height: int) -> Canvas:
        return self.canvas


class OnScreen(App[None]):
    """Nothing but some widgets."""

    def __init__(self, *widgets: CanvasWidget) -> None:
        super().__init__()
        self.shown = widgets

    def compose(self) -> ComposeResult:
        yield from self.shown


def text_of(strips: list[Strip]) -> str:
    """What is written, without any colour."""
    return "\n".join(strip.text for strip in strips)
