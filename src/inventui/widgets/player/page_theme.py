"""The page background that a player wears, as a theme: letters stay legible on it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from inventui.widgets.colour import contrast, ink_on, legible, mix
from inventui.widgets.theme import HIGH_CONTRAST, theme_variable_defaults

if TYPE_CHECKING:
    from textual.theme import Theme

READABLE = 7.0
"""Contrast of what is read most (WCAG's ratio)."""

_KEPT: dict[tuple[str, str], Theme] = {}


def paged(theme: Theme, page: str) -> Theme:
    """A theme on a page of another colour, `#rrggbb`.

    Who has chosen high contrast, or the terminal's own colours, keeps them.
    """
    if theme.ansi or theme.name == HIGH_CONTRAST.name:
        return theme
    key = theme.name, page
    if key not in _KEPT:
        _KEPT[key] = _on_page(theme, page)
    return _KEPT[key]


def _on_page(theme: Theme, page: str) -> Theme:
    ink = ink_on(page)
    front = theme.foreground or ink
    if not _hex(front) or contrast(front, page) < READABLE:
        front = ink
    surface, panel = mix(page, ink, 0.045), mix(page, ink, 0.11)
    line = mix(page, ink, 0.26)

    def readable(colour: str | None, default: str) -> str:
        colour = colour if colour is not None and _hex(colour) else default
        return legible(colour, panel)

    primary = readable(theme.primary, ink)
    rarities = theme_variable_defaults(ink_on(page) == ink_on("#000000"))
    variables = theme.variables | {
        name: legible(theme.variables.get(name, colour), panel) for name, colour in rarities.items()
    }
    variables |= {
        "border": primary,
        "border-blurred": line,
        "block-cursor-background": primary,
        "block-cursor-foreground": ink_on(primary),
        "block-cursor-blurred-background": mix(page, ink, 0.17),
        "block-cursor-blurred-foreground": front,
        "footer-key-foreground": primary,
        "scrollbar": line,
        "scrollbar-background": surface,
        "scrollbar-background-hover": surface,
        "scrollbar-background-active": surface,
        "scrollbar-corner-color": surface,
    }
    return replace(
        theme,
        primary=primary,
        accent=primary,
        secondary=readable(theme.secondary, primary),
        warning=readable(theme.warning, primary),
        error=readable(theme.error, ink),
        success=readable(theme.success, ink),
        foreground=front,
        background=page,
        surface=surface,
        panel=panel,
        dark=ink_on(page) == ink_on("#000000"),
        variables=variables,
    )


@lru_cache(maxsize=64)
def _hex(colour: str) -> bool:
    return len(colour) == 7 and colour.startswith("#")
