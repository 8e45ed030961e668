"""Formats of values in the output for people, in the terminal's own sixteen colours.

The letters and shapes are those of the game; its colours belong to its themes.
"""

from fractions import Fraction

from rich.text import Text

from inventui.engine.core.models import Balance, PlayerCard
from inventui.rules.core.clock import to_datetime
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency, money_words

HEADING = "bold"
LABEL = "dim"
GOOD = "green"
BAD = "red"

MARKS = {
    Rarity.COMMON: ("· C", "dim"),
    Rarity.UNCOMMON: ("▪ U", "green"),
    Rarity.RARE: ("◆ R", "blue"),
    Rarity.EPIC: ("✦ E", "magenta"),
    Rarity.LEGENDARY: ("★ L", "bold yellow"),
}
"""Shape, letter and style of each rarity."""


def mark(rarity: Rarity) -> Text:
    """A rarity in three cells, by shape, letter and colour."""
    text, style = MARKS[rarity]
    return Text(text, style=style)


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 roll`, `1,204 rolls`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def money(held: Balance | PlayerCard) -> str:
    """What a player has: `4,850 oranges and 25 gems`."""
    oranges = money_words(held.oranges, Currency.ORANGES)
    return f"{oranges} and {money_words(held.gems, Currency.GEMS)}"


def percent(share: Fraction | float, digits: int = 1) -> str:
    """A share of one: `91.3 %`."""
    return f"{float(share) * 100:,.{digits}f} %"


def parts(per_million: int) -> str:
    """Parts of 1,000,000, exactly: `0.26 %`, `15.984 %`."""
    text = f"{per_million / 10_000:.4f}".rstrip("0")
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest:0<2} %"


def one_in(share: Fraction) -> str:
    """A chance in words: `1 in 4.1`."""
    return "never" if share == 0 else f"1 in {float(1 / share):,.1f}"


def when(at: int) -> str:
    """A time to the minute, in UTC: `2026-11-20 18:00`."""
    return f"{to_datetime(at):%Y-%m-%d %H:%M}"


def time_or_blank(at: int | None) -> str:
    """A time to the minute, or nothing where there is none."""
    return "" if at is None else when(at)


def signed(amount: int) -> Text:
    """A change with its sign, coloured."""
    return Text(f"−{-amount:,}", style=BAD) if amount < 0 else Text(f"+{amount:,}", style=GOOD)


def verdict(ok: bool) -> Text:
    """`holds` or `fails`, coloured."""
    return Text("holds", style=GOOD) if ok else Text("fails", style=f"bold {BAD}")
