"""Search: what a player types into any list of items, and which items it finds.

`neon frame r:epic cat:frame <5000 >100`: plain words are looked for in name, category, rarity and
description, and all must be found; a field narrows by category, rarity or name; a bound by worth,
or by price where things are sold.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import MOST

HELP = "words, cat:frame, r:epic, <5000, >100"
"""What may be typed, in a few words."""

_TERM = re.compile(r'(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')
_BOUND = re.compile(r"(?P<sign>[<>]=?)(?P<amount>[0-9][0-9,_]{0,24})")
_FIELDS = {
    "cat": "category", "category": "category", "c": "category",
    "r": "rarity", "rarity": "rarity", "n": "name", "name": "name",
}  # fmt: skip
_UNFINISHED = frozenset(("<", ">", "<=", ">=", *(f"{name}:" for name in _FIELDS)))
_ALSO = {Category.ARMOR: "armour", Category.HOUSING: "home house", Category.FONT_COLOR: "colour"}
"""What else people call a category."""


class Searchable(Protocol):
    """An item, or a line of a list of items."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def category(self) -> Category:
        """What kind it is."""

    @property
    def rarity(self) -> Rarity:
        """How rare it is."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, every word of it.

    Attributes:
        words: each is in name, category, rarity or description.
        names: each is in the name.
        categories: each begins a word of the category or of its tab.
        rarities: begins a rarity; of several, any.
        least: the least worth.
        most: the greatest worth, or None.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rarities: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    def finds(self, item: Searchable, worth: int, description: str = "") -> bool:
        """Whether this is one that is looked for; `worth` is its value, or its price."""
        if worth < self.least or (self.most is not None and worth > self.most):
            return False
        if self.rarities and not any(str(item.rarity).startswith(r) for r in self.rarities):
            return False
        if self.categories and not all(_is_kind(item.category, c) for c in self.categories):
            return False
        if not (self.words or self.names):
            return True
        name = item.name.casefold()
        return all(word in name for word in self.names) and all(
            word in name
            or str(item.rarity) == word
            or _is_kind(item.category, word)
            or word in description.casefold()
            for word in self.words
        )


@lru_cache(maxsize=256)
def parse_search(text: str) -> Search:
    """What a text looks for. Every text looks for something: a field that is none is a word."""
    words: dict[str, list[str]] = {"word": [], "name": [], "category": [], "rarity": []}
    least, most = 0, None
    for term in _TERM.finditer(text.casefold()):
        value = term["phrase"] if term["word"] is None else term["word"]
        bound = _BOUND.fullmatch(term[0])
        if bound is not None:
            amount = min(int(re.sub("[,_]", "", bound["amount"])), MOST)
            if bound["sign"].startswith(">"):
                least = max(least, amount + (bound["sign"] == ">"))
            else:
                amount -= bound["sign"] == "<"
                most = amount if most is None else min(most, amount)
        elif term["field"] in _FIELDS:
            words[_FIELDS[term["field"]]].append(value)
        elif term[0] not in _UNFINISHED:
            # What is not yet typed to its end narrows nothing.
            words["word"].append(term[0] if term["field"] else value)
    said = {kind: tuple(word for word in found if word) for kind, found in words.items()}
    return Search(said["word"], said["name"], said["category"], said["rarity"], least, most)


@lru_cache(maxsize=4096)
def _is_kind(category: Category, word: str) -> bool:
    """Whether a word begins one of the words for a category."""
    gear = "gear" if category in GEAR else ""
    called = f" {category} {category.tab} {gear} {_ALSO.get(category, '')}".replace("_", " ")
    return f" {word.replace('_', ' ')}" in called
