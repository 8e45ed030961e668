"""What looks the same everywhere: themes, styles, rarities, money, chances, times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.theme import Theme

from inventui.rules.core.clock import DAY, HOUR, MINUTE, to_datetime
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

ORANGE = "🍊"
GEM = "💎"
COIN = {Currency.ORANGES: ORANGE, Currency.GEMS: GEM}
"""The sign of each currency; both are two cells wide on every terminal."""

DIM = "$foreground 60%"
FAINT = "$foreground 45%"
KEY = "bold $primary"
"""The styles of what is said beside something, of what can't be had, and of keys in a text."""

MARKER = "▸"
"""Stands before what is chosen, so that it shows without colour."""


@dataclass(frozen=True, slots=True)
class RarityLook:
    """How a rarity is told apart: by colour, by letter and by shape."""

    letter: str
    shape: str
    variable: str

    @property
    def style(self) -> str:
        """The style, resolved by the theme in use."""
        return f"${self.variable}"


RARITY: Mapping[Rarity, RarityLook] = {
    Rarity.COMMON: RarityLook("C", "·", "rarity-common"),
    Rarity.UNCOMMON: RarityLook("U", "▪", "rarity-uncommon"),
    Rarity.RARE: RarityLook("R", "◆", "rarity-rare"),
    Rarity.EPIC: RarityLook("E", "✦", "rarity-epic"),
    Rarity.LEGENDARY: RarityLook("L", "★", "rarity-legendary"),
}


def rarity_mark(rarity: Rarity) -> Content:
    """Shape and letter in the rarity's colour, e.g. `★ L`; three cells."""
    look = RARITY[rarity]
    return Content.styled(f"{look.shape} {look.letter}", look.style)


def rarity_word(rarity: Rarity) -> Content:
    """Shape and name in the rarity's colour, e.g. `★ legendary`."""
    look = RARITY[rarity]
    return Content.styled(f"{look.shape} {rarity}", look.style)


def money(amount: int, currency: Currency = Currency.ORANGES) -> Content:
    """A sum with its sign: `🍊 12,450`."""
    return Content(f"{COIN[currency]} {amount:,}")


def signed(amount: int, currency: Currency | None = None) -> Content:
    """A change, told by its sign and by colour: `+120`, `−🍊 400`."""
    figure = f"{f'{COIN[currency]} ' if currency else ''}{abs(amount):,}"
    if amount < 0:
        return Content.styled(f"−{figure}", "$text-error")
    return Content.styled(f"+{figure}", "$text-success")


def percent(parts: int, decimals: int = 2) -> str:
    """Parts of 1,000,000 as percent: `0.26 %`."""
    return f"{parts / 10_000:.{decimals}f} %"


def percent_of(share: Fraction) -> str:
    """A share as percent with one digit: `91.3 %`."""
    return f"{float(share * 100):.1f} %"


def one_in(chance: Fraction) -> str:
    """A chance as `1 in 4.1`; `never` for none and `always` for certainty."""
    if chance <= 0:
        return "never"
    if chance >= 1:
        return "always"
    times = 1 / chance
    return f"1 in {float(times):.1f}" if times < 10 else f"1 in {round(times):,}"


def ago(at: int, now: int) -> str:
    """How long ago, short: `now`, `5 min`, `2 h`, `3 d`, then the date."""
    passed = max(0, now - at)
    if passed < MINUTE:
        return "now"
    if passed < HOUR:
        return f"{passed // MINUTE} min"
    if passed < DAY:
        return f"{passed // HOUR} h"
    if passed < 30 * DAY:
        return f"{passed // DAY} d"
    return f"{to_datetime(at):%Y-%m-%d}"


def exact(at: int) -> str:
    """A time to the second: `2026-11-20 18:00:00 UTC`."""
    return f"{to_datetime(at):%Y-%m-%d %H:%M:%S} UTC"


NIGHT_MARKET = Theme(
    name="night-market",
    primary="#ff9a2e",
    secondary="#c8752a",
    accent="#ff9a2e",
    warning="#f5c451",
    error="#ff6b5e",
    success="#8fce6b",
    foreground="#efe3d3",
    background="#14100d",
    surface="#1c1713",
    panel="#2a221b",
    dark=True,
    variables={
        "border": "#ff9a2e",
        "border-blurred": "#4a3c30",
        "block-cursor-background": "#ff9a2e",
        "block-cursor-foreground": "#14100d",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#3a2e23",
        "block-cursor-blurred-foreground": "#efe3d3",
        "footer-key-foreground": "#ff9a2e",
        "input-selection-background": "#ff9a2e 35%",
        "input-cursor-background": "#ff9a2e",
        "scrollbar": "#4a3c30",
        "scrollbar-hover": "#c8752a",
        "scrollbar-active": "#ff9a2e",
        "scrollbar-background": "#1c1713",
        "scrollbar-background-hover": "#1c1713",
        "scrollbar-background-active": "#1c1713",
        "scrollbar-corner-color": "#1c1713",
        "rarity-common": "#a89f94",
        "rarity-uncommon": "#7ccf6a",
        "rarity-rare": "#5fa8ff",
        "rarity-epic": "#c58bff",
        "rarity-legendary": "#ffd34d",
    },
)

DAY_MARKET = Theme(
    name="day-market",
    primary="#964500",
    secondary="#8a4a12",
    accent="#964500",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b1f",
    foreground="#2a2118",
    background="#fbf5ea",
    surface="#f4ebdb",
    panel="#e8dbc4",
    dark=False,
    variables={
        "border": "#964500",
        "border-blurred": "#c9b594",
        "block-cursor-background": "#964500",
        "block-cursor-foreground": "#fffaf0",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e0cfae",
        "block-cursor-blurred-foreground": "#2a2118",
        "footer-key-foreground": "#964500",
        "input-selection-background": "#964500 30%",
        "input-cursor-background": "#964500",
        "scrollbar": "#c9b594",
        "scrollbar-hover": "#8a4a12",
        "scrollbar-active": "#964500",
        "scrollbar-background": "#f4ebdb",
        "scrollbar-background-hover": "#f4ebdb",
        "scrollbar-background-active": "#f4ebdb",
        "scrollbar-corner-color": "#f4ebdb",
        "rarity-common": "#5f574e",
        "rarity-uncommon": "#286b1b",
        "rarity-rare": "#19559f",
        "rarity-epic": "#6f2faa",
        "rarity-legendary": "#7d5800",
    },
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffb000",
    secondary="#ffd480",
    accent="#ffb000",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables={
        "foreground-muted": "#ffffff",
        "text-muted": "#ffffff",
        "text-disabled": "#cccccc",
        "border": "#ffb000",
        "border-blurred": "#ffffff",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold underline",
        "block-cursor-blurred-background": "#444444",
        "block-cursor-blurred-foreground": "#ffffff",
        "footer-key-foreground": "#ffb000",
        "scrollbar": "#ffffff",
        "scrollbar-hover": "#ffb000",
        "scrollbar-active": "#ffb000",
        "scrollbar-background": "#333333",
        "rarity-common": "#d0d0d0",
        "rarity-uncommon": "#66ff66",
        "rarity-rare": "#80c0ff",
        "rarity-epic": "#e0a0ff",
        "rarity-legendary": "#ffe000",
    },
)

THEMES = (NIGHT_MARKET, DAY_MARKET, HIGH_CONTRAST)
"""The house's own themes, the default first."""


def theme_variable_defaults(dark: bool) -> dict[str, str]:
    """Our variables for themes that are not ours."""
    donor = NIGHT_MARKET if dark else DAY_MARKET
    return {name: value for name, value in donor.variables.items() if name.startswith("rarity-")}
