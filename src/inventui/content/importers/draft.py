"""A pack in the making: what an importer has read so far, and what was lost on the way."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import lcm
from typing import Any, TypeVar

from inventui.content.models.cases import MOST_COUNT, MOST_ENTRIES
from inventui.content.models.fields import FINEST, MOST_MONEY, NAME, TEXT, check_address
from inventui.rules.cases.odds import MOST_ROLLS
from inventui.rules.core.enums import Rarity
from inventui.rules.core.text import clean

VALUES: Mapping[Rarity, int] = {
    Rarity.COMMON: 10,
    Rarity.UNCOMMON: 60,
    Rarity.RARE: 300,
    Rarity.EPIC: 1_500,
    Rarity.LEGENDARY: 8_000,
}
"""What an item is worth, in oranges, where neither format nor prices say it."""

CHANCES: tuple[tuple[Fraction, Rarity], ...] = (
    (Fraction(1, 100), Rarity.LEGENDARY),
    (Fraction(3, 100), Rarity.EPIC),
    (Fraction(8, 100), Rarity.RARE),
    (Fraction(20, 100), Rarity.UNCOMMON),
)
"""The rarity of what comes less often than so, where neither format nor rarities say it."""

RETURN = Fraction(90, 100)
"""Share of its price that a case without a price of its own brings in the mean."""

Entry = dict[str, Any]
"""An entry as a pack's file holds it."""


T = TypeVar("T")
K = TypeVar("K")


class PackImportError(Exception):
    """Why a source can't be imported, as a sentence."""


@dataclass(frozen=True, slots=True)
class _Item:
    slug: str
    name: str
    rarity: Rarity | None
    value: int | None
    image: str


@dataclass
class PackDraft:
    """Items, cases and nested tables, under slugs of their own.

    Attributes:
        prices: oranges by an item's or a case's name, in place of what the format says; the names
            as `name_key` has them.
        rarities: rarities by an item's name, in the same way.
        lost: what could not be held, each kind with how often.
        place: the rows of the source that are being read, from the outside in.
    """

    prices: Mapping[str, int] = field(default_factory=dict)
    rarities: Mapping[str, Rarity] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    cases: list[Entry] = field(default_factory=list)
    tables: list[Entry] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    _items: dict[str, _Item] = field(default_factory=dict)
    _chances: dict[str, Fraction] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _slugs: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)

    def each(self, value: object, what: str) -> Iterator[Any]:
        """The rows of a list of a format, each of which is the `place` while it is looked at.

        Raises:
            PackImportError: it is no list of objects.
        """
        depth = len(self.place)
        for number, row in enumerate(rows(value, what), 1):
            self.place[depth:] = [f"no. {number:,} of {what}"]
            yield row
        del self.place[depth:]

    def item(
        self,
        name: str,
        rarity: Rarity | None = None,
        value: int | None = None,
        image: str = "",
        chance: Fraction | None = None,
    ) -> str:
        """The slug of the item of this name, made when it is first named.

        Args:
            name: as the format calls it; equal names are one item.
            rarity: as the format says; of several, the rarest counts.
            value: in oranges, as the format says.
            image: an address of a picture.
            chance: how often it comes in one roll, which stands in for a rarity.
        """
        name = self._name(name)
        if chance is not None:
            self._chances[name] = max(chance, self._chances.get(name, chance))
        known = self._items.get(name)
        if known is not None:
            if rarity is not None and known.rarity is not None and rarity is not known.rarity:
                self.lost["rarities of one item that differ (the rarest counts)"] += 1
                rarer = max(rarity, known.rarity, key=lambda one: one.rank)
                self._items[name] = _Item(known.slug, name, rarer, known.value, known.image)
            return known.slug
        slug = self.slug(name)
        try:
            image = check_address(image)
        except ValueError:
            self.lost["pictures whose address can't be one"] += 1
            image = ""
        self._items[name] = _Item(slug, name, rarity, value, image)
        self._names[slug] = name
        return slug

    def note_chance(self, slug: str, chance: Fraction) -> None:
        """Note how often an item comes in one roll; of several, the most often counts."""
        name = self._names[slug]
        self._chances[name] = max(chance, self._chances.get(name, chance))

    def case(
        self,
        name: str,
        entries: Sequence[Entry] = (),
        pools: Sequence[Entry] = (),
        price: int | None = None,
        description: object = "",
    ) -> None:
        """Add a case, of entries or of pools, if a pack can hold it."""
        if not entries and not pools:
            self.lost["cases without anything in them"] += 1
            return
        lists = [pool["entries"] for pool in pools] or [entries]
        laid_out = sum(len(entry.get("items", "-")) for held in lists for entry in held)
        if laid_out > MOST_ENTRIES:
            self.lost[f"cases of more than {MOST_ENTRIES:,} entries (left out)"] += 1
            return
        if sum(pool["rolls"] for pool in pools) > MOST_ROLLS:
            self.lost[f"cases of more than {MOST_ROLLS} rolls an opening (left out)"] += 1
            return
        name = self._name(name)
        price = self._handed_in(self.prices, name, price)
        held = {"pools": list(pools)} if pools else {"entries": list(entries)}
        text = clean(description, TEXT) if isinstance(description, str) else ""
        said = {"description": text} if text else {}
        self.cases.append({"id": self.slug(name), "name": name, **said, "price": price, **held})

    def slug(self, name: str) -> str:
        """A slug that no other name has; letters that it can't have are a hash of the name."""
        letters = unicodedata.normalize("NFKD", name)
        plain = letters.encode("ascii", "ignore").decode().lower()
        short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
        base = short
        if not short or any(letter.isalpha() and not letter.isascii() for letter in letters):
            base = f"{short or 'x'}-{sha256(name.encode()).hexdigest()[:8]}"
        slug, number = base, 2
        while slug in self._slugs:
            slug, number = f"{base}-{number}", number + 1
        self._slugs.add(slug)
        return slug

    def items(self) -> list[Entry]:
        """The items as a pack's file holds them; what nobody said is filled in."""
        return [self._complete(item) for item in self._items.values()]

    def count(self, count: int) -> int:
        """How many come at once, as far as a pack can hold it."""
        if count > MOST_COUNT:
            self.lost[f"counts above {MOST_COUNT:,} (taken as that)"] += 1
        return min(count, MOST_COUNT)

    def weight(self, value: object) -> Decimal | None:
        """A chance or weight, exactly as it was written; None for 0, which is noted.

        Raises:
            PackImportError: it is none.
        """
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            said = "Nothing" if value is None else f"“{str(value)[:40]}”"
            raise PackImportError(f"{said} stands where a chance or weight is expected.")
        number = Decimal(value)
        if not number.is_finite() or not 0 <= number <= MOST_MONEY:
            raise PackImportError(
                f"A chance or weight is 0 to {MOST_MONEY:,}, not {str(value)[:40]}."
            )
        if int(number.as_tuple().exponent) < FINEST:
            raise PackImportError(f"A chance or weight has more than {-FINEST} decimals.")
        if not number:
            self.lost["what has a chance or weight of 0 (left out)"] += 1
        return number or None

    def note_unused(self) -> None:
        """Note the names among prices and rarities that nothing here has."""
        unused = [n for n in {**self.prices, **self.rarities} if n not in self._asked]
        if unused:
            kind = f"names of prices or rarities that nothing here has, as “{unused[0]}”"
            self.lost[kind] += len(unused)

    def _handed_in(self, table: Mapping[str, T], name: str, otherwise: T) -> T:
        key = name_key(name)
        self._asked.add(key)
        return table.get(key, otherwise)

    def _complete(self, item: _Item) -> Entry:
        rarity = self._handed_in(self.rarities, item.name, item.rarity)
        if rarity is None:
            chance = self._chances.get(item.name, Fraction(1))
            rarity = next((r for most, r in CHANCES if chance < most), Rarity.COMMON)
            self.lost["rarities that the format has not (taken from the chance)"] += 1
        value = self._handed_in(self.prices, item.name, item.value)
        if value is None:
            value = VALUES[rarity]
            self.lost["values that the format has not (taken from the rarity)"] += 1
        return {
            "id": item.slug,
            "name": item.name,
            "category": "collectible",
            "rarity": str(rarity),
            "value": min(max(0, value), MOST_MONEY),
            **({"image_url": item.image} if item.image else {}),
        }

    def _name(self, name: str) -> str:
        safe = clean(name, NAME)
        if not safe:
            raise PackImportError("Something in it has no name.")
        if safe != name:
            self.lost["names that were too long or not plain text"] += 1
        return safe


def name_key(name: str) -> str:
    """A name as prices and rarities are looked up by: capitals and spaces around it don't count."""
    return name.strip().casefold()


def written_weights(shares: Mapping[K, Fraction], draft: PackDraft) -> dict[K, int | Decimal]:
    """Shares as weights that a pack's file can hold, in the same proportion."""
    whole = lcm(*(share.denominator for share in shares.values()))
    weights = {key: int(share * whole) for key, share in shares.items()}
    most = len(str(max(weights.values(), default=0)))
    decimals = max(0, most - len(str(MOST_MONEY - 1)))
    if not decimals:
        return dict(weights)
    if decimals > -FINEST:
        draft.lost["weights of too many digits (rounded)"] += 1
        cut = decimals + FINEST
        weights = {key: max(1, weight // 10**cut) for key, weight in weights.items()}
        decimals = -FINEST
    # The exponent is written: arithmetic with decimals would round.
    return {key: Decimal(f"{weight}e-{decimals}") for key, weight in weights.items()}


def texts(row: object, *names: str) -> list[str]:
    """Fields of a table of a format, each of which must be a text.

    Raises:
        PackImportError: one is missing or no text.
    """
    found = [row.get(name) if isinstance(row, Mapping) else None for name in names]
    for name, value in zip(names, found, strict=True):
        if not isinstance(value, str) or not value:
            raise PackImportError(f"It is not of this format: there is no “{name}”.")
    return [str(value) for value in found]


def rows(value: object, what: str) -> list[Any]:
    """A list of objects of a format.

    Raises:
        PackImportError: it is none.
    """
    if not isinstance(value, list):
        raise PackImportError(f"It is not of this format: there is no list of {what}.")
    for number, row in enumerate(value, 1):
        if not isinstance(row, Mapping):
            raise PackImportError(
                f"It is not of this format: no. {number:,} of {what} is no object."
            )
    return value
