"""Style: what a cosmetic's style value may say, and what it means.

A style value is a word of its category's vocabulary, followed by the colours that the
word takes: `double #f5c542`, `gradient #ff8800 #ff0066`, `grid`. Titles and badges are
free text and one emoji. `parse` is asked by the content loader (a wrong value is a fault
of the pack) and by whatever draws.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inventui.rules.enums import Category

_COLOUR = re.compile(r"#[0-9a-f]{6}")

TITLE_LENGTH = 24
"""Most characters of a title."""

FREE_TEXT = frozenset({Category.TITLE, Category.EMOJI_BADGE})
"""Categories whose style value is text to be shown."""

Words = Mapping[str, tuple[int, int]]
"""Word → (fewest, most) colours that it takes."""


def _words(words: str, fewest: int = 0, most: int | None = None) -> Words:
    return dict.fromkeys(words.split(), (fewest, fewest if most is None else most))


VOCABULARY: Mapping[Category, Words] = MappingProxyType(
    {
        Category.FRAME: _words("rounded heavy double dashed ascii thick tall wide hkey", 1, 2),
        Category.BACKGROUND: _words("plain dots stripes stars waves checks rain citrus bricks", 2),
        Category.NAME_EFFECT: {
            **_words("gradient shimmer", 2, 4),
            **_words("rainbow sparkle", 0),
            **_words("glow", 1),
            **_words("brackets", 1),
        },
        Category.CELEBRATION: _words("confetti fireworks rain fountain coins hearts", 0, 3),
        Category.BIGPULP_HAT: _words("cap crown chef top_hat beanie party straw halo", 1, 2),
        Category.BIGPULP_MOOD: _words("happy grumpy sleepy cool smug shocked love"),
        Category.BIGPULP_ACCESSORY: _words(
            "glasses monocle scarf bow_tie moustache eyepatch chain", 1
        ),
        Category.BIGPULP_POSITION: _words("right left top bottom above_stats far_left"),
        Category.FONT_COLOR: _words("colour", 1),
        Category.FONT_STYLE: _words(
            "normal bold italic underline bold_italic underline2 overline reverse"
        ),
        Category.FONT_FAMILY: _words(
            "default script fraktur double_struck monospace sans small_caps circled"
        ),
        Category.AVATAR_GLOW: {**_words("none"), **_words("soft ring neon dots double", 1)},
        Category.AVATAR_SIZE: _words("normal tiny small large huge wide"),
        Category.PAGE_BACKGROUND: _words("colour", 1),
        Category.DIALOGUE_STYLE: _words("default shout whisper thought telegram verse pirate"),
        Category.COLLECTION_LAYOUT: _words("grid list compact gallery shelf ticker"),
        Category.CARD_STYLE: _words("default centred banner ticket poster minimal"),
        Category.ENTRANCE_ANIMATION: _words("none fade slide drop curtain typewriter"),
        Category.STATS_STYLE: {
            **_words("default"),
            **_words("bars dots boxed terse medals", 0, 1),
        },
        Category.TABS_STYLE: {
            **_words("default"),
            **_words("underline pills brackets arrows blocks", 1),
        },
        Category.VISITOR_COUNTER: {
            **_words("hidden"),
            **_words("digits odometer neon dots tally", 0, 1),
        },
    }
)
"""What each category's style value may say."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style value, read.

    Attributes:
        word: the word of its category's vocabulary; for free text, the text itself.
        colours: `#rrggbb`, as many as the word takes.
    """

    word: str
    colours: tuple[str, ...] = ()

    def colour(self, default: str) -> str:
        """The first colour, or `default`."""
        return self.colours[0] if self.colours else default


def parse(category: Category, value: str) -> Style:
    """What a style value means.

    Raises:
        ValueError: the category has no such value; the message says which there are.
    """
    if category in FREE_TEXT:
        longest = TITLE_LENGTH if category is Category.TITLE else 2
        if not value or len(value) > longest:
            raise ValueError(f"a {category} needs a text of 1 to {longest} characters")
        return Style(value)
    known = VOCABULARY.get(category)
    if known is None:
        raise ValueError(f"a {category} has no style")
    word, *colours = value.split() or [""]
    if word not in known:
        raise ValueError(f"{word!r} is no style of a {category}; there are {', '.join(known)}")
    fewest, most = known[word]
    if not fewest <= len(colours) <= most:
        need = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        raise ValueError(f"{word!r} takes {need} colours, not {len(colours)}")
    wrong = next((colour for colour in colours if not _COLOUR.fullmatch(colour)), None)
    if wrong is not None:
        raise ValueError(f"{wrong!r} is no colour; write # and six lower-case hex digits")
    return Style(word, tuple(colours))
