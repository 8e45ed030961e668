"""Labels of tabs in each of the tabs styles; every label is as wide as the plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.widgets.colour import Runs, ink_on, legible, mix, run, runs_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.rules.core.style import Style

NIGHT = "#14100d"
ACCENT = "#ff9a2e"


def tab_label(
    title: str, current: bool, style: Style, count: str = "", *, back: str = NIGHT
) -> Content:
    """A tab as it stands in a strip: title and count with a cell either side.

    Args:
        title: what the tab is called.
        current: whether it is the one that is open.
        style: `look[Category.TABS_STYLE]`; the default one takes the theme's colours.
        count: what is behind it, e.g. `214`.
        back: the colour that the strip lies on.
    """
    if style.word != "default":
        return runs_content(tab_runs(title, current, style, count, back=back))
    counted = f" {count}" if count else ""
    if current:
        return Content.styled(f" {title}{counted} ", "bold $primary reverse")
    return Content.assemble(" ", title, (counted, "$foreground 50%"), " ")


def tab_runs(
    title: str, current: bool, style: Style, count: str = "", *, back: str = NIGHT
) -> Runs:
    """The same as runs, with no need of a theme."""
    counted = f" {count}" if count else ""
    words = f"{title}{counted}"
    colour = legible(style.colour(ACCENT), back)
    plain, faint = mix(ink_on(back), back, 0.25), mix(ink_on(back), back, 0.5)
    on = ink_on(colour)
    beside: Runs = (run(" "), run(title, plain), run(counted, faint), run(" "))
    match style.word:
        case "underline":
            mark: Runs = (run(" "), run(words, colour, "bold underline"), run(" "))
        case "pills":
            mark = (run("◖", colour), run(words, on, "bold", colour), run("◗", colour))
        case "brackets":
            mark = (run("[", colour, "bold"), run(words, colour), run("]", colour, "bold"))
        case "arrows":
            mark = (run("▸", colour, "bold"), run(words, colour), run("◂", colour, "bold"))
        case "blocks":
            mark = (
                run("▌", on, "", colour),
                run(words, on, "bold", colour),
                run("▐", on, "", colour),
            )
            shade = mix(back, colour, 0.16)
            beside = (run(f" {title}", plain, "", shade), run(f"{counted} ", faint, "", shade))
        case _:
            mark = (run(f" {words} ", ink_on(ACCENT), "bold", ACCENT),)
    return mark if current else beside


def strip_runs(
    tabs: Sequence[tuple[str, str]], current: int, style: Style, cells: int, back: str
) -> Runs:
    """A sample strip of (title, count), as many of them as there is room for."""
    runs: Runs = ()
    used = 0
    for number, (title, count) in enumerate(tabs):
        label = tab_runs(title, number == current, style, count, back=back)
        wide = sum(cell_len(text) for text, _ in label) + (number > 0)
        if used + wide > cells:
            break
        line = (run("│", mix(ink_on(back), back, 0.75)),) if number else ()
        runs = (*runs, *line, *label)
        used += wide
    return runs
