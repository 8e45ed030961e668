"""Tabs in the style that the player wears: how the active one stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.widgets.paint import ink_on, legible, mix

if TYPE_CHECKING:
    from inventui.rules.style import Style

PLAIN = "$primary"
SEPARATORS = {
    "underline": " ",
    "pills": " ",
    "brackets": " ",
    "arrows": "·",
    "blocks": " ",
}
"""What stands between two tabs, where it is not a thin line."""


def separator(style: Style) -> Content:
    """One cell between two tabs."""
    return Content.styled(SEPARATORS.get(style.word, "│"), "$foreground 30%")


def active_tab(text: str, style: Style, ground: str) -> Content:
    """The active tab, as wide as its text and two cells.

    Args:
        text: title and count.
        style: how it stands out.
        ground: the colour behind the strip, `#rrggbb`.
    """
    colour = legible(style.colour("#ffffff"), ground)
    match style.word:
        case "underline":
            return Content.assemble(" ", (text, f"bold underline {colour}"), " ")
        case "pills":
            inside = f"bold {ink_on(colour)} on {colour}"
            return Content.assemble(("▐", colour), (text, inside), ("▌", colour))
        case "brackets":
            return Content.styled(f"[{text}]", f"bold {colour}")
        case "arrows":
            return Content.assemble(("▸", colour), (text, f"bold {colour}"), ("◂", colour))
        case "blocks":
            return Content.styled(f" {text} ", f"bold {ink_on(colour)} on {colour}")
        case _:
            return Content.styled(f" {text} ", f"bold {PLAIN} reverse")


def other_tab(
    title: str, count: str, style: Style, ground: str, *, hovered: bool = False
) -> Content:
    """A tab that is not active, as wide as `title count` and two cells."""
    line = "underline" if hovered else ""
    if style.word == "blocks":
        back = mix(ground, legible(style.colour("#ffffff"), ground), 0.22)
        ink = ink_on(back)
        faint = legible(mix(ink, back, 0.35), back)
        return Content.assemble(
            (" ", f"on {back}"), (title, f"{ink} on {back} {line}".strip()),
            (count and f" {count}", f"{faint} on {back} {line}".strip()), (" ", f"on {back}"),
        )  # fmt: skip
    return Content.assemble(
        " ", (title, line), (count and f" {count}", f"$foreground 50% {line}".strip()), " "
    )
