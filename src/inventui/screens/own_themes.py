"""Themes of the player's own: files with colours, beside the settings.

What a file does not name is as in the game's own theme of the same base, and what has there the
colour of something else has it here too: with another `primary`, borders and cursors follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from inventui import config
from inventui.screens.hand_written import HandWritten, read_toml
from inventui.system import entries
from inventui.widgets.colour import contrast
from inventui.widgets.theme import DAY_MARKET, NIGHT_MARKET, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inventui.widgets.session import Session

BASES = {"dark": NIGHT_MARKET, "light": DAY_MARKET}

TABLE = "colours"
"""The table of a file that names them."""

MOST_THEMES = 50
"""How many files are read."""

MAIN = (
    "primary", "secondary", "accent", "foreground", "background", "surface", "panel", "boost",
    "warning", "error", "success",
)  # fmt: skip
"""The colours that Textual makes a theme of."""

NAMES = frozenset(MAIN) | {name for name in NIGHT_MARKET.variables if "style" not in name}
"""What a file can name."""

LEGIBLE = 4.5
"""The contrast from which on small text is easy to read."""

SEEN = 3.0
"""That from which on large text, signs and borders are."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_SHARE = re.compile(r"\s+\d{1,3}%$")


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """A theme of a file.

    Attributes:
        theme: as Textual takes it.
        warnings: a sentence for each pair of its colours that is hard to tell apart.
    """

    theme: Theme
    warnings: tuple[str, ...]


def load() -> tuple[list[OwnTheme], list[str]]:
    """The themes, and a sentence for each line of their files that is not heeded."""
    found: list[OwnTheme] = []
    faults: list[str] = []
    files = [path for path in entries(config.themes_dir()) if path.suffix == ".toml"]
    for path in files[:MOST_THEMES]:
        file = read_toml(path)
        taken = {theme.name for theme in THEMES} | set(BUILTIN_THEMES)
        if file.fault:
            faults.append(file.fault)
        elif not _NAME.fullmatch(path.stem):
            faults.append(
                f"{path.name}: the name of a theme is of small letters, digits and hyphens."
            )
        elif path.stem in taken:
            faults.append(f"{path.name}: there is a theme of this name in the game.")
        else:
            theme, said = read(file)
            faults += said
            found.append(OwnTheme(theme, tuple(_warnings(file, theme))))
    return found, faults


def read(file: HandWritten) -> tuple[Theme, list[str]]:
    """The theme of a file, and a sentence for each line that is not heeded."""
    faults: list[str] = []
    base = "dark"
    named: dict[str, str] = {}
    for name, value in file.tables.items():
        if name == "base" and value in BASES:
            base = value
        elif name == "base":
            faults.append(f'{file.at(name)}: the base is "dark" or "light".')
        elif name == TABLE and isinstance(value, dict):
            named, said = _colours(file, value)
            faults += said
        else:
            faults.append(
                f"{file.at_table(name)}: a theme has no {name!r}, only base and [{TABLE}]."
            )
    return _made(file.path.stem, BASES[base], named), faults


def _colours(file: HandWritten, table: dict[str, Any]) -> tuple[dict[str, str], list[str]]:
    named: dict[str, str] = {}
    faults: list[str] = []
    for name, value in table.items():
        if name not in NAMES:
            faults.append(f"{file.at(name, TABLE)}: a theme has no colour {name!r}.")
            continue
        try:
            share = _SHARE.search(value)
            named[name] = _hex(value) + (share[0] if share else "")
        except (ColorParseError, TypeError):
            faults.append(f"{file.at(name, TABLE)}: {value!r} is no colour.")
    return named, faults


def _made(name: str, base: Theme, named: dict[str, str]) -> Theme:
    main = {each: named.get(each, getattr(base, each)) for each in MAIN}
    if "primary" in named and "accent" not in named:
        main["accent"] = named["primary"]
    # The first that has a colour gives it its name: primary before accent.
    new = {getattr(base, each): main[each] for each in reversed(MAIN) if getattr(base, each)}
    variables = {}
    for each, value in base.variables.items():
        colour, gap, share = value.partition(" ")
        variables[each] = named.get(each, new.get(colour, colour) + gap + share)
    return Theme(name=name, dark=base.dark, variables=variables, **main)


def _warnings(file: HandWritten, theme: Theme) -> Iterator[str]:
    """What is hard to tell from what it stands on."""
    grounds = [(each, getattr(theme, each)) for each in ("background", "surface", "panel")]
    inks = [("foreground", theme.foreground, LEGIBLE), ("primary", theme.primary, SEEN)]
    inks += [(each, getattr(theme, each), SEEN) for each in ("warning", "error", "success")]
    inks += [
        (each, value, SEEN) for each, value in theme.variables.items() if each.startswith("rarity-")
    ]
    for ink, colour, least in inks:
        worst = min(
            (contrast(_hex(colour), _hex(ground)), name) for name, ground in grounds if colour
        )
        if worst[0] < least:
            yield (
                f"{file.at(ink, TABLE)}: {ink} on {worst[1]} has a contrast of {worst[0]:.1f}, "
                f"less than {least:g}."
            )


def _hex(colour: str) -> str:
    return Color.parse(_SHARE.sub("", colour)).hex6.lower()


def register(app: App[Any], session: Session) -> list[str]:
    """Offer the themes of the files as they are now; one in use that has changed shows at once.

    Returns:
        A sentence for each line that is not heeded.
    """
    found, faults = load()
    before = {name: app.get_theme(name) for name in session.own.themes}
    for name in before:
        app.unregister_theme(name)
    for own in found:
        app.register_theme(own.theme)
    session.own.themes = {own.theme.name: own.warnings for own in found}
    if app.theme in before and app.get_theme(app.theme) != before[app.theme]:
        now, previewing = app.theme, session.previewing
        session.previewing = True
        app.theme = NIGHT_MARKET.name
        if now in session.own.themes:
            app.theme = now
        elif session.settings.theme == now:
            session.settings.theme = NIGHT_MARKET.name
        session.previewing = previewing
    return faults
