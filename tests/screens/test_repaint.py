"""What is written to the terminal bit by bit comes to what a whole drawing would show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.strip import Strip

from inventui.app.repaint import Repaint, Shown, cells_of, transition
from tests.screens.conftest import go, settle

if TYPE_CHECKING:
    from inventui.app.app import InventuiApp

WIDTH, HEIGHT = 12, 3

_TOKEN = re.compile(
    r"\x1b\[(?P<y>\d+);(?P<x>\d+)H|\x1b\[(?P<column>\d+)G|\x1b\[(?P<codes>[\d;]*)m"
    r"|\x1b\]8;(?P<link>[^\x1b]*)\x1b\\|(?P<character>[^\x1b])",
    re.DOTALL,
)
_OFF = {22: "12", 23: "3", 24: "4", 25: "56", 27: "7", 28: "8", 29: "9"}

Shows = dict[tuple[int, int], tuple[str, Any]]


class Emulator:
    """A terminal: what stands in each cell, in which style."""

    def __init__(self) -> None:
        self.cells: Shows = {}
        self.x = self.y = 0
        self.style: dict[str, str] = {}

    def write(self, text: str) -> None:
        """Take what is written."""
        end = 0
        for token in _TOKEN.finditer(text):
            assert token.start() == end, text[end:]
            end = token.end()
            if token["y"]:
                self.y, self.x = int(token["y"]) - 1, int(token["x"]) - 1
            elif token["column"]:
                self.x = int(token["column"]) - 1
            elif token["codes"] is not None:
                self._style(token["codes"] or "0")
            elif token["link"] is not None:
                self.style.pop("link", None)
                # Its number only says which stretches are one link.
                if address := token["link"].partition(";")[2]:
                    self.style["link"] = address
            else:
                self._put(token["character"])
        assert end == len(text), text[end:]

    def _put(self, character: str) -> None:
        width = cell_len(character)
        if not width:
            # It belongs to the character before, behind which a cell may be passed over.
            x = next(x for x in range(self.x - 1, -1, -1) if self.cells[self.y, x][0])
            was, style = self.cells[self.y, x]
            self.cells[self.y, x] = was + character, style
            return
        for x in range(self.x, self.x + width):
            self._split(x)
        style = tuple(sorted(self.style.items()))
        for x in range(self.x, self.x + width):
            self.cells[self.y, x] = (character if x == self.x else "", style)
        self.x += width

    def _split(self, x: int) -> None:
        """Half of a wide character is none."""
        text, style = self.cells.get((self.y, x), (" ", ()))
        if text == "" and (self.y, x - 1) in self.cells:
            self.cells[self.y, x - 1] = " ", style
        if cell_len(text) == 2:
            self.cells[self.y, x + 1] = " ", style

    def _style(self, codes: str) -> None:
        words = iter(codes.split(";"))
        for word in words:
            if word == "0":
                self.style = {key: link for key, link in self.style.items() if key == "link"}
            elif word in ("38", "48"):
                kind = next(words)
                rest = [next(words) for _ in range(3 if kind == "2" else 1)]
                self.style[word] = ";".join([kind, *rest])
            elif word in ("39", "49"):
                self.style.pop(f"{word[0]}8", None)
            elif int(word) in _OFF:
                for off in _OFF[int(word)]:
                    self.style.pop(off, None)
            elif len(word) == 1:
                self.style[word] = "on"
            else:
                self.style["38" if word[:-1] in ("3", "9") else "48"] = word


characters = st.sampled_from(["a", "b", " ", "─", "█", "界", "🍊", "é", "e\u0301"])
texts = st.lists(characters, max_size=8).map("".join)
styles = st.builds(
    Style, color=st.sampled_from([None, "red", "#102030", "default", "color(99)"]),
    bgcolor=st.sampled_from([None, "blue", "#405060", "bright_red"]),
    bold=st.sampled_from([None, True]), dim=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]), strike=st.sampled_from([None, True]),
    reverse=st.sampled_from([None, True]), link=st.sampled_from([None, "https://example.org"]),
)  # fmt: skip
segments = st.tuples(texts, st.none() | styles).map(lambda parts: Segment(*parts))


@st.composite
def pieces(draw: st.DrawFn) -> tuple[int, int, Strip]:
    """A strip somewhere on the screen."""
    strip = Strip(draw(st.lists(segments, max_size=4))).crop(0, WIDTH)
    x = draw(st.integers(0, WIDTH - strip.cell_length))
    return draw(st.integers(0, HEIGHT - 1)), x, strip


def as_textual_writes(shown: list[tuple[int, int, Strip]]) -> str:
    """The same pieces, all cells, each segment by itself."""
    render = Strip.render_style
    return "".join(
        f"\x1b[{y + 1};{x + 1}H"
        + "".join(
            text if style is None else render(style, text, ColorSystem.TRUECOLOR)
            for text, style, _ in strip
        )
        for y, x, strip in shown
    )


def assert_same(ours: Emulator, whole: Emulator) -> None:
    """Two terminals show the same; a space that was never written is one."""
    blank: tuple[str, Any] = (" ", ())
    for place in ours.cells | whole.cells:
        assert ours.cells.get(place, blank) == whole.cells.get(place, blank), place


@given(st.lists(st.lists(pieces(), max_size=4), max_size=8))
def test_only_what_differs_is_written_and_it_comes_to_the_same(
    updates: list[list[tuple[int, int, Strip]]],
) -> None:
    shown, ours, whole = Shown(), Emulator(), Emulator()
    for update in updates:
        ours.write(shown.changes(update, ColorSystem.TRUECOLOR))
        whole.write(as_textual_writes(update))
        assert_same(ours, whole)


@given(styles, styles)
def test_a_style_follows_another_by_what_differs(before: Style, after: Style) -> None:
    old, new = (
        cells_of(Strip([Segment("x", style)]), ColorSystem.TRUECOLOR)[0][1]
        for style in (before, after)
    )
    stepwise, directly = Emulator(), Emulator()
    stepwise.write(transition("", old) + transition(old, new))
    directly.write(transition("", new))
    assert stepwise.style == directly.style
    stepwise.write(transition(new, ""))
    assert stepwise.style == {}


def test_what_stands_there_is_not_written_again() -> None:
    shown, system = Shown(), ColorSystem.TRUECOLOR
    red = Style(color="#ff0000")
    shown.changes([(0, 0, Strip([Segment("one two", red)]))], system)
    assert shown.changes([(0, 0, Strip([Segment("one two", red)]))], system) == ""
    changed = Strip([Segment("one", red), Segment(" too", red)])
    assert shown.changes([(0, 0, changed)], system) == "\x1b[1;6H\x1b[38;2;255;0;0mo\x1b[m"
    shown.forget()
    assert "one too" in shown.changes([(0, 0, changed)], system)


@pytest.mark.parametrize("size", ["80x24", "140x45"])
async def test_rooms_that_follow_one_another_leave_nothing_behind(
    make_app: Callable[..., InventuiApp],
    filled_world: object,
    size: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, terminal, written = Shown(), Emulator(), [0, 0]

    def display(app: App[None], screen: object, update: object) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            text = Repaint(shown, update).render_segments(app.console)
            terminal.write(text)
            written[0] += len(text)
            written[1] += len(update.render_segments(app.console))

    monkeypatch.setattr(App, "_display", display)
    width, height = map(int, size.split("x"))
    app = make_app(filled_world)
    async with app.run_test(size=(width, height), notifications=True) as pilot:
        await settle(pilot)
        for keys in ("3", "down", "down", "4", "down", "9", "question_mark", "escape", "2", "1"):
            await go(pilot, keys)
            whole = Emulator()
            whole.write(
                app.screen._compositor.render_full_update()
                .render_segments(app.console)
                .replace("\n", "")
            )
            assert_same(terminal, whole)
    assert written[0] < written[1] / 2
