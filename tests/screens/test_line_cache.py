"""Kept lines: drawn once, and always as Textual itself would draw them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.geometry import Region
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

from inventui.widgets.line_cache import KeptLines
from inventui.widgets.lists.scroll_bar import UprightBar
from tests.screens.style_samples import OnScreen

WIDTH, HEIGHT = 30, 12


class Lines(KeptLines, can_focus=True):
    """The same strip for the same line; one is short, one in a colour of the terminal's."""

    DEFAULT_CSS = """
    Lines { width: 1fr; height: 1fr; background: $surface; }
    Lines.-framed { border: round $primary; padding: 1 2; }
    Lines.-framed:focus { border: round $error; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-framed")
        self.first = 0
        self.strips = [
            Strip([Segment(f"{number:<5}", RichStyle(color="red", dim=True))], 5)
            for number in range(40)
        ]

    def render_line(self, y: int) -> Strip:
        return self.strips[self.first + y]


def drawn(lines: Lines) -> list[list[Segment]]:
    """What the widget draws."""
    return merged(lines.render_lines(lines.outer_size.region))


def expected(lines: Lines) -> list[list[Segment]]:
    """What Textual would draw, with nothing kept."""
    lines._styles_cache.clear()
    return merged(Widget.render_lines(lines, lines.outer_size.region))


def merged(strips: list[Strip]) -> list[list[Segment]]:
    return [list(strip.simplify()) for strip in strips]


def scroll(lines: Lines) -> None:
    lines.first = 7
    lines.refresh(lines.size.region)


def title(lines: Lines) -> None:
    lines.border_title = "Title"


def colour(lines: Lines) -> None:
    lines.styles.background = "blue"


def behind(lines: Lines) -> None:
    lines.styles.background = Color(0, 0, 200, 0.5)
    lines.screen.styles.background = "green"


def bare(lines: Lines) -> None:
    lines.remove_class("-framed")


def unfocus(lines: Lines) -> None:
    lines.screen.set_focus(None)


def veil(lines: Lines) -> None:
    lines.styles.opacity = 0.5


def fade(lines: Lines) -> None:
    lines.styles.text_opacity = 0.5


def theme(lines: Lines) -> None:
    lines.app.theme = "textual-light"


def narrow(lines: Lines) -> None:
    lines.styles.width = 20


CHANGES = [scroll, title, colour, behind, bare, unfocus, veil, fade, theme, narrow]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
async def test_lines_are_as_textual_draws_them_before_and_after(
    change: Callable[[Lines], None],
) -> None:
    lines = Lines()
    async with OnScreen(lines).run_test(size=(WIDTH, HEIGHT)) as pilot:
        lines.focus()
        await pilot.pause()
        before = drawn(lines)
        assert before == expected(lines)
        change(lines)
        await pilot.pause()
        assert drawn(lines) == expected(lines)
        assert drawn(lines) != before


async def test_what_scrolls_and_comes_back_is_not_put_together_again() -> None:
    lines = Lines()
    async with OnScreen(lines).run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        whole = lines.outer_size.region
        before = lines.render_lines(whole)
        scroll(lines)
        await pilot.pause()
        lines.first = 0
        lines.refresh(lines.size.region)
        await pilot.pause()
        assert all(a is b for a, b in zip(before, lines.render_lines(whole), strict=True))


async def test_a_part_of_the_lines_is_cut_out_of_them() -> None:
    lines = Lines()
    async with OnScreen(lines).run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        part = Region(2, 1, 9, 5)
        ours = merged(lines.render_lines(part))
        lines._styles_cache.clear()
        assert ours == merged(Widget.render_lines(lines, part))


@pytest.mark.parametrize("position", [0, 0.125, 7, 33.5, 90], ids=str)
@pytest.mark.parametrize("seen", [0, 10], ids=["whole", "part"])
def test_the_bar_is_the_one_that_textual_draws(position: float, seen: int) -> None:
    bar_colour, back_colour = RichColor.parse("#ff0000"), RichColor.parse("#101010")
    own = RichStyle(color=bar_colour, bgcolor=back_colour)
    bar = UprightBar(100, seen, position, 1, vertical=True, style=own)
    options = RenderOptions(lambda _: Style(), {}, None, None)
    strips = bar.render_strips(1, 10, Style(background=Color(32, 32, 32)), options)
    theirs = ScrollBarRender.render_bar(
        10, 100, seen, position, 1, back_color=back_colour, bar_color=bar_colour
    )
    assert [strip.text for strip in strips] == [segment.text for segment in theirs.segments]
    for strip, segment in zip(strips, theirs.segments, strict=True):
        (ours,) = strip
        assert ours.style == RichStyle(bgcolor="#202020") + (segment.style or RichStyle())
