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

from inventui.rules.core.categories import COSMETICS, Category, Words

_COLOUR = re.compile(r"#[0-9a-f]{6}")

TITLE_LENGTH = 24
"""Most characters of a title."""

FREE_TEXT = frozenset(category for category in COSMETICS if category.words is None)
"""Categories whose style value is a text to be shown."""

VOCABULARY: Mapping[Category, Words] = MappingProxyType(
    {category: category.words for category in Category if category.words is not None}
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
